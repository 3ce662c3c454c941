package org.thocam.index.search;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.thocam.index.analysis.query.TextQuery.Breadth;
import org.thocam.ontology.Viewer;

/** A question for passages in Solr's parameters, grouped by their items. */
final class SegmentQuestion {
    private static final String TYPED = "{!text v=$typed fields='text' breadth=%s strict=%s%s}";
    private static final String SEPARATOR = String.valueOf(ItemDocument.UNIT);

    private SegmentQuestion() {}

    static ModifiableSolrParams of(SegmentRequest request, long from, Breadth breadth, Viewer viewer, Instant now) {
        var asked = request.asked();
        var params = Question.seenBy(viewer, now);
        var wide = breadth.name().toLowerCase(Locale.ROOT);
        if (asked.everything()) params.set("q", "*:*");
        else {
            params.set("typed", asked.q());
            params.set("q", TYPED.formatted(wide, asked.strict(), ""));
        }
        Question.filter(asked, params);
        request.item().ifPresent(id -> any(params, "item", List.of(id.value())));
        any(params, "file", request.files());
        request.number().ifPresent(number -> params.add("fq", "number:" + number));
        any(params, "tier_key", request.tiers());
        any(params, "speaker_key", request.speakers());
        any(params, "role", request.roles());
        request.from().ifPresent(time -> params.add("fq", "end:{" + time + " TO *]"));
        request.to().ifPresent(time -> params.add("fq", "start:[* TO " + time + "}"));
        params.set("group", true);
        params.set("group.field", "item");
        params.set("group.ngroups", true);
        // the words are sought once, not once for each pass
        params.set("group.cache.percent", 20);
        params.set("group.limit", asked.size() == 0 ? 0 : request.perItem());
        if (request.skip() > 0) params.set("group.offset", request.skip());
        params.set("group.sort", asked.everything() ? "file asc,number asc" : "score desc,file asc,number asc");
        params.set("sort", sort(asked));
        params.set("start", String.valueOf(from));
        params.set("rows", asked.size());
        params.set("fl", "*", "score");
        if (!asked.facets().isEmpty()) {
            Question.count(asked.facets(), params);
            // each item once
            params.set("group.truncate", true);
        }
        if (!asked.everything() && asked.size() > 0) {
            params.set("hl.q", TYPED.formatted(wide, asked.strict(), " shown='text'"));
            params.set("hl", true);
            params.set("hl.method", "unified");
            params.set("hl.fl", "text");
            params.set("hl.fragsize", 0);
            params.set("hl.tag.pre", String.valueOf(ItemDocument.BEGIN));
            params.set("hl.tag.post", String.valueOf(ItemDocument.END));
        }
        return params;
    }

    /** The best passage alone, whatever order and size were asked for. */
    static ModifiableSolrParams best(SegmentRequest request, Viewer viewer, Instant now) {
        var params = of(request, 0, Breadth.ALL, viewer, now);
        for (var name : List.of("group", "facet", "hl", "start")) params.remove(name);
        params.set("sort", "score desc");
        params.set("rows", 1);
        params.set("fl", "id", "score");
        return params;
    }

    private static void any(ModifiableSolrParams params, String field, List<String> wanted) {
        if (wanted.isEmpty()) return;
        params.set("want_" + field, String.join(SEPARATOR, Question.values(wanted)));
        params.add("fq", "{!terms f=" + field + " separator=$sep v=$want_" + field + "}");
    }

    private static String sort(SearchRequest asked) {
        return switch (asked.sort()) {
            case RELEVANCE -> asked.everything() ? "item asc" : "score desc,item asc";
            case TITLE -> asked.language().map(ItemDocument::sortField).orElse("sort_title") + " asc,item asc";
            case DATE -> "first_day asc,item asc";
            case NEWEST -> "changed desc,item asc";
        };
    }
}
