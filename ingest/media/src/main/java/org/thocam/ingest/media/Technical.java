package org.thocam.ingest.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.thocam.ontology.ItemJson;

/** What a file of sound, film or pictures says of itself. What it does not say is empty, never 0. */
public sealed interface Technical {
    /** Who read it: {@code ffprobe}, or {@code header} for what this program read itself. */
    String source();

    /**
     * @param format as ffprobe names it, such as {@code mov,mp4,m4a,3gp,3g2,mj2}
     * @param durationMillis of the longest track; empty where the file does not say one and none could be counted
     * @param counted whether the duration is not the file's own word, but counted over its packets
     * @param startMicros the time of the first thing heard or seen; 1.4 s in many MPEG transport streams
     * @param bitRate in bits a second, over all tracks
     */
    record Container(
            String format,
            OptionalLong durationMillis,
            boolean counted,
            OptionalLong startMicros,
            OptionalLong bitRate) {}

    /**
     * A track of sound.
     *
     * @param bits of a sample, where the codec has such a thing
     * @param language as the file says it, mostly ISO 639-2
     */
    record SoundTrack(
            String codec,
            String profile,
            OptionalInt sampleRate,
            OptionalInt channels,
            OptionalInt bits,
            String language) {}

    /**
     * A track of moving pictures; the picture on the cover of a record is none.
     *
     * @param width in pixels, as stored: before any turn and without the sample aspect
     * @param sampleAspect width to height of one pixel, as {@code 12:11}; empty where it is not said
     * @param averageRate frames a second, as {@code 75/4}
     * @param realRate the lowest rate at which all times can be said; another than the average: the rate varies
     * @param rotation in degrees against the clock, from the display matrix
     */
    record FilmTrack(
            String codec,
            String profile,
            int width,
            int height,
            String sampleAspect,
            String averageRate,
            String realRate,
            int rotation,
            String language) {}

    record Sound(String source, Container container, List<SoundTrack> sounds) implements Technical {}

    record Film(String source, Container container, FilmTrack film, List<SoundTrack> sounds) implements Technical {}

    /**
     * @param format {@code JPEG}, {@code TIFF}, {@code PNG}, {@code GIF}, {@code WEBP} or {@code BMP}
     * @param width in pixels, as stored: before the turn
     * @param colour {@code gray}, {@code rgb}, {@code cmyk}, {@code palette}, {@code lab}, or empty
     * @param photometric TIFF 6.0's PhotometricInterpretation
     * @param bits of each sample
     * @param orientation Exif's, 1 to 8
     * @param pages of a TIFF
     */
    record Picture(
            String source,
            String format,
            int width,
            int height,
            String colour,
            OptionalInt components,
            OptionalInt photometric,
            List<Integer> bits,
            int orientation,
            int pages)
            implements Technical {
        /** Whether the right way up, width and height change places. */
        public boolean sideways() {
            return orientation >= 5;
        }
    }

    default ObjectNode json() {
        var node = ItemJson.MAPPER.createObjectNode();
        if (this instanceof Picture picture) return picture(node, picture);
        node.put("kind", this instanceof Film ? "film" : "sound").put("source", source());
        var container = container();
        node.put("format", container.format());
        container.durationMillis().ifPresent(value -> node.put("durationMillis", value));
        if (container.counted()) node.put("counted", true);
        container.startMicros().ifPresent(value -> node.put("startMicros", value));
        container.bitRate().ifPresent(value -> node.put("bitRate", value));
        if (this instanceof Film film) {
            var track = node.putObject("film");
            track.put("codec", film.film.codec);
            said(track, "profile", film.film.profile);
            track.put("width", film.film.width).put("height", film.film.height);
            said(track, "sampleAspect", film.film.sampleAspect);
            said(track, "averageRate", film.film.averageRate);
            said(track, "realRate", film.film.realRate);
            track.put("rotation", film.film.rotation);
            said(track, "language", film.film.language);
        }
        var list = node.putArray("sounds");
        for (var sound : sounds()) {
            var track = list.addObject().put("codec", sound.codec);
            said(track, "profile", sound.profile);
            sound.sampleRate.ifPresent(value -> track.put("sampleRate", value));
            sound.channels.ifPresent(value -> track.put("channels", value));
            sound.bits.ifPresent(value -> track.put("bits", value));
            said(track, "language", sound.language);
        }
        return node;
    }

    /** Of sound and film. */
    private Container container() {
        return this instanceof Sound sound ? sound.container : ((Film) this).container;
    }

    private List<SoundTrack> sounds() {
        return this instanceof Sound sound ? sound.sounds : ((Film) this).sounds;
    }

    private static ObjectNode picture(ObjectNode node, Picture picture) {
        node.put("kind", "picture")
                .put("source", picture.source)
                .put("format", picture.format)
                .put("width", picture.width)
                .put("height", picture.height);
        said(node, "colour", picture.colour);
        picture.components.ifPresent(value -> node.put("components", value));
        picture.photometric.ifPresent(value -> node.put("photometric", value));
        var bits = node.putArray("bits");
        picture.bits.forEach(bits::add);
        return node.put("orientation", picture.orientation).put("pages", picture.pages);
    }

    private static void said(ObjectNode node, String name, String value) {
        if (!value.isEmpty()) node.put(name, value);
    }

    /** What {@link #json} wrote. */
    static Technical of(JsonNode node) {
        var source = node.path("source").asText();
        if (node.path("kind").asText().equals("picture")) {
            var bits = new ArrayList<Integer>();
            node.path("bits").forEach(value -> bits.add(value.asInt()));
            return new Picture(
                    source,
                    node.path("format").asText(),
                    node.path("width").asInt(),
                    node.path("height").asInt(),
                    node.path("colour").asText(),
                    whole(node, "components"),
                    whole(node, "photometric"),
                    List.copyOf(bits),
                    node.path("orientation").asInt(1),
                    node.path("pages").asInt(1));
        }
        var container = new Container(
                node.path("format").asText(),
                number(node, "durationMillis"),
                node.path("counted").asBoolean(),
                number(node, "startMicros"),
                number(node, "bitRate"));
        var sounds = new ArrayList<SoundTrack>();
        for (var track : node.path("sounds"))
            sounds.add(new SoundTrack(
                    track.path("codec").asText(),
                    track.path("profile").asText(),
                    whole(track, "sampleRate"),
                    whole(track, "channels"),
                    whole(track, "bits"),
                    track.path("language").asText()));
        if (!node.has("film")) return new Sound(source, container, List.copyOf(sounds));
        var film = node.path("film");
        return new Film(
                source,
                container,
                new FilmTrack(
                        film.path("codec").asText(),
                        film.path("profile").asText(),
                        film.path("width").asInt(),
                        film.path("height").asInt(),
                        film.path("sampleAspect").asText(),
                        film.path("averageRate").asText(),
                        film.path("realRate").asText(),
                        film.path("rotation").asInt(),
                        film.path("language").asText()),
                List.copyOf(sounds));
    }

    private static OptionalInt whole(JsonNode node, String name) {
        return Optional.of(node.path(name))
                .filter(JsonNode::isNumber)
                .map(value -> OptionalInt.of(value.asInt()))
                .orElse(OptionalInt.empty());
    }

    private static OptionalLong number(JsonNode node, String name) {
        return Optional.of(node.path(name))
                .filter(JsonNode::isNumber)
                .map(value -> OptionalLong.of(value.asLong()))
                .orElse(OptionalLong.empty());
    }
}
