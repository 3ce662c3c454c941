package org.thocam.ingest.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.ArchiveUnavailableException;
import org.thocam.ontology.Archived;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Content;
import org.thocam.ontology.Deposit;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.StaleVersionException;
import org.thocam.ontology.Version;

/**
 * The archive behind the REST API of a Fedora 6. One archival group an item or part, which is one OCFL object on Fedora's disk; one Fedora
 * transaction a version, which is one OCFL version and one memento. {@code item.json} and the files stand in it under their own names
 * ({@link FedoraPaths}), beside a {@link VersionRecord}.
 *
 * <p><b>Two versions in one second.</b> A memento is known by its second, and of two in one second Fedora 6.1 lists both and shows the
 * later. So the next version of the same item waits until the second of the last one is over: at most a second, and other items do not
 * wait. {@link #fixity} reports a version that is hidden all the same, as by a clock that was set back.
 *
 * <p><b>Durability.</b> A deposit that was answered survives the end of Fedora's process, provided that the database of its index does:
 * PostgreSQL, MariaDB, or H2 with {@code WRITE_DELAY=0}. Neither Fedora nor ocfl-java asks the disk to keep anything, so after a loss of power
 * the last seconds may be gone, and nothing in its API changes that. Where Fedora's files are on a disk that this engine sees,
 * {@link Settings#storage} has {@link #flush} ask the disk; elsewhere the file system has to ({@code mount -o sync}, {@code zfs set
 * sync=always}).
 *
 * <p><b>Ranges.</b> {@link #open} reads small files at once. A larger one is read through once and compared, for an hour known as whole,
 * and then fetched by ranges of 8 MiB as it is read; {@code skip} costs nothing, so a part of a recording is only that part.
 */
public final class FcrepoArchive implements Archive, Inventory {
    private static final Logger LOG = LoggerFactory.getLogger(FcrepoArchive.class);
    private static final String DESCRIPTION = "item.json";
    private static final String TEXT = "text/";
    private static final int AT_ONCE = 8;
    /** Files of one deposit that are sent beside each other. */
    private static final int FILES_AT_ONCE = 4;

    private static final int CONNECTIONS = AT_ONCE * FILES_AT_ONCE;
    private static final int TRIES = 5;
    private static final int BUCKET_SECONDS = 10;
    private static final long A_SECOND = Duration.ofMillis(1050).toNanos();
    private static final Pattern CONTAINS =
            Pattern.compile("^<[^>]*> <http://www\\.w3\\.org/ns/ldp#contains> <([^>]*)> ?\\.$", Pattern.MULTILINE);
    private static final Pattern MEDIA_TYPE = Pattern.compile("[A-Za-z0-9.+-]+/[A-Za-z0-9.+-]+");

    /**
     * How to reach a Fedora 6.
     *
     * @param address of its REST API, such as {@code http://fedora:8080/rest}
     * @param user empty where it asks for none
     * @param connect how long a connection may take
     * @param patience how long an answer may take, beside the time that Fedora needs to hash large files; and how long a deposit waits for a
     *     lock that another transaction holds
     * @param transactions a file of this engine alone, where open transactions are noted so that a restart ends them; null for none
     * @param storage a folder on the disk that holds Fedora's OCFL root and its database, where this engine sees it; null where it does not
     */
    public record Settings(
            URI address,
            String user,
            String password,
            Duration connect,
            Duration patience,
            Path transactions,
            Path storage) {
        /** Five seconds to connect, thirty to answer. */
        public Settings(URI address, String user, String password) {
            this(address, user, password, Duration.ofSeconds(5), Duration.ofSeconds(30), null, null);
        }

        public Settings {
            var text = address.toString();
            if (text.endsWith("/")) address = URI.create(text.substring(0, text.length() - 1));
        }

        /** @param file in the home of this engine */
        public Settings noting(Path file) {
            return new Settings(address, user, password, connect, patience, file, storage);
        }

        public Settings patient(Duration longest) {
            return new Settings(address, user, password, connect, longest, transactions, storage);
        }

        public Settings onDisk(Path folder) {
            return new Settings(address, user, password, connect, patience, transactions, folder);
        }

        @Override
        public String toString() {
            return (user.isEmpty() ? "" : user + " at ") + address;
        }
    }

