package org.thocam.ingest.deposit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ingest.Samples;
import org.thocam.ingest.archive.OcflArchive;
import org.thocam.ingest.extract.Extractor;
import org.thocam.ingest.log.ArchiveWalk;
import org.thocam.ingest.log.SqlChangeLog;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Change;
import org.thocam.ontology.Content;
import org.thocam.ontology.Deposit;
import org.thocam.ontology.FeedQuery;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Part;
import org.thocam.ontology.Receipt;
import org.thocam.ontology.StaleVersionException;
import org.thocam.ontology.Submission;
import org.thocam.ontology.Version;

class DepositorTest {
    @TempDir
    private Path home;

    private OcflArchive archive;
    private SqlChangeLog log;
    private Extractor extractor;
    private Depositor depositor;

    @BeforeEach
    void open() {
        open(home);
    }

    private void open(Path where) {
        open(where, "java");
    }

    private void open(Path where, String java) {
        archive = OcflArchive.open(where);
        log = SqlChangeLog.open(where.resolve("log.sqlite"));
        var clock = new ChangeClock(Clock.systemUTC(), log.lastAt());
        new OpenIntents(archive, log, clock).settle();
        var lib = Path.of(System.getProperty("thocam.root", "..")).resolve("ingest/tika/target/lib-tika");
        extractor = Extractor.open(new Extractor.Limits(lib, where.resolve("tika"), java, 1, 10, "128m", 100_000, ""));
        depositor = new Depositor(archive, () -> log, clock, extractor, 2, where.resolve("incoming"), fresh -> {});
    }

    @AfterEach
    void close() {
        depositor.close();
        extractor.close();
        log.close();
        archive.close();
    }

    private Receipt take(Submission submission) {
        return depositor.take(submission, Optional.empty(), "tester").join();
    }

    @Test
    void theSameAgainIsNoChange() {
        assertEquals("ok", take(Samples.submission("a", "Khèn", "tiếng khèn")).state());
        var again = take(Samples.submission("a", "Khèn", "tiếng khèn"));
        assertEquals("unchanged", again.state());
        assertEquals(new Version(1), again.version());
        assertEquals(
                new Version(2),
                take(Samples.submission("a", "Khèn", "tiếng khèn xa")).version());
        assertEquals(2, log.last());
    }

    @Test
    void manyAtOnceOfOneItemAreOneAfterTheOther() {
        var all = new ArrayList<CompletableFuture<Receipt>>();
        for (int n = 0; n < 40; n++)
            all.add(depositor.take(Samples.submission("a", "Khèn", "lần " + n), Optional.empty(), "tester"));
        all.forEach(CompletableFuture::join);
        assertEquals(40, archive.head(new ItemId("a")).orElseThrow().version().number());
        assertEquals("lần 39", archive.text(new ItemId("a"), new Version(40)));
    }

    @Test
    void aChangeOnAStaleVersionIsRefused() {
        take(Samples.submission("a", "Khèn", "một"));
        take(Samples.submission("a", "Khèn", "hai"));
        var late = depositor.take(Samples.submission("a", "Khèn", "ba"), Optional.of(new Version(1)), "tester");
        assertTrue(assertThrows(CompletionException.class, late::join).getCause() instanceof StaleVersionException);
    }

    @Test
    void aWithdrawnItemDoesNotComeBackByIngestingItAgain() {
        take(Samples.submission("a", "Khèn", "một"));
        assertEquals(
                "ok",
                depositor
                        .withdraw(new ItemId("a"), Optional.empty(), "asked", "tester")
                        .join()
                        .state());
        var again = take(Samples.submission("a", "Khèn", "một"));
        assertEquals("failed", again.state());
        assertTrue(again.reason().contains("withdrawn"), again.reason());
        assertEquals(
                new Version(3),
                depositor
                        .take(Samples.submission("a", "Khèn", "một"), Optional.of(new Version(2)), "tester")
                        .join()
                        .version());
    }

