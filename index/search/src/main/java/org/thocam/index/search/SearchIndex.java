package org.thocam.index.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.index.analysis.AnalysisSteps;
import org.thocam.index.analysis.Folding;
import org.thocam.index.analysis.query.TextQuery;
import org.thocam.index.analysis.query.TextQuery.Breadth;
import org.thocam.index.analysis.query.Tier;
import org.thocam.index.search.SearchRequest.Facet;
import org.thocam.index.search.cql.Cql;
import org.thocam.index.search.cql.CqlException;
import org.thocam.index.search.cql.CqlQuery;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Projection;
import org.thocam.ontology.Shown;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Version;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;

/**
 * One index on a {@link SearchService}. A watermark is never there without its batch: after a crash what it tells is true.
 *
 * <p>Every method that needs the service throws {@link IndexUnavailableException} while it does not answer.
 */
public final class SearchIndex implements Projection {
    private static final Logger LOG = LoggerFactory.getLogger(SearchIndex.class);
    private static final int MOST_IN_REQUEST = 125;
    private static final long LARGEST_REQUEST = 4_000_000;
    private static final int MOST_ITEMS = 200;
    private static final int LONGEST_QUERY = 5000;
    /** Pages by number cost as much as all pages before them. */
    private static final long DEEPEST = 100_000;

    private static final int TERMS_PAGE = 5_000;

    private final Core core;

    /** Two, so that Solr's analysis uses two processors and the texts under way stay few. */
    private final ExecutorService senders = Executors.newFixedThreadPool(2, task -> {
        var thread = new Thread(task, "index-sender");
        thread.setDaemon(true);
        return thread;
    });

    private SearchIndex(Core core) {
        this.core = core;
    }

    /**
     * Opens the index of this name, making it when it is missing. One that was made by another schema or other analyzers,
     * or whose files are damaged, is thrown away and begins anew, empty: its watermark says so, and the change log fills it again.
     */
    public static SearchIndex open(SearchService service, String core) {
        return open(service, core, true);
    }

    /**
     * The same in one of several engines.
     *
     * @param mine whether this engine brings it up: if not, nothing is made
     * @throws IndexUnavailableException if something would have to be made, and is not to be
     */
    public static SearchIndex open(SearchService service, String core, boolean mine) {
        return new SearchIndex(Core.open(service, core, ConfigSet.Kind.ITEMS, mine));
    }

    /** Looks again whether it is there as it has to be, and makes it where it is not. */
    public void ensure() {
        core.open(true);
    }

    @Override
    public String name() {
        return "index";
    }

    /** Its name on the service. */
    public String core() {
        return core.name();
    }

    /** Whether the service answers at this moment. */
    public boolean ready() {
        return core.service().ready();
    }

