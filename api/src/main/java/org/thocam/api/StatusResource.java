package org.thocam.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.thocam.api.access.Caller;
import org.thocam.api.oai.LeftOut;
import org.thocam.index.search.IndexUnavailableException;
import org.thocam.index.search.SearchRequest;
import org.thocam.index.search.SearchRequest.Facet;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Projection;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.graph.GraphUnavailableException;

/** What the library holds, counted from what the caller may see; how far the views are only for the administrator. */
@Path("status")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "operation")
public final class StatusResource {
    private static final List<Facet> COUNTED = List.of(Facet.SCRIPT, Facet.LANGUAGE, Facet.PEOPLE, Facet.TYPE);

    private final Library library;
    private final VisibleItems items;
    private final LeftOut leftOut;
    private final Clock clock;

    StatusResource(Library library, VisibleItems items, LeftOut leftOut, Clock clock) {
        this.library = library;
        this.items = items;
        this.leftOut = leftOut;
        this.clock = clock;
    }

    @GET
    @ForEverybody
    @Operation(operationId = "status", summary = "Items, scripts, languages, peoples and triples that you may see")
    public Response status(@Context HttpServletRequest request) {
        var viewer = Caller.viewer(request);
        var hidden = items.hidden(viewer);
        var answer =
                ItemJson.MAPPER.createObjectNode().put("items", library.log().items() - hidden.size());
        triples(answer, viewer);
        facets(answer, viewer);
        if (viewer.seesAll()) progress(answer);
        return Response.ok(answer)
                .header("Vary", "Authorization")
                .header("Cache-Control", "no-cache")
                .build();
    }

    private void facets(ObjectNode answer, Viewer viewer) {
        var everything = new SearchRequest(
                "",
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                COUNTED,
                SearchRequest.Sort.RELEVANCE,
                0,
                Optional.empty(),
                false,
                false);
        try {
            var found = library.index().search(everything, viewer, clock.instant());
            answer.put("searchable", found.total());
            var facets = answer.putObject("facets");
            found.facets().forEach((facet, counts) -> {
                var list = facets.putObject(facet.name().toLowerCase(Locale.ROOT));
                counts.forEach(count -> list.put(count.value(), count.count()));
            });
        } catch (IndexUnavailableException e) {
            answer.put("searchable", (String) null).put("reason", e.getMessage());
        }
    }

    private void triples(ObjectNode answer, Viewer viewer) {
        try {
            answer.put("triples", library.graph().triples(viewer, clock.instant()));
        } catch (GraphUnavailableException e) {
            answer.putNull("triples");
        }
    }

    private void progress(ObjectNode answer) {
        var log = library.log();
        long last = log.last();
        var change = answer.putObject("log").put("generation", log.generation()).put("last", last);
        if (last > 0)
            log.after(last - 1, 1).stream().findFirst().ifPresent(newest -> change.put(
                            "id", newest.id().value())
                    .put("version", newest.version().number())
                    .put("datestamp", newest.datestamp().toString()));
        var faults = answer.putArray("leftOut");
        for (var fault : leftOut.faults())
            faults.addObject()
                    .put("id", fault.id().value())
                    .put("version", fault.version().number())
                    .put("metadataPrefix", fault.prefix())
                    .put("reason", fault.reason())
                    .put("at", fault.at().toString());
        var views = answer.putObject("views");
        view(views, "graph", library::graph);
        view(views, "index", library::index);
        view(views, "dictionary", library::entries);
        view(views, "segments", library::segments);
    }

    private static void view(ObjectNode views, String name, Supplier<Projection> projection) {
        try {
            var mark = projection.get().watermark();
            views.putObject(name).put("generation", mark.generation()).put("seq", mark.seq());
        } catch (IndexUnavailableException | GraphUnavailableException e) {
            views.putObject(name).put("down", e.getMessage());
        }
    }
}
