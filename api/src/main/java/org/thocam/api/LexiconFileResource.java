package org.thocam.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.thocam.api.access.Caller;
import org.thocam.api.access.Role;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.dictionary.LexiconExport;
import org.thocam.dictionary.LexiconImport;
import org.thocam.dictionary.LexiconSources;
import org.thocam.index.search.EntryRequest.View;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;

/** A dictionary as a file of any format, out and in. Whoever edits elsewhere sends the file back with the point that it was made from. */
@Path("dictionaries")
@Tag(name = "dictionaries")
public final class LexiconFileResource {
    private static final int MOST_TOLD = 1000;
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "lift", "application/xml",
            "csv", "text/csv; charset=utf-8",
            "tsv", "text/tab-separated-values; charset=utf-8",
            "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "tei", "application/tei+xml",
            "ontolex", "text/turtle",
            "dmlex-json", "application/json",
            "dmlex-xml", "application/xml",
            "cldf", "application/zip");
    private static final Map<String, String> ENDINGS = Map.of(
            "tei",
            "tei.xml",
            "ontolex",
            "ttl",
            "dmlex-json",
            "dmlex.json",
            "dmlex-xml",
            "dmlex.xml",
            "cldf",
            "cldf.zip");

    private final Library library;
    private final VisibleLexicons lexicons;
    private final Addresses addresses;
    private final java.nio.file.Path temp;
    private final Clock clock;

    LexiconFileResource(
            Library library, VisibleLexicons lexicons, Addresses addresses, java.nio.file.Path temp, Clock clock) {
        this.library = library;
        this.lexicons = lexicons;
        this.addresses = addresses;
        this.temp = temp;
        this.clock = clock;
    }

    @GET
    @Path("{id}/export")
    @ForEverybody
    @Operation(
            operationId = "exportDictionary",
            summary = "The whole dictionary as a file",
            description =
                    "lift (with bundle=true a .zip of all that belongs to it), csv, tsv, xlsx, cldf (a .zip), tei, ontolex, dmlex-json or dmlex-xml. X-Thocam-Point names the state that was given; X-Thocam-Lost counts the fields that had no home, report=true answers them instead of the file.")
    public Response export(
            @PathParam("id") String text,
            @QueryParam("format") String asked,
            @QueryParam("bundle") boolean bundle,
            @QueryParam("report") boolean report,
            @QueryParam("view") String view,
            @Context HttpServletRequest request)
            throws IOException {
        var lexicon = lexicons.of(text, request);
        var format = asked == null ? "lift" : asked;
        if (!LexiconExport.FORMATS.contains(format))
            throw Lists.bad("format", format, LexiconExport.FORMATS.toString());
        var export = LexiconExport.of(
                library.archive(), library.editing(), clock, lexicon.id(), lexicon.view(view) == View.PUBLISHED);
        var folder = Files.createTempDirectory(temp, "export-");
        boolean zip = bundle && format.equals("lift");
        var name = lexicon.id() + "." + (zip ? "zip" : ENDINGS.getOrDefault(format, format));
        ObjectNode losses;
        java.nio.file.Path file;
        try {
            file = folder.resolve(name);
            losses = export.write(
                    format,
                    format.equals("cldf") ? folder.resolve("cldf") : file,
                    URI.create(addresses.base(request) + "/"));
            if (format.equals("cldf")) zipped(folder.resolve("cldf"), file);
        } catch (IOException | RuntimeException e) {
            discard(folder);
            throw e;
        }
        if (report) {
            discard(folder);
            return Response.ok(losses, MediaType.APPLICATION_JSON_TYPE)
                    .header("Vary", "Authorization")
                    .build();
        }
        StreamingOutput body = out -> {
            try {
                Files.copy(file, out);
            } finally {
                discard(folder);
            }
        };
        return Response.ok(body)
                .header("Content-Type", zip ? "application/zip" : MEDIA_TYPES.get(format))
                .header("Content-Disposition", FileResource.disposition(false, name))
                .header("X-Thocam-Point", export.point().toString())
                .header("X-Thocam-Lost", losses.path("lost").size())
                .header("Cache-Control", "no-cache")
                .header("Vary", "Authorization")
                .build();
    }

    private static void zipped(java.nio.file.Path folder, java.nio.file.Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                var zip = new ZipOutputStream(out);
                var files = Files.walk(folder)) {
            for (var path : files.filter(Files::isRegularFile).sorted().toList()) {
                zip.putNextEntry(new ZipEntry(folder.relativize(path).toString()));
                Files.copy(path, zip);
                zip.closeEntry();
            }
        }
    }

    private static void discard(java.nio.file.Path folder) {
        try (var files = Files.walk(folder)) {
            for (var path : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " could not be removed", e);
        }
    }

    @POST
    @Path("{id}/import")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Needs(Role.REVIEWER)
    @Operation(
            operationId = "importDictionary",
            summary = "Merge a file into the dictionary, by three ways",
            description =
                    "The body is the file, its name in ?name=, such as words.lift or away.zip. For those who may review: what comes in is published.")
    public Response take(
            @PathParam("id") String text,
            @QueryParam("name") @Parameter(description = "how the file is called; its ending tells the format")
                    String name,
            @QueryParam("since") @Parameter(description = "the point of the export that the file was made from")
                    String since,
            @QueryParam("deletions") boolean deletions,
            @QueryParam("dryRun") boolean dryRun,
            @QueryParam("column") List<String> columns,
            @Parameter(hidden = true) InputStream in,
            @Context HttpServletRequest request)
            throws IOException {
        var lexicon = lexicons.of(text, request);
        lexicon.needReviewer();
        if (name == null || name.isBlank())
            throw Lists.bad("name", "", "how the file is called, such as words.lift: its ending tells the format");
        var folder = Files.createTempDirectory(temp, "import-");
        try {
            var last = Uploads.legal(name).replaceFirst(".*/", "");
            var file = folder.resolve(last);
            Files.copy(in, file);
            return Response.ok(taken(lexicon.id(), file, point(since), deletions, dryRun, columns, request))
                    .build();
        } finally {
            discard(folder);
        }
    }

    private ObjectNode taken(
            ItemId id,
            java.nio.file.Path file,
            Optional<Instant> since,
            boolean deletions,
            boolean dryRun,
            List<String> columns,
            HttpServletRequest request)
            throws IOException {
        var answer = ItemJson.MAPPER.createObjectNode();
        var problems = ItemJson.MAPPER.createArrayNode();
        try {
            var outcome = library.dictionaryImport()
                    .run(
                            new LexiconImport.Request(
                                    id,
                                    file,
                                    Optional.empty(),
                                    since,
                                    deletions,
                                    dryRun,
                                    new LexiconSources.Options(columns),
                                    Caller.of(request).orElseThrow().name()),
                            (part, line, code, left, message) -> {
                                if (problems.size() < MOST_TOLD)
                                    problems.addObject()
                                            .put("file", part)
                                            .put("line", line)
                                            .put("code", code)
                                            .put("leftOut", left)
                                            .put("message", message);
                            });
            answer.put("state", outcome.receipt().state())
                    .put("version", outcome.receipt().version().number())
                    .put("entries", outcome.entries())
                    .put("added", outcome.added())
                    .put("changed", outcome.changed())
                    .put("conflicts", outcome.conflicts())
                    .put("missing", outcome.missing())
                    .put("failed", outcome.failed())
                    .set("problems", problems);
            return answer;
        } catch (LexiconSources.NotALexiconException | IllegalArgumentException e) {
            throw Problem.of(ProblemType.INVALID, e.getMessage()).thrown();
        } catch (LexiconImport.RefusedException e) {
            throw Problem.of(ProblemType.CONFLICT, e.getMessage()).thrown();
        }
    }

    private static Optional<Instant> point(String since) {
        try {
            return since == null || since.isBlank() ? Optional.empty() : Optional.of(Instant.parse(since));
        } catch (DateTimeParseException e) {
            throw Lists.bad("since", since, "the point that an export told, such as 2026-11-22T03:15:00.123456Z");
        }
    }
}
