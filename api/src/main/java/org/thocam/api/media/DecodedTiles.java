package org.thocam.api.media;

import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.stream.FileCacheImageInputStream;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveUnavailableException;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Version;

/**
 * Pieces cut from JPEG and PNG at each request, one after the other, by every so many pixels and without smoothing. A picture of more than 200
 * million pixels is refused by its header; a decoding that takes longer than 20 s is ended.
 */
public final class DecodedTiles implements Tiles {
    private static final int TILE = 512;
    private static final int MOST_WHOLE = 2048;
    private static final long MOST_PIXELS = 200_000_000;
    private static final long MOST_BYTES = 512L << 20;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final int PATIENCE_SECONDS = 20;
    private static final Set<String> TYPES = Set.of("image/jpeg", "image/png");

    private final Supplier<Archive> archive;
    private final MediaFacts facts;
    private final Path temp;
    private final Semaphore one = new Semaphore(1, true);

    /**
     * @param facts of the headers, as the pictures are stored
     * @param temp for what a reader has to read twice
     */
    public DecodedTiles(Supplier<Archive> archive, MediaFacts facts, Path temp) {
        this.archive = archive;
        this.facts = facts;
        this.temp = temp;
    }

    @Override
    public Optional<Info> info(ItemId id, Version version, Bitstream file) {
        if (!TYPES.contains(file.mediaType().toLowerCase(Locale.ROOT)) || file.size() > MOST_BYTES)
            return Optional.empty();
        return facts.of(id, version, file)
                .filter(known -> known.width() > 0 && (long) known.width() * known.height() <= MOST_PIXELS)
                .map(known -> Info.of(known.width(), known.height(), TILE, MOST_WHOLE));
    }

    @Override
    public byte[] piece(ItemId id, Version version, Bitstream file, Piece piece) throws IOException {
        try {
            if (!one.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS))
                throw new ArchiveUnavailableException("other pictures are being decoded", null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting to decode " + file.name(), e);
        }
        try (var bytes = archive.get().open(id, version, "files/" + file.name());
                var stream = new FileCacheImageInputStream(bytes, temp.toFile())) {
            var readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) throw new IOException("no reader knows it");
            var reader = readers.next();
            try {
                reader.setInput(stream, true, true);
                return jpeg(read(reader, piece));
            } finally {
                reader.dispose();
            }
        } catch (RuntimeException e) {
            if (e instanceof org.thocam.ontology.ServiceUnavailableException) throw e;
            // what readers throw at a broken picture is theirs to choose
            throw new IOException(e.toString(), e);
        } finally {
            one.release();
        }
    }

    private static BufferedImage read(ImageReader reader, Piece piece) throws IOException {
        if ((long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS)
            throw new IOException("it has more than " + MOST_PIXELS + " pixels");
        var parameters = reader.getDefaultReadParam();
        parameters.setSourceRegion(new Rectangle(piece.x(), piece.y(), piece.width(), piece.height()));
        parameters.setSourceSubsampling(piece.factor(), piece.factor(), 0, 0);
        var clock = new Stopping(System.nanoTime() + MOST_NANOS);
        reader.addIIOReadProgressListener(clock);
        var read = reader.read(0, parameters);
        if (clock.stopped) throw new IOException("decoding took longer than " + PATIENCE_SECONDS + " s");
        return read;
    }

    /** JPEG has no transparency: what shines through is white. */
    private static byte[] jpeg(BufferedImage image) throws IOException {
        var plain = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        var pen = plain.createGraphics();
        pen.drawImage(image, 0, 0, Color.WHITE, null);
        pen.dispose();
        var out = new ByteArrayOutputStream();
        if (!ImageIO.write(plain, "jpg", out)) throw new IOException("this Java writes no JPEG");
        return out.toByteArray();
    }

    private static final class Stopping implements IIOReadProgressListener {
        private final long end;
        private boolean stopped;

        Stopping(long end) {
            this.end = end;
        }

        @Override
        public void imageProgress(ImageReader source, float percentageDone) {
            if (System.nanoTime() - end > 0) {
                stopped = true;
                source.abort();
            }
        }

        @Override
        public void sequenceStarted(ImageReader source, int minIndex) {}

        @Override
        public void sequenceComplete(ImageReader source) {}

        @Override
        public void imageStarted(ImageReader source, int imageIndex) {}

        @Override
        public void imageComplete(ImageReader source) {}

        @Override
        public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

        @Override
        public void thumbnailProgress(ImageReader source, float percentageDone) {}

        @Override
        public void thumbnailComplete(ImageReader source) {}

        @Override
        public void readAborted(ImageReader source) {}
    }
}
