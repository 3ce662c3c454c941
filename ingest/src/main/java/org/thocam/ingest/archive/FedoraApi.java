package org.thocam.ingest.archive;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.http.HttpEntity;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpDelete;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpHead;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpPut;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.config.SocketConfig;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.FileEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.DefaultHttpRequestRetryHandler;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.message.BasicHeader;
import org.fcrepo.client.FcrepoClient;
import org.fcrepo.client.FcrepoOperationFailedException;
import org.fcrepo.client.FcrepoResponse;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.ArchiveUnavailableException;
import org.thocam.ontology.ItemId;

/**
 * Fedora's REST API (wiki.lyrasis.org, Fedora 6.x, "RESTful HTTP API") as far as the archive needs it. Every request ends in bounded time,
 * however slowly its answer drips in; an answer is whole or it is none.
 */
final class FedoraApi implements AutoCloseable {
    private static final String ARCHIVAL_GROUP =
            "<http://fedora.info/definitions/v4/repository#ArchivalGroup>; rel=\"type\"";
    private static final String BINARY = "<http://www.w3.org/ns/ldp#NonRDFSource>; rel=\"type\"";
    /** Fedora hashes what it keeps before it answers: bytes a second that it is allowed to be as slow as. */
    private static final long SLOWEST = 2 << 20;

    /** Between two asks of what failed in Fedora itself, in ms. */
    private static final long[] PAUSES = {50, 200, 800};

    private static final int LONGEST_ANSWER = 256 << 20;
    private static final Pattern MARKUP = Pattern.compile("<style[^>]*>[^<]*</style>|<[^<>]*>");

    /** Fedora came upon a fault of its own: it may be gone at the next try, or there for good. */
    static final class Failed extends ArchiveException {
        private static final long serialVersionUID = 1;

        private Failed(String message) {
            super(message);
        }
    }

    /** What came back, whole. */
    record Answer(int status, FcrepoResponse response, byte[] body) {
        boolean ok() {
            return status >= 200 && status < 300;
        }

        String etag() {
            var etag = response.getHeaderValue("ETag");
            return etag == null ? "" : etag;
        }

        Optional<String> header(String name) {
            return Optional.ofNullable(response.getHeaderValue(name));
        }

        String reason() {
            // Tomcat answers in HTML what Fedora itself does not
            var text = MARKUP.matcher(new String(body, StandardCharsets.UTF_8))
                    .replaceAll(" ")
                    .replaceAll("\\s+", " ")
                    .strip();
            return status + (text.isEmpty() ? "" : " " + text.substring(0, Math.min(300, text.length())));
        }
    }

    private static final class Client extends FcrepoClient {
        Client(CloseableHttpClient http) {
            super(http, false);
        }
    }

    private final URI address;
    private final Duration patience;
    private final RequestConfig config;
    private final FcrepoClient client;
    private final ScheduledExecutorService clock;

