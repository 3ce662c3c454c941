package org.thocam.ingest.queue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ingest.archive.OcflArchive;
import org.thocam.ingest.deposit.ChangeClock;
import org.thocam.ingest.deposit.Depositor;
import org.thocam.ingest.extract.Extractor;
import org.thocam.ingest.log.SqlChangeLog;
import org.thocam.ontology.Access;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Place;
import org.thocam.ontology.Receipt;
import org.thocam.ontology.ServiceUnavailableException;
import org.thocam.ontology.Submission;
import org.thocam.ontology.Version;
import org.thocam.ontology.queue.Job;
import org.thocam.ontology.queue.JobFault;
import org.thocam.ontology.queue.JobOrder;
import org.thocam.ontology.queue.JobQueue;
import org.thocam.ontology.queue.JobState;
import org.thocam.ontology.queue.JobTooLargeException;
import org.thocam.ontology.queue.QueueFullException;
import org.thocam.ontology.sql.Database;
import org.thocam.ontology.sql.Presence;

/** What the queue does on every database. */
abstract class JobQueueContract {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();

    /** A connection of its own to the tables of this test. */
    abstract Database connect();

    /** Whether several engines may have it at once. */
    abstract boolean shared();

    /** Makes others see at once that this engine is gone. */
    abstract void bury(Engine engine);

    /** An engine's part of the queue. */
    record Engine(Database database, Presence presence, SqlJobQueue queue) implements AutoCloseable {
        /** Ends as a process does that is killed: nothing is told. */
        @Override
        public void close() {
            presence.close();
            database.close();
        }
    }

    Engine engine() {
        return engine(Limits.USUAL);
    }

    Engine engine(Limits limits) {
        var database = connect();
        var presence = Presence.in(database);
        var engine = new Engine(database, presence, SqlJobQueue.open(database, presence, limits));
        opened.add(engine);
        return engine;
    }

