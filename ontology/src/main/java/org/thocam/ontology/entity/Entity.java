package org.thocam.ontology.entity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.thocam.ontology.Shown;

/**
 * A people, language, script, place, festival, craft, custom or inscription: one row of its kind's table. What a column may hold is said
 * by {@link Column}; whether all of it fits together is checked by {@link Register}.
 *
 * @param cells what is filled, by column, in the order of the table; lists have {@code ;} between their members
 * @param sources keys of {@code fixtures/reference/README.md}, or addresses
 * @param confidence of what identifies it
 * @param levels the confidence of single cells, by column; a cell that is not named has that of the row
 */
public record Entity(
        String id,
        Map<String, String> cells,
        List<String> sources,
        Confidence confidence,
        Map<String, Confidence> levels) {
    public Entity {
        if (EntityKind.ofId(id).isEmpty())
            throw new IllegalArgumentException(
                    "id '" + Shown.of(id) + "': want that of a kind of entity, such as EG03, LG-blt, P34-19, FE001");
        cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
        sources = List.copyOf(sources);
        levels = Map.copyOf(levels);
    }

    public EntityKind kind() {
        return EntityKind.ofId(id).orElseThrow();
    }

    /** The cell of a column; empty where it is not filled. */
    public String text(String column) {
        return cells.getOrDefault(column, "");
    }

    /** The members of a cell that is a list. */
    public List<String> list(String column) {
        return list(cells, column);
    }

    static List<String> list(Map<String, String> cells, String column) {
        return Stream.of(cells.getOrDefault(column, "").split(";"))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** How far the cell of a column was checked. */
    public Confidence confidence(String column) {
        return levels.getOrDefault(column, confidence);
    }

    /** What it is called in Vietnamese, else in English, else its id. */
    public String label() {
        return Stream.of(text("name_vi"), text("name_en"))
                .filter(name -> !name.isEmpty())
                .map(name -> name.split(";")[0].strip())
                .findFirst()
                .orElse(id);
    }

    /** What it is called in {@code vi} or {@code en}, else as {@link #label()}. */
    public String label(String language) {
        var name = text("name_" + language);
        return name.isEmpty() ? label() : name.split(";")[0].strip();
    }

    public Optional<Point> point() {
        return text("lat").isEmpty() || text("lon").isEmpty()
                ? Optional.empty()
                : Optional.of(new Point(Double.parseDouble(text("lat")), Double.parseDouble(text("lon"))));
    }

    /** All its names, each with what it may be used for; labels first. */
    public List<Name> names() {
        var names = new ArrayList<Name>();
        add(names, "name_vi", "vi", Name.Use.LABEL);
        add(names, "name_en", "en", Name.Use.LABEL);
        add(names, "autoglottonym", kind() == EntityKind.LANGUAGE ? text("iso639_3") : "und", Name.Use.AUTONYM);
        add(names, "autonyms", "und", Name.Use.AUTONYM);
        for (var column : List.of("name_variants", "other_names", "aliases")) add(names, column, "und", Name.Use.OTHER);
        add(names, "subgroups", "und", Name.Use.SUBGROUP);
        add(names, "dated_names", "und", Name.Use.DATED);
        return names;
    }

    private void add(List<Name> names, String column, String language, Name.Use use) {
        for (var name : list(column))
            names.add(new Name(name, language.isEmpty() ? "und" : language, use, confidence(column)));
    }
}
