package org.thocam.ingest.harvest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.thocam.ontology.Item;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Term;

/**
 * Where a harvested item came from, in words that the archive keeps and this class reads again: the address that gives the record,
 * its datestamp there, and when it was taken.
 */
record Provenance(String base, String identifier, String prefix, String datestamp, String harvested) {
    static final String QUALIFIER = "OAI-PMH";
    static final String ORIGIN = "OAI-PMH originDescription";
    private static final Pattern ADDRESS = Pattern.compile(
            "(?<base>\\S+)[?&]verb=GetRecord&metadataPrefix=(?<prefix>[^&;\\s]*)&identifier=(?<identifier>[^&;\\s]+)");
    private static final Pattern VALUE =
            Pattern.compile("(?<address>\\S+); datestamp (?<datestamp>[^;]*); harvested (?<harvested>.*)");
    private static final Pattern ORIGINAL = Pattern.compile("identifier (?<identifier>[^;\\s]+);.*");

    /** The address at which the partner gives the record. */
    String source() {
        return base + (base.contains("?") ? "&" : "?") + "verb=GetRecord&metadataPrefix=" + OaiClient.encoded(prefix)
                + "&identifier=" + OaiClient.encoded(identifier);
    }

    Term term() {
        return new Term(
                "provenance",
                source() + "; datestamp " + plain(datestamp) + "; harvested " + plain(harvested),
                LanguageTag.UNDETERMINED,
                QUALIFIER);
    }

    static Term term(OaiRecord.Origin origin) {
        return new Term(
                "provenance",
                "identifier " + OaiClient.encoded(origin.identifier()) + "; base URL " + plain(origin.base())
                        + "; datestamp " + plain(origin.datestamp()),
                LanguageTag.UNDETERMINED,
                ORIGIN);
    }

    private static String plain(String text) {
        return text.replaceAll("[;\\p{Cntrl}]", " ").strip();
    }

    /** Empty for an item that was not harvested. */
    static Optional<Provenance> of(Item item) {
        return item.terms().stream()
                .filter(term ->
                        term.name().equals("provenance") && term.qualifier().equals(QUALIFIER))
                .flatMap(term -> parse(term.value()).stream())
                .filter(found -> found.source().equals(item.source()))
                .findFirst();
    }

    private static Optional<Provenance> parse(String value) {
        var matcher = VALUE.matcher(value);
        if (!matcher.matches()) return Optional.empty();
        var address = ADDRESS.matcher(matcher.group("address"));
        if (!address.matches()) return Optional.empty();
        return Optional.of(new Provenance(
                address.group("base"),
                decoded(address.group("identifier")),
                decoded(address.group("prefix")),
                matcher.group("datestamp").strip(),
                matcher.group("harvested").strip()));
    }

    /** The identifier of an {@code originDescription} that a term keeps. */
    static Optional<String> origin(Term term) {
        if (!term.name().equals("provenance") || !term.qualifier().equals(ORIGIN)) return Optional.empty();
        var matcher = ORIGINAL.matcher(term.value());
        return matcher.matches() ? Optional.of(decoded(matcher.group("identifier"))) : Optional.empty();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
