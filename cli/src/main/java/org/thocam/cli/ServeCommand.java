package org.thocam.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Serves the API, SPARQL and OAI-PMH until Ctrl-C.")
final class ServeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Option(
            names = "--port",
            paramLabel = "P",
            description = "port to listen on, 0 for a free one; else server.port of thocam.yaml (8080)")
    private Integer port;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var home = options.home();
        var configuration = options.configuration();
        var lock = HomeLock.acquire(home, "serve").orElseThrow(() -> held(home, options.messages()));
        var serving = Serving.start(
                home,
                configuration,
                lock,
                "serve",
                configuration.text(Configuration.Key.SERVER_HOST),
                port(port, configuration));
        if (!options.quiet())
            spec.commandLine().getErr().println(options.messages().say("serving", serving.address()));
        untilStopped(serving);
        return Exit.DONE;
    }

    static int port(Integer flag, Configuration configuration) {
        if (flag == null) return configuration.number(Configuration.Key.SERVER_PORT, 0, 65_535);
        if (flag < 0 || flag > 65_535) throw new Stop(Exit.USAGE, "--port " + flag + ": want 0 to 65535");
        return flag;
    }

    static Stop held(Home home, Messages messages) {
        try {
            var holder = HomeLock.holder(home);
            if (holder.isPresent())
                return new Stop(
                        Exit.CONFLICT,
                        messages.say(
                                "held",
                                home.root(),
                                holder.get().verb(),
                                String.valueOf(holder.get().pid()),
                                holder.get().since()));
        } catch (IOException e) {
            return new Stop(Exit.CONFLICT, home.root() + " is held by another process", e);
        }
        return new Stop(Exit.CONFLICT, home.root() + " is held by another process");
    }

    /** Serves until the process is told to end, and lets go of everything before it does. */
    static void untilStopped(Serving serving) throws InterruptedException {
        untilStopped(serving, () -> {});
    }

    /** @param last what can only end after the server */
    static void untilStopped(Serving serving, Runnable last) throws InterruptedException {
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            try {
                                serving.close();
                            } catch (IOException e) {
                                org.slf4j.LoggerFactory.getLogger(ServeCommand.class)
                                        .error("the server did not end cleanly", e);
                            } finally {
                                last.run();
                                stopped.countDown();
                            }
                        },
                        "thocam-stop"));
        stopped.await();
    }
}
