package org.thocam.ontology;

import java.time.Instant;
import java.util.Map;

/**
 * The next state of an item, whole: what is not named here is not in the new version (and stays readable in the old ones).
 *
 * @param basis the version the depositor read, {@link Version#NONE} for a new item
 * @param at the change's place in time; see {@link Change#at}
 * @param agent who deposits
 * @param contents by path inside the object: {@code files/...} originals, {@code text/...} extracted text, {@code derivatives/...}
 */
public record Deposit(Holding holding, Version basis, Instant at, String agent, Map<String, Content> contents) {
    public Deposit {
        contents = Map.copyOf(contents);
    }

    public ItemId id() {
        return holding.id();
    }
}
