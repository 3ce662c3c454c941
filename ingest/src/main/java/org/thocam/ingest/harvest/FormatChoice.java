package org.thocam.ingest.harvest;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.xml.parsers.ParserConfigurationException;
import org.thocam.ontology.exchange.RecordReader;
import org.w3c.dom.Element;

/** The richest format that both sides know. A partner may call a format as it likes, so its namespace counts too. */
enum FormatChoice {
    /** What a DSpace holds; its MARC, MODS and qualified Dublin Core are made of it, and say less. Nobody else gives it. */
    DIM("http://www.dspace.org/xmlns/dspace/dim", List.of("dim"), List.of("dim")),
    MARC("http://www.loc.gov/MARC21/slim", List.of("marc21", "marcxml", "marc"), List.of("record", "collection")),
    MODS("http://www.loc.gov/mods/v3", List.of("mods"), List.of("mods", "modsCollection")),
    OAI_QDC("http://worldcat.org/xmlschemas/qdc-1.0/", List.of("oai_qdc"), List.of("qualifieddc", "qdc")),
    QDC("http://dspace.org/qualifieddc/", List.of("qdc"), List.of("qualifieddc", "qdc")),
    OLAC("http://www.language-archives.org/OLAC/1.1/", List.of("olac"), List.of("olac")),
    OAI_DC("http://www.openarchives.org/OAI/2.0/oai_dc/", List.of("oai_dc"), List.of("dc"));

    private final String namespace;
    private final List<String> prefixes;
    private final List<String> roots;

    FormatChoice(String namespace, List<String> prefixes, List<String> roots) {
        this.namespace = namespace;
        this.prefixes = prefixes;
        this.roots = roots;
    }

    static Optional<String> of(List<OaiAnswer.Format> offered, Function<Element, Optional<RecordReader>> readers) {
        for (var choice : values())
            for (var format : offered) {
                boolean named = choice.prefixes.contains(format.prefix());
                boolean meant = choice.namespace.equals(format.namespace());
                if ((named || meant)
                        && (choice.isRead(choice.namespace, readers)
                                || named && choice.isRead(format.namespace(), readers)))
                    return Optional.of(format.prefix());
            }
        return Optional.empty();
    }

    private boolean isRead(String inNamespace, Function<Element, Optional<RecordReader>> readers) {
        try {
            var document = SafeXml.builder().newDocumentBuilder().newDocument();
            return roots.stream().anyMatch(root -> readers.apply(document.createElementNS(inNamespace, root))
                    .isPresent());
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every JDK makes documents", e);
        }
    }
}
