package org.thocam.api;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.api.rdf.OntologyRdf;
import org.thocam.ontology.Shown;
import org.thocam.ontology.graph.EntityShapes;
import org.thocam.ontology.graph.Vocabulary;
import org.thocam.ontology.graph.VocabularyPage;

/** The vocabulary of the graph: a page with every term, or Turtle by Accept or ending; its shapes and its picture beside it. */
final class VocabularyServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final String VERSION = "1.0.0";
    private static final String HTML = "text/html";
    private static final String TURTLE = "text/turtle";
    private static final String NTRIPLES = "application/n-triples";
    private static final String RDFXML = "application/rdf+xml";
    private static final String JSONLD = "application/ld+json";
    // the same for as long as the program runs
    private static final String PAGE = VocabularyPage.html();
    private static final String PICTURE = VocabularyPage.svg();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var path = request.getRequestURI();
        switch (path) {
            // the IRI of the vocabulary, and that of this version of it
            case "/ns", "/ns/" + VERSION -> negotiated(request, response, Vocabulary.turtle());
            case "/shapes" -> {
                response.setHeader("Vary", "Accept");
                ontology(request, response, EntityShapes.turtle());
            }
            case "/ns.ttl" -> write(response, "text/turtle", Vocabulary.turtle());
            case "/ns/shapes.ttl", "/shapes.ttl" -> write(response, "text/turtle", EntityShapes.turtle());
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
                                        + "; there are /ns, /ns.ttl, /ns/" + VERSION
                                        + ", /ns/shapes.ttl, /shapes and /ns/picture.svg"));
        }
    }

    private static void negotiated(HttpServletRequest request, HttpServletResponse response, String turtle)
            throws IOException {
        response.setHeader("Vary", "Accept");
        var type = MediaRanges.of(request).of(List.of(HTML, TURTLE, NTRIPLES, RDFXML, JSONLD));
        if (type.filter(HTML::equals).isPresent()) page(response);
        else ontology(request, response, turtle);
    }

    /** A Turtle document of ours, in the syntax that is wanted most. */
    private static void ontology(HttpServletRequest request, HttpServletResponse response, String turtle)
            throws IOException {
        var type = MediaRanges.of(request).of(List.of(TURTLE, NTRIPLES, RDFXML, JSONLD));
        if (type.isEmpty()) {
            PageServlet.answer(
                    request,
                    response,
                    Problem.of(
                            ProblemType.NOT_ACCEPTABLE,
                            "none of the formats in Accept can be given; there are: " + TURTLE + ", " + NTRIPLES + ", "
                                    + RDFXML + ", " + JSONLD));
            return;
        }
        write(response, type.get(), type.get().equals(TURTLE) ? turtle : OntologyRdf.of(turtle, type.get()));
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
