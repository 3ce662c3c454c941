package org.thocam.ingest.deposit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Content;
import org.thocam.ontology.Item;
import org.thocam.ontology.Rights;
import org.thocam.ontology.transcript.Limits;
import org.thocam.ontology.transcript.Passage;
import org.thocam.ontology.transcript.PassageRights;
import org.thocam.ontology.transcript.PassageText;
import org.thocam.ontology.transcript.Transcript;
import org.thocam.ontology.transcript.TranscriptLines;

/**
 * Keeps out of an item's text what fewer may see than the item: the text goes to whoever may see the item, to its index, its feeds and
 * its mentions. What is kept out is found as segments by those who may see it.
 */
final class Withholding {
    /** The contents on their way in, new or of the basis. */
    interface Desk {
        InputStream open(String path, Content content) throws IOException;

        void keep(String text, String path) throws IOException;
    }

    private final Item item;
    private final Rights rights;
    private final Map<String, Content> contents;
    private final Desk desk;

    private Withholding(Item item, Map<String, Content> contents, Desk desk) {
        this.item = item;
        this.rights = new Rights(item);
        this.contents = contents;
        this.desk = desk;
    }

    /** Puts the texts of the files where those belong who may see them. */
    static void apply(Item item, Map<String, Content> contents, Desk desk) {
        var withholding = new Withholding(item, contents, desk);
        for (var file : item.files()) {
            try {
                withholding.apply(file);
            } catch (IOException e) {
                throw new ArchiveException(
                        "file " + file.name() + " of item " + item.id() + " could not be read: " + e.getMessage(), e);
            }
        }
    }

    private void apply(Bitstream file) throws IOException {
        var kept = contents.get(StoredPaths.segments(file.name()));
        var transcript = kept == null ? Optional.<Transcript>empty() : transcript(file, kept);
        // the text of pages is that of the document
        if (transcript.isPresent() && isRead(transcript.get())) {
            contents.remove(StoredPaths.text(file.name()));
            desk.keep(shown(file, transcript.get()), StoredPaths.text(file.name()));
            return;
        }
        boolean narrower = rights.isNarrower(file);
        var text = StoredPaths.text(file.name());
        for (var open : List.of(text, StoredPaths.received(text)))
            if (narrower) move(open, StoredPaths.withheld(open));
            else move(StoredPaths.withheld(open), open);
    }

    private static boolean isRead(Transcript transcript) {
        return transcript.segments().stream()
                .noneMatch(segment -> segment.region().isPresent());
    }

    private Optional<Transcript> transcript(Bitstream file, Content kept) throws IOException {
        try (var in = new BufferedInputStream(desk.open(StoredPaths.segments(file.name()), kept), 1 << 16)) {
            return Optional.of(TranscriptLines.read(in, Limits.USUAL));
        }
    }

    private String shown(Bitstream file, Transcript transcript) {
        return PassageText.of(
                        transcript, Passage.of(transcript), new PassageRights(item, file.name(), transcript)::isForAll)
                .text();
    }

    private void move(String from, String to) throws IOException {
        var content = contents.remove(from);
        if (content == null) return;
        if (!(content instanceof Content.Kept)) {
            contents.put(to, content);
            return;
        }
        // what is kept is kept at its place
        try (var in = desk.open(from, content)) {
            desk.keep(new String(in.readAllBytes(), StandardCharsets.UTF_8), to);
        }
    }

    /** Whether a change of the description changes who may see which text. */
    static boolean isDue(Item before, Item after) {
        return !before.consents().equals(after.consents())
                || !before.access().equals(after.access()) && !after.consents().isEmpty();
    }
}
