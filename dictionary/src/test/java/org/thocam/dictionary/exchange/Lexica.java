package org.thocam.dictionary.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.thocam.dictionary.entry.Entry;
import org.thocam.dictionary.lift.LiftFile;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;

/** Real lexicons for tests, and what two entries differ in. */
public final class Lexica {
    private static final Path SHARED = Path.of(System.getProperty("thocam.root", ".."), "../shared/data/dictionary");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Lexica() {}

    public static Path shared(String name) {
        var path = SHARED.resolve(name);
        Assumptions.assumeTrue(Files.exists(path), () -> path + " is not there");
        return path;
    }

    public static List<String> files() {
        return List.of(
                "lift/AllFLExFields/AllFLExFields.lift",
                "lift/small/tha-food.lift",
                "lift/biatah/biatah.lift",
                "lift/tuwari/lift_with_semantic_domain.lift",
                "lift/spec-0.13/hugal-ideal.lift",
                "lift/spec-0.13/hugal-mdf.lift",
                "lift/spec-0.13/hugal-plb.lift",
                "lift/spec-0.13/full-entry.lift",
                "lift/spec-0.13/multiple-forms.lift",
                "lift/spec-0.13/traits-in-forms.lift",
                "lift/spec-0.13/subentries.lift",
                "lift/spec-0.13/subsenses.lift",
                "lift/spec-0.13/reversals-hierarchy.lift",
                "lift/small/liftNotesWithSpansV0_13.lift");
    }

    public static List<Entry> read(String file) {
        var entries = new ArrayList<Entry>();
        try (var in = Files.newInputStream(shared(file))) {
            LiftFile.read(in, placed -> entries.add(placed.entry().entry()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (org.thocam.dictionary.lift.LiftException e) {
            throw new IllegalStateException(file, e);
        }
        return entries;
    }

    /** Ids as the server gives them: safe in an address, unlike those of the file. */
    public static LexiconSource source(List<Entry> entries) {
        return visitor -> {
            int number = 0;
            for (var entry : entries) visitor.entry("e" + ++number, entry);
        };
    }

    public static LexiconHead head(String language) {
        return new LexiconHead(
                "trial",
                "https://thocam.example/dictionaries/trial",
                LanguageMap.of(new LanguageTag("en"), "A trial & more"),
                language,
                "CC-BY-4.0",
                List.of("SIL International"));
    }

    /** The tag that most headwords have. */
    public static String language(List<Entry> entries) {
        var counts = new TreeMap<String, Integer>();
        entries.forEach(entry -> entry.lexicalUnit().forms().keySet().stream()
                .limit(1)
                .forEach(tag -> counts.merge(tag, 1, Integer::sum)));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("und");
    }

    /** A reading that keeps all it is told. */
    public static final class Told implements Reading {
        public final Map<String, Entry> entries = new LinkedHashMap<>();
        public final List<Fault> faults = new ArrayList<>();
        public final Set<String> unknown = new TreeSet<>();

        @Override
        public void entry(String id, Entry entry) {
            if (entries.put(id.isEmpty() ? "#" + entries.size() : id, entry) != null)
                faults.add(new Fault("", 0, "test", id + " came twice"));
        }

        @Override
        public void fault(Fault fault) {
            faults.add(fault);
        }

        @Override
        public void unknown(String name) {
            unknown.add(name);
        }
    }

    /** The names of what differs: of whole members, with {@code /} between them; a trait's and a field's with its type. */
    public static Set<String> differences(Entry one, Entry other) {
        var names = new TreeSet<String>();
        differ(MAPPER.valueToTree(one), MAPPER.valueToTree(other), "", names);
        return names;
    }

    private static void differ(JsonNode one, JsonNode other, String name, Set<String> names) {
        if (one == null) one = MAPPER.missingNode();
        if (other == null) other = MAPPER.missingNode();
        if (one.equals(other)) return;
        if (one instanceof ArrayNode a && (other instanceof ArrayNode || other.isMissingNode())) {
            lists(a, other.isMissingNode() ? MAPPER.createArrayNode() : (ArrayNode) other, name, names);
        } else if (one instanceof ObjectNode a && other instanceof ObjectNode b) {
            var keys = new TreeSet<String>();
            a.fieldNames().forEachRemaining(keys::add);
            b.fieldNames().forEachRemaining(keys::add);
            for (var key : keys) differ(a.get(key), b.get(key), name.isEmpty() ? key : name + "/" + key, names);
        } else {
            names.add(name);
            if (System.getenv("DIFFERENCES") != null) System.out.println(name + ": " + one + " | " + other);
        }
    }

    /** As {@code diff} would: what is left out, where the rest is in order. */
    private static void lists(ArrayNode a, ArrayNode b, String name, Set<String> names) {
        if (name.endsWith("traits")) {
            // LIFT's traits have no order
            a = sorted(a);
            b = sorted(b);
        }
        int j = 0;
        for (int i = 0; i < a.size(); i++) {
            var element = a.get(i);
            boolean mayBe = j < b.size() && a.size() - i >= b.size() - j && alike(element, b.get(j));
            if (mayBe) differ(element, b.get(j++), name, names);
            else {
                var type = name.endsWith("traits") ? element.path("name") : element.path("type");
                names.add(name.endsWith("traits") || name.endsWith("fields") ? name + "[" + type.asText() + "]" : name);
            }
        }
        if (j < b.size())
            names.add(name + " (more than before) " + (System.getenv("DIFFERENCES") == null ? "" : a + " | " + b));
    }

    private static ArrayNode sorted(ArrayNode list) {
        var elements = new ArrayList<JsonNode>();
        list.forEach(elements::add);
        elements.sort(java.util.Comparator.comparing(
                trait -> trait.path("name").asText() + "=" + trait.path("value").asText()));
        return MAPPER.createArrayNode().addAll(elements);
    }

    private static boolean alike(JsonNode a, JsonNode b) {
        for (var key : List.of("id", "name", "type", "ref", "href", "lang"))
            if (!a.path(key).asText().equals(b.path(key).asText())) return false;
        return true;
    }
}