    @Test
    void aDescriptionAloneLeavesTheFilesAndTheirTextAsTheyWere() throws IOException {
        var file = Files.writeString(home.resolve("bài.txt"), "lời bài hát");
        var first = new Submission(
                Samples.item("a", "Khèn"),
                Optional.of("ghi chú"),
                List.of(new Submission.Upload("bài.txt", file)),
                "a");
        take(first);
        depositor
                .take(
                        new Submission(Samples.item("a", "Khèn Mông"), Optional.empty(), List.of(), "a"),
                        Optional.of(new Version(1)),
                        "tester")
                .join();
        var head = archive.head(new ItemId("a")).orElseThrow();
        assertEquals(1, ((Item) head.holding()).files().size());
        assertEquals("ghi chú\n\nlời bài hát", archive.text(new ItemId("a"), new Version(2)));
    }

    /** A kill between the archive and the log: the archive knows more, and the log hears of it when it is opened again. */
    @Test
    void whatAKillLeftBetweenArchiveAndLogIsSettledAtTheNextOpening() {
        take(Samples.submission("a", "Khèn", "một"));
        log.intend(List.of(new ItemId("a"), new ItemId("b"), new ItemId("c")));
        archive.deposit(Samples.deposit(
                Samples.item("a", "Khèn"), new Version(1), Instant.now().plusSeconds(1), "hai"));
        archive.deposit(Samples.deposit(
                Samples.item("b", "Chiêng"), Version.NONE, Instant.now().plusSeconds(2), "một"));
        close();
        open(home);
        assertEquals(List.of(), log.openIntents());
        assertEquals(
                List.of("a v1", "a v2", "b v1"),
                log.after(0, 10).stream().map(c -> c.id() + " " + c.version()).toList());
        var next = take(Samples.submission("c", "Trống", "một"));
        assertTrue(log.headOf(next.id())
                .orElseThrow()
                .at()
                .isAfter(log.headOf(new ItemId("b")).orElseThrow().at()));
    }

