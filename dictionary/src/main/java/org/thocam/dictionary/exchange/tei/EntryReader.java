package org.thocam.dictionary.exchange.tei;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.thocam.dictionary.entry.Entry;
import org.thocam.dictionary.exchange.Draft;
import org.thocam.dictionary.exchange.Reading;
import org.thocam.dictionary.exchange.XmlTree;

/** An entry from TEI Lex-0's {@code <entry>}: what {@link EntryWriter} says, and what others write that has a field here. */
final class EntryReader {
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._~:/?#@!$&'()*+,;=%-]");

    /** Lex-0's names of relations where nobody gave another. */
    private static final Map<String, String> RELATIONS = Map.of(
            "synonymy",
            "Synonyms",
            "antonymy",
            "Antonym",
            "hypernymy",
            "Generic",
            "hyponymy",
            "Specific",
            "meronymy",
            "Part");

    private final Reading reading;

    EntryReader(Reading reading) {
        this.reading = reading;
    }

    Entry entry(XmlTree element, String inherited) {
        var entry = Draft.begun();
        var lang = lang(element, inherited);
        Draft.put(entry, "liftId", TeiIds.read(element));
        if (element.attribute("corresp").startsWith("urn:uuid:"))
            entry.put("guid", element.attribute("corresp").substring("urn:uuid:".length()));
        var grammar = new ArrayList<XmlTree>();
        for (var child : element.children()) {
            switch (child.name()) {
                case "num" -> entry.put("order", number(child));
                case "form" -> form(entry, child, lang, grammar);
                case "gramGrp" -> grammar.add(child);
                case "sense" -> sense(Draft.add(entry, "senses"), child, lang);
                case "etym" -> etymology(entry, child, lang);
                case "xr" -> relation(entry, child);
                case "usg", "note" -> remark(entry, child, lang);
                case "entry", "pc", "metamark" -> {}
                default -> reading.unknown("entry/" + called(child));
            }
        }
        // what a printed dictionary says of the word, a lexicon says of each sense
        if (!grammar.isEmpty()) {
            if (!entry.has("senses")) Draft.add(entry, "senses");
            for (var sense : entry.withArray("senses"))
                if (!sense.path("grammaticalInfo").has("value"))
                    grammar.forEach(group -> grammar((ObjectNode) sense, group));
        }
        return Draft.entry(entry);
    }

    private void form(ObjectNode entry, XmlTree form, String inherited, List<XmlTree> grammar) {
        var lang = lang(form, inherited);
        switch (form.attribute("type")) {
            case "lemma", "simple", "compound", "derivative", "phrase", "" -> {
                var member = form.attribute("subtype").equals("citation") ? "citation" : "lexicalUnit";
                // a second spelling in one language is a variant
                var second = Draft.begun();
                for (var orth : form.children("orth")) {
                    var tag = lang(orth, lang);
                    if (entry.path(member).has(tag)) Draft.text(second, "forms", tag, said(orth));
                    else Draft.text(entry, member, tag, said(orth));
                }
                if (!second.isEmpty()) entry.withArray("variants").add(second);
                spoken(entry, form, lang);
                form.children().forEach(child -> {
                    switch (child.name()) {
                        case "orth", "pron", "pc", "metamark" -> {}
                        case "gramGrp" -> grammar.add(child);
                        case "form" -> {
                            if (!child.attribute("type").equals("pronunciation")) form(entry, child, lang, grammar);
                        }
                        case "note", "usg" -> remark(entry, child, lang);
                        default -> reading.unknown("form/" + called(child));
                    }
                });
            }
            case "variant", "inflected" -> variant(entry, form, lang);
            default -> reading.unknown("form[@type=" + form.attribute("type") + "]");
        }
    }

    private void variant(ObjectNode entry, XmlTree form, String lang) {
        var variant = Draft.add(entry, "variants");
        form.children().forEach(child -> {
            switch (child.name()) {
                case "orth" -> Draft.text(variant, "forms", lang(child, lang), said(child));
                case "ref" -> Draft.put(variant, "ref", TeiIds.pointed(child));
                case "note" -> remark(variant, child, lang);
                case "pron", "form", "pc", "metamark" -> {}
                default -> reading.unknown("form[@type=" + form.attribute("type") + "]/" + called(child));
            }
        });
        spoken(variant, form, lang);
        if (variant.isEmpty())
            entry.withArray("variants").remove(entry.withArray("variants").size() - 1);
    }

