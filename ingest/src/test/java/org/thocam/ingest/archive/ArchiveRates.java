package org.thocam.ingest.archive;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.thocam.ingest.Samples;
import org.thocam.ontology.Archive;
import org.thocam.ontology.Content;
import org.thocam.ontology.Deposit;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Version;
import org.thocam.services.FedoraService;
import org.thocam.services.PostgresService;

/**
 * How many items and small binaries a second each archive takes: {@code ArchiveRates FOLDER [ITEMS [ROUNDS [postgres]]]}, with {@code thocam.root}
 * set; Fedora's index is in H2, or in PostgreSQL. The
 * yardstick is Fedora itself, one binary of 2 KiB after the other in requests of their own. All in turn, in every round.
 */
final class ArchiveRates {
    private static final Instant AT = Instant.parse("2026-11-21T08:09:10.123456Z");
    private static final Random RANDOM = new Random(1);
    private static int count;

    private ArchiveRates() {}

    private interface Job {
        /** @return binaries that were kept */
        int run() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        var folder = Files.createTempDirectory(Path.of(args[0]), "archive-rates");
        int items = args.length > 1 ? Integer.parseInt(args[1]) : 60;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
        var root = Path.of(System.getProperty("thocam.root"));
        boolean postgres = args.length > 3 && args[3].equals("postgres");
        try (var database = PostgresService.in(root, folder.resolve("postgres"), 0);
                var fedora = new FedoraService(root, folder.resolve("fedora"), 0, "1g")) {
            if (postgres) {
                database.start();
                fedora.with("fcrepo.db.url", database.databaseFor("fcrepo"))
                        .with("fcrepo.db.user", database.user())
                        .with("fcrepo.db.password", database.password());
            }
            System.out.println("Fedora's index is in " + (postgres ? "PostgreSQL" : "H2"));
            long start = System.nanoTime();
            fedora.start();
            System.out.printf("Fedora is up after %.1f s%n", (System.nanoTime() - start) / 1e9);
            try (var ocfl = OcflArchive.open(folder.resolve("home"));
                    var fcrepo = FcrepoArchive.open(
                            new FcrepoArchive.Settings(fedora.address(), FedoraService.USER, FedoraService.PASSWORD))) {
                Map<String, Job> jobs = new LinkedHashMap<>();
                jobs.put("Fedora alone, binary by binary", () -> alone(fedora, items));
                jobs.put("Fedora, items of 3 files, one by one", () -> deposits(fcrepo, items, 2, 1));
                jobs.put(
                        "Fedora, items of 3 files, " + fcrepo.atOnce() + " at once",
                        () -> deposits(fcrepo, items, 2, fcrepo.atOnce()));
                jobs.put(
                        "Fedora, items of 51 files, " + fcrepo.atOnce() + " at once",
                        () -> deposits(fcrepo, Math.max(8, items / 8), 50, fcrepo.atOnce()));
                jobs.put(
                        "OCFL, items of 3 files, " + ocfl.atOnce() + " at once",
                        () -> deposits(ocfl, items, 2, ocfl.atOnce()));
                measure(jobs, rounds);
            }
        }
    }

    private static void measure(Map<String, Job> jobs, int rounds) throws Exception {
        var rates = new LinkedHashMap<String, double[]>();
        jobs.keySet().forEach(name -> rates.put(name, new double[rounds]));
        for (int round = -1; round < rounds; round++)
            for (var job : jobs.entrySet()) {
                long start = System.nanoTime();
                int binaries = job.getValue().run();
                if (round >= 0) rates.get(job.getKey())[round] = binaries * 1e9 / (System.nanoTime() - start);
            }
        var yardstick = rates.values().iterator().next();
        System.out.printf(
                "load %.1f; the first round warmed up%n",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        rates.forEach((name, each) -> {
            var ratios = new double[each.length];
            for (int i = 0; i < each.length; i++) ratios[i] = each[i] / yardstick[i];
            System.out.printf(
                    "%-45s %7.1f binaries/s (%.1f to %.1f), %5.2f times the yardstick%n",
                    name,
                    median(each),
                    Arrays.stream(each).min().orElse(0),
                    Arrays.stream(each).max().orElse(0),
                    median(ratios));
        });
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static byte[] small() {
        var bytes = new byte[2048];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static int alone(FedoraService fedora, int binaries) throws Exception {
        var http = HttpClient.newHttpClient();
        var token = Base64.getEncoder()
                .encodeToString((FedoraService.USER + ":" + FedoraService.PASSWORD).getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < binaries; i++) {
            var bytes = small();
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(fedora.address() + "/alone/b" + count++))
                            .header("Authorization", "Basic " + token)
                            .header("Content-Type", "application/octet-stream")
                            .header(
                                    "Digest",
                                    "sha-512=" + Digests.hex(Digests.sha512().digest(bytes)))
                            .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            if (answer.statusCode() != 201) throw new IllegalStateException("status " + answer.statusCode());
        }
        return binaries;
    }

    private static int deposits(Archive archive, int items, int files, int atOnce) throws Exception {
        var pool = Executors.newFixedThreadPool(atOnce);
        try {
            List<Callable<Version>> tasks = new ArrayList<>();
            var ids = new ArrayList<ItemId>();
            for (int i = 0; i < items; i++) {
                var contents = new HashMap<String, Content>();
                for (int f = 0; f < files; f++) contents.put("files/" + f + ".bin", new Content.OfBytes(small()));
                var item = Samples.item("rate-" + count++, "Khèn");
                ids.add(item.id());
                tasks.add(() -> archive.deposit(new Deposit(item, Version.NONE, AT, "tester", contents)));
            }
            for (var done : pool.invokeAll(tasks)) done.get();
            archive.flush(ids);
            return items * (files + 1);
        } finally {
            pool.shutdown();
        }
    }
}
