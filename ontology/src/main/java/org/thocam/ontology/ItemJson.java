package org.thocam.ontology;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * The JSON of an item: the record that a depositor writes (design section 4) and the {@code item.json} that the archive keeps.
 * Errors name the field, what was expected and what was found.
 */
public final class ItemJson {
    /** Reads JSON from anybody: bounded in depth, number length and text length; a name given twice is an error. */
    public static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(50)
                            .maxNumberLength(50)
                            .maxNameLength(500)
                            .maxStringLength(64 << 20)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final String TERMS = "terms";
    private static final String CONSENTS = "consents";

    private static final Set<String> FIELDS = Set.of(
            "id",
            "title",
            "type",
            "language",
            "text",
            "description",
            "creator",
            "date",
            "people",
            "place",
            "rights",
            "access",
            "sets",
            "files",
            "identifiers",
            "about",
            CONSENTS,
            TERMS);

    private static final String DECISIONS = "mentions";

    private static final String PART_OF = "partOf";

    private ItemJson() {}

    /**
     * A depositor's record.
     *
     * @param files paths as written, relative to the record
     */
    public record Entry(Item item, Optional<String> text, List<String> files) {}

    /** @throws IllegalArgumentException if it is no JSON object or a field is not what it has to be */
    public static JsonNode parse(String json) {
        try {
            var node = MAPPER.readTree(json);
            if (node == null || node.isMissingNode())
                throw new IllegalArgumentException("nothing there: want a JSON object");
            return node;
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new IllegalArgumentException(
                    "no JSON" + (at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")")
                            + ": " + Shown.of(e.getOriginalMessage()),
                    e);
        }
    }

