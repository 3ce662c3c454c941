package org.thocam.dictionary.lift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Three-way merging of an entry field by field: what one side alone changed is taken, what both changed alike is taken once, and what both
 * changed differently is a {@link Conflict}. An edit outlives a deletion.
 */
public final class EntryMerge {
    static final JsonNode MISSING = MissingNode.getInstance();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /**
     * @param tree the merged entry, with the keys of {@code mine}; where there is a conflict it has the value of {@code mine}
     * @param conflicts of every kind; {@link #clean} says whether one of them needs a choice
     */
    public record Result(ObjectNode tree, List<Conflict> conflicts) {
        public boolean clean() {
            return conflicts.stream().allMatch(conflict -> conflict.kind() == Conflict.Kind.EDIT_KEPT);
        }
    }

    private final boolean theirsFromBase;
    private final boolean deletions;
    private final List<Conflict> conflicts = new ArrayList<>();

    private EntryMerge(boolean theirsFromBase, boolean deletions) {
        this.theirsFromBase = theirsFromBase;
        this.deletions = deletions;
    }

    /**
     * Merges an edit that was made on {@code base} into what the entry is now.
     *
     * @param theirs made from the very tree {@code base}, so that their keys mean the same
     */
    public static Result edit(ObjectNode base, ObjectNode mine, ObjectNode theirs) {
        var merge = new EntryMerge(true, true);
        var tree = (ObjectNode) merge.object(Shape.ENTRY, base, mine, theirs, "");
        return new Result(tree, List.copyOf(merge.conflicts));
    }

    /**
     * Merges an entry of a file that was made elsewhere.
     *
     * @param deletions whether what the file lacks is deleted; else it stays
     */
    public static Result file(ObjectNode base, ObjectNode mine, ObjectNode theirs, boolean deletions) {
        var merge = new EntryMerge(false, deletions);
        var tree = (ObjectNode) merge.object(Shape.ENTRY, base, mine, theirs, "");
        return new Result(tree, List.copyOf(merge.conflicts));
    }

    private JsonNode object(Shape shape, JsonNode base, JsonNode mine, JsonNode theirs, String path) {
        var result = JSON.objectNode();
        for (var member : shape.members()) {
            var name = member.json();
            var b = base.path(name);
            var m = mine.path(name);
            var t = theirs.path(name);
            var place = path + name;
            if (member instanceof Shape.Attribute attribute) put(result, name, attribute(attribute, b, m, t, place));
            else if (member instanceof Shape.Forms || member instanceof Shape.Multitext)
                put(result, name, texts(b, m, t, place + "/"));
            else if (member instanceof Shape.Written) written(result, base, mine, theirs, place);
            else if (member instanceof Shape.One one) put(result, name, one(one, b, m, t, place));
            else if (member instanceof Shape.Many many) put(result, name, list(many, b, m, t, place + "/"));
        }
        residue(result, base, mine, theirs, path, LiftEntry.RESIDUE);
        residue(result, base, mine, theirs, path, LiftEntry.RESIDUE_ATTRIBUTES);
        if (mine.has(Alignment.KEY)) result.set(Alignment.KEY, mine.get(Alignment.KEY));
        return result;
    }

    private static void put(ObjectNode result, String name, JsonNode value) {
        if (!value.isMissingNode() && !value.isNull()) result.set(name, value);
    }

    private void residue(ObjectNode result, JsonNode base, JsonNode mine, JsonNode theirs, String path, String name) {
        put(result, name, value(base.path(name), mine.path(name), theirs.path(name), path + name));
    }

    private JsonNode attribute(Shape.Attribute member, JsonNode b, JsonNode m, JsonNode t, String path) {
        // when each side last wrote is no edit of its own
        if (member.json().equals("dateModified")) return m.asText().compareTo(t.asText()) >= 0 ? m : t;
        if (member.json().equals("dateCreated")) return m.isMissingNode() ? t : m;
        return value(b, m, t, path);
    }

    private JsonNode value(JsonNode base, JsonNode mine, JsonNode theirs, String path) {
        var b = present(base);
        var m = present(mine);
        var t = present(theirs);
        if (t.isMissingNode() && !deletions) return m;
        if (t.equals(b) || t.equals(m)) return m;
        if (m.equals(b)) return t;
        if (!b.isMissingNode() && (m.isMissingNode() || t.isMissingNode())) {
            conflicts.add(new Conflict(path, Conflict.Kind.EDIT_KEPT, b, m, t));
            return m.isMissingNode() ? t : m;
        }
        conflicts.add(new Conflict(path, Conflict.Kind.VALUES, b, m, t));
        return m;
    }

    /** A null in JSON says that there is nothing. */
    private static JsonNode present(JsonNode value) {
        return value == null || value.isNull() ? MISSING : value;
    }

