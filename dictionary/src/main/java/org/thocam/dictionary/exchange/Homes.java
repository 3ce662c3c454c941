package org.thocam.dictionary.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.thocam.dictionary.entry.Entry;

/**
 * The fields of an entry that a format keeps, as a table. What is written is what {@link #keep} leaves; what it took away is the loss
 * report. So the two cannot say different things, and a reader is right if it gives back what {@link #keep} left.
 *
 * <p>A line is a place and the members that have a home there: {@code "senses/examples: source forms translations"}. A member that has a
 * line of its own is a list or an object; one without is text or a text by language. Subsenses are as senses.
 */
public final class Homes {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** @param lost the names of what has no home; each once */
    public record Kept(Entry entry, Set<String> lost) {}

    private final Map<String, Set<String>> members = new HashMap<>();
    private final Map<String, Predicate<JsonNode>> conditions = new HashMap<>();
    private final Map<String, Integer> most = new HashMap<>();
    private final Set<String> once = new HashSet<>();
    private final Map<String, UnaryOperator<ObjectNode>> texts = new HashMap<>();
    private UnaryOperator<String> tags = tag -> LanguageTags.wellFormed(tag) ? tag : LanguageTags.UNDETERMINED;

    private Homes() {}

    /** @param lines as in {@code "senses: id glosses"}; the entry's own place is empty: {@code ": liftId senses"} */
    public static Homes of(String... lines) {
        var homes = new Homes();
        for (var line : lines) {
            var parts = line.split(":", 2);
            homes.members.put(parts[0].strip(), Set.of(parts[1].strip().split("\\s+")));
        }
        return homes;
    }

    /** Only where {@code condition} holds: of a text, or of each element of a list. */
    public Homes only(String place, Predicate<JsonNode> condition) {
        conditions.merge(place, condition, Predicate::and);
        return this;
    }

    /** The first {@code count} elements of a list. */
    public Homes atMost(int count, String... places) {
        for (var place : places) most.put(place, count);
        return this;
    }

    /** No element twice in one list. */
    public Homes once(String... places) {
        once.addAll(List.of(places));
        return this;
    }

    /** What is kept of a text by language, such as one form alone. */
    public Homes texts(UnaryOperator<ObjectNode> kept, String... places) {
        for (var place : places) texts.put(place, kept);
        return this;
    }

    /** The tag that stands for a tag. */
    public Homes tags(UnaryOperator<String> written) {
        tags = written;
        return this;
    }

    /** @param id the entry's name where it has none in its file: no format can do without */
    public Kept keep(String id, Entry entry) {
        var lost = new TreeSet<String>();
        var tree = object(MAPPER.valueToTree(entry), "", "", lost);
        if (entry.liftId().isEmpty()) {
            tree.put("liftId", id);
            lost.add("liftId");
        }
        try {
            return new Kept(MAPPER.treeToValue(tree, Entry.class), lost);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a part of an entry's tree is an entry's tree", e);
        }
    }

    /**
     * @param place in the table
     * @param name in the report
     */
    private ObjectNode object(ObjectNode node, String place, String name, Set<String> lost) {
        var kept = JsonNodeFactory.instance.objectNode();
        var homes = members.get(place);
        node.properties().forEach(member -> {
            var key = member.getKey();
            var at = place(place, key);
            var called = name.isEmpty() ? key : name + "/" + key;
            if (!homes.contains(key)) lose(member.getValue(), called, lost);
            else {
                var value = value(member.getValue(), at, called, lost);
                if (value != null) kept.set(key, value);
            }
        });
        return kept;
    }

    private static String place(String place, String key) {
        if (key.equals("subsenses")) return "senses";
        return place.isEmpty() ? key : place + "/" + key;
    }

    private JsonNode value(JsonNode value, String place, String name, Set<String> lost) {
        if (value instanceof ArrayNode list) return list(list, place, name, lost);
        if (!conditions.getOrDefault(place, any -> true).test(value)) {
            lost.add(name);
            return null;
        }
        if (value instanceof ObjectNode node) {
            if (!members.containsKey(place)) return forms(node, place, name, lost);
            var kept = object(node, place, name, lost);
            if (kept.isEmpty()) lost.add(name);
            return kept.isEmpty() ? null : kept;
        }
        if (name.endsWith("/lang")) {
            var tag = tags.apply(value.asText());
            if (!tag.equals(value.asText())) lost.add(name);
            return JsonNodeFactory.instance.textNode(tag);
        }
        return value;
    }

