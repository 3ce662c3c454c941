package org.thocam.ontology.exchange;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.thocam.ontology.Item;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Term;

/**
 * Where a harvested item came from: written by whoever harvests, kept as terms of the item, given on in feeds. OAI-PMH implementation
 * guidelines, "XML schema to hold provenance information in the 'about' part of a record".
 *
 * @param base URL of the provider
 * @param prefix the metadataPrefix it was harvested in
 * @param namespace of the metadata as they came
 * @param datestamp of the record there
 * @param harvested when it was taken
 */
public record Provenance(
        String base, String identifier, String prefix, String namespace, String datestamp, String harvested) {
    public static final String NAMESPACE = "http://www.openarchives.org/OAI/2.0/provenance";
    /** What the qualifiers of all these terms begin with. */
    public static final String QUALIFIER = "OAI-PMH";

    private static final String SCHEMA = "http://www.openarchives.org/OAI/2.0/provenance.xsd";
    private static final String ORIGIN = "OAI-PMH originDescription";
    private static final Pattern ADDRESS = Pattern.compile(
            "(?<base>\\S+)[?&]verb=GetRecord&metadataPrefix=(?<prefix>[^&;\\s]*)&identifier=(?<identifier>[^&;\\s]+)");
    private static final Pattern VALUE = Pattern.compile(
            "(?<address>\\S+); datestamp (?<datestamp>[^;]*); harvested (?<harvested>[^;]*)(; namespace (?<namespace>[^;]*))?");
    private static final Pattern ORIGINAL = Pattern.compile(
            "identifier (?<identifier>[^;\\s]+); base URL (?<base>[^;]*); datestamp (?<datestamp>[^;]*)(; namespace (?<namespace>[^;]*); harvested (?<harvested>[^;]*); altered (?<altered>true|false))?");
    private static final Pattern STAMP = Pattern.compile("\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z)?");
    private static final int MOST_ORIGINS = 20;

    /** Where an aggregator had it from: an {@code originDescription}; what it does not say is empty. */
    public record Origin(
            String base, String identifier, String datestamp, String namespace, String harvested, boolean altered) {
        public Term term() {
            return new Term(
                    "provenance",
                    "identifier " + encoded(identifier) + "; base URL " + plain(base) + "; datestamp "
                            + plain(datestamp) + "; namespace " + plain(namespace) + "; harvested " + plain(harvested)
                            + "; altered " + altered,
                    LanguageTag.UNDETERMINED,
                    ORIGIN);
        }

        /** Whether it says all that the schema wants. */
        private boolean whole() {
            return isAddress(base)
                    && isAddress(identifier)
                    && isAddress(namespace)
                    && STAMP.matcher(datestamp).matches()
                    && STAMP.matcher(harvested).matches();
        }
    }

    /** The address at which the partner gives the record. */
    public String source() {
        return base + (base.contains("?") ? "&" : "?") + "verb=GetRecord&metadataPrefix=" + encoded(prefix)
                + "&identifier=" + encoded(identifier);
    }

    public Term term() {
        return new Term(
                "provenance",
                source() + "; datestamp " + plain(datestamp) + "; harvested " + plain(harvested) + "; namespace "
                        + plain(namespace),
                LanguageTag.UNDETERMINED,
                QUALIFIER);
    }

    /** Empty for an item that was not harvested. */
    public static Optional<Provenance> of(Item item) {
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
                known(matcher.group("namespace")),
                matcher.group("datestamp").strip(),
                matcher.group("harvested").strip()));
    }

    /** What the partner said of where it had the record from, the last station first. */
    public static List<Origin> origins(Item item) {
        var found = new ArrayList<Origin>();
        for (var term : item.terms()) {
            if (!term.name().equals("provenance") || !term.qualifier().equals(ORIGIN)) continue;
            var matcher = ORIGINAL.matcher(term.value());
            if (matcher.matches() && found.size() < MOST_ORIGINS)
                found.add(new Origin(
                        matcher.group("base").strip(),
                        decoded(matcher.group("identifier")),
                        matcher.group("datestamp").strip(),
                        known(matcher.group("namespace")),
                        known(matcher.group("harvested")),
                        "true".equals(matcher.group("altered"))));
        }
        return found;
    }

    /**
     * The {@code provenance} container of an item, each station within the one after it; nothing where the item was not harvested. We say
     * {@code altered}, for we write each record anew.
     *
     * @return whether something was written
     */
    public static boolean write(Item item, XmlOut xml) throws XMLStreamException {
        var from = of(item);
        if (from.isEmpty()) return false;
        var last = from.get();
        var stations = new ArrayList<Origin>();
        stations.add(
                new Origin(last.base(), last.identifier(), last.datestamp(), last.namespace(), last.harvested(), true));
        stations.addAll(origins(item));
        if (!stations.get(0).whole()) return false;
        xml.root("", "provenance", new MetadataFormat("provenance", SCHEMA, NAMESPACE));
        int open = 0;
        for (var station : stations) {
            if (!station.whole()) break;
            open++;
            xml.start("originDescription")
                    .attribute("harvestDate", station.harvested())
                    .attribute("altered", Boolean.toString(station.altered()))
                    .element("baseURL", station.base())
                    .element("identifier", station.identifier())
                    .element("datestamp", station.datestamp())
                    .element("metadataNamespace", station.namespace());
        }
        for (; open > 0; open--) xml.end();
        xml.end();
        return true;
    }

    private static boolean isAddress(String text) {
        return text.matches("[A-Za-z][A-Za-z0-9+.-]*:\\S+");
    }

    private static String known(String text) {
        return text == null ? "" : text.strip();
    }

    private static String plain(String text) {
        return text.replaceAll("[;\\p{Cntrl}]", " ").strip();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
