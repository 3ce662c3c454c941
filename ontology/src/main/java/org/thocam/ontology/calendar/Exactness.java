package org.thocam.ontology.calendar;

import java.util.Arrays;
import java.util.Locale;
import org.thocam.ontology.Shown;

/** How sure the days of an occurrence are. */
public enum Exactness {
    /** Rule and calendar leave no doubt. */
    DAY,
    /** The calendar may be a day off either way from what the community keeps. */
    TOLERANCE_1,
    /** The rule names no day: the whole month is given. */
    MONTH,
    /** Reported by a source that was read. */
    ATTESTED,
    /** A forecast from the moons where no arithmetic of the calendar is known; it may be a day off, or a month. */
    ESTIMATED,
    /** There is no rule, so there are no days. */
    UNKNOWN;

    /** {@code day}, {@code tolerance-1} and so on: stable, for data. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException if there is no such word */
    public static Exactness ofWord(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("exactness '" + Shown.of(word)
                        + "': want day, tolerance-1, month, attested, estimated or unknown"));
    }
}
