package org.thocam.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.IOException;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemException;
import org.thocam.api.problem.ProblemType;
import org.thocam.api.problem.RequestId;
import org.thocam.dictionary.LexiconProblem;
import org.thocam.index.search.IndexUnavailableException;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Shown;
import org.thocam.ontology.StaleVersionException;
import org.thocam.ontology.entity.FaultyEntitiesException;
import org.thocam.ontology.entity.StaleEntityException;
import org.thocam.ontology.graph.GraphUnavailableException;

/** Says whatever went wrong in a resource as a problem document, and notes it in the log under the same name. */
final class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);
    /** At the beginning of what says that a field of an entry is wrong. */
    private static final Pattern POINTER = Pattern.compile("^/.*?(?=: )", Pattern.DOTALL);

    @Context
    private HttpServletRequest request;

    @Override
    public Response toResponse(Throwable failure) {
        var problem = problem(failure);
        var id = RequestId.of(request);
        var path = Shown.of(request.getRequestURI());
        if (problem.status() >= 500)
            LOG.error("{} {} {}: {}", id, request.getMethod(), path, problem.detail(), failure);
        else LOG.info("{} {} {}: {} {}", id, request.getMethod(), path, problem.status(), problem.detail());
        var answer = Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .header("Cache-Control", "no-store")
                .entity(problem.json(id));
        problem.headers().forEach(answer::header);
        // a body that was refused unread ends the connection: the caller is told, or its next request would run into
        // the end
        boolean refusedUnread = problem.status() == 401 || problem.status() == 403;
        if (refusedUnread
                && request.getContentLengthLong() != 0
                && !request.getMethod().equals("GET")) answer.header("Connection", "close");
        return answer.build();
    }

    static Problem problem(Throwable failure) {
        if (failure instanceof ProblemException ours) return ours.problem();
        if (failure instanceof LexiconProblem lexicon) return problem(lexicon);
        if (failure instanceof FaultyEntitiesException faulty) return EntityProblems.of(faulty);
        if (failure instanceof StaleEntityException stale)
            return Problem.of(ProblemType.PRECONDITION_FAILED, stale.getMessage());
        if (failure instanceof StaleVersionException stale)
            return Problem.of(ProblemType.PRECONDITION_FAILED, stale.getMessage());
        if (failure instanceof IndexUnavailableException)
            return Problem.of(
                            ProblemType.UNAVAILABLE,
                            "the search index does not answer; it is being started again, and everything else works")
                    .with("Retry-After", "5");
        var down = Problem.ofServiceDown(failure);
        if (down.isPresent()) return down.get();
        if (failure instanceof GraphUnavailableException)
            return Problem.of(
                            ProblemType.UNAVAILABLE,
                            "the knowledge graph does not answer; it is asked again, and everything else works")
                    .with("Retry-After", "5");
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ZipException)
                return Problem.of(ProblemType.BAD_REQUEST, "the body says it is gzip and is not");
            if (cause instanceof HttpException http)
                return Problem.ofStatus(http.getCode(), Shown.of(http.getReason()));
            boolean full = cause instanceof IOException
                    && cause.getMessage() != null
                    && (cause.getMessage().contains("No space left")
                            || cause.getMessage().contains("quota exceeded"));
            if (full)
                return Problem.of(
                        ProblemType.STORAGE_FULL,
                        "the disk is full; nothing was changed. Make room, then send it again");
        }
        if (failure instanceof ArchiveException)
            return Problem.of(
                    ProblemType.INTERNAL,
                    "what the archive holds of this could not be read or changed: nothing was served and nothing was changed. The administrator finds the reason in the log, and with 'thocam verify'");
        if (failure instanceof WebApplicationException web) {
            var answer = web.getResponse();
            var problem = Problem.ofStatus(answer.getStatus(), null);
            var allow = answer.getHeaderString("Allow");
            return allow == null ? problem : problem.with("Allow", allow);
        }
        return Problem.of(ProblemType.INTERNAL, ProblemType.INTERNAL.meaning());
    }

    private static Problem problem(LexiconProblem failure) {
        var detail = failure.getMessage();
        return switch (failure.kind()) {
            case ABSENT -> Problem.of(ProblemType.NOT_FOUND, detail);
            case STALE -> Problem.of(ProblemType.PRECONDITION_FAILED, detail);
            case TAKEN -> Problem.of(ProblemType.INVALID, detail);
            case INVALID -> {
                var place = POINTER.matcher(detail);
                var pointer = place.find() ? place.group().replaceFirst("^/$", "") : "";
                yield Problem.of(ProblemType.INVALID, detail).with(new Problem.FieldError(pointer, detail));
            }
            case NOT_YET -> Problem.of(ProblemType.UNAVAILABLE, detail).with("Retry-After", "1");
        };
    }
}
