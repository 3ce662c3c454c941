package org.thocam.ontology.graph;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Version;
import org.thocam.ontology.Watermark;
import org.thocam.ontology.graph.Partition.Facts;

/**
 * Writes a partition, in requests of bounded size. Every step of a request holds on the condition that the store is still in the epoch that
 * its writer read, and the last one begins another: a request that comes late, comes twice, or comes from an engine that lost its lease
 * changes nothing.
 *
 * <p>A triple is taken from an audience's graph only where no other graph of that audience says it. Whoever may see less is served before
 * anything else is written.
 */
final class RemoteWriting {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteWriting.class);
    private static final int TRIES = 5;
    /** Triples that one request removes while everything is forgotten. */
    private static final int REMOVED = 50_000;

    /**
     * How much one request may hold.
     *
     * @param graphs that it changes
     * @param triples that these say
     */
    record Slices(int graphs, int triples) {
        static final Slices USUAL = new Slices(500, 20_000);
    }

    /** The store is in another epoch than the one that was read. */
    private static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1;

        Overtaken() {
            super("another writer came before this one", null, false, false);
        }
    }

    /**
     * What is known of a graph beside its audience.
     *
     * @param version of the item, or of the part's own object; 0 where there is none
     * @param triples that it says
     * @param digest of them
     * @param part its name in the archive; empty for an item's graph and for a part without versions of its own
     */
    record State(long version, int triples, String digest, String part) {
        static State of(String text) {
            var words = text.split(" ", -1);
            return new State(Long.parseLong(words[0]), Integer.parseInt(words[1]), words[2], words[3]);
        }

        @Override
        public String toString() {
            return version + " " + triples + " " + digest + " " + part;
        }
    }

    /** A graph as the store has it; {@code in} is empty where it has not. */
    private record Held(Optional<Audience> in, Optional<State> state, String partOf, Optional<Audience> narrowed) {
        static final Held NOTHING = new Held(Optional.empty(), Optional.empty(), "", Optional.empty());

        /** Who may see it: less than all who find it there, while it is taken from some of them. */
        Optional<Audience> seenBy() {
            return narrowed.or(() -> in);
        }
    }

    /**
     * A graph as it is to be.
     *
     * @param partOf the item's graph of a part; empty for an item
     * @param in who may see it; empty where it is to go
     */
    private record Wanted(
            String graph, String partOf, Optional<Audience> in, long version, String part, Set<Triple> triples) {
        static Wanted gone(String graph) {
            return new Wanted(graph, "", Optional.empty(), 0, "", Set.of());
        }
    }

    private final Endpoint endpoint;
    private final Partition partition;
    private final RemoteGraph graph;
    private final Slices slices;

    // of the store as this writer last left or read it
    private String epoch = "";
    private Watermark mark = Watermark.NONE;
    private String linked = "";
    private Map<Audience, Long> triples = new HashMap<>();
    private boolean madeGood;

    RemoteWriting(Endpoint endpoint, Partition partition, RemoteGraph graph, Slices slices) {
        this.endpoint = endpoint;
        this.partition = partition;
        this.graph = graph;
        this.slices = slices;
    }

    synchronized void apply(List<Snapshot> batch, Watermark upTo) {
        if (upTo.generation() == null) throw new IllegalArgumentException("a mark of no log");
        // All of it is said before any of it is written.
        var last = new LinkedHashMap<ItemId, Snapshot>();
        batch.forEach(snapshot -> last.put(snapshot.change().id(), snapshot));
        var own = new LinkedHashMap<ItemId, Set<Triple>>();
        last.forEach((id, snapshot) -> {
            if (id.isPart()) return;
            snapshot.holding().access();
            own.put(id, SparqlText.sayable(graph.wanted(snapshot)));
        });
        begun(() -> show(last, own, upTo));
    }

    synchronized void linkedWith(String edition) {
        begun(() -> write(List.of(), Map.of(), new Marks(mark, edition)));
    }

    synchronized void clear() {
        begun(() -> forget(partition.base()));
    }

    /** For good: nothing of it remains. */
    synchronized void drop() {
        unlessOvertaken(() -> {
            take(graph.facts());
            if (epoch.isEmpty()) return;
            forget("");
            endpoint.update("DROP SILENT GRAPH <" + partition.own() + ">");
        });
    }

    private void begun(Runnable writing) {
        unlessOvertaken(() -> {
            begin();
            writing.run();
        });
    }

    private void unlessOvertaken(Runnable writing) {
        for (int i = 1; ; i++) {
            endpoint.checkOpen();
            try {
                writing.run();
                return;
            } catch (Overtaken e) {
                if (i < TRIES) continue;
                throw new GraphUnavailableException(
                        "the graph of partition " + partition.name() + " is written by another engine at the same time",
                        e);
            }
        }
    }

    /** Reads in what state the store is, and makes good what it is not to be in. */
    private void begin() {
        madeGood = false;
        read();
        if (epoch.isEmpty()) {
            endpoint.update("INSERT { GRAPH <" + partition.own() + "> { " + store(Partition.EPOCH, literal(newEpoch()))
                    + store(Partition.BASE, literal(partition.base())) + "} } WHERE { FILTER NOT EXISTS { GRAPH <"
                    + partition.own() + "> { <" + partition.store() + "> " + Partition.EPOCH + " ?epoch } } }");
            read();
        }
    }

    private void read() {
        var facts = graph.facts();
        take(facts);
        if (epoch.isEmpty()) return;
        if (facts.clearing() || !facts.base().equals(partition.base())) {
            if (!facts.clearing())
                LOG.warn(
                        "graph: its base was {}, now it is {}: emptied, to be made again",
                        facts.base(),
                        partition.base());
            forget(partition.base());
        } else if (!facts.changing().isEmpty()) makeGood(facts.changing());
    }

    private void take(Facts facts) {
        epoch = facts.epoch();
        mark = facts.mark();
        linked = facts.linked();
        triples = new HashMap<>(facts.triples());
    }

    private record Marks(Watermark mark, String linked) {}

    private Marks marks() {
        return new Marks(mark, linked);
    }

    // What a batch says

    private void show(Map<ItemId, Snapshot> last, Map<ItemId, Set<Triple>> own, Watermark upTo) {
        var parts = graph.parts;
        var items = new ArrayList<String>();
        own.keySet().forEach(id -> items.add(graph.saysOf(id)));
        var wholes = new LinkedHashSet<String>(items);
        last.keySet().stream().filter(ItemId::isPart).forEach(id -> wholes.add(graph.saysOf(id.whole())));
        var held = held(List.copyOf(wholes));
        var haveParts = haveParts(items.stream()
                .filter(item -> madeGood || held.containsKey(item))
                .toList());

        var consisting = new LinkedHashMap<ItemId, Audience>();
        var plain = new ArrayList<Wanted>();
        own.forEach((id, said) -> {
            var snapshot = last.get(id);
            var item = graph.saysOf(id);
            if (parts.shows(snapshot.change()) || haveParts.contains(item))
                consisting.put(id, new Audience(snapshot.holding().access()));
            else
                plain.add(wanted(
                        id,
                        snapshot,
                        said,
                        Optional.of(new Audience(snapshot.holding().access()))));
        });
        narrow(consisting, held);
        // Those that fewer may see come first: they do not wait for the others.
        plain.sort(Comparator.comparing(
                one -> one.in().filter(Audience.EVERYBODY::equals).isPresent()));
        var ofParts = new LinkedHashSet<ItemId>();
        for (var id : last.keySet()) if (id.isPart() && !last.containsKey(id.whole())) ofParts.add(id);
        boolean all = consisting.isEmpty() && ofParts.isEmpty();
        write(plain, held, all ? new Marks(upTo, linked) : marks());
        if (all) return;
        consisting.forEach((id, audience) -> show(id, last.get(id), own.get(id), audience));

        for (var id : List.copyOf(ofParts)) ofParts.addAll(parts.alongside(id));
        ofParts.removeIf(id -> !id.isPart() || last.containsKey(id.whole()));
        var changed = new ArrayList<Wanted>();
        for (var id : ofParts) part(id, held).ifPresent(changed::add);
        write(changed, Map.of(), new Marks(upTo, linked));
    }

    private Wanted wanted(ItemId id, Snapshot snapshot, Set<Triple> said, Optional<Audience> in) {
        var item = graph.saysOf(id);
        return said.isEmpty()
                ? Wanted.gone(item)
                : new Wanted(item, "", in, snapshot.change().version().number(), "", said);
    }

    private Wanted wanted(PartGraphs.PartGraph part, Audience in) {
        boolean versioned = part.version().number() > 0;
        return new Wanted(
                partition.says(graph.partIri(part.part()).getURI()),
                graph.saysOf(part.part().whole()),
                Optional.of(in),
                part.version().number(),
                // only what the archive has as an object of its own is told to a verification
                versioned ? part.part().value() : "",
                SparqlText.sayable(part.triples()));
    }

    /** A change of one part, unless its item is not shown, or a later version of it is to bring all parts. */
    private Optional<Wanted> part(ItemId id, Map<String, Held> held) {
        var whole = held.get(graph.saysOf(id.whole()));
        long version = whole.state().map(State::version).orElse(0L);
        var part = graph.parts.one(id);
        if (version == 0 || !graph.parts.isCurrent(id.whole(), new Version(version))) return Optional.empty();
        return Optional.of(part.map(one -> wanted(one, whole.seenBy().orElseThrow()))
                .orElseGet(() -> Wanted.gone(partition.says(graph.partIri(id).getURI()))));
    }

    /** Lets nobody see more of these items than both what was and what comes allow, before anything of them is written. */
    private void narrow(Map<ItemId, Audience> coming, Map<String, Held> held) {
        var delete = new StringBuilder();
        var insert = new StringBuilder();
        coming.forEach((id, audience) -> {
            var item = graph.saysOf(id);
            var before = held.get(item);
            var both = before.seenBy().orElse(Audience.EVERYBODY).and(audience);
            if (before.in().isEmpty()) {
                var empty = new State(0, 0, "", "");
                say(insert, item, Partition.IN, in(both));
                say(insert, item, Partition.STATE, literal(empty.toString()));
                held.put(item, new Held(Optional.of(both), Optional.of(empty), "", Optional.empty()));
                triples.putIfAbsent(both, 0L);
            } else if (!both.equals(before.seenBy().get())) {
                before.narrowed().ifPresent(old -> say(delete, item, Partition.NARROWED, in(old)));
                say(insert, item, Partition.NARROWED, in(both));
                held.put(item, new Held(before.in(), before.state(), "", Optional.of(both)));
            }
        });
        if (!insert.isEmpty())
            commit(List.of(), change(ownGraph(delete), ownGraph(insert)), List.of(), marks(), triples);
    }

    /** An item that consists of parts, with all of them. */
    private void show(ItemId id, Snapshot snapshot, Set<Triple> said, Audience audience) {
        var item = graph.saysOf(id);
        var held = held(List.of(item)).get(item);
        var now = held.seenBy().orElseThrow();
        if (held.narrowed().isPresent()) {
            move(item, now);
            var drop = new StringBuilder();
            say(drop, item, Partition.NARROWED, in(now));
            commit(List.of(), change(ownGraph(drop), ""), List.of(), marks(), triples);
        }
        boolean brought = bring(id, snapshot, now);
        var last = brought ? audience : now;
        // an item without anything of its own stays as long as parts of it do
        boolean any = brought && !said.isEmpty() || !partsOf(item, 1).isEmpty();
        if (!last.equals(now)) move(item, last);
        var wanted = any
                ? new Wanted(
                        item,
                        "",
                        Optional.of(last),
                        said.isEmpty() ? 0 : snapshot.change().version().number(),
                        "",
                        said)
                : wanted(id, snapshot, said, Optional.of(last));
        write(List.of(wanted), Map.of(), marks());
    }

    /**
     * Brings all part graphs of an item to their new state.
     *
     * @return false where a later version of the item came meanwhile: it is to bring them
     */
    private boolean bring(ItemId id, Snapshot snapshot, Audience in) {
        var item = graph.saysOf(id);
        var old = new HashSet<>(partsOf(item, Integer.MAX_VALUE));
        if (graph.parts.shows(snapshot.change()) && snapshot.holding() instanceof Item) {
            var version = snapshot.change().version();
            var waiting = new ArrayList<Wanted>();
            var current = new boolean[] {true};
            graph.parts.forEach(id, part -> {
                var wanted = wanted(part, in);
                old.remove(wanted.graph());
                waiting.add(wanted);
                if (waiting.size() < slices.graphs()) return true;
                current[0] = graph.parts.isCurrent(id, version);
                if (current[0]) write(waiting, Map.of(), marks());
                waiting.clear();
                return current[0];
            });
            if (!current[0] || !graph.parts.isCurrent(id, version)) return false;
            write(waiting, Map.of(), marks());
        }
        write(old.stream().sorted().map(Wanted::gone).toList(), Map.of(), marks());
        return true;
    }

    // What is there

    private Map<String, Held> held(Collection<String> graphs) {
        var held = new HashMap<String, Held>();
        graphs.forEach(name -> held.put(name, Held.NOTHING));
        for (var page : pages(List.copyOf(graphs))) {
            var query = "SELECT ?g ?p ?o { VALUES ?g { " + RemoteGraph.names(page) + " } GRAPH <" + partition.own()
                    + "> { ?g ?p ?o } }";
            for (var row : graph.rows(query, List.of())) {
                var name = row.get("g").getURI();
                var before = held.get(name);
                var value = row.get("o");
                var property = '<' + row.get("p").getURI() + '>';
                if (property.equals(Partition.IN))
                    before = new Held(
                            Optional.of(partition.audience(value.getURI())),
                            before.state(),
                            before.partOf(),
                            before.narrowed());
                else if (property.equals(Partition.STATE))
                    before = new Held(
                            before.in(),
                            Optional.of(State.of(value.getLiteralLexicalForm())),
                            before.partOf(),
                            before.narrowed());
                else if (property.equals(Partition.PART_OF))
                    before = new Held(before.in(), before.state(), value.getURI(), before.narrowed());
                else if (property.equals(Partition.NARROWED))
                    before = new Held(
                            before.in(),
                            before.state(),
                            before.partOf(),
                            Optional.of(partition.audience(value.getURI())));
                held.put(name, before);
            }
        }
        return held;
    }

    private <T> List<List<T>> pages(List<T> all) {
        var pages = new ArrayList<List<T>>();
        for (int from = 0; from < all.size(); from += slices.graphs())
            pages.add(all.subList(from, Math.min(all.size(), from + slices.graphs())));
        return pages;
    }

    private Set<String> haveParts(List<String> items) {
        var found = new HashSet<String>();
        for (var page : pages(items))
            for (var row : graph.rows(
                    "SELECT ?item { VALUES ?item { " + RemoteGraph.names(page) + " } FILTER EXISTS { GRAPH <"
                            + partition.own() + "> { ?part " + Partition.PART_OF + " ?item } } }",
                    List.of())) found.add(row.get("item").getURI());
        return found;
    }

    private List<String> partsOf(String item, int most) {
        return graph
                .rows(
                        "SELECT ?g { GRAPH <" + partition.own() + "> { ?g " + Partition.PART_OF + " <" + item
                                + "> } } LIMIT " + most,
                        List.of())
                .stream()
                .map(row -> row.get("g").getURI())
                .toList();
    }

    // The requests

    /**
     * Brings these graphs to their new state, and the marks with the last of them.
     *
     * @param known some of them as they are
     */
    private void write(List<Wanted> wanted, Map<String, Held> known, Marks marks) {
        var slice = new ArrayList<Wanted>();
        int size = 0;
        for (var one : wanted) {
            boolean full =
                    slice.size() == slices.graphs() || size + one.triples().size() > slices.triples();
            if (full && !slice.isEmpty()) {
                writeSlice(slice, known, marks());
                slice.clear();
                size = 0;
            }
            slice.add(one);
            size += one.triples().size();
        }
        writeSlice(slice, known, marks);
    }

    private void writeSlice(List<Wanted> wanted, Map<String, Held> known, Marks marks) {
        var held = held(wanted.stream()
                .map(Wanted::graph)
                .filter(name -> !known.containsKey(name))
                .toList());
        held.putAll(known);
        var unread = new ArrayList<String>();
        for (var one : wanted) {
            var before = held.get(one.graph());
            boolean same = before.state().isPresent()
                    && one.in().isPresent()
                    && before.state().get().digest().equals(digest(one.triples()));
            if (before != Held.NOTHING && !same) unread.add(one.graph());
        }
        var said = graph.saidBy(unread);
        var delete = new StringBuilder();
        var insert = new StringBuilder();
        var ownDelete = new StringBuilder();
        var ownInsert = new StringBuilder();
        var joining = new TreeMap<String, StringBuilder>();
        var leaving = new TreeMap<String, Set<Triple>>();
        var counts = new HashMap<>(triples);
        var changing = new ArrayList<String>();
        for (var one : wanted) {
            var before = held.get(one.graph());
            var there = before == Held.NOTHING
                    ? Set.<Triple>of()
                    : unread.contains(one.graph()) ? said.getOrDefault(one.graph(), Set.of()) : one.triples();
            var state = one.in()
                    .map(in -> new State(one.version(), one.triples().size(), digest(one.triples()), one.part()));
            if (before.in().equals(one.in()) && before.state().equals(state)) continue;
            changing.add(one.graph());
            boolean stays = before.in().equals(one.in());
            graph(delete, one.graph(), minus(there, one.triples()));
            graph(insert, one.graph(), minus(one.triples(), there));
            before.in().ifPresent(in -> {
                leaving.computeIfAbsent(partition.graph(in), name -> new LinkedHashSet<>())
                        .addAll(stays ? minus(there, one.triples()) : there);
                counts.merge(in, -(long) before.state().map(State::triples).orElse(0), Long::sum);
            });
            one.in().ifPresent(in -> {
                var more = stays ? minus(one.triples(), there) : one.triples();
                var text = joining.computeIfAbsent(partition.graph(in), name -> new StringBuilder());
                for (var triple : more) SparqlText.append(text, triple).append(" .\n");
                counts.merge(in, (long) one.triples().size(), Long::sum);
            });
            before.in().ifPresent(in -> say(ownDelete, one.graph(), Partition.IN, in(in)));
            before.state().ifPresent(old -> say(ownDelete, one.graph(), Partition.STATE, literal(old.toString())));
            if (!before.partOf().isEmpty()) say(ownDelete, one.graph(), Partition.PART_OF, '<' + before.partOf() + '>');
            one.in().ifPresent(in -> say(ownInsert, one.graph(), Partition.IN, in(in)));
            state.ifPresent(now -> say(ownInsert, one.graph(), Partition.STATE, literal(now.toString())));
            if (one.in().isPresent() && !one.partOf().isEmpty())
                say(ownInsert, one.graph(), Partition.PART_OF, '<' + one.partOf() + '>');
        }
        if (changing.isEmpty() && marks.equals(marks())) return;
        joining.forEach((name, text) -> {
            if (text.length() > 0)
                insert.append("GRAPH <")
                        .append(name)
                        .append("> {\n")
                        .append(text)
                        .append("}\n");
        });
        var steps = new ArrayList<String>();
        leaving.forEach((name, gone) -> {
            if (!gone.isEmpty()) steps.add(leave(name, gone));
        });
        changing.addAll(joining.keySet());
        changing.addAll(leaving.keySet());
        commit(
                changing.stream().distinct().toList(),
                change(delete + ownGraph(ownDelete), insert + ownGraph(ownInsert)),
                steps,
                marks,
                counts);
    }

    private static Set<Triple> minus(Set<Triple> these, Set<Triple> those) {
        var left = new LinkedHashSet<>(these);
        left.removeAll(those);
        return left;
    }

    /** Takes triples from an audience's graph that no graph in it says any more. */
    private String leave(String audience, Set<Triple> triples) {
        var values = new StringBuilder();
        for (var triple : triples)
            SparqlText.append(values.append("( "), triple).append(" )\n");
        return "DELETE { GRAPH <" + audience + "> { ?s ?p ?o } } WHERE { " + now() + "VALUES (?s ?p ?o) {\n" + values
                + "} " + unlessSaid(audience) + "}";
    }

    private String unlessSaid(String audience) {
        return "FILTER NOT EXISTS { GRAPH ?other { ?s ?p ?o } GRAPH <" + partition.own() + "> { ?other " + Partition.IN
                + " <" + audience + "> } } ";
    }

    /** Gives an item and all its parts to another audience, some at a time; the store does it by itself. */
    private void move(String item, Audience to) {
        while (true) {
            var query = "SELECT ?g ?a ?state { GRAPH <" + partition.own() + "> { { ?g " + Partition.PART_OF + " <"
                    + item
                    + "> } UNION { BIND (<" + item + "> AS ?g) } ?g " + Partition.IN + " ?a ; " + Partition.STATE
                    + " ?state FILTER (?a != <" + partition.graph(to) + ">) } } LIMIT " + slices.graphs();
            var rows = graph.rows(query, List.of());
            if (rows.isEmpty()) return;
            var from = partition.audience(rows.get(0).get("a").getURI());
            var names = new ArrayList<String>();
            var delete = new StringBuilder();
            var insert = new StringBuilder();
            long moved = 0;
            for (var row : rows) {
                if (!partition.audience(row.get("a").getURI()).equals(from)) continue;
                int size = State.of(row.get("state").getLiteralLexicalForm()).triples();
                if (moved + size > slices.triples() && !names.isEmpty()) break;
                var name = row.get("g").getURI();
                names.add(name);
                moved += size;
                say(delete, name, Partition.IN, in(from));
                say(insert, name, Partition.IN, in(to));
            }
            var counts = new HashMap<>(triples);
            counts.merge(from, -moved, Long::sum);
            counts.merge(to, moved, Long::sum);
            var values = "VALUES ?g { " + RemoteGraph.names(names) + " } GRAPH ?g { ?s ?p ?o } ";
            var copy = "INSERT { GRAPH <" + partition.graph(to) + "> { ?s ?p ?o } } WHERE { " + now() + values + "}";
            var leave = "DELETE { GRAPH <" + partition.graph(from) + "> { ?s ?p ?o } } WHERE { " + now() + values
                    + unlessSaid(partition.graph(from)) + "}";
            var changing = new ArrayList<>(names);
            changing.add(partition.graph(from));
            changing.add(partition.graph(to));
            commit(changing, change(ownGraph(delete), ownGraph(insert)), List.of(copy, leave), marks(), counts);
        }
    }

    private String change(CharSequence delete, CharSequence insert) {
        return "DELETE {\n" + delete + "} INSERT {\n" + insert + "} WHERE { " + now() + "}";
    }

    /** The condition of every step. */
    private String now() {
        return "GRAPH <" + partition.own() + "> { <" + partition.store() + "> " + Partition.EPOCH + " " + literal(epoch)
                + " } ";
    }

    /**
     * One request, after which the store is in another epoch and has these marks.
     *
     * @param changing what it touches, so that it is known where a store does only a part of it
     */
    private void commit(
            List<String> changing, String first, List<String> steps, Marks marks, Map<Audience, Long> counts) {
        var next = newEpoch();
        var touched = new StringBuilder();
        for (var name : changing) touched.append(store(Partition.CHANGING, '<' + name + '>'));
        var before = new StringBuilder(store(Partition.EPOCH, literal(epoch)));
        var after = new StringBuilder(store(Partition.EPOCH, literal(next)));
        if (!marks.mark().equals(mark)) {
            if (!mark.equals(Watermark.NONE)) mark(before, mark);
            mark(after, marks.mark());
        }
        if (!marks.linked().equals(linked)) {
            if (!linked.isEmpty()) before.append(store(Partition.LINKED, literal(linked)));
            if (!marks.linked().isEmpty()) after.append(store(Partition.LINKED, literal(marks.linked())));
        }
        counts.forEach((audience, count) -> {
            var old = triples.get(audience);
            if (count.equals(old)) return;
            if (old != null) say(before, partition.graph(audience), Partition.TRIPLES, literal(old.toString()));
            say(after, partition.graph(audience), Partition.TRIPLES, literal(count.toString()));
        });
        var request = new StringBuilder();
        if (!changing.isEmpty()) request.append(change("", ownGraph(touched))).append(" ;\n");
        request.append(first).append(" ;\n");
        for (var step : steps) request.append(step).append(" ;\n");
        request.append(change(ownGraph(before.append(touched)), ownGraph(after)));
        endpoint.update(request.toString());
        // A store does not say whether a condition held.
        if (!endpoint.ask(
                "ASK { GRAPH <" + partition.own() + "> { <" + partition.store() + "> " + Partition.EPOCH + " "
                        + literal(next) + " } }",
                List.of(),
                graph.reading())) throw new Overtaken();
        epoch = next;
        mark = marks.mark();
        linked = marks.linked();
        triples = new HashMap<>(counts);
    }

    private void mark(StringBuilder to, Watermark mark) {
        to.append(store(Partition.GENERATION, literal(mark.generation())))
                .append(store(Partition.SEQ, literal(Long.toString(mark.seq()))));
    }

    // What went wrong, and what is to go

    /**
     * A store that is not atomic did a part of a request. What it was about is taken out; the mark is still the one before, so that it
     * comes again.
     */
    private void makeGood(List<String> changing) {
        LOG.warn("graph: the store broke a change of {} graphs off in the middle: it is made good", changing.size());
        var said = changing.stream().filter(partition::isSaid).toList();
        var audiences =
                changing.stream().filter(name -> !partition.isSaid(name)).toList();
        for (var page : pages(said)) {
            var values = "VALUES ?g { " + RemoteGraph.names(page) + " } ";
            endpoint.update("DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { " + now() + values + "GRAPH ?g { ?s ?p ?o } } ;\n"
                    + "DELETE { GRAPH <" + partition.own() + "> { ?g ?p ?o } } WHERE { " + now() + values + "GRAPH <"
                    + partition.own() + "> { ?g ?p ?o } }");
        }
        var counts = new HashMap<>(triples);
        for (var name : audiences) {
            endpoint.update("DELETE { GRAPH <" + name + "> { ?s ?p ?o } } WHERE { " + now() + "GRAPH <" + name
                    + "> { ?s ?p ?o } " + unlessSaid(name) + "}");
            long count = 0;
            for (var row : graph.rows(
                    "SELECT ?state { GRAPH <" + partition.own() + "> { ?g " + Partition.IN + " <" + name + "> ; "
                            + Partition.STATE + " ?state } }",
                    List.of()))
                count += State.of(row.get("state").getLiteralLexicalForm()).triples();
            counts.put(partition.audience(name), count);
        }
        commit(changing, change("", ""), List.of(), marks(), counts);
        madeGood = true;
    }

    /** Forgets everything. From the first step on nobody sees anything, and whoever finds it half done goes on. */
    private void forget(String base) {
        var audiences = List.copyOf(triples.keySet());
        endpoint.update(change("", ownGraph(store(Partition.CLEARING, literal("yes")))));
        for (var audience : audiences) emptied(partition.graph(audience));
        while (true) {
            var some = graph
                    .rows(
                            "SELECT DISTINCT ?g { GRAPH <" + partition.own() + "> { ?g " + Partition.STATE
                                    + " ?state } } LIMIT " + slices.graphs(),
                            List.of())
                    .stream()
                    .map(row -> row.get("g").getURI())
                    .toList();
            if (some.isEmpty()) break;
            var values = "VALUES ?g { " + RemoteGraph.names(some) + " } ";
            endpoint.update("DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { " + now() + values + "GRAPH ?g { ?s ?p ?o } } ;\n"
                    + "DELETE { GRAPH <" + partition.own() + "> { ?g ?p ?o } } WHERE { " + now() + values + "GRAPH <"
                    + partition.own() + "> { ?g ?p ?o } }");
            if (!endpoint.ask("ASK { " + now() + "}", List.of(), graph.reading())) throw new Overtaken();
        }
        var next = newEpoch();
        endpoint.update("DELETE { GRAPH <" + partition.own() + "> { ?s ?p ?o } } INSERT { GRAPH <" + partition.own()
                + "> { " + store(Partition.EPOCH, literal(next)) + store(Partition.BASE, literal(base)) + "} } WHERE { "
                + now() + "GRAPH <" + partition.own() + "> { ?s ?p ?o } }");
        take(graph.facts());
        if (!epoch.equals(next)) throw new Overtaken();
    }

    private void emptied(String name) {
        var any = "ASK { GRAPH <" + name + "> { ?s ?p ?o } }";
        while (endpoint.ask(any, List.of(), graph.reading())) {
            endpoint.update("DELETE { GRAPH <" + name + "> { ?s ?p ?o } } WHERE { " + now()
                    + "{ SELECT ?s ?p ?o { GRAPH <" + name + "> { ?s ?p ?o } } LIMIT " + REMOVED + " } }");
            if (!endpoint.ask("ASK { " + now() + "}", List.of(), graph.reading())) throw new Overtaken();
        }
    }

    // The words

    private static String newEpoch() {
        return UUID.randomUUID().toString();
    }

    private static String literal(String text) {
        return SparqlText.of(NodeFactory.createLiteralString(ItemDescription.harmless(text)));
    }

    private String in(Audience audience) {
        return '<' + partition.graph(audience) + '>';
    }

    private String store(String property, String value) {
        return '<' + partition.store() + "> " + property + " " + value + " .\n";
    }

    private static void say(StringBuilder to, String subject, String property, String value) {
        to.append('<')
                .append(subject)
                .append("> ")
                .append(property)
                .append(' ')
                .append(value)
                .append(" .\n");
    }

    private String ownGraph(CharSequence triples) {
        return triples.length() == 0 ? "" : "GRAPH <" + partition.own() + "> {\n" + triples + "}\n";
    }

    private static void graph(StringBuilder to, String name, Set<Triple> triples) {
        if (triples.isEmpty()) return;
        to.append("GRAPH <").append(name).append("> {\n");
        for (var triple : triples) SparqlText.append(to, triple).append(" .\n");
        to.append("}\n");
    }

    /** The same for the same triples, whatever their order. */
    static String digest(Set<Triple> triples) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            triples.stream()
                    .map(triple ->
                            SparqlText.append(new StringBuilder(), triple).toString())
                    .sorted()
                    .forEach(line -> {
                        digest.update(line.getBytes(StandardCharsets.UTF_8));
                        digest.update((byte) '\n');
                    });
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
