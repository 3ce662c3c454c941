package org.thocam.ingest.archive;

import io.ocfl.api.DigestAlgorithmRegistry;
import io.ocfl.api.OcflConfig;
import io.ocfl.api.OcflObjectUpdater;
import io.ocfl.api.OcflOption;
import io.ocfl.api.OcflRepository;
import io.ocfl.api.exception.NotFoundException;
import io.ocfl.api.exception.ObjectOutOfSyncException;
import io.ocfl.api.exception.OcflFileAlreadyExistsException;
import io.ocfl.api.exception.OcflIOException;
import io.ocfl.api.exception.OcflJavaException;
import io.ocfl.api.model.DigestAlgorithm;
import io.ocfl.api.model.ObjectVersionId;
import io.ocfl.api.model.OcflObjectVersion;
import io.ocfl.api.model.OcflObjectVersionFile;
import io.ocfl.api.model.OcflVersion;
import io.ocfl.api.model.VersionDetails;
import io.ocfl.api.model.VersionInfo;
import io.ocfl.api.model.VersionNum;
import io.ocfl.core.OcflRepositoryBuilder;
import io.ocfl.core.extension.storage.layout.HashedNTupleLayoutExtension;
import io.ocfl.core.extension.storage.layout.config.HashedNTupleLayoutConfig;
import io.ocfl.core.path.mapper.LogicalPathMappers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Archived;
import org.thocam.ontology.Content;
import org.thocam.ontology.Deposit;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.StaleVersionException;
import org.thocam.ontology.Version;

/**
 * The archive as an OCFL 1.1 storage root on disk (ocfl.io/1.1/spec), sha512, hashed n-tuple layout (extension 0004): readable by any
 * OCFL tool without us. One object an item; one version an acknowledged change.
 *
 * <p>ocfl-java writes and renames but never syncs, so a version may be torn after a loss of power until {@link #flush} returned; and
 * a kill can leave a version directory that the inventory does not know. {@link #repair} heals both.
 */
public final class OcflArchive implements Archive, Inventory {
    private static final String DESCRIPTION = "item.json";

    private final OcflRepository repository;
    private final Path root;
    private final HashedNTupleLayoutExtension layout;
    private final DiskSync sync = new DiskSync();
    private final ObjectRepair repair;
    private final WholeFiles whole = new WholeFiles();

    private OcflArchive(OcflRepository repository, Path root, Path quarantine, HashedNTupleLayoutExtension layout) {
        this.repository = repository;
        this.root = root;
        this.layout = layout;
        this.repair = new ObjectRepair(quarantine);
    }

    /**
     * Opens the archive of a home, or makes an empty one.
     *
     * @param home holds {@code archive/} (the storage root), {@code archive-work/} (staging) and {@code quarantine/}: one file system
     */
    public static OcflArchive open(Path home) {
        var root = home.resolve("archive");
        var work = home.resolve("archive-work");
        try {
            boolean made = Files.notExists(root);
            Files.createDirectories(root);
            clear(work);
            Files.createDirectories(work);
            var config = new HashedNTupleLayoutConfig();
            var repository = new OcflRepositoryBuilder()
                    .defaultLayoutConfig(config)
                    .ocflConfig(new OcflConfig()
                            .setOcflVersion(OcflVersion.OCFL_1_1)
                            .setDefaultDigestAlgorithm(DigestAlgorithmRegistry.sha512))
                    .logicalPathMapper(LogicalPathMappers.percentEncodingWindowsMapper())
                    .storage(storage -> storage.fileSystem(root))
                    .workDir(work)
                    .build();
            var layout = new HashedNTupleLayoutExtension();
            layout.init(config);
            var archive = new OcflArchive(repository, root, home.resolve("quarantine"), layout);
            if (made) archive.sync.tree(root, home);
            return archive;
        } catch (IOException | OcflJavaException e) {
            throw new ArchiveException("the archive at " + root + " could not be opened: " + e.getMessage(), e);
        }
    }

