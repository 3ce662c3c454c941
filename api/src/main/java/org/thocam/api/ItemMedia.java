package org.thocam.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thocam.api.VisibleItems.Visible;
import org.thocam.api.VisibleTranscripts.Shown;
import org.thocam.api.VisibleTranscripts.ShownTier;
import org.thocam.api.iiif.Canvas;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.transcript.Passage;
import org.thocam.ontology.transcript.Recording;
import org.thocam.ontology.transcript.Role;

/** What an item's page has to hear, to see and to read along: players with captions, pictures, the first passages. It needs no script. */
record ItemMedia(VisibleTranscripts transcripts) {
    private static final int MOST_PLAYERS = 20;
    private static final int MOST_PICTURES = 50;
    private static final int MOST_PASSAGES = 200;
    private static final int MOST_TRACKS = 20;
    private static final Set<Role> READ =
            EnumSet.of(Role.TRANSCRIPTION, Role.ORTHOGRAPHY, Role.CAPTION, Role.TRANSLATION, Role.NOTE, Role.OTHER);

    /** One passage to be shown. */
    private record Line(Shown shown, ShownTier tier, Passage passage) {
        long start() {
            return passage.span().map(span -> span.start()).orElse(Long.MAX_VALUE);
        }
    }

    /** @return HTML, empty where there is nothing of that kind */
    String section(Visible found, Viewer viewer) throws IOException {
        return transcripts.inTurn(() -> made(found, viewer));
    }

    private String made(Visible found, Viewer viewer) {
        var tracks = new LinkedHashMap<String, List<String>>();
        var lines = new ArrayList<Line>();
        transcripts.of(found, viewer).forEach(shown -> {
            for (var recording : shown.visible().recordings())
                for (var track : CaptionTrack.of(found.item(), shown))
                    tracks.computeIfAbsent(recording.file().name(), none -> new ArrayList<>())
                            .add(track(found.item().id(), track, recording));
            if (lines.size() < MOST_PASSAGES) lines.addAll(lines(shown));
        });
        var html = new StringBuilder();
        players(found, tracks, html);
        pictures(found, html);
        if (found.item().files().stream().anyMatch(Canvas::isWanted))
            html.append("<p><a href=\"/iiif/")
                    .append(Html.escaped(found.item().id().value()))
                    .append("/manifest\" type=\"application/ld+json\">IIIF</a></p>\n");
        passages(found.item(), lines, html);
        return html.toString();
    }

    private static void players(Visible found, Map<String, List<String>> tracks, StringBuilder html) {
        int players = 0;
        for (var file : found.item().files()) {
            boolean picture = file.mediaType().startsWith("image/");
            if (!Canvas.isWanted(file) || picture || players++ >= MOST_PLAYERS) continue;
            var element = file.mediaType().startsWith("audio/") ? "audio" : "video";
            html.append("<figure><")
                    .append(element)
                    .append(" controls preload=\"metadata\">\n<source src=\"")
                    .append(Html.escaped(address(found.item().id(), file)))
                    // for what the browser does not play itself
                    .append("\">\n<source src=\"")
                    .append(Html.escaped(made(found.item().id(), "access", file)))
                    .append("\">\n");
            tracks.getOrDefault(file.name(), List.of()).stream()
                    .limit(MOST_TRACKS)
                    .forEach(html::append);
            html.append("</")
                    .append(element)
                    .append("><figcaption>")
                    .append(Html.escaped(file.name()))
                    .append("</figcaption></figure>\n");
        }
    }

    private static String track(ItemId id, CaptionTrack track, Recording recording) {
        return "<track kind=\"" + track.kind() + "\" srclang=\"" + Html.escaped(track.srclang()) + "\" label=\""
                + Html.escaped(track.label()) + "\" src=\"" + Html.escaped(track.address(id, recording)) + "\">\n";
    }

