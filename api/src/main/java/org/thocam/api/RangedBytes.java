package org.thocam.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;

/** Bytes that have a strong tag, whole or a range of them: conditions, If-Range and HEAD as in RFC 9110. */
final class RangedBytes {
    private RangedBytes() {}

    /** Writes one range of the bytes. */
    interface Source {
        void copy(ByteRange range, OutputStream out) throws IOException;
    }

    /** @param described puts the headers of the bytes on an answer that gives them */
    static Response answer(
            HttpServletRequest request,
            Request conditions,
            Optional<String> range,
            Optional<String> ifRange,
            EntityTag tag,
            long size,
            UnaryOperator<Response.ResponseBuilder> described,
            Source source) {
        var fresh = conditions.evaluatePreconditions(tag);
        if (fresh != null) return fresh.header("Vary", "Authorization").build();

        boolean whole = !request.getMethod().equals("GET")
                || ifRange.filter(asked -> !asked.strip().equals('"' + tag.getValue() + '"'))
                        .isPresent();
        var asked = ByteRange.of(whole ? Optional.empty() : range, size);
        if (asked instanceof ByteRange.Asked.Outside)
            throw Problem.of(ProblemType.RANGE_NOT_SATISFIABLE, "the file has " + size + " bytes")
                    .with("Content-Range", "bytes */" + size)
                    .thrown();
        if (asked instanceof ByteRange.Asked.Part part)
            return described
                    .apply(Response.status(206))
                    .header(
                            "Content-Range",
                            "bytes " + part.range().first() + "-" + part.range().last() + "/" + size)
                    .header("Content-Length", part.range().length())
                    .entity(written(source, part.range()))
                    .build();
        return described
                .apply(Response.ok())
                .header("Content-Length", size)
                .entity(written(source, new ByteRange(0, size - 1)))
                .build();
    }

    private static StreamingOutput written(Source source, ByteRange range) {
        return out -> source.copy(range, out);
    }
}
