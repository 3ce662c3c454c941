package org.thocam.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ontology.sqlite.SqliteFile;

class TokensInAFileTest extends TokensContract {
    @TempDir
    private Path dir;

    @Override
    Tokens open() {
        return Tokens.open(dir.resolve("tokens.sqlite"));
    }

    @Test
    void noTokenStandsInTheFile() throws IOException {
        String token;
        try (var tokens = open()) {
            token = tokens.create(Role.READER, "r", List.of());
        }
        try (var files = Files.list(dir)) {
            for (var file : files.toList())
                assertFalse(
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(token.substring(7)));
        }
    }

    @Test
    void tokensOfAnEarlierThocamAreGood() {
        // the SHA-256 of "thocam_x"
        SqliteFile.durable(
                        dir.resolve("tokens.sqlite"),
                        "CREATE TABLE IF NOT EXISTS token (id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE,"
                                + " role TEXT NOT NULL, name TEXT NOT NULL, created TEXT NOT NULL, revoked INTEGER NOT NULL DEFAULT 0)",
                        "CREATE TABLE IF NOT EXISTS community (token INTEGER NOT NULL REFERENCES token(id),"
                                + " name TEXT NOT NULL, PRIMARY KEY (token, name))",
                        "INSERT INTO token VALUES(7, '56c113aa84042f042cbe63da9b5f3f729d5bfcd60fd3ea6f2554e4d99c4d6f6a', 'reader', 'r', '2026-11-21T00:00:00Z', 0)",
                        "INSERT INTO community VALUES(7, 'thai')")
                .close();
        try (var tokens = open()) {
            var listed = tokens.list().get(0);
            assertEquals(7, listed.id());
            assertEquals(
                    new Principal(Role.READER, "r", Set.of("thai")),
                    tokens.find("thocam_x").orElseThrow());
            tokens.create(Role.ADMIN, "a", List.of());
            assertTrue(tokens.list().get(1).id() > 7);
        }
    }
}
