package org.thocam.index.search;

import java.util.Optional;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Version;

/**
 * A dictionary as the index shows it.
 *
 * @param fault why it has no entries, empty where all is well
 */
public record ShownDictionary(ItemId id, Version version, LanguageTag language, long entries, Optional<String> fault) {}
