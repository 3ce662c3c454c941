package org.thocam.index.analysis.speed;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.thocam.index.analysis.WritingSystem;

/**
 * As many items as are wanted, made of real texts: seven in ten Vietnamese, the others in all scripts that there are texts in. Runs of
 * words are copied, so that words are as frequent as they are; now and then a word is made of two halves, so that the vocabulary
 * grows as that of real collections does. Item n depends on (seed, n) alone.
 */
final class Mix {
    private static final long SEED = 20261122;
    private static final double OF_VIETNAMESE = 0.7;
    private static final int MEDIAN = 500;
    private static final int LONGEST = 8000;
    private static final int WORDS_IN_RUN = 4;
    private static final int RUNS_FOR_NEW_WORD = 12;

    private final Map<String, List<String>> pieces = new LinkedHashMap<>();
    private final List<String> languages;

    private Mix(Map<String, List<String>> texts) {
        texts.forEach((language, of) -> {
            var here = of.stream().flatMap(text -> pieces(text).stream()).toList();
            if (here.size() > 20) pieces.put(language, here);
        });
        languages = List.copyOf(pieces.keySet());
    }

    static Mix of(Path root, Optional<Path> data) throws IOException {
        var texts = new LinkedHashMap<>(Texts.of(root, data));
        var vietnamese = new ArrayList<>(texts.get(Texts.FIXTURES));
        if (data.isPresent()) {
            vietnamese.addAll(texts.getOrDefault("vi-Latn", List.of()));
            vietnamese.addAll(Texts.glosses(data.get()));
        }
        texts.put("vi-Latn", vietnamese.stream().filter(Texts::latin).toList());
        texts.put(
                Texts.FIXTURES,
                texts.get(Texts.FIXTURES).stream()
                        .filter(text -> !Texts.latin(text))
                        .toList());
        return new Mix(texts);
    }

    /** Words and syllables, each with what stands behind it. */
    private static List<String> pieces(String text) {
        var pieces = new ArrayList<String>();
        var words = WritingSystem.of("und").words(text);
        for (int at = 0; at < words.size(); at++) {
            int end = at + 1 < words.size() ? words.get(at + 1).start() : text.codePointCount(0, text.length());
            int from = text.offsetByCodePoints(0, words.get(at).start());
            pieces.add(text.substring(
                            from,
                            text.offsetByCodePoints(from, end - words.get(at).start()))
                    .replaceAll("\\s+", " "));
        }
        return pieces;
    }

    record Item(String language, String text) {}

    Item item(int n) {
        var random = new Random(SEED + 7919L * n);
        var language =
                random.nextDouble() < OF_VIETNAMESE ? "vi-Latn" : languages.get(random.nextInt(languages.size()));
        int length = (int) Math.min(LONGEST, MEDIAN * Math.exp(0.9 * random.nextGaussian()));
        return new Item(language, text(language, length, random));
    }

    private String text(String language, int length, Random random) {
        var from = pieces.get(language);
        var text = new StringBuilder(length + 40);
        while (text.length() < length) {
            int at = random.nextInt(from.size());
            for (int end = Math.min(from.size(), at + 1 + random.nextInt(WORDS_IN_RUN)); at < end; at++)
                text.append(from.get(at));
            if (random.nextInt(RUNS_FOR_NEW_WORD) == 0) {
                var head = from.get(random.nextInt(from.size())).strip();
                int half = head.offsetByCodePoints(0, (head.codePointCount(0, head.length()) + 1) / 2);
                text.append(head, 0, half).append(from.get(random.nextInt(from.size())));
            }
            if (text.charAt(text.length() - 1) != ' ' && language.endsWith("Latn")) text.append(' ');
        }
        return text.toString().strip();
    }

    Stream<String> texts(int items) {
        return IntStream.range(0, items).mapToObj(n -> item(n).text());
    }

    private record Question(String kind, String typed) {}

    /** One to four words that stand side by side in some item: as written, without diacritics, or in another script than Latin. */
    private List<Question> questions(int items, int count) {
        var random = new Random(SEED);
        var questions = new ArrayList<Question>();
        while (questions.size() < count) {
            var kind = List.of("exact", "plain", "native").get(questions.size() % 3);
            var item = item(random.nextInt(items));
            var latin = item.language().endsWith("Latn");
            if (latin == kind.equals("native")) continue;
            var words = pieces(item.text());
            int size = 1 + random.nextInt(4);
            if (words.size() <= size) continue;
            int at = random.nextInt(words.size() - size);
            var typed = String.join("", words.subList(at, at + size))
                    .replaceAll("[^\\p{L}\\p{M}\\p{N}]+", " ")
                    .strip();
            if (!typed.isEmpty()) questions.add(new Question(kind, kind.equals("plain") ? plain(typed) : typed));
        }
        return questions;
    }

    private static String plain(String typed) {
        return Normalizer.normalize(typed.replace('đ', 'd').replace('Đ', 'D'), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "");
    }

    /**
     * Items and questions for {@code SearchLatency}, each with what Lucene's ICU chains make of it, for they cannot run in the node:
     * text, nfkc_cf tokens, folded tokens, folded text.
     */
    void write(Path folder, int items, int questions) throws IOException {
        var chains = Stream.of(Chain.ICU, Chain.FOLDED, Chain.WHOLE)
                .map(Chain::tokens)
                .toList();
        try (var out = Files.newBufferedWriter(folder.resolve("items.tsv"))) {
            for (int n = 0; n < items; n++) {
                var item = item(n);
                line(out, chains, item.language(), item.text());
            }
        }
        try (var out = Files.newBufferedWriter(folder.resolve("questions.tsv"))) {
            for (var question : questions(items, questions)) line(out, chains, question.kind(), question.typed());
        }
    }

    private static void line(BufferedWriter out, List<Function<String, List<String>>> chains, String first, String text)
            throws IOException {
        out.write(
                Stream.concat(Stream.of(first, text), chains.stream().map(chain -> String.join(" ", chain.apply(text))))
                        .map(column -> column.replaceAll("[\\t\\r\\n]", " "))
                        .collect(Collectors.joining("\t", "", "\n")));
    }
}
