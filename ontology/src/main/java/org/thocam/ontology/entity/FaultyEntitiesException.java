package org.thocam.ontology.entity;

import java.util.List;
import java.util.stream.Collectors;

/** Tables or edits that cannot be taken: nothing of them was. */
public final class FaultyEntitiesException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int SHOWN = 20;
    /** How many faults are gathered before reading stops. */
    static final int MOST = 1_000;

    private final transient List<Fault> faults;

    public FaultyEntitiesException(List<Fault> faults) {
        super(faults.stream().limit(SHOWN).map(Fault::message).collect(Collectors.joining("\n"))
                + (faults.size() > SHOWN ? "\nand " + (faults.size() - SHOWN) + " more" : ""));
        this.faults = List.copyOf(faults);
    }

    public List<Fault> faults() {
        return faults;
    }
}
