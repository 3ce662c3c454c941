package org.thocam.ontology.transcript;

import java.util.List;

/**
 * One file of time-aligned or interlinear text, read whole. It is a view: what is kept is the file.
 *
 * @param format that it was read as
 * @param segments in the order of the file; a parent may come after its children
 * @param warnings what was read in spite of being wrong, each with its place, at most {@link Limits#warnings}
 */
public record Transcript(
        Format format, List<Medium> media, List<Tier> tiers, List<Segment> segments, List<String> warnings) {
    public Transcript {
        media = List.copyOf(media);
        tiers = List.copyOf(tiers);
        segments = List.copyOf(segments);
        warnings = List.copyOf(warnings);
    }
}
