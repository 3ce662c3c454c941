package org.thocam.ingest.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.thocam.ontology.Access;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Shown;
import org.thocam.ontology.Submission;

/**
 * Finds what there is to take in under a path:
 *
 * <ul>
 *   <li>a folder with {@code item.yaml} (or {@code .yml}, {@code .json}) is one item of all its files;
 *   <li>a {@code .jsonl} or {@code .ndjson} file has one record a line; the files its records name are theirs;
 *   <li>{@code song.wav} with {@code song.wav.yaml} (or {@code .yml}, {@code .json}) beside it is an item so described;
 *   <li>any other file is an item of its own, its id made from its path.
 * </ul>
 *
 * Links are not followed, and a record cannot name a file outside its own folder.
 */
public final class Inputs {
    private static final List<String> SIDECARS = List.of(".yaml", ".yml", ".json");

    private final Consumer<Found> found;

    public Inputs(Consumer<Found> found) {
        this.found = found;
    }

    /** @throws IOException if the path itself cannot be read; what is below it is told as {@link Found.Refused} */
    public void read(Path path) throws IOException {
        var real = path.toRealPath();
        if (Files.isDirectory(real)) folder(real);
        else if (isLines(real)) lines(real);
        else file(real, sidecarOf(real));
    }

    private void folder(Path folder) throws IOException {
        var bundle = SIDECARS.stream()
                .map(end -> folder.resolve("item" + end))
                .filter(Files::isRegularFile)
                .findFirst();
        if (bundle.isPresent()) {
            bundle(folder, bundle.get());
            return;
        }
        var entries = entries(folder);
        Set<Path> claimed = new HashSet<>();
        for (var path : entries) {
            if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && isLines(path))
                claimed.addAll(RecordLines.filesNamed(path));
            sidecarOf(path).ifPresent(claimed::add);
        }
        for (var path : entries) {
            if (claimed.contains(path)) continue;
            if (Files.isSymbolicLink(path)) refuse(path, "is a link; name what it points to instead");
            else if (Files.isDirectory(path)) {
                if (!claimedWhole(path, claimed)) inner(path, claimed);
            } else if (!Files.isRegularFile(path)) refuse(path, "is neither a file nor a folder");
            else if (isLines(path)) lines(path);
            else file(path, sidecarOf(path));
        }
    }

    private void inner(Path folder, Set<Path> claimedAbove) {
        try {
            if (claimedAbove.stream().anyMatch(path -> path.startsWith(folder))) {
                for (var path : entries(folder)) {
                    if (claimedAbove.contains(path)) continue;
                    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) inner(path, claimedAbove);
                    else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && !isSidecar(path))
                        file(path, sidecarOf(path));
                }
            } else folder(folder);
        } catch (IOException e) {
            refuse(folder, "could not be read: " + e.getMessage());
        }
    }

    private static boolean claimedWhole(Path folder, Set<Path> claimed) {
        return claimed.contains(folder);
    }

    private static boolean isSidecar(Path path) {
        var name = path.getFileName().toString();
        return SIDECARS.stream()
                .anyMatch(end -> name.endsWith(end)
                        && Files.isRegularFile(path.resolveSibling(name.substring(0, name.length() - end.length()))));
    }

    private void bundle(Path folder, Path description) {
        try {
            var entry = Descriptions.read(description);
            var uploads = new ArrayList<Submission.Upload>();
            try (var walk = Files.walk(folder)) {
                walk.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && !path.equals(description))
                        .sorted()
                        .forEach(path -> uploads.add(new Submission.Upload(name(folder, path), path)));
            }
            var named = entry.files().stream().map(file -> inside(folder, file)).toList();
            for (var path : named)
                if (uploads.stream().noneMatch(upload -> upload.path().equals(path)))
                    throw new IllegalArgumentException(
                            "names the file '" + Shown.of(name(folder, path)) + "', which is not there");
            if (!named.isEmpty()) uploads.removeIf(upload -> !named.contains(upload.path()));
            take(entry.item(), entry.text(), uploads, folder.toString());
        } catch (IllegalArgumentException | IOException e) {
            refuse(folder, "is a bundle, but " + description.getFileName() + " " + reason(e));
        }
    }

    private void file(Path path, Optional<Path> sidecar) {
        var upload = new Submission.Upload(safe(path.getFileName().toString()), path);
        try {
            if (!Files.isReadable(path)) throw new IOException("may not be read");
            if (sidecar.isEmpty()) {
                take(undescribed(path), Optional.empty(), List.of(upload), path.toString());
                return;
            }
            var entry = Descriptions.read(sidecar.get());
            var uploads = new ArrayList<>(List.of(upload));
            for (var more : entry.files()) {
                var file = inside(path.getParent(), more);
                if (!file.equals(path)) uploads.add(new Submission.Upload(name(path.getParent(), file), file));
            }
            take(entry.item(), entry.text(), uploads, path.toString());
        } catch (IllegalArgumentException | IOException e) {
            refuse(path, sidecar.map(s -> "its " + s.getFileName() + " ").orElse("") + reason(e));
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
                            var uploads = new ArrayList<Submission.Upload>();
                            for (var name : entry.files()) {
                                var file = inside(path.getParent(), name);
                                if (!Files.isRegularFile(file))
                                    throw new IllegalArgumentException(
                                            "names the file '" + Shown.of(name) + "', which is not there");
                                uploads.add(new Submission.Upload(name(path.getParent(), file), file));
                            }
                            take(entry.item(), entry.text(), uploads, place);
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
            refuse(path, "could not be read to its end: " + e.getMessage());
        }
    }

    private void take(Item item, Optional<String> text, List<Submission.Upload> uploads, String place) {
        found.accept(new Found.Taken(new Submission(item.from(place, ""), text, uploads, place)));
    }

    private void refuse(Path path, String reason) {
        found.accept(new Found.Refused(path.toString(), reason));
    }

    private static String reason(Exception e) {
        return e instanceof java.nio.file.NoSuchFileException ? "is not there" : String.valueOf(e.getMessage());
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
        try {
            var hash = java.security.MessageDigest.getInstance("SHA-256")
                    .digest(path.toString().getBytes(StandardCharsets.UTF_8));
            var readable = java.text.Normalizer.normalize(path.getFileName().toString(), java.text.Normalizer.Form.NFD)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("\\p{M}", "")
                    .replace('đ', 'd')
                    .replaceAll("[^a-z0-9]+", "-")
                    .replaceAll("^-|-$", "");
            if (readable.length() > 60) readable = readable.substring(0, 60);
            return new ItemId("f-" + (readable.isEmpty() ? "" : readable + "-")
                    + HexFormat.of().formatHex(hash, 0, 6));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static boolean isLines(Path path) {
        var name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".jsonl") || name.endsWith(".ndjson");
    }

    private static Optional<Path> sidecarOf(Path path) {
        if (path.getFileName() == null || Files.isDirectory(path)) return Optional.empty();
        return SIDECARS.stream()
                .map(end -> path.resolveSibling(path.getFileName() + end))
                .filter(Files::isRegularFile)
                .findFirst();
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
        Map<String, Path> sorted = new TreeMap<>(Comparator.naturalOrder());
        try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder)) {
            for (var path : inside) sorted.put(path.getFileName().toString(), path);
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        return List.copyOf(sorted.values());
    }
}
