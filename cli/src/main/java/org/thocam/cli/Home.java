package org.thocam.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** The one directory that holds everything: {@code --home}, else {@code THOCAM_HOME}, else the XDG data folder. */
record Home(Path root) {
    static Home chosen(Path flag, Map<String, String> environment) {
        if (flag != null) return new Home(flag.toAbsolutePath().normalize());
        var named = environment.get("THOCAM_HOME");
        if (named != null && !named.isBlank())
            return new Home(Path.of(named).toAbsolutePath().normalize());
        var data = environment.get("XDG_DATA_HOME");
        var base = data != null && !data.isBlank()
                ? Path.of(data)
                : Path.of(environment.getOrDefault("HOME", "."), ".local", "share");
        return new Home(base.resolve("thocam").toAbsolutePath().normalize());
    }

    Path configuration() {
        return root.resolve("thocam.yaml");
    }

    Path views() {
        return root.resolve("views");
    }

    Path solr() {
        return root.resolve("solr");
    }

    Path tokens() {
        return root.resolve("tokens.sqlite");
    }

    /** Services that the demo starts for itself. */
    Path services() {
        return root.resolve("services");
    }

    /** What lives only while a process holds the home. */
    Path run() {
        return root.resolve("run");
    }

    /** Made for its owner alone: it holds restricted items and the secrets of its doors. */
    void make() throws IOException {
        if (Files.notExists(root)) {
            Files.createDirectories(root);
            if (root.getFileSystem().supportedFileAttributeViews().contains("posix"))
                Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        }
        Files.createDirectories(run());
    }
}
