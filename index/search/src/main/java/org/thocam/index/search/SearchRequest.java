package org.thocam.index.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thocam.ontology.LanguageTag;

/**
 * A searcher's question, already checked for its form; design section 4 names the parameters.
 *
 * @param q empty or {@code *} for everything
 * @param filters wanted values by facet; within one facet any of them, between facets all of them
 * @param from first day or year wanted of the item's date, as {@code YYYY}, {@code YYYY-MM} or {@code YYYY-MM-DD}
 * @param facets facets to count
 * @param size at most this many items, 0 to 200
 * @param cursor from {@link SearchResponse#next}, empty for the first page
 * @param explain adds to each item why it was found
 * @param strict whether only the script that was typed counts; else words are found across scripts too, at a lower rank
 */
public record SearchRequest(
        String q,
        Map<Facet, List<String>> filters,
        Optional<BoundingBox> bbox,
        Optional<Near> near,
        Optional<String> from,
        Optional<String> to,
        List<Facet> facets,
        Sort sort,
        int size,
        Optional<String> cursor,
        boolean explain,
        boolean strict) {

    /** What items can be counted and filtered by; {@code place} is the place's name, {@code set} takes in its sub-sets. */
    public enum Facet {
        PEOPLE,
        /** The entities that its text or description names. */
        MENTIONS,
        LANGUAGE,
        SCRIPT,
        TYPE,
        PLACE,
        SET,
        YEAR
    }

    /** Within some kilometres of a point, in WGS 84 degrees; as great circles measure it. */
    public record Near(double lat, double lon, double km) {
        public Near {
            boolean good = lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180 && km > 0 && km <= 20_038;
            if (!good) throw new IllegalArgumentException("near: want lat,lon in degrees and within 0 to 20038 km");
        }
    }

    public enum Sort {
        RELEVANCE,
        TITLE,
        DATE,
        NEWEST
    }

    /** WGS 84 degrees; west may be greater than east across the antimeridian. */
    public record BoundingBox(double west, double south, double east, double north) {
        public BoundingBox {
            boolean good = west >= -180
                    && west <= 180
                    && east >= -180
                    && east <= 180
                    && south >= -90
                    && north <= 90
                    && south <= north;
            if (!good)
                throw new IllegalArgumentException("bbox: want west,south,east,north in degrees with south <= north");
        }
    }

    /** One that asks for no distance. */
    public SearchRequest(
            String q,
            Map<Facet, List<String>> filters,
            Optional<BoundingBox> bbox,
            Optional<String> from,
            Optional<String> to,
            List<Facet> facets,
            Sort sort,
            int size,
            Optional<String> cursor,
            boolean explain,
            boolean strict) {
        this(q, filters, bbox, Optional.empty(), from, to, facets, sort, size, cursor, explain, strict);
    }

    /** One that asks for words alone, the best first. */
    public static SearchRequest of(String q, int size, boolean strict) {
        return new SearchRequest(
                q,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Sort.RELEVANCE,
                size,
                Optional.empty(),
                false,
                strict);
    }

    public SearchRequest {
        filters = Map.copyOf(filters);
        facets = List.copyOf(facets);
    }

    boolean everything() {
        return q.isBlank() || q.strip().equals("*");
    }

    /** The language that all that can be found is in, whose alphabet orders the titles; empty where there may be several. */
    Optional<LanguageTag> language() {
        var wanted = filters.getOrDefault(Facet.LANGUAGE, List.of());
        if (wanted.size() != 1) return Optional.empty();
        try {
            return Optional.of(new LanguageTag(wanted.get(0)));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no item has it
        }
    }
}
