package org.thocam.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The 25 competency questions of {@code research/knowledge.md}, section 7, asked of the JSON API without SPARQL. */
class EntityQuestionsTest {
    private static Running running;

    @BeforeAll
    static void start(@TempDir Path dir) throws IOException {
        running = new Running(dir);
        running.library.loadEntities();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static JsonNode get(String path) {
        var answer = running.get("/api/v1" + path);
        assertEquals(200, answer.statusCode(), answer::body);
        return Running.json(answer);
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static List<String> values(JsonNode items, String field) {
        var values = new ArrayList<String>();
        items.forEach(item -> values.add(item.path(field).asText()));
        return values;
    }

    private static Set<String> found(String query) {
        return new TreeSet<>(values(get("/entities?size=200&" + query).path("items"), "id"));
    }

    private static Set<String> ids(String text) {
        return new TreeSet<>(List.of(text.split(" ")));
    }

    private static List<String> linked(String id, String column) {
        return values(get("/entities/" + id).path("links").path(column), "id");
    }

    private static String first(String query) {
        return get("/statistics?" + query).at("/items/0/persons").asText();
    }

    @Test
    void q01FestivalsInLunarMonth1Within120KmOfDienBien() {
        assertEquals(
                ids("FE029 FE036 FE037 FE041 FE044 FE048"), found("type=festival&lunarMonth=1&near=P63-11&within=120"));
        assertEquals(Set.of(), found("type=festival&lunarMonth=1&near=P63-11&within=50"));
    }

    @Test
    void q02UnitsThatFormedTuyenQuang() {
        assertEquals(List.of("P63-02", "P63-08"), linked("P34-08", "formed_from"));
        assertEquals(ids("P63-02 P63-08"), found("type=place&merged_into=P34-08"));
    }

    @Test
    void q03PeoplesOverAMillion() {
        var over = values(get("/statistics?place=PC-VN&year=2019&min=1000001").path("items"), "people");
        over.remove("EG01");
        assertEquals(ids("EG02 EG03 EG05 EG06 EG07 EG08"), new TreeSet<>(over));
    }

    @Test
    void q04PeoplesUnderAThousand() {
        var under =
                get("/statistics?place=PC-VN&year=2019&max=999&order=persons").path("items");
        assertEquals(List.of("EG53", "EG52", "EG54", "EG51", "EG50"), values(under, "people"));
        assertEquals(List.of("428", "525", "639", "903", "909"), values(under, "persons"));
    }

    @Test
    void q05LanguagesWrittenInTaiViet() {
        assertEquals(ids("LG-blt LG-tyr LG-twh"), found("type=language&script=Tavt"));
    }

    @Test
    void q06LanguagesOfTheChamWithTheirScripts() {
        assertEquals(ids("LG-cjm LG-cja LG-hro"), found("type=language&people=EG17"));
        assertEquals(ids("SC-Cham SC-Latn"), new TreeSet<>(linked("LG-cjm", "scripts")));
        assertEquals(ids("SC-Arab SC-Cham SC-Latn"), new TreeSet<>(linked("LG-cja", "scripts")));
        assertEquals(List.of("SC-Latn"), linked("LG-hro", "scripts"));
    }

    @Test
    void q07ThreeLargestPeoplesOfDienBien() {
        var largest =
                get("/statistics?place=P63-11&year=2019&order=-persons&size=3").path("items");
        assertEquals(List.of("EG08", "EG03", "EG01"), values(largest, "people"));
        assertEquals(List.of("228279", "213714", "104061"), values(largest, "persons"));
    }

    @Test
    void q08MongInTodaysTuyenQuang() {
        var figure = get("/statistics?people=EG08&place=P34-08&year=2019").at("/items/0");
        assertEquals(313_987, figure.path("persons").asLong());
        assertEquals(List.of("P63-02", "P63-08"), strings(figure.path("from")));
        assertEquals("292677", first("people=EG08&place=P63-02&year=2019"));
        assertEquals("21310", first("people=EG08&place=P63-08&year=2019"));
    }

    private static List<String> strings(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    @Test
    void q09UnescoElementsAndYears() {
        var years = new TreeSet<String>();
        for (var item : get("/entities?type=heritage&columns=year_inscribed&list="
                        + escaped("UNESCO ICH Representative List,UNESCO ICH Urgent Safeguarding List"))
                .path("items"))
            years.add(item.path("id").asText() + " "
                    + item.at("/columns/year_inscribed").asText());
        assertEquals(
                new TreeSet<>(List.of(
                        "HE001 2008",
                        "HE002 2015",
                        "HE003 2019",
                        "HE004 2021",
                        "HE005 2022",
                        "HE006 2024",
                        "HE007 2013")),
                years);
    }

    @Test
    void q10FestivalsByChamOrIslamicCalendars() {
        assertEquals(
                ids("FE076 FE077 FE078 FE079 FE080 FE081 FE082"),
                found("type=festival&calendar=cham-ahier,cham-awal,islamic"));
    }

    @Test
    void q11DaysOfOneFestival() {
        for (var day : List.of("2024-02-19", "2025-02-07", "2026-02-26", "2030-02-11")) {
            var year = day.substring(0, 4);
            var days = get("/entities/FE001/occurrences?from=" + year + "-01-01&to=" + year + "-12-31");
            assertEquals(List.of(day), values(days.path("items"), "from"));
            assertEquals("day", days.at("/items/0/exactness").asText());
            assertEquals(10, days.at("/items/0/lunar/from/day").asInt());
        }
    }

    @Test
    void q12WhatIsOn() {
        var on = get("/occurrences?from=2026-02-24&to=2026-02-27&exactness=day").path("items");
        assertEquals(ids("FE001 FE002 FE024 FE032"), new TreeSet<>(values(on, "id")));
        for (var one : on) {
            var from = one.path("from").asText();
            switch (one.path("id").asText()) {
                case "FE001" -> assertEquals("2026-02-26", from);
                case "FE032" -> assertTrue(from.startsWith("2025-"), from);
                default -> assertEquals("2026-02-24", from);
            }
        }
    }

    @Test
    void q13KhmerFestivals() {
        assertEquals(ids("FE070 FE071 FE072 FE073 FE074 FE075 FE098"), found("type=festival&people=EG05"));
    }

    @Test
    void q14InstrumentsOfTheThai() {
        assertEquals(ids("CR029 CR031"), found("type=craft&category=instrument&people=EG03"));
    }

    @Test
    void q15CraftsOfTheFormerNinhThuan() {
        assertEquals(ids("CR007 CR022 CR038 CR039 CR042 CR060"), found("type=craft&place=P63-58"));
    }

    @Test
    void q16InscriptionOfKate() {
        var inscription = get("/entities?type=heritage&same_as=FE076&columns=list,year_inscribed")
                .at("/items/0");
        assertEquals("HE075", inscription.path("id").asText());
        assertEquals(2017, inscription.at("/columns/year_inscribed").asInt());
        assertEquals(
                "National ICH list (Viet Nam)", inscription.at("/columns/list").asText());
        assertEquals(List.of("HE075"), values(get("/entities/FE076").at("/derived/pointedToBy/heritage/items"), "id"));
    }

    @Test
    void q17AustronesianPeoples() {
        assertEquals(ids("EG10 EG12 EG17 EG21 EG36"), found("type=people&family=Austronesian"));
    }

    @Test
    void q18KaDai() {
        assertEquals(ids("EG38 EG39 EG47 EG51"), found("type=people&official_language_group=" + escaped("Ka Đai")));
    }

    @Test
    void q19WhereAFestivalWasHeldOnADay() {
        assertEquals(ids("P63-06"), ids(String.join(" ", on("2024-02-19"))));
        assertEquals(ids("P34-19"), ids(String.join(" ", on("2026-02-26"))));
    }

    private static Set<String> on(String day) {
        assertEquals(
                1,
                get("/entities/FE001/occurrences?from=" + day + "&to=" + day)
                        .path("total")
                        .asInt());
        var entity = get("/entities/FE001");
        var places = new TreeSet<>(values(entity.at("/links/provinces_63"), "id"));
        places.addAll(values(entity.at("/links/provinces_34"), "id"));
        places.retainAll(found("type=place&validOn=" + day));
        return places;
    }

    @Test
    void q20PeoplesForWhichThoIsRecorded() {
        var found = get("/entities?type=people&size=200&q=" + escaped("Thổ")).path("items");
        var named = new TreeSet<String>();
        for (var item : found) {
            var names = get("/entities/" + item.path("id").asText());
            var all = strings(names.path("otherNames"));
            all.addAll(strings(names.path("datedNames")));
            all.add(names.at("/label/vi").asText());
            if (all.contains("Thổ")) named.add(item.path("id").asText());
            assertEquals(
                    item.path("id").asText().equals("EG24"),
                    item.at("/label/vi").asText().equals("Thổ"));
        }
        assertEquals(ids("EG02 EG05 EG24"), named);
    }

    @Test
    void q21HaTuyenToday() {
        var id = get("/entities?type=place&q=" + escaped("Hà Tuyên"))
                .at("/items/0/id")
                .asText();
        assertEquals(List.of("P63-02", "P63-08"), linked(id, "overlaps"));
        assertEquals(List.of("P34-08"), values(get("/entities/" + id).at("/derived/today"), "id"));
    }

    @Test
    void q22UnitsUnchangedByTheMerger() {
        var one = new TreeSet<String>();
        for (var unit : get("/entities?type=place&level=province-from-2025-07-01&columns=formed_from&size=200")
                .path("items"))
            if (unit.at("/columns/formed_from").size() == 1)
                one.add(unit.path("id").asText());
        assertEquals(ids("P34-01 P34-04 P34-11 P34-12 P34-14 P34-20 P34-22 P34-38 P34-40 P34-42 P34-46"), one);
    }

    @Test
    void q23GrowthOfTheMong() {
        var growth = get("/statistics?people=EG08&place=PC-VN").path("growth");
        assertEquals(1_068_189, growth.path("first").asLong());
        assertEquals(1_393_547, growth.path("last").asLong());
        assertEquals(30.5, growth.path("percent").asDouble());
    }

    @Test
    void q24MarriageCustoms() {
        assertEquals(ids("CU001 CU002 CU003 CU004 CU005 CU034"), found("type=custom&domain=marriage"));
    }

    @Test
    void q25FestivalsOfTodaysDakLak() {
        assertEquals(ids("FE056 FE083 FE088 FE089 FE090 FE091"), found("type=festival&place=P34-66"));
    }

    @Test
    void aUnitThatWasNotChangedAnswersFromTheOldRowAndSaysSo() {
        var figure = get("/statistics?people=EG08&place=P34-11&year=2019").at("/items/0");
        assertEquals(228_279, figure.path("persons").asLong());
        assertEquals("P63-11", figure.path("place").asText());
        assertEquals("P34-11", figure.path("answers").asText());
        assertFalse(figure.path("note").asText().isEmpty());
    }
}
