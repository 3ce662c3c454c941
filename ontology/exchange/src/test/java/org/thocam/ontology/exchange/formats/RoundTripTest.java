package org.thocam.ontology.exchange.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.thocam.ontology.Access;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Place;
import org.thocam.ontology.Term;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Description;

/**
 * What goes out in a format and is read again. Each format carries what the test of it compares:
 *
 * <ul>
 *   <li>oai_dc: titles, creators, peoples, descriptions, type, date, the codes of the languages, identifiers after the page, the name of
 *       the place, rights; of the terms those of its fifteen elements, without their refinement and scheme
 *   <li>oai_qdc: those, the whole tags of the languages, the point of the place, every term but the roles of contributors
 *   <li>olac: those with the roles of its vocabulary, but one title and of the tags the codes
 *   <li>mods: those of qualified Dublin Core with the roles and the schemes
 * </ul>
 */
class RoundTripTest {
    private static final Set<String> RELATIONS = Set.of(
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
            "conformsTo");

    @Test
    void simpleDublinCore() {
        eachRandom("oai_dc", (item, back) -> {
            same(item, back);
            assertEquals(codes(item), back.languages());
            assertEquals(item.place().map(Place::name), back.place().map(Place::name));
            for (var name : List.of("publisher", "contributor", "source"))
                assertEquals(plain(item.terms(), name), plain(back.terms(), name), name);
            assertEquals(
                    item.terms().stream()
                            .filter(term -> term.name().equals("relation") || RELATIONS.contains(term.name()))
                            .map(Term::value)
                            .collect(Collectors.toSet()),
                    plain(back.terms(), "relation"));
            var formats = new TreeSet<String>();
            for (var name : List.of("format", "extent", "medium")) formats.addAll(plain(item.terms(), name));
            assertEquals(formats, plain(back.terms(), "format"));
        });
    }

    @Test
    void qualifiedDublinCore() {
        eachRandom("oai_qdc", (item, back) -> {
            same(item, back);
            assertEquals(known(item), back.languages());
            assertEquals(item.place(), back.place());
            assertEquals(withoutScheme(item.terms()), withoutScheme(back.terms()));
        });
    }

    @Test
    void languageArchives() {
        eachRandom("olac", (item, back) -> {
            // beside the one title a text without a language is no title of another one
            if (item.title().texts().size() > 1 && item.title().texts().containsKey(LanguageTag.UNDETERMINED)) return;
            same(item, back);
            assertEquals(codes(item), back.languages());
            assertEquals(item.place(), back.place());
            assertEquals(withoutScheme(item.terms()), withoutScheme(back.terms()));
            assertEquals(
                    item.terms().stream()
                            .filter(term -> term.qualifier().equals("speaker"))
                            .map(Term::value)
                            .collect(Collectors.toSet()),
                    back.terms().stream()
                            .filter(term -> term.qualifier().equals("speaker"))
                            .map(Term::value)
                            .collect(Collectors.toSet()));
        });
    }

    @Test
    void mods() {
        var unsaid = Set.of(
                "isVersionOf", "isFormatOf", "requires", "isRequiredBy", "conformsTo", "rightsHolder", "mediator");
        eachRandom("mods", (item, back) -> {
            same(item, back);
            assertEquals(known(item), back.languages());
            assertEquals(item.place(), back.place());
            var said = item.terms().stream()
                    .filter(term -> !unsaid.contains(term.name()))
                    .toList();
            assertEquals(withoutScheme(said), withoutScheme(back.terms()));
            for (var name : List.of("contributor", "subject"))
                assertEquals(
                        said.stream()
                                .filter(term -> term.name().equals(name))
                                .map(Term::qualifier)
                                .collect(Collectors.toSet()),
                        back.terms().stream()
                                .filter(term -> term.name().equals(name))
                                .map(Term::qualifier)
                                .collect(Collectors.toSet()),
                        name);
        });
    }

    @Test
    void recordsWithEverythingAndNextToNothingCanBeReadInEachFormat() {
        for (var prefix : List.of("oai_dc", "oai_qdc", "olac", "mods"))
            for (var record : List.of(Made.everything(), Made.bare(), Made.dictionary(), Made.embargoed())) {
                var back = back(prefix, record);
                assertEquals(record.item().title().shown(), back.title().shown(), prefix);
                assertEquals(
                        record.item().people().stream()
                                .filter(id -> id.startsWith("EG"))
                                .toList(),
                        back.people(),
                        prefix);
            }
    }

    private interface Comparison {
        void compare(Item item, Description back);
    }

    private static void eachRandom(String prefix, Comparison comparison) {
        long seed = System.nanoTime();
        System.out.println("RoundTripTest " + prefix + " seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            var item = item(random);
            var record = Made.record(item, false);
            try {
                comparison.compare(item, back(prefix, record));
            } catch (AssertionError e) {
                throw new AssertionError(Xml.written(Crosswalks.of(prefix).orElseThrow(), record), e);
            }
        }
    }

    private static Description back(String prefix, CatalogueRecord record) {
        var root = Xml.parsed(Crosswalks.of(prefix).orElseThrow(), record);
        return Crosswalks.reader(root).orElseThrow().read(root);
    }

