package org.thocam.dictionary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.commons.codec.digest.DigestUtils;
import org.thocam.dictionary.LexiconProblem.Kind;
import org.thocam.dictionary.LexiconStore.ShownLexicon;
import org.thocam.dictionary.lift.Conflict;
import org.thocam.dictionary.lift.EntryMerge;
import org.thocam.dictionary.lift.FieldChange;
import org.thocam.dictionary.lift.LiftEntry;
import org.thocam.ontology.Archive;
import org.thocam.ontology.Intake;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Part;
import org.thocam.ontology.Receipt;
import org.thocam.ontology.Shown;
import org.thocam.ontology.StaleVersionException;
import org.thocam.ontology.Version;

/**
 * Editing entries together: every change is durable in the archive when its method returns, and shown to whoever asks the store next.
 * An edit that was made on an older state is merged field by field; what cannot be is refused and kept.
 *
 * <p>It knows nothing of access and rights: the caller has asked both.
 */
public final class Lexicons {
    private static final int LOCKS = 256;
    private static final int MOST_TALK = 1000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Archive archive;
    private final Intake intake;
    private final Supplier<LexiconStore> store;
    private final Clock clock;
    private final ConcurrentHashMap<ItemId, ReentrantReadWriteLock> lexicons = new ConcurrentHashMap<>();
    private final ReentrantLock[] entries = new ReentrantLock[LOCKS];

    /** @param store of the views that are live at the moment */
    public Lexicons(Archive archive, Intake intake, Supplier<LexiconStore> store, Clock clock) {
        this.archive = archive;
        this.intake = intake;
        this.store = store;
        this.clock = clock;
        for (int i = 0; i < LOCKS; i++) entries[i] = new ReentrantLock();
    }

    /** Who edits what, on what they read. */
    public record Edit(ItemId lexicon, EntryId entry, EntryTag on, String agent, boolean dryRun) {}

    /** One edit of an entry at a time, and none while its dictionary takes a file in. */
    private final class Held {
        private final Lock lexicon;
        private final Lock entry;

        Held(ItemId id, EntryId entryId) {
            lexicon = lock(id).readLock();
            entry = entries[Math.floorMod(31 * id.hashCode() + entryId.hashCode(), LOCKS)];
            lexicon.lock();
            entry.lock();
        }

        void release() {
            entry.unlock();
            lexicon.unlock();
        }
    }

    ReentrantReadWriteLock lock(ItemId lexicon) {
        return lexicons.computeIfAbsent(lexicon, id -> new ReentrantReadWriteLock(true));
    }

    LexiconStore store() {
        return store.get();
    }

    private ShownLexicon shown(ItemId lexicon) {
        return store().shown(lexicon)
                .orElseThrow(() ->
                        new LexiconProblem(Kind.NOT_YET, "the entries of dictionary " + lexicon + " are being made"));
    }

    private KeptEntry present(ItemId lexicon, EntryId id) {
        return store().entry(lexicon, id).orElseThrow(() -> absent(lexicon, id));
    }

    private static LexiconProblem absent(ItemId lexicon, EntryId id) {
        return new LexiconProblem(Kind.ABSENT, "dictionary " + lexicon + " has no entry '" + id + "'");
    }

    /**
     * Makes an entry. The same key with the same content again is the same entry.
     *
     * @param key of the request (Idempotency-Key); empty for none
     * @throws LexiconProblem INVALID where the tree is no entry, TAKEN where the key was used for another
     */
    public Edited create(ItemId lexicon, ObjectNode tree, Optional<String> key, String agent, boolean dryRun) {
        var guid = key.map(text ->
                        UUID.nameUUIDFromBytes((lexicon + "\0" + agent + "\0" + text).getBytes(StandardCharsets.UTF_8)))
                .orElseGet(UUID::randomUUID)
                .toString();
        var id = new EntryId(guid);
        var held = new Held(lexicon, id);
        try {
            var shown = shown(lexicon);
            var wanted = tree.deepCopy();
            wanted.remove(List.of("guid", "liftId", "dateCreated", "dateModified", "dateDeleted"));
            checked(() -> LiftEntry.of("<entry/>", 1).with(wanted));
            named(wanted, guid);
            var before = store().entry(lexicon, id);
            if (before.isPresent()) return again(before.get(), wanted, key.orElse(""));
            var now = now();
            var made = JSON.objectNode();
            made.put("dateCreated", now)
                    .put("dateModified", now)
                    .put("liftId", liftId(wanted, guid))
                    .put("guid", guid)
                    .setAll(wanted);
            var entry = checked(() -> LiftEntry.of("<entry/>", 1).with(made));
            var state = store().settings(lexicon).review() ? ReviewState.DRAFT : ReviewState.PUBLISHED;
            var part = new EntryPart(
                    lexicon,
                    id,
                    Version.NONE,
                    shown.file(),
                    "create",
                    state,
                    false,
                    LiftEntry.made(entry.tree()).xml(),
                    state == ReviewState.PUBLISHED ? Optional.empty() : Optional.of(Optional.empty()),
                    JSON.objectNode());
            return new Edited.Done(kept(shown, part, dryRun, agent), true, false, List.of());
        } finally {
            held.release();
        }
    }

