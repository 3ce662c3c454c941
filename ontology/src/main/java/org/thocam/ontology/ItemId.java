package org.thocam.ontology;

import java.util.regex.Pattern;

/**
 * The name of one archived object, for ever: never used again, not even after a withdrawal. Letters, digits and the URI characters
 * that need no escape in a path segment (RFC 3986, section 3.3), so that it can stand in an address as it is.
 */
public record ItemId(String value) implements Comparable<ItemId> {
    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._~:@!$&'()*+,;=-]{0,199}");

    public ItemId {
        if (value == null || !LEGAL.matcher(value).matches())
            throw new IllegalArgumentException(
                    "id '" + Shown.of(value)
                            + "': want 1 to 200 characters of A-Z a-z 0-9 . _ ~ : @ ! $ & ' ( ) * + , ; = -, the first a letter or digit");
    }

    @Override
    public int compareTo(ItemId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
