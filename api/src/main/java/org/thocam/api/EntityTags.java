package org.thocam.api;

import jakarta.ws.rs.core.EntityTag;
import org.thocam.ontology.Archived;
import org.thocam.ontology.Item;

/** Strong entity tags. RFC 9110, section 8.8.3: one for each representation, so the format's name stands in all but the first. */
final class EntityTags {
    private static final int DIGITS = 12;

    private EntityTags() {}

    /** Of an item as JSON, which is also the one that a change is made on. */
    static String of(Archived archived) {
        var digest = archived.holding() instanceof Item item ? item.digest() : "";
        var part = digest.substring(0, Math.min(DIGITS, digest.length()));
        return archived.version() + (part.isEmpty() ? "" : "-" + part);
    }

    static EntityTag of(Archived archived, String format) {
        return new EntityTag(format.isEmpty() ? of(archived) : of(archived) + "." + format);
    }

    /** Whether an If-Match header names this state, in whatever representation or compression it was read. */
    static boolean matches(String ifMatch, Archived archived) {
        var tag = of(archived);
        for (var one : ifMatch.split(",")) {
            var value = one.strip();
            if (value.equals("*")) return true;
            if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) continue;
            value = value.substring(1, value.length() - 1);
            if (value.equals(tag) || value.startsWith(tag + ".") || value.equals(tag + "--gzip")) return true;
        }
        return false;
    }
}
