package org.thocam.ontology.exchange;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.thocam.ontology.Access;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Term;
import org.thocam.ontology.Version;
import org.thocam.ontology.reference.Province;

/**
 * An item as a partner library is told of it: what everybody may know of it, and its addresses. What is asked of an item by more than
 * one format is answered here, so that all formats say the same.
 *
 * @param datestamp when it last changed for partners
 * @param lexicon whether it is a dictionary whose entries can be had as LIFT
 */
public record CatalogueRecord(Item item, Version version, Instant datestamp, boolean lexicon, Links links) {
    private static final Pattern W3CDTF =
            Pattern.compile("\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01])(T\\d\\d:\\d\\d(:\\d\\d)?Z)?)?)?");
    private static final Pattern YEAR = Pattern.compile("(?<!\\d)(1\\d{3}|20\\d{2})(?!\\d)");
    private static final Pattern WEB = Pattern.compile("https?://\\S+");
    private static final Pattern LICENCE =
            Pattern.compile("https?://(creativecommons\\.org|rightsstatements\\.org|opendatacommons\\.org)/\\S+");

    public ItemId id() {
        return item.id();
    }

    public String page() {
        return links.page(id());
    }

    /** The languages that somebody knows; empty where nobody does. */
    public List<LanguageTag> languages() {
        return item.languages().stream().filter(tag -> !tag.undetermined()).toList();
    }

    public List<Term> terms(String name) {
        return item.terms().stream().filter(term -> term.name().equals(name)).toList();
    }

    /** The date where it is one of W3CDTF; a date in words is no date to a machine. */
    public Optional<String> date() {
        return Optional.of(item.date()).filter(CatalogueRecord::isDate);
    }

    public static boolean isDate(String text) {
        return W3CDTF.matcher(text).matches();
    }

    /** The year in a date of any form, for formats that want one. */
    public Optional<String> year() {
        return yearIn(item.date());
    }

    public static Optional<String> yearIn(String date) {
        var matcher = YEAR.matcher(date);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    public List<Province> provinces() {
        return item.place().map(place -> Province.namedIn(place.name())).orElse(List.of());
    }

    public List<String> mediaTypes() {
        return item.files().stream().map(Bitstream::mediaType).distinct().toList();
    }

    /** What may be done with it, never empty: what its depositor wrote, else that it is open and nothing is stated. */
    public String rights() {
        if (!item.rights().isBlank()) return item.rights();
        return item.access() instanceof Access.Embargoed embargoed
                ? "Open access since " + embargoed.until() + "; rights not stated"
                : "Open access; rights not stated";
    }

    /** The address of a licence or rights statement in the rights or the {@code license} terms. */
    public Optional<String> licence() {
        return Stream.concat(terms("license").stream().map(Term::value), Stream.of(item.rights()))
                .map(LICENCE::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .findFirst();
    }

    public static boolean isWebAddress(String text) {
        return WEB.matcher(text).matches();
    }
}
