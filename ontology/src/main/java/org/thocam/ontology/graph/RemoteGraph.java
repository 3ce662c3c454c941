package org.thocam.ontology.graph;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.engine.binding.Binding;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Version;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.Watermark;
import org.thocam.ontology.graph.Endpoint.Deadline;
import org.thocam.ontology.graph.Endpoint.Rows;
import org.thocam.ontology.graph.Partition.Facts;
import org.thocam.ontology.graph.Partition.Scope;

/**
 * In any store that speaks SPARQL 1.1: query, update and graph store protocol. Several engines may read one such graph while one of them
 * writes. Who may see what stands in the store alone and is asked anew for each question.
 *
 * <p>Where the store is atomic, the mark and what it stands for are changed together. Where it is not, a change that was broken off is seen
 * and made good by the next writer; until then, nobody sees more than before or after it.
 */
public final class RemoteGraph extends KnowledgeGraph {
    private static final String MENTIONS = "<" + Vocabulary.SCHEMA + "mentions>";
    /** Graphs that are read at once. */
    private static final int PAGE = 200;

    private final Partition partition;
    private final Endpoint endpoint;
    private final RemoteWriting writing;
    /** Whether this engine showed anything that should be there now. */
    private volatile boolean shown;

    /**
     * Where a store is.
     *
     * @param query the address of its query service
     * @param update of its update service
     * @param data of its graph store service; null where it has none
     * @param user for HTTP's basic authentication; empty where the store wants none
     */
    public record Settings(URI query, URI update, URI data, String user, String password) {
        public Settings {
            for (var address : new URI[] {query, update})
                if (address == null || address.getHost() == null)
                    throw new IllegalArgumentException(
                            "address " + address + " of the graph's store: want an http URL");
        }

        @Override
        public String toString() {
            return "Settings[" + query + ", " + update + ", " + data + ", " + user + "]";
        }
    }

    private RemoteGraph(Endpoint endpoint, Partition partition, PartGraphs parts, RemoteWriting.Slices slices) {
        super(partition.base(), parts);
        this.partition = partition;
        this.endpoint = endpoint;
        this.writing = new RemoteWriting(endpoint, partition, this, slices);
    }

    /**
     * The graph of a partition, which is there as soon as something is written to it. The store is not asked yet: it need not answer.
     *
     * @param base as {@link KnowledgeGraph#open} has it
     * @param partition a name for all that is written, such as {@code thocam.g1}: 1 to 64 of A-Z a-z 0-9 . _ -
     */
    public static RemoteGraph open(Settings settings, URI base, String partition, PartGraphs parts) {
        return open(settings, base, partition, parts, Endpoint.Bounds.USUAL, RemoteWriting.Slices.USUAL);
    }

    static RemoteGraph open(
            Settings settings,
            URI base,
            String partition,
            PartGraphs parts,
            Endpoint.Bounds bounds,
            RemoteWriting.Slices slices) {
        return new RemoteGraph(new Endpoint(settings, bounds), new Partition(partition, checked(base)), parts, slices);
    }

    /** Removes all that a partition has in a store, in many small steps; once it has begun, nobody sees anything of it. */
    public static void drop(Settings settings, String partition) {
        try (var graph = open(settings, URI.create("urn:x-thocam:/"), partition, PartGraphs.NONE)) {
            graph.writing.drop();
        }
    }

    Deadline reading() {
        return Deadline.in(endpoint.bounds().reading());
    }

    /** All rows, of an answer that is whole. */
    List<Binding> rows(String query, List<String> graphs) {
        var rows = new ArrayList<Binding>();
        try (var found = endpoint.select(query, graphs, reading())) {
            found.forEachRemaining(rows::add);
        }
        return rows;
    }

