package org.thocam.ingest.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ontology.ItemJson;

/** Sound and film that espeak-ng and ffmpeg make, and those of other people. */
class RecordingsTest {
    @TempDir
    private Path folder;

    private Derivatives derivatives;

    @BeforeEach
    void open() throws IOException {
        Samples.wants("ffmpeg");
        Samples.wants("ffprobe");
        derivatives = Derivatives.open(Samples.settings(folder));
    }

    @AfterEach
    void close() {
        derivatives.close();
    }

    private Path spoken() throws Exception {
        Samples.run(folder, "espeak-ng", "-v", "vi", "-w", "spoken.wav", "Xin chào, đây là bài thử về thời gian");
        return folder.resolve("spoken.wav");
    }

    private static short[] decoded(Path file) throws Exception {
        var process = new ProcessBuilder(
                        "ffmpeg", "-v", "error", "-i", file.toString(), "-f", "s16le", "-ac", "1", "-ar", "8000", "-")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var bytes = process.getInputStream().readAllBytes();
        assertEquals(0, process.waitFor());
        var samples = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }

    /** By how many milliseconds a copy is late: where the two lie on each other best. */
    private static double shift(short[] original, short[] copy) {
        int most = 8 * 150;
        double best = Double.NEGATIVE_INFINITY;
        int at = 0;
        for (int lag = -most; lag <= most; lag++) {
            double sum = 0;
            for (int i = Math.max(0, -lag); i < original.length && i + lag < copy.length; i++)
                sum += (double) original[i] * copy[i + lag];
            if (sum > best) {
                best = sum;
                at = lag;
            }
        }
        return at / 8.0;
    }

    /** Heard through a player that keeps to what the file says of its codec's delay, as ffmpeg and the browsers do. */
    @Test
    void accessCopiesOfSoundAreNotShifted() throws Exception {
        var original = spoken();
        var heard = decoded(original);
        for (var recipe : List.of(Recipe.ACCESS_WEBM, Recipe.ACCESS_MP3)) {
            var copy = Samples.made(derivatives, recipe, original);
            assertEquals(0, shift(heard, decoded(copy)), 1.0, recipe.word());
        }
        var webm = (Derived.Made) Samples.of(derivatives, Recipe.ACCESS_WEBM, original);
        assertEquals("audio/webm", webm.mediaType());
        assertEquals(
                "opus",
                ((Technical.Sound) Samples.technical(derivatives, webm.path()))
                        .sounds()
                        .get(0)
                        .codec());
    }

    /** One whose clock begins at 1.4 s has copies that begin at 0: what is heard at t in the original is heard at t less its start. */
    @Test
    void aCopyOfATransportStreamBeginsAtZero() throws Exception {
        spoken();
        var stream = Samples.ffmpeg(folder, "spoken.ts", "-i", "spoken.wav", "-c:a", "mp2", "-f", "mpegts");
        var copy = Samples.made(derivatives, Recipe.ACCESS_WEBM, stream);
        assertEquals(0, shift(decoded(stream), decoded(copy)), 1.0);
        var start = ((Technical.Sound) Samples.technical(derivatives, copy))
                .container()
                .startMicros()
                .orElse(0);
        assertTrue(Math.abs(start) < 10_000, "starts at " + start + " µs");
    }

    /** What ffmpeg's decoder notes as trimmed is in the bytes: a player that does not know the note is late by this. */
    @Test
    void theDelayOfMp3StandsInItsHeader() throws Exception {
        var copy = Samples.made(derivatives, Recipe.ACCESS_MP3, spoken());
        var start = ((Technical.Sound) Samples.technical(derivatives, copy))
                .container()
                .startMicros()
                .orElse(0);
        assertTrue(start > 20_000 && start < 70_000, "starts at " + start + " µs");
    }

    @Test
    void peaksAreThoseOfTheSamples() throws Exception {
        var wav = Samples.ffmpeg(
                folder,
                "ramp.wav",
                "-f",
                "lavfi",
                "-i",
                "aevalsrc='if(lt(t,1),0,0.5*sin(2*PI*440*t))':duration=2:sample_rate=44100",
                "-c:a",
                "pcm_s16le");
        var json = ItemJson.MAPPER.readTree(Files.readAllBytes(Samples.made(derivatives, Recipe.PEAKS, wav)));
        assertEquals(2, json.path("version").asInt());
        assertEquals(1, json.path("channels").asInt());
        assertEquals(8, json.path("bits").asInt());
        assertEquals(44100, json.path("sample_rate").asInt());
        assertEquals(256, json.path("samples_per_pixel").asInt());
        int length = json.path("length").asInt();
        assertEquals((88200 + 255) / 256, length);
        assertEquals(2 * length, json.path("data").size());
        assertEquals(0, json.path("data").path(20).asInt());
        assertEquals(-64, json.path("data").path(2 * 300).asInt(), 1);
        assertEquals(64, json.path("data").path(2 * 300 + 1).asInt(), 1);
    }

