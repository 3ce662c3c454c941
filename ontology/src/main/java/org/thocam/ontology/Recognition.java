package org.thocam.ontology;

/**
 * How sure the program was that read a text off a picture.
 *
 * @param confidence mean of its words, 0 to 1
 * @param review whether somebody should compare it with the picture
 */
public record Recognition(double confidence, boolean review) {
    public Recognition {
        if (!(confidence >= 0 && confidence <= 1))
            throw new IllegalArgumentException("a confidence of " + confidence + ": want 0 to 1");
    }
}
