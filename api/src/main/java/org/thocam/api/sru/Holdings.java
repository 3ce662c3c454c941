package org.thocam.api.sru;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.thocam.index.search.SearchIndex;
import org.thocam.ontology.Archive;
import org.thocam.ontology.Change;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Rights;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Links;

/**
 * The rooms that the door opens to, asked for at each request: a rebuild puts others in their place.
 *
 * @param lexicon whether an item is a dictionary whose entries can be had
 */
public record Holdings(
        Supplier<SearchIndex> index, Supplier<Archive> archive, Supplier<ChangeLog> log, Predicate<ItemId> lexicon) {

    /** The item as it is now; empty where it was hidden or withdrawn since the index was last told. */
    Optional<CatalogueRecord> record(ItemId id, Viewer viewer, Instant now, Links links) {
        boolean shown = log.get()
                .headOf(id)
                .filter(head -> head.kind() == Change.Kind.DEPOSITED)
                .filter(head -> head.access().allows(viewer, now))
                .isPresent();
        if (!shown) return Optional.empty();
        return archive.get()
                .head(id)
                .filter(head ->
                        head.holding() instanceof Item item && item.access().allows(viewer, now))
                .map(head -> new CatalogueRecord(
                        new Rights((Item) head.holding()).seenBy(viewer, now),
                        head.version(),
                        head.at(),
                        lexicon.test(id),
                        links));
    }
}
