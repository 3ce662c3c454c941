package org.thocam.ontology;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The one way in: extraction, deposit, log. Whoever holds a finished receipt may rely on it after a loss of power. */
public interface Intake {
    /**
     * Takes a submission in; blocks while too many are under way.
     *
     * @param basis the version the depositor read, or empty for "whatever is there"
     * @return completes when it is durable; fails with {@link StaleVersionException} or {@link ArchiveException}
     */
    CompletableFuture<Receipt> take(Submission submission, Optional<Version> basis, String agent);

    /**
     * Keeps a part of an item, or an item whose files its owner reads itself, with these files and no others; blocks while too many are
     * under way. The same promise as {@link #take}, but nothing is read out of the files, and the same again is another version.
     *
     * @param contents by path inside the object; {@link Content.Kept} is of the basis, or of "whatever is there"
     * @param basis the version the depositor read, {@link Version#NONE} for one that must be new, or empty for "whatever is there"
     */
    CompletableFuture<Receipt> keep(
            Holding holding, Map<String, Content> contents, Optional<Version> basis, String agent);

    /** Leaves a tombstone; the same promise as {@link #take}. */
    CompletableFuture<Receipt> withdraw(ItemId id, Optional<Version> basis, String reason, String agent);
}
