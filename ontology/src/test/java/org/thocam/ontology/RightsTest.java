package org.thocam.ontology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RightsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final Viewer WEAVER = new Viewer(false, Set.of("weavers"));
    private static final Bitstream SOUND = new Bitstream("s.wav", "audio/wav", 1, "00", TextState.EMPTY, "");
    private static final Bitstream TEXT = new Bitstream("s.eaf", "text/x-eaf+xml", 1, "00", TextState.OK, "");
    private static final Bitstream FORM = new Bitstream("form.pdf", "application/pdf", 1, "00", TextState.OK, "");

    private static Item item(String access, String consents) {
        return ItemJson.entry(ItemJson.parse(
                        "{\"id\":\"a\",\"title\":\"Khan\",\"access\":" + access + ",\"consents\":[" + consents + "]}"))
                .item()
                .withFiles(List.of(SOUND, TEXT, FORM));
    }

    private static Access tier(Item item, String tier, String speaker, long start, long end) {
        return new Rights(item).to("s.eaf", tier, speaker, Optional.of(start), Optional.of(end));
    }

    @Test
    void withoutConsentsAllIsAsTheItemIs() {
        var item = item("\"open\"", "");
        assertEquals(Access.OPEN, new Rights(item).to(SOUND));
        assertEquals(Access.OPEN, tier(item, "tx", "A", 0, 10));
        assertEquals(item, new Rights(item).seenBy(Viewer.ANYBODY, NOW));
    }

    @Test
    void aSpeakersConsentHoldsForTheirWordsAndForTheRecording() {
        var item = item("\"open\"", "{\"person\":\"Ama\",\"speakers\":[\"A\"],\"access\":\"restricted\"}");
        assertFalse(tier(item, "tx", "A", 0, 10).allows(Viewer.ANYBODY, NOW));
        assertFalse(tier(item, "tx", "a ", 0, 10).allows(Viewer.ANYBODY, NOW));
        assertTrue(tier(item, "tx", "B", 0, 10).allows(Viewer.ANYBODY, NOW));
        assertFalse(tier(item, "tx", "", 0, 10).allows(Viewer.ANYBODY, NOW), "nobody knows who speaks");
        assertFalse(new Rights(item).to(SOUND).allows(Viewer.ANYBODY, NOW));
        assertFalse(new Rights(item).to(TEXT).allows(Viewer.ANYBODY, NOW));
    }

    @Test
    void aTierIsClosedWithItsFileAndNotWithTheRecording() {
        var item = item(
                "\"open\"",
                "{\"tiers\":[\"notes\"],\"access\":{\"level\":\"restricted\",\"communities\":[\"weavers\"]}}");
        assertFalse(tier(item, "notes", "A", 0, 10).allows(Viewer.ANYBODY, NOW));
        assertTrue(tier(item, "notes", "A", 0, 10).allows(WEAVER, NOW));
        assertTrue(tier(item, "tx", "A", 0, 10).allows(Viewer.ANYBODY, NOW));
        assertTrue(new Rights(item).to(SOUND).allows(Viewer.ANYBODY, NOW));
        assertFalse(new Rights(item).to(TEXT).allows(Viewer.ANYBODY, NOW), "its bytes hold the notes");
        assertTrue(new Rights(item).to(TEXT).allows(WEAVER, NOW));
    }

    @Test
    void aStretchIsClosedByItsTimes() {
        var item = item("\"open\"", "{\"from\":1000,\"to\":2000,\"access\":\"restricted\"}");
        assertTrue(tier(item, "tx", "A", 0, 999).allows(Viewer.ANYBODY, NOW));
        assertFalse(tier(item, "tx", "A", 999, 1001).allows(Viewer.ANYBODY, NOW));
        assertFalse(tier(item, "tx", "A", 1500, 1500).allows(Viewer.ANYBODY, NOW));
        assertTrue(tier(item, "tx", "A", 2000, 3000).allows(Viewer.ANYBODY, NOW));
        assertFalse(
                new Rights(item)
                        .to("s.eaf", "tx", "A", Optional.empty(), Optional.empty())
                        .allows(Viewer.ANYBODY, NOW),
                "nobody knows when");
        assertFalse(new Rights(item).to(SOUND).allows(Viewer.ANYBODY, NOW));
    }

    @Test
    void aConsentNeverWidensAndAWithdrawnOneClosesForGood() {
        var closed = item("\"restricted\"", "{\"access\":\"open\"}");
        assertFalse(new Rights(closed).to(SOUND).allows(Viewer.ANYBODY, NOW));
        var withdrawn = item(
                "\"open\"",
                "{\"access\":{\"level\":\"restricted\",\"communities\":[\"weavers\"]},\"withdrawn\":\"2026-01-01\"}");
        assertFalse(new Rights(withdrawn).to(SOUND).allows(WEAVER, NOW));
        assertTrue(new Rights(withdrawn).to(SOUND).allows(Viewer.EVERYTHING, NOW));
    }

    @Test
    void filesAreNamedByPatterns() {
        var item = item("\"open\"", "{\"files\":[\"*.WAV\",\"day/*\"],\"access\":\"restricted\"}");
        assertFalse(new Rights(item).to(SOUND).allows(Viewer.ANYBODY, NOW));
        assertTrue(new Rights(item).to(TEXT).allows(Viewer.ANYBODY, NOW));
    }

    @Test
    void whatIsInsideAFileIsOfThatFile() {
        var inner = new Bitstream("form.pdf!/image1.png", "image/png", 1, "00", TextState.EMPTY, "");
        var form = item("\"open\"", "{\"access\":\"open\",\"form\":\"form.pdf\"}");
        assertFalse(new Rights(form).to(inner).allows(WEAVER, NOW));
        var file = item("\"open\"", "{\"access\":\"restricted\",\"files\":[\"form.pdf\"]}");
        assertFalse(new Rights(file).to(inner).allows(WEAVER, NOW));
        assertTrue(new Rights(file).to(SOUND).allows(WEAVER, NOW));
    }

    @Test
    void theFormAndWhoGaveItAreForTheAdministratorAlone() {
        var item = item(
                "\"open\"",
                "{\"person\":\"Y Ama\",\"form\":\"form.pdf\",\"access\":\"open\",\"speakers\":[\"Ama\"],\"pseudonym\":\"S1\"}");
        assertFalse(new Rights(item).to(FORM).allows(WEAVER, NOW));
        var seen = new Rights(item).seenBy(WEAVER, NOW);
        assertEquals(List.of(SOUND), seen.files(), "the transcript has the name in it");
        assertFalse(ItemJson.json(seen).toString().contains("Ama"));
        assertEquals(item, new Rights(item).seenBy(Viewer.EVERYTHING, NOW));
        assertEquals("S1", new Rights(item).shown("Ama"));
        assertEquals("tx@S1", new Rights(item).shownTier("tx@Ama"));
        assertEquals("tx@S1", new Rights(item).shownTier("tx@AMA"));
        assertEquals("Other", new Rights(item).shown("Other"));
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        var item = item(
                "\"open\"",
                "{\"person\":\"Ama\",\"speakers\":[\"A\"],\"files\":[\"*.wav\"],\"tiers\":[\"tx\"],\"from\":1,\"to\":5,"
                        + "\"access\":{\"level\":\"embargoed\",\"until\":\"2030-01-01\"},\"purposes\":[\"dạy học\"],"
                        + "\"given\":\"2024-05-01\",\"withdrawn\":\"2025-05-01\",\"form\":\"form.pdf\",\"pseudonym\":\"S\"}");
        assertEquals(item, ItemJson.holding(ItemJson.stored(item)));
    }

    @Test
    void whatIsNoConsentIsRefusedWithItsField() {
        for (var bad : List.of(
                "{}",
                "{\"access\":\"open\",\"whom\":\"x\"}",
                "{\"access\":\"open\",\"from\":-1}",
                "{\"access\":\"open\",\"from\":5,\"to\":5}",
                "{\"access\":\"open\",\"to\":1.5}",
                "{\"access\":\"open\",\"given\":\"yesterday\"}",
                "3")) assertThrows(IllegalArgumentException.class, () -> item("\"open\"", bad), bad);
    }

    /** Adding a consent never lets anybody see more, whatever it says. */
    @Test
    void anotherConsentNeverOpensAnything() {
        long seed = System.nanoTime();
        System.out.println("RightsTest seed " + seed);
        var random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            var some = new StringBuilder();
            int many = random.nextInt(4);
            for (int i = 0; i < many; i++) some.append(i == 0 ? "" : ",").append(consent(random));
            var before = item(access(random), some.toString());
            var after = item(ItemJson.accessText(before.access()), some + (many == 0 ? "" : ",") + consent(random));
            for (var viewer : List.of(Viewer.ANYBODY, WEAVER)) {
                for (var file : before.files())
                    assertTrue(
                            new Rights(before).to(file).allows(viewer, NOW)
                                    || !new Rights(after).to(file).allows(viewer, NOW),
                            "seed " + seed + " round " + round);
                for (var tier : List.of("tx", "notes"))
                    for (var speaker : List.of("A", "B", ""))
                        assertTrue(
                                tier(before, tier, speaker, 500, 1500).allows(viewer, NOW)
                                        || !tier(after, tier, speaker, 500, 1500)
                                                .allows(viewer, NOW),
                                "seed " + seed + " round " + round);
            }
        }
    }

    private static String access(Random random) {
        return new String[] {
                    "\"open\"",
                    "\"restricted\"",
                    "{\"level\":\"restricted\",\"communities\":[\"weavers\"]}",
                    "{\"level\":\"embargoed\",\"until\":\"2030-01-01\",\"communities\":[\"weavers\"]}",
                    "{\"level\":\"embargoed\",\"until\":\"2020-01-01\"}"
                }
                [random.nextInt(5)];
    }

    private static String consent(Random random) {
        var consent = new StringBuilder("{\"access\":" + access(random));
        if (random.nextBoolean()) consent.append(",\"speakers\":[\"A\"]");
        if (random.nextInt(3) == 0) consent.append(",\"person\":\"B\"");
        if (random.nextInt(3) == 0) consent.append(",\"tiers\":[\"notes\"]");
        if (random.nextInt(3) == 0) consent.append(",\"files\":[\"*.wav\"]");
        if (random.nextInt(3) == 0) consent.append(",\"from\":1000,\"to\":2000");
        if (random.nextInt(4) == 0) consent.append(",\"withdrawn\":\"2026-01-01\"");
        if (random.nextInt(4) == 0) consent.append(",\"pseudonym\":\"S\"");
        return consent.append("}").toString();
    }
}
