package org.thocam.index.node;

import org.apache.solr.common.params.ShardParams;
import org.apache.solr.handler.component.ResponseBuilder;
import org.apache.solr.handler.component.SearchComponent;
import org.apache.solr.handler.component.ShardRequest;
import org.apache.solr.search.SolrIndexSearcher;
import org.apache.solr.search.stats.StatsCache;

/**
 * Tells the parts of an index of each other's words once more where they mark and explain what was found: Solr tells them only where they
 * find it, and what a word may be written as hangs on the whole index.
 */
public final class WordsElsewhere extends SearchComponent {
    @Override
    public void modifyRequest(ResponseBuilder rb, SearchComponent who, ShardRequest request) {
        boolean shown = (request.purpose & ShardRequest.PURPOSE_GET_FIELDS) != 0;
        if (shown && !rb.isDistribStatsDisabled())
            rb.req.getSearcher().getStatsCache().sendGlobalStats(rb, request);
    }

    @Override
    public void prepare(ResponseBuilder rb) {
        var params = rb.req.getParams();
        if (params.get(ShardParams.IDS) == null || params.get(StatsCache.TERM_STATS_KEY) == null) return;
        var cache = rb.req.getSearcher().getStatsCache();
        cache.receiveGlobalStats(rb.req);
        rb.req.getContext().put(SolrIndexSearcher.STATS_SOURCE, cache.get(rb.req));
    }

    @Override
    public void process(ResponseBuilder rb) {
        // the parts do the rest
    }

    @Override
    public String getDescription() {
        return "tells the parts of an index of each other's words";
    }
}
