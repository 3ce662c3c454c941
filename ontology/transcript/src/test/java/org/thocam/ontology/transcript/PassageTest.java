package org.thocam.ontology.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PassageTest {
    private static final Optional<Span> PHRASE = Optional.of(new Span(1000, 3000));

    private static Tier tier(String name, Role role, Integer parent) {
        return new Tier(name, role, Optional.ofNullable(parent), "A", "", Map.of());
    }

    private static Segment segment(int tier, Optional<Span> span, String text, Integer parent) {
        return new Segment(tier, span, text, Optional.ofNullable(parent), "");
    }

    private static final Transcript PHRASES = new Transcript(
            Format.EAF,
            List.of(),
            List.of(
                    tier("tx", Role.TRANSCRIPTION, null),
                    tier("w", Role.WORD, 0),
                    tier("mb", Role.MORPHEME, 1),
                    tier("timed", Role.WORD, 0),
                    tier("ft", Role.TRANSLATION, 0)),
            List.of(
                    segment(0, PHRASE, "hai từ", null),
                    segment(1, PHRASE, "hai", 0),
                    segment(2, PHRASE, "h-", 1),
                    segment(2, PHRASE, "-ai", 1),
                    segment(1, PHRASE, "từ", 0),
                    segment(2, PHRASE, "từ", 4),
                    segment(3, Optional.of(new Span(1000, 2000)), "hai", 0),
                    segment(3, Optional.of(new Span(2000, 3000)), "từ", 0),
                    segment(4, PHRASE, "two words", 0),
                    segment(4, PHRASE, " ", 0),
                    segment(0, Optional.of(new Span(3000, 4000)), "hai từ", null)),
            List.of());

    @Test
    void partsWithoutATimeOfTheirOwnAreSoughtTogether() {
        var texts = Passage.of(PHRASES).stream()
                .map(passage -> PHRASES.tiers().get(passage.tier()).name() + ":" + passage.text())
                .toList();
        assertEquals(
                List.of("tx:hai từ", "w:hai từ", "mb:h- -ai từ", "timed:hai", "timed:từ", "ft:two words", "tx:hai từ"),
                texts);
        assertEquals(List.of(2, 3, 5), Passage.of(PHRASES).get(2).segments());
    }

    @Test
    void withoutAnyTimeThePhraseStillHoldsThemTogether() {
        var transcript = new Transcript(
                Format.TOOLBOX,
                List.of(),
                List.of(tier("tx", Role.TRANSCRIPTION, null), tier("mb", Role.MORPHEME, 0)),
                List.of(
                        segment(0, Optional.empty(), "một", null),
                        segment(1, Optional.empty(), "m-", 0),
                        segment(1, Optional.empty(), "-ột", 0),
                        segment(0, Optional.empty(), "hai", null),
                        segment(1, Optional.empty(), "h-", 3)),
                List.of());
        assertEquals(
                List.of("một", "m- -ột", "hai", "h-"),
                Passage.of(transcript).stream().map(Passage::text).toList());
    }

    @Test
    void whatHangsOnItselfEndsToo() {
        var circle = new Transcript(
                Format.EAF,
                List.of(),
                List.of(tier("a", Role.WORD, null)),
                List.of(segment(0, PHRASE, "x", 1), segment(0, PHRASE, "y", 0), segment(0, PHRASE, "z", 99)),
                List.of());
        assertEquals(
                3,
                Passage.of(circle).stream().mapToInt(p -> p.segments().size()).sum());
    }

    @Test
    void theTextHasWhatIsSaidAndNotThePartsOfWords() {
        var passages = Passage.of(PHRASES);
        var all = PassageText.of(PHRASES, passages, passage -> true);
        assertEquals("hai từ\nhai từ\n\ntwo words", all.text());
        all.starts()
                .forEach((number, start) -> assertEquals(
                        passages.get(number).text(),
                        all.text()
                                .substring(
                                        start,
                                        start + passages.get(number).text().length())));
        var withheld = PassageText.of(PHRASES, passages, passage -> passage.tier() != 4);
        assertFalse(withheld.text().contains("two"));
    }

    @Test
    void wordsAreTheTextWhereNothingLongerIs() {
        var transcript = new Transcript(
                Format.TEXTGRID,
                List.of(),
                List.of(tier("words", Role.WORD, null)),
                List.of(segment(0, PHRASE, "chiêng", null)),
                List.of());
        assertEquals(
                "chiêng",
                PassageText.of(transcript, Passage.of(transcript), passage -> true)
                        .text());
    }
}
