package org.thocam.index.search;

/** On a SolrCloud, in two parts of two copies each. */
class SegmentIndexOnCloudTest extends SegmentIndexContract {
    @Override
    SearchService service() throws Exception {
        return Cluster.shared().open();
    }
}
