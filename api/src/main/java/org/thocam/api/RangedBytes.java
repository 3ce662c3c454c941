package org.thocam.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;

/** Bytes that have a strong tag, whole or ranges of them: conditions, If-Range and HEAD as in RFC 9110. */
final class RangedBytes {
    private RangedBytes() {}

    /** Writes ranges of the bytes, one after the other, and is closed behind the last. */
    interface Source {
        void copy(ByteRange range, OutputStream out) throws IOException;

        default void close() throws IOException {}
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
                    .header("Content-Range", part.range().of(size))
                    .header("Content-Length", part.range().length())
                    .entity(written(source, part.range()))
                    .build();
        if (asked instanceof ByteRange.Asked.Parts parts) return parts(parts.ranges(), size, described, source);
        return described
                .apply(Response.ok())
                .header("Content-Length", size)
                .entity(written(source, new ByteRange(0, size - 1)))
                .build();
    }

    private static StreamingOutput written(Source source, ByteRange range) {
        return out -> {
            try {
                source.copy(range, out);
            } finally {
                source.close();
            }
        };
    }

    /** RFC 9110, section 14.6. */
    private static Response parts(
            List<ByteRange> ranges, long size, UnaryOperator<Response.ResponseBuilder> described, Source source) {
        var answer = described.apply(Response.status(206));
        var type = answer.clone().build().getHeaderString("Content-Type");
        var boundary = UUID.randomUUID().toString();
        var heads = new ArrayList<byte[]>();
        for (var range : ranges)
            heads.add(("\r\n--" + boundary + "\r\nContent-Type: " + type + "\r\nContent-Range: " + range.of(size)
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        var end = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
        long length = end.length;
        for (int i = 0; i < heads.size(); i++)
            length += heads.get(i).length + ranges.get(i).length();
        StreamingOutput body = out -> {
            try {
                for (int i = 0; i < heads.size(); i++) {
                    out.write(heads.get(i));
                    source.copy(ranges.get(i), out);
                }
                out.write(end);
            } finally {
                source.close();
            }
        };
        return answer.header("Content-Type", null)
                .header("Content-Type", "multipart/byteranges; boundary=" + boundary)
                .header("Content-Length", length)
                .entity(body)
                .build();
    }
}
