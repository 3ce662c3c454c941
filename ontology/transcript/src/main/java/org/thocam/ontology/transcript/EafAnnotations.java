package org.thocam.ontology.transcript;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * The annotations of an EAF file in the order of the file, as numbers that are resolved when all are known: what an annotation hangs on may come
 * after it. Whatever refers to something is kept as the number of that name, whether or not it turns out to exist.
 */
final class EafAnnotations {
    private static final int NONE = -1;

    private final Limits limits;
    private final Warnings warnings;

    private final Map<String, Integer> ids = new HashMap<>();
    /** By the number of an id: the annotation that has it. */
    private int[] byId = new int[64];

    private int size;
    private int[] tiers = new int[64];
    private String[] places = new String[64];
    private String[] texts = new String[64];
    /** Slots that it begins and ends at. */
    private int[] starts = new int[64];

    private int[] ends = new int[64];
    /** Ids, and then annotations, of what it hangs on and of what it follows. */
    private int[] parents = new int[64];

    private int[] previous = new int[64];
    private int[] entries = new int[64];
    private List<Optional<Span>> spans = List.of();

    EafAnnotations(Limits limits, Warnings warnings) {
        this.limits = limits;
        this.warnings = warnings;
    }

    /** The number of an id, whether or not an annotation with it was met. */
    int id(String id) {
        var known = ids.get(id);
        if (known != null) return known;
        int number = ids.size();
        if (number == byId.length) byId = Arrays.copyOf(byId, number * 2);
        byId[number] = NONE;
        ids.put(id, number);
        return number;
    }

    int add(int tier, String id, String place, String text, int start, int end, String parent, String before, int entry)
            throws TranscriptException {
        if (size >= limits.segments())
            throw new TranscriptException(place + ": more than " + limits.segments() + " annotations: not read");
        if (size == tiers.length) grow();
        if (!id.isEmpty()) {
            int number = id(id);
            if (byId[number] == NONE) byId[number] = size;
            else warnings.add(place, "a second annotation with this id; what refers to it means the first");
        }
        tiers[size] = tier;
        places[size] = place;
        texts[size] = text;
        starts[size] = start;
        ends[size] = end;
        parents[size] = parent.isEmpty() ? NONE : id(parent);
        previous[size] = before.isEmpty() ? NONE : id(before);
        entries[size] = entry;
        return size++;
    }

    private void grow() {
        int room = size * 2;
        tiers = Arrays.copyOf(tiers, room);
        places = Arrays.copyOf(places, room);
        texts = Arrays.copyOf(texts, room);
        starts = Arrays.copyOf(starts, room);
        ends = Arrays.copyOf(ends, room);
        parents = Arrays.copyOf(parents, room);
        previous = Arrays.copyOf(previous, room);
        entries = Arrays.copyOf(entries, room);
    }

    int size() {
        return size;
    }

    int tier(int annotation) {
        return tiers[annotation];
    }

    String place(int annotation) {
        return places[annotation];
    }

    String text(int annotation) {
        return texts[annotation];
    }

    /** The entry of a vocabulary that it refers to, or -1. */
    int entry(int annotation) {
        return entries[annotation];
    }

    /** What it hangs on, once that is resolved, or -1. */
    int parent(int annotation) {
        return parents[annotation];
    }

    /** Finds the annotations that are referred to. */
    void resolve() {
        for (int i = 0; i < size; i++) {
            parents[i] = referred(i, parents[i], "ANNOTATION_REF");
            previous[i] = referred(i, previous[i], "PREVIOUS_ANNOTATION");
        }
        ids.clear();
    }

    /**
     * Gives annotations their times, those that have none of their own those of their parents. Slots without a time are spread evenly over the
     * annotations of a tier that follow each other by them, as a line is divided into words; any others between their neighbours in the file.
     *
     * @param tiersInOrder parents before children, which divide what may itself be a part
     */
    void giveTimes(EafSlots slots, int[] tiersInOrder) throws TranscriptException {
        var firsts = new int[tiersInOrder.length + 1];
        for (int i = 0; i < size; i++) firsts[tiers[i] + 1]++;
        for (int tier = 0; tier < tiersInOrder.length; tier++) firsts[tier + 1] += firsts[tier];
        var from = new int[slots.size()];
        Arrays.fill(from, NONE);
        var isTried = new boolean[slots.size()];
        for (int tier : tiersInOrder) divide(slots, firsts[tier], firsts[tier + 1], from, isTried);
        slots.spread();
        spans = new ArrayList<>(size);
        for (int i = 0; i < size; i++) spans.add(slots.span(starts[i], ends[i], places[i]));
        inheritTimes();
    }

