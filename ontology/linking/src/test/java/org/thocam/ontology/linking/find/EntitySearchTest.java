package org.thocam.ontology.linking.find;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.thocam.ontology.entity.Entity;
import org.thocam.ontology.entity.EntityKind;
import org.thocam.ontology.entity.Name;
import org.thocam.ontology.entity.Point;
import org.thocam.ontology.entity.Register;
import org.thocam.ontology.entity.Tables;

class EntitySearchTest {
    private static final Register REGISTER = Tables.read(Path.of("../../fixtures/reference"));
    private static final EntitySearch SEARCH = EntitySearch.of(REGISTER);
    private static final Set<EntityKind> PEOPLE = Set.of(EntityKind.PEOPLE);

    @Test
    void everyNameFindsItsEntity() {
        for (var entity : REGISTER.all())
            for (var name : entity.names()) {
                var hits = SEARCH.find(
                        query(name.text()).withKinds(Set.of(entity.kind())).page(1_000, 0));
                var hit =
                        hits.stream().filter(one -> one.entity().equals(entity)).findFirst();
                assertTrue(hit.isPresent() && hit.get().exact(), name.text() + " " + entity.id());
                var best = hits.get(0).score();
                assertTrue(best - hit.get().score() <= 6, name.text() + " " + entity.id());
            }
    }

    @Test
    void aDatedNameFindsAndIsNotShown() {
        for (var entity : REGISTER.all()) {
            var others = new HashSet<String>();
            for (var name : entity.names()) if (name.use() == Name.Use.LABEL) others.add(name.text());
            for (var dated : entity.names()) {
                if (dated.use() != Name.Use.DATED || others.contains(dated.text())) continue;
                var hit = SEARCH
                        .find(query(dated.text())
                                .withKinds(Set.of(entity.kind()))
                                .page(1_000, 0))
                        .stream()
                        .filter(one -> one.entity().equals(entity))
                        .findFirst()
                        .orElseThrow();
                assertEquals(entity.label(), hit.name(), dated.text());
            }
        }
        var hits = SEARCH.find(query("Mèo").withKinds(PEOPLE));
        assertEquals("EG08", hits.get(0).entity().id());
        assertEquals("Mông", hits.get(0).name());
    }

    @Test
    void theLabelComesBeforeOtherNames() {
        var hits = SEARCH.find(query("Thổ").withKinds(PEOPLE));
        assertEquals(List.of("EG24", "EG02", "EG05"), ids(hits).subList(0, 3));
        assertEquals(
                List.of("Thổ", "Tày", "Khmer"),
                hits.subList(0, 3).stream().map(hit -> hit.entity().label()).toList());
        assertEquals("Tày", hits.get(1).name(), "Thổ is dated for the Tày");
    }

    @Test
    void spellingsOfOneNameAreOne() {
        for (var typed :
                List.of("Hoà Bình", "Hòa Bình", "hòa bình", "HÒA BÌNH", "Ho\u0300a Bi\u0300nh", "  Hòa   Bình "))
            assertEquals(
                    100, first(query(typed).withKinds(Set.of(EntityKind.PLACE))).score(), typed);
        for (var typed : List.of("hoa binh", "hoabinh", "tỉnh Hoà Bình"))
            assertEquals(
                    "P63-17",
                    first(query(typed).withKinds(Set.of(EntityKind.PLACE)))
                            .entity()
                            .id(),
                    typed);
        for (var typed : List.of("Hoa Binhh", "Hoa Bih"))
            assertTrue(
                    ids(SEARCH.find(query(typed).withKinds(Set.of(EntityKind.PLACE))))
                            .contains("P63-17"),
                    typed);
    }

    @Test
    void scriptsAreReadInEachOther() {
        for (var typed : List.of("ꪼꪕ", "ไท", "Thái", "thai", "THÁI"))
            assertTrue(ids(SEARCH.find(query(typed).withKinds(PEOPLE))).contains("EG03"), typed);
        assertEquals("LG-blt", first(query("ꪼꪕꪒꪾ")).entity().id());
        assertEquals(
                "LG-blt",
                first(query("Tai Dam").withKinds(Set.of(EntityKind.LANGUAGE)))
                        .entity()
                        .id());
        assertEquals(
                "LG-cjm",
                first(query("ꨌꩌ").withKinds(Set.of(EntityKind.LANGUAGE)))
                        .entity()
                        .id());
        assertEquals("EG17", first(query("ꨌꩌ").withKinds(PEOPLE)).entity().id());
        assertEquals("EG05", first(query("ខ្មែរ").withKinds(PEOPLE)).entity().id());
        assertEquals("LG-khm", first(query("ភាសាខ្មែរ")).entity().id());
        assertEquals("LG-lao", first(query("ພາສາລາວ")).entity().id());
    }

