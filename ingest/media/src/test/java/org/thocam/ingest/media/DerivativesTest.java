package org.thocam.ingest.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ontology.ItemJson;

/** Kept whole or not at all, made once for all who ask, bounded, and gone when nobody wants it. */
class DerivativesTest {
    @TempDir
    private Path folder;

    private Path picture(int number, int width, int height) throws IOException {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var chance = new Random(number);
        for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) image.setRGB(x, y, chance.nextInt());
        var file = folder.resolve("picture-" + number + ".png");
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    private Derivatives open(int jobs, int waiting, long bytes) throws IOException {
        var usual = Samples.settings(folder);
        return Derivatives.open(new Derivatives.Settings(
                usual.folder(), usual.work(), jobs, waiting, bytes, usual.programs(), Limits.USUAL));
    }

    @Test
    void whatIsMadeIsFoundAgainAfterARestart() throws Exception {
        var file = picture(1, 400, 300);
        Derived.Made made;
        try (var derivatives = open(1, 4, 1 << 30)) {
            made = (Derived.Made) Samples.of(derivatives, Recipe.THUMBNAIL, file);
            assertEquals("image/jpeg", made.mediaType());
            assertEquals(Files.size(made.path()), made.size());
        }
        try (var derivatives = open(1, 4, 1 << 30)) {
            var again = derivatives.of(Samples.sha512(file), Recipe.THUMBNAIL, () -> {
                throw new AssertionError("the original was read again");
            });
            assertEquals(made, again);
            assertTrue(derivatives.bytes() >= made.size());
        }
    }

    @Test
    void thoseWhoAskAtOnceGetOneMaking() throws Exception {
        var file = picture(2, 400, 300);
        var opened = new AtomicInteger();
        Supplier<InputStream> counted = () -> {
            opened.incrementAndGet();
            return Samples.opened(file).get();
        };
        try (var derivatives = open(2, 64, 1 << 30)) {
            var all = new ArrayList<CompletableFuture<Derived>>();
            for (int i = 0; i < 16; i++)
                all.add(CompletableFuture.supplyAsync(() -> {
                    try {
                        return derivatives.of(Samples.sha512(file), Recipe.THUMBNAIL, counted);
                    } catch (IOException | InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }));
            for (var one : all) assertInstanceOf(Derived.Made.class, one.get());
        }
        assertEquals(1, opened.get());
    }

    @Test
    void whoComesWhenAsManyWaitAsMayIsToldToComeAgain() throws Exception {
        var go = new CountDownLatch(1);
        Supplier<InputStream> waiting = () -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return InputStream.nullInputStream();
        };
        try (var derivatives = open(1, 1, 1 << 30)) {
            assertEquals(
                    new Derived.UnderWay(),
                    derivatives.of("1".repeat(128), Recipe.THUMBNAIL, waiting, Duration.ofMillis(10)));
            assertEquals(
                    new Derived.UnderWay(),
                    derivatives.of("2".repeat(128), Recipe.THUMBNAIL, waiting, Duration.ofMillis(10)));
            // one is in hand and one waits, at the latest when the first was taken up
            Derived third = new Derived.UnderWay();
            for (int i = 3; i < 10 && third instanceof Derived.UnderWay; i++)
                third = derivatives.of(String.valueOf(i).repeat(128), Recipe.THUMBNAIL, waiting, Duration.ofMillis(10));
            assertEquals(new Derived.Busy(), third);
            go.countDown();
        }
    }

