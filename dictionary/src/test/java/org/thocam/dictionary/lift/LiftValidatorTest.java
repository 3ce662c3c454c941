package org.thocam.dictionary.lift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.thaiopensource.util.PropertyMapBuilder;
import com.thaiopensource.validate.ValidateProperty;
import com.thaiopensource.validate.ValidationDriver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

class LiftValidatorTest {
    private static final Path SHARED = LiftFileTest.SHARED;

    static List<Path> files() throws IOException {
        return LiftFileTest.files();
    }

    private static List<LiftProblem> problems(InputStream in) throws IOException {
        var problems = new ArrayList<LiftProblem>();
        new LiftValidator(problems::add).check(in);
        return problems;
    }

    static List<LiftProblem> problems(String entries) throws IOException {
        return problems(bytes("<lift version=\"0.13\">\n" + entries + "\n</lift>"));
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<LiftProblem> problems(Path file, Predicate<String> there) throws Exception {
        var problems = new ArrayList<LiftProblem>();
        var validator = new LiftValidator(problems::add);
        if (there != null) validator.with(there);
        var ranges = Path.of(file + "-ranges");
        if (Files.exists(ranges))
            try (var in = Files.newInputStream(ranges)) {
                validator.with(LiftRanges.read(
                        in, problem -> System.out.println("    " + ranges.getFileName() + " " + problem)));
            }
        try (var in = Files.newInputStream(file)) {
            validator.check(in);
        }
        return problems;
    }

    private static Map<String, Integer> counts(List<LiftProblem> problems) {
        var counts = new TreeMap<String, Integer>();
        problems.forEach(problem -> counts.merge(problem.code().word(), 1, Integer::sum));
        return counts;
    }

    @ParameterizedTest
    @CsvSource({
        "dangling-ref.lift, dangling-ref 1 one 8",
        "duplicate-form-lang.lift, duplicate-form-lang 1 one 9",
        "duplicate-guid.lift, duplicate-guid 1 two 8",
        "flex-quirks.lift, uri-not-rfc 1 '' 8",
        "range-parent.lift, range-parent 1 '' 10",
        "schema-invalid.lift, schema 2 broken 7",
        "undefined-range-value.lift, undefined-range-value 2 one 19",
        "missing-media/missing-media.lift, missing-media 2 one 9"
    })
    void aBrokenFileHasItsOwnProblemAndNoOther(String name, String expected) throws Exception {
        var file = SHARED.resolve("negative").resolve(name);
        Assumptions.assumeTrue(Files.exists(file));
        Predicate<String> there = missing -> Files.exists(file.resolveSibling(missing));
        var problems = problems(file, name.contains("media") ? there : null);
        problems.forEach(problem -> System.out.println(name + " " + problem));
        var wanted = expected.replace("''", "").split(" ", -1);
        assertEquals(Map.of(wanted[0], Integer.parseInt(wanted[1])), counts(problems));
        assertEquals(wanted[2], problems.get(0).entry());
        assertEquals(Long.parseLong(wanted[3]), problems.get(0).line());
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileHasSchemaErrorsWhereJingFindsSome(Path file) throws Exception {
        Assumptions.assumeTrue(Files.exists(file));
        long start = System.nanoTime();
        var problems = problems(file, null);
        long ms = (System.nanoTime() - start) / 1_000_000;
        System.out.println(file.getFileName() + " " + counts(problems) + " in " + ms + " ms");
        problems.stream().limit(12).forEach(problem -> System.out.println("    " + problem));
        var jing = jing(Files.readAllBytes(file));
        System.out.println(
                "    jing: " + jing.size() + " " + jing.stream().limit(3).toList());
        assertEquals(jing.isEmpty(), schema(problems).isEmpty(), jing + " " + schema(problems));
    }

    private static List<LiftProblem> schema(List<LiftProblem> problems) {
        return problems.stream()
                .filter(problem -> problem.code() == LiftProblem.Code.SCHEMA)
                .toList();
    }

    private static ValidationDriver driver(List<String> errors) throws Exception {
        var handler = new ErrorHandler() {
            @Override
            public void warning(SAXParseException e) {}

            @Override
            public void error(SAXParseException e) {
                errors.add(e.getLineNumber() + ": " + e.getMessage());
            }

            @Override
            public void fatalError(SAXParseException e) throws SAXException {
                throw e;
            }
        };
        var properties = new PropertyMapBuilder();
        properties.put(ValidateProperty.ERROR_HANDLER, handler);
        var driver = new ValidationDriver(properties.toPropertyMap());
        assertTrue(driver.loadSchema(ValidationDriver.fileInputSource(
                SHARED.resolve("schema/lift-0.13.rng").toFile())));
        return driver;
    }

    private static List<String> jing(byte[] file) throws Exception {
        var errors = new ArrayList<String>();
        driver(errors).validate(new InputSource(new ByteArrayInputStream(file)));
        return errors;
    }

    /** Small changes of real files, each judged by Jing and by us. */
    @Test
    void aChangedFileIsJudgedAsJingDoes() throws Exception {
        Assumptions.assumeTrue(Files.exists(SHARED));
        long seed = Long.getLong("thocam.seed", 20261122);
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var texts = new ArrayList<String>();
        for (var name : List.of(
                "AllFLExFields/AllFLExFields.lift",
                "small/tha-food-small.lift",
                "spec-0.13/full-entry.lift",
                "spec-0.13/header.lift",
                "spec-0.13/hugal-ideal.lift",
                "spec-0.13/reversals-hierarchy.lift",
                "small/test20080407.lift")) texts.add(Files.readString(SHARED.resolve(name)));
        var errors = new ArrayList<String>();
        var driver = driver(errors);
        int valid = 0;
        int invalid = 0;
        int broken = 0;
        for (int i = 0; i < 3_000; i++) {
            var text = changed(texts.get(random.nextInt(texts.size())), random);
            errors.clear();
            boolean wellFormed = true;
            try {
                driver.validate(new InputSource(bytes(text)));
            } catch (SAXException e) {
                wellFormed = false;
            }
            var problems = problems(bytes(text));
            if (!wellFormed) {
                broken++;
                continue;
            }
            var ours = problems.stream()
                    .filter(problem -> problem.code() == LiftProblem.Code.SCHEMA
                            || problem.code() == LiftProblem.Code.NOT_LIFT
                            || problem.code() == LiftProblem.Code.UNSUPPORTED_VERSION
                            || problem.code() == LiftProblem.Code.NOT_WELL_FORMED)
                    .toList();
            assertEquals(errors.isEmpty(), ours.isEmpty(), () -> "jing " + errors + ", we " + ours + "\n" + text);
            if (errors.isEmpty()) valid++;
            else invalid++;
        }
        System.out.println("as Jing: " + valid + " valid, " + invalid + " invalid; " + broken + " not well-formed");
        assertTrue(valid > 100 && invalid > 100);
    }

    private static String changed(String text, Random random) {
        var names = List.of(
                "form",
                "text",
                "gloss",
                "sense",
                "subsense",
                "note",
                "field",
                "trait",
                "annotation",
                "relation",
                "variant",
                "etymology",
                "usage",
                "label",
                "main",
                "header",
                "ranges",
                "range",
                "range-element",
                "fields",
                "x:foo");
        int at = text.indexOf('<', random.nextInt(text.length() - 1));
        if (at < 0) return text;
        int end = text.indexOf('>', at) + 1;
        return switch (random.nextInt(9)) {
            case 0 -> text.substring(0, end) + "words" + text.substring(end);
            case 1 -> text.substring(0, end) + "<" + pick(names, random) + "/>" + text.substring(end);
            case 2 ->
                text.substring(0, at)
                        + text.substring(at, end).replaceFirst("\\s[\\w-]+\\s*=\\s*(\"[^\"]*\"|'[^']*')", "")
                        + text.substring(end);
            case 3 ->
                text.substring(0, at)
                        + text.substring(at, end)
                                .replaceFirst(
                                        "(?=\\s*/?>$)",
                                        " order=\"" + random.nextInt(5) + pick(List.of("", "", "a", ".5"), random)
                                                + "\"")
                        + text.substring(end);
            case 4 ->
                text.substring(0, at)
                        + text.substring(at, end)
                                .replaceFirst(
                                        "(?=\\s*/?>$)",
                                        " dateDeleted=\""
                                                + pick(
                                                        List.of(
                                                                "2008-02-29",
                                                                "2007-02-29",
                                                                "2008-02-29T10:00:00Z",
                                                                "2008-02-29T24:00:00",
                                                                "2008-02-29T25:00:00",
                                                                "2008-2-9",
                                                                " 2008-02-09 ",
                                                                "2008-02-09+14:00",
                                                                "2008-02-09+14:01",
                                                                "",
                                                                "0000-01-01",
                                                                "12008-01-01",
                                                                "2008-02-09T10:00"),
                                                        random)
                                                + "\"")
                        + text.substring(end);
            case 5 ->
                text.substring(0, end) + "<form lang=\"vi\"><text>n<span lang=\"en\">b</span></text></form>"
                        + text.substring(end);
            case 6 -> text.substring(0, end) + "<field type=\"a\"/><note/>" + text.substring(end);
            case 7 -> text.substring(0, end) + " <!-- c --> " + text.substring(end);
            default -> {
                // an element taken out
                var name = text.substring(at + 1, end).split("[\\s/>]", 2)[0];
                int close = text.indexOf("</" + name + ">", end);
                yield close < 0 || name.isEmpty() || text.charAt(end - 2) == '/'
                        ? text
                        : text.substring(0, at) + text.substring(close + name.length() + 3);
            }
        };
    }

    private static String pick(List<String> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    @Test
    void aReferenceMayNameAnIdAGuidASenseOrAHeadword() throws Exception {
        var problems = problems(
                """
                <entry id='a' guid='AB-1'><lexical-unit><form lang='bth'><text>ebo</text></form></lexical-unit>
                <relation type='x' ref='ab-1'/><relation type='x' ref='s'/><relation type='x' ref='ebo'/>
                <relation type='x' ref=''/><variant ref='none'/>
                <sense id='s'/></entry>""");
        assertEquals(
                List.of(
                        "line 3: warning ref-by-headword in entry 'a': ref 'ebo' is a headword; want the id of its entry or sense",
                        "line 4: error dangling-ref in entry 'a': ref 'none' names no entry and no sense"),
                problems.stream().map(LiftProblem::toString).toList());
    }

    @Test
    void whatIsUnknownIsNamedWithItsLine() throws Exception {
        var problems = problems(
                """
                <entry id='a' x:y='1' dateCreated='yesterday'>
                  <x:foo><bar/></x:foo>
                  <sense order='first'>
                  text
                    <note type='a'/>
                    <note type='a'><form lang='not_a_tag'><text/></form></note>
                  </sense>
                </entry>
                <header/>""");
        problems.forEach(System.out::println);
        assertEquals(
                List.of(
                        "2 schema",
                        "2 schema",
                        "3 schema",
                        "4 schema",
                        "4 schema",
                        "7 duplicate-type",
                        "7 unknown-language-tag",
                        "10 schema"),
                problems.stream()
                        .map(problem -> problem.line() + " " + problem.code().word())
                        .toList());
    }

    @Test
    void aDeletedEntryMayShareItsId() throws Exception {
        assertEquals(
                List.of(),
                problems(
                        "<entry id='a' dateDeleted='2007-04-20'/><entry id='a' dateDeleted='2007-04-20'/><entry id='a'/>"));
    }

    @Test
    void anEntryTakesAHundredBytesOrTwo() throws Exception {
        int entries = 50_000;
        var in = new SequenceInputStream(Collections.enumeration(List.of(
                bytes("<lift version='0.13'>"),
                new Repeated(
                        entries,
                        i -> "<entry id='word " + i + "' guid='" + new UUID(i, 7)
                                + "'><lexical-unit><form lang='jra'><text>word " + i
                                + "</text></form></lexical-unit><sense id='" + new UUID(7, i)
                                + "'><gloss lang='vi'><text>từ</text></gloss></sense></entry>"),
                bytes("</lift>"))));
        var problems = new ArrayList<LiftProblem>();
        var validator = new LiftValidator(problems::add);
        long before = used();
        long start = System.nanoTime();
        var frame = LiftFile.read(in, validator);
        long ms = (System.nanoTime() - start) / 1_000_000;
        long each = (used() - before) / entries;
        validator.end(frame);
        System.out.println(entries + " entries in " + ms + " ms, " + each + " bytes kept of each");
        assertEquals(List.of(), problems);
        assertTrue(each < 300, each + " bytes");
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static final class Repeated extends InputStream {
        private final int count;
        private final IntFunction<String> text;
        private int made;
        private InputStream piece = InputStream.nullInputStream();

        Repeated(int count, IntFunction<String> text) {
            this.count = count;
            this.text = text;
        }

        @Override
        public int read() throws IOException {
            int b = piece.read();
            while (b < 0 && made < count) {
                piece = bytes(text.apply(made++));
                b = piece.read();
            }
            return b;
        }
    }

    @Test
    void aMillionNamesTakeLittle() {
        var names = new Names();
        for (int i = 0; i < 200_000; i++) assertEquals(0, names.add(Names.key("entry-" + i), i + 1L));
        for (int i = 0; i < 200_000; i += 1_000) assertEquals(i + 1, names.add(Names.key("entry-" + i), 7));
        assertTrue(names.has(Names.key("entry-7")));
    }
}
