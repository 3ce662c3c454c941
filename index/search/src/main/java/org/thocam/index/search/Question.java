package org.thocam.index.search;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.thocam.index.search.SearchRequest.BoundingBox;
import org.thocam.index.search.SearchRequest.Facet;
import org.thocam.ontology.Shown;
import org.thocam.ontology.Viewer;

/** A searcher's question in Solr's parameters. Callers' values stand in parameters of their own. */
final class Question {
    private static final String SEPARATOR = String.valueOf(ItemDocument.UNIT);
    private static final int MOST_COUNTS = 100;

    private Question() {}

    /** What every question begins with, whatever it asks for: only what the viewer may see now. */
    static ModifiableSolrParams seenBy(Viewer viewer, Instant now) {
        var params = new ModifiableSolrParams();
        params.set("sep", SEPARATOR);
        var open = "open_from:[* TO " + (viewer.seesAll() ? "*" : now.getEpochSecond()) + "]";
        if (!viewer.seesAll() && !viewer.communities().isEmpty()) {
            params.set("communities", String.join(SEPARATOR, values(viewer.communities())));
            open += " {!terms f=communities separator=$sep v=$communities}";
        }
        // Not cached: the next second asks with another number.
        params.add("fq", "{!lucene cache=false}" + open);
        return params;
    }

    /** What a searcher typed stands in {@code $typed} and is words to its parser, whatever it holds. */
    private static final String TYPED =
            "{!text v=$typed fields='title_text^4 meta_text^2 text' breadth=%s strict=%s%s}";

    static ModifiableSolrParams of(SearchRequest request, Cursor cursor, Viewer viewer, Instant now) {
        var params = seenBy(viewer, now);
        boolean everything = request.everything();
        var breadth = cursor.breadth().name().toLowerCase(Locale.ROOT);
        if (everything) params.set("q", "*:*");
        else {
            params.set("typed", request.q());
            params.set("q", TYPED.formatted(breadth, request.strict(), ""));
            params.set("hl.q", TYPED.formatted(breadth, request.strict(), " shown='text title_text'"));
        }
        filter(request, params);
        params.set("sort", sort(request));
        params.set("rows", request.size());
        if (request.size() > 0) params.set("cursorMark", cursor.mark());
        params.set("fl", "id", "version", "title", "languages", "score");
        if (everything && request.filters().containsKey(Facet.MENTIONS)) params.add("fl", "mention_pieces");
        if (!request.facets().isEmpty()) count(request.facets(), params);
        if (!everything && request.size() > 0) {
            highlight(params);
            if (request.explain()) params.add("fl", "why:[explain style=text]");
        }
        return params;
    }

    /** The best item alone, whatever order and size were asked for. */
    static ModifiableSolrParams best(SearchRequest request, Viewer viewer, Instant now) {
        var params = seenBy(viewer, now);
        params.set("typed", request.q());
        params.set("q", TYPED.formatted("all", request.strict(), ""));
        filter(request, params);
        params.set("rows", 1);
        params.set("fl", "id", "score");
        return params;
    }

    static void filter(SearchRequest request, ModifiableSolrParams params) {
        request.filters().forEach((facet, wanted) -> {
            if (wanted.isEmpty()) return;
            var field = field(facet);
            params.set("want_" + field, String.join(SEPARATOR, values(wanted)));
            params.add("fq", "{!terms f=" + field + " separator=$sep v=$want_" + field + "}");
        });
        request.bbox().ifPresent(box -> params.add("fq", within(box)));
        request.near()
                .ifPresent(near -> params.add(
                        "fq",
                        "{!geofilt sfield=geo pt=%s,%s d=%s}"
                                .formatted(plain(near.lat()), plain(near.lon()), plain(near.km()))));
        day("from", request.from())
                .ifPresent(date -> params.add("fq", "last_day:[" + date.first().toEpochDay() + " TO *]"));
        day("to", request.to())
                .ifPresent(date ->
                        params.add("fq", "first_day:[* TO " + date.last().toEpochDay() + "]"));
    }

    /** A value that holds the separator is no value of ours. */
    static List<String> values(Iterable<String> wanted) {
        var values = new ArrayList<String>();
        for (var value : wanted) values.add(ItemDocument.value(value).replace(SEPARATOR, "\uFFFD"));
        return values;
    }

    private static Optional<ItemDate> day(String name, Optional<String> text) {
        return text.map(given -> ItemDate.of(given)
                .orElseThrow(() -> new IllegalArgumentException(
                        name + " '" + Shown.of(given) + "': want YYYY, YYYY-MM or YYYY-MM-DD")));
    }

    /** Half of what the index rounds degrees by: a place on the edge of a box is in it. */
    private static final double ROUNDING = 1e-7;

    /** Across the antimeridian a box is two boxes. */
    private static String within(BoundingBox box) {
        if (box.west() <= box.east()) return "{!lucene}" + envelope(box.west(), box.east(), box);
        return "{!lucene}" + envelope(box.west(), 180, box) + " " + envelope(-180, box.east(), box);
    }

    private static String envelope(double west, double east, BoundingBox box) {
        return "{!field f=geo v='Intersects(ENVELOPE(%s,%s,%s,%s))'}"
                .formatted(
                        plain(Math.max(-180, west - ROUNDING)),
                        plain(Math.min(180, east + ROUNDING)),
                        plain(Math.min(90, box.north() + ROUNDING)),
                        plain(Math.max(-90, box.south() - ROUNDING)));
    }

    private static String plain(double degrees) {
        return BigDecimal.valueOf(degrees).toPlainString();
    }

    /** The id comes last in every order, so that a page is the same page every time. */
    private static String sort(SearchRequest request) {
        return switch (request.sort()) {
            case RELEVANCE -> "score desc,id asc";
            case TITLE -> request.language().map(ItemDocument::sortField).orElse("sort_title") + " asc,id asc";
            case DATE -> "first_day asc,id asc";
            case NEWEST -> "changed desc,id asc";
        };
    }

    static void count(List<Facet> facets, ModifiableSolrParams params) {
        params.set("facet", true);
        params.set("facet.mincount", 1);
        params.set("facet.limit", MOST_COUNTS);
        params.set("facet.sort", "count");
        for (var facet : facets) params.add("facet.field", field(facet));
    }

    private static void highlight(ModifiableSolrParams params) {
        params.set("hl", true);
        params.set("hl.method", "unified");
        params.set("hl.fl", "text,title_text");
        params.set("hl.requireFieldMatch", true);
        params.set("hl.snippets", Highlight.MOST);
        params.set("hl.fragsize", 120);
        params.set("hl.bs.type", "WORD");
        params.set("hl.tag.pre", String.valueOf(ItemDocument.BEGIN));
        params.set("hl.tag.post", String.valueOf(ItemDocument.END));
        params.set("hl.maxAnalyzedChars", ItemDocument.LONGEST_TEXT);
    }

    static String field(Facet facet) {
        return facet.name().toLowerCase(Locale.ROOT);
    }
}
