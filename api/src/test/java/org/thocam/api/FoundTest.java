package org.thocam.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.stream.XMLStreamException;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thocam.api.access.Role;
import org.thocam.api.found.LinkValues;
import org.thocam.api.found.RecordFormats;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Submission;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Crosswalk;
import org.thocam.ontology.exchange.MetadataFormat;
import org.thocam.ontology.exchange.XmlOut;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What search engines, reference managers and aggregators read, on a real server. */
class FoundTest {
    private static final String CLOTH =
            """
            {"id":"cloth","title":{"vi":"Thổ cẩm Thái","en":"Thái brocade","blt-Tavt":"ꪼꪕꪒꪾ"},"type":"Sound","language":["vi","blt-Tavt"],
             "creator":["Lò Thị B","https://orcid.org/0000-0002-1825-0097"],"date":"1998-05","people":["EG03"],"sets":["crafts:textile"],
             "place":{"name":"Sơn La","lat":21.3,"lon":103.9},"description":{"vi":"Một </script><!-- mô tả & \\"thử\\""},
             "terms":{"license":["http://creativecommons.org/licenses/by/4.0/"],"subject":["dệt"],"publisher":["Nhà xuất bản"]}}""";
    private static final String HIDDEN = "{\"id\":\"hidden\",\"title\":\"x\",\"access\":\"restricted\"}";

    /** MARCXML as far as a test needs it. */
    private static final Crosswalk MARC =
            crosswalk("marc21", "http://www.loc.gov/MARC21/slim", "collection", record -> true);

    private static final Crosswalk DC =
            crosswalk("oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc/", "dc", record -> true);
    private static final Crosswalk ONLY_PLACED = crosswalk(
            "placed", "urn:x:placed", "placed", record -> record.item().place().isPresent());

    private interface Fits {
        boolean test(CatalogueRecord record);
    }

    private static Crosswalk crosswalk(String prefix, String namespace, String root, Fits fits) {
        var format = new MetadataFormat(prefix, namespace + ".xsd", namespace);
        return new Crosswalk() {
            @Override
            public MetadataFormat format() {
                return format;
            }

            @Override
            public boolean fits(CatalogueRecord record) {
                return fits.test(record);
            }

            @Override
            public void write(CatalogueRecord record, XmlOut out) throws XMLStreamException {
                out.root("t", root, format)
                        .text(record.item().title().shown() + " " + record.rights())
                        .end();
            }
        };
    }

