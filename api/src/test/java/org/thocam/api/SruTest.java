package org.thocam.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.api.access.Role;
import org.thocam.index.search.SearchIndex;
import org.thocam.index.search.SearchNode;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The door for catalogues on a real index, where its node has been built. */
class SruTest {
    private static final Path LIB =
            Path.of(System.getProperty("thocam.root", ".."), "index", "node", "target", "lib-solr");
    private static final String SRW = "http://www.loc.gov/zing/srw/";
    private static final String DIAGNOSTIC = "http://www.loc.gov/zing/srw/diagnostic/";
    private static SearchNode node;
    private static Running running;

    @BeforeAll
    static void start(@TempDir Path dir) throws IOException {
        Assumptions.assumeTrue(
                Files.isDirectory(LIB), LIB + " is not there: run ./mvnw package -pl index/analysis,index/node first");
        node = SearchNode.start(SearchNode.Settings.of(dir.resolve("solr"), LIB));
        running = new Running(
                dir,
                Settings.Bounds.GENEROUS,
                (verb, arguments, lines) -> {},
                Optional.of(SearchIndex.open(node, "items")));
        take(
                """
                {"id":"weaving","title":{"vi":"Nghề dệt thổ cẩm"},"language":"vi","type":"Text","creator":["Lò Thị Mai"],
                "date":"1998","people":["EG03"],"description":"Khung cửi và hoa văn","identifiers":["ISBN 978-604-0-12345-6"],
                "place":{"name":"Mai Châu, Hòa Bình"},"terms":{"publisher":["Nhà xuất bản Văn hóa"],
                "subject":["Dệt vải"],"contributor":["Hà Văn Nam"]}}""");
        take(
                """
                {"id":"song","title":{"blt-Tavt":"ꪼꪕ ꪒꪾ"},"language":"blt-Tavt","type":"Sound","creator":["Lò Văn Ba"],
                "date":"2004-05-06","people":["EG03"],"sets":["festival:new-year"]}""");
        take(
                """
                {"id":"tones","title":{"vi":"Tho cam không dấu"},"language":"vi","type":"Text","date":"2010/2012",
                "creator":["Lò Thị Mai"],"description":"<b>&amp; ]]> \\u0001"}""");
        take(
                """
                {"id":"hidden","title":{"vi":"Thổ cẩm kín"},"language":"mtq","creator":["Bùi Thị Kín"],"date":"2000",
                "access":{"level":"restricted","communities":["muong"]}}""");
        for (int i = 0; i < 12; i++)
            take(
                    "{\"id\":\"n%02d\",\"title\":{\"vi\":\"Lễ hội %s\"},\"language\":\"vi\",\"type\":\"Image\",\"date\":\"%d\"}"
                            .formatted(i, (char) ('a' + i), 1950 + i));
    }

    private static void take(String record) {
        running.library.take(record.replace("\n", " "));
    }

