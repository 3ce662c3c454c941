package org.thocam.ingest.deposit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ingest.archive.OcflArchive;
import org.thocam.ingest.extract.Extractor;
import org.thocam.ingest.log.SqlChangeLog;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Content;
import org.thocam.ontology.Holding;
import org.thocam.ontology.Intake;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Receipt;
import org.thocam.ontology.Submission;
import org.thocam.ontology.Term;
import org.thocam.ontology.Version;
import org.thocam.ontology.entity.AuthorityFile;
import org.thocam.ontology.entity.Confidence;
import org.thocam.ontology.entity.Entity;
import org.thocam.ontology.entity.FaultyEntitiesException;
import org.thocam.ontology.entity.Register;
import org.thocam.ontology.entity.StaleEntityException;
import org.thocam.ontology.entity.Tables;
import org.thocam.ontology.graph.EntityShapes;

/** The authority file in a real archive: what is acknowledged is there when it is opened again. */
class AuthorityFileTest {
    private static final Register TABLES = Tables.read(Path.of("../fixtures/reference"));
    private static final EntityShapes SHAPES = new EntityShapes();

    @TempDir
    Path home;

    private OcflArchive archive;
    private SqlChangeLog log;
    private Extractor extractor;
    private Depositor depositor;
    private AuthorityFile entities;

    @BeforeEach
    void open() throws IOException {
        archive = OcflArchive.open(home);
        log = SqlChangeLog.open(home.resolve("log.sqlite"));
        var clock = new ChangeClock(Clock.systemUTC(), log.lastAt());
        extractor =
                Extractor.open(new Extractor.Limits(home, home.resolve("tika"), "java", 1, 10, "128m", 100_000, ""));
        depositor = new Depositor(archive, () -> log, clock, extractor, 2, home.resolve("incoming"), fresh -> {});
        entities = AuthorityFile.open(archive, () -> depositor, () -> log, SHAPES::check);
        entities.settle();
    }

    @AfterEach
    void close() {
        depositor.close();
        extractor.close();
        log.close();
        archive.close();
    }

    private void again() throws IOException {
        close();
        open();
    }

    private void load(Register tables) {
        entities.load(tables, false, false, "loader");
    }

    private static Entity with(Entity entity, String column, String text) {
        var cells = new LinkedHashMap<>(entity.cells());
        if (text.isEmpty()) cells.remove(column);
        else cells.put(column, text);
        return new Entity(entity.id(), cells, entity.sources(), entity.confidence(), entity.levels());
    }

    private static Register with(Register register, Entity entity) {
        var all = new LinkedHashMap<String, Entity>();
        register.all().forEach(one -> all.put(one.id(), one));
        all.put(entity.id(), entity);
        return new Register(all.values(), register.observations());
    }

    private Entity now(String id) {
        return entities.register().find(id).orElseThrow();
    }

    private void edit(String id, String column, String text) {
        entities.put(with(now(id), column, text), Optional.of(AuthorityFile.tag(now(id))), "editor", "why");
    }

    private static Map<String, Entity> byId(Register register) {
        return register.all().stream().collect(Collectors.toMap(Entity::id, entity -> entity));
    }

    @Test
    void whatWasLoadedIsThereWhenItIsOpenedAgain() throws IOException {
        assertTrue(entities.register().all().isEmpty());
        load(TABLES);
        assertEquals(Tables.write(TABLES), Tables.write(entities.register()));
        assertFalse(entities.load(TABLES, false, false, "loader").changed(), "the same tables are no change");
        again();
        assertEquals(Tables.write(TABLES), Tables.write(entities.register()));
        assertEquals(1, archive.versions(AuthorityFile.ID).size());
    }

    @Test
    void anEditIsAVersionOfItsOwnAndStandsInTheHistory() throws IOException {
        load(TABLES);
        var read = AuthorityFile.tag(now("FE001"));
        edit("FE001", "description_en", "Said better.");
        assertThrows(
                StaleEntityException.class,
                () -> entities.put(with(now("FE001"), "kind", "rite"), Optional.of(read), "late", ""));
        again();
        assertEquals("Said better.", now("FE001").text("description_en"));
        var history = entities.history("FE001");
        assertEquals(
                List.of("load loader ", "edit editor why"),
                history.stream()
                        .map(past -> past.action() + " " + past.agent() + " " + past.note())
                        .toList());
        assertEquals(new Version(1), entities.version("FE001"));
    }

