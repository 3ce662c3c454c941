package org.thocam.api.found;

/**
 * What robots may read. RFC 9309. Items, their files and descriptions are open to them; whatever has an answer for every question is
 * not, because they would ask without end.
 */
final class Robots {
    private Robots() {}

    static String text(String base) {
        return """
                User-agent: *
                Allow: /api/v1/items/
                Disallow: /api/
                Disallow: /search
                Disallow: /sparql
                Disallow: /sru
                Disallow: /metrics
                Disallow: /health/

                Sitemap: %s/sitemap.xml
                """
                .formatted(Link.address(base));
    }
}
