package org.thocam.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.thocam.index.analysis.AnalysisSteps;
import org.thocam.index.analysis.AnalysisSteps.Step;
import org.thocam.index.analysis.WritingSystem;
import org.thocam.index.analysis.language.Languages;
import org.thocam.ontology.ItemJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "analyze",
        mixinStandardHelpOptions = true,
        description = "Shows what becomes of a text, step by step. It needs no home.")
final class AnalyzeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Parameters(paramLabel = "TEXT", arity = "1..*")
    private List<String> words;

    @Option(names = "--language", paramLabel = "TAG", description = "BCP 47, such as blt-Tavt; else it is found")
    private String language;

    @Option(names = "--json", description = "the answer as one JSON document")
    private boolean json;

    @Option(names = "--ndjson", description = "one JSON line a word")
    private boolean ndjson;

    @Override
    public Integer call() {
        var text = String.join(" ", words);
        var identified = Languages.identify(text);
        var tag = language == null ? identified.tag() : language;
        var system = WritingSystem.of(tag);
        var steps = AnalysisSteps.of(text, tag);
        var out = spec.commandLine().getOut();
        if (json) {
            var answer = ItemJson.MAPPER.createObjectNode().put("text", text).put("language", tag);
            if (language == null) answer.put("confidence", identified.confidence());
            answer.put("writingSystem", system.tag());
            var all = answer.putArray("words");
            for (int at = 0; at < steps.get(0).tokens().size(); at++) all.add(word(steps, at));
            out.println(answer);
        } else if (ndjson) {
            for (int at = 0; at < steps.get(0).tokens().size(); at++) out.println(word(steps, at));
        } else {
            var table = new Table(steps.size());
            table.row(steps.stream().map(Step::name).toArray(String[]::new));
            for (int at = 0; at < steps.get(0).tokens().size(); at++) {
                int row = at;
                table.row(steps.stream()
                        .map(step -> step.tokens().get(row).text())
                        .toArray(String[]::new));
            }
            table.print(out);
            var found = language == null ? "found" : "given";
            spec.commandLine().getErr().println(options.messages().say("analyzed." + found, tag, system.name()));
        }
        out.flush();
        return Exit.DONE;
    }

    private static ObjectNode word(List<Step> steps, int at) {
        var word = ItemJson.MAPPER.createObjectNode();
        for (var step : steps) word.put(step.name(), step.tokens().get(at).text());
        var token = steps.get(0).tokens().get(at);
        return word.put("start", token.start()).put("end", token.end());
    }
}
