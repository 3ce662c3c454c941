package org.thocam.index.search;

import java.util.Optional;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Version;

/**
 * A dictionary as the index shows it.
 *
 * @param version of the whole; single entries may have been edited since
 * @param entries that are published
 * @param working entries with a working state: those in which nothing waits to be published count too
 * @param fault why it has no entries, empty where all is well
 */
public record ShownDictionary(
        ItemId id, Version version, LanguageTag language, long entries, long working, Optional<String> fault) {}
