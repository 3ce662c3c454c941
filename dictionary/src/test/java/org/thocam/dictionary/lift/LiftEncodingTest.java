package org.thocam.dictionary.lift;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiftEncodingTest {
    @TempDir
    Path folder;

    private Path file(byte[] bytes) throws Exception {
        return Files.write(folder.resolve("a.lift"), bytes);
    }

    private static byte[] back(LiftEncoding encoding, byte[] utf8) throws Exception {
        var out = new ByteArrayOutputStream();
        try (var back = encoding.back(out)) {
            var random = new Random(7);
            for (int at = 0; at < utf8.length; ) {
                int count = Math.min(utf8.length - at, random.nextInt(5_000));
                back.write(utf8, at, count);
                at += count;
                if (at < utf8.length) back.write(utf8[at++]);
            }
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, UTF-8, 0",
        "UTF-8, UTF-8, 1",
        "UTF-16, UTF-16LE, 1",
        "UTF-16, UTF-16BE, 1",
        "UTF-16, UTF-16LE, 0",
        "UTF-16, UTF-16BE, 0",
        "windows-1252, windows-1252, 0",
        "ISO-8859-1, ISO-8859-1, 0",
        "windows-1258, windows-1258, 0"
    })
    void aFileComesBackToTheByte(String declared, String charset, int mark) throws Exception {
        var word = charset.startsWith("UTF") ? "ꪼꪕ nước 𝒳 ê̆" : "d\u00E9j\u00E0 vu";
        var text = (mark == 1 ? "\uFEFF" : "") + "<?xml version=\"1.0\" encoding=\"" + declared
                + "\"?>\r\n<lift version='0.13'>"
                + ("<entry><lexical-unit><form lang='blt'><text>" + word + "</text></form></lexical-unit></entry>\n")
                        .repeat(3_000)
                + "</lift>";
        var bytes = text.getBytes(Charset.forName(charset));
        var encoding = LiftEncoding.of(file(bytes));
        assertEquals(charset, encoding.charset().name());
        var utf8 = encoding.utf8(new ByteArrayInputStream(bytes)).readAllBytes();
        assertEquals(text, new String(utf8, StandardCharsets.UTF_8));
        assertArrayEquals(bytes, back(encoding, utf8));
        var frame = LiftFile.read(new ByteArrayInputStream(utf8), entry -> {});
        assertEquals(3_000, frame.entries());
    }

    @Test
    void whatAnEditBroughtIsWrittenAsAReference() throws Exception {
        var encoding = LiftEncoding.of(file("<?xml version='1.0' encoding='windows-1252'?><lift version='0.13'/>"
                .getBytes(StandardCharsets.US_ASCII)));
        assertEquals(
                "d\u00E9 &#7853;&#119987;!",
                new String(back(encoding, "dé ậ𝒳!".getBytes(StandardCharsets.UTF_8)), "windows-1252"));
    }

    @ParameterizedTest
    @CsvSource({
        "<?xml version='1.0' encoding='windows-1252'?><a>\u0081</a>, ISO-8859-1",
                "<?xml version='1.0' encoding='klingon'?><a/>, UTF-8",
        "<?xml version='1.0' encoding='UTF-16'?><a/>, UTF-8", "<?xml version='1.0' encoding='ISO-2022-CN'?><a/>, UTF-8"
    })
    void whatCannotComeBackIsRefused(String text, String charset) throws Exception {
        var file = file(text.getBytes(charset));
        System.out.println(
                assertThrows(LiftException.class, () -> LiftEncoding.of(file)).getMessage());
    }

    @Test
    void halfACharacterIsRefused() throws Exception {
        var whole = "\uFEFF<lift version='0.13'/>".getBytes(StandardCharsets.UTF_16LE);
        var cut = file(Arrays.copyOf(whole, whole.length - 1));
        System.out.println(
                assertThrows(LiftException.class, () -> LiftEncoding.of(cut)).getMessage());
        var lone = file("\uFEFF<a>\uD800</a>".replace("\uD800", "?").getBytes(StandardCharsets.UTF_16LE));
        var bytes = Files.readAllBytes(lone);
        bytes[8] = 0;
        bytes[9] = (byte) 0xD8;
        Files.write(lone, bytes);
        System.out.println(
                assertThrows(LiftException.class, () -> LiftEncoding.of(lone)).getMessage());
    }
}
