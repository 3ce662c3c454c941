package org.thocam.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        description = "Finds items by words in any script; * for everything.")
final class SearchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Parameters(paramLabel = "QUERY", arity = "1..*", description = "words; quotes make a phrase")
    private List<String> words;

    @Option(names = "--size", defaultValue = "20", description = "at most so many, 1 to 200 (${DEFAULT-VALUE})")
    private int size;

    @Option(
            names = "--filter",
            paramLabel = "NAME=VALUE",
            description =
                    "language, script, people, type, place, set, bbox, from or to; with --segments also tier, speaker, role, file, after or before")
    private Map<String, String> filters = new LinkedHashMap<>();

    @Option(
            names = "--segments",
            description = "the places in recordings, interlinear texts and pages: when, who, in which tier, what")
    private boolean segments;

    @Option(names = "--json", description = "the answer as one JSON document")
    private boolean json;

    @Option(names = "--ndjson", description = "one JSON line an item")
    private boolean ndjson;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var parameters = new LinkedHashMap<String, List<String>>();
        parameters.put("q", List.of(String.join(" ", words)));
        parameters.put("size", List.of(String.valueOf(size)));
        if (segments) parameters.put("segments", List.of("true"));
        filters.forEach((name, value) -> parameters.put(name, List.of(value)));
        var out = spec.commandLine().getOut();
        try (var reach = Reach.toRead(options, "search")) {
            var found = reach.connection().get("/api/v1/search", parameters);
            if (json) out.println(found);
            else if (ndjson) found.path("items").forEach(out::println);
            else {
                show(found);
            }
        }
        out.flush();
        return Exit.DONE;
    }

    private void show(JsonNode found) {
        var out = spec.commandLine().getOut();
        var messages = options.messages();
        if (found.path("total").asLong() == 0) {
            spec.commandLine().getErr().println(messages.say("nothing"));
            return;
        }
        var table = new Table(segments ? 5 : 3);
        for (var item : found.path("items"))
            if (segments) places(item, table);
            else table.row(item.path("id").asText(), languages(item.path("language")), title(item.path("title")));
        table.print(out);
        spec.commandLine()
                .getErr()
                .println(messages.say("total", found.path("total").asLong()));
    }

    /** The item before its first place alone. */
    private static void places(JsonNode item, Table table) {
        var id = item.path("id").asText();
        for (var place : item.path("segments")) {
            var tier = place.path("speaker").asText().isEmpty()
                    ? place.path("tier").asText()
                    : place.path("tier").asText() + " (" + place.path("speaker").asText() + ")";
            table.row(
                    id,
                    place.path("file").asText(),
                    where(place),
                    tier,
                    place.path("text").asText());
            id = "";
        }
    }

    /** {@code 1:02:03.450}, or {@code p. 7}. */
    private static String where(JsonNode place) {
        if (place.has("page")) return "p. " + place.path("page").asInt();
        if (!place.has("start")) return "-";
        long at = place.path("start").asLong();
        var rest = String.format(Locale.ROOT, "%02d.%03d", at / 1000 % 60, at % 1000);
        return at < 3_600_000
                ? at / 60_000 + ":" + rest
                : String.format(Locale.ROOT, "%d:%02d:%s", at / 3_600_000, at / 60_000 % 60, rest);
    }

    private static String languages(JsonNode languages) {
        if (languages.isTextual()) return languages.asText();
        var all = new StringBuilder();
        languages.forEach(tag -> all.append(all.length() == 0 ? "" : " ").append(tag.asText()));
        return all.toString();
    }

    private static String title(JsonNode title) {
        for (var tag : List.of("vi", "en"))
            if (title.has(tag)) return title.path(tag).asText();
        return title.isTextual()
                ? title.asText()
                : title.elements().hasNext() ? title.elements().next().asText() : "";
    }
}
