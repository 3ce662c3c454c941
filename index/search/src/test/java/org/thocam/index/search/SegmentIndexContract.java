package org.thocam.index.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.thocam.index.search.Samples.NOW;
import static org.thocam.index.search.Samples.item;
import static org.thocam.index.search.Samples.withdrawn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.thocam.index.search.SearchRequest.Facet;
import org.thocam.index.search.SegmentResponse.Found;
import org.thocam.ontology.Access;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Consent;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.TextState;
import org.thocam.ontology.Version;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;
import org.thocam.ontology.transcript.Format;
import org.thocam.ontology.transcript.Medium;
import org.thocam.ontology.transcript.Passage;
import org.thocam.ontology.transcript.PassageText;
import org.thocam.ontology.transcript.Region;
import org.thocam.ontology.transcript.Role;
import org.thocam.ontology.transcript.Segment;
import org.thocam.ontology.transcript.Span;
import org.thocam.ontology.transcript.Tier;
import org.thocam.ontology.transcript.Transcript;

/** What is asked of an index of passages, wherever it is. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class SegmentIndexContract {
    private static final Viewer WEAVER = new Viewer(false, Set.of("weavers"));
    private static final Bitstream SOUND = new Bitstream("khan.wav", "audio/wav", 1, "00", TextState.EMPTY, "");
    private static final Bitstream TEXT = new Bitstream("khan.eaf", "text/x-eaf+xml", 1, "00", TextState.OK, "");

    private final Map<String, Map<String, Transcript>> kept = new HashMap<>();
    private SearchService service;
    private SegmentIndex index;

    abstract SearchService service() throws Exception;

    @BeforeAll
    void start() throws Exception {
        service = service();
        index = SegmentIndex.open(service, "segments-1", new Kept(), true);
    }

    private final class Kept implements SegmentSource {
        @Override
        public List<String> files(ItemId id, Version version) {
            return List.copyOf(new TreeMap<>(kept.getOrDefault(id.value(), Map.of())).keySet());
        }

        @Override
        public Transcript read(ItemId id, Version version, String file) {
            return kept.get(id.value()).get(file);
        }
    }

    @AfterAll
    void stop() {
        index.drop();
        index.close();
        service.close();
    }

    @BeforeEach
    void empty() {
        kept.clear();
        index.clear();
    }

    private void show(Samples.Sample... items) {
        index.apply(Stream.of(items).map(Samples.Sample::snapshot).toList(), new Watermark("log", items.length));
    }

    private static Tier tier(String name, Role role, String speaker, String language) {
        return new Tier(name, role, Optional.empty(), speaker, language, Map.of());
    }

    private static Segment segment(int tier, long start, long end, String text) {
        return new Segment(tier, Optional.of(new Span(start, end)), text, Optional.empty(), "");
    }

    /** Two speakers, one in Cham script, and a translation. */
    private static Transcript conversation() {
        return new Transcript(
                Format.EAF,
                List.of(new Medium("KHAN.wav", "audio/x-wav", 500)),
                List.of(
                        tier("tx@Ama", Role.TRANSCRIPTION, "Ama", "cjm-Cham"),
                        tier("tx@Mi", Role.TRANSCRIPTION, "Mi", "rad"),
                        tier("ft", Role.TRANSLATION, "", "vi")),
                List.of(
                        segment(0, 1000, 2000, "ꨀꨇꩉ ꨌꩌ"),
                        segment(1, 2000, 3000, "klei khan kơ čing"),
                        segment(1, 3000, 4000, "čing knah"),
                        segment(2, 2000, 3000, "sử thi về chiêng"),
                        new Segment(2, Optional.empty(), "không rõ lúc nào", Optional.empty(), "")),
                List.of());
    }

    private Samples.Sample khan() {
        kept.put("khan", Map.of("khan.eaf", conversation()));
        return item("khan").title("Khan").in("rad").files(SOUND, TEXT);
    }

    private SegmentResponse ask(String q, Viewer viewer) {
        return ask(q, viewer, List.of(), List.of(), List.of());
    }

    private SegmentResponse ask(
            String q, Viewer viewer, List<String> tiers, List<String> speakers, List<String> roles) {
        return index.search(
                new SegmentRequest(
                        asked(q, 10, Optional.empty()),
                        20,
                        0,
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        tiers,
                        speakers,
                        roles,
                        Optional.empty(),
                        Optional.empty()),
                viewer,
                NOW);
    }

    private static SearchRequest asked(String q, int size, Optional<String> cursor) {
        return new SearchRequest(
                q,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(Facet.LANGUAGE, Facet.PEOPLE),
                SearchRequest.Sort.RELEVANCE,
                size,
                cursor,
                false,
                false);
    }

    private static List<String> places(SegmentResponse found) {
        return found.items().stream()
                .flatMap(hit -> hit.segments().stream())
                .map(one -> one.tier() + " " + one.start().map(String::valueOf).orElse("-") + " " + one.text())
                .toList();
    }

    private static Consent consent(List<String> speakers, List<String> tiers, Access access, String pseudonym) {
        return new Consent(
                "",
                speakers,
                List.of(),
                tiers,
                Optional.empty(),
                Optional.empty(),
                access,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                "",
                pseudonym);
    }

    @Test
    void aWordLeadsToItsTierAndItsTime() {
        show(khan(), item("other").text("chiêng"));
        var found = ask("chiêng", Viewer.ANYBODY);
        assertEquals(1, found.total());
        assertEquals(List.of("ft 2000 sử thi về chiêng"), places(found));
        var one = found.items().get(0).segments().get(0);
        assertEquals("khan.eaf", one.file());
        assertEquals("sử thi về <em>chiêng</em>", one.highlight());
        assertEquals("khan.wav", one.recording());
        assertEquals(500, one.origin());
        assertEquals("vi", one.language());
        assertEquals("translation", one.role());
        assertEquals(List.of("tx@Ama 1000 ꨀꨇꩉ ꨌꩌ"), places(ask("ꨀꨇꩉ", Viewer.ANYBODY)));
        assertEquals(List.of("ft - không rõ lúc nào"), places(ask("rõ lúc", Viewer.ANYBODY)), "no time is not 0");
    }

    @Test
    void theBestPassagesOfAnItemComeFirst() {
        show(khan());
        var found = ask("čing knah", Viewer.ANYBODY);
        assertEquals("tx@Mi 3000 čing knah", places(found).get(0));
        assertEquals("khan", found.items().get(0).item().id().value());
        assertEquals(1, ask("čing", Viewer.ANYBODY).total(), "an item is counted once");
        assertEquals(2, ask("čing", Viewer.ANYBODY).items().get(0).found());
    }

    @Test
    void tiersSpeakersRolesLanguagesAndTimesNarrow() {
        show(khan());
        assertEquals(5, ask("", Viewer.ANYBODY).items().get(0).found());
        assertEquals(
                2,
                places(ask("", Viewer.ANYBODY, List.of("TX@mi"), List.of(), List.of()))
                        .size());
        assertEquals(
                1,
                places(ask("", Viewer.ANYBODY, List.of(), List.of("ama"), List.of()))
                        .size());
        assertEquals(
                2,
                places(ask("", Viewer.ANYBODY, List.of(), List.of(), List.of("translation")))
                        .size());
        assertEquals(
                0,
                ask("chiêng", Viewer.ANYBODY, List.of("tx@Mi"), List.of(), List.of())
                        .total());
        var inTime = new SegmentRequest(
                asked("", 10, Optional.empty()),
                20,
                0,
                Optional.of(new ItemId("khan")),
                List.of("khan.eaf"),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(2000L),
                Optional.of(3000L));
        assertEquals(
                Set.of("tx@Mi 2000 klei khan kơ čing", "ft 2000 sử thi về chiêng"),
                new HashSet<>(places(index.search(inTime, Viewer.ANYBODY, NOW))));
        var facets = ask("", Viewer.ANYBODY).facets();
        assertTrue(facets.get(Facet.LANGUAGE).stream().allMatch(count -> count.count() == 1), facets.toString());
    }

    @Test
    void aRestrictedTierIsInNothingThatOthersGet() {
        show(khan().consents(consent(List.of(), List.of("ft"), new Access.Restricted(List.of("weavers")), "")));
        assertEquals(0, ask("chiêng", Viewer.ANYBODY).total());
        assertEquals(List.of("ft 2000 sử thi về chiêng"), places(ask("chiêng", WEAVER)));
        assertEquals(3, ask("", Viewer.ANYBODY).items().get(0).found());
        assertEquals(5, ask("", WEAVER).items().get(0).found());
        var facets = ask("", Viewer.ANYBODY).facets();
        assertFalse(facets.toString().contains("vi,"), facets.toString());
    }

    @Test
    void aSpeakerIsFoundByThePseudonymAlone() {
        show(khan().consents(consent(List.of("Mi"), List.of(), Access.OPEN, "S1")));
        assertEquals(
                0, ask("", Viewer.ANYBODY, List.of(), List.of("Mi"), List.of()).total());
        assertEquals(
                0,
                ask("", Viewer.ANYBODY, List.of("tx@Mi"), List.of(), List.of()).total());
        var found = ask("knah", Viewer.ANYBODY, List.of(), List.of("s1"), List.of());
        assertEquals("S1", found.items().get(0).segments().get(0).speaker());
        assertEquals("tx@S1", found.items().get(0).segments().get(0).tier());
    }

    @Test
    void aNewVersionReplacesAllAndAWithdrawalLeavesNothing() {
        show(khan());
        kept.put(
                "khan",
                Map.of(
                        "khan.eaf",
                        new Transcript(
                                Format.EAF,
                                List.of(),
                                List.of(tier("tx", Role.TRANSCRIPTION, "", "")),
                                List.of(segment(0, 0, 10, "mới")),
                                List.of())));
        show(item("khan").files(SOUND, TEXT).version(2));
        assertEquals(0, ask("chiêng", Viewer.ANYBODY).total());
        assertEquals(1, index.size());
        var held = new TreeMap<String, Long>();
        index.forEachHeld((id, version) -> held.put(id.value(), version.number()));
        assertEquals(Map.of("khan", 2L), held);
        index.apply(List.of(withdrawn("khan", 3)), new Watermark("log", 9));
        assertEquals(0, index.size());
        held.clear();
        index.forEachHeld((id, version) -> held.put(id.value(), version.number()));
        assertEquals(Map.of(), held);
        assertEquals(new Watermark("log", 9), index.watermark());
    }

    @Test
    void anItemWithoutSegmentsIsHeldAndNotFound() {
        show(item("plain").text("chiêng"));
        var held = new ArrayList<String>();
        index.forEachHeld((id, version) -> held.add(id.value()));
        assertEquals(List.of("plain"), held);
        assertEquals(0, ask("", Viewer.EVERYTHING).total());
    }

    @Test
    void aLineOfAPageHasItsBox() {
        var box = new Region(3, 0.1, 0.25, 0.5, 0.05, OptionalDouble.of(0.75));
        kept.put(
                "scan",
                Map.of(
                        "trang.pdf",
                        new Transcript(
                                Format.EAF,
                                List.of(),
                                List.of(tier("text", Role.ORTHOGRAPHY, "", "blt-Tavt")),
                                List.of(
                                        new Segment(
                                                0, Optional.empty(), "ꪎꪮꪣ ꪎꪱꪥ", Optional.empty(), "", Optional.of(box)),
                                        new Segment(
                                                0,
                                                Optional.empty(),
                                                "ꪁꪫꪱꪣ",
                                                Optional.empty(),
                                                "",
                                                Optional.of(Region.of(4)))),
                                List.of())));
        show(item("scan").files(new Bitstream("trang.pdf", "application/pdf", 1, "00", TextState.OK, "")));
        var one = ask("ꪎꪱꪥ", Viewer.ANYBODY).items().get(0).segments().get(0);
        assertEquals(3, one.page());
        assertEquals(List.of(0.1, 0.25, 0.5, 0.05), one.box());
        assertEquals(0.75, one.confidence().getAsDouble(), 1e-6);
        var whole = ask("ꪁꪫꪱꪣ", Viewer.ANYBODY).items().get(0).segments().get(0);
        assertEquals(4, whole.page());
        assertEquals(List.of(), whole.box());
    }

    /** The mentions of the item's text are those of the passages that they stand in. */
    @Test
    void aPassageHasTheEntitiesThatItNames() {
        var transcript = conversation();
        var text = PassageText.of(transcript, Passage.of(transcript), passage -> true)
                .text();
        show(khan().text("before\n\n" + text + "\n\nchiêng").naming("khan kơ", "FE001"));
        var found = ask("klei", Viewer.ANYBODY).items().get(0).segments().get(0);
        assertEquals(List.of("FE001"), found.mentions());
        assertEquals(
                List.of(),
                ask("knah", Viewer.ANYBODY).items().get(0).segments().stream()
                        .filter(one -> one.start().equals(Optional.of(3000L)))
                        .map(Found::mentions)
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void pagesOfItemsFollowEachOther() {
        var items = new Samples.Sample[25];
        for (int i = 0; i < items.length; i++) {
            var id = "i%02d".formatted(i);
            kept.put(id, Map.of("a.eaf", conversation()));
            items[i] = item(id).files(SOUND, TEXT);
        }
        show(items);
        var seen = new ArrayList<String>();
        Optional<String> cursor = Optional.empty();
        do {
            var page = index.search(new SegmentRequest(asked("čing", 10, cursor), 3), Viewer.ANYBODY, NOW);
            assertEquals(25, page.total());
            page.items().forEach(hit -> seen.add(hit.item().id().value()));
            cursor = page.next();
        } while (cursor.isPresent());
        assertEquals(25, seen.size());
        assertEquals(25, new HashSet<>(seen).size());
        var other = index.search(new SegmentRequest(asked("čing", 10, Optional.empty()), 3), Viewer.ANYBODY, NOW)
                .next();
        assertThrows(
                IllegalArgumentException.class,
                () -> index.search(new SegmentRequest(asked("knah", 10, other), 3), Viewer.ANYBODY, NOW));
    }

    @Test
    void passagesOfOneItemFollowEachOther() {
        show(khan());
        var texts = new ArrayList<String>();
        for (int skip = 0; skip < 5; skip += 2)
            index.search(
                            new SegmentRequest(
                                    asked("", 1, Optional.empty()),
                                    2,
                                    skip,
                                    Optional.of(new ItemId("khan")),
                                    List.of(),
                                    Optional.empty(),
                                    List.of(),
                                    List.of(),
                                    List.of(),
                                    Optional.empty(),
                                    Optional.empty()),
                            Viewer.ANYBODY,
                            NOW)
                    .items()
                    .forEach(hit -> hit.segments().forEach(one -> texts.add(one.text())));
        assertEquals(
                List.of("tx@Mi 3000 čing knah"),
                places(index.search(SegmentRequest.of(new ItemId("khan"), "khan.eaf", 2), Viewer.ANYBODY, NOW)));
        assertEquals(
                List.of("ꨀꨇꩉ ꨌꩌ", "klei khan kơ čing", "čing knah", "sử thi về chiêng", "không rõ lúc nào"), texts);
    }

    @Test
    void hostileQuestionsAndTextsHarmNothing() {
        kept.put(
                "khan",
                Map.of(
                        "khan.eaf",
                        new Transcript(
                                Format.EAF,
                                List.of(),
                                List.of(tier("\u0000\uFDD0t\u001F", Role.OTHER, "x\u001Fy", "no language at all")),
                                List.of(
                                        segment(0, 0, 1, "\uFDD0<b>chiêng</b>\u001F\uFDD1"),
                                        segment(0, 0, Long.MAX_VALUE / 2, "x".repeat(40_000))),
                                List.of())));
        show(item("khan").files(TEXT));
        var one = ask("chiêng", Viewer.ANYBODY).items().get(0).segments().get(0);
        assertFalse(one.highlight().contains("<b>"), one.highlight());
        for (var q : List.of("\u0000", "{!lucene}*:*", "\"", "*", "a OR b", "😀", "\uD800")) ask(q, Viewer.ANYBODY);
        assertThrows(IllegalArgumentException.class, () -> ask("x".repeat(5001), Viewer.ANYBODY));
        assertThrows(IllegalArgumentException.class, () -> new SegmentRequest(asked("", 1, Optional.empty()), 0));
    }

    @Test
    void itTellsWhichItemsNameOtherThingsNow() {
        var text = "chiêng ở Tây Nguyên";
        show(khan().text(text));
        Snapshot same = khan().text(text).snapshot();
        Snapshot other = khan().text(text).naming("Tây Nguyên", "PL001").snapshot();
        assertEquals(List.of(), index.linkedOtherwise(List.of(same)));
        assertEquals(List.of(other), index.linkedOtherwise(List.of(other)));
    }
}
