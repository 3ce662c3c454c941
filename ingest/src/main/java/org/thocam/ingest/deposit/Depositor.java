package org.thocam.ingest.deposit;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ingest.extract.Extractor;
import org.thocam.ingest.extract.Received;
import org.thocam.ingest.extract.TranscriptFile;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Change;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.Content;
import org.thocam.ontology.Decoding;
import org.thocam.ontology.Holding;
import org.thocam.ontology.Intake;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Receipt;
import org.thocam.ontology.Shown;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.StaleVersionException;
import org.thocam.ontology.Submission;
import org.thocam.ontology.TextState;
import org.thocam.ontology.Tombstone;
import org.thocam.ontology.Version;
import org.thocam.ontology.entity.AuthorityFile;
import org.thocam.ontology.entity.EntityKind;
import org.thocam.ontology.entity.Fault;
import org.thocam.ontology.entity.FaultyEntitiesException;
import org.thocam.ontology.transcript.TranscriptLines;

/** The intake: idempotent by id and digest, extraction beside each other, deposits in groups, a bounded amount under way. */
public final class Depositor implements Intake, AutoCloseable {
    private static final int KILOBYTES_UNDER_WAY = 48 << 10;
    private static final int LONGEST_TEXT = Archive.LONGEST_TEXT;

    /** A change waits this long for a service that is down before it fails; whoever sent it may wait as long. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int SECONDS_TO_END = 30;
    private static final int MOST_TRIES = 5;
    private static final int LONGEST_TEXT_IN_MEMORY = 1 << 20;
    /** Of which there may be a thousand. */
    private static final int LONGEST_TEXT_OF_INNER = 1 << 14;

    private static final String DESCRIPTION = "item.json";
    private static final Logger LOG = LoggerFactory.getLogger(Depositor.class);

    private final Archive archive;
    private final Supplier<ChangeLog> log;
    private final Extractor extractor;
    private final Path incoming;
    private final GroupCommit commits;
    private final ExecutorService workers;
    private final Function<Item, List<Fault>> shapes;
    private final Semaphore room = new Semaphore(KILOBYTES_UNDER_WAY, true);
    private final Map<ItemId, CompletableFuture<Receipt>> underWay = new ConcurrentHashMap<>();
    private final AtomicLong names = new AtomicLong();

    /**
     * @param incoming folder on the archive's file system for files on their way in; emptied here
     * @param deposited told of each group once it is durable, before it is acknowledged
     */
    public Depositor(
            Archive archive,
            Supplier<ChangeLog> log,
            ChangeClock clock,
            Extractor extractor,
            int readers,
            Path incoming,
            Consumer<List<Snapshot>> deposited) {
        this(archive, log, clock, extractor, readers, incoming, item -> List.of(), deposited);
    }

    /** @param shapes what is wrong with a description; one that has faults is not taken */
    public Depositor(
            Archive archive,
            Supplier<ChangeLog> log,
            ChangeClock clock,
            Extractor extractor,
            int readers,
            Path incoming,
            Function<Item, List<Fault>> shapes,
            Consumer<List<Snapshot>> deposited) {
        this.shapes = shapes;
        this.archive = archive;
        this.log = log;
        this.extractor = extractor;
        this.incoming = incoming;
        this.workers = Executors.newFixedThreadPool(readers, task -> new Thread(task, "thocam-read"));
        this.commits = new GroupCommit(archive, log, clock, PATIENCE, deposited);
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
        var copies = new ConcurrentLinkedQueue<Path>();
        return underWay(
                submission.item().id(),
                weight(submission),
                () -> prepare(submission, basis, agent, copies),
                submission.files().isEmpty(),
                () -> copies.forEach(Depositor::delete));
    }

