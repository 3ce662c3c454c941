package org.thocam.ontology.exchange.marc;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UScript;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.thocam.index.analysis.WritingSystem;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.reference.Language;

/** Which script a text is in, and how it is written in Latin letters. MARC 21, Appendix A, $6; Appendix C, model A. */
final class Scripts {
    /** The script identification codes that $6 defines, with the orientation code of those written from right to left. */
    private static final Map<String, String> LINK_CODES = Map.ofEntries(
            Map.entry("Arab", "/(3/r"),
            Map.entry("Hebr", "/(2/r"),
            Map.entry("Cyrl", "/(N"),
            Map.entry("Grek", "/(S"),
            Map.entry("Hani", "/$1"),
            Map.entry("Hira", "/$1"),
            Map.entry("Kana", "/$1"),
            Map.entry("Hang", "/$1"));

    private Scripts() {}

    /** What is added to the link in $6; empty for a script that MARC has no code for. */
    static String linkCode(String text) {
        return LINK_CODES.getOrDefault(of(text), "");
    }

    /** ISO 15924 of most of the letters; {@code Latn} where Latin letters are half of them or more, {@code Zyyy} without letters. */
    static String of(String text) {
        var counts = new TreeMap<Integer, Integer>();
        text.codePoints()
                .filter(UCharacter::isLetter)
                .forEach(c -> counts.merge(UScript.getScript(c), 1, Integer::sum));
        counts.remove(UScript.COMMON);
        counts.remove(UScript.INHERITED);
        var most = counts.entrySet().stream().max(Map.Entry.comparingByValue());
        if (most.isEmpty()) return "Zyyy";
        boolean latin = counts.getOrDefault(UScript.LATIN, 0).equals(most.get().getValue());
        return latin ? "Latn" : UScript.getShortName(most.get().getKey());
    }

    static boolean latin(String text) {
        var script = of(text);
        return script.equals("Latn") || script.equals("Zyyy");
    }

    /** The text in Latin letters as our tables have it; empty where they do not know all of it. */
    static Optional<String> inLatin(LanguageTag tag, String text) {
        var script = of(text);
        var language = tag.undetermined() ? "und" : tag.language();
        return List.of(language + "-" + script, "und-" + script).stream()
                .map(WritingSystem::of)
                .flatMap(writing -> writing.latin(text).stream())
                .filter(latin -> !latin.isBlank() && latin(latin))
                .findFirst();
    }

    /** The tag of a text that was made from {@code tag}. BCP 47, extension T (RFC 6497). */
    static LanguageTag madeFrom(LanguageTag tag) {
        try {
            return new LanguageTag(tag.language() + "-Latn-t-" + tag.value().toLowerCase(java.util.Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return new LanguageTag("und-Latn-t-und");
        }
    }

    static boolean made(LanguageTag tag) {
        return tag.value().contains("-t-");
    }

    /** Which of the languages of a record a text in it is in, as far as its script tells. */
    static LanguageTag languageOf(String text, List<LanguageTag> languages) {
        var script = of(text);
        if (script.equals("Zyyy")) return LanguageTag.UNDETERMINED;
        for (var tag : languages) {
            var usual = Language.script(tag.value());
            if (usual.equals(script)) return tag;
            if (usual.equals("Zyyy") && script.equals("Latn") && !MarcTables.isGroup(tag)) return tag;
        }
        for (var tag : languages)
            if (Language.of(tag.value())
                    .filter(known -> known.scripts().contains(script))
                    .isPresent()) return new LanguageTag(tag.language() + "-" + script);
        return script.equals("Latn") ? LanguageTag.UNDETERMINED : new LanguageTag("und-" + script);
    }
}
