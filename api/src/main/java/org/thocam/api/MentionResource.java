package org.thocam.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.thocam.api.CurrentEntities.View;
import org.thocam.api.VisibleItems.Visible;
import org.thocam.api.access.Caller;
import org.thocam.api.access.Role;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.ontology.Content;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Mention;
import org.thocam.ontology.MentionDecision;
import org.thocam.ontology.entity.EntityKind;

/** The entities that an item names, and what curators decide on them. A decision is kept with the item and outlives its next text. */
@Path("items/{id}/mentions")
@Tag(name = "items")
public final class MentionResource {
    private static final int MOST = 1000;
    private static final int MOST_DECISIONS = 5000;
    private static final int LONGEST_SURFACE = 500;
    private static final String DESCRIPTION = "item.json";

    private final Library library;
    private final VisibleItems items;
    private final CurrentEntities entities;
    private final ItemMentions mentions;
    private final Body body;
    private final Clock clock;

    MentionResource(
            Library library,
            VisibleItems items,
            CurrentEntities entities,
            ItemMentions mentions,
            Body body,
            Clock clock) {
        this.library = library;
        this.items = items;
        this.entities = entities;
        this.mentions = mentions;
        this.body = body;
        this.clock = clock;
    }

    @GET
    @ForEverybody
    @Operation(
            operationId = "listMentions",
            summary = "The entities that an item names, where, how sure, and why",
            description =
                    "'items' are of the text, with offsets in code points; 'metadata' of titles and descriptions, with the field; 'decisions' are the curators'. At most 1000 of the text on a page.")
    public Response list(
            @PathParam("id") String text,
            @QueryParam("entity") @Parameter(description = "only mentions of this one") String entity,
            @QueryParam("version") String version,
            @QueryParam("size") @Parameter(description = "0 to 1000, else 1000") String size,
            @QueryParam("cursor") String cursor,
            @Context UriInfo uri,
            @Context HttpServletRequest request) {
        var viewer = Caller.viewer(request);
        var id = VisibleItems.id(text).orElseThrow(() -> VisibleItems.absent(text));
        var found =
                version == null ? items.current(id, viewer) : items.version(id, ItemResource.number(version), viewer);
        int wanted = size(size);
        var view = entities.now();
        var named = mentions.of(found).stream()
                .filter(one ->
                        entity == null || entity.isBlank() || one.entity().equals(entity.strip()))
                .toList();
        var inText =
                named.stream().filter(one -> one.field().equals(Mention.TEXT)).toList();
        var asked = EntityResource.asked(Map.of("of", List.of(id + " " + found.version() + " " + entity)), view);
        int begin = Math.min(inText.size(), EntityResource.offset(cursor, asked));
        int end = Math.min(inText.size(), begin + wanted);
        var answer = ItemJson.MAPPER
                .createObjectNode()
                .put("id", id.value())
                .put("version", found.version().number())
                .put("total", inText.size());
        var list = answer.putArray("items");
        for (var one : inText.subList(begin, end)) list.add(json(one, view));
        var metadata = answer.putArray("metadata");
        named.stream()
                .filter(one -> !one.field().equals(Mention.TEXT))
                .limit(MOST)
                .forEach(one -> {
                    var node = ItemJson.MAPPER.createObjectNode().put("field", one.field());
                    node.setAll(json(one, view));
                    metadata.add(node);
                });
        decisions(answer.putArray("decisions"), found.item().decisions(), view);
        var next = wanted > 0 && end < inText.size() ? EntityResource.cursor(end, asked) : null;
        var response = Response.ok(answer.put("next", next), MediaType.APPLICATION_JSON_TYPE)
                .tag(new EntityTag(EntityTags.of(found.archived()) + ".mentions"))
                .header("Vary", "Authorization")
                .header("Cache-Control", "no-cache");
        if (next != null) response.header("Link", "<" + SearchParameters.next(uri, next) + ">; rel=\"next\"");
        return response.build();
    }

    private static int size(String text) {
        if (text == null || text.isBlank()) return MOST;
        if (text.strip().matches("[0-9]{1,4}") && Integer.parseInt(text.strip()) <= MOST)
            return Integer.parseInt(text.strip());
        throw Lists.bad("size", text, "a whole number from 0 to " + MOST);
    }

