package org.thocam.ontology.entity;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an entity is, told by how its id begins; each kind has a table of its own with these columns. */
public enum EntityKind {
    /** One of the 54 peoples of Decision 121-TCTK/PPCĐ of 1979. */
    PEOPLE("peoples", "EG[0-9]{2,4}"),
    /** A language; its ISO 639-3 code follows the dash. */
    LANGUAGE("languages", "LG-[a-z]{3}"),
    /** A script; its ISO 15924 code follows the dash. */
    SCRIPT("scripts", "SC-[A-Z][a-z]{3}"),
    /** A language written in a script. */
    ORTHOGRAPHY("orthographies", "OR-[a-z]{3}-[A-Z][a-z]{3}"),
    /** A province before ({@code P63}) or since ({@code P34}) July 2025, a district or commune, a site, a unit of the past, a region, a country. */
    PLACE("places", "P(63|34|D|S|H|R|C)-[A-Za-z0-9]{1,60}"),
    FESTIVAL("festivals", "FE[0-9]{3,5}"),
    /** A craft, an instrument, a food, a costume, a performing art. */
    CRAFT("crafts", "CR[0-9]{3,5}"),
    CUSTOM("customs", "CU[0-9]{3,5}"),
    /** An inscription in a list of heritage. */
    HERITAGE("heritage", "HE[0-9]{3,5}");

    private static final EntityKind[] ALL = values();

    private final String table;
    private final Pattern id;

    EntityKind(String table, String id) {
        this.table = table;
        this.id = Pattern.compile(id);
    }

    /** The name of its table, without the ending. */
    public String table() {
        return table;
    }

    /** In lower case, as the API says it: {@code people}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<EntityKind> ofWord(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /** The kind of what has such an id; empty where no entity can have it. */
    public static Optional<EntityKind> ofId(String id) {
        if (id.isEmpty()) return Optional.empty();
        for (var kind : ALL)
            if (kind.idPattern().charAt(0) == id.charAt(0)
                    && kind.id.matcher(id).matches()) return Optional.of(kind);
        return Optional.empty();
    }

    /** How its ids look, as a regular expression. */
    public String idPattern() {
        return id.pattern();
    }

    /** The columns of its table, in their order; {@code id}, {@code sources}, {@code confidence} and {@code confidence_by_column} are in every table. */
    public List<Column> columns() {
        return Columns.of(this);
    }
}
