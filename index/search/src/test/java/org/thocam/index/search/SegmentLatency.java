package org.thocam.index.search;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.TextState;
import org.thocam.ontology.Version;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;
import org.thocam.ontology.transcript.Format;
import org.thocam.ontology.transcript.Passage;
import org.thocam.ontology.transcript.PassageText;
import org.thocam.ontology.transcript.Role;
import org.thocam.ontology.transcript.Segment;
import org.thocam.ontology.transcript.Span;
import org.thocam.ontology.transcript.Tier;
import org.thocam.ontology.transcript.Transcript;

/**
 * How long a question for passages takes against the same question for items: the same made texts in both indexes of one node, over HTTP, each word
 * asked both ways in turn. Words of four scripts by Zipf's law; classes by how many items have them.
 * Run by {@code docs/benchmarks/segments.sh}. Arguments: work folder, items, passages of each, questions of a class, rounds.
 */
final class SegmentLatency {
    private static final int VOCABULARY = 60_000;
    private static final int ITEMS_AT_ONCE = 200;
    private static final String[] LETTERS = {
        "abcdeghiklmnopqrstuvxyăâêôơư", "ꪀꪂꪄꪆꪈꪊꪎꪒꪔꪖꪘꪚꪜꪠꪢꪣꪥꪩꪫ", "ꨆꨇꨈꨉꨊꨌꨍꨎꨓꨔꨕꨖꨗꨚꨛꨝꨟꨡꨢꨣꨤꨥ", "កខគឃងចឆជញដណតថទនបផពភមយរលវសហអ"
    };

    private final String[] words = new String[VOCABULARY];
    private final double[] sums = new double[VOCABULARY];
    private final Random random = new Random(8);
    private final int passages;

    private SegmentLatency(int passages) {
        this.passages = passages;
        double sum = 0;
        var distinct = new java.util.HashSet<String>();
        for (int rank = 0; rank < VOCABULARY; rank++) {
            do words[rank] = word(LETTERS[rank % LETTERS.length]);
            while (!distinct.add(words[rank]));
            sum += 1.0 / (rank + 10);
            sums[rank] = sum;
        }
    }

    private String word(String letters) {
        var word = new StringBuilder();
        int length = 3 + random.nextInt(4);
        for (int i = 0; i < length; i++) word.append(letters.charAt(random.nextInt(letters.length())));
        return word.toString();
    }

    private String any() {
        int at = Arrays.binarySearch(sums, random.nextDouble() * sums[VOCABULARY - 1]);
        return words[at < 0 ? Math.min(VOCABULARY - 1, -at - 1) : at];
    }

    private Transcript transcript() {
        var segments = new ArrayList<Segment>();
        for (int i = 0; i < passages; i++) {
            var text = new StringBuilder();
            int length = 4 + random.nextInt(9);
            for (int w = 0; w < length; w++) text.append(w == 0 ? "" : " ").append(any());
            segments.add(new Segment(
                    i % 2, Optional.of(new Span(i * 2000L, i * 2000L + 1900)), text.toString(), Optional.empty(), ""));
        }
        return new Transcript(
                Format.EAF,
                List.of(),
                List.of(
                        new Tier("tx", Role.TRANSCRIPTION, Optional.empty(), "A", "", Map.of()),
                        new Tier("ft", Role.TRANSLATION, Optional.empty(), "", "", Map.of())),
                segments,
                List.of());
    }

    public static void main(String[] arguments) throws Exception {
        int items = Integer.parseInt(arguments[1]);
        int passages = Integer.parseInt(arguments[2]);
        int questions = Integer.parseInt(arguments[3]);
        int rounds = Integer.parseInt(arguments[4]);
        var home = Files.createDirectories(Path.of(arguments[0]).resolve("home"));
        var settings = new SearchNode.Settings(
                home, Samples.lib(), "1g", Path.of(System.getProperty("java.home"), "bin", "java"));
        var made = new SegmentLatency(passages);
        var kept = new HashMap<String, Transcript>();
        var source = new SegmentSource() {
            @Override
            public List<String> files(ItemId id, Version version) {
                return List.of("a.eaf");
            }

            @Override
            public Transcript read(ItemId id, Version version, String file) {
                return kept.get(id.value());
            }
        };
        try (var node = SearchNode.start(settings);
                var index = SearchIndex.open(node, "items");
                var segments = SegmentIndex.open(node, "segments", source, true)) {
            var hits = made.fill(items, index, segments, kept);
            System.out.printf(Locale.ROOT, "%d items, %d passages%n", index.size(), segments.size());
            made.run(index, segments, hits, questions, rounds);
        }
    }

