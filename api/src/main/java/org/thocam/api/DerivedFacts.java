package org.thocam.api;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.api.media.MediaFacts;
import org.thocam.ingest.media.Derivatives;
import org.thocam.ingest.media.Derived;
import org.thocam.ingest.media.Recipe;
import org.thocam.ingest.media.Technical;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Version;

/** What programs found out of a file, the right way up; read when it is first asked for, for as long as a page may wait. */
record DerivedFacts(Library library) implements MediaFacts {
    private static final Logger LOG = LoggerFactory.getLogger(DerivedFacts.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Override
    public Optional<Facts> of(ItemId id, Version version, Bitstream file) {
        return technical(id, version, file).flatMap(DerivedFacts::facts);
    }

    /** Whether a picture is stored otherwise than it is to be seen. */
    boolean isTurned(ItemId id, Version version, Bitstream file) {
        return technical(id, version, file)
                .filter(technical -> technical instanceof Technical.Picture picture && picture.orientation() > 1)
                .isPresent();
    }

    private Optional<Technical> technical(ItemId id, Version version, Bitstream file) {
        if (!Derivatives.areMadeOf(file.mediaType())) return Optional.empty();
        try {
            var derived = library.derivatives()
                    .of(
                            file.sha512(),
                            Recipe.TECHNICAL,
                            () -> library.archive().open(id, version, "files/" + file.name()),
                            PATIENCE);
            return derived instanceof Derived.Made made ? Optional.of(Derivatives.technical(made)) : Optional.empty();
        } catch (IOException e) {
            LOG.warn("item {} {} file {}: {}", id, version, file.name(), e.getMessage());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<Facts> facts(Technical technical) {
        if (technical instanceof Technical.Picture picture) {
            boolean sideways = picture.sideways();
            return Optional.of(new Facts(
                    OptionalLong.empty(),
                    sideways ? picture.height() : picture.width(),
                    sideways ? picture.width() : picture.height(),
                    Math.max(1, picture.pages())));
        }
        if (technical instanceof Technical.Film film) {
            boolean sideways = Math.abs(film.film().rotation()) % 180 == 90;
            int width = sideways ? film.film().height() : film.film().width();
            int height = sideways ? film.film().width() : film.film().height();
            boolean sized = width > 0 && height > 0;
            return Optional.of(
                    new Facts(known(film.container().durationMillis()), sized ? width : 0, sized ? height : 0, 1));
        }
        var sound = (Technical.Sound) technical;
        return Optional.of(new Facts(known(sound.container().durationMillis()), 0, 0, 1));
    }

    private static OptionalLong known(OptionalLong milliseconds) {
        return milliseconds.isPresent() && milliseconds.getAsLong() > 0 ? milliseconds : OptionalLong.empty();
    }
}
