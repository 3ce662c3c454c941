package org.thocam.api;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.thocam.api.VisibleItems.Visible;
import org.thocam.ingest.media.Derived;
import org.thocam.ingest.media.Recipe;
import org.thocam.ontology.Bitstream;

/** The files of sound, film and pictures, and what is made of them. Who may have it is {@link GivenFiles}' to say, before. */
final class MediaFiles {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Requests that wait for a making; the threads of the server are for others too. */
    private static final int WAITING = 16;

    private final Library library;
    private final Semaphore seats = new Semaphore(WAITING);

    MediaFiles(Library library) {
        this.library = library;
    }

    /** What came of it within the patience that a request has. */
    Derived derived(Visible item, Bitstream file, Recipe recipe) throws IOException, InterruptedException {
        return derived(item, file, recipe, PATIENCE);
    }

    Derived derived(Visible item, Bitstream file, Recipe recipe, Duration patience)
            throws IOException, InterruptedException {
        boolean seated = seats.tryAcquire();
        try {
            return library.derivatives()
                    .of(
                            file.sha512(),
                            recipe,
                            () -> library.archive().open(item.item().id(), item.version(), "files/" + file.name()),
                            seated ? patience : Duration.ZERO);
        } finally {
            if (seated) seats.release();
        }
    }
}
