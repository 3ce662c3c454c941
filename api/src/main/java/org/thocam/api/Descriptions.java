package org.thocam.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.jaxrs2.Reader;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.swagger.v3.oas.integration.SwaggerConfiguration;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.thocam.api.reconcile.ReconcileServlet;

/** What the API says of itself: OpenAPI 3.1, made from the resources, and the JSON-LD context of items. */
@Path("")
@Tag(name = "operation")
public final class Descriptions {
    static final String CONTEXT = "/api/v1/context.jsonld";

    private static final String CONTEXT_DOCUMENT =
            """
            {"@context": {
              "dcterms": "http://purl.org/dc/terms/",
              "schema": "https://schema.org/",
              "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
              "premis": "http://www.loc.gov/premis/rdf/v3/",
              "id": "dcterms:identifier",
              "title": {"@id": "dcterms:title", "@container": "@language"},
              "description": {"@id": "dcterms:description", "@container": "@language"},
              "type": "dcterms:type",
              "language": {"@id": "dcterms:language", "@container": "@set"},
              "creator": {"@id": "dcterms:creator", "@container": "@set"},
              "date": "dcterms:date",
              "people": {"@id": "dcterms:subject", "@container": "@set"},
              "about": {"@id": "dcterms:subject", "@type": "@id", "@container": "@set"},
              "place": "dcterms:spatial",
              "name": "schema:name",
              "lat": "geo:lat",
              "lon": "geo:long",
              "rights": "dcterms:rights",
              "access": "dcterms:accessRights",
              "sets": {"@id": "dcterms:isPartOf", "@container": "@set"},
              "files": {"@id": "dcterms:hasPart", "@container": "@set"},
              "mediaType": "dcterms:format",
              "size": "dcterms:extent",
              "sha512": "premis:fixity",
              "identifiers": {"@id": "dcterms:identifier", "@container": "@set"},
              "terms": {"@id": "https://thocam.org/ns#terms", "@type": "@json"},
              "decoded": {"@id": "dcterms:provenance", "@container": "@set"},
              "version": "schema:version",
              "datestamp": {"@id": "dcterms:modified", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"}
            }}
            """;

    private static final Pattern IN_PATH = Pattern.compile("\\{([^}]+)\\}");
    /** Doors that read a form too. */
    private static final Set<String> FORMS = Set.of("/sparql", ReconcileServlet.PATH);

    private final Map<String, String> otherDoors;
    private final Set<Class<?>> resources;
    private String openApi;

    /** @param otherDoors what each path outside the resources answers; the fields of its query follow a question mark */
    Descriptions(Set<Class<?>> resources, Map<String, String> otherDoors) {
        this.resources = Set.copyOf(resources);
        this.otherDoors = new LinkedHashMap<>(otherDoors);
    }

    @GET
    @Path("openapi.json")
    @Produces(MediaType.APPLICATION_JSON)
    @ForEverybody
    @Operation(operationId = "openapi", summary = "This description")
    public synchronized Response openApi() throws JsonProcessingException {
        if (openApi == null) openApi = Json31.pretty().writeValueAsString(document());
        return Response.ok(openApi, MediaType.APPLICATION_JSON_TYPE.withCharset("utf-8"))
                .build();
    }

    @GET
    @Path("context.jsonld")
    @Produces("application/ld+json")
    @ForEverybody
    @Operation(operationId = "context", summary = "The JSON-LD context of items")
    public Response context() {
        return Response.ok(CONTEXT_DOCUMENT, "application/ld+json").build();
    }

    private OpenAPI document() {
        var base = new OpenAPI()
                .info(new Info()
                        .title("Thocam")
                        .version("1")
                        .description("Errors are problem documents (RFC 9457); /docs/problems explains each type.")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")));
        var read = new Reader(new SwaggerConfiguration().openAPI(base).openAPI31(true)).read(resources);
        var paths = new io.swagger.v3.oas.models.Paths();
        read.getPaths().forEach((path, item) -> paths.addPathItem("/api/v1" + path, item));
        otherDoors.forEach((address, summary) -> {
            var fields = address.contains("?")
                    ? List.of(address.replaceFirst(".*[?]", "").split("&"))
                    : List.<String>of();
            var path = address.replaceFirst("[?].*", "");
            var item = new PathItem().get(asked(path, fields, summary));
            if (FORMS.contains(path)) item.post(posted(path, fields, summary));
            paths.addPathItem(path, item);
        });
        read.setPaths(paths);
        read.schemaRequirement(
                        "token",
                        new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"))
                .addSecurityItem(new SecurityRequirement().addList("token"));
        return read;
    }

    private static io.swagger.v3.oas.models.Operation operation(String path, String summary) {
        var operation = new io.swagger.v3.oas.models.Operation()
                .summary(summary)
                .responses(new ApiResponses().addApiResponse("200", new ApiResponse().description(summary)));
        var names = IN_PATH.matcher(path);
        while (names.find())
            operation.addParametersItem(new Parameter()
                    .name(names.group(1))
                    .in("path")
                    .required(true)
                    .schema(new StringSchema()));
        return operation;
    }

    private static io.swagger.v3.oas.models.Operation asked(String path, List<String> fields, String summary) {
        var operation = operation(path, summary);
        for (var field : fields)
            operation.addParametersItem(new Parameter().name(field).in("query").schema(new StringSchema()));
        return operation;
    }

    /** The same fields as a form. */
    private static io.swagger.v3.oas.models.Operation posted(String path, List<String> fields, String summary) {
        var form = new ObjectSchema();
        for (var field : fields) form.addProperty(field, new StringSchema());
        return operation(path, summary)
                .requestBody(new RequestBody()
                        .content(new Content()
                                .addMediaType(
                                        MediaType.APPLICATION_FORM_URLENCODED,
                                        new io.swagger.v3.oas.models.media.MediaType().schema(form))));
    }
}
