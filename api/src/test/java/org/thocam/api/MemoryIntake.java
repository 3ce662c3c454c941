package org.thocam.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Archived;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Change;
import org.thocam.ontology.Content;
import org.thocam.ontology.Deposit;
import org.thocam.ontology.Holding;
import org.thocam.ontology.Intake;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Mention;
import org.thocam.ontology.Projection;
import org.thocam.ontology.Receipt;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Submission;
import org.thocam.ontology.TextState;
import org.thocam.ontology.Tombstone;
import org.thocam.ontology.Version;
import org.thocam.ontology.Watermark;

/** The intake's contract in memory: no text is extracted, the media type goes by the ending. */
final class MemoryIntake implements Intake {
    private static final Map<String, String> TYPES = Map.of(
            "png",
            "image/png",
            "mp4",
            "video/mp4",
            "eaf",
            "text/x-eaf+xml",
            "txt",
            "text/plain",
            "html",
            "text/html",
            "svg",
            "image/svg+xml",
            "wav",
            "audio/wav",
            "pdf",
            "application/pdf");

    private final MemoryArchive archive;
    private final MemoryLog log;
    private final List<Projection> views;
    private final Clock clock;
    volatile boolean diskFull;
    volatile boolean broken;
    /** It is in the archive, and nobody is told. */
    volatile boolean brokenAfter;
    /** What has to know of a change before the views are told. */
    volatile Consumer<ItemId> first = id -> {};

    volatile BiFunction<Item, String, List<Mention>> linker = (item, text) -> List.of();

    MemoryIntake(MemoryArchive archive, MemoryLog log, List<Projection> views, Clock clock) {
        this.archive = archive;
        this.log = log;
        this.views = views;
        this.clock = clock;
    }

    @Override
    public synchronized CompletableFuture<Receipt> take(Submission submission, Optional<Version> basis, String agent) {
        var id = submission.item().id();
        var contents = new HashMap<String, Content>();
        var files = new ArrayList<Bitstream>();
        submission
                .text()
                .ifPresent(text ->
                        contents.put("text/0-record.txt", new Content.OfBytes(text.getBytes(StandardCharsets.UTF_8))));
        for (var upload : submission.files()) files.add(file(upload, contents));
        basis.flatMap(read -> archive.read(id, read)).map(Archived::holding).ifPresent(before -> {
            if (!(before instanceof Item item)) return;
            for (var path : archive.paths(id, basis.get()))
                if (path.startsWith("text/0") || submission.files().isEmpty())
                    contents.putIfAbsent(path, new Content.Kept());
            if (submission.files().isEmpty()) files.addAll(item.files());
        });
        String digest;
        try {
            digest = submission.digest();
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
        var there = archive.head(id);
        if (basis.isEmpty()
                && there.isPresent()
                && there.get().holding() instanceof Item now
                && now.digest().equals(digest))
            return CompletableFuture.completedFuture(
                    new Receipt(submission.place(), id, there.get().version(), "unchanged", ""));
        var decisions = there.map(now -> now.holding() instanceof Item item ? item.decisions() : null)
                .orElse(submission.item().decisions());
        var kept = submission.item().withFiles(files).withDecisions(decisions);
        return deposit(kept.from("/secret/path.jsonl:1", digest), basis, agent, contents);
    }

    @Override
    public synchronized CompletableFuture<Receipt> keep(
            Holding holding, Map<String, Content> contents, Optional<Version> basis, String agent) {
        return deposit(holding, basis, agent, contents);
    }

    @Override
    public synchronized CompletableFuture<Receipt> withdraw(
            ItemId id, Optional<Version> basis, String reason, String agent) {
        var head = archive.head(id).orElseThrow();
        var change = Change.of(head);
        return deposit(new Tombstone(id, change.access(), change.sets(), reason), basis, agent, Map.of());
    }

    private CompletableFuture<Receipt> deposit(
            Holding holding, Optional<Version> basis, String agent, Map<String, Content> contents) {
        if (diskFull)
            return CompletableFuture.failedFuture(
                    new ArchiveException("could not be written", new IOException("No space left on device")));
        if (broken) return CompletableFuture.failedFuture(new ArchiveException("/secret/root is damaged"));
        try {
            Instant at = clock.instant();
            var on = basis.orElseGet(
                    () -> archive.head(holding.id()).map(Archived::version).orElse(Version.NONE));
            var version = archive.deposit(new Deposit(holding, on, at, agent, contents));
            var change = log.record(
                            List.of(Change.of(
                                    archive.read(holding.id(), version).orElseThrow())),
                            List.of())
                    .get(0);
            first.accept(holding.id());
            var text = archive.text(holding.id(), version);
            var snapshot = new Snapshot(
                    change, holding, text, holding instanceof Item item ? linker.apply(item, text) : List.of());
            for (var view : views)
                view.apply(
                        view.passesBy(change) ? List.of() : List.of(snapshot),
                        new Watermark(log.generation(), change.seq()));
            if (brokenAfter) throw new ArchiveException("the answer was lost");
            return CompletableFuture.completedFuture(new Receipt("", holding.id(), version, "ok", ""));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Bitstream file(Submission.Upload upload, Map<String, Content> contents) {
        try {
            var bytes = Files.readAllBytes(upload.path());
            contents.put("files/" + upload.name(), new Content.OfBytes(bytes));
            var type = TYPES.getOrDefault(upload.name().replaceFirst(".*\\.", ""), "application/octet-stream");
            return new Bitstream(upload.name(), type, bytes.length, sha512(bytes), TextState.EMPTY, "");
        } catch (IOException e) {
            throw new ArchiveException("upload " + upload.path() + " could not be read", e);
        }
    }

    private static String sha512(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
