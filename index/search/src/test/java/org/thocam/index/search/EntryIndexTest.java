package org.thocam.index.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
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
import org.junit.jupiter.api.io.TempDir;
import org.thocam.index.search.EntryRequest.By;
import org.thocam.index.search.EntryRequest.Match;
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

/** What is asked of the entries of dictionaries, on a real node. */
class EntryIndexTest {
    private static final LanguageTag BAHNAR = new LanguageTag("bdq-Latn");
    private static final LanguageTag VIETNAMESE = new LanguageTag("vi");

    @TempDir
    static Path home;

    private static final Map<String, List<IndexedEntry>> WORDS = new HashMap<>();
    private static final Map<String, LanguageTag> LANGUAGES = new HashMap<>();
    private static SearchNode node;
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

    @BeforeAll
    static void start() {
        node = Samples.node(home);
        index = EntryIndex.open(node, "entries-g1", SOURCE);
    }

    @AfterAll
    static void stop() {
        node.close();
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
}
