package org.thocam.ontology.transcript;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.thocam.ontology.Shown;

/**
 * The numbers, strings and flags of Praat's text files, as Praat's manual has them ("TextGrid file formats"): all that does not stand between
 * blanks is a comment, and so is what follows an exclamation mark on a line. Which of them comes next is known, and another is an error, as in Praat.
 */
final class TextGridTokens {
    /** Praat's own bound. */
    private static final int LONGEST_NUMBER = 40;

    private static final int END = -1;
    private static final Charset LATIN_1 = Charset.forName("windows-1252");

    /** Powers of ten that a double has exactly. */
    private static final double[] TENS = new double[16];

    static {
        TENS[0] = 1;
        for (int i = 1; i < TENS.length; i++) TENS[i] = TENS[i - 1] * 10;
    }

    private final InputStream in;
    private final Limits limits;
    private final Warnings warnings;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int filled;
    private int line = 1;
    private int lineOfNumber;
    private boolean afterReturn;
    private final byte[] number = new byte[LONGEST_NUMBER];
    private byte[] string = new byte[256];
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();

    TextGridTokens(InputStream in, Limits limits, Warnings warnings) {
        this.in = in;
        this.limits = limits;
        this.warnings = warnings;
    }

    /** Of what comes next. */
    int line() {
        return line;
    }

    /** Of the number that was read last. */
    int lineOfNumber() {
        return lineOfNumber;
    }

    /** What stands where something else was wanted, which the caller can name. */
    static final class Unexpected extends Exception {
        private static final long serialVersionUID = 1;

        Unexpected(String found) {
            super(found, null, false, false);
        }
    }

    /** NaN for what Praat calls undefined. */
    double real() throws Unexpected, TranscriptException {
        while (true) {
            int length = digits();
            if (length > 1 || number[0] != '+') return real(length);
        }
    }

    /** A whole number, at the beginning of a word that may go on: 3s is 3. */
    int count() throws Unexpected, TranscriptException {
        double value = real(digits());
        if (!(Math.abs(value) <= Integer.MAX_VALUE)) throw new Unexpected("a number that counts nothing");
        return (int) value;
    }

    /** As {@link #count}, or -1 where nothing follows any more. */
    int countOrEnd() throws Unexpected, TranscriptException {
        return skipTo() == END ? END : count();
    }

    boolean flag(String set, String unset) throws Unexpected, TranscriptException {
        if (skipTo() != '<') throw new Unexpected(found());
        read();
        int length = 0;
        int c;
        while ((c = read()) != '>') {
            if (c == END || isBlank(c) || length == LONGEST_NUMBER) throw new Unexpected("a flag without its end");
            number[length++] = (byte) c;
        }
        var flag = new String(number, 0, length, StandardCharsets.ISO_8859_1);
        if (!flag.equals(set) && !flag.equals(unset)) throw new Unexpected("the flag <" + Shown.of(flag) + ">");
        return flag.equals(set);
    }

    String string() throws Unexpected, TranscriptException {
        if (skipTo() != '"') throw new Unexpected(found());
        read();
        int begun = line;
        int length = 0;
        boolean plain = true;
        while (true) {
            int c = read();
            if (c == END) throw new Unexpected("the end of the file in the string that begins on line " + begun);
            if (c == '"') {
                int next = peek();
                if (next != '"') {
                    if (next != END && !isBlank(next))
                        throw new Unexpected("a quote in a string that is neither doubled nor its end");
                    break;
                }
                read();
            } else if (c == '\r') {
                if (peek() == '\n') continue;
                c = '\n';
            }
            if (length == string.length) {
                // a character has at most four bytes
                if (length > limits.characters() * 4L) throw tooLong(begun);
                string = Arrays.copyOf(string, length * 2);
            }
            plain &= c < 0x80;
            string[length++] = (byte) c;
        }
        var text = plain ? new String(string, 0, length, StandardCharsets.ISO_8859_1) : decoded(length, begun);
        if (text.length() > limits.characters()) throw tooLong(begun);
        return text;
    }

    private TranscriptException tooLong(int begun) {
        return new TranscriptException("line " + begun + ": a text of more than " + limits.characters()
                + " characters, which is the most that is read");
    }

