package org.thocam.cli;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.thocam.ingest.view.CatchUp;
import org.thocam.ontology.Change;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Projection;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Version;
import org.thocam.ontology.Watermark;

/**
 * A view that is made from what another one shows, and so comes after it.
 *
 * @param first brings that other one up
 * @param needs the changes that cannot be shown before
 */
record Behind(Projection view, CatchUp first, Predicate<Change> needs) implements Projection {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Override
    public String name() {
        return view.name();
    }

    @Override
    public Watermark watermark() {
        return view.watermark();
    }

    @Override
    public boolean shows(Change change) {
        return view.shows(change);
    }

    @Override
    public boolean passesBy(Change change) {
        return view.passesBy(change);
    }

    @Override
    public boolean holds(Change change) {
        return view.holds(change);
    }

    @Override
    public void apply(List<Snapshot> batch, Watermark upTo) {
        try {
            boolean needed = batch.stream().map(Snapshot::change).anyMatch(needs);
            if (needed && !first.hurry(upTo.seq(), PATIENCE))
                throw new IllegalStateException("the lexicons are not there yet: " + first.fault());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the lexicons", e);
        }
        view.apply(batch, upTo);
    }

    @Override
    public void rest() {
        view.rest();
    }

    @Override
    public void clear() {
        view.clear();
    }

    @Override
    public void forEachHeld(BiConsumer<ItemId, Version> consumer) {
        view.forEachHeld(consumer);
    }

    @Override
    public void close() {
        view.close();
    }
}
