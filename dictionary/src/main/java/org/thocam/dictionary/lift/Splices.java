package org.thocam.dictionary.lift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Changes of a text by place; what they do not name stays as it is, to the byte. */
final class Splices {
    private record Splice(int start, int end, String text, int turn) {}

    private final List<Splice> splices = new ArrayList<>();

    void replace(int start, int end, String text) {
        splices.add(new Splice(start, end, text, splices.size()));
    }

    void insert(int at, String text) {
        replace(at, at, text);
    }

    /** Adds these to others, in their order. */
    void into(Splices others) {
        splices.forEach(splice -> others.replace(splice.start, splice.end, splice.text));
    }

    boolean isEmpty() {
        return splices.isEmpty();
    }

    String applied(String source, int from, int to) {
        splices.sort(Comparator.comparingInt(Splice::start)
                .thenComparingInt(Splice::end)
                .thenComparingInt(Splice::turn));
        var text = new StringBuilder();
        int at = from;
        for (var splice : splices) {
            if (splice.start < at)
                throw new IllegalStateException("two changes of one place, " + splice.start + " and " + at);
            text.append(source, at, splice.start).append(splice.text);
            at = splice.end;
        }
        return text.append(source, at, to).toString();
    }
}