    @Test
    void aHeadWordSaysWhatIsMeant() {
        assertEquals(EntityKind.PEOPLE, first(query("người Mông")).entity().kind());
        for (var typed : List.of("dân tộc Mông", "nguoi mong", "Mong people"))
            assertEquals("EG08", first(query(typed)).entity().id(), typed);
        assertEquals("LG-tyz", first(query("Tày language")).entity().id());
        assertEquals(
                "LG-tyz",
                first(query("Tày").withKinds(Set.of(EntityKind.LANGUAGE)))
                        .entity()
                        .id());
    }

    @Test
    void whatIsBegunIsSuggested() {
        assertEquals("EG08", SEARCH.suggest("Mô", PEOPLE, 5).get(0).entity().id());
        var hits = SEARCH.suggest("lễ hội g", Set.of(EntityKind.FESTIVAL), 10);
        assertTrue(hits.stream().anyMatch(hit -> hit.entity().id().equals("FE029")), hits.toString());
        assertEquals(List.of(), SEARCH.suggest(" ", Set.of(), 5));
        int each = 0;
        for (var entity : REGISTER.all()) {
            if (each++ % 5 > 0) continue;
            var label = entity.label();
            var begun = label.substring(
                    0, label.offsetByCodePoints(0, Math.min(label.codePointCount(0, label.length()), 6)));
            assertTrue(
                    SEARCH.suggest(begun, Set.of(entity.kind()), 1_000).stream()
                            .anyMatch(hit -> hit.entity().equals(entity)),
                    begun + " " + label);
        }
    }

    @Test
    void withoutATextAllThatPassComeInTheOrderOfTheirIds() {
        var all = SEARCH.find(EntityQuery.all().page(1_000, 0));
        assertEquals(REGISTER.all().size(), all.size());
        assertEquals(REGISTER.all().size(), SEARCH.count(EntityQuery.all()));
        assertEquals(ids(all).stream().sorted().toList(), ids(all));
        assertEquals(all.subList(100, 150), SEARCH.find(EntityQuery.all().page(50, 100)));
    }

    // questions of the research on the knowledge graph; its answers come from the same tables

    /** Each festival has a point of its own; "within 120 km" is from there to the point of the province until 2025, not to its edge. */
    @Test
    void festivalsOfTheFirstLunarMonthNearDienBien() {
        var centre = REGISTER.find("P63-11").orElseThrow().point().orElseThrow();
        var near = kind(EntityKind.FESTIVAL).near(new Near(centre, 120));
        assertEquals(List.of("FE029", "FE036", "FE037", "FE041", "FE044", "FE048"), firstMonth(near));
        assertEquals(List.of(), firstMonth(kind(EntityKind.FESTIVAL).near(new Near(centre, 50))));
    }

    private static List<String> firstMonth(EntityQuery query) {
        return SEARCH.find(query).stream()
                .map(Hit::entity)
                .filter(festival -> festival.text("date_rule").startsWith("L:01"))
                .map(Entity::id)
                .toList();
    }

    @Test
    void questionsThatFiltersAnswer() {
        assertEquals(
                List.of("LG-blt", "LG-twh", "LG-tyr"),
                ids(SEARCH.find(kind(EntityKind.LANGUAGE).withScript("SC-Tavt"))));
        assertEquals(
                List.of("LG-cja", "LG-cjm", "LG-hro"),
                ids(SEARCH.find(kind(EntityKind.LANGUAGE).withPeople("EG17"))));
        assertEquals(
                List.of("FE070", "FE071", "FE072", "FE073", "FE074", "FE075", "FE098"),
                ids(SEARCH.find(kind(EntityKind.FESTIVAL).withPeople("EG05"))));
        assertEquals(
                List.of("CR029", "CR031"),
                ids(SEARCH.find(kind(EntityKind.CRAFT).withPeople("EG03").where("category", "instrument"))));
        assertEquals(
                List.of("CR007", "CR022", "CR038", "CR039", "CR042", "CR060"),
                ids(SEARCH.find(kind(EntityKind.CRAFT).withPlace("P63-58"))));
        assertEquals(
                List.of("EG10", "EG12", "EG17", "EG21", "EG36"),
                ids(SEARCH.find(kind(EntityKind.PEOPLE).where("family", "Austronesian"))));
        assertEquals(
                List.of("CU001", "CU002", "CU003", "CU004", "CU005", "CU034"),
                ids(SEARCH.find(kind(EntityKind.CUSTOM).where("domain", "marriage"))));
        assertEquals(
                List.of("FE056", "FE083", "FE088", "FE089", "FE090", "FE091"),
                ids(SEARCH.find(kind(EntityKind.FESTIVAL).withPlace("P34-66"))));
        assertEquals(List.of("EG03"), ids(SEARCH.find(kind(EntityKind.PEOPLE).withLanguage("blt"))));
    }

