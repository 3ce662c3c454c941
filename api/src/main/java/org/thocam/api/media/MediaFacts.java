package org.thocam.api.media;

import java.util.Optional;
import java.util.OptionalLong;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Version;

/** What is known of the sizes of pictures, sound and film. Who may know it is for the caller to say. */
public interface MediaFacts {
    /**
     * @param duration in milliseconds, more than 0; empty where it is not known, and for a picture
     * @param width in pixels, the right way up; 0 where it is not known, and for sound
     * @param height in pixels; 0 where the width is
     * @param pages of a picture, 1 or more
     */
    record Facts(OptionalLong duration, int width, int height, int pages) {
        public Facts {
            if (duration.isPresent() && duration.getAsLong() <= 0
                    || width < 0
                    || height < 0
                    || (width == 0) != (height == 0)
                    || pages < 1)
                throw new IllegalArgumentException("duration " + duration + " ms, " + width + " x " + height + ", "
                        + pages + " pages: want what is known, and more than 0");
        }

        public static Facts ofSound(long milliseconds) {
            return new Facts(OptionalLong.of(milliseconds), 0, 0, 1);
        }

        public static Facts ofPicture(int width, int height) {
            return new Facts(OptionalLong.empty(), width, height, 1);
        }
    }

    /** Empty where nothing is known: a length is never guessed. */
    Optional<Facts> of(ItemId id, Version version, Bitstream file);
}
