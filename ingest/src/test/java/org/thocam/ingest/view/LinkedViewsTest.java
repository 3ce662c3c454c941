package org.thocam.ingest.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ingest.archive.OcflArchive;
import org.thocam.ingest.deposit.ChangeClock;
import org.thocam.ingest.deposit.Depositor;
import org.thocam.ingest.extract.Extractor;
import org.thocam.ingest.log.SqlChangeLog;
import org.thocam.ontology.Change;
import org.thocam.ontology.Content;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.MentionDecision;
import org.thocam.ontology.MentionDecision.Verdict;
import org.thocam.ontology.Projection;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Submission;
import org.thocam.ontology.Version;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;
import org.thocam.ontology.entity.AuthorityFile;
import org.thocam.ontology.entity.Entity;
import org.thocam.ontology.entity.EntityKind;
import org.thocam.ontology.entity.Register;
import org.thocam.ontology.entity.Tables;
import org.thocam.ontology.graph.EntityGraphs;
import org.thocam.ontology.graph.KnowledgeGraph;
import org.thocam.ontology.linking.CurrentLinker;

/** The graph of a real archive, with entities and what items name: after any changes it is the one that would be made anew. */
class LinkedViewsTest {
    private static final URI BASE = URI.create("http://library.example/");
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Register TABLES = some(Tables.read(Path.of("../fixtures/reference")));
    private static final List<String> NAMES = List.of("Lồng Tồng Ba Bể", "Gầu Tào", "Hội Mùa", "Hội Xuân");

    @TempDir
    Path home;

    private OcflArchive archive;
    private SqlChangeLog log;
    private Extractor extractor;
    private Depositor depositor;
    private AuthorityFile entities;
    private Snapshots snapshots;
    private KnowledgeGraph graph;
    private CatchUp catchUp;

    /** Enough to be linked, and quickly made. */
    private static Register some(Register tables) {
        var kinds = Set.of(EntityKind.PEOPLE, EntityKind.LANGUAGE, EntityKind.SCRIPT, EntityKind.PLACE);
        return new Register(
                tables.all().stream()
                        .filter(entity ->
                                kinds.contains(entity.kind()) || entity.id().matches("FE0(0[1-9]|28)"))
                        .toList(),
                List.of());
    }

    @BeforeEach
    void open() throws IOException {
        archive = OcflArchive.open(home);
        log = SqlChangeLog.open(home.resolve("log.sqlite"));
        var clock = new ChangeClock(Clock.systemUTC(), log.lastAt());
        extractor =
                Extractor.open(new Extractor.Limits(home, home.resolve("tika"), "java", 1, 10, "128m", 100_000, ""));
        depositor = new Depositor(archive, () -> log, clock, extractor, 2, home.resolve("incoming"), fresh -> {
            snapshots.keep(fresh);
            catchUp.poke();
        });
        entities = AuthorityFile.open(archive, () -> depositor, () -> log, (entity, register) -> List.of());
        snapshots = new Snapshots(archive, new CurrentLinker(entities), change -> false);
        graph = graph("graph");
        catchUp = new CatchUp("graph", () -> graph, log, snapshots);
    }

    private KnowledgeGraph graph(String name) {
        return KnowledgeGraph.open(
                home.resolve(name), BASE, new EntityGraphs(entities::standing, log::headOf, BASE.toString()));
    }

    @AfterEach
    void close() {
        catchUp.close();
        graph.close();
        depositor.close();
        extractor.close();
        log.close();
        archive.close();
    }

    private void settle() throws InterruptedException {
        assertTrue(catchUp.hurry(log.last(), SOON), catchUp::fault);
    }

