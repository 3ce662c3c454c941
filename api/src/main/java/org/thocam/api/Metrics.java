package org.thocam.api;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** What a running site watches, in Prometheus' text format: the JVM, the requests by door, the threads and who waits for one. */
final class Metrics implements AutoCloseable {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Set<String> DOORS = Set.of(
            "items",
            "search",
            "suggest",
            "analyze",
            "operations",
            "status",
            "dictionaries",
            "entities",
            "openapi.json",
            "oai",
            "sru",
            "sparql",
            "docs",
            "problems",
            "health",
            "metrics",
            "id");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    Metrics(QueuedThreadPool threads) {
        List<MeterBinder> binders = List.of(
                new JvmMemoryMetrics(),
                new JvmThreadMetrics(),
                new ClassLoaderMetrics(),
                new ProcessorMetrics(),
                new UptimeMetrics());
        binders.forEach(binder -> binder.bindTo(registry));
        Gauge.builder("thocam_http_threads_busy", threads, QueuedThreadPool::getUtilizedThreads)
                .register(registry);
        Gauge.builder("thocam_http_requests_waiting", threads, QueuedThreadPool::getQueueSize)
                .register(registry);
    }

    /** Times every request; the labels are few, whatever is asked. */
    Filter timing() {
        return new Filter() {
            @Override
            public void doFilter(ServletRequest any, ServletResponse anyResponse, FilterChain chain)
                    throws IOException, ServletException {
                var request = (HttpServletRequest) any;
                long start = System.nanoTime();
                try {
                    chain.doFilter(any, anyResponse);
                } finally {
                    var method = METHODS.contains(request.getMethod()) ? request.getMethod() : "other";
                    int status = ((HttpServletResponse) anyResponse).getStatus();
                    Timer.builder("thocam_http_requests")
                            .tags(
                                    "method",
                                    method,
                                    "door",
                                    door(request.getRequestURI()),
                                    "status",
                                    Integer.toString(status))
                            .register(registry)
                            .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
                }
            }
        };
    }

    HttpServlet servlet() {
        return new HttpServlet() {
            private static final long serialVersionUID = 1;

            @Override
            protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                response.setContentType("text/plain; version=0.0.4; charset=utf-8");
                response.setHeader("Cache-Control", "no-store");
                response.getOutputStream().write(registry.scrape().getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    static String door(String path) {
        var segments = path.split("/");
        int at = path.startsWith("/api/v1/") ? 3 : 1;
        return segments.length > at && DOORS.contains(segments[at]) ? segments[at] : "other";
    }

    @Override
    public void close() {
        registry.close();
    }
}
