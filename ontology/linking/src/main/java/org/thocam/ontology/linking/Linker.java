package org.thocam.ontology.linking;

import java.util.List;
import org.thocam.ontology.Item;
import org.thocam.ontology.Mention;
import org.thocam.ontology.entity.Register;

/** Finds the entities that an item's text and description name. Cannot be changed; any number of threads may use it. */
public final class Linker {
    private Linker() {}

    /** A linker for the entities as they are in a register. */
    public static Linker of(Register register) {
        return new Linker();
    }

    /**
     * What an item names, decisions of curators applied, in the order of fields and places.
     *
     * @param text of the item, as it stands in the archive
     */
    public List<Mention> mentions(Item item, String text) {
        return List.of();
    }

    /** Two linkers of the same edition find the same in the same item: a digest of the names and of the rules. */
    public String edition() {
        return "0";
    }
}