    @Test
    void whoWaitsWhenItClosesIsTold() throws Exception {
        var go = new CountDownLatch(1);
        Supplier<InputStream> waiting = () -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return InputStream.nullInputStream();
        };
        var derivatives = open(1, 4, 1 << 30);
        derivatives.of("1".repeat(128), Recipe.THUMBNAIL, waiting, Duration.ofMillis(10));
        var second = CompletableFuture.supplyAsync(() ->
                assertThrows(IOException.class, () -> derivatives.of("2".repeat(128), Recipe.THUMBNAIL, waiting)));
        Thread.sleep(200);
        derivatives.close();
        second.get(20, java.util.concurrent.TimeUnit.SECONDS);
    }

    @Test
    void theOldestGoWhenThereIsNoRoom() throws Exception {
        try (var derivatives = open(2, 64, 200_000)) {
            var first = picture(0, 300, 300);
            var old = Samples.made(derivatives, Recipe.THUMBNAIL, first);
            Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(86_400)));
            for (int i = 1; i < 12; i++) {
                Samples.made(derivatives, Recipe.THUMBNAIL, picture(i, 300, 300));
                assertTrue(derivatives.bytes() <= 200_000, derivatives.bytes() + " bytes");
            }
            assertFalse(Files.exists(old));
            assertTrue(derivatives.bytes() > 50_000, derivatives.bytes() + " bytes: more went than had to");
            // and is made again for whoever asks
            Samples.made(derivatives, Recipe.THUMBNAIL, first);
        }
    }

    @Test
    void nothingIsLeftOfWhatIsRemoved() throws Exception {
        try (var derivatives = open(1, 4, 1 << 30)) {
            var file = picture(3, 1200, 700);
            Samples.made(derivatives, Recipe.THUMBNAIL, file);
            Samples.made(derivatives, Recipe.TILES, file);
            Samples.technical(derivatives, file);
            assertTrue(derivatives.bytes() > 0);
            derivatives.remove(Samples.sha512(file));
            assertEquals(0, derivatives.bytes());
            for (var recipe : Recipe.values())
                assertTrue(derivatives.there(Samples.sha512(file), recipe).isEmpty());
        }
    }

    @Test
    void againMakesWhatIsThere() throws Exception {
        var file = picture(4, 100, 100);
        try (var derivatives = open(1, 4, 1 << 30)) {
            var first = (Derived.Made) Samples.of(derivatives, Recipe.THUMBNAIL, file);
            Files.write(first.path(), new byte[] {1});
            var kept = derivatives.all(Samples.sha512(file), Set.of(Recipe.THUMBNAIL), false, Samples.opened(file));
            assertEquals(1, Files.size(((Derived.Made) kept.get(Recipe.THUMBNAIL)).path()));
            var made = derivatives.all(Samples.sha512(file), EnumSet.allOf(Recipe.class), true, Samples.opened(file));
            assertEquals(first, made.get(Recipe.THUMBNAIL));
            assertEquals(first.size(), Files.size(first.path()));
            assertInstanceOf(Derived.Unsuited.class, made.get(Recipe.PEAKS));
        }
    }

    @Test
    void aDigestThatIsNoneReachesNoFolder() throws Exception {
        try (var derivatives = open(1, 4, 1 << 30)) {
            assertThrows(IllegalArgumentException.class, () -> derivatives.there("../../etc", Recipe.THUMBNAIL));
        }
    }

    /** IIIF Image API 3.0: the regions and sizes that a viewer reckons from width, height, tiles and sizes are files. */
    @Test
    void everyTileThatTheFactsPromiseIsThere() throws Exception {
        try (var derivatives = open(1, 4, 1 << 30)) {
            var file = picture(5, 1300, 1100);
            var tiles = Samples.made(derivatives, Recipe.TILES, file);
            var facts = ItemJson.MAPPER.readTree(Files.readAllBytes(tiles.resolve("facts.json")));
            int width = facts.path("width").asInt();
            int height = facts.path("height").asInt();
            assertEquals(1300, width);
            assertEquals(1100, height);
            int looked = 0;
            assertTrue(Files.exists(tiles.resolve("full/max/0/default.jpg")));
            for (var size : facts.path("sizes")) {
                var whole = tiles.resolve("full/" + size.path("width").asInt() + ","
                        + size.path("height").asInt() + "/0/default.jpg");
                var image = ImageIO.read(whole.toFile());
                assertEquals(size.path("width").asInt(), image.getWidth());
                assertEquals(size.path("height").asInt(), image.getHeight());
            }
            assertTrue(facts.path("sizes").size() >= 1);
            int side = facts.path("tiles").path(0).path("width").asInt();
            assertEquals(512, side);
            for (var factor : facts.path("tiles").path(0).path("scaleFactors")) {
                int scale = factor.asInt();
                // Implementation note "tile region parameter calculation" of the specification
                for (int y = 0; y < height; y += side * scale)
                    for (int x = 0; x < width; x += side * scale) {
                        int w = Math.min(side * scale, width - x);
                        int h = Math.min(side * scale, height - y);
                        int tw = (w + scale - 1) / scale;
                        int th = (h + scale - 1) / scale;
                        var region = w == width && h == height ? "full" : x + "," + y + "," + w + "," + h;
                        var image = ImageIO.read(tiles.resolve(region + "/" + tw + "," + th + "/0/default.jpg")
                                .toFile());
                        assertEquals(tw, image.getWidth(), region);
                        assertEquals(th, image.getHeight(), region);
                        looked++;
                    }
            }
            assertEquals(9 + 4 + 1, looked);
        }
    }
}
