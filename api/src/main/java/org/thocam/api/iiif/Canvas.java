package org.thocam.api.iiif;

import java.util.Locale;
import java.util.Optional;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.transcript.Passage;

/**
 * Where a file is painted: a stretch of time, an area, or both.
 *
 * @param tiles of a picture that can be had in pieces
 */
public record Canvas(Bitstream file, Facts facts, Optional<Tiles> tiles) {
    private static final double MILLIS = 1000.0;

    /** The file on its canvas; empty where its length or size is not known, for a canvas has to have one. */
    public static Optional<Canvas> of(Bitstream file, Optional<Facts> facts, Optional<Tiles> tiles) {
        return facts.filter(known -> known.duration().isPresent() || known.width() > 0)
                .map(known -> new Canvas(file, known, tiles));
    }

    /** Whether a file is for eyes or ears, and so wants a canvas. */
    public static boolean isWanted(Bitstream file) {
        var type = file.mediaType().toLowerCase(Locale.ROOT);
        return type.matches("(?:audio|video|image)/.*")
                || type.equals("application/ogg")
                || type.equals("application/mp4");
    }

    public boolean isPicture() {
        return facts.duration().isEmpty();
    }

    /** {@code Image}, {@code Sound} or {@code Video}. */
    public String type() {
        if (isPicture()) return "Image";
        return facts.width() > 0 || file.mediaType().startsWith("video/") ? "Video" : "Sound";
    }

    public double seconds() {
        return facts.duration().orElse(0) / MILLIS;
    }

    /**
     * What of the canvas a passage is about; all of it where the passage has no place of its own: no time is not the time 0.
     *
     * @param origin milliseconds of the recording at which the transcript's time 0 is
     */
    public String target(String id, Passage passage, long origin) {
        if (isPicture())
            return passage.region()
                    .filter(region -> !region.isWhole())
                    .map(region -> id + "#xywh="
                            + Math.round(region.x() * facts.width()) + ","
                            + Math.round(region.y() * facts.height()) + ","
                            + Math.max(1, Math.round(region.width() * facts.width())) + ","
                            + Math.max(1, Math.round(region.height() * facts.height())))
                    .orElse(id);
        return passage.span()
                .map(span -> {
                    long start = Math.max(0, span.start() + origin);
                    long end = Math.max(start + 1, span.end() + origin);
                    return id + "#t=" + seconds(start) + "," + seconds(end);
                })
                .orElse(id);
    }

    /** Whether a passage stands here: only the first page of a file of several is painted. */
    public boolean has(Passage passage) {
        return !isPicture()
                || passage.region().map(region -> region.page() == 1).orElse(true);
    }

    private static String seconds(long milliseconds) {
        return String.format(Locale.ROOT, "%d.%03d", milliseconds / 1000, milliseconds % 1000);
    }
}
