package org.thocam.ontology.transcript;

import java.util.Arrays;

/**
 * Points in the order of time, some of which have no time of their own (EAF's TIME_ORDER, EXMARaLDA's common-timeline): those are spread evenly
 * between their neighbours that have one. Before the first and after the last of those nothing is known.
 */
final class Timeline {
    private long[] times = new long[64];
    private boolean[] derived = new boolean[64];
    private int size;

    /** Adds a point behind the last one. */
    int add(long time) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            derived = Arrays.copyOf(derived, size * 2);
        }
        times[size] = time;
        return size++;
    }

    int size() {
        return size;
    }

    /** Gives a point the time that it has by other rules. */
    void derive(int point, long time) {
        times[point] = time;
        derived[point] = true;
    }

    /** The time at the {@code part}th of {@code parts} equal steps between two times. */
    static long between(long from, long to, int part, int parts) {
        return from + (long) Math.floor((double) part / parts * (to - from) + 0.5);
    }

    void spread() {
        int known = -1;
        for (int i = 0; i < size; i++) {
            if (times[i] == Times.NONE) continue;
            for (int point = known + 1; known >= 0 && point < i; point++)
                derive(point, between(times[known], times[i], point - known, i - known));
            known = i;
        }
    }

    long time(int point) {
        return times[point];
    }

    boolean isDerived(int point) {
        return derived[point];
    }
}
