package org.thocam.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.thocam.ontology.ItemId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "lookup",
        mixinStandardHelpOptions = true,
        description = "Looks a word up, with or without its diacritics; without a word, lists the dictionary.")
final class DictionaryLookupCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Parameters(index = "0", paramLabel = "ID", description = "the dictionary")
    private String id;

    @Parameters(index = "1..*", paramLabel = "QUERY", arity = "0..*", description = "what to look up")
    private List<String> words = List.of();

    @Option(names = "--by", split = ",", description = "headword, gloss; else both")
    private List<String> by = List.of();

    @Option(names = "--match", split = ",", description = "exact, prefix, word; else all of them")
    private List<String> match = List.of();

    @Option(names = "--size", defaultValue = "20", description = "at most so many, 1 to 200 (${DEFAULT-VALUE})")
    private int size;

    @Option(names = "--json", description = "the answer as one JSON document")
    private boolean json;

    @Option(names = "--ndjson", description = "one JSON line an entry")
    private boolean ndjson;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ItemId dictionary;
        try {
            dictionary = ItemId.ofItem(id);
        } catch (IllegalArgumentException e) {
            throw new Stop(Exit.USAGE, e.getMessage(), e);
        }
        var parameters = new LinkedHashMap<String, List<String>>();
        parameters.put("q", List.of(String.join(" ", words)));
        parameters.put("by", by);
        parameters.put("match", match);
        parameters.put("size", List.of(String.valueOf(size)));
        var out = spec.commandLine().getOut();
        try (var reach = Reach.toRead(options, "dictionary lookup")) {
            var found = reach.connection().get("/api/v1/dictionaries/" + dictionary + "/entries", parameters);
            if (json) out.println(found);
            else if (ndjson) found.path("items").forEach(out::println);
            else show(found);
        }
        out.flush();
        return Exit.DONE;
    }

    private void show(JsonNode found) {
        var err = spec.commandLine().getErr();
        var messages = options.messages();
        if (found.path("total").asLong() == 0) {
            err.println(messages.say("nothing"));
            return;
        }
        var table = new Table(3);
        for (var entry : found.path("items"))
            table.row(entry.path("id").asText(), entry.path("headword").asText(), glosses(entry.path("glosses")));
        table.print(spec.commandLine().getOut());
        err.println(messages.say("total", found.path("total").asLong()));
    }

    private static String glosses(JsonNode glosses) {
        var all = new StringJoiner(" · ");
        for (var gloss : glosses.properties()) all.add(gloss.getValue().asText());
        return all.toString();
    }
}
