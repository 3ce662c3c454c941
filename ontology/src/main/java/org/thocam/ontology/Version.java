package org.thocam.ontology;

/** A kept state of an item: 1, 2, 3 ...; {@link #NONE} before the first. */
public record Version(long number) implements Comparable<Version> {
    public static final Version NONE = new Version(0);

    public Version {
        if (number < 0) throw new IllegalArgumentException("version " + number + ": want 0 or more");
    }

    public Version next() {
        return new Version(number + 1);
    }

    @Override
    public int compareTo(Version other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return "v" + number;
    }
}
