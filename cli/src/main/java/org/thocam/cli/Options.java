package org.thocam.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** What every command takes. */
final class Options {
    @Option(names = "--home", paramLabel = "DIR", description = "the home; else THOCAM_HOME, else the XDG data folder")
    private Path home;

    @Option(names = "--lang", paramLabel = "vi|en", description = "language of the messages; else that of the system")
    private String language;

    @Option(
            names = {"-q", "--quiet"},
            description = "no progress, no summary")
    private boolean quiet;

    Home home() {
        return Home.chosen(home, System.getenv());
    }

    Configuration configuration() {
        return Configuration.read(home(), System.getenv());
    }

    /** @param variables that stand over the environment */
    Configuration configuration(Map<String, String> variables) {
        var all = new HashMap<>(System.getenv());
        all.putAll(variables);
        return Configuration.read(home(), all);
    }

    boolean quiet() {
        return quiet;
    }

    Messages messages() {
        var wanted = language != null
                ? language
                : System.getenv().getOrDefault("THOCAM_LANG", System.getenv().getOrDefault("LANG", "en"));
        return new Messages(
                Locale.forLanguageTag(wanted.split("[_.]")[0].equals("C") ? "en" : wanted.split("[_.]")[0]));
    }
}
