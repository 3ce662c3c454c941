package org.thocam.dictionary.lift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LiftFileTest {
    static final Path SHARED = Path.of(System.getProperty("thocam.root", ".."), "../shared/data/dictionary/lift");

    static List<Path> files() throws IOException {
        if (!Files.isDirectory(SHARED)) return List.of(Path.of("none"));
        try (Stream<Path> walk = Files.walk(SHARED)) {
            return walk.filter(path -> path.toString().endsWith(".lift"))
                    .filter(path -> !path.toString().contains("spec-0.12"))
                    .filter(path -> !path.getFileName().toString().equals("InvalidXml.lift"))
                    .sorted()
                    .toList();
        }
    }

    private static List<LiftFile.Placed> read(byte[] bytes) throws Exception {
        var entries = new ArrayList<LiftFile.Placed>();
        LiftFile.read(new ByteArrayInputStream(bytes), entries::add);
        return entries;
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatNobodyChangedKeepsItsBytes(Path file) throws Exception {
        Assumptions.assumeTrue(Files.exists(file));
        var bytes = Files.readAllBytes(file);
        for (var placed : read(bytes)) {
            var raw = new String(bytes, (int) placed.offset(), placed.length(), StandardCharsets.UTF_8);
            assertEquals(raw, placed.entry().xml());
            assertTrue(raw.startsWith("<entry"), raw);
            assertTrue(raw.endsWith(">"), raw);
            assertSame(placed.entry(), placed.entry().with(placed.entry().tree()), raw);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void aTreeIsTheWholeEntry(Path file) throws Exception {
        Assumptions.assumeTrue(Files.exists(file));
        for (var placed : read(Files.readAllBytes(file))) {
            var tree = placed.entry().tree();
            var made = LiftEntry.made(tree).tree();
            assertEquals(tree.toPrettyString(), made.toPrettyString());
            var entry = placed.entry().entry();
            assertEquals(entry, LiftEntry.made(entry).entry());
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void oneChangedTextChangesNothingElse(Path file) throws Exception {
        Assumptions.assumeTrue(Files.exists(file));
        for (var placed : read(Files.readAllBytes(file))) {
            var texts = new ArrayList<Runnable>();
            var tree = placed.entry().tree();
            texts(tree, texts);
            if (texts.isEmpty()) continue;
            texts.get(texts.size() / 2).run();
            var changed = placed.entry().with(tree);
            assertEquals(tree, changed.tree(), changed.xml());
            var before = placed.entry().xml();
            int start = 0;
            while (before.charAt(start) == changed.xml().charAt(start)) start++;
            int tail = 0;
            while (before.charAt(before.length() - 1 - tail)
                    == changed.xml().charAt(changed.xml().length() - 1 - tail)) tail++;
            var fresh = changed.xml().substring(start, changed.xml().length() - tail);
            assertTrue("đổi &amp; &lt;mới&gt;".contains(fresh), fresh);
        }
    }

    private static void texts(JsonNode node, List<Runnable> found) {
        if (node instanceof ObjectNode object)
            object.fieldNames().forEachRemaining(name -> {
                var value = object.get(name);
                boolean form = value.isTextual()
                        && !object.has("markup")
                        && (name.equals("text")
                                || name.length() < 4
                                        && !name.equals("ref")
                                        && !name.equals("id")
                                        && !name.equals("key")
                                        && !name.equals("who"));
                if (form) found.add(() -> object.set(name, TextNode.valueOf("đổi & <mới>")));
                else texts(value, found);
            });
        else if (node instanceof ArrayNode array) array.forEach(item -> texts(item, found));
    }
}
