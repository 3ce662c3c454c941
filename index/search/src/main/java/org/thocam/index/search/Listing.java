package org.thocam.index.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.thocam.index.search.ListedTerms.Listed;

/** Picks the wanted part out of all terms of an index, which come in their order; it keeps no more than that part. */
final class Listing {
    private final String start;
    /** How many are wanted before the start; -1 where the first at the start is not wanted itself. */
    private final int before;

    private final int most;
    private final Deque<Listed> earlier = new ArrayDeque<>();
    private final List<Listed> wanted = new ArrayList<>();
    private Listed pending;
    private boolean reached;
    private boolean skipped;
    private boolean leftOut;
    private boolean ended;

    Listing(String start, int position, int most) {
        this.start = start;
        this.before = position - 1;
        this.most = most;
    }

    /** Forms of one key come one after the other and are one term. */
    void take(String value, long items) {
        int unit = value.indexOf(ItemDocument.UNIT);
        var term = unit < 0 ? value : value.substring(0, unit);
        var shown = value.substring(unit + 1);
        if (pending != null && pending.term().equals(term)) {
            pending = new Listed(term, pending.shown(), pending.items() + items);
            return;
        }
        settle();
        pending = new Listed(term, shown, items);
    }

    void end() {
        settle();
        ended = true;
        if (!reached) reach();
    }

    /** Whether all that is wanted, and one more, has come. */
    boolean done() {
        return ended || wanted.size() > most;
    }

    private void settle() {
        var next = pending;
        pending = null;
        if (next == null || wanted.size() > most) return;
        if (!reached && compare(next.term(), start) >= 0) reach();
        if (reached) {
            if (before < 0 && !skipped) {
                skipped = true;
                leftOut = true;
            } else wanted.add(next);
            return;
        }
        if (before <= 0) leftOut = true;
        else {
            if (earlier.size() == before) {
                earlier.removeFirst();
                leftOut = true;
            }
            earlier.addLast(next);
        }
    }

    private void reach() {
        reached = true;
        wanted.addAll(earlier);
        earlier.clear();
    }

    /** By code points, as the index has them. */
    private static int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++)
            if (a.charAt(i) != b.charAt(i)) {
                boolean surrogates = Character.isSurrogate(a.charAt(i)) && Character.isSurrogate(b.charAt(i));
                return surrogates
                        ? Character.compare(a.charAt(i), b.charAt(i))
                        : Integer.compare(a.codePointAt(i), b.codePointAt(i));
            }
        return Integer.compare(a.length(), b.length());
    }

    ListedTerms terms() {
        boolean more = wanted.size() > most;
        return new ListedTerms(more ? wanted.subList(0, most) : wanted, !leftOut, !more);
    }
}
