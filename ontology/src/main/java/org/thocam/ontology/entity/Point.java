package org.thocam.ontology.entity;

/** A point in WGS 84 degrees. */
public record Point(double lat, double lon) {
    private static final double EARTH_KM = 6371.0088;

    public Point {
        if (!(lat >= -90 && lat <= 90)) throw new IllegalArgumentException("lat " + lat + ": want -90 to 90");
        if (!(lon >= -180 && lon <= 180)) throw new IllegalArgumentException("lon " + lon + ": want -180 to 180");
    }

    /** Great-circle distance in kilometres on a sphere of the Earth's mean radius (6,371.0088 km), good to 0.5 %. */
    public double kmTo(Point other) {
        double dLat = Math.toRadians(other.lat - lat);
        double dLon = Math.toRadians(other.lon - lon);
        double a = Math.pow(Math.sin(dLat / 2), 2)
                + Math.cos(Math.toRadians(lat)) * Math.cos(Math.toRadians(other.lat)) * Math.pow(Math.sin(dLon / 2), 2);
        return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(a)));
    }
}
