package org.thocam.index.analysis.speed;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * The same comparison as {@link AnalysisBenchmark} in processor time instead of wall time, for machines that others use too: each chain in turn,
 * medians. Texts are read as they are, without repeating them to a size, and once more for each round.
 */
final class ProcessorTime {
    private static final int LEAST_CHARACTERS = 3_000_000;
    private static final int WARMING = 2;

    private ProcessorTime() {}

    static void measure(Path root, Optional<Path> data, int rounds, Map<String, List<String>> more) throws Exception {
        var all = new LinkedHashMap<String, List<String>>(more);
        all.putAll(Texts.of(root, data));
        System.out.printf("%-18s%20s%20s%20s%n", "text", Chain.STANDARD, Chain.ICU, Chain.FOLDED);
        for (var texts : all.entrySet()) {
            var line = new StringBuilder("%-18s".formatted(texts.getKey()));
            var times = times(texts.getValue(), rounds);
            for (int chain = 1; chain < times.length; chain++)
                line.append("%20s".formatted(String.format(Locale.ROOT, "%.2f", times[chain] / times[0])));
            System.out.println(line);
        }
    }

    private static double[] times(List<String> texts, int rounds) {
        var names = List.of(Chain.OURS, Chain.STANDARD, Chain.ICU, Chain.FOLDED);
        var chains = new ArrayList<ToIntFunction<String>>();
        for (var name : names) chains.add(Chain.counter(name));
        int characters = Math.max(1, texts.stream().mapToInt(String::length).sum());
        int again = Math.max(1, LEAST_CHARACTERS / characters);
        var seconds = new double[names.size()][rounds];
        for (int round = -WARMING; round < rounds; round++)
            for (int chain = 0; chain < names.size(); chain++) {
                double taken = processor(chains.get(chain), texts, again);
                if (round >= 0) seconds[chain][round] = taken;
            }
        var medians = new double[names.size()];
        for (int chain = 0; chain < names.size(); chain++) {
            Arrays.sort(seconds[chain]);
            medians[chain] = seconds[chain][rounds / 2];
        }
        return medians;
    }

    private static double processor(ToIntFunction<String> chain, List<String> texts, int again) {
        var clock = ManagementFactory.getThreadMXBean();
        long begun = clock.getCurrentThreadCpuTime();
        int tokens = 0;
        for (int n = 0; n < again; n++) for (var text : texts) tokens += chain.applyAsInt(text);
        if (tokens < 0) throw new IllegalStateException("no tokens");
        return (clock.getCurrentThreadCpuTime() - begun) / 1e9;
    }
}
