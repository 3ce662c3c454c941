package org.thocam.api;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.api.VisibleItems.Visible;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemException;
import org.thocam.api.problem.ProblemType;
import org.thocam.dictionary.Lexicon;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Rights;
import org.thocam.ontology.Version;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.transcript.ArchivedTranscripts;
import org.thocam.ontology.transcript.Limits;
import org.thocam.ontology.transcript.Tier;
import org.thocam.ontology.transcript.Transcript;
import org.thocam.ontology.transcript.TranscriptLines;
import org.thocam.ontology.transcript.VisibleTranscript;

/**
 * The transcripts of items as one viewer may have them. The last ones are held whole, as far as they are small, and reduced for each request. A few requests at a time have transcripts in hand ({@link #inTurn}), and none a larger one than fits: such are to be had as they came.
 */
final class VisibleTranscripts {
    private static final Logger LOG = LoggerFactory.getLogger(VisibleTranscripts.class);

    /** Files of an item that are looked into. */
    private static final int MOST_FILES = 200;

    private static final int AT_ONCE = 2;
    private static final int PATIENCE_SECONDS = 20;
    private static final long MOST_BYTES = 32 << 20;
    private static final int MOST_SEGMENTS = 200_000;
    /** Segments of an item that are looked into for one request; the file that goes beyond is the last. */
    private static final int MOST_IN_REQUEST = 500_000;

    /** Of what is held, as the archive keeps it: in memory it is some three times as much. */
    private static final long MOST_HELD = 16 << 20;

    private static final long LARGEST_HELD = 4 << 20;
    private static final int ID_DIGITS = 12;

    private final Library library;
    private final Clock clock;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    private final LinkedHashMap<Key, Held> held = new LinkedHashMap<>(16, 0.75f, true);
    private long heldBytes;

    private record Key(ItemId id, Version version, String file) {}

    private record Held(Transcript transcript, long bytes) {}

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

    /** What a request does while it has transcripts in hand. */
    interface Work<T> {
        T done() throws IOException;
    }

    /**
     * Waits until few enough others have transcripts in hand. Whatever asks this for one does so in its turn, and sends what it made of it afterwards.
     *
     * @throws ProblemException 503, if it did not come to its turn
     */
    <T> T inTurn(Work<T> work) throws IOException {
        try {
            if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS))
                throw Problem.of(ProblemType.UNAVAILABLE, "other transcripts are being read; ask again in a moment")
                        .with("Retry-After", "5")
                        .thrown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a turn to read transcripts", e);
        }
        try {
            return work.done();
        } finally {
            turns.release();
        }
    }

    /** One after the other, in the order of their names, at most {@link #MOST_FILES}; only one is in memory as long as nobody keeps more. */
    Stream<Shown> of(Visible found, Viewer viewer) {
        var segments = new AtomicInteger();
        return files(found).stream()
                .filter(file -> mayBeSome(found, file, viewer))
                .limit(MOST_FILES)
                .takeWhile(file -> segments.get() < MOST_IN_REQUEST)
                .flatMap(file -> shown(found, file, viewer).stream())
                .peek(shown -> segments.addAndGet(shown.transcript().segments().size()));
    }

    /** Empty where there is none of that name, where the viewer may see nothing of it, and where it is too large. */
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
        if (whole.isEmpty()) return Optional.empty();
        var visible = VisibleTranscript.of(found.whole(), file, whole.get(), viewer, clock.instant());
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

    /** Empty where it is too large. */
    private Optional<Transcript> whole(ItemId id, Version version, String file) {
        var key = new Key(id, version, file);
        synchronized (held) {
            var there = held.get(key);
            if (there != null) return Optional.of(there.transcript());
        }
        var path = ArchivedTranscripts.path(file);
        try (var in = new Bounded(new BufferedInputStream(library.archive().open(id, version, path), 1 << 16))) {
            var read = TranscriptLines.read(in, Limits.USUAL);
            hold(key, new Held(read, MOST_BYTES - in.left));
            return Optional.of(read);
        } catch (TooLargeException e) {
            LOG.info("item {} {}: the segments of {} are too many to be given in other forms", id, version, file);
            return Optional.empty();
        } catch (IOException e) {
            throw new ArchiveException(
                    "the segments of file " + file + " of item " + id + " " + version + " cannot be read: "
                            + e.getMessage(),
                    e);
        }
    }

    private static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** Says when there are more bytes or lines than fit, before they fill the memory: a segment is a line. */
    private static final class Bounded extends FilterInputStream {
        private long left = MOST_BYTES;
        private int lines;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int n = super.read(into, from, length);
            left -= Math.max(0, n);
            for (int i = from; i < from + n; i++) if (into[i] == '\n') lines++;
            if (left < 0 || lines > MOST_SEGMENTS) throw new TooLargeException();
            return n;
        }
    }

    private void hold(Key key, Held read) {
        if (read.bytes() > LARGEST_HELD) return;
        synchronized (held) {
            if (held.put(key, read) == null) heldBytes += read.bytes();
            var oldest = held.values().iterator();
            while (heldBytes > MOST_HELD) {
                heldBytes -= oldest.next().bytes();
                oldest.remove();
            }
        }
    }

    private static String key(String name, int nth) {
        var digest = TranscriptResource.digest().digest((nth + " " + name).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest).substring(0, ID_DIGITS);
    }
}
