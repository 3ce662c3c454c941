package org.thocam.ontology.linking;

import org.thocam.ontology.entity.EntityKind;

/**
 * A name that an entity may have in a text, with what was known of it before any text was read.
 *
 * @param entity place in {@link Gazetteer}'s list; {@link #NOTHING} for a name of something that is none of our entities
 * @param use where the name is from
 * @param name as the register writes it, or as it was derived from that
 * @param words how many
 * @param proper whether the register writes every word with a capital, as of a people or a place
 * @param syllable whether it is one word that Vietnamese could have too
 * @param plain whether it is a name of the entity without its diacritics: no name in a text that has them
 * @param language in which the register gives it; {@code und} where it does not say
 * @param needs a kind of trigger without which the name is none, such as {@code tiếng} before a bare language name; null for most
 * @param shown how many of the words are the mention, where those behind them name another entity; 0 for all
 */
record Form(
        int entity,
        EntityKind kind,
        Use use,
        String name,
        int words,
        boolean proper,
        boolean syllable,
        boolean plain,
        String language,
        Sense needs,
        int shown) {
    static final int NOTHING = -1;

    /** Where a name is from, the surest first, with its weight as evidence. */
    enum Use {
        LABEL(0.8),
        /** The label without the word that says what it is: {@code Gầu Tào} of {@code Lễ hội Gầu Tào}. */
        CORE(0.7),
        AUTONYM(0.4),
        OTHER(0.3),
        SUBGROUP(0.2),
        /** A part of the label that others of its kind may have too. */
        PART(-0.2),
        /** A spelling that a namesake has. */
        NAMESAKE(-0.1),
        DATED(0),
        /** Known to be something else. */
        HOMOGRAPH(0);

        private final double weight;

        Use(double weight) {
            this.weight = weight;
        }

        double weight() {
            return weight;
        }
    }
}
