package org.thocam.index.analysis.query;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermStates;
import org.apache.lucene.search.ConjunctionUtils;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;

/**
 * Ranks by the path that an item was found by, and only then by weights. The score's whole part is the {@link Tier} of the worst of its
 * words, each by its best path; the fraction grows with the words' BM25 scores and with neighbours that stand side by side.
 */
final class TieredQuery extends Query {
    /** A mean BM25 score that gives half of what words can give. */
    private static final float HALF = 8;
    /** What neighbours that stand side by side give of the fraction, where all of them do. */
    private static final float CLOSE = 0.4f;
    /** What another script counts where only some of the words are there. */
    private static final float ACROSS = 0.15f;

    private final List<List<Path>> units;
    private final List<List<Far>> far;
    private final List<List<Neighbours>> pairs;
    private final int wanted;
    private final Told told;
    private volatile Made made;

    /** What whoever collects statistics is told of, beside what the paths tell: all fields that are looked at, and all terms met in them. */
    record Told(Collection<String> fields, Collection<Term> terms) {
        static final Told NOTHING = new Told(List.of(), List.of());
    }

    /** One way in which one word may be found. */
    record Path(Query query, Tier tier, float weight, Counted counted) {}

    /**
     * @param units for each word, its paths that are queries
     * @param far for each word, its paths across scripts that are collected
     * @param pairs for each two neighbours, where they stand side by side
     * @param wanted of how many of the units an item must have one path
     */
    TieredQuery(List<List<Path>> units, List<List<Far>> far, List<List<Neighbours>> pairs, int wanted, Told told) {
        this.units = units.stream().map(List::copyOf).toList();
        this.far = far.stream().map(List::copyOf).toList();
        this.pairs = pairs.stream().map(List::copyOf).toList();
        this.wanted = wanted;
        this.told = told;
    }

