package org.thocam.ingest.media;

import java.util.Arrays;
import java.util.Optional;

/** What is made of an original. A recipe that makes something else than before has another version, and everything is made again. */
public enum Recipe {
    /** What the file says of itself, as JSON: see {@link Technical}. */
    TECHNICAL("technical", 1),
    /** Of a picture: a JPEG in sRGB, the right way up, at most 320 pixels on its longer side. */
    THUMBNAIL("thumbnail", 1),
    /** Of a film: a JPEG of what it shows at a tenth of its time, at most 640 pixels on its longer side, not black where the film is not. */
    POSTER("poster", 1),
    /** Of sound, also of a film's: the waveform as audiowaveform's JSON, version 2, with at most 20,000 pixels. */
    PEAKS("peaks", 1),
    /** Of sound: Opus in WebM. Of a film: VP8 and Opus in WebM, at most 640 pixels on its longer side. */
    ACCESS_WEBM("access-webm", 1),
    /** Of sound: MP3. */
    ACCESS_MP3("access-mp3", 1),
    /** Of a picture: a folder of the files of a IIIF Image API 3 service of level 0, and {@code facts.json} with what its info.json says. */
    TILES("tiles", 1);

    private final String word;
    private final int version;

    Recipe(String word, int version) {
        this.word = word;
        this.version = version;
    }

    /** As it is named on the command line and in file names. */
    public String word() {
        return word;
    }

    public int version() {
        return version;
    }

    public static Optional<Recipe> of(String word) {
        return Arrays.stream(values())
                .filter(recipe -> recipe.word.equals(word))
                .findFirst();
    }

    /** What may be made of an original of this kind; that it has sound, or a film pictures, is seen only in the file. */
    public boolean suits(Technical technical) {
        return switch (this) {
            case TECHNICAL -> true;
            case THUMBNAIL, TILES -> technical instanceof Technical.Picture;
            case POSTER -> technical instanceof Technical.Film;
            case PEAKS ->
                technical instanceof Technical.Sound
                        || technical instanceof Technical.Film film
                                && !film.sounds().isEmpty();
            case ACCESS_WEBM -> technical instanceof Technical.Sound || technical instanceof Technical.Film;
            case ACCESS_MP3 -> technical instanceof Technical.Sound;
        };
    }

    /** Whether it is made by ffmpeg. */
    boolean wantsFfmpeg() {
        return this == POSTER || this == PEAKS || this == ACCESS_WEBM || this == ACCESS_MP3;
    }
}
