package org.thocam.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.FeatureContext;
import org.thocam.api.access.Caller;
import org.thocam.api.access.Role;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;

/** Puts the rule of each route before it. A route without a rule lets nobody in. */
final class RoleRule implements DynamicFeature {
    /** Stands for the request of the thread that asks. */
    @Context
    private HttpServletRequest request;

    @Override
    public void configure(ResourceInfo route, FeatureContext context) {
        if (!route.getResourceClass().getPackage().equals(RoleRule.class.getPackage())) return;
        var method = route.getResourceMethod();
        if (method.isAnnotationPresent(ForEverybody.class)) return;
        var rule = method.getAnnotation(Needs.class);
        context.register(new Guard(rule == null ? Role.ADMIN : rule.value(), request));
    }

    // No record: its hash would ask the request before there is one.
    private static final class Guard implements ContainerRequestFilter {
        private final Role needed;
        private final HttpServletRequest request;

        Guard(Role needed, HttpServletRequest request) {
            this.needed = needed;
            this.request = request;
        }

        @Override
        public void filter(ContainerRequestContext context) {
            var caller = Caller.of(request).orElseThrow(() -> Problem.of(
                            ProblemType.UNAUTHORIZED, "this needs a token of role " + needed.word() + " or above")
                    .with("WWW-Authenticate", "Bearer realm=\"thocam\"")
                    .thrown());
            if (!caller.role().mayDoAs(needed))
                throw Problem.of(
                                ProblemType.FORBIDDEN,
                                "this needs role " + needed.word() + " or above; the token has role "
                                        + caller.role().word())
                        .thrown();
        }
    }
}
