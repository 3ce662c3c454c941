package org.thocam.api;

import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemException;
import org.thocam.api.problem.ProblemType;
import org.thocam.ontology.Shown;
import org.thocam.ontology.entity.Census;
import org.thocam.ontology.entity.Containment;
import org.thocam.ontology.entity.Entity;
import org.thocam.ontology.entity.Register;
import org.thocam.ontology.linking.find.EntitySearch;

/** The entities as they are at the moment, with what is made of all of them; made anew when they changed. */
final class CurrentEntities {
    private final Library library;
    private volatile View made;

    /** One state of the entities, and of nothing older or newer. */
    record View(Register register, Containment containment, Census census, EntitySearch search) {
        static View of(Register register) {
            return new View(register, Containment.of(register), Census.of(register), EntitySearch.of(register));
        }
    }

    CurrentEntities(Library library) {
        this.library = library;
    }

    View now() {
        var now = library.entities().register();
        var last = made;
        if (last == null || last.register != now) {
            synchronized (this) {
                now = library.entities().register();
                if (made == null || made.register != now) made = View.of(now);
                last = made;
            }
        }
        return last;
    }

    /** The entity, or a problem: 404 for one that never was, 410 for one that was deleted. */
    Entity entity(View view, String id) {
        return view.register.find(id).orElseThrow(() -> absent(id));
    }

    ProblemException absent(String id) {
        return library.entities()
                .gone(id)
                .map(gone -> {
                    var problem = Problem.of(
                            ProblemType.ENTITY_DELETED,
                            "entity " + id + " was deleted"
                                    + gone.replacedBy()
                                            .map(other -> "; " + other + " stands for it now")
                                            .orElse(""));
                    var said = org.thocam.ontology.ItemJson.MAPPER
                            .createObjectNode()
                            .put("id", id)
                            .put("deleted", gone.at().toString());
                    gone.replacedBy().ifPresent(other -> said.put("replacedBy", other));
                    return problem.saying(said).thrown();
                })
                .orElseGet(() -> Problem.of(ProblemType.NOT_FOUND, "there is no entity '" + Shown.of(id) + "'")
                        .thrown());
    }
}
