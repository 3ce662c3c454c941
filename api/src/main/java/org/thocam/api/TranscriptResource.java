package org.thocam.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.thocam.api.VisibleItems.Visible;
import org.thocam.api.VisibleTranscripts.Shown;
import org.thocam.api.VisibleTranscripts.ShownTier;
import org.thocam.api.access.Caller;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.transcript.CsvWriter;
import org.thocam.ontology.transcript.EafWriter;
import org.thocam.ontology.transcript.TextGridWriter;
import org.thocam.ontology.transcript.Transcript;
import org.thocam.ontology.transcript.WebVttWriter;

/** Transcripts in other formats than they came in: what the caller may see of them, under the names that others are to see. */
@Path("items/{id}/transcripts")
@Tag(name = "items")
public final class TranscriptResource {
    private static final int TAG_DIGITS = 32;

    /** A format that transcripts are given in. */
    enum Form {
        VTT("vtt", "text/vtt; charset=utf-8"),
        TEXTGRID("TextGrid", "text/praat-textgrid; charset=utf-8"),
        EAF("eaf", "text/x-eaf+xml"),
        CSV("csv", "text/csv; charset=utf-8; header=present");

        private final String ending;
        private final String mediaType;

        Form(String ending, String mediaType) {
            this.ending = ending;
            this.mediaType = mediaType;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What is written.
     *
     * @param tiers wanted, for captions
     */
    private record Wanted(Form form, Transcript transcript, List<Integer> tiers) {
        /** @return how many segments the form cannot carry, because they have no time */
        int write(Visible found, OutputStream to) throws IOException {
            switch (form) {
                case EAF -> EafWriter.write(transcript, found.datestamp(), to);
                case TEXTGRID -> {
                    return TextGridWriter.write(transcript, to);
                }
                case CSV -> {
                    var writer = writer(to);
                    CsvWriter.write(transcript, writer);
                    writer.flush();
                }
                case VTT -> {
                    var writer = writer(to);
                    WebVttWriter.write(transcript, tiers, writer);
                    writer.flush();
                    var those = new HashSet<>(tiers);
                    return (int) transcript.segments().stream()
                            .filter(segment -> those.contains(segment.tier())
                                    && segment.span().isEmpty()
                                    && !segment.text().isBlank())
                            .count();
                }
            }
            return 0;
        }

        private static BufferedWriter writer(OutputStream to) {
            return new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
        }
    }

    private final VisibleItems items;
    private final VisibleTranscripts transcripts;
    private final java.nio.file.Path temp;

    TranscriptResource(VisibleItems items, VisibleTranscripts transcripts, java.nio.file.Path temp) {
        this.items = items;
        this.transcripts = transcripts;
        this.temp = temp;
    }

    @GET
    @ForEverybody
    @Operation(
            operationId = "listTranscripts",
            summary = "The transcripts of an item, their tiers, and where they are had in which format",
            description =
                    "At most 200 files and half a million segments, no file of more than 200,000; 'captions' are the tracks for a player, one for each orthography.")
    public Response list(@PathParam("id") String text, @Context HttpServletRequest request, @Context Request conditions)
            throws IOException {
        var viewer = Caller.viewer(request);
        var id = VisibleItems.id(text).orElseThrow(() -> VisibleItems.absent(text));
        var found = items.current(id, viewer);
        var answer = ItemJson.MAPPER.createObjectNode();
        var list = answer.putArray("transcripts");
        transcripts.inTurn(() -> {
            transcripts.of(found, viewer).forEach(shown -> describe(found, shown, list.addObject()));
            return list;
        });
        var bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
        var tag = tag(found, digest().digest(bytes));
        var fresh = conditions.evaluatePreconditions(tag);
        if (fresh != null) return fresh.header("Vary", "Authorization").build();
        return Response.ok(bytes, MediaType.APPLICATION_JSON_TYPE)
                .tag(tag)
                .header("Vary", "Authorization")
                .header("Cache-Control", "no-cache")
                .build();
    }

    private static void describe(Visible found, Shown shown, ObjectNode node) {
        var id = found.item().id();
        var format = shown.transcript().format();
        node.put("file", shown.file())
                .put("format", format.name().toLowerCase(Locale.ROOT))
                .put("mediaType", format.mediaType());
        if (shown.original().isPresent())
            node.put("original", Addresses.item(id) + "/files/" + FileResource.escaped(shown.file()));
        var tiers = node.putArray("tiers");
        for (var tier : shown.tiers()) {
            var one = tiers.addObject()
                    .put("name", tier.tier().name())
                    .put("role", tier.tier().role().name().toLowerCase(Locale.ROOT));
            if (!tier.tier().speaker().isBlank()) one.put("speaker", tier.tier().speaker());
            tier.language().ifPresent(language -> one.put("language", language.value()));
            one.put("passages", tier.passages());
        }
        var recordings = node.putArray("recordings");
        for (var recording : shown.visible().recordings())
            recordings
                    .addObject()
                    .put("file", recording.file().name())
                    .put(
                            "href",
                            Addresses.item(id) + "/files/"
                                    + FileResource.escaped(recording.file().name()))
                    .put("origin", recording.origin());
        var forms = node.putObject("forms");
        for (var form : Form.values()) forms.put(form.word(), address(id, form.word(), shown.file()));
        var captions = node.putArray("captions");
        for (var recording : shown.visible().recordings())
            for (var track : CaptionTrack.of(found.item(), shown)) {
                var one = captions.addObject()
                        .put("recording", recording.file().name())
                        .put("kind", track.kind())
                        .put("srclang", track.srclang())
                        .put("label", track.label())
                        .put("href", track.address(id, recording));
                var names = one.putArray("tiers");
                track.tiers().forEach(tier -> names.add(tier.tier().name()));
            }
    }

    @GET
    @Path("{format}/{name: .+}")
    @ForEverybody
    @Operation(
            operationId = "getTranscript",
            summary = "A transcript as vtt, textgrid, eaf or csv",
            description =
                    "What the caller may see of it. X-Thocam-Lost counts the segments that have no time and that the format therefore cannot carry. The original bytes are at /files/.")
    public Response transcript(
            @PathParam("id") String text,
            @PathParam("format") String format,
            @PathParam("name") String name,
            @QueryParam("tier")
                    @Parameter(description = "with vtt: name of a tier, repeat it for several; else all that is spoken")
                    List<String> tiers,
            @QueryParam("recording")
                    @Parameter(
                            description =
                                    "with vtt: name of the file in the item that the captions are to be played with; else times are as the transcript has them")
                    String recording,
            @Context HttpServletRequest request,
            @Context Request conditions)
            throws IOException {
        var viewer = Caller.viewer(request);
        var id = VisibleItems.id(text).orElseThrow(() -> VisibleItems.absent(text));
        var found = items.current(id, viewer);
        var form = Arrays.stream(Form.values())
                .filter(one -> one.word().equals(format.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> Problem.of(
                                ProblemType.NOT_ACCEPTABLE,
                                "a transcript cannot be given as '" + org.thocam.ontology.Shown.of(format)
                                        + "'; there are: vtt, textgrid, eaf, csv")
                        .thrown());
        return transcripts.inTurn(() -> {
            var shown = transcripts.find(found, name, viewer).orElseThrow(() -> Problem.of(
                            ProblemType.NOT_FOUND,
                            "item " + id + " has no transcript '" + org.thocam.ontology.Shown.of(name)
                                    + "' that could be given; " + Addresses.item(id)
                                    + "/transcripts lists those it has. One of more than 200,000 segments is to be had as it came, at /files/")
                    .thrown());
            return given(found, name, wanted(form, shown, tiers, recording), conditions);
        });
    }

    private static Wanted wanted(Form form, Shown shown, List<String> tiers, String recording) {
        if (form != Form.VTT) return new Wanted(form, shown.transcript(), List.of());
        long origin = 0;
        if (recording != null && !recording.isBlank())
            origin = shown.visible().recordings().stream()
                    .filter(one -> one.file().name().equals(recording))
                    .findFirst()
                    .orElseThrow(() -> Lists.bad(
                            "recording",
                            recording,
                            "the name of one that the transcript is of, or none for its own times"))
                    .origin();
        return new Wanted(
                form,
                shown.visible().playedFrom(origin),
                tiers(shown, tiers).stream().map(ShownTier::index).toList());
    }

    private static List<ShownTier> tiers(Shown shown, List<String> names) {
        if (names == null || names.isEmpty()) return CaptionTrack.spoken(shown);
        var those = shown.tiers().stream()
                .filter(tier -> names.contains(tier.tier().name()))
                .toList();
        for (var name : names)
            if (those.stream().noneMatch(tier -> tier.tier().name().equals(name)))
                throw Lists.bad(
                        "tier",
                        name,
                        "one of "
                                + shown.tiers().stream()
                                        .map(tier -> tier.tier().name())
                                        .limit(50)
                                        .collect(Collectors.joining(", ")));
        return those;
    }

    /** Written before it is sent: only then it is known what it lost and which bytes the tag is of. */
    private Response given(Visible found, String name, Wanted wanted, Request conditions) throws IOException {
        var file = Files.createTempFile(temp, "upload-transcript-", ".part");
        var digest = digest();
        int lost;
        try (var out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            lost = wanted.write(found, out);
        } catch (IOException | RuntimeException e) {
            Files.delete(file);
            throw e;
        }
        long size = Files.size(file);
        // the name goes at once: what nobody reads to its end leaves nothing behind
        var in = Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
        var tag = tag(found, digest.digest());
        var fresh = conditions.evaluatePreconditions(tag);
        if (fresh != null) {
            in.close();
            return fresh.header("Vary", "Authorization").build();
        }
        StreamingOutput body = out -> {
            try (in) {
                in.transferTo(out);
            }
        };
        var answer = Response.ok(body)
                .tag(tag)
                .header("Content-Type", wanted.form().mediaType)
                .header("Content-Length", size)
                .header(
                        "Content-Disposition",
                        FileResource.disposition(wanted.form() == Form.VTT, stem(name) + "." + wanted.form().ending))
                .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
                .header("Cache-Control", "no-cache")
                .header("Vary", "Authorization");
        if (wanted.form() == Form.VTT || wanted.form() == Form.TEXTGRID) answer.header("X-Thocam-Lost", lost);
        return answer.build();
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
    }

    private static EntityTag tag(Visible found, byte[] digest) {
        return new EntityTag(
                found.version() + "-" + HexFormat.of().formatHex(digest).substring(0, TAG_DIGITS));
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String address(ItemId id, String format, String file) {
        return Addresses.item(id) + "/transcripts/" + format + "/" + FileResource.escaped(file);
    }

    static String parameter(String value) {
        return FileResource.escaped(value).replace("/", "%2F");
    }

    /** For the other doors that make a tag of what they send. */
    static String tagOf(Visible found, byte[] body) {
        return tag(found, digest().digest(body)).getValue();
    }
}
