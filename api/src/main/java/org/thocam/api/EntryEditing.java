package org.thocam.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thocam.api.VisibleLexicons.Visible;
import org.thocam.api.access.Role;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.dictionary.Edited;
import org.thocam.dictionary.EntryTag;
import org.thocam.dictionary.KeptEntry;
import org.thocam.dictionary.LexiconProblem;
import org.thocam.dictionary.Lexicons.Edit;
import org.thocam.dictionary.ReviewState;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Shown;

/**
 * Editing entries together. An edit names the state it was made on; where others edited meanwhile, it is merged field by field, and
 * what cannot be is refused with both sides of it. Nothing is answered before it is durable.
 */
@Path("dictionaries")
@Tag(name = "dictionaries")
public final class EntryEditing {
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String DRY_RUN = "true: the same answer, and nothing is kept";

    private final Library library;
    private final VisibleLexicons lexicons;
    private final Body body;
    private final RecentEdits recent;

    EntryEditing(Library library, VisibleLexicons lexicons, Body body, RecentEdits recent) {
        this.library = library;
        this.lexicons = lexicons;
        this.body = body;
        this.recent = recent;
    }

    @POST
    @Path("{id}/entries")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.EDITOR)
    @Operation(
            operationId = "createEntry",
            summary = "Make an entry",
            description = "The same Idempotency-Key with the same entry again is the same entry: 200.")
    public Response create(
            @PathParam("id") String text,
            @HeaderParam("Idempotency-Key") String key,
            @QueryParam("dryRun") @Parameter(description = DRY_RUN) String dryRun,
            @Parameter(hidden = true) InputStream in,
            @Context HttpServletRequest request)
            throws IOException {
        var lexicon = lexicons.of(text, request);
        lexicon.needEditor();
        if (key != null) Repeatable.checked(key);
        boolean dry = dry(dryRun);
        var wanted = object(body.json(in), "an entry's fields");
        wanted.remove(ShownEntry.OURS);
        var made = library.editing().create(lexicon.id(), wanted, Optional.ofNullable(key), lexicon.agent(), dry);
        return answer(lexicon, made, dry, made instanceof Edited.Done done && done.changed() ? 201 : 200);
    }

    @PUT
    @Path("{id}/entries/{entry}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.EDITOR)
    @Operation(
            operationId = "putEntry",
            summary = "Change an entry to these fields",
            description =
                    "If-Match names the state that was read. 409 edit-conflict where another edit met the same field.")
    public Response put(
            @PathParam("id") String text,
            @PathParam("entry") String entry,
            @HeaderParam("If-Match") String ifMatch,
            @QueryParam("dryRun") @Parameter(description = DRY_RUN) String dryRun,
            @Parameter(hidden = true) InputStream in,
            @Context HttpServletRequest request)
            throws IOException {
        var asked = asked(text, entry, ifMatch, dryRun, request);
        var sent = object(body.json(in), "an entry's fields");
        sent.remove(ShownEntry.OURS);
        return answer(asked, library.editing().edit(asked.edit(), base -> withKept(sent.deepCopy(), base)));
    }

    @PATCH
    @Path("{id}/entries/{entry}")
    @Consumes(MERGE_PATCH)
    @Needs(Role.EDITOR)
    @Operation(
            operationId = "patchEntry",
            summary = "Change some fields of an entry (RFC 7396)",
            description = "A list is replaced as a whole; its elements are known by their id, key or content.")
    public Response patch(
            @PathParam("id") String text,
            @PathParam("entry") String entry,
            @HeaderParam("If-Match") String ifMatch,
            @QueryParam("dryRun") @Parameter(description = DRY_RUN) String dryRun,
            @Parameter(hidden = true) InputStream in,
            @Context HttpServletRequest request)
            throws IOException {
        var asked = asked(text, entry, ifMatch, dryRun, request);
        var patch = object(body.json(in), "the fields to change");
        patch.remove(ShownEntry.OURS);
        return answer(
                asked, library.editing().edit(asked.edit(), base -> withKept((ObjectNode) merged(base, patch), base)));
    }

    /** As {@link SubmittedRecord#merged}; a text that is changed alone leaves the markup that it had. */
    private static JsonNode merged(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) return patch;
        var object = target.isObject() ? ((ObjectNode) target).deepCopy() : ItemJson.MAPPER.createObjectNode();
        for (var change : patch.properties()) {
            if (change.getValue().isNull()) object.remove(change.getKey());
            else object.set(change.getKey(), merged(target.path(change.getKey()), change.getValue()));
        }
        if (patch.has("text") && !patch.has("markup")) object.remove("markup");
        return object;
    }

    private static ObjectNode withKept(ObjectNode wanted, ObjectNode base) {
        for (var name : ShownEntry.KEPT) {
            if (base.has(name)) wanted.set(name, base.get(name));
            else wanted.remove(name);
        }
        return wanted;
    }

    @DELETE
    @Path("{id}/entries/{entry}")
    @Needs(Role.EDITOR)
    @Operation(
            operationId = "deleteEntry",
            summary = "Delete an entry; its states stay, and an edit brings it back",
            description = "412 where somebody edited it meanwhile: the edit stays.")
    public Response delete(
            @PathParam("id") String text,
            @PathParam("entry") String entry,
            @HeaderParam("If-Match") String ifMatch,
            @QueryParam("dryRun") @Parameter(description = DRY_RUN) String dryRun,
            @Context HttpServletRequest request) {
        var asked = asked(text, entry, ifMatch, dryRun, request);
        var deleted = library.editing().delete(asked.edit());
        note(asked.lexicon(), deleted, asked.edit().dryRun());
        var answer = Response.noContent();
        if (!asked.edit().dryRun())
            answer.tag(new EntityTag(deleted.entry().tag().toString()));
        return answer.build();
    }

    @POST
    @Path("{id}/entries/{entry}/revert")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.EDITOR)
    @Operation(
            operationId = "revertEntry",
            summary = "Bring an entry, or some of its fields, back to an earlier state",
            description = "Body: {\"to\": \"f1.e0\", \"fields\": []}; without fields, all of it.")
    public Response revert(
            @PathParam("id") String text,
            @PathParam("entry") String entry,
            @HeaderParam("If-Match") String ifMatch,
            @QueryParam("dryRun") @Parameter(description = DRY_RUN) String dryRun,
            @Parameter(hidden = true) InputStream in,
            @Context HttpServletRequest request)
            throws IOException {
        var asked = asked(text, entry, ifMatch, dryRun, request);
        var sent = object(body.json(in), "\"to\" and \"fields\"");
        var to = Optional.of(sent.path("to"))
                .filter(JsonNode::isTextual)
                .flatMap(tag -> EntryTag.parsed(tag.asText()))
                .orElseThrow(
                        () -> SubmittedRecord.invalid("/to", "to: want the tag of a state as a string, such as f1.e0"));
        var fields = new ArrayList<String>();
        var listed = sent.path("fields");
        if (!listed.isMissingNode() && (!listed.isArray() || listed.size() > 100))
            throw SubmittedRecord.invalid("/fields", "fields: want a list of at most 100 paths");
        for (var field : listed) {
            if (!field.isTextual()) throw SubmittedRecord.invalid("/fields", "fields: want paths as strings");
            fields.add(field.asText());
        }
        if (!lexicons.allows(asked.lexicon(), to, request)) throw never(to);
        try {
            return answer(asked, library.editing().revert(asked.edit(), to, fields));
        } catch (LexiconProblem e) {
            if (e.kind() == LexiconProblem.Kind.ABSENT) throw never(to);
            throw e;
        }
    }

    private static RuntimeException never(EntryTag to) {
        return SubmittedRecord.invalid("/to", "to: the entry was never in state " + to);
    }

    @PUT
    @Path("{id}/entries/{entry}/state")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.EDITOR)
    @Operation(
            operationId = "putEntryState",
            summary = "Move an entry on or back in its review",
            description =
                    "Body: {\"state\": \"proposed\"}. Editors move between draft and proposed; reviewed and published are for reviewers.")
    public Response state(
            @PathParam("id") String text,
            @PathParam("entry") String entry,
            @HeaderParam("If-Match") String ifMatch,
            @QueryParam("dryRun") @Parameter(description = DRY_RUN) String dryRun,
            @Parameter(hidden = true) InputStream in,
            @Context HttpServletRequest request)
            throws IOException {
        var asked = asked(text, entry, ifMatch, dryRun, request);
        var sent = object(body.json(in), "\"state\"");
        ReviewState to;
        try {
            to = ReviewState.ofWord(sent.path("state").asText());
        } catch (IllegalArgumentException e) {
            throw SubmittedRecord.invalid("/state", e.getMessage());
        }
        if (reviewed(to) || reviewed(asked.now().state())) asked.lexicon().needReviewer();
        return answer(asked, library.editing().review(asked.edit(), to));
    }

    private static boolean reviewed(ReviewState state) {
        return state.compareTo(ReviewState.REVIEWED) >= 0;
    }

    /** A change that its caller may make, on a state that they may have read. */
    private record Asked(Visible lexicon, KeptEntry now, Edit edit) {}

    private Asked asked(String text, String entry, String ifMatch, String dryRun, HttpServletRequest request) {
        var lexicon = lexicons.of(text, request);
        lexicon.needEditor();
        var now = lexicons.entry(lexicon, entry);
        var on = EntryConditions.on(ifMatch, now);
        if (!lexicons.allows(lexicon, on, request))
            throw EntryConditions.stale(now, "entry '" + now.id() + "' was never in state " + on);
        return new Asked(lexicon, now, new Edit(lexicon.id(), now.id(), on, lexicon.agent(), dry(dryRun)));
    }

    static boolean dry(String dryRun) {
        if (dryRun == null || dryRun.equals("false")) return false;
        if (dryRun.equals("true") || dryRun.isEmpty()) return true;
        throw Lists.bad("dryRun", dryRun, "true, or nothing");
    }

    static ObjectNode object(JsonNode json, String of) {
        if (json instanceof ObjectNode object) return object;
        throw SubmittedRecord.invalid("", "want a JSON object of " + of);
    }

    private void note(Visible lexicon, Edited edited, boolean dryRun) {
        if (edited instanceof Edited.Done done && done.changed() && !dryRun) recent.edited(lexicon.id());
    }

    private Response answer(Asked asked, Edited edited) {
        return answer(asked.lexicon(), edited, asked.edit().dryRun(), 200);
    }

    private Response answer(Visible lexicon, Edited edited, boolean dryRun, int status) {
        note(lexicon, edited, dryRun);
        if (edited instanceof Edited.Refused refused) throw refused(refused, dryRun);
        var done = (Edited.Done) edited;
        var shown = ShownEntry.working(done.entry(), lexicon.language());
        var node = shown.whole();
        if (done.merged()) node.put("merged", true);
        if (!done.kept().isEmpty()) {
            var list = node.putArray("keptOverDeletion");
            done.kept().forEach(kept -> list.add(kept.json()));
        }
        var response = Response.status(status).type(MediaType.APPLICATION_JSON_TYPE);
        // a state that will never be has no tag that anybody could come back with
        if (dryRun && done.changed()) {
            node.remove("tag");
            return response.entity(node.put("dryRun", true)).build();
        }
        if (dryRun) node.put("dryRun", true);
        if (status == 201) response.location(URI.create(shown.href()));
        else response.header("Content-Location", shown.href());
        return response.tag(new EntityTag(shown.tag())).entity(node).build();
    }

    private static RuntimeException refused(Edited.Refused refused, boolean dryRun) {
        var members = refused.base().objectNode();
        members.put("tag", refused.entry().tag().toString());
        if (!refused.conflict().isEmpty()) members.put("conflict", refused.conflict());
        var list = members.putArray("conflicts");
        List<String> paths = new ArrayList<>();
        for (var conflict : refused.conflicts()) {
            list.add(conflict.json());
            paths.add(Shown.of(conflict.path()));
        }
        members.set("base", refused.base());
        members.set("mine", refused.mine());
        members.set("theirs", refused.theirs());
        return Problem.of(
                        ProblemType.EDIT_CONFLICT,
                        "entry '" + refused.entry().id() + "' was changed by another edit in the same place: "
                                + String.join(", ", paths.subList(0, Math.min(10, paths.size())))
                                + (dryRun ? "" : ". What you sent is kept as conflict " + refused.conflict()))
                .saying(members)
                .with("ETag", '"' + refused.entry().tag().toString() + '"')
                .thrown();
    }
}
