package org.thocam.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thocam.api.CurrentEntities.View;
import org.thocam.api.access.Caller;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.index.analysis.AnalysisSteps;
import org.thocam.index.analysis.WritingSystem;
import org.thocam.index.analysis.language.Languages;
import org.thocam.index.search.SearchRequest;
import org.thocam.index.search.SearchRequest.Facet;
import org.thocam.index.search.SearchResponse;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.LanguageTag;

/** Searching, completing, and what becomes of a text before it is sought. Design section 4. */
@Path("")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "search")
public final class SearchResource {
    private static final int LONGEST_ANALYSIS = 10_000;

    private final Library library;
    private final CurrentEntities entities;
    private final Clock clock;

    SearchResource(Library library, CurrentEntities entities, Clock clock) {
        this.library = library;
        this.entities = entities;
        this.clock = clock;
    }

    @GET
    @Path("search")
    @ForEverybody
    @Operation(operationId = "search", summary = "Items found by words, facets, place and date")
    public Response search(
            @BeanParam SearchParameters parameters, @Context UriInfo uri, @Context HttpServletRequest request) {
        var asked = parameters.request(entities.now());
        if ("true".equals(parameters.segments)) return passages(asked, parameters.places, uri, request);
        SearchResponse found;
        try {
            found = new VisibleItems(library, clock).search(asked, Caller.viewer(request));
        } catch (IllegalArgumentException e) {
            // What the index alone can judge: a cursor that it did not give.
            throw Problem.of(ProblemType.BAD_REQUEST, e.getMessage()).thrown();
        }
        var response = Response.ok(json(found, entities.now())).header("Vary", "Authorization");
        found.next()
                .ifPresent(next -> response.header("Link", "<" + SearchParameters.next(uri, next) + ">; rel=\"next\""));
        return response.build();
    }

    private Response passages(SearchRequest asked, SegmentParameters places, UriInfo uri, HttpServletRequest request) {
        try {
            var found = new VisibleSegments(library, clock)
                    .search(places.request(asked, Optional.empty()), Caller.viewer(request));
            var answer = ItemJson.MAPPER.createObjectNode().put("total", found.total());
            var items = answer.putArray("items");
            for (var hit : found.items()) {
                var item = json(hit.item(), items.addObject());
                item.put("found", hit.found());
                var segments = item.putArray("segments");
                hit.segments().forEach(one -> ShownSegment.of(one, segments.addObject()));
            }
            facets(found.facets(), answer, entities.now());
            answer.put("next", found.next().orElse(null));
            var response = Response.ok(answer).header("Vary", "Authorization");
            found.next()
                    .ifPresent(next ->
                            response.header("Link", "<" + SearchParameters.next(uri, next) + ">; rel=\"next\""));
            return response.build();
        } catch (IllegalArgumentException e) {
            throw Problem.of(ProblemType.BAD_REQUEST, e.getMessage()).thrown();
        }
    }

    private static ObjectNode json(SearchResponse found, View view) {
        var answer = ItemJson.MAPPER.createObjectNode().put("total", found.total());
        var items = answer.putArray("items");
        for (var hit : found.items()) json(hit, items.addObject());
        facets(found.facets(), answer, view);
        return answer.put("next", found.next().orElse(null));
    }

    private static ObjectNode json(SearchResponse.Hit hit, ObjectNode item) {
        item.put("id", hit.id().value());
        var title = item.putObject("title");
        hit.title().texts().forEach((tag, text) -> title.put(tag.value(), text));
        var languages = item.putArray("language");
        hit.languages().stream().map(LanguageTag::value).forEach(languages::add);
        item.put("score", hit.score());
        var highlights = item.putArray("highlights");
        hit.highlights().forEach(highlights::add);
        hit.tier().ifPresent(tier -> item.put("match", tier.name().toLowerCase(Locale.ROOT)));
        if (hit.explanation() != null) item.set("explanation", hit.explanation());
        return item;
    }

    private static void facets(Map<Facet, List<SearchResponse.Count>> counted, ObjectNode answer, View view) {
        var facets = answer.putObject("facets");
        counted.forEach((facet, counts) -> {
            var list = facets.putArray(facet.name().toLowerCase(Locale.ROOT));
            counts.forEach(count -> {
                var node = list.addObject().put("value", count.value()).put("count", count.count());
                if (facet == Facet.MENTIONS)
                    view.register().find(count.value()).ifPresent(entity -> node.put(
                                    "type", entity.kind().word())
                            .set("label", ShownEntity.label(entity)));
            });
        });
    }

    @GET
    @Path("suggest")
    @ForEverybody
    @Operation(
            operationId = "suggest",
            summary = "Completions of a beginning, in any script, and the entities of such a name")
    public Response suggest(
            @QueryParam("q") String q,
            @QueryParam("size") String size,
            @QueryParam("format") @Parameter(description = "opensearch for the list that browsers read") String format,
            @Context HttpServletRequest request) {
        int wanted = Math.min(50, Lists.size(size, 10));
        var answer = ItemJson.MAPPER.createObjectNode();
        var items = answer.putArray("items");
        if (q != null && !q.isBlank() && q.length() <= 200 && wanted > 0)
            library.index()
                    .suggest(q, wanted, Caller.viewer(request), clock.instant())
                    .forEach(items::add);
        var named = answer.putArray("entities");
        if (q != null && !q.isBlank() && q.length() <= 200)
            for (var hit : entities.now().search().suggest(q, Set.of(), wanted)) {
                var node = named.addObject()
                        .put("id", hit.entity().id())
                        .put("type", hit.entity().kind().word())
                        .put("name", EntityResource.matched(hit.entity(), hit.name()));
                node.set("label", ShownEntity.label(hit.entity()));
            }
        if ("opensearch".equals(format)) {
            // OpenSearch suggestions extension 1.1
            var suggestions = ItemJson.MAPPER.createArrayNode().add(q == null ? "" : q);
            suggestions.add(items);
            return Response.ok(suggestions.toString(), "application/x-suggestions+json; charset=utf-8")
                    .header("Vary", "Authorization")
                    .build();
        }
        return Response.ok(answer).header("Vary", "Authorization").build();
    }

    @GET
    @Path("analyze")
    @ForEverybody
    @Operation(operationId = "analyze", summary = "What the analyzers make of a text, step by step")
    public Response analyze(@QueryParam("text") String text, @QueryParam("language") String language) {
        if (text == null || text.length() > LONGEST_ANALYSIS)
            throw Lists.bad("text", text, "1 to " + LONGEST_ANALYSIS + " characters");
        LanguageTag tag;
        try {
            tag = language == null || language.isBlank() ? LanguageTag.UNDETERMINED : new LanguageTag(language.strip());
        } catch (IllegalArgumentException e) {
            throw Lists.bad("language", language, "a BCP 47 tag, such as vi or blt-Tavt");
        }
        var answer = ItemJson.MAPPER.createObjectNode().put("text", text).put("language", tag.value());
        answer.put("writingSystem", WritingSystem.of(tag.value()).tag());
        var identified = Languages.identify(text);
        answer.putObject("identified").put("language", identified.tag()).put("confidence", identified.confidence());
        var steps = answer.putArray("steps");
        for (var step : AnalysisSteps.of(text, tag.value())) {
            var tokens = steps.addObject().put("name", step.name()).putArray("tokens");
            for (var token : step.tokens())
                tokens.addObject()
                        .put("text", token.text())
                        .put("start", token.start())
                        .put("end", token.end());
        }
        return Response.ok(answer).build();
    }
}
