package org.thocam.api;

import io.swagger.v3.oas.annotations.Parameter;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.thocam.api.CurrentEntities.View;
import org.thocam.index.search.SearchRequest;
import org.thocam.index.search.SearchRequest.BoundingBox;
import org.thocam.index.search.SearchRequest.Facet;
import org.thocam.index.search.SearchRequest.Near;
import org.thocam.index.search.SearchRequest.Sort;
import org.thocam.ontology.entity.EntityKind;

/** The parameters of a search as they come. Design section 4. */
public final class SearchParameters {
    private static final Pattern DATE = Pattern.compile("\\d{4}(-\\d\\d(-\\d\\d)?)?");
    private static final int LONGEST_QUERY = 10_000;
    private static final int MOST_NAMED = 300;

    @QueryParam("q")
    @Parameter(description = "words in any script; empty or * for everything")
    String q;

    @QueryParam("language")
    @Parameter(description = "BCP 47, such as blt-Tavt; repeat it or separate values by commas for 'any of these'")
    List<String> language;

    @QueryParam("script")
    @Parameter(description = "ISO 15924, such as Tavt")
    List<String> script;

    @QueryParam("people")
    @Parameter(description = "id of the people, such as EG03")
    List<String> people;

    @QueryParam("type")
    @Parameter(description = "DCMI type, such as Text")
    List<String> type;

    @QueryParam("place")
    @Parameter(description = "the place's name; repeat it, for a comma may be part of the name")
    List<String> place;

    @QueryParam("set")
    @Parameter(description = "OAI-PMH setSpec; takes in its sub-sets")
    List<String> set;

    @QueryParam("year")
    List<String> year;

    @QueryParam("mentions")
    @Parameter(description = "id of an entity that is named, such as FE001; a place takes in what lies within it")
    List<String> mentions;

    @QueryParam("near")
    @Parameter(description = "lat,lon in degrees, or the id of an entity that has a point; with 'within'")
    String near;

    @QueryParam("within")
    @Parameter(description = "kilometres from 'near'")
    String within;

    @QueryParam("bbox")
    @Parameter(description = "west,south,east,north in degrees")
    String bbox;

    @QueryParam("from")
    @Parameter(description = "YYYY, YYYY-MM or YYYY-MM-DD")
    String from;

    @QueryParam("to")
    @Parameter(description = "YYYY, YYYY-MM or YYYY-MM-DD")
    String to;

    @QueryParam("facet")
    @Parameter(description = "what to count: people, mentions, language, script, type, place, set, year")
    List<String> facet;

    @QueryParam("sort")
    @Parameter(description = "relevance, title, date or newest")
    String sort;

    @QueryParam("size")
    @Parameter(description = "0 to 200, else 20")
    String size;

    @QueryParam("cursor")
    @Parameter(description = "the 'next' of the page before")
    String cursor;

    @QueryParam("explain")
    @Parameter(description = "true: why each item was found")
    String explain;

    @QueryParam("segments")
    @Parameter(
            description =
                    "true: items that have it in a recording, an interlinear text or a page, with the places: file, tier, times, box")
    String segments;

    @BeanParam
    SegmentParameters places;

    @QueryParam("scripts")
    @Parameter(
            description =
                    "strict: only the script that was typed; else words are found across scripts too, at a lower rank")
    String scripts;

    /** @param view of the entities that ids in it are of */
    SearchRequest request(View view) {
        if (q != null && q.length() > LONGEST_QUERY)
            throw Lists.bad("q", q, "at most " + LONGEST_QUERY + " characters");
        Map<Facet, List<String>> filters = new EnumMap<>(Facet.class);
        filter(filters, Facet.LANGUAGE, language);
        filter(filters, Facet.SCRIPT, script);
        filter(filters, Facet.PEOPLE, people);
        filter(filters, Facet.TYPE, type);
        var named = named(view);
        if (!named.isEmpty()) filters.put(Facet.MENTIONS, named);
        filter(filters, Facet.PLACE, place);
        filter(filters, Facet.SET, set);
        filter(filters, Facet.YEAR, year);
        return new SearchRequest(
                q == null ? "" : q,
                filters,
                box(),
                near(view),
                date("from", from),
                date("to", to),
                values(facet, true).stream()
                        .map(word -> choice("facet", word, Facet.class))
                        .distinct()
                        .toList(),
                sort == null || sort.isBlank() ? Sort.RELEVANCE : choice("sort", sort.strip(), Sort.class),
                Lists.size(size, 20),
                Optional.ofNullable(cursor).filter(text -> !text.isEmpty()),
                "true".equals(explain),
                strict());
    }

