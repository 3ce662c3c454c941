package org.thocam.dictionary.lift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LiftHostileTest {
    @TempDir
    Path folder;

    private static LiftException refused(InputStream in) {
        return Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertThrows(LiftException.class, () -> LiftFile.read(in, entry -> {})));
    }

    private static InputStream utf8(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    static List<Arguments> hostile() {
        var deep = "<a>".repeat(10_000) + "</a>".repeat(10_000);
        return List.of(
                Arguments.of("an entry 10,000 deep", 2, "<lift version='0.13'>\n<entry>" + deep + "</entry></lift>"),
                Arguments.of("a header 10,000 deep", 2, "<lift version='0.13'>\n<header>" + deep + "</header></lift>"),
                Arguments.of(
                        "an entity bomb",
                        1,
                        "<!DOCTYPE lift [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]>\n<lift version='0.13'><entry>&b;</entry></lift>"),
                Arguments.of(
                        "a file of this computer",
                        2,
                        "<?xml version='1.0'?>\n<!DOCTYPE lift SYSTEM 'file:///etc/passwd'><lift version='0.13'/>"),
                Arguments.of(
                        "an entity nobody declared",
                        3,
                        "<lift version='0.13'>\n<entry>\n<note><form lang='a'><text>a&b;c</text></form></note></entry></lift>"),
                Arguments.of("a file that ends in an entry", 2, "<lift version='0.13'>\n<entry><sense>"),
                Arguments.of("a file that ends in a value", 2, "<lift version='0.13'>\n<entry id='a"),
                Arguments.of("a file that ends in a comment", 2, "<lift version='0.13'>\n<!-- a --"),
                Arguments.of("a file that ends before its end", 2, "<lift version='0.13'>\n<entry/>"),
                Arguments.of("an empty file", 1, ""),
                Arguments.of("no XML", 1, "id,headword\n1,a\n"),
                Arguments.of("two roots", 2, "<lift version='0.13'/>\n<lift version='0.13'/>"),
                Arguments.of("words behind the end", 2, "<lift version='0.13'>\n</lift>words"),
                Arguments.of("an attribute twice", 2, "<lift version='0.13'>\n<entry id='a' id='b'/></lift>"),
                Arguments.of("crossing tags", 2, "<lift version='0.13'>\n<entry><a></entry></a></lift>"),
                Arguments.of("a NUL", 2, "<lift version='0.13'>\n<entry><a>\0</a></entry></lift>"),
                Arguments.of(
                        "a reference to no character", 2, "<lift version='0.13'>\n<entry><a>&#0;</a></entry></lift>"),
                Arguments.of("another format", 1, "<html><body/></html>"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void itIsRefusedWithItsLine(String what, long line, String text) {
        var refused = refused(utf8(text));
        System.out.println(what + ": " + refused.getMessage());
        assertEquals(line, refused.line(), refused.getMessage());
    }

    /** Never ends. */
    private static InputStream endless(String begin, String more) {
        var first = begin.getBytes(StandardCharsets.UTF_8);
        var again = more.getBytes(StandardCharsets.UTF_8);
        return new InputStream() {
            private long at;

            @Override
            public int read() {
                int b = at < first.length ? first[(int) at] : again[(int) ((at - first.length) % again.length)];
                at++;
                return b & 0xFF;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                for (int i = 0; i < length; i++) into[from + i] = (byte) read();
                return length;
            }
        };
    }

    @Test
    void whatNeverEndsIsRefused() {
        for (var begin : List.of(
                "<lift version='0.13'><entry id='",
                "<lift version='0.13'><entry><!-- ",
                "<lift version='0.13'><header x='",
                "<",
                "words ",
                "<lift version='0.13'><entry>",
                "<lift version='0.13'><header>")) {
            long start = System.nanoTime();
            var refused = refused(
                    endless(begin, begin.endsWith("<header>") ? "<a/>" : begin.endsWith("<entry>") ? "<a>" : "x"));
            System.out.println(
                    begin + "…: " + refused.getMessage() + " (" + (System.nanoTime() - start) / 1_000_000 + " ms)");
        }
    }

    @Test
    void manySmallElementsAreRefusedBeforeTheyFillTheMemory() {
        for (var name : List.of("entry", "header")) {
            var refused = refused(utf8(
                    "<lift version='0.13'>\n<" + name + ">" + "<a/>".repeat(1_900_000) + "</" + name + "></lift>"));
            System.out.println(refused.getMessage());
            assertEquals(2, refused.line());
        }
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        for (var bad : List.of(
                new byte[] {(byte) 0xFF},
                new byte[] {(byte) 0xC3},
                new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
                new byte[] {(byte) 0xC0, (byte) 0x80})) {
            var begin = "<lift version='0.13'>\n<entry/>\n<entry><a>".getBytes(StandardCharsets.UTF_8);
            var end = "</a></entry></lift>".getBytes(StandardCharsets.UTF_8);
            var bytes = Arrays.copyOf(begin, begin.length + bad.length + end.length);
            System.arraycopy(bad, 0, bytes, begin.length, bad.length);
            System.arraycopy(end, 0, bytes, begin.length + bad.length, end.length);
            var refused = refused(new ByteArrayInputStream(bytes));
            System.out.println(refused.getMessage());
            assertEquals(3, refused.line());
        }
    }

    @Test
    void aBrokenFileIsReadOrRefusedAndNothingElse() throws Exception {
        Assumptions.assumeTrue(Files.exists(LiftFileTest.SHARED));
        long seed = Long.getLong("thocam.seed", System.nanoTime());
        int rounds = Integer.getInteger("thocam.rounds", 4_000);
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var files = new ArrayList<byte[]>();
        for (Path file : LiftFileTest.files()) if (Files.size(file) < 20_000) files.add(Files.readAllBytes(file));
        int read = 0;
        int refused = 0;
        long slowest = 0;
        for (int i = 0; i < rounds; i++) {
            var bytes = mutated(files.get(random.nextInt(files.size())), random);
            long start = System.nanoTime();
            try {
                var problems = new ArrayList<LiftProblem>();
                var validator = new LiftValidator(problems::add);
                var frame = LiftFile.read(new ByteArrayInputStream(bytes), new LiftFile.Reading() {
                    @Override
                    public void beginning(LiftFile.Frame before) {
                        validator.beginning(before);
                    }

                    @Override
                    public void entry(LiftFile.Placed placed) {
                        assertEquals(
                                new String(bytes, (int) placed.offset(), placed.length(), StandardCharsets.UTF_8),
                                placed.entry().xml());
                        validator.entry(placed);
                        placed.entry().tree();
                    }
                });
                validator.end(frame);
                read++;
            } catch (LiftException e) {
                refused++;
                assertTrue(e.line() >= 1, e.getMessage());
            } catch (RuntimeException | Error e) {
                fail("seed " + seed + " round " + i + ":\n" + new String(bytes, StandardCharsets.UTF_8), e);
            }
            slowest = Math.max(slowest, System.nanoTime() - start);
        }
        System.out.println(rounds + " files: " + read + " read, " + refused + " refused, the slowest in "
                + slowest / 1_000_000 + " ms");
    }

    @Test
    void brokenRangesAndOldFilesAreReadOrRefusedToo() throws Exception {
        Assumptions.assumeTrue(Files.exists(LiftFileTest.SHARED));
        long seed = Long.getLong("thocam.seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var ranges = Files.readAllBytes(LiftFileTest.SHARED.resolve("small/test20080407.lift-ranges"));
        var old = new ArrayList<byte[]>();
        for (var file : LiftMigrationTest.old()) old.add(Files.readAllBytes(file));
        old.add(
                """
                <lift version='0.10'><entry><sense><etymology/><field type='LiteralMeaning'/><picture href='a'/><subsense><etymology/></subsense>
                <relation name='a' ref='b'/></sense><form lang='x'><trait name='a' value='b'/></form></entry></lift>"""
                        .getBytes(StandardCharsets.UTF_8));
        int read = 0;
        int migrated = 0;
        for (int i = 0; i < 1_000; i++) {
            var bytes = mutated(ranges, random);
            try {
                LiftRanges.read(new ByteArrayInputStream(bytes), problem -> {});
                read++;
            } catch (LiftException e) {
                assertTrue(e.line() >= 1, e.getMessage());
            }
            var in = Files.write(folder.resolve("in.lift"), mutated(old.get(random.nextInt(old.size())), random));
            var out = folder.resolve("out.lift");
            try {
                if (LiftMigration.migrated(in, out).isEmpty()) continue;
                migrated++;
            } catch (LiftException e) {
                assertTrue(Files.notExists(out), e.getMessage());
                continue;
            }
            try (var made = Files.newInputStream(out)) {
                LiftFile.read(made, entry -> {});
            }
        }
        System.out.println("1000 files: " + read + " ranges read, " + migrated + " old files migrated");
    }

    private static byte[] mutated(byte[] file, Random random) {
        var marks = List.of(
                "<",
                ">",
                "/>",
                "<entry>",
                "</entry>",
                "<!--",
                "-->",
                "<![CDATA[",
                "]]>",
                "<?",
                "?>",
                "&",
                "&#x0;",
                "&amp;",
                "\"",
                "'",
                "\0",
                "\uFEFF",
                "=",
                "<entry/>",
                "</lift>",
                "\r",
                "xmlns='a'",
                "<!DOCTYPE a>",
                "&e;",
                "<x:y/>");
        byte[] bytes = file;
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            int at = random.nextInt(bytes.length);
            int to = Math.min(bytes.length, at + (random.nextInt(3) > 0 ? random.nextInt(8) : random.nextInt(400)));
            byte[] put =
                    switch (random.nextInt(5)) {
                        case 0 -> new byte[0];
                        case 1 -> new byte[] {(byte) random.nextInt(256)};
                        case 2 -> Arrays.copyOfRange(bytes, at, to);
                        default -> marks.get(random.nextInt(marks.size())).getBytes(StandardCharsets.UTF_8);
                    };
            int rest = random.nextInt(20) == 0 ? bytes.length : random.nextBoolean() ? at : to;
            var made = Arrays.copyOf(bytes, at + put.length + bytes.length - rest);
            System.arraycopy(put, 0, made, at, put.length);
            System.arraycopy(bytes, rest, made, at + put.length, bytes.length - rest);
            bytes = made.length == 0 ? file : made;
        }
        return bytes;
    }
}
