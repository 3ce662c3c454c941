package org.thocam.dictionary.exchange.ontolex;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.thocam.dictionary.entry.Entry;
import org.thocam.dictionary.entry.Etymology;
import org.thocam.dictionary.entry.Example;
import org.thocam.dictionary.entry.Field;
import org.thocam.dictionary.entry.Gloss;
import org.thocam.dictionary.entry.Media;
import org.thocam.dictionary.entry.Multitext;
import org.thocam.dictionary.entry.Note;
import org.thocam.dictionary.entry.Pronunciation;
import org.thocam.dictionary.entry.Relation;
import org.thocam.dictionary.entry.Sense;
import org.thocam.dictionary.entry.Trait;
import org.thocam.dictionary.entry.Variant;
import org.thocam.dictionary.exchange.Homes;
import org.thocam.dictionary.exchange.LanguageTags;
import org.thocam.dictionary.exchange.LexiconHead;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.entity.EntityKind;

/**
 * The triples of one entry. All of them but the lexicon's own are about the entry's IRI and what is behind its {@code #}; none is about a
 * blank node. What it says, {@link Reader} reads. An IRI ends in a number where the order of its kind counts.
 */
final class Description {
    static final Homes HOMES = Homes.of(
                    ": liftId guid order dateCreated dateModified lexicalUnit citation pronunciations variants senses notes relations etymologies fields traits",
                    "pronunciations: forms media",
                    "pronunciations/media: href label",
                    "variants: ref forms pronunciations traits",
                    "variants/pronunciations: forms media",
                    "variants/pronunciations/media: href label",
                    "variants/traits: name value",
                    "senses: id grammaticalInfo glosses definition relations notes examples illustrations subsenses fields traits",
                    "senses/grammaticalInfo: value traits",
                    "senses/grammaticalInfo/traits: name value",
                    "senses/glosses: lang text",
                    "senses/relations: type ref order",
                    "senses/notes: type forms",
                    "senses/examples: source forms translations notes",
                    "senses/examples/translations: type forms",
                    "senses/examples/notes: type forms",
                    "senses/illustrations: href label",
                    "senses/fields: type forms",
                    "senses/traits: name value",
                    "notes: type forms",
                    "relations: type ref order",
                    "etymologies: type source forms glosses",
                    "etymologies/glosses: lang text",
                    "fields: type forms",
                    "traits: name value")
            .tags(Description::tag)
            // a triple says a thing once
            .once(
                    "senses/glosses",
                    "etymologies/glosses",
                    "traits",
                    "senses/traits",
                    "variants/traits",
                    "senses/grammaticalInfo/traits");

    static final String LEMMA = "#form-lemma";
    static final String CITATION = "#form-citation";

    private final LexiconHead head;
    private final String iri;
    private final Function<String, String> targets;
    /** By subject, so that what belongs together is written together. */
    private final Map<Node, Set<Triple>> triples = new LinkedHashMap<>();

    private final Set<String> senses = new HashSet<>();

    /** @param targets the IRI of an entry or sense by its id as the file has it; empty where there is none */
    Description(LexiconHead head, String entryId, Function<String, String> targets) {
        this.head = head;
        this.iri = iri(head, entryId);
        this.targets = targets;
    }

    static String iri(LexiconHead head, String entryId) {
        return head.iri() + "/" + escaped(entryId);
    }

    /** The tag in canonical case; {@code und}, which is written as a plain literal, where it is not BCP 47. */
    static String tag(String tag) {
        try {
            return new LanguageTag(tag).value();
        } catch (IllegalArgumentException e) {
            return LanguageTags.UNDETERMINED;
        }
    }

