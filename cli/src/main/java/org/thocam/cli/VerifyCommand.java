package org.thocam.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.thocam.ontology.ItemJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Compares every view with the archive and checks every byte. Repairs nothing.")
final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Option(names = "--json", description = "as one JSON document")
    private boolean json;

    @Option(names = "--no-fixity", description = "compares ids and versions, but does not read every byte")
    private boolean noFixity;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var messages = options.messages();
        var out = spec.commandLine().getOut();
        var answer = new AtomicReference<JsonNode>();
        var tally = new IngestTally();
        try (var reach = Reach.toWork(options, "verify");
                var progress = Progress.of(messages.say("verifying"), -1, !options.quiet())) {
            reach.operations().run("verify", ItemJson.MAPPER.createObjectNode().put("fixity", !noFixity), line -> {
                progress.to(line.path("progress").asLong());
                tally.add(line);
                if (line.has("ok")) answer.set(line);
            });
        }
        int exit = tally.exit();
        var result = answer.get();
        if (json) out.println(result);
        else if (result.path("ok").asBoolean())
            out.println(messages.say(
                    "verified",
                    result.path("items").asLong(),
                    result.path("withdrawn").asLong(),
                    result.path("versions").asLong()));
        else {
            out.println(messages.say("faults", result.path("faults").size()));
            for (var fault : result.path("faults"))
                out.println(messages.say(
                        "fault",
                        fault.path("where").asText(),
                        fault.path("id").asText(),
                        fault.path("expected").asText(),
                        fault.path("found").asText(),
                        fault.path("advice").asText()));
        }
        out.flush();
        return exit;
    }
}
