package org.thocam.api.sparql;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.jena.fuseki.server.Dispatcher;
import org.apache.jena.fuseki.servlets.ServletOps;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.RequestId;
import org.thocam.ontology.Shown;
import org.thocam.ontology.Viewer;

/** In front of Fuseki: knows the caller, refuses writing, keeps the number of queries, and says every error as a problem document. */
final class SparqlFilter extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(SparqlFilter.class);
    private static final String VIEWER = SparqlFilter.class.getName() + ".viewer";
    private static final String REFUSAL = SparqlFilter.class.getName() + ".refusal";
    private static final Set<String> QUERY_PATHS = Set.of("/sparql", "/sparql/", "/sparql/query");
    private static final String DATA_PATH = "/sparql/data";

    private static final long READ_AWAY = 16L << 20;

    private final transient Function<HttpServletRequest, Viewer> viewerOf;
    private final transient Predicate<HttpServletRequest> mayWrite;
    private final transient Limits limits;
    private final Semaphore turns;

    SparqlFilter(Function<HttpServletRequest, Viewer> viewerOf, Predicate<HttpServletRequest> mayWrite, Limits limits) {
        this.viewerOf = viewerOf;
        this.mayWrite = mayWrite;
        this.limits = limits;
        this.turns = new Semaphore(limits.concurrent());
    }

    static Viewer viewer(ServletRequest request) {
        return (Viewer) request.getAttribute(VIEWER);
    }

    /** Ends the request from inside Fuseki, which knows only its own exception. */
    static void refuse(ServletRequest request, Refusal refusal) {
        request.setAttribute(REFUSAL, refusal);
        ServletOps.error(refusal.status(), refusal.getMessage());
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        var path = request.getRequestURI().substring(request.getContextPath().length());
        try {
            refuseTooLong(request);
            refuseWriting(request, path);
            if (!QUERY_PATHS.contains(path) && !path.equals(DATA_PATH))
                throw Refusal.nothingHere("There are /sparql and /sparql/data.");
            request.setAttribute(VIEWER, viewerOf.apply(request));
            if (!turns.tryAcquire()) throw Refusal.tooMany(limits);
            try {
                answer(request, response);
            } finally {
                turns.release();
            }
        } catch (Refusal refusal) {
            write(request, response, refusal);
        }
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response) {
        // What stands in an answer depends on who asked.
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        var fusekis = new FusekiResponse(response);
        boolean known = Dispatcher.dispatch(new Undecided(request), fusekis);
        if (request.getAttribute(REFUSAL) instanceof Refusal refusal) throw refusal;
        if (!known) throw Refusal.nothingHere("There are /sparql and /sparql/data.");
        // What Fuseki says of its own faults is for the log.
        if (fusekis.failed())
            throw Refusal.of(
                    fusekis.getStatus(),
                    fusekis.getStatus() >= 500 ? "" : fusekis.message().strip());
    }

    private void refuseWriting(HttpServletRequest request, String path) {
        var method = request.getMethod();
        boolean writes = path.equals("/sparql/update")
                || path.equals(DATA_PATH) && !Set.of("GET", "HEAD", "OPTIONS").contains(method)
                || Set.of("PUT", "PATCH", "DELETE").contains(method)
                || mediaType(request).equals("application/sparql-update")
                || !path.equals(DATA_PATH) && parameter(request, "update") != null;
        if (writes) throw mayWrite.test(request) ? Refusal.readOnly() : Refusal.noToken();
    }

    private void refuseTooLong(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() <= limits.formBytes()) return;
        // A caller that is still sending would see a broken connection instead of the answer.
        request.getInputStream().skip(Math.min(request.getContentLengthLong(), READ_AWAY));
        throw Refusal.tooLong(limits);
    }

    private static String mediaType(HttpServletRequest request) {
        var type = request.getContentType();
        return type == null ? "" : type.split(";")[0].strip().toLowerCase(Locale.ROOT);
    }

    // The first look at the parameters reads a form's body.
    private String parameter(HttpServletRequest request, String name) {
        try {
            return request.getParameter(name);
        } catch (RuntimeException e) {
            boolean tooLong = e instanceof HttpException http && http.getCode() == 413
                    || e.getMessage() != null && e.getMessage().contains("too large")
                    || e.getCause() instanceof IllegalStateException;
            LOG.debug("form not read", e);
            throw tooLong
                    ? Refusal.tooLong(limits)
                    : Refusal.malformed("The parameters cannot be read: they are not UTF-8.");
        }
    }

    private static void write(HttpServletRequest request, HttpServletResponse response, Refusal refusal)
            throws IOException {
        var id = RequestId.of(request);
        LOG.info(
                "{} {} {}: {} {}",
                id,
                request.getMethod(),
                Shown.of(request.getRequestURI()),
                refusal.status(),
                Shown.of(refusal.getMessage()));
        if (response.isCommitted()) throw new IOException(refusal.getMessage());
        response.reset();
        response.setStatus(refusal.status());
        refusal.headers().forEach(response::setHeader);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(RequestId.HEADER, id);
        response.setContentType(Problem.MEDIA_TYPE);
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("type", "/problems/" + refusal.type())
                .put("title", refusal.title())
                .put("status", refusal.status())
                .put("detail", refusal.getMessage())
                .put("instance", "urn:uuid:" + id)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** A request with a wish for JSON and Turtle where the caller has none; Fuseki would choose XML. */
    private static final class Undecided extends HttpServletRequestWrapper {
        private static final String WISH = "application/sparql-results+json, text/turtle;q=0.9, */*;q=0.5";

        Undecided(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getHeader(String name) {
            var value = super.getHeader(name);
            return name.equalsIgnoreCase("Accept") && (value == null || value.equals("*/*")) ? WISH : value;
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase("Accept") && getHeader(name).equals(WISH)
                    ? Collections.enumeration(List.of(WISH))
                    : super.getHeaders(name);
        }
    }
}