    /** What came in between: the deposit is tried again, and nothing of it was kept. */
    private static final class Busy extends Exception {
        private static final long serialVersionUID = 1;

        /** Somebody else holds what is to be written: that passes. */
        Busy(String reason) {
            super(reason);
        }

        Busy(String reason, Exception cause) {
            super(reason, cause);
        }

        /** How often it is tried at most before the time is over: whoever does not answer is not asked for half a minute by each item. */
        int tries() {
            if (getCause() instanceof IOException) return 2;
            return getCause() instanceof FedoraApi.Failed ? TRIES : Integer.MAX_VALUE;
        }
    }

    private final Settings settings;
    private final FedoraApi api;
    private final FedoraTransactions transactions;
    private final FedoraRecords records;
    private final WholeParts whole = new WholeParts();
    private final BitSet buckets = new BitSet(FedoraPaths.BUCKETS);
    private final ExecutorService workers = Executors.newFixedThreadPool(CONNECTIONS, task -> {
        var thread = new Thread(task, "thocam-fedora");
        thread.setDaemon(true);
        return thread;
    });
    private final DiskSync sync;

    private FcrepoArchive(Settings settings) {
        this.settings = settings;
        this.api = new FedoraApi(
                settings.address(),
                settings.user(),
                settings.password(),
                settings.connect(),
                settings.patience(),
                CONNECTIONS);
        this.records = new FedoraRecords(api);
        this.transactions = new FedoraTransactions(api, settings.transactions());
        this.sync = settings.storage() == null ? null : new DiskSync();
    }

