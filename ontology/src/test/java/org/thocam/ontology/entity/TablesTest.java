package org.thocam.ontology.entity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesTest {
    private static final Path FOLDER = Path.of("../fixtures/reference");
    private static final String PEOPLES =
            "id\tname_vi\tname_en\tlanguages\tsources\tconfidence\tconfidence_by_column\n";
    private static final String KINH = "EG01\tKinh\tKinh\t\tx\tchecked1\tchecked2=name_vi\n";
    private static final String PLACES =
            "id\tlevel\tname_vi\tpart_of\tlat\tlon\tvalid_from\tvalid_to\tsources\tconfidence\n";
    private static final String VIETNAM = "PC-VN\tcountry\tViệt Nam\t\t16\t107\t\t\tx\tchecked1\n";
    private static final String FIGURES = "ref_date\tpeople\tplace\tvalue\tstatus\tsource\tconfidence\n";

    @Test
    void ourTablesAreWrittenAsTheyWereRead() throws IOException {
        var written = Tables.write(Tables.read(FOLDER));
        for (var table : Tables.names())
            assertArrayEquals(
                    Files.readAllBytes(FOLDER.resolve(table + ".tsv")),
                    written.get(table).getBytes(StandardCharsets.UTF_8),
                    table);
    }

    @Test
    void everyColumnIsExplained() throws IOException {
        var lines = Files.readAllLines(FOLDER.resolve("README.md"));
        for (var kind : EntityKind.values()) {
            var row = lines.stream()
                    .filter(line -> line.startsWith("| `" + kind.table() + "` |"))
                    .findFirst()
                    .orElseThrow();
            assertTrue(row.contains("| " + Tables.read(FOLDER).of(kind).size() + " |"), row);
            for (var column : kind.columns())
                assertTrue(
                        row.contains("`" + column.name() + "`" + (column.required() ? "!" : "")), column + " " + row);
        }
    }

    @Test
    void whatIsWrittenIsReadBackWhateverIsInIt() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var rows = new MadeRows(random);
        for (int i = 0; i < 50; i++) {
            var register = fitting(rows, random);
            var written = Tables.write(register);
            var read = Tables.read(written);
            assertEquals(register, read, "seed " + seed);
            assertEquals(written, Tables.write(read), "seed " + seed);
        }
    }

    /** Made rows whose ids exist, and that lie in no circle. */
    static Register fitting(MadeRows rows, Random random) {
        var made = new LinkedHashMap<String, Entity>();
        var open = new ArrayList<>(rows.some(20).values());
        var faulty = new Register(open, List.of());
        while (true) {
            var faults = Integrity.faults(faulty);
            if (faults.isEmpty()) break;
            made.clear();
            for (var entity : faulty.all()) made.put(entity.id(), entity);
            for (var fault : faults)
                if (fault.column().equals("part_of")
                        || fault.column().equals("valid_to")
                        || fault.found().equals(fault.entity()))
                    made.computeIfPresent(fault.entity(), (id, entity) -> without(entity, fault.column()));
                else made.computeIfAbsent(fault.found(), id -> without(rows.entity(id), "part_of"));
            faulty = new Register(made.values(), List.of());
        }
        var figures = new LinkedHashMap<String, Observation>();
        for (var people : faulty.of(EntityKind.PEOPLE))
            for (var place : faulty.of(EntityKind.PLACE)) {
                var figure = new Observation(
                        LocalDate.of(1979 + 10 * random.nextInt(5), 4, 1),
                        random.nextBoolean() ? people.id() : Observation.TOTAL,
                        place.id(),
                        random.nextInt(1_000_000),
                        random.nextBoolean() ? "observed" : "derived",
                        List.of("census"),
                        Confidence.values()[random.nextInt(3)]);
                figures.put(figure.id(), figure);
            }
        return new Register(faulty.all(), List.copyOf(figures.values()));
    }

    private static Entity without(Entity entity, String column) {
        var cells = new LinkedHashMap<>(entity.cells());
        var levels = new LinkedHashMap<>(entity.levels());
        cells.remove(column);
        levels.remove(column);
        return new Entity(entity.id(), cells, entity.sources(), entity.confidence(), levels);
    }

    @Test
    void spreadsheetsWriteMarksCarriageReturnsAndSpaces() {
        var tidy = read("peoples", PEOPLES + KINH);
        assertEquals(tidy, read("peoples", "\uFEFF" + PEOPLES.replace("\n", "\r\n") + KINH.replace("\n", "\r\n")));
        assertEquals(
                tidy,
                read("peoples", PEOPLES + KINH.replace("Kinh\t", " Kinh \t").replace("\n", "")));
        assertEquals(tidy, Tables.readFiles(Map.of("peoples", (PEOPLES + KINH).getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void aHeadNamesEachColumnOnceAndNoOther() {
        assertEquals(
                List.of(
                        "peoples:1, nam_vi: found 'nam_vi', want a column of peoples; the nearest is 'name_vi'",
                        "peoples:1, name_vi: found '', want the column name_vi"),
                messages("peoples", PEOPLES.replace("name_vi", "nam_vi") + KINH));
        assertEquals(
                List.of("peoples:1, name_vi: found 'name_vi', want each column once"),
                messages("peoples", PEOPLES.replace("name_en", "name_vi") + KINH));
        assertEquals(5, messages("peoples", "\n").size());
    }

    @Test
    void everyFaultOfARowIsToldWithItsLine() {
        var faults = faults(
                Map.of(
                        "peoples",
                        PEOPLES
                                + KINH
                                + "EG02\tTày\tTay\n"
                                + "EG01\tKinh\tKinh\t\tx\tchecked1\t\n"
                                + "EG1\tKinh\tKinh\t\tx\tchecked1\t\n"
                                + "EG03\t\tThai\tLG-blt\t\tsure\tchecked1=nam_vi,name_en; recalled=name_en; checked3=languages; x\n"));
        assertEquals(
                List.of(
                        "3 EG02 ",
                        "4 EG01 id",
                        "5 EG1 id",
                        "6 EG03 name_vi",
                        "6 EG03 sources",
                        "6 EG03 confidence",
                        "6 EG03 confidence_by_column",
                        "6 EG03 confidence_by_column",
                        "6 EG03 confidence_by_column",
                        "6 EG03 confidence_by_column",
                        "6 EG03 languages"),
                faults.stream()
                        .map(fault -> fault.line() + " " + fault.entity() + " " + fault.column())
                        .toList());
        assertTrue(faults.get(1).expected().contains("line 2"), faults.get(1).message());
        assertTrue(faults.get(6).expected().contains("'name_vi'"), faults.get(6).message());
    }

    @Test
    void cellsAreOfTheTypeOfTheirColumn() {
        var faults = faults(Map.of(
                "places",
                PLACES
                        + VIETNAM
                        + "PD-a\tx\tA\tEG01\t\t\t\t\tx\tchecked1\n"
                        + "PD-b\tx\tB\tPC-VN; PC-VN\t91\t10.5°\t\t\tx\tchecked1\n"
                        + "PD-c\tx\tC\tPC-VN\t12\t\t2025-02-30\t1 July\tx\tchecked1\n"
                        + "PD-d\tx\tLe\u0302\tPC-XX\t\t\t2025-07-02\t2025-07-01\tx\tchecked1\n"
                        + "PD-e\tx\t" + "x".repeat(10_001) + "\tPD-e\t\t\t\t\tx\tchecked1\n"));
        assertEquals(
                List.of(
                        "3 part_of",
                        "4 part_of",
                        "4 lat",
                        "4 lon",
                        "5 valid_from",
                        "5 valid_to",
                        "6 name_vi",
                        "7 name_vi",
                        "5 lon",
                        "6 part_of",
                        "6 valid_to",
                        "7 part_of"),
                faults.stream()
                        .map(fault -> fault.line() + " " + fault.column())
                        .toList());
    }

    @Test
    void noPlaceLiesInItself() {
        var circle = messages(
                "places",
                PLACES
                        + VIETNAM
                        + "PD-a\tx\tA\tPD-b;PC-VN\t\t\t\t\tx\tchecked1\n"
                        + "PD-b\tx\tB\tPD-c\t\t\t\t\tx\tchecked1\n"
                        + "PD-c\tx\tC\tPD-a\t\t\t\t\tx\tchecked1\n");
        assertEquals(3, circle.size());
        assertTrue(circle.get(0).startsWith("places:3 PD-a, part_of"), circle.get(0));
    }

    @Test
    void figuresNameAPeopleAndAPlaceAndStandOnce() {
        var figures = FIGURES
                + "2019-04-01\tEG01\tPC-VN\t82085826\tobserved\tcensus\tchecked1\n"
                + "2019-11-01\tEG01\tPC-VN\t82085826\tobserved\tcensus\tchecked1\n"
                + "2009-04-01\tEG99\tPC-VN\t-1\tguessed\t\tchecked1\n"
                + "2009-04-01\tTOTAL\tPC-XX\t1\tobserved\tcensus\tchecked1\n";
        var faults = faults(Map.of("peoples", PEOPLES + KINH, "places", PLACES + VIETNAM, "observations", figures));
        assertEquals(
                List.of("4 value", "4 status", "4 source", "3 ", "5 place"),
                faults.stream()
                        .map(fault -> fault.line() + " " + fault.column())
                        .toList());
    }

    @Test
    void faultsAreToldUpToAThousand() {
        var text = new StringBuilder(PEOPLES);
        for (int i = 0; i < 100_000; i++) text.append("EG\t\t\t\t\t\n");
        assertEquals(1_000, faults(Map.of("peoples", text.toString())).size());
    }

    @Test
    void largeTablesAreRefusedUnread() {
        assertEquals(1, messages("peoples", "x".repeat(Tables.LARGEST + 1)).size());
        assertEquals(104, messages("peoples", "\t".repeat(Tables.LARGEST)).size());
        assertEquals(
                1,
                messages("peoples", PEOPLES + "EG01" + "\t".repeat(1_000_000)).size());
    }

    /** Read to its end, a device never comes to it, and a folder of others' files takes all memory. */
    @Test
    void onlyOurTablesAreReadAndOnlyFiles(@TempDir Path folder) throws IOException {
        for (var table : Tables.names())
            Files.writeString(folder.resolve(table + ".tsv"), Files.readString(FOLDER.resolve(table + ".tsv")));
        Files.delete(folder.resolve("crafts.tsv"));
        Files.createSymbolicLink(folder.resolve("crafts.tsv"), Path.of("/dev/zero"));
        Files.createSymbolicLink(folder.resolve("endless.tsv"), Path.of("/dev/zero"));
        Files.createDirectory(folder.resolve("folder.tsv"));
        var faulty = assertThrows(FaultyEntitiesException.class, () -> Tables.read(folder));
        assertEquals(
                List.of("crafts a file", "endless a file", "folder a file"),
                faulty.faults().stream()
                        .filter(fault -> fault.line() == 0 && fault.expected().equals("a file"))
                        .map(fault -> fault.table() + " " + fault.expected())
                        .toList());
    }

    @Test
    void bytesThatAreNoUtf8AreToldByLine(@TempDir Path folder) throws IOException {
        for (var table : Tables.names()) Files.copy(FOLDER.resolve(table + ".tsv"), folder.resolve(table + ".tsv"));
        Files.write(
                folder.resolve("peoples.tsv"), (PEOPLES + "EG01\tKinh \u00e9\n").getBytes(StandardCharsets.ISO_8859_1));
        Files.delete(folder.resolve("scripts.tsv"));
        Files.copy(FOLDER.resolve("customs.tsv"), folder.resolve("custom.tsv"));
        var faults = assertThrows(FaultyEntitiesException.class, () -> Tables.read(folder))
                .faults();
        assertEquals(
                List.of("scripts:0", "peoples:2", "custom:0"),
                faults.stream()
                        .limit(3)
                        .map(fault -> fault.table() + ":" + fault.line())
                        .toList());
        assertTrue(faults.get(2).expected().contains("'customs'"), faults.get(2).message());
    }

    private static Register read(String table, String text) {
        return Tables.read(Map.of(table, text));
    }

    private static List<String> messages(String table, String text) {
        return faults(Map.of(table, text)).stream().map(Fault::message).toList();
    }

    private static List<Fault> faults(Map<String, String> tables) {
        return assertThrows(FaultyEntitiesException.class, () -> Tables.read(tables))
                .faults();
    }
}
