package org.thocam.ingest.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The turn and the colours, by pixel. */
class ThumbnailTest {
    /** Upright: red and green above, blue and white below. */
    private static final Color[][] QUARTERS = {{Color.RED, Color.GREEN}, {Color.BLUE, Color.WHITE}};

    @TempDir
    private Path folder;

    private Derivatives derivatives;

    @BeforeEach
    void open() throws IOException {
        derivatives = Derivatives.open(Samples.settings(folder));
    }

    @AfterEach
    void close() {
        derivatives.close();
    }

    private BufferedImage thumbnail(Path file) throws Exception {
        return ImageIO.read(Samples.made(derivatives, Recipe.THUMBNAIL, file).toFile());
    }

    /** Where a stored pixel is seen. Exif 2.32, 4.6.5.A: at which visual side the 0th row is, then the 0th column. */
    private static int[] seen(int orientation, int row, int column, int rows, int columns) {
        return switch (orientation) {
            case 1 -> new int[] {column, row};
            case 2 -> new int[] {columns - 1 - column, row};
            case 3 -> new int[] {columns - 1 - column, rows - 1 - row};
            case 4 -> new int[] {column, rows - 1 - row};
            case 5 -> new int[] {row, column};
            case 6 -> new int[] {rows - 1 - row, column};
            case 7 -> new int[] {rows - 1 - row, columns - 1 - column};
            case 8 -> new int[] {row, columns - 1 - column};
            default -> throw new AssertionError(orientation);
        };
    }

