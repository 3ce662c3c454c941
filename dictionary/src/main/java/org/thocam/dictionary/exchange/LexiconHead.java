package org.thocam.dictionary.exchange;

import java.util.List;
import org.thocam.ontology.LanguageMap;

/**
 * What a file says of the lexicon as a whole.
 *
 * @param id of the dictionary
 * @param iri of the dictionary: its entries' are {@code iri + "/" + entry id}
 * @param language BCP 47 tag of the headwords, such as {@code bdq-Latn}
 * @param license as it was given; empty where it was not
 */
public record LexiconHead(
        String id, String iri, LanguageMap title, String language, String license, List<String> creators) {
    public LexiconHead {
        creators = List.copyOf(creators);
    }
}
