package org.thocam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thocam.ontology.ItemJson;

class StatusCommandTest {
    private static List<String> lines(String status) {
        var text = new StringWriter();
        var out = new PrintWriter(text);
        StatusCommand.table(ItemJson.parse(status)).print(out);
        out.flush();
        return text.toString().lines().toList();
    }

    @Test
    void whatIsLeftOutOfTheFeedsIsALineForEachRecord() {
        var status =
                """
                {"@context":"x","items":3,"log":{"last":7},"leftOut":[
                {"id":"cloth","version":2,"metadataPrefix":"marc21","reason":"a line\\nand \\u001b[31mmore","at":"2026-11-22T07:00:00Z"},
                {"id":"song","version":1,"metadataPrefix":"","reason":"it cannot be read","at":"2026-11-22T07:00:01Z"}]}""";
        assertEquals(
                List.of(
                        "  items     3",
                        "  log.last  7",
                        "  leftOut   cloth v2 in marc21, since 2026-11-22T07:00:00Z: a line and [31mmore",
                        "  leftOut   song v1 in every format, since 2026-11-22T07:00:01Z: it cannot be read"),
                lines(status));
    }

    @Test
    void nothingLeftOutIsSaidInAWord() {
        assertEquals(List.of("  leftOut  none"), lines("{\"leftOut\":[]}"));
    }
}
