package org.thocam.ontology.exchange.rules;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamException;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Crosswalk;
import org.thocam.ontology.exchange.MetadataFormat;
import org.thocam.ontology.exchange.XmlOut;

/** A crosswalk as a table of rules. Its names are resolved once, when it is made; a name without a known prefix is refused then. */
public final class Table implements Crosswalk {
    private static final Predicate<CatalogueRecord> EVERY = record -> true;
    private static final Value NOTHING = Value.of("");

    private final MetadataFormat format;
    private final Predicate<CatalogueRecord> fits;
    private final Name root;
    private final Map<String, String> namespaces;
    private final String schemaLocation;
    private final List<Attribute> attributes;
    private final List<Line> lines;

    private record Name(String prefix, String local, String namespace) {}

    private record Attribute(Name name, Function<Value, String> value) {}

    private record Line(
            Name name,
            Rule.Source source,
            boolean text,
            boolean group,
            List<Attribute> attributes,
            List<Line> within) {}

    /** An element that has something to say; the tree is made first, since only then is it known which elements have. */
    private record Said(Line line, Value value, List<Said> within) {}

    private Table(Draft draft, List<Rule> rules) {
        format = draft.format;
        fits = draft.fits;
        namespaces = Collections.unmodifiableMap(new LinkedHashMap<>(draft.namespaces));
        root = name(draft.root, true);
        schemaLocation = String.join(" ", draft.schemas);
        attributes = draft.attributes.entrySet().stream()
                .map(entry -> new Attribute(name(entry.getKey(), false), value -> entry.getValue()))
                .toList();
        lines = lines(rules);
    }

    /** @param root of its records, such as {@code oai_dc:dc} */
    public static Draft of(MetadataFormat format, String root) {
        return new Draft(format, root);
    }

    @Override
    public MetadataFormat format() {
        return format;
    }

    @Override
    public boolean fitsAll() {
        return fits == EVERY;
    }

    @Override
    public boolean fits(CatalogueRecord record) {
        return fits.test(record);
    }

    @Override
    public void write(CatalogueRecord record, XmlOut out) throws XMLStreamException {
        out.start(root.prefix, root.local, root.namespace);
        for (var entry : namespaces.entrySet()) out.namespace(entry.getKey(), entry.getValue());
        out.namespace("xsi", XmlOut.XSI).attribute("xsi", "schemaLocation", XmlOut.XSI, schemaLocation);
        write(attributes, NOTHING, out);
        for (var said : said(lines, record, NOTHING)) write(said, out);
        out.end();
    }

    private List<Said> said(List<Line> which, CatalogueRecord record, Value around) {
        var said = new ArrayList<Said>();
        for (var line : which)
            for (var value : line.source.of(record, around)) {
                if (!line.group && value.text().isBlank()) continue;
                var within = line.within.isEmpty() ? List.<Said>of() : said(line.within, record, value);
                if (line.within.isEmpty() || !within.isEmpty()) said.add(new Said(line, value, within));
            }
        return said;
    }

    private void write(Said said, XmlOut out) throws XMLStreamException {
        var name = said.line.name;
        out.start(name.prefix, name.local, name.namespace);
        write(said.line.attributes, said.value, out);
        if (said.line.text) out.text(said.value.text().strip());
        for (var within : said.within) write(within, out);
        out.end();
    }

    private static void write(List<Attribute> which, Value value, XmlOut out) throws XMLStreamException {
        for (var attribute : which) {
            var text = attribute.value.apply(value);
            if (text.isBlank()) continue;
            var name = attribute.name;
            if (name.prefix.isEmpty()) out.attribute(name.local, text.strip());
            else out.attribute(name.prefix, name.local, name.namespace, text.strip());
        }
    }

    private List<Line> lines(List<Rule> rules) {
        return rules.stream()
                .map(rule -> new Line(
                        name(rule.name, true),
                        rule.source,
                        rule.text,
                        rule.group,
                        rule.attributes.stream()
                                .map(attribute -> new Attribute(name(attribute.name(), false), attribute.value()))
                                .toList(),
                        lines(rule.within)))
                .toList();
    }

    private Name name(String written, boolean element) {
        int colon = written.indexOf(':');
        var prefix = colon < 0 ? "" : written.substring(0, colon);
        var local = written.substring(colon + 1);
        // an attribute without a prefix is in no namespace. Namespaces in XML 1.0, section 6.2
        if (!element && prefix.isEmpty()) return new Name("", local, "");
        var namespace =
                switch (prefix) {
                    case "xsi" -> XmlOut.XSI;
                    case "xml" -> XMLConstants.XML_NS_URI;
                    default -> namespaces.get(prefix);
                };
        if (namespace == null)
            throw new IllegalArgumentException("'" + written + "' in the table of " + format.prefix()
                    + ": want one of the prefixes "
                    + namespaces.keySet().stream().sorted().collect(Collectors.toList()));
        return new Name(prefix, local, namespace);
    }

    /** The head of a table. */
    public static final class Draft {
        private final MetadataFormat format;
        private final String root;
        private final Map<String, String> namespaces = new LinkedHashMap<>();
        private final Map<String, String> attributes = new LinkedHashMap<>();
        private final List<String> schemas = new ArrayList<>();
        private Predicate<CatalogueRecord> fits = EVERY;
        private List<Rule> last = List.of();

        private Draft(MetadataFormat format, String root) {
            this.format = format;
            this.root = root;
            namespaces.put(root.contains(":") ? root.substring(0, root.indexOf(':')) : "", format.namespace());
            schema(format.namespace(), format.schema());
        }

        public Draft namespace(String prefix, String namespace) {
            namespaces.put(prefix, namespace);
            return this;
        }

        /** Where the schema of a further namespace is. */
        public Draft schema(String namespace, String address) {
            schemas.add(namespace + " " + address);
            return this;
        }

        /** An attribute of the root element. */
        public Draft attribute(String name, String value) {
            attributes.put(name, value);
            return this;
        }

        /** Which records the format has words for. */
        public Draft forThose(Predicate<CatalogueRecord> which) {
            fits = which;
            return this;
        }

        /** Rules that several tables share; they stand after those of this one. */
        public Draft endingWith(List<Rule> those) {
            last = List.copyOf(those);
            return this;
        }

        public Table rules(Rule... rules) {
            return new Table(
                    this, Stream.concat(Stream.of(rules), last.stream()).toList());
        }
    }
}
