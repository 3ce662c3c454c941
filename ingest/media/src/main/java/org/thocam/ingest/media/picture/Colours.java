package org.thocam.ingest.media.picture;

import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;

/** Whatever colours a reader gives, as 8 bits of sRGB each; what is transparent stands on white. */
final class Colours {
    private Colours() {}

    static BufferedImage srgb(BufferedImage image) {
        var model = image.getColorModel();
        int kind = model.getColorSpace().getType();
        if (kind == ColorSpace.TYPE_GRAY && !(model instanceof IndexColorModel)) return gray(image);
        boolean ready = model.getColorSpace().isCS_sRGB();
        if (!ready && !model.hasAlpha()) {
            var out = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
            new ColorConvertOp(null).filter(image, out);
            return out;
        }
        var out = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        boolean wide = image.getSampleModel().getDataType() != DataBuffer.TYPE_BYTE
                && image.getType() == BufferedImage.TYPE_CUSTOM;
        if (wide || !ready) {
            // of all sorts: the colour model itself says each pixel in sRGB
            for (int y = 0; y < image.getHeight(); y++)
                for (int x = 0; x < image.getWidth(); x++) out.setRGB(x, y, onWhite(image.getRGB(x, y)));
            return out;
        }
        var pen = out.createGraphics();
        pen.drawImage(image, 0, 0, Color.WHITE, null);
        pen.dispose();
        return out;
    }

    /** Java takes gray for linear light and brightens it; files of gray mean what screens show. */
    private static BufferedImage gray(BufferedImage image) {
        var out = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        var raster = image.getRaster();
        var model = image.getColorModel();
        boolean alpha = model.hasAlpha() && raster.getNumBands() > 1;
        int bits = raster.getSampleModel().getSampleSize(0);
        boolean real =
                raster.getTransferType() == DataBuffer.TYPE_FLOAT || raster.getTransferType() == DataBuffer.TYPE_DOUBLE;
        double most = real ? 1 : Math.pow(2, bits) - 1;
        var row = new double[image.getWidth() * raster.getNumBands()];
        int bands = raster.getNumBands();
        for (int y = 0; y < image.getHeight(); y++) {
            raster.getPixels(0, y, image.getWidth(), 1, row);
            for (int x = 0; x < image.getWidth(); x++) {
                double value = row[x * bands];
                if (value < 0) value += most + 1;
                int eight = (int) Math.max(0, Math.min(255, Math.round(value * 255 / most)));
                if (alpha) {
                    double seen = row[x * bands + 1] / most;
                    eight = (int) Math.round(eight * seen + 255 * (1 - seen));
                }
                out.setRGB(x, y, eight << 16 | eight << 8 | eight);
            }
        }
        return out;
    }

    private static int onWhite(int argb) {
        int alpha = argb >>> 24;
        if (alpha == 255) return argb & 0xFFFFFF;
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int value = argb >> shift & 0xFF;
            rgb |= (value * alpha + 255 * (255 - alpha)) / 255 << shift;
        }
        return rgb;
    }
}
