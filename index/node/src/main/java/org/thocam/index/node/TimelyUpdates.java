package org.thocam.index.node;

import java.io.IOException;
import org.apache.solr.common.SolrException;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.response.SolrQueryResponse;
import org.apache.solr.update.AddUpdateCommand;
import org.apache.solr.update.CommitUpdateCommand;
import org.apache.solr.update.DeleteUpdateCommand;
import org.apache.solr.update.processor.DistributedUpdateProcessor.DistribPhase;
import org.apache.solr.update.processor.DistributedUpdateProcessorFactory;
import org.apache.solr.update.processor.DistributingUpdateProcessorFactory;
import org.apache.solr.update.processor.UpdateRequestProcessor;
import org.apache.solr.update.processor.UpdateRequestProcessorFactory;

/**
 * Refuses a change that its sender has given up: a node that stood still would make it when it goes on, after the sender sent it
 * elsewhere and then something newer. {@code thocam.until} says until when, in milliseconds since 1970; what has none is never late.
 * Copies take whatever their leader took.
 */
public final class TimelyUpdates extends UpdateRequestProcessorFactory
        implements UpdateRequestProcessorFactory.RunAlways {
    private static final String UNTIL = "thocam.until";

    @Override
    public UpdateRequestProcessor getInstance(
            SolrQueryRequest request, SolrQueryResponse response, UpdateRequestProcessor next) {
        var params = request.getParams();
        long until = params.getLong(UNTIL, Long.MAX_VALUE);
        var phase = DistribPhase.parseParam(params.get(DistributingUpdateProcessorFactory.DISTRIB_UPDATE_PARAM));
        if (until == Long.MAX_VALUE || phase == DistribPhase.FROMLEADER) return next;
        DistributedUpdateProcessorFactory.addParamToDistributedRequestWhitelist(request, UNTIL);
        return new UpdateRequestProcessor(next) {
            @Override
            public void processAdd(AddUpdateCommand command) throws IOException {
                check();
                super.processAdd(command);
            }

            @Override
            public void processDelete(DeleteUpdateCommand command) throws IOException {
                check();
                super.processDelete(command);
            }

            @Override
            public void processCommit(CommitUpdateCommand command) throws IOException {
                check();
                super.processCommit(command);
            }

            private void check() {
                long late = System.currentTimeMillis() - until;
                if (late > 0)
                    throw new SolrException(
                            SolrException.ErrorCode.SERVICE_UNAVAILABLE,
                            "a change came " + late + " ms after its sender gave it up and was not made; if this comes "
                                    + "again and again, the clocks of Solr and of the engine differ");
            }
        };
    }
}
