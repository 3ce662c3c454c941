package org.thocam.ontology.exchange.mods;

import static org.thocam.ontology.exchange.rules.Facts.all;
import static org.thocam.ontology.exchange.rules.Facts.isDate;
import static org.thocam.ontology.exchange.rules.Facts.terms;
import static org.thocam.ontology.exchange.rules.Facts.where;
import static org.thocam.ontology.exchange.rules.Rule.always;
import static org.thocam.ontology.exchange.rules.Rule.each;
import static org.thocam.ontology.exchange.rules.Rule.element;
import static org.thocam.ontology.exchange.rules.Rule.group;
import static org.thocam.ontology.exchange.rules.Rule.its;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Crosswalk;
import org.thocam.ontology.exchange.MetadataFormat;
import org.thocam.ontology.exchange.XmlOut;
import org.thocam.ontology.exchange.rules.Facts;
import org.thocam.ontology.exchange.rules.Rule;
import org.thocam.ontology.exchange.rules.Table;
import org.thocam.ontology.exchange.rules.Value;

/** MODS 3.7 of the Library of Congress, as catalogues that copy records over SRU ask for it. */
public final class Mods {
    public static final String NAMESPACE = "http://www.loc.gov/mods/v3";
    /** {@code typeOfResource} by DCMI type; a type that is not here has none. */
    static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("Text", "text"),
            Map.entry("Image", "still image"),
            Map.entry("StillImage", "still image"),
            Map.entry("MovingImage", "moving image"),
            Map.entry("Sound", "sound recording"),
            Map.entry("PhysicalObject", "three dimensional object"),
            Map.entry("Software", "software, multimedia"),
            Map.entry("InteractiveResource", "software, multimedia"),
            Map.entry("Dataset", "software, multimedia"),
            Map.entry("Collection", "mixed material"));
    /** {@code relatedItem} by DCMI term; {@code relation} itself has no type. */
    static final Map<String, String> RELATIONS = Map.of(
            "isPartOf", "host",
            "hasPart", "constituent",
            "hasVersion", "otherVersion",
            "hasFormat", "otherFormat",
            "source", "original",
            "references", "references",
            "isReferencedBy", "isReferencedBy",
            "replaces", "preceding",
            "isReplacedBy", "succeeding",
            "relation", "");

    public static final Crosswalk CROSSWALK = Table.of(
                    new MetadataFormat("mods", "http://www.loc.gov/standards/mods/v3/mods-3-7.xsd", NAMESPACE), "mods")
            .namespace("xlink", XmlOut.XLINK)
            .attribute("version", "3.7")
            .rules(
                    title(each("titleInfo", Facts::mainTitle, its("title", Value::text))),
                    title(each("titleInfo", Facts::parallelTitles, its("title", Value::text))),
                    title(each("titleInfo", Facts::translatedTitles, its("title", Value::text)))
                            .with("type", "translated"),
                    title(each("titleInfo", terms("alternative"), its("title", Value::text)))
                            .with("type", "alternative"),
                    each(
                            "name",
                            Facts::creators,
                            its("namePart", Value::text),
                            group(
                                    "role",
                                    always("roleTerm", "creator")
                                            .with("type", "text")
                                            .with("authority", "marcrelator"))),
                    each(
                            "name",
                            terms("contributor"),
                            its("namePart", Value::text),
                            group("role", its("roleTerm", Mods::role).with("type", "text"))),
                    element("typeOfResource", record -> Facts.type(record).stream()
                            .map(type -> Value.of(TYPES.getOrDefault(type.text(), "")))
                            .toList()),
                    element("genre", where(Facts::isDcmiType, all(Facts::type, terms("type"))))
                            .with("authority", "dct"),
                    element("genre", where(type -> !Facts.isDcmiType(type), all(Facts::type, terms("type"))))
                            .with("authority", Value::qualifier)
                            .inItsLanguage(),
                    group(
                            "originInfo",
                            element("publisher", terms("publisher")).inItsLanguage(),
                            // what a depositor calls the date of an item is when it was made
                            date(element("dateCreated", Facts::date)).with("keyDate", "yes"),
                            date(element("dateCreated", terms("created"))),
                            date(element("dateIssued", terms("issued"))),
                            date(element("copyrightDate", terms("dateCopyrighted"))),
                            date(element("dateModified", terms("modified"))),
                            date(element("dateValid", terms("valid"))),
                            date(element("dateOther", all(Facts::embargoEnd, terms("available"))))
                                    .with("type", "available")),
                    each(
                            "language",
                            Facts::languages,
                            its("languageTerm", Facts::languageCode)
                                    .with("type", "code")
                                    .with("authority", "iso639-3"),
                            its("languageTerm", Value::text)
                                    .with("type", "code")
                                    .with("authority", "rfc5646"),
                            its("scriptTerm", Facts::script)
                                    .with("type", "code")
                                    .with("authority", "iso15924")),
                    group(
                            "physicalDescription",
                            element("form", terms("medium")).inItsLanguage(),
                            element("internetMediaType", Facts::mediaTypes),
                            element("extent", terms("extent")).inItsLanguage(),
                            element("note", terms("format")).inItsLanguage().with("type", "format")),
                    element("abstract", all(Facts::descriptions)).inItsLanguage(),
                    element("abstract", terms("abstract")).inItsLanguage().with("type", "abstract"),
                    element("tableOfContents", terms("tableOfContents")).inItsLanguage(),
                    element("targetAudience", terms("audience")).inItsLanguage(),
                    element("note", terms("bibliographicCitation"))
                            .with("type", "preferred citation")
                            .inItsLanguage(),
                    element("note", terms("provenance"))
                            .with("type", "ownership")
                            .inItsLanguage(),
                    each(
                            "subject",
                            Facts::peopleNames,
                            its("topic", Value::text).inItsLanguage()),
                    each("subject", terms("subject"), its("topic", Value::text).inItsLanguage())
                            .with("authority", Value::qualifier),
                    each("subject", Facts::about, its("topic", Value::text).with("valueURI", Value::text)),
                    group(
                            "subject",
                            element("geographic", Facts::place),
                            group("cartographics", element("coordinates", Facts::coordinates))),
                    each(
                            "subject",
                            terms("spatial"),
                            its("geographic", Value::text).inItsLanguage()),
                    each(
                            "subject",
                            terms("temporal"),
                            its("temporal", Value::text).inItsLanguage()),
                    related("isPartOf"),
                    related("hasPart"),
                    related("hasVersion"),
                    related("source"),
                    related("references"),
                    related("isReferencedBy"),
                    related("replaces"),
                    related("isReplacedBy"),
                    related("relation"),
                    each(
                                    "relatedItem",
                                    all(Facts::lift, terms("hasFormat")),
                                    group("location", its("url", Mods::address)),
                                    group("titleInfo", its("title", Mods::words)))
                            .with("type", "otherFormat"),
                    element("identifier", Facts::identifiers)
                            .with("type", value -> value.qualifier().isEmpty() ? "local" : value.qualifier()),
                    group("location", element("url", Facts::page).with("usage", "primary display")),
                    element("accessCondition", Facts::rights).with("type", "use and reproduction"),
                    element("accessCondition", terms("license"))
                            .with("type", "license")
                            .with("xlink:href", Mods::address),
                    group(
                            "recordInfo",
                            element(
                                    "recordContentSource",
                                    record -> Facts.texts(List.of(record.links().name()))),
                            element("recordChangeDate", Mods::changed).with("encoding", "w3cdtf"),
                            element(
                                    "recordIdentifier",
                                    record -> Facts.texts(List.of(record.links().oaiIdentifier(record.id()))))));

    private Mods() {}

    private static Rule title(Rule rule) {
        return rule.with("lang", Facts::languageCode).inItsLanguage().with("script", Facts::script);
    }

    private static Rule date(Rule rule) {
        return rule.with("encoding", value -> isDate(value) ? "w3cdtf" : "");
    }

    private static Rule related(String term) {
        return each(
                        "relatedItem",
                        terms(term),
                        group("titleInfo", its("title", Mods::words)),
                        group("location", its("url", Mods::address)))
                .with("type", RELATIONS.get(term));
    }

    private static String role(Value value) {
        return value.qualifier().isBlank() ? "contributor" : value.qualifier();
    }

    private static String address(Value value) {
        return Facts.isAddress(value) ? value.text() : "";
    }

    private static String words(Value value) {
        return Facts.isAddress(value) ? "" : value.text();
    }

    private static List<Value> changed(CatalogueRecord record) {
        return List.of(
                Value.of(record.datestamp().truncatedTo(ChronoUnit.SECONDS).toString()));
    }
}
