package org.thocam.ingest.media.picture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/** The readers of this process: TwelveMonkeys' where there is one, for the JDK's TIFF reader hangs and its JPEG reader ignores CMYK profiles. */
final class Readers {
    private Readers() {}

    static void ours() {
        ImageIO.setUseCache(false);
        ImageIO.scanForPlugins();
        var registry = IIORegistry.getDefaultInstance();
        var every = new ArrayList<ImageReaderSpi>();
        registry.getServiceProviders(ImageReaderSpi.class, true).forEachRemaining(every::add);
        for (var one : every) {
            var name = one.getClass().getName();
            // WBMP has no signature: it takes what is none for its own
            if (name.equals("com.sun.imageio.plugins.tiff.TIFFImageReaderSpi") || name.contains(".wbmp."))
                registry.deregisterServiceProvider(one, ImageReaderSpi.class);
            for (var other : every)
                if (name.startsWith("com.twelvemonkeys.")
                        && other.getClass().getName().startsWith("com.sun."))
                    registry.setOrdering(ImageReaderSpi.class, one, other);
        }
    }

    static ImageInputStream open(Path file) throws IOException {
        return new FileImageInputStream(file.toFile());
    }

    static ImageReader of(ImageInputStream stream) throws Refusal {
        var readers = ImageIO.getImageReaders(stream);
        if (!readers.hasNext())
            throw Refusal.unsupported(
                    "no picture that can be read here: want JPEG, TIFF, PNG, GIF, WebP or BMP. The file itself is kept as it is");
        var reader = readers.next();
        reader.setInput(stream, false, false);
        return reader;
    }

    static String format(ImageReader reader) throws IOException {
        return reader.getFormatName().toUpperCase(java.util.Locale.ROOT);
    }
}
