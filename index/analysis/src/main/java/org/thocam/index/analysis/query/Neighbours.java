package org.thocam.index.analysis.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.BytesRef;

/**
 * Two words side by side in a field, each in any of its spellings. Looked at only in items that were found already, so that it needs no
 * search of its own.
 */
record Neighbours(String field, List<String> first, List<String> second) {
    Neighbours {
        first = List.copyOf(first);
        second = List.copyOf(second);
    }

    /** In one segment; null where it lacks one of the two. */
    Here in(LeafReader segment) throws IOException {
        var before = places(segment, first);
        if (before.length == 0) return null;
        var behind = places(segment, second);
        return behind.length == 0 ? null : new Here(before, behind);
    }

    private PostingsEnum[] places(LeafReader segment, List<String> spellings) throws IOException {
        var terms = segment.terms(field);
        if (terms == null) return new PostingsEnum[0];
        var found = new ArrayList<PostingsEnum>();
        var each = terms.iterator();
        for (var spelling : spellings)
            if (each.seekExact(new BytesRef(spelling))) found.add(each.postings(null, PostingsEnum.POSITIONS));
        return found.toArray(PostingsEnum[]::new);
    }

    /** Goes through a segment from its first document to its last. */
    static final class Here {
        private final PostingsEnum[] before;
        private final PostingsEnum[] behind;
        private int[] positions = new int[16];
        private int size;
        private int last = -1;
        private boolean there;

        private Here(PostingsEnum[] before, PostingsEnum[] behind) {
            this.before = before;
            this.behind = behind;
        }

        /** A scorer may be asked for one score more than once. */
        boolean at(int doc) throws IOException {
            if (doc == last) return there;
            last = doc;
            return there = look(doc);
        }

        private boolean look(int doc) throws IOException {
            if (!any(behind, doc) || !any(before, doc)) return false;
            size = 0;
            for (var word : before)
                if (word.docID() == doc)
                    for (int left = word.freq(); left > 0; left--) {
                        positions = ArrayUtil.grow(positions, size + 1);
                        positions[size++] = word.nextPosition();
                    }
            Arrays.sort(positions, 0, size);
            for (var word : behind)
                if (word.docID() == doc)
                    for (int left = word.freq(); left > 0; left--)
                        if (Arrays.binarySearch(positions, 0, size, word.nextPosition() - 1) >= 0) return true;
            return false;
        }

        private static boolean any(PostingsEnum[] words, int doc) throws IOException {
            boolean any = false;
            for (var word : words) {
                int at = word.docID();
                if (at < doc) at = word.advance(doc);
                any |= at == doc;
            }
            return any;
        }
    }
}
