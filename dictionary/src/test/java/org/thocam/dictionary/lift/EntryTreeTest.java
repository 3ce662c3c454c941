package org.thocam.dictionary.lift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Trees that clients send: what is wrong is told, and nothing else is thrown. */
class EntryTreeTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static ObjectNode tree(String json) throws Exception {
        return (ObjectNode) JSON.readTree(json);
    }

    @Test
    void whatMakesNoEntryIsRefused() throws Exception {
        for (var json : List.of(
                "{\"lexicalUnit\": {\"a\\u0001\": \"x\"}}",
                "{\"liftId\": \"a\", \"residueAttributes\": {\"id\": \"b\"}}",
                "{\"residueAttributes\": {\"guid\": \"b\"}}",
                "{\"residue\": [\"<sense/>\"]}",
                "{\"residue\": [\"<x/><y/>\"]}",
                "{\"residue\": [\"<x/>text\"]}",
                "{\"residue\": [null]}",
                "{\"residue\": [\"" + "<x>".repeat(190) + "</x>".repeat(190) + "\"], \"senses\": null}",
                "{\"senses\": [" + "{\"subsenses\":[".repeat(20) + "{\"residue\": [\"" + "<x>".repeat(190)
                        + "</x>".repeat(190) + "\"]}" + "]}".repeat(20) + "]}",
                "{\"lexicalUnit\": {\"a\": {\"text\": \"\", \"markup\": \"x</text><text>y\"}}}",
                "{\"lexicalUnit\": {\"a\": {\"text\": 1}}}",
                "{\"lexicalUnit\": {\"a\": null}}",
                "{\"lexicalUnit\": [\"a\"]}",
                "{\"senses\": {\"0\": {}}}",
                "{\"senses\": [null]}",
                "{\"senses\": [{\"glosses\": [{\"lang\": \"vi\", \"text\": {\"x\": 1}}]}]}",
                "{\"key\": 1}",
                "{\"nothing\": \"x\"}"))
            assertThrows(
                    IllegalArgumentException.class,
                    () -> LiftEntry.of("<entry/>", 1).with(tree(json)),
                    json);
    }

    @Test
    void anEntryThatIsTooLargeForAFileIsRefused() throws Exception {
        var tree = tree("{}");
        var senses = tree.putArray("senses");
        for (int i = 0; i < 90; i++) senses.addObject().putObject("definition").put("vi", "x".repeat(100_000));
        assertThrows(IllegalArgumentException.class, () -> LiftEntry.of("<entry/>", 1)
                .with(tree));
    }

    @Test
    void theSameTreeChangesNoByte() throws Exception {
        for (var xml : List.of(
                "<entry id='a'>\r\n<!-- c --><lexical-unit><form lang='x'><text>a&#x301;<!-- d -->b</text></form></lexical-unit></entry>",
                "<entry><lexical-unit><form lang=\"x\"><text><![CDATA[a<b]]></text></form></lexical-unit></entry>",
                "<entry><lexical-unit><form lang=\"x\"><text>1</text></form><form lang=\"x\"><text>2</text></form></lexical-unit>"
                        + "<lexical-unit><form lang=\"x\"><text>3</text></form></lexical-unit></entry>",
                "<entry><sense><gloss lang=\"x\">direct</gloss><gloss/><gloss lang=\"x\"/></sense><sense/><sense></sense></entry>",
                "<entry xml:space='preserve' x:a=\"1&#10;2\"><x:b/> <sense ><grammatical-info/></sense ></entry>",
                "<entry><lexical-unit><form lang=\"x\"><text>a<span lang='y'>&amp;</span>\r\n</text></form></lexical-unit></entry>",
                "<entry><note><form lang=\"\"><text/></form></note><note/><note type=\"\"/></entry>")) {
            var entry = LiftEntry.of(xml, 1);
            assertEquals(xml, entry.with(entry.tree()).xml());
        }
    }
}
