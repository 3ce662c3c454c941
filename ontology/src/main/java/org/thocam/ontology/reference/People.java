package org.thocam.ontology.reference;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One of the peoples of Viet Nam (Decision 121-TCTK/PPCĐ of 1979), by the id that our records use.
 *
 * @param id such as {@code EG03}
 * @param autonyms the names it uses for itself
 * @param otherNames variants, and names others used, without those that are dated or pejorative; to be read, not to be written
 * @param languages ISO 639-3
 */
public record People(
        String id,
        String nameVi,
        String nameEn,
        List<String> autonyms,
        List<String> otherNames,
        List<String> languages) {
    private static final Map<String, People> BY_ID = Table.rows("peoples.tsv").stream()
            .map(row -> new People(
                    row.get("id"),
                    row.get("name_vi"),
                    row.get("name_en"),
                    Table.lists(row, "autonyms"),
                    Table.lists(row, "name_variants", "other_names"),
                    Table.ids(row, "languages", "LG-")))
            .collect(Collectors.toUnmodifiableMap(People::id, Function.identity()));
    private static final Map<String, List<People>> BY_NAME = BY_ID.values().stream()
            .flatMap(people -> Stream.of(
                            Stream.of(people.nameVi, people.nameEn),
                            people.autonyms.stream(),
                            people.otherNames.stream())
                    .flatMap(Function.identity())
                    .map(People::key)
                    .distinct()
                    .map(key -> Map.entry(key, people)))
            .collect(Collectors.groupingBy(
                    Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));

    public static Optional<People> ofId(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    /** The one people that has this name in any of our tables, whatever its case; empty where there is none, or more than one. */
    public static Optional<People> named(String name) {
        var found = BY_NAME.getOrDefault(key(name), List.of());
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** The Vietnamese name of a people that has one, else the id itself: for showing. */
    public static String shown(String id) {
        return ofId(id).map(People::nameVi).orElse(id);
    }

    private static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
