package org.thocam.ontology.exchange.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A folder for files that are unpacked for a while. Its name has our process in it, so that what a killed process left is known and
 * removed by the next one.
 */
public final class Workspace implements AutoCloseable {
    private static final String PREFIX = "packages-";
    private static final long LEFT_FREE = 256L << 20;

    private final Path parent;
    private final AtomicLong names = new AtomicLong();
    private Path folder;

    /** @param parent where the folder is made when it is first needed */
    public Workspace(Path parent) {
        this.parent = parent;
    }

    /** A file to be made, named for nothing but its ending. */
    synchronized Path file(String like, long size) throws IOException {
        if (folder == null) {
            Files.createDirectories(parent);
            sweep();
            folder = Files.createTempDirectory(
                    parent, PREFIX + ProcessHandle.current().pid() + "-");
        }
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free - LEFT_FREE < size)
            throw new IOException("there is no room for " + size + " bytes in " + folder + ": " + free
                    + " are free, of which " + LEFT_FREE + " have to stay; make room, then run it again");
        int dot = like.lastIndexOf('.');
        var end = dot < 0 ? "" : like.substring(dot + 1).replaceAll("[^A-Za-z0-9]", "");
        return folder.resolve(
                names.incrementAndGet() + (end.isEmpty() ? "" : "." + end.substring(0, Math.min(20, end.length()))));
    }

    private void sweep() throws IOException {
        try (var left = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (var old : left) {
                var pid = old.getFileName().toString().replaceFirst("^" + PREFIX + "(\\d{1,18})-.*$", "$1");
                if (pid.matches("\\d+") && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) remove(old);
            }
        }
    }

    static void remove(Path folder) throws IOException {
        if (!Files.exists(folder, java.nio.file.LinkOption.NOFOLLOW_LINKS)) return;
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (folder != null) remove(folder);
        folder = null;
    }
}
