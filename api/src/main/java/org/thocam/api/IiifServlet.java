package org.thocam.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.api.VisibleItems.Visible;
import org.thocam.api.VisibleTranscripts.Shown;
import org.thocam.api.VisibleTranscripts.ShownTier;
import org.thocam.api.access.Caller;
import org.thocam.api.iiif.IiifAddresses;
import org.thocam.api.iiif.ImageRequest;
import org.thocam.api.iiif.Tiles;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemException;
import org.thocam.api.problem.ProblemType;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Viewer;

/** The doors of IIIF: Presentation 3.0, Content Search 2.0, Image 3.0 at level 0. All ask for the item as the caller may see it, each time. */
final class IiifServlet extends HttpServlet {
    static final String PATHS = IiifAddresses.PATH + "*";

    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(IiifServlet.class);
    private static final String PRESENTATION = "application/ld+json;profile=\"" + IiifManifest.CONTEXT + "\"";
    private static final String SEARCH = "application/ld+json;profile=\"" + IiifManifest.SEARCH_CONTEXT + "\"";
    private static final String IMAGE_CONTEXT = "http://iiif.io/api/image/3/context.json";
    private static final String IMAGE = "application/ld+json;profile=\"" + IMAGE_CONTEXT + "\"";
    private static final String INFO = "info.json";
    /** Region, size, rotation, quality and format. */
    private static final int PARAMETERS = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final transient VisibleItems items;
    private final transient VisibleTranscripts transcripts;
    private final transient Findings findings;
    private final transient KnownMedia known;
    private final transient IiifSearch search;

