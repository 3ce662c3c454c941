package org.thocam.index.node;

import java.io.IOException;
import java.util.Objects;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.queries.function.FunctionScoreQuery;
import org.apache.lucene.search.AutomatonQuery;
import org.apache.lucene.search.DoubleValues;
import org.apache.lucene.search.DoubleValuesSource;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.WildcardQuery;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.search.QParser;
import org.apache.solr.search.QParserPlugin;
import org.apache.solr.search.SyntaxError;
import org.thocam.index.analysis.EditDistance;
import org.thocam.index.analysis.LetterKeys;
import org.thocam.index.analysis.WritingSystem;
import org.thocam.index.analysis.query.KeyPattern;

/**
 * Whole keys of dictionary entries, {@code {!key how=wildcard f=letters_folded within=$lexicon language=jra-Latn folded=true v=$q}}:
 * <ul>
 *   <li>{@code wildcard}, {@code regex}: keys within {@code within} that a {@link KeyPattern} matches;
 *   <li>{@code pattern}: terms that {@code v} matches, which is made already: {@code *} any characters, {@code ?} one, {@code \} before
 *       one that is meant as itself;
 *   <li>{@code fuzzy}: keys at most {@code edits} letters from {@code v}, the nearest highest, above {@code above} (letters that
 *       changed places rank as two);
 *   <li>{@code near}: the term {@code v}; those whose {@code form} is nearest to {@code typed} score highest, above {@code above};
 *   <li>{@code tier}: the query {@code v}; of its score only the whole part counts, above {@code above}.
 * </ul>
 */
public final class KeyQueryPlugin extends QParserPlugin {
    @Override
    public QParser createParser(String v, SolrParams local, SolrParams params, SolrQueryRequest request) {
        return new QParser(v, local, params, request) {
            @Override
            public Query parse() throws SyntaxError {
                var field = localParams.get("f");
                var how = localParams.get("how");
                return switch (how) {
                    case "wildcard" -> matching(field, within(), KeyPattern.wildcard(qstr, keys()));
                    case "regex" -> matching(field, within(), KeyPattern.regex(qstr, keys()));
                    case "pattern" -> pattern(field, qstr);
                    case "fuzzy" ->
                        new FunctionScoreQuery(
                                matching(field, within(), KeyPattern.near(qstr, localParams.getInt("edits"))),
                                new Nearness(field, within(), qstr, above()));
                    case "near" ->
                        new FunctionScoreQuery(
                                new TermQuery(new Term(field, qstr)),
                                new Nearness("form", "", localParams.get("typed"), above()));
                    case "tier" -> new FunctionScoreQuery(subQuery(qstr, null).getQuery(), new WholePart(above()));
                    default -> throw new SyntaxError("{!key how=" + how + "}");
                };
            }

            private LetterKeys keys() {
                return new LetterKeys(
                        WritingSystem.of(localParams.get("language")), localParams.getBool("folded", false));
            }

            private String within() {
                return localParams.get("within");
            }

            private double above() {
                return localParams.getDouble("above", 0);
            }
        };
    }

    private static Query pattern(String field, String pattern) throws SyntaxError {
        try {
            return new WildcardQuery(new Term(field, pattern), KeyPattern.ENOUGH_WORK);
        } catch (TooComplexToDeterminizeException e) {
            throw new SyntaxError("the pattern is too complex", e);
        }
    }

    private static Query matching(String field, String within, Automaton keys) {
        var scoped = KeyPattern.within(within, keys);
        var query = new AutomatonQuery(new Term(field), scoped, KeyPattern.ENOUGH_WORK);
        // where the first letters say something, Lucene looks at few terms
        return beginsWithAnything(keys) ? new ScanQuery(field, within, keys, query) : query;
    }

    /** Whether it takes any letters at all before those that it wants. */
    private static boolean beginsWithAnything(Automaton keys) {
        int state = 0;
        for (int c : new int[] {'a', 0x1780, 'z', 0xAA80}) state = state < 0 ? state : keys.step(state, c);
        return state >= 0 && keys.getNumStates() > 0 && !Operations.isFinite(keys);
    }

    /** Above what is given by 1 for what was typed itself, by 1/2 for what is one letter or mark from it, and so on. */
    private static final class Nearness extends DoubleValuesSource {
        private final String field;
        private final String within;
        private final String typed;
        private final double above;

        Nearness(String field, String within, String typed, double above) {
            this.field = field;
            this.within = within;
            this.typed = typed;
            this.above = above;
        }

        @Override
        public DoubleValues getValues(LeafReaderContext context, DoubleValues scores) throws IOException {
            var forms = DocValues.getSortedSet(context.reader(), field);
            int[] from = typed.codePoints().toArray();
            return new DoubleValues() {
                private int nearest;

                @Override
                public boolean advanceExact(int doc) throws IOException {
                    nearest = Integer.MAX_VALUE - 1;
                    if (!forms.advanceExact(doc)) return true;
                    for (int n = forms.docValueCount(); n > 0; n--) {
                        var form = forms.lookupOrd(forms.nextOrd()).utf8ToString();
                        if (!form.startsWith(within)) continue;
                        int[] to = form.substring(within.length()).codePoints().toArray();
                        nearest = Math.min(nearest, EditDistance.between(from, to));
                    }
                    return true;
                }

                @Override
                public double doubleValue() {
                    return above + 1.0 / (1 + nearest);
                }
            };
        }

        @Override
        public boolean needsScores() {
            return false;
        }

        @Override
        public DoubleValuesSource rewrite(IndexSearcher searcher) {
            return this;
        }

        @Override
        public boolean isCacheable(LeafReaderContext context) {
            return false;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Nearness that
                    && field.equals(that.field)
                    && within.equals(that.within)
                    && typed.equals(that.typed)
                    && above == that.above;
        }

        @Override
        public int hashCode() {
            return Objects.hash(field, within, typed, above);
        }

        @Override
        public String toString() {
            return field + " near " + typed + " above " + above;
        }
    }

    private static final class WholePart extends DoubleValuesSource {
        private final double above;

        WholePart(double above) {
            this.above = above;
        }

        @Override
        public DoubleValues getValues(LeafReaderContext context, DoubleValues scores) {
            return new DoubleValues() {
                @Override
                public boolean advanceExact(int doc) throws IOException {
                    return scores.advanceExact(doc);
                }

                @Override
                public double doubleValue() throws IOException {
                    return above + Math.floor(scores.doubleValue());
                }
            };
        }

        @Override
        public boolean needsScores() {
            return true;
        }

        @Override
        public DoubleValuesSource rewrite(IndexSearcher searcher) {
            return this;
        }

        @Override
        public boolean isCacheable(LeafReaderContext context) {
            return false;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof WholePart that && above == that.above;
        }

        @Override
        public int hashCode() {
            return Double.hashCode(above);
        }

        @Override
        public String toString() {
            return above + " and the whole part";
        }
    }
}
