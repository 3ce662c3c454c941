package org.thocam.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.thocam.ingest.deployment.PrivateFile;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Shown;

/** {@code HOME/thocam.yaml}, overridden by {@code THOCAM_*} variables. A key nobody knows is an error that names the nearest one. */
final class Configuration {
    /** Every key, what it is without one, and what it means. */
    enum Key {
        REPOSITORY_NAME("Thocam", "name of the library, as harvesters and readers see it"),
        REPOSITORY_DOMAIN("thocam.example.vn", "domain in the OAI identifiers; never change it again"),
        REPOSITORY_EMAIL("admin@thocam.example.vn", "address of the administrator, shown to harvesters"),
        REPOSITORY_INSTITUTION("", "institution that keeps the library; empty: its name"),
        REPOSITORY_CURATOR("", "person whom partners write to; empty: the name of the library"),
        REPOSITORY_LOCATION("", "city and country of the institution, at most 50 characters"),
        REPOSITORY_SYNOPSIS("", "what the library holds, for OLAC, at most 1000 characters"),
        REPOSITORY_ACCESS("", "on which terms, for OLAC, at most 1000 characters"),
        REPOSITORY_FRIENDS("", "base addresses of other OAI-PMH providers, with spaces between them"),
        REPOSITORY_URL("", "public address of the library; empty: the address each request came to"),
        SERVER_HOST("127.0.0.1", "address to listen on; 0.0.0.0 for every one"),
        SERVER_PORT("8080", "port to listen on; 0 for a free one"),
        INGEST_SECONDS("10", "seconds that the extraction of one file's text may take"),
        INGEST_HEAP("256m", "memory of a process that extracts text"),
        INGEST_LONGEST("5000000", "characters of text kept of one file"),
        INGEST_READERS("2", "files read at once, each in a process of its own"),
        INGEST_OCR("", "languages that ingest --ocr reads, such as vie+khm+lao; empty for those that are installed"),
        INGEST_REVIEW("70", "percent of certainty below which what OCR read is marked for review"),
        INNER_DEPTH("5", "files in files that are taken out of one file, how deep"),
        INNER_COUNT("1000", "files that are taken out of one file"),
        INNER_TOTAL("256", "MiB of files that are taken out of one file"),
        INNER_LARGEST("64", "MiB of one file that is taken out of another"),
        INNER_RATIO("200", "times its own size that may come out of one file"),
        INNER_SECONDS("120", "seconds that reading all that is inside one file may take"),
        DERIVATIVES_JOBS("0", "derivatives made at once, each by a process of one thread; 0 for one a core"),
        DERIVATIVES_GIGABYTES("20", "room for derivatives; those that nobody asked for longest go first"),
        INGEST_WORKERS("2", "records taken from the queue at once; 0 for none in this engine"),
        ARCHIVE_URL(
                "", "address of the REST API of a Fedora 6, such as http://fedora:8080/rest; empty: OCFL in this home"),
        ARCHIVE_USER("", "who Thocam is to Fedora"),
        ARCHIVE_PASSWORD("", "that user's password; better as the variable THOCAM_ARCHIVE_PASSWORD"),
        ARCHIVE_DISK(
                "",
                "folder on the disk that holds Fedora's storage and its database, where this machine sees it: that disk is then asked to keep what is acknowledged"),
        DATABASE_URL(
                "",
                "PostgreSQL of the change log, tokens and jobs, such as jdbc:postgresql://host/thocam; empty: files in this home"),
        DATABASE_USER("", "who Thocam is to PostgreSQL"),
        DATABASE_PASSWORD("", "that user's password; better as the variable THOCAM_DATABASE_PASSWORD"),
        DATABASE_CONNECTIONS("10", "connections to PostgreSQL that one engine holds at most"),
        INDEX_HEAP("512m", "memory of the Solr node"),
        INDEX_URL(
                "",
                "addresses of the nodes of a SolrCloud, such as http://solr1:8983/solr, with spaces between them; empty: a node of our own"),
        INDEX_USER("", "who Thocam is to SolrCloud"),
        INDEX_PASSWORD("", "that user's password; better as the variable THOCAM_INDEX_PASSWORD"),
        INDEX_SHARDS("1", "parts that an index is cut into when it is made on SolrCloud"),
        INDEX_REPLICAS("1", "copies of each part on SolrCloud"),
        GRAPH_QUERY("", "address of a SPARQL 1.1 store's query service; empty: TDB2 in this home"),
        GRAPH_UPDATE("", "address of its update service"),
        GRAPH_DATA("", "address of its graph store protocol"),
        GRAPH_USER("", "who Thocam is to the SPARQL store"),
        GRAPH_PASSWORD("", "that user's password; better as the variable THOCAM_GRAPH_PASSWORD"),
        OAI_PAGE("100", "records in one answer to a harvester"),
        LIMITS_PERSECOND("2000", "requests that one caller may send a second in the long run"),
        LIMITS_BURST("20000", "requests that one caller may send at once"),
        SPARQL_SECONDS("10", "seconds that a SPARQL query may take"),
        SPARQL_ROWS("50000", "rows or triples that a SPARQL query may answer");

