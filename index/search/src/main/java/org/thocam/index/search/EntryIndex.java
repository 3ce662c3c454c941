package org.thocam.index.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.client.solrj.response.FacetField;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.index.search.EntryRequest.View;
import org.thocam.index.search.EntryResponse.Hit;
import org.thocam.ontology.Change;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Projection;
import org.thocam.ontology.Shown;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Tombstone;
import org.thocam.ontology.Version;
import org.thocam.ontology.Watermark;

/**
 * The entries of all dictionaries, on a {@link SearchService}. A new version of a dictionary replaces all its entries in one commit, a
 * change of one entry that entry alone. It knows nothing of access: ask only for a dictionary whose item the viewer may see.
 *
 * <p>Every method that needs the service throws {@link IndexUnavailableException} while it does not answer.
 */
public final class EntryIndex implements Projection {
    private static final Logger LOG = LoggerFactory.getLogger(EntryIndex.class);
    private static final int MOST_IN_REQUEST = 1000;
    private static final int MOST_ITEMS = 200;
    private static final int MOST_DICTIONARIES = 10_000;
    private static final int MOST_HELD = 10_000;

    private static final String SEPARATOR = String.valueOf(ItemDocument.UNIT);

    private final Core core;
    private final EntrySource source;
    /** What every question needs of its dictionary, until a commit may have changed it. */
    private final Map<ItemId, Known> known = new ConcurrentHashMap<>();

    private final AtomicLong commits = new AtomicLong();

    /** @param glossLanguages those of all its entries, and perhaps some that none has any more */
    private record Known(LanguageTag language, Set<String> glossLanguages) {}

    private EntryIndex(Core core, EntrySource source) {
        this.core = core;
        this.source = source;
    }

    /** Opens the index of this name, or makes it, as {@link SearchIndex#open} does. */
    public static EntryIndex open(SearchService service, String core, EntrySource source) {
        return open(service, core, source, true);
    }

    /**
     * The same in one of several engines.
     *
     * @param mine whether this engine brings it up: if not, nothing is made
     * @throws IndexUnavailableException if something would have to be made, and is not to be
     */
    public static EntryIndex open(SearchService service, String core, EntrySource source, boolean mine) {
        return new EntryIndex(Core.open(service, core, ConfigSet.Kind.ENTRIES, mine), source);
    }

    /** Looks again whether it is there as it has to be, and makes it where it is not. */
    public void ensure() {
        core.open(true);
    }

    @Override
    public String name() {
        return "dictionary";
    }

    @Override
    public boolean shows(Change change) {
        return source.shows(change);
    }

    /** A deleted entry leaves nothing here. */
    @Override
    public boolean holds(Change change) {
        if (!change.isPart()) return shows(change);
        return shows(change)
                && !source.readOne(change.id().whole(), change.id().partName()).isEmpty();
    }

    @Override
    public Watermark watermark() {
        return core.watermark();
    }

    @Override
    public Watermark resume() {
        return core.resume();
    }

    @Override
    public void rest() {
        core.rest();
    }

    /** A change of a dictionary replaces all that was before it, one of a part the entries of that part. */
    @Override
    public void apply(List<Snapshot> batch, Watermark upTo) {
        var wholes = new LinkedHashMap<ItemId, Whole>();
        var parts = new LinkedHashMap<ItemId, One>();
        for (var snapshot : batch) {
            var change = snapshot.change();
            boolean there = !(snapshot.holding() instanceof Tombstone) && shows(change);
            if (change.isPart())
                parts.put(change.id(), new One(change.id().whole(), change.id().partName(), there));
            else {
                wholes.put(change.id(), new Whole(change.id(), change.version(), there));
                parts.values().removeIf(part -> part.lexicon().equals(change.id()));
            }
        }
        show(List.copyOf(wholes.values()), List.copyOf(parts.values()), upTo);
    }

    /** @param there whether it is a dictionary, and not withdrawn */
    record Whole(ItemId lexicon, Version version, boolean there) {}

    /** @param there whether it is not withdrawn */
    record One(ItemId lexicon, String part, boolean there) {}

    /** The dictionaries first, then the parts that changed after them. */
    void show(List<Whole> wholes, List<One> parts, Watermark upTo) {
        // also where nothing seems to be there: a batch that failed may have left some
        var old = wholes.stream()
                .filter(whole -> whole.there() || whole.version().number() > 1)
                .map(Whole::lexicon)
                .toList();
        if (!old.isEmpty()) remove(old);
        for (var whole : wholes) if (whole.there()) add(whole);
        var languages = new HashMap<ItemId, Set<String>>();
        var request = replacing(parts, languages);
        core.commit(request, upTo);
        commits.incrementAndGet();
        for (var whole : wholes) known.remove(whole.lexicon());
        languages.forEach((lexicon, more) -> known.computeIfPresent(lexicon, (id, before) -> {
            var all = new TreeSet<>(before.glossLanguages());
            all.addAll(more);
            return new Known(before.language(), all);
        }));
    }

