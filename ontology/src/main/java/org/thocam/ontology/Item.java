package org.thocam.ontology;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
 * @param terms what else is said of it in DCMI's terms: publisher, keywords, contributors with their roles
 * @param decodings texts of it that came in an older encoding
 * @param decisions what curators decided on the mentions in it
 * @param consents what those who are heard or seen in it agreed to; see {@link Rights}
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
        List<Term> terms,
        List<Decoding> decodings,
        List<MentionDecision> decisions,
        List<Consent> consents,
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
        terms = terms.stream().distinct().toList();
        decodings = List.copyOf(decodings);
        decisions = List.copyOf(decisions);
        consents = List.copyOf(consents);
    }

    /** An item whose texts are as they came, and of which no more is said. */
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
                List.of(),
                List.of(),
                List.of(),
                source,
                digest);
    }

    /** Its files without those inside others: what a catalogue lists. */
    public List<Bitstream> handedIn() {
        return files.stream().filter(file -> !file.isInner()).toList();
    }

    public Item withFiles(List<Bitstream> those) {
        return with(copy -> copy.files = those);
    }

    public Item withLanguages(List<LanguageTag> those) {
        return with(copy -> copy.languages = those);
    }

    public Item withAbout(List<Subject> those) {
        return with(copy -> copy.about = those);
    }

    public Item withTerms(List<Term> those) {
        return with(copy -> copy.terms = those);
    }

    public Item withDecodings(List<Decoding> those) {
        return with(copy -> copy.decodings = those);
    }

    public Item withDecisions(List<MentionDecision> those) {
        return with(copy -> copy.decisions = those);
    }

    public Item withConsents(List<Consent> those) {
        return with(copy -> copy.consents = those);
    }

    public Item from(String thatSource, String thatDigest) {
        return with(copy -> {
            copy.source = thatSource;
            copy.digest = thatDigest;
        });
    }

    private Item with(Consumer<Copy> change) {
        var copy = new Copy(this);
        change.accept(copy);
        return new Item(
                id,
                title,
                type,
                copy.languages,
                description,
                creators,
                date,
                people,
                place,
                rights,
                access,
                sets,
                copy.files,
                identifiers,
                copy.about,
                copy.terms,
                copy.decodings,
                copy.decisions,
                copy.consents,
                copy.source,
                copy.digest);
    }

    /** What of an item is filled in or taken over after it was described. */
    private static final class Copy {
        private List<LanguageTag> languages;
        private List<Bitstream> files;
        private List<Subject> about;
        private List<Term> terms;
        private List<Decoding> decodings;
        private List<MentionDecision> decisions;
        private List<Consent> consents;
        private String source;
        private String digest;

        private Copy(Item item) {
            languages = item.languages;
            files = item.files;
            about = item.about;
            terms = item.terms;
            decodings = item.decodings;
            decisions = item.decisions;
            consents = item.consents;
            source = item.source;
            digest = item.digest;
        }
    }
}
