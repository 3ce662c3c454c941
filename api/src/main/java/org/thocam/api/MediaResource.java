package org.thocam.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.api.VisibleItems.Visible;
import org.thocam.ingest.media.Derivatives;
import org.thocam.ingest.media.Derived;
import org.thocam.ingest.media.Recipe;
import org.thocam.ingest.media.Technical;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.ItemJson;

/** The sound, film and pictures of an item: what each file says of itself, and where what is made of it can be had. */
@Path("items/{id}/media")
@Tag(name = "items")
public final class MediaResource {
    private static final Logger LOG = LoggerFactory.getLogger(MediaResource.class);
    private static final long PATIENCE_SECONDS = 10;
    private static final List<Recipe> OFFERED =
            List.of(Recipe.THUMBNAIL, Recipe.POSTER, Recipe.PEAKS, Recipe.ACCESS_WEBM, Recipe.ACCESS_MP3);

    private final Library library;
    private final GivenFiles files;
    private final MediaFiles media;

    MediaResource(Library library, GivenFiles files, MediaFiles media) {
        this.library = library;
        this.files = files;
        this.media = media;
    }

    @GET
    @ForEverybody
    @Operation(
            operationId = "getMedia",
            summary = "Technical metadata of each file of sound, film or pictures, and its derivatives",
            description = "state is ok, under-way, needs-program, or why the file cannot be read; reason says more.")
    public Response media(
            @PathParam("id") String text, @QueryParam("version") String version, @Context HttpServletRequest request)
            throws InterruptedException {
        var item = files.item(text, version, request);
        var answer = ItemJson.MAPPER.createObjectNode();
        answer.put("id", item.item().id().value());
        answer.put("version", item.version().number());
        var list = answer.putArray("items");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (var file : item.item().files())
            if (Derivatives.areMadeOf(file.mediaType()) && files.mayBeGiven(item.item(), file.name(), request))
                describe(
                        item,
                        file,
                        Duration.ofNanos(Math.max(0, end - System.nanoTime())),
                        version == null ? "" : "?version=" + item.version().number(),
                        list.addObject());
        return Response.ok(answer.toString(), MediaType.APPLICATION_JSON_TYPE)
                .header("Cache-Control", "no-cache")
                .header("Vary", "Authorization")
                .build();
    }

    private void describe(Visible item, Bitstream file, Duration patience, String query, ObjectNode told)
            throws InterruptedException {
        var base = Addresses.item(item.item().id());
        var name = FileResource.escaped(file.name());
        told.put("file", file.name())
                .put("mediaType", file.mediaType())
                .put("size", file.size())
                .put("address", base + "/files/" + name + query);
        try {
            var derived = media.derived(item, file, Recipe.TECHNICAL, patience);
            if (derived instanceof Derived.Made made) {
                var technical = Derivatives.technical(made);
                told.put("state", "ok").put("reason", "").put("source", technical.source());
                told.set("technical", technical.json());
                offer(file, technical, base, name, query, told);
            } else state(told, derived);
        } catch (IOException e) {
            // of this file alone: the others are told of all the same
            LOG.warn("{} of {}: {}", file.name(), item.item().id(), e.getMessage());
            told.put("state", "unreadable").put("reason", "the file could not be read here; the log says why");
        }
    }

    private void offer(Bitstream file, Technical technical, String base, String name, String query, ObjectNode told) {
        var list = told.putArray("derivatives");
        for (var recipe : OFFERED) {
            if (!recipe.suits(technical)) continue;
            boolean access = recipe == Recipe.ACCESS_WEBM || recipe == Recipe.ACCESS_MP3;
            var format = access ? recipe.word().substring("access-".length()) : "";
            var one = list.addObject().put("recipe", access ? "access" : recipe.word());
            if (access) one.put("format", format);
            one.put(
                    "address",
                    base + "/derivatives/" + (access ? "access" : recipe.word()) + "/" + name + query
                            + (access ? (query.isEmpty() ? "?" : "&") + "format=" + format : ""));
            var there = library.derivatives().there(file.sha512(), recipe);
            if (there.isEmpty()) one.put("state", "not-made");
            else if (there.get() instanceof Derived.Made made)
                one.put("state", "ok").put("mediaType", made.mediaType()).put("size", made.size());
            else state(one, there.get());
        }
    }

    private static void state(ObjectNode told, Derived derived) {
        if (derived instanceof Derived.Failed failed)
            told.put("state", failed.state().word())
                    .put("reason", failed.reason())
                    .put("tried", failed.at().toString());
        else if (derived instanceof Derived.Lacking lacking)
            told.put("state", "needs-program").put("reason", lacking.reason()).put("program", lacking.program());
        else told.put("state", "under-way").put("reason", "it is being read; ask again in a moment");
    }
}
