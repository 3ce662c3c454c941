package org.thocam.ingest.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.ArchiveUnavailableException;
import org.thocam.ontology.Archived;
import org.thocam.ontology.Content;
import org.thocam.ontology.Deposit;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.StaleVersionException;
import org.thocam.ontology.Version;

/**
 * Copies every version of every item from one archive into another, oldest first, with its time and its depositor; what was written is read
 * again and compared. What is there already and equal is passed over, so a copy that was stopped goes on when it is run again. What differs
 * is reported and left as it is.
 */
public final class ArchiveCopy {
    private static final String DESCRIPTION = "item.json";
    /** Items that share one confirmation of the disk. */
    private static final int GROUP = 64;

    private static final long IN_MEMORY = 1 << 20;

    /**
     * @param version 0 where it is the item as a whole
     * @param expected as in the archive that is copied from
     */
    public record Difference(ItemId id, long version, String expected, String found) {
        @Override
        public String toString() {
            return id + (version == 0 ? "" : " v" + version) + ": want " + expected + ", found " + found;
        }
    }

    /**
     * @param versions in the archive that is copied from
     * @param copied versions that were written now
     * @param present versions that were there already, and equal
     * @param bytes that were written now
     */
    public record Outcome(
            long items, long versions, long copied, long present, long bytes, List<Difference> differences) {
        public Outcome {
            differences = List.copyOf(differences);
        }
    }

    private final Archive from;
    private final Archive to;
    private final Path staging;
    private final AtomicLong versions = new AtomicLong();
    private final AtomicLong copied = new AtomicLong();
    private final AtomicLong present = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger staged = new AtomicInteger();
    private final List<Difference> differences = new ArrayList<>();

    /** @param staging an empty folder for large files on their way, on the file system of {@code to} where that is a disk */
    public ArchiveCopy(Archive from, Archive to, Path staging) {
        this.from = from;
        this.to = to;
        this.staging = staging;
    }

    /**
     * @param progress how many items are done
     * @throws ArchiveUnavailableException if a service stopped answering: run it again later
     */
    public Outcome run(Consumer<Long> progress) {
        var workers = Executors.newFixedThreadPool(Math.max(2, to.atOnce()), task -> new Thread(task, "thocam-copy"));
        long[] items = {0};
        try {
            var group = new ArrayList<ItemId>(GROUP);
            from.forEachId(id -> {
                group.add(id);
                if (group.size() < GROUP) return;
                copy(group, workers);
                items[0] += group.size();
                progress.accept(items[0]);
                group.clear();
            });
            copy(group, workers);
            items[0] += group.size();
            progress.accept(items[0]);
        } finally {
            workers.shutdownNow();
        }
        return new Outcome(items[0], versions.get(), copied.get(), present.get(), bytes.get(), differences);
    }

    /** What was written for one item, to be read again. */
    private record Written(ItemId id, List<Archived> versions) {}

    private void copy(List<ItemId> group, ExecutorService workers) {
        List<Callable<Written>> copying = new ArrayList<>();
        for (var id : group) copying.add(() -> copied(id));
        var written = new ArrayList<Written>();
        for (var one : together(copying, workers)) if (!one.versions().isEmpty()) written.add(one);
        if (written.isEmpty()) return;
        to.flush(written.stream().map(Written::id).toList());
        List<Callable<Void>> comparing = new ArrayList<>();
        for (var one : written)
            comparing.add(() -> {
                compare(one);
                return null;
            });
        together(comparing, workers);
    }

    private static <T> List<T> together(List<Callable<T>> tasks, ExecutorService workers) {
        var results = new ArrayList<T>();
        try {
            for (var done : workers.invokeAll(tasks)) results.add(done.get());
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ArchiveException("interrupted while the archive was copied; run it again to go on", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException fault) throw fault;
            throw new ArchiveException("the archive could not be copied: " + e.getCause(), e.getCause());
        }
    }

    private Written copied(ItemId id) {
        var written = new ArrayList<Archived>();
        try {
            var source = from.versions(id);
            versions.addAndGet(source.size());
            var there = there(id, source.size());
            if (there.size() > source.size()) {
                differs(id, 0, source.size() + " versions", there.size() + " versions");
                return new Written(id, written);
            }
            for (int i = 0; i < there.size(); i++) if (!equal(id, source.get(i), there.get(i))) return new Written(id, written);
            present.addAndGet(there.size());
            for (var archived : source.subList(there.size(), source.size())) {
                write(archived);
                written.add(archived);
                copied.incrementAndGet();
            }
        } catch (ArchiveUnavailableException e) {
            throw e;
        } catch (StaleVersionException | ArchiveException e) {
            differs(id, 0, "an item that can be copied", e.getMessage());
        }
        return new Written(id, written);
    }

