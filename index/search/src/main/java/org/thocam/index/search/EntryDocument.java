package org.thocam.index.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.ibm.icu.text.Normalizer2;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.thocam.index.analysis.LetterKeys;
import org.thocam.index.analysis.Sound;
import org.thocam.index.analysis.WritingSystem;
import org.thocam.index.search.EntryRequest.View;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;

/** An entry as the index holds it; {@code entries.xml} says what the fields are for. */
final class EntryDocument {
    /** Raised whenever the same entry would give another document: an index made before it must be made again. */
    static final int GENERATION = 3;

    /** What is longer is found by its words, and not as a whole. */
    private static final int LONGEST_KEY = 500;

    private static final char SCOPE = '\u0001';
    private static final Pattern DOMAIN =
            Pattern.compile("\\s*([0-9]+(?:\\.[0-9]+)*)\\.?(?:\\s+(.*))?", Pattern.DOTALL);
    private static final Normalizer2 DECOMPOSED = Normalizer2.getNFDInstance();
    private static final ObjectMapper JSON = new ObjectMapper();

    private EntryDocument() {}

    /** What every key of a dictionary begins with. */
    static String scope(ItemId lexicon) {
        return lexicon.value() + SCOPE;
    }

    /** What every key of a dictionary's glosses in one language begins with. */
    static String scope(ItemId lexicon, String language) {
        return scope(lexicon) + language + SCOPE;
    }

    static SolrInputDocument of(ItemId lexicon, IndexedEntry entry) {
        var document = new SolrInputDocument();
        document.setField("id", id(lexicon, entry.id(), entry.published()));
        document.setField("lexicon", lexicon.value());
        document.setField("entry", entry.id());
        document.setField("part", lexicon.part(entry.part()).value());
        if (entry.version() > 0) document.setField("part_version", entry.version());
        if (entry.published()) document.addField("view", View.PUBLISHED.of(lexicon));
        if (entry.working()) document.addField("view", View.WORKING.of(lexicon));
        document.setField("shown", shown(entry));
        forms(document, lexicon, entry.forms());
        glosses(document, lexicon, entry.glosses());
        domains(document, lexicon, entry.domains());
        return document;
    }

    static String id(ItemId lexicon, String entry, boolean published) {
        return lexicon.value() + (published ? '/' : ItemDocument.UNIT) + entry;
    }

    private static void forms(SolrInputDocument document, ItemId lexicon, List<Written> forms) {
        var scope = scope(lexicon);
        var keys = new Keys(document);
        for (var form : forms) {
            document.addField("form_text", ItemDocument.written(form.tag(), form.text()));
            if (tooLong(form.text())) continue;
            var writing = WritingSystem.of(form.tag().value());
            keys.add("form_exact", scope, writing.normalForm(form.text()));
            keys.add("form_folded", scope, writing.folded(form.text()));
            keys.add("letters_exact", scope, new LetterKeys(writing, false).of(form.text()));
            keys.add("letters_folded", scope, new LetterKeys(writing, true).of(form.text()));
            keys.add("form", "", decomposed(form.text()));
            for (var sound : sounds(form.text())) keys.add("sound", scope, sound);
        }
        keys.set();
        if (forms.isEmpty()) return;
        var head = forms.get(0);
        var writing = WritingSystem.of(head.tag().value());
        var exact = writing.normalForm(head.text());
        document.setField("length", exact.codePointCount(0, exact.length()));
        if (!tooLong(head.text())) {
            document.setField("head_exact", scope + exact);
            document.setField("head_folded", scope + writing.folded(head.text()));
        }
        document.setField("sort_key", writing.sortKey(beginning(head.text())));
    }

    /** What the distance between spellings is measured on. */
    static String decomposed(String text) {
        return DECOMPOSED.normalize(text.strip());
    }

    private static boolean tooLong(String text) {
        return text.length() > LONGEST_KEY;
    }

    private static String beginning(String text) {
        return tooLong(text) ? text.substring(0, text.offsetByCodePoints(0, LONGEST_KEY / 2)) : text;
    }

