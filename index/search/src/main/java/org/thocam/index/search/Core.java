package org.thocam.index.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.solr.client.solrj.SolrRequest.METHOD;
import org.apache.solr.client.solrj.request.QueryRequest;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Version;
import org.thocam.ontology.Watermark;

/** One index, whatever it holds and wherever it is: its watermark, and Solr's refusals in our words. */
record Core(SearchService service, String name, ConfigSet.Kind kind) {
    /** No id of ours can begin with a tilde. */
    private static final String WATERMARK = "~watermark";
    /** How far a cluster kept it for certain. */
    private static final String KEPT = "~kept";

    private static final int PAGE = 5_000;

    static Core open(SearchService service, String name, ConfigSet.Kind kind, boolean mine) {
        var core = new Core(service, SearchService.legal(name), kind);
        core.open(mine);
        return core;
    }

    void open(boolean mine) {
        try {
            service.open(name, kind, mine);
        } catch (SolrException e) {
            throw refused("cannot be opened", e);
        }
    }

    /** What is in doubt on a cluster counts as not shown. */
    Watermark watermark() {
        boolean doubtful = service.marks(name).map(RecentMarks::doubtful).orElse(false);
        return marked(doubtful ? KEPT : WATERMARK);
    }

    /** Where to go on from: what was shown after it may not have been kept. */
    Watermark resume() {
        var marks = service.marks(name);
        if (marks.isEmpty()) return marked(WATERMARK);
        // another engine may have led meanwhile: what this one remembers says nothing any more
        marks.get().forget();
        return marked(KEPT);
    }

    private Watermark marked(String id) {
        var params = new ModifiableSolrParams();
        params.set("q", "{!term f=id v=$id}");
        params.set("id", id);
        params.set("rows", 1);
        params.set("fl", "watermark_generation", "watermark_seq");
        var found = ask(params).getResults();
        if (found.isEmpty()) return Watermark.NONE;
        var document = found.get(0);
        return new Watermark(
                (String) document.getFieldValue("watermark_generation"), number(document, "watermark_seq"));
    }

    /** Makes all that was sent before, and what is in the request, durable and visible, together with how far it goes. */
    void commit(UpdateRequest request, Watermark upTo) {
        try {
            service.commit(name, request, new UpdateRequest().add(mark(WATERMARK, upTo)));
        } catch (SolrException e) {
            throw refused("did not take a change", e);
        }
        service.marks(name).ifPresent(marks -> marks.committed(upTo));
        look();
    }

    private static SolrInputDocument mark(String id, Watermark upTo) {
        var mark = new SolrInputDocument();
        mark.setField("id", id);
        mark.setField("watermark_generation", upTo.generation());
        mark.setField("watermark_seq", upTo.seq());
        return mark;
    }

    /**
     * Notes how far a cluster kept it, now and then.
     *
     * @throws IndexUnavailableException if what was shown around the fall of a node is to be shown again, from {@link #resume}
     */
    void look() {
        var marks = service.marks(name);
        if (marks.isEmpty()) return;
        service.look();
        if (marks.get().again())
            throw new IndexUnavailableException(
                    "index " + name + ": a node fell while it was written to; what was written then is written again",
                    null);
        var news = marks.get().news();
        if (news.isEmpty()) return;
        write(SearchService.committing(new UpdateRequest().add(mark(KEPT, news.get()))));
        marks.get().noted(news.get());
    }

    /**
     * Looks, while nothing is to be shown, at more: whether what was shown is there at all.
     *
     * @throws IndexUnavailableException if somebody emptied it, or as {@link #look}
     */
    void rest() {
        boolean shown = service.marks(name).map(RecentMarks::hasShown).orElse(false);
        if (shown && marked(WATERMARK).equals(Watermark.NONE))
            throw new IndexUnavailableException("index " + name + ": somebody emptied it; it is filled again", null);
        look();
    }

    void clear() {
        try {
            service.clear(name, WATERMARK);
            service.marks(name).ifPresent(RecentMarks::forget);
        } catch (SolrException e) {
            throw refused("could not be emptied", e);
        }
    }

    /** Sends what a later commit makes durable. */
    void write(UpdateRequest request) {
        try {
            service.write(request, name);
        } catch (SolrException e) {
            throw refused("did not take a change", e);
        }
    }

    QueryResponse ask(ModifiableSolrParams params) {
        try {
            return answer(params);
        } catch (SolrException e) {
            throw refused("could not answer", e);
        }
    }

    /** @throws SolrException if Solr answered that it cannot */
    QueryResponse answer(ModifiableSolrParams params) {
        return service.ask(new QueryRequest(params, METHOD.POST), name);
    }

    /**
     * Tells every item it shows with its version, whoever may see it.
     *
     * @param field that has the id of an item in one document of it
     */
    void forEachHeld(String field, BiConsumer<ItemId, Version> consumer) {
        var params = new ModifiableSolrParams();
        // a watermark has no version
        params.set("q", "+" + field + ":* +version:*");
        params.set("fl", field, "version");
        params.set("sort", "id asc");
        params.set("rows", PAGE);
        for (String mark = "*", next; ; mark = next) {
            params.set("cursorMark", mark);
            var page = ask(params);
            for (var document : page.getResults())
                consumer.accept(
                        new ItemId((String) document.getFieldValue(field)), new Version(number(document, "version")));
            next = page.getNextCursorMark();
            if (next.equals(mark)) return;
        }
    }

    /** Of those of these items that it shows: the digest of what they name, empty where that is nothing. */
    Map<ItemId, String> linked(String field, List<Snapshot> items) {
        var separator = String.valueOf(ItemDocument.UNIT);
        var shown = new HashMap<ItemId, String>();
        for (int from = 0; from < items.size(); from += PAGE) {
            var some = items.subList(from, Math.min(items.size(), from + PAGE));
            var params = new ModifiableSolrParams();
            params.set("sep", separator);
            params.set(
                    "wanted_ids",
                    some.stream().map(one -> one.change().id().value()).collect(Collectors.joining(separator)));
            params.set("q", "{!terms f=" + field + " separator=$sep v=$wanted_ids}");
            params.set("fl", field, "linked");
            params.set("rows", some.size());
            for (var document : ask(params).getResults())
                shown.put(
                        new ItemId((String) document.getFieldValue(field)),
                        Objects.toString(document.getFirstValue("linked"), ""));
        }
        return shown;
    }

    IndexUnavailableException refused(String what, SolrException cause) {
        return SearchService.refused(name, what, cause);
    }

    static long number(SolrDocument document, String field) {
        return ((Number) document.getFieldValue(field)).longValue();
    }
}
