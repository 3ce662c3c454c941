package org.thocam.api;

import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Shown;
import org.thocam.ontology.entity.FaultyEntitiesException;
import org.thocam.ontology.graph.EntityShapes;

/** What is wrong with an entity, as a problem document. */
final class EntityProblems {
    private static final int MOST = 100;

    private EntityProblems() {}

    static Problem of(FaultyEntitiesException faulty) {
        var said = ItemJson.MAPPER.createObjectNode();
        var errors = said.putArray("errors");
        for (var fault : faulty.faults()) {
            if (errors.size() == MOST) break;
            var error = errors.addObject();
            EntityShapes.shapeOf(fault).ifPresent(shape -> error.put("shape", shape));
            if (!fault.entity().isEmpty()) error.put("entity", fault.entity());
            error.put("path", fault.column())
                    .put("pointer", fault.column().isEmpty() ? "" : "/" + fault.column())
                    .put("value", Shown.of(fault.found()))
                    .put("message", fault.message())
                    .put("detail", "want " + fault.expected());
            EntityShapes.inVietnamese(fault).ifPresent(expected -> error.put("detailVi", "cần " + expected));
        }
        int more = faulty.faults().size() - errors.size();
        if (more > 0) said.put("more", more);
        return Problem.of(ProblemType.INVALID_ENTITY, faulty.getMessage()).saying(said);
    }
}
