package org.thocam.ontology.exchange.datacite;

import static org.thocam.ontology.exchange.rules.Facts.all;
import static org.thocam.ontology.exchange.rules.Facts.constant;
import static org.thocam.ontology.exchange.rules.Facts.first;
import static org.thocam.ontology.exchange.rules.Facts.orElse;
import static org.thocam.ontology.exchange.rules.Facts.terms;
import static org.thocam.ontology.exchange.rules.Facts.where;
import static org.thocam.ontology.exchange.rules.Rule.each;
import static org.thocam.ontology.exchange.rules.Rule.element;
import static org.thocam.ontology.exchange.rules.Rule.group;
import static org.thocam.ontology.exchange.rules.Rule.its;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.thocam.ontology.Access;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Crosswalk;
import org.thocam.ontology.exchange.MetadataFormat;
import org.thocam.ontology.exchange.olac.Olac;
import org.thocam.ontology.exchange.rules.Facts;
import org.thocam.ontology.exchange.rules.Rule;
import org.thocam.ontology.exchange.rules.Table;
import org.thocam.ontology.exchange.rules.Value;

/**
 * DataCite Metadata Schema 4.4. An item with a DOI is named by it; one without by its page, as a URL: the schema allows that and
 * aggregators read it, but DataCite itself registers DOIs only. A record needs a year of publication; without one it is not told.
 */
