package org.thocam.index.search;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.thocam.index.search.SearchRequest.Facet;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;

/**
 * Prints how a SolrCloud of two nodes compares with the engine's own node: each batch and each question goes to one after the other, so
 * that the ratios hold whatever else the machine does. All of them share its processors. Arguments: items, batch, rounds of questions.
 */
final class CloudSpeed {
    private static final List<String> QUESTIONS =
            List.of("thổ cẩm", "tho cam", "\"nhà rông\" suoi", "từ77", "nha rong cong chieng trau lua", "");

    private CloudSpeed() {}

    public static void main(String[] args) throws Exception {
        int items = Integer.parseInt(args[0]);
        int size = Integer.parseInt(args[1]);
        int rounds = Integer.parseInt(args[2]);
        var cluster = Cluster.shared();
        try (var node = Samples.node(Files.createTempDirectory("cloud-speed"));
                var two = cluster.open(2, 1);
                var four = cluster.open(2, 2)) {
            var indexes = new LinkedHashMap<String, SearchIndex>();
            indexes.put("own node", SearchIndex.open(node, "speed"));
            indexes.put("2 shards", SearchIndex.open(two, "speed1"));
            indexes.put("2 shards x 2 replicas", SearchIndex.open(four, "speed2"));
            fill(indexes, items, size);
            for (var q : QUESTIONS)
                ask(indexes, rounds, "search '" + q + "' with all facets", index -> Samples.ask(q)
                        .counting(Facet.values())
                        .of(index));
            ask(indexes, rounds, "suggest 'th'", index -> index.suggest("th", 10, Viewer.ANYBODY, Samples.NOW));
            for (var index : indexes.values()) {
                index.drop();
                index.close();
            }
        }
        System.exit(0); // ends the cluster
    }

    private static void fill(Map<String, SearchIndex> indexes, int items, int size) {
        var random = new Random(1);
        var spent = new LinkedHashMap<String, Double>();
        for (int done = 0; done < items; done += size) {
            var batch = new ArrayList<Snapshot>();
            for (int n = 0; n < size; n++) batch.add(IndexSpeed.sample(done + n, random));
            int upTo = done + size;
            indexes.forEach((name, index) -> {
                long from = System.nanoTime();
                index.apply(batch, new Watermark("log", upTo));
                spent.merge(name, (System.nanoTime() - from) / 1e9, Double::sum);
            });
        }
        double own = spent.get("own node");
        spent.forEach((name, seconds) -> System.out.printf(
                "%s: %d items of 4.3 KB in batches of %d: %.0f items/s, %.2f times the own node's%n",
                name, items, size, items / seconds, own / seconds));
    }

    private interface Question {
        void of(SearchIndex index);
    }

    private static void ask(Map<String, SearchIndex> indexes, int rounds, String what, Question question) {
        var took = new LinkedHashMap<String, double[]>();
        for (var name : indexes.keySet()) took.put(name, new double[rounds]);
        for (int n = -5; n < rounds; n++)
            for (var index : indexes.entrySet()) {
                long from = System.nanoTime();
                question.of(index.getValue());
                if (n >= 0) took.get(index.getKey())[n] = (System.nanoTime() - from) / 1e6;
            }
        took.values().forEach(Arrays::sort);
        double own = took.get("own node")[rounds / 2];
        took.forEach((name, all) -> System.out.printf(
                "%s, %s: median %.1f ms, 95%% within %.1f ms, %.2f times the own node's%n",
                what, name, all[rounds / 2], all[rounds * 95 / 100], all[rounds / 2] / own));
    }
}
