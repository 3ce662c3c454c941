package org.thocam.ontology.entity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Shown;

/**
 * The JSON of an entity, as the API shows it and the archive keeps it: flat, a field for each filled column.
 *
 * <pre>{@code
 * {"id": "FE001", "entityKind": "festival", "name_vi": "Lễ hội Lồng Tồng Ba Bể", "aliases": ["Lồng Tồng"], "peoples": ["EG02"],
 *  "lat": 22.4385, "lon": 105.6272, "inscription_year": 2014, "sources": ["nhandan2014"],
 *  "confidence": "checked2", "confidenceByColumn": {"name_vi": "checked2"}}
 * }</pre>
 *
 * Lists are arrays, degrees and years are numbers, all else is a string.
 */
public final class EntityJson {
    private static final String ID = "id";
    /** {@code kind} is a column of festivals and of inscriptions. */
    private static final String KIND = "entityKind";

    private static final String SOURCES = "sources";
    private static final String CONFIDENCE = "confidence";
    private static final String LEVELS = "confidenceByColumn";
    private static final int MOST_SOURCES = 200;

    private EntityJson() {}

    public static ObjectNode write(Entity entity) {
        var node = ItemJson.MAPPER.createObjectNode();
        node.put(ID, entity.id()).put(KIND, entity.kind().word());
        for (var column : entity.kind().columns()) {
            var text = entity.text(column.name());
            if (!text.isEmpty()) write(node, column, text);
        }
        var sources = node.putArray(SOURCES);
        entity.sources().forEach(sources::add);
        node.put(CONFIDENCE, entity.confidence().word());
        if (!entity.levels().isEmpty()) {
            var levels = node.putObject(LEVELS);
            for (var column : entity.kind().columns()) {
                var level = entity.levels().get(column.name());
                if (level != null) levels.put(column.name(), level.word());
            }
        }
        return node;
    }

    private static void write(ObjectNode node, Column column, String text) {
        switch (column.type()) {
            case TEXTS, IDS -> {
                var array = node.putArray(column.name());
                Entity.list(Map.of(column.name(), text), column.name()).forEach(array::add);
            }
            case LATITUDE, LONGITUDE -> node.set(column.name(), DecimalNode.valueOf(new BigDecimal(text)));
            case YEAR -> node.put(column.name(), Integer.parseInt(text));
            default -> node.put(column.name(), text);
        }
    }

    /**
     * The entity that a JSON object describes. Nothing is left unread: {@code id} and {@code entityKind} may be left out, but not differ;
     * {@code null} and what is blank mean a column that is not filled; without {@code confidence} it is {@code recalled}, since nobody
     * says that it was checked. The confidence of a column that is not filled is dropped. That the ids in it exist is for
     * {@link Integrity} to see.
     *
     * @throws FaultyEntitiesException with every field that is unknown, missing or not what it has to be
     */
    public static Entity read(String id, JsonNode node) {
        var reader = new Reader(id);
        return reader.entity(node);
    }

    private static final class Reader {
        private final String id;
        private final List<Fault> faults = new ArrayList<>();

        private Reader(String id) {
            this.id = id;
        }

        private Entity entity(JsonNode node) {
            var kind = EntityKind.ofId(id).orElse(null);
            if (kind == null) fault(ID, id, "an id of a kind of entity, such as EG03, LG-blt, P34-19, FE001");
            if (!node.isObject()) fault("", shown(node), "a JSON object");
            if (!faults.isEmpty()) throw new FaultyEntitiesException(faults);
            var columns = kind.columns().stream()
                    .collect(Collectors.toMap(Column::name, Function.identity(), (a, b) -> a, LinkedHashMap::new));
            known(node, columns.keySet());
            same(node, ID, id);
            same(node, KIND, kind.word());
            var cells = new LinkedHashMap<String, String>();
            for (var column : columns.values()) {
                var text = text(column, node.path(column.name()));
                if (!text.isEmpty()) cells.put(column.name(), text);
                else if (column.required()) missing(column);
            }
            bothOrNeither(cells, columns);
            var entity = new Entity(
                    id, cells, sources(node), word(CONFIDENCE, node.path(CONFIDENCE)), levels(node, cells, columns));
            if (!faults.isEmpty()) throw new FaultyEntitiesException(faults);
            return entity;
        }

        private void known(JsonNode node, Set<String> columns) {
            var fields = new LinkedHashSet<>(List.of(ID, KIND, SOURCES, CONFIDENCE, LEVELS));
            fields.addAll(columns);
            node.fieldNames().forEachRemaining(name -> {
                if (!fields.contains(name) && faults.size() < FaultyEntitiesException.MOST)
                    fault(
                            Shown.of(name),
                            shown(node.path(name)),
                            "no such field; the nearest is '" + Nearest.of(name, fields) + "'");
            });
        }

        private void same(JsonNode node, String field, String expected) {
            var value = node.path(field);
            if (!empty(value) && !(value.isTextual() && value.textValue().equals(expected)))
                fault(field, shown(value), expected);
        }

