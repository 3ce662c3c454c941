package org.thocam.index.analysis.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.FieldInvertState;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiPhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SynonymQuery;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.util.BytesRef;

/**
 * How frequent the terms of one path are in all parts of an index. Lucene asks only for terms that the part at hand has; a path of several
 * terms would count less in a part that lacks some of them.
 *
 * @param terms empty where Lucene's own counting is right
 * @param together whether they count as one term, as frequent as the most frequent of them
 */
record Counted(List<TermStatistics> terms, boolean together) {
    static final Counted HERE = new Counted(List.of(), false);

    static Counted of(Query query, Elsewhere elsewhere) {
        if (query instanceof SynonymQuery any) return new Counted(counted(any.getTerms(), elsewhere), true);
        if (query instanceof MultiPhraseQuery phrase) {
            var terms = Arrays.stream(phrase.getTermArrays())
                    .flatMap(Arrays::stream)
                    .toList();
            return new Counted(counted(terms, elsewhere), false);
        }
        return HERE;
    }

    private static List<TermStatistics> counted(List<Term> terms, Elsewhere elsewhere) {
        var counted = new ArrayList<TermStatistics>();
        // in their order, so that sums are rounded the same way everywhere
        for (var term : terms.stream().sorted().toList()) {
            long documents = elsewhere.frequency(term.field(), term.text()).orElse(0);
            if (documents > 0) counted.add(new TermStatistics(term.bytes(), documents, documents));
        }
        return counted;
    }

    /** What makes weights that count so. */
    IndexSearcher in(IndexSearcher searcher) {
        if (terms.isEmpty()) return searcher;
        long most = terms.stream().mapToLong(TermStatistics::docFreq).max().orElse(0);
        var all = together
                ? new TermStatistics[] {new TermStatistics(new BytesRef("any of them"), most, most)}
                : terms.toArray(TermStatistics[]::new);
        var counting = new IndexSearcher(searcher.getTopReaderContext()) {
            @Override
            public CollectionStatistics collectionStatistics(String field) throws IOException {
                return searcher.collectionStatistics(field);
            }
        };
        counting.setSimilarity(new Counting(searcher.getSimilarity(), all));
        return counting;
    }

    private static final class Counting extends Similarity {
        private final Similarity own;
        private final TermStatistics[] all;

        Counting(Similarity own, TermStatistics[] all) {
            this.own = own;
            this.all = all;
        }

        @Override
        public long computeNorm(FieldInvertState state) {
            return own.computeNorm(state);
        }

        @Override
        public SimScorer scorer(float boost, CollectionStatistics collection, TermStatistics... here) {
            return own.scorer(boost, collection, all);
        }
    }
}