    /**
     * Opens the archive in a Fedora; rolls back what this engine left open when it was killed.
     *
     * @throws ArchiveUnavailableException if Fedora does not answer
     * @throws ArchiveException if it is none, or does not let us in
     */
    public static FcrepoArchive open(Settings settings) {
        var archive = new FcrepoArchive(settings);
        try {
            archive.transactions.settle();
            var root = archive.api.putContainer(FedoraPaths.ROOT);
            if (root.status() != 201 && root.status() != 412)
                throw new ArchiveException(
                        "there is no Fedora 6 that we may write to at " + settings.address() + ": " + root.reason());
            return archive;
        } catch (IOException e) {
            archive.close();
            throw archive.api.unavailable(e);
        } catch (RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    // deposit

    /**
     * An item that another transaction holds is waited for, up to {@link Settings#patience}. Where the answer to the commit is lost, what
     * became of it is read.
     *
     * @throws ArchiveUnavailableException if Fedora cannot be asked any more: the deposit may have been kept
     */
    @Override
    public Version deposit(Deposit deposit) {
        long end = System.nanoTime() + settings.patience().toNanos();
        for (int tried = 1; ; tried++) {
            try {
                var version = tried(deposit);
                moved(deposit);
                return version;
            } catch (Busy e) {
                records.forget(deposit.id());
                if (tried >= e.tries() && e.getCause() instanceof FedoraApi.Failed failed) throw failed;
                if (tried >= e.tries() || tried >= TRIES && System.nanoTime() > end)
                    throw new ArchiveUnavailableException(
                            "item " + deposit.id() + " could not be archived: " + e.getMessage()
                                    + ". Nothing of this change is kept; repeat it in a while.",
                            e);
                api.pause(Math.min(1000, 20L << Math.min(tried, 6)));
            }
        }
    }

    /** One file to be sent. */
    private record Sending(String name, FedoraApi.Body body, String mediaType) {}

    private Version tried(Deposit deposit) throws Busy {
        var id = deposit.id();
        boolean committed = false;
        try {
            var before = deposit.basis().equals(Version.NONE) ? null : basis(deposit);
            var sendings = new ArrayList<Sending>();
            var record = next(deposit, before == null ? null : before.record(), sendings);
            if (before == null) bucket(id);
            try (var transaction = transactions.begin()) {
                if (before == null) create(id, transaction);
                var etag = claim(id, record, before, transaction);
                send(id, sendings, transaction);
                afterItsSecond(id, before);
                long bytes = sendings.stream().mapToLong(s -> s.body().size()).sum();
                commit(deposit, record, transaction, bytes);
                committed = true;
                records.wrote(record, etag);
            }
            return record.version();
        } catch (IOException e) {
            if (committed) throw api.unavailable(e);
            throw new Busy("Fedora did not answer: " + e.getMessage(), e);
        } catch (FedoraApi.Failed e) {
            if (committed) throw e;
            throw new Busy(e.getMessage(), e);
        }
    }

    /** The version that the deposit was made on, if it is the head still. */
    private KnownRecords.Entry basis(Deposit deposit) {
        var cached = records.seen(deposit.id());
        if (cached.isPresent() && cached.get().record().version().equals(deposit.basis())) return cached.get();
        var head = records.head(deposit.id());
        var there = head.map(entry -> entry.record().version()).orElse(Version.NONE);
        if (!there.equals(deposit.basis())) throw new StaleVersionException(deposit.id(), deposit.basis(), there);
        return head.orElseThrow();
    }

    /** What the next version is, and what has to be sent for it: bytes that Fedora has under the same name are not. */
    private static VersionRecord next(Deposit deposit, VersionRecord before, List<Sending> sendings) {
        long number = deposit.basis().next().number();
        var files = new TreeMap<String, VersionRecord.Kept>();
        Set<String> names = before == null ? new HashSet<>() : before.names();
        var contents = new TreeMap<>(deposit.contents());
        contents.put(DESCRIPTION, new Content.OfBytes(ItemJson.stored(deposit.holding())));
        contents.forEach((path, content) -> {
            var was = before == null ? null : before.files().get(path);
            if (content instanceof Content.Kept) {
                if (was == null)
                    throw new ArchiveException("item " + deposit.id() + ": the file " + path + " is to be kept, but "
                            + deposit.basis() + " has none of that name. Nothing was written.");
                files.put(path, was);
                return;
            }
            var body = bodyOf(deposit.id(), path, content);
            if (was != null && was.sha512().equals(body.sha512())) {
                files.put(path, was);
                return;
            }
            var name = was != null
                    ? was.name()
                    : before != null && before.emptied().containsKey(path)
                            ? before.emptied().get(path)
                            : FedoraPaths.file(path, names);
            names.add(name);
            files.put(path, new VersionRecord.Kept(name, body.sha512(), body.size(), number));
            sendings.add(new Sending(name, body, mediaType(deposit, path)));
        });
        var emptied = new TreeMap<String, String>();
        if (before != null) {
            emptied.putAll(before.emptied());
            emptied.keySet().removeAll(files.keySet());
            before.files().forEach((path, kept) -> {
                if (files.containsKey(path)) return;
                emptied.put(path, kept.name());
                sendings.add(new Sending(kept.name(), FedoraApi.Body.of(new byte[0]), ContentTypes.OCTETS));
            });
        }
        return new VersionRecord(
                deposit.id(),
                new Version(number),
                deposit.at(),
                deposit.agent(),
                UUID.randomUUID().toString(),
                files,
                emptied);
    }

    private static FedoraApi.Body bodyOf(ItemId id, String path, Content content) {
        if (content instanceof Content.OfBytes bytes) return FedoraApi.Body.of(bytes.bytes());
        var file = ((Content.OfPath) content).path();
        try {
            return FedoraApi.Body.of(file, Digests.hex(Digests.of(file)), Files.size(file));
        } catch (IOException e) {
            throw new ArchiveException(
                    "the file " + path + " of item " + id + " could not be read: " + e + ". Nothing was written.", e);
        }
    }

    private static final class ContentTypes {
        static final String OCTETS = "application/octet-stream";
    }

    private static String mediaType(Deposit deposit, String path) {
        if (path.equals(DESCRIPTION)) return "application/json";
        if (path.startsWith(TEXT)) return "text/plain; charset=utf-8";
        if (deposit.holding() instanceof Item item)
            for (Bitstream file : item.files())
                if (path.equals("files/" + file.name())
                        && MEDIA_TYPE.matcher(file.mediaType()).matches()) return file.mediaType();
        return ContentTypes.OCTETS;
    }

    private void bucket(ItemId id) throws IOException {
        int bucket = FedoraPaths.bucketOf(id);
        synchronized (buckets) {
            if (buckets.get(bucket)) return;
        }
        var container = FedoraPaths.bucket(bucket);
        var answer = api.putContainer(container);
        // somebody else may be making it: an item made before that has happened would stand in no container, and in no
        // listing
        long end = System.nanoTime() + A_SECOND * BUCKET_SECONDS;
        while (answer.status() == 409
                && api.get(container, "application/n-triples").status() != 200) {
            if (System.nanoTime() > end)
                throw new ArchiveException(
                        "container " + container
                                + " cannot be made in Fedora: something that is none of ours stands below it; look who made it. Nothing was written.");
            api.pause(100);
            answer = api.putContainer(container);
        }
        if (answer.status() != 201 && answer.status() != 412 && answer.status() != 409)
            throw api.unexpected("container " + container, answer);
        synchronized (buckets) {
            buckets.set(bucket);
        }
    }

    private void create(ItemId id, FedoraTransactions.Open transaction) throws IOException, Busy {
        var made = api.putArchivalGroup(FedoraPaths.of(id), id.value(), transaction.address());
        switch (made.status()) {
            case 201 -> {}
            case 412 -> {
                var head = records.head(id);
                if (head.isPresent())
                    throw new StaleVersionException(
                            id, Version.NONE, head.get().record().version());
                throw foreign(id);
            }
            case 409 -> throw new Busy(made.reason());
            case 410 -> throw api.deleted(id);
            default -> throw api.unexpected("item " + id, made);
        }
    }

    /**
     * Writes the record, which makes Fedora lock the object, if the basis is the head still. Fedora compares the ETag first and locks
     * then; whatever was committed in between is seen by asking again, from outside of the transaction.
     *
     * @return the record's ETag
     */
    private String claim(
            ItemId id, VersionRecord record, KnownRecords.Entry before, FedoraTransactions.Open transaction)
            throws IOException, Busy {
        var path = FedoraRecords.path(id);
        var body = FedoraApi.Body.of(record.json());
        var put = api.put(path, body, "application/json", transaction.address(), before == null ? null : before.etag());
        switch (put.status()) {
            case 201, 204 -> {}
            case 412 -> throw stale(id, before);
            case 409 -> throw new Busy(put.reason());
            case 410 -> throw api.deleted(id);
            default -> throw api.unexpected("item " + id, put);
        }
        var there = api.head(path);
        boolean same = before == null
                ? there.status() == 404
                : there.status() == 200 && there.etag().equals(before.etag());
        if (!same) throw stale(id, before);
        return put.etag();
    }

    private StaleVersionException stale(ItemId id, KnownRecords.Entry before) throws Busy {
        records.forget(id);
        var head = records.head(id).map(entry -> entry.record().version()).orElse(Version.NONE);
        var basis = before == null ? Version.NONE : before.record().version();
        if (head.equals(basis)) throw new Busy("item " + id + " was written to, and is at " + head + " still");
        return new StaleVersionException(id, basis, head);
    }

    private void send(ItemId id, List<Sending> sendings, FedoraTransactions.Open transaction) throws IOException, Busy {
        if (sendings.size() < FILES_AT_ONCE) {
            for (var sending : sendings) send(id, sending, transaction);
            return;
        }
        var queue = new java.util.concurrent.ConcurrentLinkedQueue<>(sendings);
        var tasks = new ArrayList<Callable<Void>>();
        for (int i = 0; i < FILES_AT_ONCE; i++)
            tasks.add(() -> {
                for (var next = queue.poll(); next != null; next = queue.poll()) {
                    try {
                        send(id, next, transaction);
                    } catch (IOException | Busy | RuntimeException e) {
                        queue.clear();
                        throw e;
                    }
                }
                return null;
            });
        try {
            for (Future<Void> done : workers.invokeAll(tasks)) done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ArchiveException("interrupted while item " + id + " was sent to Fedora", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) throw io;
            if (e.getCause() instanceof Busy busy) throw busy;
            if (e.getCause() instanceof RuntimeException fault) throw fault;
            throw new ArchiveException("item " + id + " could not be sent to Fedora", e.getCause());
        }
    }

    private void send(ItemId id, Sending sending, FedoraTransactions.Open transaction) throws IOException, Busy {
        var put = api.put(
                FedoraPaths.of(id) + "/" + sending.name(),
                sending.body(),
                sending.mediaType(),
                transaction.address(),
                null);
        switch (put.status()) {
            case 201, 204 -> {}
            case 409 -> throw new Busy(put.reason());
            case 410 -> throw api.deleted(id);
            default -> throw api.unexpected("the file " + sending.name() + " of item " + id, put);
        }
    }

    /** The second of the basis' memento has to be over before the next one is made. */
    private void afterItsSecond(ItemId id, KnownRecords.Entry before) {
        if (before == null) return;
        long since = System.nanoTime() - before.seen();
        if (since >= A_SECOND) return;
        if (!before.own()) {
            var answer = records.versions(id);
            var now = FedoraTransactions.time(answer.header("Date"));
            var map = TimeMap.of(answer.body());
            if (now.isPresent() && !map.isEmpty() && now.get().isAfter(map.last())) return;
        }
        api.pause(Duration.ofNanos(A_SECOND - since).toMillis() + 1);
    }

    private void commit(Deposit deposit, VersionRecord record, FedoraTransactions.Open transaction, long bytes)
            throws Busy {
        FedoraApi.Answer answer;
        try {
            answer = transaction.commit(bytes);
        } catch (IOException lost) {
            settle(deposit, record, transaction, lost);
            return;
        }
        if (answer.ok()) return;
        // "Failed to commit": rolled back. Two commits may have been in each other's way in the database of the index.
        if (answer.status() == 409) throw new Busy(answer.reason());
        settle(deposit, record, transaction, new IOException(answer.reason()));
    }

    /** Nobody knows what became of the commit: ends the transaction, whichever way it went, then reads which way it was. */
    private void settle(Deposit deposit, VersionRecord record, FedoraTransactions.Open transaction, IOException lost) {
        try {
            transaction.rollback();
            records.forget(deposit.id());
            var head = records.head(deposit.id());
            if (head.isPresent() && head.get().record().deposit().equals(record.deposit())) {
                LOG.warn(
                        "the answer to the commit of item {} {} was lost ({}); it was kept",
                        deposit.id(),
                        record.version(),
                        lost.getMessage());
                return;
            }
        } catch (IOException | ArchiveUnavailableException e) {
            e.addSuppressed(lost);
            throw new ArchiveUnavailableException(
                    "Fedora at " + settings.address() + " stopped answering while item " + deposit.id() + " "
                            + record.version() + " was committed (" + lost.getMessage()
                            + "). Whether it was kept is seen when Fedora answers again; do not deposit it before.",
                    e);
        }
        throw new ArchiveUnavailableException(
                "item " + deposit.id() + " could not be archived: " + lost.getMessage()
                        + ". Nothing of this change is kept; repeat it.",
                lost);
    }

    /** Files that were handed over to be moved are ours now. */
    private static void moved(Deposit deposit) {
        for (var content : deposit.contents().values()) {
            if (!(content instanceof Content.OfPath file)) continue;
            try {
                Files.deleteIfExists(file.path());
            } catch (IOException e) {
                LOG.warn("{} was archived, but could not be removed: {}", file.path(), e.getMessage());
            }
        }
    }

    /** Asks the disk only where {@link Settings#storage} names it; see the class. */
    @Override
    public void flush(Collection<ItemId> items) {
        if (sync == null || items.isEmpty()) return;
        try {
            sync.fileSystem(settings.storage());
        } catch (IOException e) {
            throw new ArchiveException(
                    "the disk of Fedora did not confirm " + items.size() + " deposits: " + e.getMessage()
                            + ". They are not acknowledged.",
                    e);
        }
    }

    @Override
    public int atOnce() {
        return AT_ONCE;
    }

    // reading

    @Override
    public Optional<Archived> head(ItemId id) {
        for (int tried = 1; ; tried++) {
            var entry = records.head(id);
            if (entry.isEmpty()) return Optional.empty();
            try {
                return Optional.of(archived(entry.get().record()));
            } catch (ArchiveException e) {
                // a deposit came between the two readings
                var now = records.head(id);
                boolean moved =
                        now.isPresent() && !now.get().etag().equals(entry.get().etag());
                if (!moved || tried >= TRIES) throw e;
            }
        }
    }

    @Override
    public Optional<Archived> read(ItemId id, Version version) {
        return records.record(id, version).map(this::archived);
    }

    @Override
    public List<Archived> versions(ItemId id) {
        var head = records.head(id);
        if (head.isEmpty()) return List.of();
        var tasks = new ArrayList<Callable<Archived>>();
        for (long n = 1; n <= head.get().record().version().number(); n++) {
            var version = new Version(n);
            tasks.add(() -> archived(records.at(head.get(), version)));
        }
        return together(tasks);
    }

    private <T> List<T> together(List<Callable<T>> tasks) {
        var results = new ArrayList<T>(tasks.size());
        try {
            if (tasks.size() == 1) return List.of(tasks.get(0).call());
            for (int from = 0; from < tasks.size(); from += 1000)
                for (var done : workers.invokeAll(tasks.subList(from, Math.min(tasks.size(), from + 1000))))
                    results.add(done.get());
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ArchiveException("interrupted while Fedora was read", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException fault) throw fault;
            throw new ArchiveException("Fedora could not be read: " + e.getCause(), e.getCause());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ArchiveException("Fedora could not be read: " + e, e);
        }
    }

    @Override
    public List<String> paths(ItemId id, Version version) {
        return List.copyOf(records.found(id, version).files().keySet());
    }

    @Override
    public SortedMap<String, String> digests(ItemId id, Version version) {
        var digests = new TreeMap<String, String>();
        records.found(id, version).files().forEach((path, kept) -> digests.put(path, kept.sha512()));
        return digests;
    }

    @Override
    public InputStream open(ItemId id, Version version, String path) {
        return open(records.found(id, version), path);
    }

    @Override
    public String text(ItemId id, Version version) {
        var record = records.found(id, version);
        return Texts.of(record.files().keySet(), path -> open(record, path), (path, e) -> damaged(record, path, e));
    }

    private Archived archived(VersionRecord record) {
        var kept = record.files().get(DESCRIPTION);
        if (kept == null) throw foreign(record.id());
        try {
            return new Archived(
                    record.version(), record.at(), record.agent(), ItemJson.holding(bytes(record, DESCRIPTION, kept)));
        } catch (IOException e) {
            throw damaged(record, DESCRIPTION, e);
        }
    }

    private InputStream open(VersionRecord record, String path) {
        var kept = record.files().get(path);
        if (kept == null)
            throw new ArchiveException("item " + record.id() + " " + record.version() + " has no file " + path);
        try {
            if (kept.size() <= WholeParts.IN_MEMORY) return new ByteArrayInputStream(bytes(record, path, kept));
            var address = records.mementoOf(record.id(), kept);
            return whole.open(api, address, kept);
        } catch (IOException e) {
            throw damaged(record, path, e);
        }
    }

    /** A small file, compared with its digest. The bytes there now are its own unless a later version has others. */
    private byte[] bytes(VersionRecord record, String path, VersionRecord.Kept kept) throws IOException {
        var id = record.id();
        if (!changedSince(record, path, kept)) {
            var answer = api.get(FedoraPaths.of(id) + "/" + kept.name());
            if (answer.status() == 200 && sha512(answer.body()).equals(kept.sha512())) return answer.body();
        }
        var answer = api.get(records.mementoOf(id, kept));
        if (answer.status() != 200) throw new IOException("Fedora has no such bytes any more: " + answer.reason());
        var found = sha512(answer.body());
        if (!found.equals(kept.sha512()))
            throw new IOException("sha512 " + found.substring(0, 16) + "…, but the record says "
                    + kept.sha512().substring(0, 16) + "…");
        return answer.body();
    }

    private boolean changedSince(VersionRecord record, String path, VersionRecord.Kept kept) {
        return records.seen(record.id())
                .map(KnownRecords.Entry::record)
                .filter(head -> head.version().compareTo(record.version()) > 0)
                .map(head -> !kept.equals(head.files().get(path)))
                .orElse(false);
    }

    private static String sha512(byte[] bytes) {
        return Digests.hex(Digests.sha512().digest(bytes));
    }

    /** By containers, and within each by name. Memory holds the names of one of {@value FedoraPaths#BUCKETS}. */
    @Override
    public void forEachId(Consumer<ItemId> consumer) {
        for (int bucket = 0; bucket < FedoraPaths.BUCKETS; bucket++) {
            var answer = api.get(FedoraPaths.bucket(bucket), "application/n-triples");
            if (answer.status() == 404) continue;
            if (answer.status() != 200) throw api.unexpected("container " + FedoraPaths.bucket(bucket), answer);
            var names = new TreeSet<String>();
            var matcher = CONTAINS.matcher(new String(answer.body(), StandardCharsets.UTF_8));
            while (matcher.find()) {
                var address = matcher.group(1);
                names.add(address.substring(address.lastIndexOf('/') + 1));
            }
            for (var name : names) id(FedoraPaths.bucket(bucket) + "/", name).ifPresent(consumer);
        }
    }

    private Optional<ItemId> id(String container, String name) {
        try {
            var id = FedoraPaths.idOf(name);
            if (id.isPresent()) return id;
            var answer = api.get(container + name + "/" + VersionRecord.FILE);
            if (answer.status() != 200) throw new IOException("it has no record: " + answer.reason());
            return Optional.of(VersionRecord.of(answer.body()).id());
        } catch (IOException | IllegalArgumentException e) {
            LOG.error("{}{} in Fedora is no item of ours ({}); it was passed over", container, name, e.getMessage());
            return Optional.empty();
        }
    }

    // health

    /**
     * {@inheritDoc}
     *
     * <p>The bytes are read and hashed here: Fedora's own fixity request says nothing until it has read a whole recording, so that slow
     * could not be told from dead.
     */
    @Override
    public List<String> fixity(ItemId id) {
        var faults = new ArrayList<String>();
        try {
            records.forget(id);
            var head = records.head(id);
            if (head.isEmpty()) return List.of("is not in Fedora");
            for (var second : records.timeMap(head.get()).hidden())
                faults.add("two versions in the second " + second + ": the first of them cannot be read");
            Map<String, String> checked = new LinkedHashMap<>();
            for (long n = 1; n <= head.get().record().version().number(); n++) {
                var record = records.at(head.get(), new Version(n));
                record.files().forEach((path, kept) -> {
                    if (checked.put(kept.name() + " " + kept.since(), path) == null) check(record, path, kept, faults);
                });
            }
        } catch (ArchiveUnavailableException e) {
            throw e;
        } catch (ArchiveException e) {
            faults.add(e.getMessage());
        }
        return faults;
    }

    private void check(VersionRecord record, String path, VersionRecord.Kept kept, List<String> faults) {
        try {
            if (kept.size() <= WholeParts.IN_MEMORY) bytes(record, path, kept);
            else whole.check(api, records.mementoOf(record.id(), kept), kept);
        } catch (IOException e) {
            faults.add(path + " of " + record.version() + ": " + e.getMessage());
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>What Fedora wrote to its disk and not to its index, because it was killed between the two, is indexed again where the whole object
     * is unknown. Where only files of the last version are, the version before is written again as the head: Fedora 6.1 has no way to make
     * it look at such an object but a start with {@code fcrepo.rebuild.on.start=true}.
     */
    @Override
    public List<String> repair(ItemId id, Version acknowledged) {
        records.forget(id);
        var done = new ArrayList<String>();
        var head = records.head(id);
        if (head.isEmpty()) {
            if (reindexed(id)) {
                done.add("item " + id + " was on Fedora's disk, but not in its index; indexed");
                head = records.head(id);
            }
            if (head.isEmpty() && acknowledged.number() > 0)
                throw new ArchiveException(acknowledged + " of item " + id
                        + ", which was acknowledged, is not in Fedora. Start it with fcrepo.rebuild.on.start=true, or restore"
                        + " its storage root from a copy, then verify");
            if (head.isEmpty()) return done;
        }
        var record = head.get().record();
        if (record.version().compareTo(acknowledged) < 0)
            throw new ArchiveException(
                    acknowledged + " of item " + id + ", which was acknowledged, is not in Fedora, which has "
                            + record.version() + ". Restore its storage root from a copy, then verify");
        var torn = unindexed(record);
        if (torn.isEmpty())
            record.files().forEach((path, kept) -> {
                if (kept.since() == record.version().number()) check(record, path, kept, torn);
            });
        if (torn.isEmpty()) return done;
        if (record.version().equals(acknowledged))
            throw new ArchiveException(
                    acknowledged + " of item " + id + ", which was acknowledged, cannot be read: "
                            + String.join("; ", torn)
                            + ". Start Fedora with fcrepo.rebuild.on.start=true, or restore its storage root from a copy, then verify");
        done.add(before(head.get(), torn));
        return done;
    }

    /** Files that Fedora has on its disk and not in its index. It writes the one after the other, and answers a commit after both. */
    private List<String> unindexed(VersionRecord record) {
        var path = FedoraPaths.of(record.id());
        var answer = api.get(path, "application/n-triples");
        if (answer.status() != 200) throw api.unexpected("item " + record.id(), answer);
        var indexed = new HashSet<String>();
        var matcher = CONTAINS.matcher(new String(answer.body(), StandardCharsets.UTF_8));
        while (matcher.find()) {
            var address = matcher.group(1);
            indexed.add(address.substring(address.indexOf(path + "/") + path.length() + 1));
        }
        var missing = new ArrayList<String>();
        record.files().forEach((name, kept) -> {
            if (!indexed.contains(kept.name())) missing.add(name + " is not in Fedora's index");
        });
        return missing;
    }

    private String before(KnownRecords.Entry head, List<String> torn) {
        var record = head.record();
        if (record.version().number() == 1)
            throw new ArchiveException("item " + record.id() + " " + record.version() + " was never finished: "
                    + String.join("; ", torn) + ". Start Fedora with fcrepo.rebuild.on.start=true, then try again");
        writtenAgain(head);
        return record.version() + " of item " + record.id() + " was never finished (" + String.join("; ", torn) + "); "
                + new Version(record.version().number() - 1) + " is the head again";
    }

    private boolean reindexed(ItemId id) {
        try {
            return api.post(FedoraPaths.of(id) + "/fcr:reindex").ok();
        } catch (IOException e) {
            throw api.unavailable(e);
        } catch (ArchiveUnavailableException e) {
            throw e;
        } catch (ArchiveException e) {
            return false;
        }
    }

    /** Makes the version before the head the head again, as one more memento. */
    private void writtenAgain(KnownRecords.Entry head) {
        var id = head.record().id();
        var before = records.found(id, new Version(head.record().version().number() - 1));
        try {
            var sendings = new ArrayList<Sending>();
            for (var file : before.files().entrySet())
                if (!file.getValue().equals(head.record().files().get(file.getKey())))
                    sendings.add(new Sending(
                            file.getValue().name(),
                            FedoraApi.Body.of(bytes(before, file.getKey(), file.getValue())),
                            ContentTypes.OCTETS));
            try (var transaction = transactions.begin()) {
                claim(id, before, head, transaction);
                send(id, sendings, transaction);
                afterItsSecond(id, head);
                var answer = transaction.commit(0);
                if (!answer.ok()) throw new IOException(answer.reason());
            }
        } catch (IOException | Busy e) {
            throw new ArchiveUnavailableException(
                    "item " + id + " could not be repaired: " + e.getMessage() + ". Try again in a while.", e);
        } finally {
            records.forget(id);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>A version whose files are not all in Fedora's index was never answered, so it does not count.
     */
    @Override
    public List<String> mend(ItemId id) {
        records.forget(id);
        var head = records.head(id);
        if (head.isEmpty()) return repair(id, Version.NONE);
        var torn = unindexed(head.get().record());
        return torn.isEmpty() ? List.of() : List.of(before(head.get(), torn));
    }

    @Override
    public void close() {
        workers.shutdown();
        transactions.close();
        api.close();
        if (sync != null) sync.close();
    }

    private ArchiveException foreign(ItemId id) {
        return new ArchiveException("item " + id + ": " + settings.address() + "/" + FedoraPaths.of(id)
                + " is there, but has no " + VersionRecord.FILE + " and " + DESCRIPTION
                + " of ours. Nothing was written; look who made it.");
    }

    private static ArchiveException damaged(VersionRecord record, String path, Exception e) {
        return new ArchiveException(
                path + " of item " + record.id() + " " + record.version() + " is damaged: " + e.getMessage()
                        + ". Nothing was served; restore it from a copy, then verify again.",
                e);
    }
}
