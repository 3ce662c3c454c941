package org.thocam.index.analysis.query;

import com.ibm.icu.lang.UScript;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.MultiPhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SynonymQuery;
import org.apache.lucene.search.TermQuery;
import org.thocam.index.analysis.WritingSystem.Keys;
import org.thocam.index.analysis.query.Scribe.Run;
import org.thocam.index.analysis.query.Scribe.Slot;
import org.thocam.index.analysis.query.TieredQuery.Path;
import org.thocam.index.analysis.query.TieredQuery.Told;

/** What a searcher typed, as a query over fields that {@link org.thocam.index.analysis.TextAnalyzer} made the terms of. */
public final class TextQuery {
    /** More than this many words are not looked at one by one. */
    public static final int MOST_WORDS = 160;

    /** In longer questions typing errors are not looked past: enough else is there to be found by. */
    private static final int MOST_FORGIVEN = 16;

    private static final int MOST_PAIRS = 40;
    private static final int MOST_TERMS_IN_PHRASE = 48;
    private static final int MOST_SHOWN = 700;

    /** How much of what was asked an item must have. */
    public enum Breadth {
        /** Every word, in one tier or another. */
        ALL,
        /** Three in five of the words, in the script that was typed; typing errors are looked past. */
        MOST,
        /** Any word, in any script; related spellings count too. */
        ANY
    }

    private final Map<String, Float> fields;
    private final Breadth breadth;
    private final Dictionary dictionary;
    private final Elsewhere elsewhere;
    private final Expansion expansion;
    private final List<List<Alternative>> units = new ArrayList<>();
    private final List<List<Map<String, Float>>> pairs = new ArrayList<>();

    /**
     * One way in which a run of words may stand in a text.
     *
     * @param slots for each place, the terms that may stand there with how near they are, above 0 to 1
     */
    record Alternative(Tier tier, float weight, List<Map<String, Float>> slots) {}

    private TextQuery(
            Map<String, Float> fields, Breadth breadth, IndexReader reader, Elsewhere elsewhere, boolean strict) {
        this.fields = fields;
        this.breadth = breadth;
        this.dictionary = new Dictionary(reader, List.copyOf(fields.keySet()), elsewhere);
        this.elsewhere = elsewhere;
        this.expansion = new Expansion(dictionary, breadth, strict || breadth == Breadth.MOST);
    }

    /**
     * @param strict whether only the script that was typed counts
     * @param fields names with weights
     * @param reader whose terms are looked at: another index gives another query
     */
    public static TextQuery of(String q, Breadth breadth, boolean strict, Map<String, Float> fields, IndexReader reader)
            throws IOException {
        return of(q, breadth, strict, fields, reader, Elsewhere.NOWHERE);
    }

    /**
     * The same for one part of an index.
     *
     * @param elsewhere what the other parts have
     */
    public static TextQuery of(
            String q,
            Breadth breadth,
            boolean strict,
            Map<String, Float> fields,
            IndexReader reader,
            Elsewhere elsewhere)
            throws IOException {
        var query = new TextQuery(fields, breadth, reader, elsewhere, strict);
        var runs = Scribe.read(q);
        query.expansion.forgiving(breadth != Breadth.ALL
                && runs.stream().mapToInt(run -> run.slots().size()).sum() <= MOST_FORGIVEN);
        query.read(runs);
        return query;
    }

    private void read(List<Run> runs) throws IOException {
        Map<String, Float> before = null;
        int words = 0;
        var seen = new HashSet<List<Slot>>();
        for (var run : runs) {
            var parts = breadth == Breadth.ALL || run.quoted()
                    ? List.of(run.slots())
                    : run.slots().stream().map(List::of).toList();
            for (var part : parts) {
                if (words >= MOST_WORDS) return;
                var slots = part.subList(0, Math.min(part.size(), MOST_WORDS - words));
                words += slots.size();
                // what was typed twice is wanted once
                if (!seen.add(slots)) continue;
                units.add(expansion.alternatives(slots));
                var first = expansion.neighbours(slots.get(0));
                if (before != null && pairs.size() < MOST_PAIRS) pairs.add(List.of(before, first));
                before = slots.size() == 1 ? first : expansion.neighbours(slots.get(slots.size() - 1));
            }
        }
    }

    /** How many words, or runs of syllables, were asked for. */
    public int size() {
        return units.size();
    }

