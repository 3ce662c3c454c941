package org.thocam.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thocam.api.access.Role;
import org.thocam.index.search.SearchNode;
import org.thocam.index.search.SegmentIndex;
import org.thocam.ontology.ItemJson;

/** Manifests, annotations, tiles and content search; the search where its node has been built. */
class IiifTest {
    private static final Path ROOT = Path.of(System.getProperty("thocam.root", ".."));
    private static final Path LIB = ROOT.resolve(Path.of("index", "node", "target", "lib-solr"));
    private static final Path MEDIA = ROOT.resolve(Path.of("..", "shared", "data", "media"));
    private static final Path SCHEMA = MEDIA.resolve(Path.of("schemas", "iiif_3_0.json"));
    private static final String IMAGE = "/iiif/image/talk/scan%201.png";

    private static SearchNode node;
    private static Running running;

    @BeforeAll
    static void start(@TempDir Path dir) throws IOException {
        if (Files.isDirectory(LIB)) {
            node = SearchNode.start(SearchNode.Settings.of(dir.resolve("solr"), LIB));
            running = new Running(
                    dir, archive -> SegmentIndex.open(node, "segments", new Recorded.Source(archive), true));
        } else running = new Running(dir);
        Recorded.putTalk(running, dir);
        Recorded.put(
                running,
                dir,
                "{\"id\":\"long\",\"title\":{\"vi\":\"Dài\",\"und\":\"Long\"},\"description\":{\"vi\":\"<script>\"},\"rights\":\"Hỏi làng trước\",\"creator\":[\"A\"]}",
                Map.of(
                        "băng 1/a.wav",
                        Recorded.wave(2),
                        "film.mp4",
                        new byte[] {1, 2, 3},
                        "paper.pdf",
                        new byte[] {1},
                        "bomb.png",
                        bomb()),
                Map.of("băng 1/a.TextGrid", Recorded.many(1201)));
        Recorded.put(
                running, dir, "{\"id\":\"film\",\"title\":\"x\"}", Map.of("film.mp4", new byte[] {1, 2, 3}), Map.of());
        running.library.take("{\"id\":\"closed\",\"title\":\"x\",\"access\":\"restricted\"}");
    }

    @AfterAll
    static void stop() {
        if (running != null) running.close();
        if (node != null) node.close();
    }

    /** A PNG that claims 65,535 x 65,535 pixels. */
    private static byte[] bomb() {
        var png = Recorded.picture(10, 10);
        for (int at = 16; at < 24; at += 4) {
            png[at] = 0;
            png[at + 1] = 0;
            png[at + 2] = (byte) 0xFF;
            png[at + 3] = (byte) 0xFF;
        }
        var check = new CRC32();
        check.update(png, 12, 17);
        for (int i = 0; i < 4; i++) png[29 + i] = (byte) (check.getValue() >>> (24 - 8 * i));
        return png;
    }

    private static JsonNode json(String path) {
        var response = running.get(path);
        assertEquals(200, response.statusCode(), path + " " + response.body());
        return Running.json(response);
    }

    /** By its id, which is an address. */
    private static JsonNode at(JsonNode id) {
        assertTrue(id.asText().startsWith(running.base() + "/"), id.asText());
        return json(id.asText().substring(running.base().length()));
    }

    private static JsonSchema schema() throws IOException {
        Assumptions.assumeTrue(Files.exists(SCHEMA), SCHEMA + " is not there");
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                .getSchema(Files.readString(SCHEMA, StandardCharsets.UTF_8));
    }

    @Test
    void manifestsAndPagesAreValid() throws IOException {
        var schema = schema();
        for (var role : new Role[] {null, Role.ADMIN})
            for (var id : List.of("talk", "long")) {
                var manifest = Running.json(running.get("/iiif/" + id + "/manifest", role));
                assertEquals(List.of(), List.copyOf(schema.validate(manifest)), id);
                for (var canvas : manifest.path("items"))
                    for (var page : canvas.path("annotations")) {
                        if (page.has("items")) continue;
                        var address = page.path("id")
                                .asText()
                                .substring(running.base().length());
                        var response = Running.json(running.get(address, role));
                        assertEquals(List.of(), List.copyOf(schema.validate(response)), address);
                        for (var one : response.path("partOf"))
                            assertEquals(List.of(), List.copyOf(schema.validate(at(one.path("id")))));
                    }
            }
        var broken = json("/iiif/talk/manifest");
        ((ObjectNode) broken.at("/items/0")).put("duration", 0);
        assertFalse(schema.validate(broken).isEmpty(), "the schema is asked indeed");
    }

