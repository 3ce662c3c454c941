package org.thocam.ingest.harvest;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.thocam.ingest.archive.Digests;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Shown;

/**
 * A partner, known by the base URL of its provider.
 *
 * @param base as it is asked
 * @param key the same for http and https, with and without a slash at its end: a partner that turns to https stays the same one
 */
record PartnerSource(String base, String host, String key) {
    private static final Pattern GLOBAL = Pattern.compile("[a-z][a-z0-9+.-]*:\\S+", Pattern.CASE_INSENSITIVE);
    private static final Pattern OAI = Pattern.compile("oai:([^:]*):.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final int READABLE = 80;

    static PartnerSource of(String url) {
        try {
            var uri = new URI(url.strip());
            var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https") || uri.getHost() == null || uri.getUserInfo() != null)
                throw wrong(url, null);
            var host = uri.getHost().toLowerCase(Locale.ROOT);
            int usual = scheme.equals("http") ? 80 : 443;
            var port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
            var path = uri.getRawPath() == null ? "" : uri.getRawPath();
            var query = uri.getRawQuery() == null || uri.getRawQuery().isEmpty() ? "" : "?" + uri.getRawQuery();
            return new PartnerSource(
                    scheme + "://" + host + port + path + query,
                    host,
                    host + port + path.replaceAll("/+$", "") + query);
        } catch (URISyntaxException e) {
            throw wrong(url, e);
        }
    }

    private static HarvestException wrong(String url, Throwable cause) {
        return new HarvestException(
                HarvestException.Kind.ASKED,
                "base URL '" + Shown.of(url) + "': want http or https, such as https://library.example.vn/oai/request",
                cause);
    }

    /** The setSpec of all that comes from here, legal by OAI-PMH 2.0, section 2.6. */
    String set() {
        return "harvested:" + host.replaceAll("[^A-Za-z0-9\\-_.]", "-");
    }

    /**
     * The id here of a record there: readable, and told from others by a digest. An identifier that is the same in the whole world
     * gives the same id by whichever address it comes; one that is only the partner's own, as {@code 17} or {@code oai:localhost:17},
     * takes the partner with it.
     */
    ItemId id(String identifier) {
        var told = worldwide(identifier) ? identifier : key + "\n" + identifier;
        var digest = Digests.sha512().digest(told.getBytes(StandardCharsets.UTF_8));
        var readable = identifier
                .replaceFirst("(?i)^oai:", "")
                .replaceAll("[^A-Za-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        if (readable.length() > READABLE) readable = readable.substring(0, READABLE);
        return ItemId.ofItem((readable.isEmpty() ? "record" : readable) + "."
                + HexFormat.of().formatHex(digest, 0, 6));
    }

    /** Names that anybody may use at home (RFC 2606, 6761, 6762), and the one that comes with Thocam, tell no library from another. */
    static boolean worldwide(String identifier) {
        if (!GLOBAL.matcher(identifier).matches()) return false;
        var oai = OAI.matcher(identifier);
        if (!oai.matches()) return true;
        var domain = oai.group(1).toLowerCase(Locale.ROOT);
        return domain.contains(".")
                && !domain.matches("[0-9.]+")
                && !domain.startsWith("localhost")
                && !domain.matches("(.*\\.)?example(\\..*)?|.*\\.(local|localhost|test|invalid|internal)");
    }
}
