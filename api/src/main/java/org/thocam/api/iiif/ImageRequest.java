package org.thocam.api.iiif;

import java.util.Optional;
import java.util.regex.Pattern;
import org.thocam.api.iiif.Tiles.Piece;

/**
 * What follows the identifier in an address of the IIIF Image API 3 (section 4): region, size, rotation and quality with format. A service of level 0
 * has the sizes and tiles that its info.json names, and nothing else.
 */
public record ImageRequest(String region, String size, String rotation, String quality) {
    private static final Pattern REGION = Pattern.compile("(\\d{1,6}),(\\d{1,6}),(\\d{1,6}),(\\d{1,6})");

    /** The piece that is asked for; empty where it is none that there is. */
    public Optional<Piece> of(Tiles tiles) {
        if (!rotation.equals("0") || !quality.equals("default.jpg")) return Optional.empty();
        if (region.equals("full")) {
            if (size.equals("max")) return Optional.of(tiles.whole(1));
            return tiles.wholes().stream()
                    .filter(piece -> piece.size().toString().equals(size))
                    .findFirst();
        }
        var numbers = REGION.matcher(region);
        if (!numbers.matches()) return Optional.empty();
        int x = Integer.parseInt(numbers.group(1));
        int y = Integer.parseInt(numbers.group(2));
        int width = Integer.parseInt(numbers.group(3));
        int height = Integer.parseInt(numbers.group(4));
        boolean whole = width == tiles.width() && height == tiles.height();
        return tiles.scaleFactors().stream()
                .filter(factor -> isTile(tiles, factor, x, y, width, height))
                .map(factor -> new Piece(x, y, width, height, factor, whole))
                .filter(piece -> piece.size().toString().equals(size))
                .findFirst();
    }

    /** Image API 3, section 5.4: tiles begin at whole steps and end at the edge. */
    private static boolean isTile(Tiles tiles, int factor, int x, int y, int width, int height) {
        int step = tiles.side() * factor;
        return x % step == 0
                && y % step == 0
                && x < tiles.width()
                && y < tiles.height()
                && width == Math.min(step, tiles.width() - x)
                && height == Math.min(step, tiles.height() - y);
    }
}
