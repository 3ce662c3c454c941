package org.thocam.dictionary;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Version;

/** Reads the entries of an archived lexicon: from the archive alone, so that every reading of a version gives the same. */
public final class LexiconReader {
    private static final Logger LOG = LoggerFactory.getLogger(LexiconReader.class);

    private final Archive archive;

    public LexiconReader(Archive archive) {
        this.archive = archive;
    }

    /**
     * Tells every entry of a version.
     *
     * @return why there are none although there is a version, or empty; what was told before is then void
     */
    public Optional<String> read(Lexicon lexicon, Version version, Consumer<Entry> entries) {
        if (lexicon.words().isEmpty()) return Optional.of("has no .csv or .tsv file");
        var name = lexicon.words().get().name();
        var format = WordList.Format.ofName(name).orElseThrow();
        try (var in = archive.open(lexicon.id(), version, "files/" + name)) {
            WordList.read(in, format, lexicon.language(), entries::accept);
            return Optional.empty();
        } catch (NotAWordListException e) {
            return Optional.of(name + ": " + e.getMessage());
        } catch (IOException | ArchiveException e) {
            LOG.error("dictionary {} {}: {} cannot be read", lexicon.id(), version, name, e);
            return Optional.of(name + " cannot be read; 'thocam verify' tells more");
        }
    }
}
