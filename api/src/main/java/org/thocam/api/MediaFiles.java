package org.thocam.api;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.thocam.api.VisibleItems.Visible;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.ingest.media.Derived;
import org.thocam.ingest.media.Recipe;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Shown;

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

    /** What is there or can be made, or a problem that says why not. */
    Derived.Made made(Visible item, Bitstream file, Recipe recipe) throws IOException, InterruptedException {
        var derived = derived(item, file, recipe);
        if (derived instanceof Derived.Made made) return made;
        if (derived instanceof Derived.Unsuited unsuited)
            throw Problem.of(ProblemType.NOT_FOUND, unsuited.reason()).thrown();
        if (derived instanceof Derived.Failed failed)
            throw Problem.of(
                            ProblemType.UNDERIVABLE,
                            "nothing could be made of '" + Shown.of(file.name()) + "': " + failed.reason())
                    .saying(Map.of(
                            "state",
                            failed.state().word(),
                            "reason",
                            failed.reason(),
                            "tried",
                            failed.at().toString()))
                    .thrown();
        if (derived instanceof Derived.Lacking lacking)
            throw Problem.of(ProblemType.PROGRAM_MISSING, lacking.reason())
                    .saying(Map.of("program", lacking.program()))
                    .thrown();
        boolean busy = derived instanceof Derived.Busy;
        throw Problem.of(
                        ProblemType.BEING_MADE,
                        busy ? "as many files are being read as may be; ask again" : "it is being made; ask again")
                .with("Retry-After", busy ? "10" : "3")
                .thrown();
    }
}