        private final String otherwise;
        private final String meaning;

        Key(String otherwise, String meaning) {
            this.otherwise = otherwise;
            this.meaning = meaning;
        }

        /** As written in the file: {@code server.port}. */
        String dotted() {
            return name().toLowerCase(Locale.ROOT).replace('_', '.');
        }

        String variable() {
            return "THOCAM_" + name();
        }

        String otherwise() {
            return otherwise;
        }

        String meaning() {
            return meaning;
        }
    }

    /** Variables of other parts: the launcher's, and those that the engine gives its own children. */
    private static final Set<String> OTHERS =
            Set.of("THOCAM_HOME", "THOCAM_HEAP", "THOCAM_JAVA_OPTS", "THOCAM_SOLR_SECRET", "THOCAM_LANG");

    private final Map<Key, String> values;

    private Configuration(Map<Key, String> values) {
        this.values = values;
    }

    static Configuration read(Home home, Map<String, String> environment) {
        Map<Key, String> values = new EnumMap<>(Key.class);
        for (var key : Key.values()) values.put(key, key.otherwise());
        var file = home.configuration();
        if (Files.exists(file)) {
            try {
                var tree = new ObjectMapper(new YAMLFactory()).readTree(Files.readString(file));
                if (tree != null && !tree.isMissingNode() && !tree.isNull()) flatten("", tree, values, file.toString());
            } catch (JsonProcessingException e) {
                throw new Stop(Exit.CONFIGURATION, file + " is no YAML: " + Shown.of(e.getOriginalMessage()), e);
            } catch (IOException e) {
                throw new Stop(Exit.CONFIGURATION, file + " could not be read: " + e.getMessage(), e);
            }
        }
        environment.forEach((name, value) -> {
            if (!name.startsWith("THOCAM_") || OTHERS.contains(name)) return;
            var key = Arrays.stream(Key.values())
                    .filter(known -> known.variable().equals(name))
                    .findFirst()
                    .orElseThrow(() -> unknown(
                            "the environment",
                            name,
                            Arrays.stream(Key.values()).map(Key::variable).toArray(String[]::new)));
            values.put(key, value);
        });
        return new Configuration(values).checked();
    }

    /** Writes these variables into a home's file, where it has none, so that other verbs find what this one found. */
    static void keep(Home home, Map<String, String> variables) throws IOException {
        if (Files.exists(home.configuration())) return;
        var tree = ItemJson.MAPPER.createObjectNode();
        for (var key : Key.values()) {
            var value = variables.get(key.variable());
            if (value == null) continue;
            int dot = key.dotted().indexOf('.');
            tree.withObject("/" + key.dotted().substring(0, dot))
                    .put(key.dotted().substring(dot + 1), value);
        }
        PrivateFile.write(home.configuration(), new ObjectMapper(new YAMLFactory()).writeValueAsBytes(tree));
    }

