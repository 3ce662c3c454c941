package org.thocam.index.analysis;

import org.apache.lucene.analysis.Analyzer;

/**
 * Makes the terms of both tiers of a text: see {@link Term}. Solr makes one by name from {@code schema.xml}; texts in a language that is
 * known are given one made for it.
 */
public final class TextAnalyzer extends Analyzer {
    /** So that no phrase reaches from one title into the next. */
    public static final int BETWEEN_VALUES = 100;

    private final WritingSystem system;

    /** For texts whose language nobody knows: each script by the writing system described first for it. */
    public TextAnalyzer() {
        this(WritingSystem.of("und"));
    }

    public TextAnalyzer(WritingSystem system) {
        this.system = system;
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        return new TokenStreamComponents(new TextTokenizer(system));
    }

    @Override
    public int getPositionIncrementGap(String field) {
        return BETWEEN_VALUES;
    }
}
