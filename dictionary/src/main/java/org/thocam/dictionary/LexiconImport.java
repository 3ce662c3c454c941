package org.thocam.dictionary;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;
import org.thocam.dictionary.LexiconStore.ShownLexicon;
import org.thocam.dictionary.lift.Conflict;
import org.thocam.dictionary.lift.EntryMerge;
import org.thocam.dictionary.lift.LiftEntry;
import org.thocam.dictionary.lift.LiftException;
import org.thocam.dictionary.lift.LiftFile;
import org.thocam.ontology.Access;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.Content;
import org.thocam.ontology.Intake;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Receipt;
import org.thocam.ontology.TextState;
import org.thocam.ontology.Version;

/**
 * Takes a lexicon's file in: the first one as it is; each later one merged by three ways with what was edited here since, entry by entry and
 * field by field. What the file lacks stays, unless its deletions are asked for. One deposit, whatever its size.
 */
public final class LexiconImport {
    private static final byte[] LINE = "\n".getBytes(StandardCharsets.UTF_8);

    private final Archive archive;
    private final Intake intake;
    private final ChangeLog log;
    private final Lexicons lexicons;
    private final Path work;

    /** @param work folder on the archive's file system for what is on its way in */
    public LexiconImport(Archive archive, Intake intake, ChangeLog log, Lexicons lexicons, Path work) {
        this.archive = archive;
        this.intake = intake;
        this.log = log;
        this.lexicons = lexicons;
        this.work = work;
    }

    /**
     * What is to be taken in, and how.
     *
     * @param language of the headwords; empty for what the dictionary says already, else what the file shows
     * @param since the point of the export that the file was made from (see {@link LexiconExport}); empty for the file that came last
     * @param deletions whether what the file lacks is deleted here too
     * @param dryRun whether nothing is kept
     */
    public record Request(
            ItemId id,
            Path source,
            Optional<LanguageTag> language,
            Optional<Instant> since,
            boolean deletions,
            boolean dryRun,
            LexiconSources.Options options,
            String agent) {}

    /**
     * @param entries of the file
     * @param conflicts entries in which both sides changed a field; both values are kept
     * @param missing entries that the file lacks and that stay
     */
    public record Outcome(
            Receipt receipt, long entries, long added, long changed, long conflicts, long missing, long failed) {}

    /** The id names something else, or the file cannot be taken in. Nothing was changed. */
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        RefusedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Returns once it is durable and shown. The same again is no change.
     *
     * @throws LexiconSources.NotALexiconException if the file is none; nothing was changed
     * @throws RefusedException if this id cannot take it; nothing was changed
     */
    public Outcome run(Request request, LexiconSources.Told told)
            throws LexiconSources.NotALexiconException, IOException {
        var id = request.id();
        var lock = lexicons.lock(id).writeLock();
        lock.lock();
        var own = work.resolve("lexicon-" + UUID.randomUUID());
        try {
            Files.createDirectories(own);
            var head = archive.head(id);
            var before = head.map(archived -> archived.holding() instanceof Item item ? item : null);
            if (head.isPresent() && before.isEmpty())
                throw new RefusedException(
                        "dictionary " + id + " was withdrawn (" + head.get().version()
                                + "); bring it back with PUT and If-Match, or choose another id",
                        null);
            if (before.isPresent() && Lexicon.of(before.get()).isEmpty())
                throw new RefusedException(
                        "item " + id + " is there and is no dictionary (not in the set '" + Lexicon.SET
                                + "'); choose another id",
                        null);
            var known = request.language()
                    .or(() -> before.map(item -> item.languages().get(0)))
                    .filter(tag -> !tag.undetermined());
            var counted = new Counted(told);
            var source = LexiconSources.read(request.source(), request.options(), known, own, counted);
            var language = known.orElse(source.language());
            if (before.isPresent() && same(before.get(), language, source))
                return new Outcome(
                        new Receipt(request.source().toString(), id, head.get().version(), "unchanged", ""),
                        source.entries(),
                        0,
                        0,
                        0,
                        0,
                        counted.failed);
            var lexicon =
                    before.flatMap(Lexicon::of).filter(found -> found.words().isPresent() || edited(found.id()));
            var merge = lexicon.isPresent()
                    ? new Merge(request, source, lexicon.get(), language, own).run()
                    : new Merged(source.lift(), source.entries(), 0, List.of(), 0);
            if (request.dryRun())
                return outcome(
                        new Receipt(request.source().toString(), id, Version.NONE, "dry-run", ""),
                        source,
                        merge,
                        counted);
            return kept(request, before, head.map(found -> found.version()), language, source, merge, counted);
        } finally {
            lock.unlock();
            discard(own);
        }
    }

