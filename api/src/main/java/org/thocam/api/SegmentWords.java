package org.thocam.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import org.thocam.dictionary.EntryId;
import org.thocam.dictionary.Lexicon;
import org.thocam.dictionary.LexiconStore.ShownLexicon;
import org.thocam.dictionary.entry.Sense;
import org.thocam.index.analysis.AnalysisSteps;
import org.thocam.index.search.DictionaryEntry;
import org.thocam.index.search.EntryRequest;
import org.thocam.index.search.EntryResponse.Found;
import org.thocam.ontology.Item;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Viewer;

/** The words of a passage as the dictionaries of its language have them: found when they are asked for, so that both stay free to change. */
record SegmentWords(Library library, VisibleItems items) {
    private static final int MOST_WORDS = 40;
    private static final int MOST_DICTIONARIES = 5;
    private static final int MOST_ENTRIES = 5;
    /** A headword of two syllables is written as two words in many of our languages. */
    private static final int LONGEST = 2;

    /** @param language of the passage; where it is not known all dictionaries are asked */
    void of(String text, LanguageTag language, Viewer viewer, ArrayNode list) {
        var dictionaries = dictionaries(language, viewer);
        if (dictionaries.isEmpty()) return;
        words(text).forEach((word, start) -> {
            var entries = new ArrayList<ObjectNode>();
            for (var dictionary : dictionaries) entries.addAll(entries(dictionary, word));
            if (entries.isEmpty()) return;
            var node = list.addObject().put("word", word).put("start", start);
            node.putArray("entries").addAll(entries);
        });
    }

    /** Words and pairs of neighbours as they are written, with where they begin first, in code points. */
    private static LinkedHashMap<String, Integer> words(String text) {
        var words = new LinkedHashMap<String, Integer>();
        var tokens = AnalysisSteps.exact(text);
        for (int from = 0; from < Math.min(MOST_WORDS, tokens.size()); from++)
            for (int to = from; to < Math.min(tokens.size(), from + LONGEST); to++) {
                int start = text.offsetByCodePoints(0, tokens.get(from).start());
                int end = text.offsetByCodePoints(0, tokens.get(to).end());
                if (start < end)
                    words.putIfAbsent(
                            text.substring(start, end), tokens.get(from).start());
            }
        return words;
    }

    private List<ShownLexicon> dictionaries(LanguageTag language, Viewer viewer) {
        return library.lexicons().lexicons().stream()
                .filter(one ->
                        language.undetermined() || one.language().language().equals(language.language()))
                .filter(one -> library.archive()
                        .head(one.id())
                        .filter(head -> head.holding() instanceof Item item
                                && items.allows(item, viewer)
                                && Lexicon.of(item).isPresent())
                        .isPresent())
                .limit(MOST_DICTIONARIES)
                .toList();
    }

    private List<ObjectNode> entries(ShownLexicon dictionary, String word) {
        var asked = EntryRequest.of(dictionary.id(), word)
                .by(EnumSet.of(EntryRequest.By.HEADWORD))
                .match(EnumSet.of(EntryRequest.Match.EXACT))
                .size(MOST_ENTRIES);
        return library.entries().find(asked).stream()
                .flatMap(found -> found.items().stream())
                .filter(hit -> hit.match().filter(Found.EXACT::equals).isPresent())
                .map(hit -> entry(dictionary, hit.entry()))
                .toList();
    }

    private ObjectNode entry(ShownLexicon dictionary, DictionaryEntry entry) {
        var node = org.thocam.ontology.ItemJson.MAPPER
                .createObjectNode()
                .put("dictionary", dictionary.id().value())
                .put("entry", entry.id())
                .put("headword", entry.headword())
                .put("href", Addresses.dictionary(dictionary.id()) + "/entries/" + entry.id());
        var senses = node.putArray("senses");
        library.lexicons()
                .entry(dictionary.id(), new EntryId(entry.id()))
                .flatMap(kept -> kept.asPublished())
                .ifPresent(kept -> kept.entry().senses().forEach(sense -> sense(sense, senses)));
        return node;
    }

    private static void sense(Sense sense, ArrayNode senses) {
        var node = senses.addObject();
        if (!sense.id().isEmpty()) node.put("id", sense.id());
        var glosses = node.putObject("glosses");
        sense.glosses().forEach(gloss -> glosses.put(gloss.lang(), gloss.text()));
    }
}
