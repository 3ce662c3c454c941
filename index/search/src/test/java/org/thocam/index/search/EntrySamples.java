package org.thocam.index.search;

import com.ibm.icu.lang.UScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.thocam.ontology.LanguageTag;

/** As many entries as are wanted, of the words of real lists and of two of them together: always the same ones. */
final class EntrySamples {
    private static final Map<Integer, LanguageTag> BY_SCRIPT = Map.of(
            UScript.KHMER, new LanguageTag("km-Khmr"),
            UScript.TAI_VIET, new LanguageTag("blt-Tavt"),
            UScript.LATIN, new LanguageTag("jra-Latn"));

    private static final String[] VIETNAMESE =
            ("lễ hội thổ cẩm nhà rông cồng chiêng trâu lúa mới nước làng người dệt vải nhuộm"
                            + " chàm núi rừng suối đi ăn uống ngủ nói cười khóc lớn nhỏ trắng đen đỏ xanh con mẹ cha ông bà anh em")
                    .split(" ");

    /** With the English word that stands beside it in the list, empty where none does. */
    private final Map<String, String> words = new LinkedHashMap<>();

    private final List<String> all;

    /** @param lists the folder with {@code wordlist}, {@code abvd} and {@code cldf} */
    EntrySamples(Path lists) throws IOException {
        try (var abvd = Files.list(lists.resolve("abvd"))) {
            for (var file : abvd.sorted().toList())
                for (var line : Files.readAllLines(file)) {
                    var cells = line.split("\t");
                    if (cells.length > 3 && !cells[0].equals("id")) add(cells[3], cells[2]);
                }
        }
        try (var files = Files.list(lists.resolve("wordlist"))) {
            for (var file : files.sorted().toList())
                for (var line : Files.readAllLines(file)) {
                    var cells = line.split("\t");
                    boolean word = !line.startsWith("#") && !cells[0].equals("form") && !cells[0].contains(":");
                    if (word) add(cells[0], cells.length > 1 && !cells[1].matches("[0-9]*") ? cells[1] : "");
                }
        }
        try (var cldf = Files.list(lists.resolve("cldf"))) {
            for (var folder : cldf.sorted().toList())
                for (var line : Files.readAllLines(folder.resolve("forms.csv"))) {
                    var cells = line.split(",");
                    if (cells.length > 5 && !cells[0].equals("ID"))
                        add(cells[5], cells[3].replaceAll("[0-9_]+", " ").strip());
                }
        }
        all = List.copyOf(words.keySet());
    }

    private void add(String word, String english) {
        if (!word.isBlank() && word.length() < 60) words.putIfAbsent(word.strip(), english.strip());
    }

    int words() {
        return all.size();
    }

    void tell(int entries, Consumer<IndexedEntry> consumer) {
        var random = new Random(1);
        for (int n = 0; n < entries; n++) {
            var word = all.get(n % all.size());
            var english = words.get(word);
            if (n >= all.size()) {
                var second = all.get(random.nextInt(all.size()));
                boolean spaced = tag(word).equals(BY_SCRIPT.get(UScript.LATIN));
                word = word + (spaced || !tag(second).equals(tag(word)) ? " " : "") + second;
                english = (english + " " + words.get(second)).strip();
            }
            consumer.accept(entry("e" + n, word, english, random));
        }
    }

    static IndexedEntry entry(String id, String word, String english, Random random) {
        var glosses = new ArrayList<Written>();
        var vietnamese = new StringBuilder(VIETNAMESE[random.nextInt(VIETNAMESE.length)]);
        while (random.nextInt(3) > 0) vietnamese.append(' ').append(VIETNAMESE[random.nextInt(VIETNAMESE.length)]);
        glosses.add(new Written(new LanguageTag("vi"), vietnamese.toString()));
        if (!english.isEmpty()) glosses.add(new Written(new LanguageTag("en"), english));
        var domain = "%d.%d.%d Domain".formatted(1 + random.nextInt(9), random.nextInt(10), random.nextInt(10));
        return new IndexedEntry(
                id, "entry." + id, 0, true, true, List.of(new Written(tag(word), word)), glosses, List.of(domain));
    }

    private static LanguageTag tag(String word) {
        int script = word.codePoints()
                .map(UScript::getScript)
                .filter(BY_SCRIPT::containsKey)
                .findFirst()
                .orElse(UScript.LATIN);
        return BY_SCRIPT.get(script);
    }
}
