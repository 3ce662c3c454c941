package org.thocam.index.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.solr.client.solrj.request.UpdateRequest;
import org.apache.solr.client.solrj.response.Group;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrInputDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.index.analysis.query.TextQuery;
import org.thocam.index.analysis.query.TextQuery.Breadth;
import org.thocam.index.analysis.query.Tier;
import org.thocam.index.search.SearchRequest.Facet;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Projection;
import org.thocam.ontology.ServiceUnavailableException;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Version;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;

/**
 * The passages of recordings and pages, on a {@link SearchService}: one question finds the items and the places in them. A new version of
 * an item replaces all its passages in one commit. Each passage has its own access.
 *
 * <p>Every method that needs the service throws {@link IndexUnavailableException} while it does not answer.
 */
public final class SegmentIndex implements Projection {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentIndex.class);
    private static final int MOST_IN_REQUEST = 1000;
    /** Grouped pages cost as much as all pages before them. */
    private static final long DEEPEST = 10_000;

    private static final String SEPARATOR = String.valueOf(ItemDocument.UNIT);

    private final Core core;
    private final SegmentSource source;

    private SegmentIndex(Core core, SegmentSource source) {
        this.core = core;
        this.source = source;
    }

    /**
     * Opens the index of this name, or makes it, as {@link SearchIndex#open} does.
     *
     * @param mine whether this engine brings it up: if not, nothing is made
     * @throws IndexUnavailableException if something would have to be made, and is not to be
     */
    public static SegmentIndex open(SearchService service, String core, SegmentSource source, boolean mine) {
        return new SegmentIndex(Core.open(service, core, ConfigSet.Kind.SEGMENTS, mine), source);
    }

    /** Looks again whether it is there as it has to be, and makes it where it is not. */
    public void ensure() {
        core.open(true);
    }

    @Override
    public String name() {
        return "segments";
    }

    /** Whether the service answers at this moment. */
    public boolean ready() {
        return core.service().ready();
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

    @Override
    public void clear() {
        core.clear();
    }

    @Override
    public void apply(List<Snapshot> batch, Watermark upTo) {
        var last = new LinkedHashMap<ItemId, Snapshot>();
        for (var snapshot : batch) last.put(snapshot.change().id(), snapshot);
        // also where nothing seems to be there: a batch that failed may have left some
        var old = last.values().stream()
                .filter(snapshot -> !(snapshot.holding() instanceof Item)
                        || snapshot.change().version().number() > 1)
                .map(snapshot -> snapshot.change().id().value())
                .toList();
        if (!old.isEmpty())
            core.write(new UpdateRequest()
                    .deleteByQuery("{!terms f=item separator='" + SEPARATOR + "'}" + String.join(SEPARATOR, old)));
        var pending = new ArrayList<SolrInputDocument>();
        for (var snapshot : last.values()) if (snapshot.holding() instanceof Item item) add(snapshot, item, pending);
        send(pending);
        core.commit(new UpdateRequest(), upTo);
    }

    private void add(Snapshot snapshot, Item item, List<SolrInputDocument> pending) {
        var documents = new SegmentDocument(snapshot, item);
        take(documents.holding(), pending);
        if (item.files().isEmpty()) return;
        var version = snapshot.change().version();
        for (var file : files(item.id(), version)) {
            try {
                documents.of(file, source.read(item.id(), version, file), document -> take(document, pending));
            } catch (ServiceUnavailableException e) {
                throw e;
            } catch (ArchiveException e) {
                // verify names it; the others go on
                LOG.error("item {} {}: {}", item.id(), version, e.getMessage());
            }
        }
    }

    private List<String> files(ItemId id, Version version) {
        try {
            return source.files(id, version);
        } catch (ServiceUnavailableException e) {
            throw e;
        } catch (ArchiveException e) {
            LOG.error("item {} {}: {}", id, version, e.getMessage());
            return List.of();
        }
    }

    private void take(SolrInputDocument document, List<SolrInputDocument> pending) {
        pending.add(document);
        if (pending.size() >= MOST_IN_REQUEST) {
            send(pending);
            pending.clear();
        }
    }

    private void send(List<SolrInputDocument> documents) {
        if (documents.isEmpty()) return;
        try {
            core.service().write(new UpdateRequest().add(List.copyOf(documents)), core.name());
        } catch (SolrException e) {
            if (e.code() != SolrException.ErrorCode.BAD_REQUEST.code)
                throw core.refused("did not take " + documents.size() + " passages", e);
            // one that Solr cannot digest must not keep out the others
            for (var document : documents) sendAlone(document);
        }
    }

    private void sendAlone(SolrInputDocument document) {
        try {
            core.service().write(new UpdateRequest().add(document), core.name());
        } catch (SolrException e) {
            LOG.warn(
                    "index {}: passage {} cannot be found: Solr refused it: {}",
                    core.name(),
                    document.getFieldValue("id"),
                    e.getMessage());
        }
    }

    @Override
    public boolean showsMentions() {
        return true;
    }

    @Override
    public List<Snapshot> linkedOtherwise(List<Snapshot> items) {
        var shown = core.linked("holding", items);
        return items.stream()
                .filter(one -> shown.containsKey(one.change().id()))
                .filter(one ->
                        !ItemDocument.linked(one).equals(shown.get(one.change().id())))
                .toList();
    }

    @Override
    public void forEachHeld(BiConsumer<ItemId, Version> consumer) {
        core.forEachHeld("holding", consumer);
    }

    /** Number of passages. */
    public long size() {
        var params = Question.seenBy(Viewer.EVERYTHING, Instant.EPOCH);
        params.set("q", "*:*");
        params.set("rows", 0);
        return core.ask(params).getResults().getNumFound();
    }

    /**
     * Answers from what the viewer may see at {@code now}: items, passages, totals and counts alike.
     *
     * @throws IllegalArgumentException if the question is too long, or a date or the cursor is none
     */
    public SegmentResponse search(SegmentRequest request, Viewer viewer, Instant now) {
        var asked = request.asked();
        SearchIndex.checkSize(asked.size());
        SearchIndex.check(asked.q());
        if (!asked.everything() && TextQuery.keys(asked.q()).isEmpty()) return nothing(asked);
        var cursor = Cursor.of(request.withAll());
        if (cursor.seen() > DEEPEST)
            throw new IllegalArgumentException(
                    "cursor: a question for passages leads to " + DEEPEST + " items; ask a narrower one");
        var breadth = cursor.breadth();
        var found = found(request, cursor.seen(), breadth, viewer, now);
        if (!asked.everything() && asked.cursor().isEmpty() && weak(request, found, viewer, now)) {
            var most = found(request, 0, Breadth.MOST, viewer, now);
            if (total(most) > 0) {
                found = most;
                breadth = Breadth.MOST;
            } else if (total(found) == 0) {
                found = found(request, 0, Breadth.ANY, viewer, now);
                breadth = Breadth.ANY;
            }
        }
        var hits = new ArrayList<SegmentResponse.Hit>();
        for (var group : groups(found)) hit(group, found, asked).ifPresent(hits::add);
        long seen = cursor.seen() + groups(found).size();
        boolean more = !groups(found).isEmpty() && seen < total(found);
        return new SegmentResponse(
                total(found),
                hits,
                SearchIndex.counts(asked, found),
                more
                        ? Optional.of(new Cursor(seen, breadth, "").textFor(request.withAll()))
                        : Optional.<String>empty());
    }

    /** Nothing at all, or nothing but what sounds alike in another language. */
    private boolean weak(SegmentRequest request, QueryResponse found, Viewer viewer, Instant now) {
        if (total(found) == 0) return true;
        boolean ranked = request.asked().sort() == SearchRequest.Sort.RELEVANCE
                && !groups(found).isEmpty();
        var best = ranked
                ? groups(found).get(0).getResult()
                : core.ask(SegmentQuestion.best(request, viewer, now)).getResults();
        return !best.isEmpty()
                && Tier.ofScore(((Number) best.get(0).getFieldValue("score")).doubleValue()) == Tier.RELATED;
    }

    private QueryResponse found(SegmentRequest request, long from, Breadth breadth, Viewer viewer, Instant now) {
        return core.ask(SegmentQuestion.of(request, from, breadth, viewer, now));
    }

    private static long total(QueryResponse found) {
        return found.getGroupResponse().getValues().get(0).getNGroups();
    }

    private static List<Group> groups(QueryResponse found) {
        return found.getGroupResponse().getValues().get(0).getValues();
    }

    private static SegmentResponse nothing(SearchRequest request) {
        var none = new EnumMap<Facet, List<SearchResponse.Count>>(Facet.class);
        request.facets().forEach(facet -> none.put(facet, List.of()));
        return new SegmentResponse(0, List.of(), none, Optional.empty());
    }

    private static Optional<SegmentResponse.Hit> hit(Group group, QueryResponse found, SearchRequest asked) {
        var documents = group.getResult();
        if (documents.isEmpty()) return Optional.empty();
        var best = documents.get(0);
        double score = ((Number) best.getFieldValue("score")).doubleValue();
        var segments =
                documents.stream().map(document -> segment(document, found)).toList();
        var item = new SearchResponse.Hit(
                new ItemId((String) best.getFieldValue("item")),
                new Version(Core.number(best, "version")),
                ItemDocument.title((String) best.getFieldValue("title")),
                best.getFieldValues("languages").stream()
                        .map(tag -> new LanguageTag((String) tag))
                        .toList(),
                score,
                segments.stream()
                        .map(SegmentResponse.Found::highlight)
                        .filter(highlight -> !highlight.isEmpty())
                        .limit(Highlight.MOST)
                        .toList(),
                asked.everything() ? Optional.empty() : Optional.of(Tier.ofScore(score)),
                null);
        return Optional.of(new SegmentResponse.Hit(item, documents.getNumFound(), segments));
    }

    private static SegmentResponse.Found segment(SolrDocument document, QueryResponse found) {
        var marked = found.getHighlighting() == null
                ? Map.<String, List<String>>of()
                : found.getHighlighting().getOrDefault((String) document.getFieldValue("id"), Map.of());
        var confidence = document.getFieldValue("confidence");
        return new SegmentResponse.Found(
                new ItemId((String) document.getFieldValue("item")),
                Core.number(document, "number"),
                word(document, "file"),
                true,
                word(document, "tier"),
                word(document, "speaker"),
                word(document, "role"),
                word(document, "spoken"),
                number(document, "start"),
                number(document, "end"),
                "true".equals(document.getFieldValue("derived")),
                word(document, "recording"),
                number(document, "origin").orElse(0L),
                number(document, "page").orElse(0L).intValue(),
                Stream.of(word(document, "box").split(" "))
                        .filter(side -> !side.isEmpty())
                        .map(Double::valueOf)
                        .toList(),
                confidence == null ? OptionalDouble.empty() : OptionalDouble.of(((Number) confidence).doubleValue()),
                word(document, "text"),
                Highlight.of(marked.getOrDefault("text", List.of()), List.of()).stream()
                        .findFirst()
                        .orElse(""),
                document.getFieldValues("mentions") == null
                        ? List.of()
                        : document.getFieldValues("mentions").stream()
                                .map(String::valueOf)
                                .toList(),
                ((Number) document.getFieldValue("score")).doubleValue());
    }

    private static String word(SolrDocument document, String field) {
        return Objects.toString(document.getFieldValue(field), "");
    }

    private static Optional<Long> number(SolrDocument document, String field) {
        return document.getFieldValue(field) == null ? Optional.empty() : Optional.of(Core.number(document, field));
    }

    /** Removes the index and its data. */
    public void drop() {
        core.service().drop(core.name());
    }

    /** Lets go of the index; the service goes on, and what was applied is committed already. */
    @Override
    public void close() {}
}
