package org.thocam.api.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Shown;
import org.thocam.ontology.entity.Column;
import org.thocam.ontology.entity.Entity;
import org.thocam.ontology.entity.EntityKind;
import org.thocam.ontology.entity.Register;
import org.thocam.ontology.linking.find.Candidate;
import org.thocam.ontology.linking.find.EntitySearch;

/**
 * The Reconciliation Service API v0.2 over one state of the entities: sections 3 (manifest), 4 (queries), 5 (suggest), 7 (data
 * extension). A type is a kind of entity, a property a column of its table.
 */
final class Reconciliation {
    static final int MOST_QUERIES = 200;
    private static final int MOST_IDS = 1_000;
    private static final int MOST_PROPERTIES = 40;
    private static final int MOST_CANDIDATES = 100;
    private static final int USUAL_CANDIDATES = 10;
    private static final int LONGEST_QUERY = 500;
    private static final int MOST_SUGGESTED = 20;

    private final Register register;
    private final EntitySearch search;

    Reconciliation(Register register, EntitySearch search) {
        this.register = register;
        this.search = search;
    }

    /** What a request got wrong, in words for whoever sent it. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        final int status;

        Refused(int status, String message) {
            super(message);
            this.status = status;
        }
    }

    /** @param identities where the IRIs of entities begin; the same as in the graph, whatever address the request came to */
    static ObjectNode manifest(String base, String identities) {
        var service = base + "/api/v1/reconcile";
        var node = ItemJson.MAPPER.createObjectNode();
        node.putArray("versions").add("0.2");
        node.put("name", "Thocam: peoples, languages, places, festivals, crafts, customs, heritage of Viet Nam")
                .put("identifierSpace", identities)
                .put("schemaSpace", "https://thocam.org/ns#")
                .put("documentation", base + "/docs")
                .put("batchSize", 50);
        var types = node.putArray("defaultTypes");
        for (var kind : EntityKind.values()) type(types.addObject(), kind);
        node.putObject("view").put("url", base + "/entities/{{id}}");
        node.putObject("preview")
                .put("url", service + "/preview?id={{id}}")
                .put("width", 430)
                .put("height", 300);
        var suggest = node.putObject("suggest");
        for (var what : List.of("entity", "type", "property"))
            suggest.putObject(what).put("service_url", service).put("service_path", "/suggest/" + what);
        var extend = node.putObject("extend");
        extend.putObject("propose_properties").put("service_url", service).put("service_path", "/extend/propose");
        extend.putArray("property_settings");
        return node;
    }

    private static ObjectNode type(ObjectNode node, EntityKind kind) {
        return node.put("id", kind.word()).put("name", kind.word());
    }

    /** A batch: a result for each key. */
    ObjectNode queries(JsonNode batch) {
        if (!batch.isObject()) throw new Refused(400, "queries: want a JSON object of queries by key");
        if (batch.size() > MOST_QUERIES)
            throw new Refused(
                    413, "queries: " + batch.size() + " of them, want at most " + MOST_QUERIES + " in a batch");
        var answer = ItemJson.MAPPER.createObjectNode();
        for (var query : batch.properties()) {
            try {
                answer.putObject(query.getKey()).set("result", results(query.getValue()));
            } catch (Refused | IllegalArgumentException e) {
                throw new Refused(400, "query '" + Shown.of(query.getKey()) + "': " + e.getMessage());
            }
        }
        return answer;
    }

    private ArrayNode results(JsonNode query) {
        if (!query.isObject()) throw new Refused(400, "want an object");
        var text = query.path("query");
        if (!text.isTextual()) throw new Refused(400, "query: want a string");
        // no name is that long, and one long cell must not spoil the batch that it came in
        if (text.textValue().length() > LONGEST_QUERY) return ItemJson.MAPPER.createArrayNode();
        int limit = limit(query.path("limit"));
        var properties = properties(query.path("properties"));
        var types = types(query.path("type"));
        var strict = query.path("type_strict").asText("any");
        if (!Set.of("any", "all", "should").contains(strict))
            throw new Refused(400, "type_strict '" + Shown.of(strict) + "': want any, all or should");
        var found = new ArrayList<Candidate>();
        if (types.isEmpty()) found.addAll(found(text.textValue(), Optional.empty(), properties, limit));
        else {
            for (var kind : types.get()) found.addAll(found(text.textValue(), Optional.of(kind), properties, limit));
            // nothing has two types
            if (strict.equals("all") && types.get().size() > 1) found.clear();
            if (strict.equals("should") && found.isEmpty())
                found.addAll(found(text.textValue(), Optional.empty(), properties, limit));
        }
        found.sort(Comparator.comparingDouble(Candidate::score).reversed());
        boolean clear = found.stream().filter(Candidate::match).count() == 1;
        var results = ItemJson.MAPPER.createArrayNode();
        for (var one : found.stream().limit(limit).toList()) {
            var node = results.addObject()
                    .put("id", one.entity().id())
                    .put("name", one.entity().label());
            node.put("description", description(one.entity()));
            type(node.putArray("type").addObject(), one.entity().kind());
            node.put("score", one.score()).put("match", one.match() && clear);
        }
        return results;
    }

