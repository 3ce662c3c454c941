package org.thocam.dictionary;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Part;
import org.thocam.ontology.sqlite.SqliteFile;

/** The entries of a state that two sides began from, on disk: a lexicon may be larger than memory. */
final class BaseTexts implements AutoCloseable {
    private static final int BATCH = 1000;

    private final Path path;
    private final SqliteFile file;

    private BaseTexts(Path path) {
        this.path = path;
        this.file = SqliteFile.view(
                path, "CREATE TABLE IF NOT EXISTS base(id TEXT PRIMARY KEY, xml TEXT NOT NULL) WITHOUT ROWID");
    }

    static BaseTexts none(Path path) {
        return new BaseTexts(path);
    }

    static BaseTexts of(Path path, LexiconFormat format, InputStream in, String language)
            throws IOException, LexiconFormat.RefusedException {
        var texts = new BaseTexts(path);
        try {
            texts.add(format, in, language);
            return texts;
        } catch (IOException | LexiconFormat.RefusedException | RuntimeException e) {
            texts.close();
            throw e;
        }
    }

    private void add(LexiconFormat format, InputStream in, String language)
            throws IOException, LexiconFormat.RefusedException {
        var ids = new EntryIds();
        var refused = new LexiconFormat.RefusedException[1];
        file.write(connection -> {
            try (var insert = connection.prepareStatement("INSERT OR REPLACE INTO base VALUES(?, ?)")) {
                var waiting = new int[1];
                format.read(in, language, (entry, start, length) -> {
                    try {
                        insert.setString(1, ids.next(entry.entry()).value());
                        insert.setString(2, entry.xml());
                        insert.addBatch();
                        if (++waiting[0] % BATCH == 0) insert.executeBatch();
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                });
                insert.executeBatch();
            } catch (LexiconFormat.RefusedException e) {
                refused[0] = e;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return null;
        });
        if (refused[0] != null) throw refused[0];
    }

    /** What was edited here until then, over the file. */
    void edit(
            Archive archive,
            ItemId lexicon,
            java.time.Instant until,
            org.thocam.ontology.Version file,
            Iterable<ItemId> parts) {
        for (var id : parts) {
            if (!EntryPart.is(id)) continue;
            EntryPart last = null;
            for (var archived : archive.versions(id))
                if (!archived.at().isAfter(until))
                    last = EntryPart.read(archive, (Part) archived.holding(), archived.version());
            if (last == null || !last.over(file)) continue;
            put(last.entry(), last.xml());
        }
    }

    private void put(EntryId id, String xml) {
        file.write(connection -> {
            try (var insert = connection.prepareStatement("INSERT OR REPLACE INTO base VALUES(?, ?)")) {
                insert.setString(1, id.value());
                insert.setString(2, xml);
                return insert.executeUpdate();
            }
        });
    }

    Optional<String> text(EntryId id) {
        return file.read(
                "SELECT xml FROM base WHERE id = ?",
                rows -> rows.next() ? Optional.of(rows.getString(1)) : Optional.empty(),
                id.value());
    }

    @Override
    public void close() {
        file.close();
        for (var end : new String[] {"", "-wal", "-shm"}) {
            try {
                Files.deleteIfExists(path.resolveSibling(path.getFileName() + end));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(path + " could not be removed", e);
            }
        }
    }
}
