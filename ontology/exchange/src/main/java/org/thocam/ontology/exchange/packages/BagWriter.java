package org.thocam.ontology.exchange.packages;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a bag in one pass: manifests grow beside it while the payload streams, and go in last. Own code, for the one library there is
 * (gov.loc:bagit 5.2.0, of 2018) writes to folders only, and reads neither ZIP files nor within bounds. RFC 8493, section 2.
 */
final class BagWriter implements Payload, AutoCloseable {
    private final Target target;
    private final Map<String, BufferedWriter> manifests = new LinkedHashMap<>();
    private final Map<String, Fixity> tagFiles = new LinkedHashMap<>();
    private long bytes;
    private long files;

    BagWriter(Target target) throws IOException {
        this.target = target;
        tag(Bag.DECLARATION, "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
        for (var algorithm : Fixity.OURS)
            manifests.put(
                    algorithm, Files.newBufferedWriter(target.spool("manifest-" + algorithm), StandardCharsets.UTF_8));
    }

    @Override
    public Fixity put(String path, InputStream in) throws IOException {
        Fixity written;
        try (var out = target.file(Bag.PAYLOAD + path)) {
            written = Fixity.copying(in, out, Fixity.OURS);
        }
        for (var manifest : manifests.entrySet())
            manifest.getValue().write(line(written.hex(manifest.getKey()), Bag.PAYLOAD + path));
        bytes += written.size();
        files++;
        return written;
    }

    private static String line(String digest, String path) {
        return digest + "  " + PackagePath.inManifest(path) + "\n";
    }

    /** Writes all that is not payload; {@code Payload-Oxum} and {@code Bag-Size} are added to {@code info}. */
    void finish(List<TagFile.Tag> info) throws IOException {
        var all = new ArrayList<>(info);
        all.add(new TagFile.Tag("Payload-Oxum", bytes + "." + files));
        all.add(new TagFile.Tag("Bag-Size", shown(bytes)));
        var text = new StringBuilder();
        for (var tag : all)
            text.append(tag.label())
                    .append(": ")
                    .append(tag.value()
                            .replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ")
                            .strip())
                    .append('\n');
        tag(Bag.INFO, text.toString());
        for (var manifest : manifests.entrySet()) {
            manifest.getValue().close();
            try (var in = Files.newInputStream(target.spool("manifest-" + manifest.getKey()))) {
                tag("manifest-" + manifest.getKey() + ".txt", in);
            }
        }
        for (var algorithm : Fixity.OURS) {
            var lines = new StringBuilder();
            tagFiles.forEach((path, fixity) -> lines.append(line(fixity.hex(algorithm), path)));
            try (var out = target.file("tagmanifest-" + algorithm + ".txt")) {
                out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static String shown(long bytes) {
        return bytes < 1000 ? bytes + " B" : bytes < 1_000_000 ? bytes / 1000 + " KB" : bytes / 1_000_000 + " MB";
    }

    private void tag(String path, String text) throws IOException {
        tag(path, new java.io.ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void tag(String path, InputStream in) throws IOException {
        try (var out = target.file(path)) {
            tagFiles.put(path, Fixity.copying(in, out, Fixity.OURS));
        }
    }

    @Override
    public void close() throws IOException {
        for (var manifest : manifests.values()) manifest.close();
    }
}
