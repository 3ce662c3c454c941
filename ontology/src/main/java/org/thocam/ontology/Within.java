package org.thocam.ontology;

/**
 * Where a file stood that was taken out of another.
 *
 * @param file name of the file that it was in, which is one of the same item
 * @param place where in it: {@code page 3}, {@code slide 2}, a path such as {@code word/media/image1.png}; several with commas between
 *     them, where the same bytes stood several times; empty where the name says it
 */
public record Within(String file, String place) {
    private static final int LONGEST = 500;

    /** That it stood there too; after some hundred characters only that there were more. */
    public Within and(String another) {
        if (another.isEmpty() || place.endsWith(", …") || place.equals(another) || place.endsWith(", " + another))
            return this;
        if (place.length() + another.length() > LONGEST) return new Within(file, place + ", …");
        return new Within(file, place.isEmpty() ? another : place + ", " + another);
    }
}
