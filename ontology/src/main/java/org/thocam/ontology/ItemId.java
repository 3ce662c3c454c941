package org.thocam.ontology;

import java.util.regex.Pattern;

/**
 * The name of one archived object, for ever: never used again, not even after a withdrawal. Letters, digits and the URI characters
 * that need no escape in a path segment (RFC 3986, section 3.3), so that it can stand in an address as it is.
 *
 * <p>An object may be a part of an item, such as an edited entry of a dictionary: {@code bahnar/entry.0a18bb95}. Parts are ours to
 * name; an id that comes from outside is read with {@link #ofItem}, which knows none.
 */
public record ItemId(String value) implements Comparable<ItemId> {
    private static final String CHARACTERS = "[A-Za-z0-9._~:@!$&'()*+,;=-]";
    private static final Pattern ITEM = Pattern.compile("[A-Za-z0-9]" + CHARACTERS + "{0,199}");
    private static final Pattern PART = Pattern.compile(ITEM + "/[A-Za-z0-9]" + CHARACTERS + "{0,219}");

    public ItemId {
        if (value == null
                || !ITEM.matcher(value).matches() && !PART.matcher(value).matches()) throw wrong(value);
    }

    /**
     * The id of an item, as anybody may write it.
     *
     * @throws IllegalArgumentException if it is none, or that of a part
     */
    public static ItemId ofItem(String value) {
        if (value == null || value.indexOf('/') >= 0) throw wrong(value);
        return new ItemId(value);
    }

    private static IllegalArgumentException wrong(String value) {
        return new IllegalArgumentException(
                "id '" + Shown.of(value)
                        + "': want 1 to 200 characters of A-Z a-z 0-9 . _ ~ : @ ! $ & ' ( ) * + , ; = -, the first a letter or digit");
    }

    public boolean isPart() {
        return value.indexOf('/') >= 0;
    }

    /** The item that this is a part of; itself where it is no part. */
    public ItemId whole() {
        return isPart() ? new ItemId(wholeValue()) : this;
    }

    /** What the part is called within its item, such as {@code entry.0a18bb95}; empty for an item. */
    public String partName() {
        return isPart() ? value.substring(value.indexOf('/') + 1) : "";
    }

    /**
     * A part of this item.
     *
     * @param name 1 to 220 characters, of those that an item's id may have
     * @throws IllegalArgumentException if the name is not legal, or this is a part itself
     */
    public ItemId part(String name) {
        if (!isPart() && name != null && PART.matcher(value + "/" + name).matches())
            return new ItemId(value + "/" + name);
        throw new IllegalArgumentException(
                "part '" + Shown.of(name) + "' of " + value + ": want "
                        + (isPart()
                                ? "an item, for a part has no parts"
                                : "1 to 220 characters of A-Z a-z 0-9 . _ ~ : @ ! $ & ' ( ) * + , ; = -, the first a letter or digit"));
    }

    /** By item, then by part: an item stands before its parts, and they before the next item. */
    @Override
    public int compareTo(ItemId other) {
        if (!isPart() && !other.isPart()) return value.compareTo(other.value);
        int items = wholeValue().compareTo(other.wholeValue());
        return items != 0 ? items : partName().compareTo(other.partName());
    }

    private String wholeValue() {
        return isPart() ? value.substring(0, value.indexOf('/')) : value;
    }

    @Override
    public String toString() {
        return value;
    }
}
