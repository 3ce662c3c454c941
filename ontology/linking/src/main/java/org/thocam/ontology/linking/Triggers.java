package org.thocam.ontology.linking;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code triggers.tsv} and {@code homographs.tsv}: what words beside a name say, and what looks like a name and is none. */
final class Triggers {
    /** Longer phrases there are none: the table is refused where there is one. */
    static final int LONGEST = 4;

    private static final Triggers ALL = new Triggers();

    /** A word that a name is spelled like, in a language; {@code weak} is a name only where more speaks for it. */
    record Homograph(String name, String language, boolean weak) {}

    private final Map<String, Trigger> before = new HashMap<>();
    private final Map<String, Trigger> after = new HashMap<>();
    private final Map<String, Trigger> foldedBefore = new HashMap<>();
    private final Map<String, Trigger> foldedAfter = new HashMap<>();
    private final Map<String, Set<String>> weak = new HashMap<>();
    private final List<Homograph> homographs = new ArrayList<>();
    private final Set<String> surnames = new HashSet<>();
    private final Set<String> foldedSurnames = new HashSet<>();
    private final List<Trigger> heads = new ArrayList<>();
    private final List<String> englishHeads = new ArrayList<>();
    private final String source;

    static Triggers all() {
        return ALL;
    }

    private Triggers() {
        var triggers = read("triggers.tsv");
        var words = read("homographs.tsv");
        source = triggers + words;
        for (var cells : rows(triggers)) trigger(cells);
        for (var cells : rows(words)) homograph(cells);
    }

    private void trigger(String[] cells) {
        var phrase = Keys.exact(cells[1]);
        if (phrase.isEmpty() || phrase.size() > LONGEST)
            throw new IllegalStateException(
                    "triggers.tsv: phrase '" + cells[1] + "' has " + phrase.size() + " words: want 1 to " + LONGEST);
        if (cells[2].equals("englishhead")) {
            englishHeads.add(cells[1]);
            return;
        }
        var trigger = new Trigger(
                cells[1],
                Sense.ofWord(cells[2]),
                Double.parseDouble(cells[4]),
                Double.parseDouble(cells[5]),
                cells[6].equals("yes"));
        if (trigger.head()) heads.add(trigger);
        boolean first = cells[0].equals("before");
        put(first ? before : after, cells[3], phrase, trigger);
        put(first ? foldedBefore : foldedAfter, cells[3], Keys.folded(cells[1]), trigger);
    }

    private static void put(Map<String, Trigger> map, String language, List<String> phrase, Trigger trigger) {
        map.put(language + ":" + String.join(" ", phrase), trigger);
    }

    private void homograph(String[] cells) {
        switch (cells[1]) {
            case "surname" -> {
                surnames.addAll(Keys.exact(cells[0]));
                foldedSurnames.addAll(Keys.folded(cells[0]));
            }
            case "weak" -> {
                var of = weak.computeIfAbsent(cells[2], l -> new HashSet<>());
                of.add(String.join(" ", cells[2].equals("vi") ? Keys.exact(cells[0]) : Keys.folded(cells[0])));
            }
            case "other" -> homographs.add(new Homograph(cells[0], cells[2], false));
            default ->
                throw new IllegalStateException(
                        "homographs.tsv: '" + cells[1] + "' of " + cells[0] + ": want surname, weak or other");
        }
    }

    private static List<String[]> rows(String table) {
        return table.lines()
                .skip(1)
                .filter(line -> !line.isBlank())
                .map(line -> line.split("\t", -1))
                .toList();
    }

    private static String read(String name) {
        try (var in = Triggers.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The longest phrase that ends with the last of the words before a name; null where there is none. */
    Trigger before(List<String> words, String language, boolean folded) {
        var map = folded ? foldedBefore : before;
        for (int from = 0; from < words.size(); from++) {
            var found = map.get(language + ":" + String.join(" ", words.subList(from, words.size())));
            if (found != null) return found;
        }
        return null;
    }

    /** The longest phrase that begins with the first of the words after a name; null where there is none. */
    Trigger after(List<String> words, String language, boolean folded) {
        var map = folded ? foldedAfter : after;
        for (int to = words.size(); to > 0; to--) {
            var found = map.get(language + ":" + String.join(" ", words.subList(0, to)));
            if (found != null) return found;
        }
        return null;
    }

    boolean weak(String key, String language) {
        return weak.getOrDefault(language, Set.of()).contains(key);
    }

    boolean surname(String key, boolean folded) {
        return (folded ? foldedSurnames : surnames).contains(key);
    }

    List<Homograph> homographs() {
        return Collections.unmodifiableList(homographs);
    }

    List<Trigger> heads() {
        return Collections.unmodifiableList(heads);
    }

    /** What an English name of a festival, craft or custom ends with to say what it is. */
    List<String> englishHeads() {
        return Collections.unmodifiableList(englishHeads);
    }

    /** All that the tables say, for a digest. */
    String source() {
        return source;
    }
}
