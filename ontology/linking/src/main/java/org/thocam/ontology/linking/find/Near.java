package org.thocam.ontology.linking.find;

import org.thocam.ontology.entity.Point;

/** All points at most so many kilometres away, as {@link Point#kmTo} measures. */
public record Near(Point point, double km) {
    public Near {
        if (!(km >= 0 && km <= 20_100))
            throw new IllegalArgumentException("distance " + km + " km: want 0 to 20100, half around the Earth");
    }
}
