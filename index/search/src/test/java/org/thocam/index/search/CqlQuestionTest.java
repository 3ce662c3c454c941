package org.thocam.index.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.junit.jupiter.api.Test;
import org.thocam.index.search.cql.CqlException;
import org.thocam.index.search.cql.CqlParser;
import org.thocam.ontology.Viewer;

/** What becomes of CQL before Solr sees it; what Solr finds with it is tested at the door. */
class CqlQuestionTest {
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

    private static ModifiableSolrParams asked(String query, Viewer viewer) {
        return CqlQuestion.of(CqlParser.parse(query), 0, 10, viewer, NOW);
    }

    private static String cql(String query) {
        return asked(query, Viewer.ANYBODY).get("cql");
    }

    @Test
    void everyQuestionCarriesTheCheckOfAccess() {
        var anybody = asked("cql.allRecords = 1", Viewer.ANYBODY);
        assertEquals("{!lucene cache=false}open_from:[* TO " + NOW.getEpochSecond() + "]", anybody.get("fq"));
        var weaver = asked("cql.allRecords = 1", new Viewer(false, Set.of("weavers")));
        assertTrue(weaver.get("fq").contains("{!terms f=communities"));
        assertEquals("weavers", weaver.get("communities"));
        var listed = CqlQuestion.terms(
                CqlQuestion.From.of(CqlParser.parseClause("dc.creator = a")).index(), 0, 10, Viewer.ANYBODY, NOW);
        assertEquals(anybody.get("fq"), listed.get("fq"));
    }

    @Test
    void whatACallerWritesIsNeverPartOfTheQuestion() {
        for (var evil : List.of(
                "x) OR open_from:[1 TO 2]", "{!lucene}communities:[1 TO 2]", "a) OR (id:b", "$cql", "_query_:x")) {
            for (var index : List.of(
                    "cql.anywhere =",
                    "dc.title ==",
                    "dc.type =",
                    "rec.identifier =",
                    "thocam.exact =",
                    "dc.title any",
                    "thocam.people ="))
                assertTrue(
                        !cql(index + " \"" + evil + "\"").contains("open_from")
                                && !cql(index + " \"" + evil + "\"").contains("communities")
                                && !cql(index + " \"" + evil + "\"").contains("_query_"),
                        index + " " + evil);
        }
    }

    @Test
    void aRowOfOneOperatorIsOneLevel() {
        assertEquals(
                "(({!term f=set v=$c0}) ({!term f=set v=$c1}) ({!term f=set v=$c2}))",
                cql("thocam.set=a or thocam.set=b or thocam.set=c"));
        assertEquals(
                "(+*:* -({!term f=set v=$c0}) -({!term f=set v=$c1}))", cql("cql.allRecords=1 not set=a not set=b"));
    }

    @Test
    void datesBeforeTheEpochAreNumbersToo() {
        assertEquals("(+last_day:[-7305 TO *] +first_day:[* TO -6941])", cql("dc.date = 1950"));
        assertEquals("(+first_day:\\-7305 +last_day:\\-6941)", cql("dc.date == 1950"));
    }

    @Test
    void standardNumbersAreWrittenOneWay() {
        for (var isbn : List.of(
                "978-604-0-12345-6", "ISBN 978 604 0 12345 6", "urn:isbn:9786040123456", "isbn-13: 9786040123456"))
            assertEquals("9786040123456", CatalogueFields.identifier(isbn), isbn);
        assertEquals("0866756X", CatalogueFields.identifier("ISSN 0866-756x"));
        assertEquals("tc-cr001", CatalogueFields.identifier(" TC-CR001 "));
    }

    @Test
    void whateverIsCqlIsTranslatedOrRefused() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var indexes = List.of(
                "",
                "dc.title",
                "dc.date",
                "creator",
                "thocam.people",
                "thocam.province",
                "thocam.script",
                "lang.x",
                "cql.allRecords",
                "rec.identifier",
                "isbn",
                "thocam.exact",
                "language",
                "rec.lastModificationDate",
                "type",
                "relation");
        var relations = List.of(
                "=",
                "==",
                "<>",
                "<",
                ">=",
                "any",
                "all",
                "exact",
                "within",
                "encloses",
                "adj",
                "scr",
                "cql.all",
                "near",
                "= /unmasked",
                "=/respectAccents",
                "any/string",
                "=/stem");
        var terms = List.of(
                "1",
                "a*",
                "\"^b c\"",
                "\"x^\"",
                "1990",
                "\"1990 1991\"",
                "\"\\*\"",
                "?",
                "\"\"",
                "𡨸*",
                "\"Hòa Bình\"",
                "EG03",
                "vie-Latn",
                "-",
                "\"“a”\"",
                "99999",
                "\"1990/\"",
                "\"/\"",
                "und",
                "a\\\\");
        int translated = 0;
        for (int i = 0; i < 20_000; i++) {
            var query = new StringBuilder();
            for (int n = random.nextInt(3); n >= 0; n--) {
                var index = indexes.get(random.nextInt(indexes.size()));
                if (!index.isEmpty())
                    query.append(index)
                            .append(' ')
                            .append(relations.get(random.nextInt(relations.size())))
                            .append(' ');
                query.append(terms.get(random.nextInt(terms.size())));
                if (n > 0)
                    query.append(List.of(" and ", " or ", " not ", " prox ").get(random.nextInt(4)));
            }
            try {
                assertTrue(!cql(query.toString()).isEmpty());
                translated++;
            } catch (CqlException e) {
                assertTrue(e.number() > 0);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + query, e);
            }
        }
        assertTrue(translated > 1_000, "only " + translated + "; seed " + seed);
    }

    @Test
    void aScanBeginsAtTheTermAsItsListHasIt() {
        assertEquals(
                "lò thị",
                CqlQuestion.From.of(CqlParser.parseClause("dc.creator = \"Lò  Thị\""))
                        .term());
        assertEquals(
                "EG03",
                CqlQuestion.From.of(CqlParser.parseClause("thocam.people = Thái"))
                        .term());
        assertEquals(
                "vi",
                CqlQuestion.From.of(CqlParser.parseClause("dc.language = vie")).term());
        assertEquals(
                "",
                CqlQuestion.From.of(CqlParser.parseClause("dc.title = \"\"")).term());
        assertEquals(
                16,
                assertThrows(CqlException.class, () -> CqlQuestion.From.of(CqlParser.parseClause("dc.rights = a")))
                        .number());
    }
}
