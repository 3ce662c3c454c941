package org.thocam.index.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.solr.client.solrj.SolrRequest.METHOD;
import org.apache.solr.client.solrj.request.QueryRequest;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.client.solrj.util.ClientUtils;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.thocam.index.search.SearchRequest.Facet;
import org.thocam.ontology.Item;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;

/**
 * How long a question takes with our fields, with one field of StandardAnalyzer, and with the three fields of exact ICU, folded ICU and
 * 2-3-grams: in one index on one node, over HTTP, from one client, each question with each schema in turn. Items and questions come
 * from {@code Mix}, with the tokens of the ICU chains, which cannot run in the node: their analysis costs them nothing here.
 * Run by {@code docs/benchmarks/scripts.sh}. Arguments: the folder with both, rounds.
 */
final class SearchLatency {
    private static final int IN_REQUEST = 500;
    private static final String FIELDS =
            """
              <fieldType name="bench_standard" class="solr.TextField"><analyzer>
                <tokenizer class="solr.StandardTokenizerFactory"/><filter class="solr.LowerCaseFilterFactory"/>
              </analyzer></fieldType>
              <fieldType name="bench_made" class="solr.TextField"><analyzer>
                <tokenizer class="solr.WhitespaceTokenizerFactory"/>
              </analyzer></fieldType>
              <fieldType name="bench_grams" class="solr.TextField"><analyzer type="index">
                <tokenizer class="solr.NGramTokenizerFactory" minGramSize="2" maxGramSize="3"/>
              </analyzer><analyzer type="query"><tokenizer class="solr.KeywordTokenizerFactory"/></analyzer></fieldType>
              <field name="bench_one" type="bench_standard" indexed="true" stored="false"/>
              <field name="bench_exact" type="bench_made" indexed="true" stored="false"/>
              <field name="bench_folded" type="bench_made" indexed="true" stored="false"/>
              <field name="bench_grams" type="bench_grams" indexed="true" stored="false"/>
            </schema>
            """;

    private static final String OURS = "ours";
    private static final String ONE = "one field, StandardAnalyzer";
    private static final String THREE = "three fields, best of them";
    private static final String WHOLE = "ours through SearchIndex, marked";
    private static final String COUNTED = "the same with all facets";

    private final SearchNode node;
    private final SearchIndex index;

    private SearchLatency(SearchNode node, SearchIndex index) {
        this.node = node;
        this.index = index;
    }

    /** @param exact and the others: what the ICU chains make of {@code text} */
    private record Line(String kind, String text, String exact, String folded, String whole) {
        static Line of(String line) {
            var columns = line.split("\t", -1);
            return new Line(columns[0], columns[1], columns[2], columns[3], columns[4]);
        }
    }

    public static void main(String[] arguments) throws Exception {
        var work = Path.of(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        var home = Files.createDirectories(work.resolve("home"));
        try (var node = Samples.node(home)) {
            var schema = home.resolve("configsets")
                    .resolve(ConfigSet.onNode(ConfigSet.Kind.ITEMS).name())
                    .resolve("conf/schema.xml");
            Files.writeString(schema, Files.readString(schema).replace("</schema>", FIELDS));
            try (var index = SearchIndex.open(node, "bench")) {
                var latency = new SearchLatency(node, index);
                latency.fill(work.resolve("items.tsv"));
                latency.run(work.resolve("questions.tsv"), rounds);
            }
        }
    }

    private void fill(Path items) throws IOException {
        System.out.println("load " + load());
        long started = System.nanoTime();
        int count = 0;
        var batch = new ArrayList<SolrInputDocument>();
        try (var lines = Files.newBufferedReader(items)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                batch.add(document(count++, Line.of(line)));
                if (batch.size() < IN_REQUEST) continue;
                node.write(new UpdateRequest().add(batch), index.core());
                batch.clear();
            }
        }
        if (!batch.isEmpty()) node.write(new UpdateRequest().add(batch), index.core());
        index.apply(List.of(), new Watermark("bench", 1));
        System.out.printf(
                Locale.ROOT,
                "%d items in %.0f s, the fields of all schemas%n",
                index.size(),
                (System.nanoTime() - started) / 1e9);
    }

    private static SolrInputDocument document(int n, Line line) {
        var words = line.text().split(" ", 6);
        var title = String.join(" ", Arrays.asList(words).subList(0, Math.min(5, words.length)));
        var snapshot = Samples.item("i" + n)
                .title(title)
                .in(line.kind().equals("fixtures") ? "und" : line.kind())
                .people("EG" + n % 54)
                .date("" + (1900 + n % 120))
                .sets("set:" + n % 20)
                .text(line.text())
                .snapshot();
        var document = ItemDocument.of(snapshot, (Item) snapshot.holding());
        document.setField("bench_one", line.text());
        document.setField("bench_exact", line.exact());
        document.setField("bench_folded", line.folded());
        document.setField("bench_grams", line.whole());
        return document;
    }

