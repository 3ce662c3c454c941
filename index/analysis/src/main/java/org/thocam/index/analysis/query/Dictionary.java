package org.thocam.index.analysis.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.CompiledAutomaton;
import org.apache.lucene.util.automaton.LevenshteinAutomata;
import org.apache.lucene.util.automaton.Operations;
import org.thocam.index.analysis.EditDistance;
import org.thocam.index.analysis.Term;
import org.thocam.index.analysis.query.NativeTerms.Native;

/** The terms that an index has, in all fields that a question looks at. */
final class Dictionary {
    private static final int MOST_SPELLINGS = 256;
    private static final int MOST_NEAR = 60;
    private static final int ENOUGH_NEAR = 8;
    private static final int LONGEST_NEAR = 24;

    private final List<LeafReader> segments = new ArrayList<>();
    private final List<String> fields;
    private final Map<String, Set<String>> spellings = new HashMap<>();
    private final Map<String, Map<String, Float>> near = new HashMap<>();
    /** Terms met so far, with the fields that have them; of a folded key that was read to its end, all of them. */
    private final Map<String, Set<String>> fieldsOf = new HashMap<>();

    private final Set<String> readToTheEnd = new HashSet<>();
    private final boolean asking;
    private final Map<String, NavigableSet<BytesRef>> elsewhere = new HashMap<>();
    private List<NativeTerms> natives;

    Dictionary(IndexReader reader, List<String> fields, Elsewhere others) {
        for (LeafReaderContext leaf : reader.leaves()) segments.add(leaf.reader());
        this.fields = fields;
        this.asking = others.asking();
        for (var field : fields) {
            elsewhere.put(field, others.terms(field));
            for (var term : elsewhere.get(field)) meet(field, term.utf8ToString());
        }
    }

    private void meet(String field, String term) {
        fieldsOf.computeIfAbsent(term, key -> new HashSet<>()).add(field);
    }

    /** Terms met so far, with the fields that have them. */
    Map<String, Set<String>> met() {
        return fieldsOf;
    }

    /** All terms of one folded key. */
    Set<String> spellings(String folded) throws IOException {
        var known = spellings.get(folded);
        if (known != null) return known;
        var found = new LinkedHashSet<String>();
        var prefix = new BytesRef(folded + Term.BETWEEN);
        boolean all = true;
        for (var field : fields) {
            var here = beginning(field, prefix);
            all &= here.size() < MOST_SPELLINGS;
            for (var term : here) {
                var text = term.utf8ToString();
                meet(field, text);
                if (found.size() < MOST_SPELLINGS) found.add(text);
            }
        }
        if (all) readToTheEnd.add(folded);
        spellings.put(folded, found);
        return found;
    }

    /** The first terms of a field that begin so: the same ones however many segments and parts the index has. */
    private NavigableSet<BytesRef> beginning(String field, BytesRef prefix) throws IOException {
        var found = new TreeSet<BytesRef>();
        for (var segment : segments) {
            var terms = segment.terms(field);
            if (terms == null) continue;
            var each = terms.iterator();
            if (each.seekCeil(prefix) == TermsEnum.SeekStatus.END) continue;
            int some = 0;
            for (var term = each.term();
                    term != null && startsWith(term, prefix) && some < MOST_SPELLINGS;
                    term = each.next(), some++) found.add(BytesRef.deepCopyOf(term));
        }
        for (var term : elsewhere.get(field).tailSet(prefix)) {
            if (!startsWith(term, prefix)) break;
            found.add(term);
        }
        while (found.size() > MOST_SPELLINGS) found.pollLast();
        return found;
    }

    /** Whether the index has this very term. */
    boolean has(String term) throws IOException {
        for (var field : fields) if (has(field, term)) return true;
        return false;
    }

    /** Whether a field has this term: a query for one that it has not costs as much as for one that it has. */
    boolean has(String field, String term) throws IOException {
        var known = fieldsOf.getOrDefault(term, Set.of());
        if (known.contains(field)) return true;
        if (readToTheEnd.contains(Term.folded(term))) return false;
        var bytes = new BytesRef(term);
        for (var segment : segments) {
            var terms = segment.terms(field);
            if (terms == null || !terms.iterator().seekExact(bytes)) continue;
            meet(field, term);
            return true;
        }
        return false;
    }

    private static boolean startsWith(BytesRef term, BytesRef prefix) {
        if (term.length < prefix.length) return false;
        for (int i = 0; i < prefix.length; i++)
            if (term.bytes[term.offset + i] != prefix.bytes[prefix.offset + i]) return false;
        return true;
    }