    /** Number of items it shows. */
    public long size() {
        var params = Question.seenBy(Viewer.EVERYTHING, Instant.EPOCH);
        params.set("q", "*:*");
        return core.ask(params).getResults().getNumFound();
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
    public void apply(List<Snapshot> batch, Watermark upTo) {
        var last = new LinkedHashMap<ItemId, Snapshot>();
        for (var snapshot : batch) last.put(snapshot.change().id(), snapshot);
        var gone = new ArrayList<String>();
        var items = new ArrayList<Snapshot>();
        var sent = new ArrayList<CompletableFuture<Void>>();
        long size = 0;
        for (var snapshot : last.values()) {
            if (snapshot.change().version().number() > 1) core.service().replacing(core.name());
            if (!(snapshot.holding() instanceof Item)) {
                gone.add(snapshot.change().id().value());
                continue;
            }
            items.add(snapshot);
            size += snapshot.text().length();
            if (items.size() == MOST_IN_REQUEST || size >= LARGEST_REQUEST) {
                sent.add(send(items));
                items = new ArrayList<>();
                size = 0;
            }
        }
        if (!items.isEmpty()) sent.add(send(items));
        // Only when all are in may the watermark follow them.
        awaitAll(sent);
        var end = new UpdateRequest();
        if (!gone.isEmpty()) end.deleteById(gone);
        core.commit(end, upTo);
    }

    private CompletableFuture<Void> send(List<Snapshot> items) {
        return CompletableFuture.runAsync(() -> add(items), senders);
    }

    private static void awaitAll(List<CompletableFuture<Void>> sent) {
        try {
            CompletableFuture.allOf(sent.toArray(CompletableFuture<?>[]::new)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        }
    }

    private void add(List<Snapshot> items) {
        try {
            core.service().write(new UpdateRequest().add(documents(items)), core.name());
        } catch (SolrException e) {
            if (e.code() != SolrException.ErrorCode.BAD_REQUEST.code)
                throw core.refused("did not take " + items.size() + " items", e);
            // One item that Solr cannot digest must not keep out the others, nor all that come after it.
            for (var item : items) addAlone(item);
        }
    }

    private static List<SolrInputDocument> documents(List<Snapshot> items) {
        return items.stream()
                .map(item -> ItemDocument.of(item, (Item) item.holding()))
                .toList();
    }

    private void addAlone(Snapshot snapshot) {
        var item = (Item) snapshot.holding();
        try {
            core.service().write(new UpdateRequest().add(ItemDocument.of(snapshot, item)), core.name());
        } catch (SolrException e) {
            LOG.warn(
                    "index {}: item {} {} can be found by browsing only: Solr refused its text: {}",
                    core.name(),
                    item.id(),
                    snapshot.change().version(),
                    e.getMessage());
            try {
                core.service().write(new UpdateRequest().add(ItemDocument.bare(snapshot, item)), core.name());
            } catch (SolrException again) {
                throw core.refused("did not take item " + item.id(), again);
            }
        }
    }

    @Override
    public boolean showsMentions() {
        return true;
    }

    @Override
    public List<Snapshot> linkedOtherwise(List<Snapshot> items) {
        var shown = core.linked("id", items);
        return items.stream()
                .filter(one -> !ItemDocument.linked(one)
                        .equals(shown.getOrDefault(one.change().id(), "")))
                .toList();
    }

    @Override
    public void clear() {
        core.clear();
    }

    /**
     * Purges what was replaced or withdrawn. Until then such documents still count in the frequencies that scores are made of; after
     * it, scores are those of an index made anew from the same items.
     */
    public void tidy() {
        var request = new UpdateRequest();
        request.setParam("expungeDeletes", "true");
        core.write(SearchService.committing(request));
    }

    /** Tidies, where something was replaced or withdrawn since the last time. */
    @Override
    public void rest() {
        core.rest();
        if (!core.service().untidy(core.name())) return;
        tidy();
        core.service().tidied(core.name());
    }

    @Override
    public void forEachHeld(BiConsumer<ItemId, Version> consumer) {
        core.forEachHeld("id", consumer);
    }

    /**
     * Answers from what the viewer may see at {@code now}: items, totals and counts alike.
     *
     * @throws IllegalArgumentException if the question is too long, or a date or the cursor is none
     */
    public SearchResponse search(SearchRequest request, Viewer viewer, Instant now) {
        checkSize(request.size());
        boolean words = !request.everything();
        if (words) check(request.q());
        if (words && TextQuery.keys(request.q()).isEmpty()) return nothing(request);
        var answer = answer(request, Cursor.of(request), viewer, now);
        var cursor = answer.cursor();
        var found = answer.found();
        var items = new ArrayList<SearchResponse.Hit>();
        for (var document : found.getResults()) items.add(hit(document, found, request));
        long total = found.getResults().getNumFound();
        long seen = cursor.seen() + items.size();
        boolean more = !items.isEmpty() && seen < total;
        var next = more
                ? Optional.of(new Cursor(seen, cursor.breadth(), found.getNextCursorMark()).textFor(request))
                : Optional.<String>empty();
        return new SearchResponse(total, items, counts(request, found), next);
    }

    static void checkSize(int size) {
        if (size < 0 || size > MOST_ITEMS)
            throw new IllegalArgumentException("size " + size + ": want 0 to " + MOST_ITEMS);
    }

    static void check(String q) {
        int length = q.codePointCount(0, q.length());
        if (length > LONGEST_QUERY)
            throw new IllegalArgumentException("q: want at most " + LONGEST_QUERY + " characters, found " + length);
    }

    private record Answer(Cursor cursor, QueryResponse found) {}

    /** Every word; else most of them as they were typed; else what sounds alike; else any of them. */
    private Answer answer(SearchRequest request, Cursor cursor, Viewer viewer, Instant now) {
        var all = new Answer(cursor, found(request, cursor, viewer, now));
        if (request.everything() || request.cursor().isPresent() || !weak(all.found(), request, viewer, now))
            return all;
        var most = cursor.with(Breadth.MOST);
        var found = found(request, most, viewer, now);
        if (found.getResults().getNumFound() > 0) return new Answer(most, found);
        if (all.found().getResults().getNumFound() > 0) return all;
        var any = cursor.with(Breadth.ANY);
        return new Answer(any, found(request, any, viewer, now));
    }

    /** Nothing at all, or nothing but what sounds alike in another language. */
    private boolean weak(QueryResponse found, SearchRequest request, Viewer viewer, Instant now) {
        var results = found.getResults();
        if (results.getNumFound() == 0) return true;
        boolean ranked = request.sort() == SearchRequest.Sort.RELEVANCE && !results.isEmpty();
        if (!ranked) results = core.ask(Question.best(request, viewer, now)).getResults();
        return Tier.ofScore(((Number) results.get(0).getFieldValue("score")).doubleValue()) == Tier.RELATED;
    }

    private QueryResponse found(SearchRequest request, Cursor cursor, Viewer viewer, Instant now) {
        try {
            return core.answer(Question.of(request, cursor, viewer, now));
        } catch (SolrException e) {
            if (e.code() == SolrException.ErrorCode.BAD_REQUEST.code
                    && request.cursor().isPresent())
                throw new IllegalArgumentException("cursor: want the value of 'next' of the page before", e);
            throw core.refused("could not answer", e);
        }
    }

    /** The answer to commas and the like: such a question wants something, but nothing that an index has. */
    private static SearchResponse nothing(SearchRequest request) {
        var none = new EnumMap<Facet, List<SearchResponse.Count>>(Facet.class);
        request.facets().forEach(facet -> none.put(facet, List.of()));
        return new SearchResponse(0, List.of(), none, Optional.empty());
    }

    private static SearchResponse.Hit hit(SolrDocument document, QueryResponse found, SearchRequest request) {
        var id = (String) document.getFieldValue("id");
        var marked = found.getHighlighting() == null
                ? Map.<String, List<String>>of()
                : found.getHighlighting().getOrDefault(id, Map.of());
        var languages = document.getFieldValues("languages").stream()
                .map(tag -> new LanguageTag((String) tag))
                .toList();
        double score = ((Number) document.getFieldValue("score")).doubleValue();
        return new SearchResponse.Hit(
                new ItemId(id),
                new Version(Core.number(document, "version")),
                ItemDocument.title((String) document.getFieldValue("title")),
                languages,
                score,
                request.everything()
                        ? pieces(document, request)
                        : Highlight.of(
                                marked.getOrDefault("text", List.of()), marked.getOrDefault("title_text", List.of())),
                request.everything() ? Optional.empty() : Optional.of(Tier.ofScore(score)),
                request.explain() && !request.everything() ? explanation(document, request, score) : null);
    }

    /** Where no words were asked for, the places that name what was asked for. */
    private static List<String> pieces(SolrDocument document, SearchRequest request) {
        var wanted = request.filters().getOrDefault(Facet.MENTIONS, List.of());
        var pieces = document.getFieldValues("mention_pieces");
        if (wanted.isEmpty() || pieces == null) return List.of();
        return Highlight.of(
                pieces.stream()
                        .map(String::valueOf)
                        .filter(piece -> wanted.contains(piece.substring(0, piece.indexOf(ItemDocument.UNIT))))
                        .map(piece -> piece.substring(piece.indexOf(ItemDocument.UNIT) + 1))
                        .toList(),
                List.of());
    }

    private static JsonNode explanation(SolrDocument document, SearchRequest request, double score) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("tier", Tier.ofScore(score).name().toLowerCase(Locale.ROOT));
        var tokens = json.putObject("tokens");
        var exact = tokens.putArray("exact");
        var folded = tokens.putArray("folded");
        TextQuery.keys(request.q()).forEach((key, fold) -> {
            exact.add(key);
            folded.add(fold);
        });
        json.put("solr", String.valueOf(document.getFieldValue("why")));
        return json;
    }

    static Map<Facet, List<SearchResponse.Count>> counts(SearchRequest request, QueryResponse found) {
        var counts = new EnumMap<Facet, List<SearchResponse.Count>>(Facet.class);
        for (var facet : request.facets()) {
            var field = found.getFacetField(Question.field(facet));
            counts.put(
                    facet,
                    field.getValues().stream()
                            .map(count -> new SearchResponse.Count(count.getName(), count.getCount()))
                            .toList());
        }
        return counts;
    }

    /** Titles, and runs of words in titles, that begin with {@code prefix} when both are folded; the most frequent first. */
    public List<String> suggest(String prefix, int size, Viewer viewer, Instant now) {
        var key = Folding.ofPhrase(ItemDocument.value(prefix));
        if (key.isEmpty() || size <= 0) return List.of();
        var params = Question.seenBy(viewer, now);
        params.set("q", "{!prefix f=completion v=$key}");
        params.set("key", key);
        params.set("facet", true);
        params.set("facet.field", "completion");
        params.set("facet.prefix", key);
        params.set("facet.mincount", 1);
        params.set("facet.sort", "count");
        params.set(
                "facet.limit",
                Math.min(size, MOST_ITEMS) * 4); // the same words in other letter case fall together below
        var distinct = new LinkedHashMap<String, String>();
        for (var count : core.ask(params).getFacetField("completion").getValues()) {
            var shown = count.getName().substring(count.getName().indexOf(ItemDocument.UNIT) + 1);
            distinct.putIfAbsent(exactly(shown), shown);
        }
        return distinct.values().stream().limit(size).toList();
    }

    /**
     * Answers a CQL query from what the viewer may see at {@code now}.
     *
     * @param start how many come before the first one that is wanted
     * @throws CqlException if it asks for what the index cannot do
     */
    public CqlResult retrieve(CqlQuery query, long start, int size, Viewer viewer, Instant now) {
        checkSize(size);
        if (start < 0 || start > DEEPEST) throw new CqlException(61, "at most " + (DEEPEST + 1));
        var params = CqlQuestion.of(query, start, size, viewer, now);
        try {
            var found = core.answer(params).getResults();
            return new CqlResult(
                    found.getNumFound(),
                    found.stream()
                            .map(document -> new ItemId((String) document.getFieldValue("id")))
                            .toList());
        } catch (SolrException e) {
            if (e.code() != SolrException.ErrorCode.BAD_REQUEST.code) throw core.refused("could not answer", e);
            LOG.warn(
                    "index {}: Solr refused the CQL query {}: {}",
                    core.name(),
                    Shown.of(query.toString()),
                    e.getMessage());
            throw new CqlException(47, "the index could not take it; ask with fewer masks and clauses");
        }
    }

    /**
     * A part of an index's terms, each with how many items the viewer may see that have it.
     *
     * @param clause the term to begin at
     * @param position where in the answer that term, or the next one, is to stand: 1 for first, 0 for just before the first
     * @throws CqlException if the clause is none that can be listed
     */
    public ListedTerms terms(Cql clause, int position, int most, Viewer viewer, Instant now) {
        var from = CqlQuestion.From.of(clause);
        var listing = new Listing(from.term(), position, most);
        for (int offset = 0; !listing.done(); offset += TERMS_PAGE) {
            var page = core.ask(CqlQuestion.terms(from.index(), offset, TERMS_PAGE, viewer, now))
                    .getFacetField(from.index().listed())
                    .getValues();
            for (var count : page) listing.take(CqlQuestion.shown(from.index(), count.getName()), count.getCount());
            if (page.size() < TERMS_PAGE) listing.end();
        }
        return listing.terms();
    }

    private static String exactly(String phrase) {
        return String.join(
                " ",
                AnalysisSteps.exact(phrase).stream()
                        .map(AnalysisSteps.Token::text)
                        .toList());
    }

    /** Removes the index and its data. */
    public void drop() {
        core.service().drop(core.name());
    }

    /** Lets go of the index; the service goes on, and what was applied is committed already. */
    @Override
    public void close() {
        senders.shutdown();
    }
}
