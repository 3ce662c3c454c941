package org.thocam.ontology.exchange.dc;

import static org.thocam.ontology.exchange.reading.Reading.from;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.thocam.ontology.exchange.Description.Draft;
import org.thocam.ontology.exchange.RecordReader;
import org.thocam.ontology.exchange.reading.Found;
import org.thocam.ontology.exchange.reading.Reading;
import org.thocam.ontology.exchange.reading.Reading.From;
import org.thocam.ontology.exchange.reading.Understood;
import org.thocam.ontology.exchange.reading.Understood.Heading;
import org.w3c.dom.Element;

/** Dublin Core of others: simple, qualified in whatever container, and DSpace's own form of it. */
public final class DublinCoreReaders {
    private static final String OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/";
    private static final String DIM = "http://www.dspace.org/xmlns/dspace/dim";
    private static final Set<String> NAMESPACES = Set.of(DublinCore.DC, DublinCore.DCTERMS);

    /** How DSpace's registry calls what DCMI calls otherwise; a field that is not here has the name of the term. */
    private static final Map<String, String> DIM_FIELDS = Map.ofEntries(
            Map.entry("contributor.author", "creator"),
            Map.entry("date.created", "created"),
            Map.entry("date.issued", "date"),
            Map.entry("date.available", "available"),
            Map.entry("date.copyright", "dateCopyrighted"),
            Map.entry("title.alternative", "alternative"),
            Map.entry("title.translated", "alternative"),
            Map.entry("description.abstract", "description"),
            Map.entry("description.tableofcontents", "tableOfContents"),
            Map.entry("identifier.citation", "bibliographicCitation"),
            Map.entry("coverage.spatial", "spatial"),
            Map.entry("coverage.temporal", "temporal"),
            Map.entry("format.extent", "extent"),
            Map.entry("format.medium", "medium"),
            Map.entry("relation.ispartof", "isPartOf"),
            Map.entry("relation.ispartofseries", "isPartOf"),
            Map.entry("relation.haspart", "hasPart"),
            Map.entry("relation.isversionof", "isVersionOf"),
            Map.entry("relation.hasversion", "hasVersion"),
            Map.entry("relation.isformatof", "isFormatOf"),
            Map.entry("relation.isreferencedby", "isReferencedBy"),
            Map.entry("relation.isreplacedby", "isReplacedBy"),
            Map.entry("relation.replaces", "replaces"),
            Map.entry("relation.requires", "requires"),
            Map.entry("rights.license", "license"),
            Map.entry("rights.holder", "rightsHolder"),
            // the log of the machine, which DSpace shows to nobody
            Map.entry("description.provenance", ""),
            Map.entry("date.accessioned", ""),
            Map.entry("date.updated", ""));

    private static final From[] TABLE = {
        from("title").said(Draft::title),
        from("alternative").term("alternative"),
        from("creator").text(Draft::creator),
        from("contributor").each(DublinCoreReaders::contributor),
        from("publisher").term("publisher"),
        from("date", "created", "issued").all(DublinCoreReaders::dates),
        from("available").term("available"),
        from("modified").term("modified"),
        from("dateCopyrighted").term("dateCopyrighted"),
        from("valid").term("valid"),
        from("language").all(Understood::languages),
        from("type").each(DublinCoreReaders::type),
        from("subject").all(DublinCoreReaders::subjects),
        from("description").said(Draft::description),
        from("abstract").term("abstract"),
        from("tableOfContents").term("tableOfContents"),
        from("coverage", "spatial").all(DublinCoreReaders::coverage),
        from("temporal").term("temporal"),
        from("format").term("format"),
        from("extent").term("extent"),
        from("medium").term("medium"),
        from("identifier").text(Draft::identifier),
        from("bibliographicCitation").term("bibliographicCitation"),
        from("source").term("source"),
        from("relation").term("relation"),
        from("isPartOf").term("isPartOf"),
        from("hasPart").term("hasPart"),
        from("isVersionOf").term("isVersionOf"),
        from("hasVersion").term("hasVersion"),
        from("isFormatOf").term("isFormatOf"),
        from("hasFormat").term("hasFormat"),
        from("references").term("references"),
        from("isReferencedBy").term("isReferencedBy"),
        from("replaces").term("replaces"),
        from("isReplacedBy").term("isReplacedBy"),
        from("requires").term("requires"),
        from("isRequiredBy").term("isRequiredBy"),
        from("conformsTo").term("conformsTo"),
        from("rights").text(Draft::rights),
        from("accessRights").text(Draft::rights),
        from("license").term("license"),
        from("rightsHolder").term("rightsHolder"),
        from("provenance").term("provenance"),
        from("audience").term("audience"),
        from("mediator").term("mediator"),
    };

