package org.thocam.api;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.jetty.http.QuotedQualityCSV;
import org.thocam.api.access.Caller;
import org.thocam.api.found.LexiconDownload;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.api.rdf.CatalogueRdf;
import org.thocam.api.rdf.CatalogueRdf.Catalogue;
import org.thocam.api.rdf.CatalogueRdf.Dictionary;
import org.thocam.ontology.Item;
import org.thocam.ontology.Shown;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.graph.GraphUnavailableException;

/** {@code /catalog}: which data there are and how they can be had, as far as the caller may see them. */
final class CatalogueServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final int MOST_DICTIONARIES = 1_000;
    private static final String HTML = "html";
    private static final Map<String, String> MEDIA_TYPES = new LinkedHashMap<>();

    static {
        MEDIA_TYPES.put("ttl", "text/turtle");
        MEDIA_TYPES.put("jsonld", "application/ld+json");
        MEDIA_TYPES.put("rdf", "application/rdf+xml");
        MEDIA_TYPES.put("nt", "application/n-triples");
        MEDIA_TYPES.put(HTML, "text/html");
    }

    private final transient Library library;
    private final transient VisibleItems items;
    private final transient Findings findings;
    private final transient String adminEmail;

    CatalogueServlet(Library library, VisibleItems items, Findings findings, String adminEmail) {
        this.library = library;
        this.items = items;
        this.findings = findings;
        this.adminEmail = adminEmail;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var format = chosen(request);
        response.setHeader("Vary", "Accept, Authorization");
        if (format.isEmpty()) {
            PageServlet.answer(
                    request,
                    response,
                    Problem.of(
                            ProblemType.NOT_ACCEPTABLE,
                            "format '"
                                    + Shown.of(Optional.ofNullable(request.getParameter("format"))
                                            .orElse(request.getHeader("Accept")))
                                    + "': there are " + MEDIA_TYPES));
            return;
        }
        var catalogue = catalogue(request);
        response.setHeader("Cache-Control", "no-cache");
        if (format.get().equals(HTML)) {
            page(response, catalogue);
            return;
        }
        var bytes = new ByteArrayOutputStream();
        CatalogueRdf.write(catalogue, format.get(), bytes);
        response.setContentType(MEDIA_TYPES.get(format.get()));
        response.setCharacterEncoding("UTF-8");
        response.getOutputStream().write(bytes.toByteArray());
    }

    /** By {@code ?format=}, else Accept; Turtle where anything will do. RFC 9110, section 12.5.1. */
    private static Optional<String> chosen(HttpServletRequest request) {
        var asked = request.getParameter("format");
        if (asked != null) return Optional.of(asked).filter(MEDIA_TYPES::containsKey);
        var accept = request.getHeader("Accept");
        if (accept == null || accept.isBlank()) return Optional.of("ttl");
        var wanted = new QuotedQualityCSV();
        wanted.addValue(accept);
        for (var value : wanted.getValues()) {
            var range = value.split(";")[0].strip();
            if (range.equals("*/*")) return Optional.of("ttl");
            for (var known : MEDIA_TYPES.entrySet())
                if (known.getValue().equals(range)
                        || range.endsWith("/*") && known.getValue().startsWith(range.substring(0, range.length() - 1)))
                    return Optional.of(known.getKey());
        }
        return Optional.empty();
    }

    private Catalogue catalogue(HttpServletRequest request) {
        var viewer = Caller.viewer(request);
        var first = new ArrayList<String>();
        items.forEach(Optional.empty(), viewer, change -> !first.add(change.id().value()));
        var graph = library.graph();
        return new Catalogue(
                findings.addresses().base(request),
                graph.base() + "id/",
                findings.library(),
                adminEmail,
                items.size(viewer),
                triples(viewer),
                first.stream().findFirst(),
                dictionaries(viewer, request));
    }

    /** Nothing while the graph does not answer: the rest is known without it. */
    private OptionalLong triples(Viewer viewer) {
        try {
            return OptionalLong.of(library.graph().triples(viewer, items.clock().instant()));
        } catch (GraphUnavailableException e) {
            return OptionalLong.empty();
        }
    }

    private ArrayList<Dictionary> dictionaries(Viewer viewer, HttpServletRequest request) {
        var dictionaries = new ArrayList<Dictionary>();
        for (var lexicon : library.lexicons().lexicons()) {
            if (dictionaries.size() == MOST_DICTIONARIES) break;
            library.archive()
                    .head(lexicon.id())
                    .filter(head -> head.holding() instanceof Item item && items.allows(item, viewer))
                    .map(head -> items.visible(head, viewer))
                    .ifPresent(found ->
                            dictionaries.add(new Dictionary(findings.record(found, request), lexicon.published())));
        }
        return dictionaries;
    }

    private static void page(HttpServletResponse response, Catalogue catalogue) throws IOException {
        var body = new StringBuilder(
                """
                <h1>Dữ liệu mở <span lang="en">· Open data</span></h1>
                <p>%d mục · <span lang="en">%d items%s</span></p>
                <ul>
                <li><a href="/oai?verb=Identify">OAI-PMH</a></li>
                <li><a href="/sparql">SPARQL</a> (<code>/sparql</code>)</li>
                <li><a href="/sru">SRU</a></li>
                <li><a href="/api/v1/items">JSON</a> (<a href="/docs">API</a>)</li>
                <li><a href="/sitemap.xml">Sitemap</a></li>
                <li><a href="/.well-known/resourcesync">ResourceSync</a></li>
                </ul>
                """
                        .formatted(
                                catalogue.items(),
                                catalogue.items(),
                                catalogue.triples().isPresent()
                                        ? ", " + catalogue.triples().getAsLong() + " triples"
                                        : ""));
        if (!catalogue.dictionaries().isEmpty())
            body.append("<h2>Từ điển <span lang=\"en\">· Dictionaries</span></h2>\n<ul>\n");
        for (var dictionary : catalogue.dictionaries()) {
            var record = dictionary.record();
            body.append("<li><a href=\"/items/")
                    .append(Html.escaped(record.id().value()))
                    .append("\">")
                    .append(Html.texts(record.item().title(), "span"))
                    .append("</a> (")
                    .append(dictionary.entries())
                    .append(" mục từ · <span lang=\"en\">entries</span>)");
            for (var export : LexiconDownload.values())
                body.append(" · <a rel=\"nofollow\" href=\"")
                        .append(Html.escaped(export.address("", record.id())))
                        .append("\">")
                        .append(Html.escaped(export.title))
                        .append("</a>");
            body.append("<br>").append(Html.escaped(record.rights())).append("</li>\n");
        }
        if (!catalogue.dictionaries().isEmpty()) body.append("</ul>\n");
        body.append("<p>DCAT, VoID:");
        for (var format : MEDIA_TYPES.keySet())
            if (!format.equals(HTML))
                body.append(" <a href=\"/catalog?format=")
                        .append(format)
                        .append("\">")
                        .append(format)
                        .append("</a>");
        body.append("</p>\n");
        var head = new StringBuilder();
        MEDIA_TYPES.forEach((format, type) -> {
            if (!format.equals(HTML))
                head.append("<link rel=\"alternate\" type=\"")
                        .append(type)
                        .append("\" href=\"/catalog?format=")
                        .append(format)
                        .append("\">\n");
        });
        Html.write(response, 200, "Dữ liệu mở – Thocam", head.toString(), body.toString());
    }
}
