package org.thocam.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.thocam.ontology.Shown;

/** One fault of the tables in a line for people: where, what was found, what is expected. */
final class ReferenceFault {
    private ReferenceFault() {}

    static String text(JsonNode fault, Messages messages) {
        var where = new StringBuilder(fault.path("table").asText());
        if (fault.path("line").asInt() > 0)
            where.append(':').append(fault.path("line").asText());
        for (var part : new String[] {"entity", "column"}) {
            var text = fault.path(part).asText();
            if (!text.isEmpty())
                where.append(where.isEmpty() || part.equals("entity") ? " " : ", ")
                        .append(text);
        }
        var expected = fault.path("expected").asText();
        var local = messages.isVietnamese() ? fault.path("expectedVi").asText(expected) : expected;
        return messages.say(
                "reference.fault",
                where.toString().strip(),
                Shown.of(fault.path("found").asText()),
                local);
    }
}