    @AfterAll
    static void stop() {
        if (running != null) running.close();
        if (node != null) node.close();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Document xml(HttpResponse<String> response) {
        assertEquals(200, response.statusCode(), response.body());
        assertEquals(
                "text/xml;charset=utf-8",
                Running.header(response, "Content-Type").toLowerCase());
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(response.body().getBytes(StandardCharsets.UTF_8)));
        } catch (Exception e) {
            throw new AssertionError(response.uri() + " is not well-formed: " + e + "\n" + response.body(), e);
        }
    }

    private static Document ask(String parameters) {
        return xml(running.get("/sru?" + parameters));
    }

    private static String search(String query, String... more) {
        return "version=1.2&operation=searchRetrieve&query=" + encoded(query)
                + (more.length == 0 ? "" : "&" + String.join("&", more));
    }

    private static List<String> all(Document document, String name) {
        return all(document, SRW, name);
    }

    private static List<String> all(Document document, String namespace, String name) {
        var found = document.getElementsByTagNameNS(namespace, name);
        var texts = new ArrayList<String>();
        for (int i = 0; i < found.getLength(); i++) texts.add(found.item(i).getTextContent());
        return texts;
    }

    private static List<String> ids(String query, String... more) {
        var answer = ask(search(query, more));
        assertEquals(
                List.of(), all(answer, DIAGNOSTIC, "uri"), () -> query + ": " + all(answer, DIAGNOSTIC, "details"));
        return all(answer, "recordIdentifier");
    }

    /** Posted, so that what is no address can be asked too. */
    private static Document posted(String form) {
        return xml(running.ask("POST", "/sru", form, "Content-Type", "application/x-www-form-urlencoded"));
    }

    private static void refused(int number, String parameters) {
        var answer = posted(parameters);
        assertEquals(List.of("info:srw/diagnostic/1/" + number), all(answer, DIAGNOSTIC, "uri"), parameters);
    }

    @Test
    void everyIndexFindsWhatItIsFor() {
        for (var query : List.of(
                "dc.title = \"dệt thổ cẩm\"",
                "dc.title adj \"det tho cam\"",
                "dc.title == \"nghề dệt thổ cẩm\"",
                "dc.title exact \"Nghề Dệt Thổ Cẩm\"",
                "dc.title = \"^nghề dệt\"",
                "dc.title = \"^Nghề dệt thổ cẩm^\"",
                "dc.title = \"de* cẩm\" and dc.creator = mai",
                "dc.title =/respectAccents \"thổ cẩm\"",
                "thocam.exact = \"thổ cẩm\"",
                "thocam.exact adj \"dệt thổ\"",
                "dc.creator = Mai and dc.description = \"khung cửi\"",
                "dc.publisher = \"văn hóa\"",
                "dc.publisher == \"Nhà xuất bản Văn hóa\"",
                "dc.contributor any \"nam hùng\"",
                "bath.name = \"ha van nam\"",
                "dc.subject = \"dệt vải\"",
                "dc.coverage = \"mai chau\"",
                "dc.identifier = 9786040123456",
                "isbn = 978-604-0-12345-6",
                "bath.isbn = \"97860401*\"",
                "rec.identifier = weaving",
                "rec.identifier = oai:thocam.local:weaving",
                "thocam.people = EG03 and dc.language = vie",
                "people = thái not script = Tavt",
                "thocam.province = P34-19 or title = \"nghe det\"",
                "dc.date = 1998",
                "dc.date within \"1997 1999\"",
                "dc.date encloses 1998-05-06",
                "dc.date == 1998",
                "dc.date > 1997 and dc.date < 1999",
                "> d = \"info:srw/cql-context-set/1/dc-v1.1\" d.title = \"det tho cam\"",
                "> \"https://thocam.org/cql/1.0\" (people = EG03) and dc.type = text",
                "cql.anywhere = \"Nhà xuất bản\"",
                "(dc.title any \"nghề xyz\")",
                "dc.title all \"cẩm dệt\"")) assertEquals(List.of("weaving"), ids(query), query);
        assertEquals(List.of("song"), ids("thocam.script = tavt"));
        assertEquals(List.of("song"), ids("dc.language = BLT-tavt"));
        assertEquals(List.of("song"), ids("dc.title = ꪒꪾ and dc.type == sound"));
        assertEquals(List.of("song"), ids("thocam.set = festival"));
        assertEquals(List.of("tones"), ids("dc.date within \"2010 2012\""));
        assertEquals(List.of("song", "tones"), ids("dc.date >= 2004 sortBy dc.date"));
        assertEquals(
                List.of("weaving"), ids("dc.type <> Image and dc.type <> sound and dc.title <> \"Tho cam không dấu\""));
        assertEquals(List.of(), ids("dc.title = \"\\*\\?\""));
        assertEquals(List.of(), ids("dc.title =/unmasked \"de*\""));
        assertEquals(List.of(), ids("dc.date = 1990"));
        assertEquals(List.of(), ids("dc.title = ,"));
        assertEquals(2, ids("dc.title = \"tho cam\"").size());
        assertEquals(List.of("weaving"), ids("dc.title =/respectAccents \"thổ cẩm\""));
        assertEquals(12, ids("\"lễ hội\"", "maximumRecords=50").size());
        assertEquals(15, ids("cql.allRecords = 1", "maximumRecords=50").size());
        assertEquals(
                15, ids("rec.lastModificationDate > 2020", "maximumRecords=50").size());
        assertEquals(List.of(), ids("rec.lastModificationDate < 2020"));
    }

    @Test
    void theBareWordsOfAQueryFindWhatTheSearchBoxFinds() {
        for (var words : List.of("tho cam", "thổ cẩm", "lễ hội", "ꪒꪾ", "khung cửi"))
            assertEquals(
                    Running.json(running.get("/api/v1/search?q=" + encoded(words)))
                            .path("total")
                            .asText(),
                    all(ask(search("\"" + words + "\"")), "numberOfRecords").get(0),
                    words);
    }

    @Test
    void longAndDeepQueriesAreAnswered() {
        var many = new StringBuilder("dc.date = 1998");
        for (int i = 0; i < 250; i++) many.append(i % 2 == 0 ? " or a" : " and dệt");
        assertEquals(List.of("weaving"), ids(many.toString()));
        assertEquals(List.of("weaving"), ids("(".repeat(100) + "dc.date=1998" + ")".repeat(100)));
    }

    @Test
    void queriesWithTooManyWordsAreRefusedBeforeTheIndexIsAsked() {
        refused(38, search("dc.title any \"" + "a ".repeat(4000) + "\""));
        refused(38, search("thocam.people any \"" + "a ".repeat(4000) + "\""));
        refused(38, search("cql.anywhere=a*" + " or cql.anywhere=a*".repeat(255)));
        assertEquals(
                15,
                ids("cql.anywhere=t* or cql.allRecords=1", "maximumRecords=50").size());
        assertEquals(List.of(), ids("dc.title any \"" + "xyz ".repeat(800) + "\""));
        assertEquals(List.of(), ids("dc.title = \"" + "xyz ".repeat(2000) + "\""));
        assertEquals(List.of(), ids("cql.anywhere=xyz" + " or cql.anywhere=xyz".repeat(255)));
    }

    @Test
    void resultsCanBeSorted() {
        assertEquals(
                List.of("n11", "n10", "n09"), ids("\"lễ hội\" sortBy dc.date/sort.descending", "maximumRecords=3"));
        assertEquals(List.of("n11", "n10", "n09"), ids("\"lễ hội\" sortBy dc.title/descending", "maximumRecords=3"));
        assertEquals(
                List.of("n00", "n01", "n02"), ids("\"lễ hội\"", "maximumRecords=3", "sortKeys=title,dc,1,0,highValue"));
        assertEquals(List.of("n11"), ids("\"lễ hội\"", "maximumRecords=1", "sortKeys=" + encoded("date,,0")));
    }

    @Test
    void pagesFollowEachOther() {
        var found = new ArrayList<String>();
        var next = List.of("1");
        while (!next.isEmpty()) {
            var page =
                    ask(search("\"lễ hội\" sortBy rec.identifier", "maximumRecords=5", "startRecord=" + next.get(0)));
            assertEquals(List.of("12"), all(page, "numberOfRecords"));
            assertEquals(next.get(0), all(page, "recordPosition").get(0));
            found.addAll(all(page, "recordIdentifier"));
            next = all(page, "nextRecordPosition");
        }
        assertEquals(12, found.stream().distinct().count());
        assertEquals(12, found.size());
        assertEquals(List.of(), all(ask(search("\"lễ hội\"", "maximumRecords=0")), "record"));
    }

    @Test
    void recordsAreDublinCoreUnlessAskedOtherwise() {
        for (var name : List.of("dc", "DC", "info:srw/schema/1/dc-v1.1", "http://purl.org/dc/elements/1.1/", "")) {
            var answer = ask(search("dc.date=1998", "recordSchema=" + encoded(name)));
            assertEquals(
                    List.of("info:srw/schema/1/dc-v1.1"),
                    all(answer, "recordSchema").subList(0, 1));
            var record = (Element) answer.getElementsByTagNameNS("info:srw/schema/1/dc-schema", "dc")
                    .item(0);
            assertEquals("recordData", record.getParentNode().getLocalName());
            assertEquals(List.of("Nghề dệt thổ cẩm"), all(answer, "http://purl.org/dc/elements/1.1/", "title"));
            assertEquals(List.of("vie"), all(answer, "http://purl.org/dc/elements/1.1/", "language"));
            assertTrue(all(answer, "http://purl.org/dc/elements/1.1/", "identifier")
                    .contains(running.base() + "/items/weaving"));
        }
        var packed = ask(search("dc.title = dấu", "recordPacking=string"));
        assertEquals("string", all(packed, "recordPacking").get(0));
        assertTrue(
                all(packed, "recordData").get(0).startsWith("<srw_dc:dc "),
                all(packed, "recordData").get(0));
    }

    @Test
    void elementsStandInTheOrderOfTheSchema() {
        var answer = ask(search("\"lễ hội\"", "maximumRecords=1", "startRecord=2", "recordSchema=dc", "x-info=1"));
        assertEquals(
                List.of("version", "numberOfRecords", "records", "nextRecordPosition", "echoedSearchRetrieveRequest"),
                children(answer.getDocumentElement()));
        var record = (Element) answer.getElementsByTagNameNS(SRW, "record").item(0);
        assertEquals(
                List.of("recordSchema", "recordPacking", "recordData", "recordIdentifier", "recordPosition"),
                children(record));
        var echo = (Element) answer.getElementsByTagNameNS(SRW, "echoedSearchRetrieveRequest")
                .item(0);
        assertEquals(List.of("version", "query", "startRecord", "maximumRecords", "recordSchema"), children(echo));
        var older = ask(search("\"lễ hội\"").replace("1.2", "1.1"));
        assertEquals(List.of("1.1", "1.1"), all(older, "version"));
        assertEquals(List.of(), all(older, "recordIdentifier"));
        var wrong = ask(search("dc.nothing = a"));
        var diagnostic =
                (Element) wrong.getElementsByTagNameNS(DIAGNOSTIC, "diagnostic").item(0);
        assertEquals(List.of("uri", "details", "message"), children(diagnostic));
        assertEquals(SRW, wrong.getDocumentElement().getNamespaceURI());
        assertEquals("searchRetrieveResponse", wrong.getDocumentElement().getLocalName());
    }

    private static List<String> children(Element parent) {
        var names = new ArrayList<String>();
        for (var child = parent.getFirstChild(); child != null; child = child.getNextSibling())
            if (child instanceof Element element) names.add(element.getLocalName());
        return names;
    }

    @Test
    void everyFaultHasItsNumber() {
        refused(4, "version=1.2&operation=destroy");
        refused(5, "version=2.0&operation=searchRetrieve&query=a");
        refused(6, search("a", "maximumRecords=many"));
        refused(6, search("a", "maximumRecords=-1"));
        refused(6, search("a", "resultSetTTL=x"));
        refused(6, search("a", "query=b"));
        refused(6, "operation=searchRetrieve&version=1.2&query=%zz");
        refused(6, "operation=searchRetrieve&version=1.2&query=%ff");
        refused(6, "operation=searchRetrieve&version=1.2&query=a%00");
        refused(7, "version=1.2&operation=searchRetrieve");
        refused(7, "version=1.2&operation=searchRetrieve&query=");
        refused(7, "version=1.2&operation=scan");
        refused(7, "version=1.2&query=a");
        refused(8, search("a", "colour=red"));
        refused(8, search("a", "maximumrecords=1"));
        refused(10, search("a and"));
        refused(10, search("\"a"));
        refused(12, search("a".repeat(8193)));
        refused(13, search("(".repeat(5000)));
        refused(15, search("foo.bar = a"));
        refused(15, search("> dc = \"info:nobody\" dc.title = a"));
        refused(16, search("dc.colour = a"));
        refused(19, search("dc.title near a"));
        refused(20, search("dc.title =/stem a"));
        refused(21, search("dc.title =/masked/unmasked a"));
        refused(22, search("dc.title < a"));
        refused(22, search("dc.description == a"));
        refused(24, search("cql.allRecords = 2"));
        refused(26, search("dc.title = a\\b"));
        refused(27, search("dc.title = \"\""));
        refused(28, search("dc.title == a*"));
        refused(29, search("dc.title = *"));
        refused(30, search("dc.title = a*b*c*d*e*f*g*h*i*"));
        refused(31, search("dc.description = \"^a\""));
        refused(32, search("dc.title = a^b"));
        refused(33, search("dc.title adj \"a* b\""));
        refused(34, search("dc.title any \"^a b\""));
        refused(36, search("dc.date > yesterday"));
        refused(36, search("dc.date within \"2001 2000\""));
        refused(38, search("a" + " or a".repeat(300)));
        refused(39, search("a prox b"));
        refused(46, search("a and/rel.sum b"));
        refused(50, search("cql.resultSetId = a"));
        refused(61, search("dc.date=1998", "startRecord=2"));
        refused(61, search("dc.date=1998", "startRecord=0"));
        refused(61, search("dc.date=1998", "startRecord=2000000000"));
        refused(66, search("a", "recordSchema=pica"));
        refused(71, search("a", "recordPacking=json"));
        refused(72, search("a", "recordXPath=/dc"));
        refused(80, search("a sortBy dc.creator"));
        refused(82, search("a sortBy dc.title/sort.locale=vi"));
        refused(84, search("a sortBy" + " dc.title".repeat(9)));
        refused(87, search("a", "sortKeys=title,pica"));
        refused(88, search("a", "sortKeys=colour"));
        refused(90, search("a", "sortKeys=title,dc,up"));
        refused(91, search("a sortBy dc.title/sort.respectCase"));
        refused(92, search("a sortBy dc.title/sort.missingFail"));
        refused(94, search("a sortBy dc.title", "sortKeys=date"));
        refused(110, search("a", "stylesheet=a.xsl"));
        refused(120, "version=1.2&operation=scan&scanClause=dc.title%3Da&responsePosition=99");
        refused(121, "version=1.2&operation=scan&scanClause=dc.title%3Da&maximumTerms=5000");
        refused(16, "version=1.2&operation=scan&scanClause=dc.description%3Da");
        refused(10, "version=1.2&operation=scan&scanClause=a+and+b");
    }

    @Test
    void explainSaysWhatThereIs() {
        for (var parameters : List.of("", "operation=explain", "version=1.1&operation=explain&recordPacking=xml")) {
            var answer = ask(parameters);
            assertEquals("explainResponse", answer.getDocumentElement().getLocalName());
            assertEquals(List.of("http://explain.z3950.org/dtd/2.0/"), all(answer, "recordSchema"));
            var zeerex = "http://explain.z3950.org/dtd/2.0/";
            assertEquals(List.of("sru"), all(answer, zeerex, "database"));
            assertEquals(List.of(String.valueOf(running.port())), all(answer, zeerex, "port"));
            assertTrue(all(answer, zeerex, "name").containsAll(List.of("title", "serverChoice", "people", "isbn")));
        }
    }

    @Test
    void scanListsTermsAroundTheOneAskedFor() {
        var names = scan("dc.creator = \"\"");
        assertEquals(List.of("lò thị mai 2 first", "lò văn ba 1 last"), names);
        assertEquals(List.of("lò văn ba 1 last"), scan("dc.creator = \"lò v\""));
        assertEquals(
                List.of("lò thị mai 2 first", "lò văn ba 1 last"), scan("dc.creator = \"lò v\"", "responsePosition=2"));
        assertEquals(List.of(), scan("dc.creator = zzz"));
        assertEquals(List.of("EG03 2 only"), scan("thocam.people = \"\""));
        assertEquals(List.of("1951 1 inner", "1952 1 inner"), scan("dc.date = 1951", "maximumTerms=2"));
        assertEquals(
                List.of("1952 1 inner", "1953 1 inner"),
                scan("dc.date = 1951", "maximumTerms=2", "responsePosition=0"));
        assertEquals(
                List.of("1950 1 first", "1951 1 inner"),
                scan("dc.date = 1951", "maximumTerms=2", "responsePosition=2"));
    }

    private static List<String> scan(String clause, String... more) {
        var answer = ask("version=1.2&operation=scan&scanClause=" + encoded(clause)
                + (more.length == 0 ? "" : "&" + String.join("&", more)));
        assertEquals(List.of(), all(answer, DIAGNOSTIC, "uri"), clause);
        var terms = answer.getElementsByTagNameNS(SRW, "term");
        var lines = new ArrayList<String>();
        for (int i = 0; i < terms.getLength(); i++) {
            var term = (Element) terms.item(i);
            lines.add(text(term, "value") + " " + text(term, "numberOfRecords") + " " + text(term, "whereInList"));
        }
        return lines;
    }

    private static String text(Element parent, String name) {
        return parent.getElementsByTagNameNS(SRW, name).item(0).getTextContent();
    }

    @Test
    void whatIsHiddenIsNeitherFoundNorCountedNorListed() {
        var query = "/sru?" + search("dc.title = \"thổ cẩm kín\"");
        assertEquals(List.of("0"), all(xml(running.get(query)), "numberOfRecords"));
        assertEquals(List.of("0"), all(ask(search("rec.identifier = hidden")), "numberOfRecords"));
        assertEquals(
                List.of("0"),
                all(ask(search("cql.allRecords=1 not dc.type any \"text sound image\"")), "numberOfRecords"));
        var member = xml(running.get(query, "Authorization", "Bearer " + running.member));
        assertEquals(List.of("1"), all(member, "numberOfRecords"));
        assertTrue(
                all(member, "http://purl.org/dc/elements/1.1/", "rights").get(0).startsWith("Restricted"));
        assertEquals(List.of("1"), all(xml(running.get(query, Role.ADMIN)), "numberOfRecords"));
        var scan = "/sru?version=1.2&operation=scan&scanClause=" + encoded("dc.creator=bùi");
        assertFalse(running.get(scan).body().contains("bùi thị kín"));
        assertTrue(running.get(scan, Role.ADMIN).body().contains("bùi thị kín"));
    }

    @Test
    void formsMayBePosted() {
        var answer = posted(search("dc.date=1998"));
        assertEquals(List.of("weaving"), all(answer, "recordIdentifier"));
        assertEquals(
                415,
                running.ask("POST", "/sru", "<soap/>", "Content-Type", "text/xml")
                        .statusCode());
    }

    @Test
    void whateverIsAskedTheAnswerIsXml() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var names = List.of(
                "version",
                "operation",
                "query",
                "startRecord",
                "maximumRecords",
                "recordPacking",
                "recordSchema",
                "sortKeys",
                "scanClause",
                "responsePosition",
                "maximumTerms",
                "x-a",
                "%C3%28",
                "stylesheet");
        var values = List.of(
                "1.1",
                "1.2",
                "searchRetrieve",
                "scan",
                "explain",
                "dc.title",
                "%3D",
                "a*",
                "%22",
                "xml",
                "string",
                "dc",
                "1",
                "0",
                "-1",
                "99999999999",
                "%00",
                "%EF%BF%BF",
                "%F0%9F%98%80",
                "%3C%2Fzs%3E%5D%5D%3E",
                "+and+",
                "(",
                ")",
                "%5C",
                "%5E",
                "%3F",
                "+within+",
                "1990",
                "/",
                "+sortBy+",
                "title,dc,1",
                "%E1%BB%95",
                "thocam.people",
                "%",
                "cql.anywhere+any+");
        for (int i = 0; i < 400; i++) {
            var parameters = new StringBuilder();
            if (random.nextInt(5) > 0)
                parameters
                        .append("version=1.2&operation=")
                        .append(random.nextBoolean() ? "searchRetrieve&query=" : "scan&scanClause=");
            for (int n = random.nextInt(6); n > 0; n--) parameters.append(values.get(random.nextInt(values.size())));
            for (int n = random.nextInt(3); n > 0; n--)
                parameters
                        .append('&')
                        .append(names.get(random.nextInt(names.size())))
                        .append('=')
                        .append(values.get(random.nextInt(values.size())));
            var asked = parameters.toString();
            try {
                var answer = posted(asked);
                assertFalse(all(answer, DIAGNOSTIC, "uri").contains("info:srw/diagnostic/1/1"), "a fault of ours");
                assertFalse(all(answer, DIAGNOSTIC, "uri").contains("info:srw/diagnostic/1/2"), "a fault of the index");
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + asked, e);
            }
        }
    }

    @Test
    void indexDatasClientsFindAndShowRecords() throws Exception {
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/yaz-client")), "yaz-client is not installed: apt-get install yaz");
        var client = output(
                "sru get 1.2\nopen " + running.base()
                        + "/sru\nfind dc.title=\"dệt\"\nschema dc\nshow 1\nscan dc.creator=l\nquit\n",
                "yaz-client");
        assertTrue(client.contains("Number of hits: 1"), client);
        assertTrue(client.contains("<dc:title>Nghề dệt thổ cẩm</dc:title>"), client);
        var zoom = output(
                "",
                "zoomsh",
                "set sru get",
                "set syntax xml",
                "set schema dc",
                "connect " + running.base() + "/sru",
                "search cql:dc.date=1998",
                "show 0 1",
                "quit");
        assertTrue(zoom.contains("1 hits") && zoom.contains("Nghề dệt thổ cẩm"), zoom);
    }

    private static String output(String input, String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "the client did not end");
        return output;
    }
}
