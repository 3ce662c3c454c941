package org.thocam.ontology.entity;

import java.time.LocalDate;
import java.util.List;

/**
 * A census figure: persons of a people in a place on a day.
 *
 * @param status {@code observed}, or {@code derived} where it was added up
 */
public record Observation(
        LocalDate date,
        String people,
        String place,
        long persons,
        String status,
        List<String> sources,
        Confidence confidence) {
    /** Its name: people, place and year, such as {@code OB-EG08-P63-02-2019}; there is one figure for each. */
    public String id() {
        return "OB-" + people + "-" + place + "-" + date.getYear();
    }
}
