package org.thocam.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.thocam.api.CurrentEntities.View;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.entity.Census.Figure;
import org.thocam.ontology.entity.Column;
import org.thocam.ontology.entity.Entity;
import org.thocam.ontology.entity.EntityJson;
import org.thocam.ontology.entity.EntityKind;
import org.thocam.ontology.entity.Name;
import org.thocam.ontology.entity.Observation;

/**
 * How an entity looks in JSON that is JSON-LD: what its table says under the names of the columns, and under {@code derived} what follows
 * from all tables together.
 *
 * @param identities where identities begin, with {@code id/} at the end
 */
record ShownEntity(View view, Entity entity, String identities) {
    static final String CONTEXT = "/api/v1/entities/context.jsonld";
    private static final int MOST_POINTING = 200;
    private static final int MOST_FIGURES = 200;
    private static final Set<String> NAMES = Set.of(
            "name_vi",
            "name_en",
            "autoglottonym",
            "autonyms",
            "name_variants",
            "other_names",
            "aliases",
            "subgroups",
            "dated_names",
            "description_en",
            "lat",
            "lon",
            "coord_basis");

    static String address(String id) {
        return "/api/v1/entities/" + id;
    }

    ObjectNode json(LocalDate today) {
        var node = ItemJson.MAPPER.createObjectNode();
        node.put("@context", CONTEXT).put("@id", identities + entity.id());
        node.put("id", entity.id()).put("type", entity.kind().word());
        node.set("label", label(entity));
        names(node, "autonyms", Name.Use.AUTONYM);
        names(node, "otherNames", Name.Use.OTHER);
        names(node, "subgroups", Name.Use.SUBGROUP);
        names(node, "datedNames", Name.Use.DATED);
        if (!entity.text("description_en").isEmpty())
            node.putObject("description").put("en", entity.text("description_en"));
        point(node);
        var facts = ItemJson.MAPPER.createObjectNode();
        var links = ItemJson.MAPPER.createObjectNode();
        var record = EntityJson.write(entity);
        for (var column : entity.kind().columns()) {
            if (NAMES.contains(column.name()) || entity.text(column.name()).isEmpty()) continue;
            if (column.points()) links(links.putArray(column.name()), entity.list(column.name()));
            else facts.set(key(column.name()), record.get(column.name()));
        }
        node.set("facts", facts);
        node.set("links", links);
        sources(node);
        derived(node.putObject("derived"), today);
        node.set("record", record);
        node.putObject("href")
                .put("self", address(entity.id()))
                .put("page", "/entities/" + entity.id())
                .put("history", address(entity.id()) + "/history")
                .put("mentions", address(entity.id()) + "/mentions")
                .put("passages", "/api/v1/search?segments=true&mentions=" + entity.id());
        return node;
    }

    /** By language; where a language has no name, it is left out, and where none has, the id stands for it. */
    static ObjectNode label(Entity entity) {
        var label = ItemJson.MAPPER.createObjectNode();
        for (var language : List.of("vi", "en"))
            if (!entity.text("name_" + language).isEmpty()) label.put(language, entity.label(language));
        return label;
    }

    static Set<String> dated(Entity entity) {
        return Set.copyOf(new LinkedHashSet<>(entity.list("dated_names")));
    }

    /** A name that is dated under one heading is dated under all. */
    List<String> names(Name.Use use) {
        var dated = dated(entity);
        var labels = entity.names().stream()
                .filter(name -> name.use() == Name.Use.LABEL)
                .map(Name::text)
                .collect(Collectors.toSet());
        return entity.names().stream()
                .filter(name -> name.use() == use)
                .filter(name -> use == Name.Use.DATED || !dated.contains(name.text()))
                .filter(name -> use != Name.Use.OTHER || !labels.contains(name.text()))
                .map(Name::text)
                .distinct()
                .toList();
    }

    /** The column of places that is called as the type of all entities is. */
    static String key(String column) {
        return column.equals("type") ? "unit_type" : column;
    }

    private void names(ObjectNode node, String field, Name.Use use) {
        var names = names(use);
        if (!names.isEmpty()) names.forEach(node.putArray(field)::add);
    }

    private void point(ObjectNode node) {
        entity.point().ifPresent(point -> {
            var place = node.putObject("point");
            place.put("lat", new BigDecimal(entity.text("lat"))).put("lon", new BigDecimal(entity.text("lon")));
            if (!entity.text("coord_basis").isEmpty()) place.put("basis", entity.text("coord_basis"));
        });
    }

    private void sources(ObjectNode node) {
        entity.sources().forEach(node.putArray("sources")::add);
        node.put("confidence", entity.confidence().word());
        if (!entity.levels().isEmpty()) {
            var columns = node.putObject("confidenceByColumn");
            for (var column : entity.kind().columns())
                if (entity.levels().containsKey(column.name()))
                    columns.put(column.name(), entity.confidence(column.name()).word());
        }
    }

    void links(ArrayNode list, Collection<String> ids) {
        for (var id : ids) list.add(link(id));
    }

