package org.thocam.ontology.exchange.dc;

import static org.thocam.ontology.exchange.rules.Facts.all;
import static org.thocam.ontology.exchange.rules.Facts.isAddress;
import static org.thocam.ontology.exchange.rules.Facts.isDate;
import static org.thocam.ontology.exchange.rules.Facts.isDcmiType;
import static org.thocam.ontology.exchange.rules.Facts.terms;
import static org.thocam.ontology.exchange.rules.Rule.element;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.thocam.ontology.exchange.Crosswalk;
import org.thocam.ontology.exchange.MetadataFormat;
import org.thocam.ontology.exchange.rules.Facts;
import org.thocam.ontology.exchange.rules.Rule;
import org.thocam.ontology.exchange.rules.Table;
import org.thocam.ontology.exchange.rules.Value;

/** Dublin Core, simple and qualified. */
public final class DublinCore {
    public static final String DC = "http://purl.org/dc/elements/1.1/";
    public static final String DCTERMS = "http://purl.org/dc/terms/";

    /** The schemes of subjects that the schema of DCMI Metadata Terms has a type for. */
    private static final Set<String> SCHEMES = Set.of("LCSH", "MESH", "DDC", "LCC", "UDC");

    /** DCMES 1.1, as OAI-PMH 2.0 (section 5) asks of everybody. A refinement is said as the element that it refines. */
    public static final Crosswalk SIMPLE = Table.of(
                    new MetadataFormat(
                            "oai_dc",
                            "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
                            "http://www.openarchives.org/OAI/2.0/oai_dc/"),
                    "oai_dc:dc")
            .namespace("dc", DC)
            .rules(
                    // the page first: harvesters take the first address for the way to the item
                    element("dc:identifier", all(Facts::page, Facts::identifierTexts, terms("bibliographicCitation"))),
                    element("dc:title", all(Facts::titles, terms("alternative")))
                            .inItsLanguage(),
                    element("dc:creator", Facts::creators),
                    element("dc:contributor", terms("contributor")).inItsLanguage(),
                    element("dc:publisher", terms("publisher")).inItsLanguage(),
                    element("dc:date", all(Facts::date, terms("created", "issued", "dateCopyrighted"))),
                    element("dc:language", Facts::languageCodes),
                    element("dc:type", all(Facts::type, terms("type"))).inItsLanguage(),
                    element("dc:subject", Facts::subjects).inItsLanguage(),
                    element("dc:description", all(Facts::descriptions, terms("abstract", "tableOfContents")))
                            .inItsLanguage(),
                    element("dc:coverage", all(Facts::place, terms("spatial", "temporal")))
                            .inItsLanguage(),
                    element("dc:format", all(Facts::mediaTypes, terms("format", "extent", "medium")))
                            .inItsLanguage(),
                    element("dc:source", terms("source")).inItsLanguage(),
                    element(
                                    "dc:relation",
                                    all(
                                            terms(
                                                    "relation",
                                                    "isPartOf",
                                                    "hasPart",
                                                    "isVersionOf",
                                                    "hasVersion",
                                                    "isFormatOf",
                                                    "hasFormat",
                                                    "references",
                                                    "isReferencedBy",
                                                    "replaces",
                                                    "isReplacedBy",
                                                    "requires",
                                                    "isRequiredBy",
                                                    "conformsTo"),
                                            Facts::lift))
                            .inItsLanguage(),
                    element("dc:rights", all(Facts::rights, terms("license"))).inItsLanguage());

    /** What qualified Dublin Core says at its end, and OLAC, which is made of it, in the same words. */
    public static final List<Rule> FURTHER = List.of(
            element("dc:description", Facts::descriptions).inItsLanguage(),
            term("abstract"),
            term("tableOfContents"),
            element("dcterms:spatial", Facts::point).with("xsi:type", "dcterms:Point"),
            element("dcterms:spatial", all(Facts::place, terms("spatial"))).inItsLanguage(),
            term("temporal"),
            element("dc:format", Facts::mediaTypes).with("xsi:type", "dcterms:IMT"),
            term("format", "dc:format"),
            term("extent"),
            term("medium"),
            term("source", "dc:source"),
            term("relation", "dc:relation"),
            term("isPartOf"),
            term("hasPart"),
            term("isVersionOf"),
            term("hasVersion"),
            term("isFormatOf"),
            element("dcterms:hasFormat", all(Facts::lift, terms("hasFormat")))
                    .with("xsi:type", DublinCore::uri)
                    .with("xml:lang", DublinCore::languageOfText),
            term("references"),
            term("isReferencedBy"),
            term("replaces"),
            term("isReplacedBy"),
            term("requires"),
            term("isRequiredBy"),
            term("conformsTo"),
            element("dc:rights", Facts::rights),
            term("license"),
            term("rightsHolder"),
            term("provenance"),
            term("audience"),
            term("mediator"));

