package org.thocam.ontology.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.jena.irix.IRIx;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFFormat;
import org.apache.jena.riot.out.NodeFmtLib;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thocam.ontology.Access;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Place;
import org.thocam.ontology.TextState;
import org.thocam.ontology.Version;

class ItemDescriptionTest {
    private static final String BASE = "http://127.0.0.1:8080/";

    @Test
    void anItemIsSaidInPublishedWords() {
        assertEquals(
                """
                <http://127.0.0.1:8080/id/a#geometry> <http://www.opengis.net/ont/geosparql#asWKT> "POINT(103.023 21.386)"^^<http://www.opengis.net/ont/geosparql#wktLiteral>
                <http://127.0.0.1:8080/id/a#geometry> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.opengis.net/ont/geosparql#Geometry>
                <http://127.0.0.1:8080/id/a#place> <http://www.opengis.net/ont/geosparql#hasDefaultGeometry> <http://127.0.0.1:8080/id/a#geometry>
                <http://127.0.0.1:8080/id/a#place> <http://www.opengis.net/ont/geosparql#hasGeometry> <http://127.0.0.1:8080/id/a#geometry>
                <http://127.0.0.1:8080/id/a#place> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.opengis.net/ont/geosparql#Feature>
                <http://127.0.0.1:8080/id/a#place> <http://www.w3.org/2000/01/rdf-schema#label> "Điện Biên"
                <http://127.0.0.1:8080/id/a/files/a%20b.txt> <http://purl.org/dc/terms/format> "text/plain"
                <http://127.0.0.1:8080/id/a/files/a%20b.txt> <http://www.loc.gov/premis/rdf/v3/originalName> "a b.txt"
                <http://127.0.0.1:8080/id/a/files/a%20b.txt> <http://www.loc.gov/premis/rdf/v3/size> "12"^^<http://www.w3.org/2001/XMLSchema#integer>
                <http://127.0.0.1:8080/id/a/files/a%20b.txt> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.loc.gov/premis/rdf/v3/File>
                <http://127.0.0.1:8080/id/a/files/a%20b.txt> <https://thocam.org/ns#sha512> "9f86d081"
                <http://127.0.0.1:8080/id/a/files/a%20b.txt> <https://thocam.org/ns#text> "ok"
                <http://127.0.0.1:8080/id/a> <http://purl.org/dc/terms/accessRights> "open"
                <http://127.0.0.1:8080/id/a> <http://purl.org/dc/terms/creator> "Lò Văn Ín"
                <http://127.0.0.1:8080/id/a> <http://purl.org/dc/terms/date> "2019-04-01"
                <http://127.0.0.1:8080/id/a> <http://purl.org/dc/terms/description> "about title of a"
                <http://127.0.0.1:8080/id/a> <http://purl.org/dc/terms/hasFormat> <http://127.0.0.1:8080/id/a/files/a%20b.txt>
                <http://127.0.0.1:8080/id/a> <http://purl.org/dc/terms/identifier> "MS 12"
                <http://127.0.0.1:8080/id/a> <http://purl.org/dc/terms/identifier> "a"
                <http://127.0.0.1:8080/id/a> <http://purl.org/dc/terms/isPartOf> <http://127.0.0.1:8080/set/craft:textile>
                <http://127.0.0.1:8080/id/a> <http://purl.org/dc/terms/language> "blt-Tavt"
                <http://127.0.0.1:8080/id/a> <http://purl.org/dc/terms/rights> "https://creativecommons.org/licenses/by/4.0/"
                <http://127.0.0.1:8080/id/a> <http://purl.org/dc/terms/spatial> <http://127.0.0.1:8080/id/a#place>
                <http://127.0.0.1:8080/id/a> <http://purl.org/dc/terms/subject> <http://127.0.0.1:8080/id/EG03>
                <http://127.0.0.1:8080/id/a> <http://purl.org/dc/terms/title> "title of a"@vi
                <http://127.0.0.1:8080/id/a> <http://www.europeana.eu/schemas/edm/rights> <https://creativecommons.org/licenses/by/4.0/>
                <http://127.0.0.1:8080/id/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://purl.org/dc/dcmitype/Text>
                <http://127.0.0.1:8080/id/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.europeana.eu/schemas/edm/ProvidedCHO>
                <http://127.0.0.1:8080/id/a> <https://thocam.org/ns#version> "3"^^<http://www.w3.org/2001/XMLSchema#integer>
                """,
                ItemDescription.of(Made.item("a"), new Version(3), BASE).stream()
                        .map(triple -> NodeFmtLib.strNT(triple.getSubject())
                                + " " + NodeFmtLib.strNT(triple.getPredicate())
                                + " " + NodeFmtLib.strNT(triple.getObject()) + "\n")
                        .sorted()
                        .collect(Collectors.joining()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\ud800",
                "a\udc00b",
                "\u0000",
                "\u0008\u001f\u007f",
                "\ufffe\uffff",
                "<>\"{}|^`\\",
                "%",
                "%zz",
                "../../etc/passwd",
                ".",
                "//",
                "a b\n\t",
                "ꪼꪕ꪿",
                "𞄀𞄁",
                "ệ́",
                "]]>",
                "javascript:x",
                "http://",
                "http://[::1",
                "http://a b/",
                "?#",
                " "
            })
    void oddTextNeverFailsAndIsTheSameAfterEverySyntax(String odd) {
        roundTrips(odd);
    }

    @Test
    void randomTextNeverFailsAndIsTheSameAfterEverySyntax() {
        long seed = System.nanoTime();
        System.out.println("ItemDescriptionTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 200; i++)
            roundTrips(random.ints(1 + random.nextInt(20), 0, 0x10000)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining()));
    }

    private static void roundTrips(String odd) {
        var item = new Item(
                new ItemId("a"),
                LanguageMap.of(new LanguageTag("blt-Tavt"), odd),
                odd,
                List.of(),
                LanguageMap.of(LanguageTag.UNDETERMINED, odd),
                List.of(odd),
                odd,
                List.of(odd),
                Optional.of(new Place(odd, -0.0, 1e-7)),
                odd,
                Access.OPEN,
                List.of(),
                List.of(new Bitstream(odd, odd, 1, odd, TextState.FAILED, odd)),
                List.of(odd),
                odd,
                odd);
        var model = ModelFactory.createDefaultModel();
        ItemDescription.of(item, new Version(1), BASE).forEach(model.getGraph()::add);
        model.getGraph().find().forEachRemaining(triple -> {
            assertTrue(IRIx.create(triple.getSubject().getURI()).isReference());
            if (triple.getObject().isURI())
                assertTrue(IRIx.create(triple.getObject().getURI()).isReference());
        });
        for (var format : List.of(RDFFormat.TURTLE, RDFFormat.NTRIPLES, RDFFormat.RDFXML, RDFFormat.JSONLD)) {
            var written = new StringWriter();
            RDFDataMgr.write(written, model, format);
            var read = ModelFactory.createDefaultModel();
            RDFDataMgr.read(read, new StringReader(written.toString()), null, format.getLang());
            // XML readers give a carriage return back as a line feed unless it is escaped; Jena's writer does not
            // escape it.
            if (format.getLang() == Lang.RDFXML && odd.contains("\r")) continue;
            assertTrue(model.isIsomorphicWith(read), () -> format + ": " + written);
        }
    }
}
