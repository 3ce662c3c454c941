package org.thocam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What an administrator copies from docs/operations is what this Thocam understands: keys, verbs, ports, links. */
class DeploymentFilesTest {
    private static final Path OPERATIONS =
            Path.of(System.getProperty("thocam.root")).resolve("docs").resolve("operations");
    private static final Pattern VARIABLE = Pattern.compile("\\bTHOCAM_[A-Z]+(?:_[A-Z]+)*\\b(?!_)");
    private static final Pattern SUBSTITUTED = Pattern.compile("\\$\\{([A-Z_]+)(?::([-?])([^}]*))?}");
    private static final Pattern YAML_BLOCK = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");
    /** A host whose name begins with that of a service, and its port. */
    private static final Pattern ADDRESS = Pattern.compile(
            "(?<![\\w.-])(engine|fedora|postgres|solr|thocam-solrcloud|zookeeper|fuseki)(?:[0-9]|-[a-z]+)*(?:[.]stores)?:([0-9]{4,5})");

    private static final Set<String> NOT_A_SERVICE_OF_OURS = Set.of("53", "80", "443");

    @TempDir
    private Path folder;

    @Test
    void everyYamlIsWellFormed() throws IOException {
        for (var file : files(OPERATIONS, ".yaml", ".yml"))
            assertFalse(documents(Files.readString(file)).isEmpty(), file + " is empty");
    }

    @Test
    void everyConfigurationInTheTextIsOneThatWeRead() throws IOException {
        int blocks = 0;
        for (var file : files(OPERATIONS, ".md"))
            for (var block : matches(YAML_BLOCK, Files.readString(file))) {
                assertEquals(List.of(), faultsOf(block.group(1), Map.of()), file.toString());
                blocks++;
            }
        assertTrue(blocks >= 3, "one for each shape of a deployment, found " + blocks);
    }

    @Test
    void everyVariableIsOneThatWeKnow() throws IOException {
        assertEquals(List.of(), unknownVariables(OPERATIONS));
    }

    @Test
    void aWrongKeyOrVariableIsFound() throws IOException {
        Files.writeString(folder.resolve("thocam.env"), "THOCAM_HEAP=1g\nTHOCAM_DATABASE_PASWORD=x\n");
        assertEquals(
                List.of("thocam.env: THOCAM_DATABASE_PASWORD"),
                unknownVariables(folder).stream()
                        .map(fault -> fault.replaceFirst(" is not known.*", ""))
                        .toList());
        var faults = faultsOf("archive:\n  adress: http://fedora:8080/rest\n", Map.of());
        assertTrue(faults.get(0).contains("'archive.adress' is not known; the nearest is 'archive."), faults.get(0));
        assertFalse(faultsOf("index: {heap: much}", Map.of()).isEmpty());
        assertFalse(faultsOf("server: [8080]\nserver: {port: 8080}", Map.of()).isEmpty());
        assertEquals(List.of("work-hard: no such verb"), verbFaults(List.of("work-hard", "--quiet")));
        assertEquals(List.of("serve: no option --qiet"), verbFaults(List.of("serve", "--qiet")));
    }

    @Test
    void composeSetsEveryKeyOfTheStoresAndNoneThatWeRefuse() throws IOException {
        var compose = compose();
        var given = assignments(OPERATIONS.resolve("deploy/compose/.env.example"));
        given.replaceAll((name, value) -> value.isEmpty() ? "secret" : value);
        int ours = 0;
        for (var service : services(compose).entrySet()) {
            var environment = new TreeMap<String, String>();
            map(service.getValue().get("environment"))
                    .forEach((name, value) -> environment.put(name, substituted(String.valueOf(value), given)));
            if (!String.valueOf(service.getValue().get("image")).startsWith("${IMAGE")) continue;
            ours++;
            assertEquals(List.of(), faultsOf("", environment), service.getKey());
            assertEquals(storeVariables(), present(environment.keySet()), service.getKey());
            assertEquals(List.of(), verbFaults(strings(service.getValue().get("command"))), service.getKey());
        }
        assertEquals(3, ours, "two engines and a worker");
    }

