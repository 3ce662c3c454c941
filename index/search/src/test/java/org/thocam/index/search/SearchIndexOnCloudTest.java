package org.thocam.index.search;

/** On a SolrCloud, in two parts of two copies each. */
class SearchIndexOnCloudTest extends SearchIndexContract {
    @Override
    SearchService service() throws Exception {
        return Cluster.shared().open();
    }

    @Override
    int step() {
        return 17;
    }
}
