package org.thocam.dictionary.exchange.ontolex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.jena.query.DatasetFactory;
import org.apache.jena.query.QueryExecutionFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.junit.jupiter.api.Test;
import org.thocam.dictionary.entry.Sense;
import org.thocam.dictionary.exchange.FormatException;
import org.thocam.dictionary.exchange.Lexica;
import org.thocam.ontology.graph.Vocabulary;

class OntoLexTest {
    private static Lexica.Told told(String turtle) throws Exception {
        var told = new Lexica.Told();
        OntoLex.read(new ByteArrayInputStream(turtle.getBytes(StandardCharsets.UTF_8)), Lang.TURTLE, told);
        return told;
    }

    @Test
    void sparqlCountsWhatTheLexiconHas() throws Exception {
        for (var file : List.of("lift/biatah/biatah.lift", "lift/tuwari/lift_with_semantic_domain.lift")) {
            var entries = Lexica.read(file);
            var out = new ByteArrayOutputStream();
            OntoLex.write(Lexica.head(Lexica.language(entries)), Lexica.source(entries), Lang.TURTLE, out);
            var dataset = DatasetFactory.createTxnMem();
            RDFDataMgr.read(dataset, new ByteArrayInputStream(out.toByteArray()), Lang.TURTLE);
            long senses =
                    entries.stream().mapToLong(entry -> senses(entry.senses())).sum();
            long forms = entries.stream()
                    .mapToLong(entry -> (entry.lexicalUnit().isEmpty()
                                            && entry.pronunciations().isEmpty()
                                    ? 0
                                    : 1)
                            + (entry.citation().isEmpty() ? 0 : 1)
                            + entry.variants().size())
                    .sum();
            assertEquals(entries.size(), count(dataset, "?x a ontolex:LexicalEntry . ?l lime:entry ?x"));
            assertEquals(senses, count(dataset, "?e ontolex:sense ?x . ?x a ontolex:LexicalSense"));
            assertEquals(forms, count(dataset, "?e ontolex:canonicalForm|ontolex:otherForm ?x . ?x a ontolex:Form"));
            System.out.println(file + ": " + entries.size() + " entries, " + senses + " senses, " + forms + " forms, "
                    + dataset.getDefaultModel().size() + " triples, " + out.size() + " bytes");
            assertEquals(0, count(dataset, "?x ?p ?o FILTER(isBlank(?x) || isBlank(?o))"));
        }
    }

    private static long senses(List<Sense> senses) {
        return senses.stream().mapToLong(sense -> 1 + senses(sense.subsenses())).sum();
    }

    private static long count(org.apache.jena.query.Dataset dataset, String pattern) {
        var query = "PREFIX ontolex: <" + Words.ONTOLEX + "> PREFIX lime: <" + Words.LIME
                + "> SELECT (COUNT(DISTINCT ?x) AS ?n) { " + pattern + " }";
        try (var run = QueryExecutionFactory.create(query, dataset)) {
            return run.execSelect().next().getLiteral("n").getLong();
        }
    }

    @Test
    void anEntryHasTheSameTriplesEveryTime() {
        var head = Lexica.head("tww");
        for (var entry : Lexica.read("lift/AllFLExFields/AllFLExFields.lift")) {
            var triples = OntoLex.describe(head, "e1", entry);
            assertEquals(List.copyOf(triples), List.copyOf(OntoLex.describe(head, "e1", entry)));
            assertFalse(triples.stream()
                    .anyMatch(triple ->
                            triple.getSubject().isBlank() || triple.getObject().isBlank()));
            var iri = "https://thocam.example/dictionaries/trial/e1";
            assertTrue(triples.stream()
                    .allMatch(triple -> triple.getSubject().getURI().equals(head.iri())
                            || triple.getSubject().getURI().equals(iri)
                            || triple.getSubject().getURI().startsWith(iri + "#")));
        }
    }

    /** The vocabulary defines what no published one says; traits go under names of their own that begin alike. */
    @Test
    void everyWordOfOursIsDefined() {
        var vocabulary = Vocabulary.turtle();
        var head = Lexica.head("tww");
        int seen = 0;
        for (var file : List.of("lift/AllFLExFields/AllFLExFields.lift"))
            for (var entry : Lexica.read(file))
                for (var triple : OntoLex.describe(head, "e1", entry)) {
                    var property = triple.getPredicate().getURI();
                    if (!property.startsWith(Words.THOCAM)) continue;
                    var name = property.substring(Words.THOCAM.length()).replaceFirst("^(trait|grammar)-.*", "$1-");
                    assertTrue(vocabulary.contains("\nthocam:" + name + " a "), name);
                    seen++;
                }
        assertTrue(seen > 10, "words of ours " + seen);
    }

    @Test
    void aLexiconOfOthersIsRead() throws Exception {
        var told = told(
                """
                @prefix ontolex: <http://www.w3.org/ns/lemon/ontolex#> .
                @prefix lexinfo: <http://www.lexinfo.net/ontology/3.0/lexinfo#> .
                @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
                @prefix : <http://example.org/lex#> .
                :muong a ontolex:Word ; ontolex:canonicalForm :muong_form ; lexinfo:partOfSpeech lexinfo:noun ;
                  ontolex:sense :muong_sense ; ontolex:denotes <http://example.org/place> .
                :muong_sense skos:definition "đất"@vi , "land"@en .
                :muong_form ontolex:writtenRep "ꪹꪣꪉ"@blt-Tavt ; ontolex:phoneticRep "mɯaŋ"@blt-fonipa .
                :empty a ontolex:LexicalEntry .
                """);
        var entry = told.entries.get("muong");
        assertEquals("ꪹꪣꪉ", entry.lexicalUnit().text("blt-Tavt").orElseThrow());
        assertEquals("noun", entry.senses().get(0).grammaticalInfo().value());
        assertEquals("đất", entry.senses().get(0).definition().text("vi").orElseThrow());
        assertEquals(
                List.of("no-headword"),
                told.faults.stream().map(fault -> fault.code()).toList());
        assertEquals("[ontolex:denotes]", told.unknown.toString());
    }

    @Test
    void aBrokenFileIsNamedByItsLine() {
        assertTrue(assertThrows(FormatException.class, () -> told("<a:b> <a:c> <a:d> .\n<a:b> <a:c>\n. \n"))
                .getMessage()
                .contains("line 3"));
    }
}