    <T extends AutoCloseable> T closing(T one) {
        opened.add(one);
        return one;
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int n = opened.size() - 1; n >= 0; n--) opened.get(n).close();
    }

    Workers workers(Engine engine, RecordingIntake intake, int threads) throws IOException {
        return closing(Workers.start(
                engine.queue(),
                intake,
                intake::head,
                new Workers.Settings(threads, folder.resolve("work" + opened.size()))));
    }

    static Item item(String id, String title) {
        return new Item(
                new ItemId(id),
                LanguageMap.of(new LanguageTag("vi"), title),
                "Text",
                List.of(new LanguageTag("blt-Tavt")),
                LanguageMap.EMPTY,
                List.of("Người kể"),
                "1975",
                List.of("EG03"),
                Optional.of(new Place("Mường Lò", 21.6, 104.5)),
                "CC0-1.0",
                Access.OPEN,
                List.of("set:1"),
                List.of(),
                List.of(),
                "",
                "");
    }

    static JobOrder order(String id, int number) {
        return new JobOrder(
                new Submission(
                        item(id, "Khèn " + number), Optional.of("lần " + number), List.of(), "in.jsonl#" + number),
                false,
                "me",
                "tester");
    }

    static List<Job> submit(JobQueue queue, JobOrder... orders) {
        return queue.submit(List.of(orders));
    }

    static Map<Claimed, Outcome> done(List<Claimed> claimed) {
        var outcomes = new LinkedHashMap<Claimed, Outcome>();
        for (var job : claimed) {
            var id = Order.read(job.record(), job.id()).item().id();
            outcomes.put(job, new Outcome.Done(new Receipt(job.place(), id, new Version(1), "ok", "")));
        }
        return outcomes;
    }

    static void awaitIdle(JobQueue queue) throws InterruptedException {
        long end = System.nanoTime() + SOON.toNanos();
        while (!queue.counts().idle()) {
            if (System.nanoTime() > end) throw new AssertionError("still not done: " + queue.counts());
            Thread.sleep(20);
        }
    }

    Submission.Upload file(String name, byte[] bytes) throws IOException {
        return new Submission.Upload(name, Files.write(folder.resolve("given" + new Random().nextLong()), bytes));
    }

    static byte[] bytes(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void whatIsHandedInComesOutAsItWas() throws IOException {
        var queue = engine().queue();
        var sizes = List.of(List.of(0, 1, 70_000), List.of(1 << 20, (1 << 20) + 1, 0, 3 << 20, (9 << 20) + 5));
        for (var files : sizes) {
            var uploads = new ArrayList<Submission.Upload>();
            for (int n = 0; n < files.size(); n++) uploads.add(file("tệp/" + n + " ꪼꪕ꪿.bin", bytes(files.get(n))));
            var given = new Submission(
                    item("a" + files.size(), "Xòe \0 ꪼꪕ꪿"), Optional.of("một\0hai 𞄀"), uploads, "/đường/tới\0#7");
            var job = submit(queue, new JobOrder(given, true, "owner", "agent")).get(0);
            assertEquals(JobState.QUEUED, job.state());
            assertEquals(given.item().id(), job.item());
            var claimed = queue.claim(10, false);
            assertEquals(1, claimed.size());
            var order = Order.read(claimed.get(0).record(), job.id());
            var work = Files.createDirectories(folder.resolve("out" + files.size()));
            var paths = queue.files(claimed.get(0), order.files().size(), work);
            for (int n = 0; n < files.size(); n++)
                assertArrayEquals(bytes(files.get(n)), Files.readAllBytes(paths.get(n)));
            var uploaded = IntStream.range(0, paths.size())
                    .mapToObj(n -> new Submission.Upload(order.files().get(n), paths.get(n)))
                    .toList();
            assertEquals(
                    given.digest(),
                    new Submission(
                                    order.item(),
                                    order.text(),
                                    uploaded,
                                    claimed.get(0).place())
                            .digest());
            assertTrue(claimed.get(0).isNew());
            queue.note(done(claimed));
            assertEquals(JobState.DONE, queue.find(job.id()).orElseThrow().state());
        }
        assertEquals(0, chunks());
        assertEquals(0, queue.counts().bytes());
    }

    int chunks() {
        try (var database = connect()) {
            return database.read("SELECT COUNT(*) FROM job_chunk", row -> row.next() ? row.getInt(1) : -1);
        }
    }

    @Test
    void whatWasAcceptedIsThereAfterARestart() {
        var first = engine();
        var jobs = submit(first.queue(), order("a", 1), order("b", 2));
        first.close();
        var queue = engine().queue();
        for (var job : jobs) assertEquals(Optional.of(job), queue.find(job.id()));
        assertEquals(2, queue.counts().queued());
        assertEquals(Optional.empty(), queue.find("nothing\0"));
    }

    @Test
    void ofOneItemTheOldestIsWorkedOnAloneAndFirst() {
        var queue = engine().queue();
        submit(queue, order("a", 1), order("a", 2), order("b", 3), order("a", 4));
        assertEquals(3, queue.waitingFor(new ItemId("a")).size());
        var first = queue.claim(10, false);
        assertEquals(List.of("in.jsonl#1", "in.jsonl#3"), places(first));
        assertEquals(List.of(), queue.claim(10, false));
        queue.note(Map.of(first.get(0), new Outcome.Later("down", false)));
        assertEquals(List.of("in.jsonl#1"), places(queue.claim(10, false)));
        // the claim before this one is not the one that is worked on
        queue.note(done(first));
        assertEquals(1, queue.counts().done());
        assertEquals(1, queue.counts().working());
    }

    static List<String> places(List<Claimed> claimed) {
        return claimed.stream().map(Claimed::place).toList();
    }

    @Test
    void aJobThatWaitsForAServiceWaitsLongerEachTimeAndKeepsOthersOfItsItemWaiting() {
        var engine = engine();
        var queue = engine.queue();
        submit(queue, order("a", 1), order("a", 2));
        long before = 0;
        for (int n = 0; n < 3; n++) {
            var claimed = queue.claim(10, false);
            assertEquals(List.of("in.jsonl#1"), places(claimed));
            assertEquals(1, claimed.get(0).attempts());
            queue.note(Map.of(claimed.get(0), new Outcome.Later("down", true)));
            assertEquals(List.of(), queue.claim(10, false));
            long pause = engine.database()
                    .read("SELECT MAX(not_before) - MAX(begun) FROM job WHERE place = 'in.jsonl#1'", row -> {
                        row.next();
                        return row.getLong(1);
                    });
            assertTrue(pause > before, pause + " ms after " + before);
            before = pause;
            pastIsPresent(engine);
        }
        assertEquals(List.of("in.jsonl#1"), places(queue.claim(10, false)));
    }

    static void pastIsPresent(Engine engine) {
        engine.database().write(connection -> {
            try (var update = connection.createStatement()) {
                return update.executeUpdate("UPDATE job SET not_before = 0");
            }
        });
    }

    @Test
    void aFullQueueRefusesAndKeepsNothing() throws IOException {
        var queue = engine(new Limits(3000, 3, 5000, 3, Duration.ofDays(1), 10)).queue();
        submit(queue, order("a", 1), order("b", 2));
        assertThrows(QueueFullException.class, () -> submit(queue, order("c", 3), order("d", 4)));
        assertEquals(2, queue.counts().queued());
        submit(queue, order("c", 3));
        assertThrows(QueueFullException.class, () -> submit(queue, order("d", 4)));
        var large = new Submission(item("e", "e"), Optional.empty(), List.of(file("f", bytes(3000))), "x#1");
        assertThrows(JobTooLargeException.class, () -> submit(queue, new JobOrder(large, false, "me", "t")));
        assertEquals(3, queue.counts().queued());
        var bytes =
                engine(new Limits(3000, 100, 5000, 3, Duration.ofDays(1), 10)).queue();
        var smaller = new Submission(item("e", "e"), Optional.empty(), List.of(file("f", bytes(2000))), "x#1");
        submit(bytes, new JobOrder(smaller, false, "me", "t"));
        assertThrows(QueueFullException.class, () -> submit(bytes, new JobOrder(smaller, false, "me", "t")));
    }

    @Test
    void onlyWhatNobodyWorksOnCanBeTakenBack() throws IOException {
        var queue = engine().queue();
        var upload = file("f", bytes(5 << 20));
        var with = new Submission(item("a", "a"), Optional.empty(), List.of(upload), "x#1");
        var job = submit(queue, new JobOrder(with, false, "me", "t")).get(0);
        assertTrue(queue.cancel(job.id()));
        assertFalse(queue.cancel(job.id()));
        assertEquals(Optional.empty(), queue.find(job.id()));
        assertEquals(0, chunks());
        var other = submit(queue, order("a", 2)).get(0);
        queue.claim(1, false);
        assertFalse(queue.cancel(other.id()));
    }

    @Test
    void whatEndedIsForgottenAfterAWhile() {
        var queue = engine(new Limits(1 << 20, 100, 1 << 20, 3, Duration.ofDays(1), 2))
                .queue();
        for (int n = 0; n < 5; n++) {
            submit(queue, order("a" + n, n));
            queue.note(done(queue.claim(10, false)));
        }
        submit(queue, order("b", 9));
        queue.tidy();
        var counts = queue.counts();
        assertTrue(counts.done() <= 2, counts.toString());
        assertEquals(1, counts.queued());
        var soon =
                engine(new Limits(1 << 20, 100, 1 << 20, 3, Duration.ZERO, 100)).queue();
        soon.claim(1, false);
        sleep(5);
        soon.tidy();
        assertEquals(0, soon.counts().done());
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void jobsAreListedFromTheNewestOnForTheirOwner() {
        var queue = engine().queue();
        for (int n = 0; n < 7; n++) {
            var order = order("a" + n, n);
            submit(queue, new JobOrder(order.submission(), false, n % 2 == 0 ? "even" : "odd", "tester"));
        }
        var page = queue.list(Optional.of("even"), Optional.empty(), Optional.empty(), 3);
        assertEquals(
                List.of("in.jsonl#6", "in.jsonl#4", "in.jsonl#2"),
                page.stream().map(Job::place).toList());
        var next = queue.list(
                Optional.of("even"), Optional.empty(), Optional.of(page.get(2).number()), 3);
        assertEquals(List.of("in.jsonl#0"), next.stream().map(Job::place).toList());
        assertEquals(
                7,
                queue.list(Optional.empty(), Optional.of(JobState.QUEUED), Optional.empty(), 100)
                        .size());
        assertEquals(
                0,
                queue.list(Optional.empty(), Optional.of(JobState.FAILED), Optional.empty(), 100)
                        .size());
    }

    @Test
    void whatADeadEngineHadGoesBackAndWhatKillsEachTimeFails() {
        var first = engine();
        var poison = submit(first.queue(), order("p", 0)).get(0);
        for (int n = 1; n < 5; n++) submit(first.queue(), order("a" + n, n));
        assertEquals(5, first.queue().claim(10, false).size());
        bury(first);
        for (int attempt = 2; attempt <= 3; attempt++) {
            var next = engine();
            assertTrue(next.queue().suspects());
            assertEquals(List.of(), next.queue().claim(10, false), "others than suspects");
            var alone = next.queue().claim(1, true);
            assertEquals(List.of(poison.place()), places(alone));
            assertEquals(attempt, alone.get(0).attempts());
            bury(next);
        }
        var last = engine();
        var failed = last.queue().find(poison.id()).orElseThrow();
        assertEquals(JobState.FAILED, failed.state());
        assertEquals(JobFault.LOST, failed.failure().orElseThrow().fault());
        assertEquals(3, failed.attempts());
        for (int n = 0; n < 4; n++) last.queue().note(done(last.queue().claim(1, true)));
        assertEquals(4, last.queue().counts().done());
        assertFalse(last.queue().suspects());
    }

    @Test
    void aLateNoteOfAnEngineThatWasTakenForGoneIsNothing() {
        var first = engine();
        var job = submit(first.queue(), order("a", 1)).get(0);
        var claimed = first.queue().claim(1, false);
        var second = shared() ? engine() : null;
        if (second == null) return;
        second.database().write(connection -> {
            try (var update = connection.createStatement()) {
                return update.executeUpdate("UPDATE engine SET seen = 0 WHERE id = "
                        + first.presence().id());
            }
        });
        assertEquals(1, second.queue().release());
        var again = second.queue().claim(1, true);
        assertEquals(1, again.size());
        first.queue().note(done(claimed));
        assertEquals(
                JobState.WORKING, second.queue().find(job.id()).orElseThrow().state());
        second.queue().note(done(again));
        assertEquals(JobState.DONE, second.queue().find(job.id()).orElseThrow().state());
    }

    @Test
    void workersTakeAllOfItInInOrder() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        try (var intake = new RecordingIntake(seed, 3)) {
            int engines = shared() ? 3 : 1;
            var first = engine();
            for (int n = 0; n < engines; n++) workers(n == 0 ? first : engine(), intake, 2);
            var jobs = new ArrayList<Job>();
            for (int n = 0; n < 400; n++) jobs.addAll(submit(first.queue(), order("i" + random.nextInt(40), n)));
            awaitIdle(first.queue());
            assertEquals(List.of(), intake.violations());
            for (var job : jobs) {
                var ended = first.queue().find(job.id()).orElseThrow();
                assertEquals(JobState.DONE, ended.state());
                assertEquals(1, ended.attempts());
            }
            assertEquals(400, intake.versions());
        }
    }

    @Test
    void aServiceThatIsDownIsWaitedForAndARefusalIsNot() throws Exception {
        try (var intake = new RecordingIntake(1, 0)) {
            var engine = engine();
            intake.failWith(new ServiceUnavailableException("the archive is down"));
            var waits = submit(engine.queue(), order("a", 1)).get(0);
            var workers = workers(engine, intake, 2);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (engine.database().<Integer>read("SELECT MAX(pauses) FROM job", row -> row.next() ? row.getInt(1) : 0)
                    < 1) {
                assertTrue(System.nanoTime() < end, "it was never tried");
                Thread.sleep(10);
            }
            assertEquals(
                    JobState.QUEUED,
                    engine.queue().find(waits.id()).orElseThrow().state());
            intake.failWith(null);
            pastIsPresent(engine);
            workers.wake();
            awaitIdle(engine.queue());
            var done = engine.queue().find(waits.id()).orElseThrow();
            assertEquals(JobState.DONE, done.state());
            assertEquals(1, done.attempts());
            intake.failWith(new IllegalArgumentException("no such thing"));
            var refused = submit(engine.queue(), order("b", 2)).get(0);
            awaitIdle(engine.queue());
            var failure =
                    engine.queue().find(refused.id()).orElseThrow().failure().orElseThrow();
            assertEquals(new Job.Failure(JobFault.REFUSED, "no such thing"), failure);
        }
    }

    @Test
    void aNewItemWhoseIdIsTakenFails() throws Exception {
        try (var intake = new RecordingIntake(1, 0)) {
            var engine = engine();
            var one = submit(engine.queue(), isNew(order("a", 1))).get(0);
            var two = submit(engine.queue(), isNew(order("a", 2))).get(0);
            workers(engine, intake, 1);
            awaitIdle(engine.queue());
            assertEquals(
                    JobState.DONE, engine.queue().find(one.id()).orElseThrow().state());
            assertEquals(
                    JobFault.TAKEN,
                    engine.queue()
                            .find(two.id())
                            .orElseThrow()
                            .failure()
                            .orElseThrow()
                            .fault());
        }
    }

    static JobOrder isNew(JobOrder order) {
        return new JobOrder(order.submission(), true, order.owner(), order.agent());
    }

    /** With the real intake and archive. */
    @Test
    void aJobThatIsDoneTwiceMakesNoSecondVersion() throws Exception {
        var root = folder.resolve("archive");
        try (var archive = OcflArchive.open(root);
                var log = SqlChangeLog.open(root.resolve("log.sqlite"));
                var extractor = Extractor.open(new Extractor.Limits(
                        Path.of(System.getProperty("thocam.root")).resolve("ingest/tika/target/lib-tika"),
                        root.resolve("tika"),
                        "java",
                        1,
                        10,
                        "128m",
                        100_000,
                        ""));
                var depositor = new Depositor(
                        archive,
                        () -> log,
                        new ChangeClock(Clock.systemUTC(), log.lastAt()),
                        extractor,
                        1,
                        root.resolve("incoming"),
                        fresh -> {})) {
            var first = engine();
            submit(first.queue(), order("a", 1), isNew(order("b", 2)));
            for (var claimed : first.queue().claim(10, false)) {
                var order = Order.read(claimed.record(), claimed.id());
                var submission = new Submission(order.item(), order.text(), List.of(), claimed.place());
                var basis = claimed.isNew() ? Optional.of(Version.NONE) : Optional.<Version>empty();
                assertEquals(
                        "ok", depositor.take(submission, basis, "tester").join().state());
            }
            bury(first);
            var next = engine();
            try (var workers = Workers.start(
                    next.queue(), depositor, archive::head, new Workers.Settings(1, folder.resolve("work")))) {
                awaitIdle(next.queue());
                workers.wake();
            }
            for (var job : next.queue().list(Optional.empty(), Optional.empty(), Optional.empty(), 10)) {
                assertEquals(JobState.DONE, job.state(), job.toString());
                assertEquals(2, job.attempts());
                assertEquals("unchanged", job.receipt().orElseThrow().state());
                assertEquals(1, archive.versions(job.item()).size());
            }
        }
    }

    /** Engines that hand in, claim, work, note and die, in any order. */
    @Test
    void everyJobEndsOnceAndThoseOfAnItemInTheirOrder() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var taken = new HashMap<String, Integer>();
        var engines = new ArrayList<Engine>();
        var claims = new ArrayList<Map<Claimed, Outcome>>();
        var ended = new HashSet<String>();
        int most = shared() ? 3 : 1;
        int submitted = 0;
        for (int step = 0; step < 400 || submitted < 0; step++) {
            while (engines.size() < most) {
                engines.add(engine());
                claims.add(new LinkedHashMap<>());
            }
            int who = random.nextInt(engines.size());
            var queue = engines.get(who).queue();
            var mine = claims.get(who);
            switch (random.nextInt(step < 300 ? 12 : 10)) {
                case 0, 1, 2 -> submit(queue, order("i" + random.nextInt(8), submitted++));
                case 3, 4, 5 -> {
                    for (var job : queue.claim(1 + random.nextInt(4), random.nextInt(3) == 0)) mine.put(job, null);
                }
                case 6, 7 -> {
                    for (var entry : mine.entrySet())
                        if (entry.getValue() == null && random.nextBoolean())
                            entry.setValue(work(entry.getKey(), taken));
                }
                case 8, 9 -> {
                    mine.entrySet().removeIf(entry -> {
                        if (entry.getValue() == null) return false;
                        queue.note(Map.of(entry.getKey(), entry.getValue()));
                        if (entry.getValue() instanceof Outcome.Done)
                            assertTrue(ended.add(entry.getKey().id()), "ended twice");
                        return true;
                    });
                }
                default -> {
                    if (random.nextInt(4) > 0) break;
                    bury(engines.remove(who));
                    claims.remove(who);
                    if (!engines.isEmpty()) engines.get(0).queue().release();
                }
            }
            pastIsPresent(engines.isEmpty() ? engine() : engines.get(0));
            noItemTwice(claims);
        }
        engines.forEach(this::bury);
        var last = engine();
        for (boolean more = true; more; ) {
            pastIsPresent(last);
            var claimed = new ArrayList<>(last.queue().claim(10, false));
            claimed.addAll(last.queue().claim(1, true));
            var outcomes = new LinkedHashMap<Claimed, Outcome>();
            for (var job : claimed) {
                outcomes.put(job, new Outcome.Done(receipt(job, taken)));
                assertTrue(ended.add(job.id()), "ended twice");
            }
            last.queue().note(outcomes);
            more = !claimed.isEmpty();
        }
        var counts = last.queue().counts();
        assertTrue(counts.idle(), counts.toString());
        assertEquals(submitted, counts.done() + counts.failed());
        assertEquals(ended.size(), counts.done());
        for (var job : last.queue().list(Optional.empty(), Optional.of(JobState.FAILED), Optional.empty(), 1000)) {
            assertEquals(JobFault.LOST, job.failure().orElseThrow().fault());
            assertEquals(3, job.attempts());
        }
    }

    private static Outcome work(Claimed job, Map<String, Integer> taken) {
        var receipt = receipt(job, taken);
        return job.seq() % 5 == 0 && job.pauses() < 2 ? new Outcome.Later("down", true) : new Outcome.Done(receipt);
    }

    private static Receipt receipt(Claimed job, Map<String, Integer> taken) {
        var id = Order.read(job.record(), job.id()).item().id();
        int number = Integer.parseInt(job.place().replaceFirst(".*#", ""));
        var before = taken.put(id.value(), number);
        assertTrue(before == null || before <= number, "#" + number + " of " + id + " after #" + before);
        return new Receipt(job.place(), id, new Version(1), "ok", "");
    }

    private static void noItemTwice(List<Map<Claimed, Outcome>> claims) {
        var items = new HashSet<ItemId>();
        for (var mine : claims)
            for (var job : mine.keySet()) {
                var id = Order.read(job.record(), job.id()).item().id();
                assertTrue(items.add(id), id + " is worked on twice");
            }
    }
}