    Facts facts() {
        var text = new HashMap<String, String>();
        var changing = new ArrayList<String>();
        var triples = new HashMap<Audience, Long>();
        var narrowed = new HashMap<String, Audience>();
        for (var row : rows(partition.facts(), List.of())) {
            var property = '<' + row.get("p").getURI() + '>';
            var value = row.get("o");
            if (property.equals(Partition.CHANGING)) changing.add(value.getURI());
            else if (property.equals(Partition.TRIPLES))
                triples.put(partition.audience(row.get("s").getURI()), Long.parseLong(value.getLiteralLexicalForm()));
            else if (property.equals(Partition.NARROWED))
                narrowed.put(row.get("s").getURI(), partition.audience(value.getURI()));
            else text.put(property, value.getLiteralLexicalForm());
        }
        var seq = text.getOrDefault(Partition.SEQ, "");
        return new Facts(
                text.getOrDefault(Partition.BASE, ""),
                text.getOrDefault(Partition.EPOCH, ""),
                text.containsKey(Partition.CLEARING),
                changing,
                seq.isEmpty()
                        ? Watermark.NONE
                        : new Watermark(text.getOrDefault(Partition.GENERATION, ""), Long.parseLong(seq)),
                text.getOrDefault(Partition.LINKED, ""),
                triples,
                narrowed);
    }

    private Facts valid() {
        endpoint.checkOpen();
        var facts = facts();
        return facts.base().equals(base) && !facts.clearing()
                ? facts
                : new Facts(base, facts.epoch(), false, List.of(), Watermark.NONE, "", Map.of(), Map.of());
    }

    private Scope scope(Viewer viewer, Instant now) {
        return partition.scope(valid(), viewer, now);
    }

    @Override
    public Watermark watermark() {
        return valid().mark();
    }

    @Override
    public void apply(List<Snapshot> batch, Watermark upTo) {
        writing.apply(batch, upTo);
        shown = true;
    }

    /** @throws GraphUnavailableException if somebody emptied the store: whoever brings the graph up begins again */
    @Override
    public void rest() {
        if (!shown || !watermark().equals(Watermark.NONE)) return;
        shown = false;
        throw new GraphUnavailableException("the graph's store was emptied by somebody; it is filled again", null);
    }

    @Override
    public String linkedWith() {
        return valid().linked();
    }

    @Override
    public void linkedWith(String edition) {
        writing.linkedWith(edition);
    }

    @Override
    public void clear() {
        shown = false;
        writing.clear();
    }