    @Test
    void onlyTheProxyOfComposeIsOpenToTheWorld() throws IOException {
        var table = ports(2);
        for (var service : services(compose()).entrySet()) {
            var name = service.getKey().replaceAll("[0-9]+$", "").replace("worker", "engine");
            assertTrue(table.containsKey(name), service.getKey() + " is not in the table of ports");
            for (var open : strings(service.getValue().get("ports"))) {
                assertEquals("proxy", name, service.getKey() + " publishes " + open);
                assertTrue(table.get(name).contains(open.replaceFirst(":.*", "")), open);
            }
            for (var port : strings(service.getValue().get("expose")))
                assertTrue(table.get(name).contains(port), service.getKey() + " has port " + port);
        }
    }

    @Test
    void kubernetesSetsEveryKeyOfTheStoresAndNoneThatWeRefuse() throws IOException {
        var shared = new TreeMap<String, String>();
        for (var one : manifests())
            for (var part : List.of("data", "stringData"))
                map(one.get(part)).forEach((name, value) -> shared.put(name, String.valueOf(value)));
        int pods = 0;
        for (var pod : pods()) {
            pods++;
            // Kubernetes would set THOCAM_SERVICE_HOST and others for our own Service
            assertEquals(false, pod.get("enableServiceLinks"), "enableServiceLinks");
            for (var container : list(pod.get("containers"))) {
                var environment = new TreeMap<>(shared);
                for (var variable : list(container.get("env")))
                    environment.put((String) variable.get("name"), String.valueOf(variable.get("value")));
                assertEquals(List.of(), faultsOf("", environment), String.valueOf(container.get("name")));
                assertEquals(storeVariables(), present(environment.keySet()));
                assertEquals(List.of(), verbFaults(strings(container.get("args"))));
                for (var probe : List.of("startupProbe", "livenessProbe", "readinessProbe"))
                    if (container.containsKey(probe)) {
                        var asked = map(map(container.get(probe)).get("httpGet"));
                        assertTrue(
                                Set.of("/health/live", "/health/ready").contains(asked.get("path")), asked.toString());
                        assertEquals("http", asked.get("port"));
                    }
            }
        }
        assertEquals(2, pods, "engines and workers");
    }

    @Test
    void portsOfKubernetesAreThoseOfTheTable() throws IOException {
        var all = ports(2).values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        all.addAll(NOT_A_SERVICE_OF_OURS);
        var found = new TreeSet<String>();
        for (var one : manifests()) numbers(one, Set.of("port", "containerPort"), found);
        assertTrue(all.containsAll(found), found + " are not all of " + all);
        assertTrue(found.contains("8080") && found.contains("5432"), found.toString());
        for (var pod : pods())
            for (var container : list(pod.get("containers")))
                for (var port : list(container.get("ports")))
                    assertEquals(ports(2).get("engine"), Set.of(String.valueOf(port.get("containerPort"))));
    }

    @Test
    void everyAddressHasThePortOfTheTable() throws IOException {
        int addresses = 0;
        for (var file : files(OPERATIONS.resolve("deploy"), ""))
            for (var found : matches(ADDRESS, Files.readString(file))) {
                var service = found.group(1).replace("thocam-solrcloud", "solr");
                assertTrue(ports(2).get(service).contains(found.group(2)), file + ": " + found.group());
                addresses++;
            }
        assertTrue(addresses > 10, "found " + addresses);
        var sharing = OPERATIONS.resolve("one-machine-with-services.md");
        var known = ports(3).values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        for (var found : matches(Pattern.compile("127[.]0[.]0[.]1:([0-9]+)"), Files.readString(sharing)))
            assertTrue(known.contains(found.group(1)), sharing + ": " + found.group());
    }

