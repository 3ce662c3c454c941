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
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.core.Variant;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.thocam.api.VisibleLexicons.Visible;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemException;
import org.thocam.api.problem.ProblemType;
import org.thocam.api.rdf.EntryRdf;
import org.thocam.dictionary.EntryTag;
import org.thocam.dictionary.KeptEntry;
import org.thocam.dictionary.PastState;
import org.thocam.dictionary.ReviewState;
import org.thocam.dictionary.lift.FieldChange;
import org.thocam.dictionary.lift.LiftEntry;
import org.thocam.index.search.EntryRequest.View;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Shown;

/** One entry, and all that it was. Editors see what is worked on, everybody what is published. */
@Path("dictionaries")
@Tag(name = "dictionaries")
public final class EntryResource {
    static final MediaType LIFT = new MediaType("application", "xml", "UTF-8");

    private static final Map<String, String> RDF = new TreeMap<>(Map.of(
            "ttl", "text/turtle",
            "nt", "application/n-triples",
            "rdf", "application/rdf+xml",
            "jsonld", "application/ld+json"));

    private final Library library;
    private final VisibleLexicons lexicons;

    EntryResource(Library library, VisibleLexicons lexicons) {
        this.library = library;
        this.lexicons = lexicons;
    }

    @GET
    @Path("{id}/entries/{entry}")
    @ForEverybody
    @Operation(
            operationId = "getEntry",
            summary = "One entry of a dictionary, as JSON or LIFT",
            description = "Its ETag is what a change names as If-Match. 410 for editors where it was deleted.")
    public Response entry(
            @PathParam("id") String text,
            @PathParam("entry") String entry,
            @QueryParam("view")
                    @Parameter(description = "published, or working for editors, who else get the working one")
                    String view,
            @QueryParam("version") @Parameter(description = "a past state by its tag, such as f1.e2") String version,
            @QueryParam("format") @Parameter(description = "json, lift, ttl, nt, rdf or jsonld; else by Accept")
                    String format,
            @Context HttpServletRequest request,
            @Context Request conditions) {
        var lexicon = lexicons.of(text, request);
        var chosenFormat = format(format, conditions);
        boolean lift = chosenFormat.equals("lift");
        var chosen = lexicon.view(view);
        var now = lexicons.entry(lexicon, entry);
        var shown = version == null
                ? current(lexicon, now, chosen)
                : then(lexicon, now, tag("version", version), chosen, request);
        var tag = new EntityTag(shown.tag() + (chosenFormat.equals("json") ? "" : "." + chosenFormat));
        var fresh = conditions.evaluatePreconditions(tag);
        if (fresh != null) return headers(fresh).build();
        var answer = headers(Response.ok().tag(tag));
        if (RDF.containsKey(chosenFormat)) {
            StreamingOutput rdf = out -> EntryRdf.write(library.graph(), with(now, shown.xml()), chosenFormat, out);
            return answer.type(RDF.get(chosenFormat)).entity(rdf).build();
        }
        // what stands in residue may be anything: it is saved, never shown
        return lift
                ? answer.type(LIFT)
                        .header("Content-Disposition", "attachment; filename=\"entry.lift\"")
                        .header("X-Content-Type-Options", "nosniff")
                        .entity(shown.xml().getBytes(StandardCharsets.UTF_8))
                        .build()
                : answer.type(MediaType.APPLICATION_JSON_TYPE)
                        .entity(shown.whole())
                        .build();
    }

    private static Response.ResponseBuilder headers(Response.ResponseBuilder response) {
        return response.header("Vary", "Accept, Authorization").header("Cache-Control", "no-cache");
    }

    private static String format(String format, Request conditions) {
        if (format != null) {
            if (format.equals("xml")) return "lift";
            if (format.equals("json") || format.equals("lift") || RDF.containsKey(format)) return format;
            throw notAcceptable("format '" + Shown.of(format) + "'");
        }
        var types = new LinkedHashMap<>(Map.of("json", MediaType.APPLICATION_JSON));
        types.put("lift", MediaType.APPLICATION_XML);
        types.putAll(RDF);
        var variants = types.values().stream()
                .map(type -> new Variant(MediaType.valueOf(type), (String) null, null))
                .toList();
        var variant = conditions.selectVariant(variants);
        if (variant == null) throw notAcceptable("none of the formats in Accept");
        return List.copyOf(types.keySet()).get(variants.indexOf(variant));
    }

