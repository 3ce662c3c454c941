package org.thocam.api;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.thocam.ontology.LanguageMap;

/** Small pages, Vietnamese first, that need no script. Whatever is not ours goes through {@link #escaped}. */
final class Html {
    private Html() {}

    static void write(HttpServletResponse response, int status, String title, String body) throws IOException {
        write(response, status, title, "", body);
    }

    /** @param head what this page alone has in its head, escaped */
    static void write(HttpServletResponse response, int status, String title, String head, String body)
            throws IOException {
        response.setStatus(status);
        response.setContentType("text/html");
        response.setCharacterEncoding("UTF-8");
        var page =
                """
                <!DOCTYPE html>
                <html lang="vi"><head><meta charset="utf-8"><title>%s</title>
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <link rel="stylesheet" href="/style.css">
                <link rel="search" type="application/opensearchdescription+xml" title="Thocam" href="/opensearch.xml">
                %s</head><body>
                <header><a href="/">Thocam</a></header>
                <main>
                %s</main>
                <footer><a href="/docs" lang="en">API</a> · <a href="/docs/problems" lang="en">Problems</a> · <a href="/oai?verb=Identify">OAI-PMH</a> · <a href="/catalog">Dữ liệu mở <span lang="en">· Open data</span></a></footer>
                </body></html>
                """
                        .formatted(escaped(title), head, body);
        response.getOutputStream().write(page.getBytes(StandardCharsets.UTF_8));
    }

    static String escaped(String text) {
        var safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }

    /** Every text in its own language, so that a browser takes the right font and a screen reader the right voice. */
    static String texts(LanguageMap texts, String element) {
        var all = new StringBuilder();
        texts.texts().forEach((tag, text) -> all.append('<')
                .append(element)
                .append(tag.undetermined() ? "" : " lang=\"" + escaped(tag.value()) + '"')
                .append(" dir=\"auto\">")
                .append(escaped(text))
                .append("</")
                .append(element)
                .append(">\n"));
        return all.toString();
    }

    static String searchForm(String q) {
        return """
                <form action="/search" method="get" role="search">
                <label for="q">Tìm trong mọi chữ viết <span lang="en">(search in any script)</span></label>
                <input id="q" name="q" type="search" value="%s" dir="auto"> <button>Tìm <span lang="en">· Search</span></button>
                </form>
                """
                .formatted(escaped(q));
    }
}