    List<Triple> of(Entry entry) {
        var subject = NodeFactory.createURI(iri);
        type(subject, Words.LEXICAL_ENTRY);
        entry.traits().stream()
                .filter(trait -> trait.name().equals("morph-type"))
                .flatMap(trait -> Words.kinds(trait.value()))
                .forEach(kind -> type(subject, kind));
        put(subject, Words.IDENTIFIER, entry.liftId());
        put(subject, Words.ours("guid"), entry.guid());
        put(subject, Words.ours("homograph"), entry.order());
        date(subject, Words.CREATED, entry.dateCreated());
        date(subject, Words.MODIFIED, entry.dateModified());
        traits(subject, "trait-", entry.traits());
        speech(subject, entry.senses());
        if (!entry.lexicalUnit().isEmpty() || !entry.pronunciations().isEmpty()) {
            var form = form(subject, Words.CANONICAL_FORM, LEMMA, entry.lexicalUnit());
            pronunciations(form, entry.pronunciations());
        }
        if (!entry.citation().isEmpty()) form(subject, Words.OTHER_FORM, CITATION, entry.citation());
        numbered(entry.variants(), (variant, number) -> variant(subject, variant, number));
        var described = senses(subject, entry.senses(), "");
        if (entry.senses().size() > 1
                || entry.senses().stream().anyMatch(sense -> !sense.subsenses().isEmpty())) {
            var page = NodeFactory.createURI(iri + "#entry");
            type(page, Words.node(Words.LEXICOG, "Entry"));
            add(page, Words.DESCRIBES, subject);
            components(page, entry.senses(), described);
            add(NodeFactory.createURI(head.iri()), Words.LEXICOG_ENTRY, page);
        }
        notes(subject, entry.notes(), iri + "#");
        fields(subject, entry.fields(), iri + "#");
        numbered(
                entry.relations(),
                (relation, number) -> relation(subject, relation, iri + "#relation-" + number, "LexicalRelation"));
        numbered(entry.etymologies(), (etymology, number) -> etymology(subject, etymology, number));
        add(NodeFactory.createURI(head.iri()), Words.HAS_ENTRY, subject);
        return triples.values().stream().flatMap(Set::stream).toList();
    }

    private interface Numbered<T> {
        void at(T element, int number);
    }

    private static <T> void numbered(List<T> elements, Numbered<T> each) {
        int number = 0;
        for (var element : elements) each.at(element, ++number);
    }

    private Node form(Node entry, Node property, String name, Multitext text) {
        var form = NodeFactory.createURI(iri + name);
        add(entry, property, form);
        type(form, Words.FORM);
        text.forms()
                .forEach((tag, one) ->
                        add(form, LanguageTags.phonetic(tag) ? Words.SPOKEN : Words.WRITTEN, literal(one.text(), tag)));
        return form;
    }

    /** The form says how it sounds; beside it, each pronunciation keeps its transcriptions and recordings together. */
    private void pronunciations(Node form, List<Pronunciation> pronunciations) {
        numbered(pronunciations, (pronunciation, number) -> {
            var node = NodeFactory.createURI(form.getURI() + "-pronunciation-" + number);
            add(form, Words.ours("pronunciation"), node);
            pronunciation.forms().forms().forEach((tag, text) -> {
                add(node, Words.VALUE, literal(text.text(), tag));
                add(form, Words.SPOKEN, literal(text.text(), tag));
            });
            media(node, "media", pronunciation.media());
        });
    }

    private void media(Node owner, String property, List<Media> files) {
        numbered(files, (file, number) -> {
            var node = NodeFactory.createURI(behind(owner, property + "-" + number));
            add(owner, Words.ours(property), node);
            put(node, Words.ours("file"), file.href());
            texts(node, Words.LABEL, file.label());
        });
    }

    private void variant(Node entry, Variant variant, int number) {
        var form = form(entry, Words.OTHER_FORM, "#form-" + number, variant.forms());
        if (!variant.ref().isEmpty()) {
            put(form, Words.ours("ref"), variant.ref());
        }
        traits(form, "trait-", variant.traits());
        pronunciations(form, variant.pronunciations());
    }

    /** Part of speech is the entry's in LexInfo, and a sense's in a lexicon. */
    private void speech(Node entry, List<Sense> all) {
        for (var sense : all) {
            if (sense.grammaticalInfo() != null)
                Words.partOfSpeech(sense.grammaticalInfo().value())
                        .ifPresent(part -> add(entry, Words.PART_OF_SPEECH, part));
            speech(entry, sense.subsenses());
        }
    }

