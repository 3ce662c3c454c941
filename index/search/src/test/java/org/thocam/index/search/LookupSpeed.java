package org.thocam.index.search;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.thocam.index.search.EntryRequest.By;
import org.thocam.index.search.EntryRequest.Match;
import org.thocam.ontology.Change;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Version;
import org.thocam.ontology.Watermark;

/** Prints how fast entries are looked up and changed; the machine it runs on is part of the figure. Arguments: lists, entries, questions. */
final class LookupSpeed {
    private static final ItemId LEXICON = new ItemId("speed");

    private LookupSpeed() {}

    public static void main(String[] args) throws Exception {
        var samples = new EntrySamples(Path.of(args[0]));
        int entries = Integer.parseInt(args[1]);
        int questions = Integer.parseInt(args[2]);
        var heads = new ArrayList<String>();
        samples.tell(entries, entry -> heads.add(entry.forms().get(0).text()));
        var source = new Source(samples, entries);
        var home = Files.createTempDirectory("lookup-speed");
        try (var node = Samples.node(home);
                var index = EntryIndex.open(node, "entries-g1", source)) {
            long from = System.nanoTime();
            index.show(
                    List.of(new EntryIndex.Whole(LEXICON, new Version(1), true)), List.of(), new Watermark("log", 1));
            System.out.printf(
                    "%d entries of %d words: indexed and visible in %.1f s%n",
                    entries, samples.words(), (System.nanoTime() - from) / 1e9);
            nodePid = node.pid();
            first(index, heads.get(7));
            for (int round = 0; round < 2; round++) {
                System.out.println(round == 0 ? "warming up" : "measured");
                var random = new Random(round);
                Function<Function<String, EntryRequest>, EntryRequest> one =
                        made -> made.apply(heads.get(random.nextInt(heads.size())));
                time(index, questions, "exact", () -> one.apply(w -> ask(w).match(Set.of(Match.EXACT))));
                time(
                        index,
                        questions,
                        "prefix of 1",
                        () -> one.apply(w -> ask(cut(w, 1)).match(Set.of(Match.PREFIX))));
                time(
                        index,
                        questions,
                        "prefix of 2",
                        () -> one.apply(w -> ask(cut(w, 2)).match(Set.of(Match.PREFIX))));
                time(
                        index,
                        questions,
                        "prefix of 4",
                        () -> one.apply(w -> ask(cut(w, 4)).match(Set.of(Match.PREFIX))));
                time(
                        index,
                        questions,
                        "fuzzy",
                        () -> one.apply(w -> ask(wrong(w)).match(Set.of(Match.FUZZY))));
                time(
                        index,
                        questions,
                        "wildcard ab*c",
                        () -> one.apply(w -> ask(cut(w, 2) + "*" + end(w, 1)).match(Set.of(Match.WILDCARD))));
                time(
                        index,
                        questions,
                        "wildcard *bc",
                        () -> one.apply(w -> ask("*" + end(w, 3)).match(Set.of(Match.WILDCARD))));
                time(
                        index,
                        questions,
                        "wildcard ?b*",
                        () -> one.apply(w -> ask("?"
                                        + w.substring(
                                                w.offsetByCodePoints(0, 1),
                                                w.offsetByCodePoints(0, Math.min(3, w.codePointCount(0, w.length()))))
                                        + "*")
                                .match(Set.of(Match.WILDCARD))));
                time(
                        index,
                        questions,
                        "regex (ab|cd).+",
                        () -> one.apply(w -> ask("(" + quoted(cut(w, 2)) + "|" + quoted(end(w, 2)) + ").+")
                                .match(Set.of(Match.REGEX))));
                time(
                        index,
                        questions,
                        "regex .*b.*",
                        () -> one.apply(
                                w -> ask(".*" + quoted(end(w, 2)) + ".*").match(Set.of(Match.REGEX))));
                time(
                        index,
                        questions,
                        "word",
                        () -> one.apply(w -> ask(w.split(" ")[0]).match(Set.of(Match.WORD))));
                time(index, questions, "usual, headword", () -> one.apply(w -> ask(cut(w, 6))));
                time(
                        index,
                        questions,
                        "usual, both",
                        () -> one.apply(w -> ask(cut(w, 6)).by(By.usual())));
                time(
                        index,
                        questions,
                        "usual+fuzzy, both",
                        () -> one.apply(w -> ask(cut(w, 6))
                                .by(By.usual())
                                .match(EnumSet.of(Match.EXACT, Match.PREFIX, Match.WORD, Match.FUZZY))));
                time(index, questions, "gloss vi, exact+prefix", () -> ask(random.nextBoolean() ? "nuoc" : "lễ hội")
                        .by(Set.of(By.GLOSS))
                        .glossesIn(Set.of(new LanguageTag("vi")))
                        .match(Set.of(Match.PREFIX)));
                time(index, questions, "gloss, words", () -> ask(random.nextBoolean() ? "nước làng" : "big")
                        .by(Set.of(By.GLOSS)));
                time(index, questions, "domain", () -> ask((1 + random.nextInt(9)) + "." + random.nextInt(10))
                        .by(Set.of(By.DOMAIN)));
            }
            edits(index, heads, source);
            System.out.println(Files.readString(Path.of("/proc/" + node.pid() + "/status"))
                    .lines()
                    .filter(line -> line.startsWith("VmHWM"))
                    .findFirst()
                    .orElse(""));
        }
    }