    IiifServlet(
            Library library,
            VisibleItems items,
            VisibleTranscripts transcripts,
            Findings findings,
            KnownMedia known,
            Clock clock) {
        this.items = items;
        this.transcripts = transcripts;
        this.findings = findings;
        this.known = known;
        this.search = new IiifSearch(library, transcripts, clock);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            var parts = parts(request);
            if (isOfImages(parts)) image(parts.subList(1, parts.size()), request, response);
            else presentation(parts, request, response);
        } catch (ProblemException e) {
            PageServlet.answer(request, response, e.problem());
        } catch (RuntimeException e) {
            var problem = ProblemMapper.problem(e);
            if (problem.status() >= 500)
                LOG.error("{} {}", request.getMethod(), org.thocam.ontology.Shown.of(request.getRequestURI()), e);
            PageServlet.answer(request, response, problem);
        }
    }

    /** What follows {@code /iiif/}, unescaped; a semicolon may be part of an id. */
    private static List<String> parts(HttpServletRequest request) {
        var path = request.getRequestURI().substring(IiifAddresses.PATH.length());
        var parts = new ArrayList<String>();
        try {
            for (var part : path.split("/", -1))
                parts.add(URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw nothing();
        }
        return parts;
    }

    private static boolean isOfImages(List<String> parts) {
        if (!parts.get(0).equals("image") || parts.size() < 3) return false;
        // an item may be called 'image' too
        var last = parts.get(parts.size() - 1);
        return last.equals(INFO) || last.equals("default.jpg") || !isPresentation(parts.get(1));
    }

    private static boolean isPresentation(String kind) {
        return List.of("manifest", "search", "canvas", "annotation", "annotations")
                .contains(kind);
    }

    private static ProblemException nothing() {
        return Problem.of(
                        ProblemType.NOT_FOUND,
                        "there is nothing at this address; an item's manifest is at /iiif/{id}/manifest")
                .thrown();
    }

    /** With the files that may be given: a dictionary has some for its editors alone. */
    private Visible item(String text, HttpServletRequest request) {
        ItemId id = VisibleItems.id(text).orElseThrow(() -> VisibleItems.absent(text));
        var found = items.current(id, Caller.viewer(request));
        return new Visible(found.archived(), findings.record(found, request).item());
    }

    private void presentation(List<String> parts, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (parts.size() < 2 || !isPresentation(parts.get(1))) throw nothing();
        var viewer = Caller.viewer(request);
        var found = item(parts.get(0), request);
        var media = ShownMedia.of(found, known);
        var manifest = new IiifManifest(found, findings.record(found, request), media, findings.library());
        var document = transcripts.inTurn(
                () -> document(parts.get(1), parts.subList(2, parts.size()), found, manifest, media, viewer, request));
        send(found, document, parts.get(1).equals("search") ? SEARCH : PRESENTATION, request, response);
    }

    private ObjectNode document(
            String kind,
            List<String> rest,
            Visible found,
            IiifManifest manifest,
            ShownMedia media,
            Viewer viewer,
            HttpServletRequest request) {
        boolean alone = kind.equals("manifest") || kind.equals("search");
        if (alone != rest.isEmpty()) throw nothing();
        switch (kind) {
            case "manifest":
                return whole(found, manifest, media, viewer);
            case "search":
                return search.answer(found, manifest, media, viewer, request);
            case "canvas":
                return canvas(String.join("/", rest), found, manifest, media, viewer);
            case "annotation":
                if (rest.size() < 2) throw nothing();
                return annotation(
                        number(rest.get(0)),
                        String.join("/", rest.subList(1, rest.size())),
                        found,
                        manifest,
                        media,
                        viewer,
                        request);
            default:
                if (rest.size() < 3) throw nothing();
                return page(
                        rest.get(0),
                        rest.get(1),
                        String.join("/", rest.subList(2, rest.size())),
                        found,
                        manifest,
                        media,
                        viewer,
                        request);
        }
    }

    /** Presentation 3.0, section 5.2: a manifest has a canvas. */
    private ObjectNode whole(Visible found, IiifManifest manifest, ShownMedia media, Viewer viewer) {
        if (media.canvases().isEmpty())
            throw Problem.of(
                            ProblemType.NOT_FOUND,
                            "item " + found.item().id() + " has no manifest: "
                                    + (media.leftOut().isEmpty()
                                            ? "it has no picture, sound or film that you may see"
                                            : "of none of its pictures, sound and films the size or length is known ("
                                                    + media.leftOut().get(0) + ")"))
                    .thrown();
        return manifest.json(transcripts.of(found, viewer));
    }

    private ObjectNode canvas(String file, Visible found, IiifManifest manifest, ShownMedia media, Viewer viewer) {
        if (!media.canvases().containsKey(file)) throw nothing();
        for (var canvas : whole(found, manifest, media, viewer).path("items"))
            if (canvas.path("id").asText().equals(manifest.addresses().canvas(file))) {
                var alone = ItemJson.MAPPER.createObjectNode().put("@context", IiifManifest.CONTEXT);
                alone.setAll((ObjectNode) canvas);
                alone.putArray("partOf")
                        .addObject()
                        .put("id", manifest.addresses().manifest())
                        .put("type", "Manifest");
                return alone;
            }
        throw nothing();
    }

    private static ShownMedia.Place place(Shown shown, ShownMedia media, HttpServletRequest request) {
        var of = request.getParameter("of");
        return media.places(shown).stream()
                .filter(place -> of == null || place.canvas().file().name().equals(of))
                .findFirst()
                .orElseThrow(IiifServlet::nothing);
    }

    private ObjectNode page(
            String key,
            String number,
            String file,
            Visible found,
            IiifManifest manifest,
            ShownMedia media,
            Viewer viewer,
            HttpServletRequest request) {
        var shown = transcripts.find(found, file, viewer).orElseThrow(IiifServlet::nothing);
        var tier = shown.tiers().stream()
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElseThrow(IiifServlet::nothing);
        var place = place(shown, media, request);
        if (number.equals("all")) return manifest.collection(shown, tier, place).orElseThrow(IiifServlet::nothing);
        return manifest.annotationPage(shown, tier, place, number(number)).orElseThrow(IiifServlet::nothing);
    }

    private ObjectNode annotation(
            int number,
            String file,
            Visible found,
            IiifManifest manifest,
            ShownMedia media,
            Viewer viewer,
            HttpServletRequest request) {
        var shown = transcripts.find(found, file, viewer).orElseThrow(IiifServlet::nothing);
        var place = place(shown, media, request);
        var passage = shown.visible().passages().stream()
                .filter(one -> one.number() == number && place.canvas().has(one))
                .findFirst()
                .orElseThrow(IiifServlet::nothing);
        ShownTier tier = shown.tiers().stream()
                .filter(one -> one.index() == passage.tier())
                .findFirst()
                .orElseThrow(IiifServlet::nothing);
        var alone = ItemJson.MAPPER.createObjectNode().put("@context", IiifManifest.CONTEXT);
        alone.setAll(manifest.annotation(shown, tier, place, passage));
        return alone;
    }

    private static int number(String text) {
        if (!text.matches("[0-9]{1,9}")) throw nothing();
        return Integer.parseInt(text);
    }

    /** @param parts id, the file's path, and what is asked for of it */
    private void image(List<String> parts, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var found = item(parts.get(0), request);
        var at = new IiifAddresses(
                findings.addresses().base(request), found.item().id());
        var last = parts.get(parts.size() - 1);
        var alone = file(found, parts.subList(1, parts.size()));
        if (alone.isPresent() && tiles(found, alone.get()).isPresent()) {
            // section 2: the address of the service itself leads to what it says of itself
            response.setStatus(303);
            response.setHeader("Vary", "Authorization");
            response.setHeader("Location", at.image(alone.get().name()) + "/" + INFO);
            return;
        }
        int behind = last.equals(INFO) ? 1 : PARAMETERS;
        if (parts.size() < behind + 2) throw nothing();
        var file = file(found, parts.subList(1, parts.size() - behind)).orElseThrow(IiifServlet::nothing);
        var info = tiles(found, file).orElseThrow(() -> Problem.of(
                        ProblemType.NOT_FOUND,
                        "file " + file.name() + " of item " + found.item().id()
                                + " cannot be had in pieces; whole it is at " + at.file(file.name()))
                .thrown());
        if (behind == 1) {
            send(found, info(at.image(file.name()), info), IMAGE, request, response);
            return;
        }
        var asked = parts.subList(parts.size() - PARAMETERS, parts.size());
        var piece = new ImageRequest(asked.get(0), asked.get(1), asked.get(2), asked.get(3))
                .of(info)
                .orElseThrow(() -> Problem.of(
                                ProblemType.NOT_FOUND,
                                "there is no such piece; the service is of level 0, and " + at.image(file.name()) + "/"
                                        + INFO + " says which there are")
                        .thrown());
        piece(found, file, piece, at.image(file.name()), request, response);
    }

    private static Optional<Bitstream> file(Visible found, List<String> path) {
        var name = String.join("/", path);
        return found.item().files().stream()
                .filter(one -> one.name().equals(name))
                .findFirst();
    }

    private Optional<Tiles> tiles(Visible found, Bitstream file) {
        return known.tiles(file, known.facts(found, file, PATIENCE));
    }

    /** Image API 3.0, section 5. */
    private static ObjectNode info(String id, Tiles tiles) {
        var node = ItemJson.MAPPER.createObjectNode().put("@context", IMAGE_CONTEXT);
        node.put("id", id)
                .put("type", "ImageService3")
                .put("protocol", "http://iiif.io/api/image")
                .put("profile", "level0")
                .put("width", tiles.width())
                .put("height", tiles.height());
        var sizes = node.putArray("sizes");
        for (var piece : tiles.wholes())
            sizes.addObject()
                    .put("width", piece.size().width())
                    .put("height", piece.size().height());
        var factors =
                node.putArray("tiles").addObject().put("width", tiles.side()).putArray("scaleFactors");
        tiles.scaleFactors().forEach(factors::add);
        return node;
    }

    private void piece(
            Visible found,
            Bitstream file,
            Tiles.Piece piece,
            String service,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var bytes = known.piece(found, file, piece);
        if (isFresh(TranscriptResource.tagOf(found, bytes), request, response)) return;
        response.setContentType("image/jpeg");
        response.setHeader(
                "Link",
                "<" + service + "/" + INFO
                        + ">; rel=\"describedby\", <http://iiif.io/api/image/3/level0.json>;rel=\"profile\"");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private static void send(
            Visible found, JsonNode document, String type, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var bytes = document.toString().getBytes(StandardCharsets.UTF_8);
        if (isFresh(TranscriptResource.tagOf(found, bytes), request, response)) return;
        response.setContentType(type);
        response.getOutputStream().write(bytes);
    }

    /** Sets the headers of every answer, and ends one that the caller has already. RFC 9110, section 13.1.2. */
    private static boolean isFresh(String tag, HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("ETag", '"' + tag + '"');
        response.setHeader("Vary", "Authorization");
        response.setHeader("Cache-Control", "no-cache");
        var known = Optional.ofNullable(request.getHeader("If-None-Match")).orElse("");
        boolean fresh = Stream.concat(Stream.of(known.strip()), Arrays.stream(known.split(",(?=\\s*(?:W/)?\")")))
                .map(one -> one.strip().replaceFirst("^W/", "").replaceFirst("--gzip\"$", "\""))
                .anyMatch(one -> one.equals("*") || one.equals('"' + tag + '"'));
        if (fresh) response.setStatus(304);
        return fresh;
    }
}
