package org.thocam.ingest.media.picture;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;

/** A small JPEG in sRGB, the right way up, with no metadata: whoever turns it again by Exif finds nothing to turn by. */
final class Thumbnail {
    private static final float QUALITY = 0.82f;

    private Thumbnail() {}

    static Map<String, String> make(Path original, Path target, int longest, long mostPixels) throws IOException {
        var header = Header.of(original);
        refuse(header, mostPixels);
        try (var stream = Readers.open(original)) {
            var reader = Readers.of(stream);
            try {
                var small = scaled(upright(Colours.srgb(read(reader, header, longest)), header.orientation()), longest);
                write(small, target);
                return Map.of("width", String.valueOf(small.getWidth()), "height", String.valueOf(small.getHeight()));
            } finally {
                reader.dispose();
            }
        }
    }

    static void refuse(Header header, long mostPixels) throws Refusal {
        long pixels = (long) header.width() * header.height();
        if (pixels > mostPixels)
            throw Refusal.tooLarge("the picture says it has " + header.width() + " by " + header.height() + " pixels, "
                    + pixels + " in all; at most " + mostPixels + " are read");
    }

    /** Of a scan only as many pixels as are needed, four for each side's one. */
    private static BufferedImage read(ImageReader reader, Header header, int longest) throws IOException {
        var how = reader.getDefaultReadParam();
        int step = Math.max(1, Math.max(header.width(), header.height()) / (longest * 4));
        int across = Math.min(step, header.width());
        int down = Math.min(step, header.height());
        if (step > 1) how.setSourceSubsampling(across, down, 0, 0);
        return reader.read(0, how);
    }

    /** Exif's eight orientations, with sides swapped for the last four. */
    static BufferedImage upright(BufferedImage image, int orientation) {
        if (orientation == 1) return image;
        int w = image.getWidth();
        int h = image.getHeight();
        boolean sideways = orientation >= 5;
        var out = new BufferedImage(sideways ? h : w, sideways ? w : h, BufferedImage.TYPE_INT_RGB);
        var pen = out.createGraphics();
        pen.drawImage(image, turn(orientation, w, h), null);
        pen.dispose();
        return out;
    }

    private static AffineTransform turn(int orientation, int w, int h) {
        return switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, w, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, w, h);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, h);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, h, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, h, w);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, w);
            default -> new AffineTransform();
        };
    }

    /** By halves, so that every pixel counts. A small picture stays as it is. */
    static BufferedImage scaled(BufferedImage image, int longest) {
        double share = (double) longest / Math.max(image.getWidth(), image.getHeight());
        if (share >= 1) return image;
        return scaled(image, Math.max(1, (int) Math.round(image.getWidth() * share)), Math.max(1, (int)
                Math.round(image.getHeight() * share)));
    }

    static BufferedImage scaled(BufferedImage image, int width, int height) {
        var now = image;
        while (now.getWidth() >= width * 2 && now.getHeight() >= height * 2)
            now = drawn(now, Math.max(width, now.getWidth() / 2), Math.max(height, now.getHeight() / 2));
        return now.getWidth() == width && now.getHeight() == height ? now : drawn(now, width, height);
    }

    private static BufferedImage drawn(BufferedImage image, int width, int height) {
        var out = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = out.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.drawImage(image, 0, 0, width, height, null);
        pen.dispose();
        return out;
    }

    static void write(BufferedImage image, Path target) throws IOException {
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (var file = Files.newOutputStream(target);
                var out = ImageIO.createImageOutputStream(file)) {
            var how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), how);
        } finally {
            writer.dispose();
        }
    }
}
