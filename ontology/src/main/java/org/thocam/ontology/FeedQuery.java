package org.thocam.ontology;

import java.time.Instant;
import java.util.Optional;

/**
 * What a harvester asks for. Bounds are inclusive, in whole seconds; {@code set} takes in its sub-sets.
 *
 * @param after the last entry of the page before: only later ones (by datestamp, then id) are wanted
 */
public record FeedQuery(
        Optional<Instant> from, Optional<Instant> until, Optional<String> set, Optional<Key> after, int limit) {
    public record Key(Instant datestamp, ItemId id) {}

    public FeedQuery page(Key last) {
        return new FeedQuery(from, until, set, Optional.of(last), limit);
    }
}
