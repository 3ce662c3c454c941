package org.thocam.ontology.graph;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.TxnType;
import org.apache.jena.sparql.exec.QueryExec;
import org.thocam.ontology.Access;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Place;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.TextState;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;
import org.thocam.services.FusekiService;

/**
 * TDB2 in this process beside a Fuseki in its own, on the same items, in turn. Arguments: how many items, a folder for the stores. One item
 * in a hundred is hidden from whoever asks. Beside the remote store's times stand those of its first request alone, which asks what the
 * viewer may see.
 */
final class StoresBenchmark {
    private static final URI BASE = URI.create("http://library.example/");
    private static final int BATCH = 1_000;
    private static final int QUESTIONS = 500;

    private StoresBenchmark() {}

    public static void main(String[] args) throws Exception {
        int items = Integer.parseInt(args[0]);
        var dir = Path.of(args[1]);
        var root = Path.of(System.getProperty("thocam.root"));
        try (var fuseki = FusekiService.in(root, dir.resolve("fuseki"), 0)) {
            fuseki.start();
            try (var here = TdbGraph.in(dir.resolve("tdb"), BASE, PartGraphs.NONE);
                    var there = RemoteGraph.open(Stores.settings(fuseki), BASE, "bench", PartGraphs.NONE)) {
                bring(here, there, items);
                change(here, there, items);
                ask(here, there, items);
            }
        }
        System.exit(0);
    }

    private static Item item(int n, int edition) {
        Access access = n % 100 == 0 ? new Access.Restricted(List.of("thai")) : Access.OPEN;
        return new Item(
                new ItemId("made-" + n),
                LanguageMap.of(new LanguageTag("vi"), "Bản ghi số " + n + (edition > 1 ? ", sửa " + edition : "")),
                "Text",
                List.of(new LanguageTag("blt-Tavt")),
                LanguageMap.of(LanguageTag.UNDETERMINED, "about " + n),
                List.of("Lò Văn " + n % 500),
                String.valueOf(1950 + n % 70),
                List.of("EG" + n % 54),
                Optional.of(new Place("Xã " + n % 700, 21 + n % 100 / 100.0, 103.0)),
                "",
                access,
                List.of("set:" + n % (1 + n / 50 % 1000)),
                List.of(new Bitstream("a.txt", "text/plain", 12, "9f86d081", TextState.OK, "")),
                List.of("MS " + n),
                "",
                "");
    }

    private static List<Snapshot> batch(int from, int to, int edition) {
        var batch = new ArrayList<Snapshot>();
        for (int n = from; n < to; n++) batch.add(Made.shown(edition, item(n, edition)));
        return batch;
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static void bring(KnowledgeGraph here, KnowledgeGraph there, int items) {
        double ours = 0;
        double theirs = 0;
        for (int from = 0; from < items; from += BATCH) {
            var batch = batch(from, Math.min(items, from + BATCH), 1);
            var mark = new Watermark("g", from + batch.size());
            ours += seconds(() -> here.apply(batch, mark));
            theirs += seconds(() -> there.apply(batch, mark));
        }
        long triples = here.triples();
        if (triples != there.triples()) throw new IllegalStateException(triples + " and " + there.triples());
        System.out.printf(
                Locale.ROOT,
                "%,d items, %,d triples, %d a batch: in process %,.0f triples/s, remote %,.0f triples/s; ratio %.2f%n",
                items,
                triples,
                BATCH,
                triples / ours,
                triples / theirs,
                ours / theirs);
    }

    private static void change(KnowledgeGraph here, KnowledgeGraph there, int items) {
        double ours = 0;
        double theirs = 0;
        int changed = Math.min(items, 5_000);
        for (int from = 0; from < changed; from += BATCH) {
            var batch = batch(from, Math.min(changed, from + BATCH), 2);
            var mark = new Watermark("g", items + from + batch.size());
            ours += seconds(() -> here.apply(batch, mark));
            theirs += seconds(() -> there.apply(batch, mark));
        }
        System.out.printf(
                Locale.ROOT,
                "changed items: in process %,.0f/s, remote %,.0f/s; ratio %.2f%n",
                changed / ours,
                changed / theirs,
                ours / theirs);
    }

    private record Question(String name, IntFunction<String> text) {}

    private static void ask(KnowledgeGraph here, KnowledgeGraph there, int items) {
        var prefix = "PREFIX dcterms: <http://purl.org/dc/terms/> ";
        for (var question : List.of(
                new Question("point", n -> "SELECT ?p ?o { <" + BASE + "id/made-" + n + "> ?p ?o }"),
                new Question(
                        "two hops",
                        n -> prefix + "SELECT ?x ?t { <" + BASE + "id/made-" + n
                                + "> dcterms:isPartOf ?s . ?x dcterms:isPartOf ?s ; dcterms:title ?t } LIMIT 50"),
                new Question(
                        "count",
                        n -> prefix + "SELECT (COUNT(*) AS ?n) { ?x dcterms:subject <" + BASE + "id/EG" + n % 54
                                + "> ; dcterms:date '" + (1950 + n % 70) + "' }"))) {
            var ours = new double[QUESTIONS];
            var theirs = new double[QUESTIONS];
            var first = new double[QUESTIONS];
            var random = new Random(7);
            for (int i = -QUESTIONS / 2; i < QUESTIONS; i++) {
                int n = random.nextInt(items);
                var text = question.text.apply(n % 100 == 0 ? n + 1 : n);
                double a = 1000 * seconds(() -> inProcess(here, text));
                double b = 1000 * seconds(() -> remote(there, text));
                double c = 1000 * seconds(there::watermark);
                if (i < 0) continue; // warming up
                ours[i] = a;
                theirs[i] = b;
                first[i] = c;
            }
            System.out.printf(
                    Locale.ROOT,
                    "%s, ms: in process %s; remote %s, of it %s for what the viewer may see; at p50 remote is %.2f times%n",
                    question.name,
                    shown(ours),
                    shown(theirs),
                    shown(first),
                    at(theirs, 0.5) / at(ours, 0.5));
        }
    }

    private static void inProcess(KnowledgeGraph graph, String text) {
        var visible = graph.visibleTo(Viewer.ANYBODY, Instant.now());
        visible.begin(TxnType.READ);
        try (var query =
                QueryExec.dataset(visible).query(QueryFactory.create(text)).build()) {
            query.select().forEachRemaining(row -> {});
        } finally {
            visible.end();
        }
    }

    private static void remote(KnowledgeGraph graph, String text) {
        var visible = graph.visibleTo(Viewer.ANYBODY, Instant.now());
        var store = (AnsweredElsewhere) visible;
        store.within(Duration.ofSeconds(60));
        visible.begin(TxnType.READ);
        try {
            store.select(QueryFactory.create(text)).forEachRemaining(row -> {});
        } finally {
            visible.end();
        }
    }

    private static double at(double[] times, double share) {
        var sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[(int) (share * (sorted.length - 1))];
    }

    private static String shown(double[] times) {
        return String.format(Locale.ROOT, "p50 %.2f, p95 %.2f", at(times, 0.5), at(times, 0.95));
    }
}
