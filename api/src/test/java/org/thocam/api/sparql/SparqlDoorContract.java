package org.thocam.api.sparql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.jena.query.QueryCancelledException;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFLanguages;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thocam.ontology.Access;
import org.thocam.ontology.Change;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Version;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;
import org.thocam.ontology.graph.KnowledgeGraph;

/** What the door does, wherever the graph's store is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SparqlDoorContract {
    static final String BASE = "http://127.0.0.1:8080/";
    private static final String PREFIXES =
            "PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX edm: <http://www.europeana.eu/schemas/edm/> ";
    static final Limits LIMITS = new Limits(Duration.ofSeconds(2), 500, 20_000, 4);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int OPEN_ITEMS = 120;

    @TempDir
    static Path dir;

    static KnowledgeGraph graph;
    private static Server server;
    /** The same with much time: a path that names no property is followed step by step, from wherever its store is. */
    private static Server patient;

    private static URI root;
    private static ServerSocket canary;
    private static final AtomicInteger CANARY_CALLS = new AtomicInteger();

    /** An empty graph. */
    abstract KnowledgeGraph open(Path dir, URI base) throws Exception;

    @BeforeAll
    void open() throws Exception {
        graph = open(dir, URI.create(BASE));
        var items = new ArrayList<Item>();
        items.add(item("thai", "only for the Thái", new Access.Restricted(List.of("thai"))));
        items.add(item("closed", "for nobody", new Access.Restricted(List.of())));
        items.add(item("later", "after the embargo", new Access.Embargoed(today().plusDays(1), List.of())));
        items.add(item("passed", "embargo is over", new Access.Embargoed(today(), List.of())));
        for (int i = 0; i < OPEN_ITEMS; i++) items.add(item("open" + i, "title " + i, Access.OPEN));
        graph.apply(items.stream().map(SparqlDoorContract::deposited).toList(), new Watermark("g", items.size()));

        canary = new ServerSocket(0);
        var listener = new Thread(() -> {
            while (!canary.isClosed())
                try {
                    canary.accept().close();
                    CANARY_CALLS.incrementAndGet();
                } catch (IOException closed) {
                    return;
                }
        });
        listener.setDaemon(true);
        listener.start();

        patient = serve(new Limits(Duration.ofSeconds(60), 500, 20_000, 4));
        server = serve(LIMITS);
        root = URI.create("http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
    }

    static Server serve(Limits limits) throws Exception {
        var served = new Server();
        var connector = new ServerConnector(served);
        connector.setHost("127.0.0.1");
        served.addConnector(connector);
        var context = new ServletContextHandler();
        new SparqlDoor(
                        () -> graph,
                        request -> switch (String.valueOf(request.getHeader("X-Viewer"))) {
                            case "thai" -> new Viewer(false, Set.of("thai"));
                            case "all" -> Viewer.EVERYTHING;
                            default -> Viewer.ANYBODY;
                        },
                        request -> request.getHeader("Authorization") != null,
                        limits)
                .mount(context);
        served.setHandler(context);
        served.start();
        return served;
    }

    @AfterAll
    static void close() throws Exception {
        server.stop();
        patient.stop();
        graph.close();
        canary.close();
        assertEquals(0, CANARY_CALLS.get(), "a query called another server");
    }

    // Formats and forms of request

    @ParameterizedTest
    @CsvSource({
        "application/sparql-results+json, application/sparql-results+json",
        "application/json, application/json",
        "application/sparql-results+xml, application/sparql-results+xml",
        "text/csv, text/csv",
        "text/tab-separated-values, text/tab-separated-values"
    })
    void rowsComeInEveryStandardFormat(String accept, String type) throws Exception {
        var answer = query("SELECT ?s { ?s dcterms:title 'title 7'@vi }", "Accept", accept);
        assertEquals(200, answer.statusCode(), answer.body());
        assertTrue(answer.headers().firstValue("Content-Type").orElse("").startsWith(type));
        assertTrue(answer.body().contains(BASE + "id/open7"), answer.body());
    }

    @ParameterizedTest
    @CsvSource({"json, application/sparql-results+json", "xml, application/sparql-results+xml", "csv, text/csv"})
    void theFormatCanStandInTheAddress(String format, String type) throws Exception {
        for (var parameter : List.of("format", "output")) {
            var answer =
                    get("/sparql?query=" + encoded("SELECT * {?s ?p ?o} LIMIT 1") + "&" + parameter + "=" + format);
            assertEquals(200, answer.statusCode(), answer.body());
            assertTrue(answer.headers().firstValue("Content-Type").orElse("").startsWith(type));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"})
    void graphsComeInEveryStandardFormat(String accept) throws Exception {
        for (var query :
                List.of("DESCRIBE <" + BASE + "id/open7>", "CONSTRUCT WHERE { <" + BASE + "id/open7> ?p ?o }")) {
            var answer = query(query, "Accept", accept);
            assertEquals(200, answer.statusCode(), answer.body());
            var model = ModelFactory.createDefaultModel();
            RDFDataMgr.read(
                    model,
                    new ByteArrayInputStream(answer.body().getBytes(StandardCharsets.UTF_8)),
                    RDFLanguages.contentTypeToLang(accept));
            assertEquals(graph.itemGraph(new ItemId("open7")).size(), model.size());
        }
    }

    @Test
    void whoeverDoesNotCareGetsJsonAndTurtle() throws Exception {
        for (var headers : List.of(new String[] {}, new String[] {"Accept", "*/*"})) {
            assertEquals("application/sparql-results+json", type(query("ASK {}", headers)));
            assertEquals("application/sparql-results+json", type(query("SELECT * {} ", headers)));
            assertEquals("text/turtle", type(query("DESCRIBE <" + BASE + "id/open7>", headers)));
            assertEquals("text/turtle", type(get("/sparql/data?graph=" + encoded(BASE + "id/open7"), headers)));
        }
    }

    private static String type(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("").split(";")[0];
    }

    @Test
    void aQueryCanBeAskedInFourWaysAtThreeAddresses() throws Exception {
        var query = "ASK { ?s ?p 'title 7'@vi }";
        for (var path : List.of("/sparql", "/sparql/", "/sparql/query")) {
            var answers = List.of(
                    get(path + "?query=" + encoded(query)),
                    post(path, "application/x-www-form-urlencoded", "query=" + encoded(query)),
                    post(path, "application/sparql-query", query),
                    post(path, "application/sparql-query; charset=utf-8", query));
            for (var answer : answers) {
                assertEquals(200, answer.statusCode(), answer.body());
                assertTrue(JSON.readTree(answer.body()).get("boolean").asBoolean());
            }
        }
    }

    @Test
    void theServiceDescribesItself() throws Exception {
        var answer = get("/sparql", "Accept", "text/turtle");
        assertEquals(200, answer.statusCode());
        assertTrue(answer.body().contains("sd:UnionDefaultGraph"), answer.body());
    }

    // Who sees what

    static List<String> waysToFindItems() {
        var item = "?x a edm:ProvidedCHO";
        return List.of(
                "SELECT ?x { " + item + " }",
                "SELECT ?x { ?x (dcterms:title|dcterms:identifier)+ ?o }",
                "SELECT ?x { ?x !dcterms:nothing ?o }",
                "SELECT ?x { ?x (!dcterms:nothing)+ 'Lò Văn Ín' }",
                "SELECT ?x { ?x dcterms:title? ?o }",
                "SELECT ?x { ?x dcterms:hasPart* ?x . " + item + " }",
                "SELECT ?x { 'Lò Văn Ín' ^dcterms:creator/dcterms:title*/^dcterms:identifier* ?x . " + item + " }",
                "SELECT ?x { VALUES ?n { 'thai' 'closed' 'later' 'passed' 'open1' } ?x dcterms:identifier ?n FILTER EXISTS { ?x (!a)+ ?t } }",
                "SELECT ?x { " + item + " MINUS { ?x dcterms:title 'x' } }",
                "SELECT ?x { " + item + " FILTER NOT EXISTS { ?x dcterms:title/dcterms:x ?o } }",
                "SELECT ?x { { SELECT ?x (count(*) AS ?c) { ?x ?p ?o } GROUP BY ?x } " + item + " }",
                "SELECT ?x { OPTIONAL { " + item + " } }",
                "SELECT ?x { " + item + " } ORDER BY ?x");
    }

    @ParameterizedTest
    @MethodSource("waysToFindItems")
    void everyoneFindsOnlyWhatTheyMaySee(String query) throws Exception {
        assertEquals(Set.of("passed"), namedItems(query, ""));
        assertEquals(Set.of("passed", "thai"), namedItems(query, "thai"));
        assertEquals(Set.of("passed", "thai", "closed", "later"), namedItems(query, "all"));
    }

    private Set<String> namedItems(String query, String viewer) throws Exception {
        var found = new TreeSet<String>();
        var address = URI.create("http://127.0.0.1:" + ((ServerConnector) patient.getConnectors()[0]).getLocalPort());
        var answer = send(HttpRequest.newBuilder(address.resolve("/sparql"))
                .POST(body(PREFIXES + query.replaceFirst("SELECT", "SELECT DISTINCT")))
                .headers("Content-Type", "application/sparql-query", "X-Viewer", viewer));
        for (var row : rows(answer)) {
            var iri = row.path("x").path("value").asText();
            if (iri.startsWith(BASE + "id/") && !iri.contains("/id/open") && !iri.endsWith("/id/EG03"))
                found.add(iri.substring((BASE + "id/").length()));
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ASK { <%s> ?p ?o }",
                "ASK { <%s> (a|!a)+ ?o }",
                "ASK { <%s> !<urn:x> ?o }",
                "ASK { ?s ?p <%s> }",
                "ASK { FILTER EXISTS { <%s> ?p ?o } }",
                "ASK { FILTER EXISTS { <%s> (a/!a*) ?o } }",
                "ASK { GRAPH <%s> {} }",
                "ASK { GRAPH <%s> { ?s ?p ?o } }",
                "ASK { GRAPH ?g { <%s> ?p ?o } }",
                "ASK { GRAPH <urn:x-arq:UnionGraph> { <%s> ?p ?o } }",
                "ASK { { SELECT (count(*) AS ?c) { <%s> ?p ?o } } FILTER(?c > 0) }"
            })
    void nothingAdmitsThatAHiddenItemIsThere(String query) throws Exception {
        for (var id : List.of("thai", "closed", "later"))
            assertFalse(asked(String.format(query, BASE + "id/" + id), ""), id);
    }

    @Test
    void noGraphHasANameHereWhoeverAsks() throws Exception {
        for (var viewer : List.of("", "thai", "all"))
            for (var query : List.of("ASK { GRAPH ?g { } }", "ASK { GRAPH ?g { ?s ?p ?o } }"))
                assertFalse(asked(query, viewer), query);
    }

    @Test
    void countsCountOnlyWhatIsSeen() throws Exception {
        assertEquals(OPEN_ITEMS + 1, count(""));
        assertEquals(OPEN_ITEMS + 2, count("thai"));
        assertEquals(OPEN_ITEMS + 4, count("all"));
    }

    private int count(String viewer) throws Exception {
        var rows = rows(query("SELECT (count(*) AS ?c) { ?s a edm:ProvidedCHO }", "X-Viewer", viewer));
        return rows.get(0).get("c").get("value").asInt();
    }

    @Test
    void descriptionsShowOnlyWhatIsSeen() throws Exception {
        for (var query : List.of(
                "DESCRIBE <%sid/thai>",
                "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(?s = <%sid/thai>) }",
                "DESCRIBE ?x { ?x dcterms:identifier 'thai' FILTER(<%sx> != ?x) }")) {
            var asking = String.format(query, BASE);
            assertFalse(query(asking, "Accept", "application/n-triples").body().contains("only for"), asking);
            var seen = query(asking, "Accept", "application/n-triples", "X-Viewer", "thai")
                    .body();
            assertTrue(seen.contains("only for"), seen);
        }
    }

    @Test
    void otherDatasetsAreRefused() throws Exception {
        for (var from : List.of(
                "FROM <" + BASE + "id/thai>",
                "FROM NAMED <" + BASE + "id/thai>",
                "FROM <urn:x-arq:UnionGraph>",
                "FROM <file:///etc/passwd>",
                "FROM <http://127.0.0.1:" + canary.getLocalPort() + "/>"))
            assertProblem(403, "query-refused", query("SELECT * " + from + " { ?s ?p ?o }", "X-Viewer", "all"));
        for (var parameter : List.of("default-graph-uri", "named-graph-uri"))
            assertProblem(
                    403,
                    "query-refused",
                    get("/sparql?query=" + encoded("ASK {}") + "&" + parameter + "=" + encoded(BASE + "id/thai")));
    }

    // Graph store protocol

    @Test
    void anItemsGraphIsGivenToThoseWhoMaySeeIt() throws Exception {
        var thai = "/sparql/data?graph=" + encoded(BASE + "id/thai");
        assertProblem(404, "not-found", get(thai));
        assertEquals(200, get(thai, "X-Viewer", "thai", "Accept", "text/turtle").statusCode());
        assertProblem(404, "not-found", get("/sparql/data?graph=" + encoded(BASE + "id/later")));
        assertProblem(404, "not-found", get("/sparql/data?graph=" + encoded("urn:x-thocam:graph"), "X-Viewer", "all"));
        assertProblem(404, "not-found", get("/sparql/data?graph=union", "X-Viewer", "all"));
        assertProblem(
                404, "not-found", get("/sparql/data?graph=" + encoded("urn:x-arq:DefaultGraph"), "X-Viewer", "all"));
        assertProblem(400, "bad-request", get("/sparql/data"));
        var head = HTTP.send(
                HttpRequest.newBuilder(root.resolve("/sparql/data?graph=" + encoded(BASE + "id/open1")))
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(200, head.statusCode());
    }

    @Test
    void theDefaultGraphIsTheUnionOfWhatIsSeenWithinTheCap() throws Exception {
        assertProblem(422, "result-too-large", get("/sparql/data?default"));
        var small = serve(new Limits(Duration.ofSeconds(10), 100_000, 1_000, 1));
        try {
            var address = URI.create("http://127.0.0.1:" + ((ServerConnector) small.getConnectors()[0]).getLocalPort());
            var answer = HTTP.send(
                    HttpRequest.newBuilder(address.resolve("/sparql/data?default"))
                            .header("Accept", "application/n-triples")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals(200, answer.statusCode());
            assertTrue(answer.body().contains("/id/open1>"));
            assertFalse(answer.body().contains("/id/thai>"));
        } finally {
            small.stop();
        }
    }

    // Writing

    @Test
    void nobodyWrites() throws Exception {
        var update = "INSERT DATA { <urn:a> <urn:b> <urn:c> }";
        var before = graph.triples();
        var requests = List.of(
                request("/sparql")
                        .POST(body("update=" + encoded(update)))
                        .header("Content-Type", "application/x-www-form-urlencoded"),
                request("/sparql").POST(body(update)).header("Content-Type", "application/sparql-update"),
                request("/sparql/update").POST(body(update)).header("Content-Type", "application/sparql-update"),
                request("/sparql?update=" + encoded("LOAD <file:///etc/passwd>"))
                        .POST(body("")),
                request("/sparql?update=" + encoded(update)).GET(),
                request("/sparql/data?default")
                        .PUT(body("<urn:a> <urn:b> <urn:c> ."))
                        .header("Content-Type", "text/turtle"),
                request("/sparql/data?default")
                        .POST(body("<urn:a> <urn:b> <urn:c> ."))
                        .header("Content-Type", "text/turtle"),
                request("/sparql/data?default")
                        .method("PATCH", body(update))
                        .header("Content-Type", "application/sparql-update"),
                request("/sparql/data?graph=" + encoded(BASE + "id/open1")).DELETE(),
                request("/sparql").DELETE());
        for (var request : requests) {
            assertProblem(401, "unauthorized", send(request.copy()));
            var refused =
                    assertProblem(403, "graph-is-a-view", send(request.copy().header("Authorization", "Bearer x")));
            assertTrue(refused.get("detail").asText().contains("/api/v1/items"));
        }
        assertEquals(before, graph.triples());
    }

    @Test
    void anUpdateInAQueryIsNoQuery() throws Exception {
        for (var update : List.of("LOAD <file:///etc/passwd>", "DROP ALL", "INSERT DATA { <urn:a> <urn:b> <urn:c> }"))
            assertProblem(400, "bad-request", query(update));
    }

    // What reaches out

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * { SERVICE <CANARY> { ?s ?p ?o } }",
                "SELECT * { SERVICE SILENT <CANARY> { ?s ?p ?o } }",
                "SELECT * { ?s ?p ?o SERVICE ?o { ?a ?b ?c } }",
                "SELECT * { OPTIONAL { { SELECT * { SERVICE <CANARY> { ?s ?p ?o } } } } }",
                "ASK { FILTER EXISTS { SERVICE SILENT <CANARY> { ?s ?p ?o } } }",
                "ASK { FILTER(1 = 1 || NOT EXISTS { { SERVICE <CANARY> {} } UNION {} }) }",
                "SELECT (EXISTS { SERVICE <CANARY> {} } AS ?x) {}",
                "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING (EXISTS { SERVICE <CANARY> {} })",
                "SELECT ?s { ?s ?p ?o } ORDER BY (EXISTS { SERVICE <CANARY> {} })",
                "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <CANARY> { ?s ?p ?o } }",
                "DESCRIBE ?s { SERVICE <CANARY> { ?s ?p ?o } }",
                "SELECT (<java:java.lang.System.getenv>('PATH') AS ?x) {}",
                "SELECT * { BIND(<java:org.apache.jena.sparql.function.library.wait>(5000) AS ?x) }",
                "SELECT (<http://www.w3.org/ns/js#eval>('1') AS ?x) {}",
                "SELECT (<http://jena.apache.org/ARQ/jsFunction#eval>('1') AS ?x) {}",
                "SELECT (<http://jena.apache.org/ARQ/function#wait>(5000) AS ?x) {}",
                "SELECT (<http://jena.apache.org/ARQ/function#print>('x') AS ?x) {}",
                "SELECT (<http://jena.hpl.hp.com/ARQ/function#eval>('x') AS ?x) {}",
                "SELECT (<http://www.w3.org/2005/xpath-functions#matches>('aaaa', '(a|aa)+$') AS ?x) {}",
                "SELECT (<http://www.opengis.net/def/function/geosparql/buffer>('x', 1e9, <urn:u>) AS ?x) {}",
                "SELECT (<http://www.opengis.net/def/function/geosparql/transform>('x', <urn:u>) AS ?x) {}",
                "SELECT (<http://jena.apache.org/function/spatial#transformSRS>('x', <urn:u>) AS ?x) {}",
                "SELECT (sum(<java:java.lang.Math.abs>(1)) AS ?x) {}",
                "SELECT * { ?s ?p ?o } GROUP BY (<java:x.Y>(?s) AS ?z)"
            })
    void whatReachesOutOfTheGraphIsRefused(String query) throws Exception {
        var answer = query(query.replace("CANARY", "http://127.0.0.1:" + canary.getLocalPort() + "/sparql"));
        assertTrue(Set.of(400, 403).contains(answer.statusCode()), answer.statusCode() + answer.body());
        assertEquals(0, CANARY_CALLS.get());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * { ?s <java:org.apache.jena.sparql.pfunction.library.str> ?o }",
                "SELECT * { 'a b' <http://jena.apache.org/ARQ/property#strSplit> (?x ' ') }",
                "SELECT * { ?s <http://jena.apache.org/ARQ/property#versionARQ> ?o }",
                "SELECT * { (1 2) <http://www.w3.org/2000/01/rdf-schema#member> ?o }"
            })
    void aPropertyFunctionIsOnlyAPropertyHere(String query) throws Exception {
        assertEquals(List.of(), rows(query(query)));
    }

    // What takes too much

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * { BIND('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' AS ?x) FILTER regex(?x, '(.*a){25}b') }",
                "SELECT (replace('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', '(.*a){25}b', 'x') AS ?x) {}",
                "SELECT (count(*) AS ?c) { ?a ?b ?c1 . ?d ?e ?f . ?g ?h ?i }",
                "SELECT DISTINCT ?a ?g { ?a ?b ?c1 . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i",
                "SELECT (count(*) AS ?c) { ?a (!<urn:x>|^!<urn:x>)* ?b . ?c1 (!<urn:x>|^!<urn:x>)* ?d }",
                "SELECT (count(*) AS ?c) { ?s (<urn:p>|!<urn:p>)* ?o . ?x (<urn:p>|!<urn:p>)* ?y . ?z (<urn:p>|!<urn:p>)* ?w }"
            })
    void whatRunsAwayIsStoppedAtTheTimeLimit(String query) throws Exception {
        long start = System.nanoTime();
        var problem = assertProblem(503, "time-limit", query(query));
        var took = Duration.ofNanos(System.nanoTime() - start);
        assertTrue(took.compareTo(LIMITS.time().plusSeconds(20)) < 0, took.toString());
        assertTrue(problem.get("detail").asText().contains("2.0 s"));
    }

    @Test
    void aResultOverTheCapIsRefusedWhole() throws Exception {
        assertProblem(422, "result-too-large", query("SELECT * { ?s ?p ?o }"));
        assertProblem(422, "result-too-large", query("CONSTRUCT WHERE { ?s ?p ?o }"));
        assertProblem(422, "result-too-large", query("DESCRIBE ?s { ?s ?p ?o }"));
        assertEquals(
                LIMITS.rows(),
                rows(query("SELECT * { ?s ?p ?o } LIMIT " + LIMITS.rows())).size());
    }

    @Test
    void whatGrowsWithoutEndIsStopped() throws Exception {
        var doubling = IntStream.range(0, 40)
                .mapToObj(i -> "BIND(concat(?s" + i + ", ?s" + i + ") AS ?s" + (i + 1) + ")")
                .reduce("BIND('0123456789' AS ?s0) ", (a, b) -> a + b);
        assertEquals(
                200, query("SELECT (strlen(?s40) AS ?l) { " + doubling + " }").statusCode());
        assertEquals(
                200,
                query("SELECT (strlen(?s40) AS ?l) { "
                                + doubling.replaceAll(
                                        "concat\\((\\?s\\d+), \\?s\\d+\\)", "replace($1, '(.)', '\\$1\\$1')")
                                + " }")
                        .statusCode());
        assertEquals(
                200,
                query("SELECT (1 AS ?l) { "
                                + doubling.replaceAll("concat\\((\\?s\\d+), (\\?s\\d+)\\)", "$1 * $2")
                                        .replace("'0123456789'", "123456789")
                                + " }")
                        .statusCode());
        assertProblem(
                400,
                "bad-request",
                query("SELECT (group_concat(?o; separator='" + "-".repeat(5000) + "') AS ?x) { ?s ?p ?o }"));
        assertProblem(
                400,
                "bad-request",
                query("SELECT (group_concat(DISTINCT ?o; separator='" + "-".repeat(9000) + "') AS ?x) { ?s ?p ?o }"));
    }

    @Test
    void deepNestingIsRefusedAndTheNextQueryAnswered() throws Exception {
        for (var deep : List.of(
                "ASK { FILTER(" + "(".repeat(9000) + "1" + ")".repeat(9000) + ") }",
                "ASK " + "{".repeat(9000) + "}".repeat(9000),
                "ASK { FILTER(" + "!".repeat(15000) + "true) }",
                "ASK { ?s " + "(".repeat(6000) + "<a>" + ")*".repeat(6000) + " ?o }",
                "ASK { FILTER(1" + "+1".repeat(9000) + " = 1) }")) {
            var answer = query(deep);
            assertTrue(Set.of(200, 400).contains(answer.statusCode()), answer.statusCode() + answer.body());
        }
        assertTrue(asked("ASK { ?s ?p ?o }", ""));
    }

    @Test
    void aParseErrorSaysWhere() throws Exception {
        var problem = assertProblem(400, "bad-request", query("SELECT *\n{ ?s ?p }"));
        assertTrue(problem.get("detail").asText().startsWith("line 2, column "), problem.toString());
    }

    @Test
    void aQueryMayHaveALengthAndNoMore() throws Exception {
        var fits = "ASK {} #" + "ệ".repeat(LIMITS.queryLength() - 8);
        assertEquals(200, post("/sparql", "application/sparql-query", fits).statusCode());
        assertEquals(
                200,
                post("/sparql", "application/x-www-form-urlencoded", "query=" + encoded(fits))
                        .statusCode());
        for (int more : new int[] {1, 2 * LIMITS.queryLength(), 100 * LIMITS.queryLength()}) {
            var over = fits + "ệ".repeat(more);
            assertProblem(413, "query-too-long", post("/sparql", "application/sparql-query", over));
            assertProblem(
                    413,
                    "query-too-long",
                    post("/sparql", "application/x-www-form-urlencoded", "query=" + encoded(over)));
        }
    }

    @Test
    void oneMoreQueryThanAllowedIsToldToComeBack() throws Exception {
        var slow = "SELECT (count(*) AS ?c) { ?a ?b ?c1 . ?d ?e ?f . ?g ?h ?i }";
        var running = IntStream.range(0, 12)
                .mapToObj(i -> HTTP.sendAsync(
                        request("/sparql?query=" + encoded(slow)).build(), HttpResponse.BodyHandlers.ofString()))
                .toList();
        int turnedAway = 0;
        for (var answer : running) {
            var problem = answer.get();
            assertEquals(503, problem.statusCode());
            assertTrue(problem.headers().firstValue("Retry-After").isPresent());
            if (problem.body().contains("too-many-queries")) turnedAway++;
        }
        assertEquals(12 - LIMITS.concurrent(), turnedAway);
        assertTrue(asked("ASK { ?s ?p ?o }", ""));
    }

    @Test
    void aRebuildInTheMiddleOfAQuestionIsNotNoticed(@TempDir Path other) {
        var old = KnowledgeGraph.open(other, URI.create(BASE));
        old.close();
        var asked = new AtomicInteger();
        var answering = new Answering(() -> asked.getAndIncrement() == 0 ? old : graph, LIMITS);
        assertTrue(answering.answer("ASK { ?s ?p ?o }", Viewer.ANYBODY).booleanResult());
    }

    @Test
    void whenMemoryRunsShortAQueryIsStopped() {
        var memory = new MemoryGuard();
        var turn = new Turn(LIMITS);
        memory.enter(turn);
        memory.stopAll();
        assertTrue(turn.cancelled().get());
        assertThrows(
                QueryCancelledException.class, () -> IntStream.range(0, 1000).forEach(i -> turn.step()));
    }

    // Errors

    @Test
    void everyErrorIsAProblemDocument() throws Exception {
        assertProblem(400, "bad-request", get("/sparql?query="));
        assertProblem(415, "unsupported-media-type", post("/sparql", "text/plain", "ASK {}"));
        assertProblem(404, "not-found", get("/sparql/elsewhere"));
        assertProblem(
                400,
                "bad-request",
                HTTP.send(
                        request("/sparql")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[] {'A', (byte) 0xC3, '('}))
                                .header("Content-Type", "application/sparql-query")
                                .build(),
                        HttpResponse.BodyHandlers.ofString()));
        var head = HTTP.send(
                request("/sparql?query=" + encoded("ASK {}"))
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(405, head.statusCode());
    }

    @Test
    void functionsDoAsInSparql() throws Exception {
        for (var truth : List.of(
                "regex('Thổ cẩm', '^THỔ', 'i')",
                "!regex('abc', '^b')",
                "regex('a.b', 'a.b', 'q')",
                "replace('abab', 'b', 'Z') = 'aZaZ'",
                "replace('abc'@vi, 'b', '$0$0') = 'abbc'@vi",
                "replace('abc', 'x', 'y') = 'abc'",
                "replace('abcd', '(b)(c)', '$2$1') = 'acbd'",
                "replace('abc', '.*', 'x') = 'x'",
                "concat('a'@vi, 'b'@vi) = 'ab'@vi",
                "2 * 3 = 6",
                "2.5 * 2 = 5",
                "xsd:integer('7') = 7",
                "<http://www.w3.org/2005/xpath-functions#upper-case>('ệ') = 'Ệ'",
                "ABS(geof:distance('POINT(105.8542 21.0285)'^^geo:wktLiteral, 'POINT(103.023 21.386)'^^geo:wktLiteral,"
                        + " <http://www.opengis.net/def/uom/OGC/1.0/metre>) / 296080 - 1) < 0.005",
                "geof:sfWithin('POINT(1 1)'^^geo:wktLiteral, 'POLYGON((0 0, 2 0, 2 2, 0 2, 0 0))'^^geo:wktLiteral)",
                "!BOUND(?nothing) || geof:distance(1, 2, 3) > 0"))
            assertTrue(
                    asked(
                            "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> PREFIX geo: <http://www.opengis.net/ont/geosparql#>"
                                    + " PREFIX geof: <http://www.opengis.net/def/function/geosparql/> ASK { FILTER("
                                    + truth + ") }",
                            ""),
                    truth);
        for (var wrong : List.of("regex('a', concat('(', ''))", "regex(1, 'a')", "replace('a', 'a', '$9') = 'x'"))
            assertFalse(asked("ASK { FILTER(" + wrong + ") }", ""), wrong);
        assertProblem(400, "bad-request", query("ASK { FILTER regex('a', '(') }"));
        var rows = rows(
                query(
                        "SELECT (group_concat(DISTINCT ?x; separator=',') AS ?j) (group_concat(?x) AS ?k) { VALUES ?x { 'a' 'b' 'a' } }"));
        assertEquals("a,b", rows.get(0).get("j").get("value").asText());
        assertEquals("a b a", rows.get(0).get("k").get("value").asText());
    }

    @Test
    void theHostileQueriesAreAnsweredOrRefusedInTime() throws Exception {
        var file = Path.of(System.getProperty("thocam.root", ".."))
                .resolve("../shared/data/hostile/gen/rdf/hostile-queries.txt");
        assumeTrue(Files.exists(file), () -> file + " is not there: skipped");
        for (var query : Files.readAllLines(file)) {
            var answer =
                    post("/sparql", "application/sparql-query", query.replace("18765", "" + canary.getLocalPort()));
            System.out.println(answer.statusCode() + " " + query);
            assertTrue(Set.of(200, 400, 403, 422, 503).contains(answer.statusCode()), query + answer.body());
            assertFalse(answer.body().contains("root:"), query);
        }
        assertEquals(0, CANARY_CALLS.get());
        assertTrue(asked("ASK { ?s ?p ?o }", ""));
    }

    @Test
    void aPointQueryTakesAFewMilliseconds() throws Exception {
        var query = "SELECT * { <" + BASE + "id/open7> ?p ?o }";
        var times = new ArrayList<Double>();
        for (int i = 0; i < 400; i++) {
            long start = System.nanoTime();
            assertEquals(200, query(query).statusCode());
            times.add((System.nanoTime() - start) / 1e6);
        }
        var warm = times.subList(200, 400).stream().sorted().toList();
        System.out.printf("point query over HTTP: median %.2f ms, 95 %% %.2f ms%n", warm.get(100), warm.get(190));
    }

    // The pieces

    private static LocalDate today() {
        return Instant.now().atOffset(ZoneOffset.ofHours(7)).toLocalDate();
    }

    static Item item(String id, String title, Access access) {
        return new Item(
                new ItemId(id),
                LanguageMap.of(new LanguageTag("vi"), title),
                "Text",
                List.of(new LanguageTag("vi")),
                LanguageMap.EMPTY,
                List.of("Lò Văn Ín"),
                "",
                List.of("EG03"),
                Optional.empty(),
                "",
                access,
                List.of(),
                List.of(),
                List.of(),
                "",
                "");
    }

    static Snapshot deposited(Item item) {
        var change = new Change(
                0, item.id(), new Version(1), Change.Kind.DEPOSITED, Instant.EPOCH, item.access(), item.sets(), "");
        return new Snapshot(change, item, "");
    }

    static boolean asked(String query, String viewer) throws Exception {
        var answer = query(query, "X-Viewer", viewer);
        assertEquals(200, answer.statusCode(), answer.body());
        return JSON.readTree(answer.body()).get("boolean").asBoolean();
    }

    static List<JsonNode> rows(HttpResponse<String> answer) throws Exception {
        assertEquals(200, answer.statusCode(), answer.body());
        var rows = new ArrayList<JsonNode>();
        JSON.readTree(answer.body()).get("results").get("bindings").forEach(rows::add);
        return rows;
    }

    static JsonNode assertProblem(int status, String type, HttpResponse<String> answer) throws Exception {
        assertEquals(status, answer.statusCode(), answer.body());
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("Content-Type").orElse("").split(";")[0]);
        var problem = JSON.readTree(answer.body());
        assertEquals("/problems/" + type, problem.get("type").asText(), answer.body());
        assertEquals(status, problem.get("status").asInt());
        assertFalse(problem.get("title").asText().isBlank());
        assertFalse(problem.get("detail").asText().isBlank());
        assertTrue(problem.get("instance").asText().startsWith("urn:uuid:"));
        if (status == 401)
            assertEquals(
                    "Bearer", answer.headers().firstValue("WWW-Authenticate").orElse(""));
        return problem;
    }

    static HttpResponse<String> query(String query, String... headers) throws Exception {
        var request =
                request("/sparql").POST(body(PREFIXES + query)).header("Content-Type", "application/sparql-query");
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    static HttpResponse<String> get(String path, String... headers) throws Exception {
        return send(headers.length == 0 ? request(path) : request(path).headers(headers));
    }

    private static HttpResponse<String> post(String path, String type, String content) throws Exception {
        return send(request(path).POST(body(content)).header("Content-Type", type));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(root.resolve(path)).timeout(Duration.ofSeconds(30));
    }

    private static HttpRequest.BodyPublisher body(String content) {
        return HttpRequest.BodyPublishers.ofString(content);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
