package org.thocam.dictionary.lift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiftMigrationTest {
    private static final Path OLD = LiftFileTest.SHARED.resolve("spec-0.12");

    @TempDir
    Path folder;

    static List<Path> old() throws IOException {
        if (!Files.isDirectory(OLD)) return List.of(OLD);
        try (var files = Files.list(OLD)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("old")
    void theSpecificationsExamplesBecomeTheirPartners(Path file) throws Exception {
        Assumptions.assumeTrue(Files.exists(file));
        var out = folder.resolve("out.lift");
        var done = LiftMigration.migrated(file, out).orElseThrow();
        System.out.println(file.getFileName() + " " + done);
        var partner = OLD.resolveSibling("spec-0.13").resolve(file.getFileName().toString());
        assertEquals(canonical(Files.readString(partner)), canonical(Files.readString(out)));
        // but for the lines in which something was renamed, not one byte
        var before = Files.readString(file).split("(?<=\n)");
        var after = Files.readString(out).split("(?<=\n)");
        assertEquals(before.length, after.length);
        int changed = 0;
        for (int i = 0; i < before.length; i++) if (!before[i].equals(after[i])) changed++;
        assertEquals(
                done.stream()
                        .mapToInt(line -> Integer.parseInt(line.replaceAll(".*\\((\\d+)\\).*", "$1")))
                        .sum(),
                changed);
        try (var in = Files.newInputStream(out)) {
            LiftFile.read(in, entry -> {});
        }
    }

    private static String canonical(String text) throws LiftException {
        var lines = new StringBuilder();
        canonical(XmlText.document(text, text.startsWith("\uFEFF") ? 1 : 0).root(), lines);
        return lines.toString();
    }

    private static void canonical(XmlElement element, StringBuilder lines) {
        var attributes = new TreeMap<String, String>();
        element.attributes.forEach(attribute -> attributes.put(attribute.name(), attribute.value()));
        lines.append('<').append(element.name).append(attributes).append(">\n");
        for (var part : element.content) {
            if (part instanceof XmlElement.Child child) canonical(child.element(), lines);
            else {
                var text = ((XmlElement.Text) part).text().strip().replaceAll("\\s+", " ");
                if (!text.isEmpty()) lines.append(text).append('\n');
            }
        }
        lines.append("</>\n");
    }

    private String migrated(String text) throws Exception {
        var in = folder.resolve("in.lift");
        Files.writeString(in, text);
        var out = folder.resolve("made.lift");
        LiftMigration.migrated(in, out).orElseThrow().forEach(System.out::println);
        return Files.readString(out);
    }

    @Test
    void eachStepChangesWhatItNamesAndNothingElse() throws Exception {
        assertEquals(
                """
                \uFEFF<?xml version='1.0'?><!-- MorphType -->
                <lift version='0.13' producer="p"><header><ranges><range id='morph-type'/><range id='Noun-slot'/></ranges>
                <fields><field tag='cv-pattern'/></fields></header>
                <entry id='a'  >
                  <relation  type = 'synonym' ref='b'/>
                  <lexical-unit><form lang='x'><text>MorphType &amp; picture</text><annotation name='t' value='1'></annotation></form></lexical-unit>
                  <trait name="flag-skip-x" value='MorphType'/>
                  <sense>
                    <illustration href='p.png'></illustration><illustration href='q.png'/>
                  </sense>
                    <etymology type='proto' source='s'><field type="comment"/></etymology>
                    <field type='literal-meaning'><form lang='vi'><text>nước</text></form></field>
                </entry>
                <!-- picture -->
                <entry/></lift>
                """,
                migrated(
                        """
                \uFEFF<?xml version='1.0'?><!-- MorphType -->
                <lift version='0.10' producer="p"><header><ranges><range id='MorphType'/><range id='Noun-Slots'/></ranges>
                <fields><field tag='CVPattern'/></fields></header>
                <entry id='a'  >
                  <relation  name = 'synonym' ref='b'/>
                  <lexical-unit><form lang='x'><text>MorphType &amp; picture</text><trait name='t' value='1'></trait></form></lexical-unit>
                  <trait name="flag_skip_x" value='MorphType'/>
                  <sense>
                    <etymology type='proto' source='s'><field type="Comment"/></etymology>
                    <field type='LiteralMeaning'><form lang='vi'><text>nước</text></form></field>
                    <picture href='p.png'></picture><picture href='q.png'/>
                  </sense>
                </entry>
                <!-- picture -->
                <entry/></lift>
                """));
        assertEquals("<lift version=\"0.13\"/>", migrated("<lift version=\"0.12\"/>"));
    }

    @Test
    void aFileOfThisVersionIsNotMigrated() throws Exception {
        var in = folder.resolve("in.lift");
        Files.writeString(in, "<lift version='0.13'><entry/></lift>");
        var out = folder.resolve("out.lift");
        assertTrue(LiftMigration.migrated(in, out).isEmpty());
        assertFalse(Files.exists(out));
    }

    @ParameterizedTest
    @ValueSource(strings = {"version='0.9'", "version='0.02'", "", "version='0.14'", "producer=' version=\"0.13\"'"})
    void anotherVersionIsRefusedAndNothingIsLeft(String version) throws Exception {
        var in = folder.resolve("in.lift");
        Files.write(
                in, ("<?xml version='1.0'?>\n<lift " + version + "><entry/></lift>").getBytes(StandardCharsets.UTF_8));
        var out = folder.resolve("out.lift");
        var refused = assertThrows(LiftException.class, () -> LiftMigration.migrated(in, out));
        System.out.println(refused.getMessage());
        assertEquals(LiftProblem.Code.UNSUPPORTED_VERSION, refused.code());
        assertEquals(2, refused.line());
        assertFalse(Files.exists(out));
        var read = new ArrayList<LiftFile.Placed>();
        assertThrows(LiftException.class, () -> LiftFile.read(Files.newInputStream(in), read::add));
        assertTrue(read.isEmpty());
    }
}
