package org.thocam.ontology.linking.find;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thocam.ontology.Shown;
import org.thocam.ontology.entity.EntityKind;

/**
 * Which entities are looked for: what has such a name and passes every filter.
 *
 * @param text a name in any script, at most 500 characters; empty for all that pass
 * @param kinds empty for all
 * @param people id; entities that name it or that it names, such as its languages
 * @param place id; what lies in it, and what one of its columns puts into it or into a place within it
 * @param language id or ISO 639-3 code, as {@code people}
 * @param script id or ISO 15924 code, as {@code people}
 * @param bbox only entities with a point of their own: that of a province is not where its festivals are held
 * @param near likewise
 * @param where columns with the value they have to have, or to have among others
 * @param size 0 to 1,000 hits
 * @param offset how many of the best are left out
 */
public record EntityQuery(
        String text,
        Set<EntityKind> kinds,
        Optional<String> people,
        Optional<String> place,
        Optional<String> language,
        Optional<String> script,
        Optional<Box> bbox,
        Optional<Near> near,
        Map<String, String> where,
        int size,
        int offset) {
    private static final int LONGEST = 500;
    private static final int MOST = 1_000;

    /** @throws IllegalArgumentException if a bound is passed, or a column of {@code where} is in none of the kinds */
    public EntityQuery {
        text = bounded(text);
        kinds = Set.copyOf(kinds);
        where = Map.copyOf(where);
        if (size < 0 || size > MOST) throw new IllegalArgumentException("size " + size + ": want 0 to " + MOST);
        if (offset < 0) throw new IllegalArgumentException("offset " + offset + ": want 0 or more");
        language = language.map(code -> code.matches("[a-z]{3}") ? "LG-" + code : code);
        script = script.map(code -> code.matches("[A-Z][a-z]{3}") ? "SC-" + code : code);
        for (var column : where.keySet()) known(column, kinds);
    }

    static String bounded(String text) {
        var stripped = text.strip();
        if (stripped.length() > LONGEST)
            throw new IllegalArgumentException(
                    "a name of " + stripped.length() + " characters: want at most " + LONGEST);
        return stripped;
    }

    static void known(String column, Set<EntityKind> kinds) {
        for (var kind : kinds.isEmpty() ? Set.of(EntityKind.values()) : kinds)
            if (kind.columns().stream().anyMatch(one -> one.name().equals(column))) return;
        throw new IllegalArgumentException("column '" + Shown.of(column) + "' is in no table of "
                + (kinds.isEmpty()
                        ? "entities"
                        : kinds.stream().sorted().map(EntityKind::table).toList())
                + ": want one of their columns");
    }

    /** All entities, 20 of them. */
    public static EntityQuery all() {
        var none = Optional.<String>empty();
        return new EntityQuery(
                "", Set.of(), none, none, none, none, Optional.empty(), Optional.empty(), Map.of(), 20, 0);
    }

    public EntityQuery withText(String that) {
        return new EntityQuery(that, kinds, people, place, language, script, bbox, near, where, size, offset);
    }

    public EntityQuery withKinds(Set<EntityKind> those) {
        return new EntityQuery(text, those, people, place, language, script, bbox, near, where, size, offset);
    }

    public EntityQuery withPeople(String id) {
        return new EntityQuery(text, kinds, Optional.of(id), place, language, script, bbox, near, where, size, offset);
    }

    public EntityQuery withPlace(String id) {
        return new EntityQuery(text, kinds, people, Optional.of(id), language, script, bbox, near, where, size, offset);
    }

    public EntityQuery withLanguage(String id) {
        return new EntityQuery(text, kinds, people, place, Optional.of(id), script, bbox, near, where, size, offset);
    }

    public EntityQuery withScript(String id) {
        return new EntityQuery(text, kinds, people, place, language, Optional.of(id), bbox, near, where, size, offset);
    }

    public EntityQuery within(Box box) {
        return new EntityQuery(
                text, kinds, people, place, language, script, Optional.of(box), near, where, size, offset);
    }

    public EntityQuery near(Near point) {
        return new EntityQuery(
                text, kinds, people, place, language, script, bbox, Optional.of(point), where, size, offset);
    }

    public EntityQuery where(String column, String value) {
        var more = new java.util.HashMap<>(where);
        more.put(column, value);
        return new EntityQuery(text, kinds, people, place, language, script, bbox, near, more, size, offset);
    }

    /** Another page of the same. */
    public EntityQuery page(int thatSize, int thatOffset) {
        return new EntityQuery(text, kinds, people, place, language, script, bbox, near, where, thatSize, thatOffset);
    }
}
