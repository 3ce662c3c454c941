package org.thocam.api;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.thocam.ontology.ItemId;

/** Where things stand, as the caller sees the server. */
record Addresses(Optional<URI> configured) {
    /** The server's address without a slash at its end. */
    String base(HttpServletRequest request) {
        if (configured.isPresent()) return configured.get().toString().replaceAll("/+$", "");
        int port = request.getServerPort();
        boolean usual = port == (request.isSecure() ? 443 : 80);
        return request.getScheme() + "://" + request.getServerName() + (usual ? "" : ":" + port);
    }

    /** What follows the second slash, unescaped; a semicolon is part of it, as it may be part of an id. */
    static String lastPart(HttpServletRequest request) {
        var path = request.getRequestURI();
        return URLDecoder.decode(path.substring(path.indexOf('/', 1) + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    static String item(ItemId id) {
        return "/api/v1/items/" + id;
    }

    static String entry(ItemId lexicon, String entry) {
        return dictionary(lexicon) + "/entries/" + entry;
    }

    static String dictionary(ItemId id) {
        return "/api/v1/dictionaries/" + id;
    }
}
