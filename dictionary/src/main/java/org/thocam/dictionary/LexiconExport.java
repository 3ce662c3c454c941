package org.thocam.dictionary;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import org.thocam.dictionary.LexiconStore.ShownLexicon;
import org.thocam.ontology.Archive;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;

/** Gives a dictionary back as a file; {@link #point} names the state that was given, for a later merge. */
public final class LexiconExport {
    private final Archive archive;
    private final Lexicon lexicon;
    private final ShownLexicon shown;
    private final LiftExport lift;
    private final Instant point;
    private final Lexicons lexicons;

    private LexiconExport(
            Archive archive, Lexicon lexicon, ShownLexicon shown, LiftExport lift, Instant point, Lexicons lexicons) {
        this.archive = archive;
        this.lexicon = lexicon;
        this.shown = shown;
        this.lift = lift;
        this.point = point;
        this.lexicons = lexicons;
    }

    /**
     * The state of this moment; edits go on meanwhile.
     *
     * @param published what readers see; else what editors work on
     * @throws LexiconProblem if there is no such dictionary, or it is still being made
     */
    public static LexiconExport of(Archive archive, Lexicons lexicons, Clock clock, ItemId id, boolean published) {
        var lock = lexicons.lock(id).writeLock();
        lock.lock();
        try {
            var shown = lexicons.store()
                    .shown(id)
                    .orElseThrow(() -> new LexiconProblem(
                            LexiconProblem.Kind.NOT_YET, "the entries of dictionary " + id + " are being made"));
            if (shown.fault().isPresent())
                throw new LexiconProblem(
                        LexiconProblem.Kind.ABSENT,
                        "dictionary " + id + ": " + shown.fault().get());
            var item = (Item) archive.read(id, shown.version()).orElseThrow().holding();
            var lexicon = Lexicon.of(item).orElseThrow();
            return new LexiconExport(
                    archive,
                    lexicon,
                    shown,
                    new LiftExport(archive, lexicons.store(), lexicon, shown, published),
                    clock.instant(),
                    lexicons);
        } finally {
            lock.unlock();
        }
    }

    public Instant point() {
        return point;
    }

    public Lexicon lexicon() {
        return lexicon;
    }

    /** LIFT 0.13: nothing is lost. */
    public void lift(OutputStream out) throws IOException {
        // a file that is taken in meanwhile would put other entries into the store
        var lock = lexicons.lock(lexicon.id()).readLock();
        lock.lock();
        try {
            if (!lexicons.store()
                    .shown(lexicon.id())
                    .map(ShownLexicon::file)
                    .equals(java.util.Optional.of(shown.file())))
                throw new LexiconProblem(
                        LexiconProblem.Kind.STALE,
                        "dictionary " + lexicon.id() + " got another file meanwhile; export it again");
            lift.write(out);
        } finally {
            lock.unlock();
        }
    }
}
