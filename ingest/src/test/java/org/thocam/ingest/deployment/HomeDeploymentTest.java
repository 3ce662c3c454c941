package org.thocam.ingest.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeDeploymentTest extends DeploymentContract {
    @TempDir
    private Path home;

    @Override
    Deployment open() {
        return new HomeDeployment(home);
    }

    @Test
    void aPointerThatIsTornIsFoundAgainFromTheViewsThatAreComplete() throws IOException {
        for (var name : new String[] {"g9", "g10", "g11", "elsewhere"}) {
            Files.createDirectories(home.resolve("views").resolve(name));
            Files.write(home.resolve("views").resolve(name).resolve("log.sqlite"), new byte[0]);
        }
        Files.write(home.resolve("views/g11/walk.sqlite"), new byte[0]);
        Files.writeString(home.resolve("views/current"), "g1\0\0");
        assertEquals("g10", deployment.current());
        assertEquals("g10", Files.readString(home.resolve("views/current")));
    }

    @Test
    void onlyTheOwnerReadsASecret() throws IOException {
        deployment.secret("oai.key", 32);
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("oai.key"))));
    }
}
