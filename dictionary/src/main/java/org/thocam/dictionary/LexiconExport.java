package org.thocam.dictionary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.thocam.dictionary.LexiconStore.ShownLexicon;
import org.thocam.dictionary.exchange.LossReport;
import org.thocam.ontology.Archive;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Shown;

/** Gives a dictionary back as a file; {@link #point} names the state that was given, for a later merge. */
public final class LexiconExport {
    /** What {@link #write} can write. */
    public static final List<String> FORMATS = List.of("lift");

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

    /**
     * Writes the lexicon to a file, whole or not at all.
     *
     * @param format a word of {@link #FORMATS}
     * @param base where identities begin, such as {@code http://127.0.0.1:8080/}
     * @return what had no home in the format: {@code {"format", "lost": []}}
     * @throws IllegalArgumentException if there is no such format
     */
    public ObjectNode write(String format, Path target, URI base) throws IOException {
        if (!FORMATS.contains(format))
            throw new IllegalArgumentException(
                    "format '" + Shown.of(format) + "': want one of " + String.join(", ", FORMATS));
        var folder = target.toAbsolutePath().getParent();
        var part = Files.createTempFile(folder, "." + target.getFileName(), ".part");
        try {
            try (var out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
                lift(out);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            return new LossReport(format).json();
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
