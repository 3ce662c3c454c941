package org.thocam.ontology;

import java.util.List;
import java.util.TreeSet;
import org.thocam.ontology.reference.Language;
import org.thocam.ontology.reference.Province;

/**
 * The OAI-PMH sets that an item is in, from what is said of it: {@code collection:} with the sets its depositor named, {@code language:}
 * (ISO 639-3), {@code script:} (ISO 15924), {@code people:}, {@code province:} (today's, then the one of old within it) and
 * {@code type:} (DCMI). OAI-PMH 2.0, section 2.6.
 */
public final class SetSpecs {
    public static final String COLLECTION = "collection:";
    private static final String WORD = "[A-Za-z0-9\\-_.!~*'()]+";

    private SetSpecs() {}

    /** Sorted; without the ancestors, which a set of two levels or more has too. */
    public static List<String> of(Item item) {
        var sets = new TreeSet<String>();
        for (var set : item.sets()) sets.add(COLLECTION + set);
        for (var tag : item.languages()) {
            if (tag.undetermined()) continue;
            sets.add("language:" + Language.code(tag.value()));
            var script = Language.script(tag.value());
            if (!script.equals("Zyyy")) sets.add("script:" + script);
        }
        for (var people : item.people()) if (people.matches(WORD)) sets.add("people:" + people);
        item.place().ifPresent(place -> Province.namedIn(place.name())
                .forEach(province -> sets.add(
                        "province:" + province.today().id() + (province.current() ? "" : ":" + province.id()))));
        if (item.type().matches(WORD)) sets.add("type:" + item.type());
        return List.copyOf(sets);
    }

    /** The sets that the depositor named, as he named them, out of those that {@link #of} made. */
    public static List<String> collections(List<String> sets) {
        return sets.stream()
                .filter(set -> set.startsWith(COLLECTION))
                .map(set -> set.substring(COLLECTION.length()))
                .toList();
    }
}