    private JsonNode list(ArrayNode list, String place, String name, Set<String> lost) {
        var kept = JsonNodeFactory.instance.arrayNode();
        for (var element : list) {
            var called = name + typed(element, place);
            if (kept.size() >= most.getOrDefault(place, Integer.MAX_VALUE)
                    || !conditions.getOrDefault(place, any -> true).test(element)) lost.add(called);
            else {
                var one = object((ObjectNode) element, place, name, lost);
                // a sense is a place to point at, even one that says nothing
                boolean again = once.contains(place) && kept.valueStream().anyMatch(one::equals);
                if (!again && !one.isEmpty() || place.equals("senses")) kept.add(one);
                else lost.add(called);
            }
        }
        return kept.isEmpty() ? null : kept;
    }

    private ObjectNode forms(ObjectNode forms, String place, String name, Set<String> lost) {
        var kept = JsonNodeFactory.instance.objectNode();
        var chosen = texts.getOrDefault(place, all -> all).apply(forms);
        if (chosen.size() < forms.size()) lost.add(name);
        chosen.fieldNames().forEachRemaining(tag -> {
            if (!forms.has(tag)) lost.add(name + "/lang");
        });
        chosen.properties().forEach(form -> {
            var tag = tags.apply(form.getKey());
            if (!tag.equals(form.getKey())) lost.add(name + "/lang");
            if (form.getValue().isObject()) lost.add(name + "/markup");
            var text = form.getValue().isObject() ? form.getValue().path("text") : form.getValue();
            if (kept.has(tag)) lost.add(name);
            else kept.put(tag, text.asText());
        });
        return kept.isEmpty() ? null : kept;
    }

    /** Whether an element has a text that is not empty. */
    public static boolean says(JsonNode element) {
        return element.path("forms") instanceof ObjectNode forms
                && !saidForms(forms).isEmpty();
    }

    private static void lose(JsonNode value, String name, Set<String> lost) {
        if (value.isArray() && (name.endsWith("traits") || name.endsWith("fields")))
            value.forEach(element -> lost.add(name + typed(element, name)));
        else lost.add(name);
    }

    /** Traits and fields say in their name what they are: {@code senses/traits[usage-type]}. */
    private static String typed(JsonNode element, String place) {
        if (place.endsWith("traits")) return "[" + element.path("name").asText() + "]";
        if (place.endsWith("fields")) return "[" + element.path("type").asText() + "]";
        return "";
    }

    /** One text alone, under {@code tag}: the one that is there, or else the first. */
    public static UnaryOperator<ObjectNode> oneForm(String tag) {
        return forms -> {
            var kept = underTag(tag).apply(forms);
            return kept.isEmpty() ? kept : kept.retain(tag);
        };
    }

    /** The texts that are not empty; where none is under {@code tag}, the first goes there. */
    public static UnaryOperator<ObjectNode> underTag(String tag) {
        return forms -> {
            var said = saidForms(forms);
            if (said.isEmpty() || said.has(tag)) return said;
            var kept = JsonNodeFactory.instance.objectNode();
            said.properties().forEach(form -> kept.set(kept.isEmpty() ? tag : form.getKey(), form.getValue()));
            return kept;
        };
    }

    /** The texts that are not empty. */
    public static ObjectNode saidForms(ObjectNode forms) {
        var kept = JsonNodeFactory.instance.objectNode();
        forms.properties().forEach(form -> {
            if (!text(form.getValue()).isEmpty()) kept.set(form.getKey(), form.getValue());
        });
        return kept;
    }

    static String text(JsonNode form) {
        return form.isObject() ? form.path("text").asText() : form.asText();
    }

    /** Tells {@code report} what {@code kept} lost. */
    public static Entry told(Kept kept, String id, LossReport report) {
        kept.lost().forEach(name -> report.lost(name, id));
        return kept.entry();
    }

    /** Every place that has a home, for documentation and tests. */
    public List<String> places() {
        var places = new ArrayList<String>();
        members.forEach(
                (place, names) -> names.forEach(name -> places.add(place.isEmpty() ? name : place + "/" + name)));
        places.sort(null);
        return places;
    }
}
