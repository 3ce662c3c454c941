package org.thocam.api;

import org.thocam.api.found.LexiconDownload;
import org.thocam.api.found.MetaTag;
import org.thocam.api.found.SchemaOrg;
import org.thocam.api.found.Signposting;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.exchange.CatalogueRecord;

/** What an item's page has for reference managers and search engines, and for people who cite it or take it along. */
final class ItemPage {
    private ItemPage() {}

    static String head(CatalogueRecord record, Signposting signposting) {
        var head = new StringBuilder();
        head.append("<link rel=\"canonical\" href=\"")
                .append(Html.escaped(record.page()))
                .append("\">\n");
        head.append("<link rel=\"cite-as\" href=\"")
                .append(Html.escaped(record.links().identity(record.id())))
                .append("\">\n");
        head.append("<link rel=\"linkset\" type=\"application/linkset+json\" href=\"")
                .append(Html.escaped(signposting.linkset()))
                .append("\">\n");
        head.append("<link rel=\"alternate\" type=\"application/ld+json\" href=\"")
                .append(Html.escaped(Addresses.item(record.id())))
                .append("?format=jsonld\">\n");
        for (var format : signposting.formats())
            head.append("<link rel=\"alternate\" type=\"")
                    .append(Html.escaped(format.mediaType()))
                    .append("\" title=\"")
                    .append(Html.escaped(format.name()))
                    .append("\" href=\"")
                    .append(Html.escaped(Addresses.item(record.id()) + "?format=" + format.name()))
                    .append("\">\n");
        head.append("<link rel=\"schema.DC\" href=\"http://purl.org/dc/elements/1.1/\">\n");
        for (var tag : MetaTag.of(record)) {
            head.append("<meta name=\"").append(Html.escaped(tag.name())).append('"');
            if (!tag.language().isEmpty())
                head.append(" lang=\"").append(Html.escaped(tag.language())).append('"');
            head.append(" content=\"").append(Html.escaped(tag.content())).append("\">\n");
        }
        return head.append("<script type=\"application/ld+json\">")
                .append(SchemaOrg.script(record))
                .append("</script>\n")
                .toString();
    }

    static String citation(CatalogueRecord record, String library) {
        return """
                <section class="cite"><h2>Trích dẫn <span lang="en">· Cite this item</span></h2>
                <p dir="auto">%s</p>
                <p>Địa chỉ lâu dài <span lang="en">(permanent address)</span>: <a href="%s">%s</a></p></section>
                """
                .formatted(
                        Html.escaped(MetaTag.citation(record, library)),
                        Html.escaped("/id/" + record.id()),
                        Html.escaped(record.links().identity(record.id())));
    }

    static String dictionary(ItemId lexicon) {
        var links = new StringBuilder();
        for (var export : LexiconDownload.values())
            links.append("<li><a href=\"")
                    .append(Html.escaped(export.address("", lexicon)))
                    .append("\">")
                    .append(Html.escaped(export.title))
                    .append("</a></li>\n");
        return "<section><h2>Tải cả từ điển <span lang=\"en\">· The whole dictionary</span></h2>\n<ul>\n" + links
                + "</ul></section>\n";
    }

    static String downloads(ItemId id, Format.All formats, CatalogueRecord record) {
        var links = new StringBuilder();
        for (var format : formats.formats()) {
            if (format.other().filter(other -> !other.fits(record)).isPresent()) continue;
            links.append(links.isEmpty() ? "" : " · ")
                    .append("<a rel=\"nofollow\" href=\"")
                    .append(Html.escaped(Addresses.item(id)))
                    .append("?format=")
                    .append(format.ending())
                    .append("\">")
                    .append(format.ending())
                    .append("</a>");
        }
        return "<section><h2>Tải mô tả <span lang=\"en\">· This description as a file</span></h2>\n<p>" + links
                + "</p></section>\n";
    }
}
