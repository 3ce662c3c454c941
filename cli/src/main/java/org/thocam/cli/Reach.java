package org.thocam.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import org.thocam.api.Operations;

/** How a command gets at a home: through the server that holds it, else by holding it itself as long as the command runs. */
final class Reach implements AutoCloseable {
    private final Connection connection;
    private final Operations operations;
    private final AutoCloseable held;

    private Reach(Connection connection, Operations operations, AutoCloseable held) {
        this.connection = connection;
        this.operations = operations;
        this.held = held;
    }

    /** For verbs that ask over HTTP: where nobody serves, a server on a free port does while the command runs. */
    static Reach toRead(Options options, String verb) throws IOException, InterruptedException {
        var home = options.home();
        boolean ofItsOwn =
                options.configuration().text(Configuration.Key.ARCHIVE_URL).isEmpty();
        if (ofItsOwn
                && Files.notExists(home.root().resolve("archive"))
                && Files.notExists(home.run().resolve("holder.json")))
            throw new Stop(Exit.NOT_FOUND, options.messages().say("empty", home.root()));
        return open(options, verb, true);
    }

    /** Within a home that this process already serves; closing it leaves that as it is. */
    static Reach within(Serving serving) {
        return new Reach(serving.connection(), new EngineOperations(serving.engine()), () -> {});
    }

    /** For verbs that run in the engine. */
    static Reach toWork(Options options, String verb) throws IOException, InterruptedException {
        return open(options, verb, false);
    }

    /** For verbs of the queue: they need its database alone, which a server may have in hand. */
    static Reach toQueue(Options options, String verb) throws IOException, InterruptedException {
        var home = options.home();
        var configuration = options.configuration();
        var lock = HomeLock.acquire(home, verb);
        if (lock.isEmpty() && !Queueing.isShared(configuration)) {
            var connection = serving(home, options.messages());
            return new Reach(connection, connection, () -> {});
        }
        try {
            var queueing = Queueing.alone(home, configuration);
            return new Reach(null, new QueueOperations(queueing.jobs(), home.root()), () -> {
                queueing.close();
                if (lock.isPresent()) lock.get().close();
            });
        } catch (RuntimeException e) {
            if (lock.isPresent()) lock.get().close();
            throw e;
        }
    }

    private static Reach open(Options options, String verb, boolean overHttp) throws IOException, InterruptedException {
        var home = options.home();
        var configuration = options.configuration();
        var lock = HomeLock.acquire(home, verb);
        if (lock.isEmpty()) {
            var connection = serving(home, options.messages());
            return new Reach(connection, connection, () -> {});
        }
        if (overHttp) {
            var serving = Serving.start(home, configuration, lock.get(), verb, "127.0.0.1", 0);
            boolean caughtUp;
            try {
                caughtUp = serving.engine().awaitWhileTheyGetOn();
            } catch (RuntimeException | InterruptedException e) {
                serving.close();
                throw e;
            }
            if (!caughtUp) {
                var faults = serving.engine().faults();
                serving.close();
                throw new Stop(Exit.SERVICE_DOWN, "the views did not catch up: " + faults);
            }
            return new Reach(serving.connection(), serving.connection(), serving);
        }
        var engine = Engine.open(home, configuration, Installation.here());
        return new Reach(null, new EngineOperations(engine), () -> {
            engine.close();
            lock.get().close();
        });
    }

    /** The server that holds the home, once it serves; a holder that does not serve is named. */
    private static Connection serving(Home home, Messages messages) throws IOException, InterruptedException {
        for (int tries = 0; tries < 240; tries++) {
            var holder = HomeLock.holder(home);
            if (holder.isPresent() && holder.get().port() > 0)
                return new Connection(
                        URI.create("http://" + holder.get().host() + ":"
                                + holder.get().port() + "/"),
                        holder.get().secret());
            if (holder.isPresent()
                    && !holder.get().verb().equals("serve")
                    && !holder.get().verb().equals("demo"))
                throw new Stop(
                        Exit.CONFLICT,
                        messages.say(
                                "held",
                                home.root(),
                                holder.get().verb(),
                                String.valueOf(holder.get().pid()),
                                holder.get().since()));
            Thread.sleep(250);
        }
        throw new Stop(Exit.SERVICE_DOWN, "the server that holds " + home.root() + " did not come up in a minute");
    }

    Connection connection() {
        return connection;
    }

    Operations operations() {
        return operations;
    }

    @Override
    public void close() throws IOException {
        try {
            held.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
