package org.thocam.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.api.CurrentEntities.View;
import org.thocam.api.access.Caller;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.api.rdf.AuthorityRdf;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.entity.AuthorityFile;
import org.thocam.ontology.entity.Entity;
import org.thocam.ontology.entity.EntityJson;
import org.thocam.ontology.entity.EntityKind;
import org.thocam.ontology.graph.GraphUnavailableException;
import org.thocam.ontology.linking.find.EntityQuery;

/** Peoples, languages, scripts, places, festivals, crafts, customs and inscriptions. Open to everybody; what names them is not always. */
@Path("entities")
@Tag(name = "entities")
public final class EntityResource {
    private static final Logger LOG = LoggerFactory.getLogger(EntityResource.class);
    private static final int LONGEST_QUERY = 500;
    private static final int PAGE = 1_000;
    private static final int MOST_FEATURES = 10_000;
    private static final int FIRST_MENTIONS = 10;

    private final Library library;
    private final CurrentEntities entities;
    private final EntityMentions mentions;
    private final Clock clock;

    EntityResource(Library library, CurrentEntities entities, EntityMentions mentions, Clock clock) {
        this.library = library;
        this.entities = entities;
        this.mentions = mentions;
        this.clock = clock;
    }

    /** An entity that was found. */
    private record Found(Entity entity, double score, String name) {}

    @GET
    @ForEverybody
    @Operation(
            operationId = "listEntities",
            summary = "Entities found by name, type, place, distance, calendar or any column",
            description =
                    "Any column of the table that is asked for filters too: category, calendar, list, domain, family, branch, level, kind, same_as ... Repeat a parameter, or separate values by commas, for 'any of these'. GeoJSON by Accept or format=geojson.")
    public Response list(
            @QueryParam("q") @Parameter(description = "a name, in any script and spelling") String q,
            @QueryParam("type")
                    @Parameter(
                            description =
                                    "people, language, script, orthography, place, festival, craft, custom or heritage")
                    String type,
            @QueryParam("people") String people,
            @QueryParam("place") @Parameter(description = "takes in what lies within it") String place,
            @QueryParam("language") String language,
            @QueryParam("script") String script,
            @QueryParam("bbox") @Parameter(description = "west,south,east,north in degrees") String bbox,
            @QueryParam("near") @Parameter(description = "lat,lon, or the id of an entity that has a point")
                    String near,
            @QueryParam("within") @Parameter(description = "kilometres from 'near'") String within,
            @QueryParam("lunarMonth")
                    @Parameter(description = "1 to 12: festivals that begin in that month of the Vietnamese calendar")
                    String lunarMonth,
            @QueryParam("from") @Parameter(description = "YYYY-MM-DD: festivals held from then") String from,
            @QueryParam("to") @Parameter(description = "YYYY-MM-DD: festivals held until then") String to,
            @QueryParam("validOn") @Parameter(description = "YYYY-MM-DD: places that existed then") String validOn,
            @QueryParam("columns") @Parameter(description = "columns to show with each, separated by commas")
                    String columns,
            @QueryParam("sort")
                    @Parameter(description = "relevance, id, label, distance, or a column; - before it turns it round")
                    String sort,
            @QueryParam("size") String size,
            @QueryParam("cursor") String cursor,
            @QueryParam("format") @Parameter(description = "json or geojson") String format,
            @Context UriInfo uri,
            @Context HttpServletRequest request,
            @Context Request conditions) {
        var view = entities.now();
        var parameters = uri.getQueryParameters();
        var filter = EntityFilter.of(parameters, view);
        var chosen = EntityFormat.chosen(conditions, Optional.empty(), format, EntityFormat.JSON, EntityFormat.GEOJSON);
        var shown = columns(columns, filter.kinds());
        var found = sorted(found(q, filter, view), sort, filter, view, q);
        if (chosen == EntityFormat.GEOJSON) return features(found);
        int wanted = Lists.size(size, 20);
        var asked = asked(parameters, view);
        int begin = Math.min(found.size(), offset(cursor, asked));
        int end = Math.min(found.size(), begin + wanted);
        var answer = ItemJson.MAPPER.createObjectNode().put("total", found.size());
        var items = answer.putArray("items");
        for (var one : found.subList(begin, end)) items.add(brief(one, filter, shown));
        var next = wanted > 0 && end < found.size() ? cursor(end, asked) : null;
        var response = Response.ok(answer.put("next", next), MediaType.APPLICATION_JSON_TYPE)
                .header("Vary", "Accept")
                .header("Cache-Control", "no-cache");
        if (next != null) response.header("Link", "<" + SearchParameters.next(uri, next) + ">; rel=\"next\"");
        return response.build();
    }

