package org.thocam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.thocam.api.GivenFiles.Given;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemException;
import org.thocam.api.problem.ProblemType;
import org.thocam.ingest.media.Derivatives;
import org.thocam.ingest.media.Derived;
import org.thocam.ingest.media.Recipe;
import org.thocam.ontology.Shown;

/** What is made of the files of an item, for whoever may have the file itself. It is made when it is first asked for. */
@Path("items/{id}/derivatives/{recipe}/{name: .+}")
@Tag(name = "items")
public final class DerivativeResource {
    private static final String POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

    private final GivenFiles files;
    private final MediaFiles media;

    DerivativeResource(GivenFiles files, MediaFiles media) {
        this.files = files;
        this.media = media;
    }

    @GET
    @ForEverybody
    @Operation(
            operationId = "getDerivative",
            summary = "A thumbnail, a poster, a waveform or an access copy of one file, or a range of its bytes",
            description = "recipe is thumbnail, poster, peaks or access. Ranges, If-Range and HEAD as in RFC 9110. "
                    + "503 with Retry-After while it is being made, 422 where nothing can be made of the file.")
    public Response derivative(
            @PathParam("id") String text,
            @PathParam("recipe") String word,
            @PathParam("name") String name,
            @Parameter(description = "of an access copy: webm, or mp3 for sound") @QueryParam("format") String format,
            @QueryParam("version") String version,
            @HeaderParam("Range") String range,
            @HeaderParam("If-Range") String ifRange,
            @Context HttpServletRequest request,
            @Context Request conditions)
            throws IOException, InterruptedException {
        var given = files.file(text, name, version, request);
        var recipe = recipe(word, format)
                .orElseThrow(() -> absent("there is no recipe '" + Shown.of(word) + "'"
                        + Optional.ofNullable(format)
                                .map(one -> " of format '" + Shown.of(one) + "'")
                                .orElse("")
                        + "; there are thumbnail, poster, peaks, and access as webm or mp3"));
        if (!Derivatives.areMadeOf(given.file().mediaType()))
            throw absent("file '" + Shown.of(name) + "' is "
                    + Shown.of(given.file().mediaType()) + ", and neither sound, film nor picture");
        for (int tries = 0; ; tries++) {
            var made = media.made(given.of(), given.file(), recipe);
            FileChannel channel;
            try {
                channel = made.open();
            } catch (NoSuchFileException e) {
                // it was evicted between the two steps
                if (tries == 2) throw e;
                continue;
            }
            return answer(given, recipe, made, channel, range, ifRange, request, conditions);
        }
    }

    private static Response answer(
            Given given,
            Recipe recipe,
            Derived.Made made,
            FileChannel channel,
            String range,
            String ifRange,
            HttpServletRequest request,
            Request conditions)
            throws IOException {
        var tag = new EntityTag(recipe.version() + "-" + made.tag());
        boolean kept = false;
        try {
            var response = RangedBytes.answer(
                    request,
                    conditions,
                    Optional.ofNullable(range),
                    Optional.ofNullable(ifRange),
                    tag,
                    made.size(),
                    answer -> described(answer, given, recipe, made, tag),
                    new Channel(channel));
            kept = response.hasEntity();
            return response;
        } finally {
            if (!kept) channel.close();
        }
    }

    /** @param format only of access copies, where {@code webm} is the usual one */
    private static Optional<Recipe> recipe(String word, String format) {
        if (word.equals("access")) return Recipe.of("access-" + (format == null ? "webm" : format));
        return Recipe.of(word)
                .filter(recipe -> format == null)
                .filter(recipe -> recipe == Recipe.THUMBNAIL || recipe == Recipe.POSTER || recipe == Recipe.PEAKS);
    }

    private static ProblemException absent(String detail) {
        return Problem.of(ProblemType.NOT_FOUND, detail).thrown();
    }

    private static Response.ResponseBuilder described(
            Response.ResponseBuilder response, Given given, Recipe recipe, Derived.Made made, EntityTag tag) {
        var file = made.path().getFileName().toString();
        var ending = file.substring(file.lastIndexOf('.') + 1);
        return response.tag(tag)
                .header("Content-Type", made.mediaType())
                .header("Accept-Ranges", "bytes")
                .header(
                        "Content-Disposition",
                        FileResource.disposition(
                                true,
                                given.file().name() + "." + recipe.word() + "."
                                        + (ending.equals("weba") ? "webm" : ending)))
                .header("Content-Security-Policy", POLICY)
                .header("Cache-Control", "no-cache")
                .header(
                        "Link",
                        "<" + Addresses.item(given.id()) + "/files/"
                                + FileResource.escaped(given.file().name()) + ">; rel=\"original\"")
                .header("Vary", "Authorization");
    }

    private record Channel(FileChannel from) implements RangedBytes.Source {
        @Override
        public void copy(ByteRange range, OutputStream out) throws IOException {
            var to = Channels.newChannel(out);
            var piece = ByteBuffer.allocate(64 << 10);
            long at = range.first();
            for (long left = range.length(); left > 0; ) {
                piece.clear().limit((int) Math.min(piece.capacity(), left));
                int n = from.read(piece, at);
                if (n < 0) throw new java.io.EOFException("a derivative ends " + left + " bytes too early");
                to.write(piece.flip());
                at += n;
                left -= n;
            }
        }

        @Override
        public void close() throws IOException {
            from.close();
        }
    }
}
