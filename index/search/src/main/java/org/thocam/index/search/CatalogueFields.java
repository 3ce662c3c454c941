package org.thocam.index.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.solr.common.SolrInputDocument;
import org.thocam.index.analysis.AnalysisSteps;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Item;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.Term;
import org.thocam.ontology.reference.People;
import org.thocam.ontology.reference.Province;

/** What a catalogue is asked for by the names of Dublin Core: beside the fields of the search box, which stay as they are. */
final class CatalogueFields {
    private static final Set<String> DESCRIPTIONS = Set.of("abstract", "tableOfContents");
    private static final Set<String> COVERAGE = Set.of("spatial", "temporal");
    private static final Set<String> RIGHTS = Set.of("license", "rightsHolder");
    private static final Set<String> FORMATS = Set.of("format", "medium", "extent");
    private static final Set<String> RELATIONS = Set.of(
            "relation",
            "conformsTo",
            "hasFormat",
            "hasPart",
            "hasVersion",
            "isFormatOf",
            "isPartOf",
            "isReferencedBy",
            "isReplacedBy",
            "isRequiredBy",
            "isVersionOf",
            "references",
            "replaces",
            "requires");
    /** ISBN and ISSN: ISO 2108 and ISO 3297. */
    private static final Pattern STANDARD_NUMBER = Pattern.compile("(97[89])?\\d{9}[\\dX]|\\d{7}[\\dX]");

    private final Item item;
    private final SolrInputDocument document;

    private CatalogueFields(Item item, SolrInputDocument document) {
        this.item = item;
        this.document = document;
    }

    static void add(Item item, SolrInputDocument document) {
        new CatalogueFields(item, document).add();
    }

    private void add() {
        var alternatives = terms(Set.of("alternative"));
        words("alternative", alternatives);
        wholes("title", joined(texts(item.title()), alternatives));
        both("creator", item.creators());
        both("contributor", terms(Set.of("contributor")));
        both("publisher", terms(Set.of("publisher")));
        both("subject", joined(terms(Set.of("subject")), peoples()));
        both("coverage", joined(item.place().map(place -> List.of(place.name())).orElse(List.of()), terms(COVERAGE)));
        words("description", joined(texts(item.description()), terms(DESCRIPTIONS)));
        words("source", terms(Set.of("source")));
        words("relation", terms(RELATIONS));
        words("rights", joined(List.of(item.rights()), terms(RIGHTS)));
        document.setField("identifier", ItemDocument.values(identifiers()));
        var formats = item.files().stream().map(Bitstream::mediaType).toList();
        document.setField(
                "format",
                ItemDocument.values(new LinkedHashSet<>(ItemDocument.clean(joined(formats, terms(FORMATS))))));
        document.setField("province", provinces());
    }

    private void both(String name, List<String> values) {
        words(name, values);
        wholes(name, values);
    }

    private void words(String name, List<String> values) {
        var language = item.languages().get(0);
        document.setField(
                name + "_text",
                ItemDocument.clean(values).stream()
                        .map(value -> ItemDocument.written(language, value))
                        .toList());
    }

    /** One for each key, so that counts are of items. */
    private void wholes(String name, List<String> values) {
        var byKey = new LinkedHashMap<String, String>();
        for (var value : ItemDocument.clean(values)) {
            var shown = ItemDocument.value(value.strip());
            var key = ItemDocument.value(key(shown));
            if (!key.isEmpty()) byKey.putIfAbsent(key, key + ItemDocument.UNIT + shown);
        }
        document.setField(name + "_key", List.copyOf(byKey.values()));
    }

    /** The words of the exact tier, one space between them. */
    static String key(String text) {
        return String.join(
                " ",
                AnalysisSteps.exact(text).stream()
                        .map(AnalysisSteps.Token::text)
                        .toList());
    }

    private Set<String> identifiers() {
        var all = new LinkedHashSet<String>();
        all.add(identifier(item.id().value()));
        for (var given : ItemDocument.clean(item.identifiers())) all.add(identifier(given));
        return all;
    }

    /** In one spelling: an ISBN or ISSN without its hyphens and its name, all else in small letters. */
    static String identifier(String given) {
        var text = given.strip();
        var number = text.replaceFirst("(?i)^(urn:)?is[bs]n(-1[03])?[:\\s]*", "")
                .replaceAll("[-\\s\u2010-\u2015]", "")
                .toUpperCase(Locale.ROOT);
        return STANDARD_NUMBER.matcher(number).matches() ? number : text.toLowerCase(Locale.ROOT);
    }

    private List<String> provinces() {
        return item.place().stream()
                .flatMap(place -> Province.namedIn(place.name()).stream())
                .flatMap(province -> Stream.of(province.id(), province.today().id()))
                .distinct()
                .toList();
    }

    private List<String> peoples() {
        return item.people().stream()
                .flatMap(id -> People.ofId(id).stream())
                .flatMap(people ->
                        Stream.concat(Stream.of(people.nameVi(), people.nameEn()), people.autonyms().stream()))
                .toList();
    }

    private List<String> terms(Set<String> names) {
        return item.terms().stream()
                .filter(term -> names.contains(term.name()))
                .map(Term::value)
                .toList();
    }

    private static List<String> texts(LanguageMap texts) {
        return List.copyOf(texts.texts().values());
    }

    private static List<String> joined(List<String> first, List<String> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
