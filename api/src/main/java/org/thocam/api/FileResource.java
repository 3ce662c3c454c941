package org.thocam.api;

import io.swagger.v3.oas.annotations.Operation;
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
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Version;

/** The original files, byte for byte. Whatever they hold, none of them can act in the name of this server. */
@Path("items/{id}/files/{name: .+}")
@Tag(name = "items")
public final class FileResource {
    /** Shown by a browser itself; all else is saved. HTML and SVG are not among them: they can carry scripts. */
    private static final Pattern SHOWN = Pattern.compile(
            "(audio|video)/[\\w.+-]+|image/(png|jpeg|gif|webp|tiff|bmp)|application/pdf|text/(plain|csv|vtt)");

    private static final Pattern MEDIA_TYPE = Pattern.compile("[\\w.+-]+/[\\w.+-]+");

    private final Library library;
    private final GivenFiles files;

    FileResource(Library library, GivenFiles files) {
        this.library = library;
        this.files = files;
    }

    @GET
    @ForEverybody
    @Operation(
            operationId = "getFile",
            summary = "One original file, or ranges of its bytes",
            description =
                    "Ranges (several as multipart/byteranges, at most 16), If-Range and HEAD as in RFC 9110; Repr-Digest as in RFC 9530.")
    public Response file(
            @PathParam("id") String text,
            @PathParam("name") String name,
            @QueryParam("version") String version,
            @HeaderParam("Range") String range,
            @HeaderParam("If-Range") String ifRange,
            @Context HttpServletRequest request,
            @Context Request conditions) {
        var given = files.file(text, name, version, request);
        var file = given.file();
        var id = given.id();
        var tag = new EntityTag(
                file.sha512().substring(0, Math.min(32, file.sha512().length())));
        return RangedBytes.answer(
                request,
                conditions,
                Optional.ofNullable(range),
                Optional.ofNullable(ifRange),
                tag,
                file.size(),
                response -> described(response, id, file, tag),
                (part, out) -> copy(id, given.version(), file, part, out));
    }

    private void copy(ItemId id, Version version, Bitstream file, ByteRange range, OutputStream out)
            throws java.io.IOException {
        try (var in = library.archive().open(id, version, "files/" + file.name())) {
            in.skipNBytes(range.first());
            var piece = new byte[64 << 10];
            for (long left = range.length(); left > 0; ) {
                int n = in.read(piece, 0, (int) Math.min(piece.length, left));
                if (n < 0)
                    throw new java.io.EOFException("file " + file.name() + " of item " + id + " " + version + " ends "
                            + left + " bytes too early. Run 'thocam verify'.");
                out.write(piece, 0, n);
                left -= n;
            }
        }
    }

    private static Response.ResponseBuilder described(
            Response.ResponseBuilder response, ItemId id, Bitstream file, EntityTag tag) {
        var type = file.mediaType().toLowerCase(Locale.ROOT).split(";")[0].strip();
        boolean shown = SHOWN.matcher(type).matches();
        var digest = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(file.sha512()));
        // A sandboxed PDF is not shown by some browsers, and a PDF cannot script a page of ours.
        var policy = "default-src 'none'; frame-ancestors 'none'" + (type.equals("application/pdf") ? "" : "; sandbox");
        return response.tag(tag)
                .header(
                        "Content-Type",
                        MEDIA_TYPE.matcher(type).matches() ? file.mediaType() : "application/octet-stream")
                .header("Accept-Ranges", "bytes")
                .header("Repr-Digest", "sha-512=:" + digest + ":")
                .header("Content-Disposition", disposition(shown, file.name()))
                .header("Content-Security-Policy", policy)
                .header("Cache-Control", "no-cache")
                // FAIR Signposting, level 1: whoever comes to a file first finds what it is of
                .header(
                        "Link",
                        "</items/" + id + ">; rel=\"collection\"; type=\"text/html\", <" + Addresses.item(id)
                                + "/linkset>; rel=\"linkset\"; type=\"application/linkset+json\"")
                .header("Vary", "Authorization");
    }

    /** RFC 6266, with the name in RFC 8187's form beside one that every old program reads. */
    static String disposition(boolean shown, String name) {
        var last = name.substring(name.lastIndexOf('/') + 1);
        var plain = last.replaceAll("[^A-Za-z0-9._ -]", "_");
        return (shown ? "inline" : "attachment") + "; filename=\"" + plain + "\"; filename*=UTF-8''" + escaped(last);
    }

    /** For a path: all but RFC 3986's unreserved characters and the slash. */
    static String escaped(String path) {
        var escaped = new StringBuilder();
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            boolean plain =
                    b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || "-._~/".indexOf(b) >= 0;
            if (plain) escaped.append((char) b);
            else escaped.append(String.format("%%%02X", b));
        }
        return escaped.toString();
    }
}
