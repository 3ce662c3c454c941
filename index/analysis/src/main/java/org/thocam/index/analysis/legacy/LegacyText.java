package org.thocam.index.analysis.legacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A text with those of its lines decoded that are Vietnamese in a legacy encoding. Each line is decided by itself, with the rest of the
 * text for what to expect: an English line beside one in TCVN3 stays, and so does whatever is good Unicode.
 *
 * @param text the decoded text; the very same where nothing was recognised
 * @param passages what was decoded, in order; neighbouring lines of one encoding are one passage
 */
public record LegacyText(String text, List<Passage> passages) {
    /**
     * @param start in the text as it was received
     * @param end behind its last character
     * @param confidence how sure we are of the encoding, 0 to 1
     */
    public record Passage(int start, int end, LegacyEncoding encoding, double confidence) {}

    private static final LegacyEncoding[] ENCODINGS = LegacyEncoding.values();
    /** Logarithm of the odds that a line is in an encoding of which its text shows nothing else. */
    private static final double UNEXPECTED = -4;

    /** Share of the words of a text from which on an encoding is expected in its other lines. */
    private static final double SHOWN = 0.05;

    private static final int WORDS_IF_UNEXPECTED = 3;
    /** Share of the words with letters beyond ASCII that become syllables, at least. */
    private static final double MOST_WORDS = 0.6;

    private static final double ENOUGH = 0.9;
    /** No statistics are surer than this. */
    private static final double SUREST = 0.99;
    /** A text with more than that is none; what follows is counted to the last passage of its encoding. */
    private static final int MOST_PASSAGES = 10_000;

    public LegacyText {
        passages = List.copyOf(passages);
    }

    /** @param text as it was received: bytes misread as ISO 8859-1 or windows-1252, or anything else */
    public static LegacyText recognise(String text) {
        if (plain(text)) return new LegacyText(text, List.of());
        var priors = expectations(text);
        var evidence = new Evidence();
        var decoded = new StringBuilder(text.length());
        var passages = new ArrayList<Passage>();
        for (int start = 0; start < text.length(); ) {
            int end = lineEnd(text, start);
            decide(text, start, end, priors, evidence, decoded, passages);
            start = end;
        }
        return passages.isEmpty() ? new LegacyText(text, List.of()) : new LegacyText(decoded.toString(), passages);
    }

    /**
     * How well {@code text}, of which its font says that it is in {@code encoding}, bears this out, 0 to 1: 0 where it is Unicode after all
     * or has nothing to decode, else the share of its words that become syllables.
     */
    public static double plausible(String text, LegacyEncoding encoding) {
        var evidence = new Evidence();
        evidence.add(text, 0, text.length());
        if (evidence.unicode() || evidence.changed(encoding) == 0 || !evidence.betterThanAsItIs(encoding)) return 0;
        return Math.min(SUREST, (evidence.syllables(encoding) + 1.0) / (evidence.high() + 1.0));
    }

    private static void decide(
            String text,
            int start,
            int end,
            double[] priors,
            Evidence evidence,
            StringBuilder decoded,
            List<Passage> passages) {
        if (open(text, start, end)) {
            evidence.clear();
            evidence.add(text, start, end);
            var best = evidence.best(priors);
            int needed = priors[best.ordinal()] == UNEXPECTED ? WORDS_IF_UNEXPECTED : 1;
            double sure = evidence.probability(best, priors);
            // bytes that are no text at all have a syllable here and there
            boolean most = evidence.syllables(best) >= MOST_WORDS * evidence.high();
            if (most && evidence.changed(best) >= needed && sure >= ENOUGH) {
                new Decoder(best, decoded).decode(text, start, end);
                add(passages, new Passage(start, end, best, Math.min(SUREST, sure)));
                return;
            }
        }
        decoded.append(text, start, end);
    }

    private static void add(List<Passage> passages, Passage next) {
        for (int at = passages.size() - 1; at >= 0; at--) {
            var last = passages.get(at);
            boolean goesOn = last.end == next.start || passages.size() >= MOST_PASSAGES;
            if (goesOn && last.encoding == next.encoding) {
                double before = last.end - last.start;
                double more = next.end - next.start;
                double confidence = (last.confidence * before + next.confidence * more) / (before + more);
                passages.set(at, new Passage(last.start, next.end, last.encoding, confidence));
                return;
            }
            if (at < passages.size() - ENCODINGS.length) break;
        }
        passages.add(next);
    }

    /** For each encoding the logarithm of the odds that a line of {@code text} is in it. */
    private static double[] expectations(String text) {
        var unexpected = new double[ENCODINGS.length];
        Arrays.fill(unexpected, UNEXPECTED);
        var line = new Evidence();
        var whole = new Evidence();
        var shares = new double[ENCODINGS.length];
        long all = 0;
        for (int start = 0; start < text.length(); ) {
            int end = lineEnd(text, start);
            if (open(text, start, end)) {
                line.clear();
                line.add(text, start, end);
                all += line.high();
                whole.add(text, start, end);
                var best = line.best(unexpected);
                if (line.changed(best) >= WORDS_IF_UNEXPECTED
                        && line.syllables(best) >= MOST_WORDS * line.high()
                        && line.probability(best, unexpected) >= ENOUGH) shares[best.ordinal()] += line.high();
            }
            start = end;
        }
        var best = whole.best(unexpected);
        double ofBest = whole.high() == 0 ? 0 : (double) whole.changed(best) / whole.high();
        boolean sure = whole.changed(best) >= WORDS_IF_UNEXPECTED && whole.probability(best, unexpected) >= SUREST;
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= Math.max(1, all);
            if (sure && best.ordinal() == i) shares[i] = Math.max(shares[i], ofBest);
            if (shares[i] >= SHOWN) unexpected[i] = -1 + 4 * shares[i];
        }
        return unexpected;
    }

    /** Whether there is something to decide: characters that a misreading gives, and no Latin letter that none gives. */
    private static boolean open(String text, int start, int end) {
        boolean high = false;
        for (int at = start; at < end; at++) {
            char c = text.charAt(at);
            if (c < 0x80) continue;
            int code = Misread.code(c);
            if (code < 0 && Evidence.latin(c)) return false;
            high |= code >= 0 && c != 0xA0 && !(c > 0xFF && Misread.punctuation(code));
        }
        return high;
    }

    private static boolean plain(String text) {
        for (int at = 0; at < text.length(); at++) if (text.charAt(at) > 0x7F) return false;
        return true;
    }

    /** Behind the line's end. */
    private static int lineEnd(String text, int start) {
        for (int at = start; at < text.length(); at++)
            if (text.charAt(at) == '\n' || text.charAt(at) == '\r') return at + 1;
        return text.length();
    }
}