    /** Whatever the length, at most 20,000 pixels, and the loudest moment is still in them. */
    @Test
    void peaksOfALongRecordingAreCoarser() throws Exception {
        int samples = 256 * Peaks.MOST * 5 + 77;
        var pcm = new byte[2 * samples];
        int loud = 12_345_678;
        pcm[2 * loud + 1] = 100;
        var peaks = new Peaks();
        // in pieces of odd length, as a pipe gives them
        peaks.take(new ByteArrayInputStream(pcm) {
            @Override
            public synchronized int read(byte[] b, int off, int len) {
                return super.read(b, off, Math.min(len, 4097));
            }
        });
        var out = new ByteArrayOutputStream();
        peaks.write(44100, out);
        var json = ItemJson.MAPPER.readTree(out.toByteArray());
        int each = json.path("samples_per_pixel").asInt();
        assertEquals(256 * 8, each);
        assertEquals((samples + each - 1) / each, json.path("length").asInt());
        assertEquals(2 * json.path("length").asInt(), json.path("data").size());
        assertEquals(100, json.path("data").path(2 * (loud / each) + 1).asInt());
    }

    @Test
    void realSoundHasPeaksAndCopies() throws Exception {
        for (var name : List.of(
                "audio/sine_24bit.wav",
                "session/mary/mary.wav",
                "session/EdoloSample/Sessions/ETR009/ETR009_Careful.mp3")) {
            var file = Samples.given(name);
            var all = derivatives.all(
                    Samples.sha512(file),
                    Set.of(Recipe.TECHNICAL, Recipe.PEAKS, Recipe.ACCESS_WEBM, Recipe.ACCESS_MP3),
                    false,
                    Samples.opened(file));
            all.forEach((recipe, made) -> assertInstanceOf(Derived.Made.class, made, name + " " + recipe));
        }
    }

    /** The clear part is red above and blue below, as it is seen; the first tenth and more is black. */
    @Test
    void thePosterOfATurnedFilmIsUprightAndNotBlack() throws Exception {
        Samples.ffmpeg(
                folder,
                "lying.mp4",
                "-f",
                "lavfi",
                "-i",
                "color=black:size=320x240:rate=10:duration=2",
                "-f",
                "lavfi",
                "-i",
                "color=blue:size=320x240:rate=10:duration=3",
                "-f",
                "lavfi",
                "-i",
                "color=red:size=160x240:rate=10:duration=3",
                "-filter_complex",
                "[1:v][2:v]overlay=x=160[half];[0:v][half]concat=n=2:v=1",
                "-pix_fmt",
                "yuv420p",
                "-c:v",
                "mpeg4");
        var film =
                Samples.ffmpeg(folder, "turned.mp4", "-i", "lying.mp4", "-c", "copy", "-metadata:s:v:0", "rotate=90");
        var technical = assertInstanceOf(Technical.Film.class, Samples.technical(derivatives, film));
        assertEquals(90, Math.abs(technical.film().rotation()));
        var poster = ImageIO.read(Samples.made(derivatives, Recipe.POSTER, film).toFile());
        assertEquals(240, poster.getWidth());
        assertEquals(320, poster.getHeight());
        var above = new Color(poster.getRGB(120, 60));
        var below = new Color(poster.getRGB(120, 260));
        // which of the two is above is what ffmpeg's own player shows
        var shown = Samples.ffmpeg(folder, "shown.png", "-ss", "3", "-i", "turned.mp4", "-frames:v", "1");
        var frame = ImageIO.read(shown.toFile());
        assertEquals(240, frame.getWidth());
        assertEquals(new Color(frame.getRGB(120, 60)).getRed() > 128, above.getRed() > 128);
        assertTrue(above.getRed() > 150 != below.getRed() > 150, above + " " + below);
        assertTrue(above.getBlue() > 150 != below.getBlue() > 150, above + " " + below);
    }

    @Test
    void realFilmsHavePosterPeaksAndAccessCopy() throws Exception {
        for (var name : List.of(
                "video/rotated_270.mp4",
                "video/variable_frame_rate.mp4",
                "session/EdoloSample/Sessions/ETR009/ETR009_Tiny.mp4")) {
            var file = Samples.given(name);
            var original = (Technical.Film) Samples.technical(derivatives, file);
            var poster =
                    ImageIO.read(Samples.made(derivatives, Recipe.POSTER, file).toFile());
            boolean turned = Math.abs(original.film().rotation()) == 90;
            assertEquals(turned, poster.getHeight() > poster.getWidth(), name);
            Samples.made(derivatives, Recipe.PEAKS, file);
            var copy = (Derived.Made) Samples.of(derivatives, Recipe.ACCESS_WEBM, file);
            assertEquals("video/webm", copy.mediaType());
            var film = assertInstanceOf(Technical.Film.class, Samples.technical(derivatives, copy.path()));
            assertEquals("vp8", film.film().codec());
            assertEquals(0, film.film().rotation());
            assertEquals(
                    original.container().durationMillis().orElse(0),
                    film.container().durationMillis().orElse(0),
                    120,
                    name);
            // the pixels of the second are 12 by 11: the copy's are square
            if (name.endsWith("Tiny.mp4")) assertEquals(192, film.film().width(), 2);
            assertEquals(0, shift(decoded(file), decoded(copy.path())), 1, name);
            assertInstanceOf(Derived.Unsuited.class, Samples.of(derivatives, Recipe.ACCESS_MP3, file));
            assertInstanceOf(Derived.Unsuited.class, Samples.of(derivatives, Recipe.THUMBNAIL, file));
        }
    }

    @Test
    void aFilmWithoutSoundHasNoPeaks() throws Exception {
        var film = Samples.ffmpeg(
                folder, "mute.mp4", "-f", "lavfi", "-i", "testsrc=duration=1:size=64x64", "-c:v", "mpeg4");
        assertInstanceOf(Derived.Unsuited.class, Samples.of(derivatives, Recipe.PEAKS, film));
        Samples.made(derivatives, Recipe.ACCESS_WEBM, film);
    }
}
