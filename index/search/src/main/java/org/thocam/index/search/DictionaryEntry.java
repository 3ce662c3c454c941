package org.thocam.index.search;

import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;

/**
 * What the index shows of an entry that was found: its headword, and of each language the first gloss.
 *
 * @param id unique in its dictionary
 */
public record DictionaryEntry(String id, String headword, LanguageTag language, LanguageMap glosses) {}
