package org.thocam.ontology.graph;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.jena.graph.Triple;
import org.apache.jena.query.ARQ;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFLanguages;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.resultset.ResultSetLang;
import org.apache.jena.riot.rowset.RowSetReaderRegistry;
import org.apache.jena.riot.system.ErrorHandlerFactory;
import org.apache.jena.riot.system.StreamRDFBase;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.exec.QueryExecResult;
import org.apache.jena.sparql.exec.RowSet;
import org.thocam.ontology.Shown;

/**
 * A SPARQL 1.1 store over HTTP: query, update and graph store protocol. Every answer is read to its end or is no answer; nothing waits for
 * longer than it was given, whether the store refuses, hangs or trickles.
 */
final class Endpoint implements AutoCloseable {
    /** Characters of the addresses of graphs that may stand in an address; with more, they are sent as a form. */
    private static final int LONGEST_ADDRESS = 2_000;

    private static final String ROWS = "application/sparql-results+json";
    private static final String TRIPLES = "application/n-triples, text/turtle;q=0.5, application/rdf+xml;q=0.3";

    /**
     * @param connecting how long it may take until a connection stands
     * @param reading how long an answer may take
     * @param writing how long an update may take
     * @param whole how long all that there is may take to be read
     * @param bytes of an answer from one row to the next
     */
    record Bounds(Duration connecting, Duration reading, Duration writing, Duration whole, long bytes) {
        static final Bounds USUAL = new Bounds(
                Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofMinutes(5), Duration.ofHours(6), 64L << 20);
    }

