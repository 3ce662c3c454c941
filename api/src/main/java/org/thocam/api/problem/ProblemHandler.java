package org.thocam.api.problem;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
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
    public boolean writeError(Request request, Response response, Callback callback, int status) {
        var failure = request.getAttribute(ERROR_EXCEPTION) instanceof Throwable t ? t : null;
        var message = request.getAttribute(ERROR_MESSAGE) instanceof String s ? s : null;
        if (failure instanceof HttpException http && status >= 500 && http.getCode() < 500) status = http.getCode();
        var problem = failure instanceof ProblemException ours
                ? ours.problem()
                : Problem.ofStatus(status, status >= 500 || message == null ? null : Shown.of(message));
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
        return true;
    }

    private static ByteBuffer bytes(Problem problem, String id) {
        return ByteBuffer.wrap(problem.json(id).toString().getBytes(StandardCharsets.UTF_8));
    }
}
