package org.thocam.ontology.exchange.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.List;
import java.util.Set;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.thocam.ontology.exchange.reading.Found;
import org.w3c.dom.Element;

/** What the published documents of a format say, for those whose schema is not in reach; each rule names where it stands. */
final class Structure {
    private static final Set<String> MODS = Set.of(
            "titleInfo",
            "name",
            "typeOfResource",
            "genre",
            "originInfo",
            "language",
            "physicalDescription",
            "abstract",
            "tableOfContents",
            "targetAudience",
            "note",
            "subject",
            "relatedItem",
            "identifier",
            "location",
            "accessCondition",
            "recordInfo");
    private static final List<String> AGGREGATION = List.of(
            "aggregatedCHO", "dataProvider", "hasView", "isShownAt", "isShownBy", "object", "provider", "rights");

    private Structure() {}

    static void check(String prefix, Element root, String xml) {
        var record = new Found(root);
        switch (prefix) {
            case "mods" -> mods(record, xml);
            case "datacite" -> datacite(record, xml);
            case "cmdi" -> cmdi(record, xml);
            case "edm" -> edm(record, xml);
            case "rdf" -> assertTrue(!model(xml).isEmpty(), xml);
            default ->
                assertTrue(Xml.hasSchema(prefix) || prefix.startsWith("marc"), prefix + " is held against nothing");
        }
    }

    /** MODS User Guidelines 3, top-level elements and their attributes. */
    private static void mods(Found mods, String xml) {
        mods.children().forEach(child -> assertTrue(MODS.contains(child.name()), child.name()));
        assertEquals("3.7", mods.attribute("version"));
        assertTrue(
                mods.in("titleInfo").stream()
                        .anyMatch(title -> title.attribute("type").isEmpty()),
                xml);
        for (var type : mods.in("typeOfResource"))
            assertTrue(
                    Set.of(
                                    "text",
                                    "still image",
                                    "moving image",
                                    "sound recording",
                                    "three dimensional object",
                                    "software, multimedia",
                                    "mixed material")
                            .contains(type.text()),
                    xml);
        for (var code : mods.in("language", "scriptTerm"))
            assertTrue(code.text().matches("[A-Z][a-z]{3}"), xml);
        assertEquals("primary display", mods.in("location", "url").get(0).attribute("usage"));
    }

    /** DataCite 4.4, tables 1 and 4: the mandatory properties, and what their types allow. */
    private static void datacite(Found resource, String xml) {
        for (var name : List.of("identifier", "creators", "titles", "publisher", "publicationYear", "resourceType"))
            assertEquals(1, resource.in(name).size(), () -> name + " in " + xml);
        for (var child : resource.children())
            assertEquals(1, resource.in(child.name()).size(), child.name());
        assertTrue(resource.in("publicationYear").get(0).text().matches("\\d{4}"), xml);
        for (var contributor : resource.in("contributors", "contributor"))
            assertTrue(!contributor.attribute("contributorType").isEmpty(), xml);
        for (var date : resource.in("dates", "date"))
            assertTrue(date.text().matches("\\d{4}(-\\d\\d(-\\d\\d(T.*Z)?)?)?"), xml);
        for (var point : resource.in("geoLocations", "geoLocation", "geoLocationPoint"))
            assertEquals(2, point.children().size(), xml);
        for (var description : resource.in("descriptions", "description"))
            assertTrue(!description.attribute("descriptionType").isEmpty(), xml);
    }

    /** CMDI 1.2 specification, section 4: the envelope's parts in their order; the profile's elements by the alphabet. */
    private static void cmdi(Found cmd, String xml) {
        assertEquals("1.2", cmd.attribute("CMDVersion"));
        assertEquals(List.of("Header", "Resources", "Components"), names(cmd));
        assertEquals(
                List.of("MdCreator", "MdCreationDate", "MdSelfLink", "MdProfile", "MdCollectionDisplayName"),
                names(cmd.in("Header").get(0)));
        assertEquals(
                List.of("ResourceProxyList", "JournalFileProxyList", "ResourceRelationList"),
                names(cmd.in("Resources").get(0)));
        var ids = cmd.in("Resources", "ResourceProxyList", "ResourceProxy").stream()
                .map(proxy -> proxy.attribute("id"))
                .toList();
        assertEquals(ids.stream().distinct().toList(), ids);
        var said = names(cmd.in("Components", "OLAC-DcmiTerms").get(0));
        assertEquals(said.stream().sorted(String.CASE_INSENSITIVE_ORDER).toList(), said, xml);
        assertTrue(said.contains("language") && said.contains("title"), xml);
    }

    /** EDM Mapping Guidelines 2.4: what is mandatory of a provided object and of its aggregation. */
    private static void edm(Found rdf, String xml) {
        var object = rdf.in("ProvidedCHO").get(0);
        var said = names(object);
        assertEquals(1, rdf.in("ProvidedCHO").size());
        assertEquals("type", said.get(said.size() - 1), "edm:type is the last element of an object");
        var type = object.children().get(said.size() - 1).text();
        assertTrue(Set.of("TEXT", "IMAGE", "SOUND", "VIDEO", "3D").contains(type), xml);
        assertTrue(said.contains("title") || said.contains("description"), xml);
        assertTrue(!type.equals("TEXT") || said.contains("language"), xml);
        assertTrue(
                said.contains("subject")
                        || said.contains("spatial")
                        || said.subList(0, said.size() - 1).contains("type"),
                xml);
        var aggregation = rdf.in("Aggregation").get(0);
        var places = names(aggregation).stream().map(AGGREGATION::indexOf).toList();
        assertEquals(places.stream().sorted().toList(), places, "order of EDM-COMMON-MAIN.xsd");
        for (var name : List.of("aggregatedCHO", "dataProvider", "isShownAt", "provider", "rights"))
            assertEquals(1, aggregation.in(name).size(), name);
        var rights = aggregation.in("rights").get(0).attribute("resource");
        assertTrue(
                rights.startsWith("http://creativecommons.org/")
                        || rights.startsWith("http://rightsstatements.org/vocab/"),
                rights);
        assertTrue(model(xml).size() > 5, xml);
    }

    private static List<String> names(Found of) {
        return of.children().stream().map(Found::name).toList();
    }

    /** RDF 1.1 XML, read by a parser of others; an illegal IRI is an error. */
    static Model model(String xml) {
        var model = ModelFactory.createDefaultModel();
        RDFParser.create()
                .source(new StringReader(xml.replaceFirst(" xsi:schemaLocation=\"[^\"]*\"", "")))
                .lang(Lang.RDFXML)
                .base("https://nowhere.example/")
                .parse(model);
        return model;
    }
}