    /** Near places first: what lies in a region may be more than can be asked for at once. */
    private List<String> named(View view) {
        var wanted = values(mentions, true);
        if (wanted.size() > MOST_NAMED) throw Lists.bad("mentions", wanted.size() + " ids", "at most " + MOST_NAMED);
        for (var id : wanted)
            if (EntityKind.ofId(id).isEmpty()) throw Lists.bad("mentions", id, "the id of an entity, such as FE001");
        var ids = new LinkedHashSet<>(wanted);
        for (var id : wanted)
            for (var inside : view.containment().within(id)) if (ids.size() < MOST_NAMED) ids.add(inside);
        return List.copyOf(ids);
    }

    private Optional<Near> near(View view) {
        if (near == null || near.isBlank()) {
            if (within != null && !within.isBlank()) throw Lists.bad("within", within, "near=lat,lon with it");
            return Optional.empty();
        }
        if (within == null || within.isBlank()) throw Lists.bad("within", "", "kilometres, with near");
        var point = EntityFilter.point(near.strip(), view);
        try {
            return Optional.of(new Near(point.lat(), point.lon(), EntityFilter.number("within", within.strip())));
        } catch (IllegalArgumentException e) {
            throw Lists.bad("within", within, "kilometres, more than 0 to 20038");
        }
    }

    private boolean strict() {
        if (scripts == null || scripts.isBlank()) return false;
        if (scripts.strip().equals("strict")) return true;
        throw Lists.bad("scripts", scripts, "strict, or nothing");
    }

    /** The address of the following page: all parameters as they came, and its cursor. */
    static String next(UriInfo uri, String cursor) {
        var next =
                uri.getRequestUriBuilder().replaceQueryParam("cursor", cursor).build();
        // Without a host: behind a proxy the reader's is another.
        return next.getRawPath() + "?" + next.getRawQuery();
    }

    private static void filter(Map<Facet, List<String>> filters, Facet facet, List<String> given) {
        var values = values(given, facet != Facet.PLACE);
        if (!values.isEmpty()) filters.put(facet, values);
    }

    static List<String> values(List<String> given, boolean commas) {
        var values = new ArrayList<String>();
        if (given != null)
            for (var one : given)
                for (var value : commas ? one.split(",") : new String[] {one})
                    if (!value.isBlank()) values.add(value.strip());
        return values;
    }

    static <E extends Enum<E>> E choice(String parameter, String word, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> Lists.bad(
                        parameter,
                        word,
                        Arrays.stream(type.getEnumConstants())
                                .map(one -> one.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }

    private static Optional<String> date(String parameter, String text) {
        if (text == null || text.isBlank()) return Optional.empty();
        if (!DATE.matcher(text.strip()).matches()) throw Lists.bad(parameter, text, "YYYY, YYYY-MM or YYYY-MM-DD");
        return Optional.of(text.strip());
    }

    private Optional<BoundingBox> box() {
        return bbox == null || bbox.isBlank() ? Optional.empty() : Optional.of(box(bbox));
    }

    static BoundingBox box(String text) {
        try {
            var degrees = Arrays.stream(text.split(",", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            if (degrees.length == 4) return new BoundingBox(degrees[0], degrees[1], degrees[2], degrees[3]);
        } catch (IllegalArgumentException e) {
            throw Lists.bad("bbox", text, "west,south,east,north in degrees with south <= north");
        }
        throw Lists.bad("bbox", text, "four numbers: west,south,east,north");
    }
}
