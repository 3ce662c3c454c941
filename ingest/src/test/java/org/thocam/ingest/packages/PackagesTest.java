package org.thocam.ingest.packages;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ingest.Samples;
import org.thocam.ingest.archive.OcflArchive;
import org.thocam.ingest.deposit.ChangeClock;
import org.thocam.ingest.deposit.Depositor;
import org.thocam.ingest.extract.Extractor;
import org.thocam.ingest.log.SqlChangeLog;
import org.thocam.ingest.read.Found;
import org.thocam.ingest.read.Inputs;
import org.thocam.ontology.Access;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Content;
import org.thocam.ontology.Deposit;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Place;
import org.thocam.ontology.Subject;
import org.thocam.ontology.Submission;
import org.thocam.ontology.Term;
import org.thocam.ontology.TextState;
import org.thocam.ontology.Tombstone;
import org.thocam.ontology.Version;
import org.thocam.ontology.exchange.Links;
import org.thocam.ontology.exchange.packages.PackageExport;

/** Out of a real archive, and in again. */
class PackagesTest {
    private static final Links LINKS = new Links("https://thocam.example.vn", "thocam.example.vn");
    private static final PackageExport.Sender SENDER =
            new PackageExport.Sender("Thư viện thử", "admin@thocam.example.vn", "Thocam test");
    /** Tai Viet, Cham, Lao, Khmer, Pahawh Hmong, Vietnamese in two normal forms, and what paths and IRIs have trouble with. */
    private static final List<String> LETTERS = List.of(
            "ꪼꪕꪒꪾ",
            "ꨌꩌ",
            "ລາວ",
            "ខ្មែរ",
            "𖬌𖬣𖬵",
            "Tiếng Việt",
            "Tie\u0302\u0301ng",
            "đ",
            "a",
            "A",
            "100%",
            "%0A",
            "#1",
            "q&a",
            "it's",
            "[x]",
            "{y}",
            "a b",
            "+",
            "=",
            "~",
            "`",
            "^",
            "...",
            "—");

    @TempDir
    private Path folder;

    private OcflArchive archive;
    private Random random;
    private final Map<ItemId, Map<String, byte[]>> bytes = new LinkedHashMap<>();

    @BeforeEach
    void open() throws IOException {
        archive = OcflArchive.open(folder.resolve("home"));
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        random = new Random(seed);
    }

    @AfterEach
    void close() {
        archive.close();
    }

    private String word() {
        return LETTERS.get(random.nextInt(LETTERS.size()));
    }

    private String name() {
        var name = new StringBuilder(word());
        while (random.nextInt(3) > 0 && name.length() < 60)
            name.append(random.nextInt(4) == 0 ? "/n" : "").append(word());
        return name + (random.nextBoolean() ? ".txt" : ".wav");
    }

    private Item deposit(String id, Access access) {
        var files = new ArrayList<Bitstream>();
        var contents = new HashMap<String, Content>();
        var kept = new LinkedHashMap<String, byte[]>();
        for (int n = random.nextInt(5); n > 0; n--) {
            var name = name();
            boolean clash = kept.keySet().stream()
                    .anyMatch(other ->
                            other.equals(name) || other.startsWith(name + "/") || name.startsWith(other + "/"));
            if (clash) continue;
            var content = new byte[random.nextInt(100_000)];
            random.nextBytes(content);
            kept.put(name, content);
            files.add(new Bitstream(
                    name,
                    "application/octet-stream",
                    content.length,
                    DigestUtils.sha512Hex(content),
                    TextState.EMPTY,
                    ""));
            contents.put("files/" + name, new Content.OfBytes(content));
        }
        contents.put("text/0-record.txt", new Content.OfBytes(("lời " + word()).getBytes(StandardCharsets.UTF_8)));
        var vi = new LanguageTag("vi");
        var item = new Item(
                        new ItemId(id),
                        new LanguageMap(Map.of(vi, "Tên " + word(), new LanguageTag("blt-Tavt"), "ꪼꪕ " + word())),
                        "Sound",
                        List.of(new LanguageTag("blt-Tavt"), vi),
                        LanguageMap.of(vi, "Mô tả " + word()),
                        List.of("Lò " + word()),
                        "1998",
                        List.of("EG03"),
                        Optional.of(new Place("Sơn La", 21.3, 103.9)),
                        "CC BY 4.0 https://creativecommons.org/licenses/by/4.0/",
                        access,
                        List.of("craft:textile"),
                        files,
                        List.of("isbn:" + word().replaceAll("\\W", "")),
                        "source",
                        "digest" + id)
                .withAbout(List.of(new Subject("FE001")))
                .withTerms(List.of(
                        Term.of("publisher", "Nhà " + word()), new Term("contributor", "Cà " + word(), vi, "speaker")));
        archive.deposit(new Deposit(item, Version.NONE, Instant.now(), "tester", contents));
        bytes.put(item.id(), kept);
        return item;
    }