    @Test
    void aManifestHasCanvasesWithSizesAndLengths() {
        var manifest = json("/iiif/talk/manifest");
        assertEquals("Chuyện", manifest.at("/label/vi/0").asText());
        assertEquals(running.base() + "/iiif/talk/manifest", manifest.path("id").asText());
        assertEquals(
                "http://creativecommons.org/licenses/by/4.0/",
                manifest.path("rights").asText());
        assertTrue(manifest.path("requiredStatement").isMissingNode());
        assertEquals(
                running.base() + "/items/talk", manifest.at("/homepage/0/id").asText());
        assertEquals("SearchService2", manifest.at("/service/0/type").asText());
        var scan = manifest.at("/items/0");
        assertEquals(1300, scan.path("width").asInt());
        assertEquals(700, scan.path("height").asInt());
        assertEquals("Image", scan.at("/items/0/items/0/body/type").asText());
        var sound = manifest.at("/items/1");
        assertEquals(Recorded.SECONDS, sound.path("duration").asDouble());
        assertEquals("Sound", sound.at("/items/0/items/0/body/type").asText());
        assertEquals("audio/wav", sound.at("/items/0/items/0/body/format").asText());
        assertEquals(
                running.base() + "/api/v1/items/talk/files/talk.wav",
                sound.at("/items/0/items/0/body/id").asText());
        assertEquals(sound, withoutContext(at(sound.path("id"))), "a canvas can be had alone");
        var response = running.get("/iiif/talk/manifest", "Origin", "https://mirador.example");
        assertEquals("*", Running.header(response, "Access-Control-Allow-Origin"));
        assertTrue(Running.header(response, "Content-Type").startsWith("application/ld+json;profile="));
        assertEquals(
                304,
                running.get("/iiif/talk/manifest", "If-None-Match", Running.header(response, "ETag"))
                        .statusCode());
    }

    private static JsonNode withoutContext(JsonNode canvas) {
        var object = (ObjectNode) canvas;
        object.remove("@context");
        object.remove("partOf");
        return object;
    }

    @Test
    void segmentsAreAnnotationsAtTheirTimeAndPlace() {
        var manifest = json("/iiif/talk/manifest");
        var sound = manifest.at("/items/1");
        var pages = new ArrayList<String>();
        for (var page : sound.path("annotations"))
            if (!page.has("items")) pages.add(page.at("/label/none/0").asText());
        assertEquals(List.of("tx@Speaker A", "lat@Speaker A", "ft@Speaker A", "tx@Ba"), pages);
        var first = at(sound.at("/annotations/0/id"));
        var annotation = first.at("/items/0");
        assertEquals("supplementing", annotation.path("motivation").asText());
        assertEquals("ꪼꪕ ꪒꪾ", annotation.at("/body/value").asText());
        assertEquals("blt-Tavt", annotation.at("/body/language").asText());
        assertEquals(
                sound.path("id").asText() + "#t=0.500,2.000",
                annotation.path("target").asText());
        assertEquals(annotation.path("body"), at(annotation.path("id")).path("body"));
        var untimed = at(sound.at("/annotations/2/id")).at("/items/1");
        assertEquals(sound.path("id").asText(), untimed.path("target").asText(), "no time is not the time 0");
        var lines = at(manifest.at("/items/0/annotations/0/id")).path("items");
        assertEquals(
                manifest.at("/items/0/id").asText() + "#xywh=130,140,650,35",
                lines.at("/0/target").asText());
        assertEquals(manifest.at("/items/0/id").asText(), lines.at("/2/target").asText());
    }

    @Test
    void captionsAreSupplementing() {
        var sound = json("/iiif/talk/manifest").at("/items/1");
        var tracks = sound.at("/annotations/4/items");
        assertEquals(3, tracks.size());
        for (var track : tracks) {
            assertEquals("text/vtt", track.at("/body/format").asText());
            var address = track.at("/body/id").asText().substring(running.base().length());
            assertTrue(running.get(address).body().startsWith("WEBVTT\n"), address);
        }
        assertEquals("blt-Latn", tracks.at("/1/body/language").asText());
    }

