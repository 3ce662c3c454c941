package org.thocam.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.thocam.api.VisibleItems.Visible;
import org.thocam.api.VisibleTranscripts.Shown;
import org.thocam.api.VisibleTranscripts.ShownTier;
import org.thocam.api.iiif.Canvas;
import org.thocam.api.iiif.IiifAddresses;
import org.thocam.api.iiif.Tiles;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.transcript.Passage;
import org.thocam.ontology.transcript.Recording;

/** An item as IIIF Presentation 3.0 has it, as far as one viewer may see it. */
final class IiifManifest {
    static final String CONTEXT = "http://iiif.io/api/presentation/3/context.json";
    static final String SEARCH_CONTEXT = "http://iiif.io/api/search/2/context.json";
    static final int PAGE = 500;

    private static final int NAMED = 20;

    private final Visible found;
    private final Item item;
    private final CatalogueRecord record;
    private final ShownMedia media;
    private final IiifAddresses at;
    private final String library;

    /** @param library what the library is called */
    IiifManifest(Visible found, CatalogueRecord record, ShownMedia media, String library) {
        this.found = found;
        this.item = found.item();
        this.record = record;
        this.media = media;
        this.at = new IiifAddresses(record.links().base(), item.id());
        this.library = library;
    }

    /** @param transcripts of the item, one after the other */
    ObjectNode json(Stream<Shown> transcripts) {
        var canvases = new LinkedHashMap<String, ObjectNode>();
        var captions = new LinkedHashMap<String, ArrayNode>();
        media.canvases().forEach((name, canvas) -> canvases.put(name, canvas(canvas)));
        boolean[] searched = new boolean[1];
        transcripts.forEach(shown -> {
            for (var place : media.places(shown)) {
                searched[0] = true;
                var canvas = canvases.get(place.canvas().file().name());
                annotations(shown, place, canvas.withArray("annotations"));
                if (!place.canvas().isPicture())
                    captions(
                            shown,
                            place,
                            captions.computeIfAbsent(
                                    place.canvas().file().name(), none -> ItemJson.MAPPER.createArrayNode()));
            }
        });
        captions.forEach((name, tracks) -> {
            if (!tracks.isEmpty())
                canvases.get(name)
                        .withArray("annotations")
                        .addObject()
                        .put("id", at.captions(name))
                        .put("type", "AnnotationPage")
                        .set("items", tracks);
        });
        var manifest = ItemJson.MAPPER.createObjectNode();
        if (searched[0]) manifest.putArray("@context").add(SEARCH_CONTEXT).add(CONTEXT);
        else manifest.put("@context", CONTEXT);
        manifest.put("id", at.manifest()).put("type", "Manifest");
        manifest.set("label", label(item.title()));
        describe(manifest);
        if (searched[0])
            manifest.putArray("service").addObject().put("id", at.search()).put("type", "SearchService2");
        var items = manifest.putArray("items");
        canvases.values().forEach(items::add);
        return manifest;
    }

    private void describe(ObjectNode manifest) {
        var summary = label(item.description());
        if (!media.leftOut().isEmpty()) {
            var names = String.join(", ", media.leftOut().stream().limit(NAMED).toList())
                    + (media.leftOut().size() > NAMED ? ", …" : "");
            summary.withArray("vi")
                    .add("Không trình bày được ở đây vì không biết, hoặc chưa biết, độ dài hay kích thước: " + names);
            summary.withArray("en").add("Not shown here, for their length or size is not known, or not yet: " + names);
        }
        if (!summary.isEmpty()) manifest.set("summary", summary);
        metadata(manifest);
        rights(manifest);
        provider(manifest);
        manifest.putArray("homepage")
                .addObject()
                .put("id", record.page())
                .put("type", "Text")
                .put("format", "text/html")
                .set("label", label(item.title()));
        manifest.putArray("seeAlso")
                .addObject()
                .put("id", record.links().data(item.id()) + "?format=jsonld")
                .put("type", "Dataset")
                .put("format", "application/ld+json")
                .set("label", none("JSON-LD"));
        rendering(manifest);
        media.canvases().values().stream()
                .filter(canvas -> canvas.tiles().isPresent())
                .findFirst()
                .ifPresent(canvas -> thumbnail(canvas, manifest));
    }

    private void metadata(ObjectNode manifest) {
        var rows = ItemJson.MAPPER.createArrayNode();
        row(
                rows,
                "Ngôn ngữ",
                "Language",
                item.languages().stream()
                        .filter(language -> !language.undetermined())
                        .map(LanguageTag::value)
                        .toList());
        row(rows, "Tác giả", "Creator", item.creators());
        row(rows, "Thời gian", "Date", item.date().isBlank() ? List.of() : List.of(item.date()));
        row(
                rows,
                "Địa điểm",
                "Place",
                item.place().map(place -> place.name()).filter(name -> !name.isBlank()).stream()
                        .toList());
        if (!rows.isEmpty()) manifest.set("metadata", rows);
    }

