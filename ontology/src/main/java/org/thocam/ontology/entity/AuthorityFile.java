package org.thocam.ontology.entity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.DigestUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.Access;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Archived;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Change;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.Content;
import org.thocam.ontology.Intake;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Part;
import org.thocam.ontology.Submission;
import org.thocam.ontology.TextState;
import org.thocam.ontology.Version;

/**
 * The authority file: one item of the archive whose files are the tables as they were last loaded, and a part of it for each entity that
 * was edited here since. Every change is durable when its method returns; what a table and an edit say is merged cell by cell when other
 * tables come.
 *
 * <p>It knows nothing of access and rights: the caller has asked both. Any number of threads may read it and change it.
 */
public final class AuthorityFile {
    public static final ItemId ID = new ItemId("reference");

    private static final Logger LOG = LoggerFactory.getLogger(AuthorityFile.class);
    private static final String ENTITY = "entity.json";
    private static final String FILES = "files/";
    private static final String TYPE = "Dataset";
    private static final String DELETED = "deleted";
    private static final String REPLACED_BY = "replacedBy";
    private static final String PREFERRED = "tables-preferred";
    private static final int PAGE = 1000;
    private static final long LOOK_MILLIS = 10;

    private final Archive archive;
    private final Supplier<Intake> intake;
    private final Supplier<ChangeLog> log;
    private final BiFunction<Entity, Register, List<Fault>> check;
    private final ReentrantLock changing = new ReentrantLock();
    private volatile State state = new State(Version.NONE, Register.EMPTY, Map.of(), Register.EMPTY);

    /**
     * An edit of one entity as the archive has it.
     *
     * @param entity empty where it was deleted
     * @param base version of the tables that it was made over
     */
    private record Edit(
            Version version,
            Version base,
            Instant at,
            String agent,
            String action,
            String note,
            Optional<Entity> entity,
            Optional<String> replacedBy) {}

    private record State(Version tables, Register loaded, Map<String, Edit> edits, Register now) {
        State with(Map<String, Edit> more) {
            var all = new HashMap<>(edits);
            more.forEach((id, edit) -> {
                var before = all.get(id);
                if (before == null || before.version.compareTo(edit.version) < 0) all.put(id, edit);
            });
            return new State(tables, loaded, Map.copyOf(all), edited(loaded, all));
        }
    }

    /** An entity was deleted here. */
    public record Gone(String id, Instant at, Optional<String> replacedBy) {}

    /**
     * A state that an entity had.
     *
     * @param action {@code load}, {@code create}, {@code edit}, {@code delete} or {@code merge}
     * @param entity empty where it was not, or no longer, there
     */
    public record Past(
            Version version, Instant at, String agent, String action, String note, Optional<Entity> entity) {}

    /**
     * What loading tables did, or would do.
     *
     * @param version of the tables in the archive
     */
    public record Loaded(Version version, boolean changed, TableMerge.Outcome outcome) {}

    private AuthorityFile(
            Archive archive,
            Supplier<Intake> intake,
            Supplier<ChangeLog> log,
            BiFunction<Entity, Register, List<Fault>> check) {
        this.archive = archive;
        this.intake = intake;
        this.log = log;
        this.check = check;
    }

    /**
     * Reads what the archive has.
     *
     * @param check what is wrong with an entity in a register that it is part of, beside what {@link Tables} finds: the SHACL shapes
     */
    public static AuthorityFile open(
            Archive archive,
            Supplier<Intake> intake,
            Supplier<ChangeLog> log,
            BiFunction<Entity, Register, List<Fault>> check) {
        var file = new AuthorityFile(archive, intake, log, check);
        file.reach(ID);
        return file;
    }

    /** Everything as it is now. */
    public Register register() {
        return state.now;
    }

    /**
     * What all of it is at one moment.
     *
     * @param edited the versions of the entities' own objects, by id
     */
    public record Standing(Register register, Version tables, Map<String, Version> edited) {}