    private JsonNode texts(JsonNode base, JsonNode mine, JsonNode theirs, String path) {
        var langs = new LinkedHashSet<String>();
        mine.fieldNames().forEachRemaining(langs::add);
        theirs.fieldNames().forEachRemaining(langs::add);
        var texts = JSON.objectNode();
        for (var lang : langs)
            put(texts, lang, value(base.path(lang), mine.path(lang), theirs.path(lang), path + lang));
        return texts.isEmpty() ? MISSING : texts;
    }

    private void written(ObjectNode result, JsonNode base, JsonNode mine, JsonNode theirs, String path) {
        var merged = value(written(base), written(mine), written(theirs), path);
        if (merged.isObject()) result.setAll((ObjectNode) merged);
    }

    /** Text and markup are one value. */
    static JsonNode written(JsonNode form) {
        if (!form.has("text")) return MISSING;
        var written = JSON.objectNode();
        written.set("text", form.get("text"));
        if (form.has("markup")) written.set("markup", form.get("markup"));
        return written;
    }

    private JsonNode one(Shape.One member, JsonNode base, JsonNode mine, JsonNode theirs, String path) {
        var b = present(base);
        var m = present(mine);
        var t = present(theirs);
        if (m.isObject() && t.isObject())
            return object(member.shape(), b.isMissingNode() ? JSON.objectNode() : b, m, t, path + "/");
        return value(b, m, t, path);
    }

    /** What becomes of one element: where it is from, on each side. */
    private record Line(int base, int mine, int theirs) {}

    private JsonNode list(Shape.Many member, JsonNode base, JsonNode mine, JsonNode theirs, String path) {
        var b = items(base);
        var m = items(mine);
        var t = items(theirs);
        if (b.isEmpty() && t.isEmpty()) return present(mine);
        var lines = lines(member, b, m, t);
        var order = order(member, b, m, t, lines, path);
        var result = JSON.arrayNode();
        var mineNames = allNames(m, member);
        var theirNames = allNames(t, member);
        for (var line : order) {
            var name = line.mine >= 0 ? mineNames.get(line.mine) : line.theirs >= 0 ? theirNames.get(line.theirs) : "";
            line(member, b, m, t, line, path + name).ifPresent(result::add);
        }
        return result.isEmpty() ? MISSING : result;
    }

    private Optional<ObjectNode> line(
            Shape.Many member, List<ObjectNode> b, List<ObjectNode> m, List<ObjectNode> t, Line line, String place) {
        if (line.mine >= 0 && line.theirs >= 0) {
            JsonNode from = line.base >= 0 ? b.get(line.base) : JSON.objectNode();
            return Optional.of(
                    (ObjectNode) object(member.shape(), from, m.get(line.mine), t.get(line.theirs), place + "/"));
        }
        if (line.mine >= 0) {
            var own = m.get(line.mine);
            if (line.base < 0) return Optional.of(own);
            if (!deletions) {

                return Optional.of(own);
            }
            if (same(b.get(line.base), own)) return Optional.empty();
            conflicts.add(new Conflict(place, Conflict.Kind.EDIT_KEPT, b.get(line.base), own, MISSING));
            return Optional.of(own);
        }
        if (line.theirs >= 0) {
            var other = (ObjectNode) Alignment.content(t.get(line.theirs));
            if (line.base < 0) return Optional.of(other);
            if (same(b.get(line.base), t.get(line.theirs))) return Optional.empty();
            conflicts.add(new Conflict(place, Conflict.Kind.EDIT_KEPT, b.get(line.base), MISSING, other));
            return Optional.of(other);
        }
        return Optional.empty();
    }

    private static boolean same(ObjectNode one, ObjectNode other) {
        return undated(one).equals(undated(other));
    }

    private static JsonNode undated(ObjectNode item) {
        var content = item.deepCopy();
        content.remove(List.of(Alignment.KEY, "dateModified"));
        return content;
    }

    private List<Line> lines(Shape.Many member, List<ObjectNode> b, List<ObjectNode> m, List<ObjectNode> t) {
        int[] mineFrom = Alignment.of(b, m, member, false);
        int[] theirsFrom = Alignment.of(b, t, member, theirsFromBase);
        int[] baseInMine = inverse(mineFrom, b.size());
        int[] baseInTheirs = inverse(theirsFrom, b.size());
        var lines = new ArrayList<Line>();
        for (int i = 0; i < b.size(); i++) lines.add(new Line(i, baseInMine[i], baseInTheirs[i]));
        var fresh = new Fresh(member, t, theirsFrom);
        for (int i = 0; i < m.size(); i++) if (mineFrom[i] < 0) lines.add(new Line(-1, i, fresh.twin(m.get(i))));
        for (int i = 0; i < t.size(); i++) if (!fresh.taken[i]) lines.add(new Line(-1, -1, i));
        return lines;
    }

