package org.thocam.ingest.extract;

import java.util.List;
import java.util.Optional;
import org.thocam.ontology.Recognition;
import org.thocam.ontology.TextState;
import org.thocam.ontology.transcript.Transcript;

/**
 * What was found in a file.
 *
 * @param mediaType as the bytes say, or as the name says where they could not be read
 * @param text empty unless there is some; partial where the state is {@code failed}
 * @param received the text as it came, where it was decoded from an older encoding; else the same
 * @param findings which encodings those were
 * @param reason for {@code failed}: why, and what to do; for {@code ok}: what was left out, if anything was, or that it needs review
 * @param pages the same text by page, each line with its place where that is known; for a transcript, all its segments; empty where the
 *     file has neither, or they were not wanted
 * @param read how sure OCR was; empty where it read nothing
 * @param inside what was taken out of it; empty where that was not wanted
 */
public record Extraction(
        String mediaType,
        String text,
        TextState state,
        String reason,
        String received,
        List<Received.Finding> findings,
        Optional<Transcript> pages,
        Optional<Recognition> read,
        List<Inside> inside) {
    public Extraction {
        findings = List.copyOf(findings);
        inside = List.copyOf(inside);
    }

    Extraction(String mediaType, Received text, TextState state, String reason) {
        this(
                mediaType,
                text.text(),
                state,
                reason,
                text.received(),
                text.findings(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    Extraction(String mediaType, TextState state, String reason) {
        this(mediaType, Received.unchanged(""), state, reason);
    }

    /** The same with segments. */
    Extraction with(Transcript segments) {
        return new Extraction(mediaType, text, state, reason, received, findings, Optional.of(segments), read, inside);
    }

    /** The same with what lies in the folder of its unpacking. */
    Extraction with(Pages found, Outcome outcome) {
        return new Extraction(
                mediaType,
                text,
                state,
                reason,
                received,
                findings,
                state == TextState.OK ? found.transcript() : Optional.empty(),
                state == TextState.OK ? found.read() : Optional.empty(),
                outcome.inside());
    }

    /** The same for these reasons too. */
    public Extraction because(List<String> reasons) {
        var all = new java.util.ArrayList<>(reasons);
        if (!reason.isEmpty()) all.add(0, reason);
        return new Extraction(mediaType, text, state, String.join("; ", all), received, findings, pages, read, inside);
    }

    /** What is to be told of a file whose text was kept. */
    public Extraction withoutText() {
        return new Extraction(mediaType, "", state, reason, "", findings, Optional.empty(), read, List.of());
    }

    /** With so many characters of its text at most. */
    Extraction cut(int characters) {
        if (text.length() <= characters) return this;
        return new Extraction(
                        mediaType,
                        text.substring(0, characters),
                        state,
                        reason,
                        received.substring(0, Math.min(received.length(), characters)),
                        findings,
                        Optional.empty(),
                        read,
                        inside)
                .because(
                        List.of(
                                "only its first " + characters
                                        + " characters were kept, because the files it was among have too many together; raise ingest.longest"));
    }
}
