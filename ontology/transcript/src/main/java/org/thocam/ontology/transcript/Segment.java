package org.thocam.ontology.transcript;

import java.util.Optional;

/**
 * One annotation, or one line of a page.
 *
 * @param tier index in {@link Transcript#tiers}
 * @param span its own time, or that of the nearest ancestor that has one; empty where none has: no time is not the time 0
 * @param text as the file has it, without what the format adds to letters (quotes, bullets, escapes); may be empty
 * @param parent index in {@link Transcript#segments} of what it hangs on
 * @param place where it begins in the file, for messages: a line, or an id that the file has
 * @param region where it stands on a page; empty where there are no pages
 */
public record Segment(
        int tier, Optional<Span> span, String text, Optional<Integer> parent, String place, Optional<Region> region) {
    /** One that stands on no page. */
    public Segment(int tier, Optional<Span> span, String text, Optional<Integer> parent, String place) {
        this(tier, span, text, parent, place, Optional.empty());
    }
}
