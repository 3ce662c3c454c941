package org.thocam.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.thocam.api.VisibleItems.Visible;
import org.thocam.api.VisibleTranscripts.Shown;
import org.thocam.api.VisibleTranscripts.ShownTier;
import org.thocam.api.iiif.IiifAddresses;
import org.thocam.index.search.SearchRequest;
import org.thocam.index.search.SegmentRequest;
import org.thocam.index.search.SegmentResponse;
import org.thocam.index.search.SegmentResponse.Found;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.transcript.Passage;

/**
 * IIIF Content Search 2.0 in the passages of one item. What the index finds is looked up in what the viewer may see of the transcripts, so that an
 * annotation is the same here and on the pages of the manifest; what stands before and behind a match is of the same passage alone.
 */
final class IiifSearch {
    private static final int PAGE = 100;
    private static final int CONTEXT = 60;
    private static final Pattern START = Pattern.compile("[0-9]{1,5}");
    private static final Pattern MARKED = Pattern.compile("<em>(.*?)</em>", Pattern.DOTALL);
    /** Section 3.1: parameters that clients may send, and that change nothing here. */
    private static final List<String> IGNORED = List.of("motivation", "date", "user");

    private final Library library;
    private final VisibleTranscripts transcripts;
    private final Clock clock;

    IiifSearch(Library library, VisibleTranscripts transcripts, Clock clock) {
        this.library = library;
        this.transcripts = transcripts;
        this.clock = clock;
    }

    ObjectNode answer(
            Visible found, IiifManifest manifest, ShownMedia media, Viewer viewer, HttpServletRequest request) {
        var q = Optional.ofNullable(request.getParameter("q")).orElse("").strip();
        int start = start(request.getParameter("startIndex"));
        var at = manifest.addresses();
        var files = transcripts
                .of(found, viewer)
                .filter(shown -> !media.places(shown).isEmpty())
                .map(Shown::file)
                .toList();
        Optional<SegmentResponse.Hit> hit = files.isEmpty() ? Optional.empty() : hit(found, q, files, start, viewer);
        long total = hit.map(SegmentResponse.Hit::found).orElse(0L);
        int asked = hit.map(one -> one.segments().size()).orElse(0);
        var page = ItemJson.MAPPER.createObjectNode();
        page.putArray("@context").add(IiifManifest.SEARCH_CONTEXT).add(IiifManifest.CONTEXT);
        page.put("id", address(at, q, start)).put("type", "AnnotationPage");
        var ignored = IGNORED.stream()
                .filter(name -> request.getParameter(name) != null)
                .toList();
        if (!ignored.isEmpty()) ignored.forEach(page.putArray("ignored")::add);
        page.put("startIndex", start);
        boolean more = asked > 0 && start + asked < total && start + asked <= 99_999;
        if (more || start > 0) {
            var all = page.putObject("partOf")
                    .put("id", address(at, q, -1))
                    .put("type", "AnnotationCollection")
                    .put("total", total);
            reference(all, "first", address(at, q, 0));
            if (total <= 99_999) reference(all, "last", address(at, q, (int) ((total - 1) / PAGE * PAGE)));
        }
        if (more) reference(page, "next", address(at, q, start + asked));
        if (start > 0) reference(page, "prev", address(at, q, Math.max(0, start - PAGE)));
        var context = ItemJson.MAPPER.createArrayNode();
        var segments = hit.map(SegmentResponse.Hit::segments).orElse(List.of());
        var annotations = new ArrayList<ArrayNode>();
        segments.forEach(segment -> annotations.add(ItemJson.MAPPER.createArrayNode()));
        // one transcript after the other, for they are large, and the answers in the order in which they were found
        for (var file : segments.stream().map(Found::file).distinct().toList()) {
            var looked = transcripts.find(found, file, viewer).map(Looked::of);
            if (looked.isEmpty()) continue;
            for (int i = 0; i < segments.size(); i++)
                if (segments.get(i).file().equals(file))
                    add(segments.get(i), looked.get(), manifest, media, annotations.get(i), context);
        }
        var items = page.putArray("items");
        annotations.forEach(items::addAll);
        if (!context.isEmpty())
            page.putArray("annotations")
                    .addObject()
                    .put("id", address(at, q, start) + "#context")
                    .put("type", "AnnotationPage")
                    .set("items", context);
        return page;
    }

