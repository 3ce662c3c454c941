package org.thocam.index.analysis.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Characters a second, ours beside Lucene's: run by {@code docs/benchmarks/scripts.sh}, which says what is compared. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx1g", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 600, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class AnalysisBenchmark {
    private static final int LARGE = 10_000_000;
    private static final int SMALL = 200_000;
    private static final int ITEMS = 12_000;

    @Param("ours")
    public String chain;

    @Param("fixtures")
    public String text;

    private ToIntFunction<String> counter;
    private List<String> texts;
    private int next;

    @Setup
    public void read() throws IOException {
        counter = Chain.counter(chain);
        texts = Sample.named(text);
    }

    /** One text, the next time the next one. */
    @Benchmark
    public int analysis() {
        int tokens = counter.applyAsInt(texts.get(next));
        next = (next + 1) % texts.size();
        return tokens;
    }

    /** The texts of one row, in pieces of as many characters, so that operations count characters. */
    private static final class Sample {
        static final String ALL = "all together";
        static final String GENERATED = "generated items";
        private static final int PIECE = 1000;

        static List<String> named(String name) throws IOException {
            var root = Path.of(System.getProperty("thocam.root", "."));
            var texts = Texts.of(root, data());
            if (name.equals(GENERATED))
                return pieces(Mix.of(root, data()).texts(ITEMS).toList(), LARGE);
            if (!name.equals(ALL)) return pieces(texts.get(name), SMALL);
            var all = new ArrayList<String>();
            texts.values().forEach(all::addAll);
            return pieces(all, LARGE);
        }

        private static List<String> pieces(List<String> texts, int most) {
            var whole = new StringBuilder();
            for (int at = 0; whole.length() < most; at = (at + 1) % texts.size())
                whole.append(texts.get(at)).append('\n');
            var pieces = new ArrayList<String>();
            for (int from = 0; from + PIECE <= whole.length(); from += PIECE)
                pieces.add(whole.substring(from, from + PIECE));
            return pieces;
        }

        static Optional<Path> data() {
            return Optional.ofNullable(System.getProperty("thocam.data"))
                    .filter(folder -> !folder.isEmpty())
                    .map(Path::of);
        }
    }

    /** Arguments: what to do ({@code speed}, {@code size} or {@code mix}), items or rounds; for speed which texts, else all; for mix a folder and how many questions. */
    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[1]);
        var root = Path.of(System.getProperty("thocam.root", "."));
        var data = Sample.data();
        System.out.printf("%s, JDK %s, load %s%n", arguments[0], Runtime.version(), load());
        switch (arguments[0]) {
            case "speed" -> speed(root, data, count, List.of(arguments).subList(2, arguments.length));
            case "processor" -> {
                var mix = Mix.of(root, data);
                ProcessorTime.measure(
                        root, data, count, Map.of("generated", mix.texts(1500).toList()));
            }
            case "size" -> {
                if (data.isPresent()) {
                    var collection = Texts.collection(data.get());
                    IndexSize.measure("the retrieval set's " + collection.size() + " texts", collection::stream);
                }
                var mix = Mix.of(root, data);
                IndexSize.measure(count + " generated items", () -> mix.texts(count));
            }
            case "mix" -> Mix.of(root, data).write(Path.of(arguments[2]), count, Integer.parseInt(arguments[3]));
            default -> throw new IllegalArgumentException(arguments[0] + ": want speed, processor, size or mix");
        }
        System.out.println("load " + load());
    }

    private static void speed(Path root, Optional<Path> data, int rounds, List<String> only)
            throws IOException, RunnerException {
        var rows = new ArrayList<>(Texts.of(root, data).keySet());
        rows.addAll(List.of(Sample.ALL, Sample.GENERATED));
        if (!only.isEmpty()) rows.retainAll(only);
        System.out.println("characters a second of ours to those of each chain, median of " + rounds
                + " rounds in turn (spread), and tokens a character");
        System.out.printf(
                "%-18s%26s%26s%26s   %s%n",
                "text", Chain.STANDARD, Chain.ICU, Chain.FOLDED, "tokens: ours, StandardAnalyzer, ICU");
        for (var row : rows) {
            var scores = new LinkedHashMap<String, double[]>();
            for (int round = 0; round < rounds; round++)
                for (var chain : List.of(Chain.OURS, Chain.STANDARD, Chain.ICU, Chain.FOLDED))
                    scores.computeIfAbsent(chain, key -> new double[rounds])[round] = score(chain, row);
            var line = new StringBuilder(String.format("%-18s", row));
            for (var chain : List.of(Chain.STANDARD, Chain.ICU, Chain.FOLDED)) {
                var ratios = new double[rounds];
                for (int round = 0; round < rounds; round++)
                    ratios[round] = scores.get(Chain.OURS)[round] / scores.get(chain)[round];
                Arrays.sort(ratios);
                line.append(String.format(
                        Locale.ROOT,
                        "%26s",
                        String.format(
                                Locale.ROOT, "%.2f (%.2f-%.2f)", ratios[rounds / 2], ratios[0], ratios[rounds - 1])));
            }
            line.append("  ");
            for (var chain : List.of(Chain.OURS, Chain.STANDARD, Chain.ICU))
                line.append(String.format(Locale.ROOT, " %.2f", tokensPerCharacter(chain, row)));
            System.out.println(line.append("  load ").append(load()));
        }
    }

    private static double score(String chain, String row) throws RunnerException {
        var options = new OptionsBuilder()
                .include(AnalysisBenchmark.class.getName())
                .param("chain", chain)
                .param("text", row)
                .jvmArgsPrepend(properties())
                .verbosity(VerboseMode.SILENT)
                .build();
        return new Runner(options).runSingle().getPrimaryResult().getScore();
    }

    private static String[] properties() {
        var all = new ArrayList<String>();
        for (var name : List.of("thocam.root", "thocam.data", "thocam.icu.chain"))
            if (System.getProperty(name) != null) all.add("-D" + name + "=" + System.getProperty(name));
        return all.toArray(String[]::new);
    }

    /** In code points. */
    private static double tokensPerCharacter(String chain, String row) throws IOException {
        var counter = Chain.counter(chain);
        long tokens = 0;
        long characters = 0;
        for (var text : Sample.named(row)) {
            tokens += counter.applyAsInt(text);
            characters += text.codePointCount(0, text.length());
        }
        return (double) tokens / characters;
    }

    static String load() throws IOException {
        var file = Path.of("/proc/loadavg");
        return Files.exists(file) ? Files.readString(file).split(" ")[0] : "?";
    }
}
