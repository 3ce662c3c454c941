package org.thocam.ontology.exchange.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.jena.rdf.model.ResourceFactory;
import org.junit.jupiter.api.Test;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Crosswalk;
import org.thocam.ontology.exchange.reading.Found;

/** What MODS, EDM, DataCite, CMDI and RDF say beyond being whole. */
class RichFormatsTest {
    @Test
    void modsSaysTypeLanguagesScriptsAndWhereItIs() {
        var mods = found("mods", Made.everything());
        assertEquals("text", mods.textIn("typeOfResource").orElseThrow());
        assertEquals(List.of("Tavt", "Latn"), texts(mods.in("language", "scriptTerm")));
        assertEquals(List.of("blt", "blt-Tavt", "vie", "vi"), texts(mods.in("language", "languageTerm")));
        assertEquals(List.of("21.52, 104.08"), texts(mods.in("subject", "cartographics", "coordinates")));
        assertEquals(
                List.of("doi", "isbn", "local", "uri"),
                mods.in("identifier").stream().map(one -> one.attribute("type")).toList());
        assertEquals(List.of("https://thocam.example.vn/items/a1"), texts(mods.in("location", "url")));
        assertEquals("Tavt", mods.in("titleInfo").get(1).attribute("script"));
    }

    @Test
    void dataciteIsNamedByItsDoiElseByItsPage() {
        var named = found("datacite", Made.everything()).in("identifier").get(0);
        assertEquals("DOI 10.5555/thocam.1", named.attribute("identifierType") + " " + named.text());
        var embargoed = found("datacite", Made.embargoed());
        var page = embargoed.in("identifier").get(0);
        assertEquals("URL https://thocam.example.vn/items/e1", page.attribute("identifierType") + " " + page.text());
        assertEquals("2020", embargoed.textIn("publicationYear").orElseThrow());
        assertEquals("Thư viện thử", embargoed.textIn("publisher").orElseThrow());
        assertFalse(crosswalk("datacite").fits(Made.bare()), "no year, no record");
    }

    @Test
    void onlyATitleInALanguageThatTheItemIsNotInIsATranslation() {
        // the item is in Tai Dam and Vietnamese
        var translated = found("mods", Made.everything()).in("titleInfo").stream()
                .filter(one -> one.attribute("type").equals("translated"))
                .toList();
        assertEquals(
                List.of("eng New rice festival"),
                translated.stream()
                        .map(one -> one.attribute("lang") + " "
                                + one.textIn("title").orElseThrow())
                        .toList());
        var titles = found("datacite", Made.everything()).in("titles", "title");
        assertEquals(
                List.of("New rice festival"),
                texts(titles.stream()
                        .filter(one -> one.attribute("titleType").equals("TranslatedTitle"))
                        .toList()));
        assertEquals(
                1,
                titles.stream()
                        .filter(one -> one.attribute("titleType").isEmpty())
                        .count(),
                "one title is the main one");
    }

    @Test
    void edmSaysUnderWhichRightsAndByWhom() {
        var open = found("edm", Made.everything());
        assertEquals(
                "http://creativecommons.org/licenses/by/4.0/",
                open.in("Aggregation", "rights").get(0).attribute("resource"));
        assertEquals("Thư viện thử", open.textIn("Aggregation", "dataProvider").orElseThrow());
        assertEquals(3, open.in("WebResource").size());
        assertEquals(
                open.in("Place").get(0).attribute("about"),
                open.in("ProvidedCHO", "spatial").get(0).attribute("resource"));
        assertEquals(
                "http://rightsstatements.org/vocab/CNE/1.0/",
                found("edm", Made.embargoed())
                        .in("Aggregation", "rights")
                        .get(0)
                        .attribute("resource"));
        assertFalse(crosswalk("edm").fits(Made.bare()), "Europeana would not know what it is");
    }

    @Test
    void cmdiIsForWhatIsOfAKnownLanguage() {
        assertFalse(crosswalk("cmdi").fits(Made.bare()));
        var profile = found("cmdi", Made.dictionary())
                .in("Components", "OLAC-DcmiTerms")
                .get(0);
        assertEquals(
                List.of("blt", "vie"),
                profile.in("language").stream()
                        .map(one -> one.attribute("olac-language"))
                        .toList());
        assertEquals("lexicon", profile.in("type").get(0).attribute("olac-linguistic-type"));
        assertEquals(
                List.of("LandingPage", "Resource", "Resource", "Resource"),
                texts(found("cmdi", Made.everything())
                        .in("Resources", "ResourceProxyList", "ResourceProxy", "ResourceType")));
    }

    @Test
    void rdfIsWhatTheGraphSays() {
        var model = Structure.model(Xml.written(crosswalk("rdf"), Made.everything()));
        var it = ResourceFactory.createResource("https://thocam.example.vn/id/a1");
        var title = ResourceFactory.createProperty("http://purl.org/dc/terms/title");
        assertTrue(model.contains(it, title, ResourceFactory.createLangLiteral("Tết & <cơm mới>", "vi")));
        assertTrue(model.contains(
                it,
                ResourceFactory.createProperty("http://purl.org/dc/terms/subject"),
                ResourceFactory.createResource("https://thocam.example.vn/id/d1/e1#sense-s1")));
        assertEquals(
                1,
                model.listObjectsOfProperty(
                                ResourceFactory.createProperty("http://www.opengis.net/ont/geosparql#asWKT"))
                        .toList()
                        .size());
    }

    private static Crosswalk crosswalk(String prefix) {
        return Crosswalks.of(prefix).orElseThrow();
    }

    private static Found found(String prefix, CatalogueRecord record) {
        assertTrue(crosswalk(prefix).fits(record));
        return new Found(Xml.parsed(crosswalk(prefix), record));
    }

    private static List<String> texts(List<Found> found) {
        return found.stream().map(Found::text).toList();
    }
}
