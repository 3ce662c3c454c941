package org.thocam.ontology.entity;

import java.util.List;

final class TableMerge {
    record Result(Register merged, List<Object> changes, List<Object> conflicts) {}

    static Result merge(Register base, Register current, Register theirs, boolean preferTheirs) {
        return new Result(theirs, List.of(), List.of());
    }
}