    /** @throws IllegalArgumentException if a field is unknown, missing or not what it has to be */
    public static Entry entry(JsonNode node) {
        if (!node.isObject()) throw new IllegalArgumentException("want a JSON object, found " + word(node));
        node.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name))
                throw new IllegalArgumentException("field '" + Shown.of(name) + "' is not known; the fields are "
                        + new java.util.TreeSet<>(FIELDS));
        });
        if (!node.path("id").isTextual()) throw wrong(node, "id", "a string");
        wellFormed(node);
        var item = item(node, List.of());
        var text = node.path("text");
        if (!text.isMissingNode() && !text.isNull() && !text.isTextual()) throw wrong(node, "text", "a string");
        return new Entry(
                item, text.isTextual() ? Optional.of(text.textValue()) : Optional.empty(), strings(node, "files"));
    }

    /** An escape such as {@code \\ud800} can name half a character, which no UTF-8 file can keep. */
    private static void wellFormed(JsonNode node) {
        for (var inner : node) wellFormed(inner);
        if (!node.isTextual()) return;
        var text = node.textValue();
        text.codePoints().filter(c -> c >= 0xD800 && c <= 0xDFFF).findFirst().ifPresent(half -> {
            throw new IllegalArgumentException("'" + Shown.of(text) + "' has the half character U+"
                    + Integer.toHexString(half).toUpperCase(Locale.ROOT) + ": want Unicode text");
        });
    }

    /** What {@link #stored} wrote. */
    public static Holding holding(byte[] json) throws IOException {
        var node = MAPPER.readTree(json);
        if (node.path("withdrawn").asBoolean())
            return new Tombstone(
                    new ItemId(node.path("id").textValue()),
                    accessIn(node),
                    strings(node, "sets"),
                    node.path("reason").asText(""));
        if (node.has(PART_OF)) return part(node);
        var files = new ArrayList<Bitstream>();
        for (var file : node.path("files"))
            files.add(new Bitstream(
                    file.path("name").textValue(),
                    file.path("mediaType").textValue(),
                    file.path("size").longValue(),
                    file.path("sha512").textValue(),
                    TextState.ofWord(file.path("text").textValue()),
                    file.path("reason").asText(""),
                    within(file.path("within")),
                    recognition(file.path("ocr"))));
        var decodings = new ArrayList<Decoding>();
        for (var decoded : node.path("decoded"))
            decodings.add(new Decoding(
                    decoded.path("path").textValue(),
                    decoded.path("encoding").textValue(),
                    decoded.path("confidence").doubleValue(),
                    decoded.path("by").textValue()));
        return item(node, files)
                .withDecodings(decodings)
                .withDecisions(decisions(node))
                .from(node.path("source").asText(""), node.path("digest").asText(""));
    }

    private static Optional<Within> within(JsonNode node) {
        return node.isObject()
                ? Optional.of(new Within(
                        node.path("file").textValue(), node.path("place").asText("")))
                : Optional.empty();
    }

    private static Optional<Recognition> recognition(JsonNode node) {
        return node.isObject()
                ? Optional.of(new Recognition(
                        node.path("confidence").doubleValue(),
                        node.path("review").asBoolean()))
                : Optional.empty();
    }

    private static List<MentionDecision> decisions(JsonNode node) {
        var decisions = new ArrayList<MentionDecision>();
        for (var decided : node.path(DECISIONS))
            decisions.add(new MentionDecision(
                    MentionDecision.Verdict.valueOf(
                            decided.path("verdict").textValue().toUpperCase(Locale.ROOT)),
                    decided.path("entity").textValue(),
                    decided.path("field").textValue(),
                    decided.path("surface").textValue(),
                    decided.path("ordinal").intValue(),
                    decided.path("by").textValue(),
                    Instant.parse(decided.path("at").textValue())));
        return decisions;
    }

    private static void decisions(ObjectNode node, List<MentionDecision> decisions) {
        if (decisions.isEmpty()) return;
        var all = node.putArray(DECISIONS);
        for (var decision : decisions)
            all.addObject()
                    .put("verdict", decision.verdict().name().toLowerCase(Locale.ROOT))
                    .put("entity", decision.entity())
                    .put("field", decision.field())
                    .put("surface", decision.surface())
                    .put("ordinal", decision.ordinal())
                    .put("by", decision.by())
                    .put("at", decision.at().toString());
    }

    private static Part part(JsonNode node) {
        var id = new ItemId(node.path("id").textValue());
        if (!id.whole().value().equals(node.path(PART_OF).textValue()))
            throw wrong(node, PART_OF, "'" + id.whole() + "'");
        var facts = new TreeMap<String, String>();
        for (var fact : node.path("facts").properties())
            facts.put(fact.getKey(), fact.getValue().asText());
        return new Part(id, facts, node.path("digest").asText(""));
    }

    /** The bytes of {@code item.json}: the same for the same holding. */
    public static byte[] stored(Holding holding) {
        try {
            var node = json(holding);
            // for the archive alone: whoever edits a description is not to send them back
            if (holding instanceof Item item) decisions(node, item.decisions());
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("item " + holding.id() + " could not be written as JSON", e);
        }
    }

    public static ObjectNode json(Holding holding) {
        var node = MAPPER.createObjectNode().put("id", holding.id().value());
        if (holding instanceof Tombstone tombstone) {
            node.put("withdrawn", true).put("reason", tombstone.reason());
            node.set("access", access(tombstone.access()));
            list(node, "sets", tombstone.sets());
            return node;
        }
        if (holding instanceof Part part) {
            node.put(PART_OF, part.id().whole().value());
            var facts = node.putObject("facts");
            part.facts().forEach(facts::put);
            if (!part.digest().isEmpty()) node.put("digest", part.digest());
            return node;
        }
        var item = (Item) holding;
        node.set("title", map(item.title()));
        if (!item.type().isEmpty()) node.put("type", item.type());
        list(node, "language", item.languages().stream().map(LanguageTag::value).toList());
        if (!item.description().isEmpty()) node.set("description", map(item.description()));
        list(node, "creator", item.creators());
        if (!item.date().isEmpty()) node.put("date", item.date());
        list(node, "people", item.people());
        item.place().ifPresent(place -> {
            var where = node.putObject("place").put("name", place.name());
            if (place.located()) where.put("lat", place.lat()).put("lon", place.lon());
        });
        if (!item.rights().isEmpty()) node.put("rights", item.rights());
        node.set("access", access(item.access()));
        list(node, "sets", item.sets());
        if (!item.files().isEmpty()) {
            var files = node.putArray("files");
            for (var file : item.files()) {
                var entry = files.addObject()
                        .put("name", file.name())
                        .put("mediaType", file.mediaType())
                        .put("size", file.size())
                        .put("sha512", file.sha512())
                        .put("text", file.text().word());
                if (!file.reason().isEmpty()) entry.put("reason", file.reason());
                file.within().ifPresent(within -> {
                    var where = entry.putObject("within").put("file", within.file());
                    if (!within.place().isEmpty()) where.put("place", within.place());
                });
                file.read().ifPresent(read -> entry.putObject("ocr")
                        .put("confidence", read.confidence())
                        .put("review", read.review()));
            }
        }
        list(node, "identifiers", item.identifiers());
        list(node, "about", item.about().stream().map(Subject::value).toList());
        terms(node, item.terms());
        if (!item.consents().isEmpty()) node.set(CONSENTS, ConsentJson.of(item.consents()));
        if (!item.decodings().isEmpty()) {
            var decoded = node.putArray("decoded");
            for (var decoding : item.decodings())
                decoded.addObject()
                        .put("path", decoding.path())
                        .put("encoding", decoding.encoding())
                        .put("confidence", decoding.confidence())
                        .put("by", decoding.by());
        }
        if (!item.source().isEmpty()) node.put("source", item.source());
        if (!item.digest().isEmpty()) node.put("digest", item.digest());
        return node;
    }

    /** One line for an access, as the change log keeps it. */
    public static String accessText(Access access) {
        return access(access).toString();
    }

    public static Access accessOf(String text) {
        return accessIn(MAPPER.createObjectNode().set("access", parse(text)));
    }

    private static Item item(JsonNode node, List<Bitstream> files) {
        return new Item(
                ItemId.ofItem(node.path("id").textValue()),
                languageMap(node, "title"),
                string(node, "type"),
                strings(node, "language").stream().map(LanguageTag::new).toList(),
                languageMap(node, "description"),
                strings(node, "creator"),
                string(node, "date"),
                strings(node, "people"),
                place(node),
                string(node, "rights"),
                accessIn(node),
                strings(node, "sets"),
                files,
                strings(node, "identifiers"),
                strings(node, "about").stream().map(Subject::new).toList(),
                terms(node),
                List.of(),
                List.of(),
                ConsentJson.read(node.path(CONSENTS)),
                "",
                "");
    }

    static String string(JsonNode node, String field) {
        var value = node.path(field);
        if (value.isMissingNode() || value.isNull()) return "";
        if (!value.isTextual()) throw wrong(node, field, "a string");
        return value.textValue();
    }

    static List<String> strings(JsonNode node, String field) {
        var value = node.path(field);
        if (value.isMissingNode() || value.isNull()) return List.of();
        if (value.isTextual()) return List.of(value.textValue());
        if (!value.isArray()
                || !StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isTextual))
            throw wrong(node, field, "a list of strings");
        return StreamSupport.stream(value.spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }

    private static LanguageMap languageMap(JsonNode node, String field) {
        var value = node.path(field);
        if (value.isMissingNode() || value.isNull()) return LanguageMap.EMPTY;
        if (value.isTextual()) return LanguageMap.of(LanguageTag.UNDETERMINED, value.textValue());
        if (!value.isObject()) throw wrong(node, field, "a string or an object of BCP 47 tags and strings");
        Map<LanguageTag, String> texts = new TreeMap<>();
        for (var entry : value.properties()) {
            if (!entry.getValue().isTextual()) throw wrong(node, field, "a string for " + Shown.of(entry.getKey()));
            texts.put(new LanguageTag(entry.getKey()), entry.getValue().textValue());
        }
        return new LanguageMap(texts);
    }

    /** {@code "terms": {"publisher": ["…"], "contributor": [{"value": "…", "language": "vi", "qualifier": "speaker"}]}} */
    private static List<Term> terms(JsonNode node) {
        var value = node.path(TERMS);
        if (value.isMissingNode() || value.isNull()) return List.of();
        if (!value.isObject()) throw wrong(node, TERMS, "an object of DCMI terms, such as {\"publisher\": [\"…\"]}");
        var terms = new ArrayList<Term>();
        for (var entry : value.properties()) {
            var values = entry.getValue();
            for (var one : values.isArray() ? values : List.of(values)) terms.add(term(node, entry.getKey(), one));
        }
        return terms;
    }

    private static Term term(JsonNode node, String name, JsonNode value) {
        if (value.isTextual()) return new Term(name, value.textValue(), LanguageTag.UNDETERMINED, "");
        if (!value.isObject() || !value.path("value").isTextual())
            throw wrong(
                    node, TERMS, "for " + Shown.of(name) + " a string, or an object with value, language, qualifier");
        for (var field : value.properties())
            if (!Set.of("value", "language", "qualifier").contains(field.getKey()))
                throw wrong(node, TERMS, "for " + Shown.of(name) + " only value, language and qualifier");
        var language = string(value, "language");
        return new Term(
                name,
                value.path("value").textValue(),
                language.isEmpty() ? LanguageTag.UNDETERMINED : new LanguageTag(language),
                string(value, "qualifier"));
    }

    private static void terms(ObjectNode node, List<Term> terms) {
        if (terms.isEmpty()) return;
        var all = node.putObject(TERMS);
        for (var term : terms) {
            var list = all.withArray(term.name());
            if (term.language().undetermined() && term.qualifier().isEmpty()) {
                list.add(term.value());
                continue;
            }
            var value = list.addObject().put("value", term.value());
            if (!term.language().undetermined())
                value.put("language", term.language().value());
            if (!term.qualifier().isEmpty()) value.put("qualifier", term.qualifier());
        }
    }

    private static Optional<Place> place(JsonNode node) {
        var value = node.path("place");
        if (value.isMissingNode() || value.isNull()) return Optional.empty();
        if (value.isTextual()) return Optional.of(new Place(value.textValue(), null, null));
        if (!value.isObject()) throw wrong(node, "place", "an object with name, lat, lon");
        return Optional.of(new Place(string(value, "name"), degrees(value, "lat"), degrees(value, "lon")));
    }

    private static Double degrees(JsonNode place, String field) {
        var value = place.path(field);
        if (value.isMissingNode() || value.isNull()) return null;
        if (!value.isNumber()) throw wrong(place, field, "degrees as a number");
        return value.doubleValue();
    }

    static Access accessIn(JsonNode node) {
        var value = node.path("access");
        if (value.isMissingNode() || value.isNull()) return Access.OPEN;
        String level = value.isObject() ? string(value, "level") : value.isTextual() ? value.textValue() : "";
        var communities = value.isObject() ? strings(value, "communities") : List.<String>of();
        return switch (level) {
            case "open" -> Access.OPEN;
            case "restricted" -> new Access.Restricted(communities);
            case "embargoed" -> {
                try {
                    yield new Access.Embargoed(LocalDate.parse(string(value, "until")), communities);
                } catch (DateTimeParseException e) {
                    throw wrong(value, "until", "a day as YYYY-MM-DD");
                }
            }
            default ->
                throw wrong(
                        node,
                        "access",
                        "\"open\", \"restricted\", {\"level\":\"embargoed\",\"until\":\"YYYY-MM-DD\"} or {\"level\":\"restricted\",\"communities\":[...]}");
        };
    }

    static JsonNode access(Access access) {
        if (access instanceof Access.Open) return MAPPER.getNodeFactory().textNode("open");
        var node = MAPPER.createObjectNode();
        if (access instanceof Access.Embargoed embargoed)
            node.put("level", "embargoed").put("until", embargoed.until().toString());
        else node.put("level", "restricted");
        list(node, "communities", access.communities());
        return node;
    }

    private static ObjectNode map(LanguageMap map) {
        var node = MAPPER.createObjectNode();
        map.texts().forEach((tag, text) -> node.put(tag.value(), text));
        return node;
    }

    static void list(ObjectNode node, String field, List<String> values) {
        if (values.isEmpty()) return;
        ArrayNode array = node.putArray(field);
        values.forEach(array::add);
    }

    static IllegalArgumentException wrong(JsonNode node, String field, String expected) {
        return new IllegalArgumentException(
                "field '" + field + "': want " + expected + ", found " + word(node.path(field)));
    }

    private static String word(JsonNode value) {
        return value.isMissingNode()
                ? "nothing"
                : value.isTextual()
                        ? "'" + Shown.of(value.textValue()) + "'"
                        : value.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
