package org.thocam.ontology.exchange.olac;

import static org.thocam.ontology.exchange.dc.DublinCore.dateTerm;
import static org.thocam.ontology.exchange.dc.DublinCore.term;
import static org.thocam.ontology.exchange.rules.Facts.all;
import static org.thocam.ontology.exchange.rules.Facts.terms;
import static org.thocam.ontology.exchange.rules.Facts.where;
import static org.thocam.ontology.exchange.rules.Rule.element;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Crosswalk;
import org.thocam.ontology.exchange.MetadataFormat;
import org.thocam.ontology.exchange.dc.DublinCore;
import org.thocam.ontology.exchange.rules.Facts;
import org.thocam.ontology.exchange.rules.Table;
import org.thocam.ontology.exchange.rules.Value;
import org.thocam.ontology.reference.Language;

/** What language archives tell each other. OLAC Metadata 1.1, with the vocabularies of OLAC's recommendations. */
public final class Olac {
    public static final String NAMESPACE = "http://www.language-archives.org/OLAC/1.1/";
    /** The scheme of a {@code type} term that is an OLAC linguistic data type. */
    public static final String LINGUISTIC_TYPE = "olac:linguistic-type";

    /** The scheme of a {@code subject} term that is the code of a language. */
    public static final String LANGUAGE = "olac:language";

    private static final Pattern CODE = Pattern.compile("[a-z]{2,3}");

    /** OLAC Role Vocabulary. */
    private static final Set<String> ROLES = Set.of(
            "annotator",
            "author",
            "compiler",
            "consultant",
            "data_inputter",
            "depositor",
            "developer",
            "editor",
            "illustrator",
            "interpreter",
            "interviewer",
            "participant",
            "performer",
            "photographer",
            "recorder",
            "researcher",
            "research_participant",
            "responder",
            "signer",
            "singer",
            "speaker",
            "sponsor",
            "transcriber",
            "translator");

    private static final Set<String> LINGUISTIC_TYPES = Set.of("lexicon", "language_description", "primary_text");

    public static final Crosswalk CROSSWALK = Table.of(
                    new MetadataFormat("olac", NAMESPACE + "olac.xsd", NAMESPACE), "olac:olac")
            .namespace("dc", DublinCore.DC)
            .namespace("dcterms", DublinCore.DCTERMS)
            .endingWith(DublinCore.FURTHER)
            .rules(
                    // exactly one title, the others beside it: OLAC Metadata Metrics
                    element("dc:title", Facts::mainTitle).inItsLanguage(),
                    element("dcterms:alternative", all(Facts::furtherTitles, terms("alternative")))
                            .inItsLanguage(),
                    element("dc:identifier", all(Facts::page, Facts::identifiers))
                            .with("xsi:type", DublinCore::uri),
                    element("dcterms:bibliographicCitation", terms("bibliographicCitation"))
                            .inItsLanguage(),
                    element("dc:creator", Facts::creators),
                    element("dc:contributor", where(Olac::hasRole, terms("contributor")))
                            .with("xsi:type", "olac:role")
                            .with("olac:code", Olac::role),
                    element("dc:contributor", where(value -> !hasRole(value), terms("contributor")))
                            .inItsLanguage(),
                    term("publisher", "dc:publisher"),
                    element("dc:date", Facts::date).with("xsi:type", DublinCore::date),
                    dateTerm("created"),
                    dateTerm("issued"),
                    element("dcterms:available", all(Facts::embargoEnd, terms("available")))
                            .with("xsi:type", DublinCore::date),
                    dateTerm("modified"),
                    dateTerm("dateCopyrighted"),
                    dateTerm("valid"),
                    element("dc:language", Facts::languageNames)
                            .with("xsi:type", "olac:language")
                            .with("olac:code", Facts::olacLanguage),
                    element("dc:subject", Olac::subjectLanguages)
                            .with("xsi:type", "olac:language")
                            .with("olac:code", Facts::olacLanguage),
                    element("dc:subject", where(value -> !isLanguage(value), Facts::subjects))
                            .with("xsi:type", DublinCore::scheme)
                            .with("xml:lang", DublinCore::languageOfText),
                    element("dc:type", Olac::linguisticTypes)
                            .with("xsi:type", LINGUISTIC_TYPE)
                            .with("olac:code", Value::text),
                    element("dc:type", where(Facts::isDcmiType, all(Facts::type, terms("type"))))
                            .with("xsi:type", "dcterms:DCMIType"),
                    element("dc:type", where(Olac::otherType, all(Facts::type, terms("type"))))
                            .inItsLanguage());

    private Olac() {}

    public static boolean hasRole(Value value) {
        return ROLES.contains(role(value));
    }

    public static String role(Value value) {
        return value.qualifier().strip().toLowerCase(Locale.ROOT).replace(' ', '_');
    }

    public static boolean isRole(String code) {
        return ROLES.contains(code);
    }

    /** A dictionary or a description is about the languages it has; a text or a recording only is in them. */
    public static List<Value> subjectLanguages(CatalogueRecord record) {
        boolean about =
                linguisticTypes(record).stream().anyMatch(value -> !value.text().equals("primary_text"));
        var languages = new ArrayList<Value>(about ? Facts.languageNames(record) : List.of());
        for (var subject : terms("subject").apply(record))
            if (isLanguage(subject)) languages.add(named(subject.text()));
        return languages;
    }

    private static boolean isLanguage(Value subject) {
        return subject.qualifier().equals(LANGUAGE)
                && CODE.matcher(subject.text()).matches();
    }

    private static Value named(String code) {
        return new Value(Language.nameEn(code), new LanguageTag(code), "");
    }

    public static List<Value> linguisticTypes(CatalogueRecord record) {
        var types = terms("type").apply(record).stream()
                .filter(Olac::isLinguisticType)
                .map(Value::text)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (record.lexicon()) types.add("lexicon");
        return Facts.texts(List.copyOf(types));
    }

    private static boolean isLinguisticType(Value value) {
        return value.qualifier().equals(LINGUISTIC_TYPE) && LINGUISTIC_TYPES.contains(value.text());
    }

    public static boolean otherType(Value value) {
        return !Facts.isDcmiType(value) && !isLinguisticType(value);
    }
}
