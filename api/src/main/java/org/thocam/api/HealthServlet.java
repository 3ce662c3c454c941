package org.thocam.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Projection;
import org.thocam.ontology.Watermark;
import org.thocam.ontology.entity.AuthorityFile;

/** {@code /health/live}: the process answers. {@code /health/ready}: all rooms are open and the views have caught up. MicroProfile Health's JSON. */
final class HealthServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(HealthServlet.class);
    private static final int MOST_PASSING = 2_000;

    private final transient Library library;

    HealthServlet(Library library) {
        this.library = library;
    }

    /** What one room says: fine, or what is wrong. */
    private record Check(String name, boolean up, String said) {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var path = request.getPathInfo() == null ? "/" : request.getPathInfo();
        var answer = ItemJson.MAPPER.createObjectNode();
        switch (path) {
            case "/live" -> {
                answer.put("status", "UP").putArray("checks");
                write(response, 200, answer);
            }
            case "/ready", "/" -> ready(response, answer);
            default -> response.sendError(404, "want /health/live or /health/ready");
        }
    }

    private void ready(HttpServletResponse response, ObjectNode answer) throws IOException {
        var checks = new Check[] {
            check("archive", () -> {
                // any question will do: a remote archive has to answer it
                library.archive().head(AuthorityFile.ID);
                return "";
            }),
            check("log", () -> library.log().last() < 0 ? "not open" : ""),
            check("graph", () -> behind(library.graph())),
            check("index", () -> library.index().ready() ? behind(library.index()) : "does not answer"),
            check("dictionary", () -> library.entries().ready() ? behind(library.entries()) : "does not answer"),
            check("segments", () -> library.segments().ready() ? behind(library.segments()) : "does not answer")
        };
        boolean up = true;
        var list = answer.putArray("checks");
        for (var check : checks) {
            up &= check.up();
            var entry = list.addObject().put("name", check.name()).put("status", check.up() ? "UP" : "DOWN");
            if (!check.up()) entry.putObject("data").put("reason", check.said());
        }
        answer.put("status", up ? "UP" : "DOWN");
        if (!up) response.setHeader("Retry-After", "1");
        write(response, up ? 200 : 503, answer);
    }

    private String behind(Projection view) {
        var log = library.log();
        long last = log.last();
        var mark = view.watermark();
        boolean nothingToShow = last == 0 && mark.equals(Watermark.NONE);
        if (nothingToShow || mark.generation().equals(log.generation()) && mark.seq() >= last) return "";
        // the mark of a view follows changes that pass it by only now and then
        var owed = log.after(mark.seq(), MOST_PASSING);
        boolean sameLog = mark.generation().equals(log.generation()) || mark.equals(Watermark.NONE);
        if (sameLog && owed.size() < MOST_PASSING && owed.stream().allMatch(view::passesBy)) return "";
        return "catching up";
    }

    private static Check check(String name, Supplier<String> look) {
        try {
            var wrong = look.get();
            return new Check(name, wrong.isEmpty(), wrong);
        } catch (RuntimeException e) {
            LOG.warn("{} is not ready", name, e);
            return new Check(name, false, "does not answer");
        }
    }

    private static void write(HttpServletResponse response, int status, ObjectNode answer) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(answer.toString().getBytes(StandardCharsets.UTF_8));
    }
}
