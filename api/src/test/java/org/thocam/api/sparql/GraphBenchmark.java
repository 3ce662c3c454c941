package org.thocam.api.sparql;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import org.apache.jena.dboe.base.file.Location;
import org.apache.jena.fuseki.main.FusekiServer;
import org.apache.jena.graph.Node;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.TxnType;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.exec.QueryExec;
import org.apache.jena.tdb2.DatabaseMgr;
import org.apache.jena.tdb2.TDB2;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.thocam.ontology.Access;
import org.thocam.ontology.Change;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Version;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;
import org.thocam.ontology.graph.KnowledgeGraph;

/**
 * The graph beside raw TDB2 in process and beside Fuseki alone on the same store: how fast items come in, and what a query costs, asked
 * in turn. Arguments: a file of made records (docs/benchmarks/made_items.py), a folder for the stores, rounds. One item in a hundred is
 * hidden; ours is asked by somebody who may not see it, the others see everything.
 */
final class GraphBenchmark {
    private static final String BASE = "http://library.example/";
    private static final int BATCH = 1000;
    private static final int QUESTIONS = 400;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private GraphBenchmark() {}

    public static void main(String[] args) throws Exception {
        var records = Path.of(args[0]);
        var dir = Path.of(args[1]);
        int rounds = Integer.parseInt(args[2]);
        boolean kept = Files.exists(dir.resolve("graph"));
        try (var graph = KnowledgeGraph.open(dir.resolve("graph"), URI.create(BASE))) {
            if (!kept) bring(graph, records, dir);
            System.out.printf(Locale.ROOT, "%,d triples%n", graph.triples());
            ask(graph, dir, rounds);
        }
    }

    private static Snapshot snapshot(String line, int n, long version) {
        var entry = ItemJson.entry(ItemJson.parse(line));
        Access access = n % 100 == 0 ? new Access.Restricted(List.of("thai")) : Access.OPEN;
        var given = entry.item();
        var item = new Item(
                given.id(),
                given.title(),
                given.type(),
                given.languages(),
                given.description(),
                given.creators(),
                given.date(),
                given.people(),
                given.place(),
                given.rights(),
                access,
                given.sets(),
                List.of(),
                given.identifiers(),
                "",
                "");
        var change = new Change(
                n + 1, given.id(), new Version(version), Change.Kind.DEPOSITED, Instant.EPOCH, access, List.of(), "");
        return new Snapshot(change, item.withTerms(given.terms()), entry.text().orElse(""));
    }

    private static void bring(KnowledgeGraph graph, Path records, Path dir) throws IOException {
        var raw = DatabaseMgr.connectDatasetGraph(Location.create(Files.createDirectories(dir.resolve("raw"))));
        var lines = Files.readAllLines(records);
        double ours = 0;
        double theirs = 0;
        long triples = 0;
        for (int from = 0; from < lines.size(); from += BATCH) {
            var batch = new ArrayList<Snapshot>();
            for (int n = from; n < Math.min(lines.size(), from + BATCH); n++) batch.add(snapshot(lines.get(n), n, 1));
            long start = System.nanoTime();
            graph.apply(batch, new Watermark("g", from + batch.size()));
            ours += System.nanoTime() - start;
            // the same triples, made beforehand, written without looking what is there
            var quads = new ArrayList<Quad>();
            for (var one : batch) {
                var name = org.apache.jena.graph.NodeFactory.createURI(
                        BASE + "id/" + one.change().id());
                graph.itemGraph(one.change().id())
                        .find()
                        .forEachRemaining(triple -> quads.add(Quad.create(name, triple)));
            }
            triples += quads.size();
            start = System.nanoTime();
            raw.begin(TxnType.WRITE);
            quads.forEach(raw::add);
            raw.commit();
            raw.end();
            theirs += System.nanoTime() - start;
        }
        System.out.printf(
                Locale.ROOT,
                "%,d items, %,d triples, %d a transaction: %,.0f triples/s; raw TDB2, the same ready made: %,.0f triples/s; ratio %.2f%n",
                lines.size(),
                triples,
                BATCH,
                triples / (ours / 1e9),
                triples / (theirs / 1e9),
                theirs / ours);
        double changing = 0;
        int changed = Math.min(10_000, lines.size());
        var random = new Random(1);
        for (int from = 0; from < changed; from += BATCH) {
            var batch = new ArrayList<Snapshot>();
            for (int i = 0; i < BATCH; i++) {
                int n = random.nextInt(lines.size());
                batch.add(snapshot(lines.get(n), n, 2 + from / BATCH));
            }
            long start = System.nanoTime();
            graph.apply(batch, new Watermark("g", lines.size() + from));
            changing += System.nanoTime() - start;
        }
        System.out.printf(Locale.ROOT, "changed items: %,.0f/s%n", changed / (changing / 1e9));
        long before = size(dir.resolve("graph"));
        long start = System.nanoTime();
        graph.rest();
        System.out.printf(
                Locale.ROOT,
                "on disk %,d MB; after a rest of %.1f s %,d MB%n",
                before >> 20,
                (System.nanoTime() - start) / 1e9,
                size(dir.resolve("graph")) >> 20);
    }