    @Override
    public Version deposit(Deposit deposit) {
        var id = deposit.id();
        var basis = deposit.basis();
        // head() stands for "no version yet" in ocfl-java: an object that exists must not pass for a new one
        if (basis.equals(Version.NONE) && Files.exists(objectRoot(id))) {
            var head = headNumber(id);
            if (!head.equals(Version.NONE)) throw new StaleVersionException(id, basis, head);
            throw new ArchiveException(
                    "item " + id + " is in the archive, but cannot be read. Nothing was written; run 'thocam verify'.");
        }
        var at = basis.equals(Version.NONE)
                ? ObjectVersionId.head(id.value())
                : ObjectVersionId.version(id.value(), (int) basis.number());
        var info = new VersionInfo()
                .setCreated(deposit.at().atOffset(ZoneOffset.UTC))
                .setUser(deposit.agent(), null)
                .setMessage(deposit.contents().isEmpty() ? "described" : "deposited");
        try {
            return versionOf(repository.updateObject(at, info, object -> write(deposit, object)));
        } catch (ObjectOutOfSyncException | OcflFileAlreadyExistsException e) {
            throw new StaleVersionException(id, basis, headNumber(id));
        } catch (OcflJavaException | UncheckedIOException e) {
            throw new ArchiveException(
                    "item " + id + " could not be archived: " + reasonOf(e)
                            + ". Nothing of this change is kept; repeat it.",
                    e);
        }
    }

    private static void write(Deposit deposit, OcflObjectUpdater object) {

        object.clearVersionState();
        object.writeFile(new ByteArrayInputStream(ItemJson.stored(deposit.holding())), DESCRIPTION);
        deposit.contents().forEach((path, content) -> {
            if (content instanceof Content.OfBytes bytes)
                object.writeFile(new ByteArrayInputStream(bytes.bytes()), path);
            else if (content instanceof Content.OfPath file) object.addPath(file.path(), path, OcflOption.MOVE_SOURCE);
            else object.reinstateFile(VersionNum.fromInt((int) deposit.basis().number()), path, path);
        });
    }

    @Override
    public void flush(Collection<ItemId> items) {
        var roots = items.stream().map(this::objectRoot).toList();
        try {
            sync.objects(roots, root);
        } catch (IOException | UncheckedIOException e) {
            throw new ArchiveException(
                    "the disk did not confirm " + items.size() + " deposits: " + e.getMessage()
                            + ". They are not acknowledged.",
                    e);
        }
    }

    @Override
    public Optional<Archived> head(ItemId id) {
        return find(ObjectVersionId.head(id.value())).map(version -> archived(id, version));
    }

    @Override
    public Optional<Archived> read(ItemId id, Version version) {
        if (version.number() < 1 || version.number() > Integer.MAX_VALUE) return Optional.empty();
        return find(ObjectVersionId.version(id.value(), (int) version.number())).map(found -> archived(id, found));
    }

    @Override
    public List<Archived> versions(ItemId id) {
        try {
            var versions = new ArrayList<>(
                    repository.describeObject(id.value()).getVersionMap().values());
            versions.sort(Comparator.comparing(VersionDetails::getVersionNum));
            return versions.stream().map(details -> archived(id, details)).toList();
        } catch (NotFoundException e) {
            return List.of();
        } catch (OcflJavaException e) {
            throw new ArchiveException(
                    "item " + id + " is damaged: " + reasonOf(e) + ". Nothing was served; run 'thocam verify'.", e);
        }
    }

    @Override
    public List<String> paths(ItemId id, Version version) {
        return found(id, version).getFiles().stream()
                .map(OcflObjectVersionFile::getPath)
                .sorted()
                .toList();
    }

    @Override
    public SortedMap<String, String> digests(ItemId id, Version version) {
        var digests = new TreeMap<String, String>();
        for (var file : found(id, version).getFiles())
            digests.put(file.getPath(), file.getFixity().get(DigestAlgorithmRegistry.sha512).toLowerCase(Locale.ROOT));
        return digests;
    }

    @Override
    public InputStream open(ItemId id, Version version, String path) {
        return open(id, found(id, version), path);
    }

    @Override
    public String text(ItemId id, Version version) {
        var object = found(id, version);
        var paths =
                object.getFiles().stream().map(OcflObjectVersionFile::getPath).toList();
        return Texts.of(paths, path -> open(id, object, path), (path, e) -> damaged(id, version, path, e));
    }

    /** The bytes are compared with their digest before the first of them is given away. */
    private InputStream open(ItemId id, OcflObjectVersion object, String path) {
        var version = versionOf(object.getObjectVersionId());
        var file = object.getFile(path);
        if (file == null) throw new ArchiveException("item " + id + " " + version + " has no file " + path);
        try {
            return whole.open(
                    root.resolve(file.getStorageRelativePath()),
                    file.getFixity().get(DigestAlgorithmRegistry.sha512));
        } catch (IOException e) {
            throw damaged(id, version, path, e);
        }
    }

    @Override
    public void forEachId(Consumer<ItemId> consumer) {
        try {
            ObjectRoots.forEach(root, consumer);
        } catch (IOException e) {
            throw new ArchiveException(
                    "the archive at " + root + " could not be listed: " + e.getMessage() + ". Run 'thocam verify'.", e);
        }
    }