    private Map<Sense, Node> senses(Node entry, List<Sense> all, String above) {
        var nodes = new java.util.IdentityHashMap<Sense, Node>();
        numbered(all, (sense, number) -> {
            var place = above + number;
            var name = unique(sense.id().isEmpty() ? "n" + place : named(sense.id()));
            var node = NodeFactory.createURI(iri + "#sense-" + name);
            nodes.put(sense, node);
            add(entry, Words.SENSE, node);
            type(node, Words.LEXICAL_SENSE);
            put(node, Words.IDENTIFIER, sense.id());
            if (sense.grammaticalInfo() != null) {
                put(node, Words.ours("partOfSpeech"), sense.grammaticalInfo().value());
                traits(node, "grammar-", sense.grammaticalInfo().traits());
            }
            texts(node, Words.DEFINITION, sense.definition());
            glosses(node, sense.glosses());
            traits(node, "trait-", sense.traits());
            references(node, sense.traits());
            numbered(sense.examples(), (example, at) -> example(node, example, at));
            media(node, "illustration", sense.illustrations());
            numbered(
                    sense.relations(),
                    (relation, at) -> relation(node, relation, behind(node, "relation-" + at), "SenseRelation"));
            notes(node, sense.notes(), node.getURI() + "-");
            fields(node, sense.fields(), node.getURI() + "-");
            nodes.putAll(senses(entry, sense.subsenses(), place + "."));
        });
        return nodes;
    }

    /** The order of senses, and what stands under what: lexicog's {@code rdf:_1}, {@code rdf:_2}. */
    private void components(Node above, List<Sense> all, Map<Sense, Node> nodes) {
        numbered(all, (sense, number) -> {
            var node = nodes.get(sense);
            var component = NodeFactory.createURI(node.getURI().replaceFirst("#sense-", "#component-"));
            add(above, Words.member(number), component);
            type(component, Words.node(Words.LEXICOG, "LexicographicComponent"));
            add(component, Words.DESCRIBES, node);
            components(component, sense.subsenses(), nodes);
        });
    }

    private String unique(String name) {
        var unique = name;
        for (int i = 2; !senses.add(unique); i++) unique = name + "-" + i;
        return unique;
    }

    static String named(String id) {
        return id.matches("[A-Za-z0-9._~:@!$&'()*+,;=-]+") ? id : "h" + hash(id);
    }

    private static String hash(String id) {
        return DigestUtils.sha256Hex(id).substring(0, 16);
    }

    private static String behind(Node node, String name) {
        return node.getURI() + (node.getURI().contains("#") ? "-" : "#") + name;
    }

    /** LexInfo's "a label for this sense in another language"; their order, where there are several, beside it. */
    private void glosses(Node node, List<Gloss> glosses) {
        for (var gloss : glosses) add(node, Words.TRANSLATION, literal(gloss.text(), gloss.lang()));
        if (glosses.size() < 2) return;
        var order = NodeFactory.createURI(behind(node, "glosses"));
        add(node, Words.ours("glosses"), order);
        type(order, Words.node(Words.RDF, "Seq"));
        numbered(glosses, (gloss, number) -> add(order, Words.member(number), literal(gloss.text(), gloss.lang())));
    }

    private void example(Node sense, Example example, int number) {
        var node = NodeFactory.createURI(behind(sense, "example-" + number));
        add(sense, Words.EXAMPLE, node);
        type(node, Words.node(Words.LEXICOG, "UsageExample"));
        texts(node, Words.VALUE, example.forms());
        put(node, Words.SOURCE, example.source());
        numbered(example.translations(), (translation, at) -> {
            var translated = NodeFactory.createURI(behind(node, "translation-" + at));
            add(node, Words.ours("translation"), translated);
            put(translated, Words.KIND, translation.type());
            texts(translated, Words.VALUE, translation.forms());
        });
        notes(node, example.notes(), node.getURI() + "-");
    }

    private void notes(Node owner, List<Note> notes, String prefix) {
        numbered(notes, (note, number) -> {
            var node = NodeFactory.createURI(prefix + "note-" + number);
            add(owner, Words.NOTE, node);
            put(node, Words.KIND, note.type());
            texts(node, Words.VALUE, note.forms());
        });
    }

    private void fields(Node owner, List<Field> fields, String prefix) {
        numbered(fields, (field, number) -> {
            var node = NodeFactory.createURI(prefix + "field-" + number);
            add(owner, Words.ours("field"), node);
            put(node, Words.KIND, field.type());
            texts(node, Words.VALUE, field.forms());
        });
    }

