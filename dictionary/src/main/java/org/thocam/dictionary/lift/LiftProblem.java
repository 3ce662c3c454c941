package org.thocam.dictionary.lift;

import java.util.Locale;

/**
 * Something that is wrong with a LIFT file, or unusual.
 *
 * @param line of the file, from 1
 * @param entry the entry's id as the file has it; empty outside of entries
 */
public record LiftProblem(Code code, long line, String entry, String message) {
    /** Stable: programs may rely on the words. Those that sil-lift has too are spelled its way. */
    public enum Code {
        NOT_WELL_FORMED(true),
        NOT_LIFT(true),
        UNSUPPORTED_VERSION(true),
        SCHEMA(true),
        DUPLICATE_GUID(true),
        DUPLICATE_ID(true),
        DANGLING_REF(true),
        RANGE_PARENT(true),
        DUPLICATE_FORM_LANG(false),
        DUPLICATE_TYPE(false),
        UNDEFINED_RANGE_VALUE(false),
        MISSING_MEDIA(false),
        URI_NOT_RFC(false),
        MISSING_RANGES(false),
        REF_BY_HEADWORD(false),
        UNKNOWN_LANGUAGE_TAG(false);

        private final boolean error;

        Code(boolean error) {
            this.error = error;
        }

        public boolean isError() {
            return error;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public boolean isError() {
        return code.isError();
    }

    @Override
    public String toString() {
        return "line " + line + ": " + (isError() ? "error " : "warning ") + code.word()
                + (entry.isEmpty() ? "" : " in entry '" + entry + "'") + ": " + message;
    }
}
