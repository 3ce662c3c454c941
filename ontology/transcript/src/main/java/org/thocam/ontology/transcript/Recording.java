package org.thocam.ontology.transcript;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Item;

/**
 * A file of the item that a transcript is of.
 *
 * @param origin milliseconds of the recording at which the transcript's time 0 is: a time of the transcript and this make the time to play from
 */
public record Recording(Bitstream file, long origin) {
    /**
     * The recordings that a transcript names, by the names of their files alone; else the one that is called like the transcript; else the only one
     * there is. Empty where nothing tells.
     *
     * @param name of the transcript in the item
     */
    public static List<Recording> of(Item item, String name, Transcript transcript) {
        var played = item.files().stream()
                .filter(file -> file.mediaType().startsWith("audio/")
                        || file.mediaType().startsWith("video/")
                        // a container may hold either
                        || file.mediaType().equals("application/ogg")
                        || file.mediaType().equals("application/mp4"))
                .toList();
        var named = new ArrayList<Recording>();
        for (var medium : transcript.media())
            played.stream()
                    .filter(file -> last(file.name()).equals(last(medium.name())))
                    .findFirst()
                    .ifPresent(file -> named.add(new Recording(file, medium.origin())));
        if (!named.isEmpty()) return named;
        var alike = played.stream()
                .filter(file -> stem(file.name()).equals(stem(name)))
                .toList();
        if (!alike.isEmpty()) return List.of(new Recording(alike.get(0), 0));
        return played.size() == 1 ? List.of(new Recording(played.get(0), 0)) : List.of();
    }

    private static String last(String path) {
        return Normalizer.normalize(path.substring(path.lastIndexOf('/') + 1), Normalizer.Form.NFC)
                .toLowerCase(Locale.ROOT);
    }

    private static String stem(String path) {
        var last = last(path);
        int dot = last.lastIndexOf('.');
        return dot <= 0 ? last : last.substring(0, dot);
    }
}
