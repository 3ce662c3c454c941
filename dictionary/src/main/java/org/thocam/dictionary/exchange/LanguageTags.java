package org.thocam.dictionary.exchange;

import java.util.regex.Pattern;

/** Which language tags of a lexicon another format can write: files hold all kinds. */
public final class LanguageTags {
    /** The language is not known (BCP 47). */
    public static final String UNDETERMINED = "und";

    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*");

    private LanguageTags() {}

    /** As {@code xml:lang} and {@code xs:language} want it: BCP 47's shape, whether or not such a language exists. */
    public static boolean wellFormed(String tag) {
        return WELL_FORMED.matcher(tag).matches();
    }

    public static boolean phonetic(String tag) {
        return tag.contains("-fonipa");
    }
}
