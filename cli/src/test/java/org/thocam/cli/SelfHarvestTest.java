package org.thocam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thocam.ingest.harvest.Harvester;
import org.thocam.ingest.harvest.Limits;
import org.thocam.ontology.Access;
import org.thocam.ontology.Change;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Place;
import org.thocam.ontology.Submission;
import org.thocam.ontology.Term;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.exchange.Provenance;
import org.thocam.ontology.exchange.formats.Crosswalks;

/** Two engines: the second harvests the first over HTTP with its real readers, and holds what the first one shows. */
class SelfHarvestTest {
    private static final Path RECORDS = Path.of("..", "fixtures", "collection", "records");
    private static final LanguageTag VI = new LanguageTag("vi");

    @TempDir
    Path folder;

    /** The second engine, and what its last harvest told. */
    private static final class Taker implements Harvester.Told, AutoCloseable {
        final Shelf shelf;
        final Harvester harvester;
        final List<Harvester.Line> lines = new ArrayList<>();
        final List<String> notes = new ArrayList<>();

        String prefix = "";

        Taker(Path home) throws Exception {
            this(new Shelf(home, 0, 50), "nguoi-nhan.vn", home.resolve("harvest"));
        }

        Taker(Shelf shelf, String domain, Path folder) {
            this.shelf = shelf;
            harvester = new Harvester(
                    folder,
                    shelf.archive(),
                    shelf::log,
                    shelf.intake(),
                    Crosswalks::reader,
                    domain,
                    Harvester.userAgent("1", "https://nguoi-nhan.example.vn"),
                    Limits.USUAL);
        }

        Map<Harvester.State, Long> harvest(String base, String prefix) throws InterruptedException {
            var outcome = run(base, prefix);
            assertTrue(outcome.complete());
            assertEquals(
                    List.of(),
                    lines.stream()
                            .filter(line ->
                                    line.state() == Harvester.State.FAILED || line.state() == Harvester.State.DUPLICATE)
                            .toList(),
                    prefix);
            assertEquals(List.of(), notes, prefix);
            return outcome.states();
        }

        Harvester.Outcome run(String base, String format) throws InterruptedException {
            lines.clear();
            notes.clear();
            var outcome = harvester.run(
                    new Harvester.Request(
                            base, List.of(), format, "", "", Duration.ZERO, 0, false, false, false, Access.OPEN),
                    this);
            prefix = outcome.prefix();
            return outcome;
        }

        List<Harvester.Line> told() {
            return lines.stream()
                    .filter(line -> line.state() != Harvester.State.UNCHANGED)
                    .toList();
        }

        /** What is shown here, by the id that it has there. */
        Map<String, Item> items() {
            var found = new TreeMap<String, Item>();
            for (var head : shelf.log().heads(null, 100_000))
                if (head.kind() == Change.Kind.DEPOSITED
                        && shelf.archive().head(head.id()).orElseThrow().holding() instanceof Item item)
                    found.put(local(item), item);
            return found;
        }

        @Override
        public void record(Harvester.Line line) {
            lines.add(line);
        }

        @Override
        public void size(long records) {}

        @Override
        public void note(String text) {
            notes.add(text);
        }

        @Override
        public void close() {
            shelf.close();
        }
    }

    private static void take(Shelf shelf, Item item) {
        shelf.intake()
                .take(new Submission(item, Optional.empty(), List.of(), "test"), Optional.empty(), "test")
                .join();
    }

    private static void sample(Shelf shelf) throws Exception {
        for (var file : List.of("crafts.jsonl", "festivals.jsonl", "words.jsonl"))
            for (var line : Files.readAllLines(RECORDS.resolve(file), StandardCharsets.UTF_8)) {
                var entry = ItemJson.entry(ItemJson.parse(line));
                shelf.intake()
                        .take(new Submission(entry.item(), entry.text(), List.of(), "sample"), Optional.empty(), "test")
                        .join();
            }
    }

    static Item item(String id, String title, Access access) {
        return new Item(
                new ItemId(id),
                LanguageMap.of(VI, title),
                "Text",
                List.of(VI),
                LanguageMap.EMPTY,
                List.of(),
                "",
                List.of(),
                Optional.empty(),
                "",
                access,
                List.of(),
                List.of(),
                List.of(),
                "",
                "");
    }

