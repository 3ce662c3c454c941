package org.thocam.dictionary.lift;

import java.nio.ByteBuffer;
import java.text.Normalizer;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The names that a file has used so far and the line of each: 24 to 48 bytes for a name, by the first 64 bits of its SHA-256, so that
 * two of a million names are taken for one in less than one file of ten million.
 */
final class Names {
    private long[] keys = new long[1 << 6];
    private int[] lines = new int[1 << 6];
    private int size;

    /** Composed (NFC): FLEx writes one name in either form. */
    static long key(String name) {
        var composed = Normalizer.normalize(name, Normalizer.Form.NFC);
        long key = ByteBuffer.wrap(DigestUtils.sha256(composed)).getLong();
        return key == 0 ? 1 : key;
    }

    /** @return the line of the one that has the name already, or 0 */
    int add(long key, long line) {
        int at = place(key);
        if (keys[at] == key) return lines[at];
        keys[at] = key;
        lines[at] = (int) Math.min(line, Integer.MAX_VALUE);
        if (++size * 2 > keys.length) grow();
        return 0;
    }

    boolean has(long key) {
        return keys[place(key)] == key;
    }

    private int place(long key) {
        int at = (int) key & keys.length - 1;
        while (keys[at] != 0 && keys[at] != key) at = at + 1 & keys.length - 1;
        return at;
    }

    private void grow() {
        var oldKeys = keys;
        var oldLines = lines;
        keys = new long[2 * oldKeys.length];
        lines = new int[2 * oldKeys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] == 0) continue;
            int at = place(oldKeys[i]);
            keys[at] = oldKeys[i];
            lines[at] = oldLines[i];
        }
    }
}
