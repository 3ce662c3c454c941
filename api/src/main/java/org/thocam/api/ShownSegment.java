package org.thocam.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.thocam.index.search.SegmentResponse.Found;
import org.thocam.ontology.ItemId;

/** A passage as JSON, with the address that opens there (Media Fragments URI 1.0; RFC 8118 for the page of a PDF). */
final class ShownSegment {
    private ShownSegment() {}

    static ObjectNode of(Found found, ObjectNode node) {
        node.put("file", found.file()).put("number", found.number()).put("tier", found.tier());
        if (!found.speaker().isEmpty()) node.put("speaker", found.speaker());
        node.put("role", found.role());
        if (!found.language().isEmpty()) node.put("language", found.language());
        found.start().ifPresent(start -> node.put("start", start));
        found.end().ifPresent(end -> node.put("end", end));
        if (found.derived()) node.put("derived", true);
        if (found.page() > 0) node.put("page", found.page());
        if (!found.box().isEmpty()) {
            var box = node.putArray("box");
            found.box().forEach(box::add);
        }
        found.confidence().ifPresent(confidence -> node.put("confidence", confidence));
        node.put("text", found.text());
        if (!found.highlight().isEmpty()) node.put("highlight", found.highlight());
        if (!found.mentions().isEmpty()) {
            var mentions = node.putArray("mentions");
            found.mentions().forEach(mentions::add);
        }
        var href = href(found);
        if (!href.isEmpty()) node.put("href", href);
        return node;
    }

    private static String href(Found found) {
        if (!found.recording().isEmpty() && found.start().isPresent()) {
            long start = Math.max(0, found.start().get() + found.origin());
            long end = Math.max(start, found.end().orElse(found.start().get()) + found.origin());
            var until = end > start ? "," + seconds(end) : "";
            return file(found.item(), found.recording()) + "#t=" + seconds(start) + until;
        }
        if (!found.given()) return "";
        var address = file(found.item(), found.file());
        if (found.page() == 0) return address;
        return address + "#page=" + found.page() + (found.box().isEmpty() ? "" : "&xywh=" + percent(found));
    }

    private static String percent(Found found) {
        var box = found.box();
        return String.format(
                Locale.ROOT,
                "percent:%.2f,%.2f,%.2f,%.2f",
                box.get(0) * 100,
                box.get(1) * 100,
                box.get(2) * 100,
                box.get(3) * 100);
    }

    private static String file(ItemId id, String name) {
        return Addresses.item(id) + "/files/" + FileResource.escaped(name);
    }

    private static String seconds(long milliseconds) {
        return String.format(Locale.ROOT, "%d.%03d", milliseconds / 1000, milliseconds % 1000);
    }
}