    /** A sense that is new gets an id of its own, the same for the same request. */
    private static void named(JsonNode node, String seed) {
        for (var list : List.of("senses", "subsenses")) {
            int at = 0;
            for (var sense : node.path(list)) {
                var place = seed + "\0" + list + at++;
                boolean fresh = sense.isObject() && !sense.hasNonNull("id") && !sense.has("key");
                if (fresh)
                    ((ObjectNode) sense)
                            .put(
                                    "id",
                                    UUID.nameUUIDFromBytes((place + sense).getBytes(StandardCharsets.UTF_8))
                                            .toString());
                named(sense, place);
            }
        }
    }

    /** As FLEx writes it. */
    private static String liftId(ObjectNode tree, String guid) {
        var forms = tree.path("lexicalUnit");
        var first = forms.elements().hasNext() ? forms.elements().next() : JSON.textNode("");
        var text = first.isObject() ? first.path("text").asText() : first.asText();
        return text.isBlank() ? guid : text.strip() + "_" + guid;
    }

    private Edited again(KeptEntry before, ObjectNode wanted, String key) {
        var first = history(before.lexicon(), before.id()).get(0);
        var made = LiftEntry.kept(first.xml()).tree();
        made.remove(List.of("guid", "liftId", "dateCreated", "dateModified"));
        if (!FieldChange.between(made, LiftEntry.made(wanted).tree()).isEmpty())
            throw new LexiconProblem(
                    Kind.TAKEN,
                    "Idempotency-Key '" + key + "' was used for another entry, " + before.id()
                            + "; choose another key");
        return new Edited.Done(before, false, false, List.of());
    }

    private interface Making {
        LiftEntry make() throws Exception;
    }

