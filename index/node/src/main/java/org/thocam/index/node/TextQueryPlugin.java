package org.thocam.index.node;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.lucene.search.Query;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.params.ShardParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.handler.component.ShardRequest;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.search.QParser;
import org.apache.solr.search.QParserPlugin;
import org.apache.solr.search.SyntaxError;
import org.apache.solr.search.stats.StatsCache;
import org.apache.solr.search.stats.StatsUtil;
import org.thocam.index.analysis.query.Elsewhere;
import org.thocam.index.analysis.query.TextQuery;
import org.thocam.index.analysis.query.TextQuery.Breadth;

/**
 * What a searcher typed, taken as words and nothing else: {@code {!text v=$typed fields='title^4 text' breadth=all strict=false}}. With
 * {@code shown='title text'} it is the query that says what to mark in those fields.
 */
public final class TextQueryPlugin extends QParserPlugin {
    private static final String ELSEWHERE = "thocam.elsewhere";

    @Override
    public QParser createParser(String typed, SolrParams local, SolrParams params, SolrQueryRequest request) {
        return new QParser(typed, local, params, request) {
            @Override
            public Query parse() throws SyntaxError {
                var shown = localParams.get("shown");
                try {
                    var query = textQuery(qstr, localParams, req);
                    return shown == null ? query.query() : query.shown(new HashSet<>(Arrays.asList(shown.split(" "))));
                } catch (IOException e) {
                    throw new SolrException(SolrException.ErrorCode.SERVER_ERROR, "the index could not be read", e);
                }
            }
        };
    }

    /** The query and what it marks are made from the same look at the index, once for a request. */
    private static TextQuery textQuery(String typed, SolrParams local, SolrQueryRequest request) throws IOException {
        var breadth = Breadth.valueOf(local.get("breadth", "all").toUpperCase(Locale.ROOT));
        boolean strict = local.getBool("strict", false);
        var fields = fields(local.get("fields"));
        var key = "thocam.text." + breadth + strict + fields + typed;
        var made = (TextQuery) request.getContext().get(key);
        if (made != null) return made;
        made = TextQuery.of(
                typed == null ? "" : typed,
                breadth,
                strict,
                fields,
                request.getSearcher().getIndexReader(),
                elsewhere(request));
        request.getContext().put(key, made);
        return made;
    }

    /** Where the index is in parts, Solr asks each of them for its terms first, and then tells each of the terms of all. */
    private static Elsewhere elsewhere(SolrQueryRequest request) {
        var known = (Elsewhere) request.getContext().get(ELSEWHERE);
        if (known != null) return known;
        var params = request.getParams();
        int purpose = params.getInt(ShardParams.SHARDS_PURPOSE, 0);
        var told = params.get(StatsCache.TERM_STATS_KEY);
        if ((purpose & ShardRequest.PURPOSE_GET_TERM_STATS) != 0) known = Elsewhere.ASKING;
        else known = told == null ? Elsewhere.NOWHERE : Elsewhere.of(frequencies(told));
        request.getContext().put(ELSEWHERE, known);
        return known;
    }

    private static Map<String, Map<String, Long>> frequencies(String told) {
        var frequencies = new HashMap<String, Map<String, Long>>();
        StatsUtil.termStatsMapFromString(told).forEach((term, stats) -> {
            int colon = term.indexOf(':');
            frequencies
                    .computeIfAbsent(term.substring(0, colon), field -> new HashMap<>())
                    .put(term.substring(colon + 1), stats.docFreq);
        });
        return frequencies;
    }

    private static Map<String, Float> fields(String named) {
        var fields = new LinkedHashMap<String, Float>();
        for (var field : named.split(" ")) {
            int weight = field.indexOf('^');
            if (weight < 0) fields.put(field, 1f);
            else fields.put(field.substring(0, weight), Float.valueOf(field.substring(weight + 1)));
        }
        return fields;
    }
}
