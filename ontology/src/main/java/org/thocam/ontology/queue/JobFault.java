package org.thocam.ontology.queue;

import java.util.Locale;

/** Why a job failed for good; its reason says more. */
public enum JobFault {
    /** It was to make a new item, and there is one of that id that says something else. */
    TAKEN,
    /** The intake refuses what was handed in. */
    REFUSED,
    /** What was handed in breaks a rule of our shapes. */
    INVALID,
    /** Whoever worked on it died of it, or took longer than it may, every time. */
    LOST,
    /** The archive failed; its administrator finds more in the log. */
    BROKEN;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static JobFault ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