        private void missing(Column column) {
            if (faults.stream().noneMatch(fault -> fault.column().equals(column.name())))
                fault(
                        column.name(),
                        "",
                        "a value: every " + EntityKind.ofId(id).orElseThrow().word() + " has one");
        }

        private void bothOrNeither(Map<String, String> cells, Map<String, Column> columns) {
            if (columns.containsKey("lat") && cells.containsKey("lat") != cells.containsKey("lon") && faults.isEmpty())
                fault(cells.containsKey("lat") ? "lon" : "lat", "", "lat and lon, or neither");
        }

        private String text(Column column, JsonNode value) {
            if (empty(value)) return "";
            var written =
                    switch (column.type()) {
                        case TEXTS, IDS -> joined(column, value);
                        case LATITUDE, LONGITUDE -> degrees(value);
                        case YEAR -> value.isIntegralNumber() ? Optional.of(value.asText()) : Optional.<String>empty();
                        default -> value.isTextual() ? Optional.of(value.textValue()) : Optional.<String>empty();
                    };
            if (written.isEmpty()) {
                fault(column.name(), shown(value), form(column));
                return "";
            }
            var text = Cell.canonical(column, written.get());
            if (text.isEmpty()) return "";
            // a rule of days has a shape of its own, which is named where it is broken
            var wrong = column.type() == Column.Type.DATE_RULE ? Optional.<String>empty() : Cell.wrong(column, text);
            wrong.ifPresent(expected -> fault(column.name(), text, expected));
            return wrong.isPresent() ? "" : text;
        }

        private static String form(Column column) {
            return switch (column.type()) {
                case TEXTS, IDS -> "an array of strings, none of them empty or with ; in it";
                case LATITUDE, LONGITUDE -> "degrees as a number";
                case YEAR -> "a year as a number";
                default -> "a string";
            };
        }

        private static Optional<String> joined(Column column, JsonNode value) {
            if (!value.isArray() || value.size() > Cell.LONGEST) return Optional.empty();
            var texts = new ArrayList<String>();
            for (var one : value) {
                if (!one.isTextual()
                        || one.textValue().isBlank()
                        || one.textValue().indexOf(';') >= 0) return Optional.empty();
                texts.add(one.textValue().strip());
            }
            return Optional.of(String.join(";", texts));
        }

        private static Optional<String> degrees(JsonNode value) {
            if (!value.isNumber()) return Optional.empty();
            double about = value.doubleValue();
            if (!(about >= -1000 && about <= 1000)) return Optional.empty();
            var number = value.decimalValue();
            // a number such as 1e-300 is no long cell of zeros
            return number.scale() > 30 ? Optional.empty() : Optional.of(Cell.plain(number));
        }

        private List<String> sources(JsonNode node) {
            var value = node.path(SOURCES);
            var sources = new ArrayList<String>();
            if (value.isArray() && value.size() <= MOST_SOURCES)
                for (var one : value)
                    if (one.isTextual()
                            && !one.textValue().isBlank()
                            && one.textValue().indexOf(';') < 0
                            && Cell.unfit(one.textValue()).isEmpty())
                        sources.add(one.textValue().strip());
            if (sources.isEmpty() || sources.size() != value.size())
                fault(
                        SOURCES,
                        shown(value),
                        "an array of 1 to " + MOST_SOURCES + " keys or addresses of sources, without ; in them");
            return sources;
        }

        private Map<String, Confidence> levels(JsonNode node, Map<String, String> cells, Map<String, Column> columns) {
            var levels = new HashMap<String, Confidence>();
            var value = node.path(LEVELS);
            if (empty(value)) return levels;
            if (!value.isObject()) {
                fault(LEVELS, shown(value), "an object of columns and confidence words");
                return levels;
            }
            for (var entry : value.properties()) {
                var column = entry.getKey();
                if (faults.size() >= FaultyEntitiesException.MOST) break;
                if (!columns.containsKey(column))
                    fault(
                            LEVELS,
                            Shown.of(column),
                            "a column; the nearest is '" + Nearest.of(column, columns.keySet()) + "'");
                else {
                    var level = word(LEVELS, entry.getValue());
                    if (cells.containsKey(column)) levels.put(column, level);
                }
            }
            return levels;
        }

        private Confidence word(String field, JsonNode value) {
            if (empty(value)) return Confidence.RECALLED;
            try {
                return Confidence.ofWord(value.isTextual() ? value.textValue() : shown(value));
            } catch (IllegalArgumentException e) {
                fault(field, shown(value), Confidence.WORDS);
                return Confidence.RECALLED;
            }
        }

        private static boolean empty(JsonNode value) {
            return value.isMissingNode() || value.isNull();
        }

        private void fault(String column, String found, String expected) {
            faults.add(new Fault("", 0, Shown.of(id), column, Shown.of(found), expected, ""));
        }

        private static String shown(JsonNode value) {
            if (value.isMissingNode() || value.isNull()) return "";
            return value.isContainerNode()
                    ? "an " + value.getNodeType().name().toLowerCase(Locale.ROOT)
                    : Shown.of(value.asText());
        }
    }
}
