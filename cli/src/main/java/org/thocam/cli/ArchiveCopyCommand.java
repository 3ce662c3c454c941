package org.thocam.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import org.thocam.ingest.archive.ArchiveCopy;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.ArchiveUnavailableException;
import org.thocam.ontology.ItemJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "copy",
        mixinStandardHelpOptions = true,
        description = {
            "Copies every version of every item, in order, and compares what was written by digest. Run again, it goes on where it was stopped.",
            "An archive is ocfl:DIR (a folder that holds archive/), fedora:URL (its REST API; user and password as in archive.user and archive.password, or in the URL), fedora-ocfl:DIR (Fedora's storage root or fcrepo.home, for reading alone) or home (the archive of this home)."
        })
final class ArchiveCopyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Option(names = "--from", required = true, paramLabel = "ARCHIVE", description = "the archive that is read")
    private String from;

    @Option(names = "--to", required = true, paramLabel = "ARCHIVE", description = "the archive that is written to")
    private String to;

    @Option(names = "--json", description = "the outcome as one JSON document")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        var messages = options.messages();
        var configuration = options.configuration();
        var source = ArchivePlace.of(from, options.home(), configuration);
        var target = ArchivePlace.of(to, options.home(), configuration);
        if (source.toString().equals(target.toString())) throw new Stop(Exit.USAGE, messages.say("copy.same", source));
        if (target.readOnly()) throw new Stop(Exit.USAGE, messages.say("copy.readonly", target));
        var staging = Files.createTempDirectory("thocam-copy");
        try (var reading = source.open(messages);
                var writing = target.open(messages);
                var progress = Progress.of(messages.say("copying"), -1, !options.quiet())) {
            return told(new ArchiveCopy(reading.archive(), writing.archive(), staging).run(progress::to), messages);
        } catch (ArchiveUnavailableException e) {
            throw new Stop(Exit.SERVICE_DOWN, e.getMessage() + " " + messages.say("copy.again"), e);
        } catch (ArchiveException e) {
            throw new Stop(Exit.SOME_FAILED, e.getMessage() + " " + messages.say("copy.again"), e);
        } finally {
            delete(staging);
        }
    }

    private int told(ArchiveCopy.Outcome outcome, Messages messages) {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        if (json) {
            var node = ItemJson.MAPPER
                    .createObjectNode()
                    .put("items", outcome.items())
                    .put("versions", outcome.versions())
                    .put("copied", outcome.copied())
                    .put("present", outcome.present())
                    .put("bytes", outcome.bytes());
            var all = node.putArray("differences");
            for (var difference : outcome.differences())
                all.addObject()
                        .put("id", difference.id().value())
                        .put("version", difference.version())
                        .put("expected", difference.expected())
                        .put("found", difference.found());
            out.println(node);
        } else {
            for (var difference : outcome.differences())
                err.println(messages.say(
                        "copy.differs",
                        difference.id(),
                        difference.version(),
                        difference.expected(),
                        difference.found()));
            if (!options.quiet())
                out.println(messages.say(
                        "copied",
                        outcome.items(),
                        outcome.versions(),
                        outcome.copied(),
                        outcome.present(),
                        outcome.bytes(),
                        outcome.differences().size()));
        }
        out.flush();
        err.flush();
        return outcome.differences().isEmpty() ? Exit.DONE : Exit.SOME_FAILED;
    }

    private static void delete(Path folder) throws IOException {
        try (var left = Files.walk(folder)) {
            for (var path : left.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }
}
