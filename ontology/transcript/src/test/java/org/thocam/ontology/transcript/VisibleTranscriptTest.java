package org.thocam.ontology.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.thocam.ontology.Access;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Consent;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.TextState;
import org.thocam.ontology.Viewer;

class VisibleTranscriptTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
    private static final Access MUONG = new Access.Restricted(List.of("muong"));
    private static final Viewer MEMBER = new Viewer(false, Set.of("muong"));

    private static Segment segment(int tier, long start, long end, String text, Integer parent) {
        return new Segment(tier, Optional.of(new Span(start, end)), text, Optional.ofNullable(parent), "a");
    }

    /** Two speakers; each has a translation and words below, which stand before what they hang on. */
    private static final Transcript TALK = new Transcript(
            Format.EAF,
            List.of(new Medium("talk.wav", "audio/wav", 500), new Medium("talk-Ama.mp4", "video/mp4", 0)),
            List.of(
                    tier("tx@Ama", Role.TRANSCRIPTION, null, "Ama"),
                    tier("ft@Ama", Role.TRANSLATION, 0, ""),
                    tier("tx@Ba", Role.TRANSCRIPTION, null, "Ba"),
                    tier("ft@Ba", Role.TRANSLATION, 2, "Ba"),
                    tier("empty", Role.NOTE, null, "")),
            List.of(
                    segment(1, 0, 1000, "Ama says", 1),
                    segment(0, 0, 1000, "một", null),
                    segment(2, 1000, 2000, "hai", null),
                    segment(3, 1000, 2000, "Ba says", 2),
                    segment(2, 3000, 4000, "ba", null),
                    segment(3, 3000, 4000, "later", 4)),
            List.of("tier tx@Ama: a warning"));

    private static Tier tier(String name, Role role, Integer parent, String speaker) {
        return new Tier(name, role, Optional.ofNullable(parent), speaker, "", Map.of("ANNOTATOR", "Ama"));
    }

    private static Item item(Consent... consents) {
        return new Item(
                        new ItemId("talk"),
                        LanguageMap.of(LanguageTag.UNDETERMINED, "x"),
                        "",
                        List.of(),
                        LanguageMap.EMPTY,
                        List.of(),
                        "",
                        List.of(),
                        Optional.empty(),
                        "",
                        Access.OPEN,
                        List.of(),
                        List.of(
                                file("talk.eaf", "text/x-eaf+xml"),
                                file("talk.wav", "audio/wav"),
                                file("talk-Ama.mp4", "video/mp4")),
                        List.of(),
                        "",
                        "")
                .withConsents(List.of(consents));
    }

    private static Bitstream file(String name, String type) {
        return new Bitstream(name, type, 1, "", TextState.EMPTY, "");
    }

    private static Consent consent(
            String person, List<String> files, List<String> tiers, Long from, Long to, Access access, String name) {
        return new Consent(
                person,
                List.of(),
                files,
                tiers,
                Optional.ofNullable(from),
                Optional.ofNullable(to),
                access,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                "",
                name);
    }

    private static VisibleTranscript seen(Viewer viewer, Consent... consents) {
        return VisibleTranscript.of(item(consents), "talk.eaf", TALK, viewer, NOW);
    }

    private static List<String> texts(VisibleTranscript visible) {
        return visible.passages().stream().map(Passage::text).toList();
    }

    @Test
    void withoutConsentsItIsTheWhole() {
        var visible = seen(Viewer.ANYBODY);
        assertSame(TALK, visible.transcript());
        assertEquals(6, visible.passages().size());
        assertEquals(2, visible.recordings().size());
    }

    @Test
    void whatHangsOnAForbiddenSegmentGoesWithIt() {
        var tier = consent("", List.of("talk.eaf"), List.of("tx@Ba"), null, null, MUONG, "");
        var visible = seen(Viewer.ANYBODY, tier);
        assertEquals(List.of("Ama says", "một"), texts(visible));
        assertEquals(
                List.of("tx@Ama", "ft@Ama", "ft@Ba", "empty"),
                visible.transcript().tiers().stream().map(Tier::name).toList());
        assertEquals(
                Optional.of(1),
                visible.transcript().segments().get(0).parent(),
                "the parent has its number among what is left");
        assertEquals(Optional.empty(), visible.transcript().tiers().get(2).parent());
        assertEquals(6, texts(seen(MEMBER, tier)).size());
        assertEquals(6, texts(seen(Viewer.EVERYTHING, tier)).size());
    }

    @Test
    void aStretchIsCutOutAndThePassagesKeepTheirNumbers() {
        var visible = seen(Viewer.ANYBODY, consent("", List.of(), List.of("tx@Ba"), 500L, 2500L, MUONG, ""));
        assertEquals(List.of("Ama says", "một", "ba", "later"), texts(visible));
        assertEquals(
                List.of(0, 1, 4, 5),
                visible.passages().stream().map(Passage::number).toList());
        var last = visible.passages().get(3);
        assertEquals(
                "later",
                visible.transcript().segments().get(last.segments().get(0)).text());
    }

    @Test
    void aPseudonymStandsInEveryFormatForEverybody() throws IOException {
        var named = consent("Ama", List.of(), List.of(), null, null, Access.OPEN, "Speaker A");
        for (var viewer : List.of(Viewer.ANYBODY, Viewer.EVERYTHING)) {
            var left = seen(viewer, named).transcript();
            var all = new ByteArrayOutputStream();
            EafWriter.write(left, NOW, all);
            TextGridWriter.write(left, all);
            var text = new StringWriter();
            CsvWriter.write(left, text);
            WebVttWriter.write(left, 0, text);
            var written = all.toString(StandardCharsets.UTF_8) + text;
            assertFalse(written.replace("Ama says", "").contains("Ama"), written);
            assertTrue(written.contains("Speaker A"));
        }
    }

    @Test
    void aRecordingThatIsNotTheViewersIsNotNamed() {
        var visible = seen(Viewer.ANYBODY, consent("", List.of("*.mp4"), List.of(), null, null, MUONG, ""));
        assertEquals(
                List.of("talk.wav"),
                visible.transcript().media().stream().map(Medium::name).toList());
        assertEquals(1, visible.recordings().size());
        assertEquals(
                2,
                seen(MEMBER, consent("", List.of("*.mp4"), List.of(), null, null, MUONG, ""))
                        .recordings()
                        .size());
    }

    @Test
    void timesMoveToThoseOfTheRecording() {
        var moved = seen(Viewer.ANYBODY).playedFrom(-1500);
        assertEquals(
                List.of("hai", "Ba says", "ba", "later"),
                moved.segments().stream().map(Segment::text).toList());
        assertEquals(Optional.of(new Span(0, 500)), moved.segments().get(0).span());
        assertEquals(Optional.of(0), moved.segments().get(1).parent());
    }

    @Test
    void segmentsThatHangInACircleEnd() {
        var circle = new Transcript(
                Format.EAF,
                List.of(),
                TALK.tiers(),
                List.of(
                        segment(0, 0, 1, "a", 1),
                        segment(0, 0, 1, "b", 0),
                        segment(2, 0, 1, "c", 3),
                        segment(0, 0, 1, "d", 2)),
                List.of());
        var ba = consent("Ba", List.of(), List.of("tx@Ba"), null, null, MUONG, "");
        var visible = VisibleTranscript.of(item(ba), "talk.eaf", circle, Viewer.ANYBODY, NOW);
        assertEquals(
                List.of("a", "b"),
                visible.transcript().segments().stream().map(Segment::text).toList());
    }
}
