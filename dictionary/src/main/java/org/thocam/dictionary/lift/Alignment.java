package org.thocam.dictionary.lift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Which elements of one list are those of another: LIFT gives ids to few of them. */
final class Alignment {
    /** Where an element has no name of its own, its place in the list as it was read; not stored. */
    static final String KEY = "key";

    private Alignment() {}

    /**
     * @param sameReading whether {@link #KEY}s of both lists come from one reading, and so mean the same
     * @return for each element of {@code to} its place in {@code from}, or -1
     */
    static int[] of(List<ObjectNode> from, List<ObjectNode> to, Shape.Many member, boolean sameReading) {
        int[] match = new int[to.size()];
        Arrays.fill(match, -1);
        boolean[] taken = new boolean[from.size()];
        byKey(from, to, member, sameReading, match, taken);
        byContent(from, to, match, taken);
        byPlace(from, to, member, match, taken);
        return match;
    }

    private static void byKey(
            List<ObjectNode> from,
            List<ObjectNode> to,
            Shape.Many member,
            boolean sameReading,
            int[] match,
            boolean[] taken) {
        var places = unique(from, member, sameReading);
        var wanted = unique(to, member, sameReading);
        wanted.forEach((key, at) -> {
            var place = places.get(key);
            if (at < 0 || place == null || place < 0) return;
            match[at] = place;
            taken[place] = true;
        });
    }

    /** -1 for a key that more than one has. */
    private static Map<String, Integer> unique(List<ObjectNode> items, Shape.Many member, boolean sameReading) {
        var places = new HashMap<String, Integer>();
        for (int i = 0; i < items.size(); i++) {
            var key = key(items.get(i), member, sameReading);
            if (!key.isEmpty()) places.merge(key, i, (a, b) -> -1);
        }
        return places;
    }

    private static String key(ObjectNode item, Shape.Many member, boolean sameReading) {
        if (sameReading && item.has(KEY)) return "#" + item.get(KEY).asText();
        return natural(item, member);
    }

    static String natural(ObjectNode item, Shape.Many member) {
        if (member.key().isEmpty()) return "";
        var name = member.key().get(0);
        return item.has(name) ? "=" + item.get(name).asText() : member.shape() == Shape.SENSE ? "" : "=";
    }

    private static void byContent(List<ObjectNode> from, List<ObjectNode> to, int[] match, boolean[] taken) {
        var places = new HashMap<JsonNode, TreeSet<Integer>>();
        for (int j = 0; j < from.size(); j++)
            if (!taken[j])
                places.computeIfAbsent(content(from.get(j)), same -> new TreeSet<>())
                        .add(j);
        int at = 0;
        for (int i = 0; i < to.size(); i++) {
            if (match[i] >= 0) {
                at = Math.max(at, match[i] + 1);
                continue;
            }
            var same = places.get(content(to.get(i)));
            if (same == null || same.isEmpty()) continue;
            var behind = same.ceiling(at);
            int place = behind == null ? same.first() : behind;
            same.remove(place);
            match[i] = place;
            taken[place] = true;
        }
    }

    /** What is left between two that belong together: in order, unless their names say that they are others. */
    private static void byPlace(
            List<ObjectNode> from, List<ObjectNode> to, Shape.Many member, int[] match, boolean[] taken) {
        for (int i = 0; i < to.size(); i++) {
            if (match[i] >= 0) continue;
            int before = i == 0 ? -1 : match[i - 1];
            if (i > 0 && before < 0) continue;
            int place = before + 1;
            if (place >= from.size() || taken[place] || !mayBe(from.get(place), to.get(i), member)) continue;
            match[i] = place;
            taken[place] = true;
        }
    }

    private static boolean mayBe(ObjectNode from, ObjectNode to, Shape.Many member) {
        if (member.shape() == Shape.SENSE) {
            var one = from.path("id").asText();
            var other = to.path("id").asText();
            return one.equals(other) || other.isEmpty() || one.isEmpty();
        }
        return natural(from, member).equals(natural(to, member));
    }

    static JsonNode content(ObjectNode item) {
        if (!item.has(KEY)) return item;
        var content = item.deepCopy();
        content.remove(KEY);
        return content;
    }
}