    private static String dump(KnowledgeGraph graph) {
        var out = new ByteArrayOutputStream();
        graph.dump(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What a graph says that is made now, from nothing. */
    private String anew(String name) throws InterruptedException {
        try (var fresh = graph(name);
                var making = new CatchUp("fresh", () -> fresh, log, snapshots)) {
            assertTrue(making.hurry(log.last(), SOON), making::fault);
            return dump(fresh);
        }
    }

    private void take(String id, String text, String access) {
        var entry = ItemJson.entry(ItemJson.parse(
                """
                {"id":"%s","title":{"vi":"%s"},"language":"vi","type":"Text","access":%s,"text":"%s"}"""
                        .formatted(id, "Bài " + id, access, text)));
        depositor
                .take(new Submission(entry.item(), entry.text(), List.of(), "test"), Optional.empty(), "test")
                .join();
    }

    private List<String> named(String id) {
        return graph.mentionedIn(BASE + "id/" + id, Viewer.ANYBODY, Instant.now(), 100).items().stream()
                .map(ItemId::value)
                .sorted()
                .toList();
    }

    private void rename(String id, String name) {
        var entity = entities.register().find(id).orElseThrow();
        var cells = new LinkedHashMap<>(entity.cells());
        cells.put("name_vi", name);
        cells.remove("aliases");
        entities.put(
                new Entity(id, cells, entity.sources(), entity.confidence(), entity.levels()),
                Optional.of(AuthorityFile.tag(entity)),
                "editor",
                "");
        catchUp.poke();
    }

    @Test
    void textsAreLinkedAgainWhenANameChanges() throws Exception {
        take("early", "Người Dao mở hội Gầu Tơ Mới.", "\"open\"");
        settle();
        entities.load(TABLES, false, false, "test");
        take("late", "Bà con đi hội Gầu Tơ Mới.", "\"open\"");
        settle();
        assertEquals(List.of("early"), named("EG09"), "what came before the entities is linked when they come");
        assertEquals(List.of(), named("FE028"));
        rename("FE028", "Hội Gầu Tơ Mới");
        settle();
        assertEquals(List.of("early", "late"), named("FE028"));
        var told = dump(graph);
        close();
        open();
        settle();
        assertEquals(told, dump(graph), "another start changes nothing");
        rename("FE028", "Hội Gầu Tào");
        settle();
        assertEquals(List.of(), named("FE028"));
    }

    @Test
    void aDecisionOutlivesAnotherTextAndAnotherName() throws Exception {
        entities.load(TABLES, false, false, "test");
        take("a", "Người Dao ở đây.", "\"open\"");
        settle();
        assertEquals(List.of("a"), named("EG09"));
        decide("a", new MentionDecision(Verdict.REJECT, "EG09", "text", "Dao", 0, "editor", Instant.EPOCH));
        settle();
        assertEquals(List.of(), named("EG09"));
        take("a", "Xưa nay người Dao ở đây.", "\"open\"");
        rename("FE028", "Hội Khác");
        settle();
        assertEquals(List.of(), named("EG09"));
        take("a", "Xưa nay người Dao ở đây. Đồng bào Dao đông.", "\"open\"");
        settle();
        assertEquals(List.of("a"), named("EG09"), "another place was not decided on");
    }

    /** The graph, told of each page of items that are looked at again. */
    private record Watched(KnowledgeGraph graph, Runnable before) implements Projection {
        @Override
        public List<Snapshot> linkedOtherwise(List<Snapshot> items) {
            before.run();
            return graph.linkedOtherwise(items);
        }

        @Override
        public String name() {
            return graph.name();
        }

        @Override
        public Watermark watermark() {
            return graph.watermark();
        }

        @Override
        public boolean shows(Change change) {
            return graph.shows(change);
        }

        @Override
        public void apply(List<Snapshot> batch, Watermark upTo) {
            graph.apply(batch, upTo);
        }

        @Override
        public boolean showsMentions() {
            return true;
        }

        @Override
        public String linkedWith() {
            return graph.linkedWith();
        }

        @Override
        public void linkedWith(String edition) {
            graph.linkedWith(edition);
        }

        @Override
        public void clear() {
            graph.clear();
        }

        @Override
        public void forEachHeld(BiConsumer<ItemId, Version> consumer) {
            graph.forEachHeld(consumer);
        }

        @Override
        public void close() {}
    }

    /** So long that each is a page of its own. */
    private void takeThreeLong() throws InterruptedException {
        for (var id : List.of("a", "b", "c")) take(id, "Đi hội Gầu Tơ Mới. " + "x ".repeat(530_000), "\"open\"");
        take("z", "Đi hội Gầu Tơ Mới.", "\"open\"");
        settle();
    }

    @Test
    void aRestrictionDoesNotWaitForNames() throws Exception {
        entities.load(TABLES, false, false, "test");
        takeThreeLong();
        catchUp.close();
        var pages = new AtomicInteger();
        var hiddenAtPage = new AtomicInteger();
        var watched = new Watched(graph, () -> {
            int page = pages.incrementAndGet();
            if (page == 1) take("z", "Đi hội Gầu Tơ Mới.", "\"restricted\"");
            boolean seen = graph.itemGraph(BASE + "id/z", Viewer.ANYBODY, Instant.now())
                    .isPresent();
            if (!seen) hiddenAtPage.compareAndSet(0, page);
        });
        catchUp = new CatchUp("graph", () -> watched, log, snapshots);
        rename("FE028", "Hội Gầu Tơ Mới");
        settle();
        assertEquals(2, hiddenAtPage.get(), "hidden before the next page of " + pages);
        assertEquals(List.of("a", "b", "c"), named("FE028"));
        assertEquals(anew("fresh"), dump(graph));
    }

    @Test
    void namesThatAreWhatTheyWereAfterACrashAmongThemLeaveNothingBehind() throws Exception {
        entities.load(TABLES, false, false, "test");
        takeThreeLong();
        catchUp.close();
        var pages = new AtomicInteger();
        var watched = new Watched(graph, () -> {
            if (pages.incrementAndGet() > 1) throw new IllegalStateException("killed");
        });
        catchUp = new CatchUp("graph", () -> watched, log, snapshots);
        rename("FE028", "Hội Gầu Tơ Mới");
        while (pages.get() < 2) Thread.sleep(5);
        catchUp.close();
        assertEquals(List.of("a"), named("FE028"), "stopped between two pages");
        rename("FE028", "Gầu Tào");
        catchUp = new CatchUp("graph", () -> graph, log, snapshots);
        settle();
        assertEquals(List.of(), named("FE028"));
        assertEquals(anew("fresh"), dump(graph));
    }

    private void decide(String id, MentionDecision decision) {
        var archived = archive.head(new ItemId(id)).orElseThrow();
        var item = (Item) archived.holding();
        var decisions = new ArrayList<>(item.decisions());
        decisions.removeIf(decision::replaces);
        decisions.add(decision);
        var contents = new HashMap<String, Content>();
        for (var path : archive.paths(item.id(), archived.version()))
            if (!path.equals("item.json")) contents.put(path, new Content.Kept());
        depositor
                .keep(item.withDecisions(decisions), contents, Optional.of(archived.version()), "editor")
                .join();
    }

    @Test
    void theGraphIsTheOneThatWouldBeMadeAnew() throws Exception {
        long seed = System.nanoTime();
        System.out.println("LinkedViewsTest seed " + seed);
        var random = new Random(seed);
        entities.load(TABLES, false, false, "test");
        for (int step = 0; step < 60; step++) {
            var id = "i" + random.nextInt(6);
            switch (random.nextInt(8)) {
                case 0, 1, 2 ->
                    take(
                            id,
                            "Người Tày và người Dao đi %s ở Sa Pa, tỉnh Lào Cai, lần %d."
                                    .formatted(NAMES.get(random.nextInt(NAMES.size())), random.nextInt(3)),
                            random.nextBoolean() ? "\"open\"" : "\"restricted\"");
                case 3 -> rename(random.nextBoolean() ? "FE028" : "FE001", "Lễ hội " + NAMES.get(random.nextInt(4)));
                case 4 -> {
                    if (random.nextInt(3) == 0
                            && log.headOf(new ItemId(id))
                                    .filter(head -> head.kind() == org.thocam.ontology.Change.Kind.DEPOSITED)
                                    .isPresent())
                        depositor
                                .withdraw(new ItemId(id), Optional.empty(), "gone", "x")
                                .join();
                }
                case 5 -> {
                    var head = log.headOf(new ItemId(id));
                    if (head.isPresent() && head.get().kind() == org.thocam.ontology.Change.Kind.DEPOSITED)
                        decide(
                                id,
                                new MentionDecision(
                                        Verdict.values()[random.nextInt(3)],
                                        random.nextBoolean() ? "EG02" : "EG09",
                                        "text",
                                        random.nextBoolean() ? "Tày" : "Dao",
                                        0,
                                        "editor",
                                        Instant.EPOCH));
                }
                case 6 -> {
                    if (random.nextInt(4) == 0) {
                        close();
                        open();
                    }
                }
                default -> settle();
            }
        }
        settle();
        var told = dump(graph);
        assertFalse(told.isEmpty());
        assertEquals(anew("fresh"), told, "seed " + seed);
    }
}
