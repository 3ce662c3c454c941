package org.thocam.ingest.deposit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.thocam.ingest.archive.OcflArchive;
import org.thocam.ingest.extract.Extraction;
import org.thocam.ingest.extract.Extractor;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Change;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.Content;
import org.thocam.ontology.Intake;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Receipt;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.StaleVersionException;
import org.thocam.ontology.Submission;
import org.thocam.ontology.TextState;
import org.thocam.ontology.Tombstone;
import org.thocam.ontology.Version;

/** The intake: idempotent by id and digest, extraction beside each other, deposits in groups, a bounded amount under way. */
public final class Depositor implements Intake, AutoCloseable {
    private static final int KILOBYTES_UNDER_WAY = 48 << 10;
    private static final String RECORD_TEXT = "text/0-record.txt";

    private final OcflArchive archive;
    private final Supplier<ChangeLog> log;
    private final Extractor extractor;
    private final Path incoming;
    private final GroupCommit commits;
    private final ExecutorService workers;
    private final Semaphore room = new Semaphore(KILOBYTES_UNDER_WAY, true);
    private final Map<ItemId, CompletableFuture<Receipt>> underWay = new ConcurrentHashMap<>();
    private final AtomicLong names = new AtomicLong();

    /**
     * @param incoming folder on the archive's file system for files on their way in; emptied here
     * @param deposited told of each group once it is durable, before it is acknowledged
     */
    public Depositor(
            OcflArchive archive,
            Supplier<ChangeLog> log,
            ChangeClock clock,
            Extractor extractor,
            int readers,
            Path incoming,
            Consumer<List<Snapshot>> deposited) {
        this.archive = archive;
        this.log = log;
        this.extractor = extractor;
        this.incoming = incoming;
        this.workers = Executors.newFixedThreadPool(readers, task -> new Thread(task, "thocam-read"));
        this.commits = new GroupCommit(archive, log, clock, deposited);
        try {
            Files.createDirectories(incoming);
            try (var left = Files.newDirectoryStream(incoming)) {
                for (var path : left) Files.delete(path);
            }
        } catch (IOException e) {
            throw new ArchiveException(incoming + " could not be made empty: " + e.getMessage(), e);
        }
    }

    @Override
    public CompletableFuture<Receipt> take(Submission submission, Optional<Version> basis, String agent) {
        int weight = Math.min(
                KILOBYTES_UNDER_WAY, 64 + submission.text().map(String::length).orElse(0) / 256);
        return underWay(
                submission.item().id(),
                weight,
                () -> prepare(submission, basis, agent),
                submission.files().isEmpty());
    }

    @Override
    public CompletableFuture<Receipt> withdraw(ItemId id, Optional<Version> basis, String reason, String agent) {
        return underWay(
                id,
                1,
                () -> {
                    var head = log.get()
                            .headOf(id)
                            .orElseThrow(() -> new ArchiveException("there is no item " + id + " to withdraw"));
                    basis.ifPresent(wanted -> {
                        if (!wanted.equals(head.version())) throw new StaleVersionException(id, wanted, head.version());
                    });
                    if (head.kind() == Change.Kind.WITHDRAWN)
                        return CompletableFuture.completedFuture(
                                new Receipt("", id, head.version(), "unchanged", "it was withdrawn before"));
                    var tombstone = new Tombstone(id, head.access(), head.sets(), reason);
                    return queue(new Prepared(
                            tombstone,
                            Optional.of(head.version()),
                            agent,
                            Map.of(),
                            "",
                            new Receipt("", id, head.version(), "ok", ""),
                            new CompletableFuture<>()));
                },
                true);
    }

    /** Runs while nothing is being deposited. */
    public <T> T quiet(Supplier<T> work) {
        return commits.quiet(work);
    }

