package org.thocam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
    @TempDir
    private Path folder;

    private Configuration read(String yaml, Map<String, String> environment) throws IOException {
        Files.writeString(folder.resolve("thocam.yaml"), yaml);
        return Configuration.read(new Home(folder), environment);
    }

    @Test
    void theFileSpeaksBeforeTheDefaultsAndTheEnvironmentBeforeTheFile() throws IOException {
        var both = read("server:\n  port: 9000\n  host: 0.0.0.0\n", Map.of("THOCAM_SERVER_PORT", "9001"));
        assertEquals(9001, both.number(Configuration.Key.SERVER_PORT, 0, 65535));
        assertEquals("0.0.0.0", both.text(Configuration.Key.SERVER_HOST));
        assertEquals("512m", both.text(Configuration.Key.INDEX_HEAP));
    }

    @Test
    void anUnknownKeyNamesTheNearestKnownOne() {
        var stop = assertThrows(Stop.class, () -> read("server:\n  prot: 9000\n", Map.of()));
        assertEquals(Exit.CONFIGURATION, stop.code());
        assertTrue(
                stop.getMessage().contains("'server.prot' is not known; the nearest is 'server.port'"),
                stop.getMessage());
        var other = assertThrows(Stop.class, () -> read("", Map.of("THOCAM_INDEX_HAEP", "1g")));
        assertTrue(other.getMessage().contains("THOCAM_INDEX_HEAP"), other.getMessage());
    }

    @Test
    void aNumberOutOfBoundsSaysWhatIsWanted() throws IOException {
        var read = read("ingest: {seconds: many}\n", Map.of());
        var stop = assertThrows(Stop.class, () -> read.number(Configuration.Key.INGEST_SECONDS, 1, 60));
        assertTrue(stop.getMessage().contains("'many': want a whole number from 1 to 60"), stop.getMessage());
    }
}
