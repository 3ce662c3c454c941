package org.thocam.dictionary.lift;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.thocam.ontology.Shown;

/**
 * A LIFT file and what belongs to it on disk, as FLEx, WeSay, Lexique and Language Forge pack it: its ranges, its writing systems and its
 * media. Names are those within its folder, with {@code /}, and count the same in either composition and case.
 */
public final class LiftBundle implements AutoCloseable {
    private static final List<String> MEDIA = List.of("audio", "pictures", "others", "consent");
    private static final Pattern MEDIUM =
            Pattern.compile("\\.(wav|mp3|ogg|opus|m4a|flac|mp4|webm|jpe?g|png|gif|tiff?|bmp|webp|svg)$");
    private static final int DEEPEST = 8;
    private static final int MOST_FILES = 100_000;
    private static final long MOST_BYTES = 4L << 30;
    private static final int LONGEST_NAME = 1_000;

    /** One file: its name in the bundle, and where it is now. */
    public record Part(String name, Path path) {}

    /** How much of a zip is unpacked at most; more is refused. */
    public record Limits(int files, long bytes) {
        public static final Limits DEFAULT = new Limits(MOST_FILES, MOST_BYTES);
    }

    private final Part lift;
    private final List<Part> parts;
    private final List<String> left;
    private final Optional<Path> unpacked;
    private final Map<String, Part> byName = new HashMap<>();

    private LiftBundle(Part lift, List<Part> parts, List<String> left, Optional<Path> unpacked) {
        this.lift = lift;
        this.parts = List.copyOf(parts);
        this.left = List.copyOf(left);
        this.unpacked = unpacked;
        parts.forEach(part -> byName.putIfAbsent(folded(part.name()), part));
    }

    /** @see #of(Path, Limits) */
    public static LiftBundle of(Path source) throws IOException, BundleException {
        return of(source, Limits.DEFAULT);
    }

    /**
     * @param source a {@code .lift} file, a folder or a {@code .zip} that has one
     * @throws BundleException if there is none or more than one, or the zip is not to be trusted
     */
    public static LiftBundle of(Path source, Limits limits) throws IOException, BundleException {
        if (Files.isDirectory(source)) return in(source, only(source, source), Optional.empty());
        if (!Files.isRegularFile(source)) throw new BundleException("'" + source + "' is not there");
        if (lower(source).endsWith(".lift"))
            return in(source.toAbsolutePath().getParent(), source.toAbsolutePath(), Optional.empty());
        if (!lower(source).endsWith(".zip"))
            throw new BundleException("'" + source.getFileName() + "': want a .lift file, a folder or a .zip");
        var folder = Files.createTempDirectory("thocam-lift-");
        boolean taken = false;
        try {
            unzip(source, folder, limits);
            var bundle = in(folder, only(folder, source), Optional.of(folder));
            taken = true;
            return bundle;
        } finally {
            if (!taken) delete(folder);
        }
    }

