package org.thocam.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
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
            description = "language, script, people, type, place, set, bbox, from or to")
    private Map<String, String> filters = new LinkedHashMap<>();

    @Option(names = "--json", description = "the answer as one JSON document")
    private boolean json;

    @Option(names = "--ndjson", description = "one JSON line an item")
    private boolean ndjson;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var parameters = new LinkedHashMap<String, List<String>>();
        parameters.put("q", List.of(String.join(" ", words)));
        parameters.put("size", List.of(String.valueOf(size)));
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
        var table = new Table(3);
        for (var item : found.path("items"))
            table.row(item.path("id").asText(), languages(item.path("language")), title(item.path("title")));
        table.print(out);
        spec.commandLine()
                .getErr()
                .println(messages.say("total", found.path("total").asLong()));
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