    private static LiftEntry checked(Making making) {
        try {
            return making.make();
        } catch (IllegalArgumentException e) {
            throw new LexiconProblem(Kind.INVALID, e.getMessage());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Changes an entry's fields.
     *
     * @param change from the tree of the state that the editor read to the tree that they want
     * @throws LexiconProblem ABSENT, INVALID, or STALE where the state they read never was
     */
    public Edited edit(Edit edit, UnaryOperator<ObjectNode> change) {
        return edit(edit, "edit", change);
    }

    private Edited edit(Edit edit, String action, UnaryOperator<ObjectNode> change) {
        var held = new Held(edit.lexicon(), edit.entry());
        try {
            var shown = shown(edit.lexicon());
            var now = present(edit.lexicon(), edit.entry());
            var mine = LiftEntry.kept(now.xml());
            boolean fresh = edit.on().equals(now.tag());
            var base = fresh ? mine : LiftEntry.kept(at(now, edit.on()).xml());
            var theirs = change.apply(base.tree());
            if (!action.equals("revert")) named(theirs, edit.entry() + "\0" + edit.on());
            checked(() -> base.with(theirs));
            var merged = fresh
                    ? new EntryMerge.Result(theirs, List.of())
                    : EntryMerge.edit(base.tree(), mine.tree(), theirs);
            if (!merged.clean()) return refused(shown, now, edit, base.tree(), theirs, merged.conflicts());
            EntryIds.keep(edit.entry(), mine.tree(), merged.tree());
            var next = checked(() -> mine.with(merged.tree()));
            if (next == mine && !now.deleted()) return new Edited.Done(now, false, !fresh, merged.conflicts());
            var dated = merged.tree();
            dated.put("dateModified", now());
            dated.remove("dateDeleted");
            var part = part(shown, now, action, checked(() -> mine.with(dated)).xml(), false);
            return new Edited.Done(
                    kept(shown, part, edit.dryRun(), edit.agent()), true, !fresh, revived(now, merged, theirs));
        } finally {
            held.release();
        }
    }

    private static List<Conflict> revived(KeptEntry now, EntryMerge.Result merged, ObjectNode theirs) {
        if (!now.deleted()) return merged.conflicts();
        var kept = new ArrayList<>(merged.conflicts());
        kept.add(new Conflict("", Conflict.Kind.EDIT_KEPT, now.tree(), JSON.missingNode(), theirs));
        return kept;
    }

    /** The next state of an entry whose working text changes: what readers saw stays, where edits wait for review. */
    private EntryPart part(ShownLexicon shown, KeptEntry now, String action, String xml, boolean deleted) {
        var state = store().settings(now.lexicon()).review() ? ReviewState.DRAFT : now.state();
        return new EntryPart(
                now.lexicon(),
                now.id(),
                now.tag().part(),
                shown.file(),
                action,
                state,
                deleted,
                xml,
                published(now, state),
                talk(now));
    }

    private ObjectNode talk(KeptEntry now) {
        return now.tag().part().equals(Version.NONE)
                ? JSON.objectNode()
                : part(now.lexicon(), now.id(), now.tag().part()).talk();
    }

    private EntryPart part(ItemId lexicon, EntryId id, Version version) {
        var part = EntryPart.id(lexicon, id);
        var archived = archive.read(part, version)
                .orElseThrow(() -> new LexiconProblem(
                        Kind.STALE, "entry '" + id + "' of dictionary " + lexicon + " was never in state " + version));
        return EntryPart.read(archive, (Part) archived.holding(), version);
    }

    private Edited refused(
            ShownLexicon shown,
            KeptEntry now,
            Edit edit,
            ObjectNode base,
            ObjectNode theirs,
            List<Conflict> conflicts) {
        if (edit.dryRun()) return new Edited.Refused(now, base, now.tree(), theirs, conflicts, "");
        var id = DigestUtils.sha256Hex(edit.on() + "\0" + theirs).substring(0, 16);
        var kept = keepConflict(shown, now, id, base, theirs, edit.on().toString(), conflicts, edit.agent());
        return new Edited.Refused(kept, base, now.tree(), theirs, conflicts, id);
    }

    /** Keeps both sides of a conflict beside the entry; one that is there already makes no difference. */
    KeptEntry keepConflict(
            ShownLexicon shown,
            KeptEntry now,
            String id,
            ObjectNode base,
            ObjectNode theirs,
            String on,
            List<Conflict> conflicts,
            String agent) {
        var talk = talk(now);
        for (var conflict : talk.path("conflicts"))
            if (conflict.path("id").asText().equals(id)) return now;
        var one = talk.withArray("/conflicts").addObject();
        one.put("id", id).put("at", now()).put("by", agent).put("on", on);
        var fields = one.putArray("fields");
        conflicts.forEach(conflict -> fields.add(conflict.json()));
        one.set("base", base);
        one.set("theirs", theirs);
        return talked(shown, now, "conflict", talk, agent);
    }

    private KeptEntry talked(ShownLexicon shown, KeptEntry now, String action, ObjectNode talk, String agent) {
        for (var list : talk)
            if (list.size() > MOST_TALK)
                throw new LexiconProblem(
                        Kind.INVALID,
                        "entry '" + now.id() + "' has " + MOST_TALK + " comments or conflicts: settle some");
        return kept(shown, same(shown, now, action, now.state(), published(now, now.state()), talk), false, agent);
    }

    private static EntryPart same(
            ShownLexicon shown,
            KeptEntry now,
            String action,
            ReviewState state,
            Optional<Optional<String>> published,
            ObjectNode talk) {
        return new EntryPart(
                now.lexicon(),
                now.id(),
                now.tag().part(),
                shown.file(),
                action,
                state,
                now.deleted(),
                now.xml(),
                published,
                talk);
    }

    private static Optional<Optional<String>> published(KeptEntry now, ReviewState state) {
        return state == ReviewState.PUBLISHED
                ? Optional.empty()
                : Optional.of(now.asPublished().map(KeptEntry::xml));
    }

    /** Keeps the next state in the archive, then shows it. */
    private KeptEntry kept(ShownLexicon shown, EntryPart part, boolean dryRun, String agent) {
        var id = EntryPart.id(part.lexicon(), part.entry());
        if (dryRun) {
            var next = part.at(part.version().next());
            return new KeptEntry(
                    part.lexicon(),
                    part.entry(),
                    new EntryTag(shown.file(), next.version()),
                    part.xml(),
                    part.state(),
                    part.deleted(),
                    part.published().orElseGet(() -> Optional.of(part.xml())),
                    -1,
                    part.conflicts());
        }
        var version = done(intake.keep(part.part(), part.contents(), Optional.of(part.version()), agent), id)
                .version();
        store().put(shown, part.at(version));
        return present(part.lexicon(), part.entry());
    }

    static Receipt done(CompletableFuture<Receipt> future, ItemId id) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StaleVersionException stale)
                throw new LexiconProblem(Kind.STALE, stale.getMessage());
            if (e.getCause() instanceof RuntimeException fault) throw fault;
            throw new IllegalStateException(id + " was not kept", e.getCause());
        }
    }

    /**
     * Deletes an entry; its states stay readable and it can be brought back by an edit of it.
     *
     * @throws LexiconProblem STALE where it was edited since: the edit stays
     */
    public Edited delete(Edit edit) {
        var held = new Held(edit.lexicon(), edit.entry());
        try {
            var shown = shown(edit.lexicon());
            var now = present(edit.lexicon(), edit.entry());
            if (now.deleted()) return new Edited.Done(now, false, false, List.of());
            if (!edit.on().equals(now.tag())
                    && !FieldChange.between(at(now, edit.on()).tree(), now.tree())
                            .isEmpty())
                throw new LexiconProblem(
                        Kind.STALE,
                        "entry '" + now.id()
                                + "' was edited since you read it, so it is not deleted: read it again, it is now "
                                + now.tag());
            var gone = now.tree();
            gone.put("dateModified", now()).put("dateDeleted", now());
            var part = part(
                    shown,
                    now,
                    "delete",
                    checked(() -> LiftEntry.kept(now.xml()).with(gone)).xml(),
                    true);
            return new Edited.Done(kept(shown, part, edit.dryRun(), edit.agent()), true, false, List.of());
        } finally {
            held.release();
        }
    }

    /**
     * Brings an entry, or some of its fields, back to an earlier state.
     *
     * @param fields paths as in {@link FieldChange}, with all that is under them; empty for the whole entry
     */
    public Edited revert(Edit edit, EntryTag to, List<String> fields) {
        var past = past(edit.lexicon(), edit.entry(), to);
        var then = LiftEntry.kept(past.xml()).tree();
        if (fields.isEmpty()) return edit(edit, "revert", base -> keyless(then));
        return edit(edit, "revert", base -> {
            var wanted = base.deepCopy();
            for (var field : fields) {
                var top = field.split("/", 2)[0];
                if (!base.has(top) && !then.has(top))
                    throw new LexiconProblem(
                            Kind.INVALID, "/fields: field '" + Shown.of(field) + "': neither state has it");
                // whole top fields: parts of lists of other readings have no names in common
                if (then.has(top)) wanted.set(top, keyless(then).get(top));
                else wanted.remove(top);
            }
            return wanted;
        });
    }

    static ObjectNode keyless(JsonNode tree) {
        var copy = (ObjectNode) tree.deepCopy();
        withoutKeys(copy);
        return copy;
    }

    private static void withoutKeys(JsonNode node) {
        if (node instanceof ObjectNode object && !object.path("key").isMissingNode()) object.remove("key");
        node.forEach(Lexicons::withoutKeys);
    }

    /**
     * Moves an entry on or back in its review. Publishing shows readers the working text.
     *
     * @throws LexiconProblem STALE where it was changed since the caller read it
     */
    public Edited review(Edit edit, ReviewState to) {
        var held = new Held(edit.lexicon(), edit.entry());
        try {
            var shown = shown(edit.lexicon());
            var now = fresh(edit);
            if (now.state() == to) return new Edited.Done(now, false, false, List.of());
            var part = same(shown, now, "state", to, published(now, to), talk(now));
            return new Edited.Done(kept(shown, part, edit.dryRun(), edit.agent()), true, false, List.of());
        } finally {
            held.release();
        }
    }

    private KeptEntry fresh(Edit edit) {
        var now = present(edit.lexicon(), edit.entry());
        if (!edit.on().equals(now.tag()))
            throw new LexiconProblem(
                    Kind.STALE,
                    "entry '" + now.id() + "' is now " + now.tag() + ", not " + edit.on() + "; read it again");
        return now;
    }

    /** Adds a comment; comments never meet in conflict, so it needs no state. */
    public ObjectNode comment(ItemId lexicon, EntryId id, String text, String field, String agent) {
        if (text.isBlank() || text.length() > 10_000)
            throw new LexiconProblem(Kind.INVALID, "text: want 1 to 10000 characters, found " + text.length());
        var held = new Held(lexicon, id);
        try {
            var shown = shown(lexicon);
            var now = present(lexicon, id);
            var talk = talk(now);
            var comments = talk.withArray("/comments");
            var one = comments.addObject();
            one.put("id", Integer.toString(comments.size()))
                    .put("at", now())
                    .put("by", agent)
                    .put("text", text);
            if (!field.isEmpty()) one.put("field", field);
            talked(shown, now, "comment", talk, agent);
            return one;
        } finally {
            held.release();
        }
    }

    /** Comments and conflicts: {@code {"comments": [], "conflicts": []}}. */
    public ObjectNode talkOf(ItemId lexicon, EntryId id) {
        var talk = talk(present(lexicon, id));
        talk.withArray("/comments");
        talk.withArray("/conflicts");
        return talk;
    }

    /** Says that a conflict needs nothing more: what was to be taken of it was edited in. */
    public Edited settle(ItemId lexicon, EntryId id, String conflict, String agent) {
        var held = new Held(lexicon, id);
        try {
            var shown = shown(lexicon);
            var now = present(lexicon, id);
            var talk = talk(now);
            for (var one : talk.path("conflicts"))
                if (one.path("id").asText().equals(conflict)) {
                    if (one.has("settled")) return new Edited.Done(now, false, false, List.of());
                    ((ObjectNode) one).putObject("settled").put("at", now()).put("by", agent);
                    return new Edited.Done(talked(shown, now, "settle", talk, agent), true, false, List.of());
                }
            throw new LexiconProblem(Kind.ABSENT, "entry '" + id + "' has no conflict '" + conflict + "'");
        } finally {
            held.release();
        }
    }

    /** Keeps what the people of a dictionary agreed on; its version has to be the one that was read. */
    public LexiconSettings settings(ItemId lexicon, LexiconSettings wanted, String agent) {
        var lock = lock(lexicon).writeLock();
        lock.lock();
        try {
            shown(lexicon);
            var version = done(
                            intake.keep(wanted.part(lexicon), wanted.contents(), Optional.of(wanted.version()), agent),
                            LexiconSettings.id(lexicon))
                    .version();
            store().put(lexicon, wanted.at(version));
            return wanted.at(version);
        } finally {
            lock.unlock();
        }
    }

    /** All states that an entry was in, the first one first. */
    public List<PastState> history(ItemId lexicon, EntryId id) {
        return EntryHistory.of(archive, lexicon, id);
    }

    /** One of them. */
    public PastState past(ItemId lexicon, EntryId id, EntryTag tag) {
        return EntryHistory.at(archive, lexicon, id, tag)
                .orElseThrow(() -> new LexiconProblem(
                        Kind.ABSENT, "entry '" + id + "' of dictionary " + lexicon + " was never in state " + tag));
    }

    /** The text that an editor read. */
    private Text at(KeptEntry now, EntryTag tag) {
        if (tag.file().equals(now.tag().file()) && tag.part().equals(Version.NONE)) {
            var inFile = EntryHistory.inFile(archive, store(), now.lexicon(), now.id());
            if (inFile.isPresent()) return new Text(inFile.get());
        }
        if (!tag.part().equals(Version.NONE)) {
            var part = part(now.lexicon(), now.id(), tag.part());
            if (part.over(tag.file())) return new Text(part.xml());
        }
        try {
            return new Text(past(now.lexicon(), now.id(), tag).xml());
        } catch (LexiconProblem e) {
            throw new LexiconProblem(Kind.STALE, e.getMessage());
        }
    }

    private record Text(String xml) {
        ObjectNode tree() {
            return LiftEntry.kept(xml).tree();
        }
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
