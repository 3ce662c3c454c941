package org.thocam.ontology.exchange;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.thocam.ontology.ItemId;

/**
 * The addresses of an item as partners know them.
 *
 * @param base of the whole server, without a slash at its end, such as {@code https://thocam.example.vn}
 * @param domain the repository identifier in {@code oai:DOMAIN:id}
 * @param name of the library, for formats that say who provides an item; the domain where nobody named it
 */
public record Links(String base, String domain, String name) {
    public Links {
        if (name.isBlank()) name = domain;
    }

    public Links(String base, String domain) {
        this(base, domain, domain);
    }

    /** The page that a person reads. */
    public String page(ItemId id) {
        return base + "/items/" + id;
    }

    /** What the item is called in linked data; it leads on to the page or the data. */
    public String identity(ItemId id) {
        return base + "/id/" + id;
    }

    /** The item in the API; with an ending such as {@code .jsonld} in that format. */
    public String data(ItemId id) {
        return base + "/api/v1/items/" + id;
    }

    public String file(ItemId id, String name) {
        var path = Arrays.stream(name.split("/"))
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
        return data(id) + "/files/" + path;
    }

    /** The entries of a dictionary, as LIFT. */
    public String lift(ItemId id) {
        return base + "/api/v1/dictionaries/" + id + "/export?format=lift";
    }

    public String oaiIdentifier(ItemId id) {
        return "oai:" + domain + ":" + id;
    }
}
