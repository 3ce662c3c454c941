package org.thocam.ontology.queue;

import java.util.Locale;
import org.thocam.ontology.Shown;

/** How far a job is. The last two are for good. */
public enum JobState {
    QUEUED,
    WORKING,
    DONE,
    FAILED;

    public boolean ended() {
        return this == DONE || this == FAILED;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static JobState ofWord(String word) {
        for (var state : values()) if (state.word().equals(word)) return state;
        throw new IllegalArgumentException("state '" + Shown.of(word) + "': want queued, working, done or failed");
    }
}
