package org.thocam.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.api.access.Role;
import org.thocam.ontology.Submission;

/** Editing a dictionary of Ê Đê together, over HTTP. */
class EntryEditingTest {
    private static final String LIFT =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <lift version="0.13">
            <entry id="êa_g1" guid="g1"><lexical-unit><form lang="rad"><text>êa</text></form></lexical-unit>
            <sense id="s1"><gloss lang="vi"><text>nước</text></gloss><gloss lang="en"><text>water</text></gloss></sense>
            <x:foo a='1'>?</x:foo></entry>
            <entry id="ƀuôn_g2" guid="g2"><lexical-unit><form lang="rad"><text>ƀuôn</text></form></lexical-unit>
            <sense id="s2"><gloss lang="vi"><text>buôn</text></gloss></sense></entry>
            <entry id="čư_g3" guid="g3" order="2"><lexical-unit><form lang="rad"><text>čư̆</text></form></lexical-unit>
            <sense id="s3"><gloss lang="vi"><text>núi</text></gloss></sense></entry>
            </lift>
            """;

    private static Running running;
    private static Path file;
    private static int number;
    private String dictionary;
    private String path;

    @BeforeAll
    static void start(@TempDir Path dir) throws IOException {
        running = new Running(dir);
        running.clock.real();
        file = Files.writeString(dir.resolve("rad.lift"), LIFT);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @BeforeEach
    void dictionary() {
        dictionary = "rad" + number++;
        path = "/api/v1/dictionaries/" + dictionary;
        take("\"open\"");
    }

    private void take(String access) {
        running.library.take(
                "{\"id\":\"" + dictionary
                        + "\",\"title\":{\"vi\":\"Từ điển Ê Đê\"},\"language\":\"rad-Latn\",\"access\":" + access
                        + ",\"sets\":[\"dictionary\"]}",
                new Submission.Upload("rad.lift", file));
    }

    /** A request as a role, with more headers as name, value ... */
    private HttpResponse<String> ask(Role role, String method, String where, String body, String... headers) {
        var all = new ArrayList<>(Arrays.asList(headers));
        if (body != null)
            all.addAll(List.of(
                    "Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json"));
        if (role != null) all.addAll(List.of("Authorization", "Bearer " + running.token.get(role)));
        return running.ask(method, path + where, body, all.toArray(String[]::new));
    }

    private HttpResponse<String> patch(String entry, String tag, String body) {
        return ask(Role.EDITOR, "PATCH", "/entries/" + entry, body, "If-Match", '"' + tag + '"');
    }

    private static String gloss(String text) {
        return "{\"senses\":[{\"id\":\"s1\",\"glosses\":[{\"lang\":\"vi\",\"text\":\"" + text
                + "\"},{\"lang\":\"en\",\"text\":\"water\"}]}]}";
    }

    private JsonNode get(String where, Role role) {
        var answer = ask(role, "GET", where, null);
        assertEquals(200, answer.statusCode(), answer.body());
        return Running.json(answer);
    }

    private static String type(HttpResponse<String> answer) {
        return answer.statusCode() + " "
                + Running.json(answer).path("type").asText().replace("/problems/", "");
    }

    private void review() {
        assertEquals(
                200,
                ask(Role.REVIEWER, "PUT", "/settings", "{\"review\":true}", "If-Match", "*")
                        .statusCode());
    }

    @Test
    void anEntryIsItsSummaryAndAllItsFields() {
        var answer = ask(null, "GET", "/entries/g1", null);
        assertEquals("\"f1.e0\"", Running.header(answer, "ETag"));
        assertEquals("no-cache", Running.header(answer, "Cache-Control"));
        assertEquals(
                "{\"id\":\"g1\",\"headword\":\"êa\",\"language\":\"rad\",\"glosses\":{\"en\":\"water\",\"vi\":\"nước\"},\"href\":\""
                        + path
                        + "/entries/g1\",\"state\":\"published\",\"tag\":\"f1.e0\",\"liftId\":\"êa_g1\",\"guid\":\"g1\","
                        + "\"lexicalUnit\":{\"rad\":\"êa\"},\"senses\":[{\"id\":\"s1\",\"glosses\":[{\"lang\":\"vi\",\"text\":\"nước\"},"
                        + "{\"lang\":\"en\",\"text\":\"water\"}]}],\"residue\":[\"<x:foo a='1'>?</x:foo>\"]}",
                answer.body());
        assertEquals(2, get("/entries/g3", null).path("homograph").asInt());
        var fresh = ask(null, "GET", "/entries/g1", null, "If-None-Match", "\"f1.e0\"");
        assertEquals(304, fresh.statusCode());
        assertEquals("\"f1.e0\"", Running.header(fresh, "ETag"));
        for (var lift : List.of(
                ask(null, "GET", "/entries/g1?format=lift", null),
                ask(null, "GET", "/entries/g1", null, "Accept", "application/xml"))) {
            assertEquals("application/xml;charset=UTF-8", Running.header(lift, "Content-Type"));
            assertEquals("\"f1.e0.lift\"", Running.header(lift, "ETag"));
            assertTrue(LIFT.contains(lift.body()), lift.body());
        }
        assertEquals(406, ask(null, "GET", "/entries/g1?format=pdf", null).statusCode());
        for (var wrong : List.of("g9", "%00", "..%2f", "a%20b", "%ED%A0%80", "x".repeat(300)))
            assertTrue(
                    List.of(400, 404, 414)
                            .contains(
                                    ask(null, "GET", "/entries/" + wrong, null).statusCode()),
                    wrong);
    }

    @Test
    void twoEditsOfDifferentFieldsMergeAndOfTheSameOneConflict() {
        assertEquals("428 precondition-required", type(ask(Role.EDITOR, "PATCH", "/entries/g1", "{}")));
        var first = patch("g1", "f1.e0", gloss("nước uống"));
        assertEquals(200, first.statusCode(), first.body());
        assertEquals("\"f1.e1\"", Running.header(first, "ETag"));
        assertFalse(Running.json(first).has("merged"));
        var other = patch("g1", "f1.e0", "{\"citation\":{\"rad\":\"Êa\"}}");
        assertEquals(200, other.statusCode(), other.body());
        assertTrue(Running.json(other).path("merged").asBoolean());
        assertEquals("nước uống", Running.json(other).at("/glosses/vi").asText());
        assertEquals("Êa", Running.json(other).path("headword").asText());

        var clash = patch("g1", "f1.e0", gloss("nước sông"));
        assertEquals("409 edit-conflict", type(clash));
        var problem = Running.json(clash);
        assertEquals(
                "[{\"path\":\"senses/s1/glosses/vi/text\",\"kind\":\"values\",\"base\":{\"text\":\"nước\"},"
                        + "\"mine\":{\"text\":\"nước uống\"},\"theirs\":{\"text\":\"nước sông\"}}]",
                problem.path("conflicts").toString());
        assertEquals("nước", problem.at("/base/senses/0/glosses/0/text").asText());
        assertEquals("nước uống", problem.at("/mine/senses/0/glosses/0/text").asText());
        assertEquals("nước sông", problem.at("/theirs/senses/0/glosses/0/text").asText());
        var tag = "\"" + problem.path("tag").asText() + "\"";
        assertEquals(tag, Running.header(clash, "ETag"));
        assertEquals(tag, Running.header(ask(null, "GET", "/entries/g1", null), "ETag"));

        var conflicts = get("/conflicts", Role.EDITOR);
        assertEquals("1 1", conflicts.path("total") + " " + conflicts.at("/items/0/conflicts"));
        var id = problem.path("conflict").asText();
        var settle = "/entries/g1/conflicts/" + id + "/settle";
        assertEquals(
                404,
                ask(Role.EDITOR, "POST", "/entries/g1/conflicts/s1/settle", "{}")
                        .statusCode());
        assertEquals(
                200, ask(Role.EDITOR, "POST", settle + "?dryRun=true", null).statusCode());
        assertEquals(1, get("/conflicts", Role.EDITOR).path("total").asInt());
        assertEquals(200, ask(Role.EDITOR, "POST", settle, null).statusCode());
        assertEquals(0, get("/conflicts", Role.EDITOR).path("total").asInt());
        assertEquals(
                "editor",
                get("/entries/g1/talk", Role.EDITOR)
                        .at("/conflicts/0/settled/by")
                        .asText());
    }

    @Test
    void aWholeEntryGoesBackAsItCameAndKeepsWhatTheServerWrote() {
        var entry = (ObjectNode) get("/entries/g1", Role.EDITOR);
        var same = ask(Role.EDITOR, "PUT", "/entries/g1", entry.toString(), "If-Match", "\"f1.e0\"");
        assertEquals(
                "200 f1.e0",
                same.statusCode() + " " + Running.json(same).path("tag").asText());
        entry.remove(List.of("guid", "liftId", "residue"));
        entry.putObject("citation").put("rad", "êa̱");
        var done = ask(Role.EDITOR, "PUT", "/entries/g1", entry.toString(), "If-Match", "W/\"f9.e9\", \"f1.e0.lift\"");
        assertEquals(200, done.statusCode(), done.body());
        assertEquals("g1", Running.json(done).path("guid").asText());
        assertFalse(Running.json(done).has("residue"));
        for (var wrong : List.of("W/\"f1.e1\"", "\"x\"", "\"f1.e9\"", "\"f9.e0\"", "f1.e1", "\"f1.e1.p\""))
            assertEquals(
                    "412 precondition-failed",
                    type(ask(Role.EDITOR, "PUT", "/entries/g1", entry.toString(), "If-Match", wrong)),
                    wrong);
        assertEquals(
                200,
                ask(Role.EDITOR, "PUT", "/entries/g1", entry.toString(), "If-Match", "*")
                        .statusCode());
        assertEquals(404, patch("g9", "f1.e0", "{}").statusCode());
    }

    @Test
    void markupAndTextAreOneValue() {
        var marked = "{\"lexicalUnit\":{\"rad\":{\"text\":\"êa\",\"markup\":\"<span>ê</span>a\"}}}";
        assertEquals(200, patch("g1", "f1.e0", marked).statusCode());
        var changed = patch("g1", "f1.e1", "{\"lexicalUnit\":{\"rad\":{\"text\":\"êa mơn\"}}}");
        assertEquals("êa mơn", Running.json(changed).path("headword").asText());
        assertEquals(
                "422 invalid",
                type(patch("g1", "f1.e2", "{\"lexicalUnit\":{\"rad\":{\"text\":\"x\",\"markup\":\"y\"}}}")));
    }

    @Test
    void theSameKeyTwiceIsOneEntry() {
        var body =
                "{\"lexicalUnit\":{\"rad\":\"kruih\"},\"senses\":[{\"glosses\":[{\"lang\":\"vi\",\"text\":\"rừng\"}]}]}";
        var dry = ask(Role.EDITOR, "POST", "/entries?dryRun=true", body, "Idempotency-Key", "k-1");
        assertEquals(201, dry.statusCode(), dry.body());
        assertEquals("", Running.header(dry, "ETag") + Running.header(dry, "Location"));
        assertEquals(3, get("/entries", null).path("total").asInt());
        var first = ask(Role.EDITOR, "POST", "/entries", body, "Idempotency-Key", "k-1");
        assertEquals(201, first.statusCode(), first.body());
        assertEquals("\"f1.e1\"", Running.header(first, "ETag"));
        var again = ask(Role.EDITOR, "POST", "/entries", body, "Idempotency-Key", "k-1");
        assertEquals(200, again.statusCode());
        assertEquals(first.body(), again.body());
        assertEquals("422 invalid", type(ask(Role.EDITOR, "POST", "/entries", "{}", "Idempotency-Key", "k-1")));
        assertEquals(
                "422 invalid",
                type(ask(Role.EDITOR, "POST", "/entries", "{\"senses\":[null]}", "Idempotency-Key", "k-1")));
        assertEquals(
                400,
                ask(Role.EDITOR, "POST", "/entries", body, "Idempotency-Key", "a b")
                        .statusCode());
        assertEquals(4, get("/entries", null).path("total").asInt());
        var place = Running.header(first, "Location");
        assertTrue(
                place.endsWith(
                        path + "/entries/" + Running.json(first).path("id").asText()),
                place);
    }

    @Test
    void aDryRunAnswersAlikeAndKeepsNothing() {
        var dry = ask(Role.EDITOR, "PATCH", "/entries/g1?dryRun=true", gloss("suối"), "If-Match", "\"f1.e0\"");
        assertEquals(200, dry.statusCode());
        assertEquals("suối", Running.json(dry).at("/glosses/vi").asText());
        assertFalse(Running.json(dry).has("tag"));
        assertEquals("", Running.header(dry, "ETag"));
        assertEquals(200, patch("g1", "f1.e0", gloss("suối")).statusCode());
        var clash = ask(Role.EDITOR, "PATCH", "/entries/g1?dryRun=true", gloss("sông"), "If-Match", "\"f1.e0\"");
        assertEquals("409 edit-conflict", type(clash));
        assertFalse(Running.json(clash).has("conflict"));
        for (var more : List.of(
                ask(Role.EDITOR, "DELETE", "/entries/g1?dryRun=true", null, "If-Match", "*"),
                ask(Role.REVIEWER, "PUT", "/entries/g1/state?dryRun=true", "{\"state\":\"draft\"}", "If-Match", "*"),
                ask(Role.EDITOR, "POST", "/entries/g1/revert?dryRun=true", "{\"to\":\"f1.e0\"}", "If-Match", "*"),
                ask(Role.EDITOR, "POST", "/entries/g1/comments?dryRun=true", "{\"text\":\"?\"}"),
                ask(Role.REVIEWER, "PUT", "/settings?dryRun=true", "{\"review\":true}", "If-Match", "*")))
            assertEquals(2, more.statusCode() / 100, more.body());
        assertEquals("f1.e1", get("/entries/g1", null).path("tag").asText());
        assertFalse(get("/settings", Role.REVIEWER).path("review").asBoolean());
        assertEquals(
                400,
                ask(Role.EDITOR, "DELETE", "/entries/g1?dryRun=maybe", null, "If-Match", "*")
                        .statusCode());
    }

    @Test
    void anEditOutlivesADeletion() {
        assertEquals(200, patch("g1", "f1.e0", gloss("suối")).statusCode());
        assertEquals(
                "412 precondition-failed",
                type(ask(Role.EDITOR, "DELETE", "/entries/g1", null, "If-Match", "\"f1.e0\"")));
        assertEquals(428, ask(Role.EDITOR, "DELETE", "/entries/g1", null).statusCode());
        var gone = ask(Role.EDITOR, "DELETE", "/entries/g1", null, "If-Match", "\"f1.e1\"");
        assertEquals("204 \"f1.e2\"", gone.statusCode() + " " + Running.header(gone, "ETag"));
        var told = ask(Role.EDITOR, "GET", "/entries/g1", null);
        assertEquals("410 gone", type(told));
        assertEquals("\"f1.e2\"", Running.header(told, "ETag"));
        assertEquals(404, ask(null, "GET", "/entries/g1", null).statusCode());
        assertEquals(404, ask(null, "GET", "/entries/g1/history", null).statusCode());
        assertEquals(2, get("/entries", Role.EDITOR).path("total").asInt());
        assertEquals(
                412,
                ask(Role.EDITOR, "PATCH", "/entries/g1", "{}", "If-Match", "*").statusCode());
        var back = patch("g1", "f1.e1", gloss("sông"));
        assertEquals(200, back.statusCode(), back.body());
        assertEquals(
                "edit-kept", Running.json(back).at("/keptOverDeletion/0/kind").asText());
        assertEquals("sông", get("/entries/g1", null).at("/glosses/vi").asText());
    }

    @Test
    void everyStateCanBeShownComparedAndBroughtBack() {
        for (var word : List.of("suối", "sông", "hồ"))
            assertEquals(
                    200,
                    ask(Role.EDITOR, "PATCH", "/entries/g1", gloss(word), "If-Match", "*")
                            .statusCode());
        assertEquals(
                200,
                ask(Role.EDITOR, "PATCH", "/entries/g1", "{\"citation\":{\"rad\":\"Êa\"}}", "If-Match", "*")
                        .statusCode());
        var states = get("/entries/g1/history", Role.EDITOR);
        assertEquals(5, states.path("total").asInt());
        assertEquals(
                List.of("f1.e4", "f1.e3", "f1.e2", "f1.e1", "f1.e0"),
                states.path("items").findValuesAsText("tag"));
        var one = get("/entries/g1/history?field=senses/s1/glosses/vi&size=2", Role.EDITOR);
        assertEquals(List.of("f1.e3", "f1.e2"), one.path("items").findValuesAsText("tag"));
        assertEquals("editor", one.at("/items/0/by").asText());
        assertEquals(
                List.of("f1.e1", "f1.e0"),
                get(
                                "/entries/g1/history?field=senses/s1/glosses/vi&size=2&cursor="
                                        + one.path("next").asText(),
                                Role.EDITOR)
                        .path("items")
                        .findValuesAsText("tag"));
        assertEquals(
                "suối",
                get("/entries/g1?version=f1.e1", Role.EDITOR).at("/glosses/vi").asText());
        assertEquals(404, ask(null, "GET", "/entries/g1?version=f1.e1", null).statusCode());
        assertEquals(
                "hồ", get("/entries/g1?version=f1.e4", null).at("/glosses/vi").asText());
        assertEquals(
                404, ask(Role.EDITOR, "GET", "/entries/g1?version=f1.e9", null).statusCode());
        assertEquals(400, ask(null, "GET", "/entries/g1?version=1", null).statusCode());
        assertTrue(get("/entries/g1/compare?from=f1.e1&to=f1.e3", null)
                .toString()
                .contains("{\"path\":\"senses/s1/glosses/vi/text\",\"before\":\"suối\",\"after\":\"hồ\"}"));
        assertEquals(400, ask(null, "GET", "/entries/g1/compare", null).statusCode());
        var back = ask(
                Role.EDITOR,
                "POST",
                "/entries/g1/revert",
                "{\"to\":\"f1.e0\",\"fields\":[\"senses/s1\"]}",
                "If-Match",
                "*");
        assertEquals(
                "nước Êa",
                Running.json(back).at("/glosses/vi").asText() + " "
                        + Running.json(back).path("headword").asText());
        for (var wrong : List.of(
                "{}",
                "[]",
                "{\"to\":1}",
                "{\"to\":\"f9.e9\"}",
                "{\"to\":\"f1.e7\"}",
                "{\"to\":\"f1.e0\",\"fields\":\"x\"}",
                "{\"to\":\"f1.e0\",\"fields\":[1]}",
                "{\"to\":\"f1.e0\",\"fields\":[\"nothing\"]}"))
            assertEquals(
                    "422 invalid", type(ask(Role.EDITOR, "POST", "/entries/g1/revert", wrong, "If-Match", "*")), wrong);
    }

    @Test
    void readersSeeWhatIsPublishedAndEditorsWhatIsWorkedOn() {
        review();
        assertEquals(200, patch("g1", "f1.e0", gloss("suối")).statusCode());
        assertEquals("suối draft", words(Role.EDITOR, ""));
        assertEquals("nước published", words(null, ""));
        assertEquals("nước published", words(Role.EDITOR, "?view=published"));
        assertEquals("\"f1.e1.p\"", Running.header(ask(null, "GET", "/entries/g1", null), "ETag"));
        assertEquals(412, patch("g1", "f1.e1.p", gloss("x")).statusCode());
        assertEquals(404, ask(null, "GET", "/entries/g1?version=f1.e1", null).statusCode());
        assertEquals(1, get("/entries/g1/history", null).path("total").asInt());
        assertEquals(403, state(Role.EDITOR, "published"));
        assertEquals(403, state(Role.EDITOR, "reviewed"));
        assertEquals(422, state(Role.EDITOR, "done"));
        assertEquals(200, state(Role.EDITOR, "proposed"));
        assertEquals(200, state(Role.REVIEWER, "reviewed"));
        assertEquals(403, state(Role.EDITOR, "draft"));
        assertEquals("nước published", words(null, ""));
        assertEquals(200, state(Role.REVIEWER, "published"));
        assertEquals("suối published", words(null, ""));
        var history = get("/entries/g1/history", null);
        assertEquals(2, history.path("total").asInt());
        assertEquals(
                List.of("dateModified", "senses/s1/glosses/vi/text"),
                history.at("/items/0/changes").findValuesAsText("path"));
        assertEquals(5, get("/entries/g1/history", Role.EDITOR).path("total").asInt());
        assertEquals(
                412,
                ask(Role.REVIEWER, "PUT", "/entries/g1/state", "{\"state\":\"draft\"}", "If-Match", "\"f1.e1\"")
                        .statusCode());
        assertEquals(401, ask(null, "GET", "/entries/g1?view=working", null).statusCode());
        assertEquals(
                403, ask(Role.READER, "GET", "/entries/g1?view=working", null).statusCode());
    }

    private String words(Role role, String query) {
        var entry = get("/entries/g1" + query, role);
        return entry.at("/glosses/vi").asText() + " " + entry.path("state").asText();
    }

    private int state(Role role, String state) {
        return ask(role, "PUT", "/entries/g1/state", "{\"state\":\"" + state + "\"}", "If-Match", "*")
                .statusCode();
    }

    @Test
    void aDictionaryMayNameItsEditorsAndReviewers() {
        assertEquals(
                200,
                ask(
                                Role.REVIEWER,
                                "PUT",
                                "/settings",
                                "{\"editors\":[\"H'Linh\"],\"reviewers\":[\"Y Blih\"]}",
                                "If-Match",
                                "\"s0\"")
                        .statusCode());
        var refused = patch("g1", "f1.e0", gloss("x"));
        assertEquals("403 forbidden", type(refused));
        assertTrue(refused.body().contains("'editor' is none of them"), refused.body());
        assertEquals(403, ask(Role.REVIEWER, "GET", "/settings", null).statusCode());
        assertEquals(403, ask(Role.EDITOR, "GET", "/entries/g1/talk", null).statusCode());
        assertEquals(403, ask(Role.EDITOR, "GET", "/entries?view=working", null).statusCode());
        assertEquals(
                200,
                ask(Role.ADMIN, "PATCH", "/entries/g1", gloss("x"), "If-Match", "*")
                        .statusCode());
        var linh = running.tokens.create(Role.EDITOR, "H'Linh", List.of());
        assertEquals(
                200,
                running.ask(
                                "PATCH",
                                path + "/entries/g1",
                                gloss("y"),
                                "If-Match",
                                "*",
                                "Content-Type",
                                "application/merge-patch+json",
                                "Authorization",
                                "Bearer " + linh)
                        .statusCode());
    }

    @Test
    void settingsSayTheOrderAndRefuseWhatIsNone() {
        var settings = ask(Role.REVIEWER, "GET", "/settings", null);
        assertEquals("\"s0\"", Running.header(settings, "ETag"));
        assertEquals(
                "{\"orders\":{},\"order\":\"\",\"review\":false,\"editors\":[],\"reviewers\":[]}", settings.body());
        assertEquals("428 precondition-required", type(ask(Role.REVIEWER, "PUT", "/settings", "{}")));
        var ambiguous =
                ask(Role.REVIEWER, "PUT", "/settings", "{\"orders\":{\"x\":\"a b ab A\"}}", "If-Match", "\"s0\"");
        assertEquals("422 invalid", type(ambiguous));
        assertEquals(
                "/orders/x", Running.json(ambiguous).at("/errors/0/pointer").asText());
        for (var wrong : List.of(
                "[]",
                "{\"x\":1}",
                "{\"orders\":[]}",
                "{\"orders\":{\"x\":1}}",
                "{\"order\":\"none\"}",
                "{\"order\":{}}",
                "{\"review\":\"yes\"}",
                "{\"editors\":\"a\"}",
                "{\"editors\":[1]}",
                "{\"editors\":[\"\\ud800\"]}",
                "{\"orders\":{\"X Y\":\"a b\"}}",
                "{\"orders\":{\"x\":\"\\ud800 b\\u0000\"}}",
                "{\"orders\":{\"x\":\"\"}}"))
            assertEquals("422 invalid", type(ask(Role.REVIEWER, "PUT", "/settings", wrong, "If-Match", "*")), wrong);
        var set = ask(
                Role.REVIEWER,
                "PUT",
                "/settings",
                "{\"orders\":{\"nguoc\":\"ư č ƀ n o ô u ê a\",\"ngan\":\"a ê n ƀ u ô\"},\"order\":\"nguoc\"}",
                "If-Match",
                "\"s0\"");
        assertEquals("200 \"s1\"", set.statusCode() + " " + Running.header(set, "ETag"), set.body());
        assertEquals(
                "412 precondition-failed", type(ask(Role.REVIEWER, "PUT", "/settings", "{}", "If-Match", "\"s0\"")));
        assertEquals(List.of("g3", "g2", "g1"), ids(get("/entries", null)));
        assertEquals(List.of("g2", "g3", "g1"), ids(get("/entries?order=", null)));
        assertEquals("Ƀ", get("/entries?order=", null).at("/items/0/head").asText());
        var heads = get("/heads?order=ngan", null).path("items");
        assertEquals(List.of("Ê", "Ƀ", "…"), heads.findValuesAsText("letter"));
        assertEquals(
                List.of("g2", "g3"),
                ids(get("/entries?order=ngan&cursor=" + heads.at("/1/cursor").asText(), null)));
        assertEquals(
                400,
                ask(
                                null,
                                "GET",
                                "/entries?order=nguoc&cursor="
                                        + heads.at("/1/cursor").asText(),
                                null)
                        .statusCode());
        var outside = get("/outside?order=ngan", Role.EDITOR);
        assertEquals("g3", outside.at("/items/0/id").asText());
        assertTrue(outside.at("/items/0/letters").toString().contains("č"), outside.toString());
        var alphabet = "a ă â b ƀ č d đ e ĕ ê ê̆ g h i ĭ j k l m n ñ o ŏ ô ô̆ ơ ơ̆ p r s t u ŭ ư ư̆ w y";
        assertEquals(
                200,
                ask(
                                Role.REVIEWER,
                                "PUT",
                                "/settings",
                                "{\"orders\":{\"thu-tu-cu\":\"" + alphabet + "\"}}",
                                "If-Match",
                                "*")
                        .statusCode());
        assertEquals(400, ask(null, "GET", "/heads?order=x", null).statusCode());
    }

    private static List<String> ids(JsonNode list) {
        return list.path("items").findValuesAsText("id");
    }

    @Test
    void listsPageInOrderAndTheCursorIsOfThatListAlone() {
        var seen = new ArrayList<String>();
        var cursor = "";
        do {
            var page = get("/entries?size=1&cursor=" + cursor, null);
            assertEquals(3, page.path("total").asInt());
            seen.addAll(ids(page));
            cursor = page.path("next").asText("");
            if (page.path("next").isNull()) break;
        } while (seen.size() < 9);
        assertEquals(List.of("g2", "g3", "g1"), seen);
        var first = get("/entries?size=2", null).path("next").asText();
        assertEquals(List.of("g1"), ids(get("/entries?cursor=" + first, null)));
        assertEquals(
                400, ask(Role.EDITOR, "GET", "/entries?cursor=" + first, null).statusCode());
        assertEquals(400, ask(null, "GET", "/entries?cursor=%00", null).statusCode());
        assertEquals(0, ids(get("/entries?size=0", null)).size());
    }

    @Test
    void editorsTalkAboutAnEntry() {
        var said = ask(
                Role.EDITOR,
                "POST",
                "/entries/g1/comments",
                "{\"text\":\"Có phải “nước” không?\\nHỏi lại.\",\"field\":\"senses/s1/glosses/vi/text\"}");
        assertEquals(201, said.statusCode(), said.body());
        assertEquals("editor", Running.json(said).path("by").asText());
        assertEquals(1, get("/entries/g1/talk", Role.EDITOR).path("comments").size());
        assertEquals(401, ask(null, "GET", "/entries/g1/talk", null).statusCode());
        for (var wrong : List.of(
                "{}",
                "{\"text\":\" \"}",
                "{\"text\":1}",
                "{\"text\":\"\\ud800\"}",
                "{\"text\":\"\\u0000\"}",
                "{\"text\":\"a\",\"field\":[]}",
                "{\"text\":\"" + "a".repeat(10_001) + "\"}",
                "[]"))
            assertEquals("422 invalid", type(ask(Role.EDITOR, "POST", "/entries/g1/comments", wrong)), wrong);
        assertEquals(
                204,
                ask(Role.EDITOR, "DELETE", "/entries/g1", null, "If-Match", "\"f1.e0\"")
                        .statusCode());
    }

    @Test
    void whoMayNotSeeTheItemSeesNothingOfIt() {
        take("\"restricted\"");
        for (var where :
                List.of("/entries", "/entries/g1", "/entries/g1/history", "/entries/g1/compare?from=f1.e0", "/heads"))
            assertEquals(404, ask(null, "GET", where, null).statusCode(), where);
        for (var where : List.of("/outside", "/conflicts", "/settings", "/entries/g1/talk"))
            assertEquals(404, ask(Role.REVIEWER, "GET", where, null).statusCode(), where);
        assertEquals(404, patch("g1", "f1.e0", "{}").statusCode());
        assertEquals(404, ask(Role.EDITOR, "POST", "/entries", "{}").statusCode());
        assertEquals(
                404,
                ask(Role.REVIEWER, "PUT", "/settings", "{}", "If-Match", "*").statusCode());
        assertEquals(200, ask(Role.ADMIN, "GET", "/entries/g1", null).statusCode());
    }

    static Stream<String> hostile() {
        var deep = "{\"subsenses\":[".repeat(12) + "{}" + "]}".repeat(12);
        var deepXml = "<a>".repeat(199) + "</a>".repeat(199);
        return Stream.concat(
                Stream.of(
                        "null",
                        "1",
                        "\"x\"",
                        "[null]",
                        "{\"\\u0000\"",
                        "1e999999",
                        "9".repeat(60),
                        "{\"id\":",
                        "[".repeat(100),
                        "{\"a\":".repeat(60)),
                Stream.concat(
                        Stream.of(
                                        "lexicalUnit",
                                        "senses",
                                        "notes",
                                        "order",
                                        "traits",
                                        "residue",
                                        "residueAttributes",
                                        "key")
                                .flatMap(field -> Stream.of(
                                                "1",
                                                "true",
                                                "1e400",
                                                "9".repeat(50),
                                                "[1]",
                                                "[[]]",
                                                "[null,null]",
                                                "[\"x\"]",
                                                "{\"rad\":1}",
                                                "{\"rad\":[]}",
                                                "{\"rad\":{\"lang\":\"x\"}}",
                                                "{\"rad\":{\"text\":{}}}",
                                                "{\"rad\":{\"annotations\":[[]]}}",
                                                "{\"rad\":{\"text\":\"a\",\"markup\":\"</text><b/>\"}}",
                                                "{\"rad\":\"\\ud800\"}",
                                                "{\"rad\":\"\\u0000\"}",
                                                "{\"\\ud800\":\"x\"}",
                                                "{\"\\u0000\":\"x\"}",
                                                "[{\"id\":[]}]",
                                                "[{\"glosses\":{}}]",
                                                "[{\"glosses\":[{\"lang\":null}]}]",
                                                "[{\"key\":{}}]",
                                                "[{\"\\ud800~/\":1}]",
                                                "[\"<a>\"]",
                                                "[\"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>\"]",
                                                "[\"<sense/>\"]",
                                                "[\"" + deepXml + "\"]",
                                                "{\"id\":\"x\"}",
                                                "{\"a b\":\"x\"}")
                                        .map(value -> "{\"" + field + "\":" + value + "}")),
                        Stream.of(
                                "{\"senses\":[" + deep + "]}",
                                "{\"senses\":[" + "{},".repeat(10_001) + "{}]}",
                                "{\"senses\":[" + "{\"subsenses\":[".repeat(24) + "]}".repeat(24) + "]}",
                                "{\"residueAttributes\":{"
                                        + String.join(
                                                ",",
                                                IntStream.range(0, 2000)
                                                        .mapToObj(n -> "\"a" + n + "\":\"\"")
                                                        .toList())
                                        + "}}",
                                "{\"unknown\":1}",
                                "{\"lexicalUnit\":{\"" + "a".repeat(101) + "\":\"x\"}}",
                                "{\"lexicalUnit\":{\"rad\":\"" + "a".repeat(100_001) + "\"}}")));
    }

    /** Whatever is sent, it is taken or refused in words; nothing fails, and the entries can be read as before. */
    @Test
    void nothingThatIsSentMakesTheServerFail() {
        hostile().forEach(body -> {
            for (var answer : List.of(
                    ask(Role.EDITOR, "POST", "/entries", body, "Idempotency-Key", "h"),
                    ask(Role.EDITOR, "PUT", "/entries/g1", body, "If-Match", "\"f1.e0\""),
                    ask(Role.EDITOR, "PATCH", "/entries/g2", body, "If-Match", "\"f1.e0\""),
                    ask(Role.EDITOR, "POST", "/entries/g3/revert?dryRun=true", body, "If-Match", "*"),
                    ask(Role.EDITOR, "PUT", "/entries/g3/state?dryRun=true", body, "If-Match", "*"),
                    ask(Role.EDITOR, "POST", "/entries/g3/comments?dryRun=true", body),
                    ask(Role.REVIEWER, "PUT", "/settings?dryRun=true", body, "If-Match", "*"))) {
                assertNotEquals(5, answer.statusCode() / 100, body + "\n" + answer.body());
                if (answer.statusCode() >= 400) assertTrue(Running.json(answer).has("detail"), answer.body());
            }
            for (var entry : List.of("g1", "g2")) get("/entries/" + entry, Role.EDITOR);
        });
        for (var entry : get("/entries?size=200", Role.EDITOR).path("items")) {
            var where = "/entries/" + entry.path("id").asText();
            assertEquals(200, ask(null, "GET", where + "?format=lift", null).statusCode());
            get(where + "/history?size=200", Role.EDITOR);
        }
    }
}
