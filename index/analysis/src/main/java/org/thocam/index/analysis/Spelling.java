package org.thocam.index.analysis;

/** The keys that one token is compared by. */
interface Spelling {
    /** The same for all spellings that a reader takes for the same; never empty. */
    String exact(String token);

    /** Without what this writing system lets a searcher leave out; never empty. */
    String folded(String exact);
}