    /** All that an item can say; what it tells is made up. */
    private static Item everything(String id) {
        var titles = new LinkedHashMap<LanguageTag, String>();
        titles.put(VI, "Lễ hội thử < & > \"nháy\"");
        titles.put(new LanguageTag("blt-Tavt"), "ꪼꪕ ꪒꪾ");
        titles.put(new LanguageTag("cjm-Cham"), "ꨌꩌ ꨚꨯꨱꨩ");
        titles.put(new LanguageTag("km"), "ភាសាខ្មែរ");
        titles.put(new LanguageTag("vi-Hani"), "𡨸喃");
        titles.put(new LanguageTag("en"), "A test festival");
        var terms = List.of(
                new Term("publisher", "Nhà xuất bản Thử", VI, ""),
                new Term("alternative", "Tên khác", VI, ""),
                new Term("contributor", "Lò Văn B", LanguageTag.UNDETERMINED, "speaker"),
                new Term("contributor", "Nguyễn Thị C", LanguageTag.UNDETERMINED, "recorder"),
                new Term("subject", "Lễ cầu mưa", VI, ""),
                new Term("subject", "394.2", LanguageTag.UNDETERMINED, "DDC"),
                new Term("source", "Sổ tay điền dã", VI, ""),
                new Term("isPartOf", "Tập một", VI, ""),
                new Term("references", "https://kho.example.vn/9", LanguageTag.UNDETERMINED, ""),
                new Term("extent", "12 tr.", VI, ""),
                new Term("medium", "giấy dó", VI, ""),
                new Term("temporal", "mùa xuân", VI, ""),
                new Term("spatial", "Bản Mòng", VI, ""),
                new Term("issued", "2002", LanguageTag.UNDETERMINED, ""),
                new Term("tableOfContents", "Một. Hai.", VI, ""),
                new Term("bibliographicCitation", "Tạp chí Thử 3 (2001) 4-5", VI, ""),
                new Term("audience", "trường học", VI, ""),
                new Term("rightsHolder", "Bản Mòng", VI, ""),
                new Term("license", "https://creativecommons.org/licenses/by/4.0/", LanguageTag.UNDETERMINED, ""),
                new Term("provenance", "Tặng năm 2003", VI, ""));
        return new Item(
                        new ItemId(id),
                        new LanguageMap(titles),
                        "Sound",
                        List.of(new LanguageTag("blt-Tavt"), VI, new LanguageTag("cjm-Cham")),
                        new LanguageMap(Map.of(VI, "Một lễ hội.\n\nHai ngày.", new LanguageTag("en"), "A festival.")),
                        List.of("Hoàng Thị A", "Lò Văn B"),
                        "2001-05-06",
                        List.of("EG03", "EG02"),
                        Optional.of(new Place("Mường La; Sơn La = x", 21.52, 104.08)),
                        "CC BY 4.0",
                        Access.OPEN,
                        List.of("festival"),
                        List.of(),
                        List.of("doi:10.5555/thocam.1", "ISBN 978-604-1-00000-2", "TV/12 a", "https://cu.example.vn/7"),
                        "",
                        "")
                .withTerms(terms);
    }

    /** What a format carries of an item, and the words it puts a value in; what is not said here comes back as it was. */
    private enum Form {
        oai_dc(
                Set.of("languages as codes", "place as a name", "terms of the fifteen elements"),
                Map.of(
                        "abstract", "",
                        "alternative", "alternative",
                        "tableOfContents", "",
                        "bibliographicCitation", "",
                        "license", "",
                        "rightsHolder", "",
                        "audience", "",
                        "provenance", ""),
                Map.of(
                        "extent", "format",
                        "medium", "format",
                        "temporal", "spatial",
                        "isPartOf", "relation",
                        "references", "relation")),
        oai_qdc(Set.of("a bare code is in a fuller tag"), Map.of(), Map.of()),
        mods(Set.of("terms without languages", "roles"), Map.of("rightsHolder", ""), Map.of()),
        olac(Set.of("languages as codes", "one title", "roles"), Map.of(), Map.of()),
        marc21(Set.of("roles", "NFC", "addresses of identifiers"), Map.of(), Map.of());

        final Set<String> only;
        /** Terms that are said in another field, or not at all. */
        final Map<String, String> unsaid;
        /** Terms that come back as another one. */
        final Map<String, String> wider;

        Form(Set<String> only, Map<String, String> unsaid, Map<String, String> wider) {
            this.only = only;
            this.unsaid = unsaid;
            this.wider = wider;
        }

