package org.thocam.dictionary.exchange;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a written file had no home for: each field by its name, how often, and where first. Empty where nothing was lost. */
public final class LossReport {
    private static final int EXAMPLES = 3;

    /** @param entries ids of the first that lost it */
    public record Loss(long count, List<String> entries) {}

    private final String format;
    private final Map<String, Loss> losses = new TreeMap<>();

    public LossReport(String format) {
        this.format = format;
    }

    /** @param field as in an entry's JSON, such as {@code senses/examples/source} */
    public void lost(String field, String entry) {
        losses.merge(field, new Loss(1, List.of(entry)), (before, one) -> {
            var entries = new ArrayList<>(before.entries());
            if (entries.size() < EXAMPLES && !entries.contains(entry)) entries.add(entry);
            return new Loss(before.count() + 1, List.copyOf(entries));
        });
    }

    public boolean isEmpty() {
        return losses.isEmpty();
    }

    public Map<String, Loss> losses() {
        return Map.copyOf(losses);
    }

    public ObjectNode json() {
        var node = JsonNodeFactory.instance.objectNode().put("format", format);
        var list = node.putArray("lost");
        losses.forEach((field, loss) -> {
            var one = list.addObject().put("field", field).put("count", loss.count());
            loss.entries().forEach(one.putArray("entries")::add);
        });
        return node;
    }
}
