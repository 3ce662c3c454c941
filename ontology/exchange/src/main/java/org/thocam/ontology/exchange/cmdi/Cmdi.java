package org.thocam.ontology.exchange.cmdi;

import static org.thocam.ontology.exchange.rules.Facts.all;
import static org.thocam.ontology.exchange.rules.Facts.terms;
import static org.thocam.ontology.exchange.rules.Facts.where;
import static org.thocam.ontology.exchange.rules.Rule.always;
import static org.thocam.ontology.exchange.rules.Rule.each;
import static org.thocam.ontology.exchange.rules.Rule.element;
import static org.thocam.ontology.exchange.rules.Rule.group;
import static org.thocam.ontology.exchange.rules.Rule.its;

import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Crosswalk;
import org.thocam.ontology.exchange.MetadataFormat;
import org.thocam.ontology.exchange.olac.Olac;
import org.thocam.ontology.exchange.rules.Facts;
import org.thocam.ontology.exchange.rules.Rule;
import org.thocam.ontology.exchange.rules.Table;
import org.thocam.ontology.exchange.rules.Value;

/**
 * CMDI 1.2 in CLARIN's profile OLAC-DcmiTerms. It fits what is known to be of a language; the elements of the profile stand in the
 * order of the alphabet.
 */
public final class Cmdi {
    private static final String PROFILE = "clarin.eu:cr1:p_1288172614026";
    private static final String PROFILES = "http://www.clarin.eu/cmd/1/profiles/" + PROFILE;

    public static final Crosswalk CROSSWALK = Table.of(
                    new MetadataFormat(
                            "cmdi",
                            "https://infra.clarin.eu/CMDI/1.x/xsd/cmd-envelop.xsd",
                            "http://www.clarin.eu/cmd/1"),
                    "cmd:CMD")
            .namespace("cmdp", PROFILES)
            .schema(
                    PROFILES,
                    "https://catalog.clarin.eu/ds/ComponentRegistry/rest/registry/1.x/profiles/" + PROFILE + "/xsd")
            .attribute("CMDVersion", "1.2")
            .forThose(record -> !record.languages().isEmpty())
            .rules(
                    group(
                            "cmd:Header",
                            element(
                                    "cmd:MdCreator",
                                    record -> Facts.texts(List.of(record.links().name()))),
                            element("cmd:MdCreationDate", Cmdi::day),
                            element(
                                    "cmd:MdSelfLink",
                                    record -> Facts.texts(List.of(record.links().oaiIdentifier(record.id())))),
                            always("cmd:MdProfile", PROFILE),
                            element(
                                    "cmd:MdCollectionDisplayName",
                                    record -> Facts.texts(List.of(record.links().name())))),
                    resources(),
                    group(
                            "cmd:Components",
                            group(
                                    "cmdp:OLAC-DcmiTerms",
                                    term("abstract"),
                                    said("alternative", all(Facts::furtherTitles, terms("alternative"))),
                                    term("audience"),
                                    dated("available", all(Facts::embargoEnd, terms("available"))),
                                    term("bibliographicCitation"),
                                    term("conformsTo"),
                                    said("contributor", terms("contributor"))
                                            .with("olac-role", value -> Olac.hasRole(value) ? Olac.role(value) : ""),
                                    dated("created", terms("created")),
                                    said("creator", Facts::creators),
                                    dated("date", Facts::date),
                                    dated("dateCopyrighted", terms("dateCopyrighted")),
                                    said("description", Facts::descriptions).inItsLanguage(),
                                    term("extent"),
                                    said("format", Facts::mediaTypes).with("dcterms-type", "IMT"),
                                    term("format"),
                                    said("hasFormat", all(Facts::lift, terms("hasFormat")))
                                            .with("dcterms-type", Cmdi::uri),
                                    term("hasPart"),
                                    term("hasVersion"),
                                    said("identifier", all(Facts::page, Facts::identifiers))
                                            .with("dcterms-type", Cmdi::uri),
                                    term("isFormatOf"),
                                    term("isPartOf"),
                                    term("isReferencedBy"),
                                    term("isReplacedBy"),
                                    term("isRequiredBy"),
                                    dated("issued", terms("issued")),
                                    term("isVersionOf"),
                                    said("language", Facts::languageNames).with("olac-language", Facts::olacLanguage),
                                    term("license"),
                                    term("mediator"),
                                    term("medium"),
                                    dated("modified", terms("modified")),
                                    term("provenance"),
                                    term("publisher"),
                                    term("references"),
                                    term("relation"),
                                    term("replaces"),
                                    term("requires"),
                                    said("rights", Facts::rights),
                                    term("rightsHolder"),
                                    term("source"),
                                    said("spatial", Facts::point).with("dcterms-type", "Point"),
                                    said("spatial", all(Facts::place, terms("spatial"))),
                                    said("subject", Olac::subjectLanguages).with("olac-language", Facts::olacLanguage),
                                    said("subject", Facts::subjects).inItsLanguage(),
                                    term("tableOfContents"),
                                    term("temporal"),
                                    said("title", Facts::mainTitle).inItsLanguage(),
                                    said("type", Olac::linguisticTypes).with("olac-linguistic-type", Value::text),
                                    said("type", where(Facts::isDcmiType, all(Facts::type, terms("type"))))
                                            .with("dcterms-type", "DCMIType"),
                                    said("type", where(Olac::otherType, all(Facts::type, terms("type")))),
                                    dated("valid", terms("valid")))));

    private Cmdi() {}

    /** The page, then each file. */
    private static Rule resources() {
        return group(
                "cmd:Resources",
                group(
                        "cmd:ResourceProxyList",
                        each(
                                        "cmd:ResourceProxy",
                                        Facts::page,
                                        always("cmd:ResourceType", "LandingPage"),
                                        its("cmd:ResourceRef", Value::text))
                                .with("id", "page"),
                        each(
                                        "cmd:ResourceProxy",
                                        Cmdi::files,
                                        always("cmd:ResourceType", "Resource")
                                                .with("mimetype", value -> value.qualifier()
                                                        .split(" ", 2)[1]),
                                        its("cmd:ResourceRef", Value::text))
                                .with("id", value -> value.qualifier().split(" ", 2)[0])),
                Rule.hollow("cmd:JournalFileProxyList"),
                Rule.hollow("cmd:ResourceRelationList"));
    }

    private static List<Value> files(CatalogueRecord record) {
        var files = record.item().handedIn();
        return IntStream.range(0, files.size())
                .mapToObj(i -> Value.of(
                        record.links().file(record.id(), files.get(i).name()),
                        "file" + (i + 1) + " " + files.get(i).mediaType()))
                .toList();
    }

    private static List<Value> day(CatalogueRecord record) {
        return List.of(Value.of(
                record.datestamp().atOffset(ZoneOffset.UTC).toLocalDate().toString()));
    }

    private static Rule term(String name) {
        return said(name, terms(name)).with("dcterms-type", Cmdi::uri);
    }

    private static Rule said(String name, Function<CatalogueRecord, List<Value>> values) {
        return element("cmdp:" + name, values);
    }

    private static Rule dated(String name, Function<CatalogueRecord, List<Value>> values) {
        return said(name, values).with("dcterms-type", value -> Facts.isDate(value) ? "W3CDTF" : "");
    }

    private static String uri(Value value) {
        return Facts.isAddress(value) ? "URI" : "";
    }
}
