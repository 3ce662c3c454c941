package org.thocam.api.sparql;

import java.util.Map;
import org.thocam.api.problem.ProblemType;

/** Ends a request with a problem document of our own; RFC 9457. It is no fault, so it has no stack trace. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ProblemType type;
    private final transient Map<String, String> headers;

    private Refusal(ProblemType type, String detail, Map<String, String> headers) {
        super(detail.isBlank() ? type.meaning() : detail, null, false, false);
        this.type = type;
        this.headers = headers;
    }

    static Refusal malformed(String detail) {
        return of(400, detail);
    }

    static Refusal tooComplex() {
        return new Refusal(ProblemType.QUERY_TOO_COMPLEX, "", Map.of());
    }

    static Refusal notHere(String detail) {
        return new Refusal(ProblemType.QUERY_REFUSED, detail, Map.of());
    }

    static Refusal tooLong(Limits limits) {
        return new Refusal(
                ProblemType.QUERY_TOO_LONG, "A query may have " + limits.queryLength() + " characters.", Map.of());
    }

    static Refusal tooMuch(String what, Limits limits) {
        return new Refusal(
                ProblemType.RESULT_TOO_LARGE,
                "The result has more than " + what + ". Nothing was sent. Ask for less, page with ORDER BY, LIMIT "
                        + limits.rows() + " and OFFSET, or harvest over OAI-PMH.",
                Map.of());
    }

    static Refusal tooSlow(Limits limits) {
        return new Refusal(
                ProblemType.TIME_LIMIT,
                "The query was stopped after " + limits.time().toMillis() / 1000.0
                        + " s. Nothing was sent. Make it more selective; asking it again as it is will not help.",
                Map.of("Retry-After", "60"));
    }

    static Refusal memoryShort() {
        return new Refusal(ProblemType.MEMORY_LIMIT, "", Map.of("Retry-After", "10"));
    }

    static Refusal tooMany(Limits limits) {
        return new Refusal(
                ProblemType.TOO_MANY_QUERIES,
                "Already " + limits.concurrent() + " queries are being answered. Ask again in a moment.",
                Map.of("Retry-After", "2"));
    }

    static Refusal graphDown() {
        return new Refusal(
                ProblemType.UNAVAILABLE,
                "The knowledge graph does not answer now, or not to the end. Nothing was sent. It is asked again; everything else works.",
                Map.of("Retry-After", "5"));
    }

    static Refusal noToken() {
        return new Refusal(
                ProblemType.UNAUTHORIZED,
                "Writing needs 'Authorization: Bearer ...' with the token of a depositor or editor.",
                Map.of("WWW-Authenticate", "Bearer"));
    }

    static Refusal readOnly() {
        return new Refusal(
                ProblemType.GRAPH_IS_A_VIEW,
                "The graph is a view of the archive and is made again from it: nobody writes to it, with or without a token. "
                        + "Change the item at /api/v1/items, and the graph follows.",
                Map.of());
    }

    static Refusal nothingHere(String detail) {
        return of(404, detail);
    }

    /** Of the general type for a status. */
    static Refusal of(int status, String detail) {
        return new Refusal(ProblemType.ofStatus(status), detail, Map.of());
    }

    int status() {
        return type.status();
    }

    String type() {
        return type.word();
    }

    String title() {
        return type.title();
    }

    Map<String, String> headers() {
        return headers;
    }
}