    @Test
    void whatBreaksAShapeIsRefusedAndNothingIsKept() {
        load(TABLES);
        var faulty = assertThrows(FaultyEntitiesException.class, () -> edit("FE001", "peoples", "EG99"));
        assertEquals("peoples", faulty.faults().get(0).column());
        assertEquals("EG02", now("FE001").text("peoples"));
        assertEquals(0, archive.versions(AuthorityFile.part("FE001")).size());
    }

    @Test
    void aDeletedEntityIsGoneAndItsIdIsNotGivenAgain() throws IOException {
        load(TABLES);
        var people = AuthorityFile.tag(now("EG02"));
        assertThrows(FaultyEntitiesException.class, () -> entities.delete("EG02", people, Optional.empty(), "e", ""));
        // a custom that nothing names
        var custom = now("CU001");
        entities.delete("CU001", AuthorityFile.tag(custom), Optional.of("CU002"), "editor", "the same twice");
        assertThrows(StaleEntityException.class, () -> entities.put(custom, Optional.empty(), "editor", ""));
        again();
        assertEquals(Optional.empty(), entities.register().find("CU001"));
        assertEquals(Optional.of("CU002"), entities.gone("CU001").orElseThrow().replacedBy());
        load(with(TABLES, with(TABLES.find("CU003").orElseThrow(), "name_en", "Other name")));
        assertEquals(Optional.empty(), entities.register().find("CU001"), "other tables do not bring it back");
    }

    @Test
    void otherTablesAreMergedWithWhatWasEditedHere() throws IOException {
        load(TABLES);
        edit("FE001", "description_en", "Ours.");
        edit("FE002", "description_en", "Ours too.");
        var theirs = with(TABLES, with(TABLES.find("FE001").orElseThrow(), "name_en", "Their name"));
        theirs = with(theirs, with(TABLES.find("FE002").orElseThrow(), "description_en", "Theirs."));
        theirs = with(theirs, with(TABLES.find("FE003").orElseThrow(), "name_en", "Their third"));
        var dry = entities.load(theirs, false, true, "loader");
        assertEquals(1, dry.outcome().conflicts().size());
        assertNotEquals("Their third", now("FE003").text("name_en"));
        load(theirs);
        for (int time = 0; time < 2; time++, again()) {
            assertEquals("Ours.", now("FE001").text("description_en"));
            assertEquals("Their name", now("FE001").text("name_en"));
            assertEquals("Ours too.", now("FE002").text("description_en"));
            assertEquals("Their third", now("FE003").text("name_en"));
        }
        entities.load(TABLES, true, false, "loader");
        assertEquals("Ours.", now("FE001").text("description_en"), "what only we changed stays even then");
    }

    @Test
    void aLoadThatWasStoppedBeforeItsMergeEndsWhenItIsOpened() throws IOException {
        load(TABLES);
        edit("FE001", "description_en", "Ours.");
        var theirs = with(TABLES, with(TABLES.find("FE001").orElseThrow(), "name_en", "Their name"));
        // what a load deposits first
        var item = (Item) archive.head(AuthorityFile.ID).orElseThrow().holding();
        var contents = new HashMap<String, Content>();
        var files = new ArrayList<Bitstream>(item.files());
        Tables.write(theirs)
                .forEach((name, text) -> contents.put(
                        "files/" + name + ".tsv", new Content.OfBytes(text.getBytes(StandardCharsets.UTF_8))));
        depositor
                .keep(item.withFiles(files), contents, Optional.of(entities.tables()), "killed")
                .join();
        again();
        assertEquals("Ours.", now("FE001").text("description_en"));
        assertEquals("Their name", now("FE001").text("name_en"));
        assertEquals(new Version(2), entities.version("FE001"));
        again();
        assertEquals(new Version(2), entities.version("FE001"), "what is settled stays so");
    }

    /** An intake that is killed after so many deposits, as if the process were. */
    private static final class Killed implements Intake {
        private final Intake intake;
        private int left;

        Killed(Intake intake, int left) {
            this.intake = intake;
            this.left = left;
        }

        @Override
        public CompletableFuture<Receipt> keep(
                Holding holding, Map<String, Content> contents, Optional<Version> basis, String agent) {
            if (left-- == 0) throw new IllegalStateException("killed");
            return intake.keep(holding, contents, basis, agent);
        }

        @Override
        public CompletableFuture<Receipt> take(Submission submission, Optional<Version> basis, String agent) {
            return intake.take(submission, basis, agent);
        }

        @Override
        public CompletableFuture<Receipt> withdraw(ItemId id, Optional<Version> basis, String reason, String agent) {
            return intake.withdraw(id, basis, reason, agent);
        }
    }

