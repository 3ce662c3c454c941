package org.thocam.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.api.access.Caller;
import org.thocam.api.access.Principal;
import org.thocam.api.access.Role;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.api.problem.RequestId;
import org.thocam.ontology.ItemJson;

/** The verbs of the command line, done by the server that holds the home. Design section 4. */
@Path("operations/{verb}")
@Tag(name = "operation")
public final class OperationResource {
    private static final Logger LOG = LoggerFactory.getLogger(OperationResource.class);

    /** What has to do with files of the server's disk, or with addresses that the caller names. */
    private static final Set<String> HERE_ONLY = Set.of(
            "ingest",
            "queue",
            "dictionary-import",
            "dictionary-export",
            "export-package",
            "export-mets",
            "export-records",
            "reference-load",
            "reference-diff",
            "reference-export",
            "harvest");

    private final Operations operations;
    private final Body body;

    OperationResource(Operations operations, Body body) {
        this.operations = operations;
        this.body = body;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.ADMIN)
    @Operation(
            operationId = "operate",
            summary = "Run one verb; answers a line of JSON as soon as there is one",
            description = "application/x-ndjson; the last line is {\"exit\": N}.")
    public void run(
            @PathParam("verb") String verb,
            @Parameter(hidden = true) InputStream in,
            @Context HttpServletRequest request,
            @Context HttpServletResponse response)
            throws IOException {
        JsonNode arguments = body.json(in);
        if (!arguments.isObject())
            throw Problem.of(ProblemType.BAD_REQUEST, "want a JSON object of arguments")
                    .thrown();
        // It names files of this machine's disk: whoever holds a token elsewhere hands files in over /api/v1/items.
        if (HERE_ONLY.contains(verb)
                && !Caller.of(request).filter(Principal::local).isPresent())
            throw Problem.of(
                            ProblemType.FORBIDDEN,
                            "'" + verb
                                    + "' is for the command line on the server's own machine: it reads or writes files there, or asks other servers. Send files to /api/v1/items.")
                    .thrown();
        // It fetches an address that the caller chooses, from where the server stands: inside the walls.
        if (verb.equals("harvest")
                && !Caller.of(request).filter(Principal::local).isPresent())
            throw Problem.of(
                            ProblemType.FORBIDDEN,
                            "'harvest' makes the server ask another one: only the command line on the server's machine may ask for it.")
                    .thrown();
        // Written here and not by Jersey, which would hold the lines back until its buffer is full.
        var lines = new Lines(response);
        try {
            operations.run(verb, arguments, lines);
        } catch (IllegalArgumentException e) {
            if (!lines.begun())
                throw Problem.of(ProblemType.BAD_REQUEST, e.getMessage()).thrown();
            lines.fail(e.getMessage());
        } catch (UncheckedIOException e) {
            if (!lines.begun()) throw e;
            LOG.info("{} the caller of '{}' went away", RequestId.of(request), verb, e);
        } catch (RuntimeException e) {
            if (!lines.begun()) throw e;
            LOG.error("{} '{}' failed", RequestId.of(request), verb, e);
            lines.fail(e.getMessage());
        }
        lines.begin();
    }

    private static final class Lines implements Consumer<JsonNode> {
        private final HttpServletResponse response;
        private OutputStream out;

        Lines(HttpServletResponse response) {
            this.response = response;
        }

        synchronized boolean begun() {
            return out != null;
        }

        synchronized void begin() throws IOException {
            if (out != null) return;
            response.setStatus(200);
            response.setContentType("application/x-ndjson");
            response.setCharacterEncoding("UTF-8");
            response.setHeader("Cache-Control", "no-store");
            out = response.getOutputStream();
            response.flushBuffer();
        }

        @Override
        public synchronized void accept(JsonNode line) {
            try {
                begin();
                out.write((line.toString() + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException("the caller does not take the lines any more", e);
            }
        }

        void fail(String message) {
            accept(ItemJson.MAPPER
                    .createObjectNode()
                    .put("exit", 1)
                    .put("error", message == null ? "failed" : message));
        }
    }
}