    @Test
    void boxesHoldPoints() {
        var box = new Box(103, 22, 105, 23);
        var hits = SEARCH.find(EntityQuery.all().within(box).page(1_000, 0));
        var expected = REGISTER.all().stream()
                .filter(entity -> entity.point()
                        .filter(p -> p.lat() >= 22 && p.lat() <= 23 && p.lon() >= 103 && p.lon() <= 105)
                        .isPresent())
                .map(Entity::id)
                .sorted()
                .toList();
        assertFalse(expected.isEmpty());
        assertEquals(expected, ids(hits));
        assertTrue(new Box(170, -10, -170, 10).holds(new Point(0, 180)));
        assertFalse(new Box(170, -10, -170, 10).holds(new Point(0, 0)));
    }

    @Test
    void whatIsOutOfBoundsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Box(0, 10, 1, 9));
        assertThrows(IllegalArgumentException.class, () -> new Box(Double.NaN, 1, 1, 9));
        assertThrows(IllegalArgumentException.class, () -> new Near(new Point(0, 0), -1));
        assertThrows(IllegalArgumentException.class, () -> query("x".repeat(501)));
        assertThrows(IllegalArgumentException.class, () -> EntityQuery.all().page(1_001, 0));
        assertThrows(IllegalArgumentException.class, () -> EntityQuery.all().where("categori", "x"));
        assertThrows(
                IllegalArgumentException.class, () -> kind(EntityKind.PEOPLE).where("category", "x"));
    }

    @Test
    void anyTextIsAnswered() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            var text = new StringBuilder();
            for (int j = random.nextInt(20); j >= 0; j--)
                text.appendCodePoint(
                        random.nextBoolean() ? 32 + random.nextInt(0x2000) : 0xA800 + random.nextInt(0x300));
            var query = query(text.toString());
            assertEquals(SEARCH.find(query), SEARCH.find(query), "seed " + seed);
            for (var hit : SEARCH.find(query))
                assertTrue(hit.score() >= 0 && hit.score() <= 100, "seed " + seed + " " + hit);
        }
    }

    @Test
    void onlyWhatIsClearMatches() {
        var mong = reconcile("Mông", EntityKind.PEOPLE, Map.of());
        assertEquals("EG08", mong.get(0).entity().id());
        assertTrue(mong.get(0).match());
        assertFalse(reconcile("Thổ", EntityKind.PEOPLE, Map.of()).get(0).match(), "three peoples have that name");
        assertFalse(reconcile("Mèo", EntityKind.PEOPLE, Map.of()).get(0).match());
        assertFalse(reconcile("Mong", EntityKind.PEOPLE, Map.of()).get(0).match());
        assertFalse(reconcile("Điện Biên", EntityKind.PLACE, Map.of()).get(0).match(), "before or since July 2025");
        var since = reconcile("Điện Biên", EntityKind.PLACE, Map.of("valid_from", "2025-07-01"));
        assertEquals("P34-11", since.get(0).entity().id());
        assertEquals(List.of(), reconcile(" ", EntityKind.PLACE, Map.of()));
        assertEquals(1, SEARCH.reconcile("Mông", Optional.empty(), Map.of(), 1).size());
    }

    @Test
    void whatARowSaysBesidesRaisesAndLowers() {
        var plain = score(reconcile("Lồng Tồng", EntityKind.FESTIVAL, Map.of()), "FE001");
        var agreeing = reconcile("Lồng Tồng", EntityKind.FESTIVAL, Map.of("provinces_63", "Bắc Kạn", "peoples", "Tày"));
        assertEquals("FE001", agreeing.get(0).entity().id());
        assertTrue(agreeing.get(0).score() > plain);
        assertTrue(score(reconcile("Lồng Tồng", EntityKind.FESTIVAL, Map.of("peoples", "EG08")), "FE001") < plain);
        var wrong = reconcile("Mông", EntityKind.PEOPLE, Map.of("family", "Austronesian"));
        assertFalse(wrong.get(0).match());
        assertTrue(reconcile("Mông", EntityKind.PEOPLE, Map.of("code_1979", "08"))
                .get(0)
                .match());
    }

    private static double score(List<Candidate> candidates, String id) {
        return candidates.stream()
                .filter(one -> one.entity().id().equals(id))
                .findFirst()
                .orElseThrow()
                .score();
    }

    private static List<Candidate> reconcile(String text, EntityKind kind, Map<String, String> properties) {
        return SEARCH.reconcile(text, Optional.of(kind), properties, 10);
    }

    private static EntityQuery query(String text) {
        return EntityQuery.all().withText(text);
    }

    private static EntityQuery kind(EntityKind kind) {
        return EntityQuery.all().withKinds(Set.of(kind)).page(1_000, 0);
    }

    private static Hit first(EntityQuery query) {
        var hits = SEARCH.find(query);
        assertFalse(hits.isEmpty(), query.text());
        return hits.get(0);
    }

    private static List<String> ids(List<Hit> hits) {
        return hits.stream().map(hit -> hit.entity().id()).toList();
    }
}