    /** About what its text takes in memory, in kilobytes; a file has at most as much text as bytes. */
    private int weight(Submission submission) {
        long bytes = 0;
        for (var upload : submission.files()) {
            try {
                bytes += Files.size(upload.path());
            } catch (IOException e) {
                LOG.debug("{} has no size; it is told when it is read", upload.path(), e);
            }
        }
        long characters = submission.text().map(String::length).orElse(0) + Math.min(bytes, extractor.longest());
        return (int) Math.min(KILOBYTES_UNDER_WAY, 64 + characters / 256);
    }

    private static void delete(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            LOG.warn("{} could not be deleted; it is at the next start", copy, e);
        }
    }

    @Override
    public CompletableFuture<Receipt> withdraw(ItemId id, Optional<Version> basis, String reason, String agent) {
        if (id.isPart())
            throw new IllegalArgumentException("part " + id + " cannot be withdrawn: only item " + id.whole() + " can");
        return underWay(
                id,
                1,
                () -> {
                    if (id.equals(AuthorityFile.ID))
                        throw new ArchiveException(
                                "item " + id + " holds the reference data and stays; delete single entities instead");
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
                            basis,
                            head.version(),
                            agent,
                            Map.of(),
                            "",
                            new Receipt("", id, head.version(), "ok", ""),
                            new CompletableFuture<>()));
                },
                true,
                () -> {});
    }

    @Override
    public CompletableFuture<Receipt> keep(
            Holding holding, Map<String, Content> contents, Optional<Version> basis, String agent) {
        if (contents.containsKey(DESCRIPTION))
            throw new IllegalArgumentException(
                    "item " + holding.id() + ": '" + DESCRIPTION + "' is written from what the item says of itself");
        return underWay(
                holding.id(),
                weight(contents),
                () -> queue(new Prepared(
                        holding,
                        basis,
                        basis.orElseGet(() -> log.get()
                                .headOf(holding.id())
                                .map(Change::version)
                                .orElse(Version.NONE)),
                        agent,
                        Map.copyOf(contents),
                        keptText(holding, contents, basis),
                        new Receipt("", holding.id(), Version.NONE, TextState.OK.word(), ""),
                        new CompletableFuture<>())),
                true,
                () -> {});
    }

    /** What the views show of an item whose text stays, or comes with it. */
    private String keptText(Holding holding, Map<String, Content> contents, Optional<Version> basis) {
        if (!(holding instanceof Item)
                || contents.keySet().stream().noneMatch(path -> path.startsWith(StoredPaths.TEXT))) return "";
        var from = basis.filter(version -> version.number() > 0)
                .or(() -> log.get().headOf(holding.id()).map(Change::version))
                .orElse(Version.NONE);
        return whole(holding.id(), from, contents).text();
    }

    private static int weight(Map<String, Content> contents) {
        long bytes = 0;
        for (var content : contents.values()) if (content instanceof Content.OfBytes some) bytes += some.bytes().length;
        return (int) Math.min(KILOBYTES_UNDER_WAY, 4 + (bytes >> 10));
    }

    /** Runs while nothing is being deposited. */
    public <T> T quiet(Supplier<T> work) {
        return commits.quiet(work);
    }

    /** A start whose future is told where it never runs. */
    private record Start(ItemId id, CompletableFuture<Receipt> future, Runnable work) implements Runnable {
        @Override
        public void run() {
            work.run();
        }

        void refuse() {
            future.completeExceptionally(
                    new ArchiveException("the archive is closing; item " + id + " was not taken in"));
        }
    }

    /**
     * One after the other for each item, as much at once as there is room for.
     *
     * @param here whether it is quick enough for the caller's thread
     * @param last runs at the end, whatever became of it
     */
    private CompletableFuture<Receipt> underWay(
            ItemId id, int weight, Supplier<CompletableFuture<Receipt>> start, boolean here, Runnable last) {
        room.acquireUninterruptibly(weight);
        var mine = new CompletableFuture<Receipt>();
        var before = underWay.put(id, mine);
        var run = new Start(id, mine, () -> attempt(id, mine, start, last, MOST_TRIES));
        mine.whenComplete((receipt, fault) -> {
            underWay.remove(id, mine);
            room.release(weight);
        });
        if (before != null) before.whenComplete((receipt, fault) -> execute(run));
        else if (here) run.run();
        else execute(run);
        return mine;
    }

    /** Prepares again what another engine overtook. */
    private void attempt(
            ItemId id,
            CompletableFuture<Receipt> mine,
            Supplier<CompletableFuture<Receipt>> start,
            Runnable last,
            int left) {
        try {
            start.get().whenComplete((receipt, fault) -> {
                if (fault instanceof MovedException && left > 1)
                    execute(new Start(id, mine, () -> attempt(id, mine, start, last, left - 1)));
                else finish(mine, receipt, fault, last);
            });
        } catch (RuntimeException e) {
            finish(mine, null, e, last);
        }
    }

    private void execute(Start start) {
        try {
            workers.execute(start);
        } catch (RejectedExecutionException e) {
            start.refuse();
        }
    }

    private static void finish(CompletableFuture<Receipt> future, Receipt receipt, Throwable fault, Runnable last) {
        last.run();
        if (fault == null) future.complete(receipt);
        else
            future.completeExceptionally(
                    fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault);
    }

    private CompletableFuture<Receipt> prepare(
            Submission submission, Optional<Version> basis, String agent, Collection<Path> copies) {
        try {
            var item = submission.item();
            var head = log.get().headOf(item.id());
            // its parts are edits of its files: others in their place would take them along
            if (!submission.files().isEmpty()
                    && !log.get().partsOf(item.id(), "", 1).isEmpty())
                return refused(
                        submission,
                        Version.NONE,
                        "item " + item.id()
                                + " has entries that were edited here; take its next file in with 'thocam dictionary import', which merges");
            boolean reserved = item.id().equals(AuthorityFile.ID)
                    ? head.isEmpty() || basis.isEmpty() || !AuthorityFile.describes(submission)
                    : head.isEmpty() && EntityKind.ofId(item.id().value()).isPresent();
            if (reserved)
                return refused(
                        submission,
                        Version.NONE,
                        "id '" + item.id()
                                + "' is one of the reference data, which 'thocam reference' and /api/v1/entities change; give the item another");
            var faults = shapes.apply(item);
            if (!faults.isEmpty()) throw new FaultyEntitiesException(faults);
            var digest = submission.digest();
            if (head.isPresent() && basis.isEmpty()) {
                var there = head.get();
                if (there.kind() == Change.Kind.WITHDRAWN)
                    return refused(
                            submission,
                            Version.NONE,
                            "it was withdrawn (" + there.version() + "); to bring it back, PUT it with If-Match");
                if (there.digest().equals(digest)) return again(submission, there.version(), agent, copies);
            }
            var contents = new HashMap<String, Content>();
            var files = new ArrayList<Bitstream>();
            var decodings = new ArrayList<Decoding>();
            submission.text().map(Received::of).ifPresent(text -> {
                contents.put(StoredPaths.RECORD_TEXT, bytes(text.text()));
                if (text.decoded()) contents.put(StoredPaths.received(StoredPaths.RECORD_TEXT), bytes(text.received()));
                decodings.addAll(text.decodings(StoredPaths.RECORD_TEXT));
            });
            var names = names(submission);
            for (var upload : submission.files()) files.addAll(read(upload, names, contents, decodings, copies));
            var now = head.filter(there -> there.kind() == Change.Kind.DEPOSITED)
                    .flatMap(there -> described(item.id(), there.version()));
            var from = item.from(item.source(), digest)
                    .withDecisions(now.map(Item::decisions).orElse(item.decisions()));
            var old = head.map(Change::version).equals(basis)
                    ? now
                    : basis.filter(version -> version.number() > 0).flatMap(version -> described(item.id(), version));
            if (old.isPresent()) {
                var before = old.get();
                keep(before, basis.get(), submission, contents, decodings, files);
                // what was handed in is still what the files came from: the same again is no change and undoes no edit
                if (submission.files().isEmpty()) from = from.from(before.source(), before.digest());
            }
            var described = from.withFiles(files).withDecodings(decodings);
            if (!submission.files().isEmpty() || old.isPresent() && Withholding.isDue(old.get(), described))
                withhold(described, basis.orElse(Version.NONE), contents, copies);
            var whole = whole(item.id(), basis.orElse(Version.NONE), contents);
            return queue(new Prepared(
                    LanguageFinder.withLanguage(described, whole.text()),
                    basis,
                    head.map(Change::version).orElse(Version.NONE),
                    agent,
                    contents,
                    whole.text(),
                    receipt(submission, files, whole),
                    new CompletableFuture<>()));
        } catch (IOException e) {
            throw new ArchiveException(submission.place() + " could not be read: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ArchiveException("interrupted while " + submission.place() + " was read", e);
        }
    }

    private Optional<Item> described(ItemId id, Version version) {
        return archive.read(id, version).map(archived -> archived.holding() instanceof Item item ? item : null);
    }

    /** The same as before: only files that may fare better now are read again, and all that was edited since stays. */
    private CompletableFuture<Receipt> again(
            Submission submission, Version version, String agent, Collection<Path> copies)
            throws IOException, InterruptedException {
        var id = submission.item().id();
        var unchanged =
                CompletableFuture.completedFuture(new Receipt(submission.place(), id, version, "unchanged", ""));
        var holding = archive.read(id, version).map(archived -> archived.holding());
        if (!(holding.orElse(null) instanceof Item item)
                || item.files().stream().noneMatch(this::mayFareBetter)) return unchanged;
        var contents = new HashMap<String, Content>();
        for (var path : archive.paths(id, version))
            if (!path.equals(DESCRIPTION)) contents.put(path, new Content.Kept());
        var before = whole(id, version, contents);
        var uploads = new HashMap<String, Submission.Upload>();
        submission.files().forEach(upload -> uploads.put(StoredName.of(upload.name()), upload));
        var files = new ArrayList<Bitstream>();
        var decodings = new ArrayList<>(item.decodings());
        var names = names(submission);
        for (var file : item.files()) {
            if (file.isInner()) continue;
            var upload = uploads.get(file.name());
            if (upload != null && Opened.any(file, item.files(), this::mayFareBetter)) {
                for (var old : item.files()) forget(old, file.name(), contents, decodings);
                files.addAll(read(upload, names, contents, decodings, copies));
            } else
                for (var same : item.files())
                    if (same.equals(file) || Opened.isInside(same.name(), file.name())) files.add(same);
        }
        var described = item.withFiles(files).withDecodings(decodings);
        withhold(described, version, contents, copies);
        var whole = whole(id, version, contents);
        if (files.equals(item.files()) && whole.equals(before)) return unchanged;
        return queue(new Prepared(
                LanguageFinder.withLanguage(described, whole.text()),
                Optional.of(version),
                version,
                agent,
                contents,
                whole.text(),
                receipt(submission, files, whole),
                new CompletableFuture<>()));
    }

    /** A file that waits for OCR, where OCR has come; one that a limit stopped, which may be another now; one whose format is read since. */
    private boolean mayFareBetter(Bitstream file) {
        return TranscriptFile.isReadSince(file)
                || file.text() == TextState.NEEDS_OCR && extractor.ocr()
                || file.text() == TextState.FAILED && Extractor.mayFareBetter(file.reason());
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

    /** What was read out of a file and out of what is inside it, which is read again. */
    private static void forget(Bitstream old, String name, Map<String, Content> contents, List<Decoding> decodings) {
        if (!old.name().equals(name) && !Opened.isInside(old.name(), name)) return;
        var text = StoredPaths.text(old.name());
        contents.remove(StoredPaths.original(old.name()));
        contents.remove(StoredPaths.segments(old.name()));
        for (var path : List.of(text, StoredPaths.received(text))) {
            contents.remove(path);
            contents.remove(StoredPaths.withheld(path));
        }
        decodings.removeIf(decoding -> decoding.path().equals(text));
    }

    private static InnerNames names(Submission submission) {
        var names = new InnerNames();
        for (var upload : submission.files()) names.reserve(StoredName.of(upload.name()));
        return names;
    }

    private List<Bitstream> read(
            Submission.Upload upload,
            InnerNames names,
            Map<String, Content> contents,
            List<Decoding> decodings,
            Collection<Path> copies)
            throws IOException, InterruptedException {
        var shown = Shown.of(upload.name().substring(upload.name().lastIndexOf('/') + 1));
        var opened = new Opened(
                extractor,
                extension -> incoming(copies, extension),
                names,
                file -> keep(file, contents, decodings, copies));
        try (InputStream in = Files.newInputStream(upload.path())) {
            opened.open(in, StoredName.of(upload.name()), shown);
        }
        return opened.bitstreams();
    }

    /** Its bytes, and what was found in it; called once for each file of a deposit. */
    private void keep(
            Opened.OneFile file, Map<String, Content> contents, List<Decoding> decodings, Collection<Path> copies)
            throws IOException {
        if (contents.put(StoredPaths.original(file.name), new Content.OfPath(file.path)) instanceof Content.OfPath)
            throw new ArchiveException("two files would both be kept as '" + Shown.of(file.name) + "'; rename one");
        var found = file.found();
        var text = StoredPaths.text(file.name);
        keep(found.text(), text, contents, copies);
        if (!found.findings().isEmpty()) keep(found.received(), StoredPaths.received(text), contents, copies);
        found.findings().forEach(finding -> decodings.add(finding.of(text)));
        if (found.pages().isPresent()) {
            var kept = incoming(copies, ".jsonl");
            try (var out = new BufferedOutputStream(Files.newOutputStream(kept), 1 << 16)) {
                TranscriptLines.write(found.pages().get(), out);
            }
            contents.put(StoredPaths.segments(file.name), new Content.OfPath(kept));
        }
    }

    private void withhold(Item item, Version basis, Map<String, Content> contents, Collection<Path> copies) {
        Withholding.apply(item, contents, new Withholding.Desk() {
            @Override
            public InputStream open(String path, Content content) throws IOException {
                return stream(item.id(), basis, path, content);
            }

            @Override
            public void keep(String text, String path) throws IOException {
                Depositor.this.keep(text, path, contents, copies);
            }
        });
    }

    private void keep(String text, String path, Map<String, Content> contents, Collection<Path> copies)
            throws IOException {
        boolean ofInner = path.contains(InnerNames.MARK);
        if (text.length() > (ofInner ? LONGEST_TEXT_OF_INNER : LONGEST_TEXT_IN_MEMORY)) {
            var copy = incoming(copies, ".txt");
            Files.writeString(copy, text);
            contents.put(path, new Content.OfPath(copy));
        } else if (!text.isEmpty()) contents.put(path, bytes(text));
    }

    private Path incoming(Collection<Path> copies, String extension) {
        var copy = incoming.resolve(names.incrementAndGet() + extension);
        copies.add(copy);
        return copy;
    }

    private static Content bytes(String text) {
        return new Content.OfBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A change of the description alone leaves the files and the text of the basis as they are. */
    private void keep(
            Item before,
            Version basis,
            Submission submission,
            Map<String, Content> contents,
            List<Decoding> decodings,
            List<Bitstream> files) {
        boolean filesStay = submission.files().isEmpty();
        boolean textStays = submission.text().isEmpty();
        if (filesStay) files.addAll(before.files());
        for (var path : archive.paths(before.id(), basis)) {
            boolean stays = StoredPaths.isOfFile(path) ? filesStay : StoredPaths.isOfRecord(path) && textStays;
            if (stays) contents.put(path, new Content.Kept());
        }
        for (var decoding : before.decodings())
            if (decoding.path().equals(StoredPaths.RECORD_TEXT) ? textStays : filesStay) decodings.add(decoding);
    }

    /** @param cut whether there is more text than the views get */
    private record Whole(String text, boolean cut) {}

    /** The texts among {@code contents} in the order of their paths, as the archive gives them. */
    private Whole whole(ItemId id, Version basis, Map<String, Content> contents) {
        var text = new StringBuilder();
        for (var path : new TreeSet<>(contents.keySet())) {
            if (!path.startsWith(StoredPaths.TEXT)) continue;
            if (text.length() > 0) text.append("\n\n");
            try (var in = new InputStreamReader(stream(id, basis, path, contents.get(path)), StandardCharsets.UTF_8)) {
                var buffer = new char[1 << 13];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    text.append(buffer, 0, n);
                    if (text.length() > LONGEST_TEXT) return new Whole(cut(text), true);
                }
            } catch (IOException e) {
                throw new ArchiveException(path + " of item " + id + " could not be read: " + e.getMessage(), e);
            }
        }
        return new Whole(text.toString(), false);
    }

    private static String cut(StringBuilder text) {
        boolean within = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1));
        return text.substring(0, within ? LONGEST_TEXT - 1 : LONGEST_TEXT);
    }

    private InputStream stream(ItemId id, Version basis, String path, Content content) throws IOException {
        if (content instanceof Content.OfBytes bytes) return new ByteArrayInputStream(bytes.bytes());
        if (content instanceof Content.OfPath file) return Files.newInputStream(file.path());
        return archive.open(id, basis, path);
    }

    /** What failed inside a file fails that alone, and is told beside it. */
    private static Receipt receipt(Submission submission, List<Bitstream> all, Whole whole) {
        var files = Opened.handedIn(all);
        var failed =
                files.stream().filter(file -> file.text() == TextState.FAILED).toList();
        boolean waits = all.stream().anyMatch(file -> file.text() == TextState.NEEDS_OCR);
        boolean some = submission.text().filter(text -> !text.isBlank()).isPresent()
                || files.isEmpty()
                || all.stream().anyMatch(file -> file.text() == TextState.OK);
        var state = !failed.isEmpty()
                ? TextState.FAILED
                : some ? TextState.OK : waits ? TextState.NEEDS_OCR : TextState.EMPTY;
        var reasons = new ArrayList<String>();
        for (var file : files) if (!file.reason().isEmpty()) reasons.add(file.name() + ": " + file.reason());
        if (whole.cut())
            reasons.add(
                    "only the first " + LONGEST_TEXT
                            + " characters of its text can be found and shown; all of it is kept; cut it into items of its own");
        return new Receipt(
                submission.place(),
                submission.item().id(),
                Version.NONE,
                state.word(),
                String.join("; ", reasons),
                inner(submission, all));
    }

    private static List<Receipt.Inner> inner(Submission submission, List<Bitstream> all) {
        var paths = new HashMap<String, String>();
        for (var upload : submission.files())
            paths.put(StoredName.of(upload.name()), upload.path().toString());
        var inner = new ArrayList<Receipt.Inner>();
        for (var file : all) {
            if (!file.isInner()) continue;
            var top = paths.keySet().stream()
                    .filter(name -> Opened.isInside(file.name(), name))
                    .findFirst();
            if (top.isEmpty()) continue;
            inner.add(new Receipt.Inner(
                    paths.get(top.get()) + file.name().substring(top.get().length()),
                    file.text().word(),
                    file.reason()));
        }
        return inner;
    }

    @Override
    public void close() {
        workers.shutdown();
        try {
            if (!workers.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) stopNow();
        } catch (InterruptedException e) {
            stopNow();
            Thread.currentThread().interrupt();
        }
        commits.close();
    }

    private void stopNow() {
        for (var left : workers.shutdownNow()) if (left instanceof Start start) start.refuse();
    }
}
