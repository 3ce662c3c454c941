package org.thocam.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.entity.AuthorityFile;
import org.thocam.ontology.entity.AuthorityFile.Past;
import org.thocam.ontology.entity.EntityJson;

/** The states that an entity had, each with what it changed. */
final class EntityHistory {
    private EntityHistory() {}

    static List<ObjectNode> of(List<Past> past) {
        var states = new ArrayList<ObjectNode>();
        var before = ItemJson.MAPPER.createObjectNode();
        for (var state : past) {
            var node = ItemJson.MAPPER
                    .createObjectNode()
                    .put("version", state.version().number())
                    .put("at", state.at().toString())
                    .put("agent", state.agent())
                    .put("action", state.action());
            if (!state.note().isEmpty()) node.put("note", state.note());
            state.entity().ifPresent(entity -> node.put("tag", AuthorityFile.tag(entity)));
            var after = state.entity().map(EntityJson::write).orElseGet(ItemJson.MAPPER::createObjectNode);
            var changes = node.putArray("changes");
            var columns = new LinkedHashSet<String>();
            before.fieldNames().forEachRemaining(columns::add);
            after.fieldNames().forEachRemaining(columns::add);
            for (var column : columns) {
                var old = before.path(column);
                var now = after.path(column);
                if (old.equals(now)) continue;
                var change = changes.addObject().put("column", column);
                if (!old.isMissingNode()) change.set("from", old);
                if (!now.isMissingNode()) change.set("to", now);
            }
            states.add(node);
            before = after;
        }
        return states;
    }
}
