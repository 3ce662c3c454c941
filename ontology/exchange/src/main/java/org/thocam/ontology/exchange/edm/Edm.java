package org.thocam.ontology.exchange.edm;

import static org.thocam.ontology.exchange.rules.Facts.all;
import static org.thocam.ontology.exchange.rules.Facts.constant;
import static org.thocam.ontology.exchange.rules.Facts.first;
import static org.thocam.ontology.exchange.rules.Facts.isAddress;
import static org.thocam.ontology.exchange.rules.Facts.orElse;
import static org.thocam.ontology.exchange.rules.Facts.terms;
import static org.thocam.ontology.exchange.rules.Facts.where;
import static org.thocam.ontology.exchange.rules.Rule.each;
import static org.thocam.ontology.exchange.rules.Rule.element;
import static org.thocam.ontology.exchange.rules.Rule.its;
import static org.thocam.ontology.exchange.rules.Rule.pointer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Crosswalk;
import org.thocam.ontology.exchange.MetadataFormat;
import org.thocam.ontology.exchange.dc.DublinCore;
import org.thocam.ontology.exchange.rules.Facts;
import org.thocam.ontology.exchange.rules.Rule;
import org.thocam.ontology.exchange.rules.Table;
import org.thocam.ontology.exchange.rules.Value;

/**
 * The Europeana Data Model in its external profile: the object, its pages and files, and the aggregation that says who gives what under
 * which rights. EDM Mapping Guidelines 2.4; the elements of an aggregation stand in the order of its schema.
 */
public final class Edm {
    public static final String EDM = "http://www.europeana.eu/schemas/edm/";
    public static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    /** "Copyright not evaluated", where nobody stated a licence that Europeana knows. */
    private static final String NOT_EVALUATED = "http://rightsstatements.org/vocab/CNE/1.0/";

    private static final Map<String, String> TYPES = Map.of(
            "Text", "TEXT",
            "Dataset", "TEXT",
            "Image", "IMAGE",
            "StillImage", "IMAGE",
            "PhysicalObject", "IMAGE",
            "Sound", "SOUND",
            "MovingImage", "VIDEO");

    private static final Function<CatalogueRecord, List<Value>> EDM_RIGHTS =
            orElse(Facts::rightsStatement, constant(NOT_EVALUATED));

    /** Its schema is one of RDF's namespace, as its root is. */
    public static final Crosswalk CROSSWALK = Table.of(new MetadataFormat("edm", EDM + "EDM.xsd", RDF), "rdf:RDF")
            .namespace("rdf", RDF)
            .namespace("edm", EDM)
            .namespace("dc", DublinCore.DC)
            .namespace("dcterms", DublinCore.DCTERMS)
            .namespace("ore", "http://www.openarchives.org/ore/terms/")
            .namespace("skos", "http://www.w3.org/2004/02/skos/core#")
            .namespace("wgs84_pos", "http://www.w3.org/2003/01/geo/wgs84_pos#")
            .forThose(Edm::fits)
            .rules(
                    each(
                                    "edm:ProvidedCHO",
                                    Edm::object,
                                    text("dc:contributor", terms("contributor")),
                                    text("dc:creator", Facts::creators),
                                    text("dc:date", Facts::date),
                                    text("dc:description", Facts::descriptions),
                                    text("dc:format", terms("format")),
                                    element("dc:identifier", all(Edm::ownId, Facts::identifiers)),
                                    element("dc:language", Edm::languages),
                                    text("dc:publisher", terms("publisher")),
                                    text("dc:relation", terms("relation")),
                                    point("dc:relation", terms("relation")),
                                    text("dc:rights", Facts::rights),
                                    text("dc:source", terms("source")),
                                    point("dc:source", terms("source")),
                                    text("dc:subject", Facts::subjects),
                                    point("dc:subject", Facts::subjects),
                                    text("dc:title", Facts::titles),
                                    text("dc:type", all(Facts::type, terms("type"))),
                                    text("dcterms:alternative", terms("alternative")),
                                    text("dcterms:bibliographicCitation", terms("bibliographicCitation")),
                                    text("dcterms:conformsTo", terms("conformsTo")),
                                    text("dcterms:created", terms("created")),
                                    text("dcterms:extent", terms("extent")),
                                    text("dcterms:hasFormat", terms("hasFormat")),
                                    point("dcterms:hasFormat", all(Facts::lift, terms("hasFormat"))),
                                    text("dcterms:hasPart", terms("hasPart")),
                                    point("dcterms:hasPart", terms("hasPart")),
                                    text("dcterms:hasVersion", terms("hasVersion")),
                                    text("dcterms:isFormatOf", terms("isFormatOf")),
                                    text("dcterms:isPartOf", terms("isPartOf")),
                                    point("dcterms:isPartOf", terms("isPartOf")),
                                    text("dcterms:isReferencedBy", terms("isReferencedBy")),
                                    text("dcterms:isReplacedBy", terms("isReplacedBy")),
                                    text("dcterms:isRequiredBy", terms("isRequiredBy")),
                                    text("dcterms:issued", terms("issued")),
                                    text("dcterms:isVersionOf", terms("isVersionOf")),
                                    text("dcterms:medium", terms("medium")),
                                    text("dcterms:provenance", terms("provenance")),
                                    text("dcterms:references", terms("references")),
                                    text("dcterms:replaces", terms("replaces")),
                                    text("dcterms:requires", terms("requires")),
                                    pointer("dcterms:spatial", "rdf:resource", Edm::placeIri),
                                    text("dcterms:spatial", terms("spatial")),
                                    text("dcterms:tableOfContents", terms("tableOfContents")),
                                    text("dcterms:temporal", terms("temporal")),
                                    element("edm:type", Edm::type))
                            .with("rdf:about", Value::text),
                    each(
                                    "edm:WebResource",
                                    Edm::files,
                                    its("dc:format", Value::qualifier),
                                    pointer("edm:rights", "rdf:resource", EDM_RIGHTS))
                            .with("rdf:about", Value::text),
                    each(
                                    "edm:Place",
                                    Edm::placeIri,
                                    element("wgs84_pos:lat", Facts::latitude),
                                    element("wgs84_pos:long", Facts::longitude),
                                    element("skos:prefLabel", Facts::place))
                            .with("rdf:about", Value::text),
                    each(
                                    "ore:Aggregation",
                                    Edm::aggregation,
                                    pointer("edm:aggregatedCHO", "rdf:resource", Edm::object),
                                    element("edm:dataProvider", Edm::library),
                                    pointer("edm:hasView", "rdf:resource", Edm::furtherFiles),
                                    pointer("edm:isShownAt", "rdf:resource", Facts::page),
                                    pointer("edm:isShownBy", "rdf:resource", first(Edm::files)),
                                    element("edm:provider", Edm::library),
                                    pointer("edm:rights", "rdf:resource", EDM_RIGHTS))
                            .with("rdf:about", Value::text));