    /** What a stopped copy left half written is mended first. */
    private List<Archived> there(ItemId id, int wanted) {
        try {
            var there = to.versions(id);
            if (there.size() >= wanted) return there;
        } catch (ArchiveUnavailableException e) {
            throw e;
        } catch (ArchiveException e) {
            // mended below, or reported from there
        }
        to.mend(id);
        return to.versions(id);
    }

    private boolean equal(ItemId id, Archived source, Archived there) {
        long number = source.version().number();
        if (!source.equals(there)) {
            differs(id, number, said(source), said(there));
            return false;
        }
        var wanted = files(from, id, source.version());
        var found = files(to, id, there.version());
        if (wanted.equals(found)) return true;
        differs(id, number, "files " + shown(wanted, found), "files " + shown(found, wanted));
        return false;
    }

    private static String said(Archived archived) {
        var kind = archived.holding().getClass().getSimpleName();
        return kind + " of " + archived.at() + " by '" + archived.agent() + "' with the digest "
                + Digests.hex(Digests.sha512()
                                .digest(org.thocam.ontology.ItemJson.stored(archived.holding())))
                        .substring(0, 16)
                + "…";
    }

    /** Only what the other has not, and of many only some. */
    private static String shown(SortedMap<String, String> these, SortedMap<String, String> others) {
        var text = new ArrayList<String>();
        these.forEach((path, sha512) -> {
            if (!sha512.equals(others.get(path)) && text.size() < 5)
                text.add(path + " (sha512 " + sha512.substring(0, Math.min(16, sha512.length())) + "…)");
        });
        return text.toString();
    }

    /** The description is compared as what it says: an older version of ours may have written the same in other bytes. */
    private static SortedMap<String, String> files(Archive archive, ItemId id, Version version) {
        var digests = new TreeMap<>(((Inventory) archive).digests(id, version));
        digests.remove(DESCRIPTION);
        return digests;
    }

    private void write(Archived archived) {
        var id = archived.holding().id();
        var version = archived.version();
        var basis = new Version(version.number() - 1);
        var files = files(from, id, version);
        SortedMap<String, String> before = basis.equals(Version.NONE) ? new TreeMap<>() : files(from, id, basis);
        Map<String, Content> contents = new HashMap<>();
        var waiting = new ArrayList<Path>();
        try {
            files.forEach((path, sha512) -> {
                if (sha512.equals(before.get(path))) contents.put(path, new Content.Kept());
                else contents.put(path, content(id, version, path, sha512, waiting));
            });
            to.deposit(new Deposit(archived.holding(), basis, archived.at(), archived.agent(), contents));
        } finally {
            for (var file : waiting) delete(file);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Content content(ItemId id, Version version, String path, String sha512, List<Path> waiting) {
        try (var in = from.open(id, version, path)) {
            var start = in.readNBytes((int) IN_MEMORY + 1);
            if (start.length <= IN_MEMORY) {
                bytes.addAndGet(start.length);
                return new Content.OfBytes(start);
            }
            var file = staging.resolve("copy-" + staged.incrementAndGet());
            waiting.add(file);
            try (var out = Files.newOutputStream(file)) {
                out.write(start);
                bytes.addAndGet(start.length + in.transferTo(out));
            }
            return new Content.OfPath(file);
        } catch (IOException e) {
            throw new ArchiveException(
                    path + " of item " + id + " " + version + " could not be read: " + e.getMessage(), e);
        }
    }

    /** Every byte that was written is read from where it is now. */
    private void compare(Written written) {
        var id = written.id();
        for (var source : written.versions()) {
            var version = source.version();
            try {
                var there = to.read(id, version);
                if (there.isEmpty() || !equal(id, source, there.get())) {
                    if (there.isEmpty()) differs(id, version.number(), said(source), "nothing");
                    continue;
                }
                SortedMap<String, String> before = version.number() == 1
                        ? new TreeMap<>()
                        : files(from, id, new Version(version.number() - 1));
                files(from, id, version).forEach((path, sha512) -> {
                    if (sha512.equals(before.get(path))) return;
                    var found = sha512(id, version, path);
                    if (!found.equals(sha512))
                        differs(id, version.number(), path + " with sha512 " + sha512, "sha512 " + found);
                });
            } catch (ArchiveUnavailableException e) {
                throw e;
            } catch (ArchiveException e) {
                differs(id, version.number(), said(source), e.getMessage());
            }
        }
    }

    private String sha512(ItemId id, Version version, String path) {
        var digest = Digests.sha512();
        try (InputStream in = to.open(id, version, path)) {
            var buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) digest.update(buffer, 0, n);
        } catch (IOException e) {
            throw new ArchiveException(
                    path + " of item " + id + " " + version + " could not be read again: " + e.getMessage(), e);
        }
        return Digests.hex(digest.digest());
    }

    private void differs(ItemId id, long version, String expected, String found) {
        synchronized (differences) {
            differences.add(new Difference(id, version, expected, found));
        }
    }
}
