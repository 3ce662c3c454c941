package org.thocam.dictionary.exchange.cldf;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.thocam.dictionary.exchange.FormatException;
import org.thocam.dictionary.exchange.Reading;
import org.thocam.ontology.Shown;

/** The files of a data set, from a folder or a zip file of one. */
final class DatasetFiles {
    static final String METADATA = "-metadata.json";
    private static final Pattern WANTED =
            Pattern.compile("[^/\\\\]+\\.(?:json|csv|tsv|bib|csv\\.zip|tsv\\.zip|bib\\.zip)");
    private static final int MOST_FILES = 10_000;
    private static final long MOST_BYTES = 1L << 28;

    private DatasetFiles() {}

    static Map<String, byte[]> of(Path source) throws IOException, FormatException {
        var files = Files.isDirectory(source) ? folder(source) : zip(source);
        var inflated = new TreeMap<String, byte[]>();
        long all = 0;
        for (var file : files.entrySet()) {
            var name = file.getKey();
            all += file.getValue().length;
            if (!name.endsWith(".zip")) {
                inflated.put(name, file.getValue());
                continue;
            }
            try (var in = new ZipInputStream(new ByteArrayInputStream(file.getValue()))) {
                if (in.getNextEntry() == null) throw refused(name, "wrong-zip", "want a zip file of one table");
                var bytes = bounded(in, all, name);
                all += bytes.length;
                inflated.putIfAbsent(name.substring(0, name.length() - ".zip".length()), bytes);
            }
        }
        return inflated;
    }

    private static Map<String, byte[]> folder(Path source) throws IOException, FormatException {
        var folder = source;
        if (!metadataIn(folder) && metadataIn(folder.resolve("cldf"))) folder = folder.resolve("cldf");
        var files = new TreeMap<String, byte[]>();
        long all = 0;
        try (Stream<Path> list = Files.list(folder)) {
            for (var file : (Iterable<Path>) list.filter(Files::isRegularFile)::iterator) {
                var name = file.getFileName().toString();
                if (!WANTED.matcher(name).matches()) continue;
                try (var in = Files.newInputStream(file)) {
                    var bytes = bounded(in, all, name);
                    all += bytes.length;
                    files.put(name, bytes);
                }
            }
        }
        return files;
    }

    private static boolean metadataIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return false;
        try (Stream<Path> list = Files.list(folder)) {
            return list.anyMatch(file -> file.getFileName().toString().endsWith(METADATA));
        }
    }

    private static Map<String, byte[]> zip(Path source) throws IOException, FormatException {
        try (var zip = new ZipFile(source.toFile())) {
            if (zip.size() > MOST_FILES)
                throw refused("", "too-large", "want at most " + MOST_FILES + " files, found " + zip.size());
            var folder = zip.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(METADATA))
                    .map(name -> name.substring(0, name.lastIndexOf('/') + 1))
                    .min(java.util.Comparator.comparingInt(String::length))
                    .orElse("");
            var files = new TreeMap<String, byte[]>();
            long all = 0;
            for (var entries = zip.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                if (!entry.getName().startsWith(folder)) continue;
                var name = entry.getName().substring(folder.length());
                if (entry.isDirectory() || !WANTED.matcher(name).matches()) continue;
                try (var in = zip.getInputStream(entry)) {
                    var bytes = bounded(in, all, name);
                    all += bytes.length;
                    files.put(name, bytes);
                }
            }
            return files;
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw refused(
                    "", "wrong-zip", "want a folder or a zip file, found " + Shown.of(String.valueOf(e.getMessage())));
        }
    }

    private static byte[] bounded(InputStream in, long before, String name) throws IOException, FormatException {
        int room = (int) (MOST_BYTES - before);
        var bytes = in.readNBytes(Math.max(0, room) + 1);
        if (bytes.length > room)
            throw refused(name, "too-large", "want a data set of at most " + MOST_BYTES + " bytes, found more");
        return bytes;
    }

    static FormatException refused(String file, String code, String message) {
        return new FormatException(new Reading.Fault(file, 0, code, message));
    }
}
