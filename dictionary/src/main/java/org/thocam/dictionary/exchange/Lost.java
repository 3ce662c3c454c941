package org.thocam.dictionary.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.thocam.dictionary.entry.Entry;

/**
 * What a format did not keep of an entry, found by comparing it with what would be read back: a writer that reports by this cannot
 * forget a field.
 */
public final class Lost {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Lost() {}

    /**
     * Names each field of {@code before} that {@code after} does not have, by its path in the entry's JSON. Texts of nothing but blanks
     * do not count, nor does what only {@code after} has.
     *
     * @param id of the entry, for the report
     */
    public static void report(String id, Entry before, Entry after, LossReport report) {
        if (before.equals(after)) return;
        compare("", JSON.valueToTree(before), JSON.valueToTree(after), id, report);
    }

    private static void compare(String path, JsonNode before, JsonNode after, String id, LossReport report) {
        if (before.equals(after) || blank(before)) return;
        if (before.isObject() && after != null && after.isTextual() && before.has("markup")) {
            compare(path, before.get("text"), after, id, report);
            report.lost(path + "/markup", id);
        } else if (before.isObject()) {
            before.properties()
                    .forEach(member -> compare(
                            multitext(path) ? path : path.isEmpty() ? member.getKey() : path + "/" + member.getKey(),
                            member.getValue(),
                            after == null ? null : after.get(member.getKey()),
                            id,
                            report));
        } else if (before.isArray()) {
            elements(path, before, after, id, report);
        } else report.lost(path, id);
    }

    /** Elements that are equal belong together wherever they stand; those that are left, by their order. */
    private static void elements(String path, JsonNode before, JsonNode after, String id, LossReport report) {
        var changed = new ArrayList<JsonNode>();
        List<JsonNode> left = new ArrayList<>();
        if (after != null) after.forEach(left::add);
        for (var element : before) if (!left.remove(element)) changed.add(element);
        // a list that is there again in part keeps those that look most alike
        for (int at = 0; at < changed.size(); at++)
            compare(path, changed.get(at), at < left.size() ? left.get(at) : null, id, report);
    }

    /** Below these stand language tags, which a report does not tell apart. */
    private static boolean multitext(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        return name.equals("forms")
                || name.equals("lexicalUnit")
                || name.equals("citation")
                || name.equals("definition")
                || name.equals("usage")
                || name.equals("label");
    }

    private static boolean blank(JsonNode node) {
        if (node.isTextual()) return node.asText().isBlank();
        if (!node.isContainerNode()) return node.isNull();
        for (var child : node) if (!blank(child)) return false;
        return true;
    }
}
