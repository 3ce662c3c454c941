package org.thocam.api.access;

import java.util.Locale;
import org.thocam.ontology.Shown;

/** What a token's holder may do; each may do what those before it may. */
public enum Role {
    READER,
    DEPOSITOR,
    EDITOR,
    REVIEWER,
    ADMIN;

    public boolean mayDoAs(Role needed) {
        return compareTo(needed) >= 0;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Role ofWord(String word) {
        for (var role : values()) if (role.word().equals(word)) return role;
        throw new IllegalArgumentException(
                "role '" + Shown.of(word) + "': want reader, depositor, editor, reviewer or admin");
    }
}
