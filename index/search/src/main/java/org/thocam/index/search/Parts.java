package org.thocam.index.search;

import org.thocam.ontology.ItemId;

/** Objects of the archive that are a part of another: {@code bahnar/entry.0a18bb95}. */
final class Parts {
    private static final char BETWEEN = '/';

    private Parts() {}

    static boolean isPart(ItemId id) {
        return id.value().indexOf(BETWEEN) >= 0;
    }

    static ItemId whole(ItemId part) {
        return new ItemId(part.value().substring(0, part.value().indexOf(BETWEEN)));
    }

    static String name(ItemId part) {
        return part.value().substring(part.value().indexOf(BETWEEN) + 1);
    }

    static String id(ItemId whole, String name) {
        return whole.value() + BETWEEN + name;
    }
}
