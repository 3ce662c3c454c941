package org.thocam.ontology.transcript;

/**
 * A recording that a transcript is of, as the transcript names it.
 *
 * @param name of the file alone: the folders of somebody's computer are nobody's business
 * @param mediaType empty where the transcript says none
 * @param origin milliseconds of this medium at which the transcript's time 0 is (ELAN's TIME_ORIGIN)
 */
public record Medium(String name, String mediaType, long origin) {
    /** What follows the last slash or backslash: the folders of somebody's computer are nobody's business. */
    static String fileName(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }
}
