package org.thocam.api.access;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemException;
import org.thocam.api.problem.ProblemType;
import org.thocam.api.problem.RequestId;
import org.thocam.ontology.ServiceUnavailableException;
import org.thocam.ontology.Shown;

/** Stands before every door: names the request, finds out who asks (RFC 6750), limits how often, and sets the headers of all answers. */
public final class AccessFilter implements Filter {
    private static final Logger LOG = LoggerFactory.getLogger(AccessFilter.class);
    private static final Set<String> SHARED_METHODS = Set.of("GET", "HEAD", "OPTIONS");

    private final Tokens tokens;
    private final Optional<byte[]> localSecret;
    private final RateLimit limit;

    /** @param localSecret what the command line of this home presents instead of a token */
    public AccessFilter(Tokens tokens, Optional<String> localSecret, int burst, int perSecond) {
        this.tokens = tokens;
        this.localSecret = localSecret.map(secret -> secret.getBytes(StandardCharsets.UTF_8));
        this.limit = new RateLimit(burst, perSecond);
    }

    @Override
    public void doFilter(ServletRequest any, ServletResponse anyResponse, FilterChain chain)
            throws IOException, ServletException {
        var request = (HttpServletRequest) any;
        var response = (HttpServletResponse) anyResponse;
        response.setHeader(RequestId.HEADER, RequestId.of(request));
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
        if (SHARED_METHODS.contains(request.getMethod())) share(response);
        try {
            // it would send back what came, and what came may have a token in it. RFC 9110, section 9.3.8
            if (request.getMethod().equals("TRACE"))
                throw Problem.of(ProblemType.METHOD_NOT_ALLOWED, "TRACE is not answered here")
                        .thrown();
            var caller = caller(request);
            caller.ifPresent(principal -> Caller.set(request, principal));
            throttle(request, caller);
        } catch (ProblemException e) {
            answer(request, response, e.problem());
            return;
        } catch (ServiceUnavailableException e) {
            answer(request, response, Problem.ofServiceDown(e).orElseThrow());
            return;
        }
        if (request.getMethod().equals("OPTIONS") && request.getHeader("Access-Control-Request-Method") != null) {
            response.setStatus(204);
            return;
        }
        chain.doFilter(request, response);
    }

    /** Pages of other origins may read what everybody may; there are no cookies that they could misuse. Fetch standard, CORS protocol. */
    private static void share(HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setHeader("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS");
        response.setHeader(
                "Access-Control-Allow-Headers",
                "Accept, Accept-Language, Authorization, If-None-Match, If-Range, Range");
        response.setHeader(
                "Access-Control-Expose-Headers",
                "Link, ETag, Location, Content-Disposition, Content-Range, Accept-Ranges, Repr-Digest, Retry-After, X-Thocam-Lost, "
                        + RequestId.HEADER);
        response.setHeader("Access-Control-Max-Age", "86400");
    }

    private Optional<Principal> caller(HttpServletRequest request) {
        var headers = Collections.list(request.getHeaders("Authorization"));
        if (headers.isEmpty()) return Optional.empty();
        if (headers.size() > 1) throw refused("there are " + headers.size() + " Authorization headers; want one");
        var words = headers.get(0).trim().split("\\s+", 2);
        if (words.length < 2 || !words[0].equalsIgnoreCase("Bearer"))
            throw refused("the Authorization header is not 'Bearer " + Tokens.PREFIX + "...'");
        var bearer = words[1].getBytes(StandardCharsets.UTF_8);
        if (localSecret.isPresent() && MessageDigest.isEqual(localSecret.get(), bearer))
            return Optional.of(Principal.LOCAL);
        // A guess costs its address as much as any request, so that tokens cannot be tried without end.
        return Optional.of(tokens.find(words[1]).orElseGet(() -> {
            throttle(request, Optional.empty());
            throw refused("this token is unknown or revoked");
        }));
    }

    private static ProblemException refused(String detail) {
        return Problem.of(ProblemType.UNAUTHORIZED, detail)
                .with("WWW-Authenticate", "Bearer realm=\"thocam\", error=\"invalid_token\"")
                .thrown();
    }

    private void throttle(HttpServletRequest request, Optional<Principal> caller) {
        var address = request.getRemoteAddr();
        if (caller.filter(principal -> principal.role() == Role.ADMIN && loopback(address))
                .isPresent()) return;
        var sender = caller.isPresent() ? request.getHeader("Authorization") : "address " + address;
        var wait = limit.take(sender);
        if (wait.isZero()) return;
        long seconds = Math.max(1, wait.plus(Duration.ofMillis(999)).toSeconds());
        throw Problem.of(ProblemType.TOO_MANY_REQUESTS, "wait " + seconds + " s, then go on more slowly")
                .with("Retry-After", Long.toString(seconds))
                .thrown();
    }

    private static boolean loopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("'" + address + "' is not the address of a connection", e);
        }
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response, Problem problem)
            throws IOException {
        var id = RequestId.of(request);
        LOG.info("{} {} {}: {}", id, request.getMethod(), Shown.of(request.getRequestURI()), problem.detail());
        response.setStatus(problem.status());
        problem.headers().forEach(response::setHeader);
        response.setContentType(Problem.MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(problem.json(id).toString().getBytes(StandardCharsets.UTF_8));
    }
}
