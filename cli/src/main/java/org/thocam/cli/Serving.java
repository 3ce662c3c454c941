package org.thocam.cli;

import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.thocam.api.ApiServer;
import org.thocam.api.Settings;
import org.thocam.api.access.Tokens;
import org.thocam.api.oai.Institution;
import org.thocam.api.sparql.Limits;
import org.thocam.cli.Configuration.Key;

/** A home that is held and answers over HTTP. */
final class Serving implements AutoCloseable {
    private final HomeLock lock;
    private final Engine engine;
    private final Tokens tokens;
    private final ApiServer server;
    private final String host;
    private final String secret;

    private Serving(HomeLock lock, Engine engine, Tokens tokens, ApiServer server, String host, String secret) {
        this.lock = lock;
        this.engine = engine;
        this.tokens = tokens;
        this.server = server;
        this.host = host;
        this.secret = secret;
    }

    private static Institution institution(Configuration configuration) {
        var name = configuration.text(Key.REPOSITORY_NAME);
        var usual = Institution.called(name);
        var friends = configuration.text(Key.REPOSITORY_FRIENDS).strip();
        try {
            return new Institution(
                    or(configuration.text(Key.REPOSITORY_INSTITUTION), usual.name()),
                    configuration.text(Key.REPOSITORY_URL),
                    or(configuration.text(Key.REPOSITORY_CURATOR), usual.curator()),
                    or(configuration.text(Key.REPOSITORY_LOCATION), usual.shortLocation()),
                    or(configuration.text(Key.REPOSITORY_SYNOPSIS), usual.synopsis()),
                    or(configuration.text(Key.REPOSITORY_ACCESS), usual.access()),
                    friends.isEmpty() ? List.of() : List.of(friends.split("[\\s,]+")));
        } catch (IllegalArgumentException e) {
            throw new Stop(Exit.CONFIGURATION, "repository: " + e.getMessage(), e);
        }
    }

    private static String or(String text, String otherwise) {
        return text.isBlank() ? otherwise : text;
    }

    /** @param port 0 for a free one */
    static Serving start(Home home, Configuration configuration, HomeLock lock, String verb, String host, int port)
            throws IOException, InterruptedException {
        var engine = Engine.open(home, configuration, Installation.here());
        var tokens = engine.tokens();
        try {
            var secret = secret();
            var url = configuration.text(Key.REPOSITORY_URL);
            var usual = Settings.Bounds.GENEROUS;
            var settings = new Settings(
                    host,
                    port,
                    url.isEmpty() ? Optional.empty() : Optional.of(URI.create(url)),
                    configuration.text(Key.REPOSITORY_NAME),
                    configuration.text(Key.REPOSITORY_DOMAIN),
                    configuration.text(Key.REPOSITORY_EMAIL),
                    institution(configuration),
                    configuration.number(Key.OAI_PAGE, 1, 1000),
                    engine.deployment().secret("oai.key", 32),
                    Optional.of(secret),
                    home.run().resolve("uploads"),
                    new Settings.Bounds(
                            usual.threads(),
                            usual.connections(),
                            usual.headerBytes(),
                            usual.jsonBytes(),
                            usual.uploadBytes(),
                            usual.formKeys(),
                            usual.bodyTime(),
                            usual.idle(),
                            configuration.number(Key.LIMITS_BURST, 1, 1_000_000),
                            configuration.number(Key.LIMITS_PERSECOND, 1, 1_000_000)),
                    new Limits(
                            Duration.ofSeconds(configuration.number(Key.SPARQL_SECONDS, 1, 3600)),
                            configuration.number(Key.SPARQL_ROWS, 1, 10_000_000),
                            Limits.DEFAULT.queryLength(),
                            Limits.DEFAULT.concurrent()));
            int workers = configuration.number(Key.INGEST_WORKERS, 0, 64);
            if (workers > 0) engine.work(workers);
            var server = ApiServer.start(settings, engine, tokens, new EngineOperations(engine));
            lock.tell(new HomeLock.Holder(
                    ProcessHandle.current().pid(), verb, Instant.now(), reachable(host), server.port(), secret));
            return new Serving(lock, engine, tokens, server, reachable(host), secret);
        } catch (IOException | RuntimeException e) {
            tokens.close();
            engine.close();
            throw e;
        }
    }

    /** Where a process on this machine finds a server that listens on {@code host}. */
    private static String reachable(String host) {
        return host.equals("0.0.0.0") || host.equals("::") || host.equals("[::]") ? "127.0.0.1" : host;
    }

    private static String secret() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    Engine engine() {
        return engine;
    }

    Connection connection() {
        return new Connection(address(), secret);
    }

    URI address() {
        return URI.create("http://" + host + ":" + server.port() + "/");
    }

    @Override
    public void close() throws IOException {
        // each must let go even when the one before it fails to
        try (lock;
                tokens;
                engine;
                server) {
            LoggerFactory.getLogger(Serving.class).info("closing");
        }
    }
}
