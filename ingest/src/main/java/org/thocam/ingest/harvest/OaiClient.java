package org.thocam.ingest.harvest;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.Shown;

/**
 * Asks one partner, one request at a time, and asks again where the partner says later. OAI-PMH 2.0, section 3.1. Nothing but the base
 * URL is ever fetched: no schema, no link of a record.
 */
final class OaiClient {
    private static final Logger LOG = LoggerFactory.getLogger(OaiClient.class);
    private static final int MOST_REDIRECTS = 5;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(30))
            .build();
    private final PartnerSource partner;
    private final String userAgent;
    private final Duration pause;
    private final Limits limits;
    private boolean answered;
    private long lastEnded = System.nanoTime() - Duration.ofHours(1).toNanos();

    OaiClient(PartnerSource partner, String userAgent, Duration pause, Limits limits) {
        this.partner = partner;
        this.userAgent = userAgent;
        this.pause = pause;
        this.limits = limits;
    }

    /**
     * @param arguments verb first
     * @throws PageFault if the answer cannot be read, or is an HTTP 500 time and again
     */
    OaiAnswer ask(Map<String, String> arguments) throws PageFault, InterruptedException {
        var url = partner.base()
                + (partner.base().contains("?") ? "&" : "?")
                + arguments.entrySet().stream()
                        .map(e -> e.getKey() + "=" + encoded(e.getValue()))
                        .collect(Collectors.joining("&"));
        var wait = limits.firstWait();
        for (int attempt = 1; ; attempt++) {
            String trouble;
            try {
                var response = fetch(url);
                int status = response.statusCode();
                answered = true;
                if (status == 200) return OaiAnswer.of(url, unpacked(url, response));
                if (status != 429 && status < 500) return refused(url, response);
                trouble = "HTTP " + status;
                var asked = response.headers().firstValue("Retry-After").flatMap(OaiClient::retryAfter);
                if (asked.isPresent()) {
                    if (asked.get().compareTo(limits.longestWait()) > 0)
                        throw new HarvestException(
                                HarvestException.Kind.UNREACHABLE,
                                partner.base() + " answers " + trouble + " and asks to come back in "
                                        + asked.get().toSeconds() + " s, which is more than the "
                                        + limits.longestWait().toSeconds()
                                        + " s that are waited; run the harvest again then, it goes on here");
                    wait = asked.get();
                }
                if (status == 500 && attempt >= Math.min(3, limits.attempts()))
                    throw new PageFault(url, -1, "HTTP 500, " + attempt + " times", response.body(), null);
            } catch (IOException e) {
                trouble = said(e);
                if (!answered && unknownHost(e))
                    throw new HarvestException(
                            HarvestException.Kind.UNREACHABLE,
                            "no computer is known by the name '" + Shown.of(partner.host()) + "' of "
                                    + Shown.of(partner.base())
                                    + ". Look for a slip in the address, and whether this machine reaches the net",
                            e);
            }
            if (attempt >= limits.attempts())
                throw new HarvestException(
                        HarvestException.Kind.UNREACHABLE,
                        Shown.of(url) + " did not answer in " + attempt + " attempts: " + trouble
                                + ". Run the harvest again later; it goes on here");
            LOG.info("{}: {}; asking again in {} ms", Shown.of(url), trouble, wait.toMillis());
            Thread.sleep(wait.toMillis());
            wait = wait.multipliedBy(2);
            if (wait.compareTo(limits.longestWait()) > 0) wait = limits.longestWait();
        }
    }

    private static boolean unknownHost(IOException fault) {
        for (Throwable at = fault; at != null; at = at.getCause())
            if (at instanceof UnknownHostException || at instanceof UnresolvedAddressException) return true;
        return false;
    }

    private static String said(IOException fault) {
        if (fault.getMessage() != null) return fault.getMessage();
        return fault instanceof ConnectException
                ? "no connection; is the server running, and is the port right?"
                : fault.toString();
    }

    /** Some servers give the protocol's own errors with an HTTP 4xx. */
    private OaiAnswer refused(String url, HttpResponse<byte[]> response) {
        try {
            var answer = OaiAnswer.of(url, unpacked(url, response));
            if (!answer.errors().isEmpty()) return answer;
        } catch (PageFault | IOException e) {
            LOG.debug("the body of an HTTP {} is no OAI-PMH", response.statusCode(), e);
        }
        throw new HarvestException(
                HarvestException.Kind.ASKED,
                Shown.of(url) + " answers HTTP " + response.statusCode()
                        + "; want 200. Is this the base URL of an OAI-PMH provider?");
    }

    private HttpResponse<byte[]> fetch(String first) throws IOException, InterruptedException {
        var uri = URI.create(first);
        for (int hop = 0; ; hop++) {
            var response = once(uri);
            int status = response.statusCode();
            if (status != 301 && status != 302 && status != 303 && status != 307 && status != 308) return response;
            var location = response.headers()
                    .firstValue("Location")
                    .orElseThrow(() -> new IOException("HTTP " + status + " without a Location"));
            if (hop >= MOST_REDIRECTS)
                throw new HarvestException(
                        HarvestException.Kind.PROTOCOL,
                        Shown.of(first) + " redirects more than " + MOST_REDIRECTS + " times, at last to "
                                + Shown.of(location));
            uri = redirected(uri, location);
        }
    }

    private URI redirected(URI from, String location) throws UnknownHostException {
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw notFollowed(from, location, "that is no address", e);
        }
        var scheme = String.valueOf(to.getScheme()).toLowerCase(Locale.ROOT);
        if (to.getHost() == null
                || to.getUserInfo() != null
                || !(scheme.equals(from.getScheme().toLowerCase(Locale.ROOT))
                        || scheme.equals("https") && from.getScheme().equalsIgnoreCase("http")))
            throw notFollowed(from, location, "only http to http or https, and https to https, are followed", null);
        // a partner on the net must not send us to what only this machine can reach
        if (!to.getHost().equalsIgnoreCase(from.getHost()) && inside(to.getHost()) && !inside(partner.host()))
            throw notFollowed(from, location, "that is an address of the inner network", null);
        return to;
    }

    private static boolean inside(String host) throws UnknownHostException {
        for (var address : InetAddress.getAllByName(host)) {
            var bytes = address.getAddress();
            if (address.isLoopbackAddress()
                    || address.isAnyLocalAddress()
                    || address.isLinkLocalAddress()
                    || address.isSiteLocalAddress()
                    || address.isMulticastAddress()
                    || bytes.length == 16 && (bytes[0] & 0xFE) == 0xFC
                    // RFC 6598, shared by the customers of a carrier; RFC 1122, "this network"
                    || bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xC0) == 64
                    || bytes.length == 4 && bytes[0] == 0) return true;
        }
        return false;
    }

    private static HarvestException notFollowed(URI from, String location, String why, Throwable cause) {
        return new HarvestException(
                HarvestException.Kind.PROTOCOL,
                Shown.of(from.toString()) + " redirects to '" + Shown.of(location) + "', which is not followed: " + why
                        + ". If the partner has moved, give its new base URL",
                cause);
    }

    private HttpResponse<byte[]> once(URI uri) throws IOException, InterruptedException {
        long left = pause.toMillis() - (System.nanoTime() - lastEnded) / 1_000_000;
        if (left > 0) Thread.sleep(left);
        var request = HttpRequest.newBuilder(uri)
                .header("User-Agent", userAgent)
                .header("Accept-Encoding", "gzip, deflate")
                .header("Accept", "text/xml, application/xml;q=0.9, */*;q=0.5")
                .build();
        var answer = http.sendAsync(request, info -> new Bounded(limits.pageBytes()));
        try {
            return answer.get(limits.answer().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no whole answer within " + limits.answer().toSeconds() + " s", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TooLarge large)
                throw new HarvestException(
                        HarvestException.Kind.PROTOCOL, Shown.of(uri.toString()) + ": " + large.getMessage(), large);
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
            lastEnded = System.nanoTime();
        }
    }

    private byte[] unpacked(String url, HttpResponse<byte[]> response) throws IOException, PageFault {
        var coding = response.headers()
                .firstValue("Content-Encoding")
                .orElse("")
                .strip()
                .toLowerCase(Locale.ROOT);
        var body = response.body();
        switch (coding) {
            case "", "identity":
                return body;
            case "gzip", "x-gzip":
                return read(url, new GZIPInputStream(new ByteArrayInputStream(body)));
            case "deflate":
                // RFC 9110, section 8.4.1.2: zlib; some send the bare stream
                boolean zlib =
                        body.length > 1 && (body[0] & 0x0F) == 8 && ((body[0] & 0xFF) << 8 | body[1] & 0xFF) % 31 == 0;
                var inflater = new Inflater(!zlib);
                try {
                    return read(url, new InflaterInputStream(new ByteArrayInputStream(body), inflater));
                } finally {
                    inflater.end();
                }
            default:
                throw new PageFault(
                        url,
                        -1,
                        "the answer is packed as '" + Shown.of(coding) + "': want gzip or deflate",
                        body,
                        null);
        }
    }

    private byte[] read(String url, InputStream packed) throws IOException {
        try (packed) {
            var bytes = packed.readNBytes(limits.pageBytes() + 1);
            if (bytes.length > limits.pageBytes())
                throw new HarvestException(
                        HarvestException.Kind.PROTOCOL,
                        Shown.of(url) + ": " + tooLarge(limits.pageBytes()) + " unpacked");
            return bytes;
        }
    }

    private static String tooLarge(int most) {
        return "the answer has more than " + most
                + " bytes, the most that is taken; ask the partner for smaller pages, or harvest less at a time with --from and --until";
    }

    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Seconds or an HTTP date. RFC 9110, section 10.2.3. */
    static java.util.Optional<Duration> retryAfter(String value) {
        var text = value.strip();
        if (text.matches("\\d{1,9}")) return java.util.Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        try {
            var until = Duration.between(
                    Instant.now(),
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return java.util.Optional.of(until.isNegative() ? Duration.ZERO : until);
        } catch (DateTimeException e) {
            LOG.debug("Retry-After '{}' is neither seconds nor a date", Shown.of(value), e);
            return java.util.Optional.empty();
        }
    }

    private static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1;

        TooLarge(int most) {
            super(tooLarge(most));
        }
    }

    /** A body of at most so many bytes: one that has no end is cut off, not read. */
    private static final class Bounded implements HttpResponse.BodySubscriber<byte[]> {
        private final int most;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private Flow.Subscription subscription;

        Bounded(int most) {
            this.most = most;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (var buffer : buffers) {
                if (body.isDone()) return;
                if (bytes.size() + (long) buffer.remaining() > most) {
                    subscription.cancel();
                    body.completeExceptionally(new TooLarge(most));
                    return;
                }
                var chunk = new byte[buffer.remaining()];
                buffer.get(chunk);
                bytes.write(chunk, 0, chunk.length);
            }
        }

        @Override
        public void onError(Throwable fault) {
            body.completeExceptionally(fault);
        }

        @Override
        public void onComplete() {
            body.complete(bytes.toByteArray());
        }
    }
}