    ObjectNode link(String id) {
        var link =
                ItemJson.MAPPER.createObjectNode().put("@id", identities + id).put("id", id);
        view.register().find(id).ifPresent(other -> link.set("label", label(other)));
        return link;
    }

    private void derived(ObjectNode derived, LocalDate today) {
        var around = view.containment().around(entity.id());
        if (!around.isEmpty()) links(derived.putArray("within"), around);
        today(derived);
        pointing(derived);
        if (entity.kind() == EntityKind.PEOPLE || entity.kind() == EntityKind.PLACE) statistics(derived);
        if (entity.kind() == EntityKind.FESTIVAL) occurrences(derived, today);
    }

    /** The unit that stands now where this one was. */
    private void today(ObjectNode derived) {
        var today = units();
        if (!today.isEmpty()) links(derived.putArray("today"), today);
    }

    List<String> units() {
        var today = new LinkedHashSet<String>();
        if (entity.kind() != EntityKind.PLACE || entity.id().startsWith("P34-")) return List.of();
        var old = new ArrayList<>(List.of(entity.id()));
        old.addAll(entity.list("overlaps"));
        old.addAll(view.containment().around(entity.id()));
        for (var id : old) {
            if (id.startsWith("P34-")) today.add(id);
            view.register().find(id).ifPresent(one -> today.addAll(one.list("merged_into")));
        }
        return List.copyOf(today);
    }

    /** What names this one, by type; peoples and languages in their own columns among them. */
    EnumMap<EntityKind, Set<String>> pointedToBy() {
        var by = new EnumMap<EntityKind, Set<String>>(EntityKind.class);
        for (var pointer : view.register().pointingTo(entity.id()))
            by.computeIfAbsent(pointer.from().kind(), kind -> new LinkedHashSet<>())
                    .add(pointer.from().id());
        return by;
    }

    private void pointing(ObjectNode derived) {
        var by = pointedToBy();
        if (by.isEmpty()) return;
        var node = derived.putObject("pointedToBy");
        by.forEach((kind, ids) -> {
            var list = node.putObject(kind.word()).put("total", ids.size()).putArray("items");
            links(list, ids.stream().limit(MOST_POINTING).toList());
        });
    }

    private void statistics(ObjectNode derived) {
        var figures = entity.kind() == EntityKind.PEOPLE
                ? view.census().ofPeople(entity.id(), OptionalInt.empty())
                : view.census().ofPlace(entity.id(), OptionalInt.empty());
        if (figures.isEmpty()) return;
        var node = derived.putObject("statistics");
        node.put("total", figures.size());
        var list = node.putArray("items");
        figures.stream()
                .sorted(java.util.Comparator.comparing(
                                (Figure one) -> one.observation().date())
                        .reversed()
                        .thenComparing(one -> -one.observation().persons()))
                .limit(MOST_FIGURES)
                .forEach(figure -> list.add(figure(figure, view)));
    }

    static ObjectNode figure(Figure figure, View view) {
        var one = figure.observation();
        var node = ItemJson.MAPPER
                .createObjectNode()
                .put("people", one.people())
                .put(
                        "peopleLabel",
                        one.people().equals(Observation.TOTAL)
                                ? "tổng số"
                                : view.register().label(one.people()))
                .put("place", one.place())
                .put("placeLabel", view.register().label(one.place()))
                .put("date", one.date().toString())
                .put("year", one.date().getYear())
                .put("persons", one.persons())
                .put("status", one.status());
        if (!figure.from().isEmpty()) figure.from().forEach(node.putArray("from")::add);
        one.sources().forEach(node.putArray("sources")::add);
        return node.put("confidence", one.confidence().word());
    }

    private void occurrences(ObjectNode derived, LocalDate today) {
        derived.put("exactness", FestivalDays.exactness(entity).word());
        var list = derived.putArray("occurrences");
        var from = today.withDayOfYear(1);
        for (var days : FestivalDays.of(entity, from, from.plusYears(2).minusDays(1)))
            list.add(FestivalDays.json(entity, days));
    }

    /** A GeoJSON feature. RFC 7946, section 3.2. */
    static ObjectNode feature(Entity entity, String identities) {
        var node = ItemJson.MAPPER.createObjectNode().put("type", "Feature").put("id", identities + entity.id());
        entity.point().ifPresent(point -> {
            var geometry = node.putObject("geometry").put("type", "Point");
            geometry.putArray("coordinates").add(point.lon()).add(point.lat());
        });
        if (entity.point().isEmpty()) node.putNull("geometry");
        var properties = node.putObject("properties")
                .put("id", entity.id())
                .put("type", entity.kind().word());
        properties.put("name", entity.label());
        properties.set("label", label(entity));
        if (!entity.text("coord_basis").isEmpty()) properties.put("basis", entity.text("coord_basis"));
        properties.put("confidence", entity.confidence("lat").word());
        return node;
    }

    static boolean has(Entity entity, String column) {
        return entity.kind().columns().stream().map(Column::name).anyMatch(column::equals);
    }
}
