package org.thocam.dictionary.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import org.thocam.dictionary.entry.Entry;

/** Entries as nobody would write them: every field at random, texts and ids with what formats trip over. */
final class AnyEntry {
    private static final List<String> TAGS = List.of(
            "bdq", "blt-Tavt", "BLT-tavt", "vi", "en", "bdq-fonipa", "tww_broken", "x-own", "qaa-x-kal", "zxx-Latn");
    private static final List<String> TEXTS = List.of(
            "nước",
            "ꪼꪕ꪿",
            "a  b",
            " edge ",
            "line\nbreak",
            "tab\there",
            "<b>&amp;\"quoted\"</b>",
            "10",
            "id:x",
            "ê̆",
            "𐐷𪚥",
            "\\u0041 \\n",
            "a:b",
            "#1",
            "",
            "label",
            "'^^<x>",
            "x; y");
    private static final List<String> NAMES = List.of(
            "morph-type",
            "semantic-domain-ddp4",
            "Free translation",
            "usage:type",
            "pos",
            "label",
            "partOfSpeech",
            "",
            "ghi chú",
            "trait",
            "id:x");

    private final Random random;
    private final int number;

    AnyEntry(Random random, int number) {
        this.random = random;
        this.number = number;
    }

    Entry entry() {
        var entry = Draft.begun();
        entry.put("liftId", chance(9) ? "entry ấ/" + number : "e" + number);
        some(entry, "guid", chance(2) ? "0a18bb95-0eb2-422e-bf7e-c1fd9027467" + number : "none");
        some(entry, "order", any(TEXTS));
        some(entry, "dateCreated", chance(2) ? "2014-09-25T09:13:41Z" : "2014");
        some(entry, "dateModified", any(TEXTS));
        forms(entry, "lexicalUnit");
        forms(entry, "citation");
        pronunciations(entry);
        many(entry, "variants", variant -> {
            some(variant, "ref", any(TEXTS));
            forms(variant, "forms");
            pronunciations(variant);
            traits(variant);
        });
        senses(entry, "senses", 0);
        notes(entry);
        relations(entry);
        many(entry, "etymologies", etymology -> {
            some(etymology, "type", any(NAMES));
            some(etymology, "source", any(TEXTS));
            forms(etymology, "forms");
            glosses(etymology);
        });
        fields(entry);
        traits(entry);
        return Draft.entry(entry);
    }

    private void senses(ObjectNode owner, String member, int depth) {
        many(owner, member, sense -> {
            some(sense, "id", chance(2) ? "s" + random.nextInt(6) : any(TEXTS));
            some(sense, "order", any(TEXTS));
            if (chance(2)) {
                var info = sense.putObject("grammaticalInfo");
                some(info, "value", any(NAMES));
                traits(info);
            }
            glosses(sense);
            forms(sense, "definition");
            relations(sense);
            notes(sense);
            many(sense, "examples", example -> {
                some(example, "source", any(TEXTS));
                forms(example, "forms");
                many(example, "translations", translation -> {
                    some(translation, "type", any(NAMES));
                    forms(translation, "forms");
                });
                notes(example);
            });
            media(sense, "illustrations");
            fields(sense);
            traits(sense);
            if (depth < 3) senses(sense, "subsenses", depth + 1);
        });
    }

    private void pronunciations(ObjectNode owner) {
        many(owner, "pronunciations", pronunciation -> {
            forms(pronunciation, "forms");
            media(pronunciation, "media");
        });
    }

    private void media(ObjectNode owner, String member) {
        many(owner, member, media -> {
            some(media, "href", chance(2) ? "audio/a b%20" + any(TEXTS) : "a.mp3");
            forms(media, "label");
        });
    }

    private void notes(ObjectNode owner) {
        many(owner, "notes", this::typed);
    }

    private void fields(ObjectNode owner) {
        many(owner, "fields", this::typed);
    }

    private void typed(ObjectNode note) {
        some(note, "type", any(NAMES));
        forms(note, "forms");
    }

    private void relations(ObjectNode owner) {
        many(owner, "relations", relation -> {
            some(relation, "type", chance(2) ? "Synonyms" : any(NAMES));
            some(relation, "ref", chance(2) ? "e" + random.nextInt(6) : "s" + random.nextInt(6));
            some(relation, "order", random.nextInt(3) + "");
        });
    }

    private void traits(ObjectNode owner) {
        many(owner, "traits", trait -> {
            some(trait, "name", any(NAMES));
            some(trait, "value", any(TEXTS));
        });
    }

    private void glosses(ObjectNode owner) {
        many(owner, "glosses", gloss -> {
            gloss.put("lang", any(TAGS));
            some(gloss, "text", any(TEXTS));
        });
    }

    private void forms(ObjectNode owner, String member) {
        if (chance(4)) return;
        var forms = owner.putObject(member);
        for (int i = random.nextInt(3); i > 0; i--) forms.put(any(TAGS), any(TEXTS));
    }

    private interface Filled {
        void by(ObjectNode element);
    }

    private void many(ObjectNode owner, String list, Filled filled) {
        for (int i = chance(2) ? 0 : random.nextInt(4); i > 0; i--) filled.by(Draft.add(owner, list));
    }

    private void some(ObjectNode owner, String member, String value) {
        if (!chance(4)) Draft.put(owner, member, value);
    }

    private String any(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    private boolean chance(int of) {
        return random.nextInt(of) == 0;
    }
}