    public Standing standing() {
        var now = state;
        var edited = new HashMap<String, Version>();
        now.edits.forEach((id, edit) -> edited.put(id, edit.version));
        return new Standing(now.now, now.tables, edited);
    }

    /** The version of the tables that {@link #register} stands on; {@link Version#NONE} before any was loaded. */
    public Version tables() {
        return state.tables;
    }

    /** The version of an entity's own object; {@link Version#NONE} where it stands in the tables alone. */
    public Version version(String id) {
        var edit = state.edits.get(id);
        return edit == null ? Version.NONE : edit.version;
    }

    /** What an entity is now, in short: another one after every change of it. For strong ETags. */
    public static String tag(Entity entity) {
        return DigestUtils.sha256Hex(EntityJson.write(entity).toString()).substring(0, 20);
    }

    public Optional<Gone> gone(String id) {
        return Optional.ofNullable(state.edits.get(id))
                .filter(edit -> edit.entity.isEmpty())
                .map(edit -> new Gone(id, edit.at, edit.replacedBy));
    }

    /** The part that an entity is, or would be, edited in. */
    public static ItemId part(String entity) {
        return ID.part(entity);
    }

    /** Whether a submission says something of the authority file and leaves its tables, and that everybody may see them. */
    public static boolean describes(Submission submission) {
        return submission.files().isEmpty()
                && submission.text().isEmpty()
                && submission.item().access().equals(Access.OPEN);
    }

    /** Whether a change is one of the authority file or of an entity in it. */
    public static boolean isChanged(Change change) {
        return change.id().whole().equals(ID);
    }

    /** Makes sure that what the log says of this object is known here, whoever deposited it. Another's object is passed over. */
    public void reach(ItemId id) {
        if (!id.whole().equals(ID)) return;
        var head = log.get().headOf(id);
        if (head.isEmpty() || !awaited(id, head.get().version())) return;
        try {
            if (head.get().version().compareTo(known(id)) <= 0) return;
            if (id.isPart()) {
                edit(archive.head(id)).ifPresent(edit -> state = state.with(Map.of(id.partName(), edit)));
            } else {
                state = read(head.get());
            }
        } finally {
            changing.unlock();
        }
    }

