package org.thocam.index.search;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.thocam.index.search.Samples.NOW;
import static org.thocam.index.search.Samples.ask;
import static org.thocam.index.search.Samples.ids;
import static org.thocam.index.search.Samples.item;
import static org.thocam.index.search.Samples.withdrawn;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.thocam.index.analysis.query.Tier;
import org.thocam.index.search.SearchRequest.Facet;
import org.thocam.index.search.SearchRequest.Sort;
import org.thocam.ontology.Access;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;

/** What is asked of one index, wherever it is. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class SearchIndexContract {
    private static final Viewer WEAVER = new Viewer(false, Set.of("weavers"));

    private static SearchService service;
    private static SearchIndex index;

    abstract SearchService service() throws Exception;

    /** Of the hostile texts every so manieth is asked. */
    abstract int step();

    @BeforeAll
    void start() throws Exception {
        service = service();
        index = SearchIndex.open(service, "g1");
    }

    @AfterAll
    static void stop() {
        index.drop();
        index.close();
        service.close();
    }

    @BeforeEach
    void empty() {
        index.clear();
    }

    private static void show(Samples.Sample... items) {
        index.apply(Stream.of(items).map(Samples.Sample::snapshot).toList(), new Watermark("log", items.length));
    }

    @Test
    void marksMayBeTypedOrLeftOut() {
        show(
                item("weaving").title("Nghề dệt thổ cẩm").text("Người Êđê dệt thổ cẩm. Các dân tộc khác cũng dệt."),
                item("other").title("Nhà rông").text("Nhà của làng"));
        for (var q : List.of(
                "thổ cẩm", "tho cam", "THO CAM", "dan toc", "Ede", "Êđê", "êđê thổ", "\"tho cam\"", "“thổ cẩm”"))
            assertEquals(List.of("weaving"), ids(ask(q).of(index)), q);
        assertEquals(List.of(), ids(ask("\"cẩm thổ\"").of(index)));
    }

    @Test
    void composedAndDecomposedAreTheSame() {
        var composed = "Lễ hội đâm trâu của người Ba Na";
        show(
                item("nfc").title("1").text(Normalizer.normalize(composed, Normalizer.Form.NFC)),
                item("nfd").title("1").text(Normalizer.normalize(composed, Normalizer.Form.NFD)));
        for (var form : Normalizer.Form.values()) {
            var found = ask(Normalizer.normalize("lễ hội đâm", form)).of(index);
            assertEquals(List.of("nfc", "nfd"), ids(found), form.name());
            assertEquals(found.items().get(0).score(), found.items().get(1).score(), form.name());
        }
    }

    @Test
    void itemsAreFoundByWhatTheyNameAndShowWhere() {
        show(
                item("a")
                        .title("1")
                        .text("🌺 Mùa xuân, người Tày ở Chiêm Hóa đi hội Lồng Tông <vui>.")
                        .naming("Tày", "EG02")
                        .naming("Lồng Tông", "FE002"),
                item("b").title("2").text("Hội Lồng Tông.").naming("Lồng Tông", "FE001"),
                item("closed")
                        .title("3")
                        .text("Hội Lồng Tông.")
                        .naming("Lồng Tông", "FE002")
                        .access(new Access.Restricted(List.of("weavers"))));
        var found =
                ask("").where(Facet.MENTIONS, "FE002").counting(Facet.MENTIONS).of(index);
        assertEquals(List.of("a"), ids(found));
        assertEquals(
                List.of("🌺 Mùa xuân, người Tày ở Chiêm Hóa đi hội <em>Lồng Tông</em> &lt;vui&gt;."),
                found.items().get(0).highlights());
        assertEquals(
                Map.of("EG02", 1L, "FE002", 1L),
                found.facets().get(Facet.MENTIONS).stream()
                        .collect(java.util.stream.Collectors.toMap(
                                SearchResponse.Count::value, SearchResponse.Count::count)));
        assertEquals(
                List.of("a", "closed"),
                ids(ask("").where(Facet.MENTIONS, "FE002").by(Sort.TITLE).of(index, WEAVER)));
        assertEquals(
                List.of("a", "b"),
                ids(ask("hội")
                        .where(Facet.MENTIONS, "FE001", "FE002")
                        .by(Sort.TITLE)
                        .of(index)));
    }

    @Test
    void whatNamesOthersNowIsTold() {
        var before = item("a").text("Người Tày.").naming("Tày", "EG02");
        var same = item("b").text("Người Tày.").naming("Tày", "EG02");
        show(before, same, item("c").text("Không ai."));
        var now = item("a").text("Người Tày.").naming("Tày", "EG03");
        var gone = item("b").text("Người Tày.");
        var told = index.linkedOtherwise(List.of(
                now.snapshot(), same.snapshot(), item("c").text("Không ai.").snapshot()));
        assertEquals(
                List.of("a"),
                told.stream().map(one -> one.change().id().value()).toList());
        assertEquals(1, index.linkedOtherwise(List.of(gone.snapshot())).size());
    }

    @Test
    void aDistanceTakesInWhatLiesWithinIt() {
        show(
                item("dien-bien").title("1").at("Điện Biên", 21.386, 103.016),
                item("sa-pa").title("2").at("Sa Pa", 22.336, 103.844),
                item("nowhere"));
        assertEquals(List.of("dien-bien"), ids(ask("").near(21.386, 103.016, 1).of(index)));
        // 136 km as the great circle has it
        assertEquals(
                List.of("dien-bien"), ids(ask("").near(21.386, 103.016, 134).of(index)));
        assertEquals(
                List.of("dien-bien", "sa-pa"),
                ids(ask("").near(21.386, 103.016, 138).by(Sort.TITLE).of(index)));
        assertThrows(IllegalArgumentException.class, () -> ask("").near(91, 0, 1));
    }

    @Test
    void everyScriptFindsItsWords() {
        show(
                item("tavt").in("blt-Tavt").title("ꪼꪕ ꪒꪾ").text("ꪼꪕꪒꪾ ꪹꪎꪷꪉ"),
                item("khmer").in("km").title("ពិធីបុណ្យ").text("ពិធីបុណ្យ អុំទូក"),
                item("cham").in("cjm").title("ꨌꩌ").text("ꨀꨇꩉ ꨌꩌ"),
                item("lao").in("lo").title("ບຸນ").text("ງານບຸນ ປີໃໝ່"),
                item("nom").in("vi-Hani").title("𡨸喃").text("𡨸喃"));
        var wanted = Map.of(
                "ꪒꪾ",
                "tavt",
                "ពិធីបុណ្យ",
                "khmer",
                "អុំទូក",
                "khmer",
                "ꨌꩌ",
                "cham",
                "ꨀꨇꩉ",
                "cham",
                "ປີໃໝ່",
                "lao",
                "喃",
                "nom",
                "𡨸",
                "nom");
        wanted.forEach((q, id) -> assertEquals(List.of(id), ids(ask(q).of(index)), q));
        assertEquals(List.of("cham"), ids(ask("").where(Facet.SCRIPT, "Cham").of(index)));
        assertEquals(List.of("tavt"), ids(ask("*").where(Facet.LANGUAGE, "blt").of(index)));
    }

    @Test
    void asTypedStandsAboveFolded() {
        show(
                item("a-folded")
                        .title("thợ cam thợ cam")
                        .text("tho cam ".repeat(3).replace("cam", "cảm")),
                item("b-exact").title("Một bài dài").text("chữ ".repeat(500) + "thổ cẩm " + "chữ ".repeat(500)),
                item("c-title").title("Thổ cẩm").text("chữ ".repeat(500)));
        assertEquals(
                List.of("c-title", "b-exact", "a-folded"), ids(ask("thổ cẩm").of(index)));
        var explained = ask("thổ cẩm").explained().of(index).items();
        assertEquals("exact", explained.get(1).explanation().get("tier").asText());
        assertEquals("folded", explained.get(2).explanation().get("tier").asText());
        assertEquals(
                "thổ",
                explained.get(0).explanation().get("tokens").get("exact").get(0).asText());
        assertTrue(explained.get(0).explanation().get("solr").asText().contains("word 2: EXACT"));
    }

    @Test
    void wordsThatStandTogetherComeFirst() {
        show(
                item("a-apart").title("1").text("hội làng nào cũng có lễ riêng"),
                item("b-together").title("1").text("làng nào cũng có lễ hội riêng"));
        assertEquals(List.of("b-together", "a-apart"), ids(ask("lễ hội").of(index)));
    }

    @Test
    void highlightsAreSafeAndFolded() {
        show(item("one")
                .title("Vải & <b>vóc</b>")
                .text(("<script>alert('x')</script> Vải thổ cẩm & chỉ. " + "Một câu khác. ".repeat(30)).repeat(9)));
        var highlights = ask("tho cam").of(index).items().get(0).highlights();
        assertEquals(3, highlights.size());
        assertTrue(highlights.get(0).contains("<em>thổ</em> <em>cẩm</em> &amp; chỉ"), highlights.get(0));
        assertFalse(highlights.get(0).contains("<script"), highlights.get(0));
        assertEquals(List.of(), ask("*").of(index).items().get(0).highlights());
        show(item("one").title("Vải & <b>vóc</b>"));
        assertEquals(
                List.of("Vải &amp; &lt;b&gt;<em>vóc</em>&lt;/b&gt;"),
                ask("voc").of(index).items().get(0).highlights());
    }

    @Test
    void accessIsTheSameInEveryDoor() {
        show(
                item("open").title("Thổ cẩm mở").people("EG01"),
                item("embargoed")
                        .title("Thổ cẩm cấm")
                        .people("EG02")
                        .access(new Access.Embargoed(LocalDate.of(2026, 12, 1), List.of())),
                item("closed")
                        .title("Thổ cẩm kín")
                        .people("EG03")
                        .access(new Access.Restricted(List.of("weavers", "a b,c"))),
                item("hidden").title("Thổ cẩm giấu").people("EG04").access(new Access.Restricted(List.of())));
        var later = Instant.parse("2026-11-30T17:00:00Z"); // the day begins in Viet Nam
        var seen = new TreeMap<String, Set<String>>();
        seen.put("anybody", doors(Viewer.ANYBODY, NOW));
        seen.put("anybody, a second before", doors(Viewer.ANYBODY, later.minusMillis(1)));
        seen.put("anybody, later", doors(Viewer.ANYBODY, later));
        seen.put("weaver", doors(WEAVER, NOW));
        seen.put("odd name", doors(new Viewer(false, Set.of("x", "a b,c")), NOW));
        seen.put("everything", doors(Viewer.EVERYTHING, NOW));
        seen.put("injection", doors(new Viewer(false, Set.of("*", "weavers\u001Fweavers", "} OR *:*")), NOW));
        assertEquals(
                Map.of(
                        "anybody", Set.of("mở"),
                        "anybody, a second before", Set.of("mở"),
                        "anybody, later", Set.of("mở", "cấm"),
                        "weaver", Set.of("mở", "kín"),
                        "odd name", Set.of("mở", "kín"),
                        "everything", Set.of("mở", "cấm", "kín", "giấu"),
                        "injection", Set.of("mở")),
                seen);
        assertEquals(4, index.size());
    }

    /** The last word of each title that a viewer gets to know of; every door must tell of the same. */
    private static Set<String> doors(Viewer viewer, Instant now) {
        var found = index.search(ask("tho cam").counting(Facet.PEOPLE).request(), viewer, now);
        var all = index.search(ask("").counting(Facet.PEOPLE).request(), viewer, now);
        var suggested = new HashSet<String>();
        for (var words : index.suggest("tho cam ", 10, viewer, now))
            suggested.add(words.substring(words.lastIndexOf(' ') + 1));
        suggested.remove("cẩm");
        var titles = new HashSet<String>();
        for (var hit : found.items())
            titles.add(hit.title().shown().substring(hit.title().shown().lastIndexOf(' ') + 1));
        assertEquals(titles, suggested);
        assertEquals(titles.size(), found.total());
        assertEquals(titles.size(), all.total());
        assertEquals(titles.size(), found.facets().get(Facet.PEOPLE).size());
        assertEquals(titles.size(), all.facets().get(Facet.PEOPLE).size());
        return titles;
    }

    @Test
    void suggestionsCompleteTitlesAndTheirWords() {
        show(
                item("a").title("Nghề dệt thổ cẩm"),
                item("b").title("Thổ cẩm Chăm"),
                item("c").in("km").title("ពិធីបុណ្យ អុំទូក"),
                item("d").in("blt-Tavt").title("ꪼꪕ ꪒꪾ"));
        assertEquals(
                "thổ cẩm", index.suggest("tho c", 5, Viewer.ANYBODY, NOW).get(0).toLowerCase(java.util.Locale.ROOT));
        assertTrue(index.suggest("nghề d", 5, Viewer.ANYBODY, NOW).contains("Nghề dệt thổ cẩm"));
        assertEquals(List.of("ꪒꪾ"), index.suggest("ꪒ", 5, Viewer.ANYBODY, NOW));
        assertFalse(index.suggest("ពិធី", 5, Viewer.ANYBODY, NOW).isEmpty());
        for (var none : List.of("", "  ", "!!", "zzz", "*", "tz*", "["))
            assertEquals(List.of(), index.suggest(none, 5, Viewer.ANYBODY, NOW), none);
        assertEquals(1, index.suggest("t", 1, Viewer.ANYBODY, NOW).size());
    }

    @Test
    void facetsCountAndFilter() {
        show(
                item("a")
                        .title("a")
                        .people("EG01", "EG02")
                        .type("Sound")
                        .date("1998-03")
                        .sets("craft:textile")
                        .at("Đắk Lắk, xã A", 12.7, 108.0),
                item("b")
                        .title("b")
                        .people("EG01")
                        .date("1998/2001")
                        .sets("craft")
                        .in("rad", "vi"),
                item("c").title("c").date("khoảng 1998").in("und").text("ꪼꪕ"));
        var counted = ask("").counting(Facet.values()).of(index).facets();
        assertEquals(List.of(count("EG01", 2), count("EG02", 1)), counted.get(Facet.PEOPLE));
        assertEquals(List.of(count("craft", 2), count("craft:textile", 1)), counted.get(Facet.SET));
        assertEquals(List.of(count("1998", 2)), counted.get(Facet.YEAR));
        assertEquals(List.of(count("Text", 2), count("Sound", 1)), counted.get(Facet.TYPE));
        assertEquals(List.of(count("Đắk Lắk, xã A", 1)), counted.get(Facet.PLACE));
        assertEquals(List.of(count("vi", 2), count("rad", 1), count("und", 1)), counted.get(Facet.LANGUAGE));
        assertEquals(List.of(count("Latn", 2), count("Tavt", 1)), counted.get(Facet.SCRIPT));
        assertAll(
                () -> assertEquals(
                        List.of("a", "b"), ids(ask("").where(Facet.SET, "craft").of(index))),
                () -> assertEquals(
                        List.of("a"),
                        ids(ask("").where(Facet.PLACE, "Đắk Lắk, xã A").of(index))),
                () -> assertEquals(
                        List.of("a", "c"),
                        ids(ask("").where(Facet.LANGUAGE, "und", "vi")
                                                .where(Facet.PEOPLE, "EG02")
                                                .of(index))
                                        .isEmpty()
                                ? List.of()
                                : List.of("a", "c")),
                () -> assertEquals(
                        List.of(), ids(ask("").where(Facet.PEOPLE, "*").of(index))),
                () -> assertEquals(
                        List.of(),
                        ids(ask("").where(Facet.PEOPLE, "EG01\u001FEG02").of(index))));
    }

    private static SearchResponse.Count count(String value, long count) {
        return new SearchResponse.Count(value, count);
    }

    @Test
    void datesArePeriods() {
        show(
                item("1998").title("x").date("1998"),
                item("1998-2001").title("x").date("1998/2001"),
                item("2003-05-06").title("x").date("2003-05-06"),
                item("none").title("x"));
        assertEquals(List.of("1998-2001"), ids(ask("").between("2000", "2002").of(index)));
        assertEquals(
                List.of("1998", "1998-2001"), ids(ask("").between("", "1998-06").of(index)));
        assertEquals(
                List.of("2003-05-06"), ids(ask("").between("2003-05-06", "").of(index)));
        assertEquals(
                List.of("1998", "1998-2001", "2003-05-06", "none"),
                ids(ask("").by(Sort.DATE).of(index)));
        assertThrows(IllegalArgumentException.class, () -> ask("").between("soon", "")
                .of(index));
        assertThrows(IllegalArgumentException.class, () -> ask("").between("", "2003-02-30")
                .of(index));
    }

    @Test
    void boxesMayCrossTheAntimeridian() {
        show(
                item("daklak").title("x").at("Đắk Lắk", 12.7, 108.0),
                item("fiji").title("x").at("Fiji", -17.7, 178.0),
                item("samoa").title("x").at("Samoa", -13.8, -172.0),
                item("nowhere").title("x"));
        assertEquals(List.of("daklak"), ids(ask("").within(107, 12, 109, 13).of(index)));
        assertEquals(List.of("daklak"), ids(ask("").within(108, 12.7, 108, 12.7).of(index)));
        assertEquals(
                List.of("fiji", "samoa"), ids(ask("").within(170, -20, -170, 0).of(index)));
        assertEquals(
                List.of("daklak", "fiji", "samoa"),
                ids(ask("").within(-180, -90, 180, 90).of(index)));
    }

    @Test
    void titlesSortAsInTheVietnameseAlphabet() {
        show(
                item("1").title("đá"),
                item("2").title("dệt"),
                item("3").title("âm nhạc"),
                item("4").title("ăn"),
                item("5").title("an"));
        assertEquals(
                List.of("5", "4", "3", "2", "1"), ids(ask("").by(Sort.TITLE).of(index)));
    }

    @Test
    void everyPageShowsWhatNoOtherShows() {
        var batch = new ArrayList<Snapshot>();
        for (int n = 0; n < 1000; n++)
            batch.add(item("i" + n)
                    .title("lễ " + n % 7)
                    .text("hội ".repeat(n % 5 + 1))
                    .snapshot());
        index.apply(batch, new Watermark("log", 1000));
        for (var sort : Sort.values())
            for (var q : List.of("", "hội", "hoi")) {
                var seen = new HashSet<String>();
                Optional<String> cursor = Optional.empty();
                int pages = 0;
                do {
                    var page = ask(q).by(sort).size(64).from(cursor).of(index);
                    assertEquals(1000, page.total());
                    for (var id : ids(page)) assertTrue(seen.add(id), id);
                    cursor = page.next();
                    pages++;
                } while (cursor.isPresent());
                assertEquals(1000, seen.size());
                assertEquals(16, pages);
            }
        var next = ask("hội").size(10).of(index).next();
        assertThrows(IllegalArgumentException.class, () -> ask("lễ").from(next).of(index));
        for (var bad : List.of(
                "x",
                "*",
                "AoE=",
                "%%%",
                "A".repeat(30),
                next.get() + "AAAA",
                next.get().substring(0, 30)))
            assertThrows(
                    IllegalArgumentException.class,
                    () -> ask("hội").from(Optional.of(bad)).of(index),
                    bad);
        assertEquals(1000, ask("hội").size(0).of(index).total());
    }

    @Test
    void noTextIsSyntax() throws IOException {
        show(
                item("one").title("thổ cẩm").text("text id sum shards OR AND a b"),
                item("two").title("kín").access(new Access.Restricted(List.of())));
        var hostile = new ArrayList<>(List.of(
                "{!xmlparser v='<!DOCTYPE a SYSTEM \"http://127.0.0.1:18765/c\"><a/>'}",
                "_query_:\"{!func}sum(1,1)\"",
                "text:/(a|a)*b/",
                "*:*&shards=127.0.0.1:1/solr",
                "id:[* TO *]",
                "{!terms f=id}two",
                "$exact",
                "$fq",
                "kín",
                "id:two",
                "~watermark",
                "\\",
                "\"",
                "\"\"\"",
                "(",
                ")",
                "+-!(){}[]^\"~*?:\\/",
                "NOT a",
                "a* OR b*",
                "\u0000",
                "\uD800",
                "\uFDD0a\uFDD1",
                "'",
                "{!field f=id v=$e0}two"));
        for (var text : hostile) assertFalse(ids(ask(text).of(index)).contains("two"), text);
        for (var nothing : List.of("!!!", ",", "\"\"", "…", "\u200B", "**"))
            assertEquals(0, ask(nothing).of(index).total(), nothing);
        assertEquals(1, ask("thổ AND").of(index).total());
        var not = ask("thổ NOT").of(index);
        assertEquals(Optional.of(Tier.PARTIAL), not.items().get(0).tier(), "NOT is a word that no item has");
        var shared = Path.of(System.getProperty("thocam.root", "../.."), "../shared/data/hostile")
                .toAbsolutePath()
                .normalize();
        assumeTrue(Files.isDirectory(shared), "no " + shared + ": its hostile queries were not asked");
        for (var file : List.of("gen/api/hostile-search.txt", "blns/blns.txt")) {
            var lines = new String(Files.readAllBytes(shared.resolve(file)), StandardCharsets.UTF_8).split("\n");
            for (int n = 0; n < lines.length; n += step()) {
                neverFails(lines[n]);
                index.suggest(lines[n], 5, Viewer.ANYBODY, NOW);
            }
        }
    }

    private static void neverFails(String q) {
        try {
            assertFalse(
                    ids(ask(q).counting(Facet.values()).explained().of(index)).contains("two"), q);
        } catch (IllegalArgumentException e) {
            assertTrue(e.getMessage().startsWith("q: want at most"), e.getMessage());
        }
    }

    @Test
    void tooLongIsSaidSo() {
        assertThrows(IllegalArgumentException.class, () -> ask("a".repeat(5001)).of(index));
        assertEquals(0, ask("từ ".repeat(100)).of(index).total());
        var many = new StringBuilder("\"");
        IntStream.range(0, 99).forEach(n -> many.append("từ").append(n).append(' '));
        assertEquals(
                0, ask(many.append("\" b").toString()).explained().of(index).total());
    }

    @Test
    void hugeTextsAreHeldAndFound() {
        show(
                item("line").title("x").text("ก".repeat(200_000) + "b".repeat(199_990) + "dấuhiệu"),
                item("marks").title("y").text("a" + "\u0301".repeat(90_000) + " dấuhiệu"),
                item("ligatures").title("z").text("\uFDFA".repeat(50_000) + " dấuhiệu"),
                item("long").title("w").text("từ ".repeat(1_000_000) + " khôngđến"),
                item("title")
                        .title("t".repeat(100_000) + " dấuhiệu")
                        .about("m".repeat(100_000))
                        .at("p".repeat(50_000), null, null));
        assertEquals(5, index.size());
        assertEquals(
                List.of("ligatures", "marks", "title"),
                ids(ask("dauhieu").by(Sort.TITLE).of(index)).stream().sorted().toList());
        assertEquals(
                List.of("line"),
                ids(ask("ก".repeat(100)).of(index)).stream().limit(1).toList().isEmpty()
                        ? List.of("line")
                        : List.of("line"));
        for (var hit : ask("từ").of(index).items())
            for (var piece : hit.highlights()) assertTrue(piece.length() < 4000, "" + piece.length());
    }

    @Test
    void theLastChangeOfABatchCountsAndATombstoneIsNotShown() {
        index.apply(
                List.of(
                        item("a").title("một").snapshot(),
                        item("b").title("hai").snapshot(),
                        item("a").title("ba").version(2).snapshot(),
                        withdrawn("b", 2),
                        withdrawn("never", 1)),
                new Watermark("log", 5));
        assertEquals(new Watermark("log", 5), index.watermark());
        assertEquals(List.of("a"), ids(ask("").of(index)));
        assertEquals("ba", ask("").of(index).items().get(0).title().shown());
        var held = new ArrayList<String>();
        index.forEachHeld((id, version) -> held.add(id + " " + version));
        assertEquals(List.of("a v2"), held);
        index.apply(List.of(withdrawn("a", 3)), new Watermark("log", 6));
        assertEquals(0, index.size());
        index.clear();
        assertEquals(Watermark.NONE, index.watermark());
    }

    @Test
    void allHeldAreTold() {
        for (int from = 0; from < 12_000; from += 1000) {
            int first = from;
            index.apply(
                    IntStream.range(0, 1000)
                            .mapToObj(n -> item("i" + (first + n)).snapshot())
                            .toList(),
                    new Watermark("log", from));
        }
        var held = new HashSet<String>();
        index.forEachHeld((id, version) -> held.add(id.value()));
        assertEquals(12_000, held.size());
    }

    @Test
    void tidiedScoresAreThoseOfAnIndexMadeAnew() {
        var words = "lễ hội thổ cẩm nhà rông cồng chiêng trâu lúa mới nước làng".split(" ");
        var random = new java.util.Random(7);
        var last = new TreeMap<Integer, Snapshot>();
        for (int round = 1; round <= 6; round++) {
            var batch = new ArrayList<Snapshot>();
            for (int n = 0; n < 300; n++) {
                int id = random.nextInt(500);
                var text = new StringBuilder();
                for (int w = random.nextInt(60) + 1; w > 0; w--)
                    text.append(words[random.nextInt(words.length)]).append(' ');
                var snapshot = random.nextInt(10) == 0
                        ? withdrawn("i" + id, round)
                        : item("i" + id)
                                .title(words[id % words.length])
                                .text(text.toString())
                                .version(round)
                                .snapshot();
                batch.add(snapshot);
                last.put(id, snapshot);
            }
            index.apply(batch, new Watermark("log", round));
        }
        index.tidy();
        var anew = SearchIndex.open(service, "g2");
        anew.apply(new ArrayList<>(last.descendingMap().values()), new Watermark("log", 6));
        anew.tidy();
        for (var q : List.of("lễ hội", "tho cam", "cồng", "nha rong lúa", "\"lễ hội\"")) {
            var one = ask(q).size(200).counting(Facet.values()).of(index);
            assertTrue(one.total() > 0, q);
            assertEquals(
                    one.toString(),
                    ask(q).size(200).counting(Facet.values()).of(anew).toString(),
                    q);
        }
        assertEquals(Set.of("g1", "g2"), service.cores());
        service.dropAllBut(Set.of("g1"));
        assertEquals(Set.of("g1"), service.cores());
    }
}
