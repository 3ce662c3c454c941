package org.thocam.api;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.server.CompressionConfig;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.glassfish.jersey.servlet.ServletContainer;
import org.thocam.api.access.AccessFilter;
import org.thocam.api.access.Caller;
import org.thocam.api.access.Tokens;
import org.thocam.api.found.FoundServlet;
import org.thocam.api.found.RecordFormat;
import org.thocam.api.found.RecordFormats;
import org.thocam.api.oai.LeftOut;
import org.thocam.api.oai.OaiServlet;
import org.thocam.api.oai.Offer;
import org.thocam.api.oai.Repository;
import org.thocam.api.problem.ProblemHandler;
import org.thocam.api.reconcile.ReconcileServlet;
import org.thocam.api.sparql.SparqlDoor;
import org.thocam.api.sru.Holdings;
import org.thocam.api.sru.SruServer;
import org.thocam.api.sru.SruServlet;
import org.thocam.ontology.exchange.formats.Crosswalks;

/** All doors on one port: REST, SPARQL, OAI-PMH, a few pages, health and metrics. Design section 4. */
public final class ApiServer implements AutoCloseable {
    private static final long STOP_MILLIS = 10_000;
    private static final long STOP_IDLE_MILLIS = 100;
    private static final int FORM_BYTES = 1 << 20;

    private final Server server;
    private final ServerConnector connector;
    private final Metrics metrics;

    private ApiServer(Server server, ServerConnector connector, Metrics metrics) {
        this.server = server;
        this.connector = connector;
        this.metrics = metrics;
    }

    /** @throws IOException if the port is taken, or the folder for uploads cannot be made */
    public static ApiServer start(Settings settings, Library library, Tokens tokens, Operations operations)
            throws IOException {
        return start(settings, library, tokens, operations, RecordFormats.all());
    }

