package org.thocam.ontology.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.thocam.ontology.ItemJson;

class EntityJsonTest {
    private static final Register REGISTER = Tables.read(Path.of("../fixtures/reference"));

    private static final String FESTIVAL =
            """
            {"id": "FE900", "name_vi": "Lễ hội Gầu Tào", "peoples": ["EG08"], "lat": 22.5, "lon": 104,
             "inscription_year": 2013, "sources": ["x"], "confidence": "checked1", "confidenceByColumn": {"name_vi": "checked2"}}""";

    @Test
    void everyRowComesBackFromItsJson() {
        for (var entity : REGISTER.all()) {
            var json = EntityJson.write(entity).toString();
            assertEquals(entity, EntityJson.read(entity.id(), ItemJson.parse(json)), json);
        }
    }

    @Test
    void everyRowComesBackFromItsJsonWhateverIsInIt() {
        long seed = System.nanoTime();
        var rows = new MadeRows(new Random(seed));
        for (int i = 0; i < 2_000; i++) {
            var entity = rows.entity();
            var json = EntityJson.write(entity).toString();
            assertEquals(entity, EntityJson.read(entity.id(), ItemJson.parse(json)), "seed " + seed + ": " + json);
        }
    }

    @Test
    void columnsHaveTheirTypes() {
        var node = EntityJson.write(REGISTER.find("FE001").orElseThrow());
        assertEquals("festival", node.path("entityKind").textValue());
        assertEquals(22.4385, node.path("lat").doubleValue());
        assertEquals(2014, node.path("inscription_year").intValue());
        assertEquals("EG02", node.path("peoples").path(0).textValue());
        assertEquals("checked1", node.path("confidenceByColumn").path("lat").textValue());
    }

    @Test
    void everyFaultIsToldAtOnce() {
        var node = festival();
        node.put("name_v", "x").put("name_vi", " ").put("lat", "22.5").put("inscription_year", 20130);
        node.putArray("peoples").add("P63-01");
        node.put("confidence", "sure").put("id", "FE901");
        var faults = faults(node);
        assertEquals(
                List.of("name_v", "id", "name_vi", "peoples", "lat", "inscription_year", "confidence"),
                faults.stream().map(Fault::column).toList());
        assertTrue(faults.get(0).expected().contains("name_vi"), faults.get(0).message());
        assertTrue(faults.stream().allMatch(fault -> fault.entity().equals("FE900")));
    }

    @Test
    void halfAPointIsNoPoint() {
        assertEquals(
                "lon", faults((ObjectNode) festival().without("lon")).get(0).column());
    }

    @Test
    void numbersAreBounded() {
        for (var number : List.of("1e-300", "1e300", "91", "-90.1", "22.123456789012"))
            assertEquals(
                    "lat",
                    faults((ObjectNode) ItemJson.parse(FESTIVAL.replace("22.5", number)))
                            .get(0)
                            .column(),
                    number);
        assertEquals(
                "22.5",
                EntityJson.read("FE900", ItemJson.parse(FESTIVAL.replace("22.5", "22.50")))
                        .text("lat"));
    }

    @Test
    void aTextThatNoTableCanHoldIsRefused() {
        for (var text : List.of("a\tb", "a\nb", "\ud800", "Le\u0302", "x".repeat(10_001))) {
            var node = festival();
            node.put("name_vi", text);
            assertEquals("name_vi", faults(node).get(0).column());
        }
        var node = festival();
        node.putArray("aliases").add("a;b");
        assertEquals("aliases", faults(node).get(0).column());
    }

    @Test
    void withoutAWordItIsRecalledAndAnEmptyColumnHasNoConfidence() {
        var node = festival();
        node.remove("confidence");
        node.putObject("confidenceByColumn").put("aliases", "checked1");
        var entity = EntityJson.read("FE900", node);
        assertEquals(Confidence.RECALLED, entity.confidence());
        assertTrue(entity.levels().isEmpty());
    }

    private static ObjectNode festival() {
        return (ObjectNode) ItemJson.parse(FESTIVAL);
    }

    private static List<Fault> faults(ObjectNode node) {
        return assertThrows(FaultyEntitiesException.class, () -> EntityJson.read("FE900", node))
                .faults();
    }
}
