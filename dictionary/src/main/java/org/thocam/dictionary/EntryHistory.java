package org.thocam.dictionary;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thocam.dictionary.lift.FieldChange;
import org.thocam.dictionary.lift.LiftEntry;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Archived;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Part;
import org.thocam.ontology.Version;

/**
 * The states of an entry, from the archive alone: the dictionary's files that had it, and the versions of its own object. Reading a
 * file for one entry takes as long as reading all of it.
 */
final class EntryHistory {
    private EntryHistory() {}

    static List<PastState> of(Archive archive, ItemId lexicon, EntryId id) {
        return of(archive, lexicon, id, new HashMap<>());
    }

    /** The state that a tag names: a file that left the entry as it was gave it another tag and no other state. */
    static Optional<PastState> at(Archive archive, ItemId lexicon, EntryId id, EntryTag tag) {
        var named = new HashMap<EntryTag, PastState>();
        of(archive, lexicon, id, named);
        return Optional.ofNullable(named.get(tag));
    }

    private static List<PastState> of(Archive archive, ItemId lexicon, EntryId id, Map<EntryTag, PastState> named) {
        var own = archive.versions(EntryPart.id(lexicon, id));
        var events = new ArrayList<Archived>(files(archive, lexicon));
        events.addAll(own);
        events.sort(Comparator.comparing(Archived::at));
        var states = new ArrayList<PastState>();
        var file = Version.NONE;
        var part = Version.NONE;
        PastState last = null;
        for (var event : events) {
            PastState next;
            if (event.holding() instanceof Item item) {
                file = event.version();
                var lexiconThen = Lexicon.of(item).orElseThrow();
                var inFile = new LexiconReader(archive).entry(lexiconThen, file, id);
                if (inFile.isEmpty()) continue;
                var text = inFile.get();
                next = state(
                        new EntryTag(file, part),
                        event,
                        "import",
                        last == null ? ReviewState.PUBLISHED : last.state(),
                        !text.entry().dateDeleted().isEmpty(),
                        text.xml(),
                        last);
                if (last != null && next.xml().equals(last.xml())) {
                    named.put(next.tag(), last);
                    continue;
                }
            } else {
                part = event.version();
                var read = EntryPart.read(archive, (Part) event.holding(), part);
                boolean over = read.over(file) || last == null;
                next = state(
                        new EntryTag(file, part),
                        event,
                        read.action(),
                        read.state(),
                        over ? read.deleted() : last.deleted(),
                        over ? read.xml() : last.xml(),
                        last);
            }
            states.add(next);
            named.put(next.tag(), next);
            last = next;
        }
        return states;
    }

    private static PastState state(
            EntryTag tag,
            Archived event,
            String action,
            ReviewState state,
            boolean deleted,
            String xml,
            PastState before) {
        var from = before == null
                ? JsonNodeFactory.instance.objectNode()
                : LiftEntry.kept(before.xml()).tree();
        var changes = before != null && before.xml().equals(xml)
                ? List.<FieldChange>of()
                : FieldChange.between(from, LiftEntry.kept(xml).tree());
        return new PastState(tag, event.at(), event.agent(), action, state, deleted, xml, changes);
    }

    /** The versions of the item that brought another file. */
    private static List<Archived> files(Archive archive, ItemId lexicon) {
        var files = new ArrayList<Archived>();
        var digest = "";
        for (var archived : archive.versions(lexicon)) {
            var words = archived.holding() instanceof Item item
                    ? Lexicon.of(item).flatMap(Lexicon::words)
                    : Optional.<org.thocam.ontology.Bitstream>empty();
            if (words.isEmpty()) {
                digest = "";
                continue;
            }
            if (words.get().sha512().equals(digest)) continue;
            digest = words.get().sha512();
            files.add(archived);
        }
        return files;
    }

    /** An entry as the present file has it, without reading the rest; empty where that cannot be done. */
    static Optional<String> inFile(Archive archive, LexiconStore store, ItemId lexicon, EntryId id) {
        var span = store.span(lexicon, id).filter(found -> found.start() >= 0);
        var version = store.shown(lexicon).map(LexiconStore.ShownLexicon::version);
        if (span.isEmpty() || version.isEmpty()) return Optional.empty();
        var words = archive.read(lexicon, version.get())
                .map(found -> found.holding() instanceof Item item ? item : null)
                .flatMap(Lexicon::of)
                .flatMap(Lexicon::words);
        if (words.isEmpty()) return Optional.empty();
        try (var in =
                archive.open(lexicon, version.get(), "files/" + words.get().name())) {
            in.skipNBytes(span.get().start());
            return Optional.of(new String(in.readNBytes(span.get().length()), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ArchiveException(lexicon + " " + version.get() + " cannot be read: " + e.getMessage(), e);
        }
    }
}
