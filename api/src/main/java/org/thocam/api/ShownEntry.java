package org.thocam.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thocam.api.VisibleLexicons.Visible;
import org.thocam.dictionary.EntryTag;
import org.thocam.dictionary.Headword;
import org.thocam.dictionary.KeptEntry;
import org.thocam.dictionary.PastState;
import org.thocam.dictionary.ReviewState;
import org.thocam.dictionary.entry.Entry;
import org.thocam.dictionary.entry.Sense;
import org.thocam.dictionary.lift.LiftEntry;
import org.thocam.index.search.EntryRequest.View;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;

/**
 * One state of an entry as the doors show it.
 *
 * @param tag that of the state; with {@link #PUBLISHED} behind it where readers see an earlier text than editors
 */
record ShownEntry(
        ItemId lexicon, String id, LanguageTag language, String xml, ReviewState state, boolean deleted, String tag) {
    static final String PUBLISHED = ".p";

    /** What we say of an entry beside its own fields; passed over when it comes back. */
    static final Set<String> OURS = Set.of(
            "id",
            "headword",
            "language",
            "glosses",
            "homograph",
            "href",
            "state",
            "tag",
            "deleted",
            "match",
            "head",
            "merged",
            "keptOverDeletion",
            "dryRun");
    /** What the server alone writes into an entry. */
    static final List<String> KEPT = List.of("liftId", "guid", "dateCreated", "dateModified", "dateDeleted");

    static ShownEntry working(KeptEntry entry, LanguageTag language) {
        return new ShownEntry(
                entry.lexicon(),
                entry.id().value(),
                language,
                entry.xml(),
                entry.state(),
                entry.deleted(),
                entry.tag().toString());
    }

    /** Empty where readers see nothing. */
    static Optional<ShownEntry> published(KeptEntry entry, LanguageTag language) {
        boolean same = entry.state() == ReviewState.PUBLISHED && !entry.deleted();
        return entry.asPublished()
                .map(shown -> new ShownEntry(
                        entry.lexicon(),
                        entry.id().value(),
                        language,
                        shown.xml(),
                        ReviewState.PUBLISHED,
                        false,
                        same ? entry.tag().toString() : entry.tag() + PUBLISHED));
    }

    /** Empty where this view has no such entry, or has it no more. */
    static Optional<ShownEntry> in(View view, KeptEntry entry, LanguageTag language) {
        return view == View.PUBLISHED
                ? published(entry, language)
                : Optional.of(working(entry, language)).filter(shown -> !shown.deleted);
    }

    static ShownEntry past(Visible lexicon, String id, PastState then, EntryTag tag) {
        return new ShownEntry(
                lexicon.id(), id, lexicon.language(), then.xml(), then.state(), then.deleted(), tag.toString());
    }

    String href() {
        return Addresses.entry(lexicon, id);
    }

    /** What lists show of it. */
    ObjectNode brief() {
        return brief(LiftEntry.kept(xml).entry());
    }

    /** That, and all its fields. */
    ObjectNode whole() {
        var read = LiftEntry.kept(xml);
        var node = brief(read.entry());
        node.setAll(read.tree());
        return node;
    }

    private ObjectNode brief(Entry entry) {
        var headword = Headword.of(entry, language);
        var node = ItemJson.MAPPER
                .createObjectNode()
                .put("id", id)
                .put("headword", headword.text())
                .put("language", headword.language().value());
        var glosses = node.putObject("glosses");
        glosses(entry).texts().forEach((tag, text) -> glosses.put(tag.value(), text));
        if (entry.order().matches("[1-9][0-9]{0,8}")) node.put("homograph", Integer.parseInt(entry.order()));
        node.put("href", href()).put("state", state.word()).put("tag", tag);
        if (deleted) node.put("deleted", true);
        return node;
    }

    /** Of each language the first; definitions where no sense has a gloss in it. */
    private static LanguageMap glosses(Entry entry) {
        Map<LanguageTag, String> glosses = new HashMap<>();
        for (var sense : entry.senses()) sense.glosses().forEach(gloss -> add(glosses, gloss.lang(), gloss.text()));
        for (Sense sense : entry.senses())
            sense.definition().forms().forEach((lang, form) -> add(glosses, lang, form.text()));
        return new LanguageMap(glosses);
    }

    private static void add(Map<LanguageTag, String> glosses, String lang, String text) {
        if (!text.isBlank()) glosses.putIfAbsent(Headword.tag(lang), text);
    }
}
