package org.thocam.index.analysis;

import com.ibm.icu.text.Normalizer2;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/** What the analyzers make of a text, step by step. */
public final class AnalysisSteps {
    /** Raised whenever the same text would give other words: an index made before it must be made again. */
    public static final int GENERATION = 1;

    private static final Analyzer WORDS = new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            return new TokenStreamComponents(Chain.words());
        }
    };
    private static final Analyzer EXACT = new ExactAnalyzer();
    private static final Analyzer FOLDED = new FoldedAnalyzer();

    private AnalysisSteps() {}

    /** @param name {@code words}, {@code normal form}, {@code exact} or {@code folded} */
    public record Step(String name, List<Token> tokens) {}

    /**
     * @param start where it stands in the text, in code points
     * @param end where it ends, in code points, itself not part of it
     */
    public record Token(String text, int start, int end) {}

    /**
     * The steps in the order they are taken.
     *
     * @param language BCP 47; the chain is the same for all of them until each writing system has its own
     */
    public static List<Step> of(String text, String language) {
        return List.of(
                new Step("words", tokens(WORDS, text, UnaryOperator.identity())),
                new Step("normal form", tokens(WORDS, text, Normalizer2.getNFCInstance()::normalize)),
                new Step("exact", exact(text)),
                new Step("folded", folded(text)));
    }

    /** The words of the exact tier. */
    public static List<Token> exact(String text) {
        return tokens(EXACT, text, UnaryOperator.identity());
    }

    /** The words of the forgiving tier: as many as the exact tier's, at the same places. */
    public static List<Token> folded(String text) {
        return tokens(FOLDED, text, UnaryOperator.identity());
    }

    private static List<Token> tokens(Analyzer analyzer, String text, UnaryOperator<String> form) {
        var tokens = new ArrayList<Token>();
        try (TokenStream stream = analyzer.tokenStream("", new StringReader(text))) {
            var term = stream.addAttribute(CharTermAttribute.class);
            var offset = stream.addAttribute(OffsetAttribute.class);
            stream.reset();
            int chars = 0;
            int points = 0;
            while (stream.incrementToken()) {
                // Offsets never go back, so that counting on from the last one stays linear.
                points += text.codePointCount(chars, offset.startOffset());
                chars = offset.startOffset();
                int length = text.codePointCount(chars, offset.endOffset());
                tokens.add(new Token(form.apply(term.toString()), points, points + length));
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail to be read", e);
        }
        return List.copyOf(tokens);
    }
}
