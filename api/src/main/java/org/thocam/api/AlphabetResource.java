package org.thocam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.thocam.api.access.Role;
import org.thocam.index.search.EntryRequest.View;
import org.thocam.ontology.ItemJson;

/** The letters that a dictionary's entries stand under, in one of its orders, and the headwords that have letters beside them. */
@Path("dictionaries")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "dictionaries")
public final class AlphabetResource {
    private static final String ORDER = "a name of the dictionary's orders; empty for that of the language";

    private final Library library;
    private final VisibleLexicons lexicons;

    AlphabetResource(Library library, VisibleLexicons lexicons) {
        this.library = library;
        this.lexicons = lexicons;
    }

    @GET
    @Path("{id}/heads")
    @ForEverybody
    @Operation(
            operationId = "listHeads",
            summary = "The letters that entries stand under, with a cursor to start the list there")
    public Response heads(
            @PathParam("id") String text,
            @QueryParam("order") @Parameter(description = ORDER) String order,
            @QueryParam("view") @Parameter(description = "published, or working for editors") String view,
            @Context HttpServletRequest request) {
        var lexicon = lexicons.of(text, request);
        var list = new EntryCursor(lexicon, lexicon.order(order), lexicon.view(view));
        var answer = ItemJson.MAPPER.createObjectNode().put("order", list.order());
        var items = answer.putArray("items");
        for (var head : library.lexicons().heads(lexicon.id(), list.order(), list.view() == View.PUBLISHED))
            items.addObject()
                    .put("letter", head.letter())
                    .put("entries", head.entries())
                    .put("cursor", list.at(head.key(), ""));
        return Response.ok(answer).header("Vary", "Authorization").build();
    }

    @GET
    @Path("{id}/outside")
    @Needs(Role.EDITOR)
    @Operation(operationId = "listOutside", summary = "Headwords with letters that an order does not have")
    public Response outside(
            @PathParam("id") String text,
            @QueryParam("order") @Parameter(description = ORDER) String order,
            @QueryParam("size") @Parameter(description = "at most so many, 0 to 200, else 20") String size,
            @Context HttpServletRequest request) {
        var lexicon = lexicons.of(text, request);
        lexicon.needEditor();
        var chosen = lexicon.order(order);
        var answer = ItemJson.MAPPER.createObjectNode().put("order", chosen);
        var items = answer.putArray("items");
        for (var outside : library.lexicons().outside(lexicon.id(), chosen, Lists.size(size, 20))) {
            var node = ShownEntry.working(outside.entry(), lexicon.language()).brief();
            outside.letters().forEach(node.putArray("letters")::add);
            items.add(node);
        }
        return Response.ok(answer).header("Vary", "Authorization").build();
    }
}
