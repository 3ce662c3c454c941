package org.thocam.dictionary.exchange.dmlex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.thocam.dictionary.entry.Entry;
import org.thocam.dictionary.entry.Example;
import org.thocam.dictionary.entry.Multitext;
import org.thocam.dictionary.entry.Pronunciation;
import org.thocam.dictionary.entry.Relation;
import org.thocam.dictionary.entry.Sense;
import org.thocam.dictionary.entry.Trait;
import org.thocam.dictionary.entry.Variant;
import org.thocam.dictionary.exchange.Draft;
import org.thocam.dictionary.exchange.Homes;

/**
 * An entry as DMLex's {@code entry} with the relations it takes part in. Members stand in the order that the XML schema wants. What it
 * says, {@link EntryReader} reads.
 */
final class EntryWriter {
    /** DMLex has one headword; what else an entry is written as are forms of it, under these tags. */
    static final String FORM = "form:";

    static final String CITATION = "citation:";
    static final String VARIANT = "variant:";
    /** The same variant in another orthography. */
    static final String MORE = "variant-also:";

    /** Labels that say in their name what they are. */
    static final String PART_OF_SPEECH = "partOfSpeech";

    static final String LABEL = "label";
    static final String TRANSLATION_TYPE = "translationType";
    /** A translation that belongs to the one before it. */
    static final String ALSO = "sameTranslation";

    static final String SUBSENSE = "subsense";
    static final String SUPERSENSE = "supersense";
    static final String SOURCE = "source";
    static final String TARGET = "target";

    private final String language;
    private final List<ObjectNode> relations = new ArrayList<>();

    EntryWriter(String language) {
        this.language = language;
    }

    /**
     * @param ids of entries and senses that are in the file
     * @param twice those that do not say which
     */
    static Homes homes(String language, Set<String> ids, Set<String> twice) {
        return Homes.of(
                        ": liftId order lexicalUnit citation pronunciations variants senses relations etymologies traits",
                        "pronunciations: forms media",
                        "pronunciations/media: href",
                        "variants: forms pronunciations traits",
                        "variants/pronunciations: forms media",
                        "variants/pronunciations/media: href",
                        "variants/traits: name value",
                        "senses: id grammaticalInfo glosses definition relations examples subsenses traits",
                        "senses/grammaticalInfo: value",
                        "senses/glosses: lang text",
                        "senses/relations: type ref order",
                        "senses/examples: source forms translations",
                        "senses/examples/translations: type forms",
                        "senses/traits: name value",
                        "relations: type ref order",
                        "etymologies: type source forms",
                        "traits: name value")
                .texts(Homes.underTag(language), "lexicalUnit")
                .texts(Homes.oneForm(language), "senses/examples/forms")
                .texts(
                        Homes::saidForms,
                        "citation",
                        "pronunciations/forms",
                        "variants/forms",
                        "variants/pronunciations/forms",
                        "senses/definition",
                        "senses/examples/translations/forms",
                        "etymologies/forms")
                .atMost(1, "pronunciations/media", "variants/pronunciations/media")
                .once("senses/glosses", "traits", "senses/traits", "variants/traits")
                .only("pronunciations/media", media -> says(media, "href"))
                .only("variants/pronunciations/media", media -> says(media, "href"))
                .only("variants", Homes::says)
                .only("etymologies", Homes::says)
                .only("senses/examples", Homes::says)
                .only("senses/examples/translations", Homes::says)
                .only("senses/glosses", gloss -> says(gloss, "text") && says(gloss, "lang"))
                .only("order", EntryWriter::number)
                .only("relations/order", EntryWriter::number)
                .only("senses/relations/order", EntryWriter::number)
                .only("traits", EntryWriter::label)
                .only("variants/traits", EntryWriter::label)
                .only("senses/traits", EntryWriter::label)
                .only("senses/id", id -> !twice.contains(id.asText()))
                .only("relations", relation -> points(relation, ids, twice))
                .only("senses/relations", relation -> points(relation, ids, twice));
    }

