package org.thocam.dictionary.exchange.tei;

import java.util.List;
import java.util.Map;
import org.thocam.dictionary.entry.Entry;
import org.thocam.dictionary.entry.Etymology;
import org.thocam.dictionary.entry.Example;
import org.thocam.dictionary.entry.Field;
import org.thocam.dictionary.entry.Form;
import org.thocam.dictionary.entry.GrammaticalInfo;
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
import org.thocam.dictionary.exchange.XmlTree;

/** An entry as TEI Lex-0's {@code <entry>}. What it says, {@link EntryReader} reads. */
final class EntryWriter {
    /** White space that counts; without it, runs of it are one space. */
    static final String PRE = "white-space: pre";

    static final Homes HOMES = Homes.of(
                    ": liftId guid order lexicalUnit citation pronunciations variants senses notes relations etymologies fields traits",
                    "pronunciations: forms media",
                    "pronunciations/media: href label",
                    "variants: ref forms pronunciations traits",
                    "variants/pronunciations: forms media",
                    "variants/pronunciations/media: href label",
                    "variants/traits: name value",
                    "senses: id order grammaticalInfo glosses definition relations notes examples illustrations subsenses fields traits",
                    "senses/grammaticalInfo: value traits",
                    "senses/grammaticalInfo/traits: name value",
                    "senses/glosses: lang text",
                    "senses/relations: type ref",
                    "senses/notes: type forms",
                    "senses/examples: source forms translations notes",
                    "senses/examples/translations: type forms",
                    "senses/examples/notes: type forms",
                    "senses/illustrations: href label",
                    "senses/fields: type forms",
                    "senses/traits: name value",
                    "notes: type forms",
                    "relations: type ref",
                    "etymologies: type source forms glosses",
                    "etymologies/glosses: lang text",
                    "fields: type forms",
                    "traits: name value")
            .only("guid", guid -> guid.asText().matches("[0-9A-Fa-f-]{36}"))
            .only("order", order -> order.asText().matches("[0-9]+"))
            .only("senses/order", order -> order.asText().matches("[0-9]+"));

    /** FLEx's names of relations, and what Lex-0 calls them; all others are {@code related}. */
    private static final Map<String, String> RELATIONS = Map.of(
            "synonym", "synonymy",
            "synonyms", "synonymy",
            "antonym", "antonymy",
            "antonyms", "antonymy",
            "generic", "hypernymy",
            "specific", "hyponymy",
            "hypernym", "hypernymy",
            "hyponym", "hyponymy",
            "part", "meronymy",
            "whole", "meronymy");

    private static final Map<String, String> ETYMOLOGIES = Map.of(
            "borrowed", "borrowing", "borrowing", "borrowing", "proto", "inheritance", "inheritance", "inheritance");

    private final String language;
    private final TeiIds ids;

    EntryWriter(String language, TeiIds ids) {
        this.language = TeiLex0.tag(language);
        this.ids = ids;
    }

    XmlTree entry(Entry entry) {
        var element = new XmlTree("entry");
        var id = ids.put(element, entry.liftId(), "entry");
        element.with("xml:lang", language).with("type", "mainEntry");
        if (!entry.guid().isEmpty()) element.with("corresp", "urn:uuid:" + entry.guid());
        if (!entry.order().isEmpty()) element.child("num").text(entry.order());
        var lemma = element.child("form").with("type", "lemma");
        orth(lemma, entry.lexicalUnit());
        entry.pronunciations().forEach(pronunciation -> pronunciation(lemma, pronunciation));
        if (!entry.citation().isEmpty())
            orth(element.child("form").with("type", "lemma").with("subtype", "citation"), entry.citation());
        entry.variants().forEach(variant -> variant(element, variant));
        traits(element, entry.traits());
        senses(element, entry.senses(), id);
        entry.etymologies().forEach(etymology -> etymology(element, etymology));
        entry.relations().forEach(relation -> relation(element, relation, "entry"));
        notes(element, entry.notes());
        fields(element, entry.fields());
        return element;
    }

    private static void orth(XmlTree form, Multitext text) {
        text.forms().forEach((tag, one) -> said(form.child("orth").with("xml:lang", tag), one));
    }

    private static void pronunciation(XmlTree form, Pronunciation pronunciation) {
        var spoken = form.child("form").with("type", "pronunciation");
        pronunciation.forms().forms().forEach((tag, text) -> {
            var pron = spoken.child("pron").with("xml:lang", tag);
            if (LanguageTags.phonetic(tag)) pron.with("notation", "ipa");
            said(pron, text);
        });
        pronunciation.media().forEach(media -> {
            var recording = spoken.child("ref").with("type", "audio");
            address(recording, "target", media.href());
            segments(recording, media.label());
        });
    }

    private static void variant(XmlTree element, Variant variant) {
        var form = element.child("form").with("type", "variant");
        orth(form, variant.forms());
        variant.pronunciations().forEach(pronunciation -> pronunciation(form, pronunciation));
        if (!variant.ref().isEmpty()) TeiIds.point(form.child("ref").with("type", "entry"), variant.ref());
        traits(form, variant.traits());
    }

