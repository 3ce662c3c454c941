package org.thocam.ontology.calendar;

/**
 * New moons and the Sun's longitude by the short formulas of Jean Meeus: Astronomical Formulae for Calculators, chapter 32 (moon, good to
 * two minutes), and Astronomical Algorithms, chapter 25 (Sun, good to 0.01 degree). Instants are Julian days in universal time.
 */
final class Astronomy {
    /** What the short formula of the new moon may be off by, in days. */
    static final double MOON_ERROR = 2.0 / (24 * 60);

    private static final double SYNODIC = 29.53058868;

    private Astronomy() {}

    /** Number of the new moon next to an instant; number 0 is that of 1 January 1900. */
    static long moonNear(double julianDay) {
        return Math.round((julianDay - 2415020.75933) / SYNODIC);
    }

    static double newMoon(long number) {
        double k = number;
        double t = k / 1236.85;
        double t2 = t * t;
        double t3 = t2 * t;
        double mean = 2415020.75933
                + SYNODIC * k
                + 0.0001178 * t2
                - 0.000000155 * t3
                + 0.00033 * sin(166.56 + 132.87 * t - 0.009173 * t2);
        double sun = 359.2242 + 29.10535608 * k - 0.0000333 * t2 - 0.00000347 * t3;
        double moon = 306.0253 + 385.81691806 * k + 0.0107306 * t2 + 0.00001236 * t3;
        double node = 21.2964 + 390.67050646 * k - 0.0016528 * t2 - 0.00000239 * t3;
        double correction = (0.1734 - 0.000393 * t) * sin(sun)
                + 0.0021 * sin(2 * sun)
                - 0.4068 * sin(moon)
                + 0.0161 * sin(2 * moon)
                - 0.0004 * sin(3 * moon)
                + 0.0104 * sin(2 * node)
                - 0.0051 * sin(sun + moon)
                - 0.0074 * sin(sun - moon)
                + 0.0004 * sin(2 * node + sun)
                - 0.0004 * sin(2 * node - sun)
                - 0.0006 * sin(2 * node + moon)
                + 0.0010 * sin(2 * node - moon)
                + 0.0005 * sin(sun + 2 * moon);
        return mean + correction - deltaT(t);
    }

    /** The Sun's apparent longitude in degrees, 0 to 360. */
    static double sunLongitude(double julianDay) {
        double t = (julianDay + deltaT((julianDay - 2415020.5) / 36525) - 2451545) / 36525;
        double mean = 280.46645 + 36000.76983 * t + 0.0003032 * t * t;
        double anomaly = 357.52910 + 35999.05030 * t - 0.0001559 * t * t - 0.00000048 * t * t * t;
        double centre = (1.914600 - 0.004817 * t - 0.000014 * t * t) * sin(anomaly)
                + (0.019993 - 0.000101 * t) * sin(2 * anomaly)
                + 0.000290 * sin(3 * anomaly);
        double apparent = mean + centre - 0.00569 - 0.00478 * sin(125.04 - 1934.136 * t);
        return apparent - 360 * Math.floor(apparent / 360);
    }

    /** Dynamical time less universal time in days. @param centuries Julian centuries since 1900 */
    private static double deltaT(double centuries) {
        return -0.000278 + 0.000265 * centuries + 0.000262 * centuries * centuries;
    }

    private static double sin(double degrees) {
        return Math.sin(Math.toRadians(degrees));
    }
}
