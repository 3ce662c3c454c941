package org.thocam.ontology.entity;

import java.util.Set;

/**
 * A column of a table of entities.
 *
 * @param required whether every row has to fill it
 * @param targets the kinds that an id in it may be of; empty for a column without ids
 */
public record Column(String name, Type type, boolean required, Set<EntityKind> targets) {
    /** What stands in a cell. */
    public enum Type {
        TEXT,
        /** Texts with {@code ;} between them. */
        TEXTS,
        /** The id of another entity. */
        ID,
        /** Ids of other entities with {@code ;} between them. */
        IDS,
        /** {@code YYYY-MM-DD}. */
        DATE,
        YEAR,
        /** WGS 84 degrees. */
        LATITUDE,
        LONGITUDE,
        /** When a festival is held; see {@code org.thocam.ontology.calendar}. */
        DATE_RULE
    }

    public boolean many() {
        return type == Type.TEXTS || type == Type.IDS;
    }

    public boolean points() {
        return type == Type.ID || type == Type.IDS;
    }
}
