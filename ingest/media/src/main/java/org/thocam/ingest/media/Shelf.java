package org.thocam.ingest.media;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.ItemJson;

/**
 * The folders of what was made: {@code ab/cd/SHA512/RECIPE.VERSION.TAG.ENDING} and, where nothing could be made,
 * {@code RECIPE.VERSION.failed}. The time of a file is when it was last asked for, to the hour.
 */
final class Shelf {
    private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);
    private static final long HOUR = 3_600_000;
    private static final int OLDEST_AT_ONCE = 10_000;
    private static final String FAILED = "failed";

    private final Path root;
    private final long most;
    private final AtomicLong bytes = new AtomicLong();
    private final ReentrantLock evicting = new ReentrantLock();

    private Shelf(Path root, long most) {
        this.root = root;
        this.most = most;
    }

    static Shelf open(Path root, long most) throws IOException {
        Files.createDirectories(root);
        Files.createDirectories(root.resolve("new"));
        emptied(root.resolve("new"));
        var shelf = new Shelf(root, most);
        shelf.bytes.set(size(root));
        return shelf;
    }

    long bytes() {
        return bytes.get();
    }

    Optional<Derived> find(String sha512, Recipe recipe) {
        var prefix = recipe.word() + "." + recipe.version() + ".";
        try (DirectoryStream<Path> files = Files.newDirectoryStream(place(sha512), prefix + "*")) {
            Derived failed = null;
            for (var file : files) {
                var rest = file.getFileName().toString().substring(prefix.length());
                if (rest.equals(FAILED)) failed = noted(file);
                else return Optional.of(made(file, rest));
            }
            return Optional.ofNullable(failed);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{} could not be read, and is made again: {}", place(sha512), e.toString());
            return Optional.empty();
        }
    }

    private static Derived noted(Path file) throws IOException {
        var note = ItemJson.MAPPER.readTree(Files.readAllBytes(file));
        return new Derived.Failed(
                State.of(note.path("state").asText()),
                note.path("reason").asText(),
                Instant.parse(note.path("at").asText()));
    }

    private static Derived.Made made(Path file, String rest) throws IOException {
        int dot = rest.indexOf('.');
        var ending = rest.substring(dot + 1);
        boolean folder = ending.equals("tiles");
        long now = System.currentTimeMillis();
        if (now - Files.getLastModifiedTime(file).toMillis() > HOUR)
            Files.setLastModifiedTime(file, FileTime.fromMillis(now));
        return new Derived.Made(
                file, mediaType(ending), folder ? size(file) : Files.size(file), rest.substring(0, dot));
    }

    private static String mediaType(String ending) {
        return switch (ending) {
            case "jpg" -> "image/jpeg";
            case "json", "bare" -> "application/json";
            case "mp3" -> "audio/mpeg";
            case "weba" -> "audio/webm";
            case "webm" -> "video/webm";
            default -> "application/octet-stream";
        };
    }

    /** Moves what was made to its place, in one step. */
    Derived.Made put(String sha512, Recipe recipe, Path fresh, String ending) throws IOException {
        var tag = tag(fresh);
        var rest = tag + "." + ending;
        long size = size(fresh);
        // the folder of the work may lie on another disk, from where nothing moves in one step
        var step = root.resolve("new").resolve(UUID.randomUUID().toString());
        move(fresh, step);
        var place = place(sha512);
        var target = place.resolve(recipe.word() + "." + recipe.version() + "." + rest);
        forget(sha512, recipe, target);
        while (true) {
            Files.createDirectories(place);
            try {
                if (Files.isDirectory(target)) {
                    removed(step);
                    size = 0;
                } else {
                    if (Files.exists(target)) size -= Files.size(target);
                    Files.move(step, target, StandardCopyOption.ATOMIC_MOVE);
                }
                break;
            } catch (NoSuchFileException e) {
                // somebody took the folder away between the two steps
                if (Files.notExists(step)) throw e;
            }
        }
        if (bytes.addAndGet(size) > most) evict();
        return made(target, rest);
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (java.nio.file.AtomicMoveNotSupportedException e) {
            if (!Files.isDirectory(from)) {
                Files.move(from, to);
                return;
            }
            try (var files = Files.walk(from)) {
                for (var file : files.toList())
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    /** The same recipe in other versions, or of other bytes: there is one. */
    private void forget(String sha512, Recipe recipe, Path but) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(place(sha512), recipe.word() + ".*")) {
            for (var file : files)
                if (!file.equals(but)) {
                    bytes.addAndGet(-size(file));
                    removed(file);
                }
        } catch (NoSuchFileException e) {
            // nothing was made of it yet
        }
    }

    Derived.Failed note(String sha512, Recipe recipe, Derived.Failed failed) throws IOException {
        ObjectNode note = ItemJson.MAPPER
                .createObjectNode()
                .put("state", failed.state().word())
                .put("reason", failed.reason())
                .put("at", failed.at().toString());
        var step = root.resolve("new").resolve(UUID.randomUUID().toString());
        Files.write(step, ItemJson.MAPPER.writeValueAsBytes(note));
        var target = place(sha512).resolve(recipe.word() + "." + recipe.version() + "." + FAILED);
        forget(sha512, recipe, target);
        Files.createDirectories(target.getParent());
        long size = Files.size(step) - (Files.exists(target) ? Files.size(target) : 0);
        Files.move(step, target, StandardCopyOption.ATOMIC_MOVE);
        bytes.addAndGet(size);
        return failed;
    }

    void remove(String sha512) throws IOException {
        var place = place(sha512);
        long gone = Files.exists(place) ? size(place) : 0;
        removed(place);
        bytes.addAndGet(-gone);
    }

    private Path place(String sha512) {
        return root.resolve(sha512.substring(0, 2))
                .resolve(sha512.substring(2, 4))
                .resolve(sha512);
    }

    private record Old(Path file, long time, long size) {}

    /** Until a tenth of the room is free; in memory that does not grow with what is kept. */
    private void evict() throws IOException {
        if (!evicting.tryLock()) return;
        try {
            while (bytes.get() > most - most / 10) {
                var oldest = oldest();
                if (oldest.isEmpty()) return;
                for (var old = oldest.poll(); old != null && bytes.get() > most - most / 10; old = oldest.poll()) {
                    removed(old.file);
                    bytes.addAndGet(-old.size);
                }
            }
        } finally {
            evicting.unlock();
        }
    }

    private PriorityQueue<Old> oldest() throws IOException {
        // the youngest of those kept is at the head while they are gathered
        var kept = new PriorityQueue<Old>(Comparator.comparingLong((Old old) -> -old.time));
        Files.walkFileTree(root, new Gone() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes seen) throws IOException {
                if (folder.getParent().equals(root) && folder.endsWith("new")) return FileVisitResult.SKIP_SUBTREE;
                if (!folder.getFileName().toString().endsWith(".tiles")) return FileVisitResult.CONTINUE;
                keep(new Old(folder, seen.lastModifiedTime().toMillis(), size(folder)));
                return FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes seen) {
                if (!file.getFileName().toString().endsWith("." + FAILED))
                    keep(new Old(file, seen.lastModifiedTime().toMillis(), seen.size()));
                return FileVisitResult.CONTINUE;
            }

            private void keep(Old old) {
                kept.add(old);
                if (kept.size() > OLDEST_AT_ONCE) kept.poll();
            }
        });
        var oldestFirst = new PriorityQueue<Old>(Comparator.comparingLong(Old::time));
        oldestFirst.addAll(kept);
        return oldestFirst;
    }

    private static String tag(Path made) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            if (Files.isDirectory(made)) digest.update(Files.readAllBytes(made.resolve("facts.json")));
            else
                try (InputStream in = Files.newInputStream(made)) {
                    var piece = new byte[64 << 10];
                    for (int n = in.read(piece); n >= 0; n = in.read(piece)) digest.update(piece, 0, n);
                }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static long size(Path file) throws IOException {
        var sum = new AtomicLong();
        Files.walkFileTree(file, new Gone() {
            @Override
            public FileVisitResult visitFile(Path one, BasicFileAttributes seen) {
                sum.addAndGet(seen.size());
                return FileVisitResult.CONTINUE;
            }
        });
        return sum.get();
    }

    static void emptied(Path folder) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
            for (var file : left) removed(file);
        }
    }

    /** A file, or a folder with all in it; nothing where it is not there. */
    static void removed(Path file) throws IOException {
        if (Files.notExists(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) return;
        Files.walkFileTree(file, new Gone() {
            @Override
            public FileVisitResult visitFile(Path one, BasicFileAttributes seen) throws IOException {
                Files.deleteIfExists(one);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException fault) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** A walk that others may take files away under. */
    private static class Gone extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException fault) throws IOException {
            if (fault instanceof NoSuchFileException) return FileVisitResult.CONTINUE;
            throw fault;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException fault) throws IOException {
            if (fault != null && !(fault instanceof NoSuchFileException)) throw fault;
            return FileVisitResult.CONTINUE;
        }
    }
}
