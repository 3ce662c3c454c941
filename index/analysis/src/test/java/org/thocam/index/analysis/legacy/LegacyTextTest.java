package org.thocam.index.analysis.legacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyTextTest {
    private static final Path SHARED =
            Path.of(System.getProperty("thocam.root", "../..")).resolve("../shared/data/scripts");
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final String POEM =
            """
            Trăm năm trong cõi người ta,
            Chữ tài chữ mệnh khéo là ghét nhau.
            Trải qua một cuộc bể dâu,
            Những điều trông thấy mà đau đớn lòng.
            Lạ gì bỉ sắc tư phong,
            Trời xanh quen thói má hồng đánh ghen.
            """;

    static String encode(LegacyEncoding encoding, String text) {
        var encoded = new StringBuilder();
        text.chars().forEach(c -> encoded.append(encoding.encode((char) c)));
        return encoded.toString();
    }

    private static String asWindows(String asLatin) {
        var read = new StringBuilder();
        asLatin.chars().forEach(c -> read.append(c < 0x80 || c > 0x9F ? (char) c : Misread.asWindows((char) c)));
        return read.toString();
    }

    /** The ABC fonts have no capitals with marks but those of the seven letters. */
    private static String inABC(String text) {
        var without = new StringBuilder();
        text.chars()
                .forEach(c -> without.append(
                        c < 0x80 || "ĂÂĐÊÔƠƯ".indexOf(c) >= 0 ? (char) c : Character.toLowerCase((char) c)));
        return without.toString();
    }

    private static long seed(String test) {
        long seed = Long.getLong("thocam.seed", 20261121L);
        System.out.println(test + ": -Dthocam.seed=" + seed);
        return seed;
    }

    @ParameterizedTest
    @EnumSource
    void everyLetterHasACodeOfItsOwn(LegacyEncoding encoding) {
        var letters = Syllables.LETTERS + Syllables.LETTERS.toUpperCase(Locale.ROOT);
        var codes = new HashSet<String>();
        for (char letter : letters.toCharArray()) {
            var code = encoding.encode(letter);
            assertTrue(codes.add(code), letter + " of " + encoding);
            assertEquals(letter, encoding.letter(code, 0));
            assertEquals(code.length(), encoding.width(code, 0));
        }
        assertEquals(146, codes.size());
    }

    @ParameterizedTest
    @EnumSource
    void aPoemIsReadUnderBothMisreadings(LegacyEncoding encoding) {
        var poem = encoding == LegacyEncoding.TCVN3 ? inABC(POEM) : POEM;
        for (var received : List.of(encode(encoding, poem), asWindows(encode(encoding, poem)))) {
            var read = LegacyText.recognise(received);
            assertEquals(poem, read.text());
            assertEquals(1, read.passages().size());
            var passage = read.passages().get(0);
            assertEquals(encoding, passage.encoding());
            assertTrue(passage.confidence() > 0.95, passage.toString());
        }
    }

    @Test
    void aLineOfUnicodeOrOfEnglishBesideItStays() {
        var english = "The province of Hà Giang lies in the north, 25 µm from “here”.\n";
        var unicode = "Đồng bào Mông ở Hà Giang\n";
        var plain = "cà phê là cà phê\n";
        var mixed = english + encode(LegacyEncoding.VNI, POEM) + unicode + english + plain;
        var read = LegacyText.recognise(mixed);
        assertEquals(english + POEM + unicode + english + plain, read.text());
        assertEquals(
                List.of(new LegacyText.Passage(
                        english.length(),
                        english.length() + encode(LegacyEncoding.VNI, POEM).length(),
                        LegacyEncoding.VNI,
                        read.passages().get(0).confidence())),
                read.passages());
    }

    @Test
    void quotesAndDashesOfWindowsStayInTCVN3() {
        var text = "“Mở đầu” – những điều trông thấy… mà đau đớn lòng ‘ấy’\n";
        var received = asWindows(encode(LegacyEncoding.TCVN3, inABC(text)));
        assertEquals(text, LegacyText.recognise(received).text());
        var asLatin = new String(received.getBytes(WINDOWS), StandardCharsets.ISO_8859_1);
        assertEquals(text, LegacyText.recognise(asLatin).text());
    }

    @Test
    void capitalsTypedForACapitalFontAreCapitals() {
        var typed = "CộNG HòA Xã HộI CHủ NGHĩA VIệT NAM\nThành phố Hồ Chí Minh, ủy ban nhân dân TP Hồ Chí Minh\n";
        assertEquals(
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nThành phố Hồ Chí Minh, ủy ban nhân dân TP Hồ Chí Minh\n",
                LegacyText.recognise(encode(LegacyEncoding.TCVN3, typed)).text());
    }

    @Test
    void bulletsAndWhatIsNoLetterStay() {
        var list = "· Trống đồng\n· Cồng chiêng\n· Nhà sàn, 25°C © 1998\n";
        var received = list.replace("Trống đồng", encode(LegacyEncoding.TCVN3, "Trống đồng"))
                .replace("Cồng chiêng", encode(LegacyEncoding.TCVN3, "Cồng chiêng"))
                .replace("Nhà sàn", encode(LegacyEncoding.TCVN3, "Nhà sàn"));
        assertEquals(
                list.replace("©", "â"),
                LegacyText.recognise(received + encode(LegacyEncoding.TCVN3, inABC(POEM)))
                        .text()
                        .substring(0, list.length()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Où est né le maître ? Les élèves français ont déjà été à l'hôtel où naît la fête ; ça, c'est très bête.",
                "Né à Huế",
                "été",
                "« Le mot » où l'on se tait, là où naïf rime avec maïs.",
                "Thé, né, bé, dû, là, cô.",
                "Für die schöne Größe der Häuser müssen wir täglich über Straßen gehen; ß und ö, ä, ü.",
                "Não há só irmãos: são três órgãos à mão, já é tarde. Nós não somos sós. Lá está a avó, o avô e a fé.",
                "El niño soñó con la canción; ¿dónde está? ¡Así es! Sí, él se fue aquí. Él dé más té a mí.",
                "Příliš žluťoučký kůň úpěl ďábelské ódy. Hlava má tvář. Já a ty, tý, mé, dé.",
                "Má tvá dá, já víc ví, sýr má.",
                "Blåbærgrød på øen, så går det; også i Århus. Hän näkee sään ja työn, hyvä päivä.",
                "Þetta er það sem ég á við, æ, ó, ú.",
                "Az ő háza és az én házam: három fehér ló. Jó szó, ló, só, tó, hó, tű.",
                "25 µm, 30 µg, 5 m², 7 m³, ±2 °C, ½ l, ©2019, Windows®, 3×4, §5, ¶, «»",
                "Kon Tum, Đắk Lắk: Bahnar hơdrêh",
                "pôm kôn hmôi dôm drông kô pêng",
                "Ñu jar, kâo nao kơ sang; brei kâo êa.",
                "Ïðèâåò, ìèð! Êàê äåëà?",
                "à é è ê ë î ï ô ù û ü ç â ä ö ñ õ ã å ø æ ð þ ý ÿ ß",
                "Phở bò, cà phê, bánh mì",
                "cà phê là thế",
                "Tôi là Hà, em bé Lan và bà già đi xe bò."
            })
    void whatIsNoLegacyTextStaysAsItIs(String text) {
        assertSame(text, LegacyText.recognise(text).text());
    }

    @Test
    void theOtherLanguagesOfTheCollectionStay() throws IOException {
        var docs = SHARED.resolve("docs.jsonl");
        Assumptions.assumeTrue(Files.exists(docs), "skipped: no " + docs);
        var all = Files.readString(docs).replaceAll("\\\\\"", "'");
        assertSame(all, LegacyText.recognise(all).text());
        for (var line : all.lines().toList())
            assertSame(line, LegacyText.recognise(line).text());
        var heads = SHARED.resolve("dict_bdq.jsonl");
        for (var line : Files.readAllLines(heads)) {
            assertSame(line, LegacyText.recognise(line).text());
            for (var value : line.split("\""))
                assertSame(value, LegacyText.recognise(value).text());
        }
    }

    @Test
    void theLegacyDocumentsOfTheCollectionAreRead() throws IOException {
        var docs = SHARED.resolve("legacy_docs.jsonl");
        Assumptions.assumeTrue(Files.exists(docs), "skipped: no " + docs);
        var row = Pattern.compile("\"encoding\": \"(\\w+)\", \"stored\": \"(.*)\", \"unicode\": \"(.*)\"}");
        var wrong = new ArrayList<String>();
        for (var line : Files.readAllLines(docs)) {
            var found = row.matcher(line);
            assertTrue(found.find(), line);
            var stored = found.group(2);
            for (var escape : Pattern.compile("\\\\u([0-9a-f]{4})")
                    .matcher(stored)
                    .results()
                    .toList())
                stored = stored.replace(escape.group(), "" + (char) Integer.parseInt(escape.group(1), 16));
            var read = LegacyText.recognise(stored);
            if (!read.text().equals(found.group(3))
                    || !read.passages().get(0).encoding().name().equals(found.group(1)))
                wrong.add(found.group(1) + " " + read.passages() + "\n  " + found.group(3) + "\n  " + read.text());
        }
        assertEquals(List.of(), wrong, wrong.size() + " wrong:\n" + String.join("\n", wrong));
    }

    @ParameterizedTest
    @EnumSource
    void anyVietnameseTextSurvives(LegacyEncoding encoding) {
        var random = new Random(seed("anyVietnameseTextSurvives"));
        var syllables = Syllables.some();
        for (int n = 0; n < 200; n++) {
            var text = new StringBuilder();
            int words = 150 + random.nextInt(200);
            for (int i = 0; i < words; i++) {
                var word = syllables.get(random.nextInt(syllables.size()));
                // a letter alone at the place of a sign is taken for the sign
                if (word.length() == 1) continue;
                // a capital at the place of an opening quote is taken for one
                if (random.nextInt(10) == 0 && word.charAt(0) < 0x80)
                    word = word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
                text.append(word).append(random.nextInt(15) == 0 ? ".\n" : random.nextInt(10) == 0 ? ", " : " ");
            }
            var plain = encoding == LegacyEncoding.TCVN3 ? inABC(text.toString()) : text.toString();
            assertEquals(plain, LegacyText.recognise(encode(encoding, plain)).text());
            assertEquals(plain, encoding.decode(encode(encoding, plain)));
        }
    }

    @Test
    void garbageIsNoError() {
        var random = new Random(seed("garbageIsNoError"));
        int decoded = 0;
        for (int n = 0; n < 2000; n++) {
            int kind = random.nextInt(4);
            var text = new StringBuilder();
            int length = random.nextInt(400);
            for (int i = 0; i < length; i++)
                text.append((char)
                        (switch (kind) {
                            case 0 -> random.nextInt(0x10000);
                            case 1 -> random.nextInt(0x100);
                            case 2 -> random.nextInt(4) == 0 ? 0x80 + random.nextInt(0x80) : 'a' + random.nextInt(26);
                            default -> random.nextInt(8) == 0 ? ' ' : 0xA0 + random.nextInt(0x60);
                        }));
            if (!LegacyText.recognise(text.toString()).passages().isEmpty()) decoded++;
            for (var encoding : LegacyEncoding.values()) encoding.decode(text.toString());
        }
        assertEquals(0, decoded);
    }

    @Test
    void tenMillionCharactersTakeLinearTime() {
        var line = encode(LegacyEncoding.TCVN3, inABC(POEM));
        var lines = line.repeat(10_000_000 / line.length());
        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertEquals(1, LegacyText.recognise(lines).passages().size()));
        var oneLine = lines.replace('\n', ' ');
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> LegacyText.recognise(oneLine));
        for (var odd : List.of("\u00F4", "a\u00F9", "\u0093", "\u00B5 ", "\u00F4\n"))
            assertTimeoutPreemptively(
                    Duration.ofSeconds(30), () -> LegacyText.recognise(odd.repeat(10_000_000 / odd.length())));
    }
}
