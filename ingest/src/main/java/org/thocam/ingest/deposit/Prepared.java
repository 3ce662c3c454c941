package org.thocam.ingest.deposit;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.thocam.ontology.Content;
import org.thocam.ontology.Holding;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Receipt;
import org.thocam.ontology.Version;

/**
 * A submission that is ready for the archive.
 *
 * @param basis the version that the depositor read; empty for "whatever is there"
 * @param seen the version that it was prepared over, {@link Version#NONE} for a new one
 * @param text the whole text, so that the views need not read it back
 * @param receipt what to acknowledge once it is durable; the version is filled in then
 */
record Prepared(
        Holding holding,
        Optional<Version> basis,
        Version seen,
        String agent,
        Map<String, Content> contents,
        String text,
        Receipt receipt,
        CompletableFuture<Receipt> done) {
    ItemId id() {
        return holding.id();
    }

    Receipt receiptFor(Version version) {
        return new Receipt(receipt.source(), id(), version, receipt.state(), receipt.reason(), receipt.inner());
    }
}
