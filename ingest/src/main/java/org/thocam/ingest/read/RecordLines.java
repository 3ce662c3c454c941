package org.thocam.ingest.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.thocam.ontology.ItemJson;

/** The lines of a JSON Lines file (jsonlines.org): UTF-8, a record a line, bounded in length. */
final class RecordLines {
    static final int LONGEST = 8 << 20;

    interface Line {
        void at(long number, String line);
    }

    private RecordLines() {}

    /** @param unreadable told of a line that is too long or not UTF-8; the lines after it are still read */
    static void each(Path path, Line line, LongConsumer unreadable) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
            long number = 0;
            var bytes = new ByteArrayOutputStream();
            boolean tooLong = false;
            for (int b = in.read(); ; b = in.read()) {
                if (b != '\n' && b >= 0) {
                    if (bytes.size() < LONGEST) bytes.write(b);
                    else tooLong = true;
                    continue;
                }
                number++;
                if (tooLong) unreadable.accept(number);
                else tell(bytes.toByteArray(), number, line, unreadable);
                bytes.reset();
                tooLong = false;
                if (b < 0) return;
            }
        }
    }

    private static void tell(byte[] bytes, long number, Line line, LongConsumer unreadable) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (number == 1 && text.startsWith("\uFEFF")) text = text.substring(1);
            if (!text.isBlank()) line.at(number, text);
        } catch (CharacterCodingException e) {
            unreadable.accept(number);
        }
    }

    /** The files that records name, so that they are not taken for items of their own. */
    static List<Path> filesNamed(Path path) throws IOException {
        var named = new ArrayList<Path>();
        each(
                path,
                (number, line) -> {
                    if (!line.contains("\"files\"")) return;
                    for (JsonNode file : filesIn(line))
                        if (file.isTextual()) sibling(path, file.textValue()).ifPresent(named::add);
                },
                number -> {});
        return named;
    }

    private static Optional<Path> sibling(Path path, String name) {
        try {
            return Optional.of(path.resolveSibling(name).normalize());
        } catch (InvalidPathException e) {
            // told when the line itself is read
            return Optional.empty();
        }
    }

    private static JsonNode filesIn(String line) {
        try {
            return ItemJson.parse(line).path("files");
        } catch (IllegalArgumentException e) {
            // told when the line itself is read
            return ItemJson.MAPPER.missingNode();
        }
    }
}