    @Test
    void unitsStartVerbsThatExist() throws IOException {
        int ours = 0;
        for (var unit : files(OPERATIONS.resolve("deploy/systemd"), ".service")) {
            var text = Files.readString(unit);
            for (var section : List.of("[Unit]", "[Service]", "[Install]"))
                assertTrue(text.contains("\n" + section + "\n"), unit + " lacks " + section);
            for (var line : text.lines().toList())
                assertTrue(line.matches("|#.*|\\[[A-Z][a-z]+]|[A-Z][A-Za-z]+=.*"), unit + ": " + line);
            for (var start : matches(Pattern.compile("(?m)^ExecStart=/opt/thocam/thocam (.*)$"), text)) {
                assertEquals(List.of(), verbFaults(List.of(start.group(1).split(" "))), unit.toString());
                assertTrue(
                        text.contains("\nUser=thocam\n") && text.contains("\nNoNewPrivileges=yes\n"), unit.toString());
                ours++;
            }
        }
        assertEquals(2, ours, "an engine and a worker");
        var image = Files.readString(OPERATIONS.resolve("deploy/docker/Dockerfile"));
        for (var command : matches(Pattern.compile("(?m)^CMD \\[(.*)]$"), image))
            assertEquals(
                    List.of(),
                    verbFaults(List.of(command.group(1).replace("\"", "").split(", *"))));
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        for (var file : files(OPERATIONS, ".md"))
            for (var link : matches(LINK, Files.readString(file)))
                assertTrue(Files.exists(file.resolveSibling(link.group(1))), file + " links to " + link.group(1));
    }

