package org.thocam.ontology.exchange;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
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
    private static final Pattern CC_SPDX = Pattern.compile("CC-(BY(?:-NC)?(?:-ND|-SA)?)-([1-4]\\.[0-9])");
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
        return item.handedIn().stream().map(Bitstream::mediaType).distinct().toList();
    }

    private static final Pattern NOTHING_STATED = Pattern.compile(
            "(Restricted access|Open access|(Open access since|Embargoed until) \\d{4}-\\d\\d-\\d\\d); rights not stated");

    /** Whether it is what {@link #rights} says of a record without any: read again, it is no statement of a depositor. */
    static boolean statesNothing(String rights) {
        return NOTHING_STATED.matcher(rights).matches();
    }

    /** Whether everybody may see it, an embargo that was over when it last changed for partners among it. */
    public boolean open() {
        return !item.access().openFrom().isAfter(datestamp);
    }

    /** What may be done with it, never empty: what its depositor wrote, else who may see it and that nothing is stated. */
    public String rights() {
        if (!item.rights().isBlank()) return item.rights();
        if (item.access() instanceof Access.Restricted) return "Restricted access; rights not stated";
        if (!(item.access() instanceof Access.Embargoed embargoed)) return "Open access; rights not stated";
        boolean over = !embargoed.openFrom().isAfter(datestamp);
        return (over ? "Open access since " : "Embargoed until ") + embargoed.until() + "; rights not stated";
    }

    /**
     * The address of a licence or rights statement in the rights or the {@code license} terms: as it stands there, or for the one SPDX
     * identifier of a Creative Commons licence that the whole of it is. Several identifiers together have no one address.
     */
    public Optional<String> licence() {
        return Stream.concat(terms("license").stream().map(Term::value), Stream.of(item.rights()))
                .flatMap(text -> licenceIn(text.strip()).stream())
                .findFirst();
    }

    private static Optional<String> licenceIn(String text) {
        if (text.equals("CC0-1.0")) return Optional.of("https://creativecommons.org/publicdomain/zero/1.0/");
        var spdx = CC_SPDX.matcher(text);
        if (spdx.matches())
            return Optional.of("https://creativecommons.org/licenses/"
                    + spdx.group(1).toLowerCase(Locale.ROOT) + "/" + spdx.group(2) + "/");
        return Optional.of(LICENCE.matcher(text)).filter(Matcher::find).map(Matcher::group);
    }

    public static boolean isWebAddress(String text) {
        return WEB.matcher(text).matches();
    }
}