    /**
     * Takes the lock, unless that version is known before: a load holds it for all that it merges, and whoever shows one change after the
     * other does not wait for the rest.
     *
     * @return whether it was taken
     */
    private boolean awaited(ItemId id, Version version) {
        boolean interrupted = false;
        try {
            while (version.compareTo(known(id)) > 0) {
                try {
                    if (changing.tryLock(LOOK_MILLIS, TimeUnit.MILLISECONDS)) return true;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return false;
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private Version known(ItemId id) {
        return id.isPart() ? version(id.partName()) : state.tables;
    }

    private State read(Change head) {
        if (head.kind() == Change.Kind.WITHDRAWN)
            return new State(head.version(), Register.EMPTY, Map.of(), Register.EMPTY);
        var loaded = tables(head.version());
        var edits = new HashMap<String, Edit>();
        var after = "";
        while (true) {
            var page = log.get().partsOf(ID, after, PAGE);
            for (var part : page)
                edit(archive.head(part.id()))
                        .ifPresent(edit -> edits.put(part.id().partName(), edit));
            if (page.size() < PAGE) break;
            after = page.get(page.size() - 1).id().partName();
        }
        return new State(head.version(), loaded, Map.copyOf(edits), edited(loaded, edits));
    }

    private Register tables(Version version) {
        var texts = new TreeMap<String, String>();
        for (var path : archive.paths(ID, version))
            if (path.startsWith(FILES) && path.endsWith(".tsv"))
                texts.put(path.substring(FILES.length(), path.length() - ".tsv".length()), text(ID, version, path));
        return Tables.read(texts);
    }

    private String text(ItemId id, Version version, String path) {
        try (var in = archive.open(id, version, path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ArchiveException(id + " " + version + ", " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Optional<Edit> edit(Optional<Archived> archived) {
        return archived.filter(found -> found.holding() instanceof Part)
                .map(found -> edit(found, (Part) found.holding()));
    }

    private Edit edit(Archived archived, Part part) {
        var facts = part.facts();
        boolean deleted = facts.containsKey(DELETED);
        return new Edit(
                archived.version(),
                new Version(Long.parseLong(facts.get("base"))),
                archived.at(),
                archived.agent(),
                facts.getOrDefault("action", "edit"),
                facts.getOrDefault("note", ""),
                deleted
                        ? Optional.empty()
                        : Optional.of(EntityJson.read(
                                part.id().partName(), ItemJson.parse(text(part.id(), archived.version(), ENTITY)))),
                Optional.ofNullable(facts.get(REPLACED_BY)));
    }

    private static Register edited(Register loaded, Map<String, Edit> edits) {
        if (edits.isEmpty()) return loaded;
        var entities = new LinkedHashMap<String, Entity>();
        for (var entity : loaded.all()) entities.put(entity.id(), entity);
        new TreeMap<>(edits)
                .forEach((id, edit) ->
                        edit.entity.ifPresentOrElse(entity -> entities.put(id, entity), () -> entities.remove(id)));
        return new Register(entities.values(), loaded.observations());
    }

    /**
     * Keeps another state of an entity, or a new one.
     *
     * @param on the tag of the state that it was made on; empty for an entity that must be new
     * @param note why, in a few words; may be empty
     * @throws StaleEntityException if it is another one by now
     * @throws FaultyEntitiesException if it breaks a rule
     */
    public Entity put(Entity wanted, Optional<String> on, String agent, String note) {
        changing.lock();
        try {
            var before = state.now.find(wanted.id());
            fits(wanted.id(), before, on);
            if (before.isPresent() && tag(before.get()).equals(tag(wanted))) return before.get();
            var faults = faults(wanted);
            if (!faults.isEmpty()) throw new FaultyEntitiesException(faults);
            keep(
                    wanted.id(),
                    Optional.of(wanted),
                    before.isPresent() ? "edit" : "create",
                    Optional.empty(),
                    agent,
                    note);
            return wanted;
        } finally {
            changing.unlock();
        }
    }

    /** What rules a state of an entity would break if it were kept now. */
    public List<Fault> faults(Entity wanted) {
        var now = state.now;
        var entities = new LinkedHashMap<String, Entity>();
        for (var entity : now.all()) entities.put(entity.id(), entity);
        entities.put(wanted.id(), wanted);
        var then = new Register(entities.values(), now.observations());
        var faults = new ArrayList<>(check.apply(wanted, then));
        for (var fault : Integrity.faults(then))
            if (fault.entity().equals(wanted.id())
                    && faults.stream().noneMatch(told -> told.column().equals(fault.column()))) faults.add(fault);
        return faults;
    }

    /**
     * Deletes an entity. Its id is not given again.
     *
     * @param on the tag of the state that the caller read
     * @param replacedBy the entity that stands for it now
     * @throws StaleEntityException if it is another one by now
     * @throws FaultyEntitiesException if others still name it
     */
    public void delete(String id, String on, Optional<String> replacedBy, String agent, String note) {
        changing.lock();
        try {
            fits(id, state.now.find(id), Optional.of(on));
            var faults = new ArrayList<Fault>();
            for (var pointer : state.now.pointingTo(id))
                faults.add(new Fault(
                        "",
                        0,
                        pointer.from().id(),
                        pointer.column(),
                        id,
                        "an entity that stays; change this one first",
                        ""));
            if (state.now.observations().stream()
                    .anyMatch(one -> one.people().equals(id) || one.place().equals(id)))
                faults.add(new Fault("observations", 0, id, "", id, "no census figures of what is deleted", ""));
            replacedBy
                    .filter(other -> state.now.find(other).isEmpty())
                    .ifPresent(other -> faults.add(
                            new Fault("", 0, id, REPLACED_BY, other, "the id of an entity that is there", "")));
            if (!faults.isEmpty()) throw new FaultyEntitiesException(faults);
            keep(id, Optional.empty(), "delete", replacedBy, agent, note);
        } finally {
            changing.unlock();
        }
    }

    private void fits(String id, Optional<Entity> there, Optional<String> on) {
        var now = there.map(AuthorityFile::tag);
        if (!now.equals(on)) throw new StaleEntityException(id, on, now);
        if (state.tables.equals(Version.NONE))
            throw new StaleEntityException("no tables were loaded yet: run 'thocam reference load' first");
        if (there.isEmpty() && gone(id).isPresent())
            throw new StaleEntityException(
                    "entity " + id + " was deleted; its id is not given again. Take another one.");
    }

    private void keep(
            String id, Optional<Entity> entity, String action, Optional<String> replacedBy, String agent, String note) {
        var facts = new HashMap<String, String>();
        facts.put("base", Long.toString(state.tables.number()));
        facts.put("action", action);
        if (!note.isBlank()) facts.put("note", note);
        if (entity.isEmpty()) facts.put(DELETED, "true");
        replacedBy.ifPresent(other -> facts.put(REPLACED_BY, other));
        var contents = new HashMap<String, Content>();
        entity.ifPresent(
                wanted -> contents.put(ENTITY, bytes(EntityJson.write(wanted).toPrettyString())));
        done(intake.get().keep(new Part(part(id), facts, ""), contents, Optional.of(version(id)), agent));
        edit(archive.head(part(id))).ifPresent(edit -> state = state.with(Map.of(id, edit)));
    }

    private static Content bytes(String text) {
        return new Content.OfBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void done(java.util.concurrent.CompletableFuture<?> future) {
        try {
            future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException fault ? fault : e;
        }
    }

    /**
     * Loads tables: whole or not at all. What was edited here stays where the tables did not change it.
     *
     * @param theirs what {@link Tables} read
     * @param preferTheirs where both sides changed a cell, whether the tables win
     * @throws FaultyEntitiesException with every fault
     */
    public Loaded load(Register theirs, boolean preferTheirs, boolean dryRun, String agent) {
        var faults = new ArrayList<Fault>();
        for (var entity : theirs.all()) faults.addAll(check.apply(entity, theirs));
        if (!faults.isEmpty()) throw new FaultyEntitiesException(faults);
        changing.lock();
        try {
            var merged = TableMerge.merge(state.loaded, state.now, theirs, preferTheirs);
            boolean same = !state.tables.equals(Version.NONE)
                    && Tables.write(state.loaded).equals(Tables.write(theirs));
            if (dryRun || same) return new Loaded(state.tables, false, merged);
            var left = new ArrayList<>(Integrity.faults(merged.register()));
            for (var entity : merged.register().all())
                if (!theirs.find(entity.id()).equals(Optional.of(entity)))
                    left.addAll(check.apply(entity, merged.register()));
            if (!left.isEmpty()) throw new FaultyEntitiesException(left);
            var contents = new HashMap<String, Content>();
            var files = new ArrayList<Bitstream>();
            new TreeMap<>(Tables.write(theirs)).forEach((name, text) -> {
                var bytes = text.getBytes(StandardCharsets.UTF_8);
                contents.put(FILES + name + ".tsv", new Content.OfBytes(bytes));
                files.add(new Bitstream(
                        name + ".tsv",
                        "text/tab-separated-values",
                        bytes.length,
                        DigestUtils.sha512Hex(bytes),
                        TextState.EMPTY,
                        ""));
            });
            if (preferTheirs) contents.put(PREFERRED, bytes(""));
            done(intake.get().keep(item(files), contents, Optional.of(state.tables), agent));
            var head = archive.head(ID).orElseThrow();
            state = new State(head.version(), theirs, state.edits, edited(theirs, state.edits));
            for (var id : List.copyOf(state.edits.keySet()))
                settle(id, merged.register().find(id), agent);
            return new Loaded(head.version(), true, merged);
        } finally {
            changing.unlock();
        }
    }

    /** Brings a load that was stopped between its tables and the edits that they change to its end. */
    public void settle() {
        changing.lock();
        try {
            mergeWhatWasLeft();
        } finally {
            changing.unlock();
        }
    }

    /**
     * Only the last load can have been stopped, for each start ends what it finds: its base is the tables before it, whichever an edit was
     * made over.
     */
    private void mergeWhatWasLeft() {
        if (state.tables.number() < 2) return;
        var left = state.edits.keySet().stream()
                .filter(id -> state.edits.get(id).base.compareTo(state.tables) < 0)
                .toList();
        if (left.isEmpty()) return;
        var before = tables(new Version(state.tables.number() - 1));
        boolean preferTheirs = archive.paths(ID, state.tables).contains(PREFERRED);
        for (var id : left) {
            var edit = state.edits.get(id);
            if (before.find(id).equals(state.loaded.find(id))) continue;
            var one = edited(before, Map.of(id, edit));
            settle(
                    id,
                    TableMerge.merge(before, one, state.loaded, preferTheirs)
                            .register()
                            .find(id),
                    edit.agent);
        }
    }

    private void settle(String id, Optional<Entity> merged, String agent) {
        var edit = state.edits.get(id);
        if (merged.equals(edit.entity)) return;
        LOG.info("reference: {} is merged with the tables of {}", id, state.tables);
        keep(id, merged, "merge", edit.replacedBy, agent, "");
    }

    private static Item item(List<Bitstream> files) {
        return new Item(
                ID,
                new LanguageMap(Map.of(
                        new LanguageTag("vi"),
                        "Dữ liệu tham chiếu: các dân tộc, ngôn ngữ, chữ viết, địa danh, lễ hội, nghề, phong tục, di sản",
                        new LanguageTag("en"),
                        "Reference data: peoples, languages, scripts, places, festivals, crafts, customs, heritage")),
                TYPE,
                List.of(new LanguageTag("vi"), new LanguageTag("en")),
                LanguageMap.EMPTY,
                List.of("Thocam"),
                "",
                List.of(),
                Optional.empty(),
                "https://creativecommons.org/licenses/by/4.0/",
                Access.OPEN,
                List.of("reference"),
                files,
                List.of(),
                "",
                "");
    }

    /** Of the table that the entity stands in: the same table says the same of it. */
    private static String digest(Item item, String id) {
        var name = EntityKind.ofId(id).map(EntityKind::table).orElse("") + Tables.ENDING;
        return item.files().stream()
                .filter(file -> file.name().equals(name))
                .map(Bitstream::sha512)
                .findFirst()
                .orElse("");
    }

    /** Every state that an entity had, the oldest first; states that other tables left as they were are not told. */
    public List<Past> history(String id) {
        var events = new ArrayList<Archived>(archive.versions(ID));
        events.addAll(archive.versions(part(id)));
        events.sort(java.util.Comparator.comparing(Archived::at));
        var states = new ArrayList<Past>();
        Optional<Entity> last = Optional.empty();
        boolean own = false;
        var table = "";
        for (var event : events) {
            Past next;
            if (event.holding() instanceof Part part) {
                own = true;
                var edit = edit(event, part);
                next = new Past(edit.version, edit.at, edit.agent, edit.action, edit.note, edit.entity);
            } else {
                if (own || !(event.holding() instanceof Item item)) continue;
                var digest = digest(item, id);
                if (digest.equals(table)) continue;
                table = digest;
                next = new Past(
                        event.version(),
                        event.at(),
                        event.agent(),
                        "load",
                        "",
                        tables(event.version()).find(id));
            }
            if (next.entity.equals(last)) continue;
            states.add(next);
            last = next.entity;
        }
        return states;
    }
}
