package org.thocam.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import org.thocam.ontology.ItemJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        description = "Says how much waits in the queue, and which of it failed and why.")
final class JobsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Option(names = "--json", description = "as one JSON document")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var home = options.home();
        var messages = options.messages();
        if (Files.notExists(home.root()) && !Queueing.isShared(options.configuration()))
            throw new Stop(Exit.NOT_FOUND, messages.say("empty", home.root()));
        var answer = ItemJson.MAPPER.createObjectNode();
        var failures = ItemJson.MAPPER.createArrayNode();
        try (var reach = Reach.toQueue(options, "jobs")) {
            reach.operations().run("jobs", ItemJson.MAPPER.createObjectNode(), line -> {
                if (line.has("queued")) answer.setAll((ObjectNode) line);
                if (line.has("job")) failures.add(line);
                if (line.has("error"))
                    throw new Stop(Exit.SERVICE_DOWN, line.path("error").asText());
            });
        }
        var out = spec.commandLine().getOut();
        if (json) out.println(answer.set("failures", failures));
        else {
            var table = new Table(2);
            for (var state : List.of("queued", "arriving", "working", "done", "failed", "bytes"))
                table.row(messages.say("jobs." + state), answer.path(state).asText());
            table.print(out);
            for (var failure : failures)
                out.println(messages.say(
                        "failure",
                        failure.path("source").asText() + " ("
                                + failure.path("id").asText() + ")",
                        failure.path("reason").asText()));
        }
        out.flush();
        return Exit.DONE;
    }
}
