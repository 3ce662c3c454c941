package org.thocam.ingest.read;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.thocam.ontology.Access;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Shown;
import org.thocam.ontology.Submission;
import org.thocam.ontology.exchange.FileRecord;
import org.thocam.ontology.exchange.file.RecordFile;
import org.thocam.ontology.exchange.packages.PackageReader;

/**
 * Finds what there is to take in under a path:
 *
 * <ul>
 *   <li>a folder or ZIP file that is a bag or an RO-Crate gives the items it holds, see {@link PackageReader};
 *   <li>a folder with {@code item.yaml} (or {@code .yml}, {@code .json}) is one item of all its files;
 *   <li>a folder with a {@code .session} file of SayMore or lameta is one item of all its files, see {@link FieldSession};
 *   <li>a {@code .jsonl} or {@code .ndjson} file has one record a line; the files its records name are theirs;
 *   <li>a file of another library's records (MARC 21, MARCXML, RIS, BibTeX, a CSV table of Dublin Core) is one item a record;
 *   <li>{@code song.wav} with {@code song.wav.yaml} (or {@code .yml}, {@code .json}) beside it is an item so described;
 *   <li>any other file is an item of its own, its id made from its path.
 * </ul>
 *
 * Links are not followed, and a record cannot name a file outside its own folder. What cannot be taken in is told and stops nothing.
 */
public final class Inputs implements AutoCloseable {
    private static final List<String> SIDECARS = List.of(".yaml", ".yml", ".json");
    /** Names that are no UTF-8 can read the same and still differ. */
    private static final Comparator<Path> IN_ORDER = Comparator.comparing(Path::toString)
            .thenComparing(path -> path.toUri().toASCIIString());

    private final Consumer<Found> found;
    private final Optional<Path> home;
    private final PackageInputs packages;

