package org.thocam.index.analysis.query;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thocam.index.analysis.WritingSystem;

/** Vietnamese readings of Han and Nôm characters: kVietnamese of the Unihan database. */
final class Readings {
    private static final Map<String, List<Reading>> BY_LETTERS = new HashMap<>();
    private static final Map<Integer, List<WritingSystem.Keys>> BY_CHARACTER = new HashMap<>();

    static {
        load();
    }

    private Readings() {}

    /** @param exact the reading with its tone, as the exact key has it */
    record Reading(int character, String exact) {}

    private static void load() {
        var vietnamese = WritingSystem.of("vi-Latn");
        try (var in = Readings.class.getResourceAsStream("kVietnamese.tsv");
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                var columns = line.split("\t");
                int character = Integer.parseInt(columns[0].substring(2), 16);
                for (var reading : columns[1].split(" ")) {
                    var keys = new WritingSystem.Keys(vietnamese.normalForm(reading), vietnamese.folded(reading));
                    BY_LETTERS
                            .computeIfAbsent(keys.folded(), key -> new ArrayList<>())
                            .add(new Reading(character, keys.exact()));
                    BY_CHARACTER
                            .computeIfAbsent(character, key -> new ArrayList<>())
                            .add(keys);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Characters read so, whatever the tone. */
    static List<Reading> of(String folded) {
        return BY_LETTERS.getOrDefault(folded, List.of());
    }

    static List<WritingSystem.Keys> of(int character) {
        return BY_CHARACTER.getOrDefault(character, List.of());
    }
}
