package org.thocam.ingest.deposit;

import org.thocam.ontology.transcript.ArchivedTranscripts;

/** Where what belongs to a file is kept in an item's object. */
final class StoredPaths {
    static final String TEXT = "text/";
    static final String RECORD_TEXT = TEXT + "0-record.txt";
    private static final String RECEIVED = "received/";
    private static final String WITHHELD = "withheld/";
    private static final String FILES = "files/";

    private StoredPaths() {}

    static String original(String name) {
        return FILES + name;
    }

    /** Its text, which whoever may see the item may see. */
    static String text(String name) {
        return TEXT + FILES + name + ".txt";
    }

    /** Where a text is, while fewer may see it than the item. */
    static String withheld(String text) {
        return WITHHELD + text;
    }

    /** Its segments, all of them: who may see which is asked of each. */
    static String segments(String name) {
        return ArchivedTranscripts.path(name);
    }

    /** Where a text is kept as it came, if it was decoded. */
    static String received(String text) {
        return RECEIVED + text.substring(TEXT.length());
    }

    static boolean isOfRecord(String path) {
        return path.equals(RECORD_TEXT) || path.equals(received(RECORD_TEXT));
    }

    /** Whether it is an original, or made from one. */
    static boolean isOfFile(String path) {
        return path.startsWith(FILES)
                || path.startsWith("segments/")
                || path.startsWith(TEXT + FILES)
                || path.startsWith(RECEIVED + FILES)
                || path.startsWith(WITHHELD);
    }
}
