package org.thocam.dictionary;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.dictionary.lift.LiftEntry;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Version;

/** Reads the entries of an archived dictionary's file: every reading of a version gives the same. */
final class LexiconReader {
    private static final Logger LOG = LoggerFactory.getLogger(LexiconReader.class);

    private final Archive archive;

    LexiconReader(Archive archive) {
        this.archive = archive;
    }

    /**
     * @param start of its first byte in the file, -1 where the file is not LIFT in UTF-8
     * @param length in bytes
     */
    record InFile(EntryId id, LiftEntry entry, long start, int length) {
        boolean deleted() {
            return !entry.entry().dateDeleted().isEmpty();
        }
    }

    interface Reading {
        void entry(InFile entry) throws SQLException;
    }

    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;

        Stopped(SQLException cause) {
            super(cause);
        }
    }

    /**
     * Tells every entry of a version.
     *
     * @return why there are none although there is a version, or empty; what was told before is then void
     */
    Optional<String> tryRead(Lexicon lexicon, Version version, Reading reading) throws SQLException {
        if (lexicon.words().isEmpty()) return Optional.of("has no file of a lexicon's format, such as .lift or .csv");
        var name = lexicon.words().get().name();
        var ids = new EntryIds();
        try (var in = archive.open(lexicon.id(), version, "files/" + name)) {
            LexiconFormat.ofName(name).orElseThrow().read(in, lexicon.language().value(), (entry, start, length) -> {
                try {
                    reading.entry(new InFile(ids.next(entry.entry()), entry, start, length));
                } catch (SQLException e) {
                    throw new Stopped(e);
                }
            });
            return Optional.empty();
        } catch (Stopped e) {
            throw (SQLException) e.getCause();
        } catch (LexiconFormat.RefusedException e) {
            return Optional.of(name + ": " + e.getMessage());
        } catch (IOException | ArchiveException e) {
            LOG.error("dictionary {} {}: {} cannot be read", lexicon.id(), version, name, e);
            return Optional.of(name + " cannot be read; 'thocam verify' tells more");
        }
    }

    /** One entry of the file of a version, as it stood there. */
    Optional<LiftEntry> entry(Lexicon lexicon, Version version, EntryId id) {
        var found = new LiftEntry[1];
        try {
            tryRead(lexicon, version, entry -> {
                if (entry.id().equals(id)) found[0] = entry.entry();
            });
        } catch (SQLException e) {
            throw new IllegalStateException("nothing is written here", e);
        }
        return Optional.ofNullable(found[0]);
    }
}
