package org.thocam.ingest.media;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class TechnicalTest {
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

    /** What ffprobe 5.1 and exiftool 12.57 say; a column that is empty says nothing. */
    @Test
    void everyFileOfTheTableIsDescribedAsOtherProgramsDescribeIt() throws Exception {
        Samples.wants("ffprobe");
        var table = Files.readAllLines(Samples.given("EXPECTED_MEDIA.tsv"));
        var columns = table.get(0).split("\t", -1);
        var checks = new ArrayList<Executable>();
        for (var line : table.subList(1, table.size())) {
            var cells = line.split("\t", -1);
            var row = new HashMap<String, String>();
            for (int i = 0; i < columns.length; i++) row.put(columns[i], cells[i]);
            var said = said(Samples.technical(derivatives, Samples.given(row.get("file"))));
            row.forEach((column, expected) -> {
                if (!expected.isEmpty() && !column.equals("file"))
                    checks.add(() -> assertEquals(expected, said.get(column), row.get("file") + " " + column));
            });
        }
        assertTrue(checks.size() > 140, checks.size() + " values");
        assertAll(checks);
    }

    private static Map<String, String> said(Technical technical) {
        var said = new HashMap<String, String>();
        if (technical instanceof Technical.Picture picture) {
            said.put("kind", "image");
            said.put("format", picture.format());
            // exiftool: the photometric interpretation of a TIFF, the components of a JPEG
            var colour = picture.format().equals("TIFF") ? picture.photometric() : picture.components();
            said.put("video_codec_or_colour", text(colour));
            said.put(
                    "audio_codec_or_bits",
                    picture.bits().stream().map(String::valueOf).collect(Collectors.joining(" ")));
            said.put("width", String.valueOf(picture.width()));
            said.put("height", String.valueOf(picture.height()));
            said.put("rotation_or_orientation", String.valueOf(picture.orientation()));
            return said;
        }
        Technical.Container container;
        if (technical instanceof Technical.Film film) {
            container = film.container();
            said.put("kind", "video");
            said.put("video_codec_or_colour", film.film().codec());
            said.put("width", String.valueOf(film.film().width()));
            said.put("height", String.valueOf(film.film().height()));
            said.put("rotation_or_orientation", String.valueOf(film.film().rotation()));
            said.put("avg_frame_rate", film.film().averageRate());
            said.put("r_frame_rate", film.film().realRate());
            said.put("sample_aspect", film.film().sampleAspect());
            sound(said, film.sounds().get(0));
        } else {
            var sound = (Technical.Sound) technical;
            container = sound.container();
            said.put("kind", "audio");
            sound(said, sound.sounds().get(0));
        }
        said.put("format", container.format());
        said.put("duration_ms", text(container.durationMillis()));
        container
                .startMicros()
                .ifPresent(micros -> said.put(
                        "start_s", new BigDecimal(micros).movePointLeft(6).toPlainString()));
        return said;
    }

    private static void sound(Map<String, String> said, Technical.SoundTrack track) {
        said.put("audio_codec_or_bits", track.codec());
        said.put("sample_rate", text(track.sampleRate()));
        said.put("channels", text(track.channels()));
    }

    private static String text(OptionalInt value) {
        return value.isPresent() ? String.valueOf(value.getAsInt()) : "";
    }

    private static String text(OptionalLong value) {
        return value.isPresent() ? String.valueOf(value.getAsLong()) : "";
    }

    @Test
    void whatIsWrittenAsJsonIsReadAgain() throws Exception {
        Samples.wants("ffprobe");
        for (var name : new String[] {
            "video/rotated_270.mp4", "audio/sine_24bit.wav", "image/WangJPEG.tif", "image/gray_16bit.tif"
        }) {
            var technical = Samples.technical(derivatives, Samples.given(name));
            assertEquals(technical, Technical.of(technical.json()), name);
        }
    }

    @Test
    void withoutFfprobeAWavIsReadByItsHeaderAndSaysSo() throws Exception {
        var bare = Samples.settings(folder.resolve("bare"));
        try (var without = Derivatives.open(new Derivatives.Settings(
                bare.folder(), bare.work(), 1, 4, 1 << 20, Samples.without(bare.programs()), Limits.USUAL))) {
            var wav = Samples.technical(without, Samples.given("audio/sine_24bit.wav"));
            assertEquals("header", wav.source());
            var sound = assertInstanceOf(Technical.Sound.class, wav);
            assertEquals(OptionalLong.of(1000), sound.container().durationMillis());
            assertEquals(OptionalInt.of(24), sound.sounds().get(0).bits());
            assertEquals(OptionalInt.of(44100), sound.sounds().get(0).sampleRate());
            // and again with ffprobe, which says more, once it is there
            Samples.wants("ffprobe");
            try (var with = Derivatives.open(new Derivatives.Settings(
                    bare.folder(), folder.resolve("other"), 1, 4, 1 << 20, bare.programs(), Limits.USUAL))) {
                assertEquals(
                        "ffprobe",
                        Samples.technical(with, Samples.given("audio/sine_24bit.wav"))
                                .source());
            }
            var film = Samples.of(without, Recipe.TECHNICAL, Samples.given("video/rotated_270.mp4"));
            assertEquals(new Derived.Lacking("ffprobe"), film);
            assertTrue(
                    Samples.of(without, Recipe.THUMBNAIL, Samples.given("image/WangJPEG.tif")) instanceof Derived.Made);
        }
    }

    @Test
    void aTransportStreamBeginsWhereItSays() throws Exception {
        var stream = Samples.ffmpeg(
                folder,
                "stream.ts",
                "-f",
                "lavfi",
                "-i",
                "sine=frequency=440:duration=2",
                "-c:a",
                "mp2",
                "-f",
                "mpegts");
        var sound = assertInstanceOf(Technical.Sound.class, Samples.technical(derivatives, stream));
        assertEquals(OptionalLong.of(1_400_000), sound.container().startMicros());
    }

    @Test
    void theCoverOfARecordIsNoFilm() throws Exception {
        Samples.ffmpeg(folder, "cover.jpg", "-f", "lavfi", "-i", "color=red:size=64x64", "-frames:v", "1");
        Samples.ffmpeg(folder, "song.wav", "-f", "lavfi", "-i", "sine=duration=1");
        var song = Samples.ffmpeg(
                folder,
                "song.mp3",
                "-i",
                "song.wav",
                "-i",
                "cover.jpg",
                "-map",
                "0:a",
                "-map",
                "1:v",
                "-c:v",
                "mjpeg",
                "-disposition:v",
                "attached_pic");
        assertInstanceOf(Technical.Sound.class, Samples.technical(derivatives, song));
    }

    @Test
    void aFilmThatSaysNoLengthIsCounted() throws Exception {
        var film = Samples.ffmpeg(
                folder,
                "live.webm",
                "-f",
                "lavfi",
                "-i",
                "testsrc=duration=3:size=160x120:rate=10",
                "-c:v",
                "libvpx",
                "-live",
                "1",
                "-f",
                "webm");
        var said = assertInstanceOf(Technical.Film.class, Samples.technical(derivatives, film))
                .container();
        assertTrue(said.counted());
        assertTrue(Math.abs(said.durationMillis().orElse(0) - 3000) <= 100, said.toString());
    }
}
