package org.thocam.index.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.thocam.index.search.Samples.NOW;
import static org.thocam.index.search.Samples.ask;
import static org.thocam.index.search.Samples.ids;
import static org.thocam.index.search.Samples.item;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.index.search.EntryRequest.By;
import org.thocam.index.search.EntryRequest.Match;
import org.thocam.index.search.SearchRequest.Facet;
import org.thocam.index.search.SearchRequest.Sort;
import org.thocam.index.search.cql.CqlParser;
import org.thocam.ontology.Change;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Version;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;

/** The same items and entries on the engine's own node and in two parts of two copies: every answer is the same, its scores too. */
class SameAnswersTest {
    private static final int ITEMS = 400;
    private static final int ENTRIES = 300;
    /** Words that fall together without tones, in several scripts; words that a typing error parts. */
    private static final List<String> WORDS = List.of(
            ("lễ lệ lê le hội hỏi hôi hoi thổ thơ tho cẩm cam cảm nhà nhã rông rồng cồng công chiêng chiếng trâu trầu lúa lụa"
                            + " mới mời nước nược làng lang dệt vải vai nhuộm chàm ꪼꪕ ꪒꪾ ꪹꪎꪷꪉ ꪀꪱ ពិធី បុណ្យ ꨌꩌ ꨀꨇꩉ"
                            + " ບຸນ ປີໃໝ່ 喃 𡨸 字 越 tơdrong todrong tơdrăng kon kôn nyob nyaub caij cài")
                    .split(" "));

    private static final LanguageTag BAHNAR = new LanguageTag("bdq-Latn");

    @TempDir
    static Path home;

    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final Random RANDOM = new Random(SEED);
    private static SearchNode node;
    private static SolrCloud cloud;
    private static SearchIndex one;
    private static SearchIndex many;
    private static EntryIndex oneDictionary;
    private static EntryIndex manyDictionaries;

    private static final EntrySource ENTRY_SOURCE = new EntrySource() {
        @Override
        public boolean shows(Change change) {
            return true;
        }

        @Override
        public LanguageTag language(ItemId lexicon) {
            return BAHNAR;
        }

        @Override
        public Optional<String> readAll(ItemId lexicon, Version version, Consumer<IndexedEntry> entries) {
            var random = new Random(SEED);
            for (int n = 0; n < ENTRIES; n++) {
                var head = new Written(BAHNAR, words(random, 1 + random.nextInt(2)));
                var gloss = new Written(new LanguageTag(random.nextBoolean() ? "vi" : "en"), words(random, 2));
                entries.accept(new IndexedEntry(
                        "e" + n,
                        "entry.e" + n,
                        0,
                        true,
                        random.nextInt(9) > 0,
                        List.of(head),
                        List.of(gloss),
                        List.of(random.nextInt(9) + "." + random.nextInt(9) + " " + words(random, 1))));
            }
            return Optional.empty();
        }

        @Override
        public List<IndexedEntry> readOne(ItemId lexicon, String part) {
            return List.of();
        }
    };

    @BeforeAll
    static void fill() throws Exception {
        node = Samples.node(home);
        cloud = Cluster.shared().open();
        one = SearchIndex.open(node, "same");
        many = SearchIndex.open(cloud, "same");
        oneDictionary = EntryIndex.open(node, "same-entries", ENTRY_SOURCE);
        manyDictionaries = EntryIndex.open(cloud, "same-entries", ENTRY_SOURCE);
        var batch = new ArrayList<Snapshot>();
        for (int n = 0; n < ITEMS; n++) batch.add(sample(n));
        for (var index : List.of(one, many)) {
            index.apply(batch, new Watermark("log", ITEMS));
            index.tidy();
        }
        for (var index : List.of(oneDictionary, manyDictionaries))
            index.show(
                    List.of(new EntryIndex.Whole(new ItemId("bdq"), new Version(1), true)),
                    List.of(),
                    new Watermark("log", 1));
    }

    @AfterAll
    static void stop() {
        many.drop();
        manyDictionaries.drop();
        for (var index : List.of(one, many)) index.close();
        cloud.close();
        node.close();
    }

    private static Snapshot sample(int n) {
        var sample = item("i" + n + (n % 7 == 0 ? "!" + n % 3 : ""))
                .title(words(RANDOM, 1 + RANDOM.nextInt(3)))
                .about(words(RANDOM, RANDOM.nextInt(5)))
                .text(words(RANDOM, 1 + RANDOM.nextInt(60)))
                .people("EG0" + RANDOM.nextInt(9), "x" + RANDOM.nextInt(150))
                .date("" + (1950 + RANDOM.nextInt(9)));
        if (RANDOM.nextBoolean())
            sample.at("P" + RANDOM.nextInt(3), 10 + RANDOM.nextDouble(), 105 + RANDOM.nextDouble());
        return sample.snapshot();
    }

