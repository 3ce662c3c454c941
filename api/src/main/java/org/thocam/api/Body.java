package org.thocam.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.ontology.ItemJson;

/** Reads JSON that anybody may have sent: no more than so many bytes, in no more than so much time. */
record Body(long limit, Duration time) {
    JsonNode json(InputStream in) throws IOException {
        var text = text(in);
        try {
            return ItemJson.parse(text);
        } catch (IllegalArgumentException e) {
            throw Problem.of(ProblemType.BAD_REQUEST, e.getMessage()).thrown();
        }
    }

    private String text(InputStream in) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        var bytes = new ByteArrayOutputStream();
        var piece = new byte[16 << 10];
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            bytes.write(piece, 0, n);
            if (bytes.size() > limit)
                throw Problem.of(
                                ProblemType.TOO_LARGE,
                                "the JSON is larger than " + limit
                                        + " bytes; send long texts as files, with multipart/form-data")
                        .thrown();
            if (System.nanoTime() > end)
                throw Problem.of(ProblemType.TIMEOUT, "the body was not there after " + time.toSeconds() + " s")
                        .with("Connection", "close")
                        .thrown();
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Problem.of(ProblemType.BAD_REQUEST, "the body is not in UTF-8")
                    .thrown();
        }
    }
}
