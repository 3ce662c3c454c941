package org.thocam.ontology.transcript;

/** What the segments of a tier are; found from the format, the stereotype and the name, and changed by whoever edits the item. */
public enum Role {
    TRANSCRIPTION,
    ORTHOGRAPHY,
    PHONETIC,
    WORD,
    MORPHEME,
    GLOSS,
    PART_OF_SPEECH,
    TRANSLATION,
    NOTE,
    REFERENCE,
    GESTURE,
    CAPTION,
    OTHER
}
