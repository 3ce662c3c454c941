package org.thocam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.api.rdf.Dump;
import org.thocam.ontology.Change;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Shown;
import org.thocam.ontology.Viewer;
import org.thocam.ontology.entity.AuthorityFile;
import org.thocam.ontology.entity.EntityKind;
import org.thocam.ontology.entity.Tables;
import org.thocam.ontology.graph.EntityTerms;

/** Whole files, and what says what there is. They hold what everybody may see, whoever asks. */
@Path("")
@Tag(name = "entities")
public final class DumpResource {
    private static final Map<String, String> TYPES = Map.of(
            "ttl", "text/turtle",
            "nt", "application/n-triples",
            "jsonld", "application/ld+json");

    private final Library library;
    private final CurrentEntities entities;
    private final Addresses addresses;
    private final Clock clock;
    /** Each takes room on disk while its reader takes it. */
    private final Semaphore turns = new Semaphore(2);

    DumpResource(Library library, CurrentEntities entities, Addresses addresses, Clock clock) {
        this.library = library;
        this.entities = entities;
        this.addresses = addresses;
        this.clock = clock;
    }

    /** Addresses with their media types. */
    private Map<String, String> files(String base) {
        var files = new LinkedHashMap<String, String>();
        files.put(base + "/api/v1/dumps/everything.nt", TYPES.get("nt"));
        new TreeMap<>(TYPES).forEach((ending, type) -> files.put(base + "/api/v1/dumps/entities." + ending, type));
        for (var name : Tables.names())
            files.put(
                    base + "/api/v1/dumps/reference/" + name.replace(".tsv", "") + ".tsv", "text/tab-separated-values");
        return files;
    }

    @GET
    @Path("dumps")
    @ForEverybody
    @Operation(operationId = "listDumps", summary = "The files there are")
    public Response list(@Context HttpServletRequest request) {
        var answer = ItemJson.MAPPER.createObjectNode();
        var list = answer.putArray("items");
        files(addresses.base(request))
                .forEach(
                        (address, type) -> list.addObject().put("href", address).put("mediaType", type));
        return Response.ok(answer, MediaType.APPLICATION_JSON_TYPE).build();
    }

    @GET
    @Path("dumps/everything.nt")
    @ForEverybody
    @Operation(operationId = "dumpEverything", summary = "All statements that everybody may see, as N-Triples")
    public Response everything() {
        StreamingOutput all = out -> {
            // taken where it is given back: a HEAD never comes here
            if (!turns.tryAcquire())
                throw Problem.of(ProblemType.UNAVAILABLE, "others are taking this file; ask again")
                        .with("Retry-After", "60")
                        .thrown();
            try {
                everything(out);
            } finally {
                turns.release();
            }
        };
        return Response.ok(all, TYPES.get("nt"))
                .header("Content-Disposition", "attachment; filename=\"everything.nt\"")
                .build();
    }

    /** By way of a file: who takes it slowly must not hold a state of the graph, for which its compacting, and so its changes, wait. */
    private void everything(OutputStream out) throws IOException {
        var file = Files.createTempFile("thocam-everything", ".nt");
        try {
            try (var to = new BufferedOutputStream(Files.newOutputStream(file))) {
                Dump.everything(library.graph(), clock.instant(), to);
            }
            Files.copy(file, out);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @GET
    @Path("dumps/entities.{ending}")
    @ForEverybody
    @Operation(operationId = "dumpEntities", summary = "All entities in one file: ttl, nt or jsonld")
    public Response entities(@PathParam("ending") String ending) {
        if (!TYPES.containsKey(ending))
            throw Problem.of(ProblemType.NOT_FOUND, "there are entities.ttl, entities.nt and entities.jsonld")
                    .thrown();
        StreamingOutput all =
                out -> Dump.entities(library.graph(), entities.now().register().all(), ending, out);
        return Response.ok(all, TYPES.get(ending)).build();
    }

    @GET
    @Path("dumps/reference/{name}")
    @ForEverybody
    @Operation(operationId = "dumpTable", summary = "A table as it is now, edits included, such as festivals.tsv")
    public Response table(@PathParam("name") String name) {
        var tables = Tables.write(entities.now().register());
        var text = Optional.ofNullable(tables.get(name))
                .or(() -> Optional.ofNullable(tables.get(name.replaceFirst("\\.tsv$", ""))));
        return Response.ok(
                        text.orElseThrow(() -> Problem.of(
                                                ProblemType.NOT_FOUND,
                                                "there is no table '" + Shown.of(name) + "'; there are "
                                                        + new TreeMap<>(tables).keySet())
                                        .thrown())
                                .getBytes(StandardCharsets.UTF_8),
                        "text/tab-separated-values; charset=utf-8")
                .build();
    }

    @GET
    @Path("dataset")
    @ForEverybody
    @Operation(
            operationId = "dataset",
            summary = "What the graph is, in VoID and DCAT: JSON-LD, Turtle, N-Triples or RDF/XML by Accept")
    public Response dataset(
            @QueryParam("format") @Parameter(description = "jsonld, ttl, nt or rdf; else by Accept") String format,
            @Context HttpServletRequest request,
            @Context Request conditions) {
        var chosen = EntityFormat.chosen(
                conditions,
                Optional.empty(),
                format,
                EntityFormat.TTL,
                EntityFormat.JSONLD,
                EntityFormat.NT,
                EntityFormat.RDF);
        var counts = new TreeMap<String, Long>();
        for (var kind : EntityKind.values())
            counts.merge(
                    EntityTerms.name(kind),
                    (long) entities.now().register().of(kind).size(),
                    Long::sum);
        var graph = library.graph();
        var bytes = new ByteArrayOutputStream();
        Dump.description(
                graph,
                library.log().headOf(AuthorityFile.ID).map(Change::at).orElse(Instant.EPOCH),
                graph.triples(Viewer.ANYBODY, clock.instant()),
                counts,
                files(addresses.base(request)),
                chosen.ending,
                bytes);
        return Response.ok(bytes.toByteArray(), chosen.mediaType())
                .header("Vary", "Accept")
                .build();
    }

    @GET
    @Path("questions")
    @ForEverybody
    @Operation(operationId = "questions", summary = "Questions that the graph answers, with their SPARQL")
    public Response questions() {
        var answer = ItemJson.MAPPER.createObjectNode();
        var list = answer.putArray("items");
        for (var question : Questions.all())
            list.addObject()
                    .put("id", question.id())
                    .put("vi", question.vietnamese())
                    .put("en", question.english())
                    .put("sparql", question.sparql())
                    .put("href", "/sparql?query=" + FileResource.escaped(question.sparql()));
        return Response.ok(answer, MediaType.APPLICATION_JSON_TYPE).build();
    }
}