    private List<Found> found(String q, EntityFilter filter, View view) {
        var fits = filter.in(view);
        // a name of nothing but signs finds nothing, and is no question for all
        if (q == null || q.isBlank() || q.strip().equals("*"))
            return view.register().all().stream()
                    .filter(fits)
                    .map(entity -> new Found(entity, 1, entity.label()))
                    .toList();
        if (q.length() > LONGEST_QUERY) throw Lists.bad("q", q, "at most " + LONGEST_QUERY + " characters");
        var query = EntityQuery.all().withText(q).withKinds(filter.kinds());
        var found = new ArrayList<Found>();
        for (int from = 0; ; from += PAGE) {
            var hits = view.search().find(query.page(PAGE, from));
            for (var hit : hits)
                if (fits.test(hit.entity()))
                    found.add(new Found(hit.entity(), hit.score(), matched(hit.entity(), hit.name())));
            if (hits.size() < PAGE) return found;
        }
    }

    /** A dated name finds its entity and is not shown as what it is called. */
    static String matched(Entity entity, String name) {
        return ShownEntity.dated(entity).contains(name) ? entity.label() : name;
    }

    private static List<Found> sorted(List<Found> found, String sort, EntityFilter filter, View view, String q) {
        if (sort == null || sort.isBlank() || sort.equals("relevance")) {
            boolean near = filter.near().isPresent() && (q == null || q.isBlank());
            return near ? sorted(found, "distance", filter, view, q) : found;
        }
        boolean down = sort.startsWith("-");
        var key = down ? sort.substring(1) : sort;
        var order = order(key, filter);
        return found.stream()
                .sorted((down ? order.reversed() : order)
                        .thenComparing(one -> one.entity().id()))
                .toList();
    }

    private static Comparator<Found> order(String key, EntityFilter filter) {
        if (key.equals("id")) return Comparator.comparing(one -> one.entity().id());
        if (key.equals("label")) {
            var alphabet = org.thocam.index.analysis.WritingSystem.of("vi");
            return Comparator.comparing(one -> alphabet.sortKey(one.entity().label()), Comparator.naturalOrder());
        }
        if (key.equals("distance")) {
            var circle = filter.near().orElseThrow(() -> Lists.bad("sort", key, "near with it"));
            return Comparator.comparingDouble(
                    one -> one.entity().point().map(circle.around()::kmTo).orElse(Double.POSITIVE_INFINITY));
        }
        if (!EntityFilter.columns(filter.kinds()).contains(key))
            throw Lists.bad("sort", key, "relevance, id, label, distance or a column");
        return Comparator.comparing(one -> one.entity().text(key));
    }

    private static List<String> columns(String asked, Set<EntityKind> kinds) {
        var columns = SearchParameters.values(asked == null ? null : List.of(asked), true);
        var known = EntityFilter.columns(kinds);
        for (var column : columns)
            if (!known.contains(column)) throw Lists.bad("columns", column, "columns: " + String.join(", ", known));
        return columns;
    }

    private static ObjectNode brief(Found found, EntityFilter filter, List<String> columns) {
        var entity = found.entity;
        var node = ItemJson.MAPPER
                .createObjectNode()
                .put("id", entity.id())
                .put("type", entity.kind().word());
        node.set("label", ShownEntity.label(entity));
        node.put("score", found.score).put("name", found.name);
        entity.point().ifPresent(point -> {
            node.putObject("point").put("lat", point.lat()).put("lon", point.lon());
            filter.near()
                    .ifPresent(
                            circle -> node.put("km", Math.round(circle.around().kmTo(point) * 1000) / 1000.0));
        });
        if (!columns.isEmpty()) {
            var record = EntityJson.write(entity);
            var shown = node.putObject("columns");
            for (var column : columns) if (record.has(column)) shown.set(column, record.get(column));
        }
        filter.days().ifPresent(days -> {
            var list = node.putArray("occurrences");
            FestivalDays.of(entity, days.from(), days.to())
                    .forEach(occurrence -> list.add(FestivalDays.json(entity, occurrence)));
        });
        return node;
    }

