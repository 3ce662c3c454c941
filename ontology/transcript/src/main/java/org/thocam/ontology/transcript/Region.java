package org.thocam.ontology.transcript;

import java.util.OptionalDouble;

/**
 * Where a text stands on a page: fractions of the page's width and height from its upper left corner, so that they hold for every size of its
 * picture. A page without known places of its lines has the whole of it.
 *
 * @param page from 1
 * @param confidence of what was read by a machine, 0 to 1; empty where it was not
 */
public record Region(int page, double x, double y, double width, double height, OptionalDouble confidence) {
    public Region {
        // a box may be a rounding over the edge
        x = clamped(x);
        y = clamped(y);
        width = Math.min(clamped(width), 1 - x);
        height = Math.min(clamped(height), 1 - y);
        if (page < 1) throw new IllegalArgumentException("page " + page + ": want 1 or more");
        if (confidence.isPresent() && !(confidence.getAsDouble() >= 0 && confidence.getAsDouble() <= 1))
            throw new IllegalArgumentException("a confidence of " + confidence.getAsDouble() + ": want 0 to 1");
    }

    /** All of a page. */
    public static Region of(int page) {
        return new Region(page, 0, 0, 1, 1, OptionalDouble.empty());
    }

    public boolean isWhole() {
        return x == 0 && y == 0 && width == 1 && height == 1;
    }

    private static double clamped(double fraction) {
        if (Double.isNaN(fraction)) throw new IllegalArgumentException("a place that is no number");
        return Math.max(0, Math.min(1, fraction));
    }
}
