package org.thocam.ingest.media.picture;

import com.twelvemonkeys.imageio.metadata.CompoundDirectory;
import com.twelvemonkeys.imageio.metadata.Directory;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEG;
import com.twelvemonkeys.imageio.metadata.jpeg.JPEGSegmentUtil;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * What a picture says of itself before a pixel is read.
 *
 * @param width in pixels, as stored: before any turn
 * @param colour {@code gray}, {@code rgb}, {@code cmyk}, {@code palette}, {@code lab}, or empty where it is not said
 * @param photometric TIFF 6.0's PhotometricInterpretation
 * @param bits of each sample; of all of them where one number is said
 * @param orientation Exif 2.32, 4.6.5.A: 1 to 8; 1 where nothing is said
 */
record Header(
        String format,
        int width,
        int height,
        String colour,
        OptionalInt components,
        OptionalInt photometric,
        List<Integer> bits,
        int orientation,
        int pages) {
    private static final int MOST_PAGES = 100_000;
    private static final int LARGEST_EXIF = 1 << 20;

    static Header of(Path file) throws IOException {
        // two streams: the JDK's PNG reader lets go of what it has read
        try (var stream = Readers.open(file);
                var raw = Readers.open(file)) {
            var reader = Readers.of(stream);
            try {
                return of(reader, raw);
            } finally {
                reader.dispose();
            }
        }
    }

    private static Header of(ImageReader reader, ImageInputStream stream) throws IOException {
        var format = Readers.format(reader);
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if (width < 1 || height < 1)
            throw Refusal.broken("the picture says it has " + width + " by " + height + " pixels");
        return switch (format) {
            case "JPEG" -> jpeg(stream, width, height);
            case "TIFF" -> tiff(reader, stream, width, height);
            case "PNG" -> png(stream, width, height);
            case "WEBP" ->
                new Header(
                        format,
                        width,
                        height,
                        "rgb",
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        List.of(8),
                        riffOrientation(stream),
                        1);
            case "GIF" ->
                new Header(format, width, height, "palette", OptionalInt.of(1), OptionalInt.empty(), List.of(8), 1, 1);
            default -> new Header(format, width, height, "", OptionalInt.empty(), OptionalInt.empty(), List.of(), 1, 1);
        };
    }

    boolean sideways() {
        return orientation >= 5;
    }

    private static Header jpeg(ImageInputStream stream, int width, int height) throws IOException {
        int components = 0;
        int precision = 8;
        stream.seek(2);
        while (true) {
            int marker = stream.read();
            while (marker == 0xFF) marker = stream.read();
            if (marker < 0) break;
            // from 0xC0 to 0xCF, but for the tables, a start of frame (ITU-T T.81, table B.1)
            boolean alone = marker == 0x01 || marker >= 0xD0 && marker <= 0xD8;
            if (alone) continue;
            if (marker == 0xD9 || marker == 0xDA) break;
            int length = stream.readUnsignedShort();
            if (length < 2) break;
            if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
                precision = stream.readUnsignedByte();
                stream.skipBytes(4);
                components = stream.readUnsignedByte();
                break;
            }
            stream.seek(stream.getStreamPosition() + length - 2);
            if (stream.read() != 0xFF) break;
        }
        int orientation = 1;
        stream.seek(0);
        for (var segment : JPEGSegmentUtil.readSegments(stream, JPEG.APP1, "Exif")) {
            var data = segment.segmentData().readAllBytes();
            // "Exif" and two bytes of 0 stand before the TIFF (Exif 2.32, 4.7.2)
            if (data.length > 14) orientation = exifOrientation(Arrays.copyOfRange(data, 6, data.length));
            break;
        }
        return new Header(
                "JPEG",
                width,
                height,
                switch (components) {
                    case 1 -> "gray";
                    case 3 -> "rgb";
                    case 4 -> "cmyk";
                    default -> "";
                },
                components == 0 ? OptionalInt.empty() : OptionalInt.of(components),
                OptionalInt.empty(),
                List.of(precision),
                orientation,
                1);
    }

    private static Header tiff(ImageReader reader, ImageInputStream stream, int width, int height) throws IOException {
        stream.seek(0);
        var directories = new TIFFReader().read(stream);
        var first = directories instanceof CompoundDirectory several && several.directoryCount() > 0
                ? several.getDirectory(0)
                : directories;
        var photometric = number(first, TIFF.TAG_PHOTOMETRIC_INTERPRETATION);
        var samples = number(first, TIFF.TAG_SAMPLES_PER_PIXEL);
        return new Header(
                "TIFF",
                width,
                height,
                switch (photometric.orElse(-1)) {
                    case 0, 1 -> "gray";
                    case 2, 6 -> "rgb";
                    case 3 -> "palette";
                    case 5 -> "cmyk";
                    case 8, 9, 10 -> "lab";
                    default -> "";
                },
                samples.isPresent() ? samples : OptionalInt.of(1),
                photometric,
                numbers(first, TIFF.TAG_BITS_PER_SAMPLE),
                turned(number(first, TIFF.TAG_ORIENTATION)),
                Math.min(MOST_PAGES, Math.max(1, reader.getNumImages(true))));
    }

    private static Header png(ImageInputStream stream, int width, int height) throws IOException {
        stream.seek(24);
        int bits = stream.readUnsignedByte();
        int type = stream.readUnsignedByte();
        int orientation = 1;
        long at = 8;
        for (int chunks = 0; chunks < 10_000; chunks++) {
            stream.seek(at);
            long length;
            String name;
            try {
                length = stream.readUnsignedInt();
                var four = new byte[4];
                stream.readFully(four);
                name = new String(four, StandardCharsets.US_ASCII);
            } catch (java.io.EOFException e) {
                break;
            }
            if (name.equals("IDAT") || name.equals("IEND")) break;
            if (name.equals("eXIf") && length <= LARGEST_EXIF) {
                var exif = new byte[(int) length];
                stream.readFully(exif);
                orientation = exifOrientation(exif);
                break;
            }
            at += 12 + length;
        }
        return new Header(
                "PNG",
                width,
                height,
                switch (type) {
                    case 0, 4 -> "gray";
                    case 2, 6 -> "rgb";
                    case 3 -> "palette";
                    default -> "";
                },
                OptionalInt.of(type == 2 ? 3 : type == 4 ? 2 : type == 6 ? 4 : 1),
                OptionalInt.empty(),
                List.of(bits),
                orientation,
                1);
    }

    /** WebP container specification: the chunk EXIF of a RIFF file. */
    private static int riffOrientation(ImageInputStream stream) throws IOException {
        long at = 12;
        for (int chunks = 0; chunks < 10_000; chunks++) {
            stream.seek(at);
            var four = new byte[4];
            long length;
            try {
                stream.readFully(four);
                length = Integer.toUnsignedLong(Integer.reverseBytes(stream.readInt()));
                if (new String(four, StandardCharsets.US_ASCII).equals("EXIF") && length <= LARGEST_EXIF) {
                    var exif = new byte[(int) length];
                    stream.readFully(exif);
                    int skip = length > 6 && exif[0] == 'E' ? 6 : 0;
                    return exifOrientation(Arrays.copyOfRange(exif, skip, exif.length));
                }
            } catch (java.io.EOFException e) {
                return 1;
            }
            at += 8 + length + (length & 1);
        }
        return 1;
    }

    /** Exif that cannot be read says nothing of the turn; the picture is there all the same. */
    private static int exifOrientation(byte[] tiff) {
        try (var bytes = new ByteArrayImageInputStream(tiff)) {
            var directories = new TIFFReader().read(bytes);
            var first = directories instanceof CompoundDirectory several && several.directoryCount() > 0
                    ? several.getDirectory(0)
                    : directories;
            return turned(number(first, TIFF.TAG_ORIENTATION));
        } catch (IOException | RuntimeException e) {
            return 1;
        }
    }

    private static int turned(OptionalInt tag) {
        int value = tag.orElse(1);
        return value >= 1 && value <= 8 ? value : 1;
    }

    private static OptionalInt number(Directory directory, int tag) {
        var values = numbers(directory, tag);
        return values.isEmpty() ? OptionalInt.empty() : OptionalInt.of(values.get(0));
    }

    private static List<Integer> numbers(Directory directory, int tag) {
        var entry = directory.getEntryById(tag);
        if (entry == null) return List.of();
        var value = entry.getValue();
        if (value instanceof Number one) return List.of(one.intValue());
        if (value instanceof int[] several)
            return IntStream.of(several).limit(64).boxed().toList();
        if (value instanceof long[] several)
            return java.util.stream.LongStream.of(several)
                    .limit(64)
                    .mapToObj(number -> (int) number)
                    .toList();
        if (value instanceof short[] several)
            return IntStream.range(0, Math.min(64, several.length))
                    .mapToObj(i -> several[i] & 0xFFFF)
                    .toList();
        return List.of();
    }

    Map<String, String> words() {
        var words = new LinkedHashMap<String, String>();
        words.put("format", format);
        words.put("width", String.valueOf(width));
        words.put("height", String.valueOf(height));
        words.put("colour", colour);
        components.ifPresent(number -> words.put("components", String.valueOf(number)));
        photometric.ifPresent(number -> words.put("photometric", String.valueOf(number)));
        words.put("bits", bits.stream().map(String::valueOf).collect(Collectors.joining(" ")));
        words.put("orientation", String.valueOf(orientation));
        words.put("pages", String.valueOf(pages));
        return words;
    }
}