    /** What {@code thocam.yaml} with this in it, under these variables, would be refused for. */
    private List<String> faultsOf(String yaml, Map<String, String> environment) throws IOException {
        Files.writeString(folder.resolve("thocam.yaml"), yaml);
        try {
            documents(yaml);
            var read = Configuration.read(new Home(folder), environment);
            read.number(Configuration.Key.SERVER_PORT, 0, 65_535);
            read.number(Configuration.Key.INDEX_SHARDS, 1, 1024);
            read.number(Configuration.Key.INDEX_REPLICAS, 1, 16);
            read.number(Configuration.Key.DATABASE_CONNECTIONS, 1, 1000);
            read.number(Configuration.Key.INGEST_WORKERS, 0, 64);
            return List.of();
        } catch (Stop | YAMLException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private List<String> unknownVariables(Path root) throws IOException {
        var faults = new ArrayList<String>();
        for (var file : files(root, ""))
            for (var found : matches(VARIABLE, Files.readString(file)))
                for (var fault : faultsOf("", Map.of(found.group(), "1")))
                    if (fault.contains("is not known"))
                        faults.add(root.relativize(file) + ": " + found.group() + " is not known: " + fault);
        return faults;
    }

    private static List<String> verbFaults(List<String> words) {
        var nowhere = new PrintWriter(new StringWriter());
        CommandLine verb = Main.commandLine(nowhere, nowhere).getSubcommands().get(words.get(0));
        if (verb == null) return List.of(words.get(0) + ": no such verb");
        CommandSpec spec = verb.getCommandSpec();
        return words.stream()
                .filter(word -> word.startsWith("--"))
                .map(word -> word.replaceFirst("=.*", ""))
                .filter(option -> spec.findOption(option) == null)
                .map(option -> words.get(0) + ": no option " + option)
                .toList();
    }

    /** The variables of the stores that are not in the home. */
    private static Set<String> storeVariables() {
        return Arrays.stream(Configuration.Key.values())
                .filter(key -> key.name().matches("(ARCHIVE|DATABASE|GRAPH)_.*|INDEX_(?!HEAP).*|INGEST_WORKERS"))
                .map(Configuration.Key::variable)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> present(Set<String> variables) {
        var found = new TreeSet<>(storeVariables());
        found.retainAll(variables);
        return found;
    }

    /** The table of ports by service, from the column with this number. */
    private static Map<String, Set<String>> ports(int column) throws IOException {
        var rows = new LinkedHashMap<String, Set<String>>();
        var text = Files.readString(OPERATIONS.resolve("README.md"));
        var table = text.substring(text.indexOf("| who | port |"));
        for (var line :
                table.substring(0, table.indexOf("\n\n")).lines().skip(2).toList()) {
            var cells = line.split("\\s*\\|\\s*");
            rows.put(cells[1], Set.of(cells[column].split(", ")));
        }
        assertEquals(
                Set.of("proxy", "engine", "fedora", "postgres", "solr", "zookeeper", "fuseki"), rows.keySet(), table);
        return rows;
    }

    private static Map<String, Object> compose() throws IOException {
        return documents(Files.readString(OPERATIONS.resolve("deploy/compose/compose.yaml")))
                .get(0);
    }

    private static Map<String, Map<String, Object>> services(Map<String, Object> compose) {
        var services = new LinkedHashMap<String, Map<String, Object>>();
        map(compose.get("services")).forEach((name, service) -> services.put(name, map(service)));
        return services;
    }

    private static List<Map<String, Object>> manifests() throws IOException {
        var all = new ArrayList<Map<String, Object>>();
        for (var file : files(OPERATIONS.resolve("deploy/kubernetes"), ".yaml"))
            for (var document : documents(Files.readString(file))) {
                assertTrue(document.containsKey("apiVersion") && document.containsKey("kind"), file.toString());
                all.add(document);
            }
        return all;
    }

    private static List<Map<String, Object>> pods() throws IOException {
        return manifests().stream()
                .map(one -> map(map(map(one.get("spec")).get("template")).get("spec")))
                .filter(pod -> !pod.isEmpty())
                .toList();
    }

    private static List<Map<String, Object>> documents(String yaml) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        var documents = new ArrayList<Map<String, Object>>();
        for (var document : new Yaml(new SafeConstructor(options)).loadAll(yaml)) documents.add(map(document));
        return documents;
    }

    private static Map<String, Object> map(Object node) {
        var map = new LinkedHashMap<String, Object>();
        if (node instanceof Map<?, ?> entries) entries.forEach((name, value) -> map.put(String.valueOf(name), value));
        return map;
    }

    private static List<Map<String, Object>> list(Object node) {
        return node instanceof List<?> all
                ? all.stream().map(DeploymentFilesTest::map).toList()
                : List.of();
    }

    private static List<String> strings(Object node) {
        return node instanceof List<?> all ? all.stream().map(String::valueOf).toList() : List.of();
    }

    private static void numbers(Object node, Set<String> names, Set<String> found) {
        if (node instanceof Map<?, ?> entries)
            entries.forEach((name, value) -> {
                if (value instanceof Integer number && names.contains(name)) found.add(number.toString());
                else numbers(value, names, found);
            });
        if (node instanceof List<?> all) all.forEach(one -> numbers(one, names, found));
    }

    private static Map<String, String> assignments(Path file) throws IOException {
        var given = new LinkedHashMap<String, String>();
        for (var line : matches(Pattern.compile("(?m)^([A-Z_]+)=(.*)$"), Files.readString(file)))
            given.put(line.group(1), line.group(2));
        return given;
    }

    /** As Compose does it: a name, a name with a default, a name that must be there. */
    private static String substituted(String text, Map<String, String> given) {
        return SUBSTITUTED.matcher(text).replaceAll(found -> {
            var value = given.get(found.group(1));
            if (value == null && "-".equals(found.group(2))) value = found.group(3);
            assertTrue(value != null, found.group() + " is not in .env.example");
            return Matcher.quoteReplacement(value);
        });
    }

    private static List<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }

    private static List<Path> files(Path root, String... ends) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> Arrays.stream(ends).anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
        }
    }
}
