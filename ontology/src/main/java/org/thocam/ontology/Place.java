package org.thocam.ontology;

/** Where an item comes from: a name, and WGS 84 degrees where they are known (both or neither). */
public record Place(String name, Double lat, Double lon) {
    public Place {
        if (name == null) name = "";
        if ((lat == null) != (lon == null))
            throw new IllegalArgumentException("place '" + Shown.of(name) + "': want both lat and lon, or neither");
        if (lat != null && !(lat >= -90 && lat <= 90))
            throw new IllegalArgumentException("place '" + Shown.of(name) + "': lat " + lat + ", want -90 to 90");
        if (lon != null && !(lon >= -180 && lon <= 180))
            throw new IllegalArgumentException("place '" + Shown.of(name) + "': lon " + lon + ", want -180 to 180");
    }

    public boolean located() {
        return lat != null;
    }
}
