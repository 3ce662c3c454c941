package org.thocam.index.analysis;

/** What a character is in the syllables of its writing system. */
enum Role {
    /** Begins a syllable. */
    CONSONANT,
    /** A vowel or sign that begins a syllable and needs no consonant. */
    INDEPENDENT,
    /** A vowel written, and stored, before the consonant that it follows in speech. */
    PREVOWEL,
    /** Binds the consonant behind it to the one before, such as the Khmer coeng. */
    SUBJOINER,
    MEDIAL,
    BELOW,
    ABOVE,
    POST,
    TONE,
    SIGN,
    /** A letter that only ever ends a syllable. */
    FINAL;

    static Role named(String word) {
        return switch (word) {
            case "con" -> CONSONANT;
            case "ind" -> INDEPENDENT;
            case "pre" -> PREVOWEL;
            case "sub" -> SUBJOINER;
            case "med" -> MEDIAL;
            case "below" -> BELOW;
            case "above" -> ABOVE;
            case "post" -> POST;
            case "tone" -> TONE;
            case "sign" -> SIGN;
            case "fin" -> FINAL;
            default ->
                throw new IllegalArgumentException(
                        "role '" + word + "': want con, ind, pre, sub, med, below, above, post, tone, sign or fin");
        };
    }

    boolean begins() {
        return this == CONSONANT || this == INDEPENDENT;
    }

    boolean vowel() {
        return this == BELOW || this == ABOVE || this == POST;
    }
}
