package org.thocam.ingest.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Opens files whose bytes are what their digest says, and no others. A large file is not read again for each of its ranges: for
 * an hour, and as long as its size and time stay, it counts as whole.
 */
final class WholeFiles {
    private static final int REMEMBERED = 2000;
    private static final long IN_MEMORY = 1 << 20;
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private record Seen(FileTime modified, long size, long at) {}

    private final Map<Path, Seen> seen = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Seen> eldest) {
            return size() > REMEMBERED;
        }
    });

    /** @throws IOException if the file is not there or not whole */
    InputStream open(Path file, String sha512) throws IOException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (attributes.size() <= IN_MEMORY) {
            var bytes = Files.readAllBytes(file);
            compare(Digests.hex(Digests.sha512().digest(bytes)), sha512);
            return new java.io.ByteArrayInputStream(bytes);
        }
        var before = seen.get(file);
        boolean known = before != null
                && before.modified.equals(attributes.lastModifiedTime())
                && before.size == attributes.size()
                && System.nanoTime() - before.at < HOUR;
        if (!known) {
            compare(Digests.hex(Digests.of(file)), sha512);
            seen.put(file, new Seen(attributes.lastModifiedTime(), attributes.size(), System.nanoTime()));
        }
        return Files.newInputStream(file);
    }

    private static void compare(String found, String expected) throws IOException {
        if (!found.equalsIgnoreCase(expected))
            throw new IOException("sha512 " + found.substring(0, 16) + "…, but the inventory says "
                    + expected.substring(0, 16) + "…");
    }
}
