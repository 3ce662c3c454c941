package org.thocam.ingest.deployment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What engines agree on, one or several. */
abstract class DeploymentContract {
    Deployment deployment;

    /** The one of this test. */
    abstract Deployment open();

    @BeforeEach
    void openIt() {
        deployment = open();
    }

    @AfterEach
    void close() {
        deployment.close();
    }

    @Test
    void theFirstViewsAreG1AndATurnIsMadeOnce() {
        assertEquals("g1", deployment.current());
        assertTrue(deployment.turn("g1", "g2"));
        assertFalse(deployment.turn("g1", "g3"));
        assertEquals("g2", deployment.current());
        deployment.close();
        deployment = open();
        assertEquals("g2", deployment.current());
    }

    @Test
    void aLeaseIsGrantedOnceUntilItIsGivenBack() {
        var lease = deployment.lease("index").orElseThrow();
        assertTrue(lease.held());
        assertEquals(Optional.empty(), deployment.lease("index"));
        try (var other = deployment.lease("graph").orElseThrow()) {
            assertTrue(other.held());
        }
        lease.close();
        lease.close();
        assertFalse(lease.held());
        try (var again = deployment.lease("index").orElseThrow()) {
            assertTrue(again.held());
            lease.close();
            assertTrue(again.held(), "a lease that was given back takes none with it");
        }
    }

    @Test
    void aSecretIsDrawnOnce() {
        var secret = deployment.secret("oai.key", 32);
        assertEquals(32, secret.length);
        assertArrayEquals(secret, deployment.secret("oai.key", 32));
        assertNotEquals(hex(secret), hex(deployment.secret("other.key", 32)));
        deployment.close();
        deployment = open();
        assertArrayEquals(secret, deployment.secret("oai.key", 32));
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