    /** How many items have each word. */
    private int[] fill(int items, SearchIndex index, SegmentIndex segments, Map<String, Transcript> kept) {
        var hits = new int[VOCABULARY];
        var ranks = new HashMap<String, Integer>();
        for (int rank = 0; rank < VOCABULARY; rank++) ranks.put(words[rank], rank);
        var file = new Bitstream("a.eaf", "text/x-eaf+xml", 1, "00", TextState.OK, "");
        long intoItems = 0;
        long intoSegments = 0;
        for (int from = 0; from < items; from += ITEMS_AT_ONCE) {
            var batch = new ArrayList<Snapshot>();
            kept.clear();
            for (int i = from; i < Math.min(items, from + ITEMS_AT_ONCE); i++) {
                var transcript = transcript();
                kept.put("i" + i, transcript);
                var text = PassageText.of(transcript, Passage.of(transcript), passage -> true)
                        .text();
                Arrays.stream(text.split("\\s+")).distinct().forEach(word -> hits[ranks.get(word)]++);
                batch.add(Samples.item("i" + i)
                        .title("Bản ghi " + i)
                        .in("und")
                        .people("EG" + i % 54)
                        .sets("set:" + i % 20)
                        .files(file)
                        .text(text)
                        .snapshot());
            }
            long start = System.nanoTime();
            index.apply(batch, new Watermark("bench", from + 1));
            long between = System.nanoTime();
            segments.apply(batch, new Watermark("bench", from + 1));
            intoItems += between - start;
            intoSegments += System.nanoTime() - between;
        }
        index.tidy();
        System.out.printf(
                Locale.ROOT,
                "indexing the passages took %.1f times what indexing the items took%n",
                (double) intoSegments / intoItems);
        return hits;
    }

    private void run(SearchIndex index, SegmentIndex segments, int[] hits, int questions, int rounds) {
        var ways = new LinkedHashMap<String, ToLongFunction<String>>();
        ways.put("items, 10 rows, marked", q -> index.search(asked(q, 10), Viewer.ANYBODY, Samples.NOW)
                .total());
        ways.put("passages, 10 items, 5 of each", q -> segments.search(
                        new SegmentRequest(asked(q, 10), 5), Viewer.ANYBODY, Samples.NOW)
                .total());
        ways.put("passages, 10 items, 100 of each", q -> segments.search(
                        new SegmentRequest(asked(q, 10), 100), Viewer.ANYBODY, Samples.NOW)
                .total());
        int items = (int) index.size();
        classes("frequent", hits, items / 20, items, questions, rounds, ways);
        classes("middle", hits, items / 100, items / 20, questions, rounds, ways);
        classes("rare", hits, 2, items / 500, questions, rounds, ways);
    }

    private void classes(
            String name,
            int[] hits,
            int least,
            int most,
            int questions,
            int rounds,
            Map<String, ToLongFunction<String>> ways) {
        var ranks = IntStream.range(0, VOCABULARY)
                .filter(rank -> hits[rank] >= least && hits[rank] < most)
                .boxed()
                .toList();
        var asked = IntStream.range(0, Math.min(questions, ranks.size()))
                .mapToObj(i -> words[ranks.get((int) ((long) i * ranks.size() / Math.min(questions, ranks.size())))])
                .toList();
        var took = new LinkedHashMap<String, List<Long>>();
        // a line of Khmer or Cham is cut into words otherwise than a whole text: the numbers of items are near, not the
        // same
        var totals = new HashMap<String, Long>();
        for (int round = 0; round < rounds; round++)
            for (var word : asked) {
                for (var way : ways.entrySet()) {
                    long start = System.nanoTime();
                    long total = way.getValue().applyAsLong(word);
                    // the first round warms up
                    if (round > 0)
                        took.computeIfAbsent(way.getKey(), key -> new ArrayList<>())
                                .add(System.nanoTime() - start);
                    totals.merge(way.getKey(), total, Long::sum);
                }
            }
        double base = 0;
        for (var way : took.entrySet()) {
            var sorted =
                    way.getValue().stream().mapToLong(Long::longValue).sorted().toArray();
            double p50 = sorted[sorted.length / 2] / 1e6;
            double p95 = sorted[sorted.length * 95 / 100] / 1e6;
            if (base == 0) base = p50;
            System.out.printf(
                    Locale.ROOT,
                    "%-9s %-34s p50 %.2f ms, p95 %.2f ms: %.2f times; %d items found%n",
                    name,
                    way.getKey(),
                    p50,
                    p95,
                    p50 / base,
                    totals.get(way.getKey()) / (rounds * (long) asked.size()));
        }
    }

    private static SearchRequest asked(String q, int size) {
        return new SearchRequest(
                q,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                SearchRequest.Sort.RELEVANCE,
                size,
                Optional.empty(),
                false,
                true);
    }
}
