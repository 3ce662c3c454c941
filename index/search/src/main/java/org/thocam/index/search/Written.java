package org.thocam.index.search;

import org.thocam.ontology.LanguageTag;

/** A text and the language that it is written in. */
public record Written(LanguageTag tag, String text) {}
