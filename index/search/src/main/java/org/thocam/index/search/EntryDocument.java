package org.thocam.index.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.TreeMap;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.thocam.index.analysis.WritingSystem;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;

/** An entry as the index holds it; {@code entries.xml} says what the fields are for. */
final class EntryDocument {
    /** Raised whenever the same entry would give another document: an index made before it must be made again. */
    static final int GENERATION = 2;

    /** A longer gloss is found by its words, and not as a whole. */
    private static final int LONGEST_GLOSS_KEY = 500;

    private static final ObjectMapper JSON = new ObjectMapper();

    private EntryDocument() {}

    static SolrInputDocument of(ItemId lexicon, DictionaryEntry entry) {
        var writing = WritingSystem.of(entry.language().value());
        var document = new SolrInputDocument();
        document.setField("id", id(lexicon, entry.id()));
        document.setField("lexicon", lexicon.value());
        document.setField("entry", entry.id());
        document.setField("headword", entry.headword());
        document.setField("language", entry.language().value());
        document.setField("glosses", json(entry.glosses()));
        var exact = writing.normalForm(entry.headword());
        document.setField("exact_key", exact);
        document.setField("folded_key", writing.folded(entry.headword()));
        document.setField("sort_key", writing.sortKey(entry.headword()));
        document.setField("length", exact.codePointCount(0, exact.length()));
        document.setField("headword_text", ItemDocument.written(entry.language(), entry.headword()));
        var keys = new LinkedHashSet<String>();
        entry.glosses().texts().forEach((tag, gloss) -> {
            if (gloss.codePointCount(0, gloss.length()) <= LONGEST_GLOSS_KEY)
                keys.add(WritingSystem.of(tag.value()).normalForm(gloss));
        });
        document.setField("gloss_key", new ArrayList<>(keys));
        var glosses = new ArrayList<String>();
        entry.glosses().texts().forEach((tag, gloss) -> glosses.add(ItemDocument.written(tag, gloss)));
        document.setField("gloss_text", glosses);
        return document;
    }

    static String id(ItemId lexicon, String entry) {
        return lexicon + "/" + entry;
    }

    static DictionaryEntry entry(SolrDocument document) {
        var glosses = new TreeMap<LanguageTag, String>();
        read((String) document.getFieldValue("glosses"))
                .forEach((tag, gloss) -> glosses.put(new LanguageTag(tag), gloss));
        return new DictionaryEntry(
                (String) document.getFieldValue("entry"),
                (String) document.getFieldValue("headword"),
                new LanguageTag((String) document.getFieldValue("language")),
                new LanguageMap(glosses));
    }

    private static String json(LanguageMap map) {
        var texts = new LinkedHashMap<String, String>();
        map.texts().forEach((tag, text) -> texts.put(tag.value(), text));
        try {
            return JSON.writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings are always JSON", e);
        }
    }

    private static Map<String, String> read(String json) {
        try {
            return JSON.readValue(
                    json, JSON.getTypeFactory().constructMapType(TreeMap.class, String.class, String.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the index holds glosses that it did not write: " + json, e);
        }
    }
}
