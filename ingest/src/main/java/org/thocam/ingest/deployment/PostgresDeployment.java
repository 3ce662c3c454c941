package org.thocam.ingest.deployment;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.ServiceUnavailableException;
import org.thocam.ontology.sql.Migrations;
import org.thocam.ontology.sql.OutcomeUnknownException;
import org.thocam.ontology.sql.PostgresDatabase;
import org.thocam.ontology.sql.PostgresSession;

/**
 * Several engines that agree by a PostgreSQL database. A lease is an advisory lock of one session that this engine keeps: when the engine
 * or its network is gone, the server lets go of it, after half a minute at most.
 */
public final class PostgresDeployment implements Deployment {
    private static final Migrations TABLES =
            Migrations.of(PostgresDeployment.class, "deployment", "V1__deployment.sql");

    private static final String NOTE = "note.";
    private static final Pattern VIEWS = Pattern.compile("g([0-9]{1,6})");

    private final PostgresDatabase database;
    /** Of the lock of whoever turns to other views, against all that write to a log of views. */
    private final long views;

    private final Set<String> held = new HashSet<>();
    private PostgresSession session;
    private int lastPid;

    private PostgresDeployment(PostgresDatabase database) {
        this.database = database;
        this.views = PostgresDatabase.key("views of " + database.settings().schema());
        database.migrate(TABLES);
    }

    /** @param database of all engines; it stays open when this is closed */
    public static PostgresDeployment in(PostgresDatabase database) {
        return new PostgresDeployment(database);
    }

    @Override
    public String current() {
        return database.read("SELECT value FROM standing WHERE name = 'views'", rows -> {
            if (!rows.next())
                throw new ArchiveException(
                        database.settings()
                                + " says of no views that they are current. INSERT INTO standing VALUES('views', 'g1'), or the newest there are.");
            return rows.getString(1);
        });
    }

    @Override
    public boolean turn(String from, String to) {
        try {
            return database.write(connection -> {
                try (var lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)");
                        var turn = connection.prepareStatement(
                                "UPDATE standing SET value = ? WHERE name = 'views' AND value = ?")) {
                    lock.setLong(1, views);
                    lock.execute();
                    turn.setString(1, to);
                    turn.setString(2, from);
                    return turn.executeUpdate() == 1;
                }
            });
        } catch (OutcomeUnknownException e) {
            return current().equals(to);
        }
    }

    @Override
    public Standing standing(String name) {
        int number = number(name);
        return connection -> {
            try (var lock = connection.prepareStatement("SELECT pg_advisory_xact_lock_shared(?)");
                    var current = connection.prepareStatement(
                            "SELECT value FROM " + database.settings().schema() + ".standing WHERE name = 'views'")) {
                lock.setLong(1, views);
                lock.execute();
                // of its own: this question sees what was committed while the lock was waited for
                try (var rows = current.executeQuery()) {
                    if (rows.next() && number(rows.getString(1)) > number)
                        throw new ServiceUnavailableException("another engine took this one for gone and put the views "
                                + rows.getString(1) + " in place of " + name
                                + ". This engine goes on with those in a moment; try again then.");
                }
            }
        };
    }

    private static int number(String name) {
        var views = VIEWS.matcher(name);
        if (!views.matches()) throw new ArchiveException("views '" + name + "': want g and a number, such as g1");
        return Integer.parseInt(views.group(1));
    }

    @Override
    public synchronized Optional<Lease> lease(String name) {
        if (session == null) session = database.session();
        var own = session;
        if (held.contains(name)) {
            if (isAlive(own)) return Optional.empty();
            return lease(name);
        }
        long key = key(name);
        try {
            if (!own.lock(key)) {
                // the server may take the session that was lost for alive
                if (lastPid != 0) own.end(lastPid, key);
                return Optional.empty();
            }
        } catch (ArchiveException e) {
            lose(own);
            throw e;
        }
        held.add(name);
        return Optional.of(new OfSession(name, own));
    }

    private long key(String name) {
        return PostgresDatabase.key("lease " + database.settings().schema() + " " + name);
    }

    private boolean isAlive(PostgresSession own) {
        try {
            return own.number("SELECT 1") == 1;
        } catch (ArchiveException e) {
            lose(own);
            return false;
        }
    }

    /** With the session all its leases are lost. */
    private void lose(PostgresSession own) {
        if (session != own) return;
        lastPid = own.pid();
        own.close();
        session = null;
        held.clear();
    }

    private final class OfSession implements Lease {
        private final String name;
        private final PostgresSession own;
        private boolean closed;

        OfSession(String name, PostgresSession own) {
            this.name = name;
            this.own = own;
        }

        @Override
        public boolean held() {
            synchronized (PostgresDeployment.this) {
                if (closed || session != own) return false;
                try {
                    return own.holds(key(name));
                } catch (ArchiveException e) {
                    lose(own);
                    return false;
                }
            }
        }

        @Override
        public void close() {
            synchronized (PostgresDeployment.this) {
                if (closed || session != own) return;
                closed = true;
                held.remove(name);
                try {
                    own.unlock(key(name));
                } catch (ArchiveException e) {
                    lose(own);
                }
            }
        }
    }

    /** Drawn by the engine that asks first, and the same for all. */
    @Override
    public byte[] secret(String name, int bytes) {
        var known = secret(name);
        if (known.isEmpty()) {
            var drawn = new byte[bytes];
            new SecureRandom().nextBytes(drawn);
            try {
                database.write(connection -> {
                    try (var insert =
                            connection.prepareStatement("INSERT INTO secret VALUES(?, ?) ON CONFLICT DO NOTHING")) {
                        insert.setString(1, name);
                        insert.setBytes(2, drawn);
                        return insert.executeUpdate();
                    }
                });
            } catch (OutcomeUnknownException e) {
                // what is there now is good, whoever drew it
            }
            known = secret(name);
        }
        var secret = known.orElseThrow(() ->
                new ArchiveException(database.settings() + ": the secret '" + name + "' could not be kept; try again"));
        if (secret.length != bytes)
            throw new ArchiveException(
                    database.settings() + ": the secret '" + name + "' has " + secret.length + " bytes; want " + bytes
                            + ". Remove it from the table, then start all engines again: what was given out by it is worth nothing then.");
        return secret;
    }

    private Optional<byte[]> secret(String name) {
        return database.read(
                "SELECT value FROM secret WHERE name = ?",
                rows -> rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty(),
                name);
    }

    @Override
    public String note(String name) {
        return database.read(
                "SELECT value FROM standing WHERE name = ?", rows -> rows.next() ? rows.getString(1) : "", NOTE + name);
    }

    @Override
    public void note(String name, String text) {
        database.write(connection -> {
            try (var keep = connection.prepareStatement(
                            "INSERT INTO standing VALUES(?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value");
                    var forget = connection.prepareStatement("DELETE FROM standing WHERE name = ?")) {
                (text.isEmpty() ? forget : keep).setString(1, NOTE + name);
                if (!text.isEmpty()) keep.setString(2, text);
                return (text.isEmpty() ? forget : keep).executeUpdate();
            }
        });
    }

    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public synchronized void close() {
        if (session != null) session.close();
        session = null;
        held.clear();
    }
}
