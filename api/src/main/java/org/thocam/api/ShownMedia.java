package org.thocam.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thocam.api.VisibleItems.Visible;
import org.thocam.api.VisibleTranscripts.Shown;
import org.thocam.api.iiif.Canvas;
import org.thocam.api.media.MediaFacts;
import org.thocam.api.media.Tiles;

/**
 * The pictures, sound and film of an item that one viewer may have.
 *
 * @param canvases by the name of the file, in the order of the item
 * @param leftOut files of which no length or size is known, or that are too many
 */
record ShownMedia(Map<String, Canvas> canvases, List<String> leftOut) {
    private static final int MOST_CANVASES = 500;

    /** Where a transcript belongs: its times begin {@code origin} milliseconds after the beginning of the canvas. */
    record Place(Canvas canvas, long origin) {}

    static ShownMedia of(Visible found, MediaFacts facts, Tiles tiles) {
        var id = found.item().id();
        var canvases = new LinkedHashMap<String, Canvas>();
        var leftOut = new ArrayList<String>();
        for (var file : found.item().files()) {
            if (!Canvas.isWanted(file)) continue;
            var canvas = canvases.size() >= MOST_CANVASES
                    ? Optional.<Canvas>empty()
                    : Canvas.of(
                            file,
                            facts.of(id, found.version(), file),
                            file.mediaType().startsWith("image/")
                                    ? tiles.info(id, found.version(), file)
                                    : Optional.empty());
            if (canvas.isPresent()) canvases.put(file.name(), canvas.get());
            else leftOut.add(file.name());
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
