package org.thocam.ontology.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Rectangle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.jena.graph.Node;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class VocabularyPageTest {
    @Test
    void everyTermIsAtItsFragmentAndTheBytesAreTheSame() {
        var page = VocabularyPage.html();
        assertEquals(page, VocabularyPage.html());
        var graph = RDFParser.fromString(Vocabulary.turtle(), Lang.TURTLE).toGraph();
        for (var triple : graph.find(Node.ANY, Words.TYPE, Node.ANY).toList()) {
            var iri = triple.getSubject().getURI();
            if (!iri.startsWith(Vocabulary.THOCAM)) continue;
            var id = "<tr id=\"" + iri.substring(Vocabulary.THOCAM.length()) + "\">";
            assertEquals(page.indexOf(id), page.lastIndexOf(id), id);
            assertTrue(page.contains(id), id);
        }
        assertTrue(page.contains("<h1>") && page.contains("scope=\"col\"") && page.contains("<title>"));
    }

    @Test
    void theDocumentsShowThisPicture() throws IOException {
        assertEquals(
                VocabularyPage.svg(),
                Files.readString(Path.of("../docs/graph/vocabulary.svg")),
                "write VocabularyPage.svg() to docs/graph/vocabulary.svg");
    }

    @Test
    void noTextOfThePictureLeavesItsBoxOrLiesOnAnother() throws Exception {
        var svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(VocabularyPage.svg().getBytes(StandardCharsets.UTF_8)));
        var boxes = new ArrayList<Rectangle>();
        var rectangles = svg.getElementsByTagName("rect");
        for (int i = 1; i < rectangles.getLength(); i++) {
            var box = (Element) rectangles.item(i);
            boxes.add(new Rectangle(at(box, "x"), at(box, "y"), at(box, "width"), at(box, "height")));
        }
        for (var one : boxes)
            for (var other : boxes) assertFalse(one != other && one.intersects(other), one + " " + other);
        var texts = svg.getElementsByTagName("text");
        var seen = new ArrayList<Rectangle>();
        for (int i = 0; i < texts.getLength(); i++) {
            var text = (Element) texts.item(i);
            int width = (int) (text.getTextContent().length() * 7.6);
            var place = new Rectangle(at(text, "x"), at(text, "y") - 12, width, 15);
            assertTrue(boxes.stream().anyMatch(box -> box.contains(place)), text.getTextContent());
            assertTrue(seen.stream().noneMatch(place::intersects), text.getTextContent());
            seen.add(place);
        }
        assertTrue(boxes.size() > 20, "boxes " + boxes.size());
    }

    private static int at(Element element, String name) {
        return Integer.parseInt(element.getAttribute(name));
    }
}
