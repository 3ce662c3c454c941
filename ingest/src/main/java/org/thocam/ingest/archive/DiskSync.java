package org.thocam.ingest.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Asks the disk to keep what ocfl-java wrote: the bytes of every new file, then the directories that name them, up to the storage
 * root. An object of one version is 7 files and 7 directories, so a group of objects is asked for with one {@code syncfs(2)} where
 * the system has it (coreutils' {@code sync -f}: Java has no call for it); elsewhere, and for a few objects, each file by itself.
 */
final class DiskSync implements AutoCloseable {
    private static final int AT_ONCE = 8;
    /** From here on one process and one journal commit are cheaper than fourteen fsyncs an object. */
    private static final int WORTH_A_PROCESS = 6;

    private final ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE, task -> {
        var thread = new Thread(task, "thocam-sync");
        thread.setDaemon(true);
        return thread;
    });

    private final boolean wholeFileSystem = synced(Path.of("."));

    /** The newest version and the root files of each object, and the directories above them. */
    void objects(Collection<Path> roots, Path top) throws IOException {
        if (wholeFileSystem && roots.size() >= WORTH_A_PROCESS) {
            if (!synced(top))
                throw new IOException("'sync -f " + top + "' failed: the disk did not keep what was written");
            return;
        }
        var files = new ArrayList<Path>();
        Set<Path> folders = new LinkedHashSet<>();
        for (var root : roots) {
            gather(root, files, folders);
            for (var above = root.getParent(); above != null && above.startsWith(top); above = above.getParent())
                folders.add(above);
        }
        force(files, folders);
    }

    /**
     * All that was written to the file system of a folder.
     *
     * @throws IOException if the disk did not keep it, or this system has no {@code sync -f}
     */
    void fileSystem(Path folder) throws IOException {
        if (!synced(folder))
            throw new IOException("'sync -f " + folder + "' failed: the disk did not keep what was written");
    }

    /** Linux says of syncfs that it reports every write that failed since the last one (since 5.8; research/limits.md). */
    private static boolean synced(Path path) {
        if (!System.getProperty("os.name").equals("Linux")) return false;
        try {
            var process = new ProcessBuilder("sync", "-f", path.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Everything below a folder, and the folders from it up to {@code top}. */
    void tree(Path folder, Path top) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            var all = walk.toList();
            force(
                    all.stream().filter(Files::isRegularFile).toList(),
                    all.stream().filter(Files::isDirectory).toList());
        }
        for (var above = folder.getParent(); above != null && above.startsWith(top); above = above.getParent())
            force(List.of(), List.of(above));
    }

    private static void gather(Path root, List<Path> files, Set<Path> folders) throws IOException {
        Path newest = null;
        int number = -1;
        try (var inside = Files.newDirectoryStream(root)) {
            for (var path : inside) {
                var name = path.getFileName().toString();
                if (!Files.isDirectory(path)) files.add(path);
                else if (name.matches("v[0-9]+") && Integer.parseInt(name.substring(1)) > number) {
                    newest = path;
                    number = Integer.parseInt(name.substring(1));
                }
            }
        }
        if (newest != null) {
            try (Stream<Path> walk = Files.walk(newest)) {
                walk.forEach(path -> (Files.isDirectory(path) ? folders : files).add(path));
            }
        }
        folders.add(root);
    }

    /** All at once: nothing counts before the last of them is confirmed, so their order does not matter. */
    private void force(Collection<Path> files, Collection<Path> folders) throws IOException {
        var tasks = new ArrayList<Callable<Void>>();
        for (var file : files) tasks.add(() -> force(file, StandardOpenOption.WRITE));
        for (var folder : folders) tasks.add(() -> force(folder, StandardOpenOption.READ));
        try {
            for (var done : workers.invokeAll(tasks)) done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the disk was asked to keep " + files.size() + " files", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) throw io;
            if (e.getCause() instanceof UncheckedIOException io) throw io.getCause();
            throw new IOException(e.getCause());
        }
    }

    private static Void force(Path path, StandardOpenOption mode) throws IOException {
        try (var channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
        return null;
    }

    @Override
    public void close() {
        workers.shutdown();
    }
}