    FedoraApi(URI address, String user, String password, Duration connect, Duration patience, int connections) {
        this.address = address;
        this.patience = patience;
        var pool = new PoolingHttpClientConnectionManager();
        pool.setMaxTotal(connections);
        pool.setDefaultMaxPerRoute(connections);
        pool.setValidateAfterInactivity(1000);
        pool.setDefaultSocketConfig(SocketConfig.custom()
                .setTcpNoDelay(true)
                .setSoTimeout((int) patience.toMillis())
                .build());
        config = RequestConfig.custom()
                .setConnectTimeout((int) connect.toMillis())
                .setConnectionRequestTimeout((int) patience.toMillis())
                .build();
        var http = HttpClients.custom()
                .setConnectionManager(pool)
                .setRetryHandler(new DefaultHttpRequestRetryHandler(1, false))
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableContentCompression()
                .setUserAgent("thocam");
        if (!user.isEmpty()) {
            var token = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
            http.setDefaultHeaders(List.of(new BasicHeader("Authorization", "Basic " + token)));
        }
        client = new Client(http.build());
        var timer = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "thocam-fedora-clock");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        clock = timer;
    }

    URI address() {
        return address;
    }

    ScheduledExecutorService clock() {
        return clock;
    }

    private URI at(String path) {
        return URI.create(address + "/" + path);
    }

    /** @throws ArchiveUnavailableException if Fedora does not answer in time, or not as itself */
    Answer get(String path) {
        return read(() -> new HttpGet(at(path)));
    }

    Answer get(String path, String accept) {
        return read(() -> {
            var get = new HttpGet(at(path));
            get.setHeader("Accept", accept);
            return get;
        });
    }

    /** Bytes {@code from} to {@code to}, both included (RFC 9110, section 14). */
    Answer range(String path, long from, long to) {
        return read(() -> {
            var get = new HttpGet(at(path));
            get.setHeader("Range", "bytes=" + from + "-" + to);
            return get;
        });
    }

    Answer head(String path) {
        return read(() -> new HttpHead(at(path)));
    }

    /** A container, where there is none: 201, or 412 where there is one. */
    Answer putContainer(String path) throws IOException {
        var put = new HttpPut(at(path));
        put.setHeader("If-None-Match", "*");
        put.setHeader("Content-Type", "text/turtle");
        return known(ask(put, 0));
    }

    /** An archival group, where there is none: its files are one OCFL object, and one transaction is one version of it. */
    Answer putArchivalGroup(String path, String identifier, URI transaction) throws IOException {
        var put = within(transaction, new HttpPut(at(path)));
        put.setHeader("If-None-Match", "*");
        put.addHeader("Link", ARCHIVAL_GROUP);
        put.setEntity(new ByteArrayEntity(
                ("<> <http://purl.org/dc/terms/identifier> \"" + identifier + "\" .").getBytes(StandardCharsets.UTF_8),
                ContentType.create("text/turtle", StandardCharsets.UTF_8)));
        return known(ask(put, 0));
    }

    /** Where the bytes of a file come from, with what they are to be. */
    record Body(HttpEntity entity, String sha512, long size) {
        static Body of(byte[] bytes) {
            return new Body(
                    new ByteArrayEntity(bytes), Digests.hex(Digests.sha512().digest(bytes)), bytes.length);
        }

        static Body of(Path file, String sha512, long size) {
            return new Body(new FileEntity(file.toFile()), sha512, size);
        }
    }

    /**
     * A file, new or in place of the one there.
     *
     * @param ifMatch the ETag that it must have, or null
     */
    Answer put(String path, Body body, String mediaType, URI transaction, String ifMatch) throws IOException {
        var put = within(transaction, new HttpPut(at(path)));
        put.addHeader("Link", BINARY);
        put.setHeader("Content-Type", mediaType);
        put.setHeader("Digest", "sha-512=" + body.sha512());
        if (ifMatch != null) put.setHeader("If-Match", ifMatch);
        put.setEntity(body.entity());
        return known(ask(put, body.size()));
    }

    private static HttpPut within(URI transaction, HttpPut put) {
        put.setHeader("Atomic-ID", transaction.toString());
        return put;
    }

    Answer post(String path) throws IOException {
        return known(ask(new HttpPost(at(path)), 0));
    }

    Answer postTo(URI transaction) throws IOException {
        return ask(new HttpPost(transaction), 0);
    }

    /** @param bytes that Fedora has to hash and move before it answers */
    Answer commit(URI transaction, long bytes) throws IOException {
        return ask(new HttpPut(transaction), bytes);
    }

    Answer rollback(URI transaction) throws IOException {
        return ask(new HttpDelete(transaction), 0);
    }

    private interface Request {
        HttpRequestBase made();
    }

    /**
     * Reading again does no harm: half an answer is asked for once more, but not one that took all the time there is. A fault of Fedora's own is
     * asked for again after a pause: a reader that comes between two steps of somebody's commit gets a 500.
     */
    private Answer read(Request request) {
        var answer = askedTwice(request);
        for (long pause : PAUSES) {
            if (answer.status() != 500) break;
            pause(pause);
            answer = askedTwice(request);
        }
        return known(answer);
    }

    private Answer askedTwice(Request request) {
        long start = System.nanoTime();
        try {
            return ask(request.made(), 0);
        } catch (IOException first) {
            if (System.nanoTime() - start > patience.toNanos() / 2) throw unavailable(first);
            try {
                return ask(request.made(), 0);
            } catch (IOException e) {
                e.addSuppressed(first);
                throw unavailable(e);
            }
        }
    }

    void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ArchiveException("interrupted while Fedora at " + address + " was waited for", e);
        }
    }

    ArchiveUnavailableException unavailable(IOException e) {
        return new ArchiveUnavailableException(
                "Fedora at " + address + " does not answer: " + e.getMessage() + ". Try again when it does.", e);
    }

    ArchiveException deleted(ItemId id) {
        return new ArchiveException("item " + id + " was deleted in Fedora, at " + address + "/" + FedoraPaths.of(id)
                + ", which left a tombstone there. We never delete: restore it from a copy of Fedora's storage root, or remove the tombstone"
                + " to give up the item and its history.");
    }

    ArchiveException unexpected(String what, Answer answer) {
        return new ArchiveException(
                what + ": Fedora at " + address + " answered " + answer.reason() + ". Nothing of it is kept.");
    }

    private Answer ask(HttpRequestBase request, long bytes) throws IOException {
        long most = patience.toMillis() + bytes * 1000 / SLOWEST;
        request.setConfig(RequestConfig.copy(config)
                .setSocketTimeout((int) Math.min(Integer.MAX_VALUE, most))
                .build());
        // the socket's timeout begins again with every byte
        var alarm = clock.schedule(request::abort, 2 * most, TimeUnit.MILLISECONDS);
        try (var response = client.executeRequest(request.getURI(), request)) {
            var body = response.getBody();
            return new Answer(response.getStatusCode(), response, body == null ? new byte[0] : whole(body));
        } catch (FcrepoOperationFailedException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            alarm.cancel(false);
        }
    }

    private static byte[] whole(InputStream body) throws IOException {
        var bytes = body.readNBytes(LONGEST_ANSWER + 1);
        if (bytes.length > LONGEST_ANSWER)
            throw new IOException("the answer is longer than " + LONGEST_ANSWER + " bytes");
        return bytes;
    }

    /** Turns the answers that say nothing of the item into our words. */
    private Answer known(Answer answer) {
        switch (answer.status()) {
            case 401, 403 ->
                throw new ArchiveException("Fedora at " + address
                        + " does not let us in (" + answer.status()
                        + "). Set archive.user and archive.password to a user with the role fedoraAdmin.");
            case 500 -> throw new Failed("Fedora at " + address + " failed: " + answer.reason());
            case 502, 503, 504 ->
                throw new ArchiveUnavailableException(
                        "Fedora at " + address + " is not ready: " + answer.reason() + ". Try again when it is.");
            case 507 ->
                throw new ArchiveUnavailableException("the disk of Fedora at " + address + " is full: "
                        + answer.reason() + ". Make room, then try again.");
            default -> {
                return answer;
            }
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        try {
            client.close();
        } catch (IOException e) {
            throw new ArchiveException("the connections to Fedora could not be closed: " + e.getMessage(), e);
        }
    }
}
