package org.thocam.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.thocam.api.access.Caller;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemException;
import org.thocam.api.problem.ProblemType;
import org.thocam.dictionary.Lexicon;
import org.thocam.index.search.DictionaryEntry;
import org.thocam.index.search.EntryRequest;
import org.thocam.index.search.EntryRequest.By;
import org.thocam.index.search.EntryRequest.Match;
import org.thocam.index.search.EntryResponse;
import org.thocam.index.search.ShownDictionary;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.Shown;
import org.thocam.ontology.Viewer;

/** Looking words up. Design section 4. Whoever may not see a dictionary's item sees none of its entries. */
@Path("dictionaries")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "dictionaries")
public final class DictionaryResource {
    private final Library library;
    private final VisibleItems items;

    DictionaryResource(Library library, VisibleItems items) {
        this.library = library;
        this.items = items;
    }

    @GET
    @ForEverybody
    @Operation(operationId = "listDictionaries", summary = "The dictionaries that you may see, by id")
    public Response list(
            @QueryParam("size") String size, @QueryParam("cursor") String cursor, @Context HttpServletRequest request) {
        int wanted = Lists.size(size, 20);
        var after = Lists.after(cursor);
        var viewer = Caller.viewer(request);
        var visible = library.entries().dictionaries().stream()
                .filter(shown -> lexicon(shown.id(), viewer).isPresent())
                .toList();
        var page = visible.stream()
                .filter(shown -> after.isEmpty() || shown.id().compareTo(after.get()) > 0)
                .limit(wanted + 1L)
                .toList();
        var answer = ItemJson.MAPPER.createObjectNode().put("total", visible.size());
        var list = answer.putArray("items");
        page.stream().limit(wanted).forEach(shown -> lexicon(shown.id(), viewer)
                .ifPresent(lexicon -> list.add(json(lexicon, shown))));
        var next = wanted > 0 && page.size() > wanted
                ? Lists.cursorAfter(page.get(wanted - 1).id())
                : null;
        var response = Response.ok(answer.put("next", next)).header("Vary", "Authorization");
        if (next != null)
            response.header("Link", "</api/v1/dictionaries?size=" + wanted + "&cursor=" + next + ">; rel=\"next\"");
        return response.build();
    }

    private Optional<Lexicon> lexicon(ItemId id, Viewer viewer) {
        return library.archive()
                .head(id)
                .map(head -> head.holding() instanceof Item item ? item : null)
                .filter(item -> items.allows(item, viewer))
                .flatMap(Lexicon::of);
    }

    private static ObjectNode json(Lexicon lexicon, ShownDictionary shown) {
        var node = ItemJson.MAPPER.createObjectNode().put("id", lexicon.id().value());
        texts(node, "title", lexicon.title());
        node.put("language", shown.language().value())
                .put("entries", shown.entries())
                .put("version", shown.version().number())
                .put("href", address(shown.id()));
        shown.fault().ifPresent(fault -> node.put("fault", fault));
        return node;
    }

    private static String address(ItemId id) {
        return "/api/v1/dictionaries/" + id + "/entries";
    }

