package org.thocam.dictionary.exchange.cldf;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.thocam.dictionary.exchange.FormatException;

/**
 * What a CLDF data set says that belongs to no entry: its metadata, languages, parameters, media and sources, and rows that hang on no
 * entry. Keep the files, and give them back when the lexicon is to be written as the same data set.
 */
public final class CldfDataset {
    public enum Module {
        WORDLIST,
        DICTIONARY
    }

    private final Map<String, byte[]> files;
    private final Module module;

    private CldfDataset(Map<String, byte[]> files, Module module) {
        this.files = Collections.unmodifiableMap(new TreeMap<>(files));
        this.module = module;
    }

    /**
     * @param files as {@link #files()} gave them
     * @throws FormatException if they are no such files
     */
    public static CldfDataset of(Map<String, byte[]> files) throws FormatException {
        return new CldfDataset(files, Metadata.of(files).module());
    }

    /** By name, such as {@code cldf-metadata.json} and {@code languages.csv}, all in one folder. */
    public Map<String, byte[]> files() {
        return files;
    }

    public Module module() {
        return module;
    }
}
