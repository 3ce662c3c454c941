package org.thocam.ingest.archive;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Version;

/**
 * What one version of an item is, as {@code version.json} beside its files in Fedora: what Fedora cannot keep itself (a number, a time in
 * microseconds, whoever deposited) and which of the files there belong to the version.
 *
 * @param deposit tells this deposit from every other, whatever became of its answer
 * @param files by path within the item
 * @param emptied names, by path, of files that are in an earlier version only. Fedora has no other way: a file that is deleted takes its
 *     mementos with it
 */
record VersionRecord(
        ItemId id,
        Version version,
        Instant at,
        String agent,
        String deposit,
        SortedMap<String, Kept> files,
        SortedMap<String, String> emptied) {
    static final String FILE = "version.json";
    private static final int FORMAT = 1;

    /**
     * @param name within the item's container in Fedora
     * @param since the version that brought these bytes
     */
    record Kept(String name, String sha512, long size, long since) {}

    VersionRecord {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        emptied = Collections.unmodifiableSortedMap(new TreeMap<>(emptied));
    }

    Set<String> names() {
        var names = new HashSet<>(emptied.values());
        files.values().forEach(kept -> names.add(kept.name()));
        return names;
    }

    byte[] json() {
        var node = ItemJson.MAPPER
                .createObjectNode()
                .put("format", FORMAT)
                .put("id", id.value())
                .put("version", version.number())
                .put("at", at.toString())
                .put("agent", agent)
                .put("deposit", deposit);
        var all = node.putObject("files");
        files.forEach((path, kept) -> {
            var file = all.putObject(path)
                    .put("sha512", kept.sha512())
                    .put("size", kept.size())
                    .put("since", kept.since());
            if (!kept.name().equals(path)) file.put("name", kept.name());
        });
        if (!emptied.isEmpty()) {
            var gone = node.putObject("emptied");
            emptied.forEach(gone::put);
        }
        try {
            return ItemJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(node);
        } catch (IOException e) {
            throw new IllegalStateException("the record of item " + id + " could not be written as JSON", e);
        }
    }

    /** @throws IOException if it is not what {@link #json} wrote */
    static VersionRecord of(byte[] json) throws IOException {
        try {
            JsonNode node = ItemJson.MAPPER.readTree(json);
            int format = node.path("format").asInt();
            if (format != FORMAT)
                throw new IOException(FILE + " has the format " + format + ": want " + FORMAT + "; use a newer Thocam");
            var files = new TreeMap<String, Kept>();
            for (var file : node.path("files").properties())
                files.put(
                        file.getKey(),
                        new Kept(
                                file.getValue().path("name").asText(file.getKey()),
                                file.getValue().path("sha512").textValue(),
                                file.getValue().path("size").longValue(),
                                file.getValue().path("since").longValue()));
            Map<String, String> emptied = new TreeMap<>();
            for (var gone : node.path("emptied").properties())
                emptied.put(gone.getKey(), gone.getValue().textValue());
            return new VersionRecord(
                    new ItemId(node.path("id").textValue()),
                    new Version(node.path("version").longValue()),
                    Instant.parse(node.path("at").textValue()),
                    node.path("agent").asText(""),
                    node.path("deposit").asText(""),
                    files,
                    new TreeMap<>(emptied));
        } catch (IllegalArgumentException | DateTimeException | NullPointerException e) {
            throw new IOException(FILE + " is not what was written: " + e.getMessage(), e);
        }
    }
}
