package org.thocam.index.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thocam.index.analysis.query.Tier;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Version;

/**
 * @param total how many the viewer may see in all
 * @param facets counts by value, the most frequent first
 * @param next the cursor of the following page, empty on the last
 */
public record SearchResponse(
        long total, List<Hit> items, Map<SearchRequest.Facet, List<Count>> facets, Optional<String> next) {
    /**
     * @param highlights pieces of title or text, the words found between {@code <em>} and {@code </em>}, all else escaped for HTML
     * @param tier by which path it was found; empty where everything was asked for
     * @param explanation why it was found, null unless asked for
     */
    public record Hit(
            ItemId id,
            Version version,
            LanguageMap title,
            List<LanguageTag> languages,
            double score,
            List<String> highlights,
            Optional<Tier> tier,
            JsonNode explanation) {}

    public record Count(String value, long count) {}
}
