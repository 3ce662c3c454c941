package org.thocam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ontology.ItemJson;

/** The verb derive against a home that serves, and what it leaves alone. */
class DeriveHomeTest {
    @TempDir
    private Path folder;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    private int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--home", folder.resolve("home").toString(), "--lang", "en"));
        return Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private Path inputs() throws IOException {
        var inputs = Files.createDirectories(folder.resolve("inputs"));
        var photo = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 640; x++) for (int y = 0; y < 480; y++) photo.setRGB(x, y, x << 8 | y / 2);
        ImageIO.write(photo, "png", inputs.resolve("photo.png").toFile());
        AudioSystem.write(
                new AudioInputStream(
                        new ByteArrayInputStream(new byte[32_000]),
                        new AudioFormat(16_000, 16, 1, true, false),
                        16_000),
                AudioFileFormat.Type.WAVE,
                inputs.resolve("song.wav").toFile());
        // a picture by its first bytes, and nothing behind them
        Files.write(inputs.resolve("broken.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0});
        Files.writeString(
                inputs.resolve("records.jsonl"),
                """
                {"id":"photo","title":{"vi":"Ảnh"},"files":["photo.png"]}
                {"id":"song","title":{"vi":"Bài hát"},"files":["song.wav"]}
                {"id":"broken","title":{"vi":"Hỏng"},"files":["broken.png"]}
                """);
        return inputs.resolve("records.jsonl");
    }

    private Set<String> derivatives() throws IOException {
        var root = folder.resolve("home/derivatives");
        if (Files.notExists(root)) return Set.of();
        try (var files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .filter(name -> !name.endsWith(".failed"))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void allIsMadeAndMadeAgainAndTheArchiveKnowsNothingOfIt() throws Exception {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(":"))
                        .anyMatch(bin -> Files.isExecutable(Path.of(bin, "ffprobe"))),
                "ffprobe is not installed");
        try (var running = RunningHome.start(folder.resolve("home"))) {
            running.ingest(inputs());
            running.caughtUp();
            long versions = running.engine().log().last();
            assertEquals(Exit.SOME_FAILED, run("derive", "--json"), err.toString());
            var summary = ItemJson.parse(out.toString());
            assertEquals(3, summary.path("files").asInt(), summary.toString());
            // two of the photograph, four of the song
            assertEquals(6, summary.path("made").asInt(), summary.toString());
            assertTrue(err.toString().contains("broken broken.png: no thumbnail: broken:"), err.toString());
            var made = derivatives();
            assertEquals(6, made.size(), made.toString());

            assertEquals(Exit.DONE, run("derive", "photo", "song", "--json"), err.toString());
            assertEquals(0, ItemJson.parse(out.toString()).path("made").asInt());
            assertEquals(Exit.DONE, run("derive", "photo", "--recipe", "thumbnail", "--again", "--json"));
            assertEquals(1, ItemJson.parse(out.toString()).path("made").asInt());
            assertEquals(Exit.NOT_FOUND, run("derive", "unknown"));
            assertEquals(Exit.USAGE, run("derive", "--recipe", "holograms"));

            // thrown away, it is made again, byte for byte where the programs are the same
            var thumbnails =
                    made.stream().filter(name -> name.contains("thumbnail")).collect(Collectors.toSet());
            try (var files = Files.walk(folder.resolve("home/derivatives"))) {
                for (var file : files.filter(Files::isRegularFile).toList()) Files.delete(file);
            }
            assertEquals(Exit.SOME_FAILED, run("derive"));
            assertEquals(6, derivatives().size());
            assertTrue(derivatives().containsAll(thumbnails));

            assertEquals(versions, running.engine().log().last(), "no derivative is a change of the archive");
            assertEquals(Exit.DONE, run("verify"), out.toString());
            var response = running.connection().get("/api/v1/items/song/media", java.util.Map.of());
            assertEquals(3, response.path("items").path(0).path("derivatives").size(), response.toString());
            for (var one : response.path("items").path(0).path("derivatives"))
                assertEquals("ok", one.path("state").asText(), one.toString());
        }
    }
}
