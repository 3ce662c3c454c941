package org.thocam.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thocam.api.VisibleItems.Visible;
import org.thocam.api.VisibleTranscripts.Shown;
import org.thocam.api.iiif.Canvas;

/**
 * The pictures, sound and film of an item that one viewer may have.
 *
 * @param canvases by the name of the file, in the order of the item
 * @param leftOut files of which no length or size is known, or that are too many
 */
record ShownMedia(Map<String, Canvas> canvases, List<String> leftOut) {
    private static final int MOST_CANVASES = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Where a transcript belongs: its times begin {@code origin} milliseconds after the beginning of the canvas. */
    record Place(Canvas canvas, long origin) {}

    /** What is not known yet is waited for a little, all files together; whoever asks again finds more. */
    static ShownMedia of(Visible found, KnownMedia known) {
        var canvases = new LinkedHashMap<String, Canvas>();
        var leftOut = new ArrayList<String>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (var file : found.item().files()) {
            if (!Canvas.isWanted(file)) continue;
            Optional<Canvas> canvas = Optional.empty();
            if (canvases.size() < MOST_CANVASES) {
                var patience = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
                var facts = known.facts(found, file, patience);
                canvas = Canvas.of(file, facts, known.tiles(file, facts));
            }
            canvas.ifPresentOrElse(one -> canvases.put(file.name(), one), () -> leftOut.add(file.name()));
        }
        return new ShownMedia(canvases, leftOut);
    }

    /** The recordings that a transcript is of, or the picture that it was read from. */
    List<Place> places(Shown shown) {
        var itself = canvases.get(shown.file());
        if (itself != null) return List.of(new Place(itself, 0));
        var places = new ArrayList<Place>();
        for (var recording : shown.visible().recordings()) {
            var canvas = canvases.get(recording.file().name());
            if (canvas != null && places.stream().noneMatch(place -> place.canvas() == canvas))
                places.add(new Place(canvas, recording.origin()));
        }
        return places;
    }
}
