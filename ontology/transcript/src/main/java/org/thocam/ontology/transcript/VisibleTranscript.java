package org.thocam.ontology.transcript;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Item;
import org.thocam.ontology.Rights;
import org.thocam.ontology.Viewer;

/**
 * A transcript as one viewer may have it at one moment: without the segments that are not theirs to see and without what hangs on those; without
 * tiers of which nothing is left; speakers and tiers under the names that others are to see; recordings that the viewer may not have are not named.
 * Names are replaced for everybody: whoever may see the real ones finds them in the original.
 *
 * @param transcript what is left, whole in itself: it can be written in any format
 * @param passages what is left of them, by the numbers that they have in the whole file
 * @param recordings that it is of and that the viewer may have, in the order in which the transcript names them
 */
public record VisibleTranscript(Transcript transcript, List<Passage> passages, List<Recording> recordings) {
    private static final int GONE = -1;

    public VisibleTranscript {
        passages = List.copyOf(passages);
        recordings = List.copyOf(recordings);
    }

    /**
     * @param item with all its files and consents; that the viewer may see it at all is the caller's to know
     * @param file name of the transcript in the item
     * @param whole as the archive keeps it
     */
    public static VisibleTranscript of(Item item, String file, Transcript whole, Viewer viewer, Instant now) {
        return new Reduction(item, file, whole, viewer, now).visible();
    }

    /** Whether there is nothing to be seen of it. */
    public boolean isEmpty() {
        return passages.isEmpty();
    }

    /** Times of the transcript as times of a recording; what ends before the recording begins is gone. */
    public Transcript playedFrom(long origin) {
        if (origin == 0) return transcript;
        var segments = transcript.segments();
        var kept = new int[segments.size()];
        int count = 0;
        for (int i = 0; i < kept.length; i++) {
            var span = segments.get(i).span();
            kept[i] = span.isPresent() && span.get().end() + origin < 0 ? GONE : count++;
        }
        var moved = new ArrayList<Segment>(count);
        for (int i = 0; i < kept.length; i++) {
            if (kept[i] == GONE) continue;
            var segment = segments.get(i);
            moved.add(new Segment(
                    segment.tier(),
                    segment.span()
                            .map(span ->
                                    new Span(Math.max(0, span.start() + origin), span.end() + origin, span.derived())),
                    segment.text(),
                    segment.parent().map(parent -> kept[parent]).filter(parent -> parent != GONE),
                    segment.place(),
                    segment.region()));
        }
        return new Transcript(transcript.format(), transcript.media(), transcript.tiers(), moved, List.of());
    }

    private static final class Reduction {
        private final Item item;
        private final String file;
        private final Transcript whole;
        private final Viewer viewer;
        private final Instant now;
        private final Rights rights;
        /** By segment of the whole: its number in what is left. */
        private final int[] segments;
        /** By tier of the whole: its number in what is left. */
        private final int[] tiers;

        Reduction(Item item, String file, Transcript whole, Viewer viewer, Instant now) {
            this.item = item;
            this.file = file;
            this.whole = whole;
            this.viewer = viewer;
            this.now = now;
            this.rights = new Rights(item);
            this.segments = new int[whole.segments().size()];
            this.tiers = new int[whole.tiers().size()];
        }

        VisibleTranscript visible() {
            // what stands on pages is not heard, though there may be one recording beside it
            boolean paged = whole.segments().stream()
                    .anyMatch(segment -> segment.region().isPresent());
            var recordings = (paged ? List.<Recording>of() : Recording.of(item, file, whole))
                    .stream().filter(recording -> mayHave(recording.file())).toList();
            if (item.consents().isEmpty()) return new VisibleTranscript(whole, Passage.of(whole), recordings);
            number();
            var passages = Passage.of(whole).stream()
                    .filter(passage -> passage.segments().stream().allMatch(segment -> segments[segment] != GONE))
                    .map(this::passage)
                    .toList();
            var left = new Transcript(whole.format(), media(), tiers(), segments(), List.of());
            return new VisibleTranscript(left, passages, recordings);
        }

