package org.thocam.index.analysis;

import com.ibm.icu.lang.UScript;
import java.util.List;

/**
 * Cuts a text into words and orthographic syllables, in one pass, each with its keys. The writing system it is made with rules its
 * own script; each other script is ruled by the one described first for it.
 */
final class Segmenter {
    /** Longer words are cut into pieces: nothing is dropped, and no index holds a word of a megabyte. */
    static final int LONGEST = 64;

    private static final int LONGEST_CACHED = 24;
    private static final Spelling PLAIN = new OtherSpelling(Description.named("und-Zyyy"));

    private final WritingSystem main;
    private final Keys[] cache;
    private char[] text = new char[0];
    private int length;
    private int at;
    private int start;
    private int end;
    private int before;
    private boolean touches;
    private int script;
    private Keys keys;
    private List<Integer> parts = List.of();
    private int part;
    private int wordStart;

    /** What one token gives; immutable, so that threads may share it without a lock. */
    record Keys(String token, int script, String exact, String folded, String term) {}

    Segmenter(WritingSystem main) {
        this.main = main;
        this.cache = main.cache();
    }

    void read(String string) {
        read(string.toCharArray(), string.length());
    }

    void read(char[] chars, int size) {
        text = chars;
        length = size;
        at = 0;
        before = -1;
        parts = List.of();
        part = 0;
    }

    boolean next() {
        if (part < parts.size()) return nextPart();
        while (at < length) {
            int c = Character.codePointAt(text, at, length);
            int kind = Characters.kind(c);
            start = at;
            switch (kind) {
                case Characters.SEPARATOR, Characters.POINT, Characters.IGNORED -> {
                    at += Character.charCount(c);
                    continue;
                }
                case Characters.APOSTROPHE -> {
                    if (!leads(c)) {
                        at += Character.charCount(c);
                        continue;
                    }
                    word(UScript.LATIN);
                }
                case Characters.LETTER -> word(Characters.script(c));
                case Characters.DIGIT -> word(UScript.COMMON);
                case Characters.ALONE -> alone(c);
                case Characters.SYLLABIC -> syllable(c);
                default -> marks();
            }
            return found();
        }
        return false;
    }

    /** An apostrophe that is a letter, at the head of a word: Bahnar {@code ʼbah}. */
    private boolean leads(int c) {
        if (!main.apostropheBegins()) return false;
        int next = at + Character.charCount(c);
        if (next >= length) return false;
        int following = Character.codePointAt(text, next, length);
        return Characters.kind(following) == Characters.LETTER && Characters.script(following) == UScript.LATIN;
    }

    private boolean found() {
        at = end;
        trim();
        touches = before == start;
        before = end;
        keys = keys();
        if (main.latinSyllables() != null && script == UScript.LATIN) split();
        return true;
    }

    /** What cannot be seen at a word's end is not of it. */
    private void trim() {
        while (end > start + 1) {
            int c = Character.codePointBefore(text, end, start);
            if (Characters.kind(c) != Characters.IGNORED || end - Character.charCount(c) <= start) return;
            end -= Character.charCount(c);
        }
    }

    private void word(int ofScript) {
        script = ofScript;
        int size = 0;
        end = start;
        while (end < length && size < LONGEST) {
            int c = Character.codePointAt(text, end, length);
            int width = Character.charCount(c);
            switch (Characters.kind(c)) {
                case Characters.LETTER -> {
                    int here = Characters.script(c);
                    if (script == UScript.COMMON) script = here;
                    if (here != script) return;
                }
                case Characters.DIGIT, Characters.MARK, Characters.IGNORED -> {}
                case Characters.APOSTROPHE -> {
                    if (end > start && (!joins(end + width) || main.elides(new String(text, start, end - start))))
                        return;
                }
                case Characters.POINT -> {
                    if (!betweenDigits(end, width)) return;
                }
                default -> {
                    return;
                }
            }
            end += width;
            size++;
        }
    }

    private boolean joins(int next) {
        if (next >= length) return false;
        int c = Character.codePointAt(text, next, length);
        return Characters.kind(c) == Characters.LETTER && Characters.script(c) == script;
    }

    private boolean betweenDigits(int point, int width) {
        if (point == start || point + width >= length) return false;
        return Characters.kind(Character.codePointBefore(text, point)) == Characters.DIGIT
                && Characters.kind(Character.codePointAt(text, point + width, length)) == Characters.DIGIT;
    }

    private void alone(int c) {
        script = Characters.script(c);
        end = start + Character.charCount(c);
        leaning();
    }

    private void marks() {
        script = UScript.INHERITED;
        end = start;
        leaning();
    }

    private void leaning() {
        for (int size = 0; end < length && size < LONGEST; size++) {
            int c = Character.codePointAt(text, end, length);
            int kind = Characters.kind(c);
            if (kind != Characters.MARK && kind != Characters.IGNORED) return;
            end += Character.charCount(c);
        }
    }

    private void syllable(int c) {
        script = Characters.script(c);
        var system = system();
        if (system == null || system.syllables() == null) alone(c);
        else end = system.syllables().end(text, start, length);
    }

    private WritingSystem system() {
        return script == main.script() ? main : WritingSystems.ofScript(script);
    }

    private void split() {
        parts = List.of();
        var exact = keys.exact();
        if (exact.length() != end - start) return;
        var ends = main.latinSyllables().ends(exact);
        if (ends.size() < 2) return;
        parts = ends;
        part = 0;
        wordStart = start;
        nextPart();
    }

    private boolean nextPart() {
        touches = part > 0 || touches;
        start = wordStart + (part == 0 ? 0 : parts.get(part - 1));
        end = wordStart + parts.get(part);
        part++;
        keys = keys();
        return true;
    }

    private Keys keys() {
        int size = end - start;
        if (size > LONGEST_CACHED) return make(new String(text, start, size));
        int hash = script;
        for (int i = start; i < end; i++) hash = 31 * hash + text[i];
        int slot = (hash ^ hash >>> 15) & cache.length - 1;
        var cached = cache[slot];
        if (cached != null && cached.script == script && same(cached.token, size)) return cached;
        return cache[slot] = make(new String(text, start, size));
    }

    private boolean same(String token, int size) {
        if (token.length() != size) return false;
        for (int i = 0; i < size; i++) if (token.charAt(i) != text[start + i]) return false;
        return true;
    }

    private Keys make(String token) {
        var whole = token;
        // half a surrogate pair is no character: Lucene would write a question mark for it
        for (int i = 0; i < whole.length(); i++)
            if (Character.isSurrogate(whole.charAt(i))) {
                whole = wellFormed(whole);
                break;
            }
        var system = system();
        var spelling = system == null ? PLAIN : system.spelling();
        var exact = spelling.exact(whole);
        var folded = spelling.folded(exact);
        return new Keys(token, script, exact, folded, Term.of(folded, exact));
    }

    private static String wellFormed(String text) {
        var whole = new StringBuilder(text.length());
        text.codePoints().forEach(c -> whole.appendCodePoint(c >= 0xD800 && c < 0xE000 ? 0xFFFD : c));
        return whole.toString();
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Whether it stands right behind the one before. */
    boolean touches() {
        return touches;
    }

    int script() {
        return script;
    }

    String exact() {
        return keys.exact();
    }

    String folded() {
        return keys.folded();
    }

    /** As the index has it. */
    String term() {
        return keys.term();
    }
}
