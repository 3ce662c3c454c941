package org.thocam.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Submission;
import org.thocam.services.ServiceSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Makes a home, takes in the sample collection, says what it holds, and serves.")
final class DemoCommand implements Callable<Integer> {
    private static final String LEXICON = "tu-dien-thai-den";

    @Spec
    private CommandSpec spec;

    @Mixin
    private Options options;

    @Option(
            names = "--port",
            paramLabel = "P",
            description = "port to listen on; else server.port of thocam.yaml (8080)")
    private Integer port;

    @Option(
            names = "--archive",
            paramLabel = "ARCHIVE",
            description = "ocfl, or fedora: a real Fedora 6 is started on this machine and keeps the archive")
    private String archive = "ocfl";

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description =
                    "single, or cluster: real Fedora, PostgreSQL, SolrCloud and a SPARQL store are started on this machine")
    private String profile = "single";

    @Option(names = "--no-serve", description = "ends after the collection is taken in")
    private boolean noServe;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var kinds = kinds();
        if (kinds.isEmpty()) return run(options.configuration(), () -> {}, () -> {});
        var home = options.home();
        home.make();
        var err = spec.commandLine().getErr();
        err.println(options.messages().say("services", home.services()));
        var services = ServiceSet.in(Installation.here().root(), home.services(), kinds);
        // until the server has a hook of its own, which ends them after itself
        var early = new Thread(services::close, "thocam-stop-services");
        Runtime.getRuntime().addShutdownHook(early);
        try (services) {
            services.start(
                    service -> err.println(options.messages().say("service.up", service.name(), service.address())));
            services.keep();
            Configuration.keep(home, services.environment());
            return run(
                    options.configuration(services.environment()),
                    () -> Runtime.getRuntime().removeShutdownHook(early),
                    services::close);
        }
    }

    /** The services that are to be started here. */
    private Set<ServiceSet.Kind> kinds() {
        var kinds = EnumSet.noneOf(ServiceSet.Kind.class);
        switch (profile) {
            case "single" -> {}
            case "cluster" -> kinds.addAll(EnumSet.allOf(ServiceSet.Kind.class));
            default -> throw new Stop(Exit.USAGE, "--profile " + profile + ": want single or cluster");
        }
        switch (archive) {
            case "ocfl" -> {}
            case "fedora" -> kinds.add(ServiceSet.Kind.FEDORA);
            default -> throw new Stop(Exit.USAGE, "--archive " + archive + ": want ocfl or fedora");
        }
        return kinds;
    }

    /**
     * @param before the server takes over to end what it stands on
     * @param last what can only end after the server
     */
    private int run(Configuration configuration, Runnable before, Runnable last)
            throws IOException, InterruptedException {
        var home = options.home();
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        err.println(options.messages().say("opening", home.root()));
        var lock = HomeLock.acquire(home, "demo").orElseThrow(() -> ServeCommand.held(home, options.messages()));
        var serving = Serving.start(
                home,
                configuration,
                lock,
                "demo",
                noServe ? "127.0.0.1" : configuration.text(Configuration.Key.SERVER_HOST),
                noServe ? 0 : ServeCommand.port(port, configuration));
        int exit;
        try (var reach = Reach.within(serving)) {
            exit = IngestCommand.run(
                    reach, options, List.of(Installation.here().fixtures()), false, null, false, false, out, err);
            takeIn(reach, err);
            leaveTombstone(serving.engine());
            ReferenceLoadCommand.run(reach, options, Installation.here().reference(), false, false, false, out, err);
            serving.engine().await(Duration.ofMinutes(10));
            tell(serving, out);
        } catch (IOException | RuntimeException e) {
            serving.close();
            throw e;
        }
        if (noServe) {
            serving.close();
            return exit;
        }
        err.println(options.messages().say("serving", serving.address()));
        before.run();
        ServeCommand.untilStopped(serving, last);
        return Exit.DONE;
    }

    /** The sample lexicon; the same again changes nothing. */
    private void takeIn(Reach reach, PrintWriter err) throws IOException, InterruptedException {
        var arguments = ItemJson.MAPPER
                .createObjectNode()
                .put("id", LEXICON)
                .put("language", "blt-Tavt")
                .put("file", Installation.here().lexicon().toString())
                .put("agent", "thocam demo");
        reach.operations().run("dictionary-import", arguments, line -> {
            if (line.has("error")) err.println(line.path("error").asText());
        });
    }

    /** One item that was withdrawn, so that partners can try what a deletion looks like. */
    private static void leaveTombstone(Engine engine) {
        var entry = ItemJson.entry(
                ItemJson.parse(
                        """
                        {"id":"tc-da-rut","title":{"vi":"Mục mẫu đã rút","en":"A sample item that was withdrawn"},"language":"vi","type":"Text",
                         "creator":["Thocam sample collection"],"rights":"CC0-1.0"}"""));
        var id = entry.item().id();
        if (engine.log().headOf(id).isPresent()) return;
        var agent = "thocam demo";
        engine.intake()
                .take(
                        new Submission(entry.item().from(agent, ""), Optional.empty(), List.of(), agent),
                        Optional.empty(),
                        agent)
                .join();
        engine.intake()
                .withdraw(id, Optional.empty(), "withdrawn to show partners a deletion", agent)
                .join();
    }

    private void tell(Serving serving, PrintWriter out) throws IOException, InterruptedException {
        var messages = options.messages();
        var connection = serving.connection();
        var found = connection.get(
                "/api/v1/search",
                Map.of("q", List.of("*"), "size", List.of("0"), "facet", List.of("people,language,script,type")));
        var facets = found.path("facets");
        out.println(messages.say("holds"));
        var table = new Table(2);
        table.row(messages.say("items"), found.path("total").asText());
        table.row(messages.say("texts"), String.valueOf(count(facets.path("type"), "Text")));
        table.row(messages.say("scripts"), facets.path("script").size() + "  " + values(facets.path("script")));
        // the facet holds each tag and its language alone: 'blt-Tavt' and 'blt'
        var languages = languages(facets.path("language"));
        table.row(messages.say("languages"), languages.size() + "  " + String.join(" ", languages));
        table.row(messages.say("peoples"), String.valueOf(facets.path("people").size()));
        table.row(
                messages.say("dictionaries"),
                String.valueOf(serving.engine().lexicons().lexicons().size()));
        table.row(
                messages.say("triples"), String.valueOf(serving.engine().graph().triples()));
        table.print(out);
        if (noServe) return;
        var address = serving.address().toString();
        out.println();
        out.println(messages.say("try"));
        for (var path : List.of(
                "api/v1/search?q=th%E1%BB%95+c%E1%BA%A9m",
                "api/v1/search?q=tho+cam&facet=people,script",
                "api/v1/search?q=%EA%AA%8B%EA%AB%81%EA%AA%B1%EA%AA%89",
                "api/v1/search?q=%E1%9E%91%E1%9E%93%E1%9F%92%E1%9E%9B%E1%9F%81",
                "api/v1/search?q=m%C6%B0a&segments=true",
                "api/v1/items/tc-cr001",
                "api/v1/dictionaries/" + LEXICON + "/entries?q=n%C6%B0%E1%BB%9Bc",
                "oai?verb=ListRecords&metadataPrefix=oai_dc",
                "sparql?query=SELECT+%3Fp+(COUNT(*)+AS+%3Fn)+%7B%3Fs+%3Fp+%3Fo%7D+GROUP+BY+%3Fp",
                "docs")) out.println("  " + address + path);
        out.println("  ./thocam search \"thổ cẩm\" --home " + options.home().root());
        out.println("  ./thocam search ꪶꪠꪙ --segments --home " + options.home().root());
        out.flush();
    }

    private static long count(JsonNode facet, String value) {
        for (var entry : facet)
            if (entry.path("value").asText().equals(value))
                return entry.path("count").asLong();
        return 0;
    }

    private static List<String> languages(JsonNode facet) {
        var found = new ArrayList<String>();
        for (var entry : facet) {
            var tag = entry.path("value").asText();
            if (!tag.contains("-") && !tag.equals("und") && !tag.equals("zxx")) found.add(tag);
        }
        return found;
    }

    private static String values(JsonNode facet) {
        var values = new StringBuilder();
        for (var entry : facet)
            values.append(values.length() == 0 ? "" : " ")
                    .append(entry.path("value").asText());
        return values.toString();
    }
}
