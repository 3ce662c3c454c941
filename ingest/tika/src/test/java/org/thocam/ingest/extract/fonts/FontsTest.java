package org.thocam.ingest.extract.fonts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FontsTest {
    private static final String RTF =
            "{\\rtf1\\ansi\\deff1{\\fonttbl{\\f0\\fcharset163 .VnTime;}{\\f1 Arial{\\*\\falt .VnTime};}}{\\f0 H\\'b5 \\u181\\'b5 ng\\-\\{}\\f1 \\'e9}";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String marked(String rtf) {
        return RtfFonts.mark(bytes(rtf))
                .map(marked -> new String(marked, StandardCharsets.ISO_8859_1))
                .orElse("");
    }

    @Test
    void anRtfRunIsWrittenAsUnicodeWhateverItsCharset() {
        var marked = marked(RTF);
        assertTrue(marked.contains("H{\\uc0\\u181 } "), marked);
        assertTrue(marked.contains("{\\uc0\\u173 }"), marked);
        assertTrue(marked.endsWith("\\f1 \\'e9}"), marked);
    }

    @Test
    void whatHasNoSuchFontIsLeftAlone() throws Exception {
        assertEquals("", marked(RTF.replace(".VnTime", "Times")));
        assertEquals(Optional.empty(), HtmlFonts.mark(bytes("<p><font face=Arial>H\u00B5 N\u00E9i</font>")));
    }

    @Test
    void aPagesStylesCountToo() throws Exception {
        var page =
                "<style>p.a {font-family: \".VnTime\", serif}</style><p class=A>H\u00B5 <b>N\u00E9i</b> <i style='font-family:Arial'>\u00E9</i>";
        var marked = new String(HtmlFonts.mark(bytes(page)).orElseThrow(), StandardCharsets.UTF_8);
        assertTrue(marked.contains("\uFDD0H\u00B5 \uFDEF<b>\uFDD0N\u00E9i\uFDEF</b>"), marked);
        assertTrue(marked.contains(">\u00E9<"), marked);
    }

    @Test
    void brokenInputEnds() {
        long seed = Long.getLong("thocam.seed", System.nanoTime());
        System.out.println("brokenInputEnds: -Dthocam.seed=" + seed);
        var random = new Random(seed);
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (int n = 0; n < 5000; n++) {
                var rtf = bytes(RTF);
                for (int i = 0; i < 5; i++)
                    rtf[random.nextInt(rtf.length)] = (byte) "\\{}'-~*;uf0 \u00B5".charAt(random.nextInt(12));
                RtfFonts.mark(java.util.Arrays.copyOf(rtf, random.nextInt(rtf.length + 1)));
            }
            RtfFonts.mark(bytes("{".repeat(9_000) + RTF));
            HtmlFonts.mark(bytes("<font face=.VnTime>" + "<b>".repeat(100_000) + "\u00B5"));
            HtmlFonts.mark(bytes("<style>" + "p{font-family:.VnTime".repeat(50_000) + "</style>\u00B5"));
        });
    }

    @Test
    void anEntityOfAWordDocumentIsNotFollowed(@TempDir Path folder) throws Exception {
        var document = folder.resolve("a.docx");
        var secret = Files.writeString(folder.resolve("secret"), "secret");
        try (var zip = new ZipOutputStream(Files.newOutputStream(document))) {
            zip.putNextEntry(new ZipEntry("word/document.xml"));
            zip.write(
                    bytes(
                            "<!DOCTYPE w [<!ENTITY e SYSTEM '" + secret.toUri()
                                    + "'>]><w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
                                    + "<w:p><w:r><w:rPr><w:rFonts w:ascii='.VnTime'/></w:rPr><w:t>a&e;</w:t></w:r></w:p></w:document>"));
        }
        var copy = folder.resolve("copy.docx");
        try {
            WordFonts.mark(document, copy, 1 << 20);
        } catch (javax.xml.stream.XMLStreamException refused) {
            return;
        }
        assertTrue(!Files.exists(copy)
                || !new String(Files.readAllBytes(copy), StandardCharsets.ISO_8859_1).contains("secret"));
        assertArrayEquals(bytes("secret"), Files.readAllBytes(secret));
    }
}
