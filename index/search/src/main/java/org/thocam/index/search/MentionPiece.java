package org.thocam.index.search;

import org.thocam.ontology.Item;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Mention;
import org.thocam.ontology.Snapshot;

/** The neighbourhood of a mention, the mention marked as a highlight. */
final class MentionPiece {
    private static final int AROUND = 60;

    private MentionPiece() {}

    static String of(Mention mention, Snapshot snapshot) {
        var field = field(mention.field(), snapshot);
        // the text may have been shortened for the index
        if (mention.end() > field.length()) return mark("", mention.text(), "");
        int start = offset(field, 0, mention.start());
        int end = start < 0 ? -1 : offset(field, start, mention.end() - mention.start());
        if (end < 0) return mark("", mention.text(), "");
        int from = word(field, Math.max(0, start - AROUND), -1, start);
        int to = word(field, Math.min(field.length(), end + AROUND), 1, end);
        return mark(
                (from > 0 ? "…" : "") + field.substring(from, start),
                field.substring(start, end),
                field.substring(end, to) + (to < field.length() ? "…" : ""));
    }

    private static String mark(String before, String found, String after) {
        return (ItemDocument.clean(before)
                        + ItemDocument.BEGIN
                        + ItemDocument.clean(found)
                        + ItemDocument.END
                        + ItemDocument.clean(after))
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static int offset(String text, int from, int codePoints) {
        try {
            return text.offsetByCodePoints(from, codePoints);
        } catch (IndexOutOfBoundsException e) {
            return -1;
        }
    }

    /** The nearest place between words, on the way to the mention; never inside a character. */
    private static int word(String text, int at, int side, int stop) {
        if (at == 0 || at == text.length()) return at;
        for (int i = at; i != stop; i -= side)
            if (Character.isWhitespace(text.charAt(side < 0 ? i : i - 1))) return side < 0 ? i + 1 : i - 1;
        return Character.isLowSurrogate(text.charAt(at)) ? at - side : at;
    }

    private static String field(String name, Snapshot snapshot) {
        if (name.equals(Mention.TEXT)) return snapshot.text();
        int at = name.indexOf('@');
        if (at < 0 || !(snapshot.holding() instanceof Item item)) return "";
        var texts = name.startsWith("title@") ? item.title() : item.description();
        return texts.texts().getOrDefault(new LanguageTag(name.substring(at + 1)), "");
    }
}
