package org.thocam.api;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thocam.api.access.Caller;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemException;
import org.thocam.api.problem.RequestId;
import org.thocam.index.analysis.query.Tier;
import org.thocam.index.search.IndexUnavailableException;
import org.thocam.index.search.SearchRequest;
import org.thocam.index.search.SearchResponse;
import org.thocam.ontology.Mention;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.entity.EntityKind;
import org.thocam.ontology.entity.Observation;
import org.thocam.ontology.graph.GraphUnavailableException;
import org.thocam.ontology.reference.People;

/** The few pages for people: a search box, what it found, one item. And {@code /id/...}, the identity that leads to page or data. */
final class PageServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final int FOUND = 20;
    private static final String HTML = "text/html";
    private static final String XHTML = "application/xhtml+xml";

    private final transient Library library;
    private final transient VisibleItems items;
    private final transient VisibleLexicons lexicons;
    private final transient Findings findings;
    private final transient CurrentEntities entities;
    private final transient ItemMentions mentions;
    private final transient ItemMedia media;
    private final transient Clock clock;

    PageServlet(
            Library library,
            VisibleItems items,
            Findings findings,
            CurrentEntities entities,
            ItemMentions mentions,
            ItemMedia media,
            Clock clock) {
        this.library = library;
        this.items = items;
        this.lexicons = new VisibleLexicons(library, items);
        this.findings = findings;
        this.entities = entities;
        this.mentions = mentions;
        this.media = media;
        this.clock = clock;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var path = request.getRequestURI();
        try {
            if (path.equals("/")) start(request, response);
            else if (path.equals("/search")) found(request, response);
            else if (path.equals("/style.css")) style(response);
            else if (path.startsWith("/items/")) item(request, response);
            else if (path.startsWith("/entities/")) entity(request, response);
            else if (path.startsWith("/id/")) identity(request, response);
            else response.sendError(404, "there is nothing at this address");
        } catch (ProblemException e) {
            answer(request, response, e.problem());
        }
    }

    private void start(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var viewer = Caller.viewer(request);
        Html.write(
                response,
                200,
                "Thocam",
                """
                <h1>Thư viện số và kho ngữ liệu các dân tộc thiểu số Việt Nam</h1>
                <p lang="en">A digital library and linguistic archive of the ethnic minorities of Vietnam</p>
                %s<p>%d mục · <span lang="en">%d items</span> · <a href="/api/v1/items">JSON</a></p>
                """
                        .formatted(Html.searchForm(""), items.size(viewer), items.size(viewer)));
    }

    private void found(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var q = Optional.ofNullable(request.getParameter("q")).orElse("");
        var asked = new SearchRequest(
                q,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                SearchRequest.Sort.RELEVANCE,
                FOUND,
                Optional.ofNullable(request.getParameter("cursor")).filter(cursor -> !cursor.isEmpty()),
                false,
                false);
        SearchResponse found;
        try {
            found = items.search(asked, Caller.viewer(request));
        } catch (IndexUnavailableException e) {
            throw ProblemMapper.problem(e).thrown();
        } catch (IllegalArgumentException e) {
            throw Lists.bad("cursor", request.getParameter("cursor"), "the one of the page before");
        }
        var body = new StringBuilder(Html.searchForm(q));
        body.append("<p>").append(found.total()).append(" kết quả · <span lang=\"en\">results</span></p>\n<ol>\n");
        for (var hit : found.items()) {
            body.append("<li><a href=\"/items/")
                    .append(Html.escaped(hit.id().value()))
                    .append("\">")
                    .append(Html.texts(hit.title(), "span"))
                    .append("</a>");
            hit.tier().map(PageServlet::path).ifPresent(body::append);
            // The index gives them escaped, with nothing but <em> in them.
            for (var highlight : hit.highlights())
                body.append("<p dir=\"auto\">").append(highlight).append("</p>");
            body.append("</li>\n");
        }
        body.append("</ol>\n");
        found.next().ifPresent(next -> body.append("<p><a rel=\"next\" href=\"/search?q=")
                .append(FileResource.escaped(q))
                .append("&amp;cursor=")
                .append(FileResource.escaped(next))
                .append("\">Trang sau · <span lang=\"en\">Next page</span></a></p>\n"));
        Html.write(response, 200, q.isBlank() ? "Thocam" : q + " – Thocam", body.toString());
    }

    /** By which path it was found, where that is not what was typed. */
    private static String path(Tier tier) {
        return switch (tier) {
            case EXACT -> "";
            case FOLDED -> label("không xét dấu", "without tones and diacritics");
            case TRANSLITERATED -> label("chữ viết khác", "in another script");
            case TYPO -> label("gần giống chữ đã gõ", "nearly what was typed");
            case PARTIAL -> label("có một phần từ đã gõ", "some of the words");
            case RELATED -> label("âm gần, từ có thể liên quan", "sounds alike, perhaps related");
        };
    }

    private static String label(String vietnamese, String english) {
        return " <small>" + vietnamese + " · <span lang=\"en\">" + english + "</span></small>";
    }

    private void item(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var name = Addresses.lastPart(request);
        var id = VisibleItems.id(name).orElseThrow(() -> VisibleItems.absent(name));
        var found = items.current(id, Caller.viewer(request));
        var item = found.item();
        var record = findings.record(found, request);
        var signposting = findings.signposting(record);
        var body = new StringBuilder("<article>\n").append(Html.texts(item.title(), "h1"));
        body.append(Html.texts(item.description(), "p"));
        body.append("<dl>\n");
        row(
                body,
                "Ngôn ngữ",
                "Language",
                String.join(
                        ", ", item.languages().stream().map(Object::toString).toList()));
        people(body, item.people());
        row(body, "Tác giả", "Creator", String.join("; ", item.creators()));
        row(body, "Thời gian", "Date", item.date());
        row(body, "Địa điểm", "Place", item.place().map(place -> place.name()).orElse(""));
        row(body, "Quyền", "Rights", item.rights());
        body.append("</dl>\n<ul>\n");
        for (var file : item.files())
            body.append("<li><a href=\"")
                    .append(Html.escaped(Addresses.item(id)))
                    .append("/files/")
                    .append(FileResource.escaped(file.name()))
                    .append("\">")
                    .append(Html.escaped(file.name()))
                    .append("</a> (")
                    .append(Html.escaped(file.mediaType()))
                    .append(", ")
                    .append(file.size())
                    .append(" B)</li>\n");
        body.append("</ul>\n");
        if (!record.lexicon()) body.append(media.section(found, Caller.viewer(request)));
        body.append("<p><a href=\"")
                .append(Html.escaped(Addresses.item(id)))
                .append("/text\">Văn bản · <span lang=\"en\">Text</span></a></p>\n");
        body.append(EntityPage.namedIn(
                entities.now(),
                mentions.atOnce(found).stream()
                        .map(Mention::entity)
                        .collect(Collectors.toCollection(LinkedHashSet::new))));
        body.append(ItemPage.citation(record, findings.library()));
        if (record.lexicon()) body.append(ItemPage.dictionary(id));
        body.append(ItemPage.downloads(id, findings.all(), record));
        body.append("</article>\n");
        response.setHeader("Vary", "Authorization");
        response.setHeader("Link", signposting.header());
        Html.write(
                response, 200, item.title().shown() + " – Thocam", ItemPage.head(record, signposting), body.toString());
    }

    private void people(StringBuilder body, List<String> ids) {
        if (ids.isEmpty()) return;
        var view = entities.now();
        body.append("<dt>Dân tộc <span lang=\"en\">(People)</span></dt>");
        for (var id : ids)
            body.append("<dd dir=\"auto\">")
                    .append(
                            view.register().find(id).isPresent()
                                    ? EntityPage.link(view, id)
                                    : Html.escaped(People.shown(id)))
                    .append("</dd>");
        body.append('\n');
    }

    private void entity(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var id = Addresses.lastPart(request);
        var view = entities.now();
        var entity = entities.entity(view, id);
        var page = new EntityPage(
                view, entity, new ShownEntity(view, entity, library.graph().base() + "id/"));
        var named = named(id, Caller.viewer(request));
        response.setHeader("Vary", "Authorization");
        Html.write(response, 200, page.title(), page.head(), page.body(LocalDate.now(clock), named));
    }

    /** Where it is named; the page stands without it while the graph does not answer. */
    private EntityMentions.Page named(String entity, Viewer viewer) {
        try {
            return new EntityMentions(library, items, clock).first(entity, viewer, FOUND);
        } catch (GraphUnavailableException e) {
            return new EntityMentions.Page(0, true, List.of(), Optional.empty());
        }
    }

    private static void row(StringBuilder body, String vietnamese, String english, String value) {
        if (value.isBlank()) return;
        body.append("<dt>")
                .append(vietnamese)
                .append(" <span lang=\"en\">(")
                .append(english)
                .append(")</span></dt><dd dir=\"auto\">")
                .append(Html.escaped(value))
                .append("</dd>\n");
    }

    /** Cool URIs for the Semantic Web, section 4.2: 303 to what stands for the thing, an item or an entry of a dictionary. */
    private void identity(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var name = Addresses.lastPart(request);
        int slash = name.indexOf('/');
        if (slash >= 0 && name.startsWith("files/", slash + 1)) {
            file(name, slash, request, response);
            return;
        }
        if (slash >= 0) {
            var lexicon = lexicons.of(name.substring(0, slash), request);
            var entry = lexicons.published(lexicon, name.substring(slash + 1));
            response.setStatus(303);
            response.setHeader("Vary", "Authorization");
            response.setHeader(
                    "Location", Addresses.entry(lexicon.id(), entry.id().value()));
            return;
        }
        if (name.equals(Observation.TOTAL)) {
            response.setStatus(303);
            response.setHeader("Location", "/api/v1/statistics?people=" + Observation.TOTAL);
            return;
        }
        if (EntityKind.ofId(name).isPresent() && isEntity(name)) {
            entities.entity(entities.now(), name);
            response.setStatus(303);
            response.setHeader("Vary", "Accept");
            response.setHeader("Location", at(request, "/entities/" + name, ShownEntity.address(name)));
            return;
        }
        var id = VisibleItems.id(name).orElseThrow(() -> VisibleItems.absent(name));
        VisibleItems.Visible found;
        try {
            found = items.current(id, Caller.viewer(request));
        } catch (ProblemException absent) {
            // before any tables were loaded a people has an identity of its own, in the graph and in MARC headings
            var people = People.ofId(name).orElseThrow(() -> absent);
            response.setStatus(303);
            response.setHeader("Vary", "Authorization");
            response.setHeader("Location", "/api/v1/search?people=" + people.id());
            return;
        }
        response.setStatus(303);
        response.setHeader("Vary", "Accept, Authorization");
        response.setHeader(
                "Link", findings.signposting(findings.record(found, request)).header());
        response.setHeader("Location", at(request, "/items/" + id, Addresses.item(id)));
    }

    /** An entity that is, or was, there. */
    private boolean isEntity(String id) {
        return entities.now().register().find(id).isPresent()
                || library.entities().gone(id).isPresent();
    }

    private static String at(HttpServletRequest request, String page, String data) {
        var types = Stream.concat(
                        Arrays.stream(EntityFormat.values()).map(format -> format.type), Stream.of(HTML, XHTML))
                .toList();
        return MediaRanges.of(request)
                        .of(types)
                        .filter(type -> type.equals(HTML) || type.equals(XHTML))
                        .isPresent()
                ? page
                : data;
    }

    /** A file of an item, as the graph names it. */
    private void file(String name, int slash, HttpServletRequest request, HttpServletResponse response) {
        var item = name.substring(0, slash);
        var id = VisibleItems.id(item).orElseThrow(() -> VisibleItems.absent(item));
        var record = findings.record(items.current(id, Caller.viewer(request)), request);
        var file = name.substring(slash + "/files/".length());
        if (record.item().files().stream().noneMatch(one -> one.name().equals(file))) throw VisibleItems.absent(name);
        response.setStatus(303);
        response.setHeader("Vary", "Authorization");
        response.setHeader("Location", record.links().file(id, file));
    }

    private static void style(HttpServletResponse response) throws IOException {
        response.setContentType("text/css");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "max-age=3600");
        try (var css = PageServlet.class.getResourceAsStream("pages/style.css")) {
            css.transferTo(response.getOutputStream());
        }
    }

    static void answer(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(problem.status());
        problem.headers().forEach(response::setHeader);
        boolean page =
                Optional.ofNullable(request.getHeader("Accept")).orElse("").contains("text/html");
        if (page) {
            var type = problem.type();
            Html.write(
                    response,
                    problem.status(),
                    type.titleVi(),
                    "<h1>%s</h1>\n<p>%s</p>\n<p lang=\"en\">%s. %s</p>\n"
                            .formatted(type.titleVi(), type.meaningVi(), type.title(), Html.escaped(problem.detail())));
            return;
        }
        response.setContentType(Problem.MEDIA_TYPE);
        response.getOutputStream()
                .write(problem.json(RequestId.of(request)).toString().getBytes(StandardCharsets.UTF_8));
    }
}