    private PackageExport export() {
        return new PackageExport(archive, LINKS, SENDER, Clock.systemUTC());
    }

    private PackageExport.Outcome write(PackageExport.Form form, boolean restricted, Path to, List<ItemId> ids)
            throws IOException {
        return export().write(
                        new PackageExport.Request(
                                form, ids, restricted, to, to.toString().endsWith(".zip")),
                        done -> {});
    }

    /** What is found in a package, and its bytes while they are there. */
    private void restored(Path from, List<Item> items) throws IOException {
        var found = new ArrayList<Found>();
        try (var inputs = new Inputs(found::add)) {
            inputs.read(from);
            assertEquals(items.size(), found.size(), found.toString());
            for (int i = 0; i < items.size(); i++) {
                var submission = assertTaken(found.get(i));
                var item = items.get(i);
                assertEquals(
                        ItemJson.json(item.withFiles(List.of()).from("", "")),
                        ItemJson.json(submission.item().from("", "")));
                assertEquals(
                        item.files().stream().map(Bitstream::name).toList(),
                        submission.files().stream().map(Submission.Upload::name).toList());
                for (var file : submission.files())
                    assertArrayEquals(bytes.get(item.id()).get(file.name()), Files.readAllBytes(file.path()));
                assertTrue(submission.text().orElseThrow().startsWith("lời "));
            }
        }
    }

    private static Submission assertTaken(Found found) {
        if (found instanceof Found.Taken taken) return taken.submission();
        throw new AssertionError(found.toString());
    }

    private static List<ItemId> ids(List<Item> items) {
        return items.stream().map(Item::id).toList();
    }

    @Test
    void whatGoesOutComesInAgain() throws IOException {
        var items = new ArrayList<Item>();
        for (int n = 10; n < 30; n++) items.add(deposit("tc:" + n + (n % 2 == 0 ? "" : "(x)'s"), Access.OPEN));
        for (var form : PackageExport.Form.values())
            for (var end : List.of("", ".zip")) {
                var to = folder.resolve("gói ꪼꪕ " + form + end);
                assertEquals(20, write(form, false, to, ids(items)).items());
                restored(to, items);
            }
        try (var left = Files.list(folder)) {
            assertEquals(5, left.count(), "nothing but the home and the four packages is left");
        }
    }

    @Test
    void aPackageOfWhatIsThereAlreadyIsNoChange() throws IOException {
        var lib = Path.of(System.getProperty("thocam.root", "..")).resolve("ingest/tika/target/lib-tika");
        try (var log = SqlChangeLog.open(folder.resolve("home/log.sqlite"));
                var extractor = Extractor.open(
                        new Extractor.Limits(lib, folder.resolve("home/tika"), "java", 1, 10, "128m", 100_000, ""));
                var depositor = new Depositor(
                        archive,
                        () -> log,
                        new ChangeClock(Clock.systemUTC(), log.lastAt()),
                        extractor,
                        1,
                        folder.resolve("home/incoming"),
                        fresh -> {})) {
            var box = folder.resolve("hộp.zip");
            try (var zip = new java.util.zip.ZipOutputStream(Files.newOutputStream(box))) {
                zip.putNextEntry(new java.util.zip.ZipEntry("sâu/lời.txt"));
                zip.write("lời trong hộp".getBytes(StandardCharsets.UTF_8));
            }
            var first = depositor
                    .take(
                            new Submission(
                                    Samples.item("a", "Khèn"),
                                    Optional.of("tiếng khèn"),
                                    List.of(new Submission.Upload("hộp.zip", box)),
                                    "a"),
                            Optional.empty(),
                            "tester")
                    .join();
            assertEquals("ok", first.state());
            assertTrue(archive.paths(first.id(), first.version()).contains("files/hộp.zip!/sâu/lời.txt"));
            var bag = folder.resolve("bag.zip");
            write(PackageExport.Form.BAG, false, bag, List.of(first.id()));
            var found = new ArrayList<Found>();
            try (var inputs = new Inputs(found::add, folder.resolve("home"))) {
                inputs.read(bag);
                var again = depositor
                        .take(assertTaken(found.get(0)), Optional.empty(), "tester")
                        .join();
                assertEquals("unchanged", again.state());
                assertEquals(first.version(), again.version());
            }
        }
    }

