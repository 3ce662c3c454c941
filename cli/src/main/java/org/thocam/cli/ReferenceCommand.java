package org.thocam.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "reference",
        mixinStandardHelpOptions = true,
        description =
                "Loads, compares and writes the tables of peoples, languages, places, festivals, crafts, customs and heritage.",
        subcommands = {ReferenceLoadCommand.class, ReferenceDiffCommand.class, ReferenceExportCommand.class})
final class ReferenceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** No verb of its own. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return Exit.USAGE;
    }
}