public final class DataCite {
    public static final String NAMESPACE = "http://datacite.org/schema/kernel-4";
    /** DataCite 4.4, appendix 3: "value unavailable, possibly unknown". */
    private static final String UNAVAILABLE = "(:unav)";

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("Collection", "Collection"),
            Map.entry("Dataset", "Dataset"),
            Map.entry("Event", "Event"),
            Map.entry("Image", "Image"),
            Map.entry("StillImage", "Image"),
            Map.entry("MovingImage", "Audiovisual"),
            Map.entry("InteractiveResource", "InteractiveResource"),
            Map.entry("PhysicalObject", "PhysicalObject"),
            Map.entry("Service", "Service"),
            Map.entry("Software", "Software"),
            Map.entry("Sound", "Sound"),
            Map.entry("Text", "Text"));
    private static final Map<String, String> CONTRIBUTORS = Map.of(
            "editor", "Editor",
            "researcher", "Researcher",
            "sponsor", "Sponsor",
            "compiler", "DataCollector",
            "recorder", "DataCollector");

    private static final Function<CatalogueRecord, List<Value>> DOIS =
            where(value -> value.qualifier().equals("doi"), Facts::identifiers);

    public static final Crosswalk CROSSWALK = Table.of(
                    new MetadataFormat(
                            "datacite", "http://schema.datacite.org/meta/kernel-4.4/metadata.xsd", NAMESPACE),
                    "resource")
            .forThose(record -> !year(record).isEmpty())
            .rules(
                    element("identifier", DataCite::name).with("identifierType", Facts::dataciteKind),
                    group(
                            "creators",
                            each(
                                    "creator",
                                    orElse(Facts::creators, constant(UNAVAILABLE)),
                                    its("creatorName", Value::text))),
                    group(
                            "titles",
                            element("title", Facts::mainTitle).inItsLanguage(),
                            element("title", Facts::translatedTitles)
                                    .inItsLanguage()
                                    .with("titleType", "TranslatedTitle"),
                            element("title", all(Facts::parallelTitles, terms("alternative")))
                                    .inItsLanguage()
                                    .with("titleType", "AlternativeTitle")),
                    element("publisher", first(orElse(terms("publisher"), DataCite::library)))
                            .inItsLanguage(),
                    element("publicationYear", DataCite::year),
                    element("resourceType", orElse(first(Facts::type), constant("Other")))
                            .with("resourceTypeGeneral", type -> TYPES.getOrDefault(type.text(), "Other")),
                    group(
                            "subjects",
                            element("subject", Facts::peopleNames).inItsLanguage(),
                            element("subject", terms("subject"))
                                    .inItsLanguage()
                                    .with("subjectScheme", Value::qualifier),
                            element("subject", Facts::about).with("valueURI", DataCite::address)),
                    group(
                            "contributors",
                            each("contributor", terms("contributor"), its("contributorName", Value::text))
                                    .with(
                                            "contributorType",
                                            value -> CONTRIBUTORS.getOrDefault(Olac.role(value), "Other"))),
                    group(
                            "dates",
                            dated("Created", all(Facts::date, terms("created"))),
                            dated("Issued", terms("issued")),
                            dated("Available", all(Facts::embargoEnd, terms("available"))),
                            dated("Updated", terms("modified")),
                            dated("Copyrighted", terms("dateCopyrighted")),
                            dated("Valid", terms("valid"))),
                    element("language", first(Facts::languages)),
                    group(
                            "alternateIdentifiers",
                            element("alternateIdentifier", DataCite::otherNames)
                                    .with("alternateIdentifierType", Facts::dataciteKind)),
                    group(
                            "relatedIdentifiers",
                            related("IsPartOf", terms("isPartOf")),
                            related("HasPart", terms("hasPart")),
                            related("IsVersionOf", terms("isVersionOf")),
                            related("HasVersion", terms("hasVersion")),
                            related("IsVariantFormOf", terms("isFormatOf")),
                            related("IsOriginalFormOf", all(Facts::lift, terms("hasFormat"))),
                            related("References", terms("references")),
                            related("IsReferencedBy", terms("isReferencedBy")),
                            related("Obsoletes", terms("replaces")),
                            related("IsObsoletedBy", terms("isReplacedBy")),
                            related("Requires", terms("requires")),
                            related("IsRequiredBy", terms("isRequiredBy")),
                            related("IsDerivedFrom", terms("source"))),
                    group("sizes", element("size", terms("extent"))),
                    group("formats", element("format", all(Facts::mediaTypes, terms("format")))),
                    element(
                            "version",
                            record -> Facts.texts(
                                    List.of(Long.toString(record.version().number())))),
                    group(
                            "rightsList",
                            element("rights", Facts::rights),
                            element("rights", all(Facts::rightsStatement)).with("rightsURI", Value::text)),
                    group(
                            "descriptions",
                            element("description", all(Facts::descriptions, terms("abstract")))
                                    .inItsLanguage()
                                    .with("descriptionType", "Abstract"),
                            element("description", terms("tableOfContents"))
                                    .inItsLanguage()
                                    .with("descriptionType", "TableOfContents")),
                    group(
                            "geoLocations",
                            group(
                                    "geoLocation",
                                    element("geoLocationPlace", Facts::place),
                                    group(
                                            "geoLocationPoint",
                                            element("pointLongitude", Facts::longitude),
                                            element("pointLatitude", Facts::latitude))),
                            each("geoLocation", terms("spatial"), its("geoLocationPlace", Value::text))));

    private DataCite() {}

    private static Rule dated(String type, Function<CatalogueRecord, List<Value>> values) {
        return element("date", where(Facts::isDate, values)).with("dateType", type);
    }

    private static Rule related(String relation, Function<CatalogueRecord, List<Value>> values) {
        return element("relatedIdentifier", where(Facts::isAddress, values))
                .with("relatedIdentifierType", "URL")
                .with("relationType", relation);
    }

    private static List<Value> name(CatalogueRecord record) {
        return DOIS.apply(record).stream()
                .findFirst()
                .map(doi -> List.of(Value.of(Facts.doi(doi.text()), "doi")))
                .orElseGet(() -> Facts.page(record));
    }

    /** The page where a DOI is the name, and every other identifier. */
    private static List<Value> otherNames(CatalogueRecord record) {
        var dois = DOIS.apply(record);
        var page = dois.isEmpty() ? List.<Value>of() : Facts.page(record);
        return Stream.concat(
                        page.stream(),
                        Facts.identifiers(record).stream()
                                .filter(value -> dois.isEmpty() || !value.equals(dois.get(0))))
                .toList();
    }

    private static List<Value> library(CatalogueRecord record) {
        return List.of(Value.of(record.links().name()));
    }

    /** When it was issued, else when it became open, else when it was made. */
    private static List<Value> year(CatalogueRecord record) {
        var opened = record.item().access() instanceof Access.Embargoed embargoed
                ? Stream.of(embargoed.until().toString())
                : Stream.<String>empty();
        return Stream.of(
                        terms("issued").apply(record).stream().map(Value::text),
                        opened,
                        Stream.of(record.item().date()))
                .flatMap(Function.identity())
                .flatMap(date -> CatalogueRecord.yearIn(date).stream())
                .limit(1)
                .map(Value::of)
                .toList();
    }

    private static String address(Value value) {
        return Facts.isAddress(value) ? value.text() : "";
    }
}
