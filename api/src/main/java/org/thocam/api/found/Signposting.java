package org.thocam.api.found;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Term;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.reference.DcmiTypes;

/**
 * Where machines go on from an item: FAIR Signposting, levels 1 and 2. Links are of the item's page; the whole of them stand in its
 * link set (RFC 9264).
 */
public final class Signposting {
    public static final String LINKSET_JSON = "application/linkset+json";
    public static final String LINKSET = "application/linkset";
    /** Other headers need room too, and many servers between us and a reader refuse headers above 8 kB. */
    private static final int MOST_BYTES = 4096;

    private static final int MOST_FILES_IN_HEADER = 10;
    private static final int MOST_AUTHORS = 20;
    private static final String SCHEMA_ORG = "https://schema.org/";

    private final CatalogueRecord record;
    private final List<RecordFormat> formats;
    private final boolean harvested;

    /**
     * @param record what the caller may see
     * @param harvested whether everybody may see it, so that it can be had by OAI-PMH
     */
    public Signposting(CatalogueRecord record, List<RecordFormat> formats, boolean harvested) {
        this.record = record;
        this.formats = formats.stream().filter(format -> format.fits(record)).toList();
        this.harvested = harvested;
    }

    /** The address of the link set. */
    public String linkset() {
        return record.links().data(record.id()) + "/linkset";
    }

    /** Formats that this record can be had in. */
    public List<RecordFormat> formats() {
        return formats;
    }

    /** What leads from the page, the most wanted first. */
    public List<Link> links() {
        var links = new ArrayList<Link>();
        links.add(Link.to("linkset", linkset(), LINKSET_JSON));
        links.addAll(ofThePage(MOST_FILES_IN_HEADER));
        return links;
    }

    /** The value of the Link header for the page and the identity: as many of {@link #links} as have room. */
    public String header() {
        return header(links());
    }

    /** The value of the Link header for a description, which says what it describes. */
    public String headerOfDescription() {
        var links = new ArrayList<>(links());
        links.add(1, describes(""));
        return header(links);
    }

    private static String header(List<Link> links) {
        var value = new StringBuilder();
        for (var link : links) {
            var one = link.header();
            if (value.length() + one.length() + 2 > MOST_BYTES) continue;
            if (!value.isEmpty()) value.append(", ");
            value.append(one);
        }
        return value.toString();
    }

    private Link describes(String anchor) {
        return new Link(anchor, "describes", record.page(), "text/html", "");
    }

    private List<Link> ofThePage(int files) {
        var links = new ArrayList<Link>();
        links.add(Link.to("cite-as", record.links().identity(record.id())));
        links.add(Link.to("type", SCHEMA_ORG + "AboutPage"));
        for (var type : SchemaOrg.types(record)) links.add(Link.to("type", SCHEMA_ORG + type));
        var type = record.item().type();
        if (DcmiTypes.ALL.contains(type)) links.add(Link.to("type", "http://purl.org/dc/dcmitype/" + type));
        record.licence().ifPresent(licence -> links.add(Link.to("license", licence)));
        record.item().creators().stream()
                .filter(CatalogueRecord::isWebAddress)
                .limit(MOST_AUTHORS)
                .forEach(creator -> links.add(Link.to("author", creator)));
        links.addAll(descriptions());
        links.addAll(collections());
        record.item().handedIn().stream()
                .limit(files)
                .forEach(file ->
                        links.add(Link.to("item", record.links().file(record.id(), file.name()), file.mediaType())));
        if (record.lexicon())
            for (var export : LexiconDownload.values())
                links.add(new Link(
                        "",
                        "item",
                        export.address(record.links().base(), record.id()),
                        export.mediaType,
                        export.standard));
        // last, so that in a header that is full they are missed, and not the files
        links.addAll(harvestedDescriptions());
        return links;
    }

    private List<Link> descriptions() {
        var data = record.links().data(record.id()) + "?format=";
        var links = new ArrayList<Link>();
        links.add(Link.to("describedby", data + "jsonld", "application/ld+json"));
        links.add(Link.to("describedby", data + "ttl", "text/turtle"));
        for (var format : formats)
            links.add(new Link("", "describedby", data + format.name(), format.mediaType(), format.profile()));
        return links;
    }

    /** The same descriptions at another address. */
    private List<Link> harvestedDescriptions() {
        var links = new ArrayList<Link>();
        if (harvested)
            for (var format : formats)
                if (!format.metadataPrefix().isEmpty())
                    links.add(
                            new Link("", "describedby", record(format.metadataPrefix()), "text/xml", format.profile()));
        return links;
    }

    /** OAI-PMH 2.0, section 4.1. */
    private String record(String metadataPrefix) {
        var identifier = record.links().oaiIdentifier(record.id());
        return record.links().base() + "/oai?verb=GetRecord&metadataPrefix=" + metadataPrefix + "&identifier="
                + URLEncoder.encode(identifier, StandardCharsets.UTF_8);
    }

    /** What it is part of, and the sets that it is in. */
    private List<Link> collections() {
        var links = new ArrayList<Link>();
        record.terms("isPartOf").stream()
                .map(Term::value)
                .filter(CatalogueRecord::isWebAddress)
                .forEach(whole -> links.add(Link.to("collection", whole)));
        for (var set : record.item().sets())
            links.add(Link.to(
                    "collection",
                    record.links().base() + "/api/v1/search?set=" + URLEncoder.encode(set, StandardCharsets.UTF_8),
                    "application/json"));
        return links;
    }

    /** Every link, and those that lead back: from each file to the page, from each description to what it describes. */
    private List<Link> all() {
        var links = new ArrayList<Link>();
        var page = record.page();
        for (var link : ofThePage(Integer.MAX_VALUE))
            links.add(new Link(page, link.relation(), link.target(), link.type(), link.profile()));
        for (var link : List.copyOf(links)) {
            if (link.relation().equals("item")) links.add(new Link(link.target(), "collection", page, "text/html", ""));
            if (link.relation().equals("describedby")) links.add(describes(link.target()));
        }
        return links;
    }

    /** RFC 9264, section 4.2: one object for each anchor; what RFC 8288 does not know, the profile, is a list. */
    public ObjectNode json() {
        var document = ItemJson.MAPPER.createObjectNode();
        var contexts = document.putArray("linkset");
        Map<String, ObjectNode> byAnchor = new LinkedHashMap<>();
        for (var link : all()) {
            var context = byAnchor.computeIfAbsent(
                    Link.address(link.anchor()), anchor -> contexts.addObject().put("anchor", anchor));
            var target = context.withArray("/" + link.relation()).addObject().put("href", Link.address(link.target()));
            link.mediaType().ifPresent(type -> target.put("type", type));
            if (!link.profile().isEmpty()) target.putArray("profile").add(Link.address(link.profile()));
        }
        return document;
    }

    /** RFC 9264, section 4.1: as in a Link header, with line breaks between the links. */
    public String text() {
        return String.join(",\n", all().stream().map(Link::header).toList()) + "\n";
    }
}