    public Inputs(Consumer<Found> found) {
        this.found = found;
        this.home = Optional.empty();
        this.packages = new PackageInputs(found, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** @param home Thocam's own folder, of which nothing is taken in */
    public Inputs(Consumer<Found> found, Path home) {
        this.found = found;
        this.home = Optional.of(real(home));
        this.packages = new PackageInputs(found, this.home.get().resolve("run"));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    /** Removes what was unpacked: close it when all that was found is taken in. */
    @Override
    public void close() throws IOException {
        packages.close();
    }

    public void read(Path path) {
        try {
            var real = path.toRealPath();
            if (ours(real)) refuseOurs(real);
            else if (packages.read(real)) return;
            else if (Files.isDirectory(real)) folder(real, new HashSet<>());
            else if (!Files.isRegularFile(real)) refuse(real, "is neither a file nor a folder");
            else taken(real);
        } catch (IOException e) {
            refuse(path, "could not be read: " + reason(e));
        }
    }

    private boolean ours(Path path) {
        return home.filter(path::startsWith).isPresent();
    }

    private void refuseOurs(Path path) {
        refuse(path, "lies in Thocam's own home " + home.orElseThrow() + ", of which nothing is taken in");
    }

    /** @param claimed what descriptions in the folders above named as theirs; those of this one are added */
    private void folder(Path folder, Set<Path> claimed) {
        var bundle = SIDECARS.stream()
                .map(end -> folder.resolve("item" + end))
                .filter(Inputs::isFileOrLink)
                .findFirst();
        if (bundle.isPresent()) {
            bundle(folder, bundle.get());
            return;
        }
        List<Path> entries;
        try {
            var session = FieldSession.in(folder);
            if (session.isPresent()) {
                session(folder, session.get());
                return;
            }
            entries = entries(folder);
        } catch (IOException e) {
            refuse(folder, "could not be read: " + reason(e));
            return;
        }
        for (var path : entries) for (var claim : claims(path)) if (claim.startsWith(folder)) claimed.add(claim);
        for (var path : entries) {
            if (claimed.contains(path)) continue;
            if (ours(path)) refuseOurs(path);
            else if (Files.isSymbolicLink(path)) refuse(path, "is a link; name what it points to instead");
            else if (packages.read(path)) continue;
            else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) folder(path, claimed);
            else if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                refuse(path, "is neither a file nor a folder");
            else taken(path);
        }
    }

    /** A file of records that somebody described beside is a document of its own. */
    private void taken(Path path) {
        var sidecar = sidecarOf(path);
        if (isLines(path)) {
            lines(path);
            return;
        }
        try {
            var records = sidecar.isPresent() ? Optional.<RecordFile>empty() : RecordFile.of(path);
            if (records.isPresent()) records(path, records.get());
            else file(path, sidecar);
        } catch (IOException e) {
            refuse(path, reason(e));
        }
    }

    private void records(Path path, RecordFile format) {
        var ids = new RecordIds(path);
        var records = new AtomicLong();
        try {
            format.read(path, record -> {
                records.incrementAndGet();
                var place = path + "#" + record.number();
                if (record instanceof FileRecord.Described described) take(ids, described, place);
                else if (record instanceof FileRecord.Faulty faulty)
                    found.accept(new Found.Refused(
                            place, faulty.reason() + " (at " + faulty.offset() + "); the others are taken in"));
            });
            if (records.get() == 0) refuse(path, "has no record");
        } catch (IOException e) {
            refuse(path, "could not be read to its end: " + reason(e));
        }
    }

    private void take(RecordIds ids, FileRecord.Described record, String place) {
        try {
            var id = ids.of(record);
            if (!ids.isNew(id)) {
                found.accept(new Found.Refused(
                        place,
                        "has the same name or identifiers as a record before it in the file, which it would replace"));
                return;
            }
            var access = record.description().access();
            var item = record.description().item(id, access, List.of(), place);
            var submission = new Submission(item, Optional.empty(), List.of(), place);
            found.accept(new Found.Taken(
                    submission,
                    access instanceof Access.Embargoed embargoed
                            ? "its record says that it is closed until " + embargoed.until() + ": kept so"
                            : access instanceof Access.Restricted
                                    ? "its record says that access is restricted: only the administrator sees it"
                                    : ""));
        } catch (IllegalArgumentException e) {
            found.accept(new Found.Refused(place, reason(e)));
        }
    }

    /** What belongs to the records in {@code path}, or to {@code path} with its sidecar; faults are told when that is read. */
    private static List<Path> claims(Path path) {
        try {
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) return List.of();
            if (isLines(path)) return RecordLines.filesNamed(path);
            var sidecar = sidecarOf(path);
            if (sidecar.isEmpty()) return List.of();
            var claims = new ArrayList<>(List.of(sidecar.get()));
            try {
                for (var name : Descriptions.read(sidecar.get()).files()) {
                    var file = path.resolveSibling(name).normalize();
                    if (!file.equals(path) && sidecarOf(file).isEmpty()) claims.add(file);
                }
            } catch (IllegalArgumentException e) {
                return claims;
            }
            return claims;
        } catch (IOException e) {
            return sidecarOf(path).stream().toList();
        }
    }

    private void bundle(Path folder, Path description) {
        try {
            var entry = Descriptions.read(description);
            var files = new ArrayList<Path>();
            var others = new ArrayList<Path>();
            walk(folder, files, others);
            files.remove(description);
            var uploads = files.stream()
                    .sorted(IN_ORDER)
                    .map(path -> new Submission.Upload(name(folder, path), path))
                    .toList();
            if (entry.files().isEmpty()) {
                for (var other : others)
                    if (ours(other)) refuseOurs(other);
                    else refuse(other, "is a link or no file; the item of its folder is taken in without it");
            } else {
                var named = new LinkedHashSet<>(uploads(folder, entry.files()));
                var there = Set.copyOf(uploads);
                for (var upload : named)
                    if (!there.contains(upload))
                        throw new IllegalArgumentException(
                                "names the file '" + Shown.of(upload.name()) + "', which is its own description");
                uploads = uploads.stream().filter(named::contains).toList();
            }
            take(entry, uploads, folder.toString());
        } catch (IllegalArgumentException | IOException e) {
            refuse(folder, "is a bundle, but " + about(description, e));
        }
    }

    private void session(Path folder, Path description) {
        try {
            var files = new ArrayList<Path>();
            var others = new ArrayList<Path>();
            walk(folder, files, others);
            var session = FieldSession.read(description, files);
            var uploads = new ArrayList<>(files.stream()
                    .sorted(IN_ORDER)
                    .map(path -> new Submission.Upload(name(folder, path), path))
                    .toList());
            session.forms().forEach((name, path) -> uploads.add(new Submission.Upload(name, path)));
            for (var other : others)
                if (ours(other)) refuseOurs(other);
                else refuse(other, "is a link or no file; the item of its folder is taken in without it");
            take(
                    new ItemJson.Entry(session.item(), Optional.empty(), List.of()),
                    uploads,
                    folder.toString(),
                    session.note());
        } catch (IllegalArgumentException | IOException e) {
            refuse(folder, "is a session, but " + about(description, e));
        }
    }

    private void walk(Path folder, List<Path> files, List<Path> others) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                if (!ours(path)) return FileVisitResult.CONTINUE;
                others.add(path);
                return FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                (attributes.isRegularFile() ? files : others).add(path);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void file(Path path, Optional<Path> sidecar) {
        var upload = new Submission.Upload(safe(path.getFileName().toString()), path);
        try {
            if (!Files.isReadable(path)) {
                refuse(path, "may not be read");
                return;
            }
            if (sidecar.isEmpty()) {
                take(
                        new ItemJson.Entry(undescribed(path), Optional.empty(), List.of()),
                        List.of(upload),
                        path.toString());
                return;
            }
            var entry = Descriptions.read(sidecar.get());
            var uploads = Stream.concat(Stream.of(upload), uploads(path.getParent(), entry.files()).stream())
                    .distinct()
                    .toList();
            take(entry, uploads, path.toString());
        } catch (IllegalArgumentException | IOException e) {
            refuse(path, sidecar.map(s -> "its " + about(s, e)).orElseGet(() -> reason(e)));
        }
    }

    private void lines(Path path) {
        var records = new AtomicLong();
        try {
            RecordLines.each(
                    path,
                    (number, line) -> {
                        records.incrementAndGet();
                        var place = path + "#" + number;
                        try {
                            var entry = ItemJson.entry(ItemJson.parse(line));
                            take(entry, uploads(path.getParent(), entry.files()), place);
                        } catch (IllegalArgumentException e) {
                            found.accept(new Found.Refused(place, reason(e)));
                        }
                    },
                    number -> {
                        records.incrementAndGet();
                        found.accept(new Found.Refused(
                                path + "#" + number,
                                "is longer than " + RecordLines.LONGEST
                                        + " bytes or no UTF-8; cut it into records of its own"));
                    });
            if (records.get() == 0) refuse(path, "has no record");
        } catch (IOException e) {
            refuse(path, "could not be read to its end: " + reason(e));
        }
    }

    private List<Submission.Upload> uploads(Path folder, List<String> names) {
        var uploads = new LinkedHashSet<Submission.Upload>();
        for (var name : names) {
            var file = inside(folder, name);
            if (ours(file))
                throw new IllegalArgumentException(
                        "names the file '" + Shown.of(name) + "', which lies in Thocam's own home " + home.orElseThrow()
                                + ", of which nothing is taken in");
            if (Files.isDirectory(file))
                throw new IllegalArgumentException(
                        "names the file '" + Shown.of(name) + "', which is a folder: name the files in it");
            if (!Files.isRegularFile(file))
                throw new IllegalArgumentException("names the file '" + Shown.of(name) + "', which is not there");
            uploads.add(new Submission.Upload(name(folder, file), file));
        }
        return List.copyOf(uploads);
    }

    private void take(ItemJson.Entry entry, List<Submission.Upload> uploads, String place) {
        take(entry, uploads, place, "");
    }

    private void take(ItemJson.Entry entry, List<Submission.Upload> uploads, String place, String note) {
        var byName = new HashMap<String, Path>();
        for (var upload : uploads) {
            var other = byName.put(upload.name(), upload.path());
            if (other != null) {
                found.accept(new Found.Refused(
                        place,
                        "has two files that would both be kept as '" + Shown.of(upload.name()) + "': " + other.toUri()
                                + " and " + upload.path().toUri() + "; rename one"));
                return;
            }
        }
        found.accept(new Found.Taken(new Submission(entry.item().from(place, ""), entry.text(), uploads, place), note));
    }

    private void refuse(Path path, String reason) {
        found.accept(new Found.Refused(path.toString(), reason));
    }

    /** A fault of the description itself, or of another file on the way. */
    private static String about(Path description, Exception e) {
        boolean elsewhere = e instanceof FileSystemException fault
                && fault.getFile() != null
                && !fault.getFile().equals(description.toString());
        return elsewhere
                ? ((FileSystemException) e).getFile() + " " + reason(e)
                : description.getFileName() + " " + reason(e);
    }

    private static String reason(Exception e) {
        if (e instanceof NoSuchFileException) return "is not there";
        return e instanceof AccessDeniedException ? "may not be read" : String.valueOf(e.getMessage());
    }

    /** A file that nobody described: its name is its title, and its place its id. */
    private static Item undescribed(Path path) {
        var name = path.getFileName().toString();
        return new Item(
                idOf(path),
                LanguageMap.of(LanguageTag.UNDETERMINED, name),
                "",
                List.of(),
                LanguageMap.EMPTY,
                List.of(),
                "",
                List.of(),
                Optional.empty(),
                "",
                Access.OPEN,
                List.of(),
                List.of(),
                List.of(),
                "",
                "");
    }

    private static ItemId idOf(Path path) {
        return RecordIds.of("f", path.getFileName().toString(), RecordIds.placeOf(path));
    }

    private static boolean isLines(Path path) {
        var name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".jsonl") || name.endsWith(".ndjson");
    }

