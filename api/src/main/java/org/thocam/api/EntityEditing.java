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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thocam.api.access.Caller;
import org.thocam.api.access.Role;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemException;
import org.thocam.api.problem.ProblemType;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Shown;
import org.thocam.ontology.entity.AuthorityFile;
import org.thocam.ontology.entity.Entity;
import org.thocam.ontology.entity.EntityJson;
import org.thocam.ontology.entity.EntityKind;
import org.thocam.ontology.entity.Fault;
import org.thocam.ontology.entity.FaultyEntitiesException;
import org.thocam.ontology.entity.StaleEntityException;

/**
 * Changing entities. What is sent is the row of the table, as {@code record} of an entity shows it. Nothing is answered before it is
 * durable; every state stays in the history, with who made it and why.
 */
@Path("entities")
@Tag(name = "entities")
public final class EntityEditing {
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String NOTE_HEADER = "X-Change-Note";
    private static final String NOTE = "why, in a few words; kept in the history. Or as the header " + NOTE_HEADER;
    private static final String DRY_RUN = "true: the same answer, and nothing is kept";
    private static final int LONGEST_NOTE = 1000;
    private static final int TRIES = 20;

    /** What stands before the number of those kinds that are numbered, and how many digits it has at least. */
    private static final Map<EntityKind, String> NUMBERED = new EnumMap<>(Map.of(
            EntityKind.PEOPLE, "EG%02d",
            EntityKind.FESTIVAL, "FE%03d",
            EntityKind.CRAFT, "CR%03d",
            EntityKind.CUSTOM, "CU%03d",
            EntityKind.HERITAGE, "HE%03d"));

    private final Library library;
    private final CurrentEntities entities;
    private final Body body;

    EntityEditing(Library library, CurrentEntities entities, Body body) {
        this.library = library;
        this.entities = entities;
        this.body = body;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.EDITOR)
    @Operation(
            operationId = "createEntity",
            summary = "Make an entity",
            description =
                    "Without 'id', 'entityKind' says what it is, and a people, festival, craft, custom or inscription gets the next free number.")
    public Response create(
            @QueryParam("note") @Parameter(description = NOTE) String note,
            @QueryParam("dryRun") @Parameter(description = DRY_RUN) String dryRun,
            @Parameter(hidden = true) InputStream in,
            @Context HttpServletRequest request)
            throws IOException {
        var sent = object(body.json(in));
        boolean dry = dry(dryRun);
        var why = note(note, request);
        if (sent.path("id").isTextual()) {
            var id = sent.path("id").textValue();
            if (EntityKind.ofId(id).isEmpty())
                throw faulty(id, "id", id, "an id of a kind of entity, such as EG03, LG-blt, P34-19, FE001");
            if (entities.now().register().find(id).isPresent())
                throw Problem.of(ProblemType.CONFLICT, "there is an entity " + id + " already")
                        .thrown();
            return keep(EntityJson.read(id, sent), Optional.empty(), why, dry, request);
        }
        var kind = kind(sent);
        for (int tried = 0; ; tried++) {
            var id = next(kind);
            try {
                return keep(EntityJson.read(id, sent), Optional.empty(), why, dry, request);
            } catch (StaleEntityException taken) {
                // another made one at the same moment
                if (tried == TRIES) throw taken;
            }
        }
    }

    private static EntityKind kind(ObjectNode sent) {
        var word = sent.path("entityKind").asText();
        var kind = EntityKind.ofWord(word)
                .orElseThrow(
                        () -> faulty("", "entityKind", word, "people, festival, craft, custom or heritage; or an id"));
        if (!NUMBERED.containsKey(kind))
            throw faulty("", "id", "", "an id: those of a " + kind.word() + " are no numbers but " + kind.idPattern());
        return kind;
    }

    /** Behind the last that is or was there. */
    private String next(EntityKind kind) {
        var pattern = NUMBERED.get(kind);
        int number = 1;
        for (var entity : entities.now().register().of(kind))
            number = Math.max(number, Integer.parseInt(entity.id().substring(2)) + 1);
        while (isTaken(pattern.formatted(number))) number++;
        return pattern.formatted(number);
    }

    private boolean isTaken(String id) {
        return library.entities().register().find(id).isPresent()
                || library.entities().gone(id).isPresent()
                || library.archive().head(new ItemId(id)).isPresent();
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.EDITOR)
    @Operation(
            operationId = "putEntity",
            summary = "Keep an entity under this id, or its next state",
            description =
                    "The body is the row, as 'record' of the entity shows it. If-Match is needed for one that exists.")
    public Response put(
            @PathParam("id") String id,
            @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("If-None-Match") String ifNoneMatch,
            @QueryParam("note") @Parameter(description = NOTE) String note,
            @QueryParam("dryRun") @Parameter(description = DRY_RUN) String dryRun,
            @Parameter(hidden = true) InputStream in,
            @Context HttpServletRequest request)
            throws IOException {
        var there = entities.now().register().find(id);
        if (there.isEmpty()) {
            if (EntityKind.ofId(id).isEmpty())
                throw faulty(id, "id", id, "an id of a kind of entity, such as EG03, LG-blt, P34-19, FE001");
            if (library.entities().gone(id).isPresent()) throw entities.absent(id);
            if (ifMatch != null)
                throw Problem.of(ProblemType.PRECONDITION_FAILED, "there is no entity " + id)
                        .thrown();
        } else if (ifNoneMatch != null && ifNoneMatch.strip().equals("*"))
            throw EntityConditions.stale(there.get(), "there is an entity " + id);
        var on = there.map(entity -> EntityConditions.on(ifMatch, entity));
        return keep(EntityJson.read(id, object(body.json(in))), on, note(note, request), dry(dryRun), request);
    }

