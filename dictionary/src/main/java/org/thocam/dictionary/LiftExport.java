package org.thocam.dictionary;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thocam.dictionary.LexiconStore.ShownLexicon;
import org.thocam.dictionary.lift.LiftEntry;
import org.thocam.dictionary.lift.LiftException;
import org.thocam.dictionary.lift.LiftFile;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;

/**
 * A dictionary as one LIFT file: the bytes of the file that it has, but for the entries that were edited here. Deleted ones stay as
 * tombstones ({@code dateDeleted}), so that other programs hear of it; new ones stand behind all others.
 */
final class LiftExport {
    private final Archive archive;
    private final LexiconStore store;
    private final Lexicon lexicon;
    private final ShownLexicon shown;
    private final boolean published;
    private final Map<EntryId, KeptEntry> edited = new HashMap<>();

    /**
     * What was edited until this moment.
     *
     * @param published what readers see; else what editors work on
     */
    LiftExport(Archive archive, LexiconStore store, Lexicon lexicon, ShownLexicon shown, boolean published) {
        this.archive = archive;
        this.store = store;
        this.lexicon = lexicon;
        this.shown = shown;
        this.published = published;
        for (var entry : store.edited(lexicon.id())) edited.put(entry.id(), entry);
    }

    void write(OutputStream out) throws IOException {
        var words = lexicon.words().orElseThrow();
        boolean lift = LexiconFormat.ofName(words.name()).orElseThrow() == LexiconFormat.LIFT;
        if (!lift) {
            anew(out);
            return;
        }
        try (var in = archive.open(lexicon.id(), shown.version(), "files/" + words.name())) {
            if (edited.isEmpty()) in.transferTo(out);
            else patched(in, out);
        }
    }

    private void anew(OutputStream out) throws IOException {
        try (var lift = new LexiconSources.LiftOut(new Unclosed(out))) {
            store.forEach(lexicon.id(), entry -> {
                var text = text(entry);
                if (text.isPresent()) lift.add(text.get());
            });
        }
    }

    private void patched(InputStream in, OutputStream out) throws IOException {
        long at = 0;
        long lastStart = -1;
        while (true) {
            var spans = store.spans(lexicon.id(), lastStart);
            for (var span : spans) {
                lastStart = span.start();
                var entry = edited.remove(span.id());
                if (entry == null) continue;
                copy(in, out, span.start() - at);
                in.skipNBytes(span.length());
                at = span.start() + span.length();
                text(entry).ifPresent(text -> write(out, text));
            }
            if (spans.isEmpty()) break;
        }
        var fresh = new ArrayList<KeptEntry>(edited.values());
        fresh.removeIf(entry -> entry.deleted() || text(entry).isEmpty());
        if (!fresh.isEmpty()) {
            fresh.sort((one, other) -> Long.compare(one.place(), other.place()));
            var frame = frame();
            copy(in, out, frame.end() - at);
            if (frame.empty()) {
                in.skipNBytes(2);
                write(out, ">");
            }
            for (var entry : fresh) write(out, "\n" + text(entry).orElseThrow());
            if (frame.empty()) write(out, "\n</lift>");
        }
        in.transferTo(out);
    }

    private LiftFile.Frame frame() throws IOException {
        try (var in = archive.open(
                lexicon.id(),
                shown.version(),
                "files/" + lexicon.words().orElseThrow().name())) {
            return LiftFile.read(in, entry -> {});
        } catch (LiftException e) {
            throw new ArchiveException("dictionary " + lexicon.id() + " is no LIFT any more: " + e.getMessage(), e);
        }
    }

    private static void copy(InputStream in, OutputStream out, long length) throws IOException {
        var buffer = new byte[1 << 16];
        for (long left = length; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) throw new IOException("the file ends " + left + " bytes early");
            out.write(buffer, 0, read);
            left -= read;
        }
    }

    private static void write(OutputStream out, String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Empty where it is not shown. */
    private Optional<String> text(KeptEntry entry) {
        if (published)
            return entry.asPublished().filter(shown -> !shown.deleted()).map(KeptEntry::xml);
        return Optional.of(entry.deleted() ? tombstone(entry) : entry.xml());
    }

    static String tombstone(KeptEntry entry) {
        var tree = entry.tree();
        tree.retain(List.of("liftId", "guid", "dateCreated", "dateModified", "dateDeleted"));
        return LiftEntry.made(tree).xml();
    }
}
