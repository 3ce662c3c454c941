package org.thocam.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.apache.jena.query.ReadWrite;
import org.apache.jena.tdb2.TDB2Factory;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.thocam.index.analysis.TextAnalyzer;
import org.thocam.ontology.Access;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Receipt;
import org.thocam.ontology.Submission;
import org.thocam.ontology.Version;
import org.thocam.ontology.graph.KnowledgeGraph;

/**
 * Rows P2, P9 and P11 of the benchmark suite: ours against the sum of its raw parts, each run alone in the same process, in turn.
 * Prints ratios; the times beside them say only where they come from. Run by {@code docs/benchmarks/spine.sh}.
 */
final class SpineBenchmark {
    private static final int TEXT = 4300;

    private SpineBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int items = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        var work = Files.createTempDirectory(Path.of(arguments.length > 2 ? arguments[2] : "/tmp"), "thocam-bench-");
        System.out.printf(
                "%d items of %d characters, %d rounds, heap %d MiB, load %s%n",
                items, TEXT, rounds, Runtime.getRuntime().maxMemory() >> 20, load());
        if (rounds == 0) {
            memory(items, work);
            return;
        }
        double[] ratios = new double[rounds];
        double[] acknowledged = new double[rounds];
        double[] seen = new double[rounds];
        double[] rebuilt = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            double parts = parts(items, work.resolve("parts" + round), round);
            var ours = ours(items, work.resolve("ours" + round), round);
            ratios[round] = parts / ours[1];
            acknowledged[round] = items / ours[0];
            seen[round] = items / ours[1];
            rebuilt[round] = items / ours[2];
            System.out.printf(
                    Locale.ROOT,
                    "round %d: parts alone %.1f s; ours durable %.1f s (%.0f/s), shown %.1f s (%.0f/s): ratio %.2f; rebuild %.1f s (%.0f/s); load %s%n",
                    round + 1,
                    parts,
                    ours[0],
                    acknowledged[round],
                    ours[1],
                    seen[round],
                    ratios[round],
                    ours[2],
                    rebuilt[round],
                    load());
        }
        System.out.printf(
                Locale.ROOT,
                "median: durable %.0f/s, shown %.0f/s, %.2f of the raw parts run alone one after the other (spread %.2f to %.2f); rebuild %.0f/s%n",
                median(acknowledged),
                median(seen),
                median(ratios),
                Arrays.stream(ratios).min().orElse(0),
                Arrays.stream(ratios).max().orElse(0),
                median(rebuilt));
        Generation.remove(work);
    }

    /** P11: the heap after a collection, while the number of items grows. */
    private static void memory(int items, Path work) throws Exception {
        var home = new Home(work.resolve("home"));
        var lock = HomeLock.acquire(home, "bench").orElseThrow();
        try (var engine = Engine.open(home, Configuration.read(home, Map.of()), Installation.here())) {
            int step = Math.max(1, items / 10);
            for (int done = 0; done < items; done += step) {
                long started = System.nanoTime();
                ingest(engine, done, Math.min(items, done + step), 7);
                engine.await(Duration.ofMinutes(30));
                double seconds = (System.nanoTime() - started) / 1e9;
                System.gc();
                long heap = Runtime.getRuntime().totalMemory()
                        - Runtime.getRuntime().freeMemory();
                System.out.printf(
                        Locale.ROOT,
                        "%7d items: heap after collection %d MiB, %.0f items/s shown, load %s%n",
                        done + step,
                        heap >> 20,
                        step / seconds,
                        load());
            }
            var random = new Random(3);
            int found = 0;
            long started = System.nanoTime();
            for (int n = 0; n < 200; n++) {
                var request = new org.thocam.index.search.SearchRequest(
                        "u" + random.nextInt(items),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        org.thocam.index.search.SearchRequest.Sort.RELEVANCE,
                        10,
                        Optional.empty(),
                        false,
                        false);
                found += engine.index()
                                        .search(request, org.thocam.ontology.Viewer.ANYBODY, java.time.Instant.now())
                                        .total()
                                == 1
                        ? 1
                        : 0;
            }
            System.out.printf(
                    Locale.ROOT,
                    "200 searches for one item each: %d found it, %.1f ms each%n",
                    found,
                    (System.nanoTime() - started) / 2e8);
        }
        lock.close();
        Generation.remove(work);
    }

    private static double[] ours(int items, Path folder, int seed) throws Exception {
        var home = new Home(folder);
        var lock = HomeLock.acquire(home, "bench").orElseThrow();
        try (var engine = Engine.open(home, Configuration.read(home, Map.of()), Installation.here())) {
            engine.await(Duration.ofMinutes(2));
            long started = System.nanoTime();
            ingest(engine, 0, items, seed);
            double durable = (System.nanoTime() - started) / 1e9;
            if (!engine.await(Duration.ofMinutes(30))) throw new IllegalStateException(engine.faults());
            double shown = (System.nanoTime() - started) / 1e9;
            if (engine.index().size() != items)
                throw new IllegalStateException(
                        "the index has " + engine.index().size() + " of " + items);
            started = System.nanoTime();
            engine.rebuild(n -> {});
            double rebuild = (System.nanoTime() - started) / 1e9;
            if (engine.index().size() != items)
                throw new IllegalStateException(
                        "the rebuilt index has " + engine.index().size() + " of " + items);
            return new double[] {durable, shown, rebuild};
        } finally {
            lock.close();
        }
    }

    private static void ingest(Engine engine, int from, int to, int seed) {
        var last = new ArrayList<CompletableFuture<Receipt>>();
        for (int n = from; n < to; n++) {
            last.add(engine.intake()
                    .take(
                            new Submission(item(n), Optional.of(text(n, seed)), List.of(), "generated#" + n),
                            Optional.empty(),
                            "bench"));
            if (last.size() == 2000) {
                last.forEach(CompletableFuture::join);
                last.clear();
            }
        }
        last.forEach(CompletableFuture::join);
    }

    /** Each part does only its own work, on the same items, with nothing else running. */
    private static double parts(int items, Path folder, int seed) throws Exception {
        Files.createDirectories(folder);
        var graph = KnowledgeGraph.open(folder.resolve("describe"), java.net.URI.create("http://thocam.example.vn/"));
        double ocfl = timed("ocfl-java, 2 files an object, sha512", () -> {
            var root = Files.createDirectories(folder.resolve("ocfl"));
            var repository = new io.ocfl.core.OcflRepositoryBuilder()
                    .defaultLayoutConfig(new io.ocfl.core.extension.storage.layout.config.HashedNTupleLayoutConfig())
                    .storage(storage -> storage.fileSystem(root))
                    .workDir(Files.createDirectories(folder.resolve("work")))
                    .build();
            for (int n = 0; n < items; n++) {
                var text = text(n, seed).getBytes(StandardCharsets.UTF_8);
                var description = org.thocam.ontology.ItemJson.stored(item(n));
                repository.updateObject(
                        io.ocfl.api.model.ObjectVersionId.head("u" + n),
                        new io.ocfl.api.model.VersionInfo(),
                        object -> {
                            object.writeFile(new ByteArrayInputStream(description), "item.json");
                            object.writeFile(new ByteArrayInputStream(text), "text.txt");
                        });
            }
            repository.close();
            return null;
        });
        double append = timed("append and fdatasync, 32 together", () -> {
            try (var channel =
                    FileChannel.open(folder.resolve("log"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                for (int n = 0; n < items; n++) {
                    channel.write(ByteBuffer.wrap(text(n, seed).getBytes(StandardCharsets.UTF_8)));
                    if (n % 32 == 31) channel.force(false);
                }
                channel.force(false);
            }
            return null;
        });
        double lucene = timed("Lucene, our analyzer, stored", () -> {
            var configuration = new IndexWriterConfig(new TextAnalyzer()).setRAMBufferSizeMB(48);
            try (var directory = FSDirectory.open(folder.resolve("lucene"));
                    var writer = new IndexWriter(directory, configuration)) {
                for (int n = 0; n < items; n++) {
                    var text = text(n, seed);
                    var document = new Document();
                    document.add(new StringField("id", "u" + n, Field.Store.YES));
                    document.add(new TextField("text", text, Field.Store.YES));
                    writer.addDocument(document);
                    if (n % 500 == 499) writer.commit();
                }
                writer.commit();
            }
            return null;
        });
        double tdb = timed("TDB2, the same triples, 500 items a transaction", () -> {
            var dataset = TDB2Factory.connectDataset(folder.resolve("tdb").toString());
            for (int start = 0; start < items; start += 500) {
                dataset.begin(ReadWrite.WRITE);
                for (int n = start; n < Math.min(items, start + 500); n++)
                    dataset.addNamedModel("http://thocam.example.vn/id/u" + n, graph.describe(item(n), new Version(1)));
                dataset.commit();
                dataset.end();
            }
            dataset.close();
            return null;
        });
        graph.close();
        return ocfl + append + lucene + tdb;
    }

    private static double timed(String what, Callable<Void> work) throws Exception {
        long started = System.nanoTime();
        work.call();
        double seconds = (System.nanoTime() - started) / 1e9;
        System.out.printf(Locale.ROOT, "  alone: %-50s %.1f s%n", what, seconds);
        return seconds;
    }

    private static Item item(int n) {
        return new Item(
                new ItemId("u" + n),
                LanguageMap.of(new LanguageTag("vi"), "Bài số u" + n),
                "Text",
                List.of(new LanguageTag("vi")),
                LanguageMap.EMPTY,
                List.of("Người kể " + n % 97),
                String.valueOf(1950 + n % 70),
                List.of(String.format(Locale.ROOT, "EG%02d", 1 + n % 54)),
                Optional.of(new org.thocam.ontology.Place("Nơi " + n % 700, 9 + n % 14 + 0.5, 103 + n % 6 + 0.5)),
                "CC0-1.0",
                Access.OPEN,
                List.of("set:" + n % 20),
                List.of(),
                List.of(),
                "",
                "");
    }

    /** Made of syllables by rank (Zipf), a new word now and then, and one word that no other item has; from (seed, n) alone. */
    private static String text(int n, int seed) {
        var random = new Random(31L * n + seed);
        var text = new StringBuilder(TEXT + 40).append('u').append(n).append(' ');
        while (text.length() < TEXT) {
            int rank = (int) Math.exp(random.nextDouble() * Math.log(6000));
            text.append(syllable(rank)).append(random.nextInt(12) == 0 ? ". " : " ");
            if (random.nextInt(400) == 0)
                text.append(syllable(6000 + random.nextInt(1 << 20)))
                        .append(syllable(random.nextInt(6000)))
                        .append(' ');
        }
        return text.toString();
    }

    private static final String[] ONSETS =
            "b c ch d đ g gh gi h k kh l m n ng nh p ph qu r s t th tr v x ꪀ ꪁ ꪋ ꪙ ꪒ ꪕ ខ ម ស ទ ꨆ ꨇ ꨌ".split(" ");
    private static final String[] RIMES =
            "a á à ả ã ạ ăn ấm ầu ẩm ẫu ậy e é è ẻ en ền ễn ệt i í ì inh ình ính o ó ò ong óng ông ống ội ổ ơi ớp u ú ù ung ươi ường ượt y ꪱ ꪲ ꪴ ꪮ ា ី ុ ꨩ ꨪ"
                    .split(" ");

    private static String syllable(int rank) {
        return ONSETS[rank % ONSETS.length]
                + RIMES[rank / ONSETS.length % RIMES.length]
                + (rank >= ONSETS.length * RIMES.length ? Integer.toString(rank, 36) : "");
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static String load() throws IOException {
        var file = Path.of("/proc/loadavg");
        return Files.exists(file) ? Files.readString(file).split(" ")[0] : "?";
    }
}
