package org.thocam.ontology.linking;

import java.util.ArrayList;
import java.util.List;

/** Words of a sentence that may name something, and what they may name. */
final class Span {
    final int from;
    final int to;
    final List<Option> options = new ArrayList<>();
    /** The word beside it that says what it is, its own or that of the name it is joined to; null where there is none. */
    Trigger trigger;

    Trigger behind;
    boolean homograph;
    /** Its words as the tables of weak names have them; null until asked for. */
    String key;

    /** The entity that the words beside it alone make sure; null where they do not. */
    String sure;

    /** What the words may name, and what speaks for it. */
    static final class Option {
        final Form form;
        final boolean near;
        double score;
        final List<String> reasons = new ArrayList<>(6);

        Option(Form form, boolean near) {
            this.form = form;
            this.near = near;
        }

        void add(double weight, String word, String value) {
            score += weight;
            if (weight > 0) reasons.add(word + "=" + value);
        }
    }

    Span(int from, int to) {
        this.from = from;
        this.to = to;
    }

    int words() {
        return to - from;
    }

    Option best() {
        Option best = null;
        for (var option : options) if (best == null || option.score > best.score) best = option;
        return best;
    }

    boolean overlaps(Span other) {
        return from < other.to && other.from < to;
    }
}