    /** What all four carry. */
    private static void same(Item item, Description back) {
        assertEquals(item.title(), back.title());
        assertEquals(item.description(), back.description());
        assertEquals(item.creators(), back.creators());
        assertEquals(item.people(), back.people());
        assertEquals(item.type(), back.type());
        assertEquals(item.date(), back.date());
        assertEquals(item.rights(), back.rights());
        var identifiers = new ArrayList<>(back.identifiers());
        identifiers.remove("https://thocam.example.vn/items/" + item.id());
        assertEquals(new LinkedHashSet<>(item.identifiers()), new LinkedHashSet<>(identifiers));
    }

    private static List<LanguageTag> codes(Item item) {
        return item.languages().stream()
                .filter(tag -> !tag.undetermined())
                .map(tag -> new LanguageTag(tag.language()))
                .distinct()
                .toList();
    }

    private static List<LanguageTag> known(Item item) {
        return item.languages().stream().filter(tag -> !tag.undetermined()).toList();
    }

    private static Set<String> plain(List<Term> terms, String name) {
        return terms.stream()
                .filter(term -> term.name().equals(name))
                .map(Term::value)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Set<String>> withoutScheme(List<Term> terms) {
        var values = new TreeMap<String, Set<String>>();
        for (var term : terms) {
            // of a contributor with a role OLAC says the role and no language
            // and an address is of no language
            var language = term.value().startsWith("https:")
                            || term.name().equals("contributor")
                            || !term.qualifier().isEmpty()
                    ? ""
                    : term.language() + " ";
            values.computeIfAbsent(term.name(), name -> new TreeSet<>()).add(language + term.value());
        }
        return values;
    }

    /** An item without what no format can tell from something else: names of peoples as keywords, times as places. */
    private static Item item(Random random) {
        var titles = new LinkedHashMap<LanguageTag, String>();
        for (var tag : tags(random, 1)) titles.put(tag, word(random));
        var descriptions = new LinkedHashMap<LanguageTag, String>();
        for (var tag : tags(random, 0)) descriptions.put(tag, word(random) + "\n\n" + word(random));
        var languages =
                tags(random, 0).stream().filter(tag -> !tag.undetermined()).toList();
        var terms = new LinkedHashSet<Term>();
        for (int i = random.nextInt(10); i > 0; i--) {
            var name = Made.one(
                    random,
                    "publisher",
                    "contributor",
                    "subject",
                    "source",
                    "relation",
                    "isPartOf",
                    "hasVersion",
                    "references",
                    "extent",
                    "medium",
                    "format",
                    "audience",
                    "provenance");
            var tag = Made.one(random, LanguageTag.UNDETERMINED, Made.tag("vi"), Made.tag("km"));
            var qualifier = name.equals("contributor") ? Made.one(random, "", "speaker") : "";
            if (!qualifier.isEmpty() || random.nextInt(3) == 0 && !name.equals("contributor") && isRelation(name))
                tag = LanguageTag.UNDETERMINED;
            if (name.equals("contributor") || isRelation(name)) tag = LanguageTag.UNDETERMINED;
            terms.add(new Term(name, word(random), tag, qualifier));
        }
        Optional<Place> place = Made.one(
                random,
                Optional.empty(),
                Optional.of(new Place(word(random), null, null)),
                Optional.of(new Place(word(random) + "; a=b\\c", 21.5, -104.25)),
                Optional.of(new Place("Sơn La", -1.0, 104.0)));
        var people = Made.one(random, List.<String>of(), List.of("EG03"), List.of("EG02"), List.of("EG16", "EG05"));
        return new Item(
                        new ItemId("x" + random.nextInt(100)),
                        new LanguageMap(titles),
                        Made.one(random, "", "Text", "StillImage", "Dataset", "Event"),
                        languages,
                        new LanguageMap(descriptions),
                        words(random),
                        Made.one(random, "", "1999", "2001-02", "2001-02-03", "thế kỷ 19"),
                        people,
                        place,
                        word(random),
                        Access.OPEN,
                        List.of(),
                        List.of(),
                        words(random),
                        "",
                        "")
                .withTerms(List.copyOf(terms));
    }

    private static boolean isRelation(String name) {
        return name.equals("relation") || name.equals("source") || RELATIONS.contains(name);
    }

    private static List<LanguageTag> tags(Random random, int least) {
        var all = List.of("vi", "en", "blt-Tavt", "cjm-Cham", "km", "und", "jra");
        var tags = new LinkedHashSet<LanguageTag>();
        for (int i = random.nextInt(3) + least; i > 0; i--) tags.add(Made.tag(all.get(random.nextInt(all.size()))));
        return List.copyOf(tags);
    }

    private static List<String> words(Random random) {
        var words = new LinkedHashSet<String>();
        for (int i = random.nextInt(3); i > 0; i--) words.add(word(random));
        return List.copyOf(words);
    }

    private static String word(Random random) {
        return Made.one(random, "ꪼꪕ", "ꨌꩌ", "ខ្មែរ", "ລາວ", "𡨸喃", "a < b & c", "Từ", "https://a.example/")
                + random.nextInt(10_000);
    }
}
