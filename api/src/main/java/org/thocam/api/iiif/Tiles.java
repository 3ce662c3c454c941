package org.thocam.api.iiif;

import java.util.ArrayList;
import java.util.List;

/**
 * What there is of a picture in a IIIF Image API 3 service of level 0: the whole in some sizes, and tiles at powers of 2.
 *
 * @param side of a tile in pixels
 */
public record Tiles(int width, int height, int side) {
    /** The tiles that are made of pictures. */
    public static final int USUAL_SIDE = 512;

    /** Width and height in pixels. */
    public record Size(int width, int height) {
        @Override
        public String toString() {
            return width + "," + height;
        }
    }

    /**
     * A piece of a picture at one of the sizes that there are.
     *
     * @param factor 1, 2, 4 ...: so many pixels of the picture along a side are one of the piece
     * @param whole whether it is all of the picture
     */
    public record Piece(int x, int y, int width, int height, int factor, boolean whole) {
        public Size size() {
            return new Size(ceiling(width, factor), ceiling(height, factor));
        }

        /** Where it is kept: its canonical region and size (section 4.7). */
        public String path() {
            return (whole ? "full" : x + "," + y + "," + width + "," + height) + "/"
                    + (whole && factor == 1 ? "max" : size().toString()) + "/0/default.jpg";
        }
    }

    /** Powers of 2 up to that at which the whole is one tile. */
    public List<Integer> scaleFactors() {
        var factors = new ArrayList<Integer>();
        for (int factor = 1; ; factor *= 2) {
            factors.add(factor);
            if (ceiling(Math.max(width, height), factor) <= side) return factors;
        }
    }

    /** The sizes that the whole can be had in, the smallest first, the full one last. */
    public List<Piece> wholes() {
        var wholes = new ArrayList<Piece>();
        for (int factor : scaleFactors())
            if (factor == 1 || ceiling(Math.max(width, height), factor) <= 2 * side) wholes.add(0, whole(factor));
        return wholes;
    }

    Piece whole(int factor) {
        return new Piece(0, 0, width, height, factor, true);
    }

    static int ceiling(int length, int factor) {
        return (length + factor - 1) / factor;
    }
}
