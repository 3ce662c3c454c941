package org.thocam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.calendar.Exactness;
import org.thocam.ontology.entity.EntityKind;

/** What is on: festivals by the days on which they are held. */
@Path("occurrences")
@Tag(name = "entities")
public final class OccurrenceResource {
    private static final int MOST_DAYS = 3660;

    private final CurrentEntities entities;

    OccurrenceResource(CurrentEntities entities) {
        this.entities = entities;
    }

    @GET
    @ForEverybody
    @Operation(
            operationId = "whatIsOn",
            summary = "What is on between two days, by people, place, distance and lunar month",
            description =
                    "At most ten years at once. Days that are known to a month only have exactness 'month'; exactness=day,tolerance-1,attested leaves them out.")
    public Response list(
            @QueryParam("from") @Parameter(description = "YYYY-MM-DD") String from,
            @QueryParam("to") @Parameter(description = "YYYY-MM-DD") String to,
            @QueryParam("people") String people,
            @QueryParam("place") @Parameter(description = "takes in what lies within it") String place,
            @QueryParam("near") @Parameter(description = "lat,lon, or the id of an entity that has a point")
                    String near,
            @QueryParam("within") @Parameter(description = "kilometres from 'near'") String within,
            @QueryParam("lunarMonth") @Parameter(description = "1 to 12") String lunarMonth,
            @QueryParam("exactness")
                    @Parameter(description = "day, tolerance-1, month, attested, estimated; any of them")
                    String exactness,
            @QueryParam("size") String size,
            @QueryParam("cursor") String cursor,
            @Context UriInfo uri) {
        var view = entities.now();
        var days = EntityFilter.days(EntityResource.given(from), EntityResource.given(to))
                .orElseThrow(() -> Lists.bad("from", "", "a day as YYYY-MM-DD, or 'to' with one"));
        if (days.from().plusDays(MOST_DAYS).isBefore(days.to()))
            throw Lists.bad("to", days.to().toString(), "at most ten years after 'from'");
        var sure = SearchParameters.values(exactness == null ? null : List.of(exactness), true).stream()
                .map(OccurrenceResource::exactness)
                .toList();
        Map<String, List<String>> parameters = new TreeMap<>(uri.getQueryParameters());
        parameters.remove("exactness");
        parameters.put("type", List.of(EntityKind.FESTIVAL.word()));
        var filter = EntityFilter.of(parameters, view);
        var festivals = view.register().of(EntityKind.FESTIVAL).stream()
                .filter(filter.in(view))
                .toList();
        var held = FestivalDays.of(festivals, days.from(), days.to()).stream()
                .filter(one -> sure.isEmpty() || sure.contains(one.days().exactness()))
                .toList();
        int wanted = Lists.size(size, 50);
        var asked = EntityResource.asked(uri.getQueryParameters(), view);
        int begin = Math.min(held.size(), EntityResource.offset(cursor, asked));
        int end = Math.min(held.size(), begin + wanted);
        var answer = ItemJson.MAPPER
                .createObjectNode()
                .put("from", days.from().toString())
                .put("to", days.to().toString())
                .put("total", held.size());
        var items = answer.putArray("items");
        for (var one : held.subList(begin, end)) {
            var item = items.addObject().put("id", one.festival().id());
            item.set("label", ShownEntity.label(one.festival()));
            item.setAll(FestivalDays.json(one.festival(), one.days()));
            one.festival().point().ifPresent(point -> item.putObject("point")
                    .put("lat", point.lat())
                    .put("lon", point.lon()));
        }
        var next = wanted > 0 && end < held.size() ? EntityResource.cursor(end, asked) : null;
        var response = Response.ok(answer.put("next", next), MediaType.APPLICATION_JSON_TYPE);
        if (next != null) response.header("Link", "<" + SearchParameters.next(uri, next) + ">; rel=\"next\"");
        return response.build();
    }

    private static Exactness exactness(String word) {
        try {
            return Exactness.ofWord(word);
        } catch (IllegalArgumentException e) {
            throw Lists.bad("exactness", word, "day, tolerance-1, month, attested or estimated");
        }
    }
}