    /** Small, with the original behind. */
    private static void pictures(Visible found, StringBuilder html) {
        int pictures = 0;
        var id = found.item().id();
        for (var file : found.item().files()) {
            if (!file.mediaType().startsWith("image/") || pictures++ >= MOST_PICTURES) continue;
            html.append("<figure><a href=\"")
                    .append(Html.escaped(address(id, file)))
                    .append("\"><img loading=\"lazy\" src=\"")
                    .append(Html.escaped(made(id, "thumbnail", file)))
                    .append("\" alt=\"")
                    .append(Html.escaped(file.name()))
                    .append("\"></a></figure>\n");
        }
    }

    private static String made(ItemId id, String recipe, Bitstream file) {
        return Addresses.item(id) + "/derivatives/" + recipe + "/" + FileResource.escaped(file.name());
    }

    /** What is read; of a file that has nothing but words and glosses those. */
    private static List<Line> lines(Shown shown) {
        var tiers = shown.tiers().stream()
                .filter(tier -> READ.contains(tier.tier().role()))
                .toList();
        var byIndex = new LinkedHashMap<Integer, ShownTier>();
        (tiers.isEmpty() ? shown.tiers() : tiers).forEach(tier -> byIndex.put(tier.index(), tier));
        return shown.visible().passages().stream()
                .filter(passage -> byIndex.containsKey(passage.tier()))
                .map(passage -> new Line(shown, byIndex.get(passage.tier()), passage))
                .sorted(Comparator.comparingLong(Line::start))
                .limit(MOST_PASSAGES)
                .toList();
    }

    private static void passages(Item item, List<Line> lines, StringBuilder html) {
        var id = item.id();
        if (lines.isEmpty()) return;
        html.append("<section><h2>Lời <span lang=\"en\">· Passages</span></h2>\n<ol class=\"passages\">\n");
        for (var line : lines.subList(0, Math.min(lines.size(), MOST_PASSAGES))) {
            html.append("<li>");
            place(id, line, html);
            var tier = line.tier().tier();
            if (!tier.speaker().isBlank())
                html.append("<b>").append(Html.escaped(tier.speaker())).append("</b> ");
            html.append("<span")
                    .append(CaptionTrack.language(item, line.tier())
                            .map(LanguageTag::value)
                            .map(tag -> " lang=\"" + Html.escaped(tag) + "\"")
                            .orElse(""))
                    .append(" dir=\"auto\" title=\"")
                    .append(Html.escaped(tier.name()))
                    .append("\">")
                    .append(Html.escaped(line.passage().text()))
                    .append("</span></li>\n");
        }
        html.append("</ol>\n");
        html.append("<p><a href=\"")
                .append(Html.escaped(Addresses.item(id)))
                .append("/transcripts\">ELAN, TextGrid, WebVTT, CSV</a> · <a href=\"")
                .append(Html.escaped(Addresses.item(id)))
                .append("/segments\">JSON</a></p></section>\n");
    }

    /** A link that opens at the second, or at the page. */
    private static void place(ItemId id, Line line, StringBuilder html) {
        var passage = line.passage();
        var recording = line.shown().visible().recordings().stream().findFirst();
        if (passage.span().isPresent()) {
            long origin = recording.map(Recording::origin).orElse(0L);
            long start = Math.max(0, passage.span().get().start() + origin);
            long end = Math.max(start + 1, passage.span().get().end() + origin);
            var time = clock(start);
            if (recording.isEmpty()) html.append("<small>").append(time).append("</small> ");
            else link(address(id, recording.get().file()) + "#t=" + seconds(start) + "," + seconds(end), time, html);
            return;
        }
        passage.region().ifPresent(region -> {
            Optional<Bitstream> file = line.shown().original();
            if (file.isPresent())
                link(address(id, file.get()) + "#page=" + region.page(), "tr. " + region.page(), html);
        });
    }

    private static void link(String address, String text, StringBuilder html) {
        html.append("<a href=\"")
                .append(Html.escaped(address))
                .append("\">")
                .append(text)
                .append("</a> ");
    }

    private static String address(ItemId id, Bitstream file) {
        return Addresses.item(id) + "/files/" + FileResource.escaped(file.name());
    }

    private static String seconds(long milliseconds) {
        return String.format(Locale.ROOT, "%d.%03d", milliseconds / 1000, milliseconds % 1000);
    }

    private static String clock(long milliseconds) {
        long seconds = milliseconds / 1000;
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