    private final RemoteGraph.Settings settings;
    private final Bounds bounds;
    private final HttpClient http;
    private final ScheduledThreadPoolExecutor clock;
    private final Set<Answer> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Endpoint(RemoteGraph.Settings settings, Bounds bounds) {
        this.settings = settings;
        this.bounds = bounds;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(bounds.connecting())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.clock = new ScheduledThreadPoolExecutor(1, work -> {
            var thread = new Thread(work, "thocam-graph-clock");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
    }

    Bounds bounds() {
        return bounds;
    }

    void checkOpen() {
        if (closed) throw KnowledgeGraph.closed();
    }

    /** Until when something has to be done. */
    record Deadline(long nanos, Duration whole) {
        static Deadline in(Duration time) {
            return new Deadline(System.nanoTime() + time.toNanos(), time);
        }

        long left() {
            return nanos - System.nanoTime();
        }

        boolean over() {
            return left() <= 0;
        }
    }

    /** Rows that hold a connection until they are read or closed. */
    interface Rows extends RowSet, AutoCloseable {
        @Override
        void close();
    }

    /**
     * Rows as they come; whoever does not read them to the end closes them.
     *
     * @param graphs whose union is asked; none for the graphs that the query names itself
     */
    Rows select(String query, Collection<String> graphs, Deadline deadline) {
        var answer = query(query, graphs, ROWS, deadline);
        try {
            return new AnsweredRows(read(answer).rowSet(), answer);
        } catch (RuntimeException e) {
            answer.close();
            throw answer.spoilt(e);
        }
    }

    boolean ask(String query, Collection<String> graphs, Deadline deadline) {
        try (var answer = query(query, graphs, ROWS, deadline)) {
            try {
                var result = read(answer);
                if (!result.isBoolean()) throw new IllegalStateException("no truth value");
                answer.readToTheEnd();
                return result.booleanResult();
            } catch (RuntimeException e) {
                throw answer.spoilt(e);
            }
        }
    }

    private static QueryExecResult read(Answer answer) {
        var result = RowSetReaderRegistry.getFactory(ResultSetLang.RS_JSON)
                .create(ResultSetLang.RS_JSON)
                .readAny(answer.kept(), ARQ.getContext());
        if (result == null) throw new IllegalStateException("no results");
        return result;
    }

    void triples(String query, Collection<String> graphs, Deadline deadline, Consumer<Triple> consumer) {
        try (var answer = query(query, graphs, TRIPLES, deadline)) {
            parse(answer, consumer);
        }
    }

    /** Whether it speaks the graph store protocol too. */
    boolean keepsGraphs() {
        return settings.data() != null;
    }

    /** What a graph says, by the graph store protocol (section 5.2); nothing where there is none. */
    void graph(String name, Consumer<Triple> consumer) {
        var deadline = Deadline.in(bounds.reading());
        var request = HttpRequest.newBuilder(with(settings.data(), "graph=" + encoded(name)))
                .header("Accept", TRIPLES)
                .GET();
        try (var answer = send(request, deadline, true, 404)) {
            if (answer.status != 404) parse(answer, consumer);
        }
    }

    private static void parse(Answer answer, Consumer<Triple> consumer) {
        var lang = RDFLanguages.contentTypeToLang(answer.mediaType);
        if (lang == null || !RDFLanguages.isTriples(lang))
            throw answer.unusable("is " + Shown.of(answer.mediaType) + ", and not RDF");
        // These end anywhere, so that only the protocol knows whether it was the end.
        boolean endsAnywhere = lang.equals(Lang.NTRIPLES) || lang.equals(Lang.TURTLE);
        if (endsAnywhere && !answer.framed) throw answer.unusable("has no length: nobody can tell whether it is whole");
        var stopped = new RuntimeException[1];
        try {
            RDFParser.source(answer.kept())
                    .lang(lang)
                    .errorHandler(ErrorHandlerFactory.errorHandlerStrictNoLogging)
                    .checking(false)
                    .parse(new StreamRDFBase() {
                        @Override
                        public void triple(Triple triple) {
                            answer.bytes = 0;
                            try {
                                consumer.accept(triple);
                            } catch (RuntimeException e) {
                                stopped[0] = e;
                                throw e;
                            }
                        }
                    });
            answer.readToTheEnd();
        } catch (RuntimeException e) {
            throw stopped[0] == null ? answer.spoilt(e) : stopped[0];
        }
    }

    /** Returns when the store has said that it is done: all of it, where the store is atomic. */
    void update(String update) {
        var deadline = Deadline.in(bounds.writing());
        var request = HttpRequest.newBuilder(settings.update())
                .header("Content-Type", "application/sparql-update; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(update));
        try (var answer = send(request, deadline, false)) {
            answer.readToTheEnd();
        }
    }

    private Answer query(String query, Collection<String> graphs, String accept, Deadline deadline) {
        var parameters = new StringBuilder();
        for (var graph : graphs)
            parameters.append("default-graph-uri=").append(encoded(graph)).append('&');
        // Fuseki, RDF4J and GraphDB stop by themselves after so many seconds.
        parameters
                .append("timeout=")
                .append(Math.max(1, TimeUnit.NANOSECONDS.toSeconds(deadline.left() + 999_999_999)));
        var request = parameters.length() <= LONGEST_ADDRESS
                ? HttpRequest.newBuilder(with(settings.query(), parameters.toString()))
                        .header("Content-Type", "application/sparql-query; charset=utf-8")
                        .POST(HttpRequest.BodyPublishers.ofString(query))
                : HttpRequest.newBuilder(settings.query())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(parameters
                                .append("&query=")
                                .append(encoded(query))
                                .toString()));
        return send(request.header("Accept", accept), deadline, true);
    }

    private static URI with(URI address, String parameters) {
        return URI.create(address + (address.getRawQuery() == null ? "?" : "&") + parameters);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** @param again whether it may be sent twice, where a connection that was kept from before turns out to be dead */
    private Answer send(HttpRequest.Builder builder, Deadline deadline, boolean again, int... expected) {
        checkOpen();
        if (!settings.user().isEmpty()) {
            var login = settings.user() + ":" + settings.password();
            builder.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        }
        var request = builder.timeout(Duration.ofNanos(Math.max(1_000_000, deadline.left())))
                .build();
        try {
            var response = response(request, deadline);
            var answer = new Answer(response, deadline);
            int status = response.statusCode();
            for (int one : expected) if (status == one) return answer;
            if (status >= 200 && status < 300) {
                if (response.headers().firstValue("X-SQL-State").isPresent())
                    throw answer.unusable("is only a part of it: the store ran out of the time it gives itself");
                return answer;
            }
            throw answer.failed(status);
        } catch (IOException e) {
            boolean worthAnother = again && !(e instanceof HttpTimeoutException) && !deadline.over();
            if (worthAnother && !(e instanceof ConnectException))
                return send(
                        HttpRequest.newBuilder(request, (name, value) -> !name.equals("Authorization")),
                        deadline,
                        false,
                        expected);
            throw unreachable(e, deadline);
        }
    }

    private HttpResponse<InputStream> response(HttpRequest request, Deadline deadline) throws IOException {
        var sent = http.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
        try {
            return sent.get(Math.max(1, deadline.left()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw new HttpTimeoutException("no answer");
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw new GraphUnavailableException("interrupted while the graph's store was asked", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) throw io;
            throw new IOException(e.getCause());
        }
    }

    private GraphUnavailableException unreachable(IOException e, Deadline deadline) {
        if (closed) throw KnowledgeGraph.closed();
        var why = e instanceof HttpConnectTimeoutException || e instanceof ConnectException
                ? "cannot be reached"
                : e instanceof HttpTimeoutException || deadline.over()
                        ? "did not answer within " + deadline.whole().toMillis() + " ms"
                        : "broke the connection off (" + e.getMessage() + ")";
        return new GraphUnavailableException(
                "the graph's store at " + settings.query() + " " + why
                        + "; it is asked again, and everything else works",
                e);
    }

    @Override
    public void close() {
        closed = true;
        clock.shutdownNow();
        open.forEach(Answer::ring);
    }

    /** The body of an answer, which ends at its deadline and at its bound. */
    private final class Answer extends FilterInputStream {
        private final Deadline deadline;
        private final Future<?> alarm;
        private final int status;
        private final String mediaType;
        private final boolean framed;
        private long bytes;
        private volatile boolean late;

        Answer(HttpResponse<InputStream> response, Deadline deadline) {
            super(response.body());
            this.deadline = deadline;
            this.status = response.statusCode();
            this.mediaType = response.headers()
                    .firstValue("Content-Type")
                    .map(type -> type.split(";")[0].strip())
                    .orElse("");
            this.framed = response.headers().firstValue("Content-Length").isPresent()
                    || response.headers()
                            .firstValue("Transfer-Encoding")
                            .filter(coding -> coding.equalsIgnoreCase("chunked"))
                            .isPresent();
            // A body that does not come holds its reader for ever: somebody else has to end it.
            this.alarm = clock.isShutdown()
                    ? null
                    : clock.schedule(this::late, Math.max(1, deadline.left()), TimeUnit.NANOSECONDS);
            open.add(this);
            if (closed) ring();
        }

        private void late() {
            late = true;
            ring();
        }

        private void ring() {
            try {
                in.close();
            } catch (IOException e) {
                // it ends, whatever it says
            }
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            if (b >= 0) count(1);
            return b;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            int n = in.read(into, from, most);
            if (n > 0) count(n);
            return n;
        }

        private void count(int more) throws IOException {
            bytes += more;
            if (bytes > bounds.bytes()) throw new IOException("a row of more than " + bounds.bytes() + " bytes");
        }

        /** The same for parsers, which close what they take for read, before it has told its end. */
        InputStream kept() {
            return new FilterInputStream(this) {
                @Override
                public void close() {}
            };
        }

        /** The protocol tells only at the end whether it was the end. */
        void readToTheEnd() {
            try {
                transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw spoilt(new IllegalStateException(e));
            }
        }

        RuntimeException spoilt(RuntimeException e) {
            if (e instanceof GraphUnavailableException || closed && !late) return closed ? KnowledgeGraph.closed() : e;
            return late || deadline.over()
                    ? new GraphUnavailableException(
                            "the graph's store at " + settings.query() + " did not end its answer within "
                                    + deadline.whole().toMillis() + " ms; nothing of it is used",
                            e)
                    : new GraphUnavailableException(
                            "the answer of the graph's store at " + settings.query() + " is not whole ("
                                    + Shown.of(e.getMessage()) + "); nothing of it is used",
                            e);
        }

        GraphUnavailableException unusable(String why) {
            close();
            return new GraphUnavailableException(
                    "the answer of the graph's store at " + settings.query() + " " + why, null);
        }

        GraphUnavailableException failed(int status) {
            String said = "";
            try (this) {
                said = Shown.of(new String(in.readNBytes(400), StandardCharsets.UTF_8)
                        .replaceAll("\\s+", " ")
                        .strip());
            } catch (IOException e) {
                // the status says enough
            }
            var what = "the graph's store at " + settings.query() + " answers " + status
                    + (said.isEmpty() ? "" : ": " + said);
            if (status == 401 || status == 403)
                return new GraphUnavailableException(what + ". Look at graph.user and graph.password.", null);
            return status == 400 ? GraphUnavailableException.refused(what) : new GraphUnavailableException(what, null);
        }

        @Override
        public void close() {
            if (alarm != null) alarm.cancel(false);
            open.remove(this);
            try {
                in.close();
            } catch (IOException e) {
                // what was wanted of it was read
            }
        }
    }

    private static final class AnsweredRows implements Rows {
        private final RowSet rows;
        private final Answer answer;
        private boolean ended;

        AnsweredRows(RowSet rows, Answer answer) {
            this.rows = rows;
            this.answer = answer;
        }

        @Override
        public boolean hasNext() {
            if (ended) return false;
            try {
                if (rows.hasNext()) return true;
                answer.readToTheEnd();
            } catch (RuntimeException e) {
                close();
                throw answer.spoilt(e);
            }
            close();
            return false;
        }

        @Override
        public Binding next() {
            if (!hasNext()) throw new NoSuchElementException();
            try {
                answer.bytes = 0;
                return rows.next();
            } catch (RuntimeException e) {
                close();
                throw answer.spoilt(e);
            }
        }

        @Override
        public List<Var> getResultVars() {
            return rows.getResultVars();
        }

        @Override
        public long getRowNumber() {
            return rows.getRowNumber();
        }

        @Override
        public void close() {
            ended = true;
            answer.close();
        }
    }
}
