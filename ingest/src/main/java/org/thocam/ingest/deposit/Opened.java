package org.thocam.ingest.deposit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.thocam.ingest.archive.Digests;
import org.thocam.ingest.extract.Allowance;
import org.thocam.ingest.extract.Extraction;
import org.thocam.ingest.extract.Extractor;
import org.thocam.ingest.extract.Inside;
import org.thocam.ingest.extract.Unpacking;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Shown;
import org.thocam.ontology.Within;

/**
 * A file with all that is inside it, and inside that, each read as if it had been handed in itself. An archive's folders are folders of
 * names; a compressed TAR is one archive; the same bytes twice in a document are one file.
 */
final class Opened {
    /** The files inside one may have together so many times the text of one. */
    private static final long TEXTS = 4;

    /** Their entries are what they are, so the same bytes under two names are two files. */
    private static final Set<String> ARCHIVES = Set.of(
            "application/zip",
            "application/x-tar",
            "application/x-gtar",
            "application/gzip",
            "application/x-bzip2",
            "application/x-xz",
            "application/x-7z-compressed",
            "application/x-rar-compressed",
            "application/x-archive",
            "application/x-cpio",
            "application/java-archive");

    private static final Set<String> COMPRESSED = Set.of(
            "application/gzip", "application/x-bzip2", "application/x-bzip", "application/x-xz", "application/zstd");
    private static final Set<String> TARS = Set.of("application/x-tar", "application/x-gtar");

    /** One file: that which was handed in, or one inside it. */
    static final class OneFile {
        final String name;
        final Path path;
        final long size;
        final String sha512;
        private Extraction found;
        private Optional<Within> within;

        private OneFile(String name, Path path, long size, String sha512, Extraction found, Optional<Within> within) {
            this.name = name;
            this.path = path;
            this.size = size;
            this.sha512 = sha512;
            this.found = found;
            this.within = within;
        }

        Extraction found() {
            return found;
        }

        Bitstream bitstream() {
            return new Bitstream(
                    name, found.mediaType(), size, sha512, found.state(), found.reason(), within, found.read());
        }
    }

    /** Takes over what was found in a file, before what is inside it is read. */
    interface Keeper {
        void keep(OneFile file) throws IOException;
    }

    private final Extractor extractor;
    private final Keeper keeper;
    private final Function<String, Path> incoming;
    private final InnerNames names;
    private final Allowance left;
    private final List<OneFile> files = new ArrayList<>();

    /**
     * @param incoming a new path for a file of this extension, on the archive's file system
     * @param names that the item has already
     */
    Opened(Extractor extractor, Function<String, Path> incoming, InnerNames names, Keeper keeper) {
        this.extractor = extractor;
        this.keeper = keeper;
        this.incoming = incoming;
        this.names = names;
        this.left = new Allowance(extractor.innerLimits(), TEXTS * extractor.longest());
    }

    /** The file itself first, then what is inside it, each before what is inside that. */
    List<Bitstream> bitstreams() {
        return files.stream().map(OneFile::bitstream).toList();
    }

    private void keep(OneFile file) throws IOException {
        keeper.keep(file);
        // a thousand texts do not fit into memory
        file.found = file.found.withoutText();
        files.add(file);
    }

    /**
     * @param in its bytes, read to the end
     * @param shown what messages call it
     */
    void open(InputStream in, String name, String shown) throws IOException, InterruptedException {
        var copied = copy(in, name);
        try (var folder = new Folder()) {
            var found = extractor.extract(copied.path, shown, new Unpacking(folder.path, 0, true, left));
            var file = new OneFile(name, copied.path, copied.size, copied.sha512, found, Optional.empty());
            keep(file);
            inside(file, found, 1, new HashMap<>());
        }
    }

    private record Copied(Path path, long size, String sha512) {}

    /** Copied first, so that what is read, digested and archived are the same bytes even while somebody writes to it. */
    private Copied copy(InputStream in, String name) throws IOException {
        var path = incoming.apply(StoredName.extension(name).toLowerCase(Locale.ROOT));
        var digest = Digests.sha512();
        long size = 0;
        try (var out = Files.newOutputStream(path)) {
            var buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                out.write(buffer, 0, n);
                size += n;
            }
        }
        return new Copied(path, size, Digests.hex(digest.digest()));
    }

    /** @param same by digest what came out of the document before, if it is one */
    private void inside(OneFile container, Extraction found, int depth, Map<String, OneFile> same)
            throws IOException, InterruptedException {
        boolean archive = ARCHIVES.contains(found.mediaType());
        int number = 0;
        for (var one : found.inside()) {
            number++;
            Copied copied;
            try (var in = Files.newInputStream(one.path())) {
                copied = copy(in, one.name());
            }
            Files.delete(one.path());
            var twin = archive ? null : same.get(copied.sha512);
            if (twin != null) {
                twin.within = twin.within.map(within -> within.and(place(one)));
                Files.delete(copied.path);
                continue;
            }
            left.take(copied.size);
            var inner = read(container, found, one, copied, depth, number, same);
            if (inner != null && !archive) same.put(copied.sha512, inner);
        }
    }

    private OneFile read(
            OneFile container,
            Extraction outer,
            Inside one,
            Copied copied,
            int depth,
            int number,
            Map<String, OneFile> same)
            throws IOException, InterruptedException {
        var last = one.name().substring(one.name().lastIndexOf('/') + 1);
        try (var folder = new Folder()) {
            // a page's pictures are read with the page
            boolean pictures = !(outer.mediaType().startsWith("application/pdf")
                    && one.place().startsWith("page "));
            var found = left.hasTime()
                    ? extractor.extract(copied.path, Shown.of(last), new Unpacking(folder.path, depth, pictures, left))
                    : extractor.unread(
                            copied.path,
                            "what is inside " + Shown.of(files.get(0).name) + " took longer than "
                                    + left.limits().seconds() + " s; raise inner.seconds");
            if (COMPRESSED.contains(outer.mediaType()) && TARS.contains(found.mediaType())) {
                container.found =
                        container.found.because(found.reason().isEmpty() ? List.of() : List.of(found.reason()));
                inside(container, found, depth, same);
                Files.delete(copied.path);
                return null;
            }
            found = left.cut(found);
            var name = names.of(container.name, one.name(), "inner-" + number + extractor.extension(found.mediaType()));
            var inner = new OneFile(
                    name,
                    copied.path,
                    copied.size,
                    copied.sha512,
                    found,
                    Optional.of(new Within(container.name, place(one))));
            keep(inner);
            inside(inner, found, depth + 1, new HashMap<>());
            return inner;
        }
    }

    private static String place(Inside one) {
        return one.place().equals(one.name()) ? "" : Shown.of(one.place());
    }

    /** What a child writes; gone at the end whatever happens. */
    private final class Folder implements AutoCloseable {
        final Path path;

        Folder() throws IOException {
            path = extractor.newFolder();
        }

        @Override
        public void close() throws IOException {
            Extractor.delete(path);
        }
    }

    /** What the item's own files are, for its state: what is inside them has a line of its own in the report. */
    static List<Bitstream> handedIn(List<Bitstream> files) {
        return files.stream().filter(file -> !file.isInner()).toList();
    }

    /** Whether the file would be read again, or one inside it would. */
    static boolean any(Bitstream file, List<Bitstream> files, Predicate<Bitstream> wanted) {
        return wanted.test(file)
                || files.stream()
                        .anyMatch(
                                other -> other.isInner() && isInside(other.name(), file.name()) && wanted.test(other));
    }

    static boolean isInside(String name, String container) {
        return name.startsWith(container + InnerNames.MARK);
    }
}
