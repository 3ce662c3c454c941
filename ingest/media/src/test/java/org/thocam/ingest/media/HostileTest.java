package org.thocam.ingest.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not what they say, or are made to hang, to swell or to reach out: a state and a reason, and nothing left behind. */
class HostileTest {
    @TempDir
    private Path folder;

    private Derivatives derivatives;

    @BeforeEach
    void open() throws IOException {
        derivatives = Derivatives.open(Samples.settings(folder));
    }

    @AfterEach
    void closeAndLookForLeftovers() throws Exception {
        derivatives.close();
        try (var left = Files.list(folder.resolve("run"))) {
            assertEquals(List.of(), left.toList(), "files of the work left behind");
        }
        assertEquals(List.of(), ofOurs(), "processes left behind");
    }

    /** Processes whose command line names the folder of this test's work. */
    private List<String> ofOurs() throws InterruptedException {
        // a killed process is gone from the table a moment after
        for (int tries = 0; tries < 50; tries++) {
            if (seen().isEmpty()) return List.of();
            Thread.sleep(100);
        }
        return seen();
    }

    private List<String> seen() {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(folder.resolve("run").toString()))
                .toList();
    }

    private Path png(int width, int height) throws IOException {
        var chunk = new ByteArrayOutputStream();
        var ihdr = new DataOutputStream(chunk);
        ihdr.writeBytes("IHDR");
        ihdr.writeInt(width);
        ihdr.writeInt(height);
        ihdr.write(new byte[] {8, 2, 0, 0, 0});
        var crc = new CRC32();
        crc.update(chunk.toByteArray());
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        out.writeInt(13);
        out.write(chunk.toByteArray());
        out.writeInt((int) crc.getValue());
        out.writeInt(1000);
        out.writeBytes("IDAT");
        out.write(new byte[100]);
        return Files.write(folder.resolve("vast.png"), bytes.toByteArray());
    }

    private Path jpeg() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.write(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xC0});
        out.writeShort(17);
        out.writeByte(8);
        out.writeShort(65_535);
        out.writeShort(65_535);
        out.writeByte(3);
        out.write(new byte[] {1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0});
        out.write(new byte[] {(byte) 0xFF, (byte) 0xDA});
        out.writeShort(12);
        out.write(new byte[] {3, 1, 0, 2, 0, 3, 0, 0, 63, 0});
        out.write(new byte[200]);
        return Files.write(folder.resolve("vast.jpg"), bytes.toByteArray());
    }

    @Test
    void aClaimOf65535SquareIsRefusedBeforeAPixelIsRead() throws Exception {
        for (var file : List.of(png(65_535, 65_535), jpeg())) {
            for (var recipe : List.of(Recipe.THUMBNAIL, Recipe.TILES)) {
                var failed = Samples.failed(derivatives, recipe, file);
                assertEquals(State.TOO_LARGE, failed.state(), failed.reason());
                assertTrue(failed.reason().contains("65535 by 65535"), failed.reason());
            }
            // what it says of itself is known all the same
            assertEquals(65_535, ((Technical.Picture) Samples.technical(derivatives, file)).width());
        }
    }

    @Test
    void aLoopInExifEndsWithStateAndReason() throws Exception {
        var file = Samples.given("image-broken/exif-loop.bin");
        var quick = Samples.settings(folder);
        derivatives.close();
        derivatives = Derivatives.open(new Derivatives.Settings(
                quick.folder(),
                quick.work(),
                2,
                4,
                1 << 30,
                quick.programs(),
                Limits.USUAL.within(Duration.ofSeconds(5))));
        var failed = Samples.failed(derivatives, Recipe.THUMBNAIL, file);
        assertFalse(failed.reason().isBlank());
        // the picture after it is read
        Samples.made(derivatives, Recipe.THUMBNAIL, Samples.given("image/WangJPEG.tif"));
    }

    @Test
    void brokenTiffsHaveAStateAndOthersAreStillRead() throws Exception {
        for (var name : List.of("noeof.tif", "value-beyond-eof.tif")) {
            var file = Samples.given("image-broken/" + name);
            var derived = Samples.of(derivatives, Recipe.THUMBNAIL, file);
            if (derived instanceof Derived.Failed failed)
                assertFalse(failed.reason().isBlank(), name);
            else assertInstanceOf(Derived.Made.class, derived, name);
        }
        Samples.made(derivatives, Recipe.THUMBNAIL, Samples.given("image/WangJPEG.tif"));
    }

    @Test
    void aFailureIsNotedAndNotTriedAgain() throws Exception {
        var file = png(65_535, 65_535);
        var first = Samples.failed(derivatives, Recipe.THUMBNAIL, file);
        var second = derivatives.of(Samples.sha512(file), Recipe.THUMBNAIL, () -> {
            throw new AssertionError("the original was asked for again");
        });
        assertEquals(first, second);
    }

    /** One that hangs is killed with its group; the next picture gets another child. */
    @Test
    void aChildThatHangsIsKilledWithAllItStarted() throws Exception {
        var programs = Samples.programs();
        var hanging = Files.writeString(
                folder.resolve("ffprobe"), "#!/bin/sh\nsleep 600 &\nsleep 600 " + folder.resolve("run") + "\n");
        assertTrue(hanging.toFile().setExecutable(true));
        var settings = Samples.settings(folder);
        derivatives.close();
        derivatives = Derivatives.open(new Derivatives.Settings(
                settings.folder(),
                settings.work(),
                1,
                4,
                1 << 30,
                new Programs(
                        java.util.Optional.of(hanging),
                        java.util.Optional.of(hanging),
                        programs.java(),
                        programs.pictureJars()),
                Limits.USUAL.within(Duration.ofSeconds(1))));
        var file = Files.write(folder.resolve("some.bin"), new byte[] {1, 2, 3});
        var before = sleeping();
        assertEquals(
                State.TOO_SLOW,
                Samples.failed(derivatives, Recipe.TECHNICAL, file).state());
        for (int tries = 0; tries < 50 && sleeping() > before; tries++) Thread.sleep(100);
        assertEquals(before, sleeping(), "what the child started in the background");
    }

    private static long sleeping() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").endsWith("sleep 600"))
                .count();
    }

    @Test
    void aTextNamedMp4IsBroken() throws Exception {
        Samples.wants("ffprobe");
        var file = Files.writeString(folder.resolve("film.mp4"), "Đây là một bài thơ, không phải phim.\n".repeat(50));
        for (var recipe : List.of(Recipe.TECHNICAL, Recipe.POSTER, Recipe.ACCESS_WEBM)) {
            var failed = Samples.failed(derivatives, recipe, file);
            assertEquals(State.BROKEN, failed.state());
            assertFalse(failed.reason().contains(folder.toString()), failed.reason());
        }
    }

    @Test
    void aFilmCutShortIsBrokenOrCopiedAsFarAsItGoes() throws Exception {
        var whole = Samples.ffmpeg(
                folder,
                "whole.mp4",
                "-f",
                "lavfi",
                "-i",
                "testsrc=duration=3:size=160x120",
                "-c:v",
                "mpeg4",
                "-movflags",
                "+faststart");
        var bytes = Files.readAllBytes(whole);
        var half = Files.write(folder.resolve("half.mp4"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertInstanceOf(Technical.Film.class, Samples.technical(derivatives, half));
        Samples.made(derivatives, Recipe.POSTER, half);
        var headless = Files.write(
                folder.resolve("headless.mp4"), java.util.Arrays.copyOfRange(bytes, bytes.length / 2, bytes.length));
        assertEquals(
                State.BROKEN,
                Samples.failed(derivatives, Recipe.TECHNICAL, headless).state());
    }

    @Test
    void aFilmOfNoLengthHasAState() throws Exception {
        var film = Samples.ffmpeg(
                folder, "none.mkv", "-f", "lavfi", "-i", "testsrc=duration=1:size=160x120", "-t", "0", "-c:v", "mpeg4");
        var technical = Samples.of(derivatives, Recipe.TECHNICAL, film);
        if (technical instanceof Derived.Made made)
            assertTrue(((Technical.Film) Derivatives.technical(made))
                    .container()
                    .durationMillis()
                    .isEmpty());
        var poster = Samples.failed(derivatives, Recipe.POSTER, film);
        assertTrue(poster.state() == State.EMPTY || poster.state() == State.BROKEN, poster.toString());
        var copy = Samples.failed(derivatives, Recipe.ACCESS_WEBM, film);
        assertFalse(copy.reason().isBlank());
    }

    /** Playlists name other files: one beside them that is secret, and a server that hears of every request. */
    @Test
    void aPlaylistFetchesNothing() throws Exception {
        Samples.wants("ffprobe");
        var asked = new AtomicInteger();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/a.ts";
            var secret = Samples.ffmpeg(folder, "secret.ts", "-f", "lavfi", "-i", "sine=duration=1", "-f", "mpegts");
            var texts = List.of(
                    "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n" + url + "\n#EXT-X-ENDLIST\n",
                    "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n" + secret.toUri() + "\n#EXT-X-ENDLIST\n",
                    "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10,\nconcat:" + url + "|" + secret + "\n",
                    "ffconcat version 1.0\nfile '" + secret + "'\n",
                    "ffconcat version 1.0\nfile '" + url + "'\n",
                    "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\"><Period><AdaptationSet><Representation id=\"1\" bandwidth=\"1\"><BaseURL>"
                            + url + "</BaseURL></Representation></AdaptationSet></Period></MPD>",
                    "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n");
            for (int i = 0; i < texts.size(); i++) {
                var list = Files.write(
                        folder.resolve("list-" + i + ".m3u8"), texts.get(i).getBytes(StandardCharsets.UTF_8));
                for (var recipe : List.of(Recipe.TECHNICAL, Recipe.PEAKS, Recipe.ACCESS_MP3)) {
                    var failed = Samples.failed(derivatives, recipe, list);
                    assertEquals(State.BROKEN, failed.state(), texts.get(i));
                }
            }
            assertEquals(0, asked.get(), "requests that went out");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void bytesThatAreNotThoseOfTheDigestMakeNothing() throws Exception {
        var file = png(10, 10);
        var fault = org.junit.jupiter.api.Assertions.assertThrows(
                IOException.class, () -> derivatives.of("0".repeat(128), Recipe.THUMBNAIL, Samples.opened(file)));
        assertTrue(fault.getMessage().contains("damaged"), fault.getMessage());
        assertTrue(derivatives.there("0".repeat(128), Recipe.THUMBNAIL).isEmpty());
    }
}