    private static String lower(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT);
    }

    private static Path only(Path folder, Path shown) throws IOException, BundleException {
        var found = files(folder).stream()
                .filter(file -> lower(file).endsWith(".lift") && !lower(file).startsWith("._"))
                .filter(file -> !folder.relativize(file).startsWith("__MACOSX"))
                .toList();
        if (found.size() == 1) return found.get(0);
        if (found.isEmpty()) throw new BundleException("'" + shown.getFileName() + "' has no .lift file");
        var names = found.stream()
                .limit(10)
                .map(file -> Shown.of(name(folder, file)))
                .toList();
        throw new BundleException("'" + shown.getFileName() + "': want one .lift file, found " + found.size() + ": "
                + String.join(", ", names) + "; nothing was taken, import each on its own");
    }

    /** Of a folder and those in it; links are not followed. */
    private static List<Path> files(Path folder) throws IOException, BundleException {
        try (Stream<Path> walk = Files.walk(folder, DEEPEST)) {
            var files = walk.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .limit(MOST_FILES + 1L)
                    .sorted()
                    .toList();
            if (files.size() > MOST_FILES)
                throw new BundleException("'" + folder + "': want at most " + MOST_FILES + " files, found more");
            return files;
        }
    }

    private static String name(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private static LiftBundle in(Path top, Path lift, Optional<Path> unpacked) throws IOException, BundleException {
        var folder = lift.getParent();
        var name = lift.getFileName().toString();
        var ranges = rangeNames(lift);
        ranges.add(folded(name + "-ranges"));
        var parts = new ArrayList<Part>();
        var left = new ArrayList<String>();
        parts.add(new Part(name, lift));
        // beside a file of its own there may be anything: only the folders of a bundle are looked into
        for (var file : unpacked.isPresent() || !top.equals(folder) ? files(top) : beside(folder)) {
            if (file.equals(lift)) continue;
            if (!file.startsWith(folder)) {
                left.add(name(top, file));
                continue;
            }
            var own = name(folder, file);
            if (belongs(own, ranges)) parts.add(new Part(own, file));
            else left.add(name(top, file));
        }
        parts.subList(1, parts.size()).sort(Comparator.comparing(Part::name));
        return new LiftBundle(parts.get(0), parts, left, unpacked);
    }

    private static List<Path> beside(Path folder) throws IOException, BundleException {
        var found = new ArrayList<Path>();
        try (var list = Files.list(folder)) {
            for (var one : list.sorted().toList()) {
                var lower = lower(one);
                if (Files.isRegularFile(one, LinkOption.NOFOLLOW_LINKS)) found.add(one);
                else if (Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS)
                        && (MEDIA.contains(lower) || lower.equals("writingsystems"))) found.addAll(files(one));
            }
        }
        return found;
    }

    private static boolean belongs(String name, HashSet<String> ranges) {
        var folded = folded(name);
        if (ranges.contains(folded)) return true;
        int slash = folded.indexOf('/');
        if (slash < 0) return MEDIUM.matcher(folded).find();
        var folder = folded.substring(0, slash);
        return MEDIA.contains(folder)
                || folder.equals("writingsystems") && folded.endsWith(".ldml") && folded.indexOf('/', slash + 1) < 0;
    }

    /** By the last segment of the header's hrefs: the rest is a path on the machine that wrote it. */
    private static HashSet<String> rangeNames(Path lift) throws IOException {
        var names = new HashSet<String>();
        try (var in = LiftEncoding.of(lift).utf8(Files.newInputStream(lift))) {
            LiftFile.read(in, new LiftFile.Reading() {
                @Override
                public void beginning(LiftFile.Frame frame) {
                    LiftRanges.inline(frame)
                            .ranges()
                            .forEach(range -> names.add(folded(LiftValidator.last(range.href()))));
                    throw new Enough();
                }

                @Override
                public void entry(LiftFile.Placed placed) {
                    throw new Enough();
                }
            });
        } catch (Enough | LiftException e) {
            // the header was read; what cannot be read is said when it is imported
            return names;
        }
        return names;
    }

    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;

        Enough() {
            super("the header was read", null, false, false);
        }
    }

    private static String folded(String name) {
        return LiftRanges.composed(name).toLowerCase(Locale.ROOT);
    }

    private static void unzip(Path zip, Path folder, Limits limits) throws IOException, BundleException {
        try {
            unzip(zip, folder, limits, StandardCharsets.UTF_8);
        } catch (EOFException e) {
            throw broken(zip, e);
        } catch (ZipException e) {
            if (!Charset.isSupported("IBM437")) throw broken(zip, e);
            try {
                delete(folder);
                Files.createDirectories(folder);
                unzip(zip, folder, limits, Charset.forName("IBM437")); // zips of before 2006, and some of Windows
            } catch (ZipException again) {
                throw broken(zip, e);
            }
        }
    }

    private static BundleException broken(Path zip, IOException e) {
        return new BundleException("'" + zip.getFileName() + "' is no zip that can be read: " + e.getMessage(), e);
    }

    private static void unzip(Path zip, Path folder, Limits limits, Charset names) throws IOException, BundleException {
        try (var file = new ZipFile(zip.toFile(), names)) {
            if (file.size() > limits.files())
                throw new BundleException("'" + zip.getFileName() + "': want at most " + limits.files()
                        + " files in it, found " + file.size());
            var seen = new HashSet<String>();
            long bytes = 0;
            for (var entries = file.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                var name = safe(entry.getName(), zip);
                if (entry.isDirectory() || name.isEmpty()) continue;
                if (!seen.add(folded(name)))
                    throw new BundleException("'" + zip.getFileName() + "' has '" + Shown.of(name) + "' twice");
                var target = folder.resolve(name).normalize();
                if (!target.startsWith(folder)) throw outside(entry.getName(), zip);
                Files.createDirectories(target.getParent());
                bytes += inflate(file, entry, target, limits.bytes() - bytes, zip);
            }
        } catch (FileAlreadyExistsException e) {
            throw new BundleException(
                    "'" + zip.getFileName() + "' has a file and a folder of one name: '"
                            + Path.of(e.getFile()).getFileName() + "'",
                    e);
        }
    }

    /** Windows programs write {@code \} in zips. */
    private static String safe(String written, Path zip) throws BundleException {
        var name = written.replace('\\', '/');
        if (name.length() > LONGEST_NAME
                || name.startsWith("/")
                || name.indexOf('\0') >= 0
                || name.matches("[A-Za-z]:.*")) throw outside(written, zip);
        for (var segment : name.split("/", -1)) if (segment.equals("..")) throw outside(written, zip);
        return name.endsWith("/") ? "" : name;
    }

    private static BundleException outside(String name, Path zip) {
        return new BundleException("'" + zip.getFileName() + "' has a file that does not belong into its folder: '"
                + Shown.of(name) + "'; nothing was taken");
    }

    private static long inflate(ZipFile file, ZipEntry entry, Path target, long most, Path zip)
            throws IOException, BundleException {
        long size = 0;
        try (var in = file.getInputStream(entry);
                var out = Files.newOutputStream(target)) {
            var piece = new byte[1 << 16];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                size += read;
                if (size > most)
                    throw new BundleException("'" + zip.getFileName()
                            + "': want less when it is unpacked; it was left at '" + Shown.of(entry.getName()) + "'");
                out.write(piece, 0, read);
            }
        }
        return size;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (var path : walk.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }

    public Part lift() {
        return lift;
    }

    /** All that belongs to it: the LIFT file first, the others by name. */
    public List<Part> parts() {
        return parts;
    }

    public List<Part> ranges() {
        return parts.stream()
                .filter(part -> part != lift && part.name().indexOf('/') < 0)
                .filter(part -> !MEDIUM.matcher(folded(part.name())).find())
                .toList();
    }

    public List<Part> writingSystems() {
        return parts.stream()
                .filter(part -> folded(part.name()).startsWith("writingsystems/"))
                .toList();
    }

    public List<Part> media() {
        return parts.stream()
                .filter(part -> MEDIA.contains(folded(part.name()).split("/", 2)[0])
                        || part.name().indexOf('/') < 0
                                && MEDIUM.matcher(folded(part.name())).find())
                .toList();
    }

    /** Files that stand there too and are not taken. */
    public List<String> left() {
        return left;
    }

    public Optional<Part> part(String name) {
        return Optional.ofNullable(byName.get(folded(name)));
    }

    /** For {@link LiftValidator#with(java.util.function.Predicate)}. */
    public boolean has(String name) {
        return part(name).isPresent();
    }

    /** Removes what was unpacked. */
    @Override
    public void close() throws IOException {
        if (unpacked.isPresent()) delete(unpacked.get());
    }
}
