package org.thocam.index.node;

/** Solr in a JVM of its own. */
public final class SolrNode {
    private SolrNode() {}

    public static void main(String[] args) {
        System.exit(2);
    }
}
