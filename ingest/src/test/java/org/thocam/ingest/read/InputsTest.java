package org.thocam.ingest.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ontology.Access;

class InputsTest {
    private static final Path FIXTURES = Path.of(System.getProperty("thocam.root", ".."), "fixtures");

    @TempDir
    private Path folder;

    private static List<Found> read(Path path) throws IOException {
        var found = new ArrayList<Found>();
        new Inputs(found::add).read(path);
        return found;
    }

    private static List<String> ids(List<Found> found) {
        return found.stream()
                .filter(f -> f instanceof Found.Taken)
                .map(f -> ((Found.Taken) f).submission().item().id().value())
                .toList();
    }

    private static List<String> reasons(List<Found> found) {
        return found.stream()
                .filter(f -> f instanceof Found.Refused)
                .map(f -> ((Found.Refused) f).reason())
                .toList();
    }

    private void write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void everyInputOfTheCollectionIsTakenOnce() throws IOException {
        var found = read(FIXTURES.resolve("collection"));
        assertEquals(List.of(), reasons(found));
        var ids = ids(found);
        assertEquals(212, ids.size());
        assertEquals(212, ids.stream().distinct().count());
        assertTrue(ids.containsAll(List.of("tc-cr001", "tc-fe044", "tc-khan-pieu")));
    }

    @Test
    void aBrokenDescriptionIsRefusedWithItsReason() throws IOException {
        var reasons = reasons(read(FIXTURES.resolve("broken")));
        assertTrue(reasons.stream().anyMatch(r -> r.contains("sidecar-not-yaml.txt.yaml")), reasons.toString());
        assertTrue(reasons.stream().anyMatch(r -> r.contains("no title")), reasons.toString());
        assertTrue(reasons.stream().anyMatch(r -> r.contains("no JSON (line 1")), reasons.toString());
    }

    @Test
    void aSidecarDescribesItsFileAndIsNoItem() throws IOException {
        write("khen.txt", "tiếng khèn");
        write("khen.txt.yaml", "id: khen\ntitle: {vi: Khèn, hmn: Qeej}\ndate: 2026\n");
        var found = read(folder);
        assertEquals(List.of("khen"), ids(found));
        var submission = ((Found.Taken) found.get(0)).submission();
        assertEquals("2026", submission.item().date());
        assertEquals("khen.txt", submission.files().get(0).name());
    }

    @Test
    void aFolderWithADescriptionIsOneItem() throws IOException {
        write("chieng/item.yaml", "id: chieng\ntitle: Chiêng\n");
        write("chieng/a/1.txt", "một");
        write("chieng/2.txt", "hai");
        var found = read(folder);
        assertEquals(List.of("chieng"), ids(found));
        assertEquals(
                List.of("2.txt", "a/1.txt"),
                ((Found.Taken) found.get(0))
                        .submission().files().stream().map(f -> f.name()).toList());
    }

    @Test
    void aFileThatARecordNamesIsPartOfTheRecord() throws IOException {
        write(
                "records.jsonl",
                "{\"id\":\"a\",\"title\":\"A\",\"files\":[\"sub/a.txt\"]}\n\n{\"id\":\"b\",\"title\":\"B\"}\n");
        write("sub/a.txt", "a");
        write("sub/other.txt", "o");
        var found = read(folder);
        assertEquals(3, found.size());
        assertTrue(ids(found).containsAll(List.of("a", "b")));
        assertEquals(
                folder.toRealPath().resolve("records.jsonl") + "#3",
                found.stream()
                        .filter(f -> f.place().contains("#3"))
                        .findFirst()
                        .orElseThrow()
                        .place());
    }

    @Test
    void aRecordCannotReachOutsideItsFolder() throws IOException {
        write("secret.txt", "secret");
        write(
                "in/records.jsonl",
                "{\"id\":\"a\",\"title\":\"A\",\"files\":[\"../secret.txt\"]}\n{\"id\":\"b\",\"title\":\"B\",\"files\":[\"/etc/passwd\"]}\n{\"id\":\"c\",\"title\":\"C\",\"files\":[\"link.txt\"]}\n");
        Files.createSymbolicLink(folder.resolve("in/link.txt"), folder.resolve("secret.txt"));
        var found = read(folder.resolve("in"));
        assertEquals(List.of(), ids(found));
        assertEquals(
                3,
                reasons(found).stream()
                        .filter(r -> r.contains("outside its own folder"))
                        .count(),
                reasons(found).toString());
    }

