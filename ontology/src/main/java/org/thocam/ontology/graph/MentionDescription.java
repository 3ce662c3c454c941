package org.thocam.ontology.graph;

import static org.thocam.ontology.graph.Words.iri;
import static org.thocam.ontology.graph.Words.ours;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Mention;

/** What the graph of an item says of the entities that it names: once for each, however often they are named. */
final class MentionDescription {
    static final Node MENTIONS = Words.of("schema:mentions");
    private static final String MARK = "#mention-";

    private MentionDescription() {}

    static Set<Triple> of(ItemId item, List<Mention> mentions, String base) {
        var byEntity = new LinkedHashMap<String, List<Mention>>();
        for (var mention : mentions)
            byEntity.computeIfAbsent(mention.entity(), id -> new ArrayList<>()).add(mention);
        var triples = new LinkedHashSet<Triple>();
        byEntity.forEach((entity, places) -> describe(triples, base + "id/" + item, entity, places, base));
        return triples;
    }

    private static void describe(Set<Triple> triples, String it, String entity, List<Mention> places, String base) {
        var self = iri(it);
        var body = iri(base + "id/" + ItemDescription.segment(entity));
        var node = iri(it + MARK + ItemDescription.segment(entity));
        var most = places.stream().mapToDouble(Mention::confidence).max().orElse(0);
        var review = places.stream().map(Mention::review).max(Enum::compareTo).orElse(Mention.Review.FOUND);
        triples.add(Triple.create(self, MENTIONS, body));
        triples.add(Triple.create(node, Words.TYPE, ours("Mention")));
        triples.add(Triple.create(node, Words.TYPE, Words.of("oa:Annotation")));
        triples.add(Triple.create(node, Words.of("oa:hasTarget"), self));
        triples.add(Triple.create(node, Words.of("oa:hasBody"), body));
        triples.add(Triple.create(
                node, ours("confidence"), Words.decimal(BigDecimal.valueOf(most).setScale(4, RoundingMode.HALF_EVEN))));
        triples.add(Triple.create(node, ours("occurrences"), Words.integer(places.size())));
        triples.add(Triple.create(
                node, ours("reviewState"), Words.text(review.name().toLowerCase(Locale.ROOT))));
    }

    /** Whether a triple of an item's graph is one of those that {@link #of} makes. */
    static boolean is(Triple triple, Node item) {
        return triple.getPredicate().equals(MENTIONS) && triple.getSubject().equals(item)
                || triple.getSubject().isURI() && triple.getSubject().getURI().startsWith(item.getURI() + MARK);
    }
}
