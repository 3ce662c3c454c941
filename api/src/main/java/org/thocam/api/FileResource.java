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
import jakarta.ws.rs.core.StreamingOutput;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.thocam.api.access.Caller;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.dictionary.Lexicon;
import org.thocam.ontology.Bitstream;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Shown;
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
    private final VisibleItems items;
    private final VisibleLexicons lexicons;

    FileResource(Library library, VisibleItems items, VisibleLexicons lexicons) {
        this.library = library;
        this.items = items;
        this.lexicons = lexicons;
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
        var viewer = Caller.viewer(request);
        var id = VisibleItems.id(text).orElseThrow(() -> VisibleItems.absent(text));
        var found =
                version == null ? items.current(id, viewer) : items.version(id, ItemResource.number(version), viewer);
        var file = found.item().files().stream()
                .filter(bitstream -> bitstream.name().equals(name) && mayBeGiven(found.item(), name, request))
                .findFirst()
                .orElseThrow(
                        () -> Problem.of(ProblemType.NOT_FOUND, "item " + id + " has no file '" + Shown.of(name) + "'")
                                .thrown());
        var tag = new EntityTag(
                file.sha512().substring(0, Math.min(32, file.sha512().length())));
        var fresh = conditions.evaluatePreconditions(tag);
        if (fresh != null) return fresh.header("Vary", "Authorization").build();

        boolean whole = !request.getMethod().equals("GET")
                || ifRange != null && !ifRange.strip().equals('"' + tag.getValue() + '"');
        var asked = ByteRange.of(whole ? Optional.empty() : Optional.ofNullable(range), file.size());
        if (asked instanceof ByteRange.Asked.Outside)
            throw Problem.of(ProblemType.RANGE_NOT_SATISFIABLE, "the file has " + file.size() + " bytes")
                    .with("Content-Range", "bytes */" + file.size())
                    .thrown();
        if (asked instanceof ByteRange.Asked.Part part)
            return described(Response.status(206), id, file, tag)
                    .header("Content-Range", part.range().of(file.size()))
                    .header("Content-Length", part.range().length())
                    .entity(bytes(id, found.version(), file, part.range()))
                    .build();
        if (asked instanceof ByteRange.Asked.Parts parts) return parts(parts.ranges(), id, found.version(), file, tag);
        return described(Response.ok(), id, file, tag)
                .header("Content-Length", file.size())
                .entity(bytes(id, found.version(), file, new ByteRange(0, file.size() - 1)))
                .build();
    }

    /** A recording wants the speaker's consent, and the file of a lexicon may hold what is not published yet. */
    private boolean mayBeGiven(Item item, String name, HttpServletRequest request) {
        return Lexicon.of(item).isEmpty()
                || library.lexicons().isForReaders(item.id(), name)
                || library.lexicons()
                        .shown(item.id())
                        .filter(shown -> lexicons.of(item.id().value(), request).mayEdit())
                        .isPresent();
    }

    /** RFC 9110, section 14.6. */
    private Response parts(List<ByteRange> ranges, ItemId id, Version version, Bitstream file, EntityTag tag) {
        var boundary = UUID.randomUUID().toString();
        var heads = new ArrayList<byte[]>();
        var type = mediaType(file);
        for (var range : ranges)
            heads.add(("\r\n--" + boundary + "\r\nContent-Type: " + type + "\r\nContent-Range: " + range.of(file.size())
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        var end = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
        long length = end.length;
        for (int i = 0; i < heads.size(); i++)
            length += heads.get(i).length + ranges.get(i).length();
        StreamingOutput body = out -> {
            for (int i = 0; i < heads.size(); i++) {
                out.write(heads.get(i));
                copy(id, version, file, ranges.get(i), out);
            }
            out.write(end);
        };
        return described(Response.status(206), id, file, tag)
                .header("Content-Type", null)
                .header("Content-Type", "multipart/byteranges; boundary=" + boundary)
                .header("Content-Length", length)
                .entity(body)
                .build();
    }

    private static String mediaType(Bitstream file) {
        return MEDIA_TYPE
                        .matcher(file.mediaType()
                                .toLowerCase(Locale.ROOT)
                                .split(";")[0]
                                .strip())
                        .matches()
                ? file.mediaType()
                : "application/octet-stream";
    }

    private StreamingOutput bytes(ItemId id, Version version, Bitstream file, ByteRange range) {
        return out -> copy(id, version, file, range, out);
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
                .header("Content-Type", mediaType(file))
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
