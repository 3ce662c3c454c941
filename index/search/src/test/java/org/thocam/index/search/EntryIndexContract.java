package org.thocam.index.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.thocam.index.analysis.Sound;
import org.thocam.index.analysis.WritingSystem;
import org.thocam.index.search.EntryRequest.By;
import org.thocam.index.search.EntryRequest.Match;
import org.thocam.index.search.EntryRequest.View;
import org.thocam.ontology.Access;
import org.thocam.ontology.Change;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Tombstone;
import org.thocam.ontology.Version;
import org.thocam.ontology.Watermark;

/** What is asked of the entries of dictionaries, wherever they are. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class EntryIndexContract {
    private static final LanguageTag BAHNAR = new LanguageTag("bdq-Latn");
    private static final LanguageTag RHADE = new LanguageTag("rad-Latn");
    private static final LanguageTag TAI = new LanguageTag("blt-Tavt");
    private static final LanguageTag VIETNAMESE = new LanguageTag("vi");
    private static final LanguageTag ENGLISH = new LanguageTag("en");

    private static final Map<String, List<IndexedEntry>> WORDS = new HashMap<>();
    private static final Map<String, LanguageTag> LANGUAGES = new HashMap<>();
    private static SearchService service;
    private static EntryIndex index;
    private static long seq;

    /** What each part is read as. */
    private static final Map<String, List<IndexedEntry>> PARTS = new HashMap<>();

    private static final EntrySource SOURCE = new EntrySource() {
        @Override
        public boolean shows(Change change) {
            return change.sets().contains("dictionary");
        }

        @Override
        public LanguageTag language(ItemId lexicon) {
            return LANGUAGES.getOrDefault(lexicon.value(), BAHNAR);
        }

        @Override
        public Optional<String> readAll(ItemId lexicon, Version version, Consumer<IndexedEntry> entries) {
            var words = WORDS.get(lexicon.value());
            words.forEach(entries);
            return words.isEmpty() ? Optional.of("nothing to read") : Optional.empty();
        }

        @Override
        public List<IndexedEntry> readOne(ItemId lexicon, String part) {
            return PARTS.getOrDefault(lexicon + "/" + part, List.of());
        }
    };

    abstract SearchService service() throws Exception;

    @BeforeAll
    void start() throws Exception {
        service = service();
        index = EntryIndex.open(service, "entries-g1", SOURCE);
    }

    @AfterAll
    static void stop() {
        index.drop();
        index.close();
        service.close();
    }

    @BeforeEach
    void empty() {
        index.clear();
    }

    private static IndexedEntry word(String id, String headword, String gloss) {
        return entry(id, List.of(new Written(BAHNAR, headword)), new Written(VIETNAMESE, gloss));
    }

    private static IndexedEntry entry(String id, List<Written> forms, Written... glosses) {
        return new IndexedEntry(id, "entry." + id, 0, true, true, forms, List.of(glosses), List.of());
    }

    private static void show(String dictionary, long version, IndexedEntry... entries) {
        WORDS.put(dictionary, List.of(entries));
        apply(snapshot(dictionary, version));
    }

    private static void apply(Snapshot... snapshots) {
        index.apply(List.of(snapshots), new Watermark("log", ++seq));
    }

    private static Snapshot snapshot(String dictionary, long version) {
        var id = new ItemId(dictionary);
        var sets = List.of("dictionary");
        var item = new Item(
                id,
                LanguageMap.of(VIETNAMESE, dictionary),
                "Dataset",
                List.of(BAHNAR),
                LanguageMap.EMPTY,
                List.of(),
                "",
                List.of(),
                Optional.empty(),
                "",
                Access.OPEN,
                sets,
                List.of(),
                List.of(),
                "",
                "");
        var change = new Change(
                version, id, new Version(version), Change.Kind.DEPOSITED, Instant.EPOCH, Access.OPEN, sets, "");
        return new Snapshot(change, item, "");
    }

    private static EntryRequest ask(String q) {
        return EntryRequest.of(new ItemId("bdq"), q).by(Set.of(By.HEADWORD));
    }

    private static EntryRequest ask(String q, Match... match) {
        return ask(q).match(Set.of(match));
    }

    private static EntryResponse answer(EntryRequest request) {
        return index.find(request).orElseThrow();
    }

    private static List<String> found(EntryRequest request) {
        return answer(request).items().stream()
                .map(hit -> hit.entry().id()
                        + hit.match().map(match -> " " + match.word()).orElse(""))
                .toList();
    }

    @Test
    void wholeHeadwordsComeFirstAndTheNearestOfThemBeforeTheOthers() {
        show(
                "bdq",
                1,
                word("1", "tơdrong", "việc"),
                word("2", "tơdrơ̆ng", "x"),
                word("3", "todrong", "x"),
                word("4", "todrong kon", "x"),
                word("5", "tơdrong bơngai", "x"),
                word("6", "kon tơdrong", "x"),
                word("7", "kon", "x"));
        assertEquals(
                List.of("3 exact", "1 folded", "2 folded", "4 prefix", "5 prefix", "6 word"), found(ask("todrong")));
        assertEquals(
                List.of("1 exact", "3 folded", "2 folded", "5 prefix", "4 prefix", "6 word"), found(ask("tơdrong")));
        assertEquals(found(ask("tơdrong")), found(ask("to\u031Bdrong")), "composed and decomposed");
        assertEquals(List.of("7 exact", "6 prefix", "4 word"), found(ask("kon")));
    }

    @Test
    void amongEquallyNearOnesTheIdDecides() {
        show("bdq", 1, word("b", "kon", "x"), word("a", "kon", "x"), word("c", "kôn", "x"));
        assertEquals(List.of("a exact", "b exact", "c folded"), found(ask("kon")));
    }

    @Test
    void whatIsSoughtAndHowCanBeChosen() {
        show(
                "bdq",
                1,
                word("1", "kon", "con"),
                word("2", "con", "x"),
                word("3", "kon nai", "đứa con"),
                word("4", "a kon", "x"));
        assertEquals(List.of("2 exact", "1 gloss", "3 gloss"), found(ask("con").by(By.usual())));
        assertEquals(List.of("1 gloss"), found(ask("con", Match.EXACT).by(Set.of(By.GLOSS))));
        assertEquals(List.of("1 exact"), found(ask("kon", Match.EXACT)));
        assertEquals(List.of("1 exact", "3 prefix"), found(ask("kon", Match.PREFIX)));
    }

    @Test
    void nothingThatIsTypedIsAQuery() {
        show("bdq", 1, word("1", "kon", "x"), word("2", "a* OR (b)", "x"), word("3", "{!term f=id}~watermark", "x"));
        for (var q : List.of("*", "*:*", "k* OR kon~", "$lexicon", "{!func}1", "\"", "\\", "!!!", "\u0301", "}^=9"))
            assertTrue(
                    answer(ask(q)).items().stream()
                            .noneMatch(hit -> hit.entry().id().equals("1")),
                    q + ": " + found(ask(q)));
        assertEquals(List.of("2 exact"), found(ask("a* OR (b)")));
        assertEquals(List.of("3 exact"), found(ask("{!term f=id}~watermark")));
    }

    @Test
    void pagesFollowEachOtherThroughAllTiers() {
        var words = new ArrayList<IndexedEntry>();
        IntStream.range(0, 7).forEach(n -> words.add(word("w" + n, "kon", "x")));
        IntStream.range(0, 7).forEach(n -> words.add(word("p" + n, "kon " + "o".repeat(n + 1), "x")));
        show("bdq", 1, words.toArray(IndexedEntry[]::new));
        for (var q : List.of("kon", "")) {
            var whole = found(ask(q));
            var paged = new ArrayList<String>();
            Optional<String> cursor = Optional.empty();
            do {
                var request = ask(q).size(3).after(cursor);
                paged.addAll(found(request));
                cursor = answer(request).next();
            } while (cursor.isPresent());
            assertEquals(14, whole.size());
            assertEquals(whole, paged);
        }
        var others = answer(ask("").size(3));
        var wrong = ask("kon").size(3).after(others.next());
        assertThrows(IllegalArgumentException.class, () -> index.find(wrong));
    }

    @Test
    void aNewVersionReplacesAllEntriesAndAWithdrawalTakesThem() {
        show("bdq", 1, word("1", "một", "x"), word("2", "hai", "x"));
        show("other", 1, word("1", "một", "x"));
        show("bdq", 2, word("2", "hai", "y"), word("3", "ba", "x"));
        assertEquals(Set.of("2", "3"), Set.copyOf(found(ask(""))));
        assertEquals(Optional.empty(), index.entry(new ItemId("bdq"), "1"));
        assertEquals(
                "y", index.entry(new ItemId("bdq"), "2").orElseThrow().glosses().shown());
        var held = new HashMap<String, Long>();
        index.forEachHeld((id, version) -> held.put(id.value(), version.number()));
        assertEquals(Map.of("bdq", 2L, "other", 1L), held);
        assertEquals(2, index.dictionary(new ItemId("bdq")).orElseThrow().entries());
        var gone = snapshot("bdq", 3).change();
        apply(new Snapshot(gone, new Tombstone(gone.id(), List.of("dictionary"), ""), ""));
        assertEquals(Optional.empty(), index.find(ask("")));
        assertEquals(1, index.dictionaries().size());
        assertEquals(new Watermark("log", seq), index.watermark());
    }

    @Test
    void aDictionaryThatCannotBeReadIsHeldWithoutEntries() {
        show("bdq", 1);
        var shown = index.dictionary(new ItemId("bdq")).orElseThrow();
        assertEquals(0, shown.entries());
        assertEquals(Optional.of("nothing to read"), shown.fault());
    }

    @Test
    void everyShortWordIsFoundFirst() {
        show(
                "bdq",
                1,
                word("1", "i", "x"),
                word("2", "ĭ", "x"),
                word("3", "ih", "x"),
                word("4", "a i", "x"),
                word("5", "*", "x"));
        for (var match : Match.values())
            assertEquals(
                    "1 " + (match == Match.WILDCARD ? "wildcard" : match == Match.REGEX ? "regex" : "exact"),
                    found(ask("i", match)).get(0),
                    match.name());
        assertEquals(List.of("1 exact", "2 folded", "3 prefix", "4 word"), found(ask("i")));
        assertEquals(List.of("2 exact", "1 folded"), found(ask("ĭ", Match.FUZZY)));
        assertEquals(List.of("5 wildcard"), found(ask("\\*", Match.WILDCARD)));
        assertEquals(Set.of("3 wildcard"), Set.copyOf(found(ask("i?", Match.WILDCARD))));
    }

    @Test
    void patternsMatchWholeKeysLetterByLetter() {
        show(
                "bdq",
                1,
                word("1", "kôn", "x"),
                word("2", "kê̆n", "x"),
                word("3", "akôn", "x"),
                word("4", "kôn nai", "x"),
                word("5", "ʼbah", "x"),
                word("6", "K.N", "x"));
        assertEquals(List.of("1 wildcard", "6 wildcard", "2 wildcard"), sorted("k?n", Match.WILDCARD));
        assertEquals(found(ask("kôn*", Match.WILDCARD)), found(ask("KO\u0302N*", Match.WILDCARD)), "decomposed");
        assertEquals(List.of("1 wildcard", "3 wildcard"), found(ask("*kon", Match.WILDCARD)));
        assertEquals(List.of("5 wildcard"), found(ask("’b*", Match.WILDCARD)));
        assertEquals(List.of("1 regex", "2 regex"), sorted("k(ô|ê̆)n", Match.REGEX));
        assertEquals(List.of("1 regex", "2 regex"), sorted("k[ôê̆]n", Match.REGEX));
        assertEquals(List.of("1 regex", "3 regex"), found(ask("a{0,1}(kô)+n", Match.REGEX)));
        assertEquals(Set.of("2 regex", "6 regex"), Set.copyOf(found(ask("k[^ôp-z]n", Match.REGEX))));
        assertEquals(List.of("6 regex"), found(ask("k\\.n", Match.REGEX)));
        assertEquals(List.of(), found(ask("<1-9>", Match.REGEX)), "no more of Lucene's language than is documented");
        assertEquals(List.of(), found(ask("~(kon)", Match.REGEX)));
        assertEquals(List.of(), found(ask("k.n&kôn", Match.REGEX)));
        for (var wrong : List.of(
                "(",
                "k)",
                "[",
                "[]",
                "*a",
                "a{",
                "a{2,1}",
                "a{1000}",
                "\\d",
                "^k",
                "(((a{99}){99}){99}){99}",
                "(a|b)*a(a|b){60}",
                "a".repeat(201)))
            assertThrows(IllegalArgumentException.class, () -> index.find(ask(wrong, Match.REGEX)), wrong);
        assertThrows(IllegalArgumentException.class, () -> index.find(ask("*a" + "?".repeat(30), Match.WILDCARD)));
        assertEquals(List.of(), found(ask("*a*b*c?d*".repeat(8), Match.WILDCARD)));
        assertEquals(6, found(ask("*", Match.WILDCARD)).size());
        assertEquals(List.of("3 regex"), found(ask(".*a.*[kô]+n|(x|y){1,9}", Match.REGEX)));
    }

    private static List<String> sorted(String q, Match match) {
        return found(ask(q, match)).stream()
                .sorted((a, b) -> "162".indexOf(a.charAt(0)) - "162".indexOf(b.charAt(0)))
                .toList();
    }

    @Test
    void lettersMayBeWrong() {
        show(
                "bdq",
                1,
                word("1", "tơdrong", "x"),
                word("2", "tơdrŏng", "x"),
                word("3", "tơdông", "x"),
                word("4", "drong", "x"),
                word("5", "tedrang", "x"),
                word("6", "drang", "x"));
        assertEquals(
                List.of("1 exact", "2 folded", "3 fuzzy", "4 fuzzy", "5 fuzzy"), found(ask("tơdrong", Match.FUZZY)));
        assertEquals(
                List.of("1 folded", "2 folded"),
                found(ask("tơdrông", Match.FUZZY).size(2)));
        assertTrue(found(ask("tdorong", Match.FUZZY)).contains("1 fuzzy"), "two that changed places");
        assertEquals(List.of("6 fuzzy"), found(ask("drag", Match.FUZZY)), "one in a short word");
    }

    @Test
    void howAWordIsEncodedMakesNoDifference() {
        LANGUAGES.put("rad", RHADE);
        WORDS.put(
                "rad",
                List.of(
                        entry("1", List.of(new Written(RHADE, "ƀuôn"))),
                        entry("2", List.of(new Written(RHADE, "buon"))),
                        entry("3", List.of(new Written(RHADE, "đôk"))),
                        entry("4", List.of(new Written(RHADE, "H'Bia")))));
        apply(snapshot("rad", 1));
        for (var q : List.of("ƀuôn", "\u200Bƀuo\u0302n", "ƀu\u200Dôn\u200C", " ƀuôn ", "b\u0335uôn"))
            assertEquals(List.of("1 exact", "2 folded"), inRhade(q), q);
        assertEquals(List.of("2 exact", "1 folded"), inRhade("buon"));
        assertEquals(List.of("1 folded", "2 folded"), inRhade("ɓuôn"), "not known to be ƀ, but nearest to it");
        assertEquals(List.of("3 folded"), inRhade("ɗôk"));
        for (var q : List.of("H'Bia", "hʼbia", "H’BIA", "H‘bia")) assertEquals(List.of("4 exact"), inRhade(q), q);
    }

    private static List<String> inRhade(String q) {
        return found(EntryRequest.of(new ItemId("rad"), q));
    }

    @Test
    void otherFormsCountBehindTheHeadword() {
        show(
                "bdq",
                1,
                entry("1", List.of(new Written(BAHNAR, "kon"), new Written(BAHNAR, "oei"))),
                entry("2", List.of(new Written(BAHNAR, "oei"))),
                entry(
                        "3",
                        List.of(new Written(BAHNAR, "nai"), new Written(BAHNAR, "ŏei"), new Written(BAHNAR, "ngai"))));
        assertEquals(List.of("2 exact", "1 exact", "3 folded"), found(ask("oei")));
        assertEquals(
                List.of("3 exact", "1 folded", "2 folded"),
                found(ask("ŏei")).stream()
                        .sorted((a, b) -> a.endsWith("exact") == b.endsWith("exact")
                                ? a.compareTo(b)
                                : a.endsWith("exact") ? -1 : 1)
                        .toList());
    }

    @Test
    void aHeadwordIsFoundInAnotherScript() {
        LANGUAGES.put("blt", TAI);
        WORDS.put(
                "blt",
                List.of(entry("1", List.of(new Written(TAI, "ꪹꪣꪉ"))), entry("2", List.of(new Written(TAI, "ꪎꪱꪫ")))));
        apply(snapshot("blt", 1));
        var latin = WritingSystem.inLatin("ꪹꪣꪉ").iterator().next();
        assertEquals(
                "1 transliterated",
                found(EntryRequest.of(new ItemId("blt"), latin)).get(0));
        show("bdq", 1, word("1", Sound.letters(latin), "x"));
        assertEquals(List.of("1 transliterated"), found(ask("ꪹꪣꪉ")));
    }

    @Test
    void glossesAreFoundInTheirLanguageAndWithoutTones() {
        show(
                "bdq",
                1,
                entry(
                        "1",
                        List.of(new Written(BAHNAR, "dak")),
                        new Written(VIETNAMESE, "nước"),
                        new Written(ENGLISH, "water")),
                entry("2", List.of(new Written(BAHNAR, "x")), new Written(VIETNAMESE, "nuốc")),
                entry("3", List.of(new Written(BAHNAR, "y")), new Written(VIETNAMESE, "nước mắt")),
                entry("4", List.of(new Written(BAHNAR, "z")), new Written(ENGLISH, "nuoc")),
                entry("5", List.of(new Written(BAHNAR, "w")), new Written(VIETNAMESE, "uống nước")));
        assertEquals(List.of("1 gloss", "2 gloss", "3 gloss", "5 gloss"), gloss("nước", VIETNAMESE));
        assertEquals(
                List.of("2 gloss", "1 gloss", "3 gloss", "5 gloss"),
                gloss("nuoc", VIETNAMESE),
                "shorter headwords first");
        assertEquals(List.of("4 gloss"), gloss("nuoc", ENGLISH));
        assertEquals(5, gloss("nuoc").size());
        assertEquals(List.of("1 gloss"), found(ask("w?ter", Match.WILDCARD).by(Set.of(By.GLOSS))));
        assertEquals(List.of("1 gloss"), found(ask("watr", Match.FUZZY).by(Set.of(By.GLOSS))));
        assertEquals(List.of(), gloss("water", VIETNAMESE));
    }

    private static List<String> gloss(String q, LanguageTag... languages) {
        return found(ask(q).by(Set.of(By.GLOSS)).glossesIn(Set.of(languages)));
    }

    @Test
    void domainsAreFoundByCodeAndByLabel() {
        show(
                "bdq",
                1,
                inDomain("1", "9.1.3.1 Physical, non-physical"),
                inDomain("2", "9.1"),
                inDomain("3", "9.10 Other"),
                inDomain("4", "Body"));
        assertEquals(List.of("2 domain", "1 domain"), domain("9.1"));
        assertEquals(List.of("1 domain"), domain("9.1.3.1"));
        assertEquals(List.of("1 domain"), domain("physical"));
        assertEquals(List.of("1 domain"), domain("non-physical"));
        assertEquals(List.of("4 domain"), domain("bo"));
    }

    private static IndexedEntry inDomain(String id, String domain) {
        return new IndexedEntry(
                id, "entry." + id, 0, true, true, List.of(new Written(BAHNAR, "x")), List.of(), List.of(domain));
    }

    private static List<String> domain(String q) {
        return found(ask(q).by(Set.of(By.DOMAIN)));
    }

    @Test
    void oneEntryIsReplacedAlone() {
        var bdq = new ItemId("bdq");
        show("bdq", 1, word("1", "một", "x"), word("2", "hai", "x"));
        assertEquals(List.of("2 exact"), found(ask("hai")));
        edit(
                "2",
                new IndexedEntry(
                        "2", "entry.2", 1, true, false, List.of(new Written(BAHNAR, "hai")), List.of(), List.of()),
                new IndexedEntry(
                        "2",
                        "entry.2",
                        1,
                        false,
                        true,
                        List.of(new Written(BAHNAR, "ba")),
                        List.of(new Written(ENGLISH, "three")),
                        List.of()));
        assertEquals(List.of("2 exact"), found(ask("hai")));
        assertEquals(List.of(), found(ask("ba")));
        assertEquals(List.of("2 exact"), found(ask("ba").in(View.WORKING)));
        assertEquals(List.of(), found(ask("hai").in(View.WORKING)));
        assertEquals(List.of("2 gloss"), found(ask("three").by(By.usual()).in(View.WORKING)), "a language it had not");
        assertEquals(
                "2 2",
                index.dictionary(bdq)
                        .map(shown -> shown.entries() + " " + shown.working())
                        .orElseThrow());
        edit(
                "2",
                new IndexedEntry(
                        "2", "entry.2", 2, true, true, List.of(new Written(BAHNAR, "bốn")), List.of(), List.of()));
        assertEquals(List.of(), found(ask("ba").in(View.WORKING)));
        assertEquals(List.of("2 exact"), found(ask("bốn").in(View.WORKING)));
        edit(
                "3",
                new IndexedEntry(
                        "3", "entry.3", 1, false, true, List.of(new Written(BAHNAR, "năm")), List.of(), List.of()));
        assertEquals(
                "2 3",
                index.dictionary(bdq)
                        .map(shown -> shown.entries() + " " + shown.working())
                        .orElseThrow());
        edit("1");
        assertEquals(
                "1 2",
                index.dictionary(bdq)
                        .map(shown -> shown.entries() + " " + shown.working())
                        .orElseThrow());
        assertEquals(new Watermark("log", seq), index.watermark());
        show("bdq", 2, word("1", "một", "x"));
        assertEquals(List.of(), found(ask("bốn")));
        assertEquals(List.of("1 exact"), found(ask("một")));
    }

    private static void edit(String id, IndexedEntry... states) {
        PARTS.put("bdq/entry." + id, List.of(states));
        index.show(
                List.of(),
                List.of(new EntryIndex.One(new ItemId("bdq"), "entry." + id, true)),
                new Watermark("log", ++seq));
    }
}
