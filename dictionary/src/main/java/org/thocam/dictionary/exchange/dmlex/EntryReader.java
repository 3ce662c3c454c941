package org.thocam.dictionary.exchange.dmlex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.thocam.dictionary.entry.Entry;
import org.thocam.dictionary.exchange.Draft;
import org.thocam.dictionary.exchange.Reading;

/** An entry from DMLex's {@code entry}: what {@link EntryWriter} says, and what others write that has a field here. */
final class EntryReader {
    private final String language;
    private final Relations relations;
    private final Reading reading;

    EntryReader(String language, Relations relations, Reading reading) {
        this.language = language;
        this.relations = relations;
        this.reading = reading;
    }

    Entry entry(ObjectNode read) {
        known(
                read,
                "entry",
                "id headword homographNumber partsOfSpeech labels pronunciations inflectedForms senses etymologies");
        var entry = Draft.begun();
        var id = read.path("id").asText();
        Draft.put(entry, "liftId", id);
        Draft.put(entry, "order", read.path("homographNumber").asText());
        Draft.text(entry, "lexicalUnit", language, read.path("headword").asText());
        labels(entry, read);
        read.path("pronunciations").forEach(one -> pronunciation(entry, one));
        read.path("inflectedForms").forEach(form -> form(entry, form));
        senses(entry, read, id);
        read.path("etymologies").forEach(etymology -> etymology(entry, etymology));
        relations.of(id).forEach(entry.withArray("relations")::add);
        return Draft.entry(entry);
    }

    private void labels(ObjectNode owner, JsonNode read) {
        for (var label : read.path("labels")) {
            var parts = label.asText().split(":", 2);
            boolean plain = parts.length == 1;
            var name = plain ? EntryWriter.LABEL : parts[0];
            if (!name.equals(EntryWriter.PART_OF_SPEECH))
                Draft.add(owner, "traits").put("name", name).put("value", parts[plain ? 0 : 1]);
        }
    }

    private void pronunciation(ObjectNode owner, JsonNode read) {
        known(read, "pronunciation", "soundFile transcriptions");
        var pronunciation = Draft.add(owner, "pronunciations");
        read.path("transcriptions")
                .forEach(one -> Draft.text(
                        pronunciation,
                        "forms",
                        one.has("scheme") ? one.path("scheme").asText() : language + "-fonipa",
                        one.path("text").asText()));
        if (read.has("soundFile"))
            Draft.add(pronunciation, "media").put("href", read.path("soundFile").asText());
    }

    private void form(ObjectNode entry, JsonNode form) {
        known(form, "inflectedForm", "tag text labels pronunciations");
        var tag = form.path("tag").asText();
        var text = form.path("text").asText();
        if (tag.startsWith(EntryWriter.FORM)) Draft.text(entry, "lexicalUnit", after(tag, EntryWriter.FORM), text);
        else if (tag.startsWith(EntryWriter.CITATION))
            Draft.text(entry, "citation", after(tag, EntryWriter.CITATION), text);
        else if (tag.startsWith(EntryWriter.MORE) && entry.has("variants")) {
            var variants = entry.withArray("variants");
            Draft.text((ObjectNode) variants.get(variants.size() - 1), "forms", after(tag, EntryWriter.MORE), text);
        } else {
            var variant = Draft.add(entry, "variants");
            boolean ours = tag.startsWith(EntryWriter.VARIANT);
            Draft.text(variant, "forms", ours ? after(tag, EntryWriter.VARIANT) : language, text);
            if (!ours && !tag.isEmpty())
                Draft.add(variant, "traits").put("name", "inflection").put("value", tag);
            labels(variant, form);
            form.path("pronunciations").forEach(one -> pronunciation(variant, one));
        }
    }

    private static String after(String tag, String kind) {
        return tag.substring(kind.length());
    }