    /** A transcript with its passages by their numbers. */
    private record Looked(Shown shown, Map<Integer, Passage> passages, Map<Integer, ShownTier> tiers) {
        static Looked of(Shown shown) {
            var passages = new HashMap<Integer, Passage>();
            for (var passage : shown.visible().passages()) passages.put(passage.number(), passage);
            var tiers = new HashMap<Integer, ShownTier>();
            for (var tier : shown.tiers()) tiers.put(tier.index(), tier);
            return new Looked(shown, passages, tiers);
        }
    }

    private Optional<SegmentResponse.Hit> hit(Visible found, String q, List<String> files, int start, Viewer viewer) {
        var asked = SearchRequest.of(q, 1, false);
        try {
            return new VisibleSegments(library, clock)
                            .search(
                                    new SegmentRequest(
                                            asked,
                                            PAGE,
                                            start,
                                            Optional.of(found.item().id()),
                                            files,
                                            Optional.empty(),
                                            List.of(),
                                            List.of(),
                                            List.of(),
                                            Optional.empty(),
                                            Optional.empty()),
                                    viewer)
                            .items()
                            .stream()
                            .findFirst();
        } catch (IllegalArgumentException e) {
            throw Lists.bad("q", q, "fewer words: " + e.getMessage());
        }
    }

    private static void add(
            Found segment, Looked looked, IiifManifest manifest, ShownMedia media, ArrayNode items, ArrayNode context) {
        var passage = looked.passages().get((int) segment.number());
        if (passage == null) return;
        var tier = looked.tiers().get(passage.tier());
        for (var place : media.places(looked.shown())) {
            if (!place.canvas().has(passage)) continue;
            var annotation = manifest.annotation(looked.shown(), tier, place, passage);
            items.add(annotation);
            var id = annotation.path("id").asText();
            int number = 1;
            for (var quote : quotes(segment.highlight())) {
                var node = context.addObject()
                        .put("id", id + "#match" + number++)
                        .put("type", "Annotation")
                        .put("motivation", "contextualizing");
                var target =
                        node.putObject("target").put("type", "SpecificResource").put("source", id);
                target.putArray("selector")
                        .addObject()
                        .put("type", "TextQuoteSelector")
                        .put("prefix", quote.prefix())
                        .put("exact", quote.exact())
                        .put("suffix", quote.suffix());
            }
        }
    }

    /** Web Annotation Data Model, section 4.2.4. */
    record Quote(String prefix, String exact, String suffix) {}

    /** @param highlight of one passage, escaped, with {@code <em>} around what was found */
    static List<Quote> quotes(String highlight) {
        var quotes = new ArrayList<Quote>();
        var marked = MARKED.matcher(highlight);
        while (marked.find()) {
            var before = text(highlight.substring(0, marked.start()));
            var after = text(highlight.substring(marked.end()));
            quotes.add(new Quote(end(before), text(marked.group(1)), beginning(after)));
        }
        return quotes;
    }

    private static String text(String html) {
        return html.replaceAll("</?em>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    private static String end(String text) {
        int from = Math.max(0, text.length() - CONTEXT);
        if (from > 0 && Character.isLowSurrogate(text.charAt(from))) from++;
        return text.substring(from);
    }

    private static String beginning(String text) {
        int to = Math.min(text.length(), CONTEXT);
        if (to > 0 && Character.isHighSurrogate(text.charAt(to - 1))) to--;
        return text.substring(0, to);
    }

    private static int start(String text) {
        if (text == null || text.isBlank()) return 0;
        if (!START.matcher(text.strip()).matches())
            throw Lists.bad("startIndex", text, "the one of 'next' of the page before");
        return Integer.parseInt(text.strip());
    }

    private static void reference(ObjectNode node, String relation, String page) {
        node.putObject(relation).put("id", page).put("type", "AnnotationPage");
    }

    private static String address(IiifAddresses at, String q, int start) {
        return at.search() + "?q=" + TranscriptResource.parameter(q) + (start < 0 ? "" : "&startIndex=" + start);
    }
}