    private UpdateRequest replacing(List<One> parts, Map<ItemId, Set<String>> languages) {
        var documents = new ArrayList<SolrInputDocument>();
        var old = new ArrayList<String>();
        var gone = new ArrayList<String>();
        for (var part : parts) {
            var entries = part.there() ? source.readOne(part.lexicon(), part.part()) : List.<IndexedEntry>of();
            if (entries.isEmpty()) gone.add(part.lexicon().part(part.part()).value());
            var states = new HashMap<String, Boolean>();
            for (var entry : entries) {
                documents.add(EntryDocument.of(part.lexicon(), entry));
                states.merge(entry.id(), entry.published(), (one, other) -> null);
                var here = languages.computeIfAbsent(part.lexicon(), id -> new TreeSet<>());
                for (var gloss : entry.glosses()) here.add(gloss.tag().value());
            }
            // an entry in one state has no document for the other any more
            states.forEach((id, published) -> old.add(EntryDocument.id(part.lexicon(), id, !published)));
            if (documents.size() >= MOST_IN_REQUEST) {
                core.write(with(documents, old));
                documents.clear();
                old.clear();
            }
        }
        if (!gone.isEmpty())
            core.write(new UpdateRequest()
                    .deleteByQuery("{!terms f=part separator='" + SEPARATOR + "'}" + String.join(SEPARATOR, gone)));
        return with(documents, old);
    }

