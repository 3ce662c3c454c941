package org.thocam.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.Variant;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;
import org.thocam.api.VisibleItems.Visible;
import org.thocam.api.access.Caller;
import org.thocam.api.found.Signposting;
import org.thocam.api.iiif.Canvas;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.api.rdf.ItemRdf;
import org.thocam.ontology.Change;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Version;
import org.thocam.ontology.Viewer;

/** Reading items. Design section 4. */
@Path("items")
@Tag(name = "items")
public final class ItemResource {
    private final Library library;
    private final VisibleItems items;
    private final Addresses addresses;
    private final Findings findings;

    ItemResource(Library library, VisibleItems items, Addresses addresses, Findings findings) {
        this.library = library;
        this.items = items;
        this.addresses = addresses;
        this.findings = findings;
    }

    @GET
    @ForEverybody
    @Operation(operationId = "listItems", summary = "All items that you may see, by id")
    public Response list(
            @QueryParam("size") String size, @QueryParam("cursor") String cursor, @Context HttpServletRequest request) {
        int wanted = Lists.size(size, 20);
        var viewer = Caller.viewer(request);
        var page = new ArrayList<Change>();
        if (wanted > 0)
            items.forEach(Lists.after(cursor), viewer, change -> {
                page.add(change);
                return page.size() <= wanted;
            });
        boolean more = page.size() > wanted;
        var answer = ItemJson.MAPPER.createObjectNode().put("@context", Descriptions.CONTEXT);
        answer.put("total", items.size(viewer));
        var list = answer.putArray("items");
        var shown = more ? page.subList(0, wanted) : page;
        for (var change : shown) brief(change, viewer, request).ifPresent(list::add);
        var next = more ? Lists.cursorAfter(shown.get(shown.size() - 1).id()) : null;
        answer.put("next", next);
        var response = Response.ok(answer, MediaType.APPLICATION_JSON_TYPE).header("Vary", "Authorization");
        if (next != null)
            response.header("Link", "</api/v1/items?size=" + wanted + "&cursor=" + next + ">; rel=\"next\"");
        return response.build();
    }

    private Optional<ObjectNode> brief(Change change, Viewer viewer, HttpServletRequest request) {
        return library.archive()
                .head(change.id())
                .filter(head -> head.holding() instanceof Item item && items.allows(item, viewer))
                .map(head -> items.visible(head, viewer))
                .map(found -> {
                    var node = ItemJson.MAPPER
                            .createObjectNode()
                            .put("@id", identity(found.item().id(), request));
                    node.put("id", found.item().id().value());
                    node.set("title", ItemJson.json(found.item()).get("title"));
                    languages(found.item(), node.putArray("language"));
                    return node.put("version", found.version().number())
                            .put("datestamp", found.datestamp().toString());
                });
    }

    @GET
    @Path("{id}")
    @ForEverybody
    @Operation(
            operationId = "getItem",
            summary = "One item, as JSON-LD, Turtle, N-Triples, RDF/XML, or in a format of other libraries",
            description =
                    "The format is chosen by Accept, ?format= or a file ending (.json .jsonld .ttl .nt .rdf .schemaorg .marcxml ...); an unknown one is answered with the list of all. The Link header leads on (FAIR Signposting).")
    public Response item(
            @PathParam("id") String text,
            @QueryParam("format") String parameter,
            @QueryParam("version") String version,
            @Context HttpServletRequest request,
            @Context Request conditions)
            throws IOException {
        var viewer = Caller.viewer(request);
        var ending = endingOf(text);
        var id = VisibleItems.id(ending.isPresent() ? text.substring(0, text.lastIndexOf('.')) : text)
                .orElseThrow(() -> VisibleItems.absent(text));
        var found = version == null ? items.current(id, viewer) : items.version(id, number(version), viewer);
        var format = findings.all().chosen(conditions, ending, parameter);
        var record = findings.record(found, request);
        if (format.other().filter(other -> !other.fits(record)).isPresent())
            throw Problem.of(
                            ProblemType.NOT_ACCEPTABLE,
                            "format " + format.ending() + " has no words for item " + id
                                    + "; the formats of this item are in its link set, " + Addresses.item(id)
                                    + "/linkset")
                    .thrown();
        var tag = EntityTags.of(found.archived(), format.tag(record));
        var fresh = conditions.evaluatePreconditions(tag);
        if (fresh != null) return headers(fresh).build();
        var answer = headers(Response.ok().tag(tag).type(format.mediaType()));
        // an earlier version is not what the addresses lead to
        if (version == null) answer.header("Link", findings.signposting(record).headerOfDescription());
        if (format.isJson()) return answer.entity(json(found, request)).build();
        if (format.other().isPresent()) {
            // written before the answer begins, so that a record that cannot be written is an error and no half of a
            // file
            var bytes = new ByteArrayOutputStream();
            format.other().get().write(record, bytes);
            return answer.entity(bytes.toByteArray()).build();
        }
        StreamingOutput rdf =
                out -> ItemRdf.write(library.graph(), found.item(), found.version(), format.ending(), out);
        return answer.entity(rdf).build();
    }

