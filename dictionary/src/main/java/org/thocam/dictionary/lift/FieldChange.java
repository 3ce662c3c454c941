package org.thocam.dictionary.lift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * One field that differs between two states of an entry; see {@link Conflict} for its path.
 *
 * @param before missing where the field is new
 * @param after missing where the field is gone
 */
public record FieldChange(String path, JsonNode before, JsonNode after) {
    public ObjectNode json() {
        var node = JsonNodeFactory.instance.objectNode().put("path", path);
        node.set("before", before.isMissingNode() ? null : before);
        node.set("after", after.isMissingNode() ? null : after);
        return node;
    }

    /** What makes {@code after} of {@code before}: trees of two readings of one entry. */
    public static List<FieldChange> between(ObjectNode before, ObjectNode after) {
        var changes = new ArrayList<FieldChange>();
        object(Shape.ENTRY, before, after, "", changes);
        return changes;
    }

    private static void object(Shape shape, JsonNode before, JsonNode after, String path, List<FieldChange> changes) {
        for (var member : shape.members()) {
            var one = before.path(member.json());
            var other = after.path(member.json());
            var place = path + member.json();
            if (member instanceof Shape.Forms || member instanceof Shape.Multitext)
                texts(one, other, place + "/", changes);
            else if (member instanceof Shape.Written) {
                if (!EntryMerge.written(before).equals(EntryMerge.written(after)))
                    value(one, other, place, changes, true);
            } else if (member instanceof Shape.One single && one.isObject() && other.isObject())
                object(single.shape(), one, other, place + "/", changes);
            else if (member instanceof Shape.Many many) list(many, one, other, place + "/", changes);
            else value(one, other, place, changes, false);
        }
        value(before.path(LiftEntry.RESIDUE), after.path(LiftEntry.RESIDUE), path + LiftEntry.RESIDUE, changes, false);
        value(
                before.path(LiftEntry.RESIDUE_ATTRIBUTES),
                after.path(LiftEntry.RESIDUE_ATTRIBUTES),
                path + LiftEntry.RESIDUE_ATTRIBUTES,
                changes,
                false);
    }

    private static void texts(JsonNode before, JsonNode after, String path, List<FieldChange> changes) {
        var langs = new LinkedHashSet<String>();
        before.fieldNames().forEachRemaining(langs::add);
        after.fieldNames().forEachRemaining(langs::add);
        for (var lang : langs) value(before.path(lang), after.path(lang), path + lang, changes, false);
    }

    private static void list(
            Shape.Many member, JsonNode before, JsonNode after, String path, List<FieldChange> changes) {
        var from = EntryMerge.items(before);
        var to = EntryMerge.items(after);
        var toNames = EntryMerge.allNames(to, member);
        int[] match = Alignment.of(from, to, member, false);
        var kept = new boolean[from.size()];
        int last = -1;
        boolean moved = false;
        for (int i = 0; i < match.length; i++) {
            var place = path + toNames.get(i);
            if (match[i] < 0) changes.add(new FieldChange(place, EntryMerge.MISSING, Alignment.content(to.get(i))));
            else {
                kept[match[i]] = true;
                moved |= match[i] < last;
                last = match[i];
                object(member.shape(), from.get(match[i]), to.get(i), place + "/", changes);
            }
        }
        var fromNames = EntryMerge.allNames(from, member);
        for (int j = 0; j < kept.length; j++)
            if (!kept[j])
                changes.add(
                        new FieldChange(path + fromNames.get(j), Alignment.content(from.get(j)), EntryMerge.MISSING));
        if (moved)
            changes.add(new FieldChange(path + "order", EntryMerge.names(from, member), EntryMerge.names(to, member)));
    }

    private static void value(JsonNode before, JsonNode after, String path, List<FieldChange> changes, boolean surely) {
        if (surely || !before.equals(after)) changes.add(new FieldChange(path, before, after));
    }
}
