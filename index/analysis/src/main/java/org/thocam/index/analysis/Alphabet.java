package org.thocam.index.analysis;

import java.util.List;
import java.util.Optional;

/**
 * The order of one language, mostly made from its letters in a row. Several orders of one language may be in use at once: a
 * dictionary that has its own gives it as a string. Safe for use by many threads.
 *
 * <p>What counts, in this order: all letters, the longest that fits the text each time; the tone marks; small letters before capitals. Digits and
 * punctuation stand before the letters, and letters that are not in the list behind them, among themselves as Unicode has them. All spellings
 * that Unicode calls equivalent have one key, and so have the apostrophes, and circumflex and breve in either order.
 */
public final class Alphabet {
    /** The head of what stands before the first letter: digits, punctuation, nothing at all. */
    public static final String BEFORE = "#";
    /** The head of what stands behind the last letter: what begins with a letter that is not in the list. */
    public static final String BEHIND = "…";

    /** What becomes of the spaces, hyphens and other punctuation of a headword. */
    public enum Spaces {
        /** They stand before all letters, so that {@code a z} comes before {@code ab}. */
        WORD_BY_WORD,
        /** They count only where all else is equal, so that {@code ab} comes before {@code a z}. */
        LETTER_BY_LETTER
    }

    private final Order order;

    private Alphabet(Order order) {
        this.order = order;
    }

    /** {@link #of(String, Spaces)}, word by word. */
    public static Alphabet of(String letters) {
        return of(letters, Spaces.WORD_BY_WORD);
    }

    /**
     * The order of a list of letters, as a linguist types it.
     *
     * @param letters in their order, spaces between them; each once, small or capital
     * @throws AmbiguousAlphabetException if a text cannot tell two of them apart; it names both
     * @throws IllegalArgumentException if there is none, or one of them is no letter; the message says which and why
     */
    public static Alphabet of(String letters, Spaces spaces) {
        return new Alphabet(new ListedOrder(LetterList.of(letters, false), spaces));
    }

    /**
     * The order that is described for a BCP 47 tag such as {@code jra-Latn}: that of the published alphabet, else the one of CLDR
     * that the description names; empty where it names none.
     */
    public static Optional<Alphabet> named(String tag) {
        var system = WritingSystem.of(tag);
        return system.hasOrder() ? Optional.of(system.order()) : Optional.empty();
    }

    /** One of the {@link #names} of a tag; empty where it is not among them. */
    public static Optional<Alphabet> named(String tag, String name) {
        return Optional.ofNullable(WritingSystem.of(tag).orders().get(name));
    }

    /** The names of the orders that are described beside that of {@link #named(String)}: rivals, where no order is agreed on. */
    public static List<String> names(String tag) {
        return List.copyOf(WritingSystem.of(tag).orders().keySet());
    }

    static Alphabet of(Description description) {
        return description.words("alphabet").isEmpty()
                ? new Alphabet(CollatedOrder.of(description))
                : listed(description, "alphabet");
    }

    static Alphabet listed(Description description, String key) {
        boolean letter =
                description.optional("apostrophe").filter("letter"::equals).isPresent();
        try {
            var letters = LetterList.of(String.join(" ", description.words(key)), letter);
            return new Alphabet(new ListedOrder(letters, Spaces.WORD_BY_WORD));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "the " + key + " of " + description.value("tags") + " makes no order: " + e.getMessage(), e);
        }
    }

    /** Keys compare as unsigned bytes. Long texts are ordered by their beginning; homographs have one key. */
    public byte[] key(String text) {
        return order.key(text);
    }

    /** Under which of {@link #heads} a headword stands, or {@link #BEFORE} or {@link #BEHIND}. Where keys ascend, so do heads. */
    public String head(String text) {
        return order.head(text);
    }

    /** For a list to jump from, in order, with a capital where there is one: {@code N}, {@code Ng}. */
    public List<String> heads() {
        return order.heads();
    }

    /** What stands behind all letters because it is not one of them, each once, composed: for the linguist to see. */
    public List<String> outside(String text) {
        return order.outside(text);
    }

    /** In their order, as they were typed; empty where the order is one of CLDR. */
    public List<String> letters() {
        return order.letters();
    }

    /** What the methods of {@link Alphabet} are answered from. */
    interface Order {
        byte[] key(String text);

        String head(String text);

        List<String> heads();

        List<String> outside(String text);

        List<String> letters();
    }
}
