package org.thocam.ontology.graph;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.shacl.ShaclValidator;
import org.apache.jena.shacl.Shapes;
import org.apache.jena.shacl.validation.ReportEntry;
import org.apache.jena.shacl.vocabulary.SHACL;
import org.apache.jena.sparql.graph.GraphFactory;
import org.thocam.ontology.Item;
import org.thocam.ontology.Shown;
import org.thocam.ontology.Version;
import org.thocam.ontology.calendar.DateRule;
import org.thocam.ontology.entity.Entity;
import org.thocam.ontology.entity.EntityKind;
import org.thocam.ontology.entity.Fault;
import org.thocam.ontology.entity.Observation;
import org.thocam.ontology.entity.Register;

/** The shapes of {@code shapes.ttl}, read once, and what they find. Any number of threads may check. */
public final class EntityShapes {
    public static final String NAMESPACE = "https://thocam.org/shapes#";
    // Nothing of a base is in the shapes; any will do.
    private static final String BASE = "http://localhost/";
    private static final String DATE_RULE = "date_rule";

    private final Graph graph = GraphFactory.createDefaultGraph();
    private final Shapes shapes;

    /**
     * What was found.
     *
     * @param faults what is wrong: nothing of it may be kept
     * @param warnings what may be right and should be looked at
     */
    public record Findings(List<Fault> faults, List<Fault> warnings) {}

    /** Read when the first fault is told. */
    private static final class Told {
        static final EntityShapes SHAPES = new EntityShapes();
    }

    private static final Map<EntityKind, List<String>> NODES = Map.of(
            EntityKind.PEOPLE, List.of("People"),
            EntityKind.LANGUAGE, List.of("Language"),
            EntityKind.SCRIPT, List.of("Script"),
            EntityKind.ORTHOGRAPHY, List.of("Orthography"),
            EntityKind.PLACE, List.of("Place"),
            EntityKind.FESTIVAL, List.of("Festival", "Practice"),
            EntityKind.CRAFT, List.of("Craft"),
            EntityKind.CUSTOM, List.of("Custom", "Practice"),
            EntityKind.HERITAGE, List.of("Inscription"));

    /**
     * IRI of the shape that a fault is of. A cell that cannot even be read is refused before there are statements to be checked; then it
     * is the shape of its column. Empty where no shape is about it.
     */
    public static Optional<String> shapeOf(Fault fault) {
        if (!fault.shape().isEmpty()) return Optional.of(fault.shape());
        // what is wrong with a day that can be read is not its form
        if (fault.column().startsWith("valid_") && isDay(fault.found())) return Optional.empty();
        var name =
                switch (fault.column()) {
                    case "lat" -> "latitude";
                    case "lon" -> "longitude";
                    default -> fault.column().replace('_', '-');
                };
        return EntityKind.ofId(fault.entity()).stream()
                .flatMap(kind -> NODES.get(kind).stream())
                .map(node -> NAMESPACE + node + "-" + name)
                .filter(shape -> !Told.SHAPES.message(shape, "en").isEmpty())
                .findFirst();
    }

    private static boolean isDay(String text) {
        try {
            java.time.LocalDate.parse(text);
            return true;
        } catch (java.time.format.DateTimeParseException e) {
            return false;
        }
    }

    /** What was expected, in Vietnamese: the message of the shape of a fault; empty where there is none. */
    public static Optional<String> inVietnamese(Fault fault) {
        return shapeOf(fault).map(shape -> Told.SHAPES.message(shape, "vi")).filter(message -> !message.isEmpty());
    }

    public EntityShapes() {
        RDFDataMgr.read(graph, new StringReader(turtle()), NAMESPACE, Lang.TURTLE);
        shapes = Shapes.parse(graph);
    }

    /** The shapes themselves. */
    public static String turtle() {
        return Vocabulary.resource("shapes.ttl");
    }

    /** What the message of a shape says in {@code vi} or {@code en}; empty where there is no such shape. */
    public String message(String shape, String language) {
        return graph.find(Words.iri(shape), SHACL.message, Node.ANY)
                .filterKeep(triple -> triple.getObject().getLiteralLanguage().equals(language))
                .mapWith(triple -> triple.getObject().getLiteralLexicalForm())
                .nextOptional()
                .orElse("");
    }

