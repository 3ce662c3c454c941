package org.thocam.dictionary;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.thocam.ontology.Access;
import org.thocam.ontology.Archive;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Intake;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Receipt;
import org.thocam.ontology.StaleVersionException;
import org.thocam.ontology.Submission;
import org.thocam.ontology.Version;

/**
 * Takes a word list into the archive as the next version of a dictionary: its file replaces the one before, and all else that the item
 * says (title, access, sets ...) stays.
 */
public final class LexiconImport {
    private final Archive archive;
    private final Intake intake;

    public LexiconImport(Archive archive, Intake intake) {
        this.archive = archive;
        this.intake = intake;
    }

    /** @param faults rows that are no entries, {@code failed} of them */
    public record Outcome(Receipt receipt, long entries, long failed) {}

    /** The id names something else, or somebody changed the dictionary meanwhile. */
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        RefusedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Returns once it is durable. The same file and language again is no change.
     *
     * @param language of the headwords; empty for what the dictionary says already, {@code und} where it is new
     * @throws NotAWordListException if the file is none; nothing was changed
     * @throws RefusedException if this id cannot take it; nothing was changed
     */
    public Outcome run(ItemId id, Optional<LanguageTag> language, Path file, String agent, WordList.Reading reading)
            throws NotAWordListException, IOException {
        var name = file.getFileName().toString().replaceAll("[\\\\\\p{Cntrl}]", "_");
        var format = WordList.Format.ofName(name)
                .orElseThrow(() -> new IllegalArgumentException(file + ": want a file that ends in .csv or .tsv"));
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
        var tag = language.or(() -> before.map(item -> item.languages().get(0))).orElse(LanguageTag.UNDETERMINED);
        var counted = new Counted(reading);
        var sha512 = read(file, format, tag, counted);
        var receipt = before.isPresent() && same(before.get(), tag, sha512)
                ? new Receipt(file.toString(), id, head.get().version(), "unchanged", "")
                : taken(before.orElseGet(() -> fresh(id)), tag, name, file, head.map(h -> h.version()), agent);
        return new Outcome(receipt, counted.entries, counted.failed);
    }

    /** Its digest, so that what was checked is compared. */
    private static String read(Path file, WordList.Format format, LanguageTag tag, Counted counted)
            throws NotAWordListException, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-512");
            WordList.read(new DigestInputStream(in, digest), format, tag, counted);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-512", e);
        }
    }

    private static boolean same(Item item, LanguageTag tag, String sha512) {
        return item.languages().get(0).equals(tag)
                && Lexicon.of(item)
                        .flatMap(Lexicon::words)
                        .map(Bitstream::sha512)
                        .filter(sha512::equals)
                        .isPresent();
    }

    private Receipt taken(Item item, LanguageTag tag, String name, Path file, Optional<Version> basis, String agent) {
        var languages = new ArrayList<>(List.of(tag));
        item.languages().stream().skip(1).filter(other -> !other.equals(tag)).forEach(languages::add);
        var place = file.toString();
        var next = item.withFiles(List.of()).withLanguages(languages).from(place, "");
        var submission = new Submission(next, Optional.empty(), List.of(new Submission.Upload(name, file)), place);
        try {
            return intake.take(submission, Optional.of(basis.orElse(Version.NONE)), agent)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StaleVersionException stale)
                throw new RefusedException(stale.getMessage(), stale);
            if (e.getCause() instanceof RuntimeException fault) throw fault;
            throw e;
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

    private static final class Counted implements WordList.Reading {
        private final WordList.Reading told;
        private long entries;
        private long failed;

        Counted(WordList.Reading told) {
            this.told = told;
        }

        @Override
        public void entry(Entry entry) {
            entries++;
            told.entry(entry);
        }

        @Override
        public void fault(WordList.Fault fault) {
            failed++;
            told.fault(fault);
        }

        @Override
        public void unknownColumn(String name) {
            told.unknownColumn(name);
        }
    }
}
