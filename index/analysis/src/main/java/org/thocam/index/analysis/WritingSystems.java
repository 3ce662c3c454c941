package org.thocam.index.analysis;

import com.ibm.icu.lang.UScript;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thocam.index.analysis.WritingSystem.Keys;

/** All writing systems that are described, by tag and by script. */
final class WritingSystems {
    private static final Map<Integer, Boolean> SYLLABIC = new HashMap<>();
    private static final Set<Integer> LISTED = new HashSet<>();
    private static final List<Description> DESCRIPTIONS = descriptions();

    private WritingSystems() {}

    private static List<Description> descriptions() {
        var all = new ArrayList<Description>();
        for (var name : Description.names()) {
            var description = Description.named(name);
            all.add(description);
            var unit = description.value("unit");
            boolean syllabic = unit.equals("syllable") || unit.equals("cluster") || unit.equals("rime-first");
            if (!syllabic) continue;
            SYLLABIC.put(UScript.getCodeFromName(description.value("script")), true);
            for (var line : description.section("letters"))
                if (!line.at(0).startsWith("[")) line.at(0).codePoints().forEach(LISTED::add);
        }
        return List.copyOf(all);
    }

    /** Whether a description calls it a letter, whatever Unicode does: the Tai Tham sign of the elephant is punctuation there. */
    static boolean listed(int c) {
        return LISTED.contains(c);
    }

    /** Whether texts in this script are cut into orthographic syllables. */
    static boolean syllabic(int script) {
        return SYLLABIC.containsKey(script);
    }

    /** What is known of one tag, once for all. */
    private static final class Made {
        static final List<WritingSystem> ALL = new ArrayList<>();
        static final Map<String, WritingSystem> BY_TAG = new HashMap<>();
        static final List<WritingSystem> LATIN = new ArrayList<>();
        static final Map<Integer, WritingSystem> BY_SCRIPT = new HashMap<>();

        static {
            for (var description : DESCRIPTIONS) {
                var base = description.optional("like").map(Description::named).orElse(description);
                var system = new WritingSystem(description, base);
                ALL.add(system);
                for (var tag : description.words("tags")) BY_TAG.putIfAbsent(tag, system);
                BY_SCRIPT.putIfAbsent(system.script(), system);
                if (system.script() == UScript.LATIN) LATIN.add(system);
            }
        }
    }

    static List<WritingSystem> all() {
        return List.copyOf(Made.ALL);
    }

    /** The tables between this writing system and its sisters, whichever of the two has it in its description. */
    static List<SisterSpelling> sisters(String tag) {
        var tables = new ArrayList<SisterSpelling>();
        for (var description : DESCRIPTIONS) {
            var sister = description.optional("sister");
            if (sister.isEmpty()) continue;
            if (description.words("tags").get(0).equals(tag)) tables.add(SisterSpelling.from(description));
            if (sister.get().equals(tag)) tables.add(SisterSpelling.to(description));
        }
        return List.copyOf(tables);
    }

    /** The one described for this script first; null where the script has none. */
    static WritingSystem ofScript(int script) {
        return Made.BY_SCRIPT.get(script);
    }

    static Set<List<Keys>> keysInLatin(String word) {
        var all = new LinkedHashSet<List<Keys>>();
        var bare = Characters.apostrophe(word.codePointAt(0)) ? word.substring(1) : word;
        for (var system : Made.LATIN) {
            var keys = keys(system, system.apostropheBegins() ? word : bare);
            all.add(List.of(keys));
            int elided = elided(system, bare);
            // the word alone: what is cut off is an article or a pronoun
            if (elided > 0) all.add(List.of(keys(system, bare.substring(elided + 1))));
            if (system.latinSyllables() == null) continue;
            var ends = system.latinSyllables().ends(keys.exact());
            if (ends.size() < 2) continue;
            var parts = new ArrayList<Keys>();
            int from = 0;
            for (int end : ends) {
                parts.add(keys(system, keys.exact().substring(from, end)));
                from = end;
            }
            all.add(List.copyOf(parts));
        }
        return all;
    }

    private static int elided(WritingSystem system, String word) {
        for (int at = 1; at + 1 < word.length(); at++)
            if (Characters.apostrophe(word.charAt(at))) return system.elides(word.substring(0, at)) ? at : 0;
        return 0;
    }

    /** A word with the last i written y or the other way round, where Vietnamese writes either; else nothing. */
    static Optional<Keys> otherwise(String word) {
        var vietnamese = tagged("vi-Latn").spelling().exact(word);
        if (vietnamese.indexOf(LatinSpelling.I_OR_Y) < 0) return Optional.empty();
        var plain = tagged("en-Latn");
        var exact = plain.spelling().exact(word);
        char written = plain.spelling().folded(exact).endsWith("y") ? 'i' : 'y';
        return Optional.of(keys(plain, vietnamese.replace(LatinSpelling.I_OR_Y, written)));
    }

    private static Keys keys(WritingSystem system, String word) {
        var exact = system.spelling().exact(word);
        return new Keys(exact, system.spelling().folded(exact));
    }

    static WritingSystem tagged(String tag) {
        return Made.BY_TAG.get(tag);
    }
}
