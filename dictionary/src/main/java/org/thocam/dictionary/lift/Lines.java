package org.thocam.dictionary.lift;

/** The line that a place of a text is on; cheap as long as places are asked for in their order. */
final class Lines {
    private final String text;
    private final long first;
    private int at;
    private int next = -1;
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
            next = -1;
            line = first;
        }
        // looked for once: a long text may have no line break at all
        if (next < at) next = text.indexOf('\n', at);
        while (next >= 0 && next < offset) {
            line++;
            at = next + 1;
            next = text.indexOf('\n', at);
        }
        if (next < 0) next = Integer.MAX_VALUE;
        return line;
    }
}
