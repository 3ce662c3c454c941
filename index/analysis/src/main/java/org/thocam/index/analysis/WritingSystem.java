package org.thocam.index.analysis;

import com.ibm.icu.lang.UScript;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How a language is written: one description, from which the words of a text, the keys they are compared by, the order of the
 * alphabet and the transliteration are made. Keys are for comparing, never for showing: the stored text stays as it was written.
 */
public final class WritingSystem {
    private static final Map<String, WritingSystem> FOUND = new ConcurrentHashMap<>();
    private static final int MOST_FOUND = 10_000;
    /** Frequent words come again and again: their keys are made once. A power of two. */
    private static final int CACHED = 1 << 15;

    private final Description description;
    private final int script;
    private final Letters letters;
    private final Syllables syllables;
    private final LatinSyllables latinSyllables;
    private final Spelling spelling;
    private final boolean apostropheBegins;
    private final Set<String> elided;
    private volatile Segmenter.Keys[] cache;
    private volatile Alphabet order;
    private volatile Map<String, Alphabet> orders;
    private volatile Romanisation romanisation;
    private volatile List<SisterSpelling> sisters;

    WritingSystem(Description description, Description base) {
        this.description = description;
        this.script = UScript.getCodeFromName(description.value("script"));
        this.letters = Letters.of(description);
        var unit = description.value("unit");
        this.syllables = switch (unit) {
            case "syllable" -> new Syllables(letters, false, true, description.is("closes-bare"));
            case "cluster" -> new Syllables(letters, false, false, false);
            case "rime-first" -> new Syllables(letters, true, false, false);
            case "word", "character" -> null;
            default ->
                throw description.wrong(
                        1, "unit '" + unit + "': want syllable, cluster, rime-first, word or character");
        };
        this.latinSyllables = description.words("rimes").isEmpty() ? null : new LatinSyllables(description);
        this.spelling = syllables != null
                ? new SyllableSpelling(description, letters)
                : script == UScript.LATIN ? new LatinSpelling(base, description) : new OtherSpelling(description);
        this.elided = Set.copyOf(description.words("elided"));
        this.apostropheBegins =
                description.optional("apostrophe").filter("letter"::equals).isPresent();
    }

    /**
     * The writing system of a BCP 47 tag such as {@code blt-Tavt}: the one described for it, else for its language, else for its
     * script, else as any script without a description; Vietnamese where nothing is known, which is Latin as this library mostly meets it.
     */
    public static WritingSystem of(String tag) {
        var found = FOUND.get(tag);
        if (found != null) return found;
        var system = find(tag);
        if (FOUND.size() < MOST_FOUND) FOUND.put(tag, system);
        return system;
    }

    private static WritingSystem find(String tag) {
        for (var part = tag; ; part = part.substring(0, part.lastIndexOf('-'))) {
            boolean scriptNamed = part.equals("und") && !part.equals(tag);
            var system = scriptNamed ? null : WritingSystems.tagged(part);
            if (system != null) return system;
            if (part.lastIndexOf('-') < 0) break;
        }
        var locale = ULocale.addLikelySubtags(ULocale.forLanguageTag(tag));
        if (!locale.getScript().isEmpty()) {
            int script = UScript.getCodeFromName(locale.getScript());
            var ofScript = WritingSystems.tagged("und-" + locale.getScript());
            if (ofScript == null) ofScript = WritingSystems.ofScript(sameLetters(script));
            return ofScript == null ? WritingSystems.tagged("und-Zyyy") : ofScript;
        }
        return WritingSystems.tagged("vi-Latn");
    }

    /** Simplified, traditional and mixed Han are one script to Unicode. */
    private static int sameLetters(int script) {
        boolean han =
                script == UScript.SIMPLIFIED_HAN || script == UScript.TRADITIONAL_HAN || script == UScript.JAPANESE;
        return han ? UScript.HAN : script;
    }

    /** All that are described. */
    public static List<WritingSystem> all() {
        return WritingSystems.all();
    }

    /** BCP 47 with script, such as {@code blt-Tavt}: the first of {@link #tags}. */
    public String tag() {
        return description.words("tags").get(0);
    }

    /** The languages that are written so. */
    public List<String> tags() {
        return description.words("tags");
    }

    /** In Vietnamese and in English. */
    public String name() {
        return description.value("name");
    }