    /** One after the other for each item, as much at once as there is room for. */
    private CompletableFuture<Receipt> underWay(
            ItemId id, int weight, Supplier<CompletableFuture<Receipt>> start, boolean here) {
        room.acquireUninterruptibly(weight);
        var mine = new CompletableFuture<Receipt>();
        var before = underWay.put(id, mine);
        Runnable run = () -> {
            try {
                start.get().whenComplete((receipt, fault) -> finish(mine, receipt, fault));
            } catch (RuntimeException e) {
                finish(mine, null, e);
            }
        };
        mine.whenComplete((receipt, fault) -> {
            underWay.remove(id, mine);
            room.release(weight);
        });
        if (before != null) before.whenComplete((receipt, fault) -> workers.execute(run));
        else if (here) run.run();
        else workers.execute(run);
        return mine;
    }

    private static void finish(CompletableFuture<Receipt> future, Receipt receipt, Throwable fault) {
        if (fault == null) future.complete(receipt);
        else
            future.completeExceptionally(
                    fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault);
    }

    private CompletableFuture<Receipt> prepare(Submission submission, Optional<Version> basis, String agent) {
        try {
            var item = submission.item();
            var head = log.get().headOf(item.id());
            boolean partial = basis.isPresent() && basis.get().number() > 0;
            var digest = digest(submission);
            if (head.isPresent() && basis.isEmpty()) {
                var there = head.get();
                if (there.kind() == Change.Kind.WITHDRAWN)
                    return refused(
                            submission,
                            there.version(),
                            "it was withdrawn (" + there.version() + "); to bring it back, PUT it with If-Match");
                if (there.digest().equals(digest) && !couldNowBeRead(item.id(), there.version()))
                    return CompletableFuture.completedFuture(
                            new Receipt(submission.place(), item.id(), there.version(), "unchanged", ""));
            }
            var contents = new HashMap<String, Content>();
            var files = new ArrayList<Bitstream>();
            var text = new StringBuilder();
            if (submission.text().isPresent()) {
                contents.put(
                        RECORD_TEXT, new Content.OfBytes(submission.text().get().getBytes(StandardCharsets.UTF_8)));
                text.append(submission.text().get());
            }
            for (var upload : submission.files()) files.add(read(upload, contents, text));
            if (partial) keep(item.id(), basis.get(), submission, contents, files);
            var whole = partial ? text(item.id(), basis.get(), contents, text) : text.toString();
            var described =
                    LanguageFinder.withLanguage(item.withFiles(files), whole).from(item.source(), digest);
            return queue(new Prepared(
                    described, basis, agent, contents, whole, receipt(submission, files), new CompletableFuture<>()));
        } catch (IOException e) {
            throw new ArchiveException(submission.place() + " could not be read: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ArchiveException("interrupted while " + submission.place() + " was read", e);
        }
    }

    private CompletableFuture<Receipt> queue(Prepared prepared) {
        try {
            commits.add(prepared);
            return prepared.done();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ArchiveException("interrupted before item " + prepared.id() + " was deposited", e);
        }
    }

    private static CompletableFuture<Receipt> refused(Submission submission, Version version, String reason) {
        return CompletableFuture.completedFuture(
                new Receipt(submission.place(), submission.item().id(), version, "failed", reason));
    }

    /** An item that waits for OCR is worth another look where OCR has come. */
    private boolean couldNowBeRead(ItemId id, Version version) {
        return extractor.ocr()
                && archive.read(id, version).map(there -> there.holding()).stream()
                        .anyMatch(holding -> holding instanceof Item item
                                && item.files().stream().anyMatch(file -> file.text() == TextState.NEEDS_OCR));
    }

    /** Copies the file first, so that what is read, digested and archived are the same bytes even while somebody writes to it. */
    private Bitstream read(Submission.Upload upload, Map<String, Content> contents, StringBuilder text)
            throws IOException, InterruptedException {
        var name = upload.name();
        var copy = incoming.resolve(names.incrementAndGet() + "-" + lastSegment(name));
        var digest = sha512();
        long size;
        try (InputStream in = Files.newInputStream(upload.path());
                var out = Files.newOutputStream(copy)) {
            size = pass(in, digest, out);
        }
        Extraction found = extractor.extract(copy, lastSegment(name));
        contents.put("files/" + name, new Content.OfPath(copy));
        if (!found.text().isEmpty()) {
            contents.put(
                    "text/files/" + name + ".txt",
                    new Content.OfBytes(found.text().getBytes(StandardCharsets.UTF_8)));
            if (text.length() > 0) text.append("\n\n");
            text.append(found.text());
        }
        return new Bitstream(name, found.mediaType(), size, hex(digest), found.state(), found.reason());
    }

    /** A change of the description alone leaves the files and the text of the basis as they are. */
    private void keep(
            ItemId id, Version basis, Submission submission, Map<String, Content> contents, List<Bitstream> files) {
        var there = archive.read(id, basis).map(archived -> archived.holding());
        if (!(there.orElse(null) instanceof Item item)) return;
        boolean filesStay = submission.files().isEmpty();
        if (filesStay) files.addAll(item.files());
        for (var path : archive.paths(id, basis)) {
            boolean ofFile = path.startsWith("files/") || path.startsWith("text/files/");
            if (ofFile && filesStay) contents.put(path, new Content.Kept());
            if (path.equals(RECORD_TEXT)) contents.putIfAbsent(path, new Content.Kept());
        }
    }

    private String text(ItemId id, Version basis, Map<String, Content> contents, StringBuilder fresh) {
        if (contents.entrySet().stream()
                .noneMatch(entry -> entry.getValue() instanceof Content.Kept
                        && entry.getKey().startsWith("text/"))) return fresh.toString();
        var texts = new ArrayList<String>();
        contents.keySet().stream()
                .filter(path -> path.startsWith("text/"))
                .sorted()
                .forEach(path -> {
                    if (contents.get(path) instanceof Content.OfBytes bytes)
                        texts.add(new String(bytes.bytes(), StandardCharsets.UTF_8));
                    else
                        try (var in = archive.open(id, basis, path)) {
                            texts.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                        } catch (IOException e) {
                            throw new ArchiveException(
                                    path + " of item " + id + " " + basis + " could not be read: " + e.getMessage(), e);
                        }
                });
        return String.join("\n\n", texts);
    }

    private static Receipt receipt(Submission submission, List<Bitstream> files) {
        var failed =
                files.stream().filter(file -> file.text() == TextState.FAILED).toList();
        boolean waits = files.stream().anyMatch(file -> file.text() == TextState.NEEDS_OCR);
        boolean some = submission.text().filter(text -> !text.isBlank()).isPresent()
                || files.isEmpty()
                || files.stream().anyMatch(file -> file.text() == TextState.OK);
        var state = !failed.isEmpty()
                ? TextState.FAILED
                : some ? TextState.OK : waits ? TextState.NEEDS_OCR : TextState.EMPTY;
        var reason = String.join(
                "; ",
                files.stream()
                        .filter(file -> !file.reason().isEmpty())
                        .map(file -> file.name() + ": " + file.reason())
                        .toList());
        return new Receipt(submission.place(), submission.item().id(), Version.NONE, state.word(), reason);
    }

    /** Over all that was handed in, so that the same again is no change. */
    private static String digest(Submission submission) throws IOException {
        var digest = sha512();
        digest.update(ItemJson.stored(submission.item().from("", "")));
        submission.text().ifPresent(text -> digest.update(("\0text\0" + text).getBytes(StandardCharsets.UTF_8)));
        for (var upload : submission.files()) {
            var file = sha512();
            try (InputStream in = Files.newInputStream(upload.path())) {
                pass(in, file, null);
            }
            digest.update(("\0file\0" + upload.name() + "\0" + hex(file)).getBytes(StandardCharsets.UTF_8));
        }
        return hex(digest);
    }

    private static long pass(InputStream in, MessageDigest digest, java.io.OutputStream out) throws IOException {
        var buffer = new byte[1 << 16];
        long size = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
            if (out != null) out.write(buffer, 0, n);
            size += n;
        }
        return size;
    }

    private static String lastSegment(String name) {
        var last = name.substring(name.lastIndexOf('/') + 1);
        return last.length() > 100 ? last.substring(last.length() - 100) : last;
    }

    private static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-512", e);
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() {
        workers.shutdown();
        commits.close();
    }
}
