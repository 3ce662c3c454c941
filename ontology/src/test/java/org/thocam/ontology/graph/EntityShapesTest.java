package org.thocam.ontology.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.thocam.ontology.graph.Reference.entity;
import static org.thocam.ontology.graph.Reference.tables;
import static org.thocam.ontology.graph.Reference.with;

import java.util.List;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.shacl.ShaclValidator;
import org.apache.jena.shacl.Shapes;
import org.apache.jena.shacl.vocabulary.SHACL;
import org.apache.jena.sparql.graph.GraphFactory;
import org.junit.jupiter.api.Test;
import org.thocam.ontology.Access;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Mention;
import org.thocam.ontology.Version;
import org.thocam.ontology.entity.AuthorityFile;
import org.thocam.ontology.entity.Entity;
import org.thocam.ontology.entity.Fault;
import org.thocam.ontology.entity.Observation;
import org.thocam.ontology.entity.Register;

class EntityShapesTest {
    private static final EntityShapes SHAPES = new EntityShapes();

    @Test
    void allTablesConform() {
        for (var entity : tables().all()) assertEquals(List.of(), SHAPES.check(entity, tables()), entity::id);
        for (var figure : Reference.figures().subList(0, 300))
            assertEquals(List.of(), SHAPES.check(figure, tables()), figure::id);
    }

    /** With the days of the festivals, some of the figures, and an item that names something. */
    @Test
    void whatIsWrittenConforms() {
        var graph = GraphFactory.createDefaultGraph();
        var figures = Reference.figures().subList(0, 500);
        new Reference(new Register(tables().all(), figures)).graphs.forEach(AuthorityFile.ID, part -> {
            part.triples().forEach(graph::add);
            return true;
        });
        var mention = new Mention("text", 0, 1, "x", "EG03", 1, List.of("exact"), Mention.Review.FOUND);
        MentionDescription.of(new ItemId("a"), List.of(mention), Reference.BASE).forEach(graph::add);
        ItemDescription.of(Made.item("a"), new Version(1), Reference.BASE).forEach(graph::add);
        var shapes = Shapes.parse(
                RDFParser.fromString(EntityShapes.turtle(), Lang.TURTLE).toGraph());
        var violations = ShaclValidator.get().validate(shapes, graph).getEntries().stream()
                .filter(entry -> entry.severity().level().equals(SHACL.Violation))
                .map(entry -> entry.focusNode() + " " + entry.source() + " " + entry.value())
                .toList();
        assertEquals(List.of(), violations);
    }

    private static Fault only(Entity wanted) {
        var faults = SHAPES.check(wanted, tables());
        assertEquals(1, faults.size(), faults::toString);
        assertFalse(SHAPES.message(faults.get(0).shape(), "vi").isEmpty(), faults::toString);
        return faults.get(0);
    }

    private static void breaks(String id, String column, String value, String shape) {
        var fault = only(with(entity(id), column, value));
        assertEquals(EntityShapes.NAMESPACE + shape, fault.shape());
        assertEquals(column, fault.column());
        if (!value.isEmpty()) assertEquals(value, fault.found());
        assertEquals(id, fault.entity());
        assertTrue(EntityShapes.inVietnamese(fault).isPresent(), shape);
    }

    @Test
    void whatIsWrongIsToldWithItsCell() {
        breaks("EG03", "name_vi", "", "People-label-vi");
        breaks("EG03", "dated_names", "Thái", "Names-dated");
        breaks("EG03", "languages", "LG-zzz", "People-languages");
        breaks("EG03", "scripts", "LG-blt", "People-scripts");
        breaks("EG03", "glottocodes", "taidam", "People-glottocode");
        breaks("LG-blt", "iso639_3", "BLT", "Language-iso639-3");
        breaks("LG-blt", "bcp47", "blt_Tavt", "Language-bcp47");
        breaks("LG-blt", "countries", "Viet Nam", "Language-countries");
        breaks("SC-Tavt", "iso15924", "tavt", "Script-iso15924");
        breaks("OR-blt-Tavt", "script", "SC-Zzzz", "Orthography-script");
        breaks("P34-19", "valid_from", "July 2025", "Place-valid-from");
        breaks("P34-19", "gso_code", "nineteen", "Place-gso-code");
        breaks("FE001", "peoples", "LG-blt", "Practice-peoples");
        breaks("FE001", "inscription_year", "14", "Practice-inscription-year");
        breaks("CR001", "category", "weaving", "Craft-category");
        breaks("CU001", "domain", "", "Custom-domain");
        breaks("HE075", "same_as", "EG17", "Inscription-same-as");
        breaks("HE075", "list", "", "Inscription-list");
    }

