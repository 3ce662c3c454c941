package org.thocam.dictionary;

import java.util.regex.Pattern;
import org.thocam.ontology.Shown;

/**
 * The name of one entry within its lexicon, given by whoever wrote it and kept for ever. What may stand in an item's id may stand here,
 * so that it fits into an address as it is.
 */
public record EntryId(String value) implements Comparable<EntryId> {
    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._~:@!$&'()*+,;=-]{0,199}");

    public EntryId {
        if (value == null || !legal(value))
            throw new IllegalArgumentException(
                    "entry id '" + Shown.of(value)
                            + "': want 1 to 200 characters of A-Z a-z 0-9 . _ ~ : @ ! $ & ' ( ) * + , ; = -, the first a letter or digit");
    }

    static boolean legal(String value) {
        return LEGAL.matcher(value).matches();
    }

    @Override
    public int compareTo(EntryId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
