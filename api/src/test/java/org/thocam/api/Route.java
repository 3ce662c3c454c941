package org.thocam.api;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One method of a resource, as its annotations say. */
record Route(String method, String path, Method handler) {
    static List<Route> all() {
        var routes = new ArrayList<Route>();
        for (var resource : RestApplication.RESOURCES)
            for (var handler : resource.getDeclaredMethods()) of(handler).ifPresent(routes::add);
        routes.sort(Comparator.comparing(Route::path).thenComparing(Route::method));
        return routes;
    }

    private static Optional<Route> of(Method handler) {
        return Arrays.stream(handler.getAnnotations())
                .map(Annotation::annotationType)
                .flatMap(type -> Stream.ofNullable(type.getAnnotation(HttpMethod.class)))
                .findFirst()
                .map(verb -> new Route(verb.value(), pathOf(handler), handler));
    }

    private static String pathOf(Method handler) {
        var all = new StringBuilder("/api/v1");
        for (var part :
                new Path[] {handler.getDeclaringClass().getAnnotation(Path.class), handler.getAnnotation(Path.class)})
            if (part != null && !part.value().isEmpty())
                all.append('/').append(part.value().replaceFirst("^/", ""));
        return all.toString().replaceAll("\\{(\\w+)\\s*:[^}]*}", "{$1}");
    }

    String at(String id) {
        return path.replace("{id}", id)
                .replace("{recipe}/{name}", "thumbnail/photo.png")
                .replace("{name}", "file.txt")
                .replace("{format}", "csv")
                .replace("{verb}", "count")
                .replace("{entry}", "e1")
                .replace("{conflict}", "c1")
                .replace("{ending}", "ttl");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
