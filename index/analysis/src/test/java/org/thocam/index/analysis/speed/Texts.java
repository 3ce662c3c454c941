package org.thocam.index.analysis.speed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.thocam.index.analysis.Scripts;

/** Real texts by language: those of the fixtures, and those of a retrieval set where its folder is given. */
final class Texts {
    static final String FIXTURES = "fixtures";

    private Texts() {}

    static Map<String, List<String>> of(Path root, Optional<Path> data) throws IOException {
        var all = new LinkedHashMap<String, List<String>>();
        try (var files = Files.walk(root.resolve("fixtures/collection"))) {
            for (var file : files.sorted().toList()) {
                var name = file.getFileName().toString();
                var here = all.computeIfAbsent(FIXTURES, key -> new ArrayList<>());
                if (name.endsWith(".txt") && !name.contains("utf16"))
                    here.add(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
                if (name.endsWith(".jsonl"))
                    for (var line : Files.readAllLines(file))
                        value(line, "text").ifPresent(here::add);
            }
        }
        if (data.isEmpty()) return all;
        for (var line : Files.readAllLines(data.get().resolve("docs.jsonl")))
            all.computeIfAbsent(value(line, "lang").orElseThrow(), key -> new ArrayList<>())
                    .add(value(line, "text").orElseThrow());
        return all;
    }

    /** The collection of the retrieval check, as it is ingested. */
    static List<String> collection(Path data) throws IOException {
        var all = new ArrayList<String>();
        for (var source : Map.of("docs.jsonl", "text", "legacy_docs.jsonl", "unicode", "translit.jsonl", "native")
                .entrySet())
            for (var line : Files.readAllLines(data.resolve(source.getKey())))
                value(line, source.getValue()).ifPresent(all::add);
        return all;
    }

    /** Headwords with their glosses: more Vietnamese words than the texts have. */
    static List<String> glosses(Path data) throws IOException {
        var all = new ArrayList<String>();
        for (var line : Files.readAllLines(data.resolve("dict_bdq.jsonl")))
            value(line, "gloss").ifPresent(all::add);
        return all;
    }

    /** Whether most of a text is in Latin letters. */
    static boolean latin(String text) {
        return Scripts.dominantIn(text).equals("Latn");
    }

    private static Optional<String> value(String json, String name) {
        var found = Pattern.compile("\"" + name + "\":\\s*\"((?:[^\"\\\\]|\\\\.)*)\"")
                .matcher(json);
        if (!found.find()) return Optional.empty();
        var plain = Pattern.compile("\\\\(u([0-9a-fA-F]{4})|.)")
                .matcher(found.group(1))
                .replaceAll(escape -> {
                    if (escape.group(2) != null)
                        return java.util.regex.Matcher.quoteReplacement(
                                String.valueOf((char) Integer.parseInt(escape.group(2), 16)));
                    return switch (escape.group(1)) {
                        case "n", "t", "r" -> " ";
                        case "\\" -> "\\\\";
                        default -> escape.group(1);
                    };
                });
        return Optional.of(plain);
    }
}
