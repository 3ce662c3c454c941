package org.thocam.index.analysis;

import com.ibm.icu.text.Collator;
import com.ibm.icu.util.ULocale;
import java.util.HexFormat;

/** Keys that put titles in the order of the Vietnamese alphabet when compared as plain strings. */
public final class SortKey {
    private static final int LONGEST = 512;
    private static final Collator VIETNAMESE =
            Collator.getInstance(new ULocale("vi")).freeze();

    private SortKey() {}

    /** Long texts are ordered by their beginning. */
    public static String of(String text) {
        int end = Math.min(text.length(), LONGEST);
        byte[] key = VIETNAMESE.getCollationKey(text.substring(0, end)).toByteArray();
        return HexFormat.of().formatHex(key);
    }
}
