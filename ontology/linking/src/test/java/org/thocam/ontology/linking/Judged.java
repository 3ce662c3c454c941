package org.thocam.ontology.linking;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.thocam.ontology.Access;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.entity.EntityKind;
import org.thocam.ontology.entity.Register;
import org.thocam.ontology.entity.Tables;

/**
 * Sentences with the spans that somebody judged, and the score that {@code checks/mentions_check.py} gives for them.
 *
 * @param spans of which each has the entities that are right; {@code NIL} where none is
 */
record Judged(String id, String language, String text, List<Gold> spans) {
    record Gold(int start, int end, List<String> entities) {
        boolean nil() {
            return entities.get(0).startsWith("NIL");
        }
    }

    record Score(int right, int wrong, int missed, List<String> faults) {
        double precision() {
            return right + wrong == 0 ? 0 : (double) right / (right + wrong);
        }

        double recall() {
            return right + missed == 0 ? 0 : (double) right / (right + missed);
        }

        @Override
        public String toString() {
            return "%d right, %d wrong, %d missed: precision %.3f recall %.3f%n%s"
                    .formatted(right, wrong, missed, precision(), recall(), String.join("\n", faults));
        }
    }

    private static final Path ROOT = root();
    private static final Pattern SPAN = Pattern.compile(
            "\\{\"start\": ([0-9]+), \"end\": ([0-9]+), \"surface\": \"[^\"]*\", \"id\": \"([^\"]*)\"\\}");
    private static final Pattern MARKED = Pattern.compile("\\[([^|\\]]+)\\|([^\\]]+)\\]");

    /** Where the project's own tables are. */
    static Register register() {
        return Tables.read(ROOT.resolve("fixtures/reference"));
    }

    private static Path root() {
        var here = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(here.resolve("fixtures/reference"))) here = here.getParent();
        return here;
    }

    /** The gold that came with the project's tables; empty where it does not lie beside it. */
    static List<Judged> gold() {
        var file = ROOT.resolve("../shared/data/reference/mentions_dev.tsv");
        if (!Files.isReadable(file)) return List.of();
        var all = new ArrayList<Judged>();
        for (var line : lines(file).subList(1, lines(file).size())) {
            var cells = line.split("\t");
            var spans = new ArrayList<Gold>();
            var matcher = SPAN.matcher(cells[4]);
            while (matcher.find())
                spans.add(new Gold(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        List.of(matcher.group(3))));
            all.add(new Judged(cells[0], cells[1], cells[3], spans));
        }
        return all;
    }

    /** Our own, {@code tune} or {@code held}: {@code [words|entity]}, with {@code ,} between entities that are both right. */
    static List<Judged> own(String half) {
        return half("mentions_own.tsv", half);
    }

    /** By another author, who had read neither the rules nor the other sentences: {@code a} or {@code b}, in the same form. */
    static List<Judged> second(String half) {
        return half("mentions_second.tsv", half);
    }

    private static List<Judged> half(String file, String half) {
        try (var in = Judged.class.getResourceAsStream(file)) {
            var all = new ArrayList<Judged>();
            for (var line : new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .toList()) {
                var cells = line.split("\t");
                if (cells[1].equals(half)) all.add(marked(cells[0], cells[2], cells[3]));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Judged marked(String id, String language, String marked) {
        var text = new StringBuilder();
        var spans = new ArrayList<Gold>();
        var matcher = MARKED.matcher(marked);
        int at = 0;
        while (matcher.find()) {
            text.append(marked, at, matcher.start());
            int start = text.codePointCount(0, text.length());
            text.append(matcher.group(1));
            spans.add(new Gold(
                    start,
                    text.codePointCount(0, text.length()),
                    List.of(matcher.group(2).split(","))));
            at = matcher.end();
        }
        return new Judged(id, language, text + marked.substring(at), spans);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Item item(String id, String title, String language) {
        return new Item(
                new ItemId(id),
                LanguageMap.of(new LanguageTag("und"), title),
                "Text",
                List.of(new LanguageTag(language)),
                LanguageMap.EMPTY,
                List.of(),
                "",
                List.of(),
                Optional.empty(),
                "",
                Access.OPEN,
                List.of(),
                List.of(),
                List.of(),
                "",
                "");
    }

    static Score score(Linker linker, Register register, List<Judged> sentences) {
        var same = new HashMap<String, String>();
        for (var heritage : register.of(EntityKind.HERITAGE))
            heritage.list("same_as").stream().findFirst().ifPresent(id -> same.put(heritage.id(), id));
        int right = 0;
        int wrong = 0;
        int missed = 0;
        var faults = new ArrayList<String>();
        int row = 0;
        for (var sentence : sentences) {
            var mentions = linker.mentions(item(sentence.id, String.valueOf(row++), sentence.language), sentence.text);
            for (var span : sentence.spans) {
                var over = new HashSet<String>();
                var inside = new HashSet<String>();
                for (var mention : mentions) {
                    if (!mention.field().equals("text")) continue;
                    var one = same.getOrDefault(mention.entity(), mention.entity());
                    if (mention.start() < span.end && mention.end() > span.start) over.add(one);
                    if (mention.start() >= span.start && mention.end() <= span.end) inside.add(one);
                }
                var wanted = span.entities.stream()
                        .map(id -> same.getOrDefault(id, id))
                        .collect(java.util.stream.Collectors.toSet());
                boolean hit = over.stream().anyMatch(wanted::contains);
                inside.removeAll(wanted);
                boolean bad = span.nil() ? !over.isEmpty() : hit ? !inside.isEmpty() : !over.isEmpty();
                if (!span.nil()) {
                    if (hit) right++;
                    else missed++;
                }
                if (bad) wrong++;
                if (bad || !span.nil() && !hit)
                    faults.add(sentence.id + " want " + span.entities + " at " + span.start + " got " + mentions
                            + " in " + sentence.text);
            }
        }
        return new Score(right, wrong, missed, faults);
    }
}
