package org.thocam.ontology.entity;

import java.time.LocalDate;
import java.util.List;

/**
 * A census figure: persons of a people in a place on a day.
 *
 * @param people id, or {@link #TOTAL}
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
    /** Stands for a people where all persons of a place are counted, those of no stated people too. */
    public static final String TOTAL = "TOTAL";

    /** Its name: people, place and year, such as {@code OB-EG08-P63-02-2019}; there is one figure for each. */
    public String id() {
        return "OB-" + people + "-" + place + "-" + date.getYear();
    }
}
