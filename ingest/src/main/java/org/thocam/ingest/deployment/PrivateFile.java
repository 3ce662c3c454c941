package org.thocam.ingest.deployment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that only its owner reads, whole or not there: written beside, kept by the disk, then put in place. */
public final class PrivateFile {
    private PrivateFile() {}

    public static void write(Path file, byte[] bytes) throws IOException {
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
