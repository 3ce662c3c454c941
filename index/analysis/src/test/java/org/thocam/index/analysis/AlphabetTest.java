package org.thocam.index.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.CanonicalIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class AlphabetTest {
    private static final Path SHARED = Path.of(System.getProperty("thocam.root", "../.."), "../shared/data/dictionary");
    private static final String EDE =
            String.join(" ", WritingSystem.of("rad-Latn").alphabet());
    private static final String BAHNAR =
            String.join(" ", WritingSystem.of("bdq-Latn").alphabet());

    record Row(String name, String letters) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Those of the descriptions, and where the shared data lies, those of its table. */
    static Stream<Row> alphabets() throws IOException {
        var all = new ArrayList<Row>();
        for (var system : WritingSystem.all()) {
            if (!system.alphabet().isEmpty()) all.add(new Row(system.tag(), String.join(" ", system.alphabet())));
            system.orders()
                    .forEach((name, order) ->
                            all.add(new Row(system.tag() + " " + name, String.join(" ", order.letters()))));
        }
        for (var columns : rows("alphabets/alphabets.tsv")) {
            all.add(new Row("table " + columns[0], columns[3]));
            assertEquals(
                    Integer.parseInt(columns[2]),
                    Alphabet.of(columns[3]).letters().size(),
                    columns[0]);
        }
        return all.stream();
    }

    private static List<String[]> rows(String file) throws IOException {
        var path = SHARED.resolve(file);
        if (!Files.isReadable(path)) return List.of();
        return Files.readAllLines(path).stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .toList();
    }

    private static List<String> words(String file, int column) {
        try {
            var words = rows(file).stream().map(columns -> columns[column]).toList();
            assumeTrue(!words.isEmpty(), "no " + file);
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int compare(Alphabet alphabet, String one, String other) {
        return Arrays.compareUnsigned(alphabet.key(one), alphabet.key(other));
    }

    private static List<String> sorted(Alphabet alphabet, List<String> words) {
        return words.stream()
                .sorted(Comparator.comparing(alphabet::key, Arrays::compareUnsigned))
                .toList();
    }

    private static void before(Alphabet alphabet, String one, String other) {
        assertTrue(compare(alphabet, one, other) < 0, one + " before " + other);
    }

    private static void same(Alphabet alphabet, String one, String other) {
        assertArrayEquals(alphabet.key(one), alphabet.key(other), one + " as " + other);
    }

    private static String capital(String letter) {
        return letter.toUpperCase(Locale.ROOT).replace('Ꞌ', 'ꞌ');
    }

    private static String title(String letter) {
        int at = 0;
        while (at + 1 < letter.length() && (letter.charAt(at) == 'ꞌ' || !Character.isLowerCase(letter.charAt(at))))
            at++;
        return letter.substring(0, at) + capital(letter.substring(at, at + 1)) + letter.substring(at + 1);
    }

    @ParameterizedTest
    @MethodSource("alphabets")
    void noTwoLettersAreOneAndTheListIsTheOrder(Row row) {
        var alphabet = Alphabet.of(row.letters());
        var letters = List.of(row.letters().split(" "));
        assertEquals(letters, alphabet.letters());
        assertEquals(letters, sorted(alphabet, letters.stream().sorted().toList()));
        for (int at = 0; at + 1 < letters.size(); at++) {
            // another word may follow the letter in any case before the next letter comes: they differ as letters
            before(alphabet, capital(letters.get(at)) + letters.get(letters.size() - 1), letters.get(at + 1));
            before(alphabet, capital(letters.get(at)) + " " + letters.get(0), letters.get(at + 1));
        }
    }

    @ParameterizedTest
    @MethodSource("alphabets")
    void smallBeforeTitleBeforeCapitalAndThatLast(Row row) {
        var alphabet = Alphabet.of(row.letters());
        for (var letter : alphabet.letters()) {
            var forms =
                    Stream.of(letter, title(letter), capital(letter)).distinct().toList();
            assertEquals(
                    forms,
                    sorted(
                            alphabet,
                            forms.stream().sorted(Comparator.reverseOrder()).toList()));
            for (var form : forms) {
                var followed = letter + alphabet.letters().get(0);
                if (!prevowel(letter) && !alphabet.letters().contains(followed)) before(alphabet, form, followed);
                assertEquals(alphabet.head(letter), alphabet.head(form));
                assertEquals(Normalizer.normalize(title(letter), Normalizer.Form.NFC), alphabet.head(form));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("alphabets")
    void equivalentSpellingsHaveOneKey(Row row) {
        var alphabet = Alphabet.of(row.letters());
        for (var letter : alphabet.letters())
            for (var tone : List.of("", "\u0301", "\u0323")) {
                var forms = new CanonicalIterator(letter + tone);
                for (var form = forms.next(); form != null; form = forms.next()) {
                    same(alphabet, letter + tone, form);
                    assertEquals(alphabet.head(letter), alphabet.head(form));
                }
            }
    }

    @ParameterizedTest
    @MethodSource("alphabets")
    void wordsAreSortedAsTheRowsOfTheirLetters(Row row) {
        long seed = Long.getLong("thocam.seed", 20261121L);
        System.out.println("wordsAreSortedAsTheRowsOfTheirLetters: -Dthocam.seed=" + seed);
        var random = new Random(seed);
        var alphabet = Alphabet.of(row.letters());
        for (int time = 0; time < 3000; time++) {
            var one = word(alphabet, random);
            var other = word(alphabet, random);
            int expected = Arrays.compare(one, other);
            var text = text(alphabet, one, random);
            var otherText = text(alphabet, other, random);
            if (expected == 0) continue;
            assertEquals(
                    Integer.signum(expected),
                    Integer.signum(compare(alphabet, text, otherText)),
                    text + " and " + otherText + " of " + row.name() + ", seed " + seed);
            assertEquals(alphabet.heads().get(one[0]), alphabet.head(text));
        }
    }

    /** No two letters that a reader would take for a longer one stand side by side, nor a vowel that is written before its consonant. */
    private static int[] word(Alphabet alphabet, Random random) {
        var letters = alphabet.letters();
        var longer = new TreeSet<>(letters);
        while (true) {
            int[] word = random.ints(1 + random.nextInt(5), 0, letters.size()).toArray();
            var text = String.join("", IntStream.of(word).mapToObj(letters::get).toList());
            boolean plain = Normalizer.isNormalized(text, Normalizer.Form.NFC) && !prevowel(text);
            for (int at = 0; at + 1 < word.length && plain; at++) {
                var pair = letters.get(word[at]) + letters.get(word[at + 1]);
                for (int from = 0; from < letters.get(word[at]).length() && plain; from++)
                    for (int end = letters.get(word[at]).length() + 1; end <= pair.length() && plain; end++)
                        plain = !longer.contains(pair.substring(from, end));
            }
            if (plain) return word;
        }
    }

    private static boolean prevowel(String text) {
        return text.codePoints().anyMatch(c -> UCharacter.hasBinaryProperty(c, UProperty.LOGICAL_ORDER_EXCEPTION));
    }

    private static String text(Alphabet alphabet, int[] word, Random random) {
        var text = String.join(
                "", IntStream.of(word).mapToObj(alphabet.letters()::get).toList());
        if (random.nextInt(4) == 0) text = capital(text);
        return Normalizer.normalize(text, random.nextBoolean() ? Normalizer.Form.NFC : Normalizer.Form.NFD);
    }

    @Test
    void lettersOutsideComeLastAndAreReported() {
        var ede = Alphabet.of(EDE);
        var words = List.of("yun", "fa", "za", "ꪀ", "漢");
        assertEquals(words, sorted(ede, List.of("漢", "ꪀ", "za", "yun", "fa")));
        before(ede, "afa", "afz");
        before(ede, "aya", "afa");
        assertEquals(List.of("f", "ɓ", "ꪀ"), ede.outside("fa ɓă ꪀ fa êđê 12, Ñu-nao"));
        for (var word : words.subList(1, 5)) assertEquals(Alphabet.BEHIND, ede.head(word));
        assertEquals(List.of(), ede.outside("Ƀuôn Ama Thuột"));
        // a mark that is no tone makes another letter
        var vietnamese = Alphabet.of("a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y");
        assertEquals(List.of("ŭ", "j"), vietnamese.outside("bŭn jan"));
        before(vietnamese, "y", "ŭn");
        assertEquals(List.of(), vietnamese.outside("Quỳnh, đường 3"));
        assertEquals(List.of("'d", "'y"), apostrophes(Alphabet.of(BAHNAR).outside("'dah 'bah ’yơ nao'")));
    }

    private static List<String> apostrophes(List<String> letters) {
        return letters.stream().map(letter -> letter.replace('\u02BC', '\'')).toList();
    }

    @Test
    void digitsAndPunctuationComeFirst() {
        var ede = Alphabet.of(EDE);
        var words = List.of("", " a", "-kan", "?", "1", "12", "2", "a");
        assertEquals(words, sorted(ede, List.of("a", "2", "12", "1", "?", "-kan", " a", "")));
        for (var word : words.subList(0, 7)) assertEquals(Alphabet.BEFORE, ede.head(word), word);
    }

    @Test
    void wordByWordOrLetterByLetter() {
        var words = List.of("a", "a y", "a-y", "ab", "ay");
        assertEquals(words, sorted(Alphabet.of(EDE), List.of("ay", "ab", "a-y", "a y", "a")));
        var letters = Alphabet.of(EDE, Alphabet.Spaces.LETTER_BY_LETTER);
        assertEquals(
                List.of("a", "ab", "a y", "a-y", "ay", "b"),
                sorted(letters, List.of("b", "ay", "a-y", "a y", "ab", "a")));
        assertNotEquals(0, compare(letters, "a y", "ay"));
        assertEquals("K", letters.head("-kan"));
        assertEquals("A", letters.head("(“a”)"));
        assertEquals(Alphabet.BEFORE, letters.head("1"));
        assertEquals(Alphabet.BEFORE, letters.head("--"));
        assertEquals(Alphabet.BEHIND, letters.head("-f"));
    }

    @Test
    void tonesCountAfterAllLetters() {
        var vietnamese = Alphabet.of("a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y");
        var words = List.of("ma", "mà", "mả", "mã", "má", "mạ", "man", "màn", "mán", "măn", "mắn", "mận");
        assertEquals(words, sorted(vietnamese, words.stream().sorted().toList()));
        // where the grave makes a letter, it is no tone on it
        var hre = Alphabet.named("hre-Latn").orElseThrow();
        before(hre, "ay", "à");
        assertEquals("À", hre.head("à"));
    }

    /** Mường writes tones with marks that Vietnamese has not; a mark that the list has on a letter is none. */
    @Test
    void otherMarksAreTonesToo() {
        var muong = Alphabet.named("mtq-Latn").orElseThrow();
        assertEquals(List.of(), muong.outside("a̒ ê̠ ơ̒"));
        assertEquals(List.of("ba", "ba̒", "ban"), sorted(muong, List.of("ban", "ba̒", "ba")));
        var both = Alphabet.of("a ā b");
        before(both, "ab", "ā");
        assertEquals(List.of("b̄"), both.outside("b̄"));
    }

    @Test
    void apostropheOfTaiDamCountsWithTheTones() {
        var taiDam = Alphabet.named("blt-Latn").orElseThrow();
        assertEquals(
                List.of("nga", "ngá", "ꞌnga", "ngan", "ꞌngan", "nha"),
                sorted(taiDam, List.of("nha", "ꞌngan", "ngan", "ꞌnga", "ngá", "nga")));
        assertEquals("Ng", taiDam.head("ꞌNga"));
        assertEquals(List.of(), taiDam.outside("ꞌnga"));
        var sldr = Alphabet.named("blt-Latn", "sldr").orElseThrow();
        assertEquals(List.of("nga", "ngan", "ꞌnga", "nha"), sorted(sldr, List.of("nha", "ꞌnga", "ngan", "nga")));
        assertEquals("ꞌNg", sldr.head("’nga"));
    }

    @Test
    void lookAlikesOfLettersWithAStrokeAreTheLetters() {
        var ede = Alphabet.of(EDE);
        same(ede, "Ƀuôn đah", "B̵uôn d̶ah");
        same(ede, "Đak", "Ðak");
        same(ede, "Đak", "Ɖak");
        same(ede, "đak", "ɖak");
        var without = Alphabet.of("a b c d ð");
        assertEquals(List.of("b̵", "đ"), without.outside("b̵ ð đ"));
    }

    @Test
    void allApostrophesAreTheLetter() {
        var bahnar = Alphabet.of(BAHNAR);
        for (var other : List.of("ʼbah", "’bah", "‘bah", "ꞌbah", "`bah", "ʻbah")) same(bahnar, "'bah", other);
        same(bahnar, "'BAH", "’BAH");
        assertEquals("'B", bahnar.head("’bah"));
        assertEquals("B", bahnar.head("bah"));
        before(bahnar, "by", "'ba");
        // in an alphabet without one it is punctuation
        var ede = Alphabet.of(EDE);
        same(ede, "H'mông", "H’mông");
        before(ede, "H'mông", "ha");
    }

    @Test
    void longestLetterFirst() {
        var letters = Alphabet.of("a b c ab bc abc d");
        // abd is ab and d: behind all that begins with a alone, before abc
        assertEquals(List.of("a", "ac", "ab", "abd", "abc"), sorted(letters, List.of("abd", "abc", "ac", "ab", "a")));
        assertEquals("Ñ", Alphabet.of("n ñ ng g").head("ñg"));
        assertEquals("Abc", letters.head("abcd"));
        assertEquals("Ab", letters.head("abd"));
        assertEquals("A", letters.head("ad"));
        // a grapheme joiner, or a non-joiner, keeps letters apart
        assertEquals("A", letters.head("a\u034Fbc"));
        assertEquals("A", letters.head("a\u200Cbc"));
        assertEquals("Abc", letters.head("a\u00ADbc"));
        same(letters, "\u200Babc", "abc");
    }

    @Test
    void toneOnTheFirstOfTwoCharactersIsStillTheLetter() {
        var letters = Alphabet.of("a e i ie m");
        assertEquals("Ie", letters.head("íe"));
        before(letters, "iem", "íem");
        before(letters, "im", "íe");
    }

    @Test
    void caronOnAVowelIsABreveUnlessALetterHasIt() {
        same(Alphabet.of(EDE), "ŭn", "ǔn");
        var both = Alphabet.of("a ă ǎ b");
        assertEquals(List.of("a", "ă", "ǎ"), sorted(both, List.of("ǎ", "ă", "a")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a b a | a | a",
                "a b A | a | A",
                "a ê̆ b ê̆ | ê̆ | ê̆",
                "a ê̆ b ĕ̂ | ê̆ | ĕ̂",
                "a NG ng | NG | ng",
                "b ʼb ’b | ʼb | ’b",
                "à à | à | à",
                "Đ b đ | Đ | đ",
                "a ă ǎ ă | ă | ă",
                "ꪀ ꪁ ꪀ | ꪀ | ꪀ"
            })
    void twoLettersThatTextsCannotTellApartAreRefused(String letters, String first, String second) {
        var refused = assertThrows(AmbiguousAlphabetException.class, () -> Alphabet.of(letters));
        assertEquals(List.of(first, second), List.of(refused.first(), refused.second()));
        assertTrue(
                refused.getMessage().startsWith("'" + first + "' and '" + second + "' of the alphabet"),
                refused.getMessage());
    }

    static Stream<Row> wrong() {
        var all = new LinkedHashMap<String, String>();
        all.put("", "empty");
        all.put(" \t\n ", "empty");
        all.put("a b\u00A0c d", "U+00A0");
        all.put("a b\u200Bc", "U+200B");
        all.put("\uFEFFa b", "U+FEFF");
        all.put("a \u0007", "U+0007");
        all.put("a \u0306", "mark");
        all.put("a, b, c", "comma");
        all.put("Aa Bb", "'Aa'");
        all.put("a \uDBF8\uDC00 b", "U+10E000");
        all.put("a \uFFFE b", "U+FFFE");
        all.put("a \uD800 b", "U+D800");
        all.put("abcdefghijklmnopqrstu", "21 characters");
        all.put("x".repeat(1_000_000), "1000000 characters");
        all.put(
                String.join(
                        " ", IntStream.range(0, 501).mapToObj(at -> "a" + at).toList()),
                "501 letters");
        return all.entrySet().stream().map((Map.Entry<String, String> each) -> new Row(each.getValue(), each.getKey()));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsNoLetterIsRefusedWithTheReason(Row row) {
        var refused = assertThrows(IllegalArgumentException.class, () -> Alphabet.of(row.letters()));
        assertTrue(refused.getMessage().contains(row.name()), refused.getMessage());
        assertTrue(refused.getMessage().length() < 200, refused.getMessage());
    }

    /** PolyGlot #532: its editor is locked by a list in which one letter begins another. Here that is no ambiguity. */
    @Test
    void letterThatBeginsAnotherIsNoAmbiguity() {
        var letters = Alphabet.of("n g ng ngh h nh");
        assertEquals(
                List.of("n", "g", "ng", "ngh", "h", "nh"), sorted(letters, List.of("nh", "ngh", "ng", "n", "h", "g")));
        assertThrows(AmbiguousAlphabetException.class, () -> Alphabet.of("n g ng ngh h nh Ng"));
    }

    @Test
    void whatIcuReadsAsRulesIsALetterLikeAnother() {
        var hostile = List.of(
                "&",
                "<",
                "'",
                "[reorder",
                "Latn]",
                "&[before",
                "=",
                "*",
                "@",
                "#",
                "!",
                "\\u0041",
                "||",
                "/",
                "$",
                "{}",
                "7",
                "''");
        var alphabet = Alphabet.of(String.join(" ", hostile));
        assertEquals(hostile, sorted(alphabet, hostile.stream().sorted().toList()));
        for (var letter : hostile) before(alphabet, letter, "z");
        assertEquals("&", alphabet.head("&z"));
    }

    @Test
    void fiveHundredLettersMakeAnOrder() {
        var letters = IntStream.range(0, 500)
                .mapToObj(at -> Character.toString(0x4E00 + at))
                .toList();
        var backwards = new ArrayList<>(letters);
        java.util.Collections.reverse(backwards);
        assertEquals(letters, sorted(Alphabet.of(String.join(" ", letters)), backwards));
    }

    @Test
    void privateAndBrokenCharactersOfATextAreNoLetters() {
        var ede = Alphabet.of(EDE);
        for (var text : List.of("\uDBF8\uDC00", "\uDBF8\uDC04", "\uFFFF", "\uFFFE", "\uD800", "\uE000"))
            assertEquals(Alphabet.BEHIND, ede.head(text), () -> text.codePointAt(0) + "");
        before(ede, "y", "\uDBF8\uDC00");
        before(ede, "y", "\uFFFE");
    }

    @ParameterizedTest
    @EnumSource(Alphabet.Spaces.class)
    void keyHeadAndReportAgreeOnEveryCharacter(Alphabet.Spaces spaces) {
        var alphabet = Alphabet.of("a b", spaces);
        var first = alphabet.key("a");
        var last = alphabet.key("b".repeat(99));
        for (int c = 0; c < 0x20000; c++) {
            var text = Character.toString(c);
            var key = alphabet.key(text);
            var letter = capital(Normalizer.normalize(text, Normalizer.Form.NFD).substring(0, 1));
            var expected = Arrays.compareUnsigned(key, first) < 0
                    ? Alphabet.BEFORE
                    : Arrays.compareUnsigned(key, last) > 0 ? Alphabet.BEHIND : letter;
            assertEquals(expected, alphabet.head(text), () -> "U+" + Integer.toHexString(text.codePointAt(0)));
            assertEquals(
                    expected.equals(Alphabet.BEHIND), !alphabet.outside(text).isEmpty(), text);
        }
    }

    @Test
    void longTextsAreOrderedByTheirBeginning() {
        var ede = Alphabet.of(EDE);
        var composed = "ê̆ ă".repeat(50_000);
        same(ede, composed, Normalizer.normalize(composed, Normalizer.Form.NFD));
        assertTrue(ede.key(composed).length < 5_000);
        assertTrue(ede.key("a" + "\u0301".repeat(100_000)).length < 10_000);
        var vietnamese = Alphabet.named("vi").orElseThrow();
        same(vietnamese, "ế ".repeat(50_000), Normalizer.normalize("ế ".repeat(50_000), Normalizer.Form.NFD));
    }

    @ParameterizedTest
    @CsvSource({"abvd/741-rhade-ede.tsv, rad-Latn", "abvd/744-jarai.tsv, jra-Latn"})
    void headsOfRealWordsAscendAsTheirKeysDo(String file, String tag) {
        var alphabet = Alphabet.named(tag).orElseThrow();
        ascend(alphabet, words(file, 3));
        assertTrue(words(file, 3).stream()
                        .map(alphabet::head)
                        .filter(alphabet.heads()::contains)
                        .count()
                > 200);
    }

    private static void ascend(Alphabet alphabet, List<String> words) {
        var places = new ArrayList<>(alphabet.heads());
        places.add(0, Alphabet.BEFORE);
        places.add(Alphabet.BEHIND);
        int last = 0;
        for (var word : sorted(alphabet, words)) {
            int place = places.indexOf(alphabet.head(word));
            assertTrue(place >= last, word + " under " + alphabet.head(word) + " behind " + places.get(last));
            last = place;
        }
    }

    @Test
    void headsOfJarai() {
        var jarai = Alphabet.named("jra-Latn").orElseThrow();
        assertEquals(
                List.of("Ng", "N", "Dj", "D", "Đ", "Ê̆"),
                Stream.of("ngă", "nao", "djă", "dar", "đah", "ê̆p")
                        .map(jarai::head)
                        .toList());
        assertEquals(List.of("Ƀ", "Č", "D", "Đ"), jarai.heads().subList(4, 8));
    }

    @Test
    void ordersOfCldrHaveHeadsToo() {
        var vietnamese = Alphabet.named("vi").orElseThrow();
        assertTrue(
                vietnamese.heads().containsAll(List.of("A", "Ă", "Â", "D", "Đ", "Ơ", "Ư", "Y")),
                vietnamese.heads().toString());
        assertEquals(
                List.of("Đ", "A", "Ă", "H", "#", "…"),
                Stream.of("đường", "ả", "ắt", "H'Mông", "12", "漢")
                        .map(vietnamese::head)
                        .toList());
        before(vietnamese, "H'Mông", "Hà");
        assertEquals(
                List.of("ກ", "ມ", "ກ"),
                Stream.of("ກາ", "ເມືອງ", "ແກ")
                        .map(Alphabet.named("lo").orElseThrow()::head)
                        .toList());
        assertEquals(
                List.of("ก", "ม"),
                Stream.of("ไก่", "เมือง")
                        .map(Alphabet.named("th").orElseThrow()::head)
                        .toList());
        assertEquals("ខ", Alphabet.named("km").orElseThrow().head("ខ្មែរ"));
        assertEquals("ꪕ", Alphabet.named("blt-Tavt").orElseThrow().head("ꪼꪕꪒꪾ"));
        // CLDR's Khmer puts its own script before all others
        assertEquals("…", Alphabet.named("km").orElseThrow().head("a"));
        assertEquals("#", Alphabet.named("blt-Tavt").orElseThrow().head("a"));
        assertEquals("…", Alphabet.named("blt-Tavt").orElseThrow().head("漢"));
        assertTrue(Alphabet.named("ium-Latn").isEmpty());
        for (var tag :
                List.of("vi", "km", "lo", "th", "blt-Tavt", "cjm-Cham", "khb-Talu", "kkh-Lana", "vi-Hani", "tyz"))
            assertTrue(Alphabet.named(tag).orElseThrow().heads().size() > 20, tag);
    }

    @Test
    void headsOfRealKhmerWordsAscend() {
        ascend(Alphabet.named("km").orElseThrow(), words("wordlist/km_glossed.tsv", 0));
    }

    @Test
    void twoOrdersOfTaiVietAtOnce() {
        assertEquals(List.of("chart", "clusters"), Alphabet.names("blt-Tavt"));
        var chart = Alphabet.named("blt-Tavt", "chart").orElseThrow();
        var clusters = Alphabet.named("blt-Tavt", "clusters").orElseThrow();
        assertTrue(Alphabet.named("blt-Tavt", "vietnamese").isEmpty());
        var words = List.of("ꪀꪱ", "ꪀꪫꪱꪉ", "ꪹꪀꪙ", "ꪵꪀꪫꪉ");
        assertEquals(List.of("ꪀꪫꪱꪉ", "ꪀꪱ", "ꪵꪀꪫꪉ", "ꪹꪀꪙ"), sorted(chart, words));
        assertEquals(List.of("ꪀꪱ", "ꪹꪀꪙ", "ꪀꪫꪱꪉ", "ꪵꪀꪫꪉ"), sorted(clusters, words));
        assertEquals("ꪀ", chart.head("ꪵꪀꪫꪉ"));
        assertEquals("ꪀꪫ", clusters.head("ꪵꪀꪫꪉ"));
        assertEquals(List.of(), chart.outside("ꪁꪮꪉꫂ ꪄꪳ꫁ꪙ ꪼꪕꪒꪾ"));
        // both systems of tones: letters first
        before(chart, "ꪄꪴꪙꫀ", "ꪄꪴꪙꪱ");
        before(chart, "ꪄꪴ꪿ꪙ", "ꪄꪴꪙꪱ");
    }

    @Test
    void realTaiVietWordsStandUnderTheirConsonantInEachOrder() {
        var words = words("wordlist/blt-Tavt_taidam.tsv", 0).stream().distinct().toList();
        var unicode = Alphabet.named("blt-Tavt").orElseThrow();
        var chart = Alphabet.named("blt-Tavt", "chart").orElseThrow();
        var clusters = Alphabet.named("blt-Tavt", "clusters").orElseThrow();
        for (var alphabet : List.of(unicode, chart, clusters)) ascend(alphabet, words);
        for (var word : words) assertEquals(unicode.head(word), chart.head(word), word);
        assertNotEquals(sorted(chart, words), sorted(clusters, words));
        var toneless = words.stream()
                .map(word -> word.replaceAll("[꪿-ꫂ]", ""))
                .distinct()
                .toList();
        assertEquals(sorted(unicode, toneless), sorted(chart, toneless));
    }

    @Test
    void unlistedPrevowelsAndConsonantsAreStillReordered() {
        var some = Alphabet.of("ก ข ค");
        assertEquals(List.of("ก", "ข"), Stream.of("เก", "เข").map(some::head).toList());
        assertEquals(List.of("กา", "เก", "ขา"), sorted(some, List.of("ขา", "เก", "กา")));
        assertEquals(List.of("มา", "เม", "ยา"), sorted(some, List.of("ยา", "เม", "มา")));
    }

    @Test
    void sortKeyIsTheKeyInHexadecimal() {
        var hex = java.util.HexFormat.of();
        for (var system : WritingSystem.all())
            if (system.hasOrder())
                assertEquals(
                        hex.formatHex(Alphabet.named(system.tag()).orElseThrow().key("Ba 'na")),
                        system.sortKey("Ba 'na"));
    }

    @Test
    void manyThreadsGetTheSameKeys() {
        var ede = Alphabet.of(EDE);
        var words = IntStream.range(0, 20_000)
                .mapToObj(at -> "ƀuôn " + Integer.toString(at, 20))
                .toList();
        var keys = words.stream().map(ede::key).toList();
        var again = words.parallelStream().map(ede::key).toList();
        for (int at = 0; at < keys.size(); at++) assertArrayEquals(keys.get(at), again.get(at));
    }
}
