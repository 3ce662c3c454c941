package org.thocam.cli;

import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.thocam.api.ApiServer;
import org.thocam.api.Settings;
import org.thocam.api.access.Tokens;
import org.thocam.api.sparql.Limits;
import org.thocam.cli.Configuration.Key;

/** A home that is held and answers over HTTP. */
final class Serving implements AutoCloseable {
    private final HomeLock lock;
    private final Engine engine;
    private final Tokens tokens;
    private final ApiServer server;
    private final String secret;

    private Serving(HomeLock lock, Engine engine, Tokens tokens, ApiServer server, String secret) {
        this.lock = lock;
        this.engine = engine;
        this.tokens = tokens;
        this.server = server;
        this.secret = secret;
    }

    /** @param port 0 for a free one */
    static Serving start(Home home, Configuration configuration, HomeLock lock, String verb, int port)
            throws IOException {
        var engine = Engine.open(home, configuration, Installation.here());
        var tokens = Tokens.open(home.tokens());
        try {
            var secret = secret();
            var url = configuration.text(Key.REPOSITORY_URL);
            var usual = Settings.Bounds.GENEROUS;
            var settings = new Settings(
                    configuration.text(Key.SERVER_HOST),
                    port,
                    url.isEmpty() ? Optional.empty() : Optional.of(URI.create(url)),
                    configuration.text(Key.REPOSITORY_NAME),
                    configuration.text(Key.REPOSITORY_DOMAIN),
                    configuration.text(Key.REPOSITORY_EMAIL),
                    configuration.number(Key.OAI_PAGE, 1, 1000),
                    home.secret("oai.key", 32),
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
            var server = ApiServer.start(settings, engine, tokens, new EngineOperations(engine));
            lock.tell(new HomeLock.Holder(ProcessHandle.current().pid(), verb, Instant.now(), server.port(), secret));
            return new Serving(lock, engine, tokens, server, secret);
        } catch (IOException | RuntimeException e) {
            tokens.close();
            engine.close();
            throw e;
        }
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
        return new Connection(URI.create("http://127.0.0.1:" + server.port()), secret);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.port() + "/");
    }

    @Override
    public void close() throws IOException {
        server.close();
        engine.close();
        tokens.close();
        lock.close();
    }
}
