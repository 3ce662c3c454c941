package org.thocam.ontology.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.TxnType;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;

/** The competency questions of research/knowledge.md, section 7, with the answers that were worked out there from the tables alone. */
abstract class QuestionsContract {
    private static final Path QUESTIONS = Path.of("src/main/resources/org/thocam/ontology/questions");

    private static final Map<Integer, String> ANSWERS = new TreeMap<>(Map.ofEntries(
            Map.entry(1, "FE029 FE036 FE037 FE041 FE044 FE048"),
            Map.entry(2, "P63-02 P63-08"),
            Map.entry(3, "EG02 EG03 EG05 EG06 EG07 EG08"),
            Map.entry(4, "EG53|428 EG52|525 EG54|639 EG51|903 EG50|909"),
            Map.entry(5, "LG-blt LG-twh LG-tyr"),
            Map.entry(6, "LG-cja|Arab Cham Latn LG-cjm|Cham Latn LG-hro|Latn"),
            Map.entry(7, "EG08|228279 EG03|213714 EG01|104061"),
            Map.entry(8, "313987|P63-02 P63-08"),
            Map.entry(9, "HE001|2008 HE002|2015 HE003|2019 HE004|2021 HE005|2022 HE006|2024 HE007|2013"),
            Map.entry(10, "FE076 FE077 FE078 FE079 FE080 FE081 FE082"),
            Map.entry(11, "2024-02-19 2025-02-07 2026-02-26 2030-02-11"),
            Map.entry(
                    12,
                    "FE001|2026-02-26|2026-02-26 FE002|2026-02-24|2026-02-24 FE024|2026-02-24|2026-02-24 FE032|2025-12-05|2026-03-03"),
            Map.entry(13, "FE070 FE071 FE072 FE073 FE074 FE075 FE098"),
            Map.entry(14, "CR029 CR031"),
            Map.entry(15, "CR007 CR022 CR038 CR039 CR042 CR060"),
            Map.entry(16, "HE075|National ICH list (Viet Nam)|2017"),
            Map.entry(17, "EG10 EG12 EG17 EG21 EG36"),
            Map.entry(18, "EG38 EG39 EG47 EG51"),
            Map.entry(19, "2024-02-19|P63-06 2026-02-26|P34-19"),
            Map.entry(20, "EG02|Tày EG05|Khmer EG24|Thổ"),
            Map.entry(21, "P63-02|P34-08 P63-08|P34-08"),
            Map.entry(22, "P34-01 P34-04 P34-11 P34-12 P34-14 P34-20 P34-22 P34-38 P34-40 P34-42 P34-46"),
            Map.entry(23, "1068189|1393547|30.5"),
            Map.entry(24, "CU001 CU002 CU003 CU004 CU005 CU034"),
            Map.entry(25, "FE056 FE083 FE088 FE089 FE090 FE091"),
            Map.entry(26, "FE029 FE036 FE037 FE041 FE044 FE048")));

    /** How many of the columns of a question its answer is given by. */
    private static final Map<Integer, Integer> COLUMNS = Map.ofEntries(
            Map.entry(4, 2),
            Map.entry(6, 2),
            Map.entry(7, 2),
            Map.entry(8, 2),
            Map.entry(9, 2),
            Map.entry(12, 3),
            Map.entry(16, 3),
            Map.entry(19, 2),
            Map.entry(20, 2),
            Map.entry(21, 2),
            Map.entry(23, 3));

    private static KnowledgeGraph graph;

    static void load(Function<PartGraphs, KnowledgeGraph> opening) {
        var reference = new Reference(Reference.tables());
        graph = opening.apply(reference.graphs);
        graph.apply(List.of(reference.whole()), new Watermark("g", 1));
    }

    @AfterAll
    static void close() {
        graph.close();
    }

    /** The rows of a query that anybody asks. */
    abstract List<Binding> rows(Query query, DatasetGraph visible);

    @Test
    void eachQuestionHasItsAnswer() throws IOException {
        var wrong = new ArrayList<String>();
        try (var files = Files.list(QUESTIONS)) {
            for (var file : files.sorted().toList()) {
                var text = Files.readString(file);
                assertTrue(text.startsWith("# ")
                        && text.lines().skip(1).findFirst().orElse("").startsWith("# "));
                int number = Integer.parseInt(file.getFileName().toString().substring(0, 2));
                var answer = ask(text, COLUMNS.getOrDefault(number, 1));
                if (!answer.equals(ANSWERS.get(number)))
                    wrong.add(file.getFileName() + ": want " + ANSWERS.get(number) + " but found " + answer);
            }
            assertEquals(List.of(), wrong);
        }
        try (var files = Files.list(QUESTIONS)) {
            assertEquals(ANSWERS.size(), files.count());
        }
    }