    @Test
    void whatIsClosedOrWithdrawnIsLeftOutAndCounted() throws IOException {
        var open = deposit("open", Access.OPEN);
        var closed = deposit("closed", new Access.Restricted(List.of("elders")));
        var gone = deposit("gone", Access.OPEN);
        archive.deposit(new Deposit(
                new Tombstone(gone.id(), List.of(), "asked"), new Version(1), Instant.now(), "tester", Map.of()));
        var all = List.of(open.id(), closed.id(), gone.id());
        var outcome = write(PackageExport.Form.BAG, false, folder.resolve("some"), all);
        assertEquals(List.of(1L, 1L, 1L), List.of(outcome.items(), outcome.withheld(), outcome.withdrawn()));
        assertFalse(Files.exists(folder.resolve("some/data/items/closed")));
        assertFalse(Files.readString(folder.resolve("some/data/ro-crate-metadata.json"))
                .contains("closed"));
        assertEquals(
                2,
                write(PackageExport.Form.BAG, true, folder.resolve("both"), all).items());
        restored(folder.resolve("both"), List.of(closed, open));
    }

    @Test
    void aDamagedFileStopsTheExportAndLeavesNothing() throws IOException {
        Item item;
        do item = deposit("d" + random.nextInt(1_000_000), Access.OPEN);
        while (item.files().isEmpty() || item.files().get(0).size() == 0);
        var wrong = item.files().get(0).sha512();
        Path broken;
        try (var all = Files.walk(folder.resolve("home"))) {
            broken = all.filter(Files::isRegularFile)
                    .filter(path -> sha512(path).equals(wrong))
                    .findFirst()
                    .orElseThrow();
        }
        var content = Files.readAllBytes(broken);
        content[0] ^= 1;
        Files.write(broken, content);
        var id = item.id();
        for (var end : List.of("", ".zip")) {
            var to = folder.resolve("out" + end);
            assertThrows(RuntimeException.class, () -> write(PackageExport.Form.BAG, false, to, List.of(id)));
            assertFalse(Files.exists(to));
        }
        try (var left = Files.list(folder)) {
            assertEquals(1, left.count(), "only the home is left");
        }
    }