    /** What the description rests on, each with its place. */
    public List<String> sources() {
        return description.values("source");
    }

    /** What a speaker or a teacher of it has to confirm before it may be called right. */
    public List<String> open() {
        return description.values("open");
    }

    /** What is supported, in a sentence each. */
    public List<String> notes() {
        return description.values("note");
    }

    /** {@code word}, {@code syllable}, {@code cluster}, {@code rime-first} or {@code character}: what one token is. */
    public String unit() {
        return description.value("unit");
    }

    /** The letters in their order, empty where none is published. */
    public List<String> alphabet() {
        return description.words("alphabet");
    }

    /** The words of a text with their keys and places. */
    public List<Word> words(String text) {
        var words = new ArrayList<Word>();
        var segmenter = new Segmenter(this);
        segmenter.read(text);
        for (int points = 0, chars = 0; segmenter.next(); ) {
            points += text.codePointCount(chars, segmenter.start());
            chars = segmenter.start();
            int length = text.codePointCount(chars, segmenter.end());
            words.add(new Word(
                    text.substring(segmenter.start(), segmenter.end()),
                    segmenter.exact(),
                    segmenter.folded(),
                    points,
                    points + length,
                    segmenter.touches(),
                    segmenter.script()));
        }
        return List.copyOf(words);
    }

    /**
     * A word or orthographic syllable.
     *
     * @param text as it stands in the text
     * @param exact the key of the exact tier
     * @param folded the key of the forgiving tier
     * @param start where it stands, in code points
     * @param end where it ends, in code points, itself not part of it
     * @param touches whether nothing stands between it and the one before
     * @param script of its letters, as {@link UScript} numbers them
     */
    public record Word(String text, String exact, String folded, int start, int end, boolean touches, int script) {}

    /**
     * The key of the exact tier for a whole text, such as a headword: spellings that a reader takes for the same have the same one,
     * and a space stands between its words whatever stood there.
     */
    public String normalForm(String text) {
        return joined(text, true);
    }

    /**
     * The folded key of what may be the beginning of a text: {@code quy} may become {@code quyền}, so that its y is not yet an i.
     */
    public String foldedBeginning(String text) {
        if (script != UScript.LATIN) return folded(text);
        int last = text.stripTrailing().lastIndexOf(' ') + 1;
        var plain = WritingSystems.tagged("en-Latn").spelling();
        var end = text.substring(last).strip();
        if (end.isEmpty() || end.codePoints().anyMatch(c -> Characters.kind(c) != Characters.LETTER))
            return folded(text);
        var before = folded(text.substring(0, last));
        return (before.isEmpty() ? "" : before + " ") + plain.folded(plain.exact(end));
    }

    /** Whether the character is one of the apostrophes, which are one to every key. */
    public static boolean apostrophe(int c) {
        return Characters.apostrophe(c);
    }

    /** The key of the forgiving tier: without the tones and diacritics that this writing system lets a searcher leave out. */
    public String folded(String text) {
        return joined(text, false);
    }

    private String joined(String text, boolean exact) {
        var key = new StringBuilder(text.length());
        var segmenter = new Segmenter(this);
        segmenter.read(text);
        while (segmenter.next()) {
            if (!key.isEmpty()) key.append(' ');
            key.append(exact ? segmenter.exact() : segmenter.folded());
        }
        return key.isEmpty() ? text.strip() : key.toString();
    }

    /** A key that puts texts in the order of this writing system's alphabet when compared as plain strings. */
    public String sortKey(String text) {
        return HexFormat.of().formatHex(order().key(text));
    }

    Alphabet order() {
        var made = order;
        if (made == null) order = made = Alphabet.of(description);
        return made;
    }

    /** Whether the description says what the order is. */
    boolean hasOrder() {
        return !alphabet().isEmpty() || description.optional("collation").isPresent();
    }

    /** Other orders that are described, by name. */
    Map<String, Alphabet> orders() {
        var made = orders;
        if (made != null) return made;
        made = new LinkedHashMap<>();
        for (var name : description.namesOf("order")) made.put(name, Alphabet.listed(description, "order " + name));
        return orders = Collections.unmodifiableMap(made);
    }

    /** How a text in this writing system is written in Latin letters, the best spelling first; empty where no table is published. */
    public List<String> latin(String text) {
        return romanisation().of(text);
    }

