package org.thocam.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.api.access.Role;
import org.thocam.ingest.media.Programs;
import org.thocam.ontology.Submission;

/** The doors of media and derivatives, before real children that make them. */
class MediaTest {
    private static final String AT = "/api/v1/items/song";

    @TempDir
    private Path dir;

    private Running running;

    @BeforeEach
    void start() throws IOException {
        var photo = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 640; x++) for (int y = 0; y < 480; y++) photo.setRGB(x, y, x * 3 << 8 | y / 2);
        ImageIO.write(photo, "png", dir.resolve("photo.png").toFile());
        var samples = new byte[32_000];
        for (int i = 0; i < 16_000; i++) samples[2 * i + 1] = (byte) (60 * Math.sin(i / 5.0));
        AudioSystem.write(
                new AudioInputStream(
                        new ByteArrayInputStream(samples), new AudioFormat(16_000, 16, 1, true, false), 16_000),
                AudioFileFormat.Type.WAVE,
                dir.resolve("song.wav").toFile());
        Files.writeString(dir.resolve("notes.txt"), "lời bài hát");
        Files.writeString(dir.resolve("broken.png"), "no picture at all");
        running = new Running(dir.resolve("home"));
        take("song", "\"public\"");
    }

    @AfterEach
    void stop() {
        running.close();
    }

    private void take(String id, String access) {
        running.library.take(
                "{\"id\":\"" + id + "\",\"title\":\"Bài hát\""
                        + (access.equals("\"public\"") ? "" : ",\"access\":" + access) + "}",
                upload("ảnh.png", "photo.png"),
                upload("sound/song.wav", "song.wav"),
                upload("broken.png", "broken.png"),
                upload("notes.txt", "notes.txt"));
    }

    private Submission.Upload upload(String name, String file) {
        return new Submission.Upload(name, dir.resolve(file));
    }

    private static boolean installed(String program) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private HttpResponse<byte[]> bytes(String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(running.base() + path));
        if (headers.length > 0) request.headers(headers);
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static JsonNode file(JsonNode media, String name) {
        for (var one : media.path("items")) if (one.path("file").asText().equals(name)) return one;
        throw new AssertionError("no " + name + " in " + media);
    }

    @Test
    void severalRangesOfADerivativeCome() {
        var path = AT + "/derivatives/thumbnail/%E1%BA%A3nh.png";
        var whole = running.bytes(path).body();
        var parts = running.bytes(path, "Range", "bytes=0-1,4-5");
        assertEquals(206, parts.statusCode());
        assertTrue(Running.header(parts, "Content-Type").startsWith("multipart/byteranges; boundary="));
        var text = new String(parts.body(), StandardCharsets.ISO_8859_1);
        assertEquals(Integer.toString(parts.body().length), Running.header(parts, "Content-Length"));
        for (int from : new int[] {0, 4}) {
            var head = "Content-Range: bytes " + from + "-" + (from + 1) + "/" + whole.length + "\r\n\r\n";
            int at = text.indexOf(head) + head.length();
            assertEquals((char) (whole[from] & 0xFF), text.charAt(at));
            assertEquals((char) (whole[from + 1] & 0xFF), text.charAt(at + 1));
        }
    }

    @Test
    void theFilesAreDescribedAndTheirDerivativesNamed() throws Exception {
        assumeTrue(installed("ffprobe"), "ffprobe is not installed");
        var media = Running.json(running.get(AT + "/media"));
        assertEquals(3, media.path("items").size(), media.toString());
        var photo = file(media, "ảnh.png");
        assertEquals("ok", photo.path("state").asText());
        assertEquals("header", photo.path("source").asText());
        assertEquals(640, photo.path("technical").path("width").asInt());
        var offered = photo.path("derivatives").path(0);
        assertEquals("thumbnail", offered.path("recipe").asText());
        assertEquals("not-made", offered.path("state").asText());
        assertEquals(
                AT + "/derivatives/thumbnail/%E1%BA%A3nh.png",
                offered.path("address").asText());
        var song = file(media, "sound/song.wav");
        assertEquals("ffprobe", song.path("source").asText());
        assertEquals(1000, song.path("technical").path("durationMillis").asInt());
        assertEquals(3, song.path("derivatives").size());
        var broken = file(media, "broken.png");
        assertEquals("broken", broken.path("state").asText());
        assertFalse(broken.path("reason").asText().isBlank());
        // each address that is named leads to what it says
        for (var one : song.path("derivatives"))
            assertEquals(200, running.get(one.path("address").asText()).statusCode(), one.toString());
        assertEquals(
                "ok",
                file(Running.json(running.get(AT + "/media")), "sound/song.wav")
                        .path("derivatives")
                        .path(0)
                        .path("state")
                        .asText());
    }

    @Test
    void aThumbnailComesWithATagRangesAndNoScripts() throws Exception {
        var path = AT + "/derivatives/thumbnail/%E1%BA%A3nh.png";
        var whole = bytes(path);
        assertEquals(200, whole.statusCode());
        assertEquals("image/jpeg", Running.header(whole, "Content-Type"));
        assertEquals(320, ImageIO.read(new ByteArrayInputStream(whole.body())).getWidth());
        var tag = Running.header(whole, "ETag");
        assertTrue(tag.matches("\"1-[0-9a-f]{32}\""), tag);
        assertEquals(String.valueOf(whole.body().length), Running.header(whole, "Content-Length"));
        assertTrue(Running.header(whole, "Content-Security-Policy").contains("sandbox"));
        assertEquals("Authorization", Running.header(whole, "Vary"));
        assertEquals(304, bytes(path, "If-None-Match", tag).statusCode());
        var part = bytes(path, "Range", "bytes=10-19");
        assertEquals(206, part.statusCode());
        assertEquals("bytes 10-19/" + whole.body().length, Running.header(part, "Content-Range"));
        assertTrue(Arrays.equals(Arrays.copyOfRange(whole.body(), 10, 20), part.body()));
        assertEquals(206, bytes(path, "Range", "bytes=-5", "If-Range", tag).statusCode());
        assertEquals(
                200, bytes(path, "Range", "bytes=-5", "If-Range", "\"other\"").statusCode());
        assertEquals(416, bytes(path, "Range", "bytes=9999999-").statusCode());
        var head = running.ask("HEAD", path, null);
        assertEquals(200, head.statusCode());
        assertEquals(String.valueOf(whole.body().length), Running.header(head, "Content-Length"));
    }

    @Test
    void soundHasPeaksAndCopiesThatABrowserCanSeekIn() throws Exception {
        assumeTrue(installed("ffmpeg"), "ffmpeg is not installed");
        var peaks = running.get(AT + "/derivatives/peaks/sound/song.wav");
        assertEquals("application/json", Running.header(peaks, "Content-Type"));
        assertEquals(2, Running.json(peaks).path("version").asInt());
        var webm = bytes(AT + "/derivatives/access/sound/song.wav");
        assertEquals("audio/webm", Running.header(webm, "Content-Type"));
        var mp3 = bytes(AT + "/derivatives/access/sound/song.wav?format=mp3", "Range", "bytes=0-1");
        assertEquals(206, mp3.statusCode());
        assertEquals("audio/mpeg", Running.header(mp3, "Content-Type"));
    }

    @Test
    void whatDoesNotFitIsNotThere() {
        for (var path : new String[] {
            "/derivatives/peaks/%E1%BA%A3nh.png",
            "/derivatives/poster/sound/song.wav",
            "/derivatives/thumbnail/notes.txt",
            "/derivatives/thumbnail/absent.png",
            "/derivatives/tiles/%E1%BA%A3nh.png",
            "/derivatives/technical/%E1%BA%A3nh.png",
            "/derivatives/access/sound/song.wav?format=ogg",
            "/derivatives/thumbnail/%E1%BA%A3nh.png?format=webm",
            "/derivatives/nothing/%E1%BA%A3nh.png"
        }) {
            if (path.contains("song.wav") && !installed("ffprobe")) continue;
            var response = running.get(AT + path);
            assertEquals(404, response.statusCode(), path + " " + response.body());
            assertEquals("application/problem+json", Running.header(response, "Content-Type"));
        }
    }

    @Test
    void aBrokenOriginalHasAStateAndAReason() {
        assumeTrue(installed("ffprobe"), "ffprobe is not installed");
        var response = running.get(AT + "/derivatives/thumbnail/broken.png");
        assertEquals(422, response.statusCode(), response.body());
        var problem = Running.json(response);
        assertEquals("broken", problem.path("state").asText());
        assertFalse(problem.path("reason").asText().isBlank());
        // the file itself is given all the same
        assertEquals(200, running.get(AT + "/files/broken.png").statusCode());
    }

    @Test
    void withoutFfmpegThePictureIsThereAndTheRestSaysWhatToInstall() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var jars = Path.of(System.getProperty("thocam.root", ".."), "ingest/media/target/lib-media/*");
        running.library.programs = Optional.of(new Programs(Optional.empty(), Optional.empty(), java, jars.toString()));
        assertEquals(
                200, running.get(AT + "/derivatives/thumbnail/%E1%BA%A3nh.png").statusCode());
        var response = running.get(AT + "/derivatives/peaks/sound/song.wav");
        assertEquals(503, response.statusCode(), response.body());
        assertEquals("ffmpeg", Running.json(response).path("program").asText());
        assertTrue(Running.json(response).path("detail").asText().contains("apt install ffmpeg"));
        var song = file(Running.json(running.get(AT + "/media")), "sound/song.wav");
        assertEquals("header", song.path("source").asText());
        assertEquals("ok", song.path("state").asText());
    }

    /** The same check as for the file: in the item, in its list, and for a version that was open once. */
    @Test
    void whoMayNotHaveTheFileHasNothingOfIt() {
        take("closed", "\"restricted\"");
        var paths = new String[] {
            "/api/v1/items/closed/media",
            "/api/v1/items/closed/derivatives/thumbnail/%E1%BA%A3nh.png",
            "/api/v1/items/closed/files/%E1%BA%A3nh.png"
        };
        for (var path : paths) {
            assertEquals(404, running.get(path).statusCode(), path);
            assertEquals(200, running.get(path, Role.ADMIN).statusCode(), path);
            // what is made is not open to others either
            assertEquals(404, running.get(path).statusCode(), path);
        }
    }
}