    private void spoken(ObjectNode owner, XmlTree form, String lang) {
        var plain = form.children("pron");
        for (var pron : plain) pron(Draft.add(owner, "pronunciations"), pron, lang);
        for (var spoken : form.children("form")) {
            if (!spoken.attribute("type").equals("pronunciation")) continue;
            var pronunciation = Draft.add(owner, "pronunciations");
            spoken.children("pron").forEach(pron -> pron(pronunciation, pron, lang));
            spoken.children("ref").forEach(ref -> {
                var media = Draft.add(pronunciation, "media");
                Draft.put(media, "href", address(ref, "target"));
                segments(media, "label", ref, lang);
            });
        }
    }

    private static void pron(ObjectNode pronunciation, XmlTree pron, String lang) {
        var tag = lang(pron, lang);
        if (!pron.has("xml:lang") && pron.attribute("notation").equalsIgnoreCase("ipa")) tag += "-fonipa";
        Draft.text(pronunciation, "forms", tag, said(pron));
    }

    private void sense(ObjectNode sense, XmlTree element, String inherited) {
        var lang = lang(element, inherited);
        Draft.put(sense, "id", TeiIds.read(element));
        for (var child : element.children()) {
            switch (child.name()) {
                case "num" -> sense.put("order", number(child));
                case "gramGrp" -> grammar(sense, child);
                case "def" -> Draft.text(sense, "definition", lang(child, lang), said(child));
                case "cit" -> cit(sense, child, lang);
                case "usg", "note" -> remark(sense, child, lang);
                case "xr" -> relation(sense, child);
                case "figure" -> picture(sense, child, lang);
                case "sense" -> sense(Draft.add(sense, "subsenses"), child, lang);
                case "entry", "pc", "metamark" -> {}
                default -> reading.unknown("sense/" + called(child));
            }
        }
    }

    private void grammar(ObjectNode sense, XmlTree group) {
        var info =
                sense.get("grammaticalInfo") instanceof ObjectNode there ? there : sense.putObject("grammaticalInfo");
        for (var gram : group.children("gram")) {
            var value = gram.isEmpty() && gram.has("value") ? gram.attribute("value") : said(gram);
            var type = gram.attribute("type");
            if (type.equals("pos"))
                Draft.put(info, "value", info.has("value") ? info.get("value").asText() : value);
            else {
                var trait = Draft.add(info, "traits");
                Draft.put(trait, "name", type.equals("trait") ? gram.attribute("n") : type);
                Draft.put(trait, "value", value);
            }
        }
        if (info.isEmpty()) sense.remove("grammaticalInfo");
    }

    private void cit(ObjectNode sense, XmlTree cit, String inherited) {
        var lang = lang(cit, inherited);
        switch (cit.attribute("type")) {
            case "translationEquivalent", "translation" -> {
                var orths = cit.children("form").stream()
                        .flatMap(form -> form.children("orth").stream())
                        .toList();
                for (var word : orths.isEmpty() ? cit.children("quote") : orths) {
                    var gloss = Draft.add(sense, "glosses");
                    gloss.put("lang", lang(word, lang)).put("text", said(word));
                }
            }
            case "example" -> example(Draft.add(sense, "examples"), cit, lang);
            default -> reading.unknown("sense/cit[@type=" + cit.attribute("type") + "]");
        }
    }

    private void example(ObjectNode example, XmlTree cit, String lang) {
        for (var child : cit.children()) {
            switch (child.name()) {
                case "quote" -> Draft.text(example, "forms", lang(child, lang), said(child));
                case "bibl" -> Draft.put(example, "source", said(child));
                case "note" -> remark(example, child, lang);
                case "cit" -> {
                    var translation = Draft.add(example, "translations");
                    Draft.put(translation, "type", type(child, "subtype"));
                    child.children("quote").stream()
                            .filter(quote -> !quote.attribute("style").equals("display: none"))
                            .forEach(quote ->
                                    Draft.text(translation, "forms", lang(quote, lang(child, lang)), said(quote)));
                }
                case "pc", "metamark" -> {}
                default -> reading.unknown("cit/" + called(child));
            }
        }
    }

    private void picture(ObjectNode sense, XmlTree figure, String lang) {
        figure.children("graphic").forEach(graphic -> {
            var media = Draft.add(sense, "illustrations");
            Draft.put(media, "href", address(graphic, "url"));
            figure.children("figDesc").forEach(label -> Draft.text(media, "label", lang(label, lang), said(label)));
        });
    }

