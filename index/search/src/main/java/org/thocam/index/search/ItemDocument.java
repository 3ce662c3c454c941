package org.thocam.index.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.solr.common.SolrInputDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.index.analysis.AnalysisSteps;
import org.thocam.index.analysis.Folding;
import org.thocam.index.analysis.Scripts;
import org.thocam.index.analysis.WritingSystem;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Mention;
import org.thocam.ontology.Snapshot;

/** An item as the index holds it; {@code schema.xml} says what the fields are for. */
final class ItemDocument {
    /** Raised whenever the same item would give another document: an index made before it must be made again. */
    static final int GENERATION = 4;

    /** Where a highlight begins and ends: noncharacters, which no text may hold. */
    static final char BEGIN = '\uFDD0';

    static final char END = '\uFDD1';
    /** Between a completion's key and the form to show, and between a text's language and the text. */
    static final char UNIT = '\u001F';

    static final int LONGEST_TEXT = 2_000_000;
    private static final int MOST_PIECES = 500;
    private static final int LONGEST_VALUE = 500;
    private static final int LONGEST_COMPLETED = 200;
    private static final int WORDS_IN_COMPLETION = 3;

    private static final Logger LOG = LoggerFactory.getLogger(ItemDocument.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private ItemDocument() {}

    static SolrInputDocument of(Snapshot snapshot, Item item) {
        var document = bare(snapshot, item);
        var language = item.languages().get(0);
        document.setField("title_text", written(item.title(), language));
        document.setField("meta_text", meta(item, language));
        document.setField("text", written(language, text(snapshot, item.id())));
        document.setField("language", values(languages(item.languages())));
        document.setField("script", scripts(snapshot.text(), item));
        filters(item, document);
        mentions(snapshot, document);
        document.setField("completion", completions(item.title()));
        CatalogueFields.add(item, document);
        return document;
    }

    /** What an item is filtered by, whatever of it is found. */
    static void filters(Item item, SolrInputDocument document) {
        document.setField("people", values(item.people()));
        if (!item.type().isEmpty()) document.setField("type", value(item.type()));
        document.setField("set", values(withAncestors(item.sets())));
        item.place().ifPresent(place -> {
            if (!place.name().isEmpty()) document.setField("place", value(place.name()));
            if (place.located()) document.setField("geo", place.lat() + "," + place.lon());
        });
        ItemDate.of(item.date()).ifPresent(date -> {
            document.setField("year", "%04d".formatted(date.first().getYear()));
            document.setField("first_day", date.first().toEpochDay());
            document.setField("last_day", date.last().toEpochDay());
        });
    }

    /** The field that has the title in the order of a language's alphabet. */
    static String sortField(LanguageTag language) {
        return "sort_title_" + language.value().replace('-', '_');
    }

    /** What must be there whatever the item holds: enough to be counted, shown and guarded. */
    static SolrInputDocument bare(Snapshot snapshot, Item item) {
        var document = new SolrInputDocument();
        document.setField("id", item.id().value());
        document.setField("version", snapshot.change().version().number());
        document.setField("title", json(item.title()));
        document.setField(
                "languages", item.languages().stream().map(LanguageTag::value).toList());
        var title = item.title().shown();
        document.setField("sort_title", WritingSystem.of("vi").sortKey(title));
        for (var tag : item.languages()) {
            var key = WritingSystem.of(tag.value()).sortKey(title);
            document.setField(sortField(tag), key);
            document.setField(sortField(new LanguageTag(tag.language())), key);
        }
        var at = snapshot.change().at();
        document.setField("changed", Math.addExact(at.getEpochSecond() * 1_000_000, at.getNano() / 1000));
        document.setField("open_from", item.access().openFrom().getEpochSecond());
        document.setField("communities", List.copyOf(item.access().communities()));
        return document;
    }

    private static void mentions(Snapshot snapshot, SolrInputDocument document) {
        var pieces = new LinkedHashMap<String, String>();
        for (var mention : snapshot.mentions())
            if (pieces.size() < MOST_PIECES)
                pieces.computeIfAbsent(mention.entity(), entity -> MentionPiece.of(mention, snapshot));
        document.setField(
                "mentions",
                values(snapshot.mentions().stream()
                        .map(Mention::entity)
                        .distinct()
                        .toList()));
        document.setField(
                "mention_pieces",
                pieces.entrySet().stream()
                        .map(piece -> piece.getKey() + UNIT + piece.getValue())
                        .toList());
        document.setField("linked", linked(snapshot));
    }

    /** Another one whenever the document would say something else of what the item names. */
    static String linked(Snapshot snapshot) {
        if (snapshot.mentions().isEmpty()) return "";
        var said = new StringBuilder();
        for (var mention : snapshot.mentions())
            said.append(mention.entity())
                    .append(' ')
                    .append(mention.field())
                    .append(' ')
                    .append(mention.start())
                    .append(' ')
                    .append(mention.end())
                    .append('\n');
        return UUID.nameUUIDFromBytes(said.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static List<String> meta(Item item, LanguageTag language) {
        var meta = new ArrayList<>(written(item.description(), language));
        meta.addAll(clean(item.creators()));
        meta.addAll(clean(item.identifiers()));
        meta.addAll(clean(item.people()));
        item.place().ifPresent(place -> meta.addAll(clean(List.of(place.name()))));
        return meta;
    }

    static String written(LanguageTag language, String text) {
        return language.value() + UNIT + text;
    }

    /** Each text with its language in front, as {@code schema.xml} says; that of the item where none is given. */
    private static List<String> written(LanguageMap texts, LanguageTag language) {
        var all = new ArrayList<String>();
        texts.texts().forEach((tag, text) -> {
            var known = tag.equals(LanguageTag.UNDETERMINED) ? language : tag;
            for (var clean : clean(List.of(text))) all.add(written(known, clean));
        });
        return all;
    }

    private static String text(Snapshot snapshot, ItemId id) {
        var text = snapshot.text();
        if (text.length() > LONGEST_TEXT) {
            LOG.info(
                    "index: item {}: only the first {} of its {} characters are searchable",
                    id,
                    LONGEST_TEXT,
                    text.length());
            text = text.substring(0, LONGEST_TEXT);
        }
        return clean(text);
    }

    static List<String> clean(Collection<String> texts) {
        return texts.stream()
                .filter(text -> !text.isEmpty())
                .map(text -> text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text)
                .map(ItemDocument::clean)
                .toList();
    }

    static String clean(String text) {
        return text.replace(BEGIN, '\uFFFD').replace(END, '\uFFFD').replace(UNIT, ' ');
    }

    /** {@code blt-Tavt} is found as {@code blt} too. */
    static Set<String> languages(List<LanguageTag> tags) {
        var all = new LinkedHashSet<String>();
        for (var tag : tags) {
            all.add(tag.value());
            all.add(tag.language());
        }
        return all;
    }

    private static Set<String> scripts(String text, Item item) {
        var scripts = new TreeSet<String>();
        for (var tag : item.languages()) if (!tag.script().equals("Zyyy")) scripts.add(tag.script());
        if (scripts.isEmpty())
            scripts.add(Scripts.dominantIn(text.isBlank() ? item.title().shown() : text));
        return scripts;
    }

    private static Set<String> withAncestors(List<String> sets) {
        var all = new TreeSet<String>();
        for (var set : sets) {
            all.add(set);
            for (int colon = set.lastIndexOf(':'); colon > 0; colon = set.lastIndexOf(':', colon - 1))
                all.add(set.substring(0, colon));
        }
        return all;
    }

    /** Each title, and every run of up to three words in it: a Vietnamese word is often two syllables, each written apart. */
    private static Set<String> completions(LanguageMap titles) {
        var all = new LinkedHashSet<String>();
        for (var whole : titles.texts().values()) {
            var title = value(whole, LONGEST_COMPLETED).strip();
            complete(title, all);
            var words = AnalysisSteps.folded(title);
            for (int from = 0; from < words.size(); from++) {
                int start = title.offsetByCodePoints(0, words.get(from).start());
                for (int to = from; to < Math.min(words.size(), from + WORDS_IN_COMPLETION); to++)
                    complete(
                            title.substring(
                                    start,
                                    title.offsetByCodePoints(0, words.get(to).end())),
                            all);
            }
        }
        return all;
    }

    private static void complete(String phrase, Set<String> all) {
        var key = Folding.ofPhrase(phrase);
        if (!key.isEmpty()) all.add(value(key) + UNIT + phrase);
        for (var latin : WritingSystem.inLatin(phrase)) all.add(value(latin) + UNIT + phrase);
    }

    static List<String> values(Collection<String> texts) {
        return texts.stream().map(ItemDocument::value).toList();
    }

    static String value(String text) {
        return value(text, LONGEST_VALUE);
    }

    /** Lucene refuses a document for one long value. */
    private static String value(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest));
    }

    private static String json(LanguageMap title) {
        var texts = new TreeMap<String, String>();
        title.texts().forEach((tag, text) -> texts.put(tag.value(), text));
        try {
            return JSON.writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of strings can always be written", e);
        }
    }

    static LanguageMap title(String json) {
        try {
            var texts = new TreeMap<LanguageTag, String>();
            JSON.readTree(json)
                    .properties()
                    .forEach(field -> texts.put(
                            new LanguageTag(field.getKey()), field.getValue().asText()));
            return new LanguageMap(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the index holds a title that is not a language map: " + json, e);
        }
    }
}
