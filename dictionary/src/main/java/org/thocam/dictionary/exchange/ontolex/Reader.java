package org.thocam.dictionary.exchange.ontolex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.RiotException;
import org.apache.jena.riot.RiotParseException;
import org.apache.jena.riot.system.ErrorHandler;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.riot.system.StreamRDFBase;
import org.apache.jena.sparql.graph.GraphFactory;
import org.thocam.dictionary.entry.Entry;
import org.thocam.dictionary.exchange.Draft;
import org.thocam.dictionary.exchange.FormatException;
import org.thocam.dictionary.exchange.LanguageTags;
import org.thocam.dictionary.exchange.OnceNamed;
import org.thocam.dictionary.exchange.Reading;
import org.thocam.dictionary.exchange.Spool;
import org.thocam.dictionary.exchange.XmlStream;
import org.thocam.ontology.entity.EntityKind;

/** Entries from triples: what {@link Description} says, and what others write that has a field here. */
final class Reader {
    /** Triples of a file whose entries do not stand one after the other. */
    static final int MOST = 2_000_000;

    private static final Set<Node> LINKS =
            Set.of(Words.SENSE, Words.CANONICAL_FORM, Words.OTHER_FORM, Words.LEXICAL_FORM, Words.EXAMPLE);

    /** What is told in another way, or follows from what is. */
    private static final Set<Node> SILENT = Set.of(
            Words.TYPE,
            Words.ETYMOLOGY,
            Words.DESCRIBES,
            Words.node(Words.ONTOLEX, "isSenseOf"),
            Words.LABEL,
            Words.RELATION_SOURCE,
            Words.RELATION_TARGET);

    private final Graph graph;
    private final Reading reading;
    /** Properties that were asked for, of the nodes that were asked. */
    private final Set<Node> nodes = new LinkedHashSet<>();

    private final Set<Node> known = new HashSet<>(SILENT);

    private Reader(Graph graph, Reading reading) {
        this.graph = graph;
        this.reading = reading;
    }

    static void read(InputStream in, Lang lang, Reading reading) throws IOException, FormatException {
        var once = new OnceNamed(reading);
        try (var spool = new Spool(in)) {
            var order = new Order();
            // JSON-LD is never read bit by bit, and its triples come in the order of their IRIs' letters
            if (!lang.equals(Lang.JSONLD) && !lang.equals(Lang.JSONLD11)) {
                parse(spool, lang, order);
                if (order.grouped) {
                    var byGroup = new ByGroup(once);
                    parse(spool, lang, byGroup);
                    byGroup.end();
                    return;
                }
            }
            var graph = GraphFactory.createDefaultGraph();
            parse(spool, lang, new StreamRDFBase() {
                @Override
                public void triple(Triple triple) {
                    if (graph.size() >= MOST)
                        throw new RiotException("want at most " + MOST
                                + " triples where entries do not stand one after the other, found more");
                    graph.add(triple);
                }
            });
            entries(graph, once);
        }
    }

    /** A warning, as of a language that nobody has heard of, does not make it no RDF. */
    private static final ErrorHandler STRICT = new ErrorHandler() {
        @Override
        public void warning(String message, long line, long column) {}

        @Override
        public void error(String message, long line, long column) {
            throw new RiotParseException(message, line, column);
        }

        @Override
        public void fatal(String message, long line, long column) {
            throw new RiotParseException(message, line, column);
        }
    };

    private static void parse(Spool spool, Lang lang, StreamRDF sink) throws IOException, FormatException {
        try (var in = spool.open()) {
            RDFParser.source(in).lang(lang).errorHandler(STRICT).parse(sink);
        } catch (RiotParseException e) {
            throw XmlStream.fault(e.getLine(), "not-well-formed", e.getOriginalMessage());
        } catch (RiotException e) {
            throw XmlStream.fault(0, "not-well-formed", String.valueOf(e.getMessage()));
        }
    }

