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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.glassfish.jersey.media.multipart.FormDataMultiPart;
import org.thocam.api.access.Caller;
import org.thocam.api.access.Role;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.ontology.Archived;
import org.thocam.ontology.Change;
import org.thocam.ontology.Consent;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Receipt;
import org.thocam.ontology.StaleVersionException;
import org.thocam.ontology.Submission;
import org.thocam.ontology.Version;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.entity.AuthorityFile;
import org.thocam.ontology.entity.EntityKind;
import org.thocam.ontology.queue.JobOrder;
import org.thocam.ontology.queue.JobTooLargeException;
import org.thocam.ontology.queue.QueueFullException;

/**
 * Changing items. Design section 4. Nothing is answered before it is durable. A change says which version it was made on (RFC 9110,
 * section 13.1.1; RFC 6585, section 3). Where a change brings no files or no text, those of the version it was made on stay.
 */
@Path("items")
@Tag(name = "items")
public final class ItemEditing {
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String JSON_LD = "application/ld+json";
    private static final String TWICE_OR_LATER =
            "The same Idempotency-Key with the same request again is the first answer again, for a day. "
                    + "'Prefer: respond-async' answers 202 and the address of a job as soon as what was sent is safe.";

    private final Library library;
    private final VisibleItems items;
    private final Body body;
    private final java.nio.file.Path temp;