    /** What the rooms would refuse later is refused here, under the name of its key. */
    private Configuration checked() {
        want(Key.INDEX_HEAP, "[1-9][0-9]*[kKmMgG]", "a size such as 512m");
        want(Key.INGEST_HEAP, "[1-9][0-9]*[kKmMgG]", "a size such as 256m");
        want(
                Key.REPOSITORY_DOMAIN,
                "[A-Za-z][A-Za-z0-9-]*([.][A-Za-z][A-Za-z0-9-]*)+",
                "a domain name such as library.example.vn");
        want(Key.ARCHIVE_URL, "(https?://[^\\s?#]+)?", "an address such as http://fedora:8080/rest, or nothing");
        want(
                Key.DATABASE_URL,
                "(jdbc:postgresql://[^\\s]+)?",
                "an address such as jdbc:postgresql://host/thocam, or nothing");
        want(
                Key.INDEX_URL,
                "(https?://[^\\s?#]+(\\s+https?://[^\\s?#]+)*)?",
                "addresses such as http://solr1:8983/solr, or nothing");
        for (var key : List.of(Key.GRAPH_QUERY, Key.GRAPH_UPDATE, Key.GRAPH_DATA))
            want(key, "(https?://[^\\s#]+)?", "an address such as http://fuseki:3030/graph/query, or nothing");
        if (text(Key.GRAPH_QUERY).isEmpty() != text(Key.GRAPH_UPDATE).isEmpty()
                || text(Key.GRAPH_QUERY).isEmpty() != text(Key.GRAPH_DATA).isEmpty())
            throw new Stop(
                    Exit.CONFIGURATION, "graph.query, graph.update and graph.data: want all of them, or none for TDB2");
        want(Key.REPOSITORY_EMAIL, "[^\\s:@]+@[^\\s:@]+", "an address such as admin@example.vn");
        want(Key.REPOSITORY_URL, "(https?://[^\\s?#]+)?", "an address such as https://library.example.vn/, or nothing");
        values.computeIfPresent(Key.REPOSITORY_URL, (key, url) -> url.isEmpty() || url.endsWith("/") ? url : url + "/");
        return this;
    }

    private void want(Key key, String form, String wanted) {
        if (!values.get(key).matches(form))
            throw new Stop(
                    Exit.CONFIGURATION, key.dotted() + " is '" + Shown.of(values.get(key)) + "': want " + wanted);
    }

    private static void flatten(String prefix, JsonNode node, Map<Key, String> values, String where) {
        if (!node.isObject())
            throw new Stop(
                    Exit.CONFIGURATION,
                    where + ": want keys and values" + (prefix.isEmpty() ? "" : " under '" + prefix + "'"));
        for (var entry : node.properties()) {
            var dotted = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
            if (entry.getValue().isObject()) {
                flatten(dotted, entry.getValue(), values, where);
                continue;
            }
            var key = Arrays.stream(Key.values())
                    .filter(known -> known.dotted().equals(dotted))
                    .findFirst()
                    .orElseThrow(() -> unknown(
                            where,
                            dotted,
                            Arrays.stream(Key.values()).map(Key::dotted).toArray(String[]::new)));
            values.put(key, entry.getValue().isNull() ? "" : entry.getValue().asText());
        }
    }

    private static Stop unknown(String where, String key, String[] known) {
        var nearest = Arrays.stream(known)
                .min((a, b) -> Integer.compare(distance(a, key), distance(b, key)))
                .orElseThrow();
        return new Stop(
                Exit.CONFIGURATION,
                where + ": the key '" + Shown.of(key) + "' is not known; the nearest is '" + nearest + "'");
    }

    /** Levenshtein's. */
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) row[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                row[j] = Math.min(
                        Math.min(above, row[j - 1]) + 1, corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1));
                corner = above;
            }
        }
        return row[b.length()];
    }

    String text(Key key) {
        return values.get(key);
    }

    int number(Key key, int least, int most) {
        try {
            int value = Integer.parseInt(values.get(key).strip());
            if (value >= least && value <= most) return value;
        } catch (NumberFormatException e) {
            // said below, with what was found
        }
        throw new Stop(
                Exit.CONFIGURATION,
                key.dotted() + " is '" + Shown.of(values.get(key)) + "': want a whole number from " + least + " to "
                        + most);
    }
}