    private Edm() {}

    private static Rule text(String name, Function<CatalogueRecord, List<Value>> values) {
        return element(name, where(value -> !isAddress(value), values)).inItsLanguage();
    }

    /** Of the same values those that are addresses, as references. */
    private static Rule point(String name, Function<CatalogueRecord, List<Value>> values) {
        return pointer(name, "rdf:resource", where(Facts::isAddress, values));
    }

    /** Europeana wants a type of its own five, and to know what the object is or where it is from. */
    static boolean fits(CatalogueRecord record) {
        boolean told = !Facts.subjects(record).isEmpty()
                || !Facts.type(record).isEmpty()
                || !Facts.place(record).isEmpty();
        return told && edmType(record).isPresent();
    }

    private static Optional<String> edmType(CatalogueRecord record) {
        if (record.lexicon()) return Optional.of("TEXT");
        return Optional.ofNullable(TYPES.get(record.item().type())).or(() -> record.mediaTypes().stream()
                .map(Edm::byMediaType)
                .flatMap(Optional::stream)
                .findFirst());
    }

    private static Optional<String> byMediaType(String mediaType) {
        if (mediaType.startsWith("image/")) return Optional.of("IMAGE");
        if (mediaType.startsWith("audio/")) return Optional.of("SOUND");
        if (mediaType.startsWith("video/")) return Optional.of("VIDEO");
        return mediaType.startsWith("text/") || mediaType.equals("application/pdf")
                ? Optional.of("TEXT")
                : Optional.empty();
    }

    private static List<Value> type(CatalogueRecord record) {
        return edmType(record).map(type -> List.of(Value.of(type))).orElse(List.of());
    }

    /** A text must say its language, even if that is not known. */
    private static List<Value> languages(CatalogueRecord record) {
        var codes = Facts.languageCodes(record);
        return codes.isEmpty() && edmType(record).filter("TEXT"::equals).isPresent() ? List.of(Value.of("und")) : codes;
    }

    private static List<Value> object(CatalogueRecord record) {
        return List.of(Value.of(record.links().identity(record.id())));
    }

    private static List<Value> aggregation(CatalogueRecord record) {
        return List.of(Value.of(record.links().identity(record.id()) + "#aggregation"));
    }

    private static List<Value> ownId(CatalogueRecord record) {
        return List.of(Value.of(record.id().value()));
    }

    private static List<Value> placeIri(CatalogueRecord record) {
        boolean known = record.item()
                .place()
                .filter(place -> place.located() || !place.name().isBlank())
                .isPresent();
        return known ? List.of(Value.of(record.links().identity(record.id()) + "#place")) : List.of();
    }

    private static List<Value> library(CatalogueRecord record) {
        return List.of(Value.of(record.links().name()));
    }

    private static List<Value> files(CatalogueRecord record) {
        var files = new ArrayList<Value>();
        for (var file : record.item().handedIn())
            files.add(Value.of(record.links().file(record.id(), file.name()), file.mediaType()));
        return files;
    }

    private static List<Value> furtherFiles(CatalogueRecord record) {
        return files(record).stream().skip(1).toList();
    }
}