    @Test
    void aBadLineDoesNotStopTheOthers() throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        bytes.write("{\"id\":\"a\",\"title\":\"A\"}\n".getBytes(StandardCharsets.UTF_8));
        bytes.write(new byte[] {'{', (byte) 0xC3, (byte) 0x28, '\n'});
        bytes.write(
                "{\"id\":\"a\",\"id\":\"b\",\"title\":\"A\"}\n{\"id\":\"../x\",\"title\":\"A\"}\n{\"id\":\"c\",\"titel\":\"C\"}\n[]\n{\"id\":\"d\",\"title\":\"D\"}"
                        .getBytes(StandardCharsets.UTF_8));
        Files.write(folder.resolve("r.jsonl"), bytes.toByteArray());
        var found = read(folder.resolve("r.jsonl"));
        assertEquals(List.of("a", "d"), ids(found));
        var reasons = reasons(found);
        assertEquals(5, reasons.size());
        assertTrue(reasons.get(0).contains("no UTF-8"), reasons.get(0));
        assertTrue(reasons.get(1).contains("Duplicate"), reasons.get(1));
        assertTrue(reasons.get(2).contains("id '../x'"), reasons.get(2));
        assertTrue(reasons.get(3).contains("'titel'"), reasons.get(3));
        assertTrue(reasons.get(4).contains("JSON object"), reasons.get(4));
    }

    @Test
    void anUndescribedFileKeepsItsIdFromRunToRun() throws IOException {
        write("Lễ hội Gầu Tào.txt", "gầu tào");
        var first = ids(read(folder)).get(0);
        assertEquals(first, ids(read(folder.resolve("Lễ hội Gầu Tào.txt"))).get(0));
        assertTrue(first.startsWith("f-le-hoi-gau-tao-txt-"), first);
    }

    @Test
    void twoFilesThatWouldHaveOneNameAreRefused() throws IOException {
        write("b/item.yaml", "id: b\ntitle: B\n");
        write("b/a\\b", "một");
        write("b/a_b", "hai");
        write("records.jsonl", "{\"id\":\"r\",\"title\":\"R\",\"files\":[\"r.txt\",\"./r.txt\",\"r.txt\"]}\n");
        write("r.txt", "r");
        var found = read(folder);
        assertEquals(List.of("r"), ids(found));
        assertEquals(1, reasons(found).size());
        assertTrue(
                reasons(found).get(0).contains("both be kept as 'a_b'"),
                reasons(found).toString());
    }

    @Test
    void namesThatAreNoUtf8AreItemsOfTheirOwn() throws IOException {
        for (var name : List.of("%FF.txt", "%FE.txt"))
            Files.writeString(Path.of(URI.create(folder.toUri() + name)), name);
        var ids = ids(read(folder));
        assertEquals(2, ids.stream().distinct().count(), ids.toString());
    }

    @Test
    void anOddNameInARecordStopsNoOther() throws IOException {
        write(
                "records.jsonl",
                "{\"id\":\"a\",\"title\":\"A\",\"files\":[\"\\ud800\"]}\n{\"id\":\"b\",\"title\":\"B\"}\n");
        write("c.txt", "c");
        write("c.txt.yaml", "id: c\ntitle: C\nfiles: [\"\\0\"]\n");
        write("d.txt", "d");
        var found = read(folder);
        assertEquals(2, ids(found).size(), ids(found).toString());
        assertEquals(2, reasons(found).size(), reasons(found).toString());
    }

    @Test
    void whatIsNeitherFileNorFolderIsRefused() throws IOException {
        assertEquals(List.of("is neither a file nor a folder"), reasons(read(Path.of("/dev/zero"))));
        assertEquals(List.of("could not be read: is not there"), reasons(read(folder.resolve("none"))));
    }

    @Test
    void thocamsOwnHomeIsNotTakenIntoItself() throws IOException {
        write("home/archive/x.txt", "x");
        write("a.txt", "a");
        write("b/item.yaml", "id: b\ntitle: B\n");
        var home = folder.resolve("home");
        for (var path : List.of(folder, home, home.resolve("archive"))) {
            var found = new ArrayList<Found>();
            new Inputs(found::add, home).read(path);
            assertEquals(
                    path.equals(folder) ? 2 : 0, ids(found).size(), ids(found).toString());
            assertEquals(1, reasons(found).size());
            assertTrue(
                    reasons(found).get(0).contains("own home"), reasons(found).toString());
        }
    }

    @Test
    void filesThatASidecarNamesAreNoItemsOfTheirOwn() throws IOException {
        write("a.txt", "a");
        write("a.txt.yaml", "id: a\ntitle: A\nfiles: [sub/more.txt]\n");
        write("sub/more.txt", "m");
        write("sub/records.jsonl", "{\"id\":\"s\",\"title\":\"S\"}\n");
        Files.createSymbolicLink(folder.resolve("sub/link.txt"), folder.resolve("a.txt"));
        var found = read(folder);
        assertEquals(List.of("a", "s"), ids(found));
        assertEquals(List.of("is a link; name what it points to instead"), reasons(found));
    }

    /** Without its description, what it describes would be open to everybody. */
    @Test
    void aDescriptionThatIsALinkIsRefusedWithWhatItDescribes() throws IOException {
        write("elsewhere/d.yaml", "id: d\ntitle: D\naccess: restricted\n");
        write("in/a.txt", "a");
        Files.createSymbolicLink(folder.resolve("in/a.txt.yaml"), folder.resolve("elsewhere/d.yaml"));
        write("in/b/b.txt", "b");
        Files.createSymbolicLink(folder.resolve("in/b/item.yaml"), folder.resolve("elsewhere/d.yaml"));
        var found = read(folder.resolve("in"));
        assertEquals(List.of(), ids(found));
        assertEquals(
                2,
                reasons(found).stream().filter(r -> r.contains("is a link")).count(),
                reasons(found).toString());
    }

    private static String marc(String number, String title) {
        return "<record><leader>00000nam a2200000 u 4500</leader><controlfield tag='001'>" + number
                + "</controlfield><controlfield tag='003'>VN-X</controlfield><datafield tag='245' ind1='0' ind2='0'><subfield code='a'>"
                + title + "</subfield></datafield></record>";
    }

    @Test
    void aFileOfAnotherLibraryIsAnItemARecord() throws IOException {
        write(
                "a/records.xml",
                "<collection xmlns='http://www.loc.gov/MARC21/slim'>" + marc("1", "Một") + "<record/>"
                        + marc("2", "Hai") + marc("2", "Hai") + "</collection>");
        write("a/tei.xml", "<TEI xmlns='http://www.tei-c.org/ns/1.0'><text/></TEI>");
        write("a/words.csv", "word,gloss\na,b\n");
        write("a/table.csv", "dc.title[vi],dc.date.issued\nBa,2001\n,2002\n");
        write("a/cite.ris", "TY  - SOUND\nID  - k1\nTI  - Hát\nER  - \n");
        write("a/refs.bib", "@misc{k1, title={Bốn}}\n");
        write("a/empty.mrc", "");
        var found = read(folder);
        var titles = found.stream()
                .filter(f -> f instanceof Found.Taken)
                .map(f -> ((Found.Taken) f).submission().item().title().shown())
                .sorted()
                .toList();
        assertEquals(List.of("Ba", "Bốn", "Hai", "Hát", "Một", "tei.xml", "words.csv"), titles);
        var ids = ids(found);
        assertEquals(ids.size(), ids.stream().distinct().count());
        assertEquals(ids, ids(read(folder)));
        assertEquals(
                List.of("empty.mrc", "records.xml#2", "records.xml#4", "table.csv#2"),
                found.stream()
                        .filter(f -> f instanceof Found.Refused)
                        .map(f -> Path.of(f.place()).getFileName().toString())
                        .toList());
        // the same record in another file is the same item
        write(
                "b/again.marcxml",
                marc("1", "Một").replace("<record>", "<record xmlns='http://www.loc.gov/MARC21/slim'>"));
        assertTrue(ids.contains(ids(read(folder.resolve("b"))).get(0)));
    }

    @Test
    void theSameNumberInTwoCataloguesIsTwoItems() throws IOException {
        var bare = marc("1", "Một").replace("<controlfield tag='003'>VN-X</controlfield>", "");
        var agency = "<datafield tag='040' ind1=' ' ind2=' '><subfield code='a'>VN-%s</subfield></datafield>";
        write("a/one.marcxml", collection(bare));
        write("b/one.marcxml", collection(bare));
        write("c/one.marcxml", collection(bare.replace("</record>", agency.formatted("C") + "</record>")));
        write("d/one.marcxml", collection(bare.replace("</record>", agency.formatted("D") + "</record>")));
        var ids = ids(read(folder));
        assertEquals(4, ids.stream().distinct().count(), ids.toString());
        assertEquals(ids, ids(read(folder)));
        // a title that was mended is no other record; whose number it is known of, no other file either
        write("a/one.marcxml", collection(bare.replace("Một", "Mốt")));
        write("e/new.marcxml", collection(bare.replace("</record>", agency.formatted("D") + "</record>")));
        var again = ids(read(folder));
        assertEquals(ids, again.subList(0, 4));
        assertEquals(ids.get(3), again.get(4));
    }

    private static String collection(String records) {
        return "<collection xmlns='http://www.loc.gov/MARC21/slim'>" + records + "</collection>";
    }

    @Test
    void whatItsRecordSaysIsClosedIsNotOpened() throws IOException {
        var closed =
                "<datafield tag='506' ind1='1' ind2=' '><subfield code='a'>Chỉ cho người của bản</subfield></datafield></record>";
        write("a.marcxml", collection(marc("1", "Kín").replace("</record>", closed) + marc("2", "Mở")));
        var found = read(folder);
        var taken = found.stream().map(f -> (Found.Taken) f).toList();
        assertEquals(
                List.of(new Access.Restricted(List.of()), Access.OPEN),
                taken.stream().map(t -> t.submission().item().access()).toList());
        assertTrue(taken.get(0).note().contains("restricted"), taken.get(0).note());
        assertEquals("", taken.get(1).note());
    }

    @Test
    void aRecordFileWithASidecarIsADocument() throws IOException {
        write("refs.bib", "@misc{k1, title={Bốn}}\n");
        write("refs.bib.yaml", "id: thu-muc\ntitle: Thư mục\n");
        assertEquals(List.of("thu-muc"), ids(read(folder)));
    }
}
