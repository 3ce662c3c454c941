package org.thocam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.thocam.api.access.Caller;
import org.thocam.api.access.Role;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Shown;
import org.thocam.ontology.queue.Job;
import org.thocam.ontology.queue.JobState;

/** What was handed in with {@code Prefer: respond-async}. Whoever did so sees it, and the administrator; to others it is not there. */
@Path("jobs")
@Tag(name = "jobs")
public final class JobResource {
    private static final int USUAL_SIZE = 50;
    private static final String ASK_AGAIN_SECONDS = "1";

    private final Library library;

    JobResource(Library library) {
        this.library = library;
    }

    @GET
    @Needs(Role.DEPOSITOR)
    @Operation(
            operationId = "listJobs",
            summary = "The caller's jobs, newest first; everybody's for an administrator",
            description = "Those that ended are forgotten after a week.")
    public Response list(
            @QueryParam("state") @Parameter(description = "queued, working, done or failed") String state,
            @QueryParam("size") String size,
            @QueryParam("cursor") String cursor,
            @Context HttpServletRequest request) {
        int most = Math.max(1, Lists.size(size, USUAL_SIZE));
        var jobs = library.jobs()
                .list(
                        admin(request) ? Optional.empty() : Optional.of(Caller.identity(request)),
                        wanted(state),
                        before(cursor),
                        most + 1);
        var node = ItemJson.MAPPER.createObjectNode();
        var items = node.putArray("items");
        for (var job : jobs.subList(0, Math.min(most, jobs.size()))) items.add(ShownJob.json(job, admin(request)));
        var answer = Response.ok().type(MediaType.APPLICATION_JSON_TYPE).header("Cache-Control", "no-store");
        if (jobs.size() > most) {
            var next = next(jobs.get(most - 1));
            node.put("next", next);
            answer.header(
                    "Link",
                    "</api/v1/jobs?size=" + most
                            + (state == null || state.isEmpty()
                                    ? ""
                                    : "&state=" + wanted(state).orElseThrow().word())
                            + "&cursor=" + next + ">; rel=\"next\"");
        } else node.putNull("next");
        return answer.entity(node).build();
    }

    private static Optional<JobState> wanted(String state) {
        if (state == null || state.isEmpty()) return Optional.empty();
        try {
            return Optional.of(JobState.ofWord(state));
        } catch (IllegalArgumentException e) {
            throw Lists.bad("state", state, "queued, working, done or failed");
        }
    }

    private static String next(Job last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Long.toString(last.number()).getBytes(StandardCharsets.US_ASCII));
    }

    private static Optional<Long> before(String cursor) {
        if (cursor == null || cursor.isEmpty()) return Optional.empty();
        try {
            return Optional.of(
                    Long.parseLong(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            throw Lists.bad("cursor", cursor, "the 'next' of the page before");
        }
    }

    @GET
    @Path("{id}")
    @Needs(Role.DEPOSITOR)
    @Operation(
            operationId = "getJob",
            summary = "How far a job is, and what became of it",
            description = "'receipt' once it is done, 'problem' once it failed; until then 'Retry-After'.")
    public Response get(@PathParam("id") String id, @Context HttpServletRequest request) {
        var job = mine(id, request);
        var answer = Response.ok().type(MediaType.APPLICATION_JSON_TYPE).header("Cache-Control", "no-store");
        if (!job.state().ended()) answer.header("Retry-After", ASK_AGAIN_SECONDS);
        return answer.entity(ShownJob.json(job, admin(request))).build();
    }

    @DELETE
    @Path("{id}")
    @Needs(Role.DEPOSITOR)
    @Operation(
            operationId = "cancelJob",
            summary = "Take a job back that is queued",
            description = "409 when somebody works on it, or it ended.")
    public Response cancel(@PathParam("id") String id, @Context HttpServletRequest request) {
        var job = mine(id, request);
        if (!library.jobs().cancel(job.id()))
            throw Problem.of(
                            ProblemType.JOB_BEGUN,
                            "job " + job.id() + " is "
                                    + library.jobs()
                                            .find(job.id())
                                            .map(now -> now.state().word())
                                            .orElse("gone")
                                    + "; only a queued one can be taken back")
                    .thrown();
        return Response.noContent().build();
    }

    private Job mine(String id, HttpServletRequest request) {
        return library.jobs()
                .find(id)
                .filter(job -> admin(request) || job.owner().equals(Caller.identity(request)))
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND, "there is no job '" + Shown.of(id) + "' of yours")
                        .thrown());
    }

    private static boolean admin(HttpServletRequest request) {
        return Caller.of(request).filter(caller -> caller.role() == Role.ADMIN).isPresent();
    }
}