    /** Scores say by their whole part by which {@link Tier} an item was found. */
    public Query query() throws IOException {
        if (units.isEmpty()) return new MatchNoDocsQuery();
        var paths = new ArrayList<List<Path>>();
        var far = new ArrayList<List<Far>>();
        for (var alternatives : units) {
            var here = new ArrayList<Path>();
            var across = new ArrayList<Far>();
            for (var alternative : alternatives)
                for (var field : fields.entrySet()) {
                    float weight = alternative.weight() * field.getValue();
                    // where every word is wanted, the path alone ranks what other scripts have
                    if (breadth == Breadth.ALL && !alternative.tier().own()) {
                        across.add(new Far(field.getKey(), alternative.slots(), alternative.tier(), weight));
                        continue;
                    }
                    var query = query(field.getKey(), alternative.slots());
                    if (query == null) continue;
                    var counted = elsewhere.known() ? Counted.of(query, elsewhere) : Counted.HERE;
                    here.add(new Path(query, alternative.tier(), weight, counted));
                }
            paths.add(here);
            far.add(across);
        }
        var close = new ArrayList<List<Neighbours>>();
        for (var pair : pairs) {
            var here = new ArrayList<Neighbours>();
            for (var field : fields.keySet()) {
                var first = inPhrase(field, pair.get(0));
                var second = inPhrase(field, pair.get(1));
                if (!first.isEmpty() && !second.isEmpty()) here.add(new Neighbours(field, first, second));
            }
            close.add(here);
        }
        int wanted =
                switch (breadth) {
                    case ALL -> units.size();
                    case MOST -> (3 * units.size() + 4) / 5;
                    case ANY -> 1;
                };
        return new TieredQuery(paths, far, close, wanted, elsewhere.asking() ? met() : Told.NOTHING);
    }

    private Told met() {
        var terms = new ArrayList<Term>();
        dictionary.met().forEach((term, there) -> there.forEach(field -> terms.add(new Term(field, term))));
        return new Told(fields.keySet(), terms);
    }

    /** What to mark in the texts found. */
    public Query shown(Set<String> shownFields) throws IOException {
        var all = new BooleanQuery.Builder();
        int terms = 0;
        for (var tier : List.of(Tier.EXACT, Tier.FOLDED, Tier.TRANSLITERATED, Tier.TYPO, Tier.RELATED))
            for (var alternatives : units)
                for (var alternative : alternatives) {
                    if (alternative.tier() != tier) continue;
                    for (var field : shownFields) {
                        terms +=
                                alternative.slots().stream().mapToInt(Map::size).sum();
                        if (terms > MOST_SHOWN) return all.build();
                        var query = query(field, alternative.slots());
                        if (query != null) all.add(query, Occur.SHOULD);
                    }
                }
        return all.build();
    }

    /** Null where the field lacks what it takes. */
    private Query query(String field, List<Map<String, Float>> slots) throws IOException {
        if (slots.size() == 1) {
            var wanted = slots.get(0);
            var any = new SynonymQuery.Builder(field);
            int there = 0;
            for (var entry : wanted.entrySet()) {
                if (!dictionary.has(field, entry.getKey())) continue;
                any.addTerm(new Term(field, entry.getKey()), entry.getValue());
                there++;
            }
            if (there == 0) return null;
            return wanted.size() > 1
                    ? any.build()
                    : new TermQuery(new Term(field, wanted.keySet().iterator().next()));
        }
        var phrase = new MultiPhraseQuery.Builder();
        for (var slot : slots) {
            var there = inPhrase(field, slot);
            if (there.isEmpty()) return null;
            phrase.add(there.stream().map(term -> new Term(field, term)).toArray(Term[]::new));
        }
        return phrase.build();
    }

    /** The nearest terms of a slot that the field has. */
    private List<String> inPhrase(String field, Map<String, Float> slot) throws IOException {
        var there = new ArrayList<String>();
        int looked = 0;
        for (var term : slot.keySet()) {
            if (looked++ == MOST_TERMS_IN_PHRASE) break;
            if (dictionary.has(field, term)) there.add(term);
        }
        return there;
    }

    /** The exact and folded keys that were looked up, word for word, for whoever wants to know why. */
    public static Map<String, String> keys(String q) {
        var keys = new LinkedHashMap<String, String>();
        for (var run : Scribe.read(q))
            for (var slot : run.slots()) {
                var first = slot.readings().iterator().next();
                for (Keys key : first) keys.put(key.exact(), key.folded());
            }
        return keys;
    }

    static boolean latin(Slot slot) {
        return slot.script() == UScript.LATIN;
    }
}