    private static int[] inverse(int[] match, int size) {
        int[] inverse = new int[size];
        Arrays.fill(inverse, -1);
        for (int i = 0; i < match.length; i++) if (match[i] >= 0) inverse[match[i]] = i;
        return inverse;
    }

    /** Added on both sides: the same content is one; so is the same name where a name is that of one element alone. */
    private static final class Fresh {
        private final Shape.Many member;
        private final boolean[] taken;
        private final Map<JsonNode, ArrayDeque<Integer>> byContent = new HashMap<>();
        private final Map<String, ArrayDeque<Integer>> byName = new HashMap<>();

        Fresh(Shape.Many member, List<ObjectNode> theirs, int[] theirsFrom) {
            this.member = member;
            this.taken = new boolean[theirs.size()];
            for (int i = 0; i < taken.length; i++) {
                taken[i] = theirsFrom[i] >= 0;
                if (taken[i]) continue;
                byContent
                        .computeIfAbsent(undated(theirs.get(i)), same -> new ArrayDeque<>())
                        .add(i);
                byName.computeIfAbsent(Alignment.natural(theirs.get(i), member), same -> new ArrayDeque<>())
                        .add(i);
            }
        }

        int twin(ObjectNode mine) {
            int same = first(byContent.get(undated(mine)));
            if (same >= 0) return same;
            boolean several = member.shape() == Shape.TRAIT
                    || member.shape() == Shape.ANNOTATION
                    || member.key().isEmpty();
            var name = Alignment.natural(mine, member);
            return several || name.isEmpty() ? -1 : first(byName.get(name));
        }

        private int first(ArrayDeque<Integer> places) {
            while (places != null && !places.isEmpty()) {
                int place = places.poll();
                if (taken[place]) continue;
                taken[place] = true;
                return place;
            }
            return -1;
        }
    }

    /** The side that alone changed the order gives it; what the other has more stands behind what it stood behind there. */
    private List<Line> order(
            Shape.Many member,
            List<ObjectNode> b,
            List<ObjectNode> m,
            List<ObjectNode> t,
            List<Line> lines,
            String path) {
        var common = lines.stream()
                .filter(line -> line.base >= 0 && line.mine >= 0 && line.theirs >= 0)
                .toList();
        var mineOrder = common.stream().sorted((x, y) -> x.mine - y.mine).toList();
        var theirOrder = common.stream().sorted((x, y) -> x.theirs - y.theirs).toList();
        boolean mineMoved = !mineOrder.equals(common);
        boolean theirsMoved = !theirOrder.equals(common);
        if (mineMoved && theirsMoved && !mineOrder.equals(theirOrder))
            conflicts.add(new Conflict(
                    path + "order", Conflict.Kind.ORDER, names(b, member), names(m, member), names(t, member)));
        boolean byTheirs = theirsMoved && !mineMoved;
        var order = new ArrayList<Line>();
        var behind = new HashMap<Line, List<Line>>();
        List<Line> last = order;
        for (var line : sorted(lines, !byTheirs))
            if (side(line, byTheirs) < 0) last.add(line);
            else {
                last = new ArrayList<>();
                behind.put(line, last);
            }
        for (var line : sorted(lines, byTheirs)) {
            order.add(line);
            order.addAll(behind.getOrDefault(line, List.of()));
        }
        return order;
    }

    private static List<Line> sorted(List<Line> lines, boolean theirs) {
        return lines.stream()
                .filter(line -> side(line, theirs) >= 0)
                .sorted((x, y) -> side(x, theirs) - side(y, theirs))
                .toList();
    }

    private static int side(Line line, boolean theirs) {
        return theirs ? line.theirs : line.mine;
    }

    static List<ObjectNode> items(JsonNode list) {
        var items = new ArrayList<ObjectNode>();
        list.forEach(item -> items.add((ObjectNode) item));
        return items;
    }

    /** How paths name elements: by its own name where it alone has it, else by its place from 1. */
    static List<String> allNames(List<ObjectNode> items, Shape.Many member) {
        var times = new HashMap<String, Integer>();
        for (var item : items) times.merge(Alignment.natural(item, member), 1, Integer::sum);
        var names = new ArrayList<String>(items.size());
        for (var item : items) {
            var natural = Alignment.natural(item, member);
            boolean alone = natural.length() > 1 && times.get(natural) == 1;
            names.add(
                    alone
                            ? natural.substring(1).replace("~", "~0").replace("/", "~1")
                            : Integer.toString(names.size() + 1));
        }
        return names;
    }

    static ArrayNode names(List<ObjectNode> items, Shape.Many member) {
        var names = JSON.arrayNode();
        allNames(items, member).forEach(names::add);
        return names;
    }
}
