package org.thocam.index.node;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.util.ArrayUtil;
import org.apache.lucene.util.BytesRef;

/** All terms of one field of one segment, in one piece of memory: a pattern that begins with any letter has to look at every one of them. */
final class KeyTerms {
    /** Larger ones stay on the disk. */
    private static final int MOST_BYTES = 64 << 20;

    private static final KeyTerms TOO_LARGE = new KeyTerms();
    private static final Map<Key, KeyTerms> MADE = new ConcurrentHashMap<>();

    private byte[] bytes = new byte[1 << 10];
    private int[] ends = new int[1 << 6];
    private int size;

    private record Key(Object core, String field) {}

    private KeyTerms() {}

    /** Null where there are too many. */
    static KeyTerms of(LeafReader reader, String field) throws IOException {
        IndexReader.CacheHelper core = reader.getCoreCacheHelper();
        if (core == null) return null;
        var key = new Key(core.getKey(), field);
        var made = MADE.get(key);
        if (made == null) {
            made = read(reader, field);
            if (MADE.putIfAbsent(key, made) == null) core.addClosedListener(closed -> MADE.remove(key));
        }
        return made == TOO_LARGE ? null : made;
    }

    private static KeyTerms read(LeafReader reader, String field) throws IOException {
        var made = new KeyTerms();
        var terms = reader.terms(field);
        if (terms == null) return made;
        var all = terms.iterator();
        for (var term = all.next(); term != null; term = all.next()) {
            int start = made.start(made.size);
            if (start + term.length > MOST_BYTES) return TOO_LARGE;
            made.bytes = ArrayUtil.grow(made.bytes, start + term.length);
            made.ends = ArrayUtil.grow(made.ends, made.size + 1);
            System.arraycopy(term.bytes, term.offset, made.bytes, start, term.length);
            made.ends[made.size++] = start + term.length;
        }
        made.bytes = Arrays.copyOf(made.bytes, made.start(made.size));
        made.ends = Arrays.copyOf(made.ends, made.size);
        return made;
    }

    private int start(int n) {
        return n == 0 ? 0 : ends[n - 1];
    }

    byte[] bytes() {
        return bytes;
    }

    int offset(int n) {
        return start(n);
    }

    int length(int n) {
        return ends[n] - start(n);
    }

    BytesRef term(int n) {
        return new BytesRef(bytes, offset(n), length(n));
    }

    /** The first that begins with {@code prefix} or stands behind it. */
    int first(BytesRef prefix) {
        int low = 0;
        for (int high = size; low < high; ) {
            int middle = (low + high) >>> 1;
            if (term(middle).compareTo(prefix) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /** Whether there is such a one, and it begins with {@code prefix}. */
    boolean begins(int n, BytesRef prefix) {
        if (n >= size || length(n) < prefix.length) return false;
        int at = offset(n);
        return Arrays.equals(bytes, at, at + prefix.length, prefix.bytes, prefix.offset, prefix.offset + prefix.length);
    }

    boolean ends(int n, BytesRef suffix) {
        if (length(n) < suffix.length) return false;
        return Arrays.equals(
                bytes, ends[n] - suffix.length, ends[n], suffix.bytes, suffix.offset, suffix.offset + suffix.length);
    }
}