    private static KeptEntry with(KeptEntry entry, String xml) {
        return new KeptEntry(
                entry.lexicon(),
                entry.id(),
                entry.tag(),
                xml,
                entry.state(),
                entry.deleted(),
                entry.published(),
                entry.place(),
                entry.conflicts());
    }

    private static ProblemException notAcceptable(String what) {
        return Problem.of(
                        ProblemType.NOT_ACCEPTABLE,
                        what
                                + " can be given; there are: json (application/json), lift (application/xml), ttl, nt, rdf, jsonld")
                .thrown();
    }

    private static ShownEntry current(Visible lexicon, KeptEntry now, View view) {
        return ShownEntry.in(view, now, lexicon.language()).orElseThrow(() -> {
            if (view == View.PUBLISHED)
                return VisibleLexicons.absent(lexicon, now.id().value());
            return Problem.of(
                            ProblemType.GONE,
                            "entry '" + now.id() + "' of dictionary " + lexicon.id()
                                    + " was deleted; an edit with its ETag as If-Match brings it back")
                    .saying(Map.of("id", now.id().value(), "tag", now.tag().toString()))
                    .with("ETag", '"' + now.tag().toString() + '"')
                    .thrown();
        });
    }

    /** Readers see the state that is published now, editors every one. */
    private ShownEntry then(Visible lexicon, KeptEntry now, EntryTag tag, View view, HttpServletRequest request) {
        if (tag.equals(now.tag())) {
            if (view == View.WORKING) return ShownEntry.working(now, lexicon.language());
            return ShownEntry.published(now, lexicon.language())
                    .filter(shown -> shown.tag().equals(tag.toString()))
                    .orElseThrow(() -> noState(now, tag));
        }
        if (view == View.PUBLISHED) throw noState(now, tag);
        return ShownEntry.past(lexicon, now.id().value(), state(states(lexicon, now, view, request), now, tag), tag);
    }

    static EntryTag tag(String parameter, String text) {
        return EntryTag.parsed(text.strip().replaceAll("^\"|\"$", ""))
                .orElseThrow(() -> Lists.bad(parameter, text, "the tag of a state, such as f1.e2"));
    }

    private static ProblemException noState(KeptEntry entry, EntryTag tag) {
        return Problem.of(ProblemType.NOT_FOUND, "entry '" + entry.id() + "' has no state " + tag)
                .thrown();
    }

    private static PastState state(List<PastState> states, KeptEntry entry, EntryTag tag) {
        return states.stream()
                .filter(state -> state.tag().equals(tag))
                .findFirst()
                .orElseThrow(() -> noState(entry, tag));
    }

    @GET
    @Path("{id}/entries/{entry}/history")
    @ForEverybody
    @Operation(
            operationId = "listEntryStates",
            summary = "What became of an entry, the newest state first",
            description = "Readers see the states that were published, with what changed between these.")
    public Response history(
            @PathParam("id") String text,
            @PathParam("entry") String entry,
            @QueryParam("field")
                    @Parameter(
                            description = "only states that changed this path or one below, such as senses/s1/glosses")
                    String field,
            @QueryParam("size") @Parameter(description = "0 to 200, else 20") String size,
            @QueryParam("cursor") @Parameter(description = "the 'next' of the page before") String cursor,
            @Context UriInfo uri,
            @Context HttpServletRequest request) {
        var lexicon = lexicons.of(text, request);
        var view = lexicon.view(null);
        var now = lexicons.entry(lexicon, entry);
        if (view == View.PUBLISHED) current(lexicon, now, view);
        int wanted = Lists.size(size, 20);
        var states = new ArrayList<>(states(lexicon, now, view, request).stream()
                .filter(state -> field == null || field.isBlank() || touches(state, field.strip()))
                .toList());
        Collections.reverse(states);
        int from = after(states, cursor);
        int to = Math.min(states.size(), from + wanted);
        var answer = ItemJson.MAPPER.createObjectNode().put("total", states.size());
        var items = answer.putArray("items");
        for (var state : states.subList(from, to))
            items.add(state.json()
                    .put("href", ShownEntry.working(now, lexicon.language()).href() + "?version=" + state.tag()));
        var next = wanted > 0 && to < states.size() ? cursor(states.get(to - 1)) : null;
        var response = Response.ok(answer.put("next", next), MediaType.APPLICATION_JSON_TYPE)
                .header("Vary", "Authorization");
        if (next != null) response.header("Link", "<" + SearchParameters.next(uri, next) + ">; rel=\"next\"");
        return response.build();
    }

