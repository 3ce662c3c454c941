package org.thocam.dictionary;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** UTF-8 with or without a byte order mark; what is none, or a row that has no end, is refused and not read into memory. */
final class BoundedText extends Reader {
    private static final int LONGEST_ROW = 1_000_000;

    private final InputStream in;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(8192).flip();
    private boolean end;
    private long line = 1;
    private long sinceRow;
    private boolean begun;

    BoundedText(InputStream in) {
        this.in = in;
    }

    /** @param line where it was met, 0 for the row that is being read */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;
        private final long line;

        private Refused(long line, String message) {
            super(message);
            this.line = line;
        }

        long line() {
            return line;
        }
    }

    /** A row is complete: what is read from here on counts for the next. */
    void nextRow() {
        sinceRow = 0;
    }

    @Override
    public int read(char[] into, int from, int length) throws IOException {
        int read = decoded(CharBuffer.wrap(into, from, length));
        if (read <= 0) return read;
        for (int at = from; at < from + read; at++) if (into[at] == '\n') line++;
        sinceRow += read;
        if (sinceRow > LONGEST_ROW)
            throw new Refused(
                    0, "want a row of at most " + LONGEST_ROW + " characters, found more; is a quote not closed?");
        if (begun) return read;
        begun = true;
        if (into[from] != '\uFEFF') return read;
        System.arraycopy(into, from + 1, into, from, read - 1);
        return read > 1 ? read - 1 : read(into, from, length);
    }

    /** What comes before bytes that are no text is given first, so that their line is known. */
    private int decoded(CharBuffer into) throws IOException {
        int from = into.position();
        while (true) {
            var result = utf8.decode(bytes, into, end);
            if (into.position() > from) return into.position() - from;
            if (result.isError()) throw new Refused(line, "want text in UTF-8, found bytes that are none");
            if (end) return -1;
            if (result.isOverflow()) throw new IllegalStateException("room for two chars is needed");
            bytes.compact();
            int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
            end = read < 0;
            bytes.position(bytes.position() + Math.max(0, read)).flip();
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
