package org.thocam.index.analysis.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LanguagesTest {
    private static final Path SHARED = Path.of(System.getProperty("thocam.root", "../.."), "../shared/data");

    @TestFactory
    Stream<DynamicTest> aSentenceTellsItsLanguage() throws IOException {
        return Stream.of(new String(
                                LanguagesTest.class
                                        .getResourceAsStream("sentences.tsv")
                                        .readAllBytes(),
                                StandardCharsets.UTF_8)
                        .split("\n"))
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t", 2))
                .map(row -> dynamicTest(
                        row[0] + " " + row[1],
                        () -> assertEquals(row[0], Languages.identify(row[1]).tag(), () -> Languages.explain(row[1]))));
    }

    /** The measured share, by language, on the paragraphs beside the project; docs/language-identification.md has the figures. */
    @Test
    void paragraphsOfTheSharedSetAreToldApart() throws IOException {
        var set = SHARED.resolve("scripts/lid.tsv");
        assumeTrue(Files.exists(set), "no " + set + ": nothing was measured");
        int all = 0;
        int right = 0;
        var wrong = new TreeMap<String, Integer>();
        for (var line : Files.readAllLines(set)) {
            var row = line.split("\t", 2);
            all++;
            var found = Languages.identify(row[1]).tag();
            if (found.split("-")[0].equals(row[0].split("-")[0])) right++;
            else wrong.merge(row[0] + " taken for " + found, 1, Integer::sum);
        }
        assertTrue(right >= 0.98 * all, right + " of " + all + " " + wrong);
        for (var script : new String[] {"Tavt", "Yiii", "Lana", "Khmr", "Laoo", "Thai", "Hani", "Hans", "Arab"})
            assertTrue(wrong.keySet().stream().noneMatch(w -> w.split(" ")[0].endsWith(script)), wrong.toString());
    }

    /** Words of one orthography, eight in a row, as an index of a dictionary has them. */
    @Test
    void minorityOrthographiesInKhmerAndLaoScriptAreSeldomTakenForEachOther() throws IOException {
        var words = SHARED.resolve("scripts/wordlists.tsv");
        assumeTrue(Files.exists(words), "no " + words + ": nothing was measured");
        var lists = Files.readAllLines(words).stream()
                .map(line -> line.split("\t", 2))
                .collect(Collectors.groupingBy(
                        row -> row[0], TreeMap::new, Collectors.mapping(row -> row[1], Collectors.toList())));
        var least = Map.of("km-Khmr", 0.94, "jra-Khmr", 0.8, "cmo-Khmr", 0.85, "brb-Khmr", 0.4, "kjg-Laoo", 0.85);
        lists.forEach((tag, list) -> {
            int all = 0;
            var found = new TreeMap<String, Integer>();
            for (int at = 0; at + 8 <= list.size(); at += 8) {
                all++;
                found.merge(
                        Languages.identify(String.join(" ", list.subList(at, at + 8)))
                                .tag(),
                        1,
                        Integer::sum);
            }
            assertTrue(found.getOrDefault(tag, 0) >= least.get(tag) * all, tag + " " + found);
        });
    }

    @Test
    void everyDescriptionIsListedAndEveryListedOneIsThere() throws Exception {
        var folder = Path.of(Descriptions.class.getResource("languages.list").toURI())
                .getParent();
        try (var files = Files.list(folder)) {
            var there = files.map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(".txt") && !f.equals("README.txt"))
                    .collect(Collectors.toCollection(TreeSet::new));
            var listed = Files.readAllLines(folder.resolve("languages.list")).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(there, listed);
            for (var file : listed) {
                var lines = Files.readString(folder.resolve(file));
                for (var key : new String[] {"tag ", "name ", "source ", "confidence "})
                    assertTrue(lines.contains("\n" + key) || lines.startsWith(key), file + " does not say its " + key);
            }
        }
    }

    @Test
    void composedAndDecomposedCapitalAndSmallAreTheSame() {
        var text = "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền.";
        var nfd = java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFD);
        assertEquals(Languages.identify(text), Languages.identify(nfd));
        assertEquals(
                "vi-Latn",
                Languages.identify(text.toUpperCase(java.util.Locale.ROOT)).tag());
    }

    @Test
    void oneLatinWordSaysNothing() {
        for (var word : new String[] {"the", "được", "boux", "tơlơi", "ma ma ma"})
            assertEquals("und-Latn", Languages.identify(word).tag());
    }

    @Test
    void anythingAtAllIsAnsweredAndTheTagIsWellFormed() {
        long seed = Long.getLong("thocam.seed", 20261121L);
        System.out.println("LanguagesTest fuzz seed " + seed);
        var random = new Random(seed);
        var pieces = new int[][] {
            {0, 0x250},
            {0x300, 0x370},
            {0x600, 0x700},
            {0xE80, 0xF00},
            {0x1780, 0x1800},
            {0x1A20, 0x1AB0},
            {0x4E00, 0x4F00},
            {0xAA80, 0xAAE0},
            {0xD800, 0xE000},
            {0xFFF0, 0x10010},
            {0x1E6C0, 0x1E700},
            {0x20000, 0x20100},
            {0, 0x110000}
        };
        for (int round = 0; round < 3_000; round++) {
            var text = new StringBuilder();
            int length = random.nextInt(200);
            for (int i = 0; i < length; i++) {
                var piece = pieces[random.nextInt(pieces.length)];
                int c = piece[0] + random.nextInt(piece[1] - piece[0]);
                if (random.nextInt(8) == 0) text.append((char) c);
                else text.appendCodePoint(c);
            }
            var found = Languages.identify(text.toString());
            assertTrue(found.tag().matches("[a-z]{2,3}(-[A-Z][a-z]{3})?(-x-[a-z]+)?"), found.tag());
            assertTrue(found.confidence() >= 0 && found.confidence() <= 1, found.toString());
            assertFalse(found.known() && found.confidence() == 0, found.toString());
        }
    }

    @Test
    void aLongAndNastyTextTakesNoLongTime() {
        var nasty = new String[] {
            "a" + "\u0323\u0302".repeat(5_000_000),
            "\ud800".repeat(1_000_000),
            "ơ".repeat(1_000_000),
            "boux ".repeat(1_000_000),
            "'".repeat(1_000_000),
            "ກຶ".repeat(1_000_000),
            "aeaeae".repeat(500_000),
            "y'a".repeat(500_000),
            Arrays.stream(new Random(1).ints(500_000, 'a', 'f').toArray())
                    .mapToObj(c -> c % 5 == 0 ? " " : Character.toString(c))
                    .collect(Collectors.joining())
        };
        Languages.identify("warm up");
        for (var text : nasty) assertTimeoutPreemptively(Duration.ofSeconds(5), () -> Languages.identify(text));
    }
}