    private Response features(List<Found> found) {
        var answer = ItemJson.MAPPER.createObjectNode().put("type", "FeatureCollection");
        var features = answer.putArray("features");
        found.stream()
                .map(Found::entity)
                .filter(entity -> entity.point().isPresent())
                .limit(MOST_FEATURES)
                .forEach(entity -> features.add(ShownEntity.feature(entity, identities())));
        return Response.ok(answer.toString().getBytes(StandardCharsets.UTF_8), EntityFormat.GEOJSON.type)
                .header("Vary", "Accept")
                .header("Cache-Control", "no-cache")
                .build();
    }

    /** What a cursor belongs to: another question, or entities that changed, make it start nowhere. */
    static String asked(Map<String, List<String>> parameters, View view) {
        var text = new StringBuilder();
        new java.util.TreeMap<>(parameters).forEach((name, values) -> {
            if (!Set.of("cursor", "size").contains(name))
                text.append(name).append(values).append('\n');
        });
        return DigestUtils.sha256Hex(text.toString()).substring(0, 12);
    }

    static String cursor(int end, String asked) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((end + " " + asked).getBytes(StandardCharsets.US_ASCII));
    }

    static int offset(String cursor, String asked) {
        if (cursor == null || cursor.isEmpty()) return 0;
        try {
            var parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ");
            if (parts.length == 2 && parts[1].equals(asked) && parts[0].matches("[0-9]{1,9}"))
                return Integer.parseInt(parts[0]);
        } catch (IllegalArgumentException e) {
            throw Lists.bad("cursor", cursor, "the 'next' of the page before");
        }
        throw Lists.bad("cursor", cursor, "the 'next' of the page before, with the same other parameters");
    }

    /** As the graph names them, whatever address a request came to: one thing has one IRI in all formats. */
    private String identities() {
        return library.graph().base() + "id/";
    }

    @GET
    @Path("context.jsonld")
    @ForEverybody
    @Operation(operationId = "entityContext", summary = "The JSON-LD context of entities")
    public Response context() {
        return Response.ok(EntityContext.document(), "application/ld+json").build();
    }

    @GET
    @Path("{id}")
    @ForEverybody
    @Operation(
            operationId = "getEntity",
            summary = "One entity, as JSON-LD, Turtle, N-Triples, RDF/XML, or GeoJSON where it has a point",
            description =
                    "The format is chosen by Accept, ?format= or a file ending. The ETag is what a change names as If-Match. 410 where it was deleted, with 'replacedBy'.")
    public Response entity(
            @PathParam("id") String text,
            @QueryParam("format") String parameter,
            @Context HttpServletRequest request,
            @Context Request conditions) {
        var ending = EntityFormat.ofEnding(text);
        var id = ending.isPresent() ? text.substring(0, text.lastIndexOf('.')) : text;
        var view = entities.now();
        var entity = entities.entity(view, id);
        var format = EntityFormat.chosen(conditions, ending, parameter, EntityFormat.values());
        if (format == EntityFormat.GEOJSON && entity.point().isEmpty())
            throw Problem.of(
                            ProblemType.NOT_ACCEPTABLE,
                            "entity " + id
                                    + " has no point, so there is no GeoJSON of it; there are json, jsonld, ttl, nt, rdf")
                    .thrown();
        var tag = tag(entity, format);
        boolean isJson = format == EntityFormat.JSON;
        if (!isJson) {
            var fresh = conditions.evaluatePreconditions(tag);
            if (fresh != null) return headers(fresh).build();
        }
        var answer = headers(Response.ok().tag(tag).type(format.mediaType()))
                .header("Link", "<" + identities() + id + ">; rel=\"cite-as\"");
        if (isJson) return answer.entity(json(view, entity, request)).build();
        if (format == EntityFormat.GEOJSON)
            return answer.entity(
                            ShownEntity.feature(entity, identities()).toString().getBytes(StandardCharsets.UTF_8))
                    .build();
        var bytes = new ByteArrayOutputStream();
        AuthorityRdf.write(library.graph(), entity, format.ending, bytes);
        StreamingOutput rdf = bytes::writeTo;
        // so that HEAD says it too
        return answer.header("Content-Length", bytes.size()).entity(rdf).build();
    }

    /** The state that a change is made on. Other words about it are other representations, so they have the format in theirs. */
    static EntityTag tag(Entity entity, EntityFormat format) {
        var tag = AuthorityFile.tag(entity);
        return new EntityTag(format == EntityFormat.JSON ? tag : tag + "." + format.ending);
    }

    private ObjectNode json(View view, Entity entity, HttpServletRequest request) {
        var node = new ShownEntity(view, entity, identities()).json(LocalDate.now(clock));
        var viewer = Caller.viewer(request);
        var derived = (ObjectNode) node.get("derived");
        try {
            var named = mentions.first(entity.id(), viewer, FIRST_MENTIONS);
            var said = new EntityWords(library, mentions.items(), clock).of(entity.id(), viewer);
            var items =
                    derived.putObject("mentionedIn").put("total", named.total()).putArray("items");
            named.items().forEach(items::add);
            var words = derived.putArray("words");
            said.forEach(words::add);
        } catch (GraphUnavailableException e) {
            // the entity is not the graph's: it is shown without what only the graph knows
            LOG.warn("{} is shown without what names it: {}", entity.id(), e.getMessage());
        }
        return node;
    }

    private static Response.ResponseBuilder headers(Response.ResponseBuilder response) {
        return response.header("Vary", "Accept, Authorization").header("Cache-Control", "no-cache");
    }

    @GET
    @Path("{id}/occurrences")
    @ForEverybody
    @Operation(
            operationId = "listOccurrences",
            summary = "When a festival is held, 1900 to 2100, with how sure the days are",
            description = "Without from and to: this year and the next.")
    public Response occurrences(
            @PathParam("id") String id,
            @QueryParam("from") @Parameter(description = "YYYY-MM-DD") String from,
            @QueryParam("to") @Parameter(description = "YYYY-MM-DD") String to) {
        var festival = entities.entity(entities.now(), id);
        if (festival.kind() != EntityKind.FESTIVAL)
            throw Problem.of(
                            ProblemType.NOT_FOUND,
                            "entity " + id + " is a " + festival.kind().word()
                                    + ", and only festivals have occurrences")
                    .thrown();
        var days = EntityFilter.days(given(from), given(to)).orElseGet(() -> {
            var first = LocalDate.now(clock).withDayOfYear(1);
            return new EntityFilter.Days(first, first.plusYears(2).minusDays(1));
        });
        var found = FestivalDays.of(festival, days.from(), days.to());
        var answer = ItemJson.MAPPER
                .createObjectNode()
                .put("id", id)
                .put("from", days.from().toString())
                .put("to", days.to().toString())
                .put("exactness", FestivalDays.exactness(festival).word())
                .put("total", found.size());
        if (!festival.text("date_rule").isEmpty()) answer.put("rule", festival.text("date_rule"));
        if (!festival.text("date_text").isEmpty()) answer.put("text", festival.text("date_text"));
        var items = answer.putArray("items");
        found.forEach(one -> items.add(FestivalDays.json(festival, one)));
        return Response.ok(answer, MediaType.APPLICATION_JSON_TYPE).build();
    }

    static Optional<String> given(String text) {
        return Optional.ofNullable(text).map(String::strip).filter(one -> !one.isEmpty());
    }

    @GET
    @Path("{id}/mentions")
    @ForEverybody
    @Operation(
            operationId = "listMentioningItems",
            summary = "The items that name an entity, of those that you may see")
    public Response mentions(
            @PathParam("id") String id,
            @QueryParam("size") String size,
            @QueryParam("cursor") String cursor,
            @Context UriInfo uri,
            @Context HttpServletRequest request) {
        var entity = entities.entity(entities.now(), id);
        int wanted = Lists.size(size, 20);
        var page = mentions.page(entity.id(), Caller.viewer(request), Lists.after(cursor), wanted);
        var answer = ItemJson.MAPPER.createObjectNode().put("total", page.total());
        if (page.more()) answer.put("atLeast", true);
        var items = answer.putArray("items");
        page.items().forEach(items::add);
        var next = page.next().map(Lists::cursorAfter).orElse(null);
        var response = Response.ok(answer.put("next", next), MediaType.APPLICATION_JSON_TYPE)
                .header("Vary", "Authorization");
        if (next != null) response.header("Link", "<" + SearchParameters.next(uri, next) + ">; rel=\"next\"");
        return response.build();
    }

    @GET
    @Path("{id}/history")
    @ForEverybody
    @Operation(
            operationId = "listEntityStates",
            summary = "What became of an entity, the newest state first",
            description =
                    "Each state with who made it, why, and which columns it changed; a deleted entity has a history too.")
    public Response history(
            @PathParam("id") String id,
            @QueryParam("size") String size,
            @QueryParam("cursor") String cursor,
            @Context UriInfo uri) {
        if (EntityKind.ofId(id).isEmpty()) throw entities.absent(id);
        var past = new ArrayList<>(library.entities().history(id));
        if (past.isEmpty()) throw entities.absent(id);
        var states = EntityHistory.of(past);
        Collections.reverse(states);
        int wanted = Lists.size(size, 20);
        var asked = asked(Map.of("id", List.of(id)), entities.now());
        int begin = Math.min(states.size(), offset(cursor, asked));
        int end = Math.min(states.size(), begin + wanted);
        var answer = ItemJson.MAPPER.createObjectNode().put("total", states.size());
        var items = answer.putArray("items");
        states.subList(begin, end).forEach(items::add);
        var next = wanted > 0 && end < states.size() ? cursor(end, asked) : null;
        var response = Response.ok(answer.put("next", next), MediaType.APPLICATION_JSON_TYPE);
        if (next != null) response.header("Link", "<" + SearchParameters.next(uri, next) + ">; rel=\"next\"");
        return response.build();
    }

    @GET
    @Path("{id}/why")
    @ForEverybody
    @Operation(
            operationId = "explainEntity",
            summary = "On which cells of the tables it rests that a place lies in another",
            description =
                    "'steps' leads from the one to the other; with 'linkedTo', the cells that name one of the two in the row of the other.")
    public Response why(
            @PathParam("id") String id,
            @QueryParam("within") @Parameter(description = "id of a place that it lies in") String within,
            @QueryParam("linkedTo") @Parameter(description = "id of any entity that it has to do with")
                    String linkedTo) {
        var view = entities.now();
        var entity = entities.entity(view, id);
        var other = given(within)
                .or(() -> given(linkedTo))
                .orElseThrow(() -> Lists.bad("within", "", "the id of a place, or linkedTo with that of any entity"));
        entities.entity(view, other);
        var answer = ItemJson.MAPPER.createObjectNode().put("id", id);
        answer.put(given(within).isPresent() ? "within" : "linkedTo", other);
        var steps = answer.putArray("steps");
        if (given(within).isPresent())
            view.containment()
                    .why(id, other)
                    .ifPresent(way -> way.forEach(step -> step(steps, view, step.place(), step.column(), step.in())));
        else {
            cells(steps, view, entity, other);
            cells(steps, view, entities.entity(view, other), id);
        }
        answer.put("holds", !steps.isEmpty());
        return Response.ok(answer, MediaType.APPLICATION_JSON_TYPE).build();
    }

    private static void cells(ArrayNode steps, View view, Entity entity, String other) {
        for (var column : entity.kind().columns())
            if (column.points() && entity.list(column.name()).contains(other))
                step(steps, view, entity.id(), column.name(), other);
    }

    private static void step(ArrayNode steps, View view, String from, String column, String to) {
        var entity = view.register().find(from).orElseThrow();
        var step = steps.addObject()
                .put("entity", from)
                .put("label", entity.label())
                .put("column", column)
                .put("value", to)
                .put("valueLabel", view.register().label(to))
                .put("confidence", entity.confidence(column).word());
        entity.sources().forEach(step.putArray("sources")::add);
    }

    static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }
}
