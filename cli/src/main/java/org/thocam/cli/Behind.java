package org.thocam.cli;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.thocam.ingest.view.CatchUp;
import org.thocam.ontology.Change;
import org.thocam.ontology.Projection;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.Watermark;

/** A view that is made from what another one shows, and so comes after it. */
final class Behind extends Around {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final CatchUp first;
    private final Predicate<Change> needs;

    /**
     * @param first brings that other one up
     * @param needs the changes that cannot be shown before
     */
    Behind(Projection view, CatchUp first, Predicate<Change> needs) {
        super(view);
        this.first = first;
        this.needs = needs;
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
        super.apply(batch, upTo);
    }
}
