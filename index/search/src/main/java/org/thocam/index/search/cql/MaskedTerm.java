package org.thocam.index.search.cql;

import java.util.ArrayList;
import java.util.List;

/**
 * A term whose masks and anchors are told from its letters. CQL context set 1.2, modifier {@code masked}.
 *
 * @param words between white space
 * @param atStart whether it is anchored there
 * @param atEnd whether it is anchored there
 */
public record MaskedTerm(List<Word> words, boolean atStart, boolean atEnd) {
    private static final int MOST_MASKS = 8;

    public MaskedTerm {
        words = List.copyOf(words);
    }

    /** Its letters, cut by its masks: {@code pieces} has one more than {@code masks} has characters. */
    public record Word(List<String> pieces, String masks) {
        public Word {
            pieces = List.copyOf(pieces);
        }

        public boolean masked() {
            return !masks.isEmpty();
        }
    }

    /** Only letters, as {@code unmasked} says. */
    public static MaskedTerm unmasked(String term) {
        var words = new ArrayList<Word>();
        for (var word : term.strip().split("\\s+")) if (!word.isEmpty()) words.add(new Word(List.of(word), ""));
        return new MaskedTerm(words, false, false);
    }

    /** @throws CqlException 26, 29, 30 or 32 */
    public static MaskedTerm of(String term) {
        var words = new ArrayList<Word>();
        var pieces = new ArrayList<String>();
        var masks = new StringBuilder();
        var piece = new StringBuilder();
        var stripped = term.strip();
        int last = stripped.length() - 1;
        boolean atStart = false;
        boolean atEnd = false;
        int all = 0;
        for (int i = 0; i <= last; i++) {
            char c = stripped.charAt(i);
            if (c == '\\' && i < last) {
                char released = stripped.charAt(++i);
                if ("*?^\\\"".indexOf(released) < 0)
                    throw new CqlException(26, Character.toString(stripped.codePointAt(i)));
                piece.append(released);
            } else if (c == '^') {
                if (i == 0) atStart = true;
                else if (i == last) atEnd = true;
                else
                    throw new CqlException(
                            32, "'^' stands at the beginning or the end of a term; write \\^ for the character");
            } else if (c == '*' || c == '?') {
                if (++all > MOST_MASKS) throw new CqlException(30, String.valueOf(MOST_MASKS));
                pieces.add(piece.toString());
                piece.setLength(0);
                masks.append(c);
            } else if (Character.isWhitespace(c)) close(words, pieces, masks, piece);
            else piece.append(c);
        }
        close(words, pieces, masks, piece);
        return new MaskedTerm(words, atStart, atEnd);
    }

    private static void close(List<Word> words, List<String> pieces, StringBuilder masks, StringBuilder piece) {
        if (piece.isEmpty() && pieces.isEmpty()) return;
        pieces.add(piece.toString());
        piece.setLength(0);
        if (pieces.stream().allMatch(String::isEmpty)) throw new CqlException(29, "1");
        words.add(new Word(pieces, masks.toString()));
        pieces.clear();
        masks.setLength(0);
    }

    public boolean masked() {
        return words.stream().anyMatch(Word::masked);
    }

    public boolean anchored() {
        return atStart || atEnd;
    }

    /** The letters without masks, one space between words. */
    public String letters() {
        return String.join(
                " ", words.stream().map(word -> String.join("", word.pieces())).toList());
    }
}
