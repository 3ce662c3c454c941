package org.thocam.api.sru;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.thocam.index.search.cql.Cql;
import org.thocam.index.search.cql.CqlException;
import org.thocam.index.search.cql.CqlParser;
import org.thocam.index.search.cql.CqlQuery;
import org.thocam.ontology.exchange.Crosswalk;

/** A request, already checked: whoever holds one may answer it. SRU 1.1 and 1.2. */
sealed interface SruRequest {
    int MOST_RECORDS = 100;
    int USUAL_RECORDS = 10;
    int MOST_TERMS = 100;
    int USUAL_TERMS = 10;

    /** What a response is called, for requests that get nothing but a diagnostic too. */
    enum Operation {
        SEARCH_RETRIEVE(
                "searchRetrieve",
                "version",
                "operation",
                "query",
                "startRecord",
                "maximumRecords",
                "recordPacking",
                "recordSchema",
                "recordXPath",
                "resultSetTTL",
                "sortKeys",
                "stylesheet"),
        SCAN("scan", "version", "operation", "scanClause", "responsePosition", "maximumTerms", "stylesheet"),
        EXPLAIN("explain", "version", "operation", "recordPacking", "stylesheet");

        final String word;
        final List<String> parameters;

        Operation(String word, String... parameters) {
            this.word = word;
            this.parameters = List.of(parameters);
        }

        /** Explain also answers the bare address, and what is no operation. */
        static Operation of(Arguments arguments) {
            for (var operation : values())
                if (arguments.value("operation").filter(operation.word::equals).isPresent()) return operation;
            if (arguments.value("operation").isPresent()) return EXPLAIN;
            return arguments.value("query").isPresent()
                    ? SEARCH_RETRIEVE
                    : arguments.value("scanClause").isPresent() ? SCAN : EXPLAIN;
        }
    }

    /** @param schema of the records, in a record of ours */
    record SearchRetrieve(
            CqlQuery query, int start, int maximum, boolean packed, RecordSchema schema, List<Diagnostic> warnings)
            implements SruRequest {
        static SearchRetrieve of(Arguments arguments, Function<String, Optional<Crosswalk>> registry) {
            var text = arguments.wanted("query");
            if (arguments.value("recordXPath").isPresent())
                throw Diagnostic.of(72, "").thrown();
            arguments.number("resultSetTTL", 0, 0, Integer.MAX_VALUE, 6);
            int start = arguments.number("startRecord", 1, 1, Integer.MAX_VALUE, 61);
            int maximum = arguments.number("maximumRecords", USUAL_RECORDS, 0, Integer.MAX_VALUE, 6);
            var schema = arguments
                    .value("recordSchema")
                    .map(name -> RecordSchema.of(name, registry)
                            .orElseThrow(() -> Diagnostic.of(66, name).thrown()))
                    .orElseGet(RecordSchema::usual);
            boolean packed = packing(arguments);
            var query = CqlParser.parse(text);
            var warnings = new ArrayList<Diagnostic>();
            var keys = arguments.value("sortKeys").map(SortKeys::of).orElse(List.of());
            if (!keys.isEmpty() && !query.sort().isEmpty()) warnings.add(Diagnostic.of(94, ""));
            else if (!keys.isEmpty()) query = new CqlQuery(query.cql(), keys);
            return new SearchRetrieve(query, start, Math.min(maximum, MOST_RECORDS), packed, schema, warnings);
        }
    }

    /** @param position where in the answer the term is to stand; 0 for just before the first */
    record Scan(Cql clause, int position, int maximum) implements SruRequest {
        static Scan of(Arguments arguments) {
            var clause = CqlParser.parseClause(arguments.wanted("scanClause"));
            int maximum = arguments.number("maximumTerms", USUAL_TERMS, 1, MOST_TERMS, 121);
            int position = arguments.number("responsePosition", 1, 0, maximum + 1, 120);
            return new Scan(clause, position, maximum);
        }
    }

    record Explain(boolean packed) implements SruRequest {
        static Explain of(Arguments arguments) {
            return new Explain(packing(arguments));
        }
    }

    /**
     * @throws Diagnostic.Refused if it cannot be answered
     * @throws CqlException the same, for its query
     */
    static SruRequest of(Arguments arguments, Function<String, Optional<Crosswalk>> registry) {
        if (arguments.fault().isPresent()) throw arguments.fault().get().thrown();
        var operation = Operation.of(arguments);
        var named = arguments.value("operation");
        if (named.isPresent() && !named.get().equals(operation.word))
            throw Diagnostic.of(4, named.get()).thrown();
        if (named.isEmpty() && operation != Operation.EXPLAIN)
            throw Diagnostic.of(7, "operation").thrown();
        arguments.check(operation.parameters);
        if (arguments.value("stylesheet").isPresent())
            throw Diagnostic.of(110, "").thrown();
        return switch (operation) {
            case SEARCH_RETRIEVE -> SearchRetrieve.of(arguments, registry);
            case SCAN -> Scan.of(arguments);
            case EXPLAIN -> Explain.of(arguments);
        };
    }

    /** Whether the records are wanted as strings. */
    private static boolean packing(Arguments arguments) {
        return switch (arguments.value("recordPacking").orElse("xml")) {
            case "xml" -> false;
            case "string" -> true;
            default ->
                throw Diagnostic.of(71, arguments.wanted("recordPacking")).thrown();
        };
    }
}
