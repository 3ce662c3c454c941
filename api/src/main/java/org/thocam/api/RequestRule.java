package org.thocam.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.UriBuilder;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.ontology.Shown;

/** What holds for every request to a resource, before one is chosen. */
@PreMatching
final class RequestRule implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext context) {
        var encoding = context.getHeaderString("Content-Encoding");
        // Jetty has taken away those that it reads. RFC 9110, section 8.4
        if (encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity"))
            throw Problem.of(
                            ProblemType.UNSUPPORTED_MEDIA_TYPE,
                            "Content-Encoding '" + Shown.of(encoding) + "': want gzip, or none")
                    .thrown();
        // An id may have a semicolon in it; JAX-RS would take the rest of the id for a matrix parameter.
        var uri = context.getUriInfo().getRequestUri();
        var path = uri.getRawPath();
        if (path.indexOf(';') >= 0)
            context.setRequestUri(UriBuilder.fromUri(uri)
                    .replacePath(path.replace(";", "%3B"))
                    .build());
    }
}