    private List<Candidate> found(String text, Optional<EntityKind> kind, Map<String, String> all, int limit) {
        if (text.isBlank()) return List.of();
        // an id that stands in the cell is meant by whoever wrote it
        var named = register.find(text.strip()).filter(entity -> kind.isEmpty() || entity.kind() == kind.get());
        if (named.isPresent())
            return List.of(new Candidate(named.get(), 100, named.get().label(), true));
        var known = columns(kind.map(Set::of).orElse(EnumSet.allOf(EntityKind.class)));
        var properties = new LinkedHashMap<>(all);
        properties.keySet().retainAll(known);
        return search.reconcile(text, kind, properties, limit);
    }

    private static int limit(JsonNode limit) {
        if (limit.isMissingNode() || limit.isNull()) return USUAL_CANDIDATES;
        if (limit.isIntegralNumber() && limit.canConvertToInt() && limit.intValue() > 0)
            return Math.min(MOST_CANDIDATES, limit.intValue());
        throw new Refused(400, "limit: want a whole number above 0");
    }

    /** Empty where none was asked for; a type that we do not have leaves an empty set. */
    private static Optional<Set<EntityKind>> types(JsonNode type) {
        if (type.isMissingNode()
                || type.isNull()
                || type.isTextual() && type.textValue().isBlank()) return Optional.empty();
        var kinds = EnumSet.noneOf(EntityKind.class);
        if (type.isArray()) type.forEach(one -> kind(one).ifPresent(kinds::add));
        else kind(type).ifPresent(kinds::add);
        return Optional.of(kinds);
    }

    private static Optional<EntityKind> kind(JsonNode type) {
        var word = type.isObject() ? type.path("id") : type;
        if (!word.isTextual()) throw new Refused(400, "type: want the id of a type, or several");
        return EntityKind.ofWord(word.textValue());
    }

    private static Map<String, String> properties(JsonNode list) {
        var properties = new LinkedHashMap<String, String>();
        if (list.isMissingNode() || list.isNull()) return properties;
        if (!list.isArray() || list.size() > MOST_PROPERTIES)
            throw new Refused(400, "properties: want a list of at most " + MOST_PROPERTIES);
        for (var one : list) {
            var pid = one.path("pid");
            if (!pid.isTextual() || !one.has("v")) throw new Refused(400, "properties: want pid and v in each");
            var value = value(one.path("v"));
            if (!value.isBlank() && value.length() <= LONGEST_QUERY) properties.putIfAbsent(pid.textValue(), value);
        }
        return properties;
    }

    private static String value(JsonNode v) {
        if (v.isArray()) return v.isEmpty() ? "" : value(v.get(0));
        if (v.isObject())
            return v.path("id").isTextual()
                    ? v.path("id").textValue()
                    : v.path("name").asText();
        return v.isNull() ? "" : v.asText();
    }

    private String description(Entity entity) {
        var words = new ArrayList<String>();
        if (!entity.text("name_en").isEmpty() && !entity.text("name_vi").isEmpty()) words.add(entity.label("en"));
        for (var column : List.of("peoples", "provinces_63", "part_of"))
            entity.list(column).stream().limit(2).map(register::label).forEach(words::add);
        if (!entity.text("level").isEmpty()) words.add(entity.text("level"));
        return String.join(", ", words);
    }

    static Set<String> columns(Set<EntityKind> kinds) {
        var columns = new LinkedHashSet<String>();
        for (var kind : kinds) kind.columns().stream().map(Column::name).forEach(columns::add);
        columns.remove("dated_names");
        return columns;
    }

    private static Set<EntityKind> kinds(String word) {
        return word == null || word.isBlank()
                ? EnumSet.allOf(EntityKind.class)
                : EntityKind.ofWord(word).<Set<EntityKind>>map(EnumSet::of).orElse(Set.of());
    }

