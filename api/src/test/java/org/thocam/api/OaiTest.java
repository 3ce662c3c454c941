package org.thocam.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** The main points of the shared {@code oai_check.py}, which goes further. OAI-PMH 2.0. */
class OaiTest {
    private static final int ITEMS = 60;
    private static final Set<String> ANSWERS = new HashSet<>();
    private static Running running;
    private static int headersSeen;

    @BeforeAll
    static void start(@TempDir Path dir) throws IOException {
        running = new Running(dir);
        OaiSample.fill(running.library, running.clock, ITEMS);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static Document ask(String query) {
        var response = running.get("/oai?" + query);
        assertEquals(200, response.statusCode(), query);
        assertEquals(
                "text/xml;charset=utf-8",
                Running.header(response, "Content-Type").toLowerCase().replace(" ", ""));
        ANSWERS.add(response.body());
        return parsed(response.body());
    }

    private static Document parsed(String xml) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        } catch (Exception e) {
            throw new AssertionError("not well-formed: " + xml, e);
        }
    }

    private static List<Element> elements(Document document, String name) {
        var found = new ArrayList<Element>();
        var nodes = document.getElementsByTagNameNS("http://www.openarchives.org/OAI/2.0/", name);
        for (int i = 0; i < nodes.getLength(); i++) found.add((Element) nodes.item(i));
        return found;
    }

    private static String error(String query) {
        var errors = elements(ask(query), "error");
        return errors.isEmpty() ? "" : errors.get(0).getAttribute("code");
    }

    /** Follows a list to its end, doing something after each page; the datestamp by identifier. */
    private static Map<String, String> walk(String query, Runnable between) {
        var all = new HashMap<String, String>();
        var verb = query.replaceAll(".*(verb=\\w+).*", "$1");
        var document = ask(query);
        int given = 0;
        headersSeen = 0;
        while (true) {
            for (var header : elements(document, "header")) {
                var id = header.getElementsByTagName("identifier").item(0).getTextContent();
                var stamp = header.getElementsByTagName("datestamp").item(0).getTextContent();
                headersSeen++;
                all.put(id, stamp);
            }
            var token = elements(document, "resumptionToken");
            if (token.isEmpty()) return all;
            assertEquals(given, Integer.parseInt(token.get(0).getAttribute("cursor")));
            given = headersSeen;
            var text = token.get(0).getTextContent();
            if (text.isEmpty()) return all;
            between.run();
            document = ask(verb + "&resumptionToken=" + text);
        }
    }

    private static Map<String, String> walk(String query) {
        var all = walk(query, () -> {});
        assertEquals(all.size(), headersSeen, "something came twice");
        return all;
    }

    private static final String ALL = "verb=ListIdentifiers&metadataPrefix=oai_dc";

    @Test
    void aWholeListHasEveryPublicItemOnceAndEveryDeletion() {
        var headers = walk(ALL);
        var records = walk("verb=ListRecords&metadataPrefix=oai_dc");
        assertEquals(headers, records);
        for (int i = 0; i < ITEMS; i++)
            assertEquals(i % 17 != 0, headers.containsKey("oai:thocam.local:" + OaiSample.name(i)), OaiSample.name(i));
        var deleted = ask("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:thocam.local:" + OaiSample.name(1));
        assertEquals("deleted", elements(deleted, "header").get(0).getAttribute("status"));
        assertTrue(elements(deleted, "metadata").isEmpty());
    }

    @Test
    void itemsThatChangeWhileAListIsReadNeverHideOthers(@TempDir Path dir) throws IOException {
        try (var changing = new Running(dir)) {
            OaiSample.fill(changing.library, changing.clock, ITEMS);
            var usual = running;
            running = changing;
            try {
                var before = walk(ALL);
                var touched = new TreeSet<String>();
                var turn = new int[1];
                var during = walk(
                        ALL,
                        () -> OaiSample.change(
                                changing.library,
                                turn[0]++ * 12,
                                ITEMS,
                                line -> touched.add(line.path("line").asText().split(" ")[1])));
                assertFalse(touched.isEmpty());
                for (var id : before.keySet())
                    assertTrue(touched.contains(id) || during.containsKey(id), id + " was skipped");
                var after = walk(ALL);
                for (var id : touched) assertNotEquals(before.get(id), after.get(id), id);
            } finally {
                running = usual;
            }
        }
    }

    @Test
    void aTokenWorksAgainAndADamagedOneNever() {
        var token = elements(ask(ALL), "resumptionToken").get(0).getTextContent();
        var again = "verb=ListIdentifiers&resumptionToken=";
        var first = elements(ask(again + token), "identifier").stream()
                .map(Element::getTextContent)
                .toList();
        var second = elements(ask(again + token), "identifier").stream()
                .map(Element::getTextContent)
                .toList();
        assertEquals(first, second);
        assertEquals("badResumptionToken", error("verb=ListRecords&resumptionToken=" + token));
        for (int i = 0; i < token.length(); i += 3) {
            var other = token.charAt(i) == 'A' ? 'B' : 'A';
            assertEquals("badResumptionToken", error(again + token.substring(0, i) + other + token.substring(i + 1)));
        }
        assertEquals("badResumptionToken", error(again + token.substring(3)));
        assertEquals("badResumptionToken", error(again + token + token));
        assertEquals("badArgument", error(again + token + "&set=festival"));
    }

    @ParameterizedTest
    @CsvSource({
        "'',badVerb",
        "verb=,badVerb",
        "verb=identify,badVerb",
        "verb=Identify&verb=Identify,badVerb",
        "verb=Identify&identifier=x,badArgument",
        "verb=ListSets&_=1,badArgument",
        "verb=ListSets&resumptionToken=x,badResumptionToken",
        "verb=ListRecords,badArgument",
        "verb=ListRecords&metadataPrefix=nope,cannotDisseminateFormat",
        "verb=ListRecords&metadataPrefix=%22%3E%3Cx%3E,badArgument",
        "verb=ListRecords&metadataPrefix=a%00,badArgument",
        "verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc,badArgument",
        "verb=ListRecords&metadataPrefix=oai_dc&set=no-such,noRecordsMatch",
        "verb=ListRecords&metadataPrefix=oai_dc&set=a%20b,badArgument",
        "verb=ListRecords&metadataPrefix=oai_dc&from=2001-02-30,badArgument",
        "verb=ListRecords&metadataPrefix=oai_dc&from=2001-01-01T00:00:00,badArgument",
        "verb=ListRecords&metadataPrefix=oai_dc&until=,badArgument",
        "verb=ListRecords&metadataPrefix=oai_dc&from=2001-01-01&until=2002-01-01T00:00:00Z,badArgument",
        "verb=ListRecords&metadataPrefix=oai_dc&from=2011-01-01&until=2001-01-01,badArgument",
        "verb=ListRecords&metadataPrefix=oai_dc&from=2999-01-01,noRecordsMatch",
        "verb=ListRecords&metadataPrefix=oai_dc&until=1900-01-01,noRecordsMatch",
        "verb=GetRecord&metadataPrefix=oai_dc,badArgument",
        "verb=GetRecord&identifier=oai:thocam.local:it-00002,badArgument",
        "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:other.example:1,idDoesNotExist",
        "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:thocam.local:none,idDoesNotExist",
        "verb=GetRecord&metadataPrefix=oai_dc&identifier=%FF%FE,badArgument",
        "verb=ListMetadataFormats&identifier=oai:thocam.local:none,idDoesNotExist",
        "verb=ListMetadataFormats&identifier=oai:thocam.local:a%2541,idDoesNotExist",
        "verb=ListMetadataFormats&identifier=oai:thocam.local:a%2541%25,badArgument"
    })
    void everyErrorHasItsCode(String query, String code) {
        assertEquals(code, error(query));
        var request = elements(ask(query), "request").get(0);
        if (code.startsWith("badV") || code.startsWith("badA")) assertFalse(request.hasAttributes());
        assertEquals(running.base() + "/oai", request.getTextContent());
    }

    @Test
    void datesTakeInBothEndsInSecondsAndInDays() {
        var all = walk(ALL);
        for (var stamp : new TreeSet<>(all.values())) {
            var same = all.values().stream().filter(stamp::equals).count();
            assertEquals(same, walk(ALL + "&from=" + stamp + "&until=" + stamp).size(), stamp);
        }
        var days = new TreeSet<String>();
        all.values().forEach(stamp -> days.add(stamp.substring(0, 10)));
        int total = 0;
        for (var day : days)
            total += walk(ALL + "&from=" + day + "&until=" + day).size();
        assertEquals(all.size(), total);
    }

    @Test
    void aSetTakesInItsSubSetsAndEveryParentIsListed() {
        var sets = elements(ask("verb=ListSets"), "setSpec").stream()
                .map(Element::getTextContent)
                .toList();
        assertEquals(
                List.of(
                        "collection",
                        "collection:craft",
                        "collection:craft:basketry",
                        "collection:craft:textile",
                        "collection:craft:textile:tho-cam",
                        "collection:festival",
                        "collection:people",
                        "collection:people:thai",
                        "language",
                        "language:blt",
                        "language:cjm",
                        "language:khm",
                        "language:vie",
                        "script",
                        "script:Cham",
                        "script:Khmr",
                        "script:Latn",
                        "script:Tavt",
                        "type",
                        "type:Text"),
                sets);
        assertEquals(
                walk(ALL + "&set=collection:craft").size(),
                walk(ALL + "&set=collection:craft:textile").size()
                        + walk(ALL + "&set=collection:craft:basketry").size());
        var names = elements(ask("verb=ListSets"), "setName").stream()
                .map(Element::getTextContent)
                .toList();
        assertTrue(names.contains("Bộ sưu tập · Collection: Craft › Textile › Tho cam"), names.toString());
        assertTrue(names.contains("Ngôn ngữ · Language: tiếng Thái Đen · Tai Dam (Black Tai)"), names.toString());
    }

    @Test
    void aRecordLeadsToItsPageInItsLanguage() {
        var record = running.get("/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:thocam.local:it-00002")
                .body();
        assertTrue(
                record.contains("<dc:title xml:lang=\"blt-Tavt\">ꪼꪕꪒꪾ 2 &amp; &lt;co></dc:title>")
                        || record.contains("<dc:title xml:lang=\"blt-Tavt\">ꪼꪕꪒꪾ 2 &amp; &lt;co&gt;</dc:title>"),
                record);
        assertTrue(record.contains("<dc:identifier>" + running.base() + "/items/it-00002</dc:identifier>"));
        assertEquals(200, running.get("/items/it-00002").statusCode());
        assertTrue(record.contains("<dc:language>blt</dc:language>"));
    }

    @Test
    void aCharacterThatXmlDoesNotKnowBreaksNoPage(@TempDir Path dir) throws IOException {
        try (var odd = new Running(dir)) {
            odd.library.take("{\"id\":\"odd\",\"title\":\"a\\u0000b\\u000bc\\ufffed\\ud835\\udd04\\u0085]]>\"}");
            var body = odd.get("/oai?verb=ListRecords&metadataPrefix=oai_dc").body();
            var title = parsed(body).getElementsByTagNameNS("http://purl.org/dc/elements/1.1/", "title");
            assertEquals(
                    "a\uFFFDb\uFFFDc\uFFFDd\ud835\udd04\u0085]]>", title.item(0).getTextContent());
        }
    }

    @Test
    void postAnswersAsGet() {
        var get = running.get("/oai?" + ALL).body();
        var post = running.ask("POST", "/oai", ALL, "Content-Type", "application/x-www-form-urlencoded")
                .body();
        var changing = "<responseDate>[^<]*|expirationDate=\"[^\"]*\"|<resumptionToken.*";
        assertEquals(get.replaceAll(changing, ""), post.replaceAll(changing, ""));
        assertEquals(
                415,
                running.ask("POST", "/oai", "{}", "Content-Type", "application/json")
                        .statusCode());
    }

    @Test
    void everyKindOfAnswerIsValid() throws Exception {
        var schemas = Path.of(System.getProperty("thocam.root", "."), "..", "shared", "schemas")
                .normalize();
        Assumptions.assumeTrue(
                Files.exists(schemas.resolve("OAI-PMH.xsd")),
                "the schemas in ../shared/schemas are not there: not validated");
        for (var query : List.of(
                "verb=Identify",
                "verb=ListMetadataFormats",
                "verb=ListSets",
                ALL,
                "verb=ListRecords&metadataPrefix=oai_dc",
                "verb=ListRecords&metadataPrefix=oai_dc&set=collection:craft",
                "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:thocam.local:it-00001",
                "verb=Nope",
                "verb=ListRecords&metadataPrefix=nope",
                "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:x:1")) ask(query);
        var validator = schema(schemas).newValidator();
        for (var answer : ANSWERS)
            validator.validate(new StreamSource(new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8))));
    }

    /** The public addresses in the schemas stand for the files beside them. */
    private static Schema schema(Path schemas) throws Exception {
        var factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        factory.setResourceResolver((type, namespace, publicId, systemId, base) -> {
            if (systemId == null) return null;
            var file = schemas.resolve(systemId.substring(systemId.lastIndexOf('/') + 1));
            if (!Files.exists(file)) file = schemas.resolve("olac-1.1").resolve(file.getFileName());
            var input = new LocalInput(file);
            return Files.exists(file) ? input : null;
        });
        var sources = new ArrayList<StreamSource>();
        for (var name : List.of("OAI-PMH.xsd", "oai-identifier.xsd", "oai_dc.xsd", "olac-1.1/olac-archive.xsd"))
            sources.add(new StreamSource(schemas.resolve(name).toFile()));
        return factory.newSchema(sources.toArray(StreamSource[]::new));
    }
}
