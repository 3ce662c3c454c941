package org.thocam.api.problem;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.Shown;

/** Turns every error that Jetty answers by itself into a problem document: before, around and inside the servlets. */
public final class ProblemHandler extends ErrorHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request, Response response, int status, String message, Throwable failure, Callback callback) {
        boolean phrase = message == null || message.equals(HttpStatus.getMessage(status));
        var problem = failure instanceof ProblemException ours
                ? ours.problem()
                : Problem.ofServiceDown(failure)
                        .orElseGet(() -> Problem.ofStatus(status, status >= 500 || phrase ? null : Shown.of(message)));
        var id = RequestId.of(request);
        if (problem.status() >= 500)
            LOG.error(
                    "{} {} {}: {}",
                    id,
                    request.getMethod(),
                    Shown.of(request.getHttpURI().getPath()),
                    message,
                    failure);
        else
            LOG.info(
                    "{} {} {}: {} {}",
                    id,
                    request.getMethod(),
                    Shown.of(request.getHttpURI().getPath()),
                    status,
                    message);
        response.setStatus(problem.status());
        var headers = response.getHeaders();
        problem.headers().forEach(headers::put);
        headers.put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put(RequestId.HEADER, id);
        headers.put("X-Content-Type-Options", "nosniff");
        response.write(true, bytes(problem, id), callback);
    }

    private static ByteBuffer bytes(Problem problem, String id) {
        return ByteBuffer.wrap(problem.json(id).toString().getBytes(StandardCharsets.UTF_8));
    }
}