    ObjectNode suggest(String what, String prefix, int from, String type) {
        var answer = ItemJson.MAPPER.createObjectNode();
        var list = answer.putArray("result");
        var beginning = prefix == null ? "" : prefix.strip();
        if (beginning.length() > LONGEST_QUERY)
            throw new Refused(400, "prefix: want at most " + LONGEST_QUERY + " characters");
        switch (what) {
            case "entity" -> {
                var kinds = kinds(type);
                var hits = search.suggest(beginning, kinds, MOST_SUGGESTED + from);
                for (var hit : hits.subList(Math.min(from, hits.size()), hits.size())) {
                    var node = list.addObject()
                            .put("id", hit.entity().id())
                            .put("name", hit.entity().label())
                            .put("description", description(hit.entity()));
                    type(node.putArray("notable").addObject(), hit.entity().kind());
                }
            }
            case "type" -> {
                for (var kind : EntityKind.values())
                    if (kind.word().startsWith(beginning.toLowerCase(Locale.ROOT))) type(list.addObject(), kind);
            }
            case "property" ->
                columns(kinds(type)).stream()
                        .filter(column -> column.contains(beginning.toLowerCase(Locale.ROOT)))
                        .skip(from)
                        .limit(MOST_SUGGESTED)
                        .forEach(column -> list.addObject().put("id", column).put("name", name(column)));
            default -> throw new Refused(404, "there is suggest/entity, suggest/type and suggest/property");
        }
        return answer;
    }

    private static String name(String column) {
        return column.replace('_', ' ');
    }

    /** Columns that may be added to a table of entities of a type. */
    ObjectNode propose(String type, int limit) {
        var answer = ItemJson.MAPPER.createObjectNode().put("limit", limit);
        if (type != null) answer.put("type", type);
        var list = answer.putArray("properties");
        columns(kinds(type)).stream()
                .limit(limit)
                .forEach(column -> list.addObject().put("id", column).put("name", name(column)));
        return answer;
    }

    ObjectNode extend(JsonNode asked) {
        var ids = asked.path("ids");
        var properties = asked.path("properties");
        if (!ids.isArray() || ids.size() > MOST_IDS)
            throw new Refused(ids.size() > MOST_IDS ? 413 : 400, "ids: want a list of at most " + MOST_IDS);
        if (!properties.isArray() || properties.size() > MOST_PROPERTIES)
            throw new Refused(400, "properties: want a list of at most " + MOST_PROPERTIES);
        var known = columns(EnumSet.allOf(EntityKind.class));
        var answer = ItemJson.MAPPER.createObjectNode();
        var meta = answer.putArray("meta");
        var columns = new ArrayList<String>();
        for (var property : properties) {
            var id = property.path("id").asText();
            if (!known.contains(id)) throw new Refused(400, "property '" + Shown.of(id) + "': there are " + known);
            columns.add(id);
            var told = meta.addObject().put("id", id).put("name", name(id));
            target(id).ifPresent(kind -> type(told.putObject("type"), kind));
        }
        var rows = answer.putObject("rows");
        for (var id : ids) {
            var row = rows.putObject(id.asText());
            var entity = register.find(id.asText());
            for (var column : columns) {
                var cells = row.putArray(column);
                entity.ifPresent(one -> cells(cells, one, column));
            }
        }
        return answer;
    }

    /** Of what type the entities are that a column names, where all are of one. */
    private static Optional<EntityKind> target(String name) {
        var targets = EnumSet.noneOf(EntityKind.class);
        for (var kind : EntityKind.values())
            for (var column : kind.columns()) if (column.name().equals(name)) targets.addAll(column.targets());
        return targets.size() == 1 ? targets.stream().findFirst() : Optional.empty();
    }

    private void cells(ArrayNode cells, Entity entity, String name) {
        var column = entity.kind().columns().stream()
                .filter(one -> one.name().equals(name))
                .findFirst();
        if (column.isEmpty() || entity.text(name).isEmpty()) return;
        var values = column.get().many() ? entity.list(name) : List.of(entity.text(name));
        for (var value : values) {
            var cell = cells.addObject();
            switch (column.get().type()) {
                case ID, IDS -> cell.put("id", value).put("name", register.label(value));
                case YEAR -> cell.put("int", Integer.parseInt(value));
                case LATITUDE, LONGITUDE -> cell.put("float", Double.parseDouble(value));
                default -> cell.put("str", value);
            }
        }
    }

    Optional<Entity> entity(String id) {
        return register.find(id == null ? "" : id);
    }

    String about(Entity entity) {
        return description(entity);
    }
}
