package org.thocam.api.access;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.thocam.ontology.Viewer;

/** Who sent a request, as {@link AccessFilter} found out. */
public final class Caller {
    private static final String ATTRIBUTE = Caller.class.getName();

    private Caller() {}

    public static Optional<Principal> of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Principal principal
                ? Optional.of(principal)
                : Optional.empty();
    }

    /**
     * What tells one caller from every other, on every engine: the digest of the token, which says nothing of the token itself. Names
     * are not enough, for two tokens may have the same.
     *
     * @throws java.util.NoSuchElementException if nobody is known to ask
     */
    public static String identity(HttpServletRequest request) {
        if (of(request).orElseThrow().local()) return "local";
        return Tokens.digest(request.getHeader("Authorization").trim().split("\\s+", 2)[1]);
    }

    public static Viewer viewer(ServletRequest request) {
        return of(request).map(Principal::viewer).orElse(Viewer.ANYBODY);
    }

    /** Whether the caller may change items. */
    public static boolean mayWrite(ServletRequest request) {
        return of(request)
                .filter(principal -> principal.role().mayDoAs(Role.DEPOSITOR))
                .isPresent();
    }

    static void set(ServletRequest request, Principal principal) {
        request.setAttribute(ATTRIBUTE, principal);
    }
}