    /** Without a file a dictionary has what was made here. */
    private boolean edited(ItemId id) {
        return !log.partsOf(id, "", 1).isEmpty();
    }

    private static Outcome outcome(Receipt receipt, LexiconSources.Source source, Merged merged, Counted counted) {
        return new Outcome(
                receipt,
                source.entries(),
                merged.added(),
                merged.changed(),
                merged.conflicts().size(),
                merged.missing(),
                counted.failed);
    }

    /** What came last, whatever became of it here. */
    private static boolean same(Item item, LanguageTag language, LexiconSources.Source source) {
        if (!item.languages().get(0).equals(language)) return false;
        var received = received(item);
        return received.filter(file -> file.sha512().equals(source.digest())).isPresent()
                && source.beside().stream().allMatch(file -> item.files().stream()
                        .anyMatch(there -> there.name().equals(file.name())
                                && there.sha512().equals(file.sha512())));
    }

    private static Optional<Bitstream> received(Item item) {
        return item.files().stream()
                .filter(file -> file.name().startsWith(Lexicon.RECEIVED))
                .findFirst()
                .or(() -> Lexicon.of(item).flatMap(Lexicon::words));
    }

    private Outcome kept(
            Request request,
            Optional<Item> before,
            Optional<Version> basis,
            LanguageTag language,
            LexiconSources.Source source,
            Merged merged,
            Counted counted)
            throws IOException {
        var id = request.id();
        var files = new LinkedHashMap<String, Bitstream>();
        var contents = new HashMap<String, Content>();
        before.ifPresent(item -> {
            var words = Lexicon.of(item).flatMap(Lexicon::words);
            for (var file : item.files())
                // what the file before this one was made from is no original of this one
                if (!file.name().startsWith(Lexicon.RECEIVED)
                        && !file.name().startsWith(LexiconSources.ORIGINAL)
                        && !words.filter(file::equals).isPresent()) {
                    files.put(file.name(), file);
                    contents.put("files/" + file.name(), new Content.Kept());
                }
        });
        var lift = described(source.liftName(), "application/xml", merged.lift());
        // what came, where it met other edits: the next file that comes is compared with it
        if (!lift.sha512().equals(source.digest())) {
            var name = Lexicon.RECEIVED + source.liftName();
            put(described(name, "application/xml", source.lift()), source.lift(), files, contents);
        }
        put(lift, merged.lift(), files, contents);
        for (var file : source.beside())
            put(described(file.name(), file.mediaType(), file.path()), file.path(), files, contents);
        for (var conflict : merged.conflicts()) keep(request, conflict);
        var languages = new ArrayList<>(List.of(language));
        before.ifPresent(item -> item.languages().stream()
                .skip(1)
                .filter(other -> !other.equals(language))
                .forEach(languages::add));
        var item = before.orElseGet(() -> fresh(id))
                .withFiles(List.copyOf(files.values()))
                .withLanguages(languages)
                .from(request.source().toString(), source.digest());
        var receipt = Lexicons.done(
                intake.keep(item, contents, Optional.of(basis.orElse(Version.NONE)), request.agent()), id);
        lexicons.store().show(item, receipt.version());
        return outcome(
                new Receipt(request.source().toString(), id, receipt.version(), "ok", receipt.reason()),
                source,
                merged,
                counted);
    }

    private static void put(Bitstream file, Path path, Map<String, Bitstream> files, Map<String, Content> contents) {
        files.put(file.name(), file);
        contents.put("files/" + file.name(), new Content.OfPath(path));
    }

    private static Bitstream described(String name, String mediaType, Path path) throws IOException {
        return new Bitstream(name, mediaType, Files.size(path), LexiconSources.sha512(path), TextState.EMPTY, "");
    }

    private void keep(Request request, Met met) {
        var shown = lexicons.store().shown(request.id()).orElseThrow();
        var now = lexicons.store().entry(request.id(), met.id()).orElseThrow();
        lexicons.keepConflict(
                shown,
                now,
                DigestUtils.sha256Hex(met.base() + "\0" + met.theirs()).substring(0, 16),
                met.base(),
                met.theirs(),
                "import",
                met.conflicts(),
                request.agent());
    }

    /** An entry in which both sides changed a field. */
    private record Met(EntryId id, ObjectNode base, ObjectNode theirs, List<Conflict> conflicts) {}

