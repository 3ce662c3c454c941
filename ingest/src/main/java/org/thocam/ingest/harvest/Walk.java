package org.thocam.ingest.harvest;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One list, answer by answer, until it ends or shows that it never will. OAI-PMH 2.0, section 3.5. */
final class Walk {
    /** The partner no longer knows a token that it gave. */
    static final class TokenRefused extends Exception {
        private static final long serialVersionUID = 1;

        TokenRefused(String message) {
            super(message);
        }
    }

    private final OaiClient client;
    private final Limits limits;
    private final String verb;
    private final Map<String, String> first;
    private final Set<String> tokens = new HashSet<>();
    private String token;
    private boolean ended;
    private String responseDate = "";
    private long size = -1;
    private long records;
    private int empty;

    /**
     * @param first arguments of the first request, without the verb
     * @param token to go on with; empty to begin
     */
    Walk(OaiClient client, Limits limits, String verb, Map<String, String> first, String token) {
        this.client = client;
        this.limits = limits;
        this.verb = verb;
        this.first = first;
        this.token = token;
        if (!token.isEmpty()) tokens.add(token);
    }

    /** The next answer, empty after the last. */
    Optional<OaiAnswer> next() throws PageFault, TokenRefused, InterruptedException {
        if (ended) return Optional.empty();
        var arguments = new LinkedHashMap<String, String>();
        arguments.put("verb", verb);
        if (token.isEmpty()) arguments.putAll(first);
        else arguments.put("resumptionToken", token);
        OaiAnswer answer;
        try {
            answer = client.ask(arguments);
        } catch (HarvestException e) {
            // some say of an old token that it was not found, in HTTP's words
            if (e.kind() == HarvestException.Kind.ASKED && !token.isEmpty()) throw new TokenRefused(e.getMessage());
            throw e;
        }
        if (responseDate.isEmpty()) responseDate = answer.responseDate();
        if (!answer.errors().isEmpty()) {
            ended = true;
            boolean gone = answer.says("badResumptionToken") || answer.says("badArgument");
            // a token too many behind a full last page is no loss
            if (answer.says("noRecordsMatch") || !token.isEmpty() && gone && size > 0 && records >= size)
                return Optional.empty();
            if (!token.isEmpty() && gone)
                throw new TokenRefused(answer.errors().get(0).toString());
            throw new HarvestException(
                    HarvestException.Kind.ASKED,
                    "the partner answers " + verb + " " + first + " with "
                            + answer.errors().get(0) + ". Look at its ListSets and ListMetadataFormats");
        }
        count(answer);
        var next = answer.token().map(OaiAnswer.Token::value).orElse("");
        if (next.isEmpty()) ended = true;
        else if (!tokens.add(next)) throw endless("the token '" + org.thocam.ontology.Shown.of(next) + "' came twice");
        token = next;
        return Optional.of(answer);
    }

    private void count(OaiAnswer answer) {
        records += answer.records().size();
        answer.token().ifPresent(given -> size = Math.max(size, given.size()));
        empty = answer.records().isEmpty() ? empty + 1 : 0;
        if (size > 0 && records > 2 * size) throw endless(records + " records came, and completeListSize says " + size);
        if (records > limits.listRecords()) throw endless("more than " + limits.listRecords() + " records came");
        if (empty > limits.emptyPages()) throw endless(empty + " pages without a record came one after the other");
    }

    private static HarvestException endless(String why) {
        return new HarvestException(
                HarvestException.Kind.PROTOCOL,
                "the partner's list has no end: " + why
                        + ". What came is kept; tell the partner, or harvest smaller parts with --set, --from and --until");
    }

    /** Of the next request; empty at the end. */
    String token() {
        return token;
    }

    /** Of the first answer. */
    String responseDate() {
        return responseDate;
    }

    /** The completeListSize; -1 where it was not said. */
    long size() {
        return size;
    }
}
