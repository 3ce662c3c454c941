package org.thocam.ingest.harvest;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** How finely a partner tells time. OAI-PMH 2.0, section 3.3.2. */
enum Granularity {
    DAY(Duration.ofDays(1), Duration.ofDays(1)),
    SECOND(Duration.ofSeconds(1), Duration.ofMinutes(10));

    private final Duration step;
    private final Duration overlap;

    Granularity(Duration step, Duration overlap) {
        this.step = step;
        this.overlap = overlap;
    }

    static Granularity of(String identify) {
        return identify.toLowerCase(java.util.Locale.ROOT).contains("hh") ? SECOND : DAY;
    }

    Duration step() {
        return step;
    }

    /** How far before the last harvest the next one begins: for what became visible late. */
    Duration overlap() {
        return overlap;
    }

    String write(Instant at) {
        return this == DAY
                ? LocalDate.ofInstant(at, ZoneOffset.UTC).toString()
                : at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The start of what a date or an instant says; empty where it says none. */
    static Optional<Instant> read(String text) {
        var plain = text.strip();
        try {
            if (plain.matches("\\d{4}-\\d\\d-\\d\\d"))
                return Optional.of(
                        LocalDate.parse(plain).atStartOfDay(ZoneOffset.UTC).toInstant());
            return Optional.of(
                    plain.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
                            ? OffsetDateTime.parse(plain).toInstant()
                            : LocalDateTime.parse(plain.replace(' ', 'T')).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A bound that a person gave, as this partner takes it; the end of a day is its last second. */
    String bound(String given, boolean end) {
        if (given.isEmpty()) return "";
        var at = read(given)
                .orElseThrow(() -> new HarvestException(
                        HarvestException.Kind.ASKED,
                        "'" + org.thocam.ontology.Shown.of(given)
                                + "': want a UTC date or time, such as 2026-11-22 or 2026-11-22T03:15:00Z"));
        boolean day = given.strip().length() == 10;
        return write(end && day ? at.plus(1, ChronoUnit.DAYS).minusSeconds(1) : at);
    }
}