    /** One above counts too: a sense that came or went took its glosses along. */
    private static boolean touches(PastState state, String field) {
        return state.changes().stream()
                .map(FieldChange::path)
                .anyMatch(path -> path.equals(field) || path.startsWith(field + "/") || field.startsWith(path + "/"));
    }

    private static String cursor(PastState state) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(state.tag().toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static int after(List<PastState> states, String cursor) {
        if (cursor == null || cursor.isEmpty()) return 0;
        for (int i = 0; i < states.size(); i++) if (cursor(states.get(i)).equals(cursor)) return i + 1;
        throw Lists.bad("cursor", cursor, "the 'next' of the page before, with the same field");
    }

    @GET
    @Path("{id}/entries/{entry}/compare")
    @ForEverybody
    @Operation(operationId = "compareEntryStates", summary = "What differs between two states of an entry")
    public Response compare(
            @PathParam("id") String text,
            @PathParam("entry") String entry,
            @QueryParam("from") @Parameter(description = "the tag of a state") String from,
            @QueryParam("to") @Parameter(description = "the tag of another; else the present one") String to,
            @Context HttpServletRequest request) {
        var lexicon = lexicons.of(text, request);
        var view = lexicon.view(null);
        var now = lexicons.entry(lexicon, entry);
        if (view == View.PUBLISHED) current(lexicon, now, view);
        if (from == null) throw Lists.bad("from", "", "the tag of a state, such as f1.e0");
        var states = states(lexicon, now, view, request);
        var one = xml(lexicon, states, now, tag("from", from), view);
        var other = to == null ? states.get(states.size() - 1).xml() : xml(lexicon, states, now, tag("to", to), view);
        var answer = ItemJson.MAPPER.createObjectNode();
        var changes = answer.putArray("changes");
        for (var change : FieldChange.between(
                LiftEntry.kept(one).tree(), LiftEntry.kept(other).tree())) changes.add(change.json());
        return Response.ok(answer, MediaType.APPLICATION_JSON_TYPE)
                .header("Vary", "Authorization")
                .build();
    }

    private static String xml(Visible lexicon, List<PastState> states, KeptEntry now, EntryTag tag, View view) {
        // a file that came later and says the same has made no state of its own
        if (tag.equals(now.tag()))
            return (view == View.WORKING
                            ? Optional.of(ShownEntry.working(now, lexicon.language()))
                            : ShownEntry.published(now, lexicon.language()))
                    .filter(shown -> shown.tag().equals(tag.toString()))
                    .orElseThrow(() -> noState(now, tag))
                    .xml();
        return state(states, now, tag).xml();
    }

    /** The states that the caller may see, the first one first, each with what changed from the one before among these. */
    private List<PastState> states(Visible lexicon, KeptEntry entry, View view, HttpServletRequest request) {
        var seen = new ArrayList<PastState>();
        PastState last = null;
        boolean gap = false;
        for (var state : library.editing().history(lexicon.id(), entry.id())) {
            if (!lexicons.allows(lexicon, state.tag(), request) || view == View.PUBLISHED && !publishes(state, last)) {
                gap = true;
                continue;
            }
            last = gap ? after(last, state) : state;
            gap = false;
            seen.add(last);
        }
        if (seen.isEmpty()) throw VisibleLexicons.absent(lexicon, entry.id().value());
        return seen;
    }

    private static boolean publishes(PastState state, PastState last) {
        if (state.state() != ReviewState.PUBLISHED) return false;
        return last == null ? !state.deleted() : !state.xml().equals(last.xml()) || state.deleted() != last.deleted();
    }

    private static PastState after(PastState last, PastState state) {
        var from = last == null
                ? ItemJson.MAPPER.createObjectNode()
                : LiftEntry.kept(last.xml()).tree();
        return new PastState(
                state.tag(),
                state.at(),
                state.agent(),
                state.action(),
                state.state(),
                state.deleted(),
                state.xml(),
                FieldChange.between(from, LiftEntry.kept(state.xml()).tree()));
    }
}
