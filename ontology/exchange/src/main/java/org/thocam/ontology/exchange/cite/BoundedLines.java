package org.thocam.ontology.exchange.cite;

import java.io.IOException;
import java.io.Reader;

/** Lines of a text; of one that is too long only the beginning is kept. */
final class BoundedLines {
    private final Reader in;
    private final int longest;
    private long number;
    private int ahead = -2;

    BoundedLines(Reader in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** The number of the line that was given last, from 1. */
    long number() {
        return number;
    }

    /** Null at the end. */
    String next() throws IOException {
        int c = ahead == -2 ? in.read() : ahead;
        ahead = -2;
        if (c < 0) return null;
        var line = new StringBuilder();
        for (; c >= 0 && c != '\n' && c != '\r'; c = in.read()) if (line.length() < longest) line.append((char) c);
        if (c == '\r') {
            ahead = in.read();
            if (ahead == '\n') ahead = -2;
        }
        number++;
        return line.toString();
    }
}
