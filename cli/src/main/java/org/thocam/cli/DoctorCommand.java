package org.thocam.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.thocam.ingest.extract.Tesseract;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Says which programs and folders are there. Missing optional programs are no fault.")
final class DoctorCommand implements Callable<Integer> {
    private record Found(String name, boolean needed, Optional<String> version, String use) {}

    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Option(names = "--json", description = "as one JSON document")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var found = List.of(
                new Found("java", true, Optional.of(Runtime.version().toString()), "runs everything (17 or newer)"),
                new Found(
                        "home",
                        true,
                        writable(options.home()),
                        "holds everything: " + options.home().root()),
                new Found(
                        "jars", true, jars(), "the class paths of the engine, Solr, Tika and the readers of pictures"),
                new Found(
                        "tesseract",
                        false,
                        ran("tesseract", "--version"),
                        "reads scanned pages (ingest --ocr)" + languages() + "; without it their text is not found"),
                new Found(
                        "ffmpeg",
                        false,
                        ran("ffmpeg", "-version"),
                        "makes posters, waveforms and access copies of sound and film; without it there are none"),
                new Found(
                        "ffprobe",
                        false,
                        ran("ffprobe", "-version"),
                        "describes sound and film; without it only WAV, AIFF and AU are, and films have no derivatives"));
        options.configuration();
        var out = spec.commandLine().getOut();
        if (json) {
            var answer = org.thocam.ontology.ItemJson.MAPPER.createObjectNode();
            for (var one : found)
                answer.putObject(one.name)
                        .put("found", one.version.isPresent())
                        .put("needed", one.needed)
                        .put("version", one.version.orElse(""))
                        .put("use", one.use);
            out.println(answer);
        } else {
            var messages = options.messages();
            var table = new Table(4);
            for (var one : found)
                table.row(
                        one.name,
                        one.version.orElse(messages.say("absent")),
                        messages.say(one.needed ? "needed" : "optional"),
                        one.use);
            table.print(out);
        }
        out.flush();
        return found.stream().anyMatch(one -> one.needed && one.version.isEmpty()) ? Exit.CONFIGURATION : Exit.DONE;
    }

    private static String languages() {
        var installed = Tesseract.installed();
        return installed.isEmpty()
                ? ""
                : ": " + String.join(", ", installed) + "; no model exists for Tai Viet or Cham";
    }

    private static Optional<String> writable(Home home) {
        var there = home.root();
        while (there != null && Files.notExists(there)) there = there.getParent();
        if (there == null || !Files.isWritable(there)) return Optional.empty();
        return Optional.of(there.toFile().getUsableSpace() / (1 << 30) + " GiB free");
    }

    private static Optional<String> jars() {
        try {
            var here = Installation.here();
            here.tika();
            here.media();
            return Optional.of(here.solr().getParent().toString());
        } catch (Stop missing) {
            return Optional.empty();
        }
    }

    private static Optional<String> ran(String program, String argument) throws IOException, InterruptedException {
        var path = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
        if (path.isEmpty()) return Optional.empty();
        var process = new ProcessBuilder(path.get().toString(), argument)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        try (var answer = process.inputReader()) {
            var first = answer.readLine();
            process.waitFor(5, TimeUnit.SECONDS);
            return Optional.ofNullable(first);
        } finally {
            process.destroyForcibly();
        }
    }
}
