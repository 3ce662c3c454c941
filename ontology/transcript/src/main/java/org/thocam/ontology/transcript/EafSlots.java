package org.thocam.ontology.transcript;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.thocam.ontology.Shown;

/** EAF's time slots: what annotations begin and end at. One may be named before it is met, or be named and never met. */
final class EafSlots {
    /** Of PAL and NTSC, which a file may count in instead of milliseconds. */
    enum Unit {
        MILLISECONDS(1),
        PAL_FRAMES(40),
        NTSC_FRAMES(1001.0 / 30);

        private final double milliseconds;

        Unit(double milliseconds) {
            this.milliseconds = milliseconds;
        }
    }

    /** TIME_VALUE is an unsignedInt. */
    private static final double LAST = 4294967295.0;

    private static final int NONE = -1;
    private static final int TOLD = -2;

    private final Limits limits;
    private final Warnings warnings;
    private final Map<String, Integer> numbers = new HashMap<>();
    /** By the number of a slot: its point of the timeline. */
    private int[] points = new int[64];

    private final Timeline timeline = new Timeline();
    private Unit unit = Unit.MILLISECONDS;

    EafSlots(Limits limits, Warnings warnings) {
        this.limits = limits;
        this.warnings = warnings;
    }

    void countIn(Unit unit) {
        this.unit = unit;
    }

    int number(String id) throws TranscriptException {
        var known = numbers.get(id);
        if (known != null) return known;
        int number = numbers.size();
        // two for each annotation, and as many again that nothing uses any more
        if (number >= 4L * limits.segments() + 1000)
            throw new TranscriptException("TIME_SLOT " + Shown.of(id) + ": more than " + number
                    + " time slots for at most " + limits.segments() + " annotations: not read");
        if (number == points.length) points = Arrays.copyOf(points, number * 2);
        points[number] = NONE;
        numbers.put(id, number);
        return number;
    }

    void met(String id, String value, String place) throws TranscriptException {
        if (id.isEmpty()) {
            warnings.add(place, "a TIME_SLOT without TIME_SLOT_ID");
            return;
        }
        int number = number(id);
        if (points[number] != NONE) warnings.add(place, "a second TIME_SLOT " + Shown.of(id) + "; the first counts");
        else points[number] = timeline.add(milliseconds(id, value));
    }

    private long milliseconds(String id, String value) {
        if (value.isEmpty()) return Times.NONE;
        double told = Double.NaN;
        try {
            told = Double.parseDouble(value);
        } catch (NumberFormatException e) {
            // told below
        }
        double milliseconds = told * unit.milliseconds;
        if (!(told >= 0 && milliseconds <= LAST)) {
            warnings.add(
                    "TIME_SLOT " + Shown.of(id),
                    "TIME_VALUE " + Shown.of(value) + ": want whole milliseconds up to 4294967295; read as none");
            return Times.NONE;
        }
        return (long) Math.floor(milliseconds + 0.5);
    }

    int size() {
        return numbers.size();
    }

    boolean isKnown(int slot) {
        return points[slot] >= 0 && timeline.time(points[slot]) != Times.NONE;
    }

    /** Whether the file has it and says no time of it. */
    boolean isOpen(int slot) {
        return points[slot] >= 0 && timeline.time(points[slot]) == Times.NONE;
    }

    long time(int slot) {
        return timeline.time(points[slot]);
    }

    void derive(int slot, long time) {
        timeline.derive(points[slot], time);
    }

    /** Gives times to the slots that are still without one, between those before and behind them in the file. */
    void spread() {
        timeline.spread();
    }

    /** The time between two slots, of which either may be -1. */
    Optional<Span> span(int start, int end, String place) {
        if (start == NONE || end == NONE) return Optional.empty();
        if (isMissing(start, place) | isMissing(end, place)) return Optional.empty();
        int from = points[start];
        int to = points[end];
        return Times.span(
                timeline.time(from),
                timeline.time(to),
                timeline.isDerived(from) || timeline.isDerived(to),
                place,
                warnings);
    }

    private boolean isMissing(int slot, String place) {
        if (points[slot] >= 0) return false;
        if (points[slot] != TOLD)
            warnings.add(place, "names a TIME_SLOT that the file does not have; it is kept without a time");
        points[slot] = TOLD;
        return true;
    }
}