    /**
     * DCMI Metadata Terms in the container that OCLC published and CONTENTdm and others serve. The root's name, {@code qualifieddc}, is
     * what DSpace asks for when it harvests qualified Dublin Core.
     */
    public static final Crosswalk QUALIFIED = Table.of(
                    new MetadataFormat(
                            "oai_qdc",
                            "http://worldcat.org/xmlschemas/qdc/1.0/qdc-1.0.xsd",
                            "http://worldcat.org/xmlschemas/qdc-1.0/"),
                    "oai_qdc:qualifieddc")
            .namespace("dc", DC)
            .namespace("dcterms", DCTERMS)
            .endingWith(FURTHER)
            .rules(
                    element("dc:identifier", all(Facts::page, Facts::identifierTexts))
                            .with("xsi:type", DublinCore::uri),
                    element("dcterms:bibliographicCitation", terms("bibliographicCitation"))
                            .inItsLanguage(),
                    element("dc:title", Facts::titles).inItsLanguage(),
                    element("dcterms:alternative", terms("alternative")).inItsLanguage(),
                    element("dc:creator", Facts::creators),
                    element("dc:contributor", terms("contributor")).inItsLanguage(),
                    term("publisher", "dc:publisher"),
                    element("dc:date", Facts::date).with("xsi:type", DublinCore::date),
                    dateTerm("created"),
                    dateTerm("issued"),
                    element("dcterms:available", all(Facts::embargoEnd, terms("available")))
                            .with("xsi:type", DublinCore::date),
                    dateTerm("modified"),
                    dateTerm("dateCopyrighted"),
                    dateTerm("valid"),
                    element("dc:language", Facts::languageCodes).with("xsi:type", "dcterms:ISO639-3"),
                    element("dc:language", Facts::fullerLanguageTags).with("xsi:type", "dcterms:RFC4646"),
                    element("dc:type", all(Facts::type, terms("type")))
                            .with("xsi:type", when(Facts::isDcmiType, "dcterms:DCMIType"))
                            .with("xml:lang", value -> isDcmiType(value) ? "" : value.tag()),
                    element("dc:subject", Facts::subjects)
                            .with("xsi:type", DublinCore::scheme)
                            .with("xml:lang", DublinCore::languageOfText));

    private DublinCore() {}

    /** A term under its own name. */
    public static Rule term(String name) {
        return term(name, "dcterms:" + name);
    }

    /** A term as this element: an address says so, a text says its language. */
    public static Rule term(String name, String element) {
        return element(element, terms(name))
                .with("xsi:type", DublinCore::uri)
                .with("xml:lang", DublinCore::languageOfText);
    }

    public static Rule dateTerm(String name) {
        return element("dcterms:" + name, terms(name)).with("xsi:type", DublinCore::date);
    }

    public static String uri(Value value) {
        return isAddress(value) ? "dcterms:URI" : "";
    }

    /** An address, or a heading of one of the schemes that DCMI has a type for. */
    public static String scheme(Value value) {
        if (isAddress(value)) return "dcterms:URI";
        return SCHEMES.contains(value.qualifier()) ? "dcterms:" + value.qualifier() : "";
    }

    public static String date(Value value) {
        return isDate(value) ? "dcterms:W3CDTF" : "";
    }

    /** The schemes of DCMI forbid {@code xml:lang}: an address is of no language. */
    public static String languageOfText(Value value) {
        return isAddress(value) || SCHEMES.contains(value.qualifier()) ? "" : value.tag();
    }

    private static Function<Value, String> when(Predicate<Value> condition, String scheme) {
        return value -> condition.test(value) ? scheme : "";
    }
}
