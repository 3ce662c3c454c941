package org.thocam.index.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WordsTest {
    @TestFactory
    Stream<DynamicTest> realWordsAreCutAndKeyedAsTheTableSays() {
        return WordRows.all().stream()
                .map(row -> DynamicTest.dynamicTest(row.tag() + " " + row.text(), () -> asTheTableSays(row)));
    }

    private static void asTheTableSays(WordRows.Row row) {
        var where = "words.tsv:" + row.line();
        var system = WritingSystem.of(row.tag());
        var words = system.words(row.text());
        assertEquals(row.tag(), system.tag(), where);
        assertEquals(row.words(), joined(words, WritingSystem.Word::text), where);
        assertEquals(row.exact(), joined(words, WritingSystem.Word::exact), where);
        assertEquals(row.folded(), joined(words, WritingSystem.Word::folded), where);
        assertEquals(row.latin(), latin(system, row.text()), where);
    }

    private static String joined(List<WritingSystem.Word> words, Function<WritingSystem.Word, String> part) {
        return words.stream().map(part).collect(Collectors.joining(" | "));
    }

    private static String latin(WritingSystem system, String text) {
        var latin = system.latin(text);
        if (!latin.isEmpty()) return String.join(" / ", latin);
        var others = system.words(text).stream()
                .map(word -> system.otherSpellings(word.exact()))
                .toList();
        if (others.stream().allMatch(List::isEmpty)) return "";
        return others.stream().map(spellings -> String.join("/", spellings)).collect(Collectors.joining(" | "));
    }

    @Test
    void eachWritingSystemHasRealWords() {
        var tags = WordRows.all().stream().map(WordRows.Row::tag).collect(Collectors.toSet());
        for (var system : WritingSystem.all())
            assertTrue(
                    tags.contains(system.tag()) || system.tag().equals("und-Zyyy"),
                    system.tag() + " has no word in words.tsv");
    }

    static Stream<WritingSystem> withAnAlphabet() {
        return WritingSystem.all().stream().filter(system -> !system.alphabet().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("withAnAlphabet")
    void lettersAreSortedInTheOrderOfTheAlphabet(WritingSystem system) {
        var alphabet = system.alphabet();
        assertEquals(alphabet, sorted(system, alphabet));
    }

    @ParameterizedTest
    @MethodSource("withAnAlphabet")
    void composedDecomposedAndCapitalLettersStandTogether(WritingSystem system) {
        var alphabet = system.alphabet();
        for (int at = 0; at < alphabet.size(); at++) {
            var letter = alphabet.get(at);
            var apart = Normalizer.normalize(letter, Normalizer.Form.NFD);
            assertEquals(system.sortKey(letter), system.sortKey(apart), system + " " + letter);
            var capital = system.sortKey(letter.toUpperCase(Locale.ROOT));
            assertTrue(capital.compareTo(system.sortKey(letter)) > 0, system + " " + letter);
            if (at + 1 < alphabet.size())
                assertTrue(capital.compareTo(system.sortKey(alphabet.get(at + 1))) < 0, system + " " + letter);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "rad-Latn, 'asâo,blŭ,ƀlă,čiăng,êa,hdruôm,hră,klei,mblang'",
        "jra-Latn, 'dar,đah,jơlan,djă,kơ̆lit,nao,ñu,ngă,rô̆ng,tơngan'",
        "bdq-Latn, 'bah,''bah,''bĕi,chơ,dah,jih,''jih,lak,''lak,nao,''na,ngo,nhŭ'",
        "hre-Latn, 'a,à,â,ba,''ba,ma,''ma,ra,''ra'",
        "cmo-Latn, 'âk,ba,ƀâu,che,duh,đă,djrah,eh,êng,ê̆p,lĕ'",
        "blt-Latn, 'ca,cha,da,ka,kha,na,nga,nha,oa'",
        "vi-Latn, 'ma,mà,mả,mã,má,mạ,man,màn'"
    })
    void wordsAreSortedByTheAlphabet(String tag, String words) {
        var order = List.of(words.split(","));
        var system = WritingSystem.of(tag);
        assertEquals(order, sorted(system, backwards(order)));
    }

    @Test
    void tonesCountAfterAllLetters() {
        for (var tag : List.of("vi-Latn", "tyz-Latn", "mtq-Latn", "blt-Latn"))
            assertEquals(
                    List.of("ma", "má", "mạ", "man", "mán"),
                    sorted(WritingSystem.of(tag), List.of("mán", "man", "mạ", "má", "ma")),
                    tag);
    }

    @Test
    void eitherOrderOfCircumflexAndBreveIsSortedAsOne() {
        var rade = WritingSystem.of("rad-Latn");
        assertEquals(rade.sortKey("ê̆"), rade.sortKey("ĕ\u0302"));
        assertEquals(rade.sortKey("Ŭn"), rade.sortKey("Ǔn"));
    }

    private static List<String> backwards(List<String> words) {
        return words.stream().sorted(Comparator.reverseOrder()).toList();
    }

    private static List<String> sorted(WritingSystem system, List<String> words) {
        return words.stream().sorted(Comparator.comparing(system::sortKey)).toList();
    }

    @Test
    void otherLatinHasNoRulesOfVietnamese() {
        for (var tag : List.of("en", "fr", "hni", "za", "rad", "jra", "bdq"))
            assertEquals("ly", WritingSystem.of(tag).normalForm("ly"), tag);
        assertEquals("lı\u0301", WritingSystem.of("vi").normalForm("lý"));
    }

    @Test
    void eachHmongSyllableComesBackFromTheSisterOrthography() {
        var vietnam = WritingSystem.of("hmv-Latn");
        var rpa = WritingSystem.of("hmn-Latn");
        for (var word : List.of("hmoob", "muaj", "kuv", "zaub", "ntxhw", "nplaum", "mov", "nyob", "txhua", "lus"))
            for (var other : rpa.otherSpellings(word))
                assertTrue(vietnam.otherSpellings(other).contains(word), word + " as " + other);
        assertEquals(List.of(), vietnam.otherSpellings("việt"));
        assertEquals(List.of(), WritingSystem.of("vi").otherSpellings("hmoob"));
    }

    @Test
    void everyPahawhRimeAndOnsetIsRead() {
        var pahawh = WritingSystem.of("mww-Hmng");
        for (int rime = 0x16B00; rime <= 0x16B1B; rime++)
            for (int onset = 0x16B1C; onset <= 0x16B2F; onset++)
                for (var mark : List.of("", "\uD81A\uDF30", "\uD81A\uDF35")) {
                    if (onset == 0x16B2D && !mark.isEmpty()) continue; // no table that its readers confirm
                    var syllable = Character.toString(rime) + Character.toString(onset) + mark;
                    assertEquals(1, pahawh.words(syllable).size(), syllable);
                    assertTrue(!pahawh.latin(syllable).isEmpty(), syllable);
                }
    }
}
