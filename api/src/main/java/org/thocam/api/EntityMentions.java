package org.thocam.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.thocam.ontology.Change;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.graph.KnowledgeGraph;

/**
 * The items that name an entity, as one viewer may know of them at this moment: neither listed nor counted is what is hidden, also
 * where the graph has not caught up with it yet.
 */
record EntityMentions(Library library, VisibleItems items, Clock clock) {
    /**
     * @param total of all of them
     * @param more whether there are more than could be counted
     */
    record Page(long total, boolean more, List<ObjectNode> items, Optional<ItemId> next) {}

    Page first(String entity, Viewer viewer, int most) {
        return page(entity, viewer, Optional.empty(), most);
    }

    Page page(String entity, Viewer viewer, Optional<ItemId> after, int most) {
        var graph = library.graph();
        var named =
                graph.mentionedIn(graph.base() + "id/" + entity, viewer, clock.instant(), KnowledgeGraph.MOST_COUNTED);
        var hidden = new HashSet<>(items.hidden(viewer));
        var ids = new TreeSet<ItemId>();
        for (var id : named.items()) if (!hidden.contains(id) && stands(id)) ids.add(id);
        var page = ids.stream()
                .filter(id -> after.isEmpty() || id.compareTo(after.get()) > 0)
                .limit(most + 1L)
                .toList();
        boolean goesOn = most > 0 && page.size() > most;
        var shown = page.subList(0, Math.min(most, page.size()));
        return new Page(
                ids.size(),
                named.count() >= KnowledgeGraph.MOST_COUNTED,
                shown.stream().flatMap(id -> brief(id, viewer).stream()).toList(),
                goesOn ? Optional.of(shown.get(shown.size() - 1)) : Optional.empty());
    }

    /** A withdrawal holds from the moment it is acknowledged. */
    private boolean stands(ItemId id) {
        return library.log()
                .headOf(id)
                .filter(head -> head.kind() == Change.Kind.DEPOSITED)
                .isPresent();
    }

    private Optional<ObjectNode> brief(ItemId id, Viewer viewer) {
        return library.archive()
                .head(id)
                .map(head -> head.holding() instanceof Item item ? item : null)
                .filter(item -> items.allows(item, viewer))
                .map(item -> {
                    var node = ItemJson.MAPPER.createObjectNode().put("id", id.value());
                    var title = node.putObject("title");
                    item.title().texts().forEach((tag, text) -> title.put(tag.value(), text));
                    return node.put("href", Addresses.item(id)).put("mentions", Addresses.item(id) + "/mentions");
                });
    }
}
