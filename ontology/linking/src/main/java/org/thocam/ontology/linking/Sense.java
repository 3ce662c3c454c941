package org.thocam.ontology.linking;

import java.util.Locale;
import org.thocam.ontology.entity.EntityKind;

/** What a word beside a name says that the name is. */
enum Sense {
    PEOPLE,
    LANGUAGE,
    COUNTRY,
    PROVINCE,
    DISTRICT,
    TOWN,
    /** Somewhere, as after {@code ở}. */
    LOCATION,
    FESTIVAL,
    CRAFT,
    CUSTOM,
    /** Inscribed or nominated. */
    HERITAGE,
    /** A person, a firm, a river: none of ours. */
    PERSON,
    ORGANISATION,
    WATER,
    /** A unit as it was before July 2025, or as it is since. */
    OLD,
    NEW;

    static Sense ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether an entity is what the word says; {@code id} tells a country from a province. */
    boolean fits(EntityKind kind, String id) {
        return switch (this) {
            case PEOPLE -> kind == EntityKind.PEOPLE;
            case LANGUAGE -> kind == EntityKind.LANGUAGE;
            case COUNTRY -> id.startsWith("PC-");
            case PROVINCE -> id.startsWith("P63-") || id.startsWith("P34-") || id.startsWith("PH-");
            case DISTRICT -> kind == EntityKind.PLACE && id.startsWith("PD-");
            case TOWN -> kind == EntityKind.PLACE && !id.startsWith("PC-") && !id.startsWith("PR-");
            case LOCATION -> kind == EntityKind.PLACE;
            case OLD -> id.startsWith("P63-") || id.startsWith("PH-");
            case NEW -> id.startsWith("P34-");
            case FESTIVAL, CUSTOM ->
                kind == EntityKind.FESTIVAL || kind == EntityKind.CUSTOM || kind == EntityKind.HERITAGE;
            case CRAFT -> kind == EntityKind.CRAFT || kind == EntityKind.FESTIVAL || kind == EntityKind.HERITAGE;
            case HERITAGE -> kind == EntityKind.HERITAGE;
            case PERSON, ORGANISATION, WATER -> false;
        };
    }
}
