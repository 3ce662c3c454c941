package org.thocam.dictionary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.thocam.dictionary.entry.Entry;
import org.thocam.dictionary.exchange.FormatException;
import org.thocam.dictionary.exchange.Reading;
import org.thocam.dictionary.exchange.table.ColumnMapping;
import org.thocam.dictionary.exchange.table.Kind;
import org.thocam.dictionary.exchange.table.Tables;
import org.thocam.dictionary.lift.LiftEntry;
import org.thocam.dictionary.lift.LiftException;
import org.thocam.dictionary.lift.LiftFile;

/**
 * What the file of an archived dictionary can be, the best first. An import always makes LIFT; a table may have come by another door, and
 * its entries are made anew at each reading.
 */
enum LexiconFormat {
    LIFT {
        @Override
        void read(InputStream in, String language, Told told) throws IOException, RefusedException {
            try {
                LiftFile.read(in, placed -> told.entry(placed.entry(), placed.offset(), placed.length()));
            } catch (LiftException e) {
                throw new RefusedException(e.getMessage(), e);
            }
        }
    },
    CSV {
        @Override
        void read(InputStream in, String language, Told told) throws IOException, RefusedException {
            table(Kind.CSV, in, language, told);
        }
    },
    TSV {
        @Override
        void read(InputStream in, String language, Told told) throws IOException, RefusedException {
            table(Kind.TSV, in, language, told);
        }
    };

    interface Told {
        /**
         * @param start of its first byte in the file, -1 where it does not stand there as LIFT
         * @param length in bytes
         */
        void entry(LiftEntry entry, long start, int length);
    }

    /** A file is not what its name says. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        RefusedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    abstract void read(InputStream in, String language, Told told) throws IOException, RefusedException;

    private static void table(Kind kind, InputStream in, String language, Told told)
            throws IOException, RefusedException {
        try {
            Tables.read(in, kind, ColumnMapping.NONE, language, new Reading() {
                @Override
                public void entry(String id, Entry entry) {
                    told.entry(made(id, entry), -1, 0);
                }
            });
        } catch (FormatException e) {
            throw new RefusedException(e.getMessage(), e);
        }
    }

    /** An entry of another format as LIFT: its name there is its id, where it has none. */
    static LiftEntry made(String id, Entry entry) {
        var made = LiftEntry.made(entry);
        if (id.isEmpty() || !entry.liftId().isEmpty()) return made;
        ObjectNode tree = made.tree();
        tree.put("liftId", id);
        return made.with(tree);
    }

    static Optional<LexiconFormat> ofName(String name) {
        var ending = name.substring(name.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> format.name().equals(ending))
                .findFirst();
    }
}
