package org.thocam.ingest.media;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;

/**
 * Small pictures through description and thumbnail, with one job and with one a core, beside the same pictures read, scaled and written
 * by one thread of this process without limits. Arguments: pictures, rounds, folder.
 */
final class PictureBenchmark {
    private PictureBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int pictures = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        var work = Files.createTempDirectory(Path.of(arguments.length > 2 ? arguments[2] : "/tmp"), "thocam-media-");
        int cores = Runtime.getRuntime().availableProcessors();
        System.out.printf("%d pictures of 800 x 600, %d rounds, %d cores, load %s%n", pictures, rounds, cores, load());
        try {
            for (int round = 1; round <= rounds; round++) {
                double raw = raw(pictures);
                double one = ours(pictures, 1, work.resolve("one-" + round));
                double all = ours(pictures, cores, work.resolve("all-" + round));
                System.out.printf(
                        Locale.ROOT,
                        "round %d: plain %.0f/s; one job %.0f/s, %.2f of plain; %d jobs %.0f/s, %.2f of one job; load %s%n",
                        round,
                        raw,
                        one,
                        one / raw,
                        cores,
                        all,
                        all / one,
                        load());
            }
        } finally {
            Shelf.removed(work);
        }
    }

    /** Different bytes for each number, as photographs have them. */
    private static byte[] picture(BufferedImage base, int number) throws Exception {
        for (int x = 0; x < 32; x++) base.setRGB(x, 0, (number >> x & 1) == 1 ? 0xFFFFFF : 0);
        for (int x = 0; x < 800; x += 8) base.setRGB(x, number % 600, number * 31 + x);
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(base, "jpeg", bytes);
        return bytes.toByteArray();
    }

    private static BufferedImage base() {
        var image = new BufferedImage(800, 600, BufferedImage.TYPE_INT_RGB);
        var chance = new Random(1);
        for (int y = 0; y < 600; y++)
            for (int x = 0; x < 800; x++) image.setRGB(x, y, x / 4 << 16 | y / 3 << 8 | chance.nextInt(40));
        return image;
    }

    private static final int KINDS = 250;

    private static byte[][] kinds() throws Exception {
        var image = base();
        var kinds = new byte[KINDS][];
        for (int i = 0; i < KINDS; i++) kinds[i] = picture(image, i);
        return kinds;
    }

    /** A comment behind the picture's end makes other bytes of the same picture. */
    private static byte[] numbered(byte[][] kinds, int number) {
        var kind = kinds[number % KINDS];
        var bytes = java.util.Arrays.copyOf(kind, kind.length + 4);
        for (int i = 0; i < 4; i++) bytes[kind.length + i] = (byte) (number >> 8 * i);
        return bytes;
    }

    private static double raw(int pictures) throws Exception {
        var kinds = kinds();
        long begin = System.nanoTime();
        for (int i = 0; i < pictures; i++) {
            var image = ImageIO.read(new java.io.ByteArrayInputStream(numbered(kinds, i)));
            var small = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
            var pen = small.createGraphics();
            pen.setRenderingHint(
                    java.awt.RenderingHints.KEY_INTERPOLATION, java.awt.RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            pen.drawImage(image, 0, 0, 320, 240, null);
            pen.dispose();
            ImageIO.write(small, "jpeg", new ByteArrayOutputStream());
        }
        return pictures * 1e9 / (System.nanoTime() - begin);
    }

    private static double ours(int pictures, int jobs, Path folder) throws Exception {
        var kinds = kinds();
        var done = new AtomicInteger();
        long cpu = processor();
        long[] machine = machine();
        long begin = System.nanoTime();
        double seconds;
        try (var derivatives = Derivatives.open(new Derivatives.Settings(
                folder.resolve("derivatives"),
                folder.resolve("run"),
                jobs,
                64,
                1L << 40,
                Samples.programs(),
                Limits.USUAL))) {
            var hands = Executors.newFixedThreadPool(jobs);
            for (int hand = 0; hand < jobs; hand++)
                hands.submit(() -> {
                    for (int i = done.getAndIncrement(); i < pictures; i = done.getAndIncrement()) {
                        var bytes = numbered(kinds, i);
                        var digest = HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-512").digest(bytes));
                        var made = derivatives.all(
                                digest,
                                Set.of(Recipe.TECHNICAL, Recipe.THUMBNAIL),
                                false,
                                () -> new java.io.ByteArrayInputStream(bytes));
                        if (!(made.get(Recipe.THUMBNAIL) instanceof Derived.Made))
                            throw new AssertionError(made.toString());
                        // not where a child makes way for another
                        if (i % (pictures / 5) == pictures / 5 - 10) memory(i + 1);
                    }
                    return null;
                });
            hands.shutdown();
            hands.awaitTermination(1, TimeUnit.HOURS);
            seconds = (System.nanoTime() - begin) / 1e9;
        }
        var after = machine();
        System.out.printf(
                Locale.ROOT,
                "  %d jobs: the machine was idle for %.2f of the time; ours was %.2f of %d cores'%n",
                jobs,
                (after[1] - machine[1]) / (double) (after[0] - machine[0]),
                (processor() - cpu) / 100.0 / (seconds * Runtime.getRuntime().availableProcessors()),
                Runtime.getRuntime().availableProcessors());
        return pictures / seconds;
    }

    private static void memory(int pictures) throws Exception {
        System.gc();
        var runtime = Runtime.getRuntime();
        long children = 0;
        for (var child : ProcessHandle.current().descendants().toList())
            try {
                for (var line : Files.readAllLines(Path.of("/proc/" + child.pid() + "/status")))
                    if (line.startsWith("VmRSS:")) children += Long.parseLong(line.replaceAll("\\D", ""));
            } catch (java.io.IOException e) {
                // it has ended since
            }
        System.out.printf(
                "  after %d: heap %d MiB, children %d MiB%n",
                pictures, (runtime.totalMemory() - runtime.freeMemory()) >> 20, children >> 10);
    }

    /** Of this process and of the children that ended, in hundredths of a second. */
    private static long processor() throws Exception {
        var fields = Files.readString(Path.of("/proc/self/stat"));
        var after = fields.substring(fields.lastIndexOf(')') + 2).split(" ");
        long sum = 0;
        for (int i = 11; i < 15; i++) sum += Long.parseLong(after[i]);
        return sum;
    }

    /** All time of all cores, and of it what was idle or waited for a disk. */
    private static long[] machine() throws Exception {
        var fields = Files.readAllLines(Path.of("/proc/stat")).get(0).split("\\s+");
        long all = 0;
        for (int i = 1; i <= 8; i++) all += Long.parseLong(fields[i]);
        return new long[] {all, Long.parseLong(fields[4]) + Long.parseLong(fields[5])};
    }

    private static String load() throws Exception {
        return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
    }
}
