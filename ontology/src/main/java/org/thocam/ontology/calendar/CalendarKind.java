package org.thocam.ontology.calendar;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.thocam.ontology.Shown;

/** The calendars that a {@link DateRule} may be of. */
public enum CalendarKind {
    /** {@link VietnameseCalendar}. */
    VIETNAMESE('L'),
    /** {@link KhmerCalendar}. */
    KHMER('K'),
    /** Sakawi, the lunar calendar of the Chăm Ahiér: Katê is the first day of its month 7. */
    CHAM_AHIER('A'),
    /** {@link IslamicCalendar}; the year of the Chăm Awal (Bani) is reckoned by it too. */
    ISLAMIC('H'),
    GREGORIAN('G');

    private final char letter;

    CalendarKind(char letter) {
        this.letter = letter;
    }

    /** What stands before the colon of a date rule. */
    public char letter() {
        return letter;
    }

    /** {@code vietnamese}, {@code cham-ahier} and so on: stable, for data. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException if there is no such word */
    public static CalendarKind ofWord(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "calendar '" + Shown.of(word) + "': want vietnamese, khmer, cham-ahier, islamic or gregorian"));
    }

    static Optional<CalendarKind> ofLetter(char letter) {
        return Arrays.stream(values()).filter(one -> one.letter == letter).findFirst();
    }
}
