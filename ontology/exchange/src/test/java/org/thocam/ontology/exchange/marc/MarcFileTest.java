package org.thocam.ontology.exchange.marc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Term;
import org.thocam.ontology.exchange.FileRecord;
import org.thocam.ontology.exchange.Samples;
import org.thocam.ontology.exchange.UnwritableRecordException;
import org.thocam.ontology.exchange.ZebraExamples;
import org.thocam.ontology.exchange.marc.MarcFile.Encoding;

class MarcFileTest {
    @TempDir
    private Path folder;

    private static List<FileRecord> read(byte[] bytes) throws IOException {
        var found = new ArrayList<FileRecord>();
        MarcFile.read(new ByteArrayInputStream(bytes), found::add);
        return found;
    }

    private static byte[] sample() throws IOException {
        try (var in = ZebraExamples.open("marc21/sample-marc.gz")) {
            return in.readAllBytes();
        }
    }

    private static byte[] written(Encoding encoding, int items) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var writer = MarcFile.writer(bytes, encoding)) {
            writer.write(Samples.record(Samples.full()));
            var random = new Random(7);
            for (int i = 0; i < items; i++) writer.write(Samples.record(Samples.random(random, i)));
        }
        return bytes.toByteArray();
    }

    private static FileRecord.Described described(FileRecord record) {
        return (FileRecord.Described) record;
    }

    @Test
    void recordsOfTheLibraryOfCongressAreRead() throws IOException {
        var found = read(sample());
        assertEquals(24, found.size());
        assertTrue(found.stream().allMatch(record -> record instanceof FileRecord.Described), found.toString());
        var first = described(found.get(0));
        assertEquals("(DLC)11224466", first.name());
        assertEquals("How to program a computer", first.description().title().shown());
        assertEquals(List.of("Jack Collins"), first.description().creators());
        assertEquals(List.of(new LanguageTag("en")), first.description().languages());
        assertEquals(366, found.get(1).offset());
    }

    @Test
    void bothEncodingsComeBackTheSame() throws IOException {
        var utf8 = read(written(Encoding.UTF_8, 100));
        var marc8 = read(written(Encoding.MARC_8, 100));
        assertEquals(101, utf8.size());
        for (int i = 0; i < utf8.size(); i++)
            assertEquals(
                    described(utf8.get(i)).description(),
                    described(marc8.get(i)).description());
    }

    @Test
    void yazReadsWhatWeWrite() throws Exception {
        var yaz = Path.of("/usr/bin/yaz-marcdump");
        Assumptions.assumeTrue(
                Files.isExecutable(yaz), "yaz-marcdump is not installed (Debian package yaz): not compared");
        for (var encoding : Encoding.values()) {
            var file = Files.write(folder.resolve(encoding + ".mrc"), written(encoding, 100));
            var output = folder.resolve(encoding + ".xml");
            var process = new ProcessBuilder(
                            yaz.toString(),
                            "-i",
                            "marc",
                            "-o",
                            "marcxml",
                            "-f",
                            encoding == Encoding.UTF_8 ? "utf-8" : "marc-8",
                            "-t",
                            "utf-8",
                            file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertEquals(0, process.waitFor());
            var text = Files.readString(output);
            assertEquals(101, text.split("<record>", -1).length - 1, text);
            assertTrue(
                    !text.contains("<!--"),
                    text.lines().filter(l -> l.contains("<!--")).toList().toString());
            if (encoding == Encoding.UTF_8) assertTrue(text.contains("ꪼꪕꪒꪾ"));
            assertTrue(
                    java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFC)
                            .contains("Lễ Xên Mường của người Thái"),
                    text);
        }
    }

    private static int second(byte[] bytes) {
        int end = 0;
        while (bytes[end] != 0x1D) end++;
        return end + 1;
    }

    @Test
    void aWrongLengthOrDirectoryIsNoHindrance() throws IOException {
        var bytes = written(Encoding.MARC_8, 23);
        Arrays.fill(bytes, 0, 5, (byte) '9');
        // the first entry of the directory points elsewhere
        Arrays.fill(bytes, 24 + 3, 24 + 12, (byte) '7');
        var found = read(bytes);
        assertEquals(24, found.size());
        assertEquals(
                "Lễ Xên Mường của người Thái",
                described(found.get(0)).description().title().shown());
    }

    @Test
    void aFaultyRecordIsToldWithItsPlaceAndTheNextIsRead() throws IOException {
        var bytes = written(Encoding.MARC_8, 23);
        Arrays.fill(bytes, 30, 40, (byte) 0x1E);
        var found = read(bytes);
        assertEquals(24, found.size());
        assertTrue(
                ((FileRecord.Faulty) found.get(0)).reason().contains("directory"),
                found.get(0).toString());
        assertEquals(second(bytes), described(found.get(1)).offset());
    }

    @Test
    void aCutFileSaysSo() throws IOException {
        var bytes = written(Encoding.MARC_8, 23);
        var found = read(Arrays.copyOf(bytes, second(bytes) + 100));
        assertEquals(2, found.size());
        assertTrue(((FileRecord.Faulty) found.get(1)).reason().contains("ends within"));
    }

    @Test
    void utf8UnderALeaderOfMarc8IsReadAsUtf8() throws IOException {
        var bytes = written(Encoding.UTF_8, 0);
        bytes[9] = ' ';
        assertEquals(
                "Lễ Xên Mường của người Thái",
                described(read(bytes).get(0)).description().title().shown());
    }

    @Test
    void aRecordThatIsTooLongIsCutIntoNotesOrRefused() throws IOException {
        var full = Samples.full();
        var vi = new LanguageTag("vi");
        var long_ = java.util.stream.IntStream.range(0, 6000)
                .mapToObj(i -> "một " + i)
                .collect(java.util.stream.Collectors.joining(" "));
        var bytes = new ByteArrayOutputStream();
        try (var writer = MarcFile.writer(bytes, Encoding.MARC_8)) {
            writer.write(Samples.record(full.withTerms(List.of(new Term("abstract", long_, vi, "")))));
            var huge = full.withTerms(List.of(new Term("abstract", "x".repeat(200_000), vi, "")));
            assertThrows(UnwritableRecordException.class, () -> writer.write(Samples.record(huge)));
            writer.write(Samples.record(full));
        }
        var found = read(bytes.toByteArray());
        assertEquals(2, found.size());
        var back = described(found.get(0)).description().terms().stream()
                .map(Term::value)
                .toList();
        assertEquals(long_, String.join(" ", back));
        assertEquals(
                new LanguageMap(full.title().texts()),
                described(found.get(1)).description().title());
    }

    @Test
    void damageNeitherHangsNorThrows() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("MarcFileTest seed " + seed);
        var random = new Random(seed);
        var good =
                new byte[][] {written(Encoding.MARC_8, 24), written(Encoding.UTF_8, 10), written(Encoding.MARC_8, 10)};
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> {
                    for (int i = 0; i < 1500; i++) {
                        var bytes = good[i % 3].clone();
                        for (int j = 0; j <= random.nextInt(40); j++)
                            bytes[random.nextInt(bytes.length)] = random.nextInt(3) > 0
                                    ? (byte) random.nextInt(256)
                                    : (byte) (0x1B + random.nextInt(5));
                        read(random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
                    }
                    for (int i = 0; i < 300; i++) {
                        var noise = new byte[random.nextInt(5000)];
                        random.nextBytes(noise);
                        read(noise);
                    }
                },
                "seed " + seed);
    }

    @Test
    void aRecordWithoutEndIsBounded() throws IOException {
        var endless = new java.io.SequenceInputStream(
                new java.io.InputStream() {
                    private long left = 60L << 20;

                    @Override
                    public int read() {
                        return left-- > 0 ? 'x' : -1;
                    }
                },
                new ByteArrayInputStream("\u001d".getBytes(StandardCharsets.US_ASCII)));
        var found = new ArrayList<FileRecord>();
        MarcFile.read(endless, found::add);
        assertTrue(((FileRecord.Faulty) found.get(0)).reason().contains("longer than"));
    }
}