    private void relation(Node owner, Relation relation, String name, String kind) {
        var node = NodeFactory.createURI(name);
        type(node, Words.node(Words.VARTRANS, kind));
        add(node, Words.RELATION_SOURCE, owner);
        var target = targets.apply(relation.ref());
        if (!target.isEmpty()) add(node, Words.RELATION_TARGET, NodeFactory.createURI(target));
        Words.relation(relation.type()).ifPresent(category -> add(node, Words.CATEGORY, category));
        put(node, Words.KIND, relation.type());
        put(node, Words.ours("ref"), relation.ref());
        put(node, Words.ours("order"), relation.order());
    }

    private void etymology(Node entry, Etymology etymology, int number) {
        var node = NodeFactory.createURI(iri + "#etymology-" + number);
        var said = new ArrayList<String>();
        if (!etymology.source().isBlank()) said.add(etymology.source());
        etymology.forms().forms().values().forEach(form -> said.add(form.text()));
        etymology.glosses().forEach(gloss -> said.add("'" + gloss.text() + "'"));
        put(
                entry,
                Words.ETYMOLOGY,
                said.stream().filter(text -> !text.isBlank()).collect(Collectors.joining(" ")));
        add(entry, Words.ours("etymology"), node);
        put(node, Words.KIND, etymology.type());
        put(node, Words.SOURCE, etymology.source());
        texts(node, Words.VALUE, etymology.forms());
        glosses(node, etymology.glosses());
    }

    /** Each trait under a property with its own name: {@code thocam:trait-semantic-domain-ddp4}. */
    private void traits(Node owner, String kind, List<Trait> traits) {
        for (var trait : new LinkedHashSet<>(traits))
            add(owner, Words.ours(kind + property(trait.name())), NodeFactory.createLiteralString(trait.value()));
    }

    /** What in the world a sense names, by the id of an entity of the library: {@code <trait name="entity" value="FE001"/>}. */
    private void references(Node sense, List<Trait> traits) {
        var ids = head.iri().substring(0, head.iri().lastIndexOf('/') + 1);
        for (var trait : traits)
            if (trait.name().equals(Words.ENTITY)
                    && EntityKind.ofId(trait.value().strip()).isPresent())
                add(
                        sense,
                        Words.REFERENCE,
                        NodeFactory.createURI(ids + trait.value().strip()));
    }

    private void texts(Node node, Node property, Multitext text) {
        text.forms().forEach((tag, form) -> add(node, property, literal(form.text(), tag)));
    }

    private static Node literal(String text, String tag) {
        return tag.equals(LanguageTags.UNDETERMINED) || tag.isEmpty()
                ? NodeFactory.createLiteralString(text)
                : NodeFactory.createLiteralLang(text, tag);
    }

    private void date(Node subject, Node property, String date) {
        if (date.isEmpty()) return;
        boolean time = XSDDatatype.XSDdateTime.isValid(date) && date.equals(date.strip());
        add(
                subject,
                property,
                time
                        ? NodeFactory.createLiteralDT(date, XSDDatatype.XSDdateTime)
                        : NodeFactory.createLiteralString(date));
    }

    private void put(Node subject, Node property, String value) {
        if (!value.isEmpty()) add(subject, property, NodeFactory.createLiteralString(value));
    }

    private void type(Node subject, Node type) {
        add(subject, Words.TYPE, type);
    }

    private void add(Node subject, Node property, Node object) {
        triples.computeIfAbsent(subject, any -> new LinkedHashSet<>()).add(Triple.create(subject, property, object));
    }

    /** A name that XML takes too, for RDF/XML: all but ASCII letters, digits, {@code -} and {@code .} as {@code _} and two hexadecimal digits a byte. */
    static String property(String name) {
        var hexed = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean safe = c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '.');
            hexed.append(safe ? String.valueOf(c) : "_%02X".formatted((int) c));
        }
        return hexed.toString();
    }

    /** What may not stand in an IRI's part, in percents. */
    static String escaped(String text) {
        var escaped = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean safe = c < 0x80 && (Character.isLetterOrDigit(c) || "._~:@!$&'()*+,;=-".indexOf(c) >= 0);
            if (safe) escaped.append(c);
            else escaped.append("%%%02X".formatted((int) c));
        }
        return escaped.toString();
    }
}
