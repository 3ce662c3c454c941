package org.thocam.ontology.exchange.packages;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.thocam.ontology.Shown;

/**
 * A package that is a ZIP file with one folder at its top (RFC 8493, section 4), or without one, as crates are. Files are unpacked one
 * by one under names of our own, so that no name in the ZIP file ever becomes one on disk.
 */
final class ZipTree implements Tree {
    /** A file of a million entries has a directory of about this size. */
    private static final long LONGEST_DIRECTORY = 128L << 20;

    private static final long HARMLESS = 1L << 30;
    private static final int MOST_EXPANSION = 200;

    private final Path path;
    private final Workspace workspace;
    private final ZipFile zip;
    private final NavigableMap<String, Long> files = new TreeMap<>();
    private final Map<String, ZipArchiveEntry> entries = new HashMap<>();
    private final Map<String, Path> unpacked = new HashMap<>();
    private String name;

    ZipTree(Path path, Workspace workspace) throws IOException {
        this.path = path;
        this.workspace = workspace;
        refuseLongDirectory(path);
        this.zip = ZipFile.builder()
                .setPath(path)
                .setCharset(StandardCharsets.UTF_8)
                .setIgnoreLocalFileHeader(true)
                .get();
        try {
            list();
        } catch (RuntimeException | IOException e) {
            zip.close();
            throw e;
        }
    }

    /** The whole directory is read into memory: where it begins is told at the end of the file. APPNOTE.TXT 6.3.10, section 4.3. */
    static void refuseLongDirectory(Path path) throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            int tail = (int) Math.min(file.length(), 65_557 + 20);
            var end = new byte[tail];
            file.seek(file.length() - tail);
            file.readFully(end);
            for (int at = tail - 22; at >= 0; at--) {
                if (number(end, at, 4) != 0x06054b50L) continue;
                long start = number(end, at + 16, 4);
                if (start == 0xFFFFFFFFL && at >= 20 && number(end, at - 20, 4) == 0x07064b50L) {
                    var zip64 = new byte[56];
                    long where = number(end, at - 12, 8);
                    if (where < 0 || where > file.length() - zip64.length) break;
                    file.seek(where);
                    file.readFully(zip64);
                    start = number(zip64, 48, 8);
                }
                if (start < 0 || file.length() - start > LONGEST_DIRECTORY)
                    throw new BadPackageException(path + " has a directory of more than " + (LONGEST_DIRECTORY >> 20)
                            + " MiB at its end: want at most " + MOST_FILES + " files; make several packages of it");
                return;
            }
        }
        throw new BadPackageException(path + " is no ZIP file: its end has no directory; copy it again, it may be cut");
    }

    private static long number(byte[] bytes, int at, int length) {
        long number = 0;
        for (int i = length - 1; i >= 0; i--) number = number << 8 | bytes[at + i] & 0xFF;
        return number;
    }

    private void list() throws IOException {
        var tops = new HashSet<String>();
        long total = 0;
        var all = new TreeMap<String, ZipArchiveEntry>();
        var seen = new HashSet<String>();
        for (var entry : Collections.list(zip.getEntries())) {
            var shown = entry.getName();
            boolean folder = shown.endsWith("/");
            var plain = PackagePath.checked(folder ? shown.substring(0, shown.length() - 1) : shown, path.toString());
            if (!seen.add(plain))
                throw new BadPackageException(
                        path + " has two entries '" + Shown.of(plain) + "': want each once; pack it again");
            if (entry.isUnixSymlink())
                throw new BadPackageException(
                        path + ": '" + Shown.of(plain) + "' is a link: want plain files only; pack the file itself");
            if (folder) continue;
            if (entry.getGeneralPurposeBit().usesEncryption() || !zip.canReadEntryData(entry))
                throw new BadPackageException(
                        path + ": '" + Shown.of(plain)
                                + "' is encrypted or packed by a method that is not known: want deflated or stored; pack it again");
            tops.add(plain.contains("/") ? plain.substring(0, plain.indexOf('/')) : "");
            all.put(plain, entry);
            if (entry.getSize() < 0) throw new BadPackageException(path + ": '" + Shown.of(plain) + "' has no size");
            total = Math.addExact(total, entry.getSize());
            if (all.size() > MOST_FILES)
                throw new BadPackageException(
                        path + " has more than " + MOST_FILES + " files; make several packages of it");
        }
        long most = Math.max(HARMLESS, Files.size(path) * MOST_EXPANSION);
        if (total > most)
            throw new BadPackageException(path + " would be " + total + " bytes when unpacked, from "
                    + Files.size(path) + ": want at most " + most
                    + ". It may be made to fill disks; if it is not, unpack it yourself and take in the folder");
        boolean top = tops.size() == 1 && !tops.contains("");
        var prefix = top ? tops.iterator().next() + "/" : "";
        var file = path.getFileName().toString();
        name = top ? prefix.substring(0, prefix.length() - 1) : file.replaceFirst("(?i)\\.(zip|eln)$", "");
        all.forEach((full, entry) -> {
            var relative = full.substring(prefix.length());
            files.put(relative, entry.getSize());
            entries.put(relative, entry);
        });
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public NavigableMap<String, Long> files() {
        return files;
    }

    @Override
    public InputStream open(String path) throws IOException {
        var entry = entries.get(path);
        if (entry == null) throw new NoSuchFileException(path);
        return new Bounded(zip.getInputStream(entry), entry.getSize(), this.path + ": '" + Shown.of(path) + "'");
    }

    @Override
    public Path onDisk(String path) throws IOException {
        var there = unpacked.get(path);
        if (there != null) return there;
        var size = files.get(path);
        if (size == null) throw new NoSuchFileException(path);
        var file = workspace.file(path.substring(path.lastIndexOf('/') + 1), size);
        try (var in = open(path)) {
            Files.copy(in, file);
        }
        unpacked.put(path, file);
        return file;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** Gives no more than the directory says there is, whatever the packed bytes unpack to. */
    private static final class Bounded extends FilterInputStream {
        private final String what;
        private long left;

        private Bounded(InputStream in, long size, String what) {
            super(in);
            this.left = size;
            this.what = what;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            int n = read(one, 0, 1);
            return n < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            if (n > 0) left -= n;
            if (left < 0) throw new BadPackageException(what + " unpacks to more bytes than its directory says");
            return n;
        }

        @Override
        public long skip(long n) throws IOException {
            return super.skip(0);
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