    private static Optional<Path> sidecarOf(Path path) {
        if (path.getFileName() == null || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) return Optional.empty();
        return SIDECARS.stream()
                .map(end -> path.resolveSibling(path.getFileName() + end))
                .filter(Inputs::isFileOrLink)
                .findFirst();
    }

    /** A link in the place of a description must be refused, not passed over: what it describes may be restricted. */
    private static boolean isFileOrLink(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || Files.isSymbolicLink(path);
    }

    private static Path inside(Path folder, String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0)
            throw new IllegalArgumentException(
                    "names a file '" + Shown.of(name) + "': want a path below its own folder");
        try {
            var file = folder.resolve(name).normalize();
            var there = Files.exists(file) ? file.toRealPath() : file;
            if (!there.startsWith(folder.toRealPath()) || there.equals(folder))
                throw new IllegalArgumentException(
                        "names the file '" + Shown.of(name) + "', which is outside its own folder");
            return there;
        } catch (IOException | java.nio.file.InvalidPathException e) {
            throw new IllegalArgumentException(
                    "names the file '" + Shown.of(name) + "', which cannot be read: " + e.getMessage(), e);
        }
    }

    private static String name(Path folder, Path path) {
        var parts = new ArrayList<String>();
        folder.relativize(path).forEach(part -> parts.add(safe(part.toString())));
        return String.join("/", parts);
    }

    /** A name that OCFL's logical paths allow: no backslash or control character; {@code .} and {@code ..} are no names. */
    private static String safe(String name) {
        var safe = name.replaceAll("[\\\\\\p{Cntrl}]", "_").replace('\uFFFD', '_');
        return safe.equals(".") || safe.equals("..") ? "_" : safe;
    }

    private static List<Path> entries(Path folder) throws IOException {
        var entries = new ArrayList<Path>();
        try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder)) {
            inside.forEach(entries::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        entries.sort(IN_ORDER);
        return entries;
    }
}
