package org.thocam.index.analysis.language;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** The descriptions in this package's resources: {@code languages.list} names the files. */
final class Descriptions {
    private Descriptions() {}

    static List<Description> all() {
        return linesOf("languages.list").stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(file -> read(file.strip()))
                .toList();
    }

    private static Description read(String file) {
        var lines = new HashMap<String, List<String>>();
        for (var line : linesOf(file)) {
            if (line.isBlank() || line.startsWith("#")) continue;
            var words = line.strip().split("\\s+");
            var known = lines.computeIfAbsent(words[0], k -> new ArrayList<>());
            for (int i = 1; i < words.length; i++) known.add(words[i]);
        }
        try {
            return Description.of(lines);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "description " + file + " of a language cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<String> linesOf(String file) {
        try (var in = Descriptions.class.getResourceAsStream(file)) {
            if (in == null)
                throw new IllegalStateException(
                        "description " + file + " of a language is named in languages.list, but missing");
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
