package org.thocam.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
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

    /** Random bytes kept in a file that only the owner reads, made on first use. */
    byte[] secret(String name, int length) throws IOException {
        var file = root.resolve(name);
        if (Files.exists(file)) {
            var bytes = Files.readAllBytes(file);
            if (bytes.length == length) return bytes;
        }
        var bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        writePrivately(file, bytes);
        return bytes;
    }

    static void writePrivately(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        var fresh = Files.createTempFile(file.getParent(), ".fresh", "");
        if (fresh.getFileSystem().supportedFileAttributeViews().contains("posix"))
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes));
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        try (var folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