    @Override
    public List<String> fixity(ItemId id) {
        try {
            return repository.validateObject(id.value(), true).getErrors().stream()
                    .map(issue -> issue.getCode() + ": " + issue.getMessage())
                    .toList();
        } catch (OcflJavaException e) {
            return List.of("cannot be read: " + reasonOf(e));
        }
    }

    /** What is newer or torn goes to {@code quarantine/}. */
    @Override
    public List<String> repair(ItemId id, Version acknowledged) {
        return mended(id, (int) acknowledged.number());
    }

    @Override
    public int atOnce() {
        return 2;
    }

    @Override
    public List<String> mend(ItemId id) {
        try {
            if (repair.sound(objectRoot(id), id.value())) return List.of();
            return mended(id, repair.headOf(objectRoot(id), id.value()));
        } catch (IOException e) {
            throw new ArchiveException("item " + id + " could not be repaired: " + e.getMessage(), e);
        }
    }

    private List<String> mended(ItemId id, int acknowledged) {
        try {
            var done = repair.object(objectRoot(id), root, id.value(), acknowledged);
            if (!done.isEmpty()) {
                repository.invalidateCache(id.value());
                if (Files.exists(objectRoot(id))) sync.objects(List.of(objectRoot(id)), root);
            }
            return done;
        } catch (IOException e) {
            throw new ArchiveException("item " + id + " could not be repaired: " + e.getMessage(), e);
        }
    }

    /** Where an item lies on disk, whether it exists or not. */
    public Path objectRoot(ItemId id) {
        return root.resolve(layout.mapObjectId(id.value()));
    }

    @Override
    public void close() {
        repository.close();
        sync.close();
    }

    private Optional<OcflObjectVersion> find(ObjectVersionId at) {
        try {
            return Optional.of(repository.getObject(at));
        } catch (NotFoundException e) {
            return Optional.empty();
        } catch (OcflJavaException e) {
            throw new ArchiveException(
                    "item " + at.getObjectId() + " is damaged: " + reasonOf(e)
                            + ". Nothing was served; run 'thocam verify'.",
                    e);
        }
    }

    private OcflObjectVersion found(ItemId id, Version version) {
        return find(ObjectVersionId.version(id.value(), (int) version.number()))
                .orElseThrow(() -> new ArchiveException("the archive has no item " + id + " " + version));
    }

    private Version headNumber(ItemId id) {
        return find(ObjectVersionId.head(id.value()))
                .map(found ->
                        new Version(found.getObjectVersionId().getVersionNum().getVersionNum()))
                .orElse(Version.NONE);
    }

    private Archived archived(ItemId id, OcflObjectVersion object) {
        return archived(
                id,
                object.getObjectVersionId().getVersionNum(),
                object.getVersionInfo(),
                object.getFile(DESCRIPTION).getStorageRelativePath(),
                object.getFile(DESCRIPTION).getFixity());
    }

    private Archived archived(ItemId id, VersionDetails details) {
        var file = details.getFile(DESCRIPTION);
        return archived(
                id, details.getVersionNum(), details.getVersionInfo(), file.getStorageRelativePath(), file.getFixity());
    }

    private Archived archived(
            ItemId id, VersionNum number, VersionInfo info, String file, Map<DigestAlgorithm, String> fixity) {
        var version = new Version(number.getVersionNum());
        try (var stream = whole.open(root.resolve(file), fixity.get(DigestAlgorithmRegistry.sha512))) {
            var holding = ItemJson.holding(stream.readAllBytes());
            Instant at = info.getCreated().toInstant();
            return new Archived(
                    version, at, info.getUser() == null ? "" : info.getUser().getName(), holding);
        } catch (IOException e) {
            throw damaged(id, version, DESCRIPTION, e);
        }
    }

    private static ArchiveException damaged(ItemId id, Version version, String path, Exception e) {
        return new ArchiveException(
                path + " of item " + id + " " + version + " is damaged: " + e.getMessage()
                        + ". Nothing was served; restore it from a copy, then verify again.",
                e);
    }

    private static Version versionOf(ObjectVersionId at) {
        return new Version(at.getVersionNum().getVersionNum());
    }

    private static String reasonOf(RuntimeException e) {
        return e instanceof OcflIOException || e instanceof UncheckedIOException
                ? String.valueOf(e.getCause())
                : e.getMessage();
    }

    private static void clear(Path folder) throws IOException {
        if (Files.notExists(folder)) return;
        var doomed = new ArrayList<Path>();
        try (var walk = Files.walk(folder)) {
            walk.forEach(doomed::add);
        }
        for (int i = doomed.size() - 1; i >= 0; i--) Files.delete(doomed.get(i));
    }
}
