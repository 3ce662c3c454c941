package org.thocam.dictionary.exchange.cldf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.thocam.dictionary.exchange.FormatException;
import org.thocam.dictionary.exchange.LexiconHead;
import org.thocam.dictionary.exchange.LexiconSource;
import org.thocam.dictionary.exchange.LossReport;
import org.thocam.dictionary.exchange.Reading;

/** Cross-Linguistic Data Formats 1.x, <a href="https://cldf.clld.org">cldf.clld.org</a>: the modules Wordlist and Dictionary. */
public final class Cldf {
    private Cldf() {}

    /**
     * Reads a data set and changes nothing. Each form of a wordlist is an entry, each entry of a dictionary too.
     *
     * @param folderOrZip with a {@code *-metadata.json}, in itself or in its folder {@code cldf}
     * @return what belongs to no entry
     * @throws FormatException if it is no such data set as a whole; nothing was told then
     */
    public static CldfDataset read(Path folderOrZip, Reading reading) throws IOException, FormatException {
        return CldfReader.read(DatasetFiles.of(folderOrZip), reading);
    }

    /**
     * Writes a data set into {@code folder}, over files of the same names.
     *
     * @param dataset what came with these entries when they were read; without it, they are written as a Dictionary
     * @return what {@link #read} would not give back
     */
    public static LossReport write(LexiconHead head, LexiconSource entries, Optional<CldfDataset> dataset, Path folder)
            throws IOException {
        return new CldfWriter(head, entries, dataset).write(folder);
    }
}
