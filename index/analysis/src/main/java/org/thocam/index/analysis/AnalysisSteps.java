package org.thocam.index.analysis;

import com.ibm.icu.lang.UScript;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.thocam.index.analysis.WritingSystem.Word;

/** What is made of a text, step by step. */
public final class AnalysisSteps {
    /** Raised whenever the same text would give other words: an index made before it must be made again. */
    public static final int GENERATION = 4;

    private AnalysisSteps() {}

    /** @param name {@code words}, {@code exact}, {@code folded}, {@code script} or {@code latin} */
    public record Step(String name, List<Token> tokens) {}

    /**
     * @param start where it stands in the text, in code points
     * @param end where it ends, in code points, itself not part of it
     */
    public record Token(String text, int start, int end) {}

    /**
     * The steps in the order they are taken: the words as written, their keys in both tiers, their scripts, and their spellings in
     * Latin letters where a table has them.
     *
     * @param language BCP 47; {@code und} where nobody knows
     */
    public static List<Step> of(String text, String language) {
        var words = WritingSystem.of(language).words(text);
        var steps = new ArrayList<Step>();
        steps.add(step("words", words, Word::text));
        steps.add(step("exact", words, Word::exact));
        steps.add(step("folded", words, Word::folded));
        steps.add(step("script", words, word -> UScript.getShortName(word.script())));
        var latin = step("latin", words, AnalysisSteps::latin);
        if (latin.tokens().stream().anyMatch(token -> !token.text().isEmpty())) steps.add(latin);
        return List.copyOf(steps);
    }

    private static String latin(Word word) {
        var system = WritingSystems.ofScript(word.script());
        if (system == null || system.letters().isEmpty()) return "";
        return String.join(" ", system.romanisation().spellings(word.exact()));
    }

    private static Step step(String name, List<Word> words, Function<Word, String> part) {
        return new Step(
                name,
                words.stream()
                        .map(word -> new Token(part.apply(word), word.start(), word.end()))
                        .toList());
    }

    /** The words of the exact tier, where the language is not known. */
    public static List<Token> exact(String text) {
        return step("exact", WritingSystem.of("und").words(text), Word::exact).tokens();
    }

    /** The words of the forgiving tier: as many as the exact tier's, at the same places. */
    public static List<Token> folded(String text) {
        return step("folded", WritingSystem.of("und").words(text), Word::folded).tokens();
    }
}
