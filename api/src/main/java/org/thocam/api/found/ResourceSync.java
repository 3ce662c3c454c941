package org.thocam.api.found;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.thocam.ontology.FeedEntry;
import org.thocam.ontology.exchange.Links;

/**
 * ANSI/NISO Z39.99-2017, ResourceSync 1.1: what everybody may have, and what of it changed. The change list has each item once, as it
 * is now. No digests: the framework knows md5, sha-1 and sha-256, and the archive keeps sha-512.
 */
final class ResourceSync {
    static final String DESCRIPTION = "/.well-known/resourcesync";
    static final String CAPABILITIES = "/resourcesync/capabilitylist.xml";
    static final String RESOURCES = "/resourcesync/resourcelist";
    static final String CHANGES = "/resourcesync/changelist";

    private final Links links;
    private final Instant now;

    /** @param now the moment that all lists are of */
    ResourceSync(Links links, Instant now) {
        this.links = links;
        this.now = now;
    }

    /** Section 8. */
    String description() throws IOException {
        return Sitemap.document(false, true, to -> {
            to.leadsTo("describedby", links.base() + "/catalog", Map.of("type", "text/html"));
            to.says(Map.of("capability", "description"));
            capability(to, CAPABILITIES, "capabilitylist");
        });
    }

    /** Section 9. */
    String capabilities() throws IOException {
        return Sitemap.document(false, true, to -> {
            to.leadsTo("describedby", links.base() + "/catalog", Map.of("type", "text/html"));
            to.leadsTo("up", links.base() + DESCRIPTION, Map.of());
            to.says(Map.of("capability", "capabilitylist"));
            capability(to, RESOURCES + ".xml", "resourcelist");
            capability(to, CHANGES + ".xml", "changelist");
        });
    }

    private void capability(Sitemap to, String path, String name) throws XMLStreamException {
        to.entry(links.base() + path, null, entry -> entry.says(Map.of("capability", name)));
    }

    /** Section 10.2. */
    String resources(List<FeedPages.Page> pages) throws IOException {
        return Sitemap.document(true, true, to -> {
            up(to);
            to.says(resourceList());
            for (var page : pages)
                to.entry(address(RESOURCES, page.start()), page.last(), entry -> entry.says(resourceList()));
        });
    }

    private Map<String, String> resourceList() {
        return attributes("capability", "resourcelist", "at", Sitemap.stamp(now));
    }

    /** Section 10.1. */
    String resources(List<FeedEntry> entries, int most) throws IOException {
        return Sitemap.document(false, true, to -> {
            up(to);
            to.leadsTo("index", links.base() + RESOURCES + ".xml", Map.of());
            to.says(resourceList());
            for (var entry : entries.subList(0, Math.min(most, entries.size())))
                to.entry(data(entry), entry.datestamp(), more -> {
                    more.says(Map.of("type", "application/ld+json"));
                    describe(more, entry);
                });
        });
    }

    /**
     * Section 12.2.
     *
     * @param from leaves out what changed before it, page by page
     */
    String changes(List<FeedPages.Page> pages, Optional<Instant> from) throws IOException {
        var wanted = pages.stream()
                .filter(page ->
                        from.isEmpty() || isLast(pages, page) || !page.last().isBefore(from.get()))
                .toList();
        return Sitemap.document(true, true, to -> {
            up(to);
            to.says(changeList(first(wanted), Optional.empty()));
            for (var page : wanted)
                to.entry(
                        address(CHANGES, page.start()),
                        page.last(),
                        entry -> entry.says(changeList(
                                page.first(), isLast(pages, page) ? Optional.empty() : Optional.of(page.last()))));
        });
    }

    private static boolean isLast(List<FeedPages.Page> pages, FeedPages.Page page) {
        return page.equals(pages.get(pages.size() - 1));
    }

    private Instant first(List<FeedPages.Page> pages) {
        return pages.isEmpty() ? now : pages.get(0).first();
    }

    /** Section 12.1: a list that has no {@code until} is still written. */
    String changes(FeedPages.Start start, List<FeedEntry> entries, int most) throws IOException {
        boolean closed = entries.size() > most;
        var shown = closed ? entries.subList(0, most) : entries;
        var from = shown.isEmpty()
                ? start.after().map(key -> key.datestamp()).orElse(now)
                : shown.get(0).datestamp();
        var until = closed ? Optional.of(shown.get(shown.size() - 1).datestamp()) : Optional.<Instant>empty();
        return Sitemap.document(false, true, to -> {
            up(to);
            to.leadsTo("index", links.base() + CHANGES + ".xml", Map.of());
            to.says(changeList(from, until));
            for (var entry : shown)
                to.entry(data(entry), entry.datestamp(), more -> {
                    var said = attributes("change", change(entry), "datetime", Sitemap.stamp(entry.datestamp()));
                    if (!entry.deleted()) said.put("type", "application/ld+json");
                    more.says(said);
                    if (!entry.deleted()) describe(more, entry);
                });
        });
    }

    private static Map<String, String> changeList(Instant from, Optional<Instant> until) {
        var list = attributes("capability", "changelist", "from", Sitemap.stamp(from));
        until.ifPresent(end -> list.put("until", Sitemap.stamp(end)));
        return list;
    }

    private static String change(FeedEntry entry) {
        if (entry.deleted()) return "deleted";
        return entry.version().number() == 1 ? "created" : "updated";
    }

    private void up(Sitemap to) throws XMLStreamException {
        to.leadsTo("up", links.base() + CAPABILITIES, Map.of());
    }

    /** One representation with one address: what is synchronised has to be the same bytes for everybody. Section 6. */
    private String data(FeedEntry entry) {
        return links.data(entry.id()) + "?format=jsonld";
    }

    private void describe(Sitemap more, FeedEntry entry) throws XMLStreamException {
        more.leadsTo("alternate", links.page(entry.id()), Map.of("type", "text/html"));
        more.leadsTo("describedby", links.data(entry.id()) + "/linkset", Map.of("type", Signposting.LINKSET_JSON));
    }

    private String address(String list, FeedPages.Start start) {
        return links.base() + list + "-" + start + ".xml";
    }

    private static Map<String, String> attributes(String... pairs) {
        var attributes = new LinkedHashMap<String, String>();
        for (int i = 0; i < pairs.length; i += 2) attributes.put(pairs[i], pairs[i + 1]);
        return attributes;
    }
}