    private void run(Path file, int rounds) throws IOException {
        var questions = Files.readAllLines(file).stream().map(Line::of).toList();
        var ways = new LinkedHashMap<String, ToLongFunction<Line>>();
        ways.put(OURS, this::ours);
        ways.put(ONE, this::one);
        ways.put(THREE, this::three);
        ways.put(WHOLE, question -> whole(question, false));
        ways.put(COUNTED, question -> whole(question, true));
        for (int round = 0; round < 2; round++)
            for (var question : questions) ways.values().forEach(way -> way.applyAsLong(question));
        var times = new LinkedHashMap<String, double[][]>();
        var hits = new LinkedHashMap<String, long[]>();
        for (var way : ways.keySet()) {
            times.put(way, new double[rounds][questions.size()]);
            hits.put(way, new long[questions.size()]);
        }
        var order = new ArrayList<>(ways.keySet());
        for (int round = 0; round < rounds; round++) {
            for (int at = 0; at < questions.size(); at++)
                for (var way : order) {
                    long started = System.nanoTime();
                    hits.get(way)[at] = ways.get(way).applyAsLong(questions.get(at));
                    times.get(way)[round][at] = (System.nanoTime() - started) / 1e6;
                }
            order.add(order.remove(0));
        }
        System.out.printf("%d questions, %d rounds after 2 to warm up, load %s%n", questions.size(), rounds, load());
        var kinds = Stream.concat(
                        Stream.of("all"), questions.stream().map(Line::kind).distinct())
                .toList();
        for (var kind : kinds) print(kind, questions, times, hits);
    }

    private static void print(
            String kind, List<Line> questions, Map<String, double[][]> times, Map<String, long[]> hits) {
        var asked = new ArrayList<Integer>();
        for (int at = 0; at < questions.size(); at++)
            if (kind.equals("all") || questions.get(at).kind().equals(kind)) asked.add(at);
        times.forEach((way, took) -> {
            var p50 = new double[took.length];
            var p95 = new double[took.length];
            for (int round = 0; round < took.length; round++) {
                p50[round] = within(0.5, took[round], asked) / within(0.5, times.get(ONE)[round], asked);
                p95[round] = within(0.95, took[round], asked) / within(0.95, times.get(ONE)[round], asked);
            }
            Arrays.sort(p50);
            Arrays.sort(p95);
            System.out.printf(
                    Locale.ROOT,
                    "%-7s %-34s p50 %.2f (%.2f-%.2f) p95 %.2f (%.2f-%.2f) of one field's; hits: %s%n",
                    kind,
                    way,
                    p50[p50.length / 2],
                    p50[0],
                    p50[p50.length - 1],
                    p95[p95.length / 2],
                    p95[0],
                    p95[p95.length - 1],
                    compared(asked, hits.get(way), hits.get(ONE)));
        });
        System.out.printf(
                Locale.ROOT,
                "%-7s one field took %.2f ms at p50, %.2f ms at p95%n",
                kind,
                within(0.5, times.get(ONE)[0], asked),
                within(0.95, times.get(ONE)[0], asked));
    }

    private static String compared(List<Integer> asked, long[] hits, long[] one) {
        int more = 0;
        int fewer = 0;
        int none = 0;
        for (int at : asked) {
            if (hits[at] > one[at]) more++;
            if (hits[at] < one[at]) fewer++;
            if (hits[at] == 0) none++;
        }
        return "%d more, %d fewer, %d as many, %d none".formatted(more, fewer, asked.size() - more - fewer, none);
    }

    private static double within(double share, double[] took, List<Integer> asked) {
        var sorted = asked.stream().mapToDouble(at -> took[at]).sorted().toArray();
        return sorted[(int) (share * (sorted.length - 1))];
    }

    private long ours(Line question) {
        var params = new ModifiableSolrParams();
        params.set("typed", question.text());
        params.set("q", "{!text v=$typed fields='title_text^4 meta_text^2 text' breadth=all strict=false}");
        return hits(params);
    }

    private long one(Line question) {
        var params = new ModifiableSolrParams();
        params.set("typed", question.text());
        params.set("q", "{!edismax qf=bench_one q.op=AND v=$typed}");
        return hits(params);
    }

    private long three(Line question) {
        var params = new ModifiableSolrParams();
        params.set("q.op", "AND");
        params.set(
                "q",
                "{!maxscore tie=0.1 q.op=OR}" + all("bench_exact", words(question.exact()), 4)
                        + all("bench_folded", words(question.folded()), 2)
                        + all("bench_grams", words(question.whole()).flatMap(SearchLatency::grams), 1));
        return hits(params);
    }

    private static Stream<String> words(String tokens) {
        return Arrays.stream(tokens.split(" "));
    }

    private static Stream<String> grams(String word) {
        var points = word.codePoints().toArray();
        return IntStream.of(2, 3).boxed().flatMap(size -> IntStream.rangeClosed(0, points.length - size)
                .mapToObj(at -> new String(points, at, size)));
    }

    private static String all(String field, Stream<String> terms, int weight) {
        var wanted = terms.filter(term -> !term.isEmpty())
                .map(term -> "+" + field + ":\"" + ClientUtils.escapeQueryChars(term) + "\"")
                .collect(Collectors.joining(" "));
        return wanted.isEmpty() ? "" : "(" + wanted + ")^" + weight + " ";
    }

    private long hits(ModifiableSolrParams params) {
        params.set("rows", 10);
        params.set("fl", "id", "score");
        params.set("sort", "score desc,id asc");
        return node.ask(new QueryRequest(params, METHOD.POST), index.core())
                .getResults()
                .getNumFound();
    }

    private long whole(Line question, boolean counted) {
        var ask = Samples.ask(question.text());
        if (counted) ask.counting(Facet.values());
        return index.search(ask.request(), Viewer.ANYBODY, Samples.NOW).total();
    }

    private static String load() throws IOException {
        var file = Path.of("/proc/loadavg");
        return Files.exists(file) ? Files.readString(file).split(" ")[0] : "?";
    }
}
