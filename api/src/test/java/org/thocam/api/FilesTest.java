package org.thocam.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thocam.api.access.Role;

class FilesTest {
    private static final String RECORDED = "0123456789";
    private static final String AT = "/api/v1/items/rec/files/";
    private static Running running;
    private static Path uploads;

    @BeforeAll
    static void start(@TempDir Path dir) throws IOException {
        running = new Running(dir);
        uploads = dir.resolve("uploads");
        var response = multipart(
                "POST",
                "/api/v1/items",
                "{\"id\":\"rec\",\"title\":\"x\",\"files\":[\"tiếng khèn.wav\"]}",
                "tiếng khèn.wav",
                RECORDED,
                "page.html",
                "<script>1</script>",
                "folder/empty.txt",
                "");
        assertEquals(201, response.statusCode(), response.body());
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    private static HttpResponse<String> multipart(
            String method, String path, String record, String... namesAndContents) {
        var body = new StringBuilder("--xyz\r\nContent-Disposition: form-data; name=\"record\"\r\n"
                + "Content-Type: application/json\r\n\r\n" + record + "\r\n");
        for (int i = 0; i < namesAndContents.length; i += 2)
            body.append("--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"")
                    .append(namesAndContents[i])
                    .append("\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                    .append(namesAndContents[i + 1])
                    .append("\r\n");
        body.append("--xyz--\r\n");
        return running.ask(
                method,
                path,
                body.toString(),
                "Content-Type",
                "multipart/form-data; boundary=xyz",
                "Authorization",
                "Bearer " + running.token.get(Role.DEPOSITOR),
                method.equals("PUT") ? "If-Match" : "X-None",
                "*");
    }

    private static final String KHEN = AT + "ti%E1%BA%BFng%20kh%C3%A8n.wav";

    @Test
    void anOriginalComesBackByteForByteWithItsDigestAndName() {
        var response = running.get(KHEN);
        assertEquals(RECORDED, response.body());
        assertEquals("audio/wav", Running.header(response, "Content-Type"));
        assertEquals("bytes", Running.header(response, "Accept-Ranges"));
        assertEquals("10", Running.header(response, "Content-Length"));
        assertEquals(
                "sha-512=:u5bC/EDS1UYX1vJ2/r5XH2I6ja3wtzSFUpmw4Qf9oyz2tp8toys2RF1zaQuTy9D3v8IOD38oVT0qRCjyO3FukA==:",
                Running.header(response, "Repr-Digest"));
        assertTrue(Running.header(response, "Content-Disposition")
                .contains("filename*=UTF-8''ti%E1%BA%BFng%20kh%C3%A8n.wav"));
        assertEquals("nosniff", Running.header(response, "X-Content-Type-Options"));
        assertEquals(
                304,
                running.get(KHEN, "If-None-Match", Running.header(response, "ETag"))
                        .statusCode());
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0,0,bytes 0-0/10",
        "bytes=2-4,234,bytes 2-4/10",
        "bytes=7-,789,bytes 7-9/10",
        "bytes=7-99,789,bytes 7-9/10",
        "bytes=-3,789,bytes 7-9/10",
        "bytes=-99,0123456789,bytes 0-9/10"
    })
    void aRangeIsThatRange(String range, String bytes, String contentRange) {
        var response = running.get(KHEN, "Range", range);
        assertEquals(206, response.statusCode());
        assertEquals(bytes, response.body());
        assertEquals(contentRange, Running.header(response, "Content-Range"));
        assertEquals(Integer.toString(bytes.length()), Running.header(response, "Content-Length"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-1,4-5|01,45",
                "bytes=7-8, 0-0|78,0",
                "bytes=-2,0-1|89,01",
                "bytes=0-0,99-,2-2|0,2",
                "bytes=0-1,3-4,4-6|01,3456"
            })
    void severalRangesComeAsParts(String range, String parts) {
        var response = running.get(KHEN, "Range", range);
        assertEquals(206, response.statusCode());
        var type = Running.header(response, "Content-Type");
        assertTrue(type.startsWith("multipart/byteranges; boundary="), type);
        assertEquals("", Running.header(response, "Content-Range"));
        var length = response.body().getBytes(StandardCharsets.UTF_8).length;
        assertEquals(Integer.toString(length), Running.header(response, "Content-Length"));
        var boundary = type.substring(type.indexOf('=') + 1);
        assertTrue(response.body().endsWith("\r\n--" + boundary + "--\r\n"));
        var found = new ArrayList<String>();
        for (var part : response.body().split("\r\n--" + boundary)) {
            if (!part.contains("\r\n\r\n")) continue;
            var bytes = part.substring(part.indexOf("\r\n\r\n") + 4);
            int first = Integer.parseInt(String.valueOf(bytes.charAt(0)));
            assertEquals(
                    "\r\nContent-Type: audio/wav\r\nContent-Range: bytes " + first + "-" + (first + bytes.length() - 1)
                            + "/10",
                    part.substring(0, part.indexOf("\r\n\r\n")));
            found.add(bytes);
        }
        assertEquals(List.of(parts.split(",")), found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"bytes=0-3,2-5|012345", "bytes=3-4,0-2|01234", "bytes=0-0,99-100|0", "bytes=0-,-1|0123456789"})
    void whatOverlapsOrIsAloneIsOneRange(String range, String bytes) {
        var response = running.get(KHEN, "Range", range);
        assertEquals(206, response.statusCode());
        assertEquals(bytes, response.body());
        assertEquals("bytes 0-" + (bytes.length() - 1) + "/10", Running.header(response, "Content-Range"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"bytes=10-", "bytes=-0", "bytes=99-100", "bytes=10-11,-0"})
    void aRangeOutsideIs416(String range) {
        var response = running.get(KHEN, "Range", range);
        assertEquals(416, response.statusCode());
        assertEquals("bytes */10", Running.header(response, "Content-Range"));
        assertEquals(
                416, running.get(AT + "folder/empty.txt", "Range", "bytes=0-").statusCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=4-2",
                "bytes=a-b",
                "lines=1-2",
                "bytes=0-1,4-2",
                "bytes=0-1,x",
                "bytes=0-1,",
                "bytes=0-0,2-2,4-4,6-6,8-8,0-0,2-2,4-4,6-6,8-8,0-0,2-2,4-4,6-6,8-8,0-0,9-9",
                "bytes=-",
                "bytes=99999999999999999999-"
            })
    void aRangeThatIsNoneGivesTheWholeFile(String range) {
        var response = running.get(KHEN, "Range", range);
        assertEquals(200, response.statusCode());
        assertEquals(RECORDED, response.body());
    }

    @Test
    void ifRangeGivesTheWholeOfAChangedFile() {
        var tag = Running.header(running.get(KHEN), "ETag");
        assertEquals(
                206, running.get(KHEN, "Range", "bytes=0-1", "If-Range", tag).statusCode());
        assertEquals(
                200,
                running.get(KHEN, "Range", "bytes=0-1", "If-Range", "\"other\"").statusCode());
    }

    @Test
    void ifRangeWantsAStrongTagAndHeadKnowsNoRange() {
        var tag = Running.header(running.get(KHEN), "ETag");
        assertTrue(tag.startsWith("\""), "a strong one");
        assertEquals(
                200,
                running.get(KHEN, "Range", "bytes=0-1", "If-Range", "W/" + tag).statusCode());
        assertEquals(
                200,
                running.get(KHEN, "Range", "bytes=0-1,4-5", "If-Range", "\"other\"")
                        .statusCode());
        assertEquals(
                206,
                running.get(KHEN, "Range", "bytes=0-1,4-5", "If-Range", tag).statusCode());
        assertEquals(
                200,
                running.get(KHEN, "Range", "bytes=99-", "If-Range", "\"other\"").statusCode());
        var head = running.ask("HEAD", KHEN, null, "Range", "bytes=0-1");
        assertEquals(200, head.statusCode());
        assertEquals("10", Running.header(head, "Content-Length"));
    }

    @Test
    void headSaysTheSizeAndSendsNothing() {
        var response = running.ask("HEAD", KHEN, null);
        assertEquals(200, response.statusCode());
        assertEquals("10", Running.header(response, "Content-Length"));
        assertEquals("", response.body());
    }

    @Test
    void aHostileFileCannotActInOurName() {
        var response = running.get(AT + "page.html");
        assertTrue(Running.header(response, "Content-Disposition").startsWith("attachment"));
        assertTrue(Running.header(response, "Content-Security-Policy").contains("sandbox"));
        assertTrue(Running.header(running.get(KHEN), "Content-Disposition").startsWith("inline"));
    }

    @Test
    void filesStayWhereNoneAreSentAndAreReplacedWhereSomeAre() {
        running.library.take("{\"id\":\"two\",\"title\":\"x\"}");
        var first = multipart("PUT", "/api/v1/items/two", "{\"title\":\"x\"}", "a.txt", "a", "b.txt", "b");
        assertEquals(200, first.statusCode(), first.body());
        var json = running.ask(
                "PUT",
                "/api/v1/items/two",
                "{\"title\":\"y\"}",
                "Content-Type",
                "application/json",
                "Authorization",
                "Bearer " + running.token.get(Role.EDITOR),
                "If-Match",
                Running.header(first, "ETag"));
        assertEquals(200, json.statusCode(), json.body());
        assertEquals("b", running.get("/api/v1/items/two/files/b.txt").body());
        assertEquals(
                200,
                multipart("PUT", "/api/v1/items/two", "{\"title\":\"y\"}", "c.txt", "c")
                        .statusCode());
        assertEquals(404, running.get("/api/v1/items/two/files/b.txt").statusCode());
        assertEquals("b", running.get("/api/v1/items/two/files/b.txt?version=2").body());
    }

    @ParameterizedTest
    @CsvSource({"../x", "a/../b", "/etc/passwd", "a\\\\b", ".", "a//b"})
    void aFileNameStaysInsideTheItem(String name) {
        var response = multipart("POST", "/api/v1/items", "{\"id\":\"bad\",\"title\":\"x\"}", name, "x");
        assertEquals(422, response.statusCode(), name + " " + response.body());
    }

    @Test
    void nothingIsLeftInTheUploadFolder() throws IOException {
        try (var left = Files.list(uploads)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void aFileThatDidNotComeIsMissed() {
        assertEquals(
                422,
                running.post("/api/v1/items", "{\"id\":\"c\",\"title\":\"x\",\"files\":[\"a.txt\"]}", Role.DEPOSITOR)
                        .statusCode());
    }
}