    ItemEditing(Library library, VisibleItems items, Body body, java.nio.file.Path temp) {
        this.library = library;
        this.items = items;
        this.body = body;
        this.temp = temp;
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, JSON_LD})
    @Needs(Role.DEPOSITOR)
    @Operation(operationId = "createItem", summary = "Deposit a new item", description = TWICE_OR_LATER)
    public Response create(
            @HeaderParam("Idempotency-Key") String key,
            @HeaderParam("Prefer") String prefer,
            @Parameter(hidden = true) InputStream in,
            @Context HttpServletRequest request)
            throws IOException {
        return create(SubmittedRecord.read(body.json(in)), List.of(), key, request);
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Needs(Role.DEPOSITOR)
    @Operation(
            operationId = "createItemWithFiles",
            summary = "Deposit a new item with files",
            description =
                    "A part named 'record' with the JSON, and any number of parts with a file name. " + TWICE_OR_LATER)
    public Response create(
            @HeaderParam("Idempotency-Key") String key,
            @HeaderParam("Prefer") String prefer,
            @Parameter(hidden = true) FormDataMultiPart form,
            @Context HttpServletRequest request)
            throws IOException {
        try (var uploads = Uploads.read(form, body, temp)) {
            var json = uploads.record()
                    .orElseThrow(() -> Problem.of(ProblemType.BAD_REQUEST, "there is no part named 'record'")
                            .thrown());
            return create(SubmittedRecord.read(json), uploads.files(), key, request);
        }
    }

    private Response create(ItemJson.Entry entry, List<Submission.Upload> files, String key, HttpServletRequest request)
            throws IOException {
        if (key == null) return create(entry, files, false, request);
        return new Repeatable(library.keys(), key, request)
                .answer(submission(entry, files, request), again -> create(entry, files, again, request));
    }

    /** @param again whether it may be there because the same request came before */
    private Response create(
            ItemJson.Entry entry, List<Submission.Upload> files, boolean again, HttpServletRequest request)
            throws IOException {
        var submission = submission(entry, files, request);
        var id = entry.item().id();
        var there = library.archive().head(id);
        boolean same =
                again && there.isPresent() && Change.of(there.get()).digest().equals(submission.digest());
        if (there.isPresent() && !same) throw taken(id);
        var basis = same ? Optional.<Version>empty() : Optional.of(Version.NONE);
        check(entry, submission, Version.NONE);
        try {
            return Preferences.respondAsync(request)
                    ? later(submission, request)
                    : answer(finished(library.intake().take(submission, basis, agent(request))), true);
        } catch (StaleVersionException e) {
            throw taken(id);
        }
    }

    private Response later(Submission submission, HttpServletRequest request) {
        try {
            var job = library.jobs()
                    .submit(List.of(new JobOrder(submission, true, Caller.identity(request), agent(request))))
                    .get(0);
            return Response.accepted(ShownJob.json(job, false))
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .location(URI.create(ShownJob.href(job)))
                    .header("Preference-Applied", "respond-async")
                    .header("Cache-Control", "no-store")
                    .build();
        } catch (QueueFullException e) {
            throw Problem.of(ProblemType.QUEUE_FULL, e.getMessage())
                    .with("Retry-After", "30")
                    .thrown();
        } catch (JobTooLargeException e) {
            throw Problem.of(ProblemType.TOO_LARGE, e.getMessage()).thrown();
        }
    }

    @PUT
    @Path("{id}")
    @Consumes({MediaType.APPLICATION_JSON, JSON_LD})
    @Needs(Role.DEPOSITOR)
    @Operation(
            operationId = "putItem",
            summary = "Deposit a new item under this id, or the next version of one",
            description = "If-Match is needed for an item that exists; with it, a withdrawn item is brought back.")
    public Response put(
            @PathParam("id") String text,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("If-None-Match") String ifNoneMatch,
            @Parameter(hidden = true) InputStream in,
            @Context HttpServletRequest request)
            throws IOException {
        var place = place(text, ifMatch, ifNoneMatch, request);
        return put(place, SubmittedRecord.read(body.json(in), place.id()), List.of(), request);
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Needs(Role.DEPOSITOR)
    @Operation(operationId = "putItemWithFiles", summary = "The same with files, which take the place of those before")
    public Response put(
            @PathParam("id") String text,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("If-None-Match") String ifNoneMatch,
            @Parameter(hidden = true) FormDataMultiPart form,
            @Context HttpServletRequest request)
            throws IOException {
        try (var uploads = Uploads.read(form, body, temp)) {
            var place = place(text, ifMatch, ifNoneMatch, request);
            var json = uploads.record()
                    .orElseThrow(() -> Problem.of(ProblemType.BAD_REQUEST, "there is no part named 'record'")
                            .thrown());
            return put(place, SubmittedRecord.read(json, place.id()), uploads.files(), request);
        }
    }

    /** Where a PUT goes: a new id, or on top of a version. */
    private record Place(ItemId id, Version basis) {}

    private Place place(String text, String ifMatch, String ifNoneMatch, HttpServletRequest request) {
        var id = VisibleItems.id(text)
                .orElseThrow(() -> SubmittedRecord.invalid("/id", "the address ends in no id that an item can have"));
        var head = library.archive().head(id);
        if (head.isEmpty()) {
            if (ifMatch != null) throw stale("there is no item " + id);
            return new Place(id, Version.NONE);
        }
        var viewer = Caller.viewer(request);
        if (!items.allows(head.get().holding(), viewer)) throw taken(id);
        if (ifNoneMatch != null && ifNoneMatch.strip().equals("*")) throw stale("there is an item " + id);
        return new Place(id, matched(head.get(), ifMatch));
    }

    private Response put(Place place, ItemJson.Entry entry, List<Submission.Upload> files, HttpServletRequest request) {
        return answer(take(entry, files, place.basis(), request), place.basis().equals(Version.NONE));
    }

    @PATCH
    @Path("{id}")
    @Consumes(MERGE_PATCH)
    @Needs(Role.DEPOSITOR)
    @Operation(operationId = "patchItem", summary = "Change some fields (RFC 7396)")
    public Response patch(
            @PathParam("id") String text,
            @HeaderParam("If-Match") String ifMatch,
            @Parameter(hidden = true) InputStream in,
            @Context HttpServletRequest request)
            throws IOException {
        var head = current(text, Caller.viewer(request));
        var basis = matched(head, ifMatch);
        var patch = body.json(in);
        if (!patch.isObject()) throw SubmittedRecord.invalid("", "want a JSON object of the fields to change");
        var asked = SubmittedRecord.withoutOurs((ObjectNode) patch);
        if (asked.has("files"))
            throw SubmittedRecord.invalid("/files", "files cannot be patched; PUT the record with its files");
        JsonNode before = SubmittedRecord.withoutOurs(ItemJson.json(head.holding()));
        var after = SubmittedRecord.merged(before, asked);
        // An absent text stays; null takes it away.
        if (asked.path("text").isNull()) ((ObjectNode) after).put("text", "");
        return answer(take(SubmittedRecord.read(after, head.holding().id()), List.of(), basis, request), false);
    }

    @DELETE
    @Path("{id}")
    @Needs(Role.DEPOSITOR)
    @Operation(operationId = "withdrawItem", summary = "Withdraw an item; a tombstone stays")
    public Response withdraw(
            @PathParam("id") String text,
            @HeaderParam("If-Match") String ifMatch,
            @QueryParam("reason") String reason,
            @Context HttpServletRequest request) {
        var head = current(text, Caller.viewer(request));
        var basis = matched(head, ifMatch);
        if (head.holding().id().equals(AuthorityFile.ID))
            throw Problem.of(
                            ProblemType.RESERVED,
                            "item '" + AuthorityFile.ID + "' is the reference data, and is not withdrawn")
                    .thrown();
        finished(library.intake()
                .withdraw(head.holding().id(), Optional.of(basis), reason == null ? "" : reason, agent(request)));
        return Response.noContent().build();
    }

    private Archived current(String text, Viewer viewer) {
        var id = VisibleItems.id(text).orElseThrow(() -> VisibleItems.absent(text));
        return items.current(id, viewer).archived();
    }

    static Version matched(Archived head, String ifMatch) {
        var id = head.holding().id();
        if (ifMatch == null)
            throw Problem.of(
                            ProblemType.PRECONDITION_REQUIRED,
                            "item " + id + " exists: read it, then send its ETag as If-Match")
                    .thrown();
        if (!EntityTags.matches(ifMatch, head))
            throw stale("item " + id + " is now \"" + EntityTags.of(head) + "\", If-Match says "
                    + org.thocam.ontology.Shown.of(ifMatch) + ". Read it again, then repeat the change.");
        return head.version();
    }

    private Receipt take(
            ItemJson.Entry entry, List<Submission.Upload> files, Version basis, HttpServletRequest request) {
        var submission = submission(withConsents(entry, basis, request), files, request);
        check(entry, submission, basis);
        return finished(library.intake().take(submission, Optional.of(basis), agent(request)));
    }

    /** Whoever does not see what people agreed to does not change it either. */
    private ItemJson.Entry withConsents(ItemJson.Entry entry, Version basis, HttpServletRequest request) {
        if (Caller.viewer(request).seesAll() || basis.equals(Version.NONE)) return entry;
        var before = library.archive()
                .read(entry.item().id(), basis)
                .map(archived -> archived.holding() instanceof Item item ? item.consents() : List.<Consent>of())
                .orElse(List.of());
        if (before.isEmpty() || before.equals(entry.item().consents())) return entry;
        if (!entry.item().consents().isEmpty())
            throw Problem.of(
                            ProblemType.FORBIDDEN,
                            "the consents on item " + entry.item().id()
                                    + " are changed by those alone who see everything; leave the field out to keep them")
                    .thrown();
        return new ItemJson.Entry(entry.item().withConsents(before), entry.text(), entry.files());
    }

    private static Submission submission(
            ItemJson.Entry entry, List<Submission.Upload> files, HttpServletRequest request) {
        return new Submission(entry.item(), entry.text(), files, request.getMethod() + " " + request.getRequestURI());
    }

    private static void check(ItemJson.Entry entry, Submission submission, Version basis) {
        for (var name : entry.files())
            if (submission.files().stream().noneMatch(file -> file.name().equals(name)))
                throw SubmittedRecord.invalid(
                        "/files",
                        "file '" + org.thocam.ontology.Shown.of(name)
                                + "' did not come with the record; send it as a part of multipart/form-data");
        var id = entry.item().id();
        boolean reserved = id.equals(AuthorityFile.ID)
                ? basis.equals(Version.NONE) || !AuthorityFile.describes(submission)
                : basis.equals(Version.NONE) && EntityKind.ofId(id.value()).isPresent();
        if (reserved)
            throw Problem.of(
                            ProblemType.RESERVED,
                            "id '" + id + "' is one of the reference data: change it at /api/v1/entities"
                                    + (id.equals(AuthorityFile.ID) ? "" : "/" + id) + ", or give the item another id")
                    .thrown();
    }

    static Receipt finished(CompletableFuture<Receipt> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException("the intake failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(
                            ProblemType.UNAVAILABLE,
                            "the server stopped before the change was acknowledged; read the item to see whether it is there")
                    .with("Retry-After", "10")
                    .thrown();
        }
    }

    private Response answer(Receipt receipt, boolean isNew) {
        var kept = library.archive().read(receipt.id(), receipt.version()).orElseThrow();
        var node = ItemJson.MAPPER
                .createObjectNode()
                .put("id", receipt.id().value())
                .put("version", receipt.version().number())
                .put("state", receipt.state());
        if (!receipt.reason().isEmpty()) node.put("reason", receipt.reason());
        if (kept.holding() instanceof Item item && !item.files().isEmpty())
            node.set("files", ItemJson.json(item).get("files"));
        var response = isNew
                ? Response.created(URI.create(Addresses.item(receipt.id())))
                : Response.ok().header("Content-Location", Addresses.item(receipt.id()));
        return response.tag(new EntityTag(EntityTags.of(kept)))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(node)
                .build();
    }

    private static String agent(HttpServletRequest request) {
        return Caller.of(request).orElseThrow().name();
    }

    private static RuntimeException taken(ItemId id) {
        return Problem.of(ProblemType.CONFLICT, "the id " + id + " is taken").thrown();
    }

    private static RuntimeException stale(String detail) {
        return Problem.of(ProblemType.PRECONDITION_FAILED, detail).thrown();
    }
}
