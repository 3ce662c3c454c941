package org.thocam.dictionary.lift;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import org.thocam.ontology.Shown;

/**
 * How a LIFT file is encoded, by its byte order mark or its XML declaration; read as UTF-8, and written back to the byte. The declaration
 * itself stays as it is in the text, so that it is right again in the file that goes out.
 */
public final class LiftEncoding {
    private static final Pattern DECLARED =
            Pattern.compile("^<\\?xml\\s[^>]*?encoding\\s*=\\s*[\"']([A-Za-z][A-Za-z0-9._-]{0,39})[\"']");
    private static final Set<String> WIDE = Set.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE");
    private static final int PIECE = 1 << 13;

    private final Charset charset;

    private LiftEncoding(Charset charset) {
        this.charset = charset;
    }

    /**
     * The encoding of a file that can be read as UTF-8 and written back without changing a byte.
     *
     * @throws LiftException if it cannot, or its encoding is not known here
     */
    public static LiftEncoding of(Path file) throws IOException, LiftException {
        LiftEncoding encoding;
        try (var in = Files.newInputStream(file)) {
            encoding = detected(in.readNBytes(1_000));
        }
        if (!encoding.isUtf8()) encoding.check(file);
        return encoding;
    }

    private static LiftEncoding detected(byte[] begin) throws LiftException {
        if (starts(begin, 0xFF, 0xFE, 0, 0) || starts(begin, 0, 0, 0xFE, 0xFF))
            throw refused("UTF-32 is not read; save the file as UTF-8");
        if (starts(begin, 0xFF, 0xFE) || starts(begin, '<', 0)) return new LiftEncoding(StandardCharsets.UTF_16LE);
        if (starts(begin, 0xFE, 0xFF) || starts(begin, 0, '<')) return new LiftEncoding(StandardCharsets.UTF_16BE);
        if (starts(begin, 0xEF, 0xBB, 0xBF)) return new LiftEncoding(StandardCharsets.UTF_8);
        var declared = DECLARED.matcher(new String(begin, StandardCharsets.ISO_8859_1));
        if (!declared.find()) return new LiftEncoding(StandardCharsets.UTF_8);
        Charset charset;
        try {
            charset = Charset.forName(declared.group(1));
        } catch (IllegalArgumentException e) {
            throw refused("encoding '" + Shown.of(declared.group(1)) + "' is not known; save the file as UTF-8");
        }
        if (WIDE.contains(charset.name()))
            throw refused("the XML declaration says " + charset.name()
                    + ", but the file is not written so; save it as UTF-8");
        if (charset.equals(StandardCharsets.US_ASCII)) return new LiftEncoding(StandardCharsets.UTF_8);
        if (!charset.canEncode()) throw refused(charset.name() + " cannot be written; save the file as UTF-8");
        return new LiftEncoding(charset);
    }

    private static boolean starts(byte[] begin, int... wanted) {
        if (begin.length < wanted.length) return false;
        for (int i = 0; i < wanted.length; i++) if ((begin[i] & 0xFF) != wanted[i]) return false;
        return true;
    }

    private static LiftException refused(String message) {
        return new LiftException(1, LiftProblem.Code.NOT_WELL_FORMED, message);
    }

    private void check(Path file) throws IOException, LiftException {
        try (var original = Files.newInputStream(file);
                var read = Files.newInputStream(file);
                var utf8 = utf8(read)) {
            var comparison = new Comparison(original);
            try (var back = back(comparison)) {
                utf8.transferTo(back);
            }
            if (comparison.differs >= 0 || original.read() >= 0)
                throw refused("from byte " + Math.max(comparison.differs, 0)
                        + " on, the file would not be the same when it is written as " + charset.name()
                        + " again; save it as UTF-8");
        } catch (CharacterCodingException e) {
            throw refused("bytes that are not " + charset.name() + ", as the file says it is: " + e.getMessage()
                    + "; save it as UTF-8");
        }
    }

    /** Compares what is written with what is read, and keeps nothing. */
    private static final class Comparison extends OutputStream {
        private final InputStream other;
        private long at;
        private long differs = -1;

