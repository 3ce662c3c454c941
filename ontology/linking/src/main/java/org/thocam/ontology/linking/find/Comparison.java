package org.thocam.ontology.linking.find;

import java.util.Collections;
import java.util.Optional;
import org.thocam.index.analysis.EditDistance;
import org.thocam.ontology.entity.EntityKind;

/**
 * How well a name is what somebody typed, 0 to 100. The ways of matching stand in bands of their own, so that a better way wins whatever
 * the name is used for: the same letters, the same but for a head word, without tones, across scripts, a beginning, some of its words;
 * and, asked for only where these find nothing, nearly the same letters.
 */
final class Comparison {
    static final double SAME = 100;
    private static final double SAME_BUT_HEAD = 92;
    private static final double FOLDED = 84;
    private static final double FOLDED_RUN = 82;
    private static final double OTHER_SCRIPT = 74;
    /** Below it a name is found, but is not what was typed. */
    private static final double BEGINNING = 55;

    private static final double FOLDED_BEGINNING = 50;
    private static final double WORDS = 35;
    private static final double NEARLY = 30;
    private static final double NEARLY_WORDS = 15;
    /** How much of a band is for how much of the name was typed. */
    private static final double COVERED = 10;

    private final Spelled typed;
    private final Optional<HeadWords.Bare> typedBare;
    private final Optional<HeadWords.Bare> typedBareFolded;

    Comparison(String text) {
        typed = Spelled.of(text);
        typedBare = HeadWords.ofExact(typed.exact());
        typedBareFolded = HeadWords.ofFolded(typed.folded());
    }

    /** A name of an entity, spelled out once. */
    record Known(Spelled spelled, Optional<HeadWords.Bare> bare, Optional<HeadWords.Bare> bareFolded) {
        static Known of(String name) {
            var spelled = Spelled.of(name);
            return new Known(spelled, HeadWords.ofExact(spelled.exact()), HeadWords.ofFolded(spelled.folded()));
        }
    }

    boolean empty() {
        return typed.folded().isEmpty();
    }

    /** What this name is worth; 0 where it does not match. */
    double quality(Known name, EntityKind kind) {
        var known = name.spelled;
        if (known.exact().equals(typed.exact())) return SAME;
        if (known.folded().isEmpty() || empty()) return 0;
        if (sameButHead(typed.exact(), typedBare, known.exact(), name.bare, kind)) return SAME_BUT_HEAD;
        if (known.folded().equals(typed.folded())) return FOLDED;
        if (known.run().equals(typed.run())
                || sameButHead(typed.folded(), typedBareFolded, known.folded(), name.bareFolded, kind))
            return FOLDED_RUN;
        if (otherScript(known)) return OTHER_SCRIPT;
        if (known.exact().startsWith(typed.exact())) return BEGINNING + COVERED * covered(known);
        if (known.folded().startsWith(typed.folded()) || known.run().startsWith(typed.run()))
            return FOLDED_BEGINNING + COVERED * covered(known);
        return words(known) ? WORDS + COVERED * covered(known) : 0;
    }

    /** What it is worth if it was mistyped: one letter of four to seven, two of eight and more; 0 where it is another name. */
    double mistyped(Known name) {
        if (empty()) return 0;
        var known = name.spelled;
        double whole = Math.max(
                near(typed.run(), known.run(), NEARLY),
                Math.max(
                        typed.latin().stream()
                                .mapToDouble(latin -> near(latin, known.run(), NEARLY))
                                .max()
                                .orElse(0),
                        known.latin().stream()
                                .mapToDouble(latin -> near(typed.run(), latin, NEARLY))
                                .max()
                                .orElse(0)));
        if (whole > 0) return whole;
        double worst = 1;
        for (var word : typed.words()) {
            double best = known.words().contains(word) ? 1 : 0;
            for (var other : known.words()) best = Math.max(best, near(word, other, 0) / COVERED);
            worst = Math.min(worst, best);
            if (worst == 0) return 0;
        }
        return NEARLY_WORDS + COVERED * worst * covered(known);
    }

    /** {@code tiếng Thái} is the language {@code Thái}, and the people {@code Thái} is {@code người Thái}; but neither is the other. */
    private static boolean sameButHead(
            String typed,
            Optional<HeadWords.Bare> typedBare,
            String known,
            Optional<HeadWords.Bare> knownBare,
            EntityKind kind) {
        var from = typedBare.filter(bare -> bare.kinds().contains(kind)).map(HeadWords.Bare::key);
        var to = knownBare.filter(bare -> bare.kinds().contains(kind)).map(HeadWords.Bare::key);
        return from.isPresent() && from.get().equals(known)
                || to.isPresent() && to.get().equals(typed)
                || from.isPresent() && from.equals(to);
    }

    private boolean otherScript(Spelled known) {
        return typed.latin().contains(known.run())
                || known.latin().contains(typed.run())
                || !Collections.disjoint(typed.latin(), known.latin());
    }

    private double covered(Spelled known) {
        return Math.min(1, (double) typed.run().length() / known.run().length());
    }

    /** Whether every word that was typed is one of its words; the last may be a beginning. */
    private boolean words(Spelled known) {
        var typedWords = typed.words();
        for (int i = 0; i < typedWords.size(); i++) {
            var word = typedWords.get(i);
            boolean last = i == typedWords.size() - 1;
            if (!known.words().contains(word)
                    && !(last && known.words().stream().anyMatch(other -> other.startsWith(word)))) return false;
        }
        return !typedWords.isEmpty();
    }

    private static double near(String typed, String known, double band) {
        int most = allowed(typed.length());
        if (most == 0 || Math.abs(typed.length() - known.length()) > most) return 0;
        int distance = EditDistance.between(
                typed.codePoints().toArray(), known.codePoints().toArray());
        return distance > most ? 0 : band + COVERED * (1 - (double) distance / typed.length());
    }

    private static int allowed(int length) {
        return length < 4 ? 0 : length < 8 ? 1 : 2;
    }
}