    /** Solr asks for it twice: to find, and for the scores of what is shown. */
    private record Made(WeakReference<IndexSearcher> searcher, boolean scores, float boost, TieredWeight weight) {}

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) throws IOException {
        var known = made;
        boolean same = known != null
                && known.searcher().refersTo(searcher)
                && known.scores() == mode.needsScores()
                && known.boost() == boost;
        if (same) return known.weight();
        if (mode.needsScores()) tell(searcher);
        var weights = new ArrayList<List<Weighted>>();
        for (var unit : units) weights.add(weighted(unit, searcher, mode));
        var weight = new TieredWeight(weights, mode.needsScores() ? pairs : List.of(), boost);
        made = new Made(new WeakReference<>(searcher), mode.needsScores(), boost, weight);
        return weight;
    }

    private void tell(IndexSearcher searcher) throws IOException {
        for (var field : told.fields()) searcher.collectionStatistics(field);
        for (var term : told.terms()) {
            var states = TermStates.build(searcher, term, true);
            if (states.docFreq() > 0) searcher.termStatistics(term, states.docFreq(), states.totalTermFreq());
        }
    }

    private record Weighted(Weight weight, Tier tier, float factor) {}

    private static List<Weighted> weighted(List<Path> paths, IndexSearcher searcher, ScoreMode mode)
            throws IOException {
        var inner = mode.needsScores() ? ScoreMode.COMPLETE : ScoreMode.COMPLETE_NO_SCORES;
        var all = new ArrayList<Weighted>();
        for (var path : paths) {
            var counting = mode.needsScores() ? path.counted().in(searcher) : searcher;
            var weight = counting.createWeight(searcher.rewrite(path.query()), inner, 1);
            all.add(new Weighted(weight, path.tier(), path.weight()));
        }
        return all;
    }

    private final class TieredWeight extends Weight {
        private final List<List<Weighted>> weights;
        private final List<List<Neighbours>> close;
        private final float boost;

        TieredWeight(List<List<Weighted>> weights, List<List<Neighbours>> close, float boost) {
            super(TieredQuery.this);
            this.weights = weights;
            this.close = close;
            this.boost = boost;
        }

        @Override
        public Scorer scorer(LeafReaderContext leaf) throws IOException {
            var found = new ArrayList<Unit>();
            for (int at = 0; at < weights.size(); at++) {
                var here = paths(weights.get(at), leaf);
                var across = Far.in(leaf.reader(), far.get(at));
                if (here.length > 0 || across != null) found.add(new Unit(at, here, across));
                // not one item of this segment can have enough
                else if (found.size() + weights.size() - at - 1 < wanted) return null;
            }
            var pairsHere = new ArrayList<Neighbours.Here[]>();
            for (var pair : close) pairsHere.add(side(pair, leaf));
            return new TieredScorer(this, found, pairsHere, weights.size(), wanted, boost);
        }

        private static Neighbours.Here[] side(List<Neighbours> pair, LeafReaderContext leaf) throws IOException {
            var here = new ArrayList<Neighbours.Here>();
            for (var neighbours : pair) {
                var found = neighbours.in(leaf.reader());
                if (found != null) here.add(found);
            }
            return here.toArray(Neighbours.Here[]::new);
        }

        private static LeafPath[] paths(List<Weighted> unit, LeafReaderContext leaf) throws IOException {
            var here = new ArrayList<LeafPath>();
            for (var path : unit) {
                var scorer = path.weight().scorer(leaf);
                if (scorer != null) here.add(new LeafPath(scorer, scorer.iterator(), path.tier(), path.factor()));
            }
            return here.toArray(LeafPath[]::new);
        }

        @Override
        public boolean isCacheable(LeafReaderContext leaf) {
            return true;
        }

        @Override
        public Explanation explain(LeafReaderContext leaf, int doc) throws IOException {
            var scorer = scorer(leaf);
            if (scorer == null || scorer.iterator().advance(doc) != doc)
                return Explanation.noMatch("too few of the words are there");
            float score = scorer.score();
            var parts = new ArrayList<Explanation>();
            var tiered = (TieredScorer) scorer;
            // a word that no item of the segment has is asked for all the same
            var units = new Unit[weights.size()];
            for (var unit : tiered.units) units[unit.word] = unit;
            for (int at = 0; at < units.length; at++) {
                var best = units[at] == null ? null : units[at].best(doc);
                parts.add(Explanation.match(
                        best == null ? 0 : best.ordinal(),
                        "word " + (at + 1) + ": " + (best == null ? "not here" : best)));
            }
            return Explanation.match(
                    score, "tier " + Tier.ofScore(score / boost) + ", then weights and neighbours", parts);
        }
    }

    private record LeafPath(Scorer scorer, DocIdSetIterator docs, Tier tier, float factor) {}

    /** The paths of one word, side by side. */
    private static final class Unit extends DocIdSetIterator {
        private final int word;
        private final LeafPath[] paths;
        private final Far.Found across;
        private final long cost;
        private int doc = -1;

        /** @param word its number among those that were asked for, from 0 */
        Unit(int word, LeafPath[] paths, Far.Found across) {
            this.word = word;
            this.paths = paths;
            this.across = across;
            long sum = across == null ? 0 : across.size();
            for (var path : paths) sum += path.docs().cost();
            cost = sum;
        }

        Tier best(int at) {
            if (doc != at) return null;
            Tier best = across != null && across.advance(at) == at ? across.tier() : null;
            for (var path : paths)
                if (path.docs().docID() == at && (best == null || path.tier().compareTo(best) > 0)) best = path.tier();
            return best;
        }

        /** @param share what other scripts count */
        float score(float share) throws IOException {
            float sum = across != null && across.advance(doc) == doc ? share * across.score() : 0;
            for (var path : paths) {
                if (path.docs().docID() != doc) continue;
                float factor = path.tier().own() ? path.factor() : share * path.factor();
                sum += factor * path.scorer().score();
            }
            return sum;
        }

        @Override
        public int docID() {
            return doc;
        }

        @Override
        public int nextDoc() throws IOException {
            return advance(doc + 1);
        }

        @Override
        public int advance(int target) throws IOException {
            int first = across == null ? NO_MORE_DOCS : across.advance(target);
            for (var path : paths) {
                int at = path.docs().docID();
                if (at < target) at = path.docs().advance(target);
                if (at < first) first = at;
            }
            return doc = first;
        }

        @Override
        public long cost() {
            return cost;
        }
    }

    /** Items that have enough of the words. */
    private static final class Enough extends DocIdSetIterator {
        private final Unit[] units;
        private final int wanted;
        private int doc = -1;

        Enough(Unit[] units, int wanted) {
            this.units = units;
            this.wanted = wanted;
        }

        @Override
        public int docID() {
            return doc;
        }

        @Override
        public int nextDoc() throws IOException {
            return advance(doc + 1);
        }

        @Override
        public int advance(int target) throws IOException {
            for (int from = target; ; from = doc + 1) {
                int first = NO_MORE_DOCS;
                int there = 0;
                for (var unit : units) {
                    int at = unit.docID();
                    if (at < from) at = unit.advance(from);
                    if (at < first) {
                        first = at;
                        there = 1;
                    } else if (at == first) there++;
                }
                doc = first;
                if (first == NO_MORE_DOCS || there >= wanted) return first;
            }
        }

        @Override
        public long cost() {
            long sum = 0;
            for (var unit : units) sum += unit.cost();
            return sum;
        }
    }

    private static final class TieredScorer extends Scorer {
        private final Unit[] units;
        private final Neighbours.Here[][] close;
        private final DocIdSetIterator docs;
        private final int asked;
        private final int wanted;
        private final float boost;

        TieredScorer(
                Weight weight, List<Unit> units, List<Neighbours.Here[]> close, int asked, int wanted, float boost) {
            super(weight);
            this.units = units.toArray(Unit[]::new);
            this.close = close.toArray(Neighbours.Here[][]::new);
            this.asked = asked;
            this.wanted = wanted;
            this.boost = boost;
            if (units.size() == 1) docs = units.get(0);
            else if (wanted >= units.size()) docs = ConjunctionUtils.intersectIterators(List.copyOf(units));
            else docs = new Enough(this.units, wanted);
        }

        @Override
        public int docID() {
            return docs.docID();
        }

        @Override
        public DocIdSetIterator iterator() {
            return docs;
        }

        @Override
        public float getMaxScore(int upTo) {
            return boost * Tier.values().length;
        }

        @Override
        public float score() throws IOException {
            int doc = docs.docID();
            var tier = tier(doc);
            boolean some = tier == Tier.PARTIAL;
            float sum = 0;
            for (var unit : units) if (unit.docID() == doc) sum += unit.score(some ? ACROSS : 1);
            int together = 0;
            for (var pair : close)
                for (var here : pair)
                    if (here.at(doc)) {
                        together++;
                        break;
                    }
            float near = close.length == 0 ? 0 : CLOSE * together / close.length;
            float mean = sum / asked;
            return boost * (tier.ordinal() + Math.min(0.9999f, near + (1 - CLOSE) * mean / (mean + HALF)));
        }

        private Tier tier(int doc) {
            boolean all = units.length == asked;
            boolean own = false;
            var worst = Tier.EXACT;
            for (var unit : units) {
                var best = unit.best(doc);
                if (best == null) {
                    all = false;
                    continue;
                }
                own |= best.own();
                if (best.compareTo(worst) < 0) worst = best;
            }
            if (all && (wanted == asked || worst != Tier.RELATED)) return worst;
            return own ? Tier.PARTIAL : Tier.RELATED;
        }
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public String toString(String field) {
        return "tiered(" + wanted + " of " + units + ")";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TieredQuery that
                && wanted == that.wanted
                && units.equals(that.units)
                && far.equals(that.far)
                && pairs.equals(that.pairs);
    }

    @Override
    public int hashCode() {
        return Objects.hash(units, far, pairs, wanted);
    }
}
