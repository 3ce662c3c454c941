package org.thocam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.util.Optional;
import org.thocam.api.access.Caller;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.index.search.SearchRequest;
import org.thocam.index.search.SegmentRequest;
import org.thocam.index.search.SegmentResponse;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Shown;

/** The passages of one item: of its recordings, its interlinear texts and its pages. */
@Path("items/{id}/segments")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "items")
public final class SegmentResource {
    private static final int USUAL = 100;

    private final Library library;
    private final VisibleItems items;
    private final Clock clock;

    SegmentResource(Library library, VisibleItems items, Clock clock) {
        this.library = library;
        this.items = items;
        this.clock = clock;
    }

    @GET
    @ForEverybody
    @Operation(
            operationId = "listSegments",
            summary = "The passages of an item, all or those with some words, in the order of its files")
    public Response segments(
            @PathParam("id") String text,
            @QueryParam("q") @Parameter(description = "words in any script; empty for all passages") String q,
            @QueryParam("scripts") @Parameter(description = "strict: only the script that was typed") String scripts,
            @BeanParam SegmentParameters places,
            @QueryParam("size") String size,
            @QueryParam("cursor") String cursor,
            @Context UriInfo uri,
            @Context HttpServletRequest request) {
        var viewer = Caller.viewer(request);
        var id = VisibleItems.id(text).orElseThrow(() -> VisibleItems.absent(text));
        items.current(id, viewer);
        int wanted = Math.max(1, Lists.size(size, USUAL));
        int skip = skipped(cursor);
        var asked = SearchRequest.of(q == null ? "" : q, 1, "strict".equals(scripts));
        SegmentResponse found;
        try {
            found = new VisibleSegments(library, clock)
                    .search(places.request(asked, Optional.of(id), wanted, skip), viewer);
        } catch (IllegalArgumentException e) {
            throw Problem.of(ProblemType.BAD_REQUEST, e.getMessage()).thrown();
        }
        var answer = ItemJson.MAPPER.createObjectNode();
        var hit = found.items().stream().findFirst();
        long total = hit.map(SegmentResponse.Hit::found).orElse(0L);
        answer.put("total", total);
        var segments = answer.putArray("segments");
        hit.ifPresent(one -> one.segments().forEach(segment -> ShownSegment.of(segment, segments.addObject())));
        boolean more = skip + segments.size() < total && !segments.isEmpty();
        var next = more ? String.valueOf(skip + segments.size()) : null;
        answer.put("next", next);
        var response = Response.ok(answer).header("Vary", "Authorization");
        if (more) response.header("Link", "<" + SearchParameters.next(uri, next) + ">; rel=\"next\"");
        return response.build();
    }

    @GET
    @Path("words")
    @ForEverybody
    @Operation(
            operationId = "wordsOfSegment",
            summary = "The words of a passage as the dictionaries of its language have them, with their senses",
            description = "Of the first 40 words and pairs of words, in the first five dictionaries.")
    public Response words(
            @PathParam("id") String text,
            @QueryParam("file") @Parameter(description = "the file, as the passage names it", required = true)
                    String file,
            @QueryParam("number") @Parameter(description = "of the passage", required = true) String number,
            @Context HttpServletRequest request) {
        var viewer = Caller.viewer(request);
        var id = VisibleItems.id(text).orElseThrow(() -> VisibleItems.absent(text));
        var item = items.current(id, viewer).item();
        if (file == null || file.isEmpty()) throw Lists.bad("file", "", "the file of the passage");
        if (number == null || !number.matches("[0-9]{1,9}")) throw Lists.bad("number", number, "that of a passage");
        var passage = new VisibleSegments(library, clock)
                .search(SegmentRequest.of(id, file, Long.parseLong(number)), viewer).items().stream()
                        .flatMap(hit -> hit.segments().stream())
                        .findFirst()
                        .orElseThrow(() -> Problem.of(
                                        ProblemType.NOT_FOUND,
                                        "file '" + Shown.of(file) + "' of item " + id + " has no passage " + number)
                                .thrown());
        var language = passage.language().isEmpty() ? item.languages().get(0) : new LanguageTag(passage.language());
        var answer = ItemJson.MAPPER.createObjectNode();
        ShownSegment.of(passage, answer.putObject("segment"));
        new SegmentWords(library, items).of(passage.text(), language, viewer, answer.putArray("words"));
        return Response.ok(answer).header("Vary", "Authorization").build();
    }

    private static int skipped(String cursor) {
        if (cursor == null || cursor.isBlank()) return 0;
        if (!cursor.strip().matches("[0-9]{1,6}")) throw Lists.bad("cursor", cursor, "the 'next' of the page before");
        return Integer.parseInt(cursor.strip());
    }
}
