package org.thocam.dictionary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.thocam.index.analysis.Alphabet;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Content;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Part;
import org.thocam.ontology.Shown;
import org.thocam.ontology.Version;

/**
 * What the people of one dictionary agreed on.
 *
 * @param orders alphabets by a name of theirs: letters in order, separated by spaces
 * @param order which of them lists are in; empty for the language's own
 * @param review whether an edit waits for publication; else it is published at once
 * @param editors names of tokens that may edit; empty for everybody with the role
 * @param reviewers names of tokens that may review and publish; empty for everybody with the role
 */
public record LexiconSettings(
        Version version,
        Map<String, String> orders,
        String order,
        boolean review,
        List<String> editors,
        List<String> reviewers) {
    public static final LexiconSettings NONE =
            new LexiconSettings(Version.NONE, Map.of(), "", false, List.of(), List.of());

    private static final String PART = "settings";
    private static final String FILE = "settings.json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final int MOST_ORDERS = 20;
    private static final int LONGEST_ORDER = 10_000;
    private static final int MOST_NAMES = 1000;
    private static final int LONGEST_NAME = 80;

    public LexiconSettings {
        orders = Collections.unmodifiableMap(new LinkedHashMap<>(orders));
        editors = List.copyOf(editors);
        reviewers = List.copyOf(reviewers);
    }

    static ItemId id(ItemId lexicon) {
        return lexicon.part(PART);
    }

    static boolean is(ItemId id) {
        return id.isPart() && id.partName().equals(PART);
    }

    /**
     * Reads what an editor sent, or what {@link #json} gave.
     *
     * @throws IllegalArgumentException if a field is unknown or wrong; an alphabet that makes no order is named with its letters
     */
    public static LexiconSettings of(JsonNode node, Version version) {
        if (!node.isObject()) throw new IllegalArgumentException("want a JSON object of settings");
        node.fieldNames().forEachRemaining(name -> {
            if (!List.of("orders", "order", "review", "editors", "reviewers").contains(name))
                throw new IllegalArgumentException("setting '" + Shown.of(name)
                        + "': there is none; there are orders, order, review, editors and reviewers");
        });
        var orders = new LinkedHashMap<String, String>();
        if (node.has("orders") && !node.get("orders").isObject())
            throw new IllegalArgumentException("orders: want an object of letters by name");
        if (node.path("orders").size() > MOST_ORDERS)
            throw new IllegalArgumentException("orders: want at most " + MOST_ORDERS + ", found "
                    + node.path("orders").size());
        node.path("orders").properties().forEach(order -> {
            if (!NAME.matcher(order.getKey()).matches())
                throw new IllegalArgumentException("order '" + Shown.of(order.getKey())
                        + "': want a name of 1 to 40 characters of a-z 0-9 -, the first a letter or digit");
            if (!order.getValue().isTextual() || order.getValue().asText().length() > LONGEST_ORDER)
                throw new IllegalArgumentException(
                        "order '" + order.getKey() + "': want its letters as one string of at most " + LONGEST_ORDER
                                + " characters, with spaces between them");
            try {
                Alphabet.of(order.getValue().asText());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("order '" + order.getKey() + "': " + e.getMessage(), e);
            }
            orders.put(order.getKey(), order.getValue().asText());
        });
        if (node.has("order") && !node.get("order").isTextual())
            throw new IllegalArgumentException("order: want a string, the name of one of the orders");
        if (node.has("review") && !node.get("review").isBoolean())
            throw new IllegalArgumentException("review: want true or false");
        var order = node.path("order").asText("");
        if (!order.isEmpty() && !orders.containsKey(order))
            throw new IllegalArgumentException("order '" + Shown.of(order) + "': want one of " + orders.keySet()
                    + ", or nothing for the order of the language");
        return new LexiconSettings(
                version,
                orders,
                order,
                node.path("review").asBoolean(false),
                names(node.path("editors"), "editors"),
                names(node.path("reviewers"), "reviewers"));
    }

    private static List<String> names(JsonNode list, String what) {
        if (!list.isMissingNode() && !list.isArray())
            throw new IllegalArgumentException(what + ": want a list of names of tokens");
        var names = new ArrayList<String>();
        if (list.size() > MOST_NAMES)
            throw new IllegalArgumentException(what + ": want at most " + MOST_NAMES + ", found " + list.size());
        list.forEach(name -> {
            if (!name.isTextual()
                    || name.asText().isBlank()
                    || name.asText().length() > LONGEST_NAME
                    || !Shown.of(name.asText()).equals(name.asText()))
                throw new IllegalArgumentException(
                        what + ": want names of tokens, each of 1 to " + LONGEST_NAME + " characters");
            names.add(name.asText());
        });
        return names;
    }

    static LexiconSettings parsed(String json, Version version) {
        try {
            return of(JSON.readTree(json), version);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("settings that were kept are JSON", e);
        }
    }

    static LexiconSettings read(Archive archive, ItemId part, Version version) {
        try (var in = archive.open(part, version, FILE)) {
            return of(JSON.readTree(in), version);
        } catch (IOException e) {
            throw new ArchiveException(part + " " + version + " cannot be read: " + e.getMessage(), e);
        }
    }

    public ObjectNode json() {
        var node = JSON.createObjectNode();
        var list = node.putObject("orders");
        orders.forEach(list::put);
        node.put("order", order).put("review", review);
        editors.forEach(node.putArray("editors")::add);
        reviewers.forEach(node.putArray("reviewers")::add);
        return node;
    }

    Part part(ItemId lexicon) {
        return new Part(id(lexicon), Map.of("action", "settings"), "");
    }

    Map<String, Content> contents() {
        return Map.of(
                FILE, new Content.OfBytes(json().toPrettyString().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    LexiconSettings at(Version number) {
        return new LexiconSettings(number, orders, order, review, editors, reviewers);
    }

    public boolean mayEdit(String name) {
        return editors.isEmpty() || editors.contains(name) || reviewers.contains(name);
    }

    public boolean mayReview(String name) {
        return reviewers.isEmpty() || reviewers.contains(name);
    }
}
