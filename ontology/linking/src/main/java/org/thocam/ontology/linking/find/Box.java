package org.thocam.ontology.linking.find;

import org.thocam.ontology.entity.Point;

/** All points between two meridians and two parallels, WGS 84 degrees, its edges included; over the 180th meridian where {@code west > east}. */
public record Box(double west, double south, double east, double north) {
    public Box {
        if (!(south <= north && south >= -90 && north <= 90))
            throw new IllegalArgumentException("box from south " + south + " to north " + north
                    + ": want -90 to 90, the south first; the order is west,south,east,north");
        if (!(west >= -180 && west <= 180 && east >= -180 && east <= 180))
            throw new IllegalArgumentException("box from west " + west + " to east " + east + ": want -180 to 180");
    }

    boolean holds(Point point) {
        boolean between =
                west <= east ? point.lon() >= west && point.lon() <= east : point.lon() >= west || point.lon() <= east;
        return between && point.lat() >= south && point.lat() <= north;
    }
}
