package org.thocam.ontology.entity;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What is wrong with a row or with an entity.
 *
 * @param table its name, empty for an edit of one entity
 * @param line from 1, the head included; 0 where it is of no line
 * @param entity id, empty where it has none
 * @param column whose cell it is, empty for the whole row
 * @param found what stands there
 * @param expected what should
 * @param shape IRI of the SHACL shape that it breaks; empty where it breaks the table's form
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Fault(String table, int line, String entity, String column, String found, String expected, String shape) {
    /** One line for people: where, what was found, what is expected. */
    public String message() {
        var where = table.isEmpty()
                ? entity
                : table + (line > 0 ? ":" + line : "") + (entity.isEmpty() ? "" : " " + entity);
        return where + (column.isEmpty() ? "" : ", " + column) + ": found '" + org.thocam.ontology.Shown.of(found)
                + "', want " + expected;
    }
}