    private static String sha512(Path path) {
        try {
            return DigestUtils.sha512Hex(Files.readAllBytes(path));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A crate by itself has no manifest: what item.json says of each file is what it is held to. */
    @Test
    void ourOwnCrateIsHeldToItsDescriptions() throws IOException {
        Item item;
        do item = deposit("c" + random.nextInt(1_000_000), Access.OPEN);
        while (item.files().isEmpty() || item.files().get(0).size() == 0);
        var crate = folder.resolve("crate");
        write(PackageExport.Form.CRATE, false, crate, List.of(item.id()));
        var file = crate.resolve(
                "items/" + item.id() + "/files/" + item.files().get(0).name());
        var content = Files.readAllBytes(file);
        content[0] ^= 1;
        Files.write(file, content);
        assertRefused(crate, "damaged");
        content[0] ^= 1;
        Files.write(file, content);
        var description = crate.resolve("items/" + item.id() + "/item.json");
        var json = Files.readString(description);
        Files.writeString(description, json.replace("\"" + item.id() + "\"", "\"other\""));
        assertRefused(crate, "other");
        Files.writeString(description, json);
        var extra = Files.writeString(crate.resolve("items/" + item.id() + "/files/extra"), "x");
        assertRefused(crate, "files");
        Files.delete(extra);
        restored(crate, List.of(item));
    }

    private static void assertRefused(Path from, String says) throws IOException {
        var found = new ArrayList<Found>();
        try (var inputs = new Inputs(found::add)) {
            inputs.read(from);
        }
        assertEquals(1, found.size());
        if (!(found.get(0) instanceof Found.Refused refused)) throw new AssertionError(found.toString());
        assertTrue(refused.reason().contains(says), refused.reason());
    }

    /** Whatever is done to a package, it is told, and the ingest goes on; of a damaged bag nothing is taken in. */
    @Test
    void aSpoiltZipIsToldAndStopsNothing() throws IOException {
        var item = deposit("z", Access.OPEN);
        var zip = folder.resolve("z.zip");
        write(PackageExport.Form.BAG, false, zip, List.of(item.id()));
        var whole = Files.readAllBytes(zip);
        for (int n = 0; n < 200; n++) {
            var spoilt = whole.clone();
            for (int k = 1 + random.nextInt(4); k > 0; k--) {
                int near = random.nextBoolean() ? spoilt.length : Math.min(2_000, spoilt.length);
                spoilt[spoilt.length - 1 - random.nextInt(near)] = (byte) random.nextInt();
            }
            Files.write(zip, random.nextInt(10) == 0 ? java.util.Arrays.copyOf(spoilt, spoilt.length / 2) : spoilt);
            var found = new ArrayList<Found>();
            try (var inputs = new Inputs(found::add)) {
                inputs.read(zip);
                assertEquals(1, found.size(), found.toString());
                if (found.get(0) instanceof Found.Taken taken
                        && taken.submission().item().id().equals(item.id()))
                    for (var file : taken.submission().files())
                        assertArrayEquals(bytes.get(item.id()).get(file.name()), Files.readAllBytes(file.path()));
            }
        }
    }

    @Test
    void nothingThatIsThereIsOverwritten() throws IOException {
        var item = deposit("a", Access.OPEN);
        var to = Files.createDirectory(folder.resolve("mine"));
        assertThrows(
                FileAlreadyExistsException.class, () -> write(PackageExport.Form.BAG, false, to, List.of(item.id())));
        assertThrows(
                ArchiveException.class,
                () -> write(PackageExport.Form.BAG, false, folder.resolve("x"), List.of(new ItemId("unknown"))));
        assertFalse(Files.exists(folder.resolve("x")));
    }

    @Test
    void othersFindTheBagValid() throws IOException, InterruptedException {
        var items = new ArrayList<Item>();
        for (int n = 10; n < 16; n++) items.add(deposit("tc-" + n, Access.OPEN));
        var bag = folder.resolve("bag");
        write(PackageExport.Form.BAG, false, bag, ids(items));
        // sha512sum takes %25 for itself: the names with % have manifests of RFC 8493's own
        var plain = new ArrayList<String>();
        for (var line : Files.readAllLines(bag.resolve("manifest-sha512.txt")))
            if (!line.contains("%")) plain.add(line);
        assertFalse(plain.isEmpty());
        var list = Files.write(folder.resolve("list"), plain);
        assertEquals("0", run(bag, "sha512sum", "--quiet", "--strict", "-c", list.toString()));
        assertEquals("0", run(bag, "sha256sum", "--quiet", "--strict", "-c", "tagmanifest-sha256.txt"));
        var graph = ItemJson.MAPPER.readTree(
                bag.resolve("data/ro-crate-metadata.json").toFile());
        for (var entity : graph.path("@graph")) {
            if (!entity.path("@type").asText().equals("File")) continue;
            var path = java.net
                    .URI
                    .create(entity.path("@id").asText().replaceAll("'", "%27"))
                    .getPath();
            assertTrue(Files.isRegularFile(bag.resolve("data/" + path)), path);
        }
        Assumptions.assumeTrue(
                run(bag, "python3", "-c", "import bagit").equals("0"),
                "skipped: python3 has no module bagit; install python3-bagit");
        assertEquals("0", run(bag, "python3", "-m", "bagit", "--validate", bag.toString()));
    }

    private static String run(Path in, String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true);
        process.environment().put("LC_ALL", "C.UTF-8");
        Process running;
        try {
            running = process.start();
        } catch (IOException e) {
            throw new org.opentest4j.TestAbortedException("skipped: " + command[0] + " is not there", e);
        }
        var said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(running.waitFor(60, TimeUnit.SECONDS));
        return running.exitValue() == 0 ? "0" : running.exitValue() + " " + said;
    }
}
