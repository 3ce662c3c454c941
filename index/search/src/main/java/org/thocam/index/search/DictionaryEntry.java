package org.thocam.index.search;

import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;

/**
 * An entry as the index takes and gives it.
 *
 * @param id unique in its dictionary
 */
public record DictionaryEntry(String id, String headword, LanguageTag language, LanguageMap glosses) {}
