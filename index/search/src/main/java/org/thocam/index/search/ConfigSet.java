package org.thocam.index.search;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.thocam.index.analysis.AnalysisSteps;

/**
 * Solr's configuration of one kind of index. Its name tells all that decides what such an index holds: an index made with another one
 * must be made again.
 */
record ConfigSet(String name, Map<String, byte[]> files) {
    /** A jar of another analysis must not open the index: {@code WrittenText} compares. */
    private static final String ANALYSIS = "@analysis@";

    private static final int DIGEST = 6;

    /** What kind of documents it is for. */
    enum Kind {
        ITEMS("thocam-", "schema.xml", ItemDocument.GENERATION),
        ENTRIES("entries-", "entries.xml", EntryDocument.GENERATION),
        SEGMENTS("segments-", "segments.xml", SegmentDocument.GENERATION);

        private final String prefix;
        private final String schema;
        private final int documents;

        Kind(String prefix, String schema, int documents) {
            this.prefix = prefix;
            this.schema = schema;
            this.documents = documents;
        }
    }

    static ConfigSet onNode(Kind kind) {
        return of(kind, "solrconfig.xml");
    }

    static ConfigSet onCloud(Kind kind) {
        return of(kind, "cloud.xml");
    }

    /** Whether a configuration of this name is one of ours, of whatever version. */
    static boolean isOurs(String name) {
        return Arrays.stream(Kind.values())
                .anyMatch(kind -> name.matches(kind.prefix + "[0-9a-f]{" + 2 * DIGEST + "}"));
    }

    private static ConfigSet of(Kind kind, String configuration) {
        var schema = new String(resource(kind.schema), StandardCharsets.UTF_8)
                .replace(ANALYSIS, String.valueOf(AnalysisSteps.GENERATION));
        var files = new TreeMap<String, byte[]>();
        files.put("schema.xml", schema.getBytes(StandardCharsets.UTF_8));
        files.put("solrconfig.xml", resource(configuration));
        return new ConfigSet(kind.prefix + fingerprint(files, kind.documents), files);
    }

    /** As Solr's API takes it. */
    byte[] zip() {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] resource(String name) {
        try (var in = ConfigSet.class.getResourceAsStream("node/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("resource node/" + name + " of the index", e);
        }
    }

    private static String fingerprint(Map<String, byte[]> files, int documents) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            files.values().forEach(digest::update);
            digest.update(("analysis " + AnalysisSteps.GENERATION + " documents " + documents)
                    .getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), DIGEST));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