    /** RDF Data Cube, section 11.1; what is found by one of these is not well formed. */
    @Test
    void theCensusIsAWellFormedCube() {
        var prefixes =
                """
                PREFIX qb: <http://purl.org/linked-data/cube#>
                PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
                PREFIX thocam: <https://thocam.org/ns#>
                """;
        var constraints = Map.of(
                1, "?x a qb:Observation FILTER NOT EXISTS { ?x qb:dataSet ?set }",
                2, "?x a qb:DataSet FILTER NOT EXISTS { ?x qb:structure ?structure }",
                3, "?x a qb:DataStructureDefinition FILTER NOT EXISTS { ?x qb:component/qb:measure ?m }",
                4, "?x a qb:DimensionProperty FILTER NOT EXISTS { ?x rdfs:range ?range }",
                11, "?x qb:dataSet/qb:structure/qb:component/qb:dimension ?d FILTER NOT EXISTS { ?x ?d ?value }",
                14, "?x qb:dataSet/qb:structure/qb:component/qb:measure ?m FILTER NOT EXISTS { ?x ?m ?value }",
                // beyond the recommendation: whoever is counted is something
                100, "?o thocam:people ?x FILTER NOT EXISTS { ?x a ?type }");
        constraints.forEach((number, pattern) ->
                assertEquals("", ask(prefixes + "SELECT ?x { " + pattern + " } LIMIT 3", 1), "constraint " + number));
    }

    /** Asked by a reader; the answers were worked out from the tables by a script of its own. */
    @Test
    void otherQuestionsHaveTheirAnswers() {
        var prefixes =
                """
                PREFIX thocam: <https://thocam.org/ns#>
                PREFIX d: <http://purl.org/dc/terms/>
                PREFIX geo: <http://www.opengis.net/ont/geosparql#>
                PREFIX geof: <http://www.opengis.net/def/function/geosparql/>
                PREFIX sd: <http://purl.org/linked-data/sdmx/2009/dimension#>
                PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
                """;
        var questions = Map.of(
                "SELECT DISTINCT ?i { ?f d:identifier ?i ; thocam:dateRule/thocam:lunarMonth 3 ; thocam:heldBy/thocam:languageFamily 'Austroasiatic' } ORDER BY ?i",
                "FE074",
                "SELECT ?i { ?p a thocam:People ; d:identifier ?i FILTER NOT EXISTS { ?p thocam:speaks ?l } }",
                "EG18",
                "SELECT ?i { ?l a thocam:Language ; d:identifier ?i ; thocam:spokenInCountry 'LA' , 'VN' ; thocam:languageFamily 'Tai-Kadai' } ORDER BY ?i",
                "LG-blt LG-khb LG-nut LG-pht LG-tmm LG-twh LG-tyj LG-tyr",
                "SELECT (SUM(?n) AS ?t) { ?u d:identifier 'P34-68' ; d:replaces ?old . ?o sd:refArea ?old ; thocam:people ?all ; sd:refPeriod '2019-04-01'^^xsd:date ; thocam:persons ?n FILTER STRENDS(STR(?all), '/TOTAL') }",
                "3149882",
                "SELECT (COUNT(?u) AS ?n) { ?u thocam:level ?level OPTIONAL { ?u thocam:validFrom ?from } OPTIONAL { ?u thocam:validTo ?to } FILTER (STRSTARTS(?level, 'province') && (!BOUND(?from) || ?from <= '2025-07-01'^^xsd:date) && (!BOUND(?to) || '2025-07-01'^^xsd:date < ?to)) }",
                "34",
                "SELECT ?i { ?p d:identifier ?i . ?a thocam:people ?p ; sd:refArea ?v ; sd:refPeriod '2009-04-01'^^xsd:date ; thocam:persons ?m . ?b thocam:people ?p ; sd:refArea ?v ; sd:refPeriod '2019-04-01'^^xsd:date ; thocam:persons ?n . ?v d:identifier 'PC-VN' FILTER (?n < ?m) }",
                "EG04");
        questions.forEach((question, answer) -> assertEquals(answer, ask(prefixes + question, 1), question));
    }

    private String ask(String text, int columns) {
        var query = QueryFactory.create(text);
        var visible = graph.visibleTo(new Viewer(false, Set.of()), Instant.parse("2026-11-22T00:00:00Z"));
        visible.begin(TxnType.READ);
        try {
            var rows = new ArrayList<String>();
            rows(query, visible).forEach(row -> rows.add(row(row, query.getProjectVars(), columns)));
            return String.join(" ", rows);
        } finally {
            visible.end();
        }
    }

    private static String row(Binding row, List<Var> variables, int columns) {
        var values = new ArrayList<String>();
        for (var variable : variables.subList(0, columns)) {
            var value = row.get(variable);
            values.add(value == null ? "" : value.isLiteral() ? value.getLiteralLexicalForm() : value.getURI());
        }
        return String.join("|", values);
    }
}
