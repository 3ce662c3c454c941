package org.thocam.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.glassfish.jersey.media.multipart.BodyPart;
import org.glassfish.jersey.media.multipart.FormDataBodyPart;
import org.glassfish.jersey.media.multipart.FormDataMultiPart;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.ontology.Shown;
import org.thocam.ontology.Submission;

/** The parts of a multipart/form-data body (RFC 7578): one named {@code record}, and files. They wait in a folder until closed. */
final class Uploads implements AutoCloseable {
    private final List<Submission.Upload> files = new ArrayList<>();
    private JsonNode record;

    static Uploads read(FormDataMultiPart form, Body body, Path temp) throws IOException {
        var uploads = new Uploads();
        try {
            for (var part : form.getBodyParts()) uploads.take(part, body, temp);
            return uploads;
        } catch (IOException | RuntimeException e) {
            uploads.close();
            throw e;
        } finally {
            form.cleanup();
        }
    }

    Optional<JsonNode> record() {
        return Optional.ofNullable(record);
    }

    List<Submission.Upload> files() {
        return List.copyOf(files);
    }

    private void take(BodyPart part, Body body, Path temp) throws IOException {
        var name = part instanceof FormDataBodyPart field ? field.getName() : "";
        try (var in = part.getEntityAs(InputStream.class)) {
            if ("record".equals(name)) {
                if (record != null)
                    throw Problem.of(ProblemType.BAD_REQUEST, "there are two parts named 'record'")
                            .thrown();
                record = body.json(in);
                return;
            }
            var file = fileName(part);
            if (files.stream().anyMatch(other -> other.name().equals(file)))
                throw SubmittedRecord.invalid("/files", "there are two files named '" + Shown.of(file) + "'");
            var path = Files.createTempFile(temp, "upload-", ".part");
            files.add(new Submission.Upload(file, path));
            Files.copy(in, path, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String fileName(BodyPart part) {
        var disposition = part.getContentDisposition();
        var given = disposition == null ? null : disposition.getFileName();
        if (given == null || given.isBlank())
            throw Problem.of(ProblemType.BAD_REQUEST, "a part has no filename; want a part named 'record', and files")
                    .thrown();
        return legal(utf8(given));
    }

    /** Browsers send a name's UTF-8 bytes as they are (RFC 7578, section 4.2), and the header was read as Latin-1. */
    private static String utf8(String name) {
        if (!name.chars().allMatch(c -> c < 0x100)) return name;
        var bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        var read = new String(bytes, StandardCharsets.UTF_8);
        return read.indexOf('\uFFFD') < 0 ? read : name;
    }

    /** A path inside the item: no way out of it, no name that another system takes for something else. */
    static String legal(String name) {
        boolean good = name.length() <= 240
                && !name.contains("\\")
                && name.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
        for (var level : name.split("/", -1))
            good &= !level.isBlank()
                    && !level.equals(".")
                    && !level.equals("..")
                    && level.getBytes(StandardCharsets.UTF_8).length <= 200;
        if (!good)
            throw SubmittedRecord.invalid(
                    "/files",
                    "file name '" + Shown.of(name)
                            + "': want a relative path without '.', '..', '\\' and control characters");
        return name;
    }

    @Override
    public void close() throws IOException {
        for (var file : files) Files.deleteIfExists(file.path());
    }
}