    @Test
    void longTiersComeInPages() {
        var canvas = json("/iiif/long/manifest").at("/items/1");
        var page = at(canvas.at("/annotations/0/id"));
        var texts = new ArrayList<String>();
        assertEquals(1201, page.at("/partOf/0/total").asInt());
        while (true) {
            page.path("items").forEach(one -> texts.add(one.at("/body/value").asText()));
            if (!page.has("next")) break;
            page = at(page.at("/next/id"));
        }
        assertEquals(1201, texts.size());
        assertEquals("w1200", texts.get(1200));
        var beyond = canvas.at("/annotations/0/id").asText().replace("/1/", "/9/");
        assertEquals(404, running.get(beyond.substring(running.base().length())).statusCode());
    }

    @Test
    void whatHasNoKnownLengthIsNamedAndNotInvented() {
        var manifest = json("/iiif/long/manifest");
        assertEquals(2, manifest.path("items").size(), "the recording, and the large picture's canvas");
        assertTrue(manifest.at("/summary/en/0").asText().contains("film.mp4"), manifest.toString());
        assertEquals(
                " <script>", manifest.at("/summary/vi/0").asText(), "what begins with a bracket is HTML for viewers");
        assertEquals("Long", manifest.at("/label/none/0").asText());
        assertEquals(
                "Hỏi làng trước", manifest.at("/requiredStatement/value/none/0").asText());
        assertTrue(manifest.path("rights").isMissingNode());
        assertEquals("application/pdf", manifest.at("/rendering/0/format").asText());
        assertEquals(404, running.get("/iiif/film/manifest").statusCode());
        assertEquals(404, running.get("/iiif/closed/manifest").statusCode());
        assertEquals(404, running.get("/iiif/nothing/manifest").statusCode());
    }

    private static BufferedImage picture(String path) throws IOException {
        var response = running.bytes(path);
        assertEquals(200, response.statusCode(), path);
        assertEquals("image/jpeg", Running.header(response, "Content-Type"));
        return ImageIO.read(new ByteArrayInputStream(response.body()));
    }

    @Test
    void aFilmAndAPictureAreAsTheyAreShown(@TempDir Path folder) throws IOException {
        var film = MEDIA.resolve(Path.of("video", "rotated_270.mp4"));
        var photo = MEDIA.resolve(Path.of("image", "exif_Landscape_6.jpg"));
        Assumptions.assumeTrue(Files.exists(film) && Files.exists(photo), MEDIA + " is not there");
        Recorded.put(
                running,
                folder,
                "{\"id\":\"shown\",\"title\":\"x\"}",
                Map.of("film.mp4", Files.readAllBytes(film), "photo.png", Files.readAllBytes(photo)),
                Map.of());
        var manifest = json("/iiif/shown/manifest");
        assertEquals(List.of(), List.copyOf(schema().validate(manifest)));
        var canvases = manifest.path("items");
        var picture = canvases.get(canvases.size() - 1);
        assertEquals(1800, picture.path("width").asInt(), "its Exif turns it");
        assertEquals(1200, picture.path("height").asInt());
        var whole = picture("/iiif/image/shown/photo.png/full/max/0/default.jpg");
        assertEquals(1800, whole.getWidth());
        Assumptions.assumeTrue(canvases.size() == 2, "ffprobe is not installed: nothing is known of the film");
        assertEquals(2.0, canvases.at("/0/duration").asDouble(), 0.1);
        assertEquals(120, canvases.at("/0/width").asInt(), "turned, as it is shown");
        assertEquals(160, canvases.at("/0/height").asInt());
        assertEquals("Video", canvases.at("/0/items/0/items/0/body/type").asText());
    }

