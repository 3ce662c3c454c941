package org.thocam.dictionary;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Change;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.SetSpecs;

/**
 * An archived item read as a dictionary: every item in the set {@link #SET} is one (decision 0008).
 *
 * @param words the file with its entries; empty where it has none that we can read
 */
public record Lexicon(ItemId id, LanguageMap title, LanguageTag language, Optional<Bitstream> words) {
    /** The collection of dictionaries, so that partners harvest them alone; its sub-sets count too. */
    public static final String SET = "dictionary";

    /** Where the file that came last is kept, when the entries stand in another that it was merged into. */
    static final String RECEIVED = "received/";

    static final String TYPE = "Dataset";

    public static Optional<Lexicon> of(Item item) {
        if (!among(item.sets())) return Optional.empty();
        var words = item.files().stream()
                .filter(file -> file.name().indexOf('/') < 0
                        && LexiconFormat.ofName(file.name()).isPresent())
                .min(Comparator.comparing(
                        file -> LexiconFormat.ofName(file.name()).orElseThrow()));
        return Optional.of(new Lexicon(item.id(), item.title(), item.languages().get(0), words));
    }

    /** Whether a change is that of a dictionary, told without reading the archive. */
    public static boolean isChanged(Change change) {
        return change.kind() == Change.Kind.DEPOSITED && among(SetSpecs.collections(change.sets()));
    }

    private static boolean among(List<String> sets) {
        return sets.stream().anyMatch(set -> set.equals(SET) || set.startsWith(SET + ":"));
    }

    static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
