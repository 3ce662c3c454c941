package org.thocam.ingest.extract;

import java.util.ArrayList;
import java.util.List;
import org.thocam.index.analysis.legacy.LegacyEncoding;
import org.thocam.index.analysis.legacy.LegacyFont;
import org.thocam.index.analysis.legacy.LegacyText;
import org.thocam.ontology.Decoding;

/**
 * A text as it was received, and as it is to be read: decoded where it came in an encoding older than Unicode.
 *
 * @param text what the views get
 * @param received the same where nothing was decoded
 */
public record Received(String text, String received, List<Finding> findings) {
    /** @param by {@code font} or {@code statistics} */
    public record Finding(LegacyEncoding encoding, double confidence, String by) {
        public Decoding of(String path) {
            return new Decoding(path, encoding.name(), confidence, by);
        }
    }

    public Received {
        findings = List.copyOf(findings);
    }

    static Received unchanged(String text) {
        return new Received(text, text, List.of());
    }

    /** Decides by statistics. */
    public static Received of(String text) {
        var read = LegacyText.recognise(text);
        return new Received(read.text(), text, findings(read));
    }

    private static List<Finding> findings(LegacyText read) {
        var findings = new ArrayList<Finding>();
        for (var encoding : LegacyEncoding.values()) {
            double sum = 0;
            long characters = 0;
            for (var passage : read.passages()) {
                if (passage.encoding() != encoding) continue;
                sum += passage.confidence() * (passage.end() - passage.start());
                characters += passage.end() - passage.start();
            }
            if (characters > 0) findings.add(new Finding(encoding, rounded(sum / characters), "statistics"));
        }
        return findings;
    }

    private static double rounded(double confidence) {
        return Math.round(confidence * 1000) / 1000.0;
    }

    public boolean decoded() {
        return !findings.isEmpty();
    }

    /** @param path where the decoded text is kept */
    public List<Decoding> decodings(String path) {
        return findings.stream().map(finding -> finding.of(path)).toList();
    }

    /**
     * Decides by the fonts that {@code marked} names, and by statistics for the rest.
     *
     * @param marked text of the children, in which {@link LegacyFont#opening} and {@link LegacyFont#CLOSING} enclose what is set in such a font
     */
    static Received ofMarked(String marked) {
        if (marked.chars().noneMatch(LegacyFont::isMark)) return of(marked);
        var runs = runs(marked);
        var received = new StringBuilder(marked.length());
        var text = new StringBuilder(marked.length());
        var findings = new ArrayList<Finding>();
        var trusted = new double[LegacyEncoding.values().length];
        for (var encoding : LegacyEncoding.values()) {
            var set = new StringBuilder();
            for (var run : runs)
                if (run.font() != null && run.font().encoding() == encoding)
                    set.append(run.text()).append(' ');
            double confidence = LegacyText.plausible(set.toString(), encoding);
            trusted[encoding.ordinal()] = confidence;
            if (confidence > 0) findings.add(new Finding(encoding, rounded(confidence), "font"));
        }
        for (var run : runs) {
            received.append(run.text());
            boolean decode = run.font() != null && trusted[run.font().encoding().ordinal()] > 0;
            text.append(decode ? run.font().decode(run.text()) : run.text());
        }
        var rest = LegacyText.recognise(text.toString());
        findings.addAll(findings(rest));
        return new Received(rest.text(), received.toString(), findings);
    }

    /** @param font null where it is no old one */
    private record Run(LegacyFont font, String text) {}

    /** Neighbours in one font are one run: a letter of VNI may begin in one and end in the next. */
    private static List<Run> runs(String marked) {
        var runs = new ArrayList<Run>();
        LegacyFont font = null;
        var text = new StringBuilder();
        LegacyFont now = null;
        for (int at = 0; at < marked.length(); at++) {
            char c = marked.charAt(at);
            if (LegacyFont.isMark(c)) now = LegacyFont.opened(c).orElse(null);
            else {
                if (!java.util.Objects.equals(font, now)) {
                    if (!text.isEmpty()) runs.add(new Run(font, text.toString()));
                    text.setLength(0);
                    font = now;
                }
                text.append(c);
            }
        }
        if (!text.isEmpty()) runs.add(new Run(font, text.toString()));
        return runs;
    }
}