    @Test
    void everyPieceThatTheServiceNamesIsThere() throws IOException {
        var info = json(IMAGE + "/info.json");
        assertEquals(running.base() + IMAGE, info.path("id").asText());
        assertEquals("level0", info.path("profile").asText());
        int width = info.path("width").asInt();
        int height = info.path("height").asInt();
        assertEquals(1300 * 700, width * height);
        int tile = info.at("/tiles/0/width").asInt();
        var whole = picture(IMAGE + "/full/max/0/default.jpg");
        assertEquals(1300, whole.getWidth());
        for (var size : info.path("sizes")) {
            var image = picture(IMAGE + "/full/" + size.path("width").asInt() + ","
                    + size.path("height").asInt() + "/0/default.jpg");
            assertEquals(size.path("width").asInt(), image.getWidth());
            assertEquals(size.path("height").asInt(), image.getHeight());
        }
        int pieces = 0;
        for (var factor : info.at("/tiles/0/scaleFactors"))
            for (int y = 0; y < height; y += tile * factor.asInt())
                for (int x = 0; x < width; x += tile * factor.asInt()) {
                    int w = Math.min(tile * factor.asInt(), width - x);
                    int h = Math.min(tile * factor.asInt(), height - y);
                    int shownWidth = (w + factor.asInt() - 1) / factor.asInt();
                    int shownHeight = (h + factor.asInt() - 1) / factor.asInt();
                    var image = picture(IMAGE + "/" + x + "," + y + "," + w + "," + h + "/" + shownWidth + ","
                            + shownHeight + "/0/default.jpg");
                    assertEquals(shownWidth, image.getWidth());
                    assertEquals(shownHeight, image.getHeight());
                    boolean red = x + w / 4 < width / 2;
                    assertEquals(red, (image.getRGB(shownWidth / 4, shownHeight / 2) & 0xFF0000) > 0x800000);
                    pieces++;
                }
        assertEquals(6 + 2 + 1, pieces);
        assertEquals(303, running.get(IMAGE).statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/full/full/0/default.jpg",
                "/full/100,/0/default.jpg",
                "/full/max/90/default.jpg",
                "/full/max/0/default.png",
                "/full/max/0/color.jpg",
                "/1,0,512,512/512,512/0/default.jpg",
                "/0,0,512,512/256,256/0/default.jpg",
                "/0,0,9999999,1/1,1/0/default.jpg",
                "/1536,0,512,512/512,512/0/default.jpg",
                "/square/max/0/default.jpg",
                "/-1,0,512,512/512,512/0/default.jpg"
            })
    void aPieceThatIsNotNamedIsNotMade(String piece) {
        assertEquals(404, running.get(IMAGE + piece).statusCode());
    }

    @Test
    void aPictureTooLargeToDecodeHasNoPieces() {
        assertEquals(404, running.get("/iiif/image/long/bomb.png/info.json").statusCode());
        assertEquals(404, running.get("/iiif/image/long/paper.pdf/info.json").statusCode());
        assertEquals(404, running.get("/iiif/image/long/none.png/info.json").statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "/iiif/",
        "/iiif/talk",
        "/iiif/talk/",
        "/iiif/talk/manifest/x",
        "/iiif/talk/other",
        "/iiif/image/talk",
        "/iiif/talk/annotations/x/1/talk.eaf",
        "/iiif/talk/annotation/x/talk.eaf",
        "/iiif/talk/canvas/none"
    })
    void whatIsNoAddressIsAProblem(String path) {
        var response = running.get(path);
        assertEquals(404, response.statusCode());
        assertEquals("application/problem+json", Running.header(response, "Content-Type"));
    }

    @Test
    void withoutAnIndexTheSearchSaysSo() {
        Assumptions.assumeTrue(node == null);
        assertEquals(503, running.get("/iiif/talk/search?q=x").statusCode());
    }

    @Test
    void searchFindsAnnotationsWithTheirSurroundings() throws IOException {
        Assumptions.assumeTrue(node != null, LIB + " is not there: run ./mvnw package -pl index/analysis,index/node");
        var found = json("/iiif/talk/search?q=Th%C3%A1i&motivation=painting");
        assertEquals("AnnotationPage", found.path("type").asText());
        assertEquals("[\"motivation\"]", found.path("ignored").toString());
        assertEquals(1, found.path("items").size(), found.toString());
        var hit = found.at("/items/0");
        assertEquals("người Thái Đen", hit.at("/body/value").asText());
        assertTrue(hit.path("target").asText().endsWith("/canvas/talk.wav#t=0.500,2.000"));
        var match = found.at("/annotations/0/items/0");
        assertEquals("contextualizing", match.path("motivation").asText());
        assertEquals(hit.path("id"), match.at("/target/source"));
        assertEquals(
                "{\"type\":\"TextQuoteSelector\",\"prefix\":\"người \",\"exact\":\"Thái\",\"suffix\":\" Đen\"}",
                match.at("/target/selector/0").toString());
        assertEquals(hit.path("body"), at(hit.path("id")).path("body"), "the same annotation as on the pages");
        var scan = json("/iiif/talk/search?q=d%C3%B2ng%20hai");
        assertTrue(
                scan.at("/items/0/target").asText().endsWith("/canvas/scan%201.png#xywh=130,210,650,35"),
                scan.toString());
        assertEquals(0, json("/iiif/talk/search?q=zzzz").path("items").size());
    }

