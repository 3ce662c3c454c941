package org.thocam.api;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.thocam.api.access.Caller;
import org.thocam.api.idempotency.Answer;
import org.thocam.api.idempotency.IdempotencyKeys;
import org.thocam.api.idempotency.IdempotencyKeys.Begun;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemException;
import org.thocam.api.problem.ProblemType;
import org.thocam.ontology.Shown;
import org.thocam.ontology.Submission;
import org.thocam.ontology.entity.FaultyEntitiesException;

/** A request that may come twice and is done once. draft-ietf-httpapi-idempotency-key-header. */
final class Repeatable {
    private static final Pattern KEY = Pattern.compile("[!-~]{1,200}");
    private static final List<String> KEPT =
            List.of("Location", "Content-Location", "ETag", "Preference-Applied", "Cache-Control");

    private final IdempotencyKeys keys;
    private final IdempotencyKeys.Key key;
    private final HttpServletRequest request;

    /** What the request asks for. */
    interface Doing {
        /** @param again whether it may have been done before by somebody who could not answer */
        Response done(boolean again) throws IOException;
    }

    Repeatable(IdempotencyKeys keys, String name, HttpServletRequest request) {
        checked(name);
        this.keys = keys;
        this.key = new IdempotencyKeys.Key(Caller.identity(request), name);
        this.request = request;
    }

    static void checked(String name) {
        if (!KEY.matcher(name).matches())
            throw Problem.of(
                            ProblemType.BAD_REQUEST,
                            "Idempotency-Key '" + Shown.of(name) + "': want 1 to 200 visible ASCII characters")
                    .thrown();
    }

    Response answer(Submission submission, Doing doing) throws IOException {
        var fingerprint = request.getMethod() + " " + request.getRequestURI()
                + (Preferences.respondAsync(request) ? " later " : " now ") + submission.digest();
        var begun = keys.begin(key, fingerprint);
        if (begun instanceof Begun.Answered known) return again(known.answer());
        if (begun instanceof Begun.Other)
            throw Problem.of(
                            ProblemType.KEY_REUSED,
                            "Idempotency-Key '" + key.name()
                                    + "' came with another record, other files or another Prefer within the last 24 hours")
                    .thrown();
        if (begun instanceof Begun.UnderWay)
            throw Problem.of(
                            ProblemType.STILL_UNDER_WAY,
                            "the request with Idempotency-Key '" + key.name() + "' is not answered yet")
                    .with("Retry-After", "1")
                    .thrown();
        return first(((Begun.First) begun).again(), doing);
    }

    private Response first(boolean again, Doing doing) throws IOException {
        Response response;
        try {
            response = doing.done(again);
        } catch (ProblemException e) {
            if (e.problem().status() < 500 || e.problem().type() == ProblemType.QUEUE_FULL) keys.forgotten(key);
            else keys.brokenOff(key);
            throw e;
        } catch (FaultyEntitiesException e) {
            keys.forgotten(key);
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            keys.brokenOff(key);
            throw e;
        }
        keys.answered(key, answer(response));
        return response;
    }

    private static Answer answer(Response response) {
        var headers = new LinkedHashMap<String, String>();
        for (var name : KEPT) {
            var value = response.getHeaders().getFirst(name);
            if (value instanceof EntityTag tag) headers.put(name, tag.getValue());
            else if (value != null) headers.put(name, value.toString());
        }
        return new Answer(response.getStatus(), headers, (JsonNode) response.getEntity());
    }

    private static Response again(Answer answer) {
        var response = Response.status(answer.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(answer.body());
        answer.headers().forEach((name, value) -> {
            switch (name) {
                case "Location" -> response.location(URI.create(value));
                case "ETag" -> response.tag(new EntityTag(value));
                default -> response.header(name, value);
            }
        });
        return response.build();
    }
}
