package org.thocam.ingest.extract;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Shown;
import org.thocam.ontology.TextState;
import org.thocam.ontology.transcript.Format;
import org.thocam.ontology.transcript.Limits;
import org.thocam.ontology.transcript.Passage;
import org.thocam.ontology.transcript.PassageText;
import org.thocam.ontology.transcript.Transcript;
import org.thocam.ontology.transcript.TranscriptException;
import org.thocam.ontology.transcript.Transcripts;

/**
 * What became of a file of time-aligned or interlinear text. Its readers are our own, bounded and without side effects, so no child process is needed.
 *
 * @param transcript empty where it could not be read
 * @param reason why not, and what to do; or what was wrong in what was read
 */
public record TranscriptFile(Format format, Optional<Transcript> transcript, String reason) {
    /** A segment takes about 350 bytes while its file is read and shown: this many leave room in the engine's heap. */
    private static final Limits LIMITS = new Limits(400_000, 1 << 20, 2_000, 64, 100);

    private static final int BEGINNING = 1 << 14;
    private static final long LARGE = 8 << 20;
    private static final Semaphore ONE_LARGE = new Semaphore(1);

    /** Empty where the file is something else. */
    public static Optional<TranscriptFile> read(Path file, String name) throws IOException, InterruptedException {
        byte[] beginning;
        try (var in = Files.newInputStream(file)) {
            beginning = in.readNBytes(BEGINNING);
        }
        var found = beginning.length == 0 ? Optional.<Format>empty() : Transcripts.formatOf(name, beginning);
        if (found.isEmpty()) return Optional.empty();
        boolean large = Files.size(file) > LARGE;
        if (large) ONE_LARGE.acquire();
        try (var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            var transcript = Transcripts.read(found.get(), in, LIMITS);
            return Optional.of(new TranscriptFile(found.get(), Optional.of(transcript), said(transcript)));
        } catch (TranscriptException e) {
            var text = name.toLowerCase(Locale.ROOT);
            // prose that only looked like one is prose
            if (text.endsWith(".txt") || text.endsWith(".md")) return Optional.empty();
            return Optional.of(new TranscriptFile(
                    found.get(),
                    Optional.empty(),
                    name + " could not be read as " + found.get() + ": " + Shown.of(e.getMessage())
                            + ". The original is kept."));
        } finally {
            if (large) ONE_LARGE.release();
        }
    }

    /** Its text is made of its segments by whoever knows who may see which; that of pages is that of their document. */
    Extraction extraction() {
        var type = format.mediaType();
        if (transcript.isEmpty()) return new Extraction(type, TextState.FAILED, reason);
        var passages = Passage.of(transcript.get());
        var state = passages.isEmpty() ? TextState.EMPTY : TextState.OK;
        var text = format == Format.HOCR
                ? PassageText.of(transcript.get(), passages, passage -> true).text()
                : "";
        return new Extraction(type, Received.unchanged(text), state, reason).with(transcript.get());
    }

    /** Whether the file is called like a transcript and was taken in as something else, before transcripts were read. */
    public static boolean isReadSince(Bitstream file) {
        return Transcripts.formatOf(file.name(), new byte[0])
                .filter(format -> !format.mediaType().equals(file.mediaType()))
                .isPresent();
    }

    private static String said(Transcript transcript) {
        var warnings = transcript.warnings();
        return warnings.isEmpty()
                ? ""
                : "read with " + (warnings.size() == LIMITS.warnings() ? "at least " : "") + warnings.size()
                        + (warnings.size() == 1 ? " doubt: " : " doubts, the first: ") + Shown.of(warnings.get(0));
    }
}
