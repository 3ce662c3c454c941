package org.thocam.index.analysis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The pages of {@code docs/writing-systems}, one for each description: made from it and from {@code words.tsv}, never by hand. */
final class WritingSystemPages {
    /** Writes the pages anew. */
    static final String COMMAND =
            "./mvnw -o -q test -pl index/analysis -Dtest=WritingSystemPagesTest -Dthocam.write.pages=true -Dspotless.check.skip";

    private static final Map<String, String> UNITS = Map.of(
            "word", "a word between spaces",
            "syllable", "an orthographic syllable with its final consonant, with or without spaces",
            "cluster", "a consonant with all its marks; a final consonant stands apart",
            "rime-first", "a syllable: its rime and the onset written behind it",
            "character", "a character");

    private WritingSystemPages() {}

    /** Writes the pages into {@code args[0]}, the folder {@code docs/writing-systems}. */
    public static void main(String[] args) throws IOException {
        write(Path.of(args[0]));
    }

    static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var old = Files.newDirectoryStream(folder, "*.md")) {
            for (var file : old) Files.delete(file);
        }
        for (var page : pages().entrySet()) Files.writeString(folder.resolve(page.getKey()), page.getValue());
    }

    /** From the module, where Maven runs tests, or from the project, where people run programs. */
    static Path folder() {
        var here = Path.of("").toAbsolutePath();
        for (var up = here; up != null; up = up.getParent())
            if (Files.isDirectory(up.resolve("docs/decisions"))) return up.resolve("docs/writing-systems");
        throw new IllegalStateException("no docs/decisions above " + here);
    }

    static TreeMap<String, String> pages() {
        var rows = WordRows.all().stream().collect(Collectors.groupingBy(WordRows.Row::tag));
        var pages = new TreeMap<String, String>();
        for (var system : WritingSystem.all())
            pages.put(system.tag() + ".md", page(system, rows.getOrDefault(system.tag(), List.of())));
        pages.put("README.md", index());
        return pages;
    }

    private static String index() {
        var page = new StringBuilder();
        page.append("# Hệ chữ viết / Writing systems\n\n");
        page.append(
                "How texts are cut into words, which spellings are found as one, and how they are sorted, for each writing\n");
        page.append(
                "system the library knows. Each page says on what it rests and what a speaker must still confirm. Wrong or\n");
        page.append(
                "missing? Correct the description in `index/analysis/src/main/resources/org/thocam/index/analysis/systems` and\n");
        page.append("its words in `words.tsv` of the module's tests; the pages are made from both:\n\n    ")
                .append(COMMAND)
                .append("\n\n");
        list(page, "Chữ Latin / Latin orthographies", true);
        list(page, "Chữ khác / Other scripts", false);
        return page.toString().stripTrailing() + "\n";
    }

    private static void list(StringBuilder page, String title, boolean latin) {
        page.append("## ").append(title).append("\n\n");
        page.append("| tag | writing system | one token is a | alphabet | to confirm |\n|---|---|---|---|---|\n");
        for (var system : WritingSystem.all()) {
            if (system.tag().endsWith("-Latn") != latin) continue;
            var cells = List.of(
                    "[" + system.tag() + "](" + system.tag() + ".md)",
                    system.name(),
                    system.unit(),
                    system.alphabet().isEmpty() ? "" : system.alphabet().size() + " letters",
                    system.open().isEmpty() ? "" : String.valueOf(system.open().size()));
            page.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
        page.append("\n");
    }

    private static String page(WritingSystem system, List<WordRows.Row> rows) {
        var page = new StringBuilder("# " + system.name() + "\n\n");
        page.append("`").append(system.tag()).append("`; also ");
        var others = system.tags().stream().skip(1).map(tag -> "`" + tag + "`").toList();
        if (others.isEmpty()) page.setLength(page.length() - "; also ".length());
        else page.append(String.join(" ", others));
        page.append(". One token is ").append(UNITS.get(system.unit())).append(".\n");
        section(page, "Hỗ trợ / What is supported", system.notes());
        if (!system.alphabet().isEmpty()) {
            page.append("\n## Bảng chữ cái / Alphabet\n\n").append(String.join(" ", system.alphabet()));
            page.append(
                    "\n\nTexts are sorted in this order; capitals stand behind their small letters, tones count last, and letters that are not here stand behind them all.\n");
        }
        system.orders().forEach((name, order) -> page.append("\n## Thứ tự khác / Another order: ")
                .append(name)
                .append("\n\n")
                .append(String.join(" ", order.letters()))
                .append("\n"));
        if (!rows.isEmpty()) words(page, system, rows);
        tables(page, Description.named(system.tag()));
        section(page, "Cần người nói xác nhận / What a speaker must confirm", system.open());
        section(page, "Nguồn / Sources", system.sources());
        var sources = rows.stream()
                .map(WordRows.Row::source)
                .filter(source -> !source.equals("written for this table"))
                .distinct()
                .toList();
        if (!sources.isEmpty())
            page.append("\nWords: ").append(String.join("; ", sources)).append(".\n");
        return page.toString();
    }

    private static void section(StringBuilder page, String title, List<String> lines) {
        if (lines.isEmpty()) return;
        page.append("\n## ").append(title).append("\n\n");
        for (var line : lines) page.append("- ").append(line).append("\n");
    }

    private static void words(StringBuilder page, WritingSystem system, List<WordRows.Row> rows) {
        boolean latin = rows.stream().anyMatch(row -> !row.latin().isEmpty());
        page.append("\n## Từ / Words\n\n");
        var head = new ArrayList<>(List.of("text", "meaning", "exact key", "folded key"));
        if (latin) head.add(system.letters().isEmpty() ? "sister orthography" : "Latin");
        page.append("| ").append(String.join(" | ", head)).append(" |\n").append("|---".repeat(head.size()));
        page.append("|\n");
        for (var row : rows) {
            var cells = new ArrayList<>(List.of(row.text(), row.gloss(), tokens(row.exact()), tokens(row.folded())));
            if (latin) cells.add(few(row.latin()));
            page.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
        page.append(
                "\nA dot stands between tokens. Spellings with one exact key are found as the same word; those with one folded\n");
        page.append("key are found too, at a lower rank.\n");
    }

    /** What stands for what: the tables that the spellings above are made from, so that a reader can check each line. */
    private static void tables(StringBuilder page, Description description) {
        description.optional("sister").ifPresent(sister -> sister(page, description, sister));
        var tables = new ArrayList<String>();
        tables.add(latin("letters", description, "letters", 2));
        tables.add(latin("vowels and combinations", description, "vowels", 1));
        tables.add(latin("at the end of a syllable", description, "finals", 1));
        tables.removeIf(String::isEmpty);
        if (tables.isEmpty()) return;
        page.append("\n## Chuyển tự / Transliteration\n\n");
        page.append(String.join("\n", tables)).append("\n\nThe first spelling is shown; a search understands all.\n");
    }

    private static void sister(StringBuilder page, Description description, String sister) {
        page.append("\n## Đối chiếu / Spelled in `")
                .append(sister)
                .append("`\n\nLetters that are the same in both are not listed.\n\n");
        for (var part : List.of("onset", "rime", "tone")) {
            var lines = description.section("sister").stream()
                    .filter(line -> line.at(0).equals(part))
                    .filter(line -> !line.at(1).equals(line.at(2)))
                    .map(line -> line.at(1) + " = " + line.at(2).replace("/", ", "))
                    .toList();
            page.append("- ").append(part).append("s: ").append(String.join("; ", lines));
            page.append("\n");
        }
    }

    private static String latin(String title, Description description, String section, int column) {
        var lines = description.section(section).stream()
                .filter(line -> !line.at(0).startsWith("[") && !line.at(0).equals("k"))
                .filter(line -> !line.at(column).isEmpty() && !line.at(column).equals("-"))
                .map(line -> line.at(0) + " " + line.at(column).replace("/", ", "))
                .toList();
        return lines.isEmpty() ? "" : "- " + title + ": " + String.join("; ", lines);
    }

    private static String tokens(String keys) {
        return keys.replace(" | ", " · ");
    }

    /** The best few spellings: some tables give two dozen. */
    private static String few(String latin) {
        if (latin.contains(" | ")) return latin.replace(" | ", " · ");
        var all = List.of(latin.split(" / "));
        return String.join(", ", all.subList(0, Math.min(4, all.size()))) + (all.size() > 4 ? " …" : "");
    }
}
