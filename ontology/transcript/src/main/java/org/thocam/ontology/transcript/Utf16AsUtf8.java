package org.thocam.ontology.transcript;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** A text in UTF-16 as one in UTF-8, for readers of bytes. */
final class Utf16AsUtf8 extends InputStream {
    private final Reader from;
    private final char[] units = new char[8192];
    private int kept;
    private byte[] bytes = new byte[0];
    private int at;

    Utf16AsUtf8(InputStream in, Charset utf16) {
        from = new InputStreamReader(in, utf16);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) return 0;
        while (at == bytes.length) if (!fill()) return -1;
        int count = Math.min(length, bytes.length - at);
        System.arraycopy(bytes, at, to, offset, count);
        at += count;
        return count;
    }

    private boolean fill() throws IOException {
        int count = from.read(units, kept, units.length - kept);
        if (count < 0 && kept == 0) return false;
        int end = kept + Math.max(count, 0);
        // the second half of a pair may be still to come
        kept = count > 0 && Character.isHighSurrogate(units[end - 1]) ? 1 : 0;
        bytes = new String(units, 0, end - kept).getBytes(StandardCharsets.UTF_8);
        at = 0;
        if (kept == 1) units[0] = units[end - 1];
        return true;
    }

    @Override
    public void close() throws IOException {
        from.close();
    }
}
