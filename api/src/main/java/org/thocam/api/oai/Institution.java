package org.thocam.api.oai;

import java.util.List;

/**
 * Who keeps the archive, as OLAC and other providers are told. OLAC Repositories 1.1, section 3; OAI-PMH 2.0 guidelines for the
 * friends container.
 *
 * @param name at most 255 characters
 * @param url may be empty
 * @param curator the person to write to, under the administrator's address
 * @param shortLocation city and country, at most 50 characters
 * @param synopsis what the archive holds, at most 1,000 characters
 * @param access under what terms, at most 1,000 characters
 * @param friends base addresses of other OAI-PMH providers
 */
public record Institution(
        String name,
        String url,
        String curator,
        String shortLocation,
        String synopsis,
        String access,
        List<String> friends) {
    public Institution {
        want("name", name, 255);
        want("curator", curator, 255);
        want("shortLocation", shortLocation, 50);
        want("synopsis", synopsis, 1000);
        want("access", access, 1000);
        friends = List.copyOf(friends);
    }

    private static void want(String what, String text, int most) {
        if (text.isBlank() || text.length() > most)
            throw new IllegalArgumentException("institution's " + what + ": want 1 to " + most + " characters, found "
                    + (text.isBlank() ? "none" : text.length()));
    }

    /** What can be said where nobody configured anything. */
    public static Institution called(String name) {
        return new Institution(
                name,
                "",
                name,
                "Viet Nam",
                "Languages, texts and traditions of the peoples of Viet Nam.",
                "Records are open. Items are open unless a record says otherwise; its rights statement holds.",
                List.of());
    }
}
