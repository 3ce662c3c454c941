package org.thocam.index.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.index.search.EntryResponse.Hit;
import org.thocam.ontology.Change;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Projection;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Version;
import org.thocam.ontology.Watermark;

/**
 * The entries of all dictionaries, on a {@link SearchNode}. A new version of a dictionary replaces all its entries in one commit. It
 * knows nothing of access: ask only for a dictionary whose item the viewer may see.
 *
 * <p>Every method that needs the node throws {@link IndexUnavailableException} while it does not answer.
 */
public final class EntryIndex implements Projection {
    private static final Logger LOG = LoggerFactory.getLogger(EntryIndex.class);
    private static final int MOST_IN_REQUEST = 1000;
    private static final int MOST_ITEMS = 200;
    private static final int MOST_DICTIONARIES = 10_000;
    /** So many whole headwords are put in order by how near they are; the rest stand behind them by id. */
    private static final int NEAREST = 500;

    private static final String SEPARATOR = String.valueOf(ItemDocument.UNIT);

    private final Core core;
    private final EntrySource source;

    private EntryIndex(Core core, EntrySource source) {
        this.core = core;
        this.source = source;
    }

    /** Opens the index of this name on the node, or makes it, as {@link SearchIndex#open} does. */
    public static EntryIndex open(SearchNode node, String core, EntrySource source) {
        return new EntryIndex(Core.open(node, core, NodeHome.ENTRIES), source);
    }

    @Override
    public String name() {
        return "dictionary";
    }

    @Override
    public boolean shows(Change change) {
        return source.isDictionary(change);
    }

    @Override
    public Watermark watermark() {
        return core.watermark();
    }

    @Override
    public void apply(List<Snapshot> batch, Watermark upTo) {
        var last = new LinkedHashMap<ItemId, Snapshot>();
        for (var snapshot : batch) last.put(snapshot.change().id(), snapshot);
        var old = new ArrayList<ItemId>();
        var dictionaries = new ArrayList<Snapshot>();
        for (var snapshot : last.values()) {
            boolean dictionary = snapshot.holding() instanceof Item && shows(snapshot.change());
            if (dictionary) dictionaries.add(snapshot);
            // also where nothing seems to be there: a batch that failed may have left some
            if (dictionary || snapshot.change().version().number() > 1)
                old.add(snapshot.change().id());
        }
        if (!old.isEmpty()) remove(old);
        dictionaries.forEach(this::add);
        core.commit(upTo);
    }

    private void remove(List<ItemId> dictionaries) {
        var ids = dictionaries.stream().map(ItemId::value).toList();
        core.write(new UpdateRequest()
                .deleteById(dictionaries.stream().map(EntryIndex::ownDocument).toList())
                .deleteByQuery("{!terms f=lexicon separator='" + SEPARATOR + "'}" + String.join(SEPARATOR, ids)));
    }

    private static String ownDocument(ItemId dictionary) {
        return "~" + dictionary;
    }

    private void add(Snapshot snapshot) {
        var id = snapshot.change().id();
        var sending = new Sending(id);
        var fault = source.read(snapshot, sending::add);
        fault.ifPresent(why -> {
            LOG.warn(
                    "dictionary {} {} has no entries: {}", id, snapshot.change().version(), why);
            remove(List.of(id));
            sending.forget();
        });
        sending.send();
        var document = new SolrInputDocument();
        document.setField("id", ownDocument(id));
        document.setField("of", id.value());
        document.setField("version", snapshot.change().version().number());
        document.setField("language", source.language(snapshot).value());
        document.setField("entries", sending.sent);
        document.setField("gloss_languages", new ArrayList<>(sending.glossLanguages));
        fault.ifPresent(why -> document.setField("fault", why));
        core.write(new UpdateRequest().add(document));
    }

    private final class Sending {
        private final ItemId dictionary;
        private final List<SolrInputDocument> waiting = new ArrayList<>();
        private final TreeSet<String> glossLanguages = new TreeSet<>();
        private long sent;

        Sending(ItemId dictionary) {
            this.dictionary = dictionary;
        }

        void add(DictionaryEntry entry) {
            waiting.add(EntryDocument.of(dictionary, entry));
            entry.glosses().texts().keySet().forEach(tag -> glossLanguages.add(tag.value()));
            if (waiting.size() == MOST_IN_REQUEST) send();
        }

        void send() {
            if (waiting.isEmpty()) return;
            core.write(new UpdateRequest().add(waiting));
            sent += waiting.size();
            waiting.clear();
        }

        void forget() {
            waiting.clear();
            glossLanguages.clear();
            sent = 0;
        }
    }

    @Override
    public void clear() {
        core.clear();
    }

    @Override
    public void forEachHeld(BiConsumer<ItemId, Version> consumer) {
        for (var shown : dictionaries()) consumer.accept(shown.id(), shown.version());
    }

