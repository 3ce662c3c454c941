package org.thocam.dictionary;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.thocam.dictionary.lift.LiftEntry;
import org.thocam.dictionary.lift.LiftException;
import org.thocam.dictionary.lift.LiftFile;

/** What a dictionary's file can be. LIFT is kept as it is; of the others the entries are made anew at each reading. */
enum LexiconFormat {
    LIFT(List.of("lift"), List.of("lift")) {
        @Override
        void read(InputStream in, String language, Told told) throws IOException, RefusedException {
            try {
                LiftFile.read(in, placed -> told.entry("", placed.entry(), placed.offset(), placed.length()));
            } catch (LiftException e) {
                throw new RefusedException(e.getMessage(), e);
            }
        }
    };

    private final List<String> words;
    private final List<String> endings;

    LexiconFormat(List<String> words, List<String> endings) {
        this.words = words;
        this.endings = endings;
    }

    /** @param given the name that the format gives the entry beside LIFT's, else empty */
    interface Told {
        void entry(String given, LiftEntry entry, long start, int length);
    }

    /** A file is not what its name says. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        RefusedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    abstract void read(InputStream in, String language, Told told) throws IOException, RefusedException;

    static Optional<LexiconFormat> ofName(String name) {
        var ending = Lexicon.ending(name);
        return Arrays.stream(values())
                .filter(format -> format.endings.contains(ending))
                .findFirst();
    }

    List<String> words() {
        return words;
    }
}
