package org.thocam.ontology.transcript;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The lines of a text file, each decoded by itself: one bad line harms no other. A line ends with LF, CR LF or CR. A byte order mark is
 * taken off, and UTF-16 is known by it.
 */
final class TextLines {
    private static final String VIETNAMESE = "windows-1258";

    private final byte[] bytes;
    private final Limits limits;
    private final Optional<Charset> legacy;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private int at;
    private int number;
    private String text = "";
    private boolean damaged;

    private TextLines(byte[] bytes, int from, Limits limits, Optional<Charset> legacy) {
        this.bytes = bytes;
        this.at = from;
        this.limits = limits;
        this.legacy = legacy;
    }

    /** A text that is UTF-8, or UTF-16 with its mark, whatever its bytes are. */
    static TextLines utf8(InputStream in, Limits limits) throws TranscriptException {
        var bytes = unicode(read(in, limits));
        return new TextLines(bytes, mark(bytes), limits, Optional.empty());
    }

    /** A text that may be older than Unicode: where fewer letters are UTF-8 than are not, all of it is a Windows code page. */
    static TextLines guessed(InputStream in, Limits limits) throws TranscriptException {
        var bytes = unicode(read(in, limits));
        int mark = mark(bytes);
        return new TextLines(bytes, mark, limits, mark > 0 ? Optional.empty() : legacy(bytes));
    }

    /** On to the next line; false after the last. */
    boolean next() throws TranscriptException {
        if (at >= bytes.length) return false;
        int from = at;
        while (at < bytes.length && bytes[at] != '\n' && bytes[at] != '\r') at++;
        number++;
        if (at - from > 4L * limits.characters())
            throw new TranscriptException(
                    "line " + number + " has " + (at - from) + " bytes: want at most " + 4L * limits.characters());
        text = decoded(from, at);
        if (at < bytes.length) at += bytes[at] == '\r' && at + 1 < bytes.length && bytes[at + 1] == '\n' ? 2 : 1;
        return true;
    }

    String text() {
        return text;
    }

    /** The line's number, from 1. */
    int number() {
        return number;
    }

    /** Whether the line has bytes that could not be decoded, each of which is one U+FFFD now. */
    boolean damaged() {
        return damaged;
    }

    /** The code page that all of the file is read in, where it is not Unicode. */
    Optional<Charset> legacy() {
        return legacy;
    }

    private String decoded(int from, int to) {
        damaged = false;
        int letter = from;
        while (letter < to && bytes[letter] >= 0) letter++;
        if (letter == to) return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        if (legacy.isPresent()) {
            var old = new String(bytes, from, to - from, legacy.get());
            // the code page writes a vowel and its tone apart
            return legacy.get().name().equals(VIETNAMESE) ? Normalizer.normalize(old, Normalizer.Form.NFC) : old;
        }
        var in = ByteBuffer.wrap(bytes, from, to - from);
        var out = CharBuffer.allocate(to - from);
        utf8.reset();
        while (true) {
            var result = utf8.decode(in, out, true);
            if (!result.isError()) break;
            damaged = true;
            for (int i = 0; i < result.length(); i++) out.put('\uFFFD');
            in.position(in.position() + result.length());
            utf8.reset();
        }
        return out.flip().toString();
    }

    private static byte[] read(InputStream in, Limits limits) throws TranscriptException {
        int most = (int) Math.min(1L << 30, (1L << 24) + 256L * limits.segments());
        try {
            var bytes = in.readNBytes(most);
            if (bytes.length == most && in.read() >= 0)
                throw new TranscriptException("a text of more than " + most + " bytes: not read");
            return bytes;
        } catch (IOException e) {
            throw new TranscriptException("the file cannot be read: " + e.getMessage(), e);
        }
    }

    private static byte[] unicode(byte[] bytes) {
        if (bytes.length < 2) return bytes;
        boolean big = bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF;
        boolean little = bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE;
        if (!big && !little) return bytes;
        var charset = big ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
        return new String(bytes, charset).getBytes(StandardCharsets.UTF_8);
    }

    private static int mark(byte[] bytes) {
        boolean marked = bytes.length >= 3
                && Arrays.equals(bytes, 0, 3, new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, 0, 3);
        return marked ? 3 : 0;
    }

    private static Optional<Charset> legacy(byte[] bytes) {
        long good = 0;
        long bad = 0;
        long tones = 0;
        long others = 0;
        for (int i = 0; i < bytes.length; ) {
            if (bytes[i] >= 0) {
                i++;
                continue;
            }
            int length = sequence(bytes, i);
            if (length > 0) good++;
            else {
                bad++;
                if (isTone(bytes[i] & 0xFF)) {
                    if (i > 0 && isVowel(bytes[i - 1] & 0xFF)) tones++;
                    else others++;
                }
            }
            i += Math.max(1, length);
        }
        if (bad == 0 || good >= bad) return Optional.empty();
        var name = tones > 4 * others && Charset.isSupported(VIETNAMESE) ? VIETNAMESE : "windows-1252";
        return Optional.of(Charset.forName(name));
    }

    /** The length of the UTF-8 sequence that begins here, 0 where none does. Overlong ones and surrogates are left to the decoder. */
    private static int sequence(byte[] bytes, int at) {
        int lead = bytes[at] & 0xFF;
        int length = lead >= 0xF0 && lead < 0xF5 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
        if (lead >= 0xF5 || at + length > bytes.length) return 0;
        for (int i = 1; i < length; i++) if ((bytes[at + i] & 0xC0) != 0x80) return 0;
        return length;
    }

    /** Grave, hook, tilde, acute and dot below, in the Vietnamese code page: they stand after the vowel they belong to. */
    private static boolean isTone(int b) {
        return b == 0xCC || b == 0xD2 || b == 0xDE || b == 0xEC || b == 0xF2;
    }

    private static boolean isVowel(int b) {
        if (b < 0x80) return "aeiouyAEIOUY".indexOf(b) >= 0;
        // â ê ô ă ơ ư and their capitals
        return "\u00C2\u00CA\u00D4\u00C3\u00D5\u00DD\u00E2\u00EA\u00F4\u00E3\u00F5\u00FD".indexOf(b) >= 0;
    }
}
