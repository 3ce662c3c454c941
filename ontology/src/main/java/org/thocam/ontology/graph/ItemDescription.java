package org.thocam.ontology.graph;

import static org.thocam.ontology.graph.Vocabulary.DCMITYPE;
import static org.thocam.ontology.graph.Vocabulary.DCTERMS;
import static org.thocam.ontology.graph.Vocabulary.EDM;
import static org.thocam.ontology.graph.Vocabulary.GEO;
import static org.thocam.ontology.graph.Vocabulary.PREMIS;
import static org.thocam.ontology.graph.Vocabulary.RDF;
import static org.thocam.ontology.graph.Vocabulary.RDFS;
import static org.thocam.ontology.graph.Vocabulary.THOCAM;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.jena.datatypes.TypeMapper;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.irix.IRIException;
import org.apache.jena.irix.IRIx;
import org.thocam.ontology.Access;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Item;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.Place;
import org.thocam.ontology.Term;
import org.thocam.ontology.Version;
import org.thocam.ontology.reference.DcmiTypes;

/**
 * An item as a provided cultural heritage object of the Europeana Data Model, said with DCMI terms. Every subject belongs to this
 * item alone and has an IRI of its own below the item's; there are no blank nodes, so that two states can be compared line by line.
 */
final class ItemDescription {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final Node TYPE = Vocabulary.node(RDF, "type");
    private static final Node LABEL = Vocabulary.node(RDFS, "label");

    private final String base;
    private final Set<Triple> triples = new LinkedHashSet<>();

    private ItemDescription(String base) {
        this.base = base;
    }

    static Set<Triple> of(Item item, Version version, String base) {
        var description = new ItemDescription(base);
        description.describe(item, version);
        return description.triples;
    }

    private void describe(Item item, Version version) {
        var it = base + "id/" + item.id();
        var self = NodeFactory.createURI(it);
        add(self, TYPE, Vocabulary.node(EDM, "ProvidedCHO"));
        if (DcmiTypes.ALL.contains(item.type())) add(self, TYPE, Vocabulary.node(DCMITYPE, item.type()));
        else say(self, "type", item.type());
        say(self, "title", item.title());
        say(self, "description", item.description());
        item.creators().forEach(creator -> say(self, "creator", creator));
        say(self, "date", item.date());
        item.languages().forEach(language -> say(self, "language", language.value()));
        say(self, "rights", item.rights());
        if (webAddress(item.rights())) add(self, Vocabulary.node(EDM, "rights"), NodeFactory.createURI(item.rights()));
        say(self, "identifier", item.id().value());
        item.identifiers().forEach(identifier -> say(self, "identifier", identifier));
        item.people().forEach(people -> relate(self, "subject", base + "id/" + segment(people)));
        item.terms().forEach(term -> describe(self, term));
        item.about().forEach(subject -> relate(self, "subject", subject.iri(base)));
        item.sets().forEach(set -> relate(self, "isPartOf", base + "set/" + segment(set)));
        item.place().ifPresent(place -> describe(self, it, place));
        item.files().forEach(file -> describe(self, it, file));
        add(self, Vocabulary.node(THOCAM, "version"), integer(version.number()));
        describe(self, item.access());
    }

    /** What part a contributor had is in the record alone. */
    private void describe(Node self, Term term) {
        if (webAddress(term.value())) relate(self, term.name(), term.value());
        else say(self, term.name(), LanguageMap.of(term.language(), term.value()));
    }

    private void describe(Node self, String it, Place place) {
        var there = NodeFactory.createURI(it + "#place");
        add(self, Vocabulary.node(DCTERMS, "spatial"), there);
        add(there, TYPE, Vocabulary.node(GEO, "Feature"));
        if (!place.name().isEmpty()) add(there, LABEL, literal(place.name()));
        if (!place.located()) return;
        var point = NodeFactory.createURI(it + "#geometry");
        // Jena's spatial index reads hasGeometry only, GeoSPARQL's own default is hasDefaultGeometry: both.
        add(there, Vocabulary.node(GEO, "hasGeometry"), point);
        add(there, Vocabulary.node(GEO, "hasDefaultGeometry"), point);
        add(point, TYPE, Vocabulary.node(GEO, "Geometry"));
        var wkt = "POINT(" + degrees(place.lon()) + " " + degrees(place.lat()) + ")";
        var datatype = TypeMapper.getInstance().getSafeTypeByName(GEO + "wktLiteral");
        add(point, Vocabulary.node(GEO, "asWKT"), NodeFactory.createLiteralDT(wkt, datatype));
    }

