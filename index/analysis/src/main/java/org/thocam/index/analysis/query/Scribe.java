package org.thocam.index.analysis.query;

import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.thocam.index.analysis.WritingSystem;
import org.thocam.index.analysis.WritingSystem.Keys;
import org.thocam.index.analysis.WritingSystem.Word;

/** Reads what a searcher typed: words, runs of syllables that make a word, and quoted phrases. */
final class Scribe {
    private static final Pattern QUOTED = Pattern.compile("[\"“”]([^\"“”]*)[\"“”]");
    /** Where ICU has a dictionary of words, it says which syllables of a run belong together. */
    private static final Map<Integer, String> DICTIONARIES =
            Map.of(UScript.KHMER, "km", UScript.LAO, "lo", UScript.THAI, "th");

    private static final int LONGEST_RUN = 12;

    private Scribe() {}

    /**
     * One word or syllable.
     *
     * @param readings its keys in each orthography it may be written in; several in a row where one cuts it into syllables
     * @param otherwise its keys with i for y or y for i; only its folded key counts
     */
    record Slot(String text, int script, Set<List<Keys>> readings, Optional<Keys> otherwise) {}

    /**
     * Slots that have to stand side by side.
     *
     * @param quoted whether the searcher asked for it
     */
    record Run(List<Slot> slots, boolean quoted) {}

    static List<Run> read(String q) {
        var runs = new ArrayList<Run>();
        var quoted = QUOTED.matcher(q);
        int from = 0;
        while (quoted.find()) {
            words(q.substring(from, quoted.start()), runs);
            var slots = slots(quoted.group(1)).stream().map(Placed::slot).toList();
            if (!slots.isEmpty()) runs.add(new Run(slots, true));
            from = quoted.end();
        }
        words(q.substring(from), runs);
        return runs;
    }

    private record Placed(Slot slot, Word word, boolean touches) {}

    private static List<Placed> slots(String text) {
        var slots = new ArrayList<Placed>();
        var points = text.codePoints().toArray();
        for (var word : WritingSystem.of("und").words(text)) {
            if (word.script() != UScript.LATIN) {
                var keys = Set.of(List.of(new Keys(word.exact(), word.folded())));
                slots.add(
                        new Placed(new Slot(word.text(), word.script(), keys, Optional.empty()), word, word.touches()));
                continue;
            }
            // an apostrophe before a word is a letter in some orthographies
            boolean led = word.start() > 0
                    && WritingSystem.apostrophe(points[word.start() - 1])
                    && (word.start() == 1 || !Character.isLetterOrDigit(points[word.start() - 2]));
            var typed = led ? Character.toString(points[word.start() - 1]) + word.text() : word.text();
            slots.add(new Placed(
                    new Slot(
                            word.text(),
                            word.script(),
                            WritingSystem.keysInLatin(typed),
                            WritingSystem.otherwiseInLatin(word.text())),
                    word,
                    word.touches()));
        }
        return slots;
    }

    private static void words(String text, List<Run> runs) {
        var chunk = new ArrayList<Placed>();
        for (var placed : slots(text)) {
            boolean same = placed.touches()
                    && !chunk.isEmpty()
                    && placed.slot().script() == chunk.get(0).slot().script()
                    && unspaced(placed.slot().script());
            if (!same) flush(text, chunk, runs);
            chunk.add(placed);
        }
        flush(text, chunk, runs);
    }

    private static boolean unspaced(int script) {
        if (script == UScript.HAN || script == UScript.YI) return true;
        return WritingSystem.ofScript(script)
                .filter(system -> !system.unit().equals("word"))
                .isPresent();
    }

    private static void flush(String text, List<Placed> chunk, List<Run> runs) {
        if (chunk.isEmpty()) return;
        var dictionary = DICTIONARIES.get(chunk.get(0).slot().script());
        var breaks = dictionary == null ? null : breaks(text, chunk, dictionary);
        var run = new ArrayList<Slot>();
        for (var placed : chunk) {
            boolean full = run.size() >= LONGEST_RUN;
            boolean wordBegins = breaks != null && breaks.contains(placed.word().start());
            if (!run.isEmpty() && (full || wordBegins)) {
                runs.add(new Run(List.copyOf(run), false));
                run.clear();
            }
            run.add(placed.slot());
        }
        runs.add(new Run(List.copyOf(run), false));
        chunk.clear();
    }

    /** Where the dictionary's words begin, in code points of the text. */
    private static List<Integer> breaks(String text, List<Placed> chunk, String language) {
        int first = chunk.get(0).word().start();
        int from = text.offsetByCodePoints(0, first);
        int to = text.offsetByCodePoints(0, chunk.get(chunk.size() - 1).word().end());
        var piece = text.substring(from, to);
        var words = BreakIterator.getWordInstance(new ULocale(language));
        words.setText(piece);
        var breaks = new ArrayList<Integer>();
        for (int at = words.first(); at != BreakIterator.DONE; at = words.next())
            breaks.add(first + piece.codePointCount(0, at));
        return breaks;
    }
}