    private static long size(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private record Question(String name, IntFunction<String> text) {}

    private static void ask(KnowledgeGraph graph, Path dir, int rounds) throws Exception {
        var store = DatabaseMgr.connectDatasetGraph(
                Location.create(dir.resolve("graph").toAbsolutePath()));
        int items = (int) count(store);
        var questions = List.of(
                new Question(
                        "point",
                        n -> "SELECT ?p ?o { <" + BASE + "id/made-%06d> ?p ?o }".formatted(n % 100 == 0 ? n + 1 : n)),
                new Question("two hops", n -> ("PREFIX dcterms: <http://purl.org/dc/terms/> SELECT ?x ?t { <" + BASE
                                + "id/made-%06d> dcterms:isPartOf ?s . ?x dcterms:isPartOf ?s ; dcterms:title ?t } LIMIT 50")
                        .formatted(n % 100 == 0 ? n + 1 : n)),
                new Question(
                        "all of a people",
                        n ->
                                "PREFIX dcterms: <http://purl.org/dc/terms/> SELECT (COUNT(*) AS ?n) { ?x dcterms:subject <"
                                        + BASE + "id/EG12> ; dcterms:date '" + (1950 + n % 70) + "' }"));
        var server = ours(graph);
        var fuseki =
                FusekiServer.create().port(0).add("/ds", union(store)).build().start();
        try {
            int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
            for (var question : questions) {
                var raw = new double[rounds * QUESTIONS];
                var alone = new double[rounds * QUESTIONS];
                var mine = new double[rounds * QUESTIONS];
                var random = new Random(7);
                for (int i = -QUESTIONS; i < raw.length; i++) {
                    var text = question.text.apply(random.nextInt(items));
                    double a = time(() -> inProcess(store, text));
                    double b = time(() -> http("http://127.0.0.1:" + fuseki.getPort() + "/ds/query", text));
                    double c = time(() -> http("http://127.0.0.1:" + port + "/sparql", text));
                    if (i < 0) continue; // warming up
                    raw[i] = a;
                    alone[i] = b;
                    mine[i] = c;
                }
                System.out.printf(
                        Locale.ROOT,
                        "%s: raw %s ms; fuseki %s ms; thocam %s ms: raw + %.2f ms at p50, %.2f of fuseki's%n",
                        question.name,
                        shown(raw),
                        shown(alone),
                        shown(mine),
                        at(mine, 0.5) - at(raw, 0.5),
                        at(mine, 0.5) / at(alone, 0.5));
            }
        } finally {
            fuseki.stop();
            server.stop();
        }
    }

    private static DatasetGraph union(DatasetGraph store) {
        store.getContext().set(TDB2.symUnionDefaultGraph, true);
        return store;
    }

    private static long count(DatasetGraph store) {
        store.begin(TxnType.READ);
        try {
            long n = 0;
            var found = store.find(
                    Quad.defaultGraphIRI,
                    Node.ANY,
                    org.apache.jena.graph.NodeFactory.createURI("urn:x-thocam:version"),
                    Node.ANY);
            for (; found.hasNext(); found.next()) n++;
            return n;
        } finally {
            store.end();
        }
    }

    private static Server ours(KnowledgeGraph graph) throws Exception {
        var served = new Server();
        var connector = new ServerConnector(served);
        connector.setHost("127.0.0.1");
        served.addConnector(connector);
        var context = new ServletContextHandler();
        new SparqlDoor(() -> graph, request -> new Viewer(false, Set.of()), request -> false, Limits.DEFAULT)
                .mount(context);
        served.setHandler(context);
        served.start();
        return served;
    }

    private interface Asked {
        void run() throws Exception;
    }

    private static double time(Asked asked) throws Exception {
        long start = System.nanoTime();
        asked.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private static void inProcess(DatasetGraph store, String text) {
        store.begin(TxnType.READ);
        try (var query = QueryExec.dataset(store)
                .query(QueryFactory.create(text))
                .set(TDB2.symUnionDefaultGraph, true)
                .build()) {
            var rows = query.select();
            while (rows.hasNext()) rows.next();
        } finally {
            store.end();
        }
    }

    private static void http(String address, String text) throws Exception {
        var answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Accept", "application/sparql-results+json")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "query=" + URLEncoder.encode(text, StandardCharsets.UTF_8)))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200)
            throw new IOException(answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
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