    private static boolean says(JsonNode node, String member) {
        return !node.path(member).asText().isEmpty();
    }

    private static boolean number(JsonNode order) {
        return order.asText().matches("0|[1-9][0-9]{0,8}");
    }

    private static boolean label(JsonNode trait) {
        var name = trait.path("name").asText();
        return !name.isEmpty() && !name.contains(":") && !name.equals(PART_OF_SPEECH);
    }

    private static boolean points(JsonNode relation, Set<String> ids, Set<String> twice) {
        var ref = relation.path("ref").asText();
        return says(relation, "type")
                && !relation.path("type").asText().equals(SUBSENSE)
                && ids.contains(ref)
                && !twice.contains(ref);
    }

    static boolean hasHeadword(Entry entry) {
        return entry.lexicalUnit().forms().values().stream()
                .anyMatch(form -> !form.text().isEmpty());
    }

    /** The entry without its id. */
    static Entry unnamed(Entry e) {
        return new Entry(
                "",
                e.guid(),
                e.order(),
                e.dateDeleted(),
                e.lexicalUnit(),
                e.citation(),
                e.pronunciations(),
                e.variants(),
                e.senses(),
                e.notes(),
                e.relations(),
                e.etymologies(),
                e.fields(),
                e.traits(),
                e.annotations(),
                e.dateCreated(),
                e.dateModified());
    }

    /** The languages that a written entry translates into. */
    static void languages(JsonNode entry, Set<String> languages) {
        for (var sense : entry.path("senses")) {
            for (var list : List.of("headwordTranslations", "headwordExplanations"))
                sense.path(list)
                        .forEach(one -> languages.add(one.path("langCode").asText()));
            for (var example : sense.path("examples"))
                example.path("exampleTranslations")
                        .forEach(one -> languages.add(one.path("langCode").asText()));
        }
    }

    /** The relations of the entry that was written. */
    List<ObjectNode> relations() {
        return relations;
    }

    ObjectNode entry(Entry kept) {
        var entry = Draft.begun();
        entry.put("id", kept.liftId());
        Draft.put(entry, "homographNumber", kept.order());
        entry.put("headword", kept.lexicalUnit().text(language).orElseThrow());
        var flat = new ArrayList<Sense>();
        flatten(kept.senses(), flat);
        var speech = new LinkedHashSet<String>();
        flat.forEach(sense -> speech.add(partOfSpeech(sense)));
        speech.stream().filter(value -> !value.isEmpty()).forEach(entry.withArray("partsOfSpeech")::add);
        labels(entry, kept.traits());
        kept.pronunciations().forEach(one -> pronunciation(entry, one));
        forms(entry, FORM, kept.lexicalUnit(), language);
        forms(entry, CITATION, kept.citation(), "");
        kept.variants().forEach(variant -> variant(entry, variant));
        senses(entry, kept.senses(), kept.liftId(), "", speech.size() > 1);
        kept.etymologies().forEach(etymology -> {
            var written = Draft.add(entry, "etymologies");
            Draft.put(written, "description", etymology.source());
            var etymon = Draft.add(written, "etymons");
            Draft.put(etymon, "type", etymology.type());
            etymology.forms().forms().forEach((tag, form) -> Draft.add(etymon, "etymonUnits")
                    .put("langCode", tag)
                    .put("text", form.text()));
        });
        kept.relations().forEach(relation -> relation(kept.liftId(), relation));
        entry.properties()
                .removeIf(member ->
                        member.getValue().isArray() && member.getValue().isEmpty());
        return entry;
    }

    private static void flatten(List<Sense> senses, List<Sense> flat) {
        for (var sense : senses) {
            flat.add(sense);
            flatten(sense.subsenses(), flat);
        }
    }

    private static String partOfSpeech(Sense sense) {
        return sense.grammaticalInfo() == null ? "" : sense.grammaticalInfo().value();
    }