    public static final RecordReader SIMPLE =
            Reading.of(root -> is(root, OAI_DC, "dc"), DublinCoreReaders::term, TABLE);

    /** DCMI gives qualified Dublin Core no root element: any {@code qualifieddc} will do, and what DSpace writes. */
    public static final RecordReader QUALIFIED = Reading.of(
            root -> root.getLocalName() != null
                    && (root.getLocalName().equals("qualifieddc")
                            || is(root, DublinCore.DCTERMS, "record")
                            || is(root, DublinCore.DCTERMS, "dcterms")),
            DublinCoreReaders::term,
            TABLE);

    public static final RecordReader DSPACE =
            Reading.of(root -> is(root, DIM, "dim"), DublinCoreReaders::dspaceField, TABLE);

    private DublinCoreReaders() {}

    /** The reader of a format that is Dublin Core with more in the attributes: what it says itself of some elements comes first. */
    public static RecordReader with(Predicate<Element> reads, Map<String, From> instead) {
        var table = TABLE.clone();
        for (int i = 0; i < table.length; i++)
            for (var key : table[i].keys()) table[i] = instead.getOrDefault(key, table[i]);
        return Reading.of(reads, DublinCoreReaders::term, table);
    }

    private static boolean is(Element root, String namespace, String name) {
        return namespace.equals(root.getNamespaceURI()) && name.equals(root.getLocalName());
    }

    private static String term(Found element) {
        return NAMESPACES.contains(element.element().getNamespaceURI()) ? element.name() : "";
    }

    /** {@code mdschema}, {@code element}, {@code qualifier}: only fields of Dublin Core, for others mean what their site decided. */
    private static String dspaceField(Found field) {
        var schema = field.attribute("mdschema");
        if (!schema.equals("dc") && !schema.equals("dcterms")) return "";
        var element = field.attribute("element");
        var qualifier = field.attribute("qualifier");
        if (qualifier.isEmpty() || qualifier.equals("none")) return element;
        return DIM_FIELDS.getOrDefault(element + "." + qualifier, element);
    }

    private static void contributor(Draft draft, Found found) {
        draft.term("contributor", found.text(), found.language(), dspaceQualifier(found));
    }

    private static String dspaceQualifier(Found found) {
        var qualifier = found.attribute("qualifier");
        return qualifier.equals("none") || qualifier.equals("other") ? "" : qualifier;
    }

    private static void dates(Draft draft, List<Found> found) {
        var plain = found.stream()
                .filter(date -> !Set.of("created", "issued").contains(kind(date)))
                .toList();
        var kinds = found.stream().filter(date -> !plain.contains(date)).toList();
        Understood.datesOfKinds(draft, plain, kinds, DublinCoreReaders::kind);
    }

    private static String kind(Found one) {
        return one.attribute("element").isEmpty() ? one.name() : dspaceField(one);
    }

    private static void type(Draft draft, Found found) {
        Understood.type(draft, found.text(), found.language(), "");
    }

    private static void subjects(Draft draft, List<Found> found) {
        Understood.subjects(
                draft,
                found.stream()
                        .map(subject -> new Heading(subject.text(), subject.language(), scheme(subject)))
                        .toList());
    }

    /** {@code DDC} for {@code dcterms:DDC} and for DSpace's {@code dc.subject.ddc}; an address needs no scheme. */
    public static String scheme(Found subject) {
        var qualifier = dspaceQualifier(subject);
        if (!qualifier.isEmpty()) return qualifier.toUpperCase(Locale.ROOT);
        var scheme = subject.scheme();
        return scheme.startsWith("dcterms:") && !scheme.equals("dcterms:URI") ? scheme.substring(8) : "";
    }

    /** What is a date, or begins with one, is about a time; all else is about a place. */
    private static void coverage(Draft draft, List<Found> found) {
        var times = found.stream()
                .filter(one -> kind(one).equals("coverage")
                        && !one.text().isEmpty()
                        && Character.isDigit(one.text().charAt(0)))
                .toList();
        Understood.places(
                draft, found.stream().filter(one -> !times.contains(one)).toList());
        for (var time : times) draft.term("temporal", time.text(), time.language(), "");
    }
}