    private void relation(ObjectNode owner, XmlTree xr) {
        for (var ref : xr.children("ref")) {
            var relation = Draft.add(owner, "relations");
            var type = type(xr, "subtype");
            var kind = xr.attribute("type");
            Draft.put(
                    relation,
                    "type",
                    type.isEmpty() && !TeiIds.pointed(ref).isEmpty() && !kind.equals("related")
                            ? RELATIONS.getOrDefault(kind, kind)
                            : type);
            // a printed reference names a word where it points nowhere
            Draft.put(relation, "ref", ref.has("target") ? TeiIds.pointed(ref) : said(ref));
        }
    }

    private void etymology(ObjectNode entry, XmlTree etym, String lang) {
        var type = type(etym, "subtype").isEmpty() ? etym.attribute("type") : type(etym, "subtype");
        var etymons = etym.children("cit").stream()
                .filter(cit -> cit.attribute("type").matches("etymon|cognate"))
                .toList();
        for (var cit : etymons) {
            var etymology = Draft.add(entry, "etymologies");
            Draft.put(etymology, "type", type);
            cit.first("lang").ifPresent(source -> Draft.put(etymology, "source", said(source)));
            cit.children("form").forEach(form -> form.children("orth")
                    .forEach(orth ->
                            Draft.text(etymology, "forms", lang(orth, lang(form, lang(cit, lang))), said(orth))));
            cit.children("gloss").forEach(gloss -> Draft.add(etymology, "glosses")
                    .put("lang", lang(gloss, lang))
                    .put("text", said(gloss)));
        }
        // prose, as printed dictionaries have it
        if (etymons.isEmpty() && !normal(etym.text()).isEmpty()) {
            var etymology = Draft.add(entry, "etymologies");
            Draft.put(etymology, "type", type);
            etymology.put("source", normal(etym.text()));
        }
    }

    /** A trait, a field or a note, as {@code @subtype} says. */
    private void remark(ObjectNode owner, XmlTree element, String lang) {
        boolean usage = element.name().equals("usg");
        if (usage || element.attribute("subtype").equals("trait")) {
            var trait = Draft.add(owner, "traits");
            var name = type(element, usage ? "subtype" : "type");
            Draft.put(trait, "name", usage && name.isEmpty() ? element.attribute("type") : name);
            Draft.put(trait, "value", said(element));
        } else {
            var note = Draft.add(owner, element.attribute("subtype").equals("field") ? "fields" : "notes");
            Draft.put(note, "type", type(element, "type"));
            segments(note, "forms", element, lang);
        }
    }

    private static void segments(ObjectNode owner, String member, XmlTree element, String lang) {
        var segments = element.children("seg").stream()
                .filter(segment -> segment.has("xml:lang"))
                .toList();
        for (var segment : segments) Draft.text(owner, member, lang(segment, lang), said(segment));
        if (segments.isEmpty() && (element.has("xml:lang") || !said(element).isEmpty()))
            Draft.text(owner, member, lang(element, lang), said(element));
    }

    private static String type(XmlTree element, String attribute) {
        return element.has(attribute) ? element.attribute(attribute) : element.attribute("n");
    }

    private static String lang(XmlTree element, String inherited) {
        return element.has("xml:lang") ? element.attribute("xml:lang") : inherited;
    }

    private static String said(XmlTree element) {
        return element.attribute("style").equals(EntryWriter.PRE) ? element.text() : normal(element.text());
    }

    static String normal(String text) {
        return text.replaceAll("[ \t\r\n]+", " ").replaceAll("^ | $", "");
    }

    private static String number(XmlTree element) {
        return said(element).replaceFirst("^([0-9]+)[.)]$", "$1");
    }

    /** An address that XML Schema takes for one. */
    static String address(String href) {
        return UNSAFE.matcher(href).replaceAll(found -> URLEncoder.encode(found.group(), StandardCharsets.UTF_8)
                .replace("+", "%20"));
    }

    private static String address(XmlTree element, String attribute) {
        var n = element.attribute("n");
        return n.startsWith(TeiIds.MARK) ? n.substring(TeiIds.MARK.length()) : element.attribute(attribute);
    }

    private static String called(XmlTree element) {
        return element.has("type") ? element.name() + "[@type=" + element.attribute("type") + "]" : element.name();
    }
}
