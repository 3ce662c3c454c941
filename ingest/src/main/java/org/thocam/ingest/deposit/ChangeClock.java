package org.thocam.ingest.deposit;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Gives each change a time of its own, always later than the one before, even when the machine's clock jumps back. */
public final class ChangeClock {
    private final Clock clock;
    private Instant last;

    /** @param last the time of the last change there is */
    public ChangeClock(Clock clock, Instant last) {
        this.clock = clock;
        this.last = last;
    }

    public synchronized Instant next() {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        last = now.isAfter(last) ? now : last.plus(1, ChronoUnit.MICROS);
        return last;
    }

    /** No later change may come before this one. */
    public synchronized void passed(Instant at) {
        if (at.isAfter(last)) last = at;
    }
}
