package org.thocam.api.sparql;

import java.util.Map;
import org.thocam.api.problem.ProblemType;

/** Ends a request with a problem document of our own; RFC 9457. It is no fault, so it has no stack trace. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String type;
    private final String title;
    private final transient Map<String, String> headers;

    private Refusal(int status, String type, String title, String detail, Map<String, String> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.type = type;
        this.title = title;
        this.headers = headers;
    }

    static Refusal malformed(String detail) {
        return of(400, detail);
    }

    static Refusal tooComplex() {
        return new Refusal(
                400,
                "query-too-complex",
                "The query is too complex",
                "The query, or a regular expression in it, is nested too deeply to be answered. Make it simpler.",
                Map.of());
    }

    static Refusal notHere(String detail) {
        return new Refusal(403, "query-refused", "This is refused in a query", detail, Map.of());
    }

    static Refusal tooLong(Limits limits) {
        return new Refusal(
                413,
                "query-too-long",
                "The query is too long",
                "A query may have " + limits.queryLength() + " characters.",
                Map.of());
    }

    static Refusal tooMuch(String what, Limits limits) {
        return new Refusal(
                422,
                "result-too-large",
                "The result is too large",
                "The result has more than " + what + ". Nothing was sent. Ask for less, page with ORDER BY, LIMIT "
                        + limits.rows() + " and OFFSET, or harvest over OAI-PMH.",
                Map.of());
    }

    static Refusal tooSlow(Limits limits) {
        return new Refusal(
                503,
                "time-limit",
                "The query took too long",
                "The query was stopped after " + limits.time().toMillis() / 1000.0
                        + " s. Nothing was sent. Make it more selective; asking it again as it is will not help.",
                Map.of("Retry-After", "60"));
    }

    static Refusal memoryShort() {
        return new Refusal(
                503,
                "memory-limit",
                "The query needs too much memory",
                "Memory ran short, and all queries were stopped. Ask again; if it happens again, make the query more selective.",
                Map.of("Retry-After", "10"));
    }

    static Refusal tooMany(Limits limits) {
        return new Refusal(
                503,
                "too-many-queries",
                "Too many queries at once",
                "Already " + limits.concurrent() + " queries are being answered. Ask again in a moment.",
                Map.of("Retry-After", "2"));
    }

    static Refusal noToken() {
        return new Refusal(
                401,
                ProblemType.UNAUTHORIZED.word(),
                ProblemType.UNAUTHORIZED.title(),
                "Writing needs 'Authorization: Bearer ...' with the token of a depositor or editor.",
                Map.of("WWW-Authenticate", "Bearer"));
    }

    static Refusal readOnly() {
        return new Refusal(
                403,
                "graph-is-a-view",
                "The graph cannot be written",
                "The graph is a view of the archive and is made again from it: nobody writes to it, with or without a token. "
                        + "Change the item at /api/v1/items, and the graph follows.",
                Map.of());
    }

    static Refusal nothingHere(String detail) {
        return of(404, detail);
    }

    /** Of the general type for a status. */
    static Refusal of(int status, String detail) {
        var type = ProblemType.ofStatus(status);
        return new Refusal(status, type.word(), type.title(), detail.isBlank() ? type.meaning() : detail, Map.of());
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    String title() {
        return title;
    }

    Map<String, String> headers() {
        return headers;
    }
}
