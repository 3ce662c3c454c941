package org.thocam.ontology.entity;

import static org.thocam.ontology.entity.EntityKind.CRAFT;
import static org.thocam.ontology.entity.EntityKind.CUSTOM;
import static org.thocam.ontology.entity.EntityKind.FESTIVAL;
import static org.thocam.ontology.entity.EntityKind.LANGUAGE;
import static org.thocam.ontology.entity.EntityKind.PEOPLE;
import static org.thocam.ontology.entity.EntityKind.PLACE;
import static org.thocam.ontology.entity.EntityKind.SCRIPT;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thocam.ontology.entity.Column.Type;

/** The columns of each table. */
final class Columns {
    private static final Map<EntityKind, List<Column>> ALL = new EnumMap<>(Map.ofEntries(
            Map.entry(
                    PEOPLE,
                    of(
                            texts("code_1979", "code_2008"),
                            names("name_vi!", "name_en"),
                            lists("name_variants", "autonyms", "other_names", "dated_names", "subgroups"),
                            texts("family", "branch", "official_language_group"),
                            lists("glottocodes"),
                            ids("languages", LANGUAGE),
                            ids("scripts", SCRIPT))),
            Map.entry(
                    LANGUAGE,
                    of(
                            names("name_en!", "name_vi", "autoglottonym"),
                            texts("iso639_3!", "macrolanguage"),
                            lists("bcp47"),
                            texts("glottocode", "family"),
                            lists("countries"),
                            point(),
                            ids("peoples", PEOPLE),
                            ids("scripts", SCRIPT),
                            texts("cldr_likely_subtags", "olac"))),
            Map.entry(SCRIPT, of(texts("iso15924!"), names("name_vi!", "name_en"))),
            Map.entry(
                    EntityKind.ORTHOGRAPHY,
                    of(names("name_vi!", "name_en"), id("language!", LANGUAGE), id("script!", SCRIPT), texts("note"))),
            Map.entry(
                    PLACE,
                    of(
                            texts("level!"),
                            names("name_vi!", "name_en"),
                            lists("aliases"),
                            texts("type", "gso_code", "iso_3166_2"),
                            ids("part_of", PLACE),
                            ids("merged_into", PLACE),
                            ids("formed_from", PLACE),
                            ids("overlaps", PLACE),
                            texts("admin_center"),
                            point(),
                            texts("coord_basis"),
                            List.of(column("valid_from", Type.DATE, Set.of()), column("valid_to", Type.DATE, Set.of())),
                            texts("valid_period", "note"))),
            Map.entry(
                    FESTIVAL,
                    of(
                            names("name_vi!", "name_en"),
                            lists("aliases"),
                            held(),
                            texts("calendar"),
                            List.of(column("date_rule", Type.DATE_RULE, Set.of())),
                            texts("date_text", "kind"),
                            point(),
                            texts("coord_basis", "inscription_list"),
                            List.of(column("inscription_year", Type.YEAR, Set.of())),
                            texts("inscription_decision", "description_en"))),
            Map.entry(
                    CRAFT,
                    of(
                            texts("category!"),
                            names("name_vi!", "name_en"),
                            lists("aliases"),
                            ids("peoples", PEOPLE),
                            ids("provinces_63", PLACE),
                            ids("provinces_34", PLACE),
                            texts("material_technique", "inscription_list"),
                            List.of(column("inscription_year", Type.YEAR, Set.of())),
                            texts("description_en"))),
            Map.entry(
                    CUSTOM,
                    of(
                            texts("domain!"),
                            names("name_vi!", "name_en"),
                            lists("aliases"),
                            ids("peoples", PEOPLE),
                            ids("provinces_63", PLACE),
                            texts("inscription_list"),
                            List.of(column("inscription_year", Type.YEAR, Set.of())),
                            texts("description_en"))),
            Map.entry(
                    EntityKind.HERITAGE,
                    of(
                            texts("list!"),
                            names("name_vi!", "name_en"),
                            lists("aliases"),
                            ids("peoples", PEOPLE),
                            ids("provinces_63", PLACE),
                            texts("place_text"),
                            List.of(column("year_inscribed", Type.YEAR, Set.of())),
                            texts("year_note", "decision", "kind"),
                            ids("same_as", FESTIVAL, CRAFT, CUSTOM, PLACE),
                            texts("description_en")))));

    private Columns() {}

    static List<Column> of(EntityKind kind) {
        return ALL.get(kind);
    }

    @SafeVarargs
    private static List<Column> of(List<Column>... groups) {
        var columns = new ArrayList<Column>();
        for (var group : groups) columns.addAll(group);
        return List.copyOf(columns);
    }

    /** A name that ends with {@code !} is of a column that has to be filled. */
    private static Column column(String name, Type type, Set<EntityKind> targets) {
        boolean required = name.endsWith("!");
        return new Column(required ? name.substring(0, name.length() - 1) : name, type, required, targets);
    }

    private static List<Column> texts(String... names) {
        return List.of(names).stream()
                .map(name -> column(name, Type.TEXT, Set.of()))
                .toList();
    }

    private static List<Column> names(String... names) {
        return texts(names);
    }

    private static List<Column> lists(String... names) {
        return List.of(names).stream()
                .map(name -> column(name, Type.TEXTS, Set.of()))
                .toList();
    }

    private static List<Column> ids(String name, EntityKind... targets) {
        return List.of(column(name, Type.IDS, Set.of(targets)));
    }

    private static List<Column> id(String name, EntityKind target) {
        return List.of(column(name, Type.ID, Set.of(target)));
    }

    private static List<Column> point() {
        return List.of(column("lat", Type.LATITUDE, Set.of()), column("lon", Type.LONGITUDE, Set.of()));
    }

    private static List<Column> held() {
        return of(ids("peoples", PEOPLE), texts("place_text"), ids("provinces_63", PLACE), ids("provinces_34", PLACE));
    }
}