    @Override
    public long triples() {
        return valid().triples().values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public long triples(Viewer viewer, Instant now) {
        return scope(viewer, now).triples();
    }

    /** What these graphs say, by graph; nothing of one that is not there. */
    Map<String, Set<Triple>> saidBy(List<String> graphs) {
        var said = new HashMap<String, Set<Triple>>();
        if (graphs.isEmpty()) return said;
        var query = "SELECT ?g ?s ?p ?o { VALUES ?g { " + names(graphs) + " } GRAPH ?g { ?s ?p ?o } }";
        for (var row : rows(query, List.of()))
            said.computeIfAbsent(row.get("g").getURI(), graph -> new LinkedHashSet<>())
                    .add(triple(row));
        return said;
    }

    private static Triple triple(Binding row) {
        return Triple.create(row.get("s"), row.get("p"), row.get("o"));
    }

    static String names(List<String> graphs) {
        return graphs.stream().map(graph -> '<' + graph + '>').collect(Collectors.joining(" "));
    }

    /**
     * Rows one by one, by way of a file: whoever takes them may take time, and the store holds nothing for them meanwhile.
     *
     * @param variables of which each row has its values, IRIs and literals alike, as one line; no value may have a line break
     */
    private void spooled(String query, List<String> variables, Consumer<List<String>> consumer) {
        try {
            var file = Files.createTempFile("thocam-graph", ".rows");
            try {
                try (BufferedWriter out = Files.newBufferedWriter(file);
                        Rows rows = endpoint.select(
                                query, List.of(), Deadline.in(endpoint.bounds().whole()))) {
                    while (rows.hasNext()) {
                        var row = rows.next();
                        for (var variable : variables) {
                            var value = row.get(variable);
                            out.write(value.isURI() ? value.getURI() : value.getLiteralLexicalForm());
                            out.write('\n');
                        }
                    }
                }
                try (BufferedReader in = Files.newBufferedReader(file)) {
                    while (true) {
                        var row = new ArrayList<String>();
                        for (int i = 0; i < variables.size(); i++) row.add(in.readLine());
                        if (row.get(0) == null) return;
                        consumer.accept(row);
                    }
                }
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("what the graph's store told cannot be kept for a moment", e);
        }
    }

    @Override
    public void forEachHeld(BiConsumer<ItemId, Version> consumer) {
        if (valid().triples().isEmpty()) return;
        var query = "SELECT ?g ?state { GRAPH <" + partition.own() + "> { ?g " + Partition.STATE + " ?state } }";
        spooled(query, List.of("g", "state"), row -> {
            var state = RemoteWriting.State.of(row.get(1));
            if (state.version() == 0) return;
            var id = state.part().isEmpty() ? partition.who(row.get(0)) : state.part();
            consumer.accept(new ItemId(id), new Version(state.version()));
        });
    }

    @Override
    public void dump(OutputStream out) {
        var graphs = new ArrayList<String>();
        var query = "SELECT ?g { GRAPH <" + partition.own() + "> { ?g " + Partition.STATE + " ?state } }";
        if (!valid().triples().isEmpty()) spooled(query, List.of("g"), row -> graphs.add(row.get(0)));
        graphs.sort(null);
        for (int from = 0; from < graphs.size(); from += PAGE) {
            var page = graphs.subList(from, Math.min(graphs.size(), from + PAGE));
            var said = saidBy(page);
            for (var graph : page) {
                var iri = NodeFactory.createURI(base + "id/" + partition.who(graph));
                var lines = said.getOrDefault(graph, Set.of()).stream()
                        .map(triple -> line(triple, iri))
                        .sorted()
                        .collect(Collectors.joining());
                try {
                    out.write(lines.getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException("the graph's dump cannot be written", e);
                }
            }
        }
    }

    @Override
    public Graph itemGraph(ItemId id) {
        var graph = partition.says(iri(id).getURI());
        if (valid().triples().isEmpty()) return graphOf(Set.of());
        var said = new LinkedHashSet<Triple>();
        if (endpoint.keepsGraphs()) endpoint.graph(graph, said::add);
        else said.addAll(saidBy(List.of(graph)).getOrDefault(graph, Set.of()));
        return graphOf(said);
    }

    @Override
    public Optional<Graph> itemGraph(String iri, Viewer viewer, Instant now) {
        var said = said(iri, scope(viewer, now));
        return said.isEmpty() ? Optional.empty() : Optional.of(graphOf(said));
    }

    private Set<Triple> said(String iri, Scope scope) {
        if (!partition.isIdentity(iri) || !SparqlText.isSayable(NodeFactory.createURI(iri))) return Set.of();
        var graph = partition.says(iri);
        if (scope.hides(graph)) return Set.of();
        var said = new LinkedHashSet<Triple>();
        for (var row : rows(
                "SELECT ?s ?p ?o { " + scope.isAmong('<' + graph + '>', 0) + "GRAPH <" + graph + "> { ?s ?p ?o } }",
                List.of())) said.add(triple(row));
        return said;
    }

    @Override
    public List<Pointer> about(String iri, Viewer viewer, Instant now, int most) {
        var scope = scope(viewer, now);
        var said = said(iri, scope);
        if (said.isEmpty()) return List.of();
        var subjects = List.copyOf(subjectsOf(NodeFactory.createURI(iri), said));
        var pointers = new ArrayList<Pointer>();
        for (int from = 0; from < subjects.size() && pointers.size() < most; from += PAGE) {
            var values = subjects.subList(from, Math.min(subjects.size(), from + PAGE)).stream()
                    .map(SparqlText::of)
                    .collect(Collectors.joining(" ", "VALUES ?subject { ", " } "));
            var query = "SELECT DISTINCT ?item ?subject { " + values
                    + scope.where(List.of("?item " + SparqlText.of(SUBJECT) + " ?subject")) + onlyItems("?item")
                    + "} LIMIT " + (most - pointers.size());
            for (var row : rows(query, scope.asked()))
                pointers.add(
                        new Pointer(idOf(row.get("item")), row.get("subject").getURI()));
        }
        return pointers;
    }

    private String onlyItems(String variable) {
        var ids = SparqlText.of(NodeFactory.createLiteralString(base + "id/"));
        return "FILTER (isIRI(" + variable + ") && STRSTARTS(STR(" + variable + "), " + ids
                + ") && !CONTAINS(STRAFTER(STR(" + variable + "), " + ids + "), \"/\") && !CONTAINS(STR(" + variable
                + "), \"#\")) ";
    }

    @Override
    public MentionedIn mentionedIn(String entityIri, Viewer viewer, Instant now, int most) {
        var entity = NodeFactory.createURI(entityIri);
        if (!SparqlText.isSayable(entity)) return new MentionedIn(List.of(), 0);
        var scope = scope(viewer, now);
        var query = "SELECT DISTINCT ?item { "
                + scope.where(List.of("?item " + MENTIONS + " " + SparqlText.of(entity))) + onlyItems("?item")
                + "} LIMIT " + MOST_COUNTED;
        var items = rows(query, scope.asked());
        return new MentionedIn(
                items.stream().limit(most).map(row -> idOf(row.get("item"))).toList(), items.size());
    }

    @Override
    public List<String> sensesOf(String entityIri, Viewer viewer, Instant now, int most) {
        var entity = NodeFactory.createURI(entityIri);
        if (!SparqlText.isSayable(entity)) return List.of();
        var scope = scope(viewer, now);
        var query = "SELECT DISTINCT ?sense { "
                + scope.where(List.of("?sense " + SparqlText.of(REFERENCE) + " " + SparqlText.of(entity)))
                + "} LIMIT " + most;
        return rows(query, scope.asked()).stream()
                .map(row -> row.get("sense").getURI())
                .sorted()
                .toList();
    }

    @Override
    public List<Snapshot> linkedOtherwise(List<Snapshot> items) {
        var otherwise = new ArrayList<Snapshot>();
        for (int from = 0; from < items.size(); from += PAGE) {
            var page = items.subList(from, Math.min(items.size(), from + PAGE));
            var graphs = page.stream().map(item -> saysOf(item.change().id())).toList();
            var query = "SELECT ?g ?s ?p ?o { VALUES ?g { " + names(graphs) + " } GRAPH ?g { ?s ?p ?o } FILTER (?p = "
                    + MENTIONS + " || CONTAINS(STR(?s), \"#mention-\")) }";
            var said = new HashMap<String, Set<Triple>>();
            for (var row : rows(query, List.of()))
                said.computeIfAbsent(row.get("g").getURI(), graph -> new LinkedHashSet<>())
                        .add(triple(row));
            for (var item : page)
                if (mentionsDiffer(item, said.getOrDefault(saysOf(item.change().id()), Set.of()))) otherwise.add(item);
        }
        return otherwise;
    }

    String saysOf(ItemId item) {
        return partition.says(base + "id/" + item);
    }

    @Override
    public DatasetGraph visibleTo(Viewer viewer, Instant now) {
        return new RemoteDataset(endpoint, () -> scope(viewer, now));
    }

    /** Whoever is reading gets an {@link IllegalStateException}, and whoever comes later. */
    @Override
    public void close() {
        endpoint.close();
    }
}
