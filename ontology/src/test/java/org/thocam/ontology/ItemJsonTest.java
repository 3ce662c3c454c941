package org.thocam.ontology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ItemJsonTest {
    private static final Part PART =
            new Part(new ItemId("bahnar").part("entry.1"), Map.of("base", "3", "action", "edit"), "d1");

    @Test
    void aPartIsReadAsItWasStored() throws IOException {
        var stored = ItemJson.stored(PART);
        assertEquals(PART, ItemJson.holding(stored));
        assertArrayEquals(stored, ItemJson.stored(ItemJson.holding(stored)));
        var json = new String(stored, StandardCharsets.UTF_8);
        assertTrue(json.contains("\"partOf\" : \"bahnar\""), json);
        assertTrue(json.indexOf("action") < json.indexOf("base"), json);
    }

    @Test
    void aPartOfAnotherItemThanItsIdSaysIsRefused() {
        var wrong = "{\"id\":\"bahnar/entry.1\",\"partOf\":\"jarai\",\"facts\":{}}".getBytes(StandardCharsets.UTF_8);
        var said = assertThrows(IllegalArgumentException.class, () -> ItemJson.holding(wrong));
        assertEquals("field 'partOf': want 'bahnar', found 'jarai'", said.getMessage());
    }

    @Test
    void aDepositorCannotWriteARecordOfAPart() {
        var record = ItemJson.parse("{\"id\":\"bahnar/entry.1\",\"title\":\"a\"}");
        var said = assertThrows(IllegalArgumentException.class, () -> ItemJson.entry(record));
        assertTrue(said.getMessage().contains("want 1 to 200 characters"), said.getMessage());
        var posing = ItemJson.parse("{\"id\":\"a\",\"title\":\"a\",\"partOf\":\"bahnar\"}");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> ItemJson.entry(posing))
                .getMessage()
                .contains("'partOf' is not known"));
    }

    @Test
    void aPartHasNoAccessOfItsOwn() {
        var id = PART.id();
        assertThrows(
                IllegalArgumentException.class,
                () -> new Part(id, new Access.Restricted(List.of()), List.of(), Map.of(), ""));
        assertThrows(IllegalArgumentException.class, () -> new Part(new ItemId("bahnar"), Map.of(), ""));
    }

    @Test
    void aPartIsDepositedAndNeverWithdrawn() {
        var change = Change.of(new Archived(new Version(2), Instant.EPOCH, "tester", PART));
        assertEquals(Change.Kind.DEPOSITED, change.kind());
        assertEquals("d1", change.digest());
        assertTrue(change.isPart());
    }

    @Test
    void anItemIsAboutAnIriOrSomethingOfThisLibrary() throws IOException {
        var record = ItemJson.parse(
                "{\"id\":\"a\",\"title\":\"a\",\"about\":[\"rad/g1#sense-s1\",\"https://example.org/x#y\",\"tc:1\"]}");
        var item = ItemJson.entry(record).item();
        assertEquals(item, ItemJson.holding(ItemJson.stored(item)));
        assertEquals(
                List.of("http://l/id/rad/g1#sense-s1", "https://example.org/x#y", "http://l/id/tc:1"),
                item.about().stream().map(subject -> subject.iri("http://l/")).toList());
        for (var wrong : List.of("", "a b", "rad/g1#", "rad/g1/x", "https://", "http://x/<", "../x", "#s", "x#a#b"))
            assertThrows(IllegalArgumentException.class, () -> new Subject(wrong), wrong);
    }

    @Test
    void aFileInAFileSaysWhereItStoodAndHowSureOcrWas() throws IOException {
        var json =
                """
                {"id":"a","title":{"vi":"Khèn"},"files":[
                {"name":"a.pdf","mediaType":"application/pdf","size":1,"sha512":"00","text":"ok","ocr":{"confidence":0.62,"review":true}},
                {"name":"a.pdf!/x.png","mediaType":"image/png","size":1,"sha512":"00","text":"empty","within":{"file":"a.pdf","place":"page 3"}},
                {"name":"a.pdf!/y","mediaType":"text/plain","size":1,"sha512":"00","text":"ok","within":{"file":"a.pdf"}}]}
                """;
        var item = (Item) ItemJson.holding(json.getBytes(StandardCharsets.UTF_8));
        assertEquals(
                List.of(
                        Optional.empty(),
                        Optional.of(new Within("a.pdf", "page 3")),
                        Optional.of(new Within("a.pdf", ""))),
                item.files().stream().map(Bitstream::within).toList());
        assertEquals(new Recognition(0.62, true), item.files().get(0).read().orElseThrow());
        assertEquals(item, ItemJson.holding(ItemJson.stored(item)));
        assertEquals(
                ItemJson.parse(json).get("files").toString(),
                ItemJson.json(item).get("files").toString());
        assertEquals(List.of(item.files().get(0)), item.handedIn());
        assertEquals(
                new Within("a", "1, 2"), new Within("a", "1").and("2").and("2").and(""));
    }

    @Test
    void whatElseIsSaidOfAnItemIsKeptInDcmiTerms() throws IOException {
        var entry = ItemJson.entry(
                ItemJson.parse(
                        """
                        {"id":"a","title":"t","terms":{"publisher":"NXB Văn hóa dân tộc","subject":["dệt",{"value":"weaving","language":"en"}],
                         "contributor":[{"value":"Lò Thị Hoa","qualifier":"speaker"}]}}"""));
        var item = entry.item();
        assertEquals(
                List.of(
                        Term.of("publisher", "NXB Văn hóa dân tộc"),
                        Term.of("subject", "dệt"),
                        new Term("subject", "weaving", new LanguageTag("en"), ""),
                        new Term("contributor", "Lò Thị Hoa", LanguageTag.UNDETERMINED, "speaker")),
                item.terms());
        assertEquals(item, ItemJson.holding(ItemJson.stored(item)));
        for (var bad : List.of(
                "{\"madeUp\":\"x\"}",
                "{\"publisher\":7}",
                "{\"publisher\":\" \"}",
                "{\"publisher\":{\"value\":\"x\",\"role\":\"y\"}}",
                "[]"))
            assertThrows(
                    IllegalArgumentException.class,
                    () -> ItemJson.entry(ItemJson.parse("{\"id\":\"a\",\"title\":\"t\",\"terms\":" + bad + "}")),
                    bad);
    }
}