    private static void labels(ObjectNode owner, List<Trait> traits) {
        for (var trait : traits) {
            boolean plain = trait.name().equals(LABEL)
                    && !trait.value().isEmpty()
                    && !trait.value().contains(":");
            owner.withArray("labels").add(plain ? trait.value() : trait.name() + ":" + trait.value());
        }
    }

    private static void pronunciation(ObjectNode owner, Pronunciation kept) {
        var written = Draft.add(owner, "pronunciations");
        kept.media().forEach(media -> written.put("soundFile", media.href()));
        kept.forms().forms().forEach((tag, form) -> Draft.add(written, "transcriptions")
                .put("scheme", tag)
                .put("text", form.text()));
    }

    private static void forms(ObjectNode entry, String kind, Multitext text, String but) {
        text.forms().forEach((tag, form) -> {
            if (!tag.equals(but))
                Draft.add(entry, "inflectedForms").put("tag", kind + tag).put("text", form.text());
        });
    }

    private static void variant(ObjectNode entry, Variant variant) {
        ObjectNode first = null;
        for (var form : variant.forms().forms().entrySet()) {
            var written = Draft.add(entry, "inflectedForms");
            written.put("tag", (first == null ? VARIANT : MORE) + form.getKey())
                    .put("text", form.getValue().text());
            if (first == null) first = written;
        }
        labels(first, variant.traits());
        for (var pronunciation : variant.pronunciations()) pronunciation(first, pronunciation);
    }

    private void senses(ObjectNode entry, List<Sense> senses, String entryId, String above, boolean labelled) {
        for (var sense : senses) {
            var written = Draft.add(entry, "senses");
            var id = sense.id().isEmpty()
                    ? made(entryId, entry.withArray("senses").size())
                    : sense.id();
            written.put("id", id);
            labels(written, sense.traits());
            if (labelled) written.withArray("labels").add(PART_OF_SPEECH + ":" + partOfSpeech(sense));
            sense.definition().text(language).ifPresent(text -> Draft.add(written, "definitions")
                    .put("text", text));
            sense.examples().forEach(example -> example(written, example));
            sense.definition().forms().forEach((tag, form) -> {
                if (!tag.equals(language)) translation(written, "headwordExplanations", tag, form.text());
            });
            sense.glosses().forEach(gloss -> translation(written, "headwordTranslations", gloss.lang(), gloss.text()));
            if (!above.isEmpty()) relate(SUBSENSE, above, SUPERSENSE, id, SUBSENSE, "");
            sense.relations().forEach(relation -> relation(id, relation));
            senses(entry, sense.subsenses(), entryId, id, labelled);
        }
    }

    /** The id of a sense that has none. */
    static String made(String entryId, int place) {
        return entryId + "#" + place;
    }

    private static ObjectNode translation(ObjectNode owner, String list, String tag, String text) {
        return Draft.add(owner, list).put("langCode", tag).put("text", text);
    }

    private void example(ObjectNode sense, Example example) {
        var written = Draft.add(sense, "examples");
        Draft.put(written, "sourceElaboration", example.source());
        written.put("text", example.forms().text(language).orElseThrow());
        example.translations().forEach(translation -> {
            boolean first = true;
            for (var form : translation.forms().forms().entrySet()) {
                var one = translation(
                        written,
                        "exampleTranslations",
                        form.getKey(),
                        form.getValue().text());
                if (!first) one.withArray("labels").add(ALSO);
                else if (!translation.type().isEmpty())
                    one.withArray("labels").add(TRANSLATION_TYPE + ":" + translation.type());
                first = false;
            }
        });
    }

    private void relation(String owner, Relation relation) {
        relate(relation.type(), owner, SOURCE, relation.ref(), TARGET, relation.order());
    }

    private void relate(String type, String one, String role, String other, String otherRole, String order) {
        var relation = Draft.begun().put("type", type);
        Draft.add(relation, "members").put("ref", one).put("role", role);
        var member = Draft.add(relation, "members").put("ref", other).put("role", otherRole);
        if (!order.isEmpty()) member.put("obverseListingOrder", Integer.parseInt(order));
        relations.add(relation);
    }
}
