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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.thocam.api.VisibleLexicons.Visible;
import org.thocam.api.access.Caller;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.dictionary.EntryId;
import org.thocam.dictionary.Lexicon;
import org.thocam.dictionary.LexiconStore.ShownLexicon;
import org.thocam.index.search.EntryRequest;
import org.thocam.index.search.EntryRequest.By;
import org.thocam.index.search.EntryRequest.Match;
import org.thocam.index.search.EntryRequest.View;
import org.thocam.index.search.EntryResponse;
import org.thocam.index.search.EntryResponse.Hit;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Viewer;

/** The dictionaries, their entries in order, and looking words up. Design section 4. */
@Path("dictionaries")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "dictionaries")
public final class DictionaryResource {
    private final Library library;
    private final VisibleItems items;
    private final VisibleLexicons lexicons;
    private final RecentEdits recent;

    DictionaryResource(Library library, VisibleItems items, VisibleLexicons lexicons, RecentEdits recent) {
        this.library = library;
        this.items = items;
        this.lexicons = lexicons;
        this.recent = recent;
    }

    @GET
    @ForEverybody
    @Operation(operationId = "listDictionaries", summary = "The dictionaries that you may see, by id")
    public Response list(
            @QueryParam("size") String size, @QueryParam("cursor") String cursor, @Context HttpServletRequest request) {
        int wanted = Lists.size(size, 20);
        var after = Lists.after(cursor);
        var viewer = Caller.viewer(request);
        var visible = new ArrayList<Listed>();
        for (var shown : library.lexicons().lexicons())
            lexicon(shown.id(), viewer).ifPresent(lexicon -> visible.add(new Listed(lexicon, shown)));
        var page = visible.stream()
                .filter(one -> after.isEmpty() || one.shown().id().compareTo(after.get()) > 0)
                .limit(wanted + 1L)
                .toList();
        var answer = ItemJson.MAPPER.createObjectNode().put("total", visible.size());
        var list = answer.putArray("items");
        page.stream().limit(wanted).forEach(one -> list.add(json(one, request)));
        var next = wanted > 0 && page.size() > wanted
                ? Lists.cursorAfter(page.get(wanted - 1).shown().id())
                : null;
        var response = Response.ok(answer.put("next", next)).header("Vary", "Authorization");
        if (next != null)
            response.header("Link", "</api/v1/dictionaries?size=" + wanted + "&cursor=" + next + ">; rel=\"next\"");
        return response.build();
    }

    private record Listed(Lexicon lexicon, ShownLexicon shown) {}

    private Optional<Lexicon> lexicon(ItemId id, Viewer viewer) {
        return library.archive()
                .head(id)
                .map(head -> head.holding() instanceof Item item ? item : null)
                .filter(item -> items.allows(item, viewer))
                .flatMap(Lexicon::of);
    }