    /** As a camera held that way stores it; upright it is 600 wide and 400 high. */
    private static BufferedImage stored(int orientation) {
        boolean sideways = orientation >= 5;
        int columns = sideways ? 400 : 600;
        int rows = sideways ? 600 : 400;
        var image = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++) {
                var at = seen(orientation, row, column, rows, columns);
                image.setRGB(column, row, QUARTERS[at[1] / 200][at[0] / 300].getRGB());
            }
        return image;
    }

    private static byte[] exif(int orientation) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeBytes("MM");
        out.writeShort(42);
        out.writeInt(8);
        out.writeShort(1);
        out.writeShort(0x0112);
        out.writeShort(3);
        out.writeInt(1);
        out.writeShort(orientation);
        out.writeShort(0);
        out.writeInt(0);
        return bytes.toByteArray();
    }

    private Path jpeg(int orientation) throws IOException {
        var plain = new ByteArrayOutputStream();
        ImageIO.write(stored(orientation), "jpeg", plain);
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeShort(0xFFD8);
        var exif = exif(orientation);
        out.writeShort(0xFFE1);
        out.writeShort(2 + 6 + exif.length);
        out.writeBytes("Exif\0\0");
        out.write(exif);
        out.write(plain.toByteArray(), 2, plain.size() - 2);
        return Files.write(folder.resolve("turned-" + orientation + ".jpg"), bytes.toByteArray());
    }

    private Path png(int orientation) throws IOException {
        var plain = new ByteArrayOutputStream();
        ImageIO.write(stored(orientation), "png", plain);
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        // signature and IHDR
        out.write(plain.toByteArray(), 0, 33);
        var exif = exif(orientation);
        out.writeInt(exif.length);
        var chunk = new ByteArrayOutputStream();
        chunk.writeBytes("eXIf".getBytes(StandardCharsets.US_ASCII));
        chunk.writeBytes(exif);
        out.write(chunk.toByteArray());
        var crc = new java.util.zip.CRC32();
        crc.update(chunk.toByteArray());
        out.writeInt((int) crc.getValue());
        out.write(plain.toByteArray(), 33, plain.size() - 33);
        return Files.write(folder.resolve("turned-" + orientation + ".png"), bytes.toByteArray());
    }

    /** Uncompressed, by the nine tags that a baseline RGB TIFF needs (TIFF 6.0, section 6), and the orientation. */
    private Path tiff(int orientation) throws IOException {
        var image = stored(orientation);
        int w = image.getWidth();
        int h = image.getHeight();
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeBytes("MM");
        out.writeShort(42);
        out.writeInt(8 + 6 + w * h * 3);
        for (int i = 0; i < 3; i++) out.writeShort(8);
        for (int y = 0; y < h; y++)
            for (int x = 0; x < w; x++) {
                int rgb = image.getRGB(x, y);
                out.writeByte(rgb >> 16);
                out.writeByte(rgb >> 8);
                out.writeByte(rgb);
            }
        int[][] tags = {
            {256, 4, 1, w},
            {257, 4, 1, h},
            {258, 3, 3, 8},
            {259, 3, 1, 1 << 16},
            {262, 3, 1, 2 << 16},
            {273, 4, 1, 14},
            {274, 3, 1, orientation << 16},
            {277, 3, 1, 3 << 16},
            {278, 4, 1, h},
            {279, 4, 1, w * h * 3}
        };
        out.writeShort(tags.length);
        for (var tag : tags) {
            out.writeShort(tag[0]);
            out.writeShort(tag[1]);
            out.writeInt(tag[2]);
            out.writeInt(tag[3]);
        }
        out.writeInt(0);
        return Files.write(folder.resolve("turned-" + orientation + ".tif"), bytes.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyTurnIsTurnedOnce(int orientation) throws Exception {
        for (var file : List.of(jpeg(orientation), png(orientation), tiff(orientation))) {
            var picture = assertInstanceOf(Technical.Picture.class, Samples.technical(derivatives, file));
            assertEquals(orientation, picture.orientation(), file.toString());
            assertEquals(orientation >= 5, picture.sideways());
            var small = thumbnail(file);
            assertEquals(320, small.getWidth(), file.toString());
            assertEquals(213, small.getHeight(), file.toString());
            for (int row = 0; row < 2; row++)
                for (int column = 0; column < 2; column++)
                    near(
                            QUARTERS[row][column],
                            small.getRGB(80 + 160 * column, 53 + 106 * row),
                            6,
                            file + " " + row + " " + column);
            var bytes =
                    Files.readString(Samples.made(derivatives, Recipe.THUMBNAIL, file), StandardCharsets.ISO_8859_1);
            assertFalse(bytes.contains("Exif"), "whoever turns it again finds nothing to turn by");
        }
    }

    private static void near(Color expected, int rgb, int by, String what) {
        var found = new Color(rgb);
        assertTrue(
                Math.abs(expected.getRed() - found.getRed()) <= by
                        && Math.abs(expected.getGreen() - found.getGreen()) <= by
                        && Math.abs(expected.getBlue() - found.getBlue()) <= by,
                what + ": want " + expected + ", found " + found);
    }

    /** Cameras of different make: two shots of one landscape, held differently, are one picture but for the numeral drawn on it. */
    @Test
    void twoTurnsOfOneLandscapeLookAlike() throws Exception {
        var three = thumbnail(Samples.given("image/exif_Landscape_3.jpg"));
        var six = thumbnail(Samples.given("image/exif_Landscape_6.jpg"));
        assertEquals(320, three.getWidth());
        assertEquals(213, three.getHeight());
        assertEquals(320, six.getWidth());
        assertEquals(213, six.getHeight());
        long off = 0;
        for (int y = 0; y < 213; y++)
            for (int x = 0; x < 320; x++) {
                var a = new Color(three.getRGB(x, y));
                var b = new Color(six.getRGB(x, y));
                off += Math.abs(a.getGreen() - b.getGreen());
            }
        assertTrue(off / (213.0 * 320) < 12, "mean difference " + off / (213.0 * 320));
        var portrait = thumbnail(Samples.given("image/exif_Portrait_5.jpg"));
        assertEquals(213, portrait.getWidth());
        assertEquals(320, portrait.getHeight());
    }

    /** 16 bits are scaled to 8, and gray is not taken for linear light. */
    @Test
    void sixteenBitsOfGrayKeepTheirLightness() throws Exception {
        var image = new BufferedImage(256, 64, BufferedImage.TYPE_USHORT_GRAY);
        for (int x = 0; x < 256; x++)
            for (int y = 0; y < 64; y++) image.getRaster().setSample(x, y, 0, x * 257);
        var file = folder.resolve("gray.png");
        ImageIO.write(image, "png", file.toFile());
        var small = thumbnail(file);
        for (int x = 8; x < 256; x += 8) near(new Color(x, x, x), small.getRGB(x, 32), 3, "column " + x);
    }

    @Test
    void sixteenBitsOfColourAreScaled() throws Exception {
        var file = Samples.ffmpeg(
                folder,
                "deep.png",
                "-f",
                "lavfi",
                "-i",
                "color=0x4080C0:size=64x64",
                "-frames:v",
                "1",
                "-pix_fmt",
                "rgb48be");
        near(new Color(0x4080C0), thumbnail(file).getRGB(32, 32), 4, "deep.png");
    }

    @Test
    void webpHasOne() throws Exception {
        var file = Samples.ffmpeg(
                folder,
                "a.webp",
                "-f",
                "lavfi",
                "-i",
                "color=0x4080C0:size=64x64",
                "-frames:v",
                "1",
                "-c:v",
                "libwebp");
        assertEquals("WEBP", ((Technical.Picture) Samples.technical(derivatives, file)).format());
        near(new Color(0x4080C0), thumbnail(file).getRGB(32, 32), 6, "a.webp");
    }

    @Test
    void jpeg2000IsUnsupportedUntilSomethingReadsIt() throws Exception {
        var file = Samples.ffmpeg(
                folder, "a.jp2", "-f", "lavfi", "-i", "color=red:size=64x64", "-frames:v", "1", "-c:v", "jpeg2000");
        assertEquals(
                State.UNSUPPORTED,
                Samples.failed(derivatives, Recipe.THUMBNAIL, file).state());
    }

    @Test
    void whatIsTransparentStandsOnWhite() throws Exception {
        var image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < 32; y++) for (int x = 0; x < 64; x++) image.setRGB(x, y, 0x80FF0000);
        var file = folder.resolve("clear.png");
        ImageIO.write(image, "png", file.toFile());
        var small = thumbnail(file);
        near(new Color(255, 127, 127), small.getRGB(32, 8), 4, "half red");
        near(Color.WHITE, small.getRGB(32, 56), 2, "nothing");
    }

    /** The JDK's reader, which ignores the profile, gives #00b5d8 here; see research/media.md, section 8. */
    @Test
    void cmykIsSeenByItsProfile() throws Exception {
        var small = thumbnail(Samples.given("image/cmyk-sample.jpg"));
        assertEquals(160, small.getWidth());
        assertEquals(227, small.getHeight());
        near(new Color(0x0076b0), small.getRGB(10, 55), 4, "water");
        near(new Color(0xd1c292), small.getRGB(74, 100), 12, "sand");
    }

    /** Without a profile it is taken as it would be printed on white: a page of black on white stays one. */
    @Test
    void cmykWithoutAProfileIsInkOnWhite() throws Exception {
        var small = thumbnail(Samples.given("image/cmyk-sample-no-icc.jpg"));
        assertEquals(114, small.getWidth());
        assertEquals(199, small.getHeight());
        near(Color.WHITE, small.getRGB(10, 10), 8, "paper");
        near(Color.BLACK, small.getRGB(76, 127), 12, "ink");
    }

    @ParameterizedTest
    @ValueSource(strings = {"WangJPEG.tif", "gray_16bit.tif", "jfif-16bit-dqt.jpg", "multipage.tif"})
    void realFilesOfUnusualMakeHaveOne(String name) throws Exception {
        var picture = (Technical.Picture) Samples.technical(derivatives, Samples.given("image/" + name));
        var small = thumbnail(Samples.given("image/" + name));
        assertEquals(picture.width(), small.getWidth());
        assertEquals(picture.height(), small.getHeight());
    }
}
