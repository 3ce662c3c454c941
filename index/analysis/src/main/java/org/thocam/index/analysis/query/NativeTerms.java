package org.thocam.index.analysis.query;

import com.ibm.icu.lang.UScript;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.thocam.index.analysis.Sound;
import org.thocam.index.analysis.Term;
import org.thocam.index.analysis.WritingSystem;

/**
 * The syllables of one field of one segment that are not in Latin letters, by how they sound: made once for a segment, which never
 * changes, from its dictionary of terms. So the index holds nothing more for search across scripts.
 */
final class NativeTerms {
    /** Thai is the first script that has a table. */
    private static final String FIRST = "\u0E00";

    private static final int MOST = 200_000;
    private static final int MOST_SPELLINGS = 12;
    private static final NativeTerms NONE = new NativeTerms();
    private static final Map<Key, NativeTerms> MADE = new ConcurrentHashMap<>();

    private final Map<String, List<Native>> bySpelling = new HashMap<>();
    private final Map<String, List<Native>> bySound = new HashMap<>();
    private final Map<String, List<Native>> byCognate = new HashMap<>();
    private final Set<Integer> han = new HashSet<>();

    private record Key(Object core, String field) {}

    /**
     * @param spellings in Latin letters a to z, the best first
     * @param script of its letters, as {@link UScript} numbers them
     */
    record Native(String term, List<String> spellings, int script) {
        /** The term tells the rest. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Native that && term.equals(that.term);
        }

        @Override
        public int hashCode() {
            return term.hashCode();
        }
    }

    private NativeTerms() {}

    static NativeTerms of(LeafReader reader, String field) throws IOException {
        var terms = reader.terms(field);
        if (terms == null) return NONE;
        IndexReader.CacheHelper core = reader.getCoreCacheHelper();
        if (core == null) return read(terms.iterator());
        var key = new Key(core.getKey(), field);
        var made = MADE.get(key);
        if (made != null) return made;
        made = read(terms.iterator());
        if (MADE.putIfAbsent(key, made) == null) core.addClosedListener(closed -> MADE.remove(key));
        return made;
    }

    /** Of some terms in their order, whatever part of an index they are from. */
    static NativeTerms of(NavigableSet<BytesRef> terms) {
        var natives = terms.tailSet(new BytesRef(FIRST));
        if (natives.isEmpty()) return NONE;
        var made = new NativeTerms();
        natives.forEach(made::add);
        return made;
    }

    private static NativeTerms read(TermsEnum terms) throws IOException {
        var made = new NativeTerms();
        if (terms.seekCeil(new BytesRef(FIRST)) == TermsEnum.SeekStatus.END) return NONE;
        int count = 0;
        for (var term = terms.term(); term != null && count < MOST; term = terms.next(), count++) made.add(term);
        return made;
    }

    private void add(BytesRef bytes) {
        var term = bytes.utf8ToString();
        int c = term.codePointAt(0);
        int script = UScript.getScript(c);
        if (script == UScript.HAN) {
            han.add(c);
            return;
        }
        var system = WritingSystem.ofScript(script).orElse(null);
        if (system == null) return;
        var exact = Term.exact(term);
        var latin = system.syllableInLatin(exact);
        if (latin.isEmpty()) return;
        var spellings = new LinkedHashSet<String>();
        for (var spelling : latin) {
            var letters = Sound.letters(spelling);
            if (!letters.isEmpty() && spellings.size() < MOST_SPELLINGS) spellings.add(letters);
        }
        var here = new Native(term, List.copyOf(spellings), script);
        for (var spelling : spellings)
            bySpelling.computeIfAbsent(spelling, key -> new ArrayList<>(2)).add(here);
        var sounds = new HashSet<String>();
        for (var spelling : spellings) sounds.add(Sound.of(spelling));
        for (var sound : sounds)
            bySound.computeIfAbsent(sound, key -> new ArrayList<>(2)).add(here);
        system.cognate(exact)
                .ifPresent(key ->
                        byCognate.computeIfAbsent(key, k -> new ArrayList<>(2)).add(here));
    }

    List<Native> spelled(String letters) {
        return bySpelling.getOrDefault(letters, List.of());
    }

    List<Native> sounding(String sound) {
        return bySound.getOrDefault(sound, List.of());
    }

    List<Native> related(String cognate) {
        return byCognate.getOrDefault(cognate, List.of());
    }

    boolean has(int character) {
        return han.contains(character);
    }

    boolean isEmpty() {
        return bySound.isEmpty() && han.isEmpty();
    }
}
