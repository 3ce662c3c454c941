package org.thocam.index.node;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.lucene.search.Query;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.search.QParser;
import org.apache.solr.search.QParserPlugin;
import org.apache.solr.search.SyntaxError;
import org.thocam.index.analysis.query.TextQuery;
import org.thocam.index.analysis.query.TextQuery.Breadth;

/**
 * What a searcher typed, taken as words and nothing else: {@code {!text v=$typed fields='title^4 text' breadth=all strict=false}}. With
 * {@code shown='title text'} it is the query that says what to mark in those fields.
 */
public final class TextQueryPlugin extends QParserPlugin {
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
                request.getSearcher().getIndexReader());
        request.getContext().put(key, made);
        return made;
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