    @GET
    @Path("{id}/entries")
    @ForEverybody
    @Operation(
            operationId = "findEntries",
            summary =
                    "Entries of a dictionary: those that match, the nearest first, or all in the order of the alphabet")
    public Response find(
            @PathParam("id") String text,
            @QueryParam("q") @Parameter(description = "what to look up; empty for all entries") String q,
            @QueryParam("by") @Parameter(description = "headword, gloss, domain; else the first two") List<String> by,
            @QueryParam("match")
                    @Parameter(description = "exact, prefix, word, wildcard, regex, fuzzy; else the first three")
                    List<String> match,
            @QueryParam("order") @Parameter(description = "only the alphabet's yet") String order,
            @QueryParam("size") @Parameter(description = "0 to 200, else 20") String size,
            @QueryParam("cursor") @Parameter(description = "the 'next' of the page before") String cursor,
            @Context UriInfo uri,
            @Context HttpServletRequest request) {
        var id = visible(text, Caller.viewer(request));
        if (order != null && !order.isBlank())
            throw Lists.bad("order", order, "nothing: a dictionary has one order yet, that of its language");
        EntryResponse found;
        try {
            found = library.entries()
                    .find(EntryRequest.of(id, q == null ? "" : q)
                            .by(choices("by", by, By.class, By.usual()))
                            .match(choices("match", match, Match.class, Match.usual()))
                            .size(Lists.size(size, 20))
                            .after(Optional.ofNullable(cursor).filter(given -> !given.isEmpty())))
                    .orElseThrow(() -> notYet(id));
        } catch (IllegalArgumentException e) {
            throw Problem.of(ProblemType.BAD_REQUEST, e.getMessage()).thrown();
        }
        var answer = ItemJson.MAPPER.createObjectNode().put("total", found.total());
        var list = answer.putArray("items");
        for (var hit : found.items()) {
            var entry = json(id, hit.entry());
            hit.match().ifPresent(how -> entry.put("match", how.word()));
            list.add(entry);
        }
        answer.put("next", found.next().orElse(null));
        var response = Response.ok(answer).header("Vary", "Authorization");
        found.next()
                .ifPresent(next -> response.header("Link", "<" + SearchParameters.next(uri, next) + ">; rel=\"next\""));
        return response.build();
    }

    @GET
    @Path("{id}/entries/{entry}")
    @ForEverybody
    @Operation(operationId = "getEntry", summary = "One entry of a dictionary")
    public Response entry(
            @PathParam("id") String text, @PathParam("entry") String entry, @Context HttpServletRequest request) {
        var id = visible(text, Caller.viewer(request));
        var found = library.entries()
                .entry(id, entry)
                .orElseThrow(() -> library.entries().dictionary(id).isEmpty()
                        ? notYet(id)
                        : Problem.of(
                                        ProblemType.NOT_FOUND,
                                        "dictionary " + id + " has no entry '" + Shown.of(entry) + "'")
                                .thrown());
        return Response.ok(json(id, found)).header("Vary", "Authorization").build();
    }

    private static ProblemException notYet(ItemId id) {
        return Problem.of(ProblemType.UNAVAILABLE, "the entries of dictionary " + id + " are being made")
                .with("Retry-After", "1")
                .thrown();
    }

    /** 404 for what is hidden, unknown or no dictionary; 410 for what was withdrawn. */
    private ItemId visible(String text, Viewer viewer) {
        var id = VisibleItems.id(text).orElseThrow(() -> VisibleItems.absent(text));
        if (Lexicon.of(items.current(id, viewer).item()).isEmpty())
            throw Problem.of(
                            ProblemType.NOT_FOUND,
                            "item " + id + " is no dictionary: it is not in the set '" + Lexicon.SET + "'")
                    .thrown();
        return id;
    }

    private static <E extends Enum<E>> Set<E> choices(
            String parameter, List<String> given, Class<E> type, Set<E> usual) {
        var words = SearchParameters.values(given, true);
        if (words.isEmpty()) return usual;
        var chosen = EnumSet.noneOf(type);
        for (var word : words) chosen.add(SearchParameters.choice(parameter, word, type));
        return chosen;
    }

    private static ObjectNode json(ItemId dictionary, DictionaryEntry entry) {
        var node = ItemJson.MAPPER
                .createObjectNode()
                .put("id", entry.id())
                .put("headword", entry.headword())
                .put("language", entry.language().value());
        texts(node, "glosses", entry.glosses());
        return node.put("href", address(dictionary) + "/" + entry.id());
    }

    private static void texts(ObjectNode node, String name, LanguageMap texts) {
        var map = node.putObject(name);
        texts.texts().forEach((tag, text) -> map.put(tag.value(), text));
    }
}