    @Test
    void aCellThatCannotBeReadHasTheShapeOfItsColumn() {
        for (var cell : new String[][] {
            {"FE001", "date_rule", "L:99", "Festival-date-rule"},
            {"EG03", "confidence", "sure", "People-confidence"},
            {"PD-meovac", "lat", "108", "Place-latitude"},
            {"P34-08", "valid_from", "2025-06-31", "Place-valid-from"}
        }) {
            var fault = new Fault("", 0, cell[0], cell[1], cell[2], "something else", "");
            assertEquals(
                    EntityShapes.NAMESPACE + cell[3],
                    EntityShapes.shapeOf(fault).orElse(""));
            assertTrue(EntityShapes.inVietnamese(fault).isPresent(), cell[1]);
        }
        for (var cell :
                new String[][] {{"EG03", "colour", "red"}, {"P34-08", "valid_to", "2024-01-01"}, {"", "id", "x"}})
            assertTrue(EntityShapes.shapeOf(new Fault("", 0, cell[0], cell[1], cell[2], "something else", ""))
                    .isEmpty());
    }

    @Test
    void aUnitEndsAfterItBegan() {
        var fault = only(with(with(entity("P63-01"), "valid_to", "2025-06-30"), "valid_from", "2025-07-02"));
        assertEquals(EntityShapes.NAMESPACE + "Place-life", fault.shape());
        assertEquals(
                List.of(),
                SHAPES.check(
                        with(with(entity("P63-01"), "valid_to", "2025-06-30"), "valid_from", "2025-06-30"), tables()));
    }

    @Test
    void aPointFarAwayIsAWarning() {
        var swapped = with(with(entity("P63-01"), "lat", "78.2"), "lon", "21.03");
        var found = SHAPES.findings(swapped, tables());
        assertEquals(List.of(), found.faults());
        assertEquals(2, found.warnings().size());
        assertEquals(
                EntityShapes.NAMESPACE + "Place-latitude",
                only(with(entity("P63-01"), "lat", "105.8")).shape());
    }

    @Test
    void aRuleThatCannotBeReadIsAFault() {
        assertEquals(
                "date_rule",
                SHAPES.check(with(entity("FE001"), "date_rule", "L:13-40"), tables())
                        .get(0)
                        .column());
    }

    @Test
    void figuresAreCounted() {
        var good = Reference.figures().get(0);
        var bad = new Observation(
                good.date(), "EG99", good.place(), -1, good.status(), good.sources(), good.confidence());
        var shapes = SHAPES.check(bad, tables()).stream().map(Fault::shape).toList();
        assertEquals(
                List.of(EntityShapes.NAMESPACE + "Observation-people", EntityShapes.NAMESPACE + "Observation-persons"),
                shapes.stream().sorted().toList());
    }

    @Test
    void anItemHasATitle() {
        var item = Made.item("a");
        assertEquals(List.of(), SHAPES.check(item));
        var blank = Made.item("a", " ", Access.OPEN);
        assertEquals(
                EntityShapes.NAMESPACE + "Item-title",
                SHAPES.check(blank).get(0).shape());
        assertEquals(LanguageMap.of(new LanguageTag("vi"), " "), blank.title());
    }

    @Test
    void whatCataloguesSayOfAnItemIsNotRefused() {
        var record = ItemJson.MAPPER
                .createObjectNode()
                .put("id", "a")
                .put("title", "Dệt")
                .put("date", "1950-00-00");
        record.putArray("people").add("EG03").add("không rõ");
        var terms = record.putObject("terms");
        for (var name : List.of(
                "abstract",
                "available",
                "contributor",
                "created",
                "extent",
                "format",
                "isPartOf",
                "issued",
                "license",
                "modified",
                "provenance",
                "publisher",
                "relation",
                "rightsHolder",
                "source",
                "spatial",
                "subject",
                "temporal",
                "type",
                "valid")) terms.putArray(name).add("thổ cẩm").add("https://example.org/1");
        assertEquals(List.of(), SHAPES.check(ItemJson.entry(record).item()));
    }

    @Test
    void everyPropertyShapeHasANameAndAMessageInBothLanguages() {
        var graph = RDFParser.fromString(EntityShapes.turtle(), Lang.TURTLE).toGraph();
        var shapes = graph.find(null, SHACL.path, null)
                .mapWith(triple -> triple.getSubject())
                .toSet();
        assertTrue(shapes.size() > 100, "shapes " + shapes.size());
        for (var shape : shapes) {
            assertTrue(shape.isURI(), shape::toString);
            for (var language : List.of("vi", "en"))
                assertFalse(SHAPES.message(shape.getURI(), language).isEmpty(), shape + " " + language);
        }
    }
}
