package org.thocam.api;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.thocam.api.problem.ProblemType;

/** {@code /docs}: the API to read and to try, with nothing from elsewhere; {@code /problems/...}: what each error means. */
final class DocumentationServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final String WEBJAR = "META-INF/maven/org.webjars/swagger-ui/pom.properties";
    private static final Map<String, String> SWAGGER = Map.of(
            "swagger-ui.css", "text/css",
            "swagger-ui-bundle.js", "text/javascript",
            "favicon-32x32.png", "image/png");

    private static final String PAGE =
            """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Thocam API</title>
            <link rel="stylesheet" href="/docs/swagger-ui.css"><link rel="icon" href="/docs/favicon-32x32.png">
            </head><body><div id="swagger-ui"></div>
            <noscript><p>This page needs JavaScript; <a href="/api/v1/openapi.json">openapi.json</a> does not.</p></noscript>
            <script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>
            """;

    private static final String START =
            """
            window.ui = SwaggerUIBundle({ url: "/api/v1/openapi.json", dom_id: "#swagger-ui", deepLinking: true, validatorUrl: null });
            """;

    private final String folder;

    DocumentationServlet() throws IOException {
        try (var in = resource(WEBJAR)) {
            var properties = new Properties();
            properties.load(in);
            folder = "META-INF/resources/webjars/swagger-ui/" + properties.getProperty("version") + "/";
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var path = request.getRequestURI();
        if (path.equals("/docs") || path.equals("/docs/")) {
            // Swagger UI sets styles from its script and draws its icons from data: addresses.
            response.setHeader(
                    "Content-Security-Policy",
                    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'");
            text(response, "text/html", PAGE);
        } else if (path.equals("/docs/start.js")) text(response, "text/javascript", START);
        else if (path.equals("/docs/problems")) problems(response);
        else if (path.startsWith("/problems/")) problem(path.substring("/problems/".length()), response);
        else file(path.substring(path.lastIndexOf('/') + 1), response);
    }

    private void file(String name, HttpServletResponse response) throws IOException {
        var type = SWAGGER.get(name);
        if (type == null) {
            response.sendError(404, "there is nothing at this address");
            return;
        }
        response.setContentType(type);
        response.setHeader("Cache-Control", "max-age=86400");
        try (var in = resource(folder + name)) {
            in.transferTo(response.getOutputStream());
        }
    }

    private static void problems(HttpServletResponse response) throws IOException {
        var list = new StringBuilder("<h1>Các loại lỗi <span lang=\"en\">· Problem types</span></h1>\n<ul>\n");
        for (var type : ProblemType.values())
            list.append("<li><a href=\"%s\">%d</a> %s · <span lang=\"en\">%s</span></li>\n"
                    .formatted(type.path(), type.status(), type.titleVi(), type.title()));
        Html.write(
                response, 200, "Các loại lỗi – Thocam", list.append("</ul>\n").toString());
    }

    private static void problem(String word, HttpServletResponse response) throws IOException {
        Optional<ProblemType> found = ProblemType.ofWord(word);
        if (found.isEmpty()) {
            response.sendError(404, "there is no such problem type; /docs/problems lists them");
            return;
        }
        var type = found.get();
        Html.write(
                response,
                200,
                type.titleVi() + " – Thocam",
                "<h1>%d %s</h1>\n<p>%s</p>\n<section lang=\"en\"><h2>%s</h2>\n<p>%s</p></section>\n"
                        .formatted(
                                type.status(),
                                type.titleVi(),
                                Html.escaped(type.meaningVi()),
                                type.title(),
                                Html.escaped(type.meaning())));
    }

    private static void text(HttpServletResponse response, String type, String text) throws IOException {
        response.setContentType(type);
        response.setCharacterEncoding("UTF-8");
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream resource(String name) throws IOException {
        var in = DocumentationServlet.class.getClassLoader().getResourceAsStream(name);
        if (in == null) throw new IOException(name + " is not on the class path; it comes with org.webjars:swagger-ui");
        return in;
    }
}