    private static void first(EntryIndex index, String q) {
        long from = System.nanoTime();
        index.find(EntryRequest.of(LEXICON, q));
        System.out.printf("first question: %.1f ms%n", (System.nanoTime() - from) / 1e6);
    }

    private static EntryRequest ask(String q) {
        return EntryRequest.of(LEXICON, q).by(Set.of(By.HEADWORD));
    }

    private static String cut(String word, int letters) {
        return word.substring(0, word.offsetByCodePoints(0, Math.min(letters, word.codePointCount(0, word.length()))));
    }

    private static String end(String word, int letters) {
        int points = word.codePointCount(0, word.length());
        return word.substring(word.offsetByCodePoints(0, Math.max(0, points - letters)));
    }

    private static String wrong(String word) {
        int points = word.codePointCount(0, word.length());
        int at = word.offsetByCodePoints(0, points / 2);
        return word.substring(0, at) + word.substring(word.offsetByCodePoints(at, Math.min(1, points - points / 2)));
    }

    private static String quoted(String text) {
        return text.replaceAll("[\\[\\](){}.*+?|^$\\\\]", "\\\\$0");
    }

    private static long nodePid;

    private static double cpu() {
        return ProcessHandle.of(nodePid)
                .orElseThrow()
                .info()
                .totalCpuDuration()
                .orElseThrow()
                .toMillis();
    }

    private interface Asked {
        EntryRequest next();
    }

    private static void time(EntryIndex index, int questions, String what, Asked asked) {
        var took = new double[questions];
        long found = 0;
        double cpu = cpu();
        for (int n = 0; n < questions; n++) {
            var request = asked.next();
            long from = System.nanoTime();
            found += index.find(request).orElseThrow().total();
            took[n] = (System.nanoTime() - from) / 1e6;
        }
        print(
                "%s (found %d; node's processor time %.1f ms)"
                        .formatted(what, found / questions, (cpu() - cpu) / questions),
                took);
    }

    private static void print(String what, double[] took) {
        Arrays.sort(took);
        System.out.printf(
                "%-72s p50 %6.1f ms, p95 %6.1f ms, most %6.1f ms%n",
                what, took[took.length / 2], took[took.length * 95 / 100], took[took.length - 1]);
    }

    private static void edits(EntryIndex index, List<String> heads, Source source) {
        var applied = new double[200];
        double cpu = cpu();
        var asked = new double[applied.length];
        for (int n = 0; n < applied.length; n++) {
            source.edited = EntrySamples.entry("e" + n, heads.get(n) + "xyz" + n, "", new Random(n));
            long from = System.nanoTime();
            index.show(List.of(), List.of(new EntryIndex.One(LEXICON, "entry.e" + n, true)), new Watermark("log", n));
            applied[n] = (System.nanoTime() - from) / 1e6;
            from = System.nanoTime();
            long found = index.find(ask(heads.get(n) + "xyz" + n).match(Set.of(Match.EXACT)))
                    .orElseThrow()
                    .total();
            asked[n] = (System.nanoTime() - from) / 1e6;
            if (found < 1) throw new IllegalStateException("edit " + n + " is not found");
        }
        print(
                "one edit, durable and visible (with a question %.1f ms of the node)"
                        .formatted((cpu() - cpu) / applied.length),
                applied);
        print("first question behind it", asked);
        var usual = new double[50];
        for (int n = 0; n < usual.length; n++) {
            source.edited = EntrySamples.entry("e" + n, heads.get(n) + "xyz" + n, "", new Random(n));
            index.show(List.of(), List.of(new EntryIndex.One(LEXICON, "entry.e" + n, true)), new Watermark("log", n));
            long from = System.nanoTime();
            index.find(EntryRequest.of(LEXICON, cut(heads.get(n), 6)));
            usual[n] = (System.nanoTime() - from) / 1e6;
        }
        print("first usual question behind an edit", usual);
    }

    private static final class Source implements EntrySource {
        private final EntrySamples samples;
        private final int entries;
        private IndexedEntry edited;

        Source(EntrySamples samples, int entries) {
            this.samples = samples;
            this.entries = entries;
        }

        @Override
        public boolean shows(Change change) {
            return change.at().isAfter(Instant.MIN);
        }

        @Override
        public LanguageTag language(ItemId lexicon) {
            return new LanguageTag("jra-Latn");
        }

        @Override
        public Optional<String> readAll(ItemId lexicon, Version version, Consumer<IndexedEntry> consumer) {
            samples.tell(entries, consumer);
            return Optional.empty();
        }

        @Override
        public List<IndexedEntry> readOne(ItemId lexicon, String part) {
            return List.of(edited);
        }
    }
}