    @Test
    void aStoppedLoadEndsAsItWouldHaveEnded() throws IOException {
        load(TABLES);
        edit("FE001", "name_en", "Agreed");
        edit("FE002", "name_en", "Ours");
        edit("FE003", "name_en", "Ours");
        var second = with(TABLES, with(TABLES.find("FE001").orElseThrow(), "name_en", "Agreed"));
        second = with(second, with(TABLES.find("FE003").orElseThrow(), "name_en", "Theirs before"));
        load(second);
        var third = with(second, with(second.find("FE001").orElseThrow(), "name_en", "Newer"));
        third = with(third, with(second.find("FE002").orElseThrow(), "name_en", "Theirs"));
        third = with(third, with(second.find("FE003").orElseThrow(), "description_en", "Theirs"));
        var tables = third;
        var killed = new Killed(depositor, 1);
        var stopped = AuthorityFile.open(archive, () -> killed, () -> log, SHAPES::check);
        assertThrows(IllegalStateException.class, () -> stopped.load(tables, true, false, "loader"));
        again();
        assertEquals("Newer", now("FE001").text("name_en"), "only they changed it since they were loaded last");
        assertEquals("Theirs", now("FE002").text("name_en"), "the tables were to win");
        assertEquals("Ours", now("FE003").text("name_en"), "decided on by an earlier load");
        assertEquals("Theirs", now("FE003").text("description_en"));
        var told = byId(entities.register());
        again();
        assertEquals(told, byId(entities.register()));
    }

    @Test
    void whatIsSaidOfTheAuthorityFileMayChange() throws IOException {
        load(TABLES);
        edit("FE001", "description_en", "Ours.");
        var item = (Item) archive.head(AuthorityFile.ID).orElseThrow().holding();
        var said = item.withTerms(List.of(new Term("publisher", "A library", LanguageTag.UNDETERMINED, "")));
        var receipt = depositor
                .take(
                        new Submission(said.withFiles(List.of()), Optional.empty(), List.of(), "test"),
                        Optional.of(entities.tables()),
                        "editor")
                .join();
        assertEquals(new Version(2), receipt.version(), receipt::reason);
        again();
        assertEquals(872, entities.register().all().size());
        assertEquals("Ours.", now("FE001").text("description_en"));
        assertEquals(new Version(1), entities.version("FE001"));
        edit("FE001", "description_en", "Ours again.");
        load(with(TABLES, with(TABLES.find("FE001").orElseThrow(), "name_en", "Their name")));
        assertEquals("Ours again.", now("FE001").text("description_en"));
        assertEquals("Their name", now("FE001").text("name_en"));
    }

    @Test
    void nobodyElseWritesTheAuthorityFile() {
        load(TABLES);
        var fault = assertThrows(Exception.class, () -> depositor
                .withdraw(AuthorityFile.ID, Optional.empty(), "no", "x")
                .join());
        assertTrue(fault.getMessage().contains("reference data"), fault::getMessage);
        assertThrows(ArchiveException.class, () -> {
            throw (RuntimeException) fault.getCause();
        });
    }

    @Test
    void afterAnySequenceOfChangesTheArchiveSaysTheSame() throws IOException {
        long seed = System.nanoTime();
        System.out.println("AuthorityFileTest seed " + seed);
        var random = new Random(seed);
        load(TABLES);
        var model = new HashMap<>(byId(TABLES));
        var ids = List.of("FE001", "FE050", "CR001", "CR060", "CU010", "CU020", "PS-poklonggarai");
        for (int step = 0; step < 60; step++) {
            var id = ids.get(random.nextInt(ids.size()));
            var there = entities.register().find(id);
            assertEquals(Optional.ofNullable(model.get(id)), there, "seed " + seed + ", step " + step);
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> {
                    if (there.isEmpty()) break;
                    var wanted = with(there.get(), "name_en", "Name " + random.nextInt(5));
                    model.put(id, entities.put(wanted, Optional.of(AuthorityFile.tag(there.get())), "e", ""));
                }
                case 3 -> {
                    if (there.isEmpty() || !entities.register().pointingTo(id).isEmpty() || random.nextInt(4) > 0)
                        break;
                    entities.delete(id, AuthorityFile.tag(there.get()), Optional.empty(), "e", "");
                    model.remove(id);
                }
                case 4 -> {
                    var fresh = new Entity(
                            "FE" + (900 + step),
                            Map.of("name_vi", "Lễ hội " + step),
                            List.of("test"),
                            Confidence.RECALLED,
                            Map.of());
                    model.put(fresh.id(), entities.put(fresh, Optional.empty(), "e", ""));
                }
                default -> {
                    if (random.nextInt(5) == 0) again();
                }
            }
        }
        again();
        assertEquals(model, byId(entities.register()), "seed " + seed);
    }
}
