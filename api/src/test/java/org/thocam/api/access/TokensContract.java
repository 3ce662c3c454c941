package org.thocam.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.thocam.ontology.Viewer;

abstract class TokensContract {
    /** Those of this test. */
    abstract Tokens open();

    @Test
    void aTokenIsFoundAgainAfterReopening() {
        String token;
        try (var tokens = open()) {
            token = tokens.create(Role.EDITOR, "Lò Thị Hoa", List.of("thai", "muong"));
            assertNotEquals(token, tokens.create(Role.EDITOR, "Lò Thị Hoa", List.of()));
        }
        assertTrue(token.matches("thocam_[A-Za-z0-9_-]{43}"), token);
        try (var tokens = open()) {
            var expected = new Principal(Role.EDITOR, "Lò Thị Hoa", Set.of("thai", "muong"));
            assertEquals(Optional.of(expected), tokens.find(token));
            assertEquals(Optional.empty(), tokens.find(token + "x"));
            assertEquals(Optional.empty(), tokens.find(""));
            assertEquals(
                    List.of(expected, new Principal(Role.EDITOR, "Lò Thị Hoa", Set.of())),
                    tokens.list().stream().map(Tokens.Listed::principal).toList());
        }
    }

    @Test
    void aRevokedTokenIsFoundNoMore() {
        try (var tokens = open()) {
            var token = tokens.create(Role.READER, "r", List.of());
            var listed = tokens.list().get(0);
            assertTrue(tokens.revoke(listed.id()));
            assertEquals(Optional.empty(), tokens.find(token));
            assertTrue(tokens.list().get(0).revoked());
            assertFalse(tokens.revoke(99));
        }
    }

    @Test
    void onlyTheAdministratorSeesAll() {
        assertEquals(Viewer.EVERYTHING, new Principal(Role.ADMIN, "a", Set.of()).viewer());
        assertEquals(new Viewer(false, Set.of("thai")), new Principal(Role.REVIEWER, "r", Set.of("thai")).viewer());
    }
}