    private static void row(ArrayNode rows, String vietnamese, String english, List<String> values) {
        if (values.isEmpty()) return;
        var row = rows.addObject();
        row.set("label", both(vietnamese, english));
        var list = row.putObject("value").putArray("none");
        values.forEach(value -> list.add(plain(value)));
    }

    /** Presentation 3.0, section 3.1: {@code rights} is for Creative Commons and RightsStatements.org alone, by their http addresses. */
    private void rights(ObjectNode manifest) {
        var licence = record.licence()
                .map(address -> address.replaceFirst("^https?://(?:www\\.)?", "http://"))
                .filter(
                        address -> address.matches(
                                "http://(?:creativecommons\\.org/(?:licenses|publicdomain)|rightsstatements\\.org/vocab)/\\S+"));
        licence.ifPresent(address -> manifest.put("rights", address));
        boolean said = licence.isPresent() && item.rights().strip().matches("\\S+");
        if (item.rights().isBlank() || said) return;
        var statement = manifest.putObject("requiredStatement");
        statement.set("label", both("Quyền", "Rights"));
        statement.set("value", none(plain(item.rights())));
    }

    private void provider(ObjectNode manifest) {
        var provider = manifest.putArray("provider")
                .addObject()
                .put("id", at.base() + "/")
                .put("type", "Agent");
        provider.set("label", none(library));
        provider.putArray("homepage")
                .addObject()
                .put("id", at.base() + "/")
                .put("type", "Text")
                .put("format", "text/html")
                .set("label", none(library));
    }

    /** What is read and not painted. */
    private void rendering(ObjectNode manifest) {
        var list = ItemJson.MAPPER.createArrayNode();
        for (var file : item.files())
            if (file.mediaType().equals("application/pdf"))
                list.addObject()
                        .put("id", at.file(file.name()))
                        .put("type", "Text")
                        .put("format", "application/pdf")
                        .set("label", none(file.name()));
        if (!list.isEmpty()) manifest.set("rendering", list);
    }

    private ObjectNode canvas(Canvas canvas) {
        var name = canvas.file().name();
        var node = ItemJson.MAPPER.createObjectNode().put("id", at.canvas(name)).put("type", "Canvas");
        node.set("label", none(name));
        measure(canvas, node);
        thumbnail(canvas, node);
        var painting =
                node.putArray("items").addObject().put("id", at.painting(name)).put("type", "AnnotationPage");
        var annotation = painting.putArray("items")
                .addObject()
                .put("id", at.painting(name) + "&annotation=1")
                .put("type", "Annotation")
                .put("motivation", "painting")
                .put("target", at.canvas(name));
        body(canvas, annotation.putObject("body"));
        return node;
    }

    private static void measure(Canvas canvas, ObjectNode node) {
        if (canvas.facts().width() > 0)
            node.put("width", canvas.facts().width())
                    .put("height", canvas.facts().height());
        if (!canvas.isPicture()) node.put("duration", canvas.seconds());
    }

    private void body(Canvas canvas, ObjectNode body) {
        if (canvas.tiles().isPresent()) {
            var wholes = canvas.tiles().get().wholes();
            image(canvas, wholes.get(wholes.size() - 1), body);
            return;
        }
        body.put("id", at.file(canvas.file().name()))
                .put("type", canvas.type())
                .put("format", canvas.file().mediaType().replaceFirst(";.*", "").strip());
        measure(canvas, body);
    }

    private void thumbnail(Canvas canvas, ObjectNode node) {
        canvas.tiles()
                .ifPresent(tiles -> image(
                        canvas,
                        tiles.wholes().get(0),
                        node.putArray("thumbnail").addObject()));
    }

    private void image(Canvas canvas, Tiles.Piece piece, ObjectNode node) {
        var service = at.image(canvas.file().name());
        node.put("id", service + "/" + piece.path())
                .put("type", "Image")
                .put("format", "image/jpeg")
                .put("width", piece.size().width())
                .put("height", piece.size().height());
        node.putArray("service")
                .addObject()
                .put("id", service)
                .put("type", "ImageService3")
                .put("profile", "level0");
    }

    /** By reference: a page of them for each tier, which names the following ones. */
    private void annotations(Shown shown, ShownMedia.Place place, ArrayNode list) {
        for (var tier : shown.tiers()) {
            if (passages(shown, tier, place).isEmpty()) continue;
            list.addObject()
                    .put(
                            "id",
                            at.annotations(
                                    tier.key(),
                                    "1",
                                    shown.file(),
                                    place.canvas().file().name()))
                    .put("type", "AnnotationPage")
                    .set("label", label(tier));
        }
    }

    /** IIIF cookbook 0219. */
    private void captions(Shown shown, ShownMedia.Place place, ArrayNode list) {
        var recording = new Recording(place.canvas().file(), place.origin());
        for (var track : CaptionTrack.of(item, shown)) {
            var canvas = place.canvas().file().name();
            var body = list.addObject()
                    .put("id", at.captions(canvas) + "&annotation=" + (list.size()))
                    .put("type", "Annotation")
                    .put("motivation", "supplementing")
                    .put("target", at.canvas(canvas))
                    .putObject("body")
                    .put("id", at.base() + track.address(item.id(), recording))
                    .put("type", "Text")
                    .put("format", "text/vtt")
                    .put("language", track.srclang());
            body.set("label", none(track.label()));
        }
    }