        Map<String, Object> said(Item item) {
            var said = new LinkedHashMap<String, Object>();
            said.put("title", nfc(item.title()));
            // a table of contents is a description in simple Dublin Core
            if (this != oai_dc || !item.date().equals("2001-05-06")) said.put("description", nfc(item.description()));
            said.put("creators", item.creators());
            said.put("people", item.people());
            said.put("type", item.type());
            said.put("date", item.date());
            said.put("rights", item.rights().lines().findFirst().orElse(""));
            said.put("identifiers", item.identifiers().stream().map(Form::bare).collect(Collectors.toSet()));
            var codes = item.languages().stream()
                    .map(tag -> new LanguageTag(tag.language()))
                    .distinct()
                    .toList();
            said.put(
                    "languages",
                    only.contains("languages as codes") || only.contains("a bare code is in a fuller tag") && bare(item)
                            ? codes
                            : item.languages());
            said.put(
                    "place",
                    only.contains("place as a name")
                            ? item.place().map(Place::name).map(Form::nfc)
                            : item.place().map(place -> new Place(nfc(place.name()), place.lat(), place.lon())));
            said.put(
                    "terms",
                    item.terms().stream()
                            .filter(term -> !term.qualifier().startsWith("OAI-PMH"))
                            // when what was under embargo was opened
                            .filter(term -> !term.name().equals("available"))
                            .filter(term -> !unsaid.containsKey(term.name())
                                    || !unsaid.get(term.name()).isEmpty())
                            .map(term -> wider.getOrDefault(term.name(), term.name()) + " " + nfc(term.value())
                                    + (only.contains("roles") && term.name().equals("contributor")
                                            ? " " + term.qualifier()
                                            : ""))
                            .collect(Collectors.toCollection(TreeSet::new)));
            return said;
        }

        private static boolean bare(Item item) {
            return item.languages().stream()
                                    .map(LanguageTag::language)
                                    .distinct()
                                    .count()
                            < item.languages().size()
                    || item.languages().size() == 1;
        }

        private static String bare(String identifier) {
            return identifier.replaceFirst("^(doi:|https://doi.org/)", "");
        }

        private static String nfc(String text) {
            return Normalizer.normalize(text, Normalizer.Form.NFC);
        }

        private static LanguageMap nfc(LanguageMap map) {
            var texts = new LinkedHashMap<LanguageTag, String>();
            map.texts().forEach((tag, text) -> texts.put(tag, nfc(text)));
            return new LanguageMap(texts);
        }
    }

    /** The item without what a partner's feed adds to it: its page, its own name. */
    private static Item without(Item back, Shelf giver) {
        var added =
                Set.of("http://127.0.0.1:" + giver.port() + "/items/" + local(back), "(thocam.local)" + local(back));
        return new Item(
                        back.id(),
                        back.title(),
                        back.type(),
                        back.languages(),
                        back.description(),
                        back.creators(),
                        back.date(),
                        back.people(),
                        back.place(),
                        back.rights(),
                        back.access(),
                        back.sets(),
                        back.files(),
                        back.identifiers().stream()
                                .filter(identifier -> !added.contains(identifier)
                                        // a citation is an identifier in simple Dublin Core
                                        && !identifier.startsWith("Tạp chí"))
                                .toList(),
                        back.source(),
                        back.digest())
                .withTerms(back.terms());
    }

    private static String local(Item back) {
        return Provenance.of(back).orElseThrow().identifier().replaceFirst("oai:thocam\\.local:", "");
    }

    private static Map<String, Item> shown(Shelf giver) {
        var found = new TreeMap<String, Item>();
        for (var head : giver.log().heads(null, 100_000))
            if (head.kind() == Change.Kind.DEPOSITED
                    && giver.archive().head(head.id()).orElseThrow().holding() instanceof Item item
                    && item.access().allows(Viewer.ANYBODY, Instant.now()))
                found.put(item.id().value(), item);
        return found;
    }

    private static void equal(Form form, Shelf giver, Taker taker) {
        var there = shown(giver);
        var here = taker.items();
        assertEquals(there.keySet(), here.keySet(), form.name());
        for (var id : there.keySet())
            assertEquals(
                    form.said(there.get(id)).toString(),
                    form.said(without(here.get(id), giver)).toString(),
                    form + " " + id);
    }

