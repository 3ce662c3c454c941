package org.thocam.ontology;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What we hold of one work, described once; design section 4 gives its JSON.
 *
 * @param type DCMI type, such as {@code Text} or {@code Sound}; empty where it was not said
 * @param languages given or found, the first counts; never empty ({@code und} where nobody knows)
 * @param date as the depositor wrote it: W3CDTF where possible
 * @param people ids of the official list, such as {@code EG03}
 * @param sets OAI-PMH setSpecs, with {@code :} between levels
 * @param about what it is about, beside peoples: a sense, an entry, anything with an IRI
 * @param decodings texts of it that came in an older encoding
 * @param source where it came from, such as a path; empty where it came over the API
 * @param digest sha512 of all that was handed in: the same digest again is no change
 */
public record Item(
        ItemId id,
        LanguageMap title,
        String type,
        List<LanguageTag> languages,
        LanguageMap description,
        List<String> creators,
        String date,
        List<String> people,
        Optional<Place> place,
        String rights,
        Access access,
        List<String> sets,
        List<Bitstream> files,
        List<String> identifiers,
        List<Subject> about,
        List<Decoding> decodings,
        String source,
        String digest)
        implements Holding {
    private static final Pattern SET_SPEC = Pattern.compile("[A-Za-z0-9\\-_.!~*'()]+(:[A-Za-z0-9\\-_.!~*'()]+)*");

    public Item {
        if (id.isPart()) throw new IllegalArgumentException("id '" + id + "' is that of a part: want one of an item");
        if (title.isEmpty()) throw new IllegalArgumentException("item " + id + " has no title");
        for (var set : sets)
            if (!SET_SPEC.matcher(set).matches())
                throw new IllegalArgumentException(
                        "item " + id + ": set '" + Shown.of(set) + "': want an OAI-PMH setSpec, such as craft:textile");
        languages = languages.isEmpty() ? List.of(LanguageTag.UNDETERMINED) : List.copyOf(languages);
        creators = List.copyOf(creators);
        people = List.copyOf(people);
        sets = sets.stream().distinct().sorted().toList();
        files = List.copyOf(files);
        identifiers = List.copyOf(identifiers);
        about = about.stream().distinct().toList();
        decodings = List.copyOf(decodings);
    }

    /** An item whose texts are as they came, and of which nobody said what it is about. */
    public Item(
            ItemId id,
            LanguageMap title,
            String type,
            List<LanguageTag> languages,
            LanguageMap description,
            List<String> creators,
            String date,
            List<String> people,
            Optional<Place> place,
            String rights,
            Access access,
            List<String> sets,
            List<Bitstream> files,
            List<String> identifiers,
            String source,
            String digest) {
        this(
                id,
                title,
                type,
                languages,
                description,
                creators,
                date,
                people,
                place,
                rights,
                access,
                sets,
                files,
                identifiers,
                List.of(),
                List.of(),
                source,
                digest);
    }

    public Item withFiles(List<Bitstream> those) {
        return new Item(
                id,
                title,
                type,
                languages,
                description,
                creators,
                date,
                people,
                place,
                rights,
                access,
                sets,
                those,
                identifiers,
                about,
                decodings,
                source,
                digest);
    }

    public Item withLanguages(List<LanguageTag> those) {
        return new Item(
                id,
                title,
                type,
                those,
                description,
                creators,
                date,
                people,
                place,
                rights,
                access,
                sets,
                files,
                identifiers,
                about,
                decodings,
                source,
                digest);
    }

    public Item withAbout(List<Subject> those) {
        return new Item(
                id,
                title,
                type,
                languages,
                description,
                creators,
                date,
                people,
                place,
                rights,
                access,
                sets,
                files,
                identifiers,
                those,
                decodings,
                source,
                digest);
    }

    public Item withDecodings(List<Decoding> those) {
        return new Item(
                id,
                title,
                type,
                languages,
                description,
                creators,
                date,
                people,
                place,
                rights,
                access,
                sets,
                files,
                identifiers,
                about,
                those,
                source,
                digest);
    }

    public Item from(String thatSource, String thatDigest) {
        return new Item(
                id,
                title,
                type,
                languages,
                description,
                creators,
                date,
                people,
                place,
                rights,
                access,
                sets,
                files,
                identifiers,
                about,
                decodings,
                thatSource,
                thatDigest);
    }
}
