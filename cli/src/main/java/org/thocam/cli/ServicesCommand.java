package org.thocam.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thocam.services.ServiceSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "services",
        mixinStandardHelpOptions = true,
        description =
                "Starts real services on this machine, to try several engines in front of them: Fedora, PostgreSQL, SolrCloud and a SPARQL store, until Ctrl-C.")
final class ServicesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            required = true,
            description = "where they keep all they have; its services.json says how engines find them")
    private Path folder;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "SERVICE",
            description = "fedora, postgres, solr, fuseki; else all of them")
    private Set<String> only = Set.of();

    @Option(names = "--restart", description = "starts again what ends")
    private boolean restart;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var err = spec.commandLine().getErr();
        var stopped = new CountDownLatch(1);
        var services = ServiceSet.in(Installation.here().root(), folder, kinds());
        try (services) {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                services.close();
                                stopped.countDown();
                            },
                            "thocam-stop"));
            services.start(
                    service -> err.println(options.messages().say("service.up", service.name(), service.address())));
            if (restart) services.keep();
            var out = spec.commandLine().getOut();
            services.environment().forEach((name, value) -> out.println("export " + name + "='" + value + "'"));
            out.flush();
            err.println(options.messages().say("service.all"));
            stopped.await();
        }
        return Exit.DONE;
    }

    private Set<ServiceSet.Kind> kinds() {
        if (only.isEmpty()) return EnumSet.allOf(ServiceSet.Kind.class);
        var kinds = EnumSet.noneOf(ServiceSet.Kind.class);
        for (var name : only) {
            try {
                kinds.add(ServiceSet.Kind.valueOf(name.strip().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new Stop(
                        Exit.USAGE,
                        "--only " + name + ": want "
                                + Stream.of(ServiceSet.Kind.values())
                                        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", ")),
                        e);
            }
        }
        return kinds;
    }
}