    private static void awaitFeed(Shelf giver) throws InterruptedException {
        // a datestamp has whole seconds, and an answer ends before the present one
        Thread.sleep(1100);
        assertTrue(giver.port() > 0);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void theSecondEngineHoldsWhatTheFirstShows(Form form) throws Exception {
        try (var giver = new Shelf(folder.resolve("giver"), 0, 50);
                var taker = new Taker(folder.resolve("taker"))) {
            sample(giver);
            take(giver, everything("all"));
            take(giver, item("opened", "Đã mở", new Access.Embargoed(LocalDate.of(2020, 1, 2), List.of())));
            take(giver, item("closed", "Còn đóng", new Access.Embargoed(LocalDate.of(2999, 1, 2), List.of())));
            take(giver, item("inner", "Của bản", new Access.Restricted(List.of("elders"))));
            take(giver, item("later", "Sẽ kín", Access.OPEN));
            take(giver, item("gone", "Đã rút", Access.OPEN));
            take(giver, item("goes", "Sẽ rút", Access.OPEN));
            withdraw(giver, "gone");
            awaitFeed(giver);
            var base = "http://127.0.0.1:" + giver.port() + "/oai/all";
            var first = taker.harvest(base, form.name());
            assertEquals((long) shown(giver).size(), first.get(Harvester.State.OK), form + " " + first);
            equal(form, giver, taker);

            var again = taker.harvest(base, form.name());
            assertEquals(Set.of(Harvester.State.UNCHANGED), again.keySet(), form + " " + again);

            withdraw(giver, "goes");
            take(giver, item("later", "Sẽ kín", new Access.Restricted(List.of())));
            take(giver, item("opened", "Đã mở, và sửa", Access.OPEN));
            take(giver, item("inner", "Nay cho mọi người", Access.OPEN));
            awaitFeed(giver);
            var changes = taker.harvest(base, form.name());
            assertEquals(2L, changes.get(Harvester.State.OK), form + " " + taker.told());
            assertEquals(2L, changes.get(Harvester.State.DELETED), form + " " + taker.told());
            equal(form, giver, taker);

            // what was closed may be shown again
            take(giver, item("later", "Lại mở", Access.OPEN));
            awaitFeed(giver);
            assertEquals(1L, taker.harvest(base, form.name()).get(Harvester.State.OK), form + " " + taker.told());
            equal(form, giver, taker);
        }
    }

    private static void withdraw(Shelf shelf, String id) {
        shelf.intake()
                .withdraw(new ItemId(id), Optional.empty(), "test", "test")
                .join();
    }

    /** A harvested item is given on with where it came from, and comes home as what it is. */
    @Test
    void whatIsGivenOnSaysWhereItCameFrom() throws Exception {
        try (var giver = new Shelf(folder.resolve("giver"), 0, 50);
                var middle = new Taker(folder.resolve("middle"))) {
            take(giver, everything("all"));
            awaitFeed(giver);
            var base = "http://127.0.0.1:" + giver.port() + "/oai/all";
            assertEquals(1L, middle.harvest(base, "").get(Harvester.State.OK));
            assertEquals("marc21", middle.prefix);
            awaitFeed(giver);
            var id = middle.items().get("all").id();
            var all = page(middle, "/oai/all", id);
            assertTrue(
                    all.contains("<about><provenance xmlns=\"http://www.openarchives.org/OAI/2.0/provenance\""), all);
            assertTrue(all.contains("<identifier>oai:thocam.local:all</identifier>"), all);
            assertTrue(all.contains("<baseURL>" + base + "</baseURL>"), all);
            assertTrue(all.contains("<metadataNamespace>http://www.loc.gov/MARC21/slim</metadataNamespace>"), all);
            assertFalse(page(middle, "/oai", id).contains("<about>"));

            // the giver, harvesting in its turn, knows its own
            var home = new Taker(giver, "thocam.local", folder.resolve("home"));
            var outcome = home.run("http://127.0.0.1:" + middle.shelf.port() + "/oai/all", "");
            assertEquals(Map.of(Harvester.State.DUPLICATE, 1L), outcome.states());
            assertEquals("all", home.lines.get(0).id());

            // and who comes third tells of both stations
            try (var third = new Taker(folder.resolve("third"))) {
                third.harvest("http://127.0.0.1:" + middle.shelf.port() + "/oai/all", "oai_dc");
                awaitFeed(giver);
                var item = third.shelf.log().heads(null, 10).get(0).id();
                var page = page(third, "/oai/all", item);
                assertEquals(2, page.split("<originDescription ", -1).length - 1, page);
                assertTrue(page.indexOf("oai:thocam.local:all") > page.indexOf(id.value()), page);
            }
        }
    }

    private static String page(Taker taker, String path, ItemId id) throws Exception {
        var address = URI.create("http://127.0.0.1:" + taker.shelf.port() + path
                + "?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:thocam.local:" + id);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Both have the domain that comes with Thocam: a person trying it out, or two libraries that forgot to change it. */
    @Test
    void anotherLibraryOfTheSameDomainIsNotTakenForThisOne() throws Exception {
        try (var giver = new Shelf(folder.resolve("giver"), 0, 50);
                var other = new Shelf(folder.resolve("other"), 0, 50)) {
            take(giver, item("a", "Của họ", Access.OPEN));
            awaitFeed(giver);
            var taker = new Taker(other, "thocam.local", folder.resolve("harvest"));
            var outcome = taker.run("http://127.0.0.1:" + giver.port() + "/oai/all", "");
            assertEquals(Map.of(Harvester.State.OK, 1L), outcome.states());
            assertTrue(taker.notes.toString().contains("must change its repository domain"), taker.notes.toString());
        }
    }
}