    @Test
    void searchPagesToTheEnd() {
        Assumptions.assumeTrue(node != null, LIB + " is not there: run ./mvnw package -pl index/analysis,index/node");
        var page = json("/iiif/long/search");
        int seen = 0;
        while (true) {
            seen += page.path("items").size();
            if (!page.has("next")) break;
            assertEquals(1201, page.at("/partOf/total").asInt());
            page = at(page.at("/next/id"));
            assertEquals(seen, page.path("startIndex").asInt());
        }
        assertEquals(1201, seen);
        assertEquals(400, running.get("/iiif/long/search?startIndex=-1").statusCode());
    }

    @Test
    void quotesKeepToThePassage() {
        assertEquals(
                List.of(new IiifSearch.Quote("a < ", "b", " c"), new IiifSearch.Quote("a < b ", "c", "")),
                IiifSearch.quotes("a &lt; <em>b</em> <em>c</em>"));
        assertEquals(List.of(), IiifSearch.quotes(""));
        var quote = IiifSearch.quotes("𠀀".repeat(100) + "<em>x</em>" + "𠀀".repeat(100))
                .get(0);
        assertEquals("𠀀".repeat(30), quote.prefix());
        assertEquals("𠀀".repeat(30), quote.suffix());
    }

    @Test
    void nothingInTheAnswersIsOfTheHiddenTier() {
        for (var role : new Role[] {null, Role.READER, Role.EDITOR, Role.ADMIN}) {
            var all = new StringBuilder();
            var paths = new ArrayList<>(List.of(
                    "/iiif/talk/manifest",
                    "/items/talk",
                    "/api/v1/items/talk/transcripts",
                    "/api/v1/items/talk/transcripts/csv/talk.eaf",
                    "/api/v1/items/talk/transcripts/eaf/talk.eaf",
                    "/api/v1/items/talk/transcripts/textgrid/talk.eaf",
                    "/api/v1/items/talk/transcripts/vtt/talk.eaf",
                    "/api/v1/items/talk/transcripts/vtt/talk.eaf?tier=sacred"));
            if (node != null) {
                paths.add("/iiif/talk/search?q=B%C3%ADm%E1%BA%ADt");
                paths.add("/iiif/talk/search");
                paths.add("/api/v1/items/talk/segments");
            }
            var manifest = Running.json(running.get("/iiif/talk/manifest", role));
            manifest.findValuesAsText("id").stream()
                    .filter(id -> id.startsWith(running.base()))
                    .map(id -> id.substring(running.base().length()))
                    .filter(id -> id.startsWith("/iiif/talk/annotations/") || id.contains("/vtt/"))
                    .forEach(paths::add);
            for (int passage = 0; passage < 8; passage++) paths.add("/iiif/talk/annotation/" + passage + "/talk.eaf");
            for (var path : paths) {
                var response = running.get(path, role);
                var body = response.body();
                all.append(body);
                if (role != Role.ADMIN) {
                    assertFalse(body.contains("gia truyền"), role + " " + path + " " + body);
                    assertFalse(
                            response.statusCode() == 200 && body.contains("sacred"), role + " " + path + " " + body);
                    assertFalse(body.contains("Làng Bản"), role + " " + path);
                }
                assertFalse(body.contains("Ama") && !path.equals("/items/talk"), role + " " + path + " " + body);
            }
            if (role == Role.ADMIN)
                for (var door : List.of(
                        "/iiif/talk/manifest",
                        "/api/v1/items/talk/transcripts/csv/talk.eaf",
                        "/api/v1/items/talk/transcripts/eaf/talk.eaf",
                        "/api/v1/items/talk/transcripts/textgrid/talk.eaf",
                        "/items/talk"))
                    assertTrue(running.get(door, role).body().contains("sacred"), door);
            assertEquals(role == Role.ADMIN, all.toString().contains("gia truyền"));
        }
    }