        /** Which segments and tiers are left. */
        private void number() {
            boolean all = viewer.seesAll();
            var open = new boolean[tiers.length];
            // without a time everything that may concern the tier counts: the strictest of all that its segments have
            for (int tier = 0; tier < open.length; tier++) open[tier] = all || allows(tier, Optional.empty());
            var shown = new boolean[segments.length];
            var left = new boolean[tiers.length];
            for (int i = 0; i < shown.length; i++) {
                var segment = whole.segments().get(i);
                shown[i] = open[segment.tier()] || segment.span().isPresent() && allows(segment.tier(), segment.span());
            }
            withoutOrphans(shown);
            int count = 0;
            for (int i = 0; i < shown.length; i++) {
                segments[i] = shown[i] ? count++ : GONE;
                left[whole.segments().get(i).tier()] |= shown[i];
            }
            count = 0;
            for (int tier = 0; tier < left.length; tier++) tiers[tier] = left[tier] || open[tier] ? count++ : GONE;
        }

        private boolean allows(int tier, Optional<Span> span) {
            var of = whole.tiers().get(tier);
            return rights.to(file, of.name(), of.speaker(), span.map(Span::start), span.map(Span::end))
                    .allows(viewer, now);
        }

        /** A parent may stand behind its children, and a hostile file may hang segments in a circle. */
        private void withoutOrphans(boolean[] shown) {
            var settled = new boolean[shown.length];
            var path = new int[shown.length];
            for (int i = 0; i < shown.length; i++) {
                int length = 0;
                int at = i;
                while (!settled[at]) {
                    settled[at] = true;
                    path[length++] = at;
                    int up = whole.segments().get(at).parent().orElse(GONE);
                    if (up < 0 || up >= shown.length) break;
                    at = up;
                }
                boolean seen = length == 0 || shown[at];
                while (length > 0) {
                    int below = path[--length];
                    shown[below] &= seen;
                    seen = shown[below];
                }
            }
        }

        private List<Segment> segments() {
            var left = new ArrayList<Segment>();
            for (int i = 0; i < segments.length; i++) {
                if (segments[i] == GONE) continue;
                var segment = whole.segments().get(i);
                left.add(new Segment(
                        tiers[segment.tier()],
                        segment.span(),
                        segment.text(),
                        segment.parent()
                                .filter(parent -> parent >= 0 && parent < segments.length)
                                .map(parent -> segments[parent]),
                        segment.place(),
                        segment.region()));
            }
            return left;
        }

        private Passage passage(Passage passage) {
            return new Passage(
                    passage.number(),
                    tiers[passage.tier()],
                    passage.span(),
                    passage.region(),
                    passage.text(),
                    passage.segments().stream()
                            .map(segment -> segments[segment])
                            .toList());
        }

        private List<Tier> tiers() {
            var names = new PassageRights(item, file, whole);
            var left = new ArrayList<Tier>();
            for (int i = 0; i < tiers.length; i++) {
                if (tiers[i] == GONE) continue;
                var tier = names.shown(whole.tiers().get(i));
                var attributes = new LinkedHashMap<String, String>();
                tier.attributes().forEach((name, value) -> attributes.put(name, rights.shownTier(rights.shown(value))));
                left.add(new Tier(
                        tier.name(),
                        tier.role(),
                        tier.parent()
                                .filter(parent -> parent >= 0 && parent < tiers.length)
                                .map(parent -> tiers[parent])
                                .filter(parent -> parent != GONE),
                        tier.speaker(),
                        tier.language(),
                        attributes));
            }
            return left;
        }

        private List<Medium> media() {
            Set<String> hidden = item.files().stream()
                    .filter(one -> !mayHave(one))
                    .map(one -> Recording.last(one.name()))
                    .collect(Collectors.toSet());
            return whole.media().stream()
                    .filter(medium -> !hidden.contains(Recording.last(medium.name())))
                    .map(medium -> new Medium(rights.shownTier(medium.name()), medium.mediaType(), medium.origin()))
                    .toList();
        }

        private boolean mayHave(Bitstream one) {
            return rights.to(one).allows(viewer, now);
        }
    }
}