    /** All dictionaries, by id. */
    public List<ShownDictionary> dictionaries() {
        var params = new ModifiableSolrParams();
        params.set("q", "of:[* TO *]");
        params.set("sort", "of asc");
        params.set("rows", MOST_DICTIONARIES);
        return core.ask(params).getResults().stream().map(EntryIndex::shown).toList();
    }

    /** One dictionary; empty where there is none, or not yet. */
    public Optional<ShownDictionary> dictionary(ItemId id) {
        return own(id).map(EntryIndex::shown);
    }

    private Optional<SolrDocument> own(ItemId id) {
        return byId(ownDocument(id));
    }

    private Optional<SolrDocument> byId(String id) {
        var params = new ModifiableSolrParams();
        params.set("q", "{!term f=id v=$id}");
        params.set("id", id);
        params.set("rows", 1);
        return core.ask(params).getResults().stream().findFirst();
    }

    private static ShownDictionary shown(SolrDocument document) {
        return new ShownDictionary(
                new ItemId((String) document.getFieldValue("of")),
                new Version(Core.number(document, "version")),
                new LanguageTag((String) document.getFieldValue("language")),
                Core.number(document, "entries"),
                Optional.ofNullable((String) document.getFieldValue("fault")));
    }

    public Optional<DictionaryEntry> entry(ItemId dictionary, String id) {
        return byId(EntryDocument.id(dictionary, id)).map(EntryDocument::entry);
    }

    /**
     * Entries in the order of the alphabet, or those that match: whole headwords first, the nearest to what was typed before the
     * others, then what begins with it, then what has its words.
     *
     * @return empty where there is no such dictionary, or not yet
     * @throws IllegalArgumentException if the cursor is none, or the size is too large
     */
    public Optional<EntryResponse> find(EntryRequest request) {
        if (request.size() < 0 || request.size() > MOST_ITEMS)
            throw new IllegalArgumentException("size " + request.size() + ": want 0 to " + MOST_ITEMS);
        int seen = request.seen();
        return own(request.lexicon())
                .map(own -> request.q().isBlank() ? everything(request, seen) : matching(request, seen, own));
    }

    private EntryResponse everything(EntryRequest request, int seen) {
        var page = page(EntryQuestion.everything(request), seen, request.size());
        var hits = page.documents.stream()
                .map(document -> new Hit(EntryDocument.entry(document), Optional.empty()))
                .toList();
        return answer(request, page.total, seen, hits);
    }

    private EntryResponse matching(EntryRequest request, int seen, SolrDocument own) {
        var question = new EntryQuestion(
                request,
                (String) own.getFieldValue("language"),
                Optional.ofNullable(own.getFieldValues("gloss_languages")).orElse(List.of()).stream()
                        .map(String.class::cast)
                        .toList());
        var hits = new ArrayList<Hit>();
        long whole = whole(question, seen, request.size(), hits);
        // a page may end with the nearest: what is behind them is in another order
        boolean goesOn = seen + hits.size() >= whole;
        int from = (int) Math.max(0, seen - whole);
        var others = page(question.others(), from, goesOn ? request.size() - hits.size() : 0);
        for (var document : others.documents) hits.add(hit(question, document, false));
        return answer(request, whole + others.total, seen, hits);
    }

    private long whole(EntryQuestion question, int seen, int size, List<Hit> hits) {
        if (seen >= NEAREST) {
            var behind = page(question.whole(), seen, size);
            for (var document : behind.documents) hits.add(hit(question, document, true));
            return behind.total;
        }
        var nearest = page(question.whole(), 0, NEAREST);
        nearest.documents.stream()
                .map(document -> hit(question, document, true))
                .sorted(Comparator.comparing((Hit hit) -> hit.match().orElseThrow())
                        .thenComparing(hit -> question.distance(hit.entry().headword()))
                        .thenComparing(hit -> hit.entry().id()))
                .skip(seen)
                .limit(size)
                .forEach(hits::add);
        return nearest.total;
    }

    private static Hit hit(EntryQuestion question, SolrDocument document, boolean whole) {
        float score = ((Number) document.getFieldValue("score")).floatValue();
        var key = (String) document.getFieldValue("exact_key");
        return new Hit(EntryDocument.entry(document), Optional.of(question.found(key, score, whole)));
    }

    private record Page(long total, List<SolrDocument> documents) {}

    private Page page(ModifiableSolrParams params, int from, int size) {
        params.set("start", from);
        params.set("rows", size);
        var found = core.ask(params).getResults();
        return new Page(found.getNumFound(), found);
    }

    private static EntryResponse answer(EntryRequest request, long total, int seen, List<Hit> hits) {
        int now = seen + hits.size();
        boolean more = !hits.isEmpty() && now < total;
        return new EntryResponse(
                total, List.copyOf(hits), more ? Optional.of(request.cursorAfter(now)) : Optional.empty());
    }

    /** Removes the index and its data from the node. */
    public void drop() {
        core.node().drop(core.name());
    }

    /** Whether the node answers at this moment. */
    public boolean ready() {
        return core.node().ready();
    }

    /** Lets go of the index; what was applied is committed already. */
    @Override
    public void close() {}
}
