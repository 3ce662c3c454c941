package org.thocam.api;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import org.thocam.index.search.SegmentSource;
import org.thocam.ontology.Archive;
import org.thocam.ontology.Content;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Submission;
import org.thocam.ontology.Version;
import org.thocam.ontology.transcript.ArchivedTranscripts;
import org.thocam.ontology.transcript.Format;
import org.thocam.ontology.transcript.Medium;
import org.thocam.ontology.transcript.Region;
import org.thocam.ontology.transcript.Role;
import org.thocam.ontology.transcript.Segment;
import org.thocam.ontology.transcript.Span;
import org.thocam.ontology.transcript.Tier;
import org.thocam.ontology.transcript.Transcript;
import org.thocam.ontology.transcript.TranscriptLines;

/** Recordings with transcripts, and scans with their texts, in a library. */
final class Recorded {
    static final int SECONDS = 6;

    private Recorded() {}

    /** Two speakers in two orthographies and a translation, with a tier that some may not see. The recording begins half a second before. */
    static final Transcript TALK = new Transcript(
            Format.EAF,
            List.of(new Medium("talk.wav", "audio/x-wav", 500)),
            List.of(
                    tier("tx@Ama", Role.TRANSCRIPTION, null, "Ama", "blt-Tavt"),
                    tier("lat@Ama", Role.ORTHOGRAPHY, 0, "Ama", "blt-Latn"),
                    tier("ft@Ama", Role.TRANSLATION, 0, "Ama", "vi"),
                    tier("tx@Ba", Role.TRANSCRIPTION, null, "Ba", "blt-Tavt"),
                    tier("sacred", Role.NOTE, null, "", "vi")),
            List.of(
                    segment(0, 0, 1500, "ꪼꪕ ꪒꪾ", null),
                    segment(1, 0, 1500, "tày đăm & <b>", 0),
                    segment(2, 0, 1500, "người Thái Đen", 0),
                    segment(3, 1500, 3200, "ꪼꪕ ꪄꪱꪫ", null),
                    segment(4, 1500, 3200, "Bímật gia truyền", null),
                    new Segment(2, Optional.empty(), "không có thời gian", Optional.empty(), "a9")),
            List.of());

    static final Transcript PAGE = new Transcript(
            Format.EAF,
            List.of(),
            List.of(tier("page", Role.TRANSCRIPTION, null, "", "vi")),
            List.of(
                    line("dòng một", 0.1, 0.2, 0.5, 0.05),
                    line("dòng hai", 0.1, 0.3, 0.5, 0.05),
                    new Segment(0, Optional.empty(), "cả trang", Optional.empty(), "l", Optional.of(Region.of(1)))),
            List.of());

    static final String CONSENTS =
            """
            "consents":[
              {"person":"Ama","files":["talk.eaf"],"access":"open","pseudonym":"Speaker A"},
              {"person":"Làng Bản","files":["talk.eaf"],"tiers":["sacred"],"access":"restricted"}]""";

    private static Tier tier(String name, Role role, Integer parent, String speaker, String language) {
        return new Tier(name, role, Optional.ofNullable(parent), speaker, language, Map.of());
    }

    private static Segment segment(int tier, long start, long end, String text, Integer parent) {
        return new Segment(tier, Optional.of(new Span(start, end)), text, Optional.ofNullable(parent), "a1");
    }

    private static Segment line(String text, double x, double y, double width, double height) {
        return new Segment(
                0,
                Optional.empty(),
                text,
                Optional.empty(),
                "l",
                Optional.of(new Region(1, x, y, width, height, OptionalDouble.of(0.9))));
    }

    /** A tier of so many short passages. */
    static Transcript many(int passages) {
        var segments = new ArrayList<Segment>();
        for (int i = 0; i < passages; i++) segments.add(segment(0, i, i + 1, "w" + i, null));
        return new Transcript(
                Format.TEXTGRID, List.of(), List.of(tier("words", Role.OTHER, null, "", "")), segments, List.of());
    }

    /** Deposits a record with its files, and keeps segments beside some of them as the intake would. */
    static void put(
            Running running, Path dir, String record, Map<String, byte[]> files, Map<String, Transcript> segments) {
        try {
            var uploads = new ArrayList<Submission.Upload>();
            for (var file :
                    files.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList()) {
                var path = Files.createTempFile(dir, "file", ".bin");
                uploads.add(new Submission.Upload(file.getKey(), Files.write(path, file.getValue())));
            }
            var receipt = running.library.take(record, uploads.toArray(Submission.Upload[]::new));
            var archive = running.library.archive();
            var head = archive.head(receipt.id()).orElseThrow();
            var contents = new HashMap<String, Content>();
            for (var path : archive.paths(receipt.id(), head.version())) contents.put(path, new Content.Kept());
            for (var one : segments.entrySet()) {
                var bytes = new ByteArrayOutputStream();
                TranscriptLines.write(one.getValue(), bytes);
                contents.put(ArchivedTranscripts.path(one.getKey()), new Content.OfBytes(bytes.toByteArray()));
            }
            running.library
                    .intake()
                    .keep(head.holding(), contents, Optional.of(head.version()), "test")
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void putTalk(Running running, Path dir) {
        put(
                running,
                dir,
                "{\"id\":\"talk\",\"title\":{\"vi\":\"Chuyện\",\"blt-Tavt\":\"ꪼꪕ\"},\"language\":\"blt-Tavt\",\"type\":\"Sound\",\"rights\":\"CC-BY-4.0\","
                        + CONSENTS + "}",
                Map.of("talk.wav", wave(SECONDS), "talk.eaf", new byte[] {1}, "scan 1.png", picture(1300, 700)),
                Map.of("talk.eaf", TALK, "scan 1.png", PAGE));
    }

    /** Silence, 8,000 samples a second of one byte. */
    static byte[] wave(int seconds) {
        int bytes = seconds * 8000;
        var wave = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        wave.put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(36 + bytes)
                .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16);
        wave.putShort((short) 1).putShort((short) 1).putInt(8000).putInt(8000);
        wave.putShort((short) 1)
                .putShort((short) 8)
                .put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt(bytes);
        return wave.array();
    }

    /** Red on the left, blue on the right. */
    static byte[] picture(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setColor(Color.RED);
        pen.fillRect(0, 0, width / 2, height);
        pen.setColor(Color.BLUE);
        pen.fillRect(width / 2, 0, width, height);
        pen.dispose();
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** What the index reads them from. */
    record Source(Archive archive) implements SegmentSource {
        @Override
        public List<String> files(ItemId id, Version version) {
            return new ArchivedTranscripts(archive).files(id, version);
        }

        @Override
        public Transcript read(ItemId id, Version version, String file) {
            return new ArchivedTranscripts(archive).read(id, version, file);
        }
    }
}
