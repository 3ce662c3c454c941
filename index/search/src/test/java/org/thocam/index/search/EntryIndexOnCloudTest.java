package org.thocam.index.search;

/** On a SolrCloud, in two parts of two copies each. */
class EntryIndexOnCloudTest extends EntryIndexContract {
    @Override
    SearchService service() throws Exception {
        return Cluster.shared().open();
    }
}
