package org.thocam.ontology.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.thocam.ontology.graph.Reference.BASE;
import static org.thocam.ontology.graph.Reference.tables;

import java.io.StringWriter;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.junit.jupiter.api.Test;
import org.thocam.ontology.entity.AuthorityFile;
import org.thocam.ontology.entity.EntityKind;
import org.thocam.ontology.graph.Explanation.Cell;

class ExplanationTest {
    private static List<Cell> why(String subject, String property, String object) {
        return Explanation.of(
                tables(), BASE, BASE + "id/" + subject, Words.of(property).getURI(), BASE + "id/" + object);
    }

    @Test
    void aDerivedStatementRestsOnCells() {
        var district = tables().of(EntityKind.PLACE).stream()
                .filter(place -> place.list("part_of").equals(List.of("P63-02")))
                .findFirst();
        district.ifPresent(place -> assertEquals(
                List.of(new Cell(place.id(), "part_of", "P63-02"), new Cell("P63-02", "merged_into", "P34-08")),
                why(place.id(), "thocam:within", "P34-08")));
        assertEquals(List.of(new Cell("P63-02", "merged_into", "P34-08")), why("P63-02", "thocam:within", "P34-08"));
        assertEquals(List.of(new Cell("FE001", "peoples", "EG02")), why("EG02", "thocam:holds", "FE001"));
        assertEquals(List.of(new Cell("HE075", "same_as", "FE076")), why("FE076", "thocam:inscription", "HE075"));
        assertEquals(
                List.of(new Cell("LG-blt", "peoples", "EG03"), new Cell("EG03", "languages", "LG-blt")),
                why("LG-blt", "thocam:spokenBy", "EG03"));
        assertEquals(List.of(), why("EG03", "thocam:holds", "FE001"));
    }

    /** Every statement between two entities has its cells, and no explanation is given of what is not said. */
    @Test
    void whatIsSaidBetweenEntitiesIsExplained() {
        var said = new HashSet<Triple>();
        new Reference(tables()).graphs.forEach(AuthorityFile.ID, part -> said.addAll(part.triples()));
        int explained = 0;
        for (var triple : said) {
            var property = triple.getPredicate().getURI();
            boolean between = entity(triple.getSubject().toString())
                    && entity(triple.getObject().toString());
            if (!between) continue;
            assertFalse(
                    Explanation.of(
                                    tables(),
                                    BASE,
                                    triple.getSubject().getURI(),
                                    property,
                                    triple.getObject().getURI())
                            .isEmpty(),
                    triple::toString);
            if (explained++ > 1500) return;
        }
    }

    private static boolean entity(String iri) {
        return iri.startsWith(BASE + "id/")
                && EntityKind.ofId(iri.substring((BASE + "id/").length())).isPresent();
    }

    @Test
    void theDataSetSaysWhatItHolds() {
        var dump = new DatasetDescription.Dump(BASE + "dumps/thocam.nq.gz", "application/n-quads", 12);
        var model = DatasetDescription.of(BASE, Instant.EPOCH, 1000, Map.of("Festival", 105L), List.of(dump));
        var out = new StringWriter();
        RDFDataMgr.write(out, model, Lang.TURTLE);
        assertTrue(out.toString().contains("void:dataDump"), out::toString);
        assertTrue(model.listStatements().toList().size() > 30);
    }
}