    /** The IRI that a node's triples stand together under. */
    private static String group(Node node) {
        if (!node.isURI()) return "";
        int hash = node.getURI().indexOf('#');
        return hash < 0 ? node.getURI() : node.getURI().substring(0, hash);
    }

    /** Says which lexicon an entry is in: of the lexicon, not of the entry. */
    private static boolean listing(Triple triple) {
        return triple.getPredicate().equals(Words.HAS_ENTRY)
                || triple.getPredicate().equals(Words.LEXICOG_ENTRY);
    }

    /** Whether every entry is one run of triples. */
    private static final class Order extends StreamRDFBase {
        private final Set<String> seen = new HashSet<>();
        private String group = "";
        private boolean grouped = true;

        @Override
        public void triple(Triple triple) {
            if (!grouped || listing(triple)) return;
            var subject = triple.getSubject();
            var next = group(subject);
            if (next.isEmpty()
                    || LINKS.contains(triple.getPredicate()) && !next.equals(group(triple.getObject()))
                    || !next.equals(group) && !seen.add(next)) grouped = false;
            group = next;
            if (!grouped) seen.clear();
        }
    }

    private static final class ByGroup extends StreamRDFBase {
        private final Reading reading;
        private Graph graph = GraphFactory.createDefaultGraph();
        private String group = "";

        ByGroup(Reading reading) {
            this.reading = reading;
        }

        @Override
        public void triple(Triple triple) {
            if (listing(triple)) return;
            var next = group(triple.getSubject());
            if (!next.equals(group)) {
                entries(graph, reading);
                graph = GraphFactory.createDefaultGraph();
                group = next;
            }
            graph.add(triple);
        }

        void end() {
            entries(graph, reading);
        }
    }

    private static void entries(Graph graph, Reading reading) {
        var entries = new LinkedHashSet<Node>();
        for (var type : List.of("LexicalEntry", "Word", "MultiwordExpression", "Affix"))
            graph.find(Node.ANY, Words.TYPE, Words.node(Words.ONTOLEX, type))
                    .forEachRemaining(triple -> entries.add(triple.getSubject()));
        graph.find(Node.ANY, Words.HAS_ENTRY, Node.ANY).forEachRemaining(triple -> entries.add(triple.getObject()));
        entries.stream().sorted(BY_NUMBER).forEach(entry -> {
            var reader = new Reader(graph, reading);
            var name = name(entry);
            var read = reader.entry(entry, name);
            boolean named = !reader.objects(entry, Words.IDENTIFIER).isEmpty();
            if (read.lexicalUnit().isEmpty()
                    && read.variants().isEmpty()
                    && read.citation().isEmpty()
                    && !named)
                reading.fault(new Reading.Fault(
                        "",
                        0,
                        "no-headword",
                        "want a form with an ontolex:writtenRep of <" + entry + ">, found none; it was left out"));
            else {
                reader.tellUnknown();
                reading.entry(name, read);
            }
        });
    }

