package org.thocam.index.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import javax.servlet.Filter;
import javax.servlet.FilterChain;
import javax.servlet.ServletException;
import javax.servlet.ServletRequest;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/**
 * Lets nobody through without the secret, and those who have it only to the paths the engine uses: Solr brings many more handlers
 * (replication, streaming, configuration) that cannot be turned off one by one.
 */
final class Doorkeeper implements Filter {
    static final String HEADER = "X-Thocam-Secret";
    private static final Pattern USED =
            Pattern.compile("/solr/(admin/cores|[A-Za-z0-9_-]{1,64}/(select|update|admin/ping))");

    private final byte[] secret;

    Doorkeeper(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var http = (HttpServletRequest) request;
        var answer = (HttpServletResponse) response;
        String given = http.getHeader(HEADER);
        if (given == null || !MessageDigest.isEqual(secret, given.getBytes(StandardCharsets.UTF_8)))
            answer.sendError(HttpServletResponse.SC_UNAUTHORIZED);
        else if (!USED.matcher(http.getRequestURI()).matches()) answer.sendError(HttpServletResponse.SC_NOT_FOUND);
        else chain.doFilter(request, response);
    }
}