    private static ObjectNode json(Mention one, View view) {
        var node = ItemJson.MAPPER
                .createObjectNode()
                .put("start", one.start())
                .put("end", one.end())
                .put("text", one.text())
                .put("entity", one.entity())
                .put("confidence", Math.round(one.confidence() * 10_000) / 10_000.0);
        EntityKind.ofId(one.entity()).ifPresent(kind -> node.put("type", kind.word()));
        label(node, one.entity(), view);
        one.reasons().forEach(node.putArray("reasons")::add);
        return node.put("review", EntityResource.word(one.review()));
    }

    private static void label(ObjectNode node, String entity, View view) {
        view.register().find(entity).ifPresent(known -> node.set("label", ShownEntity.label(known)));
    }

    private static void decisions(ArrayNode list, List<MentionDecision> decisions, View view) {
        for (var one : decisions) {
            var node = list.addObject()
                    .put("verdict", EntityResource.word(one.verdict()))
                    .put("entity", one.entity());
            label(node, one.entity(), view);
            node.put("field", one.field())
                    .put("surface", one.surface())
                    .put("ordinal", one.ordinal())
                    .put("by", one.by())
                    .put("at", one.at().toString());
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.EDITOR)
    @Operation(
            operationId = "decideMention",
            summary = "Confirm, reject or add a mention",
            description =
                    "{\"verdict\": \"confirm\", \"reject\" or \"add\", \"entity\", \"field\" (else text), \"start\", \"end\"}, or \"surface\" and \"ordinal\" in place of the offsets. If-Match is the item's ETag. The item gets a version in which nothing else is changed.")
    public Response decide(
            @PathParam("id") String text,
            @HeaderParam("If-Match") String ifMatch,
            @Parameter(hidden = true) InputStream in,
            @Context HttpServletRequest request)
            throws IOException {
        var found = changed(text, ifMatch, request);
        var json = body.json(in);
        if (!json.isObject()) throw SubmittedRecord.invalid("", "want a JSON object");
        var decision = new MentionDecision(
                verdict(json.path("verdict")),
                entity(json.path("entity")),
                json.path("field").asText(Mention.TEXT),
                "x",
                0,
                Caller.of(request).orElseThrow().name(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        var whole = field(found, decision.field());
        var place = json.has("surface") ? bySurface(json, whole) : byOffsets(json, whole);
        return keep(found, replaced(found.item().decisions(), at(decision, place), true), 201, request);
    }

    private static MentionDecision at(MentionDecision decision, Place place) {
        return new MentionDecision(
                decision.verdict(),
                decision.entity(),
                decision.field(),
                place.surface,
                place.ordinal,
                decision.by(),
                decision.at());
    }

    /** The words and which of the places where they stand. */
    private record Place(String surface, int ordinal) {}

    private static MentionDecision.Verdict verdict(JsonNode json) {
        for (var verdict : MentionDecision.Verdict.values())
            if (verdict.name().toLowerCase(Locale.ROOT).equals(json.asText())) return verdict;
        throw SubmittedRecord.invalid("/verdict", "want confirm, reject or add");
    }

    private String entity(JsonNode json) {
        var id = json.asText();
        if (entities.now().register().find(id).isEmpty())
            throw SubmittedRecord.invalid("/entity", "want the id of an entity that is there");
        return id;
    }

    /** The text of a field, as {@link Mention#field} names it. */
    private String field(Visible found, String name) {
        if (name.equals(Mention.TEXT))
            return library.archive().text(found.item().id(), found.version());
        int at = name.indexOf('@');
        var texts =
                switch (at < 0 ? name : name.substring(0, at)) {
                    case "title" -> found.item().title();
                    case "description" -> found.item().description();
                    default ->
                        throw SubmittedRecord.invalid(
                                "/field", "want text, title@LANGUAGE or description@LANGUAGE, such as title@vi");
                };
        try {
            var text = texts.texts().get(new LanguageTag(at < 0 ? "und" : name.substring(at + 1)));
            if (text != null) return text;
        } catch (IllegalArgumentException e) {
            throw SubmittedRecord.invalid("/field", e.getMessage());
        }
        throw SubmittedRecord.invalid(
                "/field",
                "the item has no such field; there are " + texts.texts().keySet());
    }

    private static Place byOffsets(JsonNode json, String text) {
        int all = text.codePointCount(0, text.length());
        int start = number(json, "start", 0, all);
        int end = number(json, "end", start + 1, all);
        int from = text.offsetByCodePoints(0, start);
        int to = text.offsetByCodePoints(from, end - start);
        var surface = text.substring(from, to);
        check(surface);
        int ordinal = 0;
        for (int at = text.indexOf(surface); at >= 0 && at < from; at = text.indexOf(surface, at + 1)) ordinal++;
        return new Place(surface, ordinal);
    }

    private static Place bySurface(JsonNode json, String text) {
        var surface = json.path("surface").asText();
        check(surface);
        int wanted = json.has("ordinal") ? number(json, "ordinal", 0, Integer.MAX_VALUE) : 0;
        int ordinal = -1;
        for (int at = text.indexOf(surface); at >= 0 && ordinal < wanted; at = text.indexOf(surface, at + 1)) ordinal++;
        if (ordinal < wanted)
            throw SubmittedRecord.invalid(
                    "/surface", "the words stand " + (ordinal + 1) + " times in the field; ordinals count from 0");
        return new Place(surface, wanted);
    }

    private static void check(String surface) {
        if (surface.isBlank() || surface.length() > LONGEST_SURFACE)
            throw SubmittedRecord.invalid(
                    "/surface", "want words as they stand in the field, at most " + LONGEST_SURFACE + " characters");
    }

    private static int number(JsonNode json, String name, int least, int most) {
        var value = json.path(name);
        if (value.isIntegralNumber()
                && value.canConvertToInt()
                && value.intValue() >= least
                && value.intValue() <= most) return value.intValue();
        throw SubmittedRecord.invalid("/" + name, "want a whole number from " + least + " to " + most);
    }

    @DELETE
    @Needs(Role.EDITOR)
    @Operation(
            operationId = "takeBackDecision",
            summary = "Take a decision on a mention back",
            description = "It is named as 'decisions' of the mentions names it.")
    public Response takeBack(
            @PathParam("id") String text,
            @QueryParam("entity") String entity,
            @QueryParam("field") @Parameter(description = "else text") String field,
            @QueryParam("surface") String surface,
            @QueryParam("ordinal") @Parameter(description = "else 0") String ordinal,
            @HeaderParam("If-Match") String ifMatch,
            @Context HttpServletRequest request) {
        var found = changed(text, ifMatch, request);
        if (surface == null || surface.isBlank()) throw Lists.bad("surface", surface, "the words that were decided on");
        if (ordinal != null && !ordinal.matches("[0-9]{1,9}")) throw Lists.bad("ordinal", ordinal, "0 or more");
        var named = new MentionDecision(
                MentionDecision.Verdict.REJECT,
                entity == null ? "" : entity,
                field == null ? Mention.TEXT : field,
                surface,
                ordinal == null ? 0 : Integer.parseInt(ordinal),
                "",
                clock.instant());
        var decisions = found.item().decisions();
        var left = replaced(decisions, named, false);
        if (left.size() == decisions.size())
            throw Problem.of(
                            ProblemType.NOT_FOUND,
                            "nothing was decided on this in item "
                                    + found.item().id())
                    .thrown();
        return keep(found, left, 200, request);
    }

    private static List<MentionDecision> replaced(List<MentionDecision> decisions, MentionDecision by, boolean add) {
        var left = new ArrayList<>(
                decisions.stream().filter(one -> !by.replaces(one)).toList());
        if (add) left.add(by);
        if (left.size() > MOST_DECISIONS)
            throw SubmittedRecord.invalid("", "an item has at most " + MOST_DECISIONS + " decisions");
        return left;
    }

    private Visible changed(String text, String ifMatch, HttpServletRequest request) {
        var id = VisibleItems.id(text).orElseThrow(() -> VisibleItems.absent(text));
        var found = items.current(id, Caller.viewer(request));
        ItemEditing.matched(found.archived(), ifMatch);
        return found;
    }

    /** The same item with the same files; only what was decided is another. */
    private Response keep(Visible found, List<MentionDecision> decisions, int status, HttpServletRequest request) {
        var item = found.whole();
        var contents = new HashMap<String, Content>();
        for (var path : library.archive().paths(item.id(), found.version()))
            if (!path.equals(DESCRIPTION)) contents.put(path, new Content.Kept());
        ItemEditing.finished(library.intake()
                .keep(
                        item.withDecisions(decisions),
                        contents,
                        Optional.of(found.version()),
                        Caller.of(request).orElseThrow().name()));
        var now = items.current(item.id(), Caller.viewer(request));
        var answer = ItemJson.MAPPER
                .createObjectNode()
                .put("id", item.id().value())
                .put("version", now.version().number());
        decisions(answer.putArray("decisions"), now.item().decisions(), entities.now());
        return Response.status(status)
                .header("Content-Location", Addresses.item(item.id()) + "/mentions")
                .tag(new EntityTag(EntityTags.of(now.archived())))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(answer)
                .build();
    }
}
