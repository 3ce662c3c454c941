package org.thocam.api.oai;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;
import org.thocam.ontology.Shown;

/** The bounds of a selective harvest, inclusive, in whole seconds. OAI-PMH 2.0, sections 2.7.1 and 3.3. */
record Datestamps(Optional<Instant> from, Optional<Instant> until) {
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern SECOND = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");

    static Datestamps of(Optional<String> from, Optional<String> until) {
        var first = from.map(text -> read("from", text, false));
        var last = until.map(text -> read("until", text, true));
        if (from.isPresent()
                && until.isPresent()
                && from.get().length() != until.get().length())
            throw OaiError.badArgument("from and until differ in granularity").thrown();
        if (first.isPresent() && last.isPresent() && first.get().isAfter(last.get()))
            throw OaiError.badArgument("from is after until").thrown();
        return new Datestamps(first, last);
    }

    private static Instant read(String name, String text, boolean end) {
        try {
            if (DAY.matcher(text).matches()) {
                var day = LocalDate.parse(text);
                return (end ? day.atTime(23, 59, 59) : day.atStartOfDay()).toInstant(ZoneOffset.UTC);
            }
            if (SECOND.matcher(text).matches())
                return LocalDateTime.parse(text.substring(0, text.length() - 1)).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw OaiError.badArgument(name + " '" + text + "' is no date: " + e.getMessage())
                    .thrown();
        }
        throw OaiError.badArgument(name + " '" + Shown.of(text) + "': want YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ")
                .thrown();
    }
}
