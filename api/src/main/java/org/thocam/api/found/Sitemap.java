package org.thocam.api.found;

import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.thocam.ontology.exchange.XmlOut;

/** Documents of the sitemap protocol 0.9, which ResourceSync (ANSI/NISO Z39.99-2017) writes more into. */
final class Sitemap {
    static final String NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9";
    static final String RS = "http://www.openarchives.org/rs/terms/";

    interface Body {
        void write(Sitemap to) throws XMLStreamException;
    }

    private final XmlOut xml;
    private final boolean index;

    private Sitemap(XmlOut xml, boolean index) {
        this.xml = xml;
        this.index = index;
    }

    /** @param index whether its entries are sitemaps themselves */
    static String document(boolean index, boolean resourceSync, Body body) throws IOException {
        var out = new StringWriter(16_384);
        try {
            var xml = new XmlOut(out);
            xml.start("", index ? "sitemapindex" : "urlset", NAMESPACE).namespace("", NAMESPACE);
            if (resourceSync) xml.namespace("rs", RS);
            body.write(new Sitemap(xml, index));
            xml.end().flush();
        } catch (XMLStreamException e) {
            throw new IOException("a sitemap could not be written", e);
        }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + out + "\n";
    }

    /** An address, and what ResourceSync has to say of it. */
    void entry(String address, Instant changed, Body more) throws XMLStreamException {
        xml.text("\n").start(index ? "sitemap" : "url").element("loc", Link.address(address));
        if (changed != null) xml.element("lastmod", stamp(changed));
        more.write(this);
        xml.end();
    }

    void entry(String address, Instant changed) throws XMLStreamException {
        entry(address, changed, nothing -> {});
    }

    /** ResourceSync, section 7: {@code rs:md}. */
    Sitemap says(Map<String, String> attributes) throws XMLStreamException {
        return element("md", attributes);
    }

    /** ResourceSync, section 7: {@code rs:ln}. */
    Sitemap leadsTo(String relation, String address, Map<String, String> attributes) throws XMLStreamException {
        xml.start("rs", "ln", RS).attribute("rel", relation).attribute("href", Link.address(address));
        for (var attribute : attributes.entrySet()) xml.attribute(attribute.getKey(), attribute.getValue());
        xml.end();
        return this;
    }

    private Sitemap element(String name, Map<String, String> attributes) throws XMLStreamException {
        xml.start("rs", name, RS);
        for (var attribute : attributes.entrySet()) xml.attribute(attribute.getKey(), attribute.getValue());
        xml.end();
        return this;
    }

    /** W3C Datetime, UTC, whole seconds. */
    static String stamp(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