    private ObjectNode json(Listed one, HttpServletRequest request) {
        var shown = one.shown();
        var seen = new Visible(shown, library.lexicons().settings(shown.id()), Caller.of(request));
        var node = ItemJson.MAPPER.createObjectNode().put("id", shown.id().value());
        var title = node.putObject("title");
        one.lexicon().title().texts().forEach((tag, text) -> title.put(tag.value(), text));
        node.put("language", shown.language().value())
                .put("entries", seen.mayEdit() ? shown.entries() : shown.published())
                .put("version", shown.version().number())
                .put("href", Addresses.dictionary(shown.id()) + "/entries");
        shown.fault().ifPresent(fault -> node.put("fault", fault));
        return node;
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
            @QueryParam("gloss.language")
                    @Parameter(description = "BCP 47: only glosses in these languages count; vi takes in vi-Latn")
                    List<String> glossLanguage,
            @QueryParam("match")
                    @Parameter(description = "exact, prefix, word, wildcard, regex, fuzzy; else the first three")
                    List<String> match,
            @QueryParam("order")
                    @Parameter(
                            description =
                                    "for lists without q: a name of the dictionary's orders; empty for that of the language")
                    String order,
            @QueryParam("view")
                    @Parameter(description = "published, or working for editors, who else get the working one")
                    String view,
            @QueryParam("size") @Parameter(description = "0 to 200, else 20") String size,
            @QueryParam("cursor") @Parameter(description = "the 'next' of the page before") String cursor,
            @Context UriInfo uri,
            @Context HttpServletRequest request) {
        var lexicon = lexicons.of(text, request);
        var list = new EntryCursor(lexicon, lexicon.order(order), lexicon.view(view));
        EntryRequest asked;
        try {
            asked = EntryRequest.of(lexicon.id(), q == null ? "" : q)
                    .by(choices("by", by, By.class, By.usual()))
                    .glossesIn(languages(glossLanguage))
                    .match(choices("match", match, Match.class, Match.usual()))
                    .in(list.view())
                    .size(Lists.size(size, 20))
                    .after(Optional.ofNullable(cursor).filter(given -> !given.isEmpty()));
        } catch (IllegalArgumentException e) {
            throw Problem.of(ProblemType.BAD_REQUEST, e.getMessage()).thrown();
        }
        var answer = ItemJson.MAPPER.createObjectNode();
        if (asked.q().isBlank()) listed(list, asked.size(), cursor, answer);
        else found(lexicon, asked, answer);
        var response = Response.ok(answer).header("Vary", "Authorization");
        var next = answer.path("next").asText("");
        if (!answer.path("next").isNull())
            response.header("Link", "<" + SearchParameters.next(uri, next) + ">; rel=\"next\"");
        return response.build();
    }

    /** All entries in an order of the alphabet. */
    private void listed(EntryCursor list, int size, String cursor, ObjectNode answer) {
        var lexicon = list.lexicon();
        boolean published = list.view() == View.PUBLISHED;
        answer.put(
                "total",
                published ? lexicon.shown().published() : lexicon.shown().entries());
        var items = answer.putArray("items");
        var page = size == 0
                ? List.<org.thocam.dictionary.LexiconStore.Placed>of()
                : library.lexicons().listed(lexicon.id(), list.order(), published, list.after(cursor), size + 1);
        for (var placed : page.subList(0, Math.min(size, page.size())))
            ShownEntry.in(list.view(), placed.entry(), lexicon.language())
                    .ifPresent(entry -> items.add(entry.brief().put("head", placed.head())));
        var last = page.size() > size && size > 0 ? page.get(size - 1) : null;
        answer.put(
                "next",
                last == null ? null : list.at(last.key(), last.entry().id().value()));
    }

    /** What the index finds, as it is now: an edit holds from the moment it is acknowledged, and what it deleted is not shown. */
    private void found(Visible lexicon, EntryRequest asked, ObjectNode answer) {
        if (lexicon.mayEdit()) recent.await(lexicon.id());
        EntryResponse found;
        try {
            found = library.entries().find(asked).orElseThrow(() -> VisibleLexicons.notYet(lexicon.id()));
        } catch (IllegalArgumentException e) {
            throw Problem.of(ProblemType.BAD_REQUEST, e.getMessage()).thrown();
        }
        var now = library.lexicons()
                .entries(
                        lexicon.id(),
                        found.items().stream().map(Hit::id).map(EntryId::new).toList());
        answer.put("total", found.total());
        var items = answer.putArray("items");
        for (var hit : found.items())
            Optional.ofNullable(now.get(new EntryId(hit.id())))
                    .flatMap(entry -> ShownEntry.in(asked.view(), entry, lexicon.language()))
                    .ifPresent(entry -> {
                        var node = entry.brief();
                        hit.match().ifPresent(how -> node.put("match", how.word()));
                        items.add(node);
                    });
        answer.put("next", found.next().orElse(null));
    }

    private static Set<LanguageTag> languages(List<String> given) {
        var languages = new java.util.HashSet<LanguageTag>();
        for (var word : SearchParameters.values(given, true)) languages.add(new LanguageTag(word));
        return languages;
    }

    private static <E extends Enum<E>> Set<E> choices(
            String parameter, List<String> given, Class<E> type, Set<E> usual) {
        var words = SearchParameters.values(given, true);
        if (words.isEmpty()) return usual;
        var chosen = EnumSet.noneOf(type);
        for (var word : words) chosen.add(SearchParameters.choice(parameter, word, type));
        return chosen;
    }
}
