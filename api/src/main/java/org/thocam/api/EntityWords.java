package org.thocam.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.thocam.dictionary.EntryId;
import org.thocam.dictionary.Headword;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Viewer;

/** The words of dictionaries that name an entity: entries with a sense that refers to it, as one viewer may know of them. */
record EntityWords(Library library, VisibleItems items, Clock clock) {
    private static final int MOST = 100;

    List<ObjectNode> of(String entity, Viewer viewer) {
        var graph = library.graph();
        var hidden = new HashSet<>(items.hidden(viewer));
        var words = new ArrayList<ObjectNode>();
        for (var sense : graph.sensesOf(graph.base() + "id/" + entity, viewer, clock.instant(), MOST))
            word(sense, graph.base() + "id/")
                    .filter(word ->
                            !hidden.contains(new ItemId(word.path("dictionary").textValue())))
                    .ifPresent(words::add);
        return words;
    }

    private Optional<ObjectNode> word(String sense, String ids) {
        var path = sense.startsWith(ids) ? sense.substring(ids.length()).replaceFirst("#.*", "") : "";
        int slash = path.indexOf('/');
        if (slash < 0) return Optional.empty();
        var dictionary = new ItemId(path.substring(0, slash));
        var entry = new EntryId(path.substring(slash + 1));
        return library.lexicons()
                .entry(dictionary, entry)
                .flatMap(kept -> kept.asPublished())
                .map(kept -> {
                    var headword = Headword.of(kept.entry(), LanguageTag.UNDETERMINED);
                    return ItemJson.MAPPER
                            .createObjectNode()
                            .put("@id", sense)
                            .put("dictionary", dictionary.value())
                            .put("entry", entry.value())
                            .put("headword", headword.text())
                            .put("language", headword.language().value())
                            .put("href", "/api/v1/dictionaries/" + dictionary + "/entries/" + entry);
                });
    }
}
