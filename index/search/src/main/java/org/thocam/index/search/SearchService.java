package org.thocam.index.search;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.solr.client.solrj.SolrRequest;
import org.apache.solr.client.solrj.SolrResponse;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.common.SolrException;

/**
 * Where indexes are: the engine's own node ({@link SearchNode}) or an administrator's cluster ({@link SolrCloud}). Both hold the same
 * documents and give the same answers. What needs it while it does not answer ends in {@link IndexUnavailableException}.
 */
public abstract sealed class SearchService implements AutoCloseable permits SearchNode, SolrCloud {
    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** Whether it answers at this moment. */
    public abstract boolean ready();

    /** Names of our indexes that it holds, those that it cannot open among them; never what others keep there. */
    public abstract Set<String> cores();

    /** Removes every index of ours, with its data, that is not named here. */
    public final void dropAllBut(Set<String> cores) {
        for (var core : cores()) if (!cores.contains(core)) drop(core);
    }

    /**
     * Makes an index known by a second name, and by that name no other one: what administrators and other readers ask while generations
     * come and go. The engine's own node has no other readers, and nothing to do.
     */
    public abstract void alias(String alias, String core);

    @Override
    public abstract void close();

    /**
     * Opens an index, or makes it; one that was made with another configuration, or whose files are damaged, begins anew, empty. Asked
     * again, it looks again.
     *
     * @param mine whether this engine brings it up: if not, nothing is made
     * @throws IndexUnavailableException if something would have to be made, and is not to be
     */
    abstract void open(String core, ConfigSet.Kind kind, boolean mine);

    /** Removes an index with its data; nothing happens where there is none. */
    abstract void drop(String core);

    /** @throws SolrException if Solr answered that it cannot */
    abstract <R extends SolrResponse> R ask(SolrRequest<R> request, String core);

    /** As {@link #ask}, with the patience that a large merge needs. */
    abstract <R extends SolrResponse> R write(SolrRequest<R> request, String core);

    /**
     * Makes all that was sent before, and what is in the request, durable and visible, and the mark not before them; after a crash the
     * mark is never there without them.
     */
    abstract void commit(String core, UpdateRequest documents, UpdateRequest mark);

    /** Removes all documents, the mark not after the others. */
    abstract void clear(String core, String mark);

    /** Which marks can be relied on; empty where all of them can. */
    abstract Optional<RecentMarks> marks(String core);

    /** Looks whether the nodes are those that were there before; not more often than it is worth. */
    abstract void look();

    /** Whether documents were replaced in this index since it was last tidied. */
    abstract boolean untidy(String core);

    abstract void replacing(String core);

    abstract void tidied(String core);

    static String legal(String core) {
        if (!LEGAL.matcher(core).matches())
            throw new IllegalArgumentException("index '" + core + "': want 1 to 64 characters of A-Z a-z 0-9 _ -");
        return core;
    }

    static IndexUnavailableException refused(String core, String what, SolrException cause) {
        return new IndexUnavailableException(
                "index " + core + " " + what + ": Solr says " + cause.code() + ": " + cause.getMessage(), cause);
    }

    static UpdateRequest committing(UpdateRequest request) {
        request.setParam("commit", "true");
        request.setParam("waitSearcher", "true");
        return request;
    }
}