    @GET
    @Path("{id}/linkset")
    @ForEverybody
    @Operation(
            operationId = "getLinkset",
            summary = "Where one goes on from an item: its files, descriptions, licence, collections (RFC 9264)",
            description = "JSON, or by Accept or ?format=linkset the form of a Link header.")
    public Response linkset(
            @PathParam("id") String text,
            @QueryParam("format") String parameter,
            @Context HttpServletRequest request,
            @Context Request conditions) {
        var id = VisibleItems.id(text).orElseThrow(() -> VisibleItems.absent(text));
        var found = items.current(id, Caller.viewer(request));
        var signposting = findings.signposting(findings.record(found, request));
        var json = MediaType.valueOf(Signposting.LINKSET_JSON);
        var plain = MediaType.valueOf(Signposting.LINKSET);
        boolean isPlain;
        if (parameter == null || parameter.isBlank()) {
            var variant = conditions.selectVariant(Variant.mediaTypes(json, MediaType.APPLICATION_JSON_TYPE, plain)
                    .build());
            if (variant == null)
                throw Problem.of(ProblemType.NOT_ACCEPTABLE, "there are " + json + " and " + plain)
                        .thrown();
            isPlain = variant.getMediaType().equals(plain);
        } else if (parameter.equals("linkset") || parameter.equals("json")) isPlain = parameter.equals("linkset");
        else throw Lists.bad("format", parameter, "json or linkset");
        var answer = headers(Response.ok());
        if (isPlain) return answer.type(plain).entity(signposting.text()).build();
        return answer.type(json)
                .entity(signposting.json().toString().getBytes(StandardCharsets.UTF_8))
                .build();
    }

    @GET
    @Path("{id}/text")
    @ForEverybody
    @Operation(operationId = "getText", summary = "The whole text of an item, in UTF-8")
    public Response text(
            @PathParam("id") String text,
            @QueryParam("version") String version,
            @Context HttpServletRequest request,
            @Context Request conditions) {
        var viewer = Caller.viewer(request);
        var id = VisibleItems.id(text).orElseThrow(() -> VisibleItems.absent(text));
        var found = version == null ? items.current(id, viewer) : items.version(id, number(version), viewer);
        var tag = EntityTags.of(found.archived(), "txt");
        var fresh = conditions.evaluatePreconditions(tag);
        if (fresh != null) return headers(fresh).build();
        var whole = library.archive().text(id, found.version());
        StreamingOutput body = out -> out.write(whole.getBytes(StandardCharsets.UTF_8));
        return headers(Response.ok(body, MediaType.TEXT_PLAIN_TYPE.withCharset("utf-8"))
                        .tag(tag))
                .build();
    }

    @GET
    @Path("{id}/versions")
    @ForEverybody
    @Operation(operationId = "listVersions", summary = "The history of an item, the oldest version first")
    public Response versions(@PathParam("id") String text, @Context HttpServletRequest request) {
        var id = VisibleItems.id(text).orElseThrow(() -> VisibleItems.absent(text));
        var answer = ItemJson.MAPPER.createObjectNode();
        var list = answer.putArray("items");
        for (var version : items.versions(id, Caller.viewer(request)))
            list.addObject()
                    .put("version", version.version().number())
                    .put("datestamp", version.datestamp().toString())
                    .put("agent", version.archived().agent())
                    .put(
                            "href",
                            Addresses.item(id) + "?version=" + version.version().number());
        return Response.ok(answer, MediaType.APPLICATION_JSON_TYPE)
                .header("Vary", "Authorization")
                .build();
    }

    /** The item as a caller reads it: without where on our disk it came from. */
    private ObjectNode json(Visible found, HttpServletRequest request) {
        var id = found.item().id();
        var node = ItemJson.MAPPER.createObjectNode().put("@context", Descriptions.CONTEXT);
        node.put("@id", identity(id, request));
        var item = ItemJson.json(found.item());
        // what it is about may be named from /id/ on
        if (!found.item().about().isEmpty()) {
            node.putArray("@context")
                    .add(Descriptions.CONTEXT)
                    .addObject()
                    .put("@base", addresses.base(request) + "/id/");
        }
        item.remove("source");
        node.setAll(item);
        languages(found.item(), node.putArray("language"));
        node.put("version", found.version().number())
                .put("datestamp", found.datestamp().toString());
        for (var file : node.path("files"))
            ((ObjectNode) file)
                    .put(
                            "href",
                            Addresses.item(id) + "/files/"
                                    + FileResource.escaped(file.path("name").asText()));
        var links = node.putObject("links")
                .put("self", Addresses.item(id))
                .put("text", Addresses.item(id) + "/text")
                .put("transcripts", Addresses.item(id) + "/transcripts")
                .put("versions", Addresses.item(id) + "/versions")
                .put("linkset", Addresses.item(id) + "/linkset")
                .put("page", "/items/" + id);
        if (found.item().files().stream().anyMatch(Canvas::isWanted))
            links.put("manifest", "/iiif/" + id + "/manifest");
        return node;
    }

    private String identity(ItemId id, HttpServletRequest request) {
        return addresses.base(request) + "/id/" + id;
    }

    private static void languages(Item item, ArrayNode list) {
        item.languages().stream().map(LanguageTag::value).forEach(list::add);
    }

    /** A file ending chooses the format, unless the id itself ends so. */
    private Optional<Format> endingOf(String text) {
        int dot = text.lastIndexOf('.');
        if (dot <= 0) return Optional.empty();
        var format = findings.all().ofEnding(text.substring(dot + 1));
        boolean isId = format.isPresent()
                && VisibleItems.id(text).flatMap(library.archive()::head).isPresent();
        return isId ? Optional.empty() : format;
    }

    static Version number(String text) {
        try {
            return new Version(Long.parseLong(text.strip().replaceFirst("^v", "")));
        } catch (IllegalArgumentException e) {
            throw Lists.bad("version", text, "a version's number, such as 2");
        }
    }

    private static Response.ResponseBuilder headers(Response.ResponseBuilder response) {
        return response.header("Vary", "Accept, Authorization").header("Cache-Control", "no-cache");
    }

    static Problem unsupported(String want) {
        return Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "want " + want);
    }
}
