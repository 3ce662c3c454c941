package org.thocam.index.analysis.legacy;

/** Writes a passage as one encoding has it. */
final class Decoder {
    private final Words words;
    private final LegacyEncoding encoding;
    private final StringBuilder out;
    /** Where words that may be capitals of a capital font start, if the next word says so; -1 where none does. */
    private int waiting = -1;

    private boolean raising;

    Decoder(LegacyEncoding encoding, StringBuilder out) {
        this.encoding = encoding;
        this.words = new Words(encoding);
        this.out = out;
    }

    void decode(CharSequence text, int from, int to) {
        waiting = -1;
        raising = false;
        for (int at = from; at < to; ) {
            if (!Words.part(text, at)) {
                out.append(text.charAt(at++));
                continue;
            }
            int end = at + 1;
            while (end < to && Words.part(text, end)) end++;
            if (end - at == 1 && bullet(text.charAt(at))) out.append(text.charAt(at));
            else if (words.read(text, at, end)) run();
            else plainly(text, at, end);
            at = end;
        }
    }

    /** A dot on its own line or before an item of a list; ã alone is no word. */
    private boolean bullet(char c) {
        return c > 0xE000 || encoding == LegacyEncoding.TCVN3 && c == '·';
    }

    private void run() {
        for (int from = 0; from < words.length(); ) {
            int to = words.end(from);
            if (to == from) out.append(words.at(from++));
            else word(from, to);
            from = Math.max(from, to);
        }
    }

    private void word(int from, int to) {
        int start = out.length();
        out.append(words.text(from, to));
        if (words.raised(from, to)) {
            raise(waiting < 0 ? start : waiting);
            waiting = -1;
            raising = true;
        } else if (!words.mayBeRaised(from, to)) {
            waiting = -1;
            raising = false;
        } else if (raising) raise(start);
        else if (waiting < 0) waiting = start;
    }

    private void raise(int from) {
        for (int at = from; at < out.length(); at++) out.setCharAt(at, Character.toUpperCase(out.charAt(at)));
    }

    private void plainly(CharSequence text, int from, int to) {
        for (int at = from; at < to; ) {
            int width = Math.min(encoding.width(text, at), to - at);
            char letter = encoding.letter(text, at);
            out.append(
                    letter == 0 || Misread.punctuation(Misread.code(text.charAt(at)))
                            ? LegacyEncoding.plain(text.charAt(at))
                            : letter);
            at += width;
        }
    }
}
