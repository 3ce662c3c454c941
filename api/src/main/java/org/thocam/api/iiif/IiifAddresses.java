package org.thocam.api.iiif;

import java.nio.charset.StandardCharsets;
import org.thocam.ontology.ItemId;

/**
 * The addresses that IIIF clients follow, all absolute: they are identifiers too. A file's name stands at the end, for it may have folders.
 *
 * @param base of the server, without a slash at its end
 */
public record IiifAddresses(String base, ItemId id) {
    public static final String PATH = "/iiif/";
    public static final String IMAGE = "image/";

    private String of(String what) {
        return base + PATH + id + "/" + what;
    }

    public String manifest() {
        return of("manifest");
    }

    public String search() {
        return of("search");
    }

    public String canvas(String file) {
        return of("canvas/") + path(file);
    }

    /** A page of a canvas that is embedded in it. */
    public String painting(String file) {
        return canvas(file) + "?page=painting";
    }

    public String captions(String file) {
        return canvas(file) + "?page=captions";
    }

    /**
     * A page of the annotations of a tier.
     *
     * @param page from 1, or {@code all} for their collection
     * @param of the file that is heard or seen
     */
    public String annotations(String tier, String page, String file, String of) {
        return of("annotations/" + tier + "/" + page + "/") + path(file) + "?of=" + parameter(of);
    }

    /** @param number of the passage in its file */
    public String annotation(int number, String file, String of) {
        return of("annotation/" + number + "/") + path(file) + "?of=" + parameter(of);
    }

    /** The image service of a file. */
    public String image(String file) {
        return base + PATH + IMAGE + id + "/" + path(file);
    }

    public String file(String name) {
        return base + "/api/v1/items/" + id + "/files/" + path(name);
    }

    /** RFC 3986: all but the unreserved characters and the slash. */
    static String path(String text) {
        var escaped = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain =
                    b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || "-._~/".indexOf(b) >= 0;
            if (plain) escaped.append((char) b);
            else escaped.append(String.format("%%%02X", b));
        }
        return escaped.toString();
    }

    static String parameter(String text) {
        return path(text).replace("/", "%2F");
    }
}
