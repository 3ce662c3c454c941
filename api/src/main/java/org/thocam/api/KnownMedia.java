package org.thocam.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.api.VisibleItems.Visible;
import org.thocam.api.iiif.Facts;
import org.thocam.api.iiif.Tiles;
import org.thocam.ingest.media.Derivatives;
import org.thocam.ingest.media.Derived;
import org.thocam.ingest.media.Recipe;
import org.thocam.ingest.media.Technical;
import org.thocam.ontology.Bitstream;

/** Lengths, sizes and tiles of files, as {@code ingest/media} finds and makes them. Who may have them is to be asked before. */
final class KnownMedia {
    private static final Logger LOG = LoggerFactory.getLogger(KnownMedia.class);
    private static final int HELD = 5_000;
    /** So long nothing is asked again of a file of which nothing was known: a program may be missing. */
    private static final long FORGOTTEN_NANOS = Duration.ofSeconds(30).toNanos();

    /** Of larger pictures no tiles are made. */
    private static final long MOST_PIXELS = 60_000_000;

    private static final int TRIES = 3;

    private final Library library;
    private final MediaFiles files;
    /** By digest: the same bytes say the same. */
    private final LinkedHashMap<String, Held> held = new LinkedHashMap<>(16, 0.75f, true);

    private record Held(Optional<Facts> facts, long at) {
        boolean holds() {
            return facts.isPresent() || System.nanoTime() - at < FORGOTTEN_NANOS;
        }
    }

    KnownMedia(Library library, MediaFiles files) {
        this.library = library;
        this.files = files;
    }

    /** Empty where nothing is known, or not yet. */
    Optional<Facts> facts(Visible item, Bitstream file, Duration patience) {
        if (!Derivatives.areMadeOf(file.mediaType())) return Optional.empty();
        synchronized (held) {
            var there = held.get(file.sha512());
            if (there != null && there.holds()) return there.facts();
        }
        try {
            var derived = files.derived(item, file, Recipe.TECHNICAL, patience);
            Optional<Facts> facts =
                    derived instanceof Derived.Made made ? facts(Derivatives.technical(made)) : Optional.empty();
            boolean soon = derived instanceof Derived.UnderWay || derived instanceof Derived.Busy;
            if (!soon) hold(file.sha512(), facts);
            return facts;
        } catch (IOException e) {
            LOG.warn("{} of {}: {}", file.name(), item.item().id(), e.getMessage());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + file.name() + " was read", e);
        }
    }

    private void hold(String sha512, Optional<Facts> facts) {
        synchronized (held) {
            held.put(sha512, new Held(facts, System.nanoTime()));
            if (held.size() > HELD) held.remove(held.keySet().iterator().next());
        }
    }

    private static Optional<Facts> facts(Technical technical) {
        if (technical instanceof Technical.Picture picture)
            return picture.sideways()
                    ? Optional.of(new Facts(OptionalLong.empty(), picture.height(), picture.width()))
                    : Optional.of(new Facts(OptionalLong.empty(), picture.width(), picture.height()));
        var duration = technical instanceof Technical.Film film
                ? film.container().durationMillis()
                : ((Technical.Sound) technical).container().durationMillis();
        if (duration.isEmpty() || duration.getAsLong() <= 0) return Optional.empty();
        if (!(technical instanceof Technical.Film film)) return Optional.of(new Facts(duration, 0, 0));
        int width = (int)
                Math.max(1, Math.round(film.film().width() * aspect(film.film().sampleAspect())));
        int height = Math.max(1, film.film().height());
        boolean sideways = Math.floorMod(film.film().rotation(), 180) == 90;
        return Optional.of(new Facts(duration, sideways ? height : width, sideways ? width : height));
    }

    /** Width to height of a pixel; 1 where it is not said. */
    private static double aspect(String said) {
        var sides = said.split(":");
        if (sides.length != 2 || !said.matches("[1-9]\\d{0,6}:[1-9]\\d{0,6}")) return 1;
        return Double.parseDouble(sides[0]) / Double.parseDouble(sides[1]);
    }

    /** What tiles there are or will be at the first request; empty where none can be made. */
    Optional<Tiles> tiles(Bitstream file, Optional<Facts> facts) {
        return facts.filter(known -> known.duration().isEmpty())
                .filter(known -> (long) known.width() * known.height() <= MOST_PIXELS)
                .filter(known -> library.derivatives()
                        .there(file.sha512(), Recipe.TILES)
                        .filter(Derived.Failed.class::isInstance)
                        .isEmpty())
                .map(known -> new Tiles(known.width(), known.height(), Tiles.USUAL_SIDE));
    }

    /**
     * A piece as JPEG.
     *
     * @throws org.thocam.api.problem.ProblemException while it is being made, and where nothing can be made of the file
     */
    byte[] piece(Visible item, Bitstream file, Tiles.Piece piece) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return Files.readAllBytes(
                        files.made(item, file, Recipe.TILES).path().resolve(piece.path()));
            } catch (NoSuchFileException e) {
                // it was evicted between the two steps
                if (tries == TRIES) throw e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while tiles of " + file.name() + " were made", e);
            }
        }
    }
}
