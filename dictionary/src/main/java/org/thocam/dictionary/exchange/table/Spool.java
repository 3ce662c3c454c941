package org.thocam.dictionary.exchange.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.thocam.dictionary.exchange.FormatException;
import org.thocam.dictionary.exchange.Reading;

/** A file that was received, kept beside for as long as it is read, so that it can be looked at before it is taken. */
final class Spool implements AutoCloseable {
    private static final long MOST = 1L << 30;

    final Path file;

    private Spool(Path file) {
        this.file = file;
    }

    static Spool of(InputStream in) throws IOException, FormatException {
        var spool = new Spool(Files.createTempFile("thocam-table", ".tmp"));
        try (var out = Files.newOutputStream(spool.file)) {
            var bytes = new byte[1 << 16];
            long all = 0;
            for (int read; (read = in.read(bytes)) >= 0; out.write(bytes, 0, read))
                if ((all += read) > MOST)
                    throw new FormatException(
                            new Reading.Fault("", 0, "too-large", "want at most " + MOST + " bytes, found more"));
        } catch (IOException | FormatException | RuntimeException e) {
            spool.close();
            throw e;
        }
        return spool;
    }

    /** The line, from 1, of the first bytes that are no UTF-8; 0 where all is. */
    long notUtf8() throws IOException {
        CharsetDecoder utf8 = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var bytes = ByteBuffer.allocate(1 << 16);
        var chars = CharBuffer.allocate(1 << 16);
        long line = 1;
        try (var in = Files.newInputStream(file)) {
            for (boolean end = false; !end; ) {
                int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
                end = read < 0;
                bytes.position(bytes.position() + Math.max(0, read)).flip();
                var result = utf8.decode(bytes, chars, end);
                chars.flip();
                while (chars.hasRemaining()) if (chars.get() == '\n') line++;
                chars.clear();
                if (result.isError()) return line;
                bytes.compact();
            }
        }
        return 0;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
