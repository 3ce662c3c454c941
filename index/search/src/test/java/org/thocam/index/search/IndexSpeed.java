package org.thocam.index.search;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import org.thocam.index.search.SearchRequest.Facet;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;

/** Prints how fast the index takes items of 4.3 KB and answers; the machine it runs on is part of the figure. Arguments: items, batch. */
final class IndexSpeed {
    private static final String[] SYLLABLES =
            "lễ hội thổ cẩm nhà rông cồng chiêng trâu lúa mới nước làng người dệt vải nhuộm chàm núi rừng suối"
                    .split(" ");

    private IndexSpeed() {}

    public static void main(String[] args) throws Exception {
        int items = Integer.parseInt(args[0]);
        int size = Integer.parseInt(args[1]);
        var home = Files.createTempDirectory("index-speed");
        long start = System.nanoTime();
        try (var node = Samples.node(home);
                var index = SearchIndex.open(node, "g1")) {
            say("start, an empty home", start);
            var random = new Random(1);
            double spent = 0;
            for (int done = 0; done < items; done += size) {
                var batch = new ArrayList<Snapshot>();
                for (int n = 0; n < size; n++) batch.add(sample(done + n, random));
                long from = System.nanoTime();
                index.apply(batch, new Watermark("log", done + size));
                spent += (System.nanoTime() - from) / 1e9;
            }
            System.out.printf(
                    "processor time for an item: node %.2f ms, engine %.2f ms%n",
                    cpu(node.pid()) / items, cpu(ProcessHandle.current().pid()) / items);
            System.out.printf("%d items of 4.3 KB in batches of %d: %.0f items/s%n", items, size, items / spent);
            var small = new double[30];
            for (int n = 0; n < small.length; n++) {
                var one = sample(items + n, random);
                long from = System.nanoTime();
                index.apply(java.util.List.of(one), new Watermark("log", items + n));
                small[n] = (System.nanoTime() - from) / 1e6;
            }
            print("apply of one item", small);
            for (var q : new String[] {"thổ cẩm", "tho cam", "từ777", "\"nhà rông\" suoi", ""}) {
                var took = new double[60];
                for (int n = 0; n < took.length; n++) {
                    long from = System.nanoTime();
                    Samples.ask(q).counting(Facet.values()).of(index);
                    took[n] = (System.nanoTime() - from) / 1e6;
                }
                print("search '" + q + "' with all facets", took);
            }
            var took = new double[60];
            for (int n = 0; n < took.length; n++) {
                long from = System.nanoTime();
                index.suggest("th", 10, Viewer.ANYBODY, Samples.NOW);
                took[n] = (System.nanoTime() - from) / 1e6;
            }
            print("suggest 'th'", took);
            long from = System.nanoTime();
            index.tidy();
            say("tidy", from);
            var status = Files.readString(Path.of("/proc/" + node.pid() + "/status"));
            System.out.println(status.lines()
                    .filter(line -> line.startsWith("VmHWM"))
                    .findFirst()
                    .orElse(""));
        }
        start = System.nanoTime();
        try (var node = Samples.node(home);
                var index = SearchIndex.open(node, "g1")) {
            index.watermark();
            say("start with " + index.size() + " items", start);
        }
    }

    static Snapshot sample(int n, Random random) {
        var text = new StringBuilder("từ" + n % 1000 + " ");
        while (text.length() < 3300) // about 4.3 KB in UTF-8
        text.append(
                            random.nextInt(4) == 0
                                    ? Integer.toString(random.nextInt(50_000), 36)
                                    : SYLLABLES[random.nextInt(SYLLABLES.length)])
                    .append(' ');
        return Samples.item("i" + n)
                .title(SYLLABLES[n % 20] + " " + SYLLABLES[(n / 20) % 20] + " " + n)
                .people("EG" + n % 54)
                .date("" + (1900 + n % 120))
                .text(text.toString())
                .snapshot();
    }

    private static double cpu(long pid) {
        return ProcessHandle.of(pid)
                .orElseThrow()
                .info()
                .totalCpuDuration()
                .orElseThrow()
                .toMillis();
    }

    private static void print(String what, double[] took) {
        Arrays.sort(took);
        System.out.printf(
                "%s: median %.1f ms, 95%% within %.1f ms%n", what, took[took.length / 2], took[took.length * 95 / 100]);
    }

    private static void say(String what, long since) {
        System.out.printf("%s: %.2f s%n", what, (System.nanoTime() - since) / 1e9);
    }
}