    /** How one syllable, given by its exact key, is written in Latin letters; empty where the tables do not know a letter of it. */
    public List<String> syllableInLatin(String exact) {
        return letters.isEmpty() ? List.of() : romanisation().spellings(exact);
    }

    /** A phrase in another script as it may be typed in Latin letters a to z, a space between its words; empty where it is in Latin itself. */
    public static Set<String> inLatin(String phrase) {
        var all = List.of("");
        boolean native_ = false;
        for (var word : of("und").words(phrase)) {
            var system = WritingSystems.ofScript(word.script());
            var latin = system == null ? List.<String>of() : system.syllableInLatin(word.exact());
            native_ |= !latin.isEmpty();
            var spelled = latin.isEmpty() ? List.of(word.folded()) : latin;
            var letters = latin.isEmpty()
                    ? spelled
                    : latin.stream().map(Sound::letters).distinct().toList();
            all = Sound.joined(all, all.contains("") || word.touches() ? "" : " ", letters, MOST_IN_LATIN);
        }
        return native_ ? new LinkedHashSet<>(all) : Set.of();
    }

    private static final int MOST_IN_LATIN = 4;

    /**
     * Where a syllable, given by its exact key, belongs in the mother language of its family: syllables of related languages that
     * have the same are likely one word.
     */
    public Optional<String> cognate(String exact) {
        return letters.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(romanisation().cognate(exact));
    }

    /** The one that rules a script where the language is not known; {@link UScript} numbers scripts. */
    public static Optional<WritingSystem> ofScript(int script) {
        return Optional.ofNullable(WritingSystems.ofScript(script));
    }

    /**
     * The keys that one word typed in Latin letters may have: each orthography has its own, mostly the same.
     *
     * @return lists of one word, or of several where an orthography cuts it into syllables
     */
    public static Set<List<Keys>> keysInLatin(String word) {
        return WritingSystems.keysInLatin(word);
    }

    /** The keys of a word as Vietnamese writes it otherwise, with i for y or y for i, in a text that no rule of Vietnamese was used on. */
    public static Optional<Keys> otherwiseInLatin(String word) {
        return WritingSystems.otherwise(word);
    }

    /** The keys of one word in both tiers. */
    public record Keys(String exact, String folded) {
        /** As the index holds it. */
        public String term() {
            return Term.of(folded, exact);
        }

        /** The exact key without tones, but with the marks that make other letters: {@code đương} of {@code đường}. */
        public String toneless() {
            return LatinSpelling.toneless(exact);
        }
    }

    /**
     * How the same syllable is spelled in the other orthographies of its language that use the same script, such as Hmong RPA and
     * the alphabet of Viet Nam, the likeliest spelling first. Keys of the exact tier; empty where no table is published.
     *
     * @param exact a word's key of the exact tier
     */
    public List<String> otherSpellings(String exact) {
        return sisters().stream()
                .flatMap(sister -> sister.of(exact).stream())
                .distinct()
                .toList();
    }

    /** Whether {@link #otherSpellings} has a table to look into. */
    public boolean hasOtherSpellings() {
        return !sisters().isEmpty();
    }

    private List<SisterSpelling> sisters() {
        var made = sisters;
        if (made == null) sisters = made = WritingSystems.sisters(tag());
        return made;
    }

    Romanisation romanisation() {
        var made = romanisation;
        if (made == null) romanisation = made = new Romanisation(this, letters);
        return made;
    }

    /** One for all threads: what stands in it is immutable, and a race only makes a key twice. */
    Segmenter.Keys[] cache() {
        var made = cache;
        if (made == null) cache = made = new Segmenter.Keys[CACHED];
        return made;
    }

    int script() {
        return script;
    }

    Letters letters() {
        return letters;
    }

    Syllables syllables() {
        return syllables;
    }

    LatinSyllables latinSyllables() {
        return latinSyllables;
    }

    Spelling spelling() {
        return spelling;
    }

    /** Whether the letters before an apostrophe are a word of their own: {@code l} of {@code l'école}. */
    boolean elides(String letters) {
        return elided.contains(letters.toLowerCase(Locale.ROOT));
    }

    boolean apostropheBegins() {
        return apostropheBegins;
    }

    @Override
    public String toString() {
        return tag();
    }
}
