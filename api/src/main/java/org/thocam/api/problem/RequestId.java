package org.thocam.api.problem;

import jakarta.servlet.ServletRequest;
import java.util.UUID;
import org.eclipse.jetty.server.Request;

/** The name of one request: in the answer's {@code X-Request-Id}, in a problem's {@code instance} and in the log. */
public final class RequestId {
    public static final String HEADER = "X-Request-Id";
    private static final String ATTRIBUTE = RequestId.class.getName();

    private RequestId() {}

    public static String of(ServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String id) return id;
        var id = UUID.randomUUID().toString();
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }

    static String of(Request request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String id) return id;
        var id = UUID.randomUUID().toString();
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }
}