    /** Follows each row of open slots of one tier from a known slot to the next known one. */
    private void divide(EafSlots slots, int first, int end, int[] from, boolean[] isTried) {
        for (int i = first; i < end; i++) if (starts[i] != NONE && slots.isOpen(starts[i])) from[starts[i]] = i;
        for (int i = first; i < end; i++) {
            if (starts[i] == NONE || ends[i] == NONE || !slots.isKnown(starts[i])) continue;
            int parts = 1;
            int at = i;
            while (at != NONE && ends[at] != NONE && slots.isOpen(ends[at]) && !isTried[ends[at]]) {
                isTried[ends[at]] = true;
                at = from[ends[at]];
                parts++;
            }
            if (parts == 1 || at == NONE || ends[at] == NONE || !slots.isKnown(ends[at])) continue;
            long start = slots.time(starts[i]);
            long whole = slots.time(ends[at]);
            at = i;
            for (int part = 1; part < parts; part++) {
                slots.derive(ends[at], Timeline.between(start, whole, part, parts));
                at = from[ends[at]];
            }
        }
        for (int i = first; i < end; i++) {
            if (starts[i] != NONE) from[starts[i]] = NONE;
            if (ends[i] != NONE) isTried[ends[i]] = false;
        }
    }

    private int referred(int annotation, int id, String attribute) {
        if (id == NONE || byId[id] != NONE) return id == NONE ? NONE : byId[id];
        warnings.add(places[annotation], "its " + attribute + " names no annotation of the file");
        return NONE;
    }

    private void inheritTimes() throws TranscriptException {
        var order = parentsFirst(
                parents,
                size,
                i -> warnings.add(places[i], "hangs on itself, by what it refers to; it is kept without a parent"));
        checkDepth(order, parents, limits, "annotations");
        for (int i : order) if (spans.get(i).isEmpty() && parents[i] != NONE) spans.set(i, spans.get(parents[i]));
    }

    /**
     * Annotations that have their own time in a tier with a parent tier refer to none (Time_Subdivision, Included_In): they hang on the one that
     * they lie in.
     *
     * @param parentTiers by tier, -1 for none
     */
    void hangOnWhatTheyLieIn(int[] parentTiers) throws TranscriptException {
        var members = new Members(parentTiers.length);
        var containers = new Containers[parentTiers.length];
        var outside = new int[parentTiers.length];
        for (int i = 0; i < size; i++) {
            int tier = parentTiers[tiers[i]];
            if (parents[i] != NONE
                    || tier == NONE
                    || starts[i] == NONE
                    || spans.get(i).isEmpty()) continue;
            var span = spans.get(i).get();
            if (containers[tier] == null) containers[tier] = members.containers(tier);
            int found = containers[tier].find(span.start(), span.end());
            if (found >= 0) parents[i] = members.of(tier, found);
            else if (outside[tiers[i]]++ == 0)
                warnings.add(
                        places[i],
                        "lies in no annotation of the parent tier, and maybe others of its tier too; kept without a parent");
        }
        inheritTimes();
    }

    /** The annotations of each tier that have a time. */
    private final class Members {
        private final int[] first;
        private final int[] numbers;

        Members(int tierCount) {
            first = new int[tierCount + 1];
            for (int i = 0; i < size; i++) if (spans.get(i).isPresent()) first[tiers[i] + 1]++;
            for (int t = 0; t < tierCount; t++) first[t + 1] += first[t];
            numbers = new int[first[tierCount]];
            var at = first.clone();
            for (int i = 0; i < size; i++) if (spans.get(i).isPresent()) numbers[at[tiers[i]]++] = i;
        }

        int of(int tier, int member) {
            return numbers[first[tier] + member];
        }

        Containers containers(int tier) {
            int count = first[tier + 1] - first[tier];
            var from = new long[count];
            var to = new long[count];
            for (int i = 0; i < count; i++) {
                var span = spans.get(of(tier, i)).orElseThrow();
                from[i] = span.start();
                to[i] = span.end();
            }
            return new Containers(from, to);
        }
    }

    /** Numbers in an order in which each comes after its parent. In a circle the first that is met loses its parent, and {@code cut} is told. */
    static int[] parentsFirst(int[] parents, int size, IntConsumer cut) {
        var order = new int[size];
        var isOrdered = new boolean[size];
        var isOnPath = new boolean[size];
        var path = new int[16];
        int ordered = 0;
        for (int i = 0; i < size; i++) {
            int length = 0;
            int at = i;
            while (at != NONE && !isOrdered[at] && !isOnPath[at]) {
                isOnPath[at] = true;
                if (length == path.length) path = Arrays.copyOf(path, length * 2);
                path[length++] = at;
                at = parents[at];
            }
            if (at != NONE && isOnPath[at]) {
                cut.accept(at);
                // those behind it on the path now hang on it: they come when it is their turn
                while (path[length - 1] != at) isOnPath[path[--length]] = false;
                parents[at] = NONE;
            }
            while (length > 0) {
                int number = path[--length];
                isOnPath[number] = false;
                isOrdered[number] = true;
                order[ordered++] = number;
            }
        }
        return order;
    }

