package org.thocam.ontology.exchange.file;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Refuses to go on when more was read since the last {@link #reset} than one record may be long. */
final class BoundedReader extends FilterReader {
    private final long most;
    private long read;

    BoundedReader(Reader in, long most) {
        super(in);
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        int c = super.read();
        count(1);
        return c;
    }

    @Override
    public int read(char[] to, int offset, int length) throws IOException {
        int count = super.read(to, offset, length);
        count(count);
        return count;
    }

    private void count(int characters) throws IOException {
        read += Math.max(0, characters);
        if (read > most) throw new IOException("a record is longer than " + most + " characters");
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void reset() {
        read = 0;
    }
}