    /** By which a form is found that was typed in another script, or that is written in one. */
    static Set<String> sounds(String text) {
        var found = new LinkedHashSet<String>();
        var latin = WritingSystem.inLatin(text);
        for (var spelling : latin.isEmpty() ? Set.of(text) : latin) {
            var letters = Sound.letters(spelling);
            if (letters.isEmpty()) continue;
            var script = latin.isEmpty() ? "l" : "n";
            found.add(script + "=" + letters);
            found.add(script + "~" + Sound.of(letters));
        }
        return found;
    }

    private static void glosses(SolrInputDocument document, ItemId lexicon, List<Written> glosses) {
        var keys = new Keys(document);
        for (var gloss : glosses) {
            var tag = gloss.tag().value();
            keys.add("gloss_language", "", tag);
            document.addField(textField(tag), ItemDocument.written(gloss.tag(), gloss.text()));
            if (tooLong(gloss.text())) continue;
            var writing = WritingSystem.of(tag);
            var scope = scope(lexicon, tag);
            keys.add("gloss_exact", scope, writing.normalForm(gloss.text()));
            keys.add("gloss_folded", scope, writing.folded(gloss.text()));
            keys.add("gloss_letters", scope, new LetterKeys(writing, true).of(gloss.text()));
        }
        keys.set();
    }

    static String textField(String glossLanguage) {
        return "gloss_text_" + glossLanguage;
    }

    private static void domains(SolrInputDocument document, ItemId lexicon, List<String> domains) {
        var keys = new Keys(document);
        var scope = scope(lexicon);
        for (var domain : domains) {
            var read = DOMAIN.matcher(domain);
            var label = read.matches() ? read.group(2) : domain;
            if (read.matches()) {
                var code = read.group(1);
                if (tooLong(code)) continue;
                keys.add("domain_code", scope, code);
                for (int dot = code.lastIndexOf('.'); dot > 0; dot = code.lastIndexOf('.', dot - 1))
                    keys.add("domain_above", scope, code.substring(0, dot));
            }
            if (label == null || label.isBlank()) continue;
            document.addField("domain_text", ItemDocument.written(LanguageTag.UNDETERMINED, label));
            if (!tooLong(label)) keys.add("domain_label", scope, label(label));
        }
        keys.set();
    }

    /** The key of a domain's label, whatever language it is in. */
    static String label(String text) {
        return new LetterKeys(WritingSystem.of("und"), true).of(text);
    }

    /** The keys of one document, each once. */
    private record Keys(SolrInputDocument document, Map<String, Collection<String>> byField) {
        Keys(SolrInputDocument document) {
            this(document, new TreeMap<>());
        }

        void add(String field, String scope, String key) {
            if (!key.isEmpty())
                byField.computeIfAbsent(field, name -> new LinkedHashSet<>()).add(scope + key);
        }

        void set() {
            byField.forEach((field, keys) -> document.setField(field, new ArrayList<>(keys)));
        }
    }

    private record ShownEntry(String headword, String language, Map<String, String> glosses) {}

    private static String shown(IndexedEntry entry) {
        var head = entry.forms().isEmpty()
                ? new Written(LanguageTag.UNDETERMINED, "")
                : entry.forms().get(0);
        var glosses = new TreeMap<String, String>();
        for (var gloss : entry.glosses()) glosses.putIfAbsent(gloss.tag().value(), gloss.text());
        try {
            return JSON.writeValueAsString(
                    new ShownEntry(head.text(), head.tag().value(), glosses));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings are always JSON", e);
        }
    }

    static DictionaryEntry entry(SolrDocument document) {
        var json = (String) document.getFieldValue("shown");
        try {
            var shown = JSON.readValue(json, ShownEntry.class);
            var glosses = new TreeMap<LanguageTag, String>();
            shown.glosses().forEach((tag, gloss) -> glosses.put(new LanguageTag(tag), gloss));
            return new DictionaryEntry(
                    (String) document.getFieldValue("entry"),
                    shown.headword(),
                    new LanguageTag(shown.language()),
                    new LanguageMap(glosses));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the index holds an entry that it did not write: " + json, e);
        }
    }
}
