package org.thocam.index.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.solr.common.SolrInputDocument;
import org.thocam.index.analysis.Scripts;
import org.thocam.ontology.Item;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Mention;
import org.thocam.ontology.Snapshot;
import org.thocam.ontology.transcript.Passage;
import org.thocam.ontology.transcript.PassageRights;
import org.thocam.ontology.transcript.PassageText;
import org.thocam.ontology.transcript.Recording;
import org.thocam.ontology.transcript.Region;
import org.thocam.ontology.transcript.Tier;
import org.thocam.ontology.transcript.Transcript;

/** The passages of an item's file as the index holds them; {@code segments.xml} says what the fields are for. */
final class SegmentDocument {
    /** Raised whenever the same passage would give another document: an index made before it must be made again. */
    static final int GENERATION = 1;

    /** Between an item and a number in an id: Solr keeps what is before it together. */
    private static final char OF = '!';

    private final Snapshot snapshot;
    private final Item item;
    private final TreeMap<Integer, List<Named>> named;
    private long count;

    /** Where a mention ends in UTF-16 units of the item's text. */
    private record Named(int end, String entity) {}

    SegmentDocument(Snapshot snapshot, Item item) {
        this.snapshot = snapshot;
        this.item = item;
        this.named = named(snapshot);
    }

    /** Says that the item is shown, and in which version; nobody finds it. */
    SolrInputDocument holding() {
        var document = new SolrInputDocument();
        document.setField("id", item.id().value() + OF);
        document.setField("item", item.id().value());
        document.setField("holding", item.id().value());
        document.setField("version", snapshot.change().version().number());
        document.setField("linked", ItemDocument.linked(snapshot));
        return document;
    }

    /** Tells all passages of a file, one after the other. */
    void of(String file, Transcript transcript, Consumer<SolrInputDocument> consumer) {
        var passages = Passage.of(transcript);
        var rights = new PassageRights(item, file, transcript);
        var text = PassageText.of(transcript, passages, rights::isForAll);
        int at = text.text().isEmpty() ? -1 : snapshot.text().indexOf(text.text());
        var recording = Recording.of(item, file, transcript).stream().findFirst();
        Map<Integer, Tier> tiers = new HashMap<>();
        for (var passage : passages) {
            var tier = tiers.computeIfAbsent(
                    passage.tier(), number -> rights.shown(transcript.tiers().get(number)));
            var document = of(file, passage, tier, rights, recording);
            var start = text.starts().get(passage.number());
            if (at >= 0 && start != null)
                document.setField(
                        "mentions",
                        entities(at + start, at + start + passage.text().length()));
            consumer.accept(document);
        }
    }

    private SolrInputDocument of(
            String file, Passage passage, Tier tier, PassageRights rights, Optional<Recording> recording) {
        var document = ItemDocument.bare(snapshot, item);
        ItemDocument.filters(item, document);
        document.setField("id", item.id().value() + OF + count++);
        document.setField("item", item.id().value());
        var access = rights.to(passage);
        document.setField("open_from", access.openFrom().getEpochSecond());
        document.setField("communities", List.copyOf(access.communities()));
        document.setField("file", ItemDocument.value(file));
        document.setField("number", passage.number());
        document.setField("tier", tier.name());
        document.setField("tier_key", SegmentRequest.key(tier.name()));
        if (!tier.speaker().isBlank()) {
            document.setField("speaker", tier.speaker());
            document.setField("speaker_key", SegmentRequest.key(tier.speaker()));
        }
        document.setField("role", tier.role().name().toLowerCase(Locale.ROOT));
        var language = language(tier);
        language.ifPresent(tag -> document.setField("spoken", tag.value()));
        var tags = language.map(List::of).orElse(item.languages());
        document.setField("language", ItemDocument.values(ItemDocument.languages(tags)));
        document.setField("script", scripts(passage.text(), tags));
        var text = passage.text().length() > ItemDocument.LONGEST_TEXT
                ? passage.text().substring(0, ItemDocument.LONGEST_TEXT)
                : passage.text();
        document.setField("text", ItemDocument.written(tags.get(0), ItemDocument.clean(text)));
        passage.span().ifPresent(span -> {
            document.setField("start", span.start());
            document.setField("end", span.end());
            if (span.derived()) document.setField("derived", "true");
            recording.ifPresent(of -> {
                document.setField("recording", of.file().name());
                document.setField("origin", of.origin());
            });
        });
        passage.region().ifPresent(region -> place(region, document));
        return document;
    }

    private static void place(Region region, SolrInputDocument document) {
        document.setField("page", region.page());
        if (!region.isWhole())
            document.setField(
                    "box",
                    String.format(
                            Locale.ROOT,
                            "%.5f %.5f %.5f %.5f",
                            region.x(),
                            region.y(),
                            region.width(),
                            region.height()));
        region.confidence().ifPresent(confidence -> document.setField("confidence", confidence));
    }

    /** Files say much that is no language; what is none says nothing. */
    private static Optional<LanguageTag> language(Tier tier) {
        if (tier.language().isBlank()) return Optional.empty();
        try {
            var tag = new LanguageTag(tier.language().strip().replace('_', '-'));
            return tag.undetermined() ? Optional.empty() : Optional.of(tag);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static TreeSet<String> scripts(String text, List<LanguageTag> tags) {
        var scripts = new TreeSet<String>();
        var written = Scripts.dominantIn(text);
        if (!written.equals("Zyyy")) scripts.add(written);
        else for (var tag : tags) if (!tag.script().equals("Zyyy")) scripts.add(tag.script());
        return scripts;
    }

    private Set<String> entities(int start, int end) {
        var entities = new LinkedHashSet<String>();
        for (var there : named.subMap(start, end).values())
            for (var mention : there) if (mention.end() <= end) entities.add(mention.entity());
        return entities;
    }

    private static TreeMap<Integer, List<Named>> named(Snapshot snapshot) {
        var named = new TreeMap<Integer, List<Named>>();
        var text = snapshot.text();
        int units = 0;
        int points = 0;
        for (var mention : snapshot.mentions()) {
            if (!mention.field().equals(Mention.TEXT)) continue;
            if (mention.start() < points) {
                units = 0;
                points = 0;
            }
            units = text.offsetByCodePoints(units, mention.start() - points);
            points = mention.start();
            named.computeIfAbsent(units, start -> new ArrayList<>())
                    .add(new Named(text.offsetByCodePoints(units, mention.end() - mention.start()), mention.entity()));
        }
        return named;
    }
}
