package org.thocam.api.media;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Version;

/** Pictures in pieces, as a IIIF Image API 3 service of level 0 gives them. Who may have them is for the caller to say. */
public interface Tiles {
    /** Width and height in pixels. */
    record Size(int width, int height) {
        @Override
        public String toString() {
            return width + "," + height;
        }
    }

    /**
     * A piece of a picture at one of the sizes that there are.
     *
     * @param factor 1, 2, 4 ...: so many pixels of the picture along a side are one of the piece
     */
    record Piece(int x, int y, int width, int height, int factor) {
        public Size size() {
            return new Size(Info.ceiling(width, factor), Info.ceiling(height, factor));
        }
    }

    /**
     * @param tile side of a tile in pixels
     * @param scaleFactors powers of 2 from 1 on, up to that at which the whole is one tile
     * @param largest the least factor at which the whole may be had at once
     */
    record Info(int width, int height, int tile, List<Integer> scaleFactors, int largest) {
        public Info {
            scaleFactors = List.copyOf(scaleFactors);
        }

        /** @param mostWhole longest side that the whole is given at */
        public static Info of(int width, int height, int tile, int mostWhole) {
            var factors = new ArrayList<Integer>();
            int largest = 0;
            for (int factor = 1; ; factor *= 2) {
                factors.add(factor);
                int longest = ceiling(Math.max(width, height), factor);
                if (largest == 0 && longest <= mostWhole) largest = factor;
                if (longest <= tile) break;
            }
            return new Info(width, height, tile, factors, largest == 0 ? factors.get(factors.size() - 1) : largest);
        }

        /** The sizes that the whole can be had in, the smallest first. */
        public List<Size> sizes() {
            var sizes = new ArrayList<Size>();
            for (int i = scaleFactors.size() - 1; i >= 0; i--)
                if (scaleFactors.get(i) >= largest)
                    sizes.add(whole(scaleFactors.get(i)).size());
            return sizes;
        }

        public Piece whole(int factor) {
            return new Piece(0, 0, width, height, factor);
        }

        static int ceiling(int length, int factor) {
            return (length + factor - 1) / factor;
        }
    }

    /** Empty where the file is no picture that can be had in pieces. */
    Optional<Info> info(ItemId id, Version version, Bitstream file);

    /**
     * A piece as JPEG.
     *
     * @param piece one of {@link #info}
     * @throws IOException if the picture cannot be decoded
     */
    byte[] piece(ItemId id, Version version, Bitstream file, Piece piece) throws IOException;
}