    private void describe(Node self, String it, Bitstream file) {
        var that = NodeFactory.createURI(it + "/files/" + path(file.name()));
        add(self, Vocabulary.node(DCTERMS, "hasFormat"), that);
        add(that, TYPE, Vocabulary.node(PREMIS, "File"));
        add(that, Vocabulary.node(PREMIS, "originalName"), literal(file.name()));
        say(that, "format", file.mediaType());
        add(that, Vocabulary.node(PREMIS, "size"), integer(file.size()));
        add(that, Vocabulary.node(THOCAM, "sha512"), literal(file.sha512()));
        add(that, Vocabulary.node(THOCAM, "text"), literal(file.text().word()));
    }

    private void describe(Node self, Access access) {
        if (access instanceof Access.Embargoed embargoed) {
            say(self, "accessRights", "embargoed");
            var day = NodeFactory.createLiteralDT(embargoed.until().toString(), XSDDatatype.XSDdate);
            add(self, Vocabulary.node(DCTERMS, "available"), day);
        } else say(self, "accessRights", access instanceof Access.Restricted ? "restricted" : "open");
    }

    private void say(Node subject, String term, String text) {
        if (text != null && !text.isEmpty()) add(subject, Vocabulary.node(DCTERMS, term), literal(text));
    }

    private void say(Node subject, String term, LanguageMap texts) {
        texts.texts().forEach((tag, text) -> {
            var said = tag.value().equals("und")
                    ? literal(text)
                    : NodeFactory.createLiteralLang(harmless(text), tag.value());
            add(subject, Vocabulary.node(DCTERMS, term), said);
        });
    }

    private void relate(Node subject, String term, String iri) {
        add(subject, Vocabulary.node(DCTERMS, term), NodeFactory.createURI(iri));
    }

    private void add(Node subject, Node predicate, Node object) {
        triples.add(Triple.create(subject, predicate, object));
    }

    private static Node literal(String text) {
        return NodeFactory.createLiteralString(harmless(text));
    }

    // createLiteralByValue(int) would make xsd:int, which no shape that asks for xsd:integer accepts.
    private static Node integer(long number) {
        return NodeFactory.createLiteralDT(Long.toString(number), XSDDatatype.XSDinteger);
    }

    private static String degrees(double degrees) {
        return new BigDecimal(Double.toString(degrees + 0.0))
                .stripTrailingZeros()
                .toPlainString();
    }

    /**
     * The text with U+FFFD for each code point that no RDF syntax can carry: surrogates without a partner, U+FFFE, U+FFFF, and the
     * control characters that XML forbids. The archive keeps the text as it came; this is only how the graph shows it.
     */
    static String harmless(String text) {
        if (text == null) return "";
        if (text.codePoints().allMatch(ItemDescription::sayable)) return text;
        var safe = new StringBuilder(text.length());
        text.codePoints().map(c -> sayable(c) ? c : 0xFFFD).forEach(safe::appendCodePoint);
        return safe.toString();
    }

    // XML 1.0, production 2 (Char): the narrowest of the syntaxes that the graph is written in.
    private static boolean sayable(int c) {
        return c >= 0x20 && c <= 0xD7FF
                || c == '\t'
                || c == '\n'
                || c == '\r'
                || c >= 0xE000 && c <= 0xFFFD
                || c > 0xFFFF;
    }

    static boolean webAddress(String text) {
        if (text == null || !(text.startsWith("http://") || text.startsWith("https://"))) return false;
        try {
            return text.chars().allMatch(c -> plain(c) || "/?#[]%".indexOf(c) >= 0)
                    && IRIx.create(text).isReference();
        } catch (IRIException e) {
            return false;
        }
    }

    private static String path(String name) {
        return Arrays.stream(name.split("/", -1)).map(ItemDescription::segment).collect(Collectors.joining("/"));
    }

    /** A path segment (RFC 3986, section 3.3), percent-encoded where it must be; a lone surrogate becomes {@code %3F}. */
    static String segment(String name) {
        // These two would be taken out when an address is resolved.
        if (name.equals(".") || name.equals("..")) return name.replace(".", "%2E");
        var escaped = new StringBuilder(name.length());
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            if (plain(b)) escaped.append((char) b);
            else escaped.append('%').append(HEX.toHexDigits(b));
        }
        return escaped.toString();
    }

    private static boolean plain(int c) {
        boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
        return letterOrDigit || "-._~!$&'()*+,;=:@".indexOf(c) >= 0;
    }
}
