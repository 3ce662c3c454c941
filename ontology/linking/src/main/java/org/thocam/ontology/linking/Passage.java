package org.thocam.ontology.linking;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.thocam.index.analysis.WritingSystem;
import org.thocam.index.analysis.WritingSystem.Word;

/** A piece of a text, cut into words and sentences; long texts are read piece by piece. */
final class Passage {
    /** Characters of one piece: what a sentence or the context of a mention may reach over. */
    static final int LONGEST = 1 << 15;

    private static final Set<String> ENGLISH = Set.of(
            "the", "of", "and", "is", "are", "was", "were", "with", "from", "which", "their", "have", "has", "been",
            "by", "for", "live", "near", "this", "that", "at");

    private static final double MOSTLY = 0.5;
    /** So many words of Vietnamese without a single mark are hardly chance. */
    private static final int LONG_SENTENCE = 5;

    final String text;
    /** Where it begins in the whole text, in code points. */
    final int offset;

    final List<Word> words;
    final int[] starts;
    final int[] ends;
    final List<Sentence> sentences = new ArrayList<>();
    final boolean marked;

    /**
     * @param from first word
     * @param to behind the last
     */
    record Sentence(int from, int to, Mode mode, String language, boolean capitals) {}

    private final String language;

    private Passage(String text, int offset, String language) {
        this.text = text;
        this.offset = offset;
        this.language = language;
        words = withoutPossessives(Keys.words(text));
        starts = new int[words.size()];
        ends = new int[words.size()];
        int at = 0;
        int points = 0;
        int withMarks = 0;
        for (int n = 0; n < starts.length; n++) {
            var word = words.get(n);
            at = text.offsetByCodePoints(at, word.start() - points);
            starts[n] = at;
            at += word.text().length();
            points = word.end();
            ends[n] = at;
            if (hasMarks(word)) withMarks++;
        }
        marked = withMarks * 10 > words.size();
        cut();
    }

    /** Where the piece that begins there ends: behind a line or a sentence where there is one, never within a character. */
    static int end(String text, int from) {
        if (text.length() - from <= LONGEST) return text.length();
        int most = from + LONGEST;
        for (int at = most; at > from + LONGEST / 2; at--) if (text.charAt(at - 1) == '\n') return at;
        for (int at = most; at > from + LONGEST / 2; at--)
            if (ends(text.charAt(at - 1)) && Character.isWhitespace(text.charAt(at))) return at;
        for (int at = most; at > from + LONGEST / 2; at--) if (Character.isWhitespace(text.charAt(at - 1))) return at;
        return Character.isLowSurrogate(text.charAt(most)) ? most - 1 : most;
    }

    static Passage of(String text, int offset, String language) {
        return new Passage(text, offset, language);
    }

    private static boolean hasMarks(Word word) {
        return word.exact() != word.folded() && !word.exact().equals(word.folded()) && !Keys.ascii(word.exact());
    }

    private static boolean ends(char c) {
        return c == '.' || c == '!' || c == '?' || c == '…' || c == '។' || c == '。' || c == ';';
    }

    private void cut() {
        int from = 0;
        for (int n = 1; n <= words.size(); n++) {
            if (n < words.size() && !between(n)) continue;
            if (n > from) sentences.add(sentence(from, n));
            from = n;
        }
    }

    /** Whether a sentence ends between a word and the one before it. */
    private boolean between(int word) {
        int lines = 0;
        boolean ended = false;
        for (int at = ends[word - 1]; at < starts[word]; at++) {
            char c = text.charAt(at);
            if (c == '\n' && ++lines > 1) return true;
            if (c == '\n' && ended) return true;
            if (ends(c) || c == ':' && lines > 0) ended = true;
            else if (ended
                    && Character.isWhitespace(c)
                    && (Keys.capital(words.get(word).text()) || c == '\n')) return !abbreviation(word - 1);
        }
        return false;
    }

    private boolean abbreviation(int word) {
        var text = words.get(word).text();
        return text.length() == 1 && Keys.capital(text)
                || text.equals("TP")
                || text.equals("Mr")
                || text.equals("Dr")
                || text.equals("Mrs");
    }

    private Sentence sentence(int from, int to) {
        int marks = 0;
        int english = 0;
        int capitals = 0;
        int cased = 0;
        for (int n = from; n < to; n++) {
            var word = words.get(n);
            if (hasMarks(word)) marks++;
            if (ENGLISH.contains(word.exact())) english++;
            if (word.text().length() > 1) cased++;
            if (Keys.capitals(word.text())) capitals++;
        }
        var mode = mode(to - from, marks, english);
        return new Sentence(
                from,
                to,
                mode,
                mode == Mode.OTHER ? language : mode.language(),
                cased > 1 && capitals > cased * MOSTLY);
    }

    private Mode mode(int size, int marks, int english) {
        return switch (language) {
            case "en" -> marks > size * MOSTLY && english == 0 ? Mode.MARKED : Mode.ENGLISH;
            case "vi", "und", "mul" -> {
                if (english > 1 && english * 8 >= size && marks < size * MOSTLY) yield Mode.ENGLISH;
                if (marks > 0) yield Mode.MARKED;
                yield marked && size < LONG_SENTENCE ? Mode.MARKED : Mode.BARE;
            }
            default -> Mode.OTHER;
        };
    }

    /** The possessive of English is no part of a name. */
    private static List<Word> withoutPossessives(List<Word> words) {
        List<Word> changed = null;
        for (int n = 0; n < words.size(); n++) {
            var text = words.get(n).text();
            int at = text.length() - 2;
            if (at < 1 || text.charAt(at + 1) != 's' || !WritingSystem.apostrophe(text.charAt(at))) continue;
            var before = Keys.words(text.substring(0, at));
            if (before.size() != 1) continue;
            if (changed == null) changed = new ArrayList<>(words);
            var name = before.get(0);
            int start = words.get(n).start();
            changed.set(
                    n,
                    new Word(
                            name.text(),
                            name.exact(),
                            name.folded(),
                            start,
                            start + name.end(),
                            words.get(n).touches(),
                            name.script()));
        }
        return changed == null ? words : changed;
    }

    /** Whether nothing but spaces, quotation marks and a possessive stands before the word and after the one before it. */
    boolean follows(int word) {
        if (word <= 0 || word >= words.size()) return false;
        for (int at = ends[word - 1]; at < starts[word]; at++) {
            char c = text.charAt(at);
            if (c == '.' && abbreviation(word - 1)) continue;
            if (c == 's' && at > 0 && WritingSystem.apostrophe(text.charAt(at - 1))) continue;
            if (Character.getType(c) == Character.FORMAT) continue;
            if (!Keys.space(c) && "“”\"'‘’«»„‹›".indexOf(c) < 0) return false;
        }
        return true;
    }

    /** Whether the word stands where any word would have a capital. */
    boolean begins(int word, Sentence sentence) {
        if (word == sentence.from()) return true;
        for (int at = ends[word - 1]; at < starts[word]; at++)
            if ("\n“\"«:•(*".indexOf(text.charAt(at)) >= 0) return true;
        return false;
    }
}
