package org.thocam.ontology;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * One acknowledged change, in its place in the order of all changes.
 *
 * @param seq its place, from 1; the order is that of {@code at}
 * @param at when it was given its place, UTC, different for every change
 * @param sets the OAI-PMH sets it is in, see {@link SetSpecs}
 * @param digest of what was handed in; empty for a withdrawal
 */
public record Change(
        long seq, ItemId id, Version version, Kind kind, Instant at, Access access, List<String> sets, String digest) {
    public enum Kind {
        DEPOSITED,
        WITHDRAWN
    }

    public Change {
        sets = List.copyOf(sets);
    }

    /** OAI-PMH's datestamp: UTC, whole seconds. */
    public Instant datestamp() {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Of a part of an item: no feed, list or view of items has it. */
    public boolean isPart() {
        return id.isPart();
    }

    public Change at(long place) {
        return new Change(place, id, version, kind, at, access, sets, digest);
    }

    public static Change of(Archived archived) {
        var holding = archived.holding();
        return new Change(
                0,
                holding.id(),
                archived.version(),
                holding instanceof Tombstone ? Kind.WITHDRAWN : Kind.DEPOSITED,
                archived.at(),
                holding.access(),
                holding instanceof Item item ? SetSpecs.of(item) : holding.sets(),
                holding instanceof Item item ? item.digest() : holding instanceof Part part ? part.digest() : "");
    }
}