    /** Random deposits, edits and withdrawals: the log made from the archive alone tells the same. */
    @Test
    void theLogMadeFromTheArchiveIsTheLogThatWas() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        Map<String, Integer> versions = new HashMap<>();
        for (int n = 0; n < 120; n++) {
            var id = "i" + random.nextInt(30);
            if (versions.containsKey(id) && random.nextInt(6) == 0)
                depositor
                        .withdraw(new ItemId(id), Optional.empty(), "r", "tester")
                        .join();
            else {
                var head = log.headOf(new ItemId(id)).map(Change::version);
                depositor
                        .take(Samples.submission(id, "Khèn", "lần " + n), head, "tester")
                        .join();
            }
            versions.merge(id, 1, Integer::sum);
        }
        try (var made = SqlChangeLog.open(home.resolve("again/log.sqlite"))) {
            new ArchiveWalk(archive, home.resolve("again")).into(ArchiveWalk.Plan.ALL, made, n -> {});
            var query = new FeedQuery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 1000);
            assertEquals(log.after(0, 1000), made.after(0, 1000), "seed " + seed);
            assertEquals(log.feed(query, Instant.now()), made.feed(query, Instant.now()), "seed " + seed);
        }
    }

    @Test
    void aFullDiskIsSaidAndNothingHalfStays() throws Exception {
        var small = Files.createDirectory(home.resolve("small"));
        Assumptions.assumeTrue(
                mount("-t", "tmpfs", "-o", "size=6m", "none", small.toString()),
                "skipped: a small file system cannot be mounted here (it needs root)");
        try {
            close();
            open(small);
            assertEquals("ok", take(Samples.submission("before", "Khèn", "một")).state());
            var big = "x".repeat(2 << 20);
            var faults = new ArrayList<Throwable>();
            for (int n = 0; n < 6; n++)
                depositor
                        .take(Samples.submission("big" + n, "Khèn", big + n), Optional.empty(), "tester")
                        .whenComplete((r, fault) -> {
                            if (fault != null) faults.add(fault);
                        })
                        .handle((r, fault) -> null)
                        .join();
            assertTrue(
                    faults.stream()
                            .anyMatch(f -> f instanceof ArchiveException
                                    && f.getMessage().contains("No space left")),
                    faults.toString());
            assertEquals("một", archive.text(new ItemId("before"), new Version(1)));
            archive.forEachId(id -> assertEquals(List.of(), archive.fixity(id)));
            close();
            // room is made: what was acknowledged is there, and work goes on
            assertTrue(mount("-o", "remount,size=64m", small.toString()));
            open(small);
            assertEquals("ok", take(Samples.submission("after", "Khèn", "hai")).state());
            archive.forEachId(
                    id -> assertTrue(log.headOf(id).isPresent(), id + " is in the archive and not in the log"));
        } finally {
            close();
            new ProcessBuilder("umount", "-l", small.toString()).start().waitFor();
            open(home.resolve("rest"));
        }
    }

    private Submission withFile(String id, String name, Path file) {
        return new Submission(
                Samples.item(id, "Khèn"), Optional.empty(), List.of(new Submission.Upload(name, file)), id);
    }

    private List<Path> incoming() throws IOException {
        try (var left = Files.list(home.resolve("incoming"))) {
            return left.toList();
        }
    }

    @Test
    void theSameSourceAgainDoesNotUndoAnEditOfTheDescription() throws IOException {
        var file = Files.writeString(home.resolve("bài.txt"), "lời bài hát");
        take(withFile("a", "bài.txt", file));
        depositor
                .take(
                        new Submission(Samples.item("a", "Khèn Mông"), Optional.empty(), List.of(), "PATCH"),
                        Optional.of(new Version(1)),
                        "tester")
                .join();
        assertEquals("unchanged", take(withFile("a", "bài.txt", file)).state());
        var item = (Item) archive.head(new ItemId("a")).orElseThrow().holding();
        assertEquals("Khèn Mông", item.title().shown());
        Files.writeString(file, "lời khác");
        assertEquals(new Version(3), take(withFile("a", "bài.txt", file)).version());
    }

    @Test
    void aLongNameIsCutToWhatTheDiskTakesAndStaysDifferentFromOthers() throws IOException {
        var file = Files.writeString(home.resolve("x.txt"), "lời bài hát");
        var vietnamese = "ễ".repeat(83) + ".txt";
        var marks = "?".repeat(200) + ".txt";
        var others = "?".repeat(201) + ".txt";
        var receipt = take(new Submission(
                Samples.item("a", "Khèn"),
                Optional.empty(),
                List.of(
                        new Submission.Upload("sub/" + vietnamese, file),
                        new Submission.Upload(marks, file),
                        new Submission.Upload(others, file)),
                "a"));
        assertEquals("ok", receipt.state(), receipt.reason());
        var item = (Item) archive.head(new ItemId("a")).orElseThrow().holding();
        var names = item.files().stream().map(f -> f.name()).toList();
        assertEquals(3, names.stream().distinct().count(), names.toString());
        assertTrue(names.get(0).matches("sub/ễ+~[0-9a-f]{8}\\.txt"), names.get(0));
        assertTrue(names.get(1).matches("\\?+~[0-9a-f]{8}\\.txt"), names.get(1));
        assertEquals(List.of(), archive.fixity(new ItemId("a")));
        assertEquals(List.of(), incoming());
    }

    @Test
    void aChangeThatFailedLeavesNoCopy() throws IOException {
        var file = Files.writeString(home.resolve("x.txt"), "một");
        take(Samples.submission("a", "Khèn", "một"));
        take(Samples.submission("a", "Khèn", "hai"));
        var late = depositor.take(withFile("a", "x.txt", file), Optional.of(new Version(1)), "tester");
        assertThrows(CompletionException.class, late::join);
        assertEquals(List.of(), incoming());
    }

    @Test
    void aFileThatCouldNotBeReadForWantOfAProcessIsReadOnceThereIsOne() throws IOException {
        var root = Path.of(System.getProperty("thocam.root", ".."));
        Assumptions.assumeTrue(
                Files.isDirectory(root.resolve("ingest/tika/target/lib-tika")),
                "skipped: no children; run ./mvnw verify, which makes them");
        var file = root.resolve("fixtures/collection/documents/khai-ha-muong-bi.docx");
        close();
        open(home, home.resolve("no-java").toString());
        var first = take(withFile("a", "hội.docx", file));
        assertEquals("failed", first.state());
        assertTrue(first.reason().contains("hội.docx was not read"), first.reason());
        assertEquals("unchanged", take(withFile("a", "hội.docx", file)).state());
        close();
        open(home);
        var again = take(withFile("a", "hội.docx", file));
        assertEquals("ok", again.state(), again.reason());
        assertEquals(new Version(2), again.version());
        assertEquals("unchanged", take(withFile("a", "hội.docx", file)).state());
    }

    @Test
    void textBeyondWhatTheViewsGetIsKeptAndSaid() {
        var receipt = take(Samples.submission("a", "Khèn", "x".repeat(org.thocam.ontology.Archive.LONGEST_TEXT + 1)));
        assertEquals("ok", receipt.state());
        assertTrue(receipt.reason().contains("only the first 10000000 characters"), receipt.reason());
    }

    @Test
    void whatComesAfterTheCloseIsToldSo() throws IOException {
        var file = Files.writeString(home.resolve("x.txt"), "một");
        depositor.close();
        var late = depositor.take(withFile("a", "x.txt", file), Optional.empty(), "tester");
        var fault = assertThrows(CompletionException.class, late::join).getCause();
        assertTrue(fault.getMessage().contains("the archive is closing"), fault.getMessage());
    }

    private static boolean mount(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("mount"));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static final ItemId ENTRY = new ItemId("bahnar/entry.1");

    private CompletableFuture<Receipt> keep(ItemId id, String said, Optional<Version> basis) {
        return depositor.keep(
                new Part(id, Map.of("action", "edit"), said),
                Map.of("entry.json", new Content.OfBytes(said.getBytes(StandardCharsets.UTF_8))),
                basis,
                "tester");
    }

    private String said(ItemId id, long version) throws IOException {
        try (var bytes = archive.open(id, new Version(version), "entry.json")) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void eachDepositOfAPartIsAVersionOfItsOwnObject() throws IOException {
        take(Samples.submission("bahnar", "Bahnar", "một"));
        var first = keep(ENTRY, "một", Optional.of(Version.NONE)).join();
        assertEquals(new Receipt("", ENTRY, new Version(1), "ok", ""), first);
        assertEquals(
                new Version(2),
                keep(ENTRY, "hai", Optional.of(first.version())).join().version());
        assertEquals("một", said(ENTRY, 1));
        assertEquals("hai", said(ENTRY, 2));
        assertEquals(1, archive.head(ENTRY.whole()).orElseThrow().version().number());
        assertEquals(1, log.items());
        var ids = new ArrayList<ItemId>();
        archive.forEachId(ids::add);
        assertEquals(List.of(ENTRY.whole(), ENTRY), ids.stream().sorted().toList());
    }

    @Test
    void aPartOnAStaleVersionIsRefused() {
        keep(ENTRY, "một", Optional.of(Version.NONE)).join();
        for (var basis : List.of(Version.NONE, new Version(2))) {
            var late = keep(ENTRY, "hai", Optional.of(basis));
            assertTrue(assertThrows(CompletionException.class, late::join).getCause() instanceof StaleVersionException);
        }
        assertEquals(new Version(1), log.headOf(ENTRY).orElseThrow().version());
        assertEquals(List.of(), depositor.quiet(log::openIntents));
    }

    @Test
    void aFileOfAPartCanStayAsItWas() throws IOException {
        keep(ENTRY, "một", Optional.empty()).join();
        for (var basis : List.of(Optional.of(new Version(1)), Optional.<Version>empty()))
            depositor
                    .keep(
                            new Part(ENTRY, Map.of("action", "note"), "n"),
                            Map.of("entry.json", new Content.Kept()),
                            basis,
                            "tester")
                    .join();
        assertEquals("một", said(ENTRY, 3));
        assertEquals(
                Map.of("action", "note"),
                ((Part) archive.head(ENTRY).orElseThrow().holding()).facts());
    }

    @Test
    void manyEditsAtOnceOfOnePartAreOneAfterTheOther() throws IOException {
        var all = new ArrayList<CompletableFuture<Receipt>>();
        for (int n = 0; n < 40; n++) {
            all.add(keep(ENTRY, "lần " + n, Optional.empty()));
            all.add(keep(ENTRY.whole().part("entry." + (n + 2)), "một", Optional.of(Version.NONE)));
        }
        all.forEach(CompletableFuture::join);
        assertEquals("lần 39", said(ENTRY, 40));
        assertEquals(41, log.partsOf(ENTRY.whole(), "", 100).size());
    }

    @Test
    void aPartIsNotWithdrawnAndItsDescriptionIsNoFileOfTheDepositor() {
        assertThrows(
                IllegalArgumentException.class, () -> depositor.withdraw(ENTRY, Optional.empty(), "asked", "tester"));
        assertThrows(
                IllegalArgumentException.class,
                () -> depositor.keep(
                        new Part(ENTRY, Map.of(), ""),
                        Map.of("item.json", new Content.OfBytes(new byte[0])),
                        Optional.empty(),
                        "tester"));
    }

    /** A kill in the middle of one edit and right after another: the torn one was never there, the whole one is heard of. */
    @Test
    void whatAKillLeftOfPartsIsHealedAtTheNextOpening() throws IOException {
        var other = ENTRY.whole().part("entry.2");
        keep(ENTRY, "một", Optional.empty()).join();
        keep(other, "một", Optional.empty()).join();
        log.intend(List.of(ENTRY, other));
        for (var id : List.of(ENTRY, other))
            archive.deposit(new Deposit(
                    new Part(id, Map.of("action", "edit"), "hai"),
                    new Version(1),
                    Instant.now().plusSeconds(1),
                    "tester",
                    Map.of("entry.json", new Content.OfBytes("hai".getBytes(StandardCharsets.UTF_8)))));
        Files.writeString(archive.objectRoot(ENTRY).resolve("v2/content/entry.json"), "");
        close();
        open(home);
        assertEquals(List.of(), log.openIntents());
        assertEquals(new Version(1), log.headOf(ENTRY).orElseThrow().version());
        assertEquals(new Version(2), log.headOf(other).orElseThrow().version());
        assertEquals("một", said(ENTRY, 1));
        archive.forEachId(id -> assertEquals(List.of(), archive.fixity(id)));
        assertEquals(
                new Version(2),
                keep(ENTRY, "ba", Optional.of(new Version(1))).join().version());
    }

    @Test
    void theLogWithPartsMadeFromTheArchiveIsTheLogThatWas() {
        take(Samples.submission("bahnar", "Bahnar", "một"));
        var all = new ArrayList<CompletableFuture<Receipt>>();
        for (int n = 0; n < 60; n++) all.add(keep(ENTRY.whole().part("entry." + n % 13), "lần " + n, Optional.empty()));
        all.forEach(CompletableFuture::join);
        take(Samples.submission("bahnar", "Bahnar", "hai"));
        try (var made = SqlChangeLog.open(home.resolve("again/log.sqlite"))) {
            new ArchiveWalk(archive, home.resolve("again")).into(ArchiveWalk.Plan.ALL, made, n -> {});
            assertEquals(62, made.last());
            assertEquals(log.after(0, 1000), made.after(0, 1000));
            assertEquals(log.parts(null, 1000), made.parts(null, 1000));
            assertEquals(log.heads(null, 1000), made.heads(null, 1000));
        }
    }
}
