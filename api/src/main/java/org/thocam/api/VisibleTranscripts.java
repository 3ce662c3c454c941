package org.thocam.api;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.thocam.api.VisibleItems.Visible;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.dictionary.Lexicon;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Rights;
import org.thocam.ontology.Version;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.transcript.ArchivedTranscripts;
import org.thocam.ontology.transcript.Tier;
import org.thocam.ontology.transcript.Transcript;
import org.thocam.ontology.transcript.VisibleTranscript;

/**
 * The transcripts of items as one viewer may have them. The last ones are held whole, up to some hundred thousand segments in all, and reduced for
 * each request; few are read at a time, for one may have a million segments.
 */
final class VisibleTranscripts {
    /** Files of an item that are looked into. */
    static final int MOST_FILES = 200;

    private static final int READ_AT_ONCE = 2;
    private static final int PATIENCE_SECONDS = 20;
    private static final int MOST_HELD = 300_000;
    private static final int LARGEST_HELD = 100_000;
    private static final int ID_DIGITS = 12;

    private final Library library;
    private final Clock clock;
    private final Semaphore reading = new Semaphore(READ_AT_ONCE, true);
    private final LinkedHashMap<Key, Transcript> held = new LinkedHashMap<>(16, 0.75f, true);
    private int heldSegments;

    private record Key(ItemId id, Version version, String file) {}

    VisibleTranscripts(Library library, Clock clock) {
        this.library = library;
        this.clock = clock;
    }

    /**
     * A transcript that the viewer may have something of.
     *
     * @param original the file itself, where the viewer may have it
     */
    record Shown(String file, Optional<Bitstream> original, VisibleTranscript visible) {
        Transcript transcript() {
            return visible.transcript();
        }

        /** The tiers that have passages. */
        List<ShownTier> tiers() {
            var counts = new HashMap<Integer, Integer>();
            var timed = new HashMap<Integer, Integer>();
            for (var passage : visible.passages()) {
                counts.merge(passage.tier(), 1, Integer::sum);
                if (passage.span().isPresent()) timed.merge(passage.tier(), 1, Integer::sum);
            }
            var seen = new HashMap<String, Integer>();
            var shown = new ArrayList<ShownTier>();
            for (int i = 0; i < transcript().tiers().size(); i++) {
                var tier = transcript().tiers().get(i);
                int nth = seen.merge(tier.name(), 1, Integer::sum);
                if (counts.containsKey(i))
                    shown.add(new ShownTier(i, key(tier.name(), nth), tier, counts.get(i), timed.getOrDefault(i, 0)));
            }
            return shown;
        }
    }

    /**
     * @param index in the transcript that is left
     * @param key for addresses: made of its name, so that it stays the same for whoever may see more or less
     * @param passages that the viewer may see
     * @param timed those of them that have a time
     */
    record ShownTier(int index, String key, Tier tier, int passages, int timed) {
        /** The language of a tier as the file says it, where that is one. */
        Optional<LanguageTag> language() {
            if (tier.language().isBlank()) return Optional.empty();
            try {
                var tag = new LanguageTag(tier.language().strip().replace('_', '-'));
                return tag.undetermined() ? Optional.empty() : Optional.of(tag);
            } catch (IllegalArgumentException e) {
                // an input method or a word of somebody's own
                return Optional.empty();
            }
        }
    }

    /** One after the other, in the order of their names, at most {@link #MOST_FILES}; only one is in memory as long as nobody keeps more. */
    Stream<Shown> of(Visible found, Viewer viewer) {
        return files(found).stream()
                .filter(file -> mayBeSome(found, file, viewer))
                .limit(MOST_FILES)
                .flatMap(file -> shown(found, file, viewer).stream());
    }

    /** Empty where there is none of that name, and where the viewer may see nothing of it. */
    Optional<Shown> find(Visible found, String file, Viewer viewer) {
        if (!files(found).contains(file)) return Optional.empty();
        return shown(found, file, viewer);
    }

    /** What is in a dictionary is shown by its doors, as far as it is published. */
    private List<String> files(Visible found) {
        return Lexicon.of(found.whole()).isPresent()
                ? List.of()
                : archived().files(found.item().id(), found.version());
    }

    /** Nobody but the administrator reads the form of a consent. */
    private static boolean mayBeSome(Visible found, String file, Viewer viewer) {
        return viewer.seesAll()
                || found.whole().consents().stream()
                        .noneMatch(consent -> consent.form().equals(file));
    }

    private Optional<Shown> shown(Visible found, String file, Viewer viewer) {
        var whole = whole(found.item().id(), found.version(), file);
        var visible = VisibleTranscript.of(found.whole(), file, whole, viewer, clock.instant());
        if (visible.isEmpty()) return Optional.empty();
        var original = found.whole().files().stream()
                .filter(one -> one.name().equals(file))
                .filter(one -> new Rights(found.whole()).to(one).allows(viewer, clock.instant()))
                .findFirst();
        return Optional.of(new Shown(file, original, visible));
    }

    private ArchivedTranscripts archived() {
        return new ArchivedTranscripts(library.archive());
    }

    private Transcript whole(ItemId id, Version version, String file) {
        var key = new Key(id, version, file);
        synchronized (held) {
            var there = held.get(key);
            if (there != null) return there;
        }
        try {
            if (!reading.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS))
                throw Problem.of(ProblemType.UNAVAILABLE, "other transcripts are being read; ask again in a moment")
                        .with("Retry-After", "5")
                        .thrown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting to read " + file + " of item " + id, e);
        }
        try {
            var read = archived().read(id, version, file);
            hold(key, read);
            return read;
        } finally {
            reading.release();
        }
    }

    private void hold(Key key, Transcript transcript) {
        int size = transcript.segments().size();
        if (size > LARGEST_HELD) return;
        synchronized (held) {
            if (held.put(key, transcript) == null) heldSegments += size;
            var oldest = held.values().iterator();
            while (heldSegments > MOST_HELD) {
                heldSegments -= oldest.next().segments().size();
                oldest.remove();
            }
        }
    }

    private static String key(String name, int nth) {
        var digest = TranscriptResource.digest().digest((nth + " " + name).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest).substring(0, ID_DIGITS);
    }
}
