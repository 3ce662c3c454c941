package org.thocam.ontology.sql;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.thocam.ontology.ArchiveException;

/**
 * The tables of one owner, as scripts that are run once each and in order; Flyway remembers which in {@code NAME_migrations}. A script is
 * never changed after a release: the next one changes what it made. What it writes as a placeholder is in {@link Dialect}.
 */
public final class Migrations {
    private static final Pattern SCRIPT = Pattern.compile("V([1-9][0-9]{0,3})__[a-z0-9_]+\\.sql");
    private static final int ATTEMPTS = 3;

    private final String name;
    private final List<LoadableResource> scripts;

    private Migrations(String name, List<LoadableResource> scripts) {
        this.name = name;
        this.scripts = scripts;
    }

    /**
     * @param owner beside whose class file the scripts lie
     * @param name of what they make, such as {@code log}
     * @param scripts {@code V1__some_words.sql}, {@code V2__...}: all of them, in order
     */
    public static Migrations of(Class<?> owner, String name, String... scripts) {
        if (!name.matches("[a-z]{1,30}")) throw new IllegalArgumentException("name '" + name + "': want a-z");
        for (int n = 0; n < scripts.length; n++) {
            var script = SCRIPT.matcher(scripts[n]);
            if (!script.matches() || Integer.parseInt(script.group(1)) != n + 1)
                throw new IllegalArgumentException(
                        "script '" + scripts[n] + "': want V" + (n + 1) + "__some_words.sql");
        }
        return new Migrations(
                name,
                Arrays.stream(scripts).map(script -> loaded(owner, script)).toList());
    }

    /** Whether a database has nothing more to do; the caller is spared Flyway, which looks at far more. */
    boolean isDone(Connection connection, Dialect dialect) throws SQLException {
        var state = state(connection, dialect);
        if (state.isPresent() && state.getAsInt() > scripts.size())
            throw new ArchiveException("the tables '" + name + "' are of a newer Thocam (" + state.getAsInt()
                    + ", this one knows " + scripts.size() + "). Run that version, or restore a copy from before.");
        return state.equals(OptionalInt.of(scripts.size()));
    }

    private OptionalInt state(Connection connection, Dialect dialect) throws SQLException {
        try (var statement = connection.createStatement()) {
            try (var known = statement.executeQuery(
                    "SELECT 1 FROM " + dialect.placeholders().get("tables") + " t WHERE name = '" + history() + "'")) {
                if (!known.next()) return OptionalInt.empty();
            }
            try (var rows = statement.executeQuery(
                    "SELECT MAX(CAST(version AS INTEGER)) FROM " + history() + " WHERE success")) {
                return rows.next() ? OptionalInt.of(rows.getInt(1)) : OptionalInt.empty();
            }
        }
    }

    /**
     * For a {@link Database}: runs what is missing.
     *
     * @param source of connections to the one schema that the tables are in
     * @param where it is, for messages
     */
    public void run(DataSource source, Dialect dialect, String where) {
        for (int attempt = 1; ; attempt++) {
            try (var connection = source.getConnection()) {
                if (isDone(connection, dialect)) return;
            } catch (SQLException e) {
                throw new ArchiveException(where + ": " + e.getMessage(), e);
            }
            try {
                // a baseline of 0: tables of a Thocam before there were migrations are there, and V1 leaves them as
                // they are
                Flyway.configure(Migrations.class.getClassLoader())
                        .dataSource(source)
                        .table(history())
                        .baselineOnMigrate(true)
                        .baselineVersion("0")
                        .createSchemas(false)
                        .placeholders(dialect.placeholders())
                        .resourceProvider(new Scripts(scripts))
                        .locations(new String[0])
                        .loggers("slf4j")
                        .load()
                        .migrate();
                return;
            } catch (FlywayException e) {
                // somebody else did the same at once: look again
                if (attempt == ATTEMPTS)
                    throw new ArchiveException(
                            where + ": the tables '" + name + "' could not be made: " + e.getMessage(), e);
            }
        }
    }

    private String history() {
        return name + "_migrations";
    }

    private static LoadableResource loaded(Class<?> owner, String script) {
        try (var in = owner.getResourceAsStream(script)) {
            if (in == null) throw new IllegalArgumentException(script + " is not beside " + owner.getName());
            return new Script(script, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(script + " cannot be read", e);
        }
    }

    private record Scripts(List<LoadableResource> all) implements ResourceProvider {
        @Override
        public LoadableResource getResource(String name) {
            return all.stream()
                    .filter(script -> script.getRelativePath().equals(name))
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return all.stream()
                    .filter(script -> script.getFilename().startsWith(prefix)
                            && Arrays.stream(suffixes).anyMatch(script.getFilename()::endsWith))
                    .toList();
        }
    }

    private static final class Script extends LoadableResource {
        private final String name;
        private final String text;

        Script(String name, String text) {
            this.name = name;
            this.text = text;
        }

        @Override
        public Reader read() {
            return new StringReader(text);
        }

        @Override
        public String getAbsolutePath() {
            return name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
