package org.thocam.ingest.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ingest.read.Found;
import org.thocam.ingest.read.Inputs;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Submission;
import org.thocam.ontology.Term;

/** Packages of others, and those that want to do harm. */
class HostilePackagesTest {
    @TempDir
    private Path folder;

    private Path bag;

    /** A small bag by hand, valid until a test spoils it. */
    @BeforeEach
    void aValidBag() throws IOException {
        bag = folder.resolve("bag");
        write("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
        write(
                "bag-info.txt",
                "Source-Organization: Bảo tàng\nExternal-Identifier: bt/1\nExternal-Description: Bản ghi\n  của một lễ hội\nContact-Email: a@b.vn\nPayload-Oxum: 9.2\n");
        write("data/a.txt", "một");
        write("data/thư mục/b.txt", "hai\n");
        list();
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(bag.resolve(name).getParent());
        Files.writeString(bag.resolve(name), text);
    }

    private void list() throws IOException {
        var lines = new StringBuilder();
        try (var all = Files.walk(bag.resolve("data"))) {
            for (var file : all.filter(Files::isRegularFile).sorted().toList())
                lines.append(DigestUtils.sha512Hex(Files.readAllBytes(file)))
                        .append("  ")
                        .append(bag.relativize(file)
                                .toString()
                                .replace("%", "%25")
                                .replace("\n", "%0A")
                                .replace("\r", "%0D"))
                        .append('\n');
        }
        write("manifest-sha512.txt", lines.toString());
        retag();
    }

    private void retag() throws IOException {
        var tags = new StringBuilder();
        for (var name : List.of("bagit.txt", "bag-info.txt", "manifest-sha512.txt"))
            if (Files.exists(bag.resolve(name)))
                tags.append(DigestUtils.sha512Hex(Files.readAllBytes(bag.resolve(name))))
                        .append("  ")
                        .append(name)
                        .append('\n');
        write("tagmanifest-sha512.txt", tags.toString());
    }

    private void addToManifest(String line) throws IOException {
        write("manifest-sha512.txt", Files.readString(bag.resolve("manifest-sha512.txt")) + line + "\n");
        retag();
    }

    private static List<Found> read(Path path) throws IOException {
        var found = new ArrayList<Found>();
        try (var inputs = new Inputs(found::add)) {
            inputs.read(path);
        }
        return found;
    }

    private static Submission taken(List<Found> found) {
        if (found.size() == 1 && found.get(0) instanceof Found.Taken taken) return taken.submission();
        throw new AssertionError(found.toString());
    }

    /** One refusal that says all of these, and nothing taken in. */
    private void refused(Path path, String... says) throws IOException {
        var found = read(path);
        assertEquals(1, found.size(), found.toString());
        if (!(found.get(0) instanceof Found.Refused refused)) throw new AssertionError(found.toString());
        for (var word : says) assertTrue(refused.reason().contains(word), refused.reason());
    }

    private Path zip(Map<String, String> files) throws IOException {
        var path = folder.resolve("made.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(path))) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return path;
    }

    private static Map<String, String> sorted(Object... namesAndTexts) {
        var files = new java.util.LinkedHashMap<String, String>();
        for (int i = 0; i < namesAndTexts.length; i += 2)
            files.put((String) namesAndTexts[i], (String) namesAndTexts[i + 1]);
        return files;
    }

    @Test
    void aBagOfOthersIsOneItemAsItsInfoDescribesIt() throws IOException {
        var submission = taken(read(bag));
        var item = submission.item();
        assertEquals("bt/1", item.title().shown());
        assertEquals("Bản ghi của một lễ hội", item.description().shown());
        assertEquals(List.of(Term.of("publisher", "Bảo tàng")), item.terms());
        assertEquals(
                List.of("a.txt", "thư mục/b.txt"),
                submission.files().stream().map(Submission.Upload::name).toList());
        assertEquals(item.id(), taken(read(bag)).item().id(), "the same again is the same item");
    }

    @Test
    void namesWithReturnsAndPercentSignsAreReadAsTheSpecificationSays() throws IOException {
        write("data/50%.txt", "x");
        write("data/a\nb\r.txt", "y");
        write("bag-info.txt", "");
        list();
        assertEquals(
                List.of("50%.txt", "a.txt", "a_b_.txt", "thư mục/b.txt"),
                taken(read(bag)).files().stream()
                        .map(Submission.Upload::name)
                        .sorted()
                        .toList());
    }

    @Test
    void namesThatDifferInCaseOrNormalFormStayTwoFiles() throws IOException {
        write("data/A.txt", "hoa");
        write("data/ế.txt", "một mã");
        write("data/e\u0302\u0301.txt", "ba mã");
        write("bag-info.txt", "");
        list();
        var zip = folder.resolve("gói.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip));
                var all = Files.walk(bag)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
        assertEquals(5, taken(read(bag)).files().size());
        assertEquals(5, taken(read(zip)).files().size());
    }

    @Test
    void aBagOfTheDraftsIsRead() throws IOException {
        write("bagit.txt", "BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n");
        retag();
        assertEquals(2, taken(read(bag)).files().size());
    }

    @Test
    void aChangedByteIsNamed() throws IOException {
        write("data/a.txt", "mộp");
        refused(bag, "data/a.txt", "damaged", "expected", "found");
    }

    @Test
    void aFileThatIsNotListedIsNamed() throws IOException {
        write("bag-info.txt", "");
        write("data/extra.txt", "x");
        retag();
        refused(bag, "data/extra.txt", "not listed");
    }

    @Test
    void aFileThatIsMissingIsNamed() throws IOException {
        write("bag-info.txt", "");
        retag();
        Files.delete(bag.resolve("data/a.txt"));
        refused(bag, "data/a.txt", "not there");
    }

    @Test
    void aNameInAnotherNormalFormIsToldAsThat() throws IOException {
        write("data/ế.txt", "x");
        write("bag-info.txt", "");
        list();
        Files.move(bag.resolve("data/ế.txt"), bag.resolve("data/e\u0302\u0301.txt"));
        var manifest = Files.readString(bag.resolve("manifest-sha512.txt"));
        addToManifest(Arrays.stream(manifest.split("\n"))
                .filter(line -> line.endsWith("data/ế.txt"))
                .findFirst()
                .orElseThrow()
                .replace("ế", "e\u0302\u0301"));
        refused(bag, "data/ế.txt", "normal form");
    }

    @Test
    void aWrongOxumIsTold() throws IOException {
        write("bag-info.txt", "Payload-Oxum: 10.2\n");
        retag();
        refused(bag, "Payload-Oxum", "10.2", "9.2");
    }

    @Test
    void aChangedTagFileIsNamed() throws IOException {
        write("bag-info.txt", "Payload-Oxum: 9.2\nSource-Organization: someone else\n");
        refused(bag, "bag-info.txt", "tagmanifest-sha512.txt", "damaged");
    }

    @Test
    void aPathThatLeadsOutIsRefused() throws IOException {
        var digest = "0".repeat(128);
        var before = Files.readString(bag.resolve("manifest-sha512.txt"));
        for (var path : List.of(
                "data/../../secret",
                "../secret",
                "/etc/passwd",
                "~/secret",
                "data\\..\\secret",
                "C:/secret",
                "data//a.txt")) {
            write("manifest-sha512.txt", before);
            addToManifest(digest + "  " + path);
            refused(bag, "manifest-sha512.txt", path.substring(path.length() - 5));
        }
    }

    @Test
    void aLinkIsRefused() throws IOException {
        Files.createSymbolicLink(bag.resolve("data/link"), Path.of("/etc/passwd"));
        refused(bag, "data/link", "link");
    }

    @Test
    void nothingIsFetched() throws IOException {
        write("fetch.txt", "http://127.0.0.1:1/x 3 data/x\n");
        refused(bag, "fetch.txt", "nothing is ever fetched");
    }

    @Test
    void whatIsNoDeclarationIsRefused() throws IOException {
        for (var wrong : List.of(
                "BagIt-Version: 2.0\nTag-File-Character-Encoding: UTF-8\n",
                "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-99\n",
                "BagIt-Version: 1.0\n",
                "\uFEFFBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
                "")) {
            write("bagit.txt", wrong);
            retag();
            refused(bag, "bagit.txt");
        }
    }

    @Test
    void aWrongEncodingIsTold() throws IOException {
        Files.write(bag.resolve("bag-info.txt"), "Source-Organization: B\u00e3o".getBytes(StandardCharsets.ISO_8859_1));
        retag();
        refused(bag, "bag-info.txt", "UTF-8");
        write("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: ISO-8859-1\n");
        Files.writeString(bag.resolve("manifest-sha512.txt"), "");
        Files.delete(bag.resolve("data/thư mục/b.txt"));
        list();
        assertEquals(
                List.of(Term.of("publisher", "B\u00e3o")),
                taken(read(bag)).item().terms());
    }

    @Test
    void anAlgorithmThatNobodyKnowsIsNamed() throws IOException {
        write("manifest-crc32.txt", "00000000  data/a.txt\n");
        refused(bag, "crc32", "sha512");
    }

    @Test
    void aManifestThatListsAFileTwiceIsRefused() throws IOException {
        addToManifest(Files.readAllLines(bag.resolve("manifest-sha512.txt")).get(0));
        refused(bag, "data/a.txt", "again");
    }

    @Test
    void aZipThatWantsToWriteElsewhereIsRefused() throws IOException {
        for (var path : List.of("../evil.txt", "b/../../evil.txt", "/evil.txt", "b\\..\\evil.txt", "C:/evil.txt")) {
            refused(zip(sorted("b/bagit.txt", "x", path, "evil")), "evil.txt");
        }
        assertTrue(Files.notExists(folder.resolveSibling("evil.txt")));
    }

    @Test
    void aZipWithALinkIsRefused() throws IOException {
        var path = folder.resolve("link.zip");
        try (var zip = new ZipArchiveOutputStream(path)) {
            var declaration = new ZipArchiveEntry("b/bagit.txt");
            zip.putArchiveEntry(declaration);
            zip.closeArchiveEntry();
            var link = new ZipArchiveEntry("b/data/link");
            link.setUnixMode(0120777);
            zip.putArchiveEntry(link);
            zip.write("/etc/passwd".getBytes(StandardCharsets.UTF_8));
            zip.closeArchiveEntry();
        }
        refused(path, "b/data/link", "link");
    }

    @Test
    void aZipWithTwoEntriesOfOneNameIsRefused() throws IOException {
        var path = folder.resolve("twice.zip");
        try (var zip = new ZipArchiveOutputStream(path)) {
            for (var name : List.of("b/bagit.txt", "b/data/x", "b/data/x")) {
                zip.putArchiveEntry(new ZipArchiveEntry(name));
                zip.write(name.getBytes(StandardCharsets.UTF_8));
                zip.closeArchiveEntry();
            }
        }
        refused(path, "b/data/x", "two entries");
    }

    @Test
    void aZipThatWouldFillTheDiskIsRefused() throws IOException {
        var path = folder.resolve("bomb.zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(path))) {
            zip.putNextEntry(new ZipEntry("b/bagit.txt"));
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("b/data/zeros"));
            var zeros = new byte[1 << 20];
            for (int i = 0; i < 1_100; i++) zip.write(zeros);
            zip.closeEntry();
        }
        assertTrue(Files.size(path) < 2_000_000);
        refused(path, "bytes when unpacked");
    }

    @Test
    void aCrateOfOthersBecomesItemsWithTheirFiles() throws IOException {
        var crate = sorted(
                "c/ro-crate-metadata.json",
                """
                {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [
                  {"@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"}},
                  {"@id": "./", "@type": "Dataset", "name": "Bộ sưu tập", "hasPart": [{"@id": "song/"}, {"@id": "đọc%20tôi.txt"},
                     {"@id": "http://127.0.0.1:1/never.wav"}]},
                  {"@id": "http://127.0.0.1:1/never.wav", "@type": "File", "name": "on the web"},
                  {"@id": "đọc%20tôi.txt", "@type": "File", "contentSize": "3"},
                  {"@id": "song/", "@type": ["Dataset", "RepositoryObject"], "name": "Bài ca", "author": {"@id": "#p"},
                     "inLanguage": {"@id": "#l"}, "contentLocation": {"@id": "#w"}, "keywords": "khèn, hội",
                     "publisher": "Viện", "dcterms:medium": "băng từ", "unheardOf": "lost",
                     "license": {"@id": "https://creativecommons.org/licenses/by/4.0/"},
                     "hasPart": {"@id": "song/1.wav"}},
                  {"@id": "song/1.wav", "@type": "File"},
                  {"@id": "#p", "@type": "Person", "name": "Lò Thị A"},
                  {"@id": "#l", "@type": "Language", "code": "blt"},
                  {"@id": "#w", "@type": "Place", "name": "Sơn La", "geo": {"@id": "#g"}},
                  {"@id": "#g", "@type": "GeoCoordinates", "latitude": "21.3", "longitude": 103.9}]}
                """,
                "c/song/1.wav",
                "wav",
                "c/đọc tôi.txt",
                "abc");
        var found = read(zip(crate));
        assertEquals(2, found.size(), found.toString());
        var song = taken(found.subList(0, 1));
        assertEquals("Bài ca", song.item().title().shown());
        assertEquals(List.of("Lò Thị A"), song.item().creators());
        assertEquals(List.of(new LanguageTag("blt")), song.item().languages());
        assertEquals(21.3, song.item().place().orElseThrow().lat());
        assertTrue(song.item()
                .terms()
                .containsAll(List.of(
                        Term.of("subject", "khèn"),
                        Term.of("subject", "hội"),
                        Term.of("publisher", "Viện"),
                        Term.of("medium", "băng từ"),
                        Term.of("license", "https://creativecommons.org/licenses/by/4.0/"))));
        assertEquals(
                List.of("1.wav"),
                song.files().stream().map(Submission.Upload::name).toList());
        assertEquals(
                List.of("đọc tôi.txt"),
                taken(found.subList(1, 2)).files().stream()
                        .map(Submission.Upload::name)
                        .toList());
    }

    @Test
    void aCrateThatNamesWhatIsOutsideOrMissingIsRefused() throws IOException {
        for (var id : List.of(
                "../secret",
                "%2e%2e/secret",
                "a/%2E%2E/%2e%2e/secret",
                "..%5Csecret",
                "/secret",
                "%2Fsecret",
                "missing/secret")) {
            var graph = "{\"@graph\":[{\"@id\":\"ro-crate-metadata.json\",\"about\":{\"@id\":\"./\"}},"
                    + "{\"@id\":\"./\",\"@type\":\"Dataset\",\"name\":\"x\"},{\"@id\":\"" + id
                    + "\",\"@type\":\"File\"}]}";
            refused(zip(sorted("c/ro-crate-metadata.json", graph)), "secret");
        }
        for (var wrong : List.of("[", "{}", "{\"@graph\":[]}", "{\"@graph\":[{\"@id\":\"x\"},{\"@id\":\"x\"}]}"))
            refused(zip(sorted("c/ro-crate-metadata.json", wrong)), "ro-crate-metadata.json");
    }

    @Test
    void aZipThatIsNoPackageIsAFileLikeAnother() throws IOException {
        var submission = taken(read(zip(sorted("a.txt", "x"))));
        assertEquals("made.zip", submission.files().get(0).name());
    }
}
