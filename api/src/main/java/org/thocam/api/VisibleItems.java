package org.thocam.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemException;
import org.thocam.api.problem.ProblemType;
import org.thocam.index.search.SearchRequest;
import org.thocam.index.search.SearchResponse;
import org.thocam.ontology.Archived;
import org.thocam.ontology.Change;
import org.thocam.ontology.Holding;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Rights;
import org.thocam.ontology.Shown;
import org.thocam.ontology.Tombstone;
import org.thocam.ontology.Version;
import org.thocam.ontology.Viewer;

/** The archive as one viewer may see it at this moment: what is hidden is not there, whatever is asked. */
record VisibleItems(Library library, Clock clock) {
    private static final int HEADS = 500;

    /**
     * The item of a version, always an {@link Item} and never a tombstone.
     *
     * @param item as the viewer may see it: see {@link Rights#seenBy}
     */
    record Visible(Archived archived, Item item) {
        /** All of it, for what is decided and kept. */
        Item whole() {
            return (Item) archived.holding();
        }

        Version version() {
            return archived.version();
        }

        Instant datestamp() {
            return archived.at().truncatedTo(ChronoUnit.SECONDS);
        }
    }

    static Optional<ItemId> id(String text) {
        try {
            return Optional.of(ItemId.ofItem(text));
        } catch (IllegalArgumentException e) {
            // What is no id names nothing: the answer is 404, as for any other unknown address.
            return Optional.empty();
        }
    }

    /**
     * What the index finds, less what may no longer be seen: a restriction or a withdrawal holds from the moment it is acknowledged,
     * not from when the index has caught up with it.
     */
    SearchResponse search(SearchRequest asked, Viewer viewer) {
        var now = clock.instant();
        var found = library.index().search(asked, viewer, now);
        var kept = found.items().stream()
                .filter(hit -> library.log()
                        .headOf(hit.id())
                        .filter(head -> head.kind() == Change.Kind.DEPOSITED
                                && head.access().allows(viewer, now))
                        .isPresent())
                .toList();
        // Solr's own words count documents, hidden ones too
        if (!viewer.seesAll())
            kept.forEach(hit -> {
                if (hit.explanation() instanceof ObjectNode said) said.remove("solr");
            });
        return new SearchResponse(
                found.total() - (found.items().size() - kept.size()), kept, found.facets(), found.next());
    }

    /** The current version, or a problem: 404 for unknown and for hidden, 410 for withdrawn. */
    Visible current(ItemId id, Viewer viewer) {
        var head = library.archive().head(id).orElseThrow(() -> absent(id));
        if (head.holding() instanceof Item item) {
            if (!allows(item, viewer)) throw absent(id);
            return visible(head, viewer);
        }
        throw withdrawn(head, viewer);
    }

    Visible visible(Archived archived, Viewer viewer) {
        return new Visible(archived, new Rights((Item) archived.holding()).seenBy(viewer, clock.instant()));
    }

    /** A version by number. While the current one is hidden or withdrawn, earlier ones are too. */
    Visible version(ItemId id, Version version, Viewer viewer) {
        var now = current(id, viewer).whole();
        return library.archive()
                .read(id, version)
                .filter(archived -> archived.holding() instanceof Item item && allows(item, now, viewer))
                .map(archived -> visible(archived, viewer))
                .orElseThrow(
                        () -> Problem.of(ProblemType.NOT_FOUND, "item " + id + " has no version " + version.number())
                                .thrown());
    }

    /** All versions that the viewer may see, the oldest first. */
    List<Visible> versions(ItemId id, Viewer viewer) {
        var now = current(id, viewer).whole();
        return library.archive().versions(id).stream()
                .filter(archived -> archived.holding() instanceof Item item && allows(item, now, viewer))
                .map(archived -> visible(archived, viewer))
                .toList();
    }

    /** What was shown before somebody's consent came, or changed, is not shown any more. */
    private boolean allows(Item then, Item now, Viewer viewer) {
        return allows(then, viewer) && (viewer.seesAll() || then.consents().containsAll(now.consents()));
    }

    /** Calls with each item that the viewer may see, by id, until it has had enough. */
    void forEach(Optional<ItemId> after, Viewer viewer, Predicate<Change> more) {
        var last = after.orElse(null);
        var now = clock.instant();
        while (true) {
            var heads = library.log().heads(last, HEADS);
            for (var head : heads) {
                boolean seen =
                        head.kind() == Change.Kind.DEPOSITED && head.access().allows(viewer, now);
                if (seen && !more.test(head)) return;
            }
            if (heads.size() < HEADS) return;
            last = heads.get(heads.size() - 1).id();
        }
    }

    /** The items that this viewer may not see. */
    List<ItemId> hidden(Viewer viewer) {
        if (viewer.seesAll()) return List.of();
        var now = clock.instant();
        return library.log().notOpen().stream()
                .filter(change -> change.kind() == Change.Kind.DEPOSITED)
                .filter(change -> !change.access().allows(viewer, now))
                .map(Change::id)
                .toList();
    }

    long size(Viewer viewer) {
        return library.log().items() - hidden(viewer).size();
    }

    boolean allows(Holding item, Viewer viewer) {
        return item.access().allows(viewer, clock.instant());
    }

    /** Whoever might not see the item before it was withdrawn does not hear of it now. */
    private ProblemException withdrawn(Archived head, Viewer viewer) {
        var tombstone = (Tombstone) head.holding();
        var id = tombstone.id();
        if (!tombstone.access().allows(viewer, clock.instant())) return absent(id);
        return Problem.of(ProblemType.GONE, "item " + id + " was withdrawn")
                .saying(Map.of(
                        "id", id.value(),
                        "version", String.valueOf(head.version().number()),
                        "withdrawn", head.at().truncatedTo(ChronoUnit.SECONDS).toString(),
                        "reason", tombstone.reason()))
                .with("ETag", '"' + EntityTags.of(head) + '"')
                .thrown();
    }

    static ProblemException absent(ItemId id) {
        return Problem.of(ProblemType.NOT_FOUND, "there is no item " + id).thrown();
    }

    static ProblemException absent(String text) {
        return Problem.of(ProblemType.NOT_FOUND, "there is no item '" + Shown.of(text) + "'")
                .thrown();
    }
}
