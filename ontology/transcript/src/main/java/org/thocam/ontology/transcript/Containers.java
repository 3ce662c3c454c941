package org.thocam.ontology.transcript;

import java.util.Arrays;
import java.util.Comparator;

/** Finds the stretch, of those of one tier, that another stretch lies in; of several the one that begins last, if that one is long enough. */
final class Containers {
    private final Integer[] byStart;
    private final long[] starts;
    private final long[] ends;
    /** At each place of {@code byStart}, which one up to there ends last. */
    private final int[] lastEnding;

    /** The stretches have the numbers from 0 on. */
    Containers(long[] starts, long[] ends) {
        this.starts = starts;
        this.ends = ends;
        byStart = new Integer[starts.length];
        Arrays.setAll(byStart, i -> i);
        Arrays.sort(
                byStart,
                Comparator.comparingLong((Integer i) -> starts[i])
                        .thenComparing(
                                Comparator.comparingLong((Integer i) -> ends[i]).reversed()));
        lastEnding = new int[byStart.length];
        for (int i = 0; i < byStart.length; i++)
            lastEnding[i] = i > 0 && ends[lastEnding[i - 1]] >= ends[byStart[i]] ? lastEnding[i - 1] : byStart[i];
    }

    /** Its number, or -1. */
    int find(long start, long end) {
        int low = 0;
        int high = byStart.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (starts[byStart[middle]] <= start) low = middle + 1;
            else high = middle;
        }
        if (low == 0) return -1;
        if (ends[byStart[low - 1]] >= end) return byStart[low - 1];
        return ends[lastEnding[low - 1]] >= end ? lastEnding[low - 1] : -1;
    }
}
