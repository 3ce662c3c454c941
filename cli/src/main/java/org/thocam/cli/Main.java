package org.thocam.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line; design section 4. Data on stdout, everything else on stderr. */
@Command(
        name = "thocam",
        description =
                "A digital library and linguistic archive for Vietnam's ethnic minorities.%nThư viện số và kho lưu trữ ngôn ngữ của các dân tộc thiểu số Việt Nam.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            DemoCommand.class,
            IngestCommand.class,
            JobsCommand.class,
            WorkCommand.class,
            HarvestCommand.class,
            SearchCommand.class,
            AnalyzeCommand.class,
            DictionaryCommand.class,
            ReferenceCommand.class,
            SparqlCommand.class,
            StatusCommand.class,
            ServeCommand.class,
            ServicesCommand.class,
            DeriveCommand.class,
            VerifyCommand.class,
            RebuildCommand.class,
            ExportCommand.class,
            ArchiveCommand.class,
            TokenCommand.class,
            DoctorCommand.class,
            AutoComplete.GenerateCompletion.class,
            CommandLine.HelpCommand.class
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:done",
            "1:some records failed",
            "2:usage",
            "3:configuration",
            "4:not found",
            "5:conflict",
            "6:a needed service is down",
            "130:interrupted"
        })
public final class Main implements Callable<Integer> {
    private Main() {}

    public static void main(String[] arguments) {
        var out = new PrintWriter(
                new java.io.OutputStreamWriter(
                        new java.io.FileOutputStream(java.io.FileDescriptor.out), StandardCharsets.UTF_8),
                true);
        var err = new PrintWriter(
                new java.io.OutputStreamWriter(
                        new java.io.FileOutputStream(java.io.FileDescriptor.err), StandardCharsets.UTF_8),
                true);
        // before the first logger: its file stands in the home
        System.setProperty(
                "thocam.logs",
                Home.chosen(named(arguments), System.getenv())
                        .root()
                        .resolve("logs")
                        .toString());
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        int code = commandLine(out, err).execute(arguments);
        out.flush();
        err.flush();
        System.exit(code);
    }

    private static Path named(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith("--home=")) return Path.of(arguments[i].substring("--home=".length()));
            if (arguments[i].equals("--home") && i + 1 < arguments.length) return Path.of(arguments[i + 1]);
        }
        return null;
    }

    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((fault, command, parsed) -> told(fault, err))
                // @FILE is the query of sparql, and no file of arguments
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static int told(Exception fault, PrintWriter err) {
        if (fault instanceof Stop stop) {
            err.println("thocam: " + stop.getMessage());
            return stop.code();
        }
        if (fault instanceof InterruptedException) return Exit.INTERRUPTED;
        org.slf4j.LoggerFactory.getLogger(Main.class).error("unexpected", fault);
        err.println("thocam: " + (fault.getMessage() == null ? fault.toString() : fault.getMessage()));
        return Exit.SERVICE_DOWN;
    }

    /** No verb at all. */
    @Override
    public Integer call() {
        new CommandLine(this).usage(System.err);
        return Exit.USAGE;
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"thocam " + (version == null ? "(not packaged)" : version), "Java " + Runtime.version()
            };
        }
    }
}
