package org.thocam.ontology.entity;

import java.util.Optional;

/** Somebody else changed the entity after the state that this change was made on. */
public final class StaleEntityException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StaleEntityException(String message) {
        super(message);
    }

    StaleEntityException(String id, Optional<String> on, Optional<String> now) {
        super(
                now.isEmpty()
                        ? "there is no entity " + id + " to change"
                        : on.isEmpty()
                                ? "there is an entity " + id + " already; read it, then change it"
                                : "entity " + id + ": the change was made on " + on.get() + ", now it is " + now.get()
                                        + ". Read it again, then repeat the change.");
    }
}