    private void senses(XmlTree element, List<Sense> senses, String owner) {
        int number = 0;
        for (var sense : senses) {
            var child = element.child("sense");
            var id = ids.put(child, sense.id(), owner + ".s" + ++number);
            if (!sense.order().isEmpty()) child.child("num").text(sense.order());
            if (sense.grammaticalInfo() != null) grammar(child, sense.grammaticalInfo());
            sense.definition()
                    .forms()
                    .forEach((tag, text) -> said(child.child("def").with("xml:lang", tag), text));
            sense.glosses()
                    .forEach(gloss -> said(
                            child.child("cit")
                                    .with("type", "translationEquivalent")
                                    .with("xml:lang", gloss.lang())
                                    .child("form")
                                    .child("orth"),
                            new Form(gloss.text())));
            traits(child, sense.traits());
            sense.examples().forEach(example -> example(child, example));
            sense.illustrations().forEach(picture -> picture(child, picture));
            sense.relations().forEach(relation -> relation(child, relation, "sense"));
            notes(child, sense.notes());
            fields(child, sense.fields());
            senses(child, sense.subsenses(), id);
        }
    }

    private static void grammar(XmlTree sense, GrammaticalInfo info) {
        var group = sense.child("gramGrp");
        if (!info.value().isEmpty()) said(group.child("gram").with("type", "pos"), new Form(info.value()));
        info.traits().forEach(trait -> {
            var gram = group.child("gram");
            boolean name = trait.name().matches("[A-Za-z][A-Za-z0-9._-]*")
                    && !trait.name().matches("pos|trait");
            gram.with("type", name ? trait.name() : "trait");
            if (!name) gram.with("n", trait.name());
            said(gram, new Form(trait.value()));
        });
    }

    private static void example(XmlTree sense, Example example) {
        var cit = sense.child("cit").with("type", "example");
        example.forms().forms().forEach((tag, text) -> said(cit.child("quote").with("xml:lang", tag), text));
        example.translations().forEach(translation -> {
            var translated = cit.child("cit").with("type", "translation");
            typed(translated, "subtype", translation.type());
            if (translation.forms().isEmpty()) translated.child("quote").with("style", "display: none");
            translation
                    .forms()
                    .forms()
                    .forEach((tag, text) -> said(translated.child("quote").with("xml:lang", tag), text));
        });
        if (!example.source().isEmpty()) said(cit.child("bibl"), new Form(example.source()));
        notes(cit, example.notes());
    }

    private static void picture(XmlTree sense, Media media) {
        var figure = sense.child("figure");
        address(figure.child("graphic"), "url", media.href());
        media.label()
                .forms()
                .forEach((tag, text) -> said(figure.child("figDesc").with("xml:lang", tag), text));
    }

    private static void relation(XmlTree element, Relation relation, String kind) {
        var xr = element.child("xr")
                .with("type", RELATIONS.getOrDefault(relation.type().toLowerCase(java.util.Locale.ROOT), "related"));
        typed(xr, "subtype", relation.type());
        TeiIds.point(xr.child("ref").with("type", kind), relation.ref());
    }

    private static void etymology(XmlTree element, Etymology etymology) {
        var etym = element.child("etym");
        var type = ETYMOLOGIES.get(etymology.type());
        if (type != null) etym.with("type", type);
        typed(etym, "subtype", etymology.type());
        var cit = etym.child("cit").with("type", "etymon");
        said(cit.child("lang"), new Form(etymology.source()));
        if (!etymology.forms().isEmpty()) orth(cit.child("form"), etymology.forms());
        etymology
                .glosses()
                .forEach(gloss -> said(cit.child("gloss").with("xml:lang", gloss.lang()), new Form(gloss.text())));
    }

    private static void traits(XmlTree element, List<Trait> traits) {
        for (var trait : traits) {
            // what a form says of its use stands in a note: Lex-0 has no usg there
            boolean domain = trait.name().contains("domain") && !element.name().equals("form");
            var said = domain
                    ? element.child("usg").with("type", "domain")
                    : element.child("note").with("subtype", "trait");
            typed(said, domain ? "subtype" : "type", trait.name());
            said(said, new Form(trait.value()));
        }
    }

    private static void notes(XmlTree element, List<Note> notes) {
        notes.forEach(note -> {
            var child = element.child("note");
            typed(child, "type", note.type());
            segments(child, note.forms());
        });
    }

    private static void fields(XmlTree element, List<Field> fields) {
        fields.forEach(field -> {
            var child = element.child("note").with("subtype", "field");
            typed(child, "type", field.type());
            segments(child, field.forms());
        });
    }

    /** A text in one language says so itself; of several, each stands in a segment. */
    private static void segments(XmlTree element, Multitext text) {
        if (text.forms().size() == 1) text.forms().forEach((tag, form) -> said(element.with("xml:lang", tag), form));
        else text.forms().forEach((tag, form) -> said(element.child("seg").with("xml:lang", tag), form));
    }

    private static void said(XmlTree element, Form form) {
        if (!form.text().equals(EntryReader.normal(form.text()))) element.with("style", PRE);
        element.text(form.text());
    }

    /** A type that is no token, such as {@code Free translation}, stands in {@code @n}. */
    private static void typed(XmlTree element, String attribute, String type) {
        if (type.isEmpty()) return;
        if (type.matches("[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}&&[^:]]+")) element.with(attribute, type);
        else element.with("n", type);
    }

    private static void address(XmlTree element, String attribute, String href) {
        var address = href.isEmpty() ? "#" : EntryReader.address(href);
        element.with(attribute, address);
        if (!address.equals(href)) element.with("n", TeiIds.MARK + href);
    }
}