    /** @param formats of other libraries that items can be had in */
    static ApiServer start(
            Settings settings, Library library, Tokens tokens, Operations operations, List<RecordFormat> formats)
            throws IOException {
        emptied(settings.temp());
        var bounds = settings.bounds();
        var threads = new QueuedThreadPool(bounds.threads(), Math.min(8, bounds.threads()), 60_000);
        threads.setName("thocam-http");
        var server = new Server(threads);
        var connector = connector(server, settings);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(bounds.connections(), server));
        server.setErrorHandler(new ProblemHandler());
        server.setStopTimeout(STOP_MILLIS);
        server.setStopAtShutdown(false);
        var metrics = new Metrics(threads);
        var doors = doors(settings, library, tokens, operations, metrics, formats);
        server.setHandler(new GracefulHandler(compressed(new SizeLimitHandler(bounds.uploadBytes(), -1), doors)));
        try {
            server.start();
        } catch (Exception e) {
            metrics.close();
            stop(server, e);
            if (e instanceof IOException)
                throw new IOException(
                        "the server cannot listen on " + settings.host() + ":" + settings.port() + ": " + e.getMessage()
                                + ". Give another port with --port.",
                        e);
            throw new IllegalStateException("the server could not be put together", e);
        }
        return new ApiServer(server, connector, metrics);
    }

    /** The port it listens on, also where 0 was asked for. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Takes no more requests, lets those under way end, then stops. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server did not stop cleanly", e);
        } finally {
            metrics.close();
        }
    }

    /** What a kill left behind of uploads that nobody was told of. */
    private static void emptied(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var left = Files.newDirectoryStream(folder, "{upload-*.part,MIME*.tmp}")) {
            for (var file : left) Files.delete(file);
        }
    }

    private static void stop(Server server, Exception why) {
        try {
            server.stop();
        } catch (Exception e) {
            why.addSuppressed(e);
        }
    }

    private static ServerConnector connector(Server server, Settings settings) {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(settings.bounds().headerBytes());
        http.setUriCompliance(UriCompliance.from("RFC3986,AMBIGUOUS_PATH_ENCODING"));
        var connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(settings.bounds().idle().toMillis());
        connector.setShutdownIdleTimeout(STOP_IDLE_MILLIS);
        return connector;
    }

    private static CompressionHandler compressed(SizeLimitHandler limited, ServletContextHandler doors) {
        limited.setHandler(doors);
        var gzip = new CompressionHandler(limited);
        gzip.putCompression(new GzipCompression());
        // Ranges and digests are of the file as it is; lines are read while they are written.
        gzip.putConfiguration(
                "/*",
                CompressionConfig.builder()
                        .defaults()
                        .compressIncludeMethod("POST")
                        .compressExcludePath("^/api/v1/items/[^/]+/(files|derivatives)/.*$")
                        .compressExcludePath("^/api/v1/operations/.*$")
                        .build());
        return gzip;
    }

    private static ServletContextHandler doors(
            Settings settings,
            Library library,
            Tokens tokens,
            Operations operations,
            Metrics metrics,
            List<RecordFormat> formats)
            throws IOException {
        var clock = Clock.systemUTC();
        var bounds = settings.bounds();
        var addresses = new Addresses(settings.baseUrl());
        var items = new VisibleItems(library, clock);
        var transcripts = new VisibleTranscripts(library, clock);
        var findings = new Findings(
                library::lexicons,
                addresses,
                settings.repositoryIdentifier(),
                settings.repositoryName(),
                formats,
                Format.All.with(formats),
                clock);
        var context = new ServletContextHandler("/", ServletContextHandler.NO_SESSIONS);
        var known = new KnownMedia(library, new MediaFiles(library));
        context.setErrorHandler(new ProblemHandler());
        context.setMaxFormKeys(bounds.formKeys());
        context.setMaxFormContentSize(FORM_BYTES);
        filter(context, metrics.timing());
        filter(context, new AccessFilter(tokens, settings.localSecret(), bounds.burst(), bounds.perSecond()));

        var leftOut = new LeftOut();
        var body = new Body(bounds.jsonBytes(), bounds.bodyTime());
        var entities = new CurrentEntities(library);
        var mentions = new ItemMentions(library);
        var rest = new RestApplication(
                settings,
                library,
                items,
                transcripts,
                entities,
                mentions,
                addresses,
                findings,
                operations,
                body,
                leftOut,
                clock,
                otherDoors());
        serve(context, new ServletHolder("rest", new ServletContainer(rest.config())), "/api/v1/*");
        var repository = new Repository(
                settings.repositoryName(),
                settings.repositoryIdentifier(),
                settings.adminEmail(),
                settings.institution(),
                settings.oaiPageSize(),
                settings.oaiKey());
        var every = new Offer("/oai/all", Crosswalks.all());
        var core = new Offer("/oai", Crosswalks.core(), Optional.of(every));
        for (var offer : List.of(core, every))
            serve(
                    context,
                    new OaiServlet(library::archive, library::log, repository, offer, leftOut, addresses::base, clock),
                    offer.path());
        serve(
                context,
                new SruServlet(
                        new Holdings(library::index, library::archive, library::log, id -> library.lexicons()
                                .shown(id)
                                .isPresent()),
                        new SruServer(
                                settings.repositoryName(), settings.repositoryIdentifier(), settings.adminEmail()),
                        Crosswalks::of,
                        addresses::base,
                        clock),
                "/sru");
        new SparqlDoor(
                        library::graph,
                        Caller::viewer,
                        request -> Caller.of(request).isPresent(),
                        settings.sparql())
                .mount(context);
        serve(context, new HealthServlet(library), "/health/*");
        serve(context, metrics.servlet(), "/metrics");
        serve(context, new DocumentationServlet(), "/docs", "/docs/*", "/problems/*");
        serve(
                context,
                new FoundServlet(
                        library::log, addresses::base, settings.repositoryName(), settings.adminEmail(), clock),
                FoundServlet.PATHS);
        serve(context, new CatalogueServlet(library, items, findings, settings.adminEmail()), "/catalog");
        serve(
                context,
                new ReconcileServlet(
                        () -> {
                            var now = entities.now();
                            return Map.entry(now.register(), now.search());
                        },
                        addresses::base,
                        () -> library.graph().base() + "id/",
                        Html::escaped),
                ReconcileServlet.PATH,
                ReconcileServlet.PATH + "/*");
        serve(context, new IiifServlet(library, items, transcripts, findings, known, clock), IiifServlet.PATHS);
        serve(context, new VocabularyServlet(), "/ns", "/ns.ttl", "/ns/*", "/shapes", "/shapes.ttl");
        serve(
                context,
                new PageServlet(library, items, findings, entities, mentions, new ItemMedia(transcripts), clock),
                "/",
                "/search",
                "/style.css",
                "/items/*",
                "/entities/*",
                "/id/*");
        return context;
    }

    private static Map<String, String> otherDoors() {
        var doors = new LinkedHashMap<String, String>();
        doors.put("/oai", "OAI-PMH 2.0 in the formats that every partner reads");
        doors.put("/oai/all", "OAI-PMH 2.0 in all formats");
        doors.put("/sru", "SRU 1.1 and 1.2");
        doors.put("/sparql?query", "SPARQL 1.1 protocol");
        doors.put("/sparql/data?graph&default", "SPARQL 1.1 graph store protocol");
        doors.put("/id/{id}", "303 to the page or data of an item or an entity");
        doors.put("/entities/{id}", "The page of an entity");
        doors.put("/id/{dictionary}/{entry}", "303 to the entry");
        doors.put(
                ReconcileServlet.PATH + "?queries&extend&callback",
                "Reconciliation Service API v0.2: manifest, queries, data extension; by GET or POST of a form");
        doors.put(
                ReconcileServlet.PATH + "/suggest/{what}?prefix&cursor&type&callback",
                "Suggestions of an entity, a type or a property");
        doors.put(
                ReconcileServlet.PATH + "/extend/propose?type&limit&callback",
                "Properties that a table can be extended by");
        doors.put(ReconcileServlet.PATH + "/preview?id", "A small page of an entity");
        doors.put("/iiif/{id}/manifest", "IIIF Presentation 3.0: the manifest of an item");
        doors.put("/iiif/{id}/canvas/{file}", "IIIF Presentation 3.0: a canvas");
        doors.put("/iiif/{id}/annotations/{tier}/{page}/{file}?of", "IIIF: a page of the passages of a tier");
        doors.put("/iiif/{id}/annotation/{number}/{file}?of", "IIIF: a passage as an annotation");
        doors.put("/iiif/{id}/search?q&motivation&date&user&startIndex", "IIIF Content Search 2.0 in an item");
        doors.put("/iiif/image/{id}/{file}/info.json", "IIIF Image API 3.0, level 0: what there is of a picture");
        doors.put(
                "/iiif/image/{id}/{file}/{region}/{size}/0/default.jpg",
                "IIIF Image API 3.0, level 0: a picture or a tile of it");
        doors.put("/ns", "The vocabulary: a page, or Turtle, N-Triples, RDF/XML or JSON-LD by Accept");
        doors.put("/shapes", "The SHACL shapes: Turtle, N-Triples, RDF/XML or JSON-LD by Accept");
        doors.put("/catalog", "The open data: DCAT 3 and VoID");
        doors.put("/.well-known/void", "302 to the catalogue");
        doors.put("/.well-known/resourcesync", "ResourceSync 1.1");
        doors.put("/robots.txt", "What robots may read");
        doors.put("/sitemap.xml", "Sitemaps of the items that everybody may see");
        doors.put("/opensearch.xml", "OpenSearch 1.1 description");
        doors.put("/health/live", "The process answers");
        doors.put("/health/ready", "All rooms are open and the views have caught up");
        doors.put("/metrics", "Prometheus metrics");
        return doors;
    }

    private static void filter(ServletContextHandler context, Filter filter) {
        var holder = new FilterHolder(filter);
        holder.setAsyncSupported(true);
        context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
    }

    private static void serve(ServletContextHandler context, HttpServlet servlet, String... paths) {
        serve(context, new ServletHolder(servlet), paths);
    }

    private static void serve(ServletContextHandler context, ServletHolder holder, String... paths) {
        holder.setAsyncSupported(true);
        for (var path : paths) context.addServlet(holder, path);
    }
}
