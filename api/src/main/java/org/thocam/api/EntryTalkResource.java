package org.thocam.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.thocam.api.VisibleLexicons.Visible;
import org.thocam.api.access.Role;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.dictionary.KeptEntry;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Shown;

/** What editors say to each other about entries: comments, and conflicts that wait for somebody to choose. */
@Path("dictionaries")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "dictionaries")
public final class EntryTalkResource {
    private static final int LONGEST_COMMENT = 10_000;
    private static final int LONGEST_FIELD = 1000;

    private final Library library;
    private final VisibleLexicons lexicons;
    private final Body body;

    EntryTalkResource(Library library, VisibleLexicons lexicons, Body body) {
        this.library = library;
        this.lexicons = lexicons;
        this.body = body;
    }

    @GET
    @Path("{id}/conflicts")
    @Needs(Role.EDITOR)
    @Operation(operationId = "listConflicts", summary = "Entries with conflicts that nobody has settled")
    public Response inConflict(
            @PathParam("id") String text,
            @QueryParam("size") @Parameter(description = "0 to 200, else 20") String size,
            @QueryParam("cursor") @Parameter(description = "the 'next' of the page before") String cursor,
            @Context UriInfo uri,
            @Context HttpServletRequest request) {
        var lexicon = forEditors(text, request);
        int wanted = Lists.size(size, 20);
        var all = library.lexicons().inConflict(lexicon.id());
        int from = Lists.after(cursor).map(after -> after(all, after)).orElse(0);
        int to = Math.min(all.size(), from + wanted);
        var answer = ItemJson.MAPPER.createObjectNode().put("total", all.size());
        var items = answer.putArray("items");
        for (var entry : all.subList(from, to))
            items.add(ShownEntry.working(entry, lexicon.language()).brief().put("conflicts", entry.conflicts()));
        var next = wanted > 0 && to < all.size()
                ? Lists.cursorAfter(new ItemId("p" + all.get(to - 1).place()))
                : null;
        var response = Response.ok(answer.put("next", next)).header("Vary", "Authorization");
        if (next != null) response.header("Link", "<" + SearchParameters.next(uri, next) + ">; rel=\"next\"");
        return response.build();
    }

    /** A cursor is the place in the file that the page before ended at: what was settled meanwhile moves nothing. */
    private static int after(List<KeptEntry> all, ItemId cursor) {
        if (!cursor.value().matches("p[0-9]{1,18}"))
            throw Lists.bad("cursor", cursor.value(), "the 'next' of the page before");
        long place = Long.parseLong(cursor.value().substring(1));
        int at = 0;
        while (at < all.size() && all.get(at).place() <= place) at++;
        return at;
    }

    @GET
    @Path("{id}/entries/{entry}/talk")
    @Needs(Role.EDITOR)
    @Operation(operationId = "getTalk", summary = "Comments on an entry, and conflicts of its edits")
    public Response talk(
            @PathParam("id") String text, @PathParam("entry") String entry, @Context HttpServletRequest request) {
        var lexicon = forEditors(text, request);
        var now = lexicons.entry(lexicon, entry);
        return Response.ok(library.editing().talkOf(lexicon.id(), now.id()))
                .header("Vary", "Authorization")
                .build();
    }

    @POST
    @Path("{id}/entries/{entry}/comments")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.EDITOR)
    @Operation(
            operationId = "createComment",
            summary = "Say something about an entry",
            description =
                    "Body: {\"text\": \"…\", \"field\": \"senses/s1/glosses/vi/text\"}; the field may be left out.")
    public Response comment(
            @PathParam("id") String text,
            @PathParam("entry") String entry,
            @QueryParam("dryRun") String dryRun,
            @Parameter(hidden = true) InputStream in,
            @Context HttpServletRequest request)
            throws IOException {
        var lexicon = forEditors(text, request);
        var now = lexicons.entry(lexicon, entry);
        var sent = EntryEditing.object(body.json(in), "\"text\" and \"field\"");
        var said = string(sent, "text", LONGEST_COMMENT);
        if (said.isBlank()) throw SubmittedRecord.invalid("/text", "text: want what is to be said");
        var field = sent.has("field") ? string(sent, "field", LONGEST_FIELD) : "";
        if (EntryEditing.dry(dryRun)) {
            var node = ItemJson.MAPPER
                    .createObjectNode()
                    .put("by", lexicon.agent())
                    .put("text", said);
            if (!field.isEmpty()) node.put("field", field);
            return Response.status(201).entity(node.put("dryRun", true)).build();
        }
        return Response.status(201)
                .entity(library.editing().comment(lexicon.id(), now.id(), said, field, lexicon.agent()))
                .build();
    }

    /** What XML and JSON can hold; line breaks are welcome. */
    private static String string(ObjectNode sent, String name, int longest) {
        var value = sent.path(name);
        if (!value.isTextual() || value.asText().length() > longest)
            throw SubmittedRecord.invalid("/" + name, name + ": want a string of at most " + longest + " characters");
        value.asText().codePoints().forEach(c -> {
            boolean bad = c < 0x20 && c != '\n' && c != '\t' && c != '\r' || c >= 0xD800 && c <= 0xDFFF;
            if (bad)
                throw SubmittedRecord.invalid(
                        "/" + name, name + ": want characters, found " + Shown.of(Character.toString(c)));
        });
        return value.asText();
    }

    @POST
    @Path("{id}/entries/{entry}/conflicts/{conflict}/settle")
    @Needs(Role.EDITOR)
    @Operation(
            operationId = "settleConflict",
            summary = "Say that a conflict needs nothing more: what was to be taken of it was edited in")
    public Response settle(
            @PathParam("id") String text,
            @PathParam("entry") String entry,
            @PathParam("conflict") String conflict,
            @QueryParam("dryRun") String dryRun,
            @Context HttpServletRequest request) {
        var lexicon = forEditors(text, request);
        var now = lexicons.entry(lexicon, entry);
        var editing = library.editing();
        var talk = editing.talkOf(lexicon.id(), now.id());
        boolean there = false;
        for (var one : talk.path("conflicts")) there |= one.path("id").asText().equals(conflict);
        if (!there)
            throw Problem.of(
                            ProblemType.NOT_FOUND,
                            "entry '" + now.id() + "' has no conflict '" + Shown.of(conflict) + "'")
                    .thrown();
        if (EntryEditing.dry(dryRun)) return Response.ok(talk).build();
        var settled = editing.settle(lexicon.id(), now.id(), conflict, lexicon.agent());
        return Response.ok(editing.talkOf(lexicon.id(), now.id()))
                .tag(new EntityTag(settled.entry().tag().toString()))
                .build();
    }

    private Visible forEditors(String text, HttpServletRequest request) {
        var lexicon = lexicons.of(text, request);
        lexicon.needEditor();
        return lexicon;
    }
}
