package org.thocam.api;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.ontology.Shown;
import org.thocam.ontology.graph.EntityShapes;
import org.thocam.ontology.graph.Vocabulary;
import org.thocam.ontology.graph.VocabularyPage;

/** The vocabulary of the graph: a page with every term, or Turtle by Accept or ending; its shapes and its picture beside it. */
final class VocabularyServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    // the same for as long as the program runs
    private static final String PAGE = VocabularyPage.html();
    private static final String PICTURE = VocabularyPage.svg();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var path = request.getRequestURI();
        switch (path) {
            case "/ns" -> {
                response.setHeader("Vary", "Accept");
                var accept = Optional.ofNullable(request.getHeader("Accept")).orElse("");
                if (accept.contains("text/turtle")) write(response, "text/turtle", Vocabulary.turtle());
                else page(response);
            }
            case "/ns.ttl" -> write(response, "text/turtle", Vocabulary.turtle());
            case "/ns/shapes.ttl" -> write(response, "text/turtle", EntityShapes.turtle());
            case "/ns/picture.svg" -> {
                response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
                write(response, "image/svg+xml", PICTURE);
            }
            default ->
                PageServlet.answer(
                        request,
                        response,
                        Problem.of(
                                ProblemType.NOT_FOUND,
                                "there is nothing at " + Shown.of(path)
                                        + "; there are /ns, /ns.ttl, /ns/shapes.ttl and /ns/picture.svg"));
        }
    }

    private static void page(HttpServletResponse response) throws IOException {
        // its styles stand in it; it has no script
        response.setHeader(
                "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:");
        write(response, "text/html", PAGE);
    }

    private static void write(HttpServletResponse response, String type, String text) throws IOException {
        response.setContentType(type);
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "max-age=3600");
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
}
