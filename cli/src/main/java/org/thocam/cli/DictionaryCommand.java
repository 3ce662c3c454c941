package org.thocam.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "dictionary",
        mixinStandardHelpOptions = true,
        description = "Takes in dictionaries and looks words up in them.",
        subcommands = {
            DictionaryImportCommand.class,
            DictionaryExportCommand.class,
            DictionaryValidateCommand.class,
            DictionaryLookupCommand.class
        })
final class DictionaryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** No verb of its own. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return Exit.USAGE;
    }
}