    @Test
    void aHiddenItemHasNoneOfTheDoors(@TempDir Path folder) {
        for (var access : List.of(
                "\"restricted\"",
                "{\"level\":\"restricted\",\"communities\":[\"muong\"]}",
                "{\"level\":\"embargoed\",\"until\":\"2999-01-01\",\"communities\":[\"muong\"]}")) {
            var id = "hidden" + access.length();
            Recorded.put(
                    running,
                    folder,
                    "{\"id\":\"" + id + "\",\"title\":\"x\",\"access\":" + access + "}",
                    Map.of("talk.wav", Recorded.wave(4), "talk.eaf", new byte[] {1}, "a.png", Recorded.picture(9, 9)),
                    Map.of("talk.eaf", Recorded.TALK));
            var member = "Bearer " + running.member;
            var doors = new ArrayList<>(List.of(
                    "/items/" + id,
                    "/iiif/" + id + "/manifest",
                    "/iiif/" + id + "/canvas/talk.wav",
                    "/iiif/" + id + "/annotation/0/talk.eaf",
                    "/iiif/image/" + id + "/a.png/info.json",
                    "/iiif/image/" + id + "/a.png/full/max/0/default.jpg",
                    "/api/v1/items/" + id + "/transcripts",
                    "/api/v1/items/" + id + "/transcripts/csv/talk.eaf",
                    "/api/v1/items/" + id + "/transcripts/vtt/talk.eaf",
                    "/api/v1/items/" + id + "/files/talk.wav"));
            if (node != null) doors.addAll(List.of("/iiif/" + id + "/search?q=x", "/api/v1/items/" + id + "/segments"));
            for (var door : doors) {
                assertEquals(404, running.get(door).statusCode(), door);
                assertEquals(404, running.get(door, Role.REVIEWER).statusCode(), door);
                assertEquals(200, running.get(door, Role.ADMIN).statusCode(), door);
                boolean hers = access.contains("muong");
                assertEquals(
                        hers ? 200 : 404,
                        running.get(door, "Authorization", member).statusCode(),
                        door);
            }
        }
    }

    @Test
    void thePagePlaysWithCaptionsAndReadsAlong() {
        var page = running.get("/items/talk");
        var html = page.body();
        assertTrue(
                html.contains(
                        "<audio controls preload=\"metadata\">\n<source src=\"/api/v1/items/talk/files/talk.wav\">"),
                html);
        assertTrue(html.contains("<track kind=\"captions\" srclang=\"blt-Latn\" label=\"lat (blt-Latn)\" src=\"/api/"));
        assertTrue(
                html.contains(
                        "<a href=\"/api/v1/items/talk/files/talk.wav#t=0.500,2.000\">0:00</a> <b>Speaker A</b> <span lang=\"blt-Tavt\""));
        assertTrue(html.contains(">tày đăm &amp; &lt;b&gt;</span>"));
        assertTrue(html.contains("src=\"/api/v1/items/talk/derivatives/thumbnail/scan%201.png\""));
        assertTrue(html.contains("href=\"/iiif/talk/manifest\""));
        assertFalse(
                html.replaceAll("<script type=\"application/ld\\+json\">", "").contains("<script"));
        assertTrue(Running.header(page, "Content-Security-Policy").startsWith("default-src 'self'"));
        assertTrue(running.get("/items/long").body().contains("<video controls"));
    }

    @Test
    void aRecordingThatIsNotTheViewersHasNoCanvas() throws IOException {
        var record = ItemJson.parse(
                "{\"id\":\"voice\",\"title\":\"x\",\"consents\":[{\"files\":[\"*.wav\"],\"access\":\"restricted\"}]}");
        Recorded.put(
                running,
                Files.createTempDirectory("voice"),
                record.toString(),
                Map.of("a.wav", Recorded.wave(1), "a.png", Recorded.picture(20, 10)),
                Map.of("a.TextGrid", Recorded.many(2)));
        var open = json("/iiif/voice/manifest");
        assertEquals(1, open.path("items").size());
        assertFalse(open.toString().contains("a.wav"));
        assertEquals(
                2,
                Running.json(running.get("/iiif/voice/manifest", Role.ADMIN))
                        .path("items")
                        .size());
        assertEquals(
                400,
                running.get("/api/v1/items/voice/transcripts/vtt/a.TextGrid?recording=a.wav")
                        .statusCode());
        assertEquals(404, running.get("/iiif/voice/canvas/a.wav").statusCode());
    }
}
