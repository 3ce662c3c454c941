package org.thocam.dictionary.lift;

/** The line that a place of a text is on; cheap as long as places are asked for in their order. */
final class Lines {
    private final String text;
    private final long first;
    private int at;
    private long line;

    /** @param first the file's line that the text begins on */
    Lines(String text, long first) {
        this.text = text;
        this.first = first;
        this.line = first;
    }

    long of(int offset) {
        if (offset < at) {
            at = 0;
            line = first;
        }
        for (int next = text.indexOf('\n', at); next >= 0 && next < offset; next = text.indexOf('\n', at)) {
            line++;
            at = next + 1;
        }
        return line;
    }
}
