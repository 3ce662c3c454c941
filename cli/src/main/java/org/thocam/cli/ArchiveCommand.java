package org.thocam.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "archive",
        mixinStandardHelpOptions = true,
        description = "Works on archives as a whole.",
        subcommands = {ArchiveCopyCommand.class})
final class ArchiveCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** No verb of its own. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return Exit.USAGE;
    }
}
