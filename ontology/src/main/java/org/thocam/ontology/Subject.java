package org.thocam.ontology;

import java.util.regex.Pattern;

/**
 * What an item is about: an IRI ({@code http}, {@code https} or {@code urn}), or something of this library by what follows {@code /id/}
 * in its IRI, such as {@code rad/g1#sense-s1} for a sense, {@code rad/g1} for an entry, {@code FE001} for an item.
 */
public record Subject(String value) {
    private static final String CHARACTER = "[^\\x00-\\x20<>\"{}|^`\\\\#\\x7F-\\x9F\\uD800-\\uDFFF\\uFFFE\\uFFFF]";
    private static final Pattern IRI = Pattern.compile(
            "(https?://" + CHARACTER + "+|urn:[A-Za-z0-9][A-Za-z0-9-]{1,31}:" + CHARACTER + "+)(#" + CHARACTER + "*)?");
    private static final Pattern SCHEME = Pattern.compile("(?i)(https?|urn):.*", Pattern.DOTALL);
    private static final int LONGEST = 1_000;

    public Subject {
        if (value == null
                || value.length() > LONGEST
                || !(isIri(value) ? IRI.matcher(value).matches() : isLocal(value)))
            throw new IllegalArgumentException("subject '" + Shown.of(value)
                    + "': want an IRI (http, https, urn), or something of this library, such as rad/g1#sense-s1");
    }

    /** @param base where identities begin, as the graph has it */
    public String iri(String base) {
        return isIri(value) ? value : base + "id/" + value;
    }

    private static boolean isIri(String value) {
        return SCHEME.matcher(value).matches();
    }

    private static boolean isLocal(String value) {
        int hash = value.indexOf('#');
        if (hash >= 0 && !value.substring(hash + 1).matches(CHARACTER + "+")) return false;
        try {
            new ItemId(hash < 0 ? value : value.substring(0, hash));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
