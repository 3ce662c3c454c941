package org.thocam.api.media;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.Archive;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Version;

/**
 * What the first bytes of a file say: JPEG, PNG, GIF and BMP by their headers, WAVE (RIFF and RF64) by its chunks. Nothing is decoded. TIFF is not
 * read, for Java's reader may hang on one; of other sound and film nothing is known. A picture that its Exif turns is as it is stored.
 */
public final class HeaderFacts implements MediaFacts {
    private static final Logger LOG = LoggerFactory.getLogger(HeaderFacts.class);
    private static final Set<String> PICTURES = Set.of("image/jpeg", "image/png", "image/gif", "image/bmp");
    private static final Set<String> WAVES =
            Set.of("audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave", "audio/vnd.wave;codec=1");
    /** An embedded profile or thumbnail may stand before the size. */
    private static final int MOST_BYTES = 4 << 20;

    private static final int MOST_CHUNKS = 200;
    private static final long LONGEST_CHUNK = 16 << 20;
    private static final int HELD = 2_000;

    private final Supplier<Archive> archive;
    /** By digest: the same bytes say the same. */
    private final Map<String, Optional<Facts>> held = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<Facts>> eldest) {
            return size() > HELD;
        }
    });

    /** @param archive asked anew each time */
    public HeaderFacts(Supplier<Archive> archive) {
        this.archive = archive;
    }

    @Override
    public Optional<Facts> of(ItemId id, Version version, Bitstream file) {
        var type = file.mediaType().toLowerCase(Locale.ROOT).replace(" ", "");
        boolean picture = PICTURES.contains(type);
        if (!picture && !WAVES.contains(type)) return Optional.empty();
        var there = held.get(file.sha512());
        if (there != null) return there;
        Optional<Facts> facts;
        try (var in = new BufferedInputStream(archive.get().open(id, version, "files/" + file.name()))) {
            facts = picture ? picture(in) : wave(in, file.size());
        } catch (IOException | RuntimeException e) {
            if (e instanceof org.thocam.ontology.ServiceUnavailableException) throw (RuntimeException) e;
            // what readers throw at a broken header is theirs to choose
            LOG.info("item {} {} file {}: its header cannot be read: {}", id, version, file.name(), e.toString());
            facts = Optional.empty();
        }
        held.put(file.sha512(), facts);
        return facts;
    }

    private static Optional<Facts> picture(InputStream in) throws IOException {
        try (var stream = new MemoryCacheImageInputStream(new Bounded(in, MOST_BYTES))) {
            var readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) return Optional.empty();
            ImageReader reader = readers.next();
            try {
                if (!Set.of("JPEG", "png", "gif", "bmp").contains(reader.getFormatName())) return Optional.empty();
                reader.setInput(stream, true, true);
                int width = reader.getWidth(0);
                int height = reader.getHeight(0);
                return width > 0 && height > 0 ? Optional.of(Facts.ofPicture(width, height)) : Optional.empty();
            } finally {
                reader.dispose();
            }
        }
    }

    /** Multimedia Programming Interface and Data Specifications 1.0; RF64 as in EBU Tech 3306, where a size of 32 bits does not do. */
    private static Optional<Facts> wave(InputStream from, long size) throws IOException {
        var in = new DataInputStream(from);
        var form = word(in);
        little(in);
        if (!form.equals("RIFF") && !form.equals("RF64") || !word(in).equals("WAVE")) return Optional.empty();
        long at = 12;
        long perSecond = 0;
        long wide = 0;
        for (int chunk = 0; chunk < MOST_CHUNKS; chunk++) {
            var name = word(in);
            long length = little(in);
            at += 8;
            long read = 0;
            switch (name) {
                case "ds64" -> {
                    if (length < 16) return Optional.empty();
                    in.readLong();
                    wide = Long.reverseBytes(in.readLong());
                    read = 16;
                }
                case "fmt " -> {
                    if (length < 16) return Optional.empty();
                    in.readLong();
                    perSecond = little(in);
                    read = 12;
                }
                case "data" -> {
                    long bytes = form.equals("RF64") && length == 0xFFFFFFFFL ? wide : length;
                    // a recorder that was switched off leaves 0 or the largest number there is
                    if (bytes <= 0 || bytes > size - at) bytes = size - at;
                    if (perSecond == 0) return Optional.empty();
                    long milliseconds = Math.round(bytes * 1000.0 / perSecond);
                    return milliseconds > 0 ? Optional.of(Facts.ofSound(milliseconds)) : Optional.empty();
                }
                default -> {
                    if (length > LONGEST_CHUNK) return Optional.empty();
                }
            }
            long padded = length + (length & 1);
            in.skipNBytes(padded - read);
            at += padded;
        }
        return Optional.empty();
    }

    private static String word(DataInputStream in) throws IOException {
        return new String(in.readNBytes(4), java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static long little(DataInputStream in) throws IOException {
        return Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
    }

    /** Ends a stream early: whoever wants more bytes than a header has is not read. */
    private static final class Bounded extends java.io.FilterInputStream {
        private long left;

        Bounded(InputStream in, long most) {
            super(in);
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            if (left <= 0) throw new EOFException("the header is longer than " + MOST_BYTES + " bytes");
            left--;
            return super.read();
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (left <= 0) throw new EOFException("the header is longer than " + MOST_BYTES + " bytes");
            int n = super.read(into, from, (int) Math.min(length, left));
            if (n > 0) left -= n;
            return n;
        }
    }
}
