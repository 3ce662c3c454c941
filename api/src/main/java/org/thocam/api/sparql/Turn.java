package org.thocam.api.sparql;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.apache.jena.query.QueryCancelledException;
import org.apache.jena.sparql.expr.ExprEvalException;
import org.apache.jena.sparql.expr.RegexEngine;

/** One query's turn: until when it may work, and what it may keep. Used by the one thread that answers it, and stopped by others. */
final class Turn {
    private static final int LONGEST_PATTERN = 1_000;
    /** In characters of one literal that a query makes. */
    private static final int LONGEST_STRING = 200_000;

    private final long end;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private volatile boolean memoryShort;
    private final Map<String, Pattern> patterns = new HashMap<>();
    private int steps;

    Turn(Limits limits) {
        this.end = System.nanoTime() + limits.time().toNanos();
    }

    /** Jena's own signal: it looks at it between rows. */
    AtomicBoolean cancelled() {
        return cancelled;
    }

    boolean memoryShort() {
        return memoryShort;
    }

    /** Called by another thread. */
    void stopForMemory() {
        memoryShort = true;
        cancelled.set(true);
    }

    long millisLeft() {
        return Math.max(1, (end - System.nanoTime()) / 1_000_000);
    }

    /** To be called at every small step of work that Jena does not watch. */
    void step() {
        if ((++steps & 0xFF) != 0) return;
        if (cancelled.get() || System.nanoTime() - end > 0) throw new QueryCancelledException();
    }

    /** The same, for steps that are long enough to look at the clock at each. */
    void look() {
        if (cancelled.get() || System.nanoTime() - end > 0) throw new QueryCancelledException();
    }

    Pattern pattern(String function, String pattern, String flags) {
        if (pattern.length() > LONGEST_PATTERN)
            throw Refusal.malformed(function + ": the pattern has " + pattern.length() + " characters, and may have "
                    + LONGEST_PATTERN + ".");
        if (patterns.size() > 1_000) patterns.clear();
        return patterns.computeIfAbsent(
                (flags == null ? "" : flags) + "/" + pattern, key -> RegexEngine.makePattern(function, pattern, flags));
    }

    /** The text for a matcher, which can run for ever on it but for this. */
    CharSequence watched(String text) {
        return new Watched(text, 0, text.length());
    }

    void makes(long characters) {
        if (characters > LONGEST_STRING)
            throw new ExprEvalException("a literal of more than " + LONGEST_STRING + " characters");
    }

    private final class Watched implements CharSequence {
        private final String text;
        private final int from;
        private final int to;

        Watched(String text, int from, int to) {
            this.text = text;
            this.from = from;
            this.to = to;
        }

        @Override
        public int length() {
            return to - from;
        }

        @Override
        public char charAt(int index) {
            step();
            return text.charAt(from + index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Watched(text, from + start, from + end);
        }

        @Override
        public String toString() {
            return text.substring(from, to);
        }
    }
}
