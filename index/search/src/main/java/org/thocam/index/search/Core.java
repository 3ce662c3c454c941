package org.thocam.index.search;

import java.util.regex.Pattern;
import org.apache.solr.client.solrj.SolrRequest.METHOD;
import org.apache.solr.client.solrj.request.CoreAdminRequest;
import org.apache.solr.client.solrj.request.QueryRequest;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.Watermark;

/** One index on the node, whatever it holds: how it is opened, its watermark, and Solr's refusals in our words. */
record Core(SearchNode node, String name) {
    private static final Logger LOG = LoggerFactory.getLogger(Core.class);
    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern DAMAGED = Pattern.compile(
            "CorruptIndex|IndexFormatToo|IndexNotFound|EOFException|NoSuchFile|FileNotFound|read past EOF");
    /** No id of ours can begin with a tilde. */
    private static final String WATERMARK = "~watermark";

    /** Opens it, or makes it; one that was made with another configuration, or whose files are damaged, begins anew, empty. */
    static Core open(SearchNode node, String name, String configSet) {
        if (!LEGAL.matcher(name).matches())
            throw new IllegalArgumentException("index '" + name + "': want 1 to 64 characters of A-Z a-z 0-9 _ -");
        var core = new Core(node, name);
        try {
            boolean ours = node.home().configSetOf(name).equals(configSet);
            var failure = node.failure(name);
            if (failure.isEmpty() && node.holds(name)) {
                if (ours) return core;
                LOG.warn("index {}: made with another schema or other analyzers; it is made again", name);
                node.drop(name);
            } else if (failure.isPresent()) {
                if (ours && !DAMAGED.matcher(failure.get()).find())
                    throw new IndexUnavailableException(
                            "index " + name + ": Solr cannot open it: " + failure.get(), null);
                LOG.warn("index {}: damaged ({}); it is made again", name, failure.get());
                node.drop(name);
            } else node.home().delete(name); // what a kill left of an index that was being made
            core.create(configSet);
        } catch (SolrException e) {
            throw core.refused("cannot be opened", e);
        }
        return core;
    }

    private void create(String configSet) {
        var create = new CoreAdminRequest.Create();
        create.setCoreName(name);
        create.setInstanceDir(
                node.home().core(name).toAbsolutePath().normalize().toString());
        create.setConfigSet(configSet);
        node.write(create, null);
    }

    Watermark watermark() {
        var params = new ModifiableSolrParams();
        params.set("q", "{!term f=id v=$id}");
        params.set("id", WATERMARK);
        params.set("rows", 1);
        params.set("fl", "watermark_generation", "watermark_seq");
        var found = ask(params).getResults();
        if (found.isEmpty()) return Watermark.NONE;
        var document = found.get(0);
        return new Watermark(
                (String) document.getFieldValue("watermark_generation"), number(document, "watermark_seq"));
    }

    /** Makes all that was sent before durable and visible, together with how far it goes. */
    void commit(Watermark upTo) {
        commit(new UpdateRequest(), upTo);
    }

    /** The same, with what is in the request. */
    void commit(UpdateRequest request, Watermark upTo) {
        var mark = new SolrInputDocument();
        mark.setField("id", WATERMARK);
        mark.setField("watermark_generation", upTo.generation());
        mark.setField("watermark_seq", upTo.seq());
        commit(request.add(mark));
    }

    void clear() {
        commit(new UpdateRequest().deleteByQuery("*:*"));
    }

    void commit(UpdateRequest request) {
        request.setParam("commit", "true");
        request.setParam("waitSearcher", "true");
        write(request);
    }

    void write(UpdateRequest request) {
        try {
            node.write(request, name);
        } catch (SolrException e) {
            throw refused("did not take a change", e);
        }
    }

    QueryResponse ask(ModifiableSolrParams params) {
        try {
            return node.ask(new QueryRequest(params, METHOD.POST), name);
        } catch (SolrException e) {
            throw refused("could not answer", e);
        }
    }

    IndexUnavailableException refused(String what, SolrException cause) {
        return new IndexUnavailableException(
                "index " + name + " " + what + ": Solr says " + cause.code() + ": " + cause.getMessage(), cause);
    }

    static long number(SolrDocument document, String field) {
        return ((Number) document.getFieldValue(field)).longValue();
    }
}
