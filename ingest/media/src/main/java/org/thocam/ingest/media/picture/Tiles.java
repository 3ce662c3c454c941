package org.thocam.ingest.media.picture;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A picture as files that a IIIF Image API 3 service of level 0 is made of: {@code region/size/0/default.jpg} with canonical region and
 * size (section 4.7), the whole picture in its sizes under {@code full}, and tiles of 512 pixels at powers of 2.
 */
final class Tiles {
    private Tiles() {}

    static Map<String, String> make(Path original, Path folder, int side, long mostPixels) throws IOException {
        var header = Header.of(original);
        Thumbnail.refuse(header, mostPixels);
        try (var stream = Readers.open(original)) {
            var reader = Readers.of(stream);
            try {
                return cut(Thumbnail.upright(Colours.srgb(reader.read(0)), header.orientation()), folder, side);
            } finally {
                reader.dispose();
            }
        }
    }

    private static Map<String, String> cut(BufferedImage full, Path folder, int side) throws IOException {
        int width = full.getWidth();
        int height = full.getHeight();
        var sizes = new ArrayList<String>();
        var factors = new ArrayList<String>();
        var level = full;
        for (int factor = 1; ; factor *= 2) {
            int w = ceiling(width, factor);
            int h = ceiling(height, factor);
            if (factor > 1) level = Thumbnail.scaled(level, w, h);
            factors.add(0, String.valueOf(factor));
            boolean last = w <= side && h <= side;
            for (int y = 0; y < h; y += side)
                for (int x = 0; x < w; x += side) {
                    int tileWidth = Math.min(side, w - x);
                    int tileHeight = Math.min(side, h - y);
                    var region = new Rectangle(
                            x * factor,
                            y * factor,
                            Math.min(side * factor, width - x * factor),
                            Math.min(side * factor, height - y * factor));
                    boolean whole = region.width == width && region.height == height;
                    write(
                            level.getSubimage(x, y, tileWidth, tileHeight),
                            folder,
                            whole ? "full" : region.x + "," + region.y + "," + region.width + "," + region.height,
                            whole && factor == 1 ? "max" : tileWidth + "," + tileHeight);
                }
            // every size up to twice a tile's side is one that a viewer may ask for whole
            if (w <= side * 2 && h <= side * 2) {
                sizes.add(0, w + "," + h);
                if (!last && factor > 1) write(level, folder, "full", w + "," + h);
            }
            // level 0 has to give the whole at its full size
            if (!last && factor == 1) write(level, folder, "full", "max");
            if (last) break;
        }
        var words = new LinkedHashMap<String, String>();
        words.put("width", String.valueOf(width));
        words.put("height", String.valueOf(height));
        words.put("tile", String.valueOf(side));
        words.put("sizes", String.join(" ", sizes));
        java.util.Collections.reverse(factors);
        words.put("scaleFactors", String.join(" ", factors));
        return words;
    }

    private static int ceiling(int length, int factor) {
        return (length + factor - 1) / factor;
    }

    private static void write(BufferedImage image, Path folder, String region, String size) throws IOException {
        var place = folder.resolve(region).resolve(size).resolve("0");
        Files.createDirectories(place);
        if (image.getRaster().getParent() == null) {
            Thumbnail.write(image, place.resolve("default.jpg"));
            return;
        }
        // a sub-image shares its parent's memory, and the writer wants an image of its own
        var copy = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        var pen = copy.createGraphics();
        pen.drawImage(image, 0, 0, null);
        pen.dispose();
        Thumbnail.write(copy, place.resolve("default.jpg"));
    }
}