    private static String name(Node entry) {
        if (!entry.isURI()) return "";
        var iri = entry.getURI();
        return decoded(iri.substring(Math.max(iri.lastIndexOf('/'), iri.lastIndexOf('#')) + 1));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** By the words of their IRIs, where numbers count as such: {@code -2} before {@code -10}. */
    private static final Comparator<Node> BY_NUMBER =
            Comparator.comparing(node -> java.util.regex.Pattern.compile("[0-9]{1,18}")
                    .matcher(node.toString())
                    .replaceAll(found -> "%018d".formatted(Long.parseLong(found.group()))));

    private Entry entry(Node node, String name) {
        var entry = Draft.begun();
        var id = said(node, Words.IDENTIFIER);
        entry.put("liftId", id.isEmpty() ? name : id);
        Draft.put(entry, "guid", said(node, Words.ours("guid")));
        Draft.put(entry, "order", said(node, Words.ours("homograph")));
        Draft.put(entry, "dateCreated", said(node, Words.CREATED));
        Draft.put(entry, "dateModified", said(node, Words.MODIFIED));
        traits(entry, "traits", node, "trait-");
        for (var form : sorted(node, Words.CANONICAL_FORM)) {
            if (entry.has("lexicalUnit")) variant(Draft.add(entry, "variants"), form);
            else {
                form(entry, "lexicalUnit", form);
                pronunciations(entry, form, entry.path("lexicalUnit"));
            }
        }
        var others = new ArrayList<>(sorted(node, Words.OTHER_FORM));
        others.addAll(sorted(node, Words.LEXICAL_FORM));
        for (var form : others) {
            if (form.isURI() && form.getURI().endsWith(Description.CITATION)) form(entry, "citation", form);
            else if (!form.isLiteral()) variant(Draft.add(entry, "variants"), form);
        }
        senses(entry, node);
        notes(entry, node);
        relations(entry, node);
        for (var etymology : sorted(node, Words.ours("etymology"))) {
            var made = Draft.add(entry, "etymologies");
            Draft.put(made, "type", said(etymology, Words.KIND));
            Draft.put(made, "source", said(etymology, Words.SOURCE));
            texts(made, "forms", etymology, Words.VALUE);
            glosses(made, etymology);
        }
        if (!entry.has("etymologies"))
            for (var text : objects(node, Words.ETYMOLOGY))
                if (text.isLiteral()) Draft.add(entry, "etymologies").put("source", text.getLiteralLexicalForm());
        return Draft.entry(entry);
    }

    private void form(ObjectNode owner, String member, Node form) {
        texts(owner, member, form, Words.WRITTEN);
        // a transcription in IPA may be what the word is written as; one of a pronunciation is told there
        var spoken = spoken(form);
        for (var text : objects(form, Words.SPOKEN))
            if (text.isLiteral()
                    && !spoken.contains(text)
                    && LanguageTags.phonetic(tag(text))
                    && !owner.path(member).has(tag(text)))
                Draft.text(owner, member, tag(text), text.getLiteralLexicalForm());
    }

    private Set<Node> spoken(Node form) {
        var spoken = new HashSet<Node>();
        for (var pronunciation : objects(form, Words.ours("pronunciation")))
            spoken.addAll(objects(pronunciation, Words.VALUE));
        return spoken;
    }

    private void pronunciations(ObjectNode owner, Node form, com.fasterxml.jackson.databind.JsonNode forms) {
        for (var node : sorted(form, Words.ours("pronunciation"))) {
            var made = Draft.add(owner, "pronunciations");
            texts(made, "forms", node, Words.VALUE);
            media(made, "media", node, "media");
        }
        var told = spoken(form);
        for (var text : sorted(form, Words.SPOKEN))
            if (text.isLiteral() && !told.contains(text) && !forms.has(tag(text)))
                Draft.text(Draft.add(owner, "pronunciations"), "forms", tag(text), text.getLiteralLexicalForm());
    }

    private void media(ObjectNode owner, String member, Node node, String property) {
        for (var file : sorted(node, Words.ours(property))) {
            var made = Draft.add(owner, member);
            Draft.put(made, "href", said(file, Words.ours("file")));
            texts(made, "label", file, Words.LABEL);
        }
    }

    private void variant(ObjectNode variant, Node form) {
        form(variant, "forms", form);
        Draft.put(variant, "ref", said(form, Words.ours("ref")));
        traits(variant, "traits", form, "trait-");
        pronunciations(variant, form, variant.path("forms"));
    }

    private void senses(ObjectNode entry, Node node) {
        var all = new LinkedHashSet<>(sorted(node, Words.SENSE));
        var told = new HashSet<Node>();
        graph.find(Node.ANY, Words.DESCRIBES, node)
                .mapWith(Triple::getSubject)
                .toList()
                .forEach(page -> components(entry, "senses", page, node, all, told, 0));
        for (var sense : all) if (told.add(sense)) sense(Draft.add(entry, "senses"), sense, node);
    }

    private void components(
            ObjectNode owner, String member, Node above, Node entry, Set<Node> senses, Set<Node> told, int depth) {
        if (depth > 40) return;
        for (int i = 1; ; i++) {
            var components = objects(above, Words.member(i));
            if (components.isEmpty()) return;
            for (var component : components)
                for (var sense : objects(component, Words.DESCRIBES)) {
                    if (!senses.contains(sense) || !told.add(sense)) continue;
                    var made = Draft.add(owner, member);
                    sense(made, sense, entry);
                    components(made, "subsenses", component, entry, senses, told, depth + 1);
                }
        }
    }

    private void sense(ObjectNode sense, Node node, Node entry) {
        Draft.put(sense, "id", said(node, Words.IDENTIFIER));
        if (!sense.has("id") && node.isURI() && !node.getURI().startsWith(entry + "#sense-"))
            sense.put("id", name(node));
        var speech = said(node, Words.ours("partOfSpeech"));
        var parts = objects(entry, Words.PART_OF_SPEECH);
        // where the sense says nothing, the word's own part of speech holds: of our files, none says so little
        boolean ours = !objects(entry, Words.IDENTIFIER).isEmpty();
        if (speech.isEmpty() && !ours && parts.size() == 1) speech = name(parts.get(0));
        var info = Draft.begun();
        Draft.put(info, "value", speech);
        traits(info, "traits", node, "grammar-");
        if (!info.isEmpty()) sense.set("grammaticalInfo", info);
        texts(sense, "definition", node, Words.DEFINITION);
        glosses(sense, node);
        traits(sense, "traits", node, "trait-");
        references(sense, node);
        for (var example : sorted(node, Words.EXAMPLE)) {
            var made = Draft.add(sense, "examples");
            if (example.isLiteral()) Draft.text(made, "forms", tag(example), example.getLiteralLexicalForm());
            else example(made, example);
        }
        media(sense, "illustrations", node, "illustration");
        relations(sense, node);
        notes(sense, node);
    }

    private void example(ObjectNode example, Node node) {
        texts(example, "forms", node, Words.VALUE);
        Draft.put(example, "source", said(node, Words.SOURCE));
        for (var translation : sorted(node, Words.ours("translation"))) {
            var made = Draft.add(example, "translations");
            Draft.put(made, "type", said(translation, Words.KIND));
            texts(made, "forms", translation, Words.VALUE);
        }
        notes(example, node);
    }

    private void notes(ObjectNode owner, Node node) {
        for (var note : sorted(node, Words.NOTE)) {
            var made = Draft.add(owner, "notes");
            if (note.isLiteral()) Draft.text(made, "forms", tag(note), note.getLiteralLexicalForm());
            else remark(made, note);
        }
        for (var field : sorted(node, Words.ours("field"))) remark(Draft.add(owner, "fields"), field);
    }

    private void remark(ObjectNode made, Node node) {
        Draft.put(made, "type", said(node, Words.KIND));
        texts(made, "forms", node, Words.VALUE);
    }

    private void relations(ObjectNode owner, Node node) {
        var relations = graph.find(Node.ANY, Words.RELATION_SOURCE, node)
                .mapWith(Triple::getSubject)
                .toList();
        relations.sort(BY_NUMBER);
        for (var relation : relations) {
            var made = Draft.add(owner, "relations");
            var type = said(relation, Words.KIND);
            var category = objects(relation, Words.CATEGORY);
            Draft.put(made, "type", type.isEmpty() && !category.isEmpty() ? name(category.get(0)) : type);
            var ref = said(relation, Words.ours("ref"));
            var target = objects(relation, Words.RELATION_TARGET);
            boolean ours = !type.isEmpty() || !ref.isEmpty();
            Draft.put(made, "ref", ref.isEmpty() && !ours && !target.isEmpty() ? name(target.get(0)) : ref);
            Draft.put(made, "order", said(relation, Words.ours("order")));
        }
    }

    private void glosses(ObjectNode owner, Node node) {
        var inOrder = new ArrayList<Node>();
        for (var order : objects(node, Words.ours("glosses")))
            for (int i = 1; !objects(order, Words.member(i)).isEmpty(); i++)
                inOrder.addAll(objects(order, Words.member(i)));
        for (var property : List.of(Words.TRANSLATION, Words.node(Words.LEXINFO, "gloss")))
            for (var gloss : sorted(node, property)) if (!inOrder.contains(gloss)) inOrder.add(gloss);
        for (var gloss : inOrder)
            if (gloss.isLiteral())
                Draft.add(owner, "glosses").put("lang", tag(gloss)).put("text", gloss.getLiteralLexicalForm());
    }

    private void traits(ObjectNode owner, String member, Node node, String kind) {
        nodes.add(node);
        var prefix = Words.THOCAM + kind;
        var triples = graph.find(node, Node.ANY, Node.ANY).toList();
        triples.sort(Comparator.comparing(triple -> triple.getPredicate() + " " + triple.getObject()));
        for (var triple : triples) {
            var property = triple.getPredicate().getURI();
            if (!property.startsWith(prefix) || !triple.getObject().isLiteral()) continue;
            known.add(triple.getPredicate());
            var trait = Draft.add(owner, member);
            Draft.put(trait, "name", decoded(property.substring(prefix.length()).replace('_', '%')));
            Draft.put(trait, "value", triple.getObject().getLiteralLexicalForm());
        }
    }

    private void texts(ObjectNode owner, String member, Node node, Node property) {
        for (var text : sorted(node, property))
            if (text.isLiteral()) Draft.text(owner, member, tag(text), text.getLiteralLexicalForm());
            else texts(owner, member, text, Words.VALUE);
    }

    private static String tag(Node literal) {
        var tag = literal.getLiteralLanguage();
        return tag == null || tag.isEmpty() ? LanguageTags.UNDETERMINED : tag;
    }

    private String said(Node node, Node property) {
        return objects(node, property).stream()
                .filter(Node::isLiteral)
                .map(Node::getLiteralLexicalForm)
                .min(Comparator.naturalOrder())
                .orElse("");
    }

    private List<Node> sorted(Node node, Node property) {
        var objects = new ArrayList<>(objects(node, property));
        objects.sort(BY_NUMBER);
        return objects;
    }

    private List<Node> objects(Node node, Node property) {
        if (node.isLiteral()) return List.of();
        nodes.add(node);
        known.add(property);
        return graph.find(node, property, Node.ANY).mapWith(Triple::getObject).toList();
    }

    /** An entity of this library that a sense refers to is a trait of it; what else is referred to has no home here. */
    private void references(ObjectNode sense, Node node) {
        for (var thing : graph.find(node, Words.REFERENCE, Node.ANY)
                .mapWith(Triple::getObject)
                .filterKeep(Node::isURI)
                .toList()) {
            var id = thing.getURI().substring(thing.getURI().lastIndexOf('/') + 1);
            if (EntityKind.ofId(id).isEmpty()) continue;
            known.add(Words.REFERENCE);
            boolean said = false;
            for (var trait : sense.path("traits"))
                said |= trait.path("name").asText().equals(Words.ENTITY)
                        && trait.path("value").asText().equals(id);
            if (said) continue;
            var trait = Draft.add(sense, "traits");
            Draft.put(trait, "name", Words.ENTITY);
            Draft.put(trait, "value", id);
        }
    }

    private void tellUnknown() {
        for (var node : nodes)
            graph.find(node, Node.ANY, Node.ANY).forEachRemaining(triple -> {
                var property = triple.getPredicate();
                if (!known.contains(property) && !property.getURI().startsWith(Words.RDF + "_"))
                    reading.unknown(Words.shortened(property.getURI()));
            });
    }
}
