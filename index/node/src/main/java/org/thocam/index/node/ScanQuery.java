package org.thocam.index.node;

import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.DocIdSetBuilder;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.ByteRunAutomaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.UTF32ToUTF8;
import org.thocam.index.analysis.query.KeyPattern;

/**
 * Documents with a term that begins with {@code within} and whose rest an automaton accepts, found by looking at all of these terms in
 * memory: several times quicker than Lucene's own way where the automaton may begin with any letter. A segment with too many terms
 * is searched in Lucene's way.
 */
final class ScanQuery extends Query {
    private final String field;
    private final BytesRef within;
    private final ByteRunAutomaton rest;
    /** What every term ends with: quicker to look at than all that stands before it. */
    private final BytesRef end;

    private final Query otherwise;

    ScanQuery(String field, String within, Automaton rest, Query otherwise) {
        this.field = field;
        this.within = new BytesRef(within);
        var bytes = Operations.determinize(new UTF32ToUTF8().convert(rest), KeyPattern.ENOUGH_WORK);
        this.rest = new ByteRunAutomaton(bytes, true, KeyPattern.ENOUGH_WORK);
        this.end = Operations.getCommonSuffixBytesRef(bytes);
        this.otherwise = otherwise;
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) throws IOException {
        var large = searcher.createWeight(searcher.rewrite(otherwise), ScoreMode.COMPLETE_NO_SCORES, 1);
        return new ConstantScoreWeight(this, boost) {
            @Override
            public Scorer scorer(LeafReaderContext context) throws IOException {
                var terms = KeyTerms.of(context.reader(), field);
                if (terms == null) return constant(large.scorer(context));
                var found = scan(context, terms);
                return found == null
                        ? null
                        : new ConstantScoreScorer(
                                this, score(), mode, found.build().iterator());
            }

            private Scorer constant(Scorer found) {
                return found == null ? null : new ConstantScoreScorer(this, score(), mode, found.iterator());
            }

            @Override
            public boolean isCacheable(LeafReaderContext context) {
                return false;
            }
        };
    }

    /** Null where nothing is found. */
    private DocIdSetBuilder scan(LeafReaderContext context, KeyTerms terms) throws IOException {
        DocIdSetBuilder found = null;
        var all = context.reader().terms(field);
        var reached = all == null ? null : all.iterator();
        PostingsEnum postings = null;
        var bytes = terms.bytes();
        for (int n = terms.first(within); terms.begins(n, within); n++) {
            int skipped = within.length;
            if (!terms.ends(n, end)) continue;
            if (!rest.run(bytes, terms.offset(n) + skipped, terms.length(n) - skipped)) continue;
            if (!reached.seekExact(terms.term(n))) continue;
            postings = reached.postings(postings, PostingsEnum.NONE);
            if (found == null) found = new DocIdSetBuilder(context.reader().maxDoc());
            found.add(postings);
        }
        return found;
    }

    @Override
    public void visit(QueryVisitor visitor) {
        if (visitor.acceptField(field)) visitor.visitLeaf(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScanQuery that
                && field.equals(that.field)
                && within.equals(that.within)
                && rest.equals(that.rest);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * field.hashCode() + within.hashCode()) + rest.hashCode();
    }

    @Override
    public String toString(String shown) {
        return field + " within " + within.utf8ToString() + " by a pattern";
    }
}
