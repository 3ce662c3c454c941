package org.thocam.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the jars lie: class paths that cannot be one (docs/decisions/0001).
 *
 * @param root the folder of the launcher
 */
record Installation(Path root) {
    static Installation here() {
        return new Installation(
                Path.of(System.getProperty("thocam.root", ".")).toAbsolutePath().normalize());
    }

    Path solr() {
        return lib("solr", Path.of("index", "node", "target", "lib-solr"));
    }

    Path tika() {
        return lib("tika", Path.of("ingest", "tika", "target", "lib-tika"));
    }

    Path media() {
        return lib("media", Path.of("ingest", "media", "target", "lib-media"));
    }

    Path fixtures() {
        return root.resolve("fixtures").resolve("collection");
    }

    Path reference() {
        return root.resolve("fixtures").resolve("reference");
    }

    Path lexicon() {
        return root.resolve("fixtures").resolve("lexicons").resolve("thai-den").resolve("thai-den.lift");
    }

    String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** In an installed form {@code lib/NAME}; in a checkout the folder that the module's build filled. */
    private Path lib(String name, Path built) {
        var installed = root.resolve("lib").resolve(name);
        var found = Files.isDirectory(installed) ? installed : root.resolve(built);
        if (!Files.isDirectory(found))
            throw new Stop(
                    Exit.CONFIGURATION, "no jars in " + found + ". Run './mvnw -DskipTests package' in " + root + ".");
        return found;
    }
}
