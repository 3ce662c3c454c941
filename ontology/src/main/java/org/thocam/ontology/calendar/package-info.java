/**
 * The calendars that festivals keep, and the rules that say when they are held. Days are {@link java.time.LocalDate} in the Gregorian
 * calendar, from 1900 to 2100; each calendar's rules are written from their published descriptions, named where they are used.
 */
package org.thocam.ontology.calendar;