    private record Merged(Path lift, long added, long changed, List<Met> conflicts, long missing) {}

    private final class Merge {
        private final Request request;
        private final LexiconSources.Source source;
        private final Lexicon lexicon;
        private final LanguageTag language;
        private final Path own;
        private final LexiconStore store;
        private final ShownLexicon shown;
        private final List<Met> conflicts = new ArrayList<>();
        private final Set<EntryId> met = new HashSet<>();
        private final EntryIds ids = new EntryIds();
        private long added;
        private long changed;
        private long missing;
        private long at;

        Merge(Request request, LexiconSources.Source source, Lexicon lexicon, LanguageTag language, Path own) {
            this.request = request;
            this.source = source;
            this.lexicon = lexicon;
            this.language = language;
            this.own = own;
            this.store = lexicons.store();
            this.shown = store.shown(lexicon.id())
                    .orElseThrow(() -> new RefusedException(
                            "the entries of dictionary " + lexicon.id() + " are being made; try again in a moment",
                            null));
            // an edit that is not shown yet, as after a crash, would not be in the next file
            if (!archive.head(lexicon.id())
                            .filter(head -> head.version().equals(shown.version()))
                            .isPresent()
                    || !store.isUpToDate(lexicon.id()))
                throw new RefusedException(
                        "the entries of dictionary " + lexicon.id() + " are being made; try again in a moment", null);
        }

