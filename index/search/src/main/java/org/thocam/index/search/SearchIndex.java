package org.thocam.index.search;

import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Projection;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Version;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;

/** One index on a {@link SearchNode}. */
public final class SearchIndex implements Projection {
    private SearchIndex() {}

    /** Opens the index of this name on the node, making it when it is missing. */
    public static SearchIndex open(SearchNode node, String core) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String name() {
        return "index";
    }

    public String core() {
        throw new UnsupportedOperationException();
    }

    public boolean ready() {
        throw new UnsupportedOperationException();
    }

    /** Number of items it shows. */
    public long size() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Watermark watermark() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void apply(List<Snapshot> batch, Watermark upTo) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void forEachHeld(BiConsumer<ItemId, Version> consumer) {
        throw new UnsupportedOperationException();
    }

    public SearchResponse search(SearchRequest request, Viewer viewer, Instant now) {
        throw new UnsupportedOperationException();
    }

    public List<String> suggest(String prefix, int size, Viewer viewer, Instant now) {
        throw new UnsupportedOperationException();
    }

    /** Purges what was replaced or withdrawn, so that scores are those of an index made anew. */
    public void tidy() {
        throw new UnsupportedOperationException();
    }

    /** Removes the index and its data from the node. */
    public void drop() {
        throw new UnsupportedOperationException();
    }

    /** Lets go of the index; the node goes on. */
    @Override
    public void close() {}
}
