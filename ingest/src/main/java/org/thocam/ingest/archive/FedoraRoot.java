package org.thocam.ingest.archive;

import io.ocfl.api.OcflRepository;
import io.ocfl.api.exception.NotFoundException;
import io.ocfl.api.exception.OcflIOException;
import io.ocfl.api.exception.OcflJavaException;
import io.ocfl.api.model.ObjectVersionId;
import io.ocfl.api.model.OcflObjectVersion;
import io.ocfl.core.OcflRepositoryBuilder;
import io.ocfl.core.extension.storage.layout.config.HashedNTupleLayoutConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Archived;
import org.thocam.ontology.Deposit;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Version;

/**
 * What {@link FcrepoArchive} wrote, read from the OCFL storage root on Fedora's disk (OCFL 1.0) without Fedora: from a copy, a backup, or the
 * disk of one that runs no more. For reading alone: Fedora would not know of what another wrote there.
 */
public final class FedoraRoot implements Archive, Inventory {
    private static final Logger LOG = LoggerFactory.getLogger(FedoraRoot.class);
    private static final String DESCRIPTION = "item.json";
    private static final String PREFIX = "info:fedora/";
    private static final Pattern OURS = Pattern.compile(PREFIX + FedoraPaths.ROOT + "/[0-9a-f]{2}/([^/]+)");

    private final OcflRepository repository;
    private final Path root;
    private final Path work;
    private final WholeFiles whole = new WholeFiles();

    private FedoraRoot(OcflRepository repository, Path root, Path work) {
        this.repository = repository;
        this.root = root;
        this.work = work;
    }

    /**
     * @param folder the storage root, or the {@code fcrepo.home} that holds it as {@code data/ocfl-root}
     * @throws ArchiveException if it is neither
     */
    public static FedoraRoot open(Path folder) {
        var inHome = folder.resolve("data").resolve("ocfl-root");
        var root = isRoot(folder) ? folder : inHome;
        if (!isRoot(root))
            throw new ArchiveException(
                    folder + " is no OCFL storage root and no fcrepo.home: want a folder with 0=ocfl_1.0 in it or in "
                            + inHome);
        try {
            var work = Files.createTempDirectory("fedora-root");
            var repository = new OcflRepositoryBuilder()
                    .defaultLayoutConfig(new HashedNTupleLayoutConfig())
                    .storage(storage -> storage.fileSystem(root))
                    .workDir(work)
                    .build();
            return new FedoraRoot(repository, root, work);
        } catch (IOException | OcflJavaException e) {
            throw new ArchiveException("the storage root " + root + " could not be opened: " + e.getMessage(), e);
        }
    }

    private static boolean isRoot(Path folder) {
        return Files.exists(folder.resolve("0=ocfl_1.0")) || Files.exists(folder.resolve("0=ocfl_1.1"));
    }

    /** @throws ArchiveException always */
    @Override
    public Version deposit(Deposit deposit) {
        throw refused("item " + deposit.id() + " was not archived");
    }

    /** Nothing was deposited, so there is nothing to keep. */
    @Override
    public void flush(Collection<ItemId> items) {}

    @Override
    public List<String> repair(ItemId id, Version acknowledged) {
        throw refused("item " + id + " was not repaired");
    }

    @Override
    public List<String> mend(ItemId id) {
        throw refused("item " + id + " was not repaired");
    }

    private ArchiveException refused(String what) {
        return new ArchiveException(what + ": the storage root " + root
                + " is that of a Fedora and was opened for reading alone. Start its Fedora and use fedora:URL, or copy it with"
                + " 'thocam archive copy'.");
    }

    @Override
    public int atOnce() {
        return 1;
    }

    /** A version as it lies on the disk: the record and the OCFL version that holds it. */
    private record Lying(VersionRecord record, OcflObjectVersion object) {}

    @Override
    public Optional<Archived> head(ItemId id) {
        return object(id, 0).map(object -> archived(lying(id, object)));
    }

    @Override
    public Optional<Archived> read(ItemId id, Version version) {
        return find(id, version).map(this::archived);
    }

    @Override
    public List<Archived> versions(ItemId id) {
        var head = head(id);
        if (head.isEmpty()) return List.of();
        var versions = new ArrayList<Archived>();
        for (long n = 1; n < head.get().version().number(); n++) versions.add(archived(found(id, new Version(n))));
        versions.add(head.get());
        return versions;
    }

    @Override
    public List<String> paths(ItemId id, Version version) {
        return List.copyOf(found(id, version).record().files().keySet());
    }

    @Override
    public SortedMap<String, String> digests(ItemId id, Version version) {
        var digests = new TreeMap<String, String>();
        found(id, version).record().files().forEach((path, kept) -> digests.put(path, kept.sha512()));
        return digests;
    }

    @Override
    public InputStream open(ItemId id, Version version, String path) {
        return open(found(id, version), path);
    }

    @Override
    public String text(ItemId id, Version version) {
        var lying = found(id, version);
        return Texts.of(
                lying.record().files().keySet(),
                path -> open(lying, path),
                (path, e) -> damaged(lying.record(), path, e));
    }

    @Override
    public void forEachId(Consumer<ItemId> consumer) {
        try {
            ObjectRoots.forEachName(root, name -> {
                var ours = OURS.matcher(name);
                if (ours.matches()) id(ours.group(1), name).ifPresent(consumer);
            });
        } catch (IOException e) {
            throw new ArchiveException("the storage root " + root + " could not be listed: " + e.getMessage(), e);
        }
    }