    private void senses(ObjectNode entry, ObjectNode read, String entryId) {
        var made = new HashMap<String, ObjectNode>();
        int place = 0;
        for (var one : read.path("senses")) {
            known(one, "sense", "id indicator labels definitions examples headwordExplanations headwordTranslations");
            place++;
            var id = one.path("id").asText();
            var above = made.get(relations.above(id));
            var sense = above == null ? Draft.add(entry, "senses") : Draft.add(above, "subsenses");
            if (!id.isEmpty()) made.putIfAbsent(id, sense);
            if (!id.equals(EntryWriter.made(entryId, place))) Draft.put(sense, "id", id);
            var speech = partOfSpeech(one, read);
            if (!speech.isEmpty()) sense.putObject("grammaticalInfo").put("value", speech);
            if (one.has("indicator"))
                Draft.add(sense, "traits")
                        .put("name", "indicator")
                        .put("value", one.path("indicator").asText());
            labels(sense, one);
            one.path("definitions").forEach(definition -> {
                known(definition, "definition", "text");
                Draft.text(
                        sense, "definition", language, definition.path("text").asText());
            });
            one.path("headwordExplanations")
                    .forEach(text -> Draft.text(
                            sense, "definition", tag(text), text.path("text").asText()));
            one.path("headwordTranslations").forEach(text -> {
                known(text, "headwordTranslation", "langCode text");
                Draft.add(sense, "glosses")
                        .put("lang", tag(text))
                        .put("text", text.path("text").asText());
            });
            one.path("examples").forEach(example -> example(sense, example));
            if (!id.isEmpty()) relations.of(id).forEach(sense.withArray("relations")::add);
        }
        if (place == 0 && read.path("partsOfSpeech").size() == 1)
            Draft.add(entry, "senses").putObject("grammaticalInfo").put("value", partOfSpeech(read, read));
    }

    /** DMLex says it of the entry; where its senses differ, a label of each does. */
    private static String partOfSpeech(JsonNode sense, JsonNode entry) {
        var prefix = EntryWriter.PART_OF_SPEECH + ":";
        for (var label : sense.path("labels"))
            if (label.asText().startsWith(prefix)) return label.asText().substring(prefix.length());
        return entry.path("partsOfSpeech").path(0).asText();
    }

    private String tag(JsonNode text) {
        // where a resource translates into one language alone, it need not say which
        return text.has("langCode") ? text.path("langCode").asText() : relations.translationLanguage();
    }

    private void example(ObjectNode sense, JsonNode read) {
        known(read, "example", "text sourceIdentity sourceElaboration exampleTranslations");
        var example = Draft.add(sense, "examples");
        var identity = read.path("sourceIdentity").asText();
        var elaboration = read.path("sourceElaboration").asText();
        Draft.put(
                example,
                "source",
                identity.isEmpty() || elaboration.isEmpty() ? identity + elaboration : identity + "; " + elaboration);
        Draft.text(example, "forms", language, read.path("text").asText());
        ObjectNode translation = null;
        for (var one : read.path("exampleTranslations")) {
            var labels = new HashSet<String>();
            one.path("labels").forEach(label -> labels.add(label.asText()));
            if (translation == null || !labels.contains(EntryWriter.ALSO))
                translation = Draft.add(example, "translations");
            for (var label : labels)
                if (label.startsWith(EntryWriter.TRANSLATION_TYPE + ":"))
                    translation.put("type", label.substring(EntryWriter.TRANSLATION_TYPE.length() + 1));
            Draft.text(translation, "forms", tag(one), one.path("text").asText());
        }
    }

    private void etymology(ObjectNode entry, JsonNode read) {
        known(read, "etymology", "description etymons");
        if (read.path("etymons").isEmpty())
            Draft.put(
                    Draft.add(entry, "etymologies"),
                    "source",
                    read.path("description").asText());
        for (var etymon : read.path("etymons")) {
            known(etymon, "etymon", "type etymonUnits");
            var etymology = Draft.add(entry, "etymologies");
            Draft.put(etymology, "source", read.path("description").asText());
            Draft.put(etymology, "type", etymon.path("type").asText());
            for (var unit : etymon.path("etymonUnits")) {
                known(unit, "etymonUnit", "langCode text");
                Draft.text(
                        etymology,
                        "forms",
                        unit.path("langCode").asText(),
                        unit.path("text").asText());
            }
        }
    }

    private void known(JsonNode read, String name, String members) {
        var known = Set.copyOf(List.of(members.split(" ")));
        read.fieldNames().forEachRemaining(member -> {
            if (!known.contains(member)) reading.unknown(name + "/" + member);
        });
    }
}