    private static UpdateRequest with(List<SolrInputDocument> documents, List<String> old) {
        var request = new UpdateRequest();
        if (!documents.isEmpty()) request.add(List.copyOf(documents));
        if (!old.isEmpty()) request.deleteById(List.copyOf(old));
        return request;
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

    private void add(Whole whole) {
        var id = whole.lexicon();
        var sending = new Sending(id);
        var fault = source.readAll(id, whole.version(), sending::add);
        fault.ifPresent(why -> {
            LOG.warn("dictionary {} {} has no entries: {}", id, whole.version(), why);
            remove(List.of(id));
            sending.forget();
        });
        sending.send();
        var document = new SolrInputDocument();
        document.setField("id", ownDocument(id));
        document.setField("of", id.value());
        document.setField("version", whole.version().number());
        document.setField("language", source.language(id).value());
        fault.ifPresent(why -> document.setField("fault", why));
        core.write(new UpdateRequest().add(document));
    }

    private final class Sending {
        private final ItemId dictionary;
        private final List<SolrInputDocument> waiting = new ArrayList<>();

        Sending(ItemId dictionary) {
            this.dictionary = dictionary;
        }

        void add(IndexedEntry entry) {
            waiting.add(EntryDocument.of(dictionary, entry));
            if (waiting.size() == MOST_IN_REQUEST) send();
        }

        void send() {
            if (!waiting.isEmpty()) core.write(new UpdateRequest().add(List.copyOf(waiting)));
            waiting.clear();
        }

        void forget() {
            waiting.clear();
        }
    }

    @Override
    public void clear() {
        core.clear();
        commits.incrementAndGet();
        known.clear();
    }

    @Override
    public void forEachHeld(BiConsumer<ItemId, Version> consumer) {
        for (var shown : dictionaries()) consumer.accept(shown.id(), shown.version());
        var params = new ModifiableSolrParams();
        params.set("q", "part_version:[1 TO *]");
        params.set("sort", "part asc,id asc");
        params.set("fl", "part", "part_version");
        params.set("rows", MOST_HELD);
        var last = "";
        for (var mark = "*"; ; ) {
            params.set("cursorMark", mark);
            var answer = core.ask(params);
            for (var document : answer.getResults()) {
                var part = (String) document.getFieldValue("part");
                // two states of an entry are one part
                if (!part.equals(last))
                    consumer.accept(new ItemId(part), new Version(Core.number(document, "part_version")));
                last = part;
            }
            if (mark.equals(answer.getNextCursorMark())) return;
            mark = answer.getNextCursorMark();
        }
    }

    /** All dictionaries, by id. */
    public List<ShownDictionary> dictionaries() {
        var params = new ModifiableSolrParams();
        params.set("q", "of:[* TO *]");
        params.set("sort", "of asc");
        params.set("rows", MOST_DICTIONARIES);
        var own = core.ask(params).getResults();
        if (own.isEmpty()) return List.of();
        var counts = counts("*:*", "view");
        return own.stream().map(document -> shown(document, counts)).toList();
    }

    /** One dictionary; empty where there is none, or not yet. */
    public Optional<ShownDictionary> dictionary(ItemId id) {
        return byId(ownDocument(id)).map(own -> shown(own, counts(id, "view")));
    }

    private Map<String, Long> counts(ItemId lexicon, String field) {
        return counts("{!term f=lexicon}" + lexicon, field);
    }

    /** How many entries have which value of a field. */
    private Map<String, Long> counts(String query, String field) {
        var params = new ModifiableSolrParams();
        params.set("q", query);
        params.set("facet", true);
        params.set("facet.field", field);
        params.set("facet.limit", -1);
        params.set("facet.mincount", 1);
        return core.ask(params).getFacetField(field).getValues().stream()
                .collect(Collectors.toMap(FacetField.Count::getName, FacetField.Count::getCount));
    }

    private Optional<SolrDocument> byId(String id) {
        var params = new ModifiableSolrParams();
        params.set("q", "{!term f=id v=$id}");
        params.set("id", id);
        params.set("rows", 1);
        return core.ask(params).getResults().stream().findFirst();
    }

    private static ShownDictionary shown(SolrDocument document, Map<String, Long> counts) {
        var id = new ItemId((String) document.getFieldValue("of"));
        return new ShownDictionary(
                id,
                new Version(Core.number(document, "version")),
                new LanguageTag((String) document.getFieldValue("language")),
                counts.getOrDefault(View.PUBLISHED.of(id), 0L),
                counts.getOrDefault(View.WORKING.of(id), 0L),
                Optional.ofNullable((String) document.getFieldValue("fault")));
    }

    /** A published entry. */
    public Optional<DictionaryEntry> entry(ItemId dictionary, String id) {
        return byId(EntryDocument.id(dictionary, id, true)).map(EntryDocument::entry);
    }

    /**
     * Entries that match, the nearest first, or all of them in the order of the alphabet.
     *
     * @return empty where there is no such dictionary, or not yet
     * @throws IllegalArgumentException if the cursor is none, the size is too large, a pattern is none or too complex, or the answer would
     *     take too long
     */
    public Optional<EntryResponse> find(EntryRequest request) {
        if (request.size() < 0 || request.size() > MOST_ITEMS)
            throw new IllegalArgumentException("size " + request.size() + ": want 0 to " + MOST_ITEMS);
        request.mark(); // a wrong one is refused even where nothing is asked
        return known(request.lexicon()).map(lexicon -> find(request, lexicon));
    }

    private EntryResponse find(EntryRequest request, Known lexicon) {
        var params = EntryQuestion.of(request, lexicon.language().value(), List.copyOf(lexicon.glossLanguages()));
        var answer = core.ask(params);
        if (Boolean.TRUE.equals(answer.getHeader().get("partialResults")))
            throw new IllegalArgumentException("q '" + Shown.of(request.q())
                    + "': the answer takes too long; ask for more letters, or for fewer ways to match");
        var found = answer.getResults();
        boolean everything = request.q().isBlank();
        var hits = found.stream()
                .map(document -> new Hit(
                        EntryDocument.entry(document),
                        everything
                                ? Optional.empty()
                                : Optional.of(
                                        EntryQuestion.found(((Number) document.getFieldValue("score")).floatValue()))))
                .toList();
        var mark = answer.getNextCursorMark();
        boolean more = hits.size() == request.size() && mark != null && !mark.equals(request.mark());
        boolean all = request.cursor().isEmpty() && hits.size() >= found.getNumFound();
        return new EntryResponse(
                found.getNumFound(), hits, more && !all ? Optional.of(request.cursorAt(mark)) : Optional.empty());
    }

    private Optional<Known> known(ItemId id) {
        var before = known.get(id);
        if (before != null) return Optional.of(before);
        long commit = commits.get();
        var read = byId(ownDocument(id))
                .map(own -> new Known(
                        new LanguageTag((String) own.getFieldValue("language")),
                        counts(id, "gloss_language").keySet()));
        read.ifPresent(fresh -> {
            known.put(id, fresh);
            // what was read may be older than a commit that has just ended
            if (commits.get() != commit) known.remove(id, fresh);
        });
        return read;
    }

    /** Removes the index and its data. */
    public void drop() {
        core.service().drop(core.name());
    }

    /** Whether the service answers at this moment. */
    public boolean ready() {
        return core.service().ready();
    }

    /** Lets go of the index; what was applied is committed already. */
    @Override
    public void close() {}
}
