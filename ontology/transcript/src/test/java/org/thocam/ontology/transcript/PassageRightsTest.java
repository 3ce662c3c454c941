package org.thocam.ontology.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thocam.ontology.Access;
import org.thocam.ontology.ItemJson;

class PassageRightsTest {
    private static final Access CLOSED = new Access.Restricted(List.of());

    private static Tier tier(String name, String speaker, Integer parent) {
        return new Tier(name, Role.OTHER, Optional.ofNullable(parent), speaker, "", Map.of());
    }

    private static Segment segment(int tier, String text, Integer parent) {
        return new Segment(tier, Optional.of(new Span(0, 1000)), text, Optional.ofNullable(parent), "");
    }

    private static List<Access> accesses(String consents, Segment... segments) {
        var item = ItemJson.entry(ItemJson.parse("{\"id\":\"a\",\"title\":\"x\",\"consents\":[" + consents + "]}"))
                .item();
        var transcript = new Transcript(
                Format.EAF,
                List.of(),
                List.of(tier("tx", "Ama", null), tier("ft", "Mi", 0), tier("note", "Mi", 1)),
                List.of(segments),
                List.of());
        var rights = new PassageRights(item, "a.eaf", transcript);
        return Passage.of(transcript).stream().map(rights::to).toList();
    }

    /** A translation by somebody else says what was said. */
    @Test
    void whatHangsOnAPassageIsNoMoreOpenThanThat() {
        assertEquals(
                List.of(CLOSED, CLOSED, CLOSED),
                accesses(
                        "{\"speakers\":[\"Ama\"],\"access\":\"restricted\"}",
                        segment(0, "êa", null),
                        segment(1, "nước", 0),
                        segment(2, "?", 1)));
        assertEquals(
                List.of(Access.OPEN, Access.OPEN, CLOSED),
                accesses(
                        "{\"tiers\":[\"note\"],\"access\":\"restricted\"}",
                        segment(0, "êa", null),
                        segment(1, "nước", 0),
                        segment(2, "?", 1)));
    }

    @Test
    void aCircleEnds() {
        assertEquals(
                List.of(CLOSED, CLOSED),
                accesses("{\"speakers\":[\"Ama\"],\"access\":\"restricted\"}", segment(0, "a", 1), segment(1, "b", 0)));
    }
}
