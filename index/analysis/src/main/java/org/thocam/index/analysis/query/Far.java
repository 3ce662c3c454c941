package org.thocam.index.analysis.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.SmallFloat;

/**
 * A word in another script: syllables that stand side by side, each in any of its spellings. Few items have it, so that a segment's are
 * collected at once; they would cost more as queries of their own, one for each script and field.
 *
 * @param slots for each place, the terms that may stand there with how near they are, above 0 to 1
 */
record Far(String field, List<Map<String, Float>> slots, Tier tier, float weight) {
    /** A word of this score in a text of usual length counts as a BM25 score of middling height. */
    private static final float SCORE = 5;

    private static final float USUAL_LENGTH = 100;

    /** The items of one segment that have a word by some path across scripts, each by its best. */
    static final class Found {
        private long[] packed = new long[64];
        private int size;
        private final NumericDocValues[] lengths;
        private int at;

        private Found(int fields) {
            lengths = new NumericDocValues[fields];
        }

        private void add(int doc, Tier tier, float weight, int field) {
            packed = ArrayUtil.grow(packed, size + 1);
            int quantum = Math.min((1 << 16) - 1, Math.round(weight * 4096));
            packed[size++] = (long) doc << 32 | (long) tier.ordinal() << 28 | (long) quantum << 8 | field;
        }

        private void sort() {
            Arrays.sort(packed, 0, size);
            int kept = 0;
            for (int i = 0; i < size; i++) if (i + 1 == size || doc(i) != doc(i + 1)) packed[kept++] = packed[i];
            size = kept;
        }

        private int doc(int i) {
            return (int) (packed[i] >>> 32);
        }

        /** The first at or behind {@code target}; the largest integer behind the last. */
        int advance(int target) {
            while (at < size && doc(at) < target) at++;
            return at < size ? doc(at) : Integer.MAX_VALUE;
        }

        Tier tier() {
            return Tier.values()[(int) (packed[at] >>> 28) & 0xF];
        }

        float score() throws IOException {
            float weight = ((packed[at] >>> 8) & 0xFFFF) / 4096f;
            var norms = lengths[(int) packed[at] & 0xFF];
            boolean known = norms != null && norms.advanceExact(doc(at));
            float length = known ? SmallFloat.byte4ToInt((byte) norms.longValue()) : USUAL_LENGTH;
            return weight * SCORE * 2.2f / (1 + 1.2f * (0.25f + 0.75f * length / USUAL_LENGTH));
        }

        int size() {
            return size;
        }
    }

    /** Null where the segment has nothing. */
    static Found in(LeafReader segment, List<Far> all) throws IOException {
        if (all.isEmpty()) return null;
        var fields = all.stream().map(Far::field).distinct().toList();
        var found = new Found(fields.size());
        for (var far : all) far.collect(segment, fields.indexOf(far.field()), found);
        if (found.size == 0) return null;
        found.sort();
        for (int i = 0; i < fields.size(); i++) found.lengths[i] = segment.getNormValues(fields.get(i));
        return found;
    }

    private void collect(LeafReader segment, int field, Found found) throws IOException {
        var terms = segment.terms(this.field);
        if (terms == null) return;
        var each = terms.iterator();
        if (slots.size() > 1) {
            phrase(each, field, found);
            return;
        }
        for (var entry : slots.get(0).entrySet()) {
            if (!each.seekExact(new BytesRef(entry.getKey()))) continue;
            var postings = each.postings(null, PostingsEnum.NONE);
            for (int doc = postings.nextDoc(); doc != PostingsEnum.NO_MORE_DOCS; doc = postings.nextDoc())
                found.add(doc, tier, weight * entry.getValue(), field);
        }
    }

    private void phrase(TermsEnum each, int field, Found found) throws IOException {
        var words = new ArrayList<PostingsEnum[]>();
        for (var slot : slots) {
            var here = new ArrayList<PostingsEnum>();
            for (var term : slot.keySet())
                if (each.seekExact(new BytesRef(term))) here.add(each.postings(null, PostingsEnum.POSITIONS));
            if (here.isEmpty()) return;
            words.add(here.toArray(PostingsEnum[]::new));
        }
        int doc = 0;
        while (true) {
            boolean all = true;
            for (var word : words) {
                int first = first(word, doc);
                if (first == PostingsEnum.NO_MORE_DOCS) return;
                if (first > doc) {
                    doc = first;
                    all = false;
                    break;
                }
            }
            if (!all) continue;
            if (together(words, doc)) found.add(doc, tier, weight, field);
            doc++;
        }
    }

    private static int first(PostingsEnum[] word, int target) throws IOException {
        int first = PostingsEnum.NO_MORE_DOCS;
        for (var term : word) {
            int at = term.docID();
            if (at < target) at = term.advance(target);
            first = Math.min(first, at);
        }
        return first;
    }

    private static boolean together(List<PostingsEnum[]> words, int doc) throws IOException {
        int[] before = null;
        for (var word : words) {
            var here = new int[8];
            int size = 0;
            for (var term : word)
                if (term.docID() == doc)
                    for (int left = term.freq(); left > 0; left--) {
                        int position = term.nextPosition();
                        if (before != null && Arrays.binarySearch(before, position - 1) < 0) continue;
                        here = ArrayUtil.grow(here, size + 1);
                        here[size++] = position;
                    }
            if (size == 0) return false;
            before = Arrays.copyOf(here, size);
            Arrays.sort(before);
        }
        return true;
    }
}