    /** Terms whose folded key is nearly this one, with how near they are: above 0, below 1. */
    Map<String, Float> near(String folded) throws IOException {
        var known = near.get(folded);
        if (known != null) return known;
        int length = folded.codePointCount(0, folded.length());
        var found = new LinkedHashMap<String, Float>();
        if (length >= 2 && length <= LONGEST_NEAR) within(folded, 1, found);
        if (length >= 6 && length <= LONGEST_NEAR && found.size() < ENOUGH_NEAR) within(folded, 2, found);
        near.put(folded, found);
        return found;
    }

    /** Words of five letters and more have their first one right. */
    private void within(String folded, int edits, Map<String, Float> found) throws IOException {
        int length = folded.codePointCount(0, folded.length());
        var start = folded.substring(0, folded.offsetByCodePoints(0, length > 4 ? 1 : 0));
        var automaton = Operations.concatenate(
                new LevenshteinAutomata(folded, true).toAutomaton(edits, start),
                Operations.concatenate(Automata.makeChar(Term.BETWEEN), Automata.makeAnyString()));
        var compiled = new CompiledAutomaton(deterministic(automaton));
        // the first of all fields together: whatever part of an index has one of them meets it among its own first
        var all = new TreeSet<BytesRef>();
        for (var field : fields) {
            var here = accepted(field, compiled);
            all.addAll(here);
            if (asking) for (var term : here) meet(field, term.utf8ToString());
        }
        for (var term : all) {
            if (found.size() >= MOST_NEAR) break;
            found.computeIfAbsent(term.utf8ToString(), text -> likeness(folded, Term.folded(text)));
        }
    }

    /** The first terms of a field that an automaton accepts: the same ones however many segments and parts the index has. */
    private NavigableSet<BytesRef> accepted(String field, CompiledAutomaton automaton) throws IOException {
        var found = new TreeSet<BytesRef>();
        for (var segment : segments) {
            var terms = segment.terms(field);
            if (terms == null) continue;
            var each = terms.intersect(automaton, null);
            int some = 0;
            for (var term = each.next(); term != null && some < MOST_NEAR; term = each.next(), some++)
                found.add(BytesRef.deepCopyOf(term));
        }
        for (var term : elsewhere.get(field))
            if (automaton.runAutomaton.run(term.bytes, term.offset, term.length)) found.add(term);
        while (found.size() > MOST_NEAR) found.pollLast();
        return found;
    }

    private static Automaton deterministic(Automaton automaton) {
        return Operations.determinize(automaton, Operations.DEFAULT_DETERMINIZE_WORK_LIMIT);
    }

    /** 1 for the same, less for each edit, never 0. */
    static float likeness(String a, String b) {
        var first = a.codePoints().toArray();
        var second = b.codePoints().toArray();
        int longest = Math.max(1, Math.max(first.length, second.length));
        return Math.max(0.05f, 1 - (float) EditDistance.between(first, second) / longest);
    }

    private List<NativeTerms> natives() throws IOException {
        if (natives != null) return natives;
        var all = new ArrayList<NativeTerms>();
        for (var segment : segments)
            for (var field : fields) {
                var here = NativeTerms.of(segment, field);
                if (!here.isEmpty()) all.add(here);
            }
        for (var others : elsewhere.values()) {
            var here = NativeTerms.of(others);
            if (!here.isEmpty()) all.add(here);
        }
        return natives = all;
    }

    boolean hasNatives() throws IOException {
        return !natives().isEmpty();
    }

    boolean hasHan(int character) throws IOException {
        for (var here : natives()) if (here.has(character)) return true;
        return false;
    }

    /** Syllables that a table spells with just these letters. */
    List<Native> spelled(String letters) throws IOException {
        return all(here -> here.spelled(letters));
    }

    List<Native> sounding(String sound) throws IOException {
        return all(here -> here.sounding(sound));
    }

    List<Native> related(String cognate) throws IOException {
        return all(here -> here.related(cognate));
    }

    private List<Native> all(Function<NativeTerms, List<Native>> which) throws IOException {
        Set<Native> all = null;
        List<Native> first = List.of();
        for (var here : natives()) {
            var some = which.apply(here);
            if (some.isEmpty() || some.equals(first)) continue;
            if (first.isEmpty()) first = some;
            else {
                if (all == null) all = new LinkedHashSet<>(first);
                all.addAll(some);
            }
        }
        var found = all == null ? first : List.copyOf(all);
        if (asking) for (var syllable : found) for (var field : fields) has(field, syllable.term());
        return found;
    }
}
