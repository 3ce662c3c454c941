package org.thocam.index.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;

/** The node's folder: its configuration, written anew at every start, and under {@code cores} one folder for each index. */
record NodeHome(Path folder) {
    private static final List<ConfigSet> CONFIG_SETS =
            Arrays.stream(ConfigSet.Kind.values()).map(ConfigSet::onNode).toList();

    void prepare() {
        try {
            for (var sub : List.of("cores", "logs", "tmp")) Files.createDirectories(folder.resolve(sub));
            Files.write(folder.resolve("solr.xml"), ConfigSet.resource("solr.xml"));
            for (var set : CONFIG_SETS) configure(set);
        } catch (IOException e) {
            throw new UncheckedIOException("the index's folder " + folder + " cannot be prepared: " + e, e);
        }
    }

    private void configure(ConfigSet set) throws IOException {
        var conf = Files.createDirectories(
                folder.resolve("configsets").resolve(set.name()).resolve("conf"));
        for (var file : set.files().entrySet()) Files.write(conf.resolve(file.getKey()), file.getValue());
    }

    Path core(String name) {
        return folder.resolve("cores").resolve(name);
    }

    /** The configuration that an index was made with, empty where it cannot be told. */
    String configSetOf(String core) {
        var file = core(core).resolve("core.properties");
        if (!Files.isRegularFile(file)) return "";
        var properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e, e);
        }
        return properties.getProperty("configSet", "");
    }

    /** Whether documents were replaced in this index since it was last tidied: a file says so, over a restart too. */
    boolean untidy(String core) {
        return Files.exists(core(core).resolve("untidy"));
    }

    void replacing(String core) {
        var mark = core(core).resolve("untidy");
        try {
            if (!Files.exists(mark)) Files.createFile(mark);
        } catch (IOException e) {
            throw new UncheckedIOException(mark + " cannot be made: " + e, e);
        }
    }

    void tidied(String core) {
        try {
            Files.deleteIfExists(core(core).resolve("untidy"));
        } catch (IOException e) {
            throw new UncheckedIOException(core(core) + " cannot be marked as tidy: " + e, e);
        }
    }

    void delete(String core) {
        var top = core(core);
        if (!Files.exists(top)) return;
        try (var all = Files.walk(top)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("the old index in " + top + " cannot be deleted: " + e, e);
        }
    }

    /** What the node said when it fell. */
    String lastWords() {
        var logs = folder.resolve("logs");
        var file = logs.resolve("stderr.log");
        try {
            var lines = Files.isRegularFile(file) ? Files.readAllLines(file) : List.<String>of();
            var said = lines.stream().map(String::strip).limit(3).toList();
            return (said.isEmpty() ? "" : String.join(" | ", said) + "; ") + "see " + logs.resolve("node.log");
        } catch (IOException e) {
            return file + " cannot be read: " + e;
        }
    }
}
