package org.thocam.api;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thocam.index.search.SegmentRequest;
import org.thocam.index.search.SegmentResponse;
import org.thocam.index.search.SegmentResponse.Found;
import org.thocam.index.search.SegmentResponse.Hit;
import org.thocam.ontology.Archived;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Item;
import org.thocam.ontology.Rights;
import org.thocam.ontology.Viewer;

/** The passages that one viewer may see at this moment. */
record VisibleSegments(Library library, Clock clock) {
    /**
     * What the index finds, less what may no longer be seen: what was acknowledged since the index was told holds already. A recording that the
     * viewer may not have is not named.
     */
    SegmentResponse search(SegmentRequest request, Viewer viewer) {
        var found = library.segments().search(request, viewer, clock.instant());
        var kept = found.items().stream()
                .flatMap(hit -> seen(hit, viewer).stream())
                .toList();
        return new SegmentResponse(
                found.total() - (found.items().size() - kept.size()), kept, found.facets(), found.next());
    }

    private Optional<Hit> seen(Hit hit, Viewer viewer) {
        var now = clock.instant();
        var head = library.archive().head(hit.item().id());
        if (head.isEmpty()
                || !(head.get().holding() instanceof Item item)
                || !item.access().allows(viewer, now)) return Optional.empty();
        if (isBehind(head.get(), hit) && !viewer.seesAll() && !item.consents().isEmpty()) return Optional.empty();
        var playable = new Rights(item)
                .seenBy(viewer, now).files().stream().map(Bitstream::name).collect(Collectors.toSet());
        List<Found> segments = hit.segments().stream()
                .map(one -> playable.contains(one.recording()) ? one : one.withoutRecording())
                .map(one -> playable.contains(one.file()) ? one : one.withoutFile())
                .toList();
        return Optional.of(new Hit(hit.item(), hit.found(), segments));
    }

    /** The index does not know yet who may see what. */
    private static boolean isBehind(Archived head, Hit hit) {
        return !head.version().equals(hit.item().version());
    }
}
