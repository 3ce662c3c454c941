package org.thocam.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.thocam.ingest.queue.SqlJobQueue;
import org.thocam.ingest.queue.Workers;
import org.thocam.ontology.Access;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Submission;
import org.thocam.ontology.queue.JobOrder;

/**
 * Ingest through the queue with 1, 2 and 4 workers beside ingest without it, in turn, in one engine, until all is durable. The stores
 * are those that {@code THOCAM_*} variables name: files of a new home, or Fedora and PostgreSQL. Arguments: items, rounds, folder.
 */
final class QueueBenchmark {
    private static final int[] WORKERS = {0, 1, 2, 4};

    private QueueBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int items = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        var work = Files.createTempDirectory(Path.of(arguments.length > 2 ? arguments[2] : "/tmp"), "thocam-queue-");
        var home = new Home(work.resolve("home"));
        var lock = HomeLock.acquire(home, "bench").orElseThrow();
        var run = Long.toString(System.currentTimeMillis(), 36);
        double[][] rates = new double[WORKERS.length][rounds];
        double[] handingIn = new double[rounds];
        try (lock;
                var engine = Engine.open(home, Configuration.read(home, System.getenv()), Installation.here())) {
            System.out.printf("%d items, %d rounds, load %s%n", items, rounds, load());
            for (int round = -1; round < rounds; round++) {
                for (int n = 0; n < WORKERS.length; n++) {
                    var ids = run + "-" + (round + 1) + "-" + WORKERS[n] + "-";
                    // the round before the first warms up
                    int many = round < 0 ? Math.min(200, items) : items;
                    double seconds;
                    if (WORKERS[n] == 0) seconds = direct(engine, ids, many);
                    else {
                        double first = handedIn(engine, ids, many);
                        if (round >= 0) handingIn[round] = many / first;
                        seconds = queued(engine, WORKERS[n], work.resolve("spool"));
                    }
                    engine.await(Duration.ofMinutes(30));
                    if (round < 0) continue;
                    rates[n][round] = many / seconds;
                    System.out.printf(
                            Locale.ROOT,
                            "round %d, %s: %.0f items/s, load %s%n",
                            round + 1,
                            WORKERS[n] == 0 ? "without a queue" : WORKERS[n] + " workers",
                            many / seconds,
                            load());
                }
            }
        }
        double one = median(rates[1]);
        System.out.printf(
                Locale.ROOT,
                "median: handed in %.0f/s; without a queue %.0f/s; 1 worker %.0f/s; 2 workers %.0f/s (%.2f of 1); 4 workers %.0f/s (%.2f of 1); 1 worker is %.2f of no queue%n",
                median(handingIn),
                median(rates[0]),
                one,
                median(rates[2]),
                median(rates[2]) / one,
                median(rates[3]),
                median(rates[3]) / one,
                one / median(rates[0]));
        Generation.remove(work);
    }

    private static double direct(Engine engine, String ids, int items) {
        long started = System.nanoTime();
        var all = new ArrayList<CompletableFuture<?>>();
        for (int n = 0; n < items; n++) all.add(engine.intake().take(submission(ids + n), Optional.empty(), "bench"));
        all.forEach(CompletableFuture::join);
        return (System.nanoTime() - started) / 1e9;
    }

    private static double handedIn(Engine engine, String ids, int items) {
        long started = System.nanoTime();
        for (int n = 0; n < items; n += 100) {
            var orders = new ArrayList<JobOrder>();
            for (int m = n; m < Math.min(items, n + 100); m++)
                orders.add(new JobOrder(submission(ids + m), false, "bench", "bench"));
            engine.jobs().submit(orders);
        }
        return (System.nanoTime() - started) / 1e9;
    }

    private static double queued(Engine engine, int workers, Path folder) throws Exception {
        var queue = (SqlJobQueue) engine.jobs();
        long started = System.nanoTime();
        try (var working =
                Workers.start(queue, engine.intake(), engine.archive()::head, new Workers.Settings(workers, folder))) {
            while (!queue.counts().idle()) Thread.sleep(10);
            double seconds = (System.nanoTime() - started) / 1e9;
            working.wake();
            return seconds;
        }
    }

    private static Submission submission(String id) {
        var item = new Item(
                new ItemId(id),
                LanguageMap.of(new LanguageTag("vi"), "Bài " + id),
                "Text",
                List.of(new LanguageTag("vi")),
                LanguageMap.EMPTY,
                List.of("Người kể"),
                "1975",
                List.of("EG03"),
                Optional.empty(),
                "CC0-1.0",
                Access.OPEN,
                List.of(),
                List.of(),
                List.of(),
                "",
                "");
        return new Submission(
                item, Optional.of((id + " tiếng khèn Mông trên núi cao. ").repeat(40)), List.of(), "bench#" + id);
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static String load() throws java.io.IOException {
        var file = Path.of("/proc/loadavg");
        return Files.exists(file) ? Files.readString(file).split(" ")[0] : "?";
    }
}