    /** @throws TranscriptException for a longer chain of parents than {@link Limits#depth} */
    static void checkDepth(int[] order, int[] parents, Limits limits, String what) throws TranscriptException {
        var depths = new int[order.length];
        for (int i : order) {
            depths[i] = parents[i] == NONE ? 0 : depths[parents[i]] + 1;
            if (depths[i] > limits.depth())
                throw new TranscriptException("a chain of more than " + limits.depth() + " " + what
                        + " that hang one on the other: not read");
        }
    }

    /** The annotations of the file in order: those of one parent in one tier follow each other as PREVIOUS_ANNOTATION says. */
    int[] inOrder() {
        var order = new int[size];
        Arrays.setAll(order, i -> i);
        for (int from = 0, to; from < size; from = to) {
            to = from + 1;
            while (to < size && tiers[to] == tiers[from]) to++;
            boolean chained = false;
            for (int i = from; i < to && !chained; i++) chained = previous[i] != NONE;
            if (chained) follow(order, from, to);
        }
        return order;
    }

    private void follow(int[] order, int from, int to) {
        int count = to - from;
        var next = new int[count];
        var beside = new int[count];
        Arrays.fill(next, NONE);
        Arrays.fill(beside, NONE);
        var first = new boolean[count];
        for (int i = to - 1; i >= from; i--) {
            int before = previous[i];
            if (before != NONE && (before < from || before >= to || before == i || parents[before] != parents[i])) {
                warnings.add(places[i], "its PREVIOUS_ANNOTATION is of another tier or has another parent");
                before = NONE;
            }
            first[i - from] = before == NONE;
            if (before == NONE) continue;
            beside[i - from] = next[before - from];
            next[before - from] = i - from;
        }
        var chain = new int[count];
        var met = new boolean[count];
        var waiting = new int[count];
        int length = 0;
        for (int pass = 0; pass < 2; pass++)
            for (int i = 0; i < count; i++) {
                if (met[i] || pass == 0 && !first[i]) continue;
                if (pass == 1)
                    warnings.add(places[from + i], "follows itself, by PREVIOUS_ANNOTATION; order of the file");
                int open = 0;
                waiting[open++] = i;
                met[i] = true;
                while (open > 0) {
                    int at = waiting[--open];
                    chain[length++] = at;
                    // pushed last is followed first: the list is in the order of the file, so it is turned round
                    int pushed = open;
                    for (int n = next[at]; n != NONE; n = beside[n])
                        if (!met[n]) {
                            met[n] = true;
                            waiting[open++] = n;
                        }
                    for (int a = pushed, b = open - 1; a < b; a++, b--) {
                        int swapped = waiting[a];
                        waiting[a] = waiting[b];
                        waiting[b] = swapped;
                    }
                }
            }
        place(order, from, chain);
    }

    /** Each parent's children take the places that its children have in the file, in the order of the chain. */
    private void place(int[] order, int from, int[] chain) {
        var heads = new HashMap<Integer, int[]>();
        var link = new int[chain.length];
        Arrays.fill(link, NONE);
        for (int at : chain) {
            var ends = heads.computeIfAbsent(parents[from + at], parent -> new int[] {NONE, NONE});
            if (ends[0] == NONE) ends[0] = at;
            else link[ends[1]] = at;
            ends[1] = at;
        }
        for (int i = 0; i < chain.length; i++) {
            var ends = heads.get(parents[from + i]);
            order[from + i] = from + ends[0];
            ends[0] = link[ends[0]];
        }
    }

    /** The segments, which from then on have their places in this order as numbers. */
    List<Segment> segments(int[] order) {
        var place = new int[size];
        for (int i = 0; i < size; i++) place[order[i]] = i;
        var segments = new ArrayList<Segment>(size);
        int last = NONE;
        Optional<Integer> parent = Optional.empty();
        for (int annotation : order) {
            int above = parents[annotation];
            if (above != last) {
                last = above;
                parent = above == NONE ? Optional.empty() : Optional.of(place[above]);
            }
            segments.add(new Segment(
                    tiers[annotation], spans.get(annotation), texts[annotation], parent, places[annotation]));
        }
        return segments;
    }
}
