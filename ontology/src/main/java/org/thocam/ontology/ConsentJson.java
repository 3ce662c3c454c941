package org.thocam.ontology;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** {@code "consents": [{"person": "…", "files": ["*.wav"], "access": "restricted", "given": "2024-05-01", "form": "…"}]} */
final class ConsentJson {
    private static final int MOST = 1_000;

    private static final Set<String> FIELDS = Set.of(
            "person",
            "speakers",
            "files",
            "tiers",
            "from",
            "to",
            "access",
            "purposes",
            "given",
            "withdrawn",
            "form",
            "pseudonym");

    private ConsentJson() {}

    static ArrayNode of(List<Consent> consents) {
        var all = ItemJson.MAPPER.createArrayNode();
        for (var consent : consents) {
            var node = all.addObject();
            if (!consent.person().isEmpty()) node.put("person", consent.person());
            ItemJson.list(node, "speakers", consent.speakers());
            ItemJson.list(node, "files", consent.files());
            ItemJson.list(node, "tiers", consent.tiers());
            consent.from().ifPresent(from -> node.put("from", from));
            consent.to().ifPresent(to -> node.put("to", to));
            node.set("access", ItemJson.access(consent.access()));
            ItemJson.list(node, "purposes", consent.purposes());
            consent.given().ifPresent(day -> node.put("given", day.toString()));
            consent.withdrawn().ifPresent(day -> node.put("withdrawn", day.toString()));
            if (!consent.form().isEmpty()) node.put("form", consent.form());
            if (!consent.pseudonym().isEmpty()) node.put("pseudonym", consent.pseudonym());
        }
        return all;
    }

    static List<Consent> read(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) return List.of();
        if (!value.isArray() || value.size() > MOST)
            throw new IllegalArgumentException("field 'consents': want a list of at most " + MOST + " objects");
        var consents = new ArrayList<Consent>();
        for (var node : value) consents.add(one(node));
        return consents;
    }

    private static Consent one(JsonNode node) {
        if (!node.isObject()) throw new IllegalArgumentException("field 'consents': want objects in it");
        for (var field : node.properties())
            if (!FIELDS.contains(field.getKey()))
                throw new IllegalArgumentException("field 'consents': '" + Shown.of(field.getKey())
                        + "' is not known; the fields are " + new TreeSet<>(FIELDS));
        // a consent that does not say what it allows allows nothing by itself
        if (!node.hasNonNull("access")) throw ItemJson.wrong(node, "access", "what the consent allows");
        return new Consent(
                ItemJson.string(node, "person"),
                ItemJson.strings(node, "speakers"),
                ItemJson.strings(node, "files"),
                ItemJson.strings(node, "tiers"),
                milliseconds(node, "from"),
                milliseconds(node, "to"),
                ItemJson.accessIn(node),
                ItemJson.strings(node, "purposes"),
                day(node, "given"),
                day(node, "withdrawn"),
                ItemJson.string(node, "form"),
                ItemJson.string(node, "pseudonym"));
    }

    private static Optional<Long> milliseconds(JsonNode node, String field) {
        var value = node.path(field);
        if (value.isMissingNode() || value.isNull()) return Optional.empty();
        if (!value.isIntegralNumber() || !value.canConvertToLong())
            throw ItemJson.wrong(node, field, "milliseconds as a whole number");
        return Optional.of(value.longValue());
    }

    private static Optional<LocalDate> day(JsonNode node, String field) {
        var text = ItemJson.string(node, field);
        if (text.isEmpty()) return Optional.empty();
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            throw ItemJson.wrong(node, field, "a day as YYYY-MM-DD");
        }
    }
}