        Merged run() throws IOException {
            var out = own.resolve("merged.lift");
            try (var base = base();
                    InputStream in = Files.newInputStream(source.lift());
                    InputStream entries = Files.newInputStream(source.lift());
                    OutputStream to = new BufferedOutputStream(Files.newOutputStream(out), 1 << 16)) {
                var frame = LiftFile.read(entries, placed -> {
                    try {
                        between(in, to, placed.offset() - at);
                        in.skipNBytes(placed.length());
                        at = placed.offset() + placed.length();
                        to.write(entry(base, placed.entry()).getBytes(StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                between(in, to, frame.end() - at);
                if (frame.empty()) {
                    in.skipNBytes(2);
                    to.write('>');
                }
                store.forEach(lexicon.id(), entry -> {
                    if (!met.contains(entry.id())) left(base, entry, to);
                });
                if (frame.empty()) to.write("\n</lift>".getBytes(StandardCharsets.UTF_8));
                in.transferTo(to);
            } catch (LiftException e) {
                throw new ArchiveException("a file that was read before cannot be read: " + e.getMessage(), e);
            }
            return new Merged(out, added, changed, conflicts, missing);
        }

        /** The state that the other side began from. */
        private BaseTexts base() throws IOException {
            var path = own.resolve("base.sqlite");
            try {
                var point = request.since().or(() -> LexiconExport.pointOf(request.source(), lexicon.id()));
                if (point.isPresent()) return since(path, point.get());
                var item = (Item) archive.head(lexicon.id()).orElseThrow().holding();
                var received = received(item);
                if (received.isEmpty()) return BaseTexts.none(path);
                var name = received.get().name();
                var format = LexiconFormat.ofName(name);
                // what cannot be read has no entries that anybody began from
                if (format.isEmpty() || shown.fault().isPresent()) return BaseTexts.none(path);
                try (var in = archive.open(lexicon.id(), shown.version(), "files/" + name)) {
                    return BaseTexts.of(path, format.get(), in, language.value());
                }
            } catch (LexiconFormat.RefusedException e) {
                throw new ArchiveException(
                        "what came last for dictionary " + lexicon.id() + " cannot be read: " + e.getMessage(), e);
            }
        }

        private BaseTexts since(Path path, Instant until) throws IOException, LexiconFormat.RefusedException {
            var then = archive.versions(lexicon.id()).stream()
                    .filter(version -> !version.at().isAfter(until))
                    .reduce((one, other) -> other)
                    .filter(version -> version.holding() instanceof Item)
                    .orElseThrow(() -> new RefusedException(
                            "there was no dictionary " + lexicon.id() + " at " + until
                                    + "; give the point that the export told",
                            null));
            var lexiconThen = Lexicon.of((Item) then.holding())
                    .filter(found -> found.words().isPresent());
            if (lexiconThen.isEmpty())
                throw new RefusedException("dictionary " + lexicon.id() + " had no file at " + until, null);
            var words = lexiconThen.get().words().orElseThrow();
            BaseTexts texts;
            try (var in = archive.open(lexicon.id(), then.version(), "files/" + words.name())) {
                texts = BaseTexts.of(path, LexiconFormat.ofName(words.name()).orElseThrow(), in, language.value());
            }
            try {
                edited(texts, until, store.since(lexiconThen.get(), then.version()));
                return texts;
            } catch (RuntimeException e) {
                texts.close();
                throw e;
            }
        }

        private void edited(BaseTexts texts, Instant until, Version since) {
            var parts = new ArrayList<ItemId>();
            for (var page = log.partsOf(lexicon.id(), "", 500);
                    ;
                    page = log.partsOf(
                            lexicon.id(), page.get(page.size() - 1).id().partName(), 500)) {
                page.forEach(part -> parts.add(part.id()));
                if (page.size() < 500) break;
            }
            texts.edit(archive, lexicon.id(), until, since, parts);
        }

        private void between(InputStream in, OutputStream to, long length) throws IOException {
            var buffer = new byte[1 << 14];
            for (long left = length; left > 0; ) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) throw new IOException("the file ends early");
                to.write(buffer, 0, read);
                left -= read;
            }
        }

        /** What the next file has in the place of an entry of theirs. */
        private String entry(BaseTexts base, LiftEntry theirs) {
            var id = ids.next(theirs.entry());
            met.add(id);
            var mine = store.entry(lexicon.id(), id);
            if (mine.isEmpty()) {
                added++;
                return theirs.xml();
            }
            var now = mine.get();
            var text = now.deleted() ? LiftExport.tombstone(now) : now.xml();
            if (theirs.xml().equals(text) || theirs.xml().equals(now.xml()) && !now.deleted()) return theirs.xml();
            var from = base.text(id);
            if (from.isPresent() && theirs.xml().equals(from.get())) return text;
            boolean gone = !theirs.entry().dateDeleted().isEmpty();
            boolean untouched = from.isPresent() && now.xml().equals(from.get());
            if (gone || now.deleted()) {
                if (gone && now.deleted()) return text;
                // an edit outlives a deletion, whichever side made it
                if (gone && !untouched) return text;
                changed++;
                return theirs.xml();
            }
            var baseTree = from.map(xml -> LiftEntry.kept(xml).tree()).orElseGet(JsonNodeFactory.instance::objectNode);
            var merged = EntryMerge.file(baseTree, now.tree(), theirs.tree(), request.deletions());
            if (!merged.clean())
                conflicts.add(new Met(
                        id,
                        baseTree,
                        theirs.tree(),
                        merged.conflicts().stream()
                                .filter(conflict -> conflict.kind() != Conflict.Kind.EDIT_KEPT)
                                .toList()));
            var tree = Lexicons.keyless(merged.tree());
            if (tree.equals(Lexicons.keyless(now.tree()))) return now.xml();
            changed++;
            try {
                return theirs.with(tree, LiftEntry.kept(now.xml())).xml();
            } catch (IllegalArgumentException e) {
                throw new RefusedException("entry '" + id + "' cannot be merged: " + e.getMessage(), e);
            }
        }

        /** An entry that is here and not in their file. */
        private void left(BaseTexts base, KeptEntry entry, OutputStream to) throws IOException {
            boolean untouched =
                    base.text(entry.id()).filter(entry.xml()::equals).isPresent();
            // what was never edited here came with a file, if not with the last one
            boolean edited = !entry.tag().part().equals(Version.NONE);
            if (request.deletions() && (untouched || !edited) || entry.deleted() && !edited) {
                changed++;
                return;
            }
            if (!entry.deleted()) missing++;
            to.write(LINE);
            to.write((entry.deleted() ? LiftExport.tombstone(entry) : entry.xml()).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void discard(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var path : files.sorted((a, b) -> b.compareTo(a)).toList()) Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " could not be removed", e);
        }
    }

    private static Item fresh(ItemId id) {
        return new Item(
                id,
                LanguageMap.of(LanguageTag.UNDETERMINED, id.value()),
                Lexicon.TYPE,
                List.of(),
                LanguageMap.EMPTY,
                List.of(),
                "",
                List.of(),
                Optional.empty(),
                "",
                Access.OPEN,
                List.of(Lexicon.SET),
                List.of(),
                List.of(),
                "",
                "");
    }

    private static final class Counted implements LexiconSources.Told {
        private final LexiconSources.Told told;
        private long failed;

        Counted(LexiconSources.Told told) {
            this.told = told;
        }

        @Override
        public void fault(String file, long line, String code, boolean error, String message) {
            if (error) failed++;
            told.fault(file, line, code, error, message);
        }

        @Override
        public void unknown(String name) {
            told.unknown(name);
        }
    }
}
