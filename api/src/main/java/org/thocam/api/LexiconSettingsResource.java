package org.thocam.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.thocam.api.VisibleLexicons.Visible;
import org.thocam.api.access.Role;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.dictionary.LexiconSettings;
import org.thocam.ontology.Shown;

/** What the people of a dictionary agreed on: its orders, whether edits wait for review, who may edit and review. */
@Path("dictionaries")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "dictionaries")
public final class LexiconSettingsResource {
    private static final Pattern ORDER = Pattern.compile("^order '([a-z0-9-]+)'");
    private static final Pattern NAMED = Pattern.compile("^(?:setting '([^']*)'|([a-z]+)\\b)");

    private final Library library;
    private final VisibleLexicons lexicons;
    private final Body body;

    LexiconSettingsResource(Library library, VisibleLexicons lexicons, Body body) {
        this.library = library;
        this.lexicons = lexicons;
        this.body = body;
    }

    @GET
    @Path("{id}/settings")
    @Needs(Role.REVIEWER)
    @Operation(operationId = "getDictionarySettings", summary = "The settings of a dictionary")
    public Response settings(@PathParam("id") String text, @Context HttpServletRequest request) {
        return answer(forReviewers(text, request).settings());
    }

    @PUT
    @Path("{id}/settings")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.REVIEWER)
    @Operation(
            operationId = "putDictionarySettings",
            summary = "Agree on others",
            description = "If-Match names those that were read. What is left out is as it was before anybody set it.")
    public Response put(
            @PathParam("id") String text,
            @HeaderParam("If-Match") String ifMatch,
            @QueryParam("dryRun") String dryRun,
            @Parameter(hidden = true) InputStream in,
            @Context HttpServletRequest request)
            throws IOException {
        var lexicon = forReviewers(text, request);
        var now = lexicon.settings();
        if (ifMatch == null)
            throw Problem.of(
                            ProblemType.PRECONDITION_REQUIRED,
                            "read the settings first, then send their ETag as If-Match")
                    .thrown();
        var accepted = Arrays.stream(ifMatch.split(","))
                .map(tag -> tag.strip().replaceFirst("--gzip\"$", "\""))
                .anyMatch(tag -> tag.equals("*") || tag.equals('"' + tag(now) + '"'));
        if (!accepted)
            throw Problem.of(
                            ProblemType.PRECONDITION_FAILED,
                            "the settings of dictionary " + lexicon.id() + " are now \"" + tag(now)
                                    + "\", If-Match says " + Shown.of(ifMatch))
                    .with("ETag", '"' + tag(now) + '"')
                    .thrown();
        LexiconSettings wanted;
        try {
            wanted = LexiconSettings.of(body.json(in), now.version());
        } catch (IllegalArgumentException e) {
            throw SubmittedRecord.invalid(pointer(e.getMessage()), e.getMessage());
        }
        return EntryEditing.dry(dryRun)
                ? Response.ok(wanted.json()).build()
                : answer(library.editing().settings(lexicon.id(), wanted, lexicon.agent()));
    }

    private static String pointer(String message) {
        var order = ORDER.matcher(message);
        if (order.find()) return "/orders/" + order.group(1);
        var named = NAMED.matcher(message);
        if (!named.find()) return "";
        if (named.group(1) != null)
            return "/" + named.group(1).replace("~", "~0").replace("/", "~1");
        return named.group(2).equals("want") ? "" : "/" + named.group(2);
    }

    private static Response answer(LexiconSettings settings) {
        return Response.ok(settings.json())
                .tag(new EntityTag(tag(settings)))
                .header("Vary", "Authorization")
                .header("Cache-Control", "no-cache")
                .build();
    }

    private static String tag(LexiconSettings settings) {
        return "s" + settings.version().number();
    }

    private Visible forReviewers(String text, HttpServletRequest request) {
        var lexicon = lexicons.of(text, request);
        lexicon.needReviewer();
        return lexicon;
    }
}
