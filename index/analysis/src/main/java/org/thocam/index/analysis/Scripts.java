package org.thocam.index.analysis;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;

/** Which script a text is written in. */
public final class Scripts {
    private static final int ENOUGH = 20_000;

    private Scripts() {}

    /** The ISO 15924 code of the script that most letters belong to, {@code Zyyy} where there are none; long texts are judged by their beginning. */
    public static String dominantIn(String text) {
        var letters = new int[UCharacter.getIntPropertyMaxValue(UProperty.SCRIPT) + 1];
        int best = UScript.COMMON;
        int seen = 0;
        for (int at = 0, c; at < text.length() && seen < ENOUGH; at += Character.charCount(c)) {
            c = text.codePointAt(at);
            int script = UScript.getScript(c);
            if (script == UScript.COMMON || script == UScript.INHERITED || script == UScript.UNKNOWN) continue;
            seen++;
            letters[script]++;
            if (best == UScript.COMMON || letters[script] > letters[best]) best = script;
        }
        return UScript.getShortName(best);
    }
}