    /** @param with all entities as they will be, this one among them: what it points to is looked up there */
    public List<Fault> check(Entity wanted, Register with) {
        return findings(wanted, with).faults();
    }

    public Findings findings(Entity wanted, Register with) {
        var said = EntityDescription.withoutDays(wanted, BASE);
        var found = validate(said, with, wanted.id(), belowOrAt(wanted.id()));
        var faults = new ArrayList<>(found.faults());
        var rule = wanted.text(DATE_RULE);
        try {
            if (!rule.isEmpty()) DateRule.parse(rule);
        } catch (IllegalArgumentException e) {
            faults.add(fault(wanted.id(), DATE_RULE, rule, e.getMessage(), NAMESPACE + "Festival-date-rule"));
        }
        return new Findings(List.copyOf(faults), found.warnings());
    }

    public List<Fault> check(Observation wanted, Register with) {
        var said = EntityDescription.of(wanted, BASE);
        var self = EntityDescription.observation(wanted, BASE).getURI();
        return validate(said, with, wanted.id(), self::equals).faults();
    }

    /** What is wrong with an item's description; what it points to is not looked up. */
    public List<Fault> check(Item item) {
        var said = ItemDescription.of(item, new Version(1), BASE);
        return validate(
                        said,
                        Register.EMPTY,
                        item.id().value(),
                        belowOrAt(item.id().value()))
                .faults();
    }

    private static Predicate<String> belowOrAt(String id) {
        var self = BASE + "id/" + id;
        return node -> node.equals(self) || node.startsWith(self + "#") || node.startsWith(self + "/");
    }

    private Findings validate(Set<Triple> said, Register with, String id, Predicate<String> own) {
        var data = GraphFactory.createDefaultGraph();
        said.forEach(data::add);
        addTypes(data, said, with, own);
        var focused = new LinkedHashSet<Node>();
        said.forEach(triple -> focused.add(triple.getSubject()));
        var faults = new ArrayList<Fault>();
        var warnings = new ArrayList<Fault>();
        for (var focus : focused) {
            if (!own.test(focus.getURI())) continue;
            for (var entry : ShaclValidator.get().validate(shapes, data, focus).getEntries())
                addNew(entry.severity().level().equals(SHACL.Violation) ? faults : warnings, fault(id, entry));
        }
        faults.sort(java.util.Comparator.comparing(Fault::column).thenComparing(Fault::found));
        return new Findings(List.copyOf(faults), List.copyOf(warnings));
    }

    /** A value may break the same rule in several places, of which the cell is told once. */
    private static void addNew(List<Fault> faults, Fault fault) {
        boolean told = faults.stream()
                .anyMatch(other -> other.column().equals(fault.column())
                        && other.found().equals(fault.found())
                        && other.expected().equals(fault.expected()));
        if (!told) faults.add(fault);
    }

    /** Of what classes the entities are that are pointed to. */
    private static void addTypes(Graph data, Set<Triple> said, Register with, Predicate<String> own) {
        var ids = BASE + "id/";
        var seen = new HashSet<String>();
        for (var triple : said) {
            var object = triple.getObject();
            if (!object.isURI() || !object.getURI().startsWith(ids) || own.test(object.getURI())) continue;
            var id = object.getURI().substring(ids.length());
            if (!seen.add(id)) continue;
            with.find(id).ifPresent(other -> EntityDescription.types(other)
                    .forEach(type -> data.add(Triple.create(object, Words.TYPE, type))));
        }
    }

    private Fault fault(String id, ReportEntry entry) {
        var shape = entry.source();
        var column = graph.find(shape, Words.ours("column"), Node.ANY)
                .mapWith(triple -> triple.getObject().getLiteralLexicalForm())
                .nextOptional()
                .orElse("");
        var iri = shape.isURI() ? shape.getURI() : "";
        var expected = message(iri, "en");
        return fault(id, column, found(entry.value()), expected.isEmpty() ? entry.message() : expected, iri);
    }

    private static String found(Node value) {
        if (value == null) return "";
        if (value.isLiteral()) return value.getLiteralLexicalForm();
        return value.isURI() && value.getURI().startsWith(BASE + "id/")
                ? value.getURI().substring((BASE + "id/").length())
                : value.toString();
    }

    private static Fault fault(String id, String column, String found, String expected, String shape) {
        return new Fault("", 0, id, column, Shown.of(found), expected, shape);
    }
}