        Comparison(InputStream other) {
            this.other = other;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            var others = other.readNBytes(length);
            if (differs < 0) {
                int same = Arrays.mismatch(bytes, from, from + length, others, 0, others.length);
                if (same >= 0) differs = at + same;
            }
            at += length;
        }
    }

    public Charset charset() {
        return charset;
    }

    public boolean isUtf8() {
        return charset.equals(StandardCharsets.UTF_8);
    }

    /** The text as UTF-8; a byte order mark stays one. */
    public InputStream utf8(InputStream in) {
        return isUtf8() ? in : new Utf8(new InputStreamReader(in, strict(charset)), in);
    }

    private static CharsetDecoder strict(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private static final class Utf8 extends InputStream {
        private final Reader reader;
        private final InputStream in;
        private final char[] chars = new char[PIECE];
        private int pending;
        private byte[] bytes = new byte[0];
        private int at;

        Utf8(Reader reader, InputStream in) {
            this.reader = reader;
            this.in = in;
        }

        private boolean fill() throws IOException {
            while (at == bytes.length) {
                int read = reader.read(chars, pending, chars.length - pending);
                int size = pending + Math.max(read, 0);
                if (read < 0 && size == 0) return false;
                // the second half of a pair may come with the next piece
                pending = read > 0 && Character.isHighSurrogate(chars[size - 1]) ? 1 : 0;
                bytes = new String(chars, 0, size - pending).getBytes(StandardCharsets.UTF_8);
                if (pending > 0) chars[0] = chars[size - 1];
                at = 0;
            }
            return true;
        }

        @Override
        public int read() throws IOException {
            return fill() ? bytes[at++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (length == 0) return 0;
            if (!fill()) return -1;
            int count = Math.min(length, bytes.length - at);
            System.arraycopy(bytes, at, into, from, count);
            at += count;
            return count;
        }

        @Override
        public void close() throws IOException {
            reader.close();
            in.close();
        }
    }

    /**
     * Takes UTF-8 and writes this encoding. A character that it does not have is written as a reference, {@code &#7853;}: only what an
     * edit brought can be one.
     */
    public OutputStream back(OutputStream out) {
        return isUtf8() ? out : new Back(out, charset);
    }

    private static final class Back extends FilterOutputStream {
        private final CharsetDecoder decoder = strict(StandardCharsets.UTF_8);
        private final CharsetEncoder encoder;
        private final ByteBuffer waiting = ByteBuffer.allocate(PIECE);
        private final CharBuffer chars = CharBuffer.allocate(PIECE + 1);
        private boolean closed;

        Back(OutputStream out, Charset charset) {
            super(out);
            encoder = charset.newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT);
        }

        @Override
        public void write(int b) throws IOException {
            waiting.put((byte) b);
            if (!waiting.hasRemaining()) decode(false);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            for (int at = from; at < from + length; ) {
                int count = Math.min(waiting.remaining(), from + length - at);
                waiting.put(bytes, at, count);
                at += count;
                if (!waiting.hasRemaining()) decode(false);
            }
        }

        private void decode(boolean last) throws IOException {
            waiting.flip();
            var result = decoder.decode(waiting, chars, last);
            if (result.isError()) result.throwException();
            waiting.compact();
            chars.flip();
            encode(last);
            chars.compact();
        }

        private void encode(boolean last) throws IOException {
            var encoded = ByteBuffer.allocate(PIECE);
            while (true) {
                var result = encoder.encode(chars, encoded, false);
                drain(encoded);
                if (result.isUnderflow()) break;
                if (result.isMalformed()) result.throwException();
                if (result.isUnmappable()) {
                    int c = Character.codePointAt(chars, 0);
                    chars.position(chars.position() + result.length());
                    var reference = CharBuffer.wrap("&#" + c + ";");
                    encoder.encode(reference, encoded, false);
                    drain(encoded);
                }
            }
            if (last) {
                encoder.encode(chars, encoded, true);
                encoder.flush(encoded);
                drain(encoded);
            }
        }

        private void drain(ByteBuffer encoded) throws IOException {
            out.write(encoded.array(), 0, encoded.position());
            encoded.clear();
        }

        @Override
        public void close() throws IOException {
            if (closed) return;
            closed = true;
            try (var closing = out) {
                decode(true);
                closing.flush();
            }
        }
    }
}