    static ObjectNode label(ShownTier tier) {
        var name = tier.tier().name().isBlank()
                ? tier.tier().role().name().toLowerCase(Locale.ROOT)
                : tier.tier().name();
        return none(name);
    }

    /** A page of the passages of a tier; empty where there is none of that number. */
    Optional<ObjectNode> annotationPage(Shown shown, ShownTier tier, ShownMedia.Place place, int number) {
        var passages = passages(shown, tier, place);
        int last = pages(passages);
        if (number < 1 || number > last) return Optional.empty();
        var of = place.canvas().file().name();
        var page = ItemJson.MAPPER.createObjectNode().put("@context", CONTEXT);
        page.put("id", at.annotations(tier.key(), String.valueOf(number), shown.file(), of))
                .put("type", "AnnotationPage")
                .set("label", label(tier));
        if (last > 1) page.putArray("partOf").add(collection(shown, tier, of, passages));
        if (number > 1)
            reference(page, "prev", at.annotations(tier.key(), String.valueOf(number - 1), shown.file(), of));
        if (number < last)
            reference(page, "next", at.annotations(tier.key(), String.valueOf(number + 1), shown.file(), of));
        var items = page.putArray("items");
        for (var passage : passages.subList((number - 1) * PAGE, Math.min(passages.size(), number * PAGE)))
            items.add(annotation(shown, tier, place, passage));
        return Optional.of(page);
    }

    /** All annotations of a tier; empty where there are none. */
    Optional<ObjectNode> collection(Shown shown, ShownTier tier, ShownMedia.Place place) {
        var passages = passages(shown, tier, place);
        if (passages.isEmpty()) return Optional.empty();
        var alone = ItemJson.MAPPER.createObjectNode().put("@context", CONTEXT);
        alone.setAll(collection(shown, tier, place.canvas().file().name(), passages));
        return Optional.of(alone);
    }

    private static List<Passage> passages(Shown shown, ShownTier tier, ShownMedia.Place place) {
        return shown.visible().passages().stream()
                .filter(passage -> passage.tier() == tier.index())
                .filter(passage -> place.canvas().has(passage))
                .toList();
    }

    private static int pages(List<Passage> passages) {
        return (passages.size() + PAGE - 1) / PAGE;
    }

    private ObjectNode collection(Shown shown, ShownTier tier, String of, List<Passage> passages) {
        var collection = ItemJson.MAPPER
                .createObjectNode()
                .put("id", at.annotations(tier.key(), "all", shown.file(), of))
                .put("type", "AnnotationCollection");
        collection.set("label", label(tier));
        collection.put("total", passages.size());
        reference(collection, "first", at.annotations(tier.key(), "1", shown.file(), of));
        reference(collection, "last", at.annotations(tier.key(), String.valueOf(pages(passages)), shown.file(), of));
        return collection;
    }

    private static void reference(ObjectNode node, String relation, String page) {
        node.putObject(relation).put("id", page).put("type", "AnnotationPage");
    }

    /** A passage, about its place on the canvas. */
    ObjectNode annotation(Shown shown, ShownTier tier, ShownMedia.Place place, Passage passage) {
        var of = place.canvas().file().name();
        var annotation = ItemJson.MAPPER
                .createObjectNode()
                .put("id", at.annotation(passage.number(), shown.file(), of))
                .put("type", "Annotation")
                .put("motivation", "supplementing");
        var body = annotation
                .putObject("body")
                .put("type", "TextualBody")
                .put("value", passage.text())
                .put("format", "text/plain");
        CaptionTrack.language(item, tier).ifPresent(language -> body.put("language", language.value()));
        return annotation.put("target", place.canvas().target(at.canvas(of), passage, place.origin()));
    }

    IiifAddresses addresses() {
        return at;
    }

    /** A language map of Presentation 3.0, section 4.1: the schema knows tags of letters alone. */
    private static ObjectNode label(LanguageMap texts) {
        var label = ItemJson.MAPPER.createObjectNode();
        texts.texts().forEach((tag, text) -> {
            boolean known = !tag.undetermined() && tag.value().matches("[a-zA-Z-]+");
            label.withArray(known ? tag.value() : "none").add(plain(text));
        });
        return label;
    }

    static ObjectNode none(String text) {
        var label = ItemJson.MAPPER.createObjectNode();
        label.putArray("none").add(text);
        return label;
    }

    private static ObjectNode both(String vietnamese, String english) {
        var label = ItemJson.MAPPER.createObjectNode();
        label.putArray("vi").add(vietnamese);
        label.putArray("en").add(english);
        return label;
    }

    /** Section 4.4: what begins with a bracket would be taken for HTML, and ours never is. */
    private static String plain(String text) {
        return text.startsWith("<") ? " " + text : text;
    }
}
