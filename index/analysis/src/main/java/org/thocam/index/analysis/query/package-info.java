/** From what a searcher typed to a Lucene query over the terms of {@link org.thocam.index.analysis.TextAnalyzer}. */
package org.thocam.index.analysis.query;
