package org.thocam.ontology.linking;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToIntFunction;
import org.thocam.index.analysis.WritingSystem;

/**
 * Megabytes of text linked in a second of one core's time, beside what cutting the same text into words takes: give files, or none for
 * the judged sentences over and over, which name more than any text does.
 */
final class LinkSpeed {
    private static final int LEAST = 300_000;
    private static final int TIMES = 12;
    private static final int ROUNDS = 7;
    private static final int PIECE = 1 << 15;

    private LinkSpeed() {}

    public static void main(String[] files) throws Exception {
        var linker = Linker.of(Judged.register());
        System.out.printf("%-28s%12s%12s%12s%12s%n", "text", "words MB/s", "link MB/s", "ratio", "mentions");
        if (files.length == 0) {
            var dense = new StringBuilder();
            for (var sentence : Judged.own("tune"))
                dense.append(sentence.text()).append('\n');
            for (var sentence : Judged.gold()) dense.append(sentence.text()).append('\n');
            measure(linker, "judged sentences", dense.toString());
            measure(linker, "one letter", "a");
            measure(linker, "one name", "Thái ");
        }
        for (var file : files) measure(linker, Path.of(file).getFileName().toString(), Files.readString(Path.of(file)));
    }

    private static void measure(Linker linker, String name, String piece) {
        var text = piece.repeat(1 + LEAST / piece.length());
        var item = Judged.item("speed", "1", "vi");
        double megabytes = text.getBytes(StandardCharsets.UTF_8).length / 1e6;
        double words = seconds(LinkSpeed::words, text);
        double links = seconds(all -> linker.mentions(item, all).size(), text);
        System.out.printf(
                Locale.ROOT,
                "%-28s%12.1f%12.1f%12.2f%12d%n",
                name,
                megabytes / words,
                megabytes / links,
                links / words,
                linker.mentions(item, text).size());
    }

    private static int words(String text) {
        int words = 0;
        var any = WritingSystem.of("und");
        for (int from = 0; from < text.length(); from += PIECE)
            words += any.words(text.substring(from, Math.min(text.length(), from + PIECE)))
                    .size();
        return words;
    }

    private static double seconds(ToIntFunction<String> of, String text) {
        var clock = ManagementFactory.getThreadMXBean();
        var taken = new double[ROUNDS];
        for (int round = -2; round < ROUNDS; round++) {
            long begun = clock.getCurrentThreadCpuTime();
            for (int n = 1; n < TIMES; n++) of.applyAsInt(text);
            if (of.applyAsInt(text) < 0) throw new IllegalStateException("less than nothing");
            if (round >= 0) taken[round] = (clock.getCurrentThreadCpuTime() - begun) / 1e9 / TIMES;
        }
        Arrays.sort(taken);
        return taken[ROUNDS / 2];
    }
}