    /** UTF-8, or else Latin-1 as Windows has it: no label of a real one is UTF-8 by chance. */
    private String decoded(int length, int begun) {
        try {
            CharBuffer text = utf8.reset().decode(ByteBuffer.wrap(string, 0, length));
            return text.toString();
        } catch (CharacterCodingException e) {
            warnings.once("line " + begun, "no UTF-8; read as Latin-1, and so are other labels that are none");
            return new String(string, 0, length, LATIN_1);
        }
    }

    /** What the next word would be to the eye. */
    String found() throws TranscriptException {
        int c = skipTo();
        if (c == END) return "the end of the file";
        if (c == '<') return "a flag";
        if (c == '"') return "a string";
        return "a number";
    }

    private int digits() throws Unexpected, TranscriptException {
        int c = skipTo();
        if (c == END || c == '"' || c == '<') throw new Unexpected(found());
        lineOfNumber = line;
        int length = 0;
        for (c = read(); c != END && !isBlank(c); c = read()) {
            if (length == LONGEST_NUMBER || c > 127) throw new Unexpected("a number that is none");
            number[length++] = (byte) c;
        }
        return length;
    }

    private double real(int length) {
        int i = 0;
        boolean negative = number[0] == '-';
        if (negative || number[0] == '+') i++;
        long digits = 0;
        int seen = 0;
        int behindPoint = 0;
        boolean point = false;
        for (; i < length; i++) {
            byte c = number[i];
            if (c >= '0' && c <= '9') {
                digits = digits * 10 + c - '0';
                seen++;
                if (point) behindPoint++;
                if (seen > 15) return slowReal(length);
            } else if (c == '.' && !point && seen > 0) {
                point = true;
            } else {
                break;
            }
        }
        if (i < length || seen == 0) return slowReal(length);
        double value = digits / TENS[behindPoint];
        return negative ? -value : value;
    }

    /** The longest beginning that is a number; a percentage or a fraction is divided. */
    private double slowReal(int length) {
        var text = new String(number, 0, length, StandardCharsets.ISO_8859_1);
        int slash = text.indexOf('/');
        if (slash < 0) return beginning(text);
        return beginning(text.substring(0, slash)) / beginning(text.substring(slash + 1));
    }

    private static double beginning(String text) {
        int end = afterDigits(text, !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0);
        if (end == 0 || !Character.isDigit(text.charAt(end - 1))) return Double.NaN;
        if (end < text.length() && text.charAt(end) == '.') end = afterDigits(text, end + 1);
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int sign = end + 1 < text.length() && "+-".indexOf(text.charAt(end + 1)) >= 0 ? 1 : 0;
            int after = afterDigits(text, end + 1 + sign);
            if (after > end + 1 + sign) end = after;
        }
        double value = Double.parseDouble(text.substring(0, end));
        return end < text.length() && text.charAt(end) == '%' ? value / 100 : value;
    }

    private static int afterDigits(String text, int from) {
        int end = Math.min(from, text.length());
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') end++;
        return end;
    }

    /** Goes to the first character of a number, string or flag, over comments and other words. */
    private int skipTo() throws TranscriptException {
        while (true) {
            int c = peek();
            if (c == END || c == '"' || c == '<' || c == '-' || c == '+' || c >= '0' && c <= '9') return c;
            read();
            if (c == '!') skipLine();
            else if (!isBlank(c)) skipWord();
        }
    }

    private void skipLine() throws TranscriptException {
        for (int c = read(); c != END && c != '\n' && c != '\r'; ) c = read();
    }

    private void skipWord() throws TranscriptException {
        for (int c = peek(); c != END && !isBlank(c); c = peek()) read();
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r';
    }

    /** The character NUL ends a file, as in Praat. */
    private int peek() throws TranscriptException {
        if (at == filled) fill();
        if (at == filled) return END;
        return buffer[at] == 0 ? END : buffer[at] & 0xFF;
    }

    private int read() throws TranscriptException {
        int c = peek();
        if (c == END) return END;
        at++;
        if (c == '\r' || c == '\n' && !afterReturn) line++;
        afterReturn = c == '\r';
        return c;
    }

    private void fill() throws TranscriptException {
        try {
            int count = in.read(buffer, 0, buffer.length);
            at = 0;
            filled = Math.max(count, 0);
        } catch (IOException e) {
            throw new TranscriptException("line " + line + ": the file cannot be read on: " + e.getMessage(), e);
        }
    }
}