    private Optional<ItemId> id(String name, String object) {
        try {
            var id = FedoraPaths.idOf(name);
            if (id.isPresent()) return id;
            return Optional.of(record(repository.getObject(ObjectVersionId.head(object))).id());
        } catch (IOException | IllegalArgumentException | OcflJavaException e) {
            LOG.error("{} in {} is no item of ours ({}); it was passed over", object, root, e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public List<String> fixity(ItemId id) {
        var faults = new ArrayList<String>();
        try {
            repository.validateObject(objectId(id), true).getErrors().stream()
                    .map(issue -> issue.getCode() + ": " + issue.getMessage())
                    .forEach(faults::add);
            for (var version : versions(id)) {
                var lying = found(id, version.version());
                lying.record().files().forEach((path, kept) -> {
                    var there = lying.object().getFile(kept.name());
                    var sha512 = there == null ? "" : sha512(there);
                    if (!sha512.equals(kept.sha512()))
                        faults.add(path + " of " + version.version() + ": the inventory says sha512 '" + sha512
                                + "', the record " + kept.sha512());
                });
            }
        } catch (OcflJavaException e) {
            faults.add("cannot be read: " + reasonOf(e));
        } catch (ArchiveException e) {
            faults.add(e.getMessage());
        }
        return faults;
    }

    private static String sha512(io.ocfl.api.model.OcflObjectVersionFile file) {
        var digest = file.getFixity().get(io.ocfl.api.DigestAlgorithmRegistry.sha512);
        return digest == null ? "" : digest.toLowerCase(java.util.Locale.ROOT);
    }

    private static String objectId(ItemId id) {
        return PREFIX + FedoraPaths.of(id);
    }

    /** @param version of the OCFL object; 0 for its head */
    private Optional<OcflObjectVersion> object(ItemId id, int version) {
        try {
            return Optional.of(repository.getObject(
                    version == 0
                            ? ObjectVersionId.head(objectId(id))
                            : ObjectVersionId.version(objectId(id), version)));
        } catch (NotFoundException e) {
            return Optional.empty();
        } catch (OcflJavaException e) {
            throw new ArchiveException(
                    "item " + id + " is damaged: " + reasonOf(e) + ". Nothing was served; restore it from a copy.", e);
        }
    }

    private Lying lying(ItemId id, OcflObjectVersion object) {
        try {
            return new Lying(record(object), object);
        } catch (IOException e) {
            throw new ArchiveException(
                    "the record of item " + id + " in "
                            + object.getObjectVersionId().getVersionNum() + " of its object is damaged: " + e.getMessage()
                            + ". Nothing was served; restore it from a copy.",
                    e);
        }
    }

    private VersionRecord record(OcflObjectVersion object) throws IOException {
        var file = object.getFile(VersionRecord.FILE);
        if (file == null) throw new IOException("there is no " + VersionRecord.FILE + "; it was deleted in Fedora");
        try (var in = whole.open(root.resolve(file.getStorageRelativePath()), sha512(file))) {
            return VersionRecord.of(in.readAllBytes());
        }
    }

    private Lying found(ItemId id, Version version) {
        return find(id, version)
                .orElseThrow(() -> new ArchiveException("the archive has no item " + id + " " + version));
    }

    /** The n-th version of the object, unless a repair wrote one of them again. */
    private Optional<Lying> find(ItemId id, Version version) {
        if (version.number() < 1 || version.number() > Integer.MAX_VALUE) return Optional.empty();
        var head = object(id, 0).map(object -> lying(id, object));
        if (head.isEmpty() || head.get().record().version().compareTo(version) < 0) return Optional.empty();
        if (head.get().record().version().equals(version)) return head;
        int last = (int) head.get().object().getObjectVersionId().getVersionNum().getVersionNum();
        boolean repaired = last != head.get().record().version().number();
        for (int n = repaired ? last : (int) version.number(); n >= 1; n--) {
            var lying = object(id, n).map(object -> lying(id, object)).orElseThrow();
            if (lying.record().version().equals(version)) return Optional.of(lying);
        }
        throw new ArchiveException(
                "item " + id + " " + version + " is not in its object. Nothing was served; restore it from a copy.");
    }

    private Archived archived(Lying lying) {
        var record = lying.record();
        try (var in = open(lying, DESCRIPTION)) {
            return new Archived(record.version(), record.at(), record.agent(), ItemJson.holding(in.readAllBytes()));
        } catch (IOException e) {
            throw damaged(record, DESCRIPTION, e);
        }
    }

    private InputStream open(Lying lying, String path) {
        var record = lying.record();
        var kept = record.files().get(path);
        if (kept == null)
            throw new ArchiveException("item " + record.id() + " " + record.version() + " has no file " + path);
        var file = lying.object().getFile(kept.name());
        try {
            if (file == null) throw new IOException("its object has no " + kept.name());
            return whole.open(root.resolve(file.getStorageRelativePath()), kept.sha512());
        } catch (IOException e) {
            throw damaged(record, path, e);
        }
    }

    private static ArchiveException damaged(VersionRecord record, String path, Exception e) {
        return new ArchiveException(
                path + " of item " + record.id() + " " + record.version() + " is damaged: " + e.getMessage()
                        + ". Nothing was served; restore it from a copy, then verify again.",
                e);
    }

    private static String reasonOf(RuntimeException e) {
        return e instanceof OcflIOException || e instanceof UncheckedIOException
                ? String.valueOf(e.getCause())
                : e.getMessage();
    }

    @Override
    public void close() {
        repository.close();
        try (var left = Files.walk(work)) {
            for (var path : left.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(path);
        } catch (IOException e) {
            LOG.warn("{} could not be removed: {}", work, e.getMessage());
        }
    }
}