    private Path dir;
    private Running running;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        dir = folder;
        running = new Running(
                folder,
                Settings.Bounds.GENEROUS,
                (verb, arguments, lines) -> {},
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RecordFormats.all(List.of(MARC, DC, ONLY_PLACED)));
        // the change list tells of nothing in the second that is not over
        running.clock.set(Instant.now().minusSeconds(3600));
        running.library.take(CLOTH, file("a nhạc.wav"), file("b.txt"));
        running.library.take(HIDDEN);
    }

    private Submission.Upload file(String name) throws IOException {
        return new Submission.Upload(name, Files.writeString(Files.createTempFile(dir, "f", ".tmp"), name));
    }

    @AfterEach
    void stop() {
        running.close();
    }

    private static List<String> targets(List<LinkValues.Value> links, String relation) {
        return links.stream()
                .filter(link -> link.rel().equals(relation))
                .map(LinkValues.Value::target)
                .toList();
    }

    private List<LinkValues.Value> links(String path, String... headers) {
        var values = running.get(path, headers).headers().allValues("Link");
        assertEquals(1, values.size(), path);
        return LinkValues.of(values.get(0));
    }

    @Test
    void pageIdentityAndDataLeadOnByTypedLinks() {
        var base = running.base();
        for (var path : List.of("/items/cloth", "/id/cloth", "/api/v1/items/cloth")) {
            var links = links(path);
            assertEquals(List.of(base + "/api/v1/items/cloth/linkset"), targets(links, "linkset"), path);
            assertEquals("application/linkset+json", links.get(0).parameters().get("type"));
            assertEquals(List.of(base + "/id/cloth"), targets(links, "cite-as"));
            assertEquals(
                    List.of(
                            "https://schema.org/AboutPage",
                            "https://schema.org/AudioObject",
                            "http://purl.org/dc/dcmitype/Sound"),
                    targets(links, "type"));
            assertEquals(List.of("http://creativecommons.org/licenses/by/4.0/"), targets(links, "license"));
            assertEquals(List.of("https://orcid.org/0000-0002-1825-0097"), targets(links, "author"));
            assertEquals(List.of(base + "/api/v1/search?set=crafts%3Atextile"), targets(links, "collection"));
            assertEquals(
                    List.of(
                            base + "/api/v1/items/cloth/files/a%20nh%E1%BA%A1c.wav",
                            base + "/api/v1/items/cloth/files/b.txt"),
                    targets(links, "item"));
            assertEquals(path.startsWith("/api"), !targets(links, "describes").isEmpty(), path);
            var all = links.stream().map(LinkValues.Value::target).toList();
            assertTrue(
                    all.indexOf(base + "/api/v1/items/cloth/files/b.txt")
                            < all.indexOf(all.stream()
                                    .filter(target -> target.contains("/oai?"))
                                    .findFirst()
                                    .orElseThrow()),
                    "a full header has the files rather than a second address of a description");
            var described = targets(links, "describedby");
            assertTrue(described.contains(base + "/api/v1/items/cloth?format=marcxml"), described.toString());
            assertTrue(
                    described.contains(
                            base + "/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai%3Athocam.local%3Acloth"),
                    described.toString());
            for (var target : described)
                assertEquals(200, running.get(target.substring(base.length())).statusCode(), target);
        }
    }

    @Test
    void whatIsNotForEverybodyIsNotTold() {
        for (var path :
                List.of("/items/hidden", "/id/hidden", "/api/v1/items/hidden", "/api/v1/items/hidden/linkset")) {
            var response = running.get(path);
            assertEquals(404, response.statusCode());
            assertTrue(response.headers().firstValue("Link").isEmpty(), path);
        }
        var seen = running.get("/api/v1/items/hidden", Role.ADMIN);
        var links = LinkValues.of(Running.header(seen, "Link"));
        assertTrue(targets(links, "describedby").stream().noneMatch(target -> target.contains("/oai?")));
        assertFalse(running.get("/api/v1/items/hidden?format=marcxml", Role.ADMIN)
                .body()
                .contains("Open access"));
        assertFalse(running.get("/sitemap-0.xml").body().contains("hidden"));
        assertFalse(running.get("/resourcesync/changelist-0.xml").body().contains("hidden"));
        assertFalse(running.get("/catalog").body().contains("hidden"));
    }

    @Test
    void aHeaderIsSmallWhateverAnItemHas() throws IOException {
        var files = IntStream.range(0, 60)
                .mapToObj(i -> {
                    try {
                        return file("ꪀ".repeat(60) + i + ".txt");
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toArray(Submission.Upload[]::new);
        var creators = IntStream.range(0, 100)
                .mapToObj(i -> "\"https://example.org/" + "x".repeat(200) + i + "\\u003e; rel=evil\\r\\nX: y\"")
                .collect(Collectors.joining(","));
        running.library.take(
                "{\"id\":\"" + "i".repeat(200) + "\",\"title\":\"x\",\"creator\":[" + creators
                        + ",\"https://example.org/>;rel=\\\"evil\\\",ơ\"]}",
                files);
        var path = "/items/" + "i".repeat(200);
        var header = Running.header(running.get(path), "Link");
        assertTrue(header.length() <= 4096, "found " + header.length());
        var links = LinkValues.of(header);
        assertEquals(1, targets(links, "linkset").size());
        assertTrue(links.stream().noneMatch(link -> link.rel().equals("evil")));
        var whole = linkset("/api/v1/items/" + "i".repeat(200) + "/linkset").path(0);
        assertEquals(60, whole.path("item").size());
    }

    private JsonNode linkset(String path) {
        var response = running.get(path);
        assertEquals("application/linkset+json", Running.header(response, "Content-Type"));
        return Running.json(response).path("linkset");
    }

    @Test
    void aFileLeadsBackToItsItem() {
        var links = links("/api/v1/items/cloth/files/b.txt");
        assertEquals(List.of("/items/cloth"), targets(links, "collection"));
        assertEquals(List.of("/api/v1/items/cloth/linkset"), targets(links, "linkset"));
    }

    @Test
    void aFileThatIsNotGivenHasNoAddress() throws IOException {
        var words = Files.writeString(dir.resolve("w.lift"), "<lift version=\"0.13\"/>");
        var voice = Files.writeString(dir.resolve("v.wav"), "x");
        running.library.take(
                "{\"id\":\"lex\",\"title\":\"x\",\"type\":\"Dataset\",\"language\":\"bdq\",\"sets\":[\"dictionary\"]}",
                new Submission.Upload("words.lift", words),
                new Submission.Upload("audio/v.wav", voice));
        for (var target : targets(links("/items/lex"), "item"))
            assertEquals(200, running.get(path(target)).statusCode(), target);
        for (var path : List.of("/api/v1/items/lex/linkset", "/api/v1/items/lex?format=schemaorg"))
            assertFalse(running.get(path).body().contains("v.wav"), path);
    }

    @Test
    void theLinkSetIsTheSameInBothForms() {
        var contexts = linkset("/api/v1/items/cloth/linkset");
        var fromJson = new ArrayList<String>();
        for (var context : contexts)
            for (var relation : context.properties()) {
                if (relation.getKey().equals("anchor")) continue;
                // RFC 9264, section 4.2.3
                assertTrue(relation.getValue().isArray() && !relation.getValue().isEmpty());
                for (var target : relation.getValue()) {
                    assertTrue(target.path("href").isTextual());
                    fromJson.add(context.path("anchor").asText() + " " + relation.getKey() + " "
                            + target.path("href").asText());
                }
            }
        assertEquals(
                fromJson.size(), fromJson.stream().distinct().count(), "an anchor stands in one object, a link once");
        var text = running.get("/api/v1/items/cloth/linkset", "Accept", "application/linkset");
        assertEquals("application/linkset", Running.header(text, "Content-Type"));
        var fromText = LinkValues.of(text.body()).stream()
                .map(link -> link.parameters().get("anchor") + " " + link.rel() + " " + link.target())
                .toList();
        assertEquals(
                fromJson.stream().sorted().toList(), fromText.stream().sorted().toList());
        assertEquals(
                text.body(),
                running.get("/api/v1/items/cloth/linkset?format=linkset").body());
        assertEquals(400, running.get("/api/v1/items/cloth/linkset?format=x").statusCode());
        assertEquals(
                406,
                running.get("/api/v1/items/cloth/linkset", "Accept", "image/png")
                        .statusCode());
    }

    private static Model parsed(String json) {
        // its context is at schema.org, and a test asks nobody
        var local = (com.fasterxml.jackson.databind.node.ObjectNode) ItemJson.parse(json);
        assertEquals("https://schema.org/", local.path("@context").asText());
        local.putObject("@context").put("@vocab", "https://schema.org/");
        return rdf(local.toString().getBytes(StandardCharsets.UTF_8), Lang.JSONLD);
    }

    private static Model rdf(byte[] bytes, Lang syntax) {
        var model = ModelFactory.createDefaultModel();
        RDFDataMgr.read(model, new ByteArrayInputStream(bytes), syntax);
        return model;
    }

    @Test
    void thePageSaysTheSameInSchemaOrgAndCannotBeBrokenOutOf() {
        var page = running.get("/items/cloth").body();
        var script = Pattern.compile("<script type=\"application/ld\\+json\">(.*?)</script>", Pattern.DOTALL)
                .matcher(page);
        assertTrue(script.find());
        var json = script.group(1);
        assertFalse(json.contains("<"), json);
        assertEquals(1, page.split("<script", -1).length - 1);
        assertEquals(
                ItemJson.parse(
                        running.get("/api/v1/items/cloth?format=schemaorg").body()),
                ItemJson.parse(json));
        var model = parsed(json);
        var item = model.getResource(running.base() + "/id/cloth");
        var names = item.listProperties(model.createProperty("https://schema.org/name"))
                .mapWith(said -> said.getLiteral().getLexicalForm() + "@" + said.getLanguage())
                .toSet();
        assertEquals(
                List.of("Thái brocade@en", "Thổ cẩm Thái@vi", "ꪼꪕꪒꪾ@blt-tavt"),
                names.stream()
                        .map(name -> name.replace("Tavt", "tavt"))
                        .sorted()
                        .toList());
        var said = ItemJson.parse(json);
        assertEquals("AudioObject", said.path("@type").asText());
        assertEquals(
                "Một </script><!-- mô tả & \"thử\"",
                said.at("/description/@value").asText());
        assertEquals(
                "EG03",
                said.at("/about/0/identifier")
                        .asText(said.at("/about/identifier").asText()));
        assertEquals(21.3, said.at("/spatialCoverage/geo/latitude").asDouble());
        assertEquals(2, said.path("encoding").size());
        assertTrue(said.path("isAccessibleForFree").asBoolean());
        for (var file : said.path("encoding")) {
            var address = file.path("contentUrl").asText();
            assertEquals(
                    200, running.get(address.substring(running.base().length())).statusCode());
        }
    }

    @Test
    void thePageHasWhatReferenceManagersAndPeopleRead() {
        var page = running.get("/items/cloth").body();
        for (var line : List.of(
                "<meta name=\"citation_title\" content=\"Thổ cẩm Thái\">",
                "<meta name=\"citation_author\" content=\"Lò Thị B\">",
                "<meta name=\"citation_publication_date\" content=\"1998/05\">",
                "<meta name=\"citation_language\" content=\"blt-Tavt\">",
                "<meta name=\"DC.title\" lang=\"blt-Tavt\" content=\"ꪼꪕꪒꪾ\">",
                "<meta name=\"DC.description\" lang=\"vi\" content=\"Một &lt;/script&gt;&lt;!-- mô tả &amp; &quot;thử&quot;\">",
                "<link rel=\"canonical\" href=\"" + running.base() + "/items/cloth\">",
                "<link rel=\"search\" type=\"application/opensearchdescription+xml\"",
                "(1998-05). Thổ cẩm Thái. Thocam. " + running.base() + "/id/cloth</p>",
                "<a rel=\"nofollow\" href=\"/api/v1/items/cloth?format=ris\">ris</a>",
                "<a rel=\"nofollow\" href=\"/api/v1/items/cloth?format=bib\">bib</a>"))
            assertTrue(page.contains(line), line + "\n" + page);
    }

    @ParameterizedTest
    @CsvSource({
        "marcxml,application/marcxml+xml,true",
        "oai_dc,application/xml,false",
        "ris,application/x-research-info-systems,true",
        "bib,application/x-bibtex,true",
        "schemaorg,application/ld+json,false"
    })
    void everyFormatOfTheRegistryIsAFormatOfAnItem(String name, String type, boolean chosenByAccept) {
        var byParameter = running.get("/api/v1/items/cloth?format=" + name);
        var byEnding = running.get("/api/v1/items/cloth." + name);
        assertEquals(200, byParameter.statusCode(), byParameter.body());
        assertTrue(Running.header(byParameter, "Content-Type").startsWith(type));
        assertEquals(byParameter.body(), byEnding.body());
        assertTrue(byParameter.body().contains("Thổ cẩm Thái"));
        var tag = Running.header(byParameter, "ETag");
        assertTrue(tag.contains("." + name + "-"), tag);
        assertEquals(
                304,
                running.get("/api/v1/items/cloth?format=" + name, "If-None-Match", tag)
                        .statusCode());
        var byAccept = running.get("/api/v1/items/cloth", "Accept", type);
        assertEquals(
                chosenByAccept, byAccept.statusCode() == 200 && byAccept.body().equals(byParameter.body()));
    }

    @Test
    void whatTheGraphNamesHasAnAddressThatLeadsOn() {
        var people = running.get("/id/EG03");
        assertEquals(303, people.statusCode());
        assertTrue(Running.header(people, "Location").endsWith("/api/v1/search?people=EG03"));
        var file = running.get("/id/cloth/files/a%20nh%E1%BA%A1c.wav");
        assertEquals(303, file.statusCode(), file.body());
        assertEquals(
                running.base() + "/api/v1/items/cloth/files/a%20nh%E1%BA%A1c.wav", Running.header(file, "Location"));
        for (var nothing : List.of("/id/EG99", "/id/cloth/files/none.txt", "/id/hidden/files/none.txt"))
            assertEquals(404, running.get(nothing).statusCode(), nothing);
    }

    @Test
    void aReferenceManagerTakesACitationOfTheItem() {
        var ris = running.get("/api/v1/items/cloth.ris").body();
        assertTrue(ris.startsWith("TY  - SOUND\r\nID  - cloth\r\nTI  - Thổ cẩm Thái\r\n"), ris);
        assertTrue(ris.contains("\r\nUR  - " + running.base() + "/items/cloth\r\n"), ris);
        assertTrue(ris.endsWith("ER  - \r\n\r\n"), ris);
        var bib = running.get("/api/v1/items/cloth?format=bibtex").body();
        assertTrue(bib.startsWith("@misc{cloth,\n  title = {{Thổ cẩm Thái}},\n"), bib);
        assertTrue(bib.contains("  url = {" + running.base() + "/items/cloth}"), bib);
        for (var format : List.of("ris", "bib"))
            assertEquals(404, running.get("/api/v1/items/hidden." + format).statusCode(), format);
    }

    @Test
    void aFormatWithoutWordsForAnItemIsNotOffered() {
        running.library.take("{\"id\":\"nowhere\",\"title\":\"x\"}");
        assertEquals(200, running.get("/api/v1/items/cloth?format=placed").statusCode());
        assertEquals(406, running.get("/api/v1/items/nowhere?format=placed").statusCode());
        assertFalse(running.get("/items/nowhere").body().contains("placed"));
        assertFalse(running.get("/api/v1/items/nowhere/linkset").body().contains("placed"));
        assertEquals(406, running.get("/api/v1/items/cloth?format=klingon").statusCode());
        var browser = running.get(
                "/api/v1/items/cloth", "Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        assertTrue(Running.header(browser, "Content-Type").startsWith("application/json"));
    }

    private Document xml(String path) {
        var response = running.get(path);
        assertEquals(200, response.statusCode(), path);
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(response.body().getBytes(StandardCharsets.UTF_8)));
        } catch (javax.xml.parsers.ParserConfigurationException | org.xml.sax.SAXException | IOException e) {
            throw new IllegalStateException(path + ": " + e, e);
        }
    }

    private static List<String> texts(Document document, String name) {
        var list = document.getElementsByTagNameNS("*", name);
        return IntStream.range(0, list.getLength())
                .mapToObj(i -> list.item(i).getTextContent())
                .toList();
    }

    private static List<Element> elements(Document document, String name) {
        var list = document.getElementsByTagNameNS("*", name);
        return IntStream.range(0, list.getLength())
                .mapToObj(i -> (Element) list.item(i))
                .toList();
    }

    private String path(String address) {
        assertTrue(address.startsWith(running.base()), address);
        return address.substring(running.base().length());
    }

    @Test
    void fromRobotsOverTheSitemapToEveryItem() {
        running.library.take("{\"id\":\"b&<c\",\"title\":\"x\"}".replace("<", "'"));
        OaiSample.withdraw(running.library, "b&'c");
        running.library.take("{\"id\":\"d\",\"title\":\"x\"}");
        var robots = running.get("/robots.txt");
        assertTrue(Running.header(robots, "Content-Type").startsWith("text/plain"));
        var sitemap = robots.body()
                .lines()
                .filter(line -> line.startsWith("Sitemap: "))
                .findFirst()
                .orElseThrow()
                .substring("Sitemap: ".length());
        for (var line : robots.body().lines().filter(line -> !line.isBlank()).toList())
            assertTrue(line.matches("(User-agent|Allow|Disallow|Sitemap): \\S+"), line);
        var found = new ArrayList<String>();
        for (var page : texts(xml(path(sitemap)), "loc")) found.addAll(texts(xml(path(page)), "loc"));
        assertEquals(
                List.of(running.base() + "/", running.base() + "/items/cloth", running.base() + "/items/d"), found);
        for (var address : found) assertEquals(200, running.get(path(address)).statusCode(), address);
        var stamps = texts(xml("/sitemap-0.xml"), "lastmod");
        assertEquals(2, stamps.size());
        for (var path : List.of("/sitemap-1.xml", "/sitemap-.xml", "/sitemap-0", "/x.xml", "/sitemap-1.%2e%2e.xml"))
            assertEquals(404, running.get(path).statusCode(), path);
    }

    @Test
    void anEmptyLibraryHasASitemapToo(@TempDir Path other) throws IOException {
        try (var empty = new Running(other)) {
            assertTrue(empty.get("/sitemap.xml").body().contains("/sitemap-0.xml"));
            assertTrue(empty.get("/sitemap-0.xml").body().contains("<loc>" + empty.base() + "/</loc>"));
            for (var path : List.of("/resourcesync/resourcelist.xml", "/resourcesync/changelist.xml", "/catalog"))
                assertEquals(200, empty.get(path).statusCode(), path);
        }
    }

    @Test
    void aSitemapIsCompressedForWhoAsks() throws IOException, InterruptedException {
        for (int i = 0; i < 50; i++) running.library.take("{\"id\":\"n%02d\",\"title\":\"x\"}".formatted(i));
        var request = HttpRequest.newBuilder(URI.create(running.base() + "/sitemap-0.xml"))
                .header("Accept-Encoding", "gzip")
                .build();
        var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertEquals("gzip", Running.header(response, "Content-Encoding"));
        var out = new ByteArrayOutputStream();
        try (var in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            in.transferTo(out);
        }
        assertEquals(running.get("/sitemap-0.xml").body(), out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void resourceSyncLeadsFromTheDescriptionToEveryResourceAndChange() {
        running.library.take("{\"id\":\"gone\",\"title\":\"x\"}");
        OaiSample.withdraw(running.library, "gone");
        running.library.take("{\"id\":\"new\",\"title\":\"1\"}");
        running.library.take("{\"id\":\"new\",\"title\":\"2\"}");
        var description = xml("/.well-known/resourcesync");
        assertEquals("description", elements(description, "md").get(0).getAttribute("capability"));
        var capabilities = xml(path(texts(description, "loc").get(0)));
        assertEquals(
                List.of("capabilitylist", "resourcelist", "changelist"),
                elements(capabilities, "md").stream()
                        .map(md -> md.getAttribute("capability"))
                        .toList());
        var lists = texts(capabilities, "loc");
        var resources = xml(path(texts(xml(path(lists.get(0))), "loc").get(0)));
        assertEquals(
                List.of(
                        running.base() + "/api/v1/items/cloth?format=jsonld",
                        running.base() + "/api/v1/items/new?format=jsonld"),
                texts(resources, "loc").stream().sorted().toList());
        var first = elements(resources, "md");
        assertFalse(first.get(0).getAttribute("at").isEmpty());
        for (var address : texts(resources, "loc")) {
            var response = running.get(path(address));
            assertTrue(Running.header(response, "Content-Type")
                    .startsWith(first.get(1).getAttribute("type")));
        }
        var changes = xml(path(texts(xml(path(lists.get(1))), "loc").get(0)));
        var said = elements(changes, "md");
        assertEquals("changelist", said.get(0).getAttribute("capability"));
        assertFalse(said.get(0).hasAttribute("until"), "the last list is still written");
        assertEquals(
                List.of("created", "deleted", "updated"),
                said.subList(1, said.size()).stream()
                        .map(md -> md.getAttribute("change"))
                        .toList());
        for (var md : said.subList(1, said.size()))
            assertTrue(Instant.parse(md.getAttribute("datetime")).isBefore(Instant.now()));
        assertEquals(
                400, running.get("/resourcesync/changelist.xml?from=yesterday").statusCode());
        assertEquals(
                200, running.get("/resourcesync/changelist.xml?from=2026-01-01").statusCode());
    }

    @Test
    void openSearchNamesTheSearchAndTheSuggestions() {
        var document = xml("/opensearch.xml");
        assertEquals(
                "http://a9.com/-/spec/opensearch/1.1/",
                document.getDocumentElement().getNamespaceURI());
        assertTrue(texts(document, "ShortName").get(0).length() <= 16);
        var templates = elements(document, "Url").stream()
                .map(url -> url.getAttribute("type") + " " + url.getAttribute("template"))
                .toList();
        assertTrue(templates.contains("text/html " + running.base() + "/search?q={searchTerms}"), templates.toString());
        assertTrue(
                templates.contains("application/x-suggestions+json " + running.base()
                        + "/api/v1/suggest?format=opensearch&q={searchTerms}"),
                templates.toString());
        var suggested = running.get("/api/v1/suggest?format=opensearch&size=0&q=th%E1%BB%95");
        assertTrue(Running.header(suggested, "Content-Type").startsWith("application/x-suggestions+json"));
        assertEquals("[\"thổ\",[]]", suggested.body());
    }

    @ParameterizedTest
    @CsvSource({"ttl,text/turtle", "nt,application/n-triples", "rdf,application/rdf+xml", "jsonld,application/ld+json"})
    void theCatalogueIsTheSameInEverySyntax(String ending, String type) throws IOException {
        dictionary("words", "\"open\"");
        dictionary("secret", "{\"level\":\"restricted\",\"communities\":[\"muong\"]}");
        var byFormat = running.get("/catalog?format=" + ending);
        var byAccept = running.get("/catalog", "Accept", type);
        assertTrue(Running.header(byAccept, "Content-Type").startsWith(type));
        assertEquals(byFormat.body().length(), byAccept.body().length());
        var syntax = org.apache.jena.riot.RDFLanguages.filenameToLang("x." + ending);
        var model = rdf(byAccept.body().getBytes(StandardCharsets.UTF_8), syntax);
        var turtle = rdf(running.get("/catalog").body().getBytes(StandardCharsets.UTF_8), Lang.TURTLE);
        assertTrue(model.isIsomorphicWith(turtle), byAccept.body());
        var dcat = "http://www.w3.org/ns/dcat#";
        var catalogue = model.getResource(running.base() + "/catalog");
        var datasets = catalogue
                .listProperties(model.createProperty(dcat + "dataset"))
                .mapWith(said -> said.getResource().getURI())
                .toSet();
        assertEquals(java.util.Set.of("http://library.example/id/words", running.base() + "/catalog#items"), datasets);
        assertEquals(
                4,
                model.getResource("http://library.example/id/words")
                        .listProperties(model.createProperty(dcat + "distribution"))
                        .toList()
                        .size());
        assertTrue(running.get("/catalog", "Authorization", "Bearer " + running.member)
                .body()
                .contains("secret"));
    }

    private void dictionary(String id, String access) throws IOException {
        var words = Files.writeString(
                dir.resolve(id + ".lift"),
                "<lift version=\"0.13\"><entry id='b1'><lexical-unit><form lang='bdq'><text>kon</text></form></lexical-unit></entry></lift>");
        running.library.take(
                "{\"id\":\"" + id
                        + "\",\"title\":{\"vi\":\"Từ điển\"},\"type\":\"Dataset\",\"language\":\"bdq-Latn\",\"access\":"
                        + access + ",\"sets\":[\"dictionary\"]}",
                new Submission.Upload("words.lift", words));
    }

    @Test
    void theCatalogueIsAPageForPeopleAndVoidLeadsToIt() throws IOException {
        dictionary("words", "\"open\"");
        var page = running.get("/catalog", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        assertTrue(Running.header(page, "Content-Type").startsWith("text/html"));
        for (var link : List.of("/api/v1/dictionaries/words/export?format=lift", "/catalog?format=ttl"))
            assertTrue(page.body().contains("href=\"" + link + "\""), page.body());
        assertEquals(
                200,
                running.get("/api/v1/dictionaries/words/export?format=lift").statusCode());
        var led = running.get("/.well-known/void");
        assertEquals(302, led.statusCode());
        assertEquals(running.base() + "/catalog", Running.header(led, "Location"));
        assertEquals(406, running.get("/catalog?format=docx").statusCode());
        assertEquals(406, running.get("/catalog", "Accept", "image/png").statusCode());
        var item = ItemJson.parse(
                running.get("/api/v1/items/words?format=schemaorg").body());
        assertEquals("[\"Dataset\",\"DefinedTermSet\"]", item.path("@type").toString());
        assertTrue(running.get("/items/words").body().contains("OntoLex-Lemon"));
    }
}