    private static String words(Random random, int count) {
        var words = new ArrayList<String>();
        for (int n = 0; n < count; n++) {
            // few words are frequent and most are rare, as in any language
            int at = (int) (WORDS.size() * Math.pow(random.nextDouble(), 2));
            words.add(WORDS.get(at) + (random.nextInt(12) == 0 ? "" + (char) ('a' + random.nextInt(26)) : ""));
        }
        return String.join(" ", words);
    }

    private static void same(String question, Function<SearchIndex, ?> answer) {
        assertEquals(answer.apply(one).toString(), answer.apply(many).toString(), "seed " + SEED + ": " + question);
    }

    @Test
    void ofAQuestionWithAllThatBelongsToIt() {
        for (int n = 0; n < 120; n++) {
            var q = words(RANDOM, 1 + RANDOM.nextInt(4));
            if (RANDOM.nextInt(4) == 0) q = '"' + q + '"';
            if (RANDOM.nextInt(9) == 0) q = "";
            var sort = Sort.values()[RANDOM.nextInt(Sort.values().length)];
            var asked = ask(q).by(sort).size(50).counting(Facet.values());
            same(q + " by " + sort, (n % 5 == 0 ? asked.explained() : asked)::of);
        }
    }

    @Test
    void ofAllPagesOneAfterTheOther() {
        for (var sort : Sort.values())
            for (var q : List.of("hội", "", "le hoi", "tho cam lua moi"))
                same(q + " by " + sort, index -> {
                    var all = new ArrayList<String>();
                    Optional<String> cursor = Optional.empty();
                    do {
                        var page = ask(q).by(sort).size(23).from(cursor).of(index);
                        all.addAll(ids(page));
                        cursor = page.next();
                    } while (cursor.isPresent());
                    return all;
                });
    }

    @Test
    void ofSuggestionsAndFilters() {
        for (var prefix : List.of("l", "le", "tho ", "c", "ꪒ", "ន", "ពិ", "x", "h"))
            for (int size : new int[] {1, 5, 50})
                same(prefix, index -> index.suggest(prefix, size, Viewer.ANYBODY, NOW));
        same(
                "a distance",
                index -> ask("").near(10.5, 105.5, 30).by(Sort.TITLE).size(200).of(index));
        same("a box", index -> ask("hoi").within(105, 10, 105.5, 10.5).size(200).of(index));
        same("people", index -> ask("").where(Facet.PEOPLE, "EG01", "x7")
                .counting(Facet.PEOPLE)
                .of(index));
    }

    @Test
    void ofCqlAndOfListsOfTerms() {
        for (var cql : List.of(
                "lễ and hội",
                "dc.title = \"le hoi\"",
                "dc.title any \"trau lua\" not cồng",
                "cql.anywhere adj \"thổ cẩm\"",
                "dc.title = l*",
                "thocam.exact = lễ",
                "dc.date within \"1952 1955\" sortBy dc.date/sort.descending dc.title",
                "thocam.people = EG01 or làng",
                "cql.allRecords = 1 sortBy dc.title"))
            same(cql, index -> index.retrieve(CqlParser.parse(cql), 3, 60, Viewer.ANYBODY, NOW));
        for (var clause : List.of("dc.title = l", "dc.title = \"\uE000\"", "dc.date = 1951", "thocam.people = EG03"))
            for (int position : new int[] {0, 1, 4})
                same(clause, index -> {
                    try {
                        return index.terms(CqlParser.parseClause(clause), position, 40, Viewer.ANYBODY, NOW);
                    } catch (org.thocam.index.search.cql.CqlException e) {
                        return e.getMessage();
                    }
                });
    }

    @Test
    void ofDictionaries() {
        int found = 0;
        for (int n = 0; n < 150; n++) {
            var word = words(RANDOM, 1 + RANDOM.nextInt(2));
            var match = Match.values()[RANDOM.nextInt(Match.values().length)];
            var q = match == Match.WILDCARD
                    ? word.charAt(0) + "*"
                    : word.substring(0, 1 + RANDOM.nextInt(word.length()));
            if (Character.isHighSurrogate(q.charAt(q.length() - 1))) q = word;
            var request = EntryRequest.of(new ItemId("bdq"), RANDOM.nextInt(9) == 0 ? "" : q)
                    .match(RANDOM.nextBoolean() ? Match.usual() : Set.of(match))
                    .by(RANDOM.nextBoolean() ? By.usual() : EnumSet.allOf(By.class))
                    .size(200);
            var here = oneDictionary.find(request).orElseThrow();
            found += here.items().size();
            var there = manyDictionaries.find(request).orElseThrow();
            assertEquals(
                    here.total() + " " + here.items(),
                    there.total() + " " + there.items(),
                    "seed " + SEED + ": " + request);
        }
        assertTrue(found > 0);
        assertEquals(oneDictionary.dictionaries(), manyDictionaries.dictionaries());
    }
}
