package org.thocam.ontology.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.junit.jupiter.api.Test;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Mention;
import org.thocam.ontology.Version;
import org.thocam.ontology.entity.AuthorityFile;

class VocabularyTest {
    private static final Graph VOCABULARY =
            RDFParser.fromString(Vocabulary.turtle(), Lang.TURTLE).toGraph();

    /** What the entries of dictionaries say in our words; VocabularyOfEntriesTest of {@code dictionary} holds it to what they do say. */
    static final Set<String> OF_ENTRIES = Set.of(
            "guid",
            "homograph",
            "pronunciation",
            "media",
            "illustration",
            "file",
            "ref",
            "partOfSpeech",
            "glosses",
            "translation",
            "field",
            "order",
            "etymology",
            "trait-",
            "grammar-");

    private static Set<String> defined() {
        var defined = new TreeSet<String>();
        for (var triple : VOCABULARY.find(Node.ANY, Words.TYPE, Node.ANY).toList()) {
            var name = name(triple.getSubject());
            if (!name.isEmpty()) defined.add(name);
        }
        return defined;
    }

    private static String name(Node node) {
        return node.isURI() && node.getURI().startsWith(Vocabulary.THOCAM)
                ? node.getURI().substring(Vocabulary.THOCAM.length())
                : "";
    }

    /** All that the graph says of the fixtures, of an item and in the shapes. */
    private static Stream<Triple> said() {
        var all = new ArrayList<Triple>();
        var reference = new Reference(Reference.tables());
        reference.graphs.forEach(AuthorityFile.ID, part -> all.addAll(part.triples()));
        all.addAll(ItemDescription.of(Made.item("a"), new Version(1), Reference.BASE));
        var mention = new Mention("text", 0, 1, "x", "EG03", 0.9, List.of("exact"), Mention.Review.FOUND);
        all.addAll(MentionDescription.of(new ItemId("a"), List.of(mention), Reference.BASE));
        RDFParser.fromString(EntityShapes.turtle(), Lang.TURTLE)
                .toGraph()
                .find()
                .forEachRemaining(all::add);
        return all.stream();
    }

    @Test
    void whatIsSaidIsDefinedAndWhatIsDefinedIsSaid() {
        var used = new TreeSet<>(OF_ENTRIES);
        said().flatMap(triple -> Stream.of(triple.getSubject(), triple.getPredicate(), triple.getObject()))
                .map(VocabularyTest::name)
                .filter(name -> !name.isEmpty())
                .forEach(used::add);
        // the classes and the scheme of what is used
        for (var name : List.copyOf(used))
            for (var property : List.of("rdf:type", "skos:inScheme"))
                VOCABULARY.find(Words.ours(name), Words.of(property), Node.ANY).forEachRemaining(triple -> {
                    if (!name(triple.getObject()).isEmpty()) used.add(name(triple.getObject()));
                });
        assertEquals(String.join("\n", used), String.join("\n", defined()));
    }

    @Test
    void everyTermHasLabelAndCommentInBothLanguages() {
        for (var name : defined()) {
            for (var property : List.of("rdfs:label", "rdfs:comment"))
                for (var language : List.of("vi", "en"))
                    assertEquals(
                            1,
                            VOCABULARY
                                    .find(Words.ours(name), Words.of(property), Node.ANY)
                                    .filterKeep(triple -> triple.getObject()
                                            .getLiteralLanguage()
                                            .equals(language))
                                    .toList()
                                    .size(),
                            name + " " + property + " " + language);
            assertTrue(
                    VOCABULARY.contains(
                            Words.ours(name), Words.of("rdfs:isDefinedBy"), Words.iri("https://thocam.org/ns")),
                    name);
        }
        var ontology = Words.iri("https://thocam.org/ns");
        assertTrue(VOCABULARY.contains(ontology, Words.of("owl:versionInfo"), Node.ANY));
        assertTrue(VOCABULARY.contains(ontology, Words.of("owl:versionIRI"), Node.ANY));
    }
}
