package org.thocam.index.analysis;

import org.apache.lucene.analysis.Analyzer;

/** The exact tier: words in a normal form that loses nothing but case. Solr makes it by name, from {@code schema.xml}. */
public final class ExactAnalyzer extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
        var words = Chain.words();
        return new TokenStreamComponents(words, Chain.exact(words));
    }

    @Override
    public int getPositionIncrementGap(String field) {
        return Chain.BETWEEN_VALUES;
    }
}
