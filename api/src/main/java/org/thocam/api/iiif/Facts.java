package org.thocam.api.iiif;

import java.util.OptionalLong;

/**
 * What is known of a file's length and size. Nothing is guessed.
 *
 * @param duration in milliseconds, more than 0; empty where it is not known, and for a picture
 * @param width in pixels as it is shown, turned and stretched; 0 where it is not known, and for sound
 * @param height in pixels; 0 where the width is
 */
public record Facts(OptionalLong duration, int width, int height) {
    public Facts {
        if (duration.isPresent() && duration.getAsLong() <= 0
                || width < 0
                || height < 0
                || (width == 0) != (height == 0))
            throw new IllegalArgumentException("duration " + duration + " ms, " + width + " x " + height
                    + ": want what is known, and more than 0");
    }
}
