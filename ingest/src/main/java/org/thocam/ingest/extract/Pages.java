package org.thocam.ingest.extract;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.index.analysis.legacy.LegacyText;
import org.thocam.ontology.Recognition;
import org.thocam.ontology.transcript.Format;
import org.thocam.ontology.transcript.Limits;
import org.thocam.ontology.transcript.Region;
import org.thocam.ontology.transcript.Segment;
import org.thocam.ontology.transcript.Tier;
import org.thocam.ontology.transcript.Transcript;
import org.thocam.ontology.transcript.TranscriptException;
import org.thocam.ontology.transcript.Transcripts;

/**
 * The pages of a document as a child left them: {@code text.hocr} from its layer of text, {@code ocr-N.hocr} for what was read off page N.
 * Of each page there is one of both.
 *
 * @param read how sure OCR was; empty where it read nothing
 */
record Pages(Optional<Transcript> transcript, Optional<Recognition> read) {
    private static final Logger LOG = LoggerFactory.getLogger(Pages.class);
    private static final Limits LIMITS = new Limits(200_000, 1 << 20, 50, 64, 20);
    private static final long LONGEST = 256 << 20;
    private static final Pattern READ = Pattern.compile("ocr-([0-9]{1,6})[.]hocr");
    /** Share of characters that no alphabet has, from which on a text needs review however sure the program was. */
    private static final double MANY_UNKNOWN = 0.1;

    /** @param confidence below which a text needs review */
    static Pages of(Path folder, double confidence) throws IOException {
        var parts = new ArrayList<Transcript>();
        var ocr = new ArrayList<Segment>();
        try (var files = Files.newDirectoryStream(folder, "*.hocr")) {
            for (var file : files) {
                var found = read(file);
                if (found.isEmpty()) continue;
                var number = READ.matcher(file.getFileName().toString());
                if (number.matches()) {
                    var moved = moved(found.get(), Integer.parseInt(number.group(1)) - 1);
                    ocr.addAll(moved.segments());
                    parts.add(moved);
                } else parts.add(decoded(found.get()));
            }
        }
        var whole = whole(parts);
        return new Pages(
                whole.segments().isEmpty() ? Optional.empty() : Optional.of(whole), recognition(ocr, confidence));
    }

    private static Optional<Transcript> read(Path file) throws IOException {
        if (Files.size(file) > LONGEST) return Optional.empty();
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            return Optional.of(Transcripts.read(Format.HOCR, in, LIMITS));
        } catch (TranscriptException e) {
            LOG.warn("pages that a reader of documents wrote are not taken: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static Transcript moved(Transcript transcript, int pages) {
        var segments = transcript.segments().stream()
                .map(segment -> {
                    var at = segment.region().orElseThrow();
                    return with(
                            segment,
                            segment.tier(),
                            segment.text(),
                            new Region(at.page() + pages, at.x(), at.y(), at.width(), at.height(), at.confidence()));
                })
                .toList();
        return new Transcript(transcript.format(), List.of(), transcript.tiers(), segments, transcript.warnings());
    }

    private static Segment with(Segment segment, int tier, String text, Region region) {
        return new Segment(tier, segment.span(), text, segment.parent(), segment.place(), Optional.of(region));
    }

    /** As the whole text is: each line is decided with the others for what to expect. */
    private static Transcript decoded(Transcript transcript) {
        var lines = transcript.segments().stream().map(Segment::text).collect(Collectors.joining("\n"));
        var read = LegacyText.recognise(lines);
        if (read.passages().isEmpty()) return transcript;
        var texts = read.text().split("\n", -1);
        if (texts.length != transcript.segments().size()) return transcript;
        var segments = new ArrayList<Segment>();
        for (int i = 0; i < texts.length; i++) {
            var segment = transcript.segments().get(i);
            segments.add(
                    with(segment, segment.tier(), texts[i], segment.region().orElseThrow()));
        }
        return new Transcript(
                transcript.format(), transcript.media(), transcript.tiers(), segments, transcript.warnings());
    }

    private static Transcript whole(List<Transcript> parts) {
        var tiers = new LinkedHashMap<Tier, Integer>();
        var segments = new ArrayList<Segment>();
        var warnings = new ArrayList<String>();
        for (var part : parts) {
            for (var segment : part.segments()) {
                int tier = number(tiers, part.tiers().get(segment.tier()));
                segments.add(
                        with(segment, tier, segment.text(), segment.region().orElseThrow()));
            }
            for (var warning : part.warnings()) if (warnings.size() < LIMITS.warnings()) warnings.add(warning);
        }
        // within a page the order is that of its text
        segments.sort(Comparator.comparingInt(
                segment -> segment.region().orElseThrow().page()));
        return new Transcript(Format.HOCR, List.of(), List.copyOf(tiers.keySet()), segments, warnings);
    }

    private static int number(Map<Tier, Integer> tiers, Tier tier) {
        return tiers.computeIfAbsent(tier, added -> tiers.size());
    }

    private static Optional<Recognition> recognition(List<Segment> lines, double wanted) {
        double sum = 0;
        long characters = 0;
        long unknown = 0;
        for (var line : lines) {
            var confidence = line.region().orElseThrow().confidence();
            if (confidence.isEmpty()) continue;
            int length = line.text().length();
            sum += confidence.getAsDouble() * length;
            characters += length;
            unknown += line.text().codePoints().filter(Pages::isUnknown).count();
        }
        if (characters == 0) return Optional.empty();
        double mean = Math.round(sum / characters * 1000) / 1000.0;
        return Optional.of(new Recognition(mean, mean < wanted || unknown > MANY_UNKNOWN * characters));
    }

    private static boolean isUnknown(int c) {
        return c == 0xFFFD
                || switch (Character.getType(c)) {
                    case Character.UNASSIGNED,
                            Character.PRIVATE_USE,
                            Character.SURROGATE,
                            Character.OTHER_SYMBOL,
                            Character.MODIFIER_SYMBOL,
                            Character.MATH_SYMBOL,
                            Character.CONTROL -> true;
                    default -> false;
                };
    }
}
