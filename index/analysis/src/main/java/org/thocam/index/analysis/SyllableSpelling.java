package org.thocam.index.analysis;

import com.ibm.icu.text.Normalizer2;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Scripts whose marks have an order inside the syllable. Look-alikes that Unicode's normal forms leave apart become one: the marks
 * behind each consonant are put into the order that the description names.
 */
final class SyllableSpelling implements Spelling {
    private static final Normalizer2 COMPATIBLE = Normalizer2.getNFKCCasefoldInstance();

    private final Letters letters;
    private final Replacements same;
    private final Replacements fold;
    private final Map<Role, Integer> order;
    private final Map<Role, Integer> foldedOrder;
    private final List<String> last;

    SyllableSpelling(Description description, Letters letters) {
        this.letters = letters;
        this.same = Replacements.of(description, "same");
        this.fold = Replacements.of(description, "fold");
        this.order = order(description.optional("order").orElse(""));
        this.foldedOrder = description
                .optional("folded-order")
                .map(SyllableSpelling::order)
                .orElse(null);
        this.last = description.words("last");
    }

    /** {@code sub med below+above tone}: between roles joined by a plus sign the order is kept as written. */
    private static Map<Role, Integer> order(String line) {
        var ranks = new EnumMap<Role, Integer>(Role.class);
        int rank = 0;
        for (var group : line.split("\\s+")) {
            rank++;
            if (group.isEmpty()) continue;
            for (var role : group.split("\\+")) ranks.put(Role.named(role), rank);
        }
        return ranks;
    }

    @Override
    public String exact(String token) {
        var compatible = COMPATIBLE.normalize(token);
        if (compatible.isEmpty()) return token;
        var sorted = same.in(ordered(same.in(compatible), order));
        return sorted.isEmpty() ? compatible : sorted;
    }

    @Override
    public String folded(String exact) {
        var folded = fold.in(exact);
        if (folded.isEmpty()) return exact;
        return foldedOrder == null ? folded : ordered(folded, foldedOrder);
    }

    private record Mark(String text, int rank) {}

    private String ordered(String text, Map<Role, Integer> ranks) {
        if (ranks.isEmpty() || text.length() < 3 && noPrevowel(text)) return text;
        var result = new StringBuilder(text.length());
        var marks = new ArrayList<Mark>();
        int base = 0;
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            int size = Character.charCount(c);
            var role = letters.role(c);
            if (role == null || role.begins() || role == Role.PREVOWEL && at == 0) {
                flush(marks, result);
                base = result.length();
                result.appendCodePoint(c);
                at += size;
            } else if (role == Role.PREVOWEL) {
                flush(marks, result);
                boolean moved = base > 0 && base < result.length() || base == 0;
                result.insert(moved ? base : result.length(), Character.toString(c));
                at += size;
            } else {
                int end = at + size;
                if (role == Role.SUBJOINER && end < text.length()) end += Character.charCount(text.codePointAt(end));
                var mark = text.substring(at, end);
                int rank = 2 * ranks.getOrDefault(role, 99) + (last.contains(mark) ? 1 : 0);
                marks.add(new Mark(mark, rank));
                at = end;
            }
        }
        flush(marks, result);
        return result.toString();
    }

    private boolean noPrevowel(String text) {
        return text.codePoints().noneMatch(c -> letters.role(c) == Role.PREVOWEL);
    }

    private static void flush(List<Mark> marks, StringBuilder result) {
        if (marks.size() > 1) marks.sort((a, b) -> a.rank() - b.rank());
        for (var mark : marks) result.append(mark.text());
        marks.clear();
    }
}