    @PATCH
    @Path("{id}")
    @Consumes(MERGE_PATCH)
    @Needs(Role.EDITOR)
    @Operation(
            operationId = "patchEntity",
            summary = "Change some columns of an entity (RFC 7396)",
            description = "null empties a column; a list is replaced as a whole.")
    public Response patch(
            @PathParam("id") String id,
            @HeaderParam("If-Match") String ifMatch,
            @QueryParam("note") @Parameter(description = NOTE) String note,
            @QueryParam("dryRun") @Parameter(description = DRY_RUN) String dryRun,
            @Parameter(hidden = true) InputStream in,
            @Context HttpServletRequest request)
            throws IOException {
        var there = entities.entity(entities.now(), id);
        var on = EntityConditions.on(ifMatch, there);
        var patch = object(body.json(in));
        var wanted = SubmittedRecord.merged(EntityJson.write(there), patch);
        return keep(EntityJson.read(id, wanted), Optional.of(on), note(note, request), dry(dryRun), request);
    }

    @DELETE
    @Path("{id}")
    @Needs(Role.EDITOR)
    @Operation(
            operationId = "deleteEntity",
            summary = "Delete an entity that no other names; its id is not given again",
            description =
                    "'replacedBy' names the one that stands for it now; it is told to whoever asks for the old one.")
    public Response delete(
            @PathParam("id") String id,
            @HeaderParam("If-Match") String ifMatch,
            @QueryParam("replacedBy") String replacedBy,
            @QueryParam("note") @Parameter(description = NOTE) String note,
            @Context HttpServletRequest request) {
        var there = entities.entity(entities.now(), id);
        var on = EntityConditions.on(ifMatch, there);
        var other = EntityResource.given(replacedBy);
        if (other.filter(id::equals).isPresent())
            throw faulty(id, "replacedBy", id, "another entity than the one that is deleted");
        library.entities().delete(id, on, other, agent(request), note(note, request));
        return Response.noContent().build();
    }

    private Response keep(Entity wanted, Optional<String> on, String note, boolean dry, HttpServletRequest request) {
        var id = wanted.id();
        if (on.isEmpty() && library.archive().head(new ItemId(id)).isPresent())
            throw Problem.of(
                            ProblemType.CONFLICT,
                            "the id " + id + " is that of an item; an item and an entity cannot share one")
                    .thrown();
        if (dry) {
            var faults = library.entities().faults(wanted);
            if (!faults.isEmpty()) throw new FaultyEntitiesException(faults);
        } else library.entities().put(wanted, on, agent(request), note);
        var tag = AuthorityFile.tag(wanted);
        var answer = ItemJson.MAPPER
                .createObjectNode()
                .put("id", id)
                .put("type", wanted.kind().word())
                .put("tag", tag)
                .put("changed", on.isEmpty() || !on.get().equals(tag));
        if (dry) answer.put("dryRun", true);
        else answer.put("version", library.entities().version(id).number());
        answer.set("record", EntityJson.write(wanted));
        var response = on.isEmpty() && !dry
                ? Response.created(URI.create(ShownEntity.address(id)))
                : Response.ok().header("Content-Location", ShownEntity.address(id));
        return response.tag(new EntityTag(tag))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(answer)
                .build();
    }

    private static ObjectNode object(JsonNode json) {
        if (json instanceof ObjectNode object) return object;
        throw faulty("", "", json.getNodeType().name(), "a JSON object of the columns");
    }

    private static ProblemException faulty(String id, String column, String found, String expected) {
        return EntityProblems.of(new FaultyEntitiesException(
                        List.of(new Fault("", 0, Shown.of(id), column, Shown.of(found), expected, ""))))
                .thrown();
    }

    private static String note(String parameter, HttpServletRequest request) {
        var header = request.getHeader(NOTE_HEADER);
        var note = parameter != null ? parameter : header == null ? "" : header;
        if (note.length() > LONGEST_NOTE) throw Lists.bad("note", note, "at most " + LONGEST_NOTE + " characters");
        return note.strip();
    }

    private static boolean dry(String text) {
        if (text == null || text.isBlank() || text.equals("false")) return false;
        if (text.equals("true")) return true;
        throw Lists.bad("dryRun", text, "true or false");
    }

    private static String agent(HttpServletRequest request) {
        return Caller.of(request).orElseThrow().name();
    }
}
