package org.thocam.ingest.extract.inside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.sax.BodyContentHandler;
import org.apache.tika.sax.XHTMLContentHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BestOfPageTest {
    @TempDir
    private Path folder;

    private final BodyContentHandler text = new BodyContentHandler();

    private String said() {
        return text.toString().strip().replaceAll("\\s+", " ");
    }

    /** What Tika's PDF parser writes of a page; without OCR where {@code read} is null. */
    private static void page(XHTMLContentHandler to, String layer, String note, String read) throws Exception {
        to.startElement("div", "class", "page");
        to.element("p", layer);
        if (note != null) {
            to.startElement("div", "class", "annotation");
            to.characters(note);
            to.endElement("div");
        }
        if (read != null) {
            to.startElement("div", "class", "ocr");
            to.characters(read);
            to.endElement("div");
        }
        to.endElement("div");
    }

    @Test
    void ofEachPageTheBetterOfBothIsLetThrough() throws Exception {
        for (int page = 1; page <= 4; page++) Files.createFile(folder.resolve("ocr-" + page + ".hocr"));
        var best = new BestOfPage(text, folder);
        var xhtml = new XHTMLContentHandler(best, new Metadata());
        xhtml.startDocument();
        page(xhtml, "\uFFFD\uFFFD\uE001 a", "ghi chú", "Lễ hội");
        page(xhtml, "Lễ hội Gầu Tào", null, "Le hoi");
        page(xhtml, "một", null, null);
        page(xhtml, "", null, "bốn");
        xhtml.element("p", "mục lục");
        xhtml.endDocument();
        assertEquals("ghi chú Lễ hội Lễ hội Gầu Tào một bốn mục lục", said());
        assertEquals(Set.of(1, 4), best.seen());
        assertTrue(Files.exists(folder.resolve("ocr-1.hocr")));
        assertFalse(Files.exists(folder.resolve("ocr-2.hocr")));
    }

    @Test
    void aPageThatBreaksOffIsLetThrough() throws Exception {
        var best = new BestOfPage(text, null);
        var xhtml = new XHTMLContentHandler(best, new Metadata());
        xhtml.startDocument();
        xhtml.startElement("div", "class", "page");
        xhtml.element("p", "dở dang");
        assertEquals("", said());
        best.flush();
        assertEquals("dở dang", said());
    }

    @Test
    void aPageWithoutEndIsNotHeldForEver() throws Exception {
        var all = new BodyContentHandler(-1);
        var best = new BestOfPage(all, null);
        var xhtml = new XHTMLContentHandler(best, new Metadata());
        xhtml.startDocument();
        xhtml.startElement("div", "class", "page");
        for (int n = 0; n < 5000; n++) xhtml.characters("a".repeat(1000));
        assertTrue(all.toString().length() > 4_000_000);
        xhtml.endElement("div");
        xhtml.endDocument();
        assertEquals(5_000_000, all.toString().strip().length());
    }
}
