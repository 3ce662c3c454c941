package org.thocam.dictionary.lift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class LiftRangesTest {
    private final List<String> problems = new ArrayList<>();

    private LiftRanges read(String text) throws Exception {
        return LiftRanges.read(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                problem -> problems.add(problem.toString()));
    }

    @Test
    void flexsOwnRangesAreRead() throws Exception {
        var file = LiftFileTest.SHARED.resolve("AllFLExFields/AllFLExFields.lift-ranges");
        Assumptions.assumeTrue(Files.exists(file));
        long start = System.nanoTime();
        LiftRanges ranges;
        try (var in = Files.newInputStream(file)) {
            ranges = LiftRanges.read(in, problem -> problems.add(problem.toString()));
        }
        System.out.println("read in " + (System.nanoTime() - start) / 1_000_000 + " ms, " + problems);
        ranges.ranges()
                .forEach(range ->
                        System.out.println(range.id() + " " + range.elements().size()));
        var domains = ranges.semanticDomains().orElseThrow();
        var sky = domains.element("1.1 Sky").orElseThrow();
        System.out.println(sky.id() + " " + sky.labels() + " under " + sky.parent() + ", "
                + domains.within(sky.id()).size() + " within");
        assertEquals("1 Universe, creation", sky.parent());
        assertEquals("Sky", sky.label("vi", "en"));
        assertEquals(9, domains.under("").size());
        assertEquals(
                "Nom",
                ranges.partsOfSpeech()
                        .orElseThrow()
                        .element("Noun")
                        .orElseThrow()
                        .label("fr"));
        assertTrue(ranges.range("lexical-relation").orElseThrow().knows("Whole"));
        assertEquals(List.of(), problems);
    }

    @Test
    void namesAreTheSameInEitherComposition() throws Exception {
        var ranges = read(
                "<lift-ranges><range id='a\u0302'><range-element id='e\u0302'/><range-element id='b' parent='\u00EA'/></range></lift-ranges>");
        assertEquals(
                "b", ranges.range("\u00E2").orElseThrow().under("\u00EA").get(0).id());
        assertEquals(List.of(), problems);
    }

    @Test
    void whatIsWrongHasItsLine() throws Exception {
        var ranges = read(
                """
                <lift-ranges>
                <range id='a'>
                <range-element id='b' parent='none' guid='1'/>
                <range-element guid='1'/>
                <x/>
                </range>
                <range id='c'><range-element id='b' guid='1'/></range>
                </lift-ranges>""");
        problems.forEach(System.out::println);
        assertEquals(4, problems.size());
        assertEquals(2, ranges.ranges().size());
        for (var text :
                List.of("<lift/>", "<lift-ranges>", "", "<!DOCTYPE a><lift-ranges/>", "x<lift-ranges/>", "<?xml "))
            System.out.println(
                    assertThrows(LiftException.class, () -> read(text)).getMessage());
    }

    @Test
    void aRangeInARingEnds() throws Exception {
        var ranges = read(
                "<lift-ranges><range id='a'><range-element id='b' parent='c'/><range-element id='c' parent='b'/></range></lift-ranges>");
        assertEquals(2, ranges.range("a").orElseThrow().within("b").size());
    }
}
