package org.thocam.api.found;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.api.problem.RequestId;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.Shown;
import org.thocam.ontology.exchange.Links;

/**
 * What search engines, browsers and aggregators ask of a server that they do not know: robots.txt, sitemaps, OpenSearch, ResourceSync.
 * They are told what everybody may see, whoever asks.
 */
public final class FoundServlet extends HttpServlet {
    /** The paths that it answers; {@code *.xml} is for the pages of the sitemap, which have to stand at the root. */
    public static final String[] PATHS = {
        "/robots.txt", "/sitemap.xml", "/opensearch.xml", "/.well-known/*", "/resourcesync/*", "*.xml"
    };

    private static final long serialVersionUID = 1;
    private static final String XML = "application/xml";
    private static final String XML_ENDING = ".xml";
    private static final String SITEMAP_PAGE = "/sitemap-";

    private final transient Function<HttpServletRequest, String> base;
    private final transient OpenSearch openSearch;
    private final transient Clock clock;
    private final transient FeedPages items;
    private final transient FeedPages changes;

    /** @param base the address of the whole server as the caller knows it, without a slash at its end */
    public FoundServlet(
            Supplier<ChangeLog> log,
            Function<HttpServletRequest, String> base,
            String library,
            String adminEmail,
            Clock clock) {
        this(log, base, library, adminEmail, clock, FeedPages.SIZE);
    }

    FoundServlet(
            Supplier<ChangeLog> log,
            Function<HttpServletRequest, String> base,
            String library,
            String adminEmail,
            Clock clock,
            int pageSize) {
        this.base = base;
        this.openSearch = new OpenSearch(library, adminEmail);
        this.clock = clock;
        this.items = new FeedPages(log, false, pageSize);
        this.changes = new FeedPages(log, true, pageSize);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var path = request.getRequestURI();
        var at = base.apply(request);
        switch (path) {
            case "/robots.txt" -> answer(response, "text/plain", Robots.text(at));
            case "/opensearch.xml" -> answer(response, OpenSearch.MEDIA_TYPE, openSearch.document(at));
            case "/sitemap.xml" -> answer(response, XML, sitemapIndex(at));
            case "/.well-known/void" -> {
                // VoID, section 7.2
                response.setStatus(302);
                response.setHeader("Location", at + "/catalog");
            }
            default -> {
                if (path.startsWith(SITEMAP_PAGE)) sitemapPage(path, at, request, response);
                else resourceSync(path, at, request, response);
            }
        }
    }

    private String sitemapIndex(String at) throws IOException {
        var pages = items.all(clock.instant());
        return Sitemap.document(true, false, to -> {
            // the first page has the start page, so that a library without items has a sitemap too
            if (pages.isEmpty()) to.entry(at + SITEMAP_PAGE + FeedPages.Start.BEGINNING + XML_ENDING, null);
            for (var page : pages) to.entry(at + SITEMAP_PAGE + page.start() + XML_ENDING, page.last());
        });
    }

    private void sitemapPage(String path, String at, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var start = start(path, SITEMAP_PAGE);
        if (start.isEmpty()) {
            absent(request, response);
            return;
        }
        var entries = items.page(start.get(), clock.instant());
        boolean first = start.get().after().isEmpty();
        if (entries.isEmpty() && !first) {
            absent(request, response);
            return;
        }
        var links = new Links(at, "");
        answer(response, XML, Sitemap.document(false, false, to -> {
            if (first) to.entry(at + "/", null);
            for (var entry : entries.subList(0, Math.min(items.size(), entries.size())))
                to.entry(links.page(entry.id()), entry.datestamp());
        }));
    }

    private void resourceSync(String path, String at, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var now = clock.instant();
        var sync = new ResourceSync(new Links(at, ""), FeedPages.settled(now));
        if (path.equals(ResourceSync.DESCRIPTION)) answer(response, XML, sync.description());
        else if (path.equals(ResourceSync.CAPABILITIES)) answer(response, XML, sync.capabilities());
        else if (path.equals(ResourceSync.RESOURCES + XML_ENDING))
            answer(response, XML, sync.resources(orFirst(items.all(now), now)));
        else if (path.equals(ResourceSync.CHANGES + XML_ENDING)) changeLists(sync, now, request, response);
        else {
            var resources = start(path, ResourceSync.RESOURCES + "-");
            var changed = start(path, ResourceSync.CHANGES + "-");
            if (resources.isPresent())
                answer(response, XML, sync.resources(items.page(resources.get(), now), items.size()));
            else if (changed.isPresent())
                answer(response, XML, sync.changes(changed.get(), changes.page(changed.get(), now), changes.size()));
            else absent(request, response);
        }
    }

    private void changeLists(ResourceSync sync, Instant now, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<Instant> from;
        var asked = request.getParameter("from");
        try {
            from = Optional.ofNullable(asked).map(FoundServlet::instant);
        } catch (DateTimeException e) {
            refuse(
                    request,
                    response,
                    Problem.of(
                            ProblemType.BAD_REQUEST,
                            "from '" + Shown.of(asked) + "': want YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ"));
            return;
        }
        answer(response, XML, sync.changes(orFirst(changes.all(now), now), from));
    }

    private static Instant instant(String text) {
        return text.length() == 10
                ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                : OffsetDateTime.parse(text).toInstant();
    }

    private static List<FeedPages.Page> orFirst(List<FeedPages.Page> pages, Instant now) {
        return pages.isEmpty() ? List.of(new FeedPages.Page(FeedPages.Start.BEGINNING, now, now)) : pages;
    }

    private static Optional<FeedPages.Start> start(String path, String before) {
        if (!path.startsWith(before) || !path.endsWith(XML_ENDING)) return Optional.empty();
        var text = path.substring(before.length(), Math.max(before.length(), path.length() - XML_ENDING.length()));
        return FeedPages.Start.of(text);
    }

    private static void answer(HttpServletResponse response, String type, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setContentType(type);
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-cache");
        response.getOutputStream().write(bytes);
    }

    private static void absent(HttpServletRequest request, HttpServletResponse response) throws IOException {
        refuse(request, response, Problem.of(ProblemType.NOT_FOUND, "there is nothing at this address"));
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, Problem problem)
            throws IOException {
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.getOutputStream()
                .write(problem.json(RequestId.of(request)).toString().getBytes(StandardCharsets.UTF_8));
    }
}
