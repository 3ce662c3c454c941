package org.thocam.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.thocam.api.access.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Tokens for the API: each has a role, and may name communities whose items it shows.",
        subcommands = {TokenCommand.Create.class, TokenCommand.List_.class, TokenCommand.Revoke.class})
final class TokenCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new picocli.CommandLine.ParameterException(spec.commandLine(), "want create, list or revoke");
    }

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Prints a new token once.")
    static final class Create implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private Options options;

        @Option(
                names = "--role",
                required = true,
                paramLabel = "ROLE",
                description = "reader, depositor, editor, reviewer or admin")
        private String role;

        @Option(names = "--name", defaultValue = "", description = "whose it is")
        private String name;

        @Option(
                names = "--community",
                description = "a community whose restricted items it shows; may be given several times")
        private List<String> communities = List.of();

        @Override
        public Integer call() throws IOException {
            Role wanted;
            try {
                wanted = Role.ofWord(role);
            } catch (IllegalArgumentException e) {
                throw new Stop(Exit.USAGE, e.getMessage(), e);
            }
            options.home().make();
            try (var tokens = Stores.tokens(options.home(), options.configuration())) {
                var token = tokens.create(wanted, name, communities);
                if (!options.quiet())
                    spec.commandLine().getErr().println(options.messages().say("token"));
                spec.commandLine().getOut().println(token);
                spec.commandLine().getOut().flush();
            }
            return Exit.DONE;
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the tokens, without their secrets.")
    static final class List_ implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private Options options;

        @Override
        public Integer call() throws IOException {
            options.home().make();
            try (var tokens = Stores.tokens(options.home(), options.configuration())) {
                var table = new Table(5);
                for (var token : tokens.list())
                    table.row(
                            String.valueOf(token.id()),
                            token.principal().role().word(),
                            token.principal().name(),
                            String.join(",", token.principal().communities()),
                            token.revoked() ? "revoked" : token.created().toString());
                table.print(spec.commandLine().getOut());
                spec.commandLine().getOut().flush();
            }
            return Exit.DONE;
        }
    }

    @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Makes a token worthless at once.")
    static final class Revoke implements Callable<Integer> {
        @Mixin
        private Options options;

        @Parameters(paramLabel = "NUMBER", description = "from 'token list'")
        private long id;

        @Override
        public Integer call() throws IOException {
            options.home().make();
            try (var tokens = Stores.tokens(options.home(), options.configuration())) {
                if (!tokens.revoke(id))
                    throw new Stop(Exit.NOT_FOUND, "there is no token " + id + "; see 'thocam token list'");
            }
            return Exit.DONE;
        }
    }
}
