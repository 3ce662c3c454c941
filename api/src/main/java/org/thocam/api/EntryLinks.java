package org.thocam.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
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
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thocam.api.access.Caller;
import org.thocam.dictionary.Headword;
import org.thocam.dictionary.entry.Entry;
import org.thocam.dictionary.entry.Example;
import org.thocam.dictionary.entry.Multitext;
import org.thocam.dictionary.entry.Sense;
import org.thocam.index.analysis.query.Tier;
import org.thocam.index.search.SearchRequest;
import org.thocam.index.search.SearchRequest.Facet;
import org.thocam.index.search.SearchResponse.Hit;
import org.thocam.index.search.SegmentRequest;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Viewer;

/** From an entry of a dictionary to the library: the items about it, and the texts where its word stands. */
@Path("dictionaries")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "dictionaries")
public final class EntryLinks {
    private static final int MOST_PASSAGES = 20;
    private static final int MOST_FORMS = 4;
    private static final int MOST_PLACES = 5;
    private static final int MOST_EXAMPLES = 5;
    private static final int MOST_FOR_EXAMPLE = 3;
    private static final int LONGEST_PHRASE = 300;

    private final Library library;
    private final VisibleItems items;
    private final VisibleLexicons lexicons;
    private final Clock clock;

    EntryLinks(Library library, VisibleItems items, VisibleLexicons lexicons, Clock clock) {
        this.library = library;
        this.items = items;
        this.lexicons = lexicons;
        this.clock = clock;
    }

    @GET
    @Path("{id}/entries/{entry}/items")
    @ForEverybody
    @Operation(
            operationId = "itemsAboutEntry",
            summary = "Items that say they are about an entry, or about one of its senses or forms")
    public Response itemsAbout(
            @PathParam("id") String dictionary,
            @PathParam("entry") String name,
            @QueryParam("size") @Parameter(description = "0 to 200, else 20") String size,
            @Context HttpServletRequest request) {
        var viewer = Caller.viewer(request);
        var lexicon = lexicons.of(dictionary, request);
        var entry = lexicons.published(lexicon, name);
        var graph = library.graph();
        var iri = graph.iri(lexicon.id(), entry.id().value());
        var answer = ItemJson.MAPPER.createObjectNode();
        var list = answer.putArray("items");
        for (var pointer : graph.about(iri, viewer, clock.instant(), Lists.size(size, 20)))
            seen(pointer.item(), viewer).ifPresent(item -> {
                var node = item(list, item.id(), item.title());
                if (pointer.subject().startsWith(iri + "#sense-"))
                    node.put("sense", pointer.subject().substring(iri.length() + 1));
                node.put("about", pointer.subject());
            });
        return answer(answer);
    }

    /** By the archive, not by the graph: a restriction holds from the moment it is acknowledged. */
    private Optional<Item> seen(ItemId id, Viewer viewer) {
        return library.archive()
                .head(id)
                .map(head -> head.holding() instanceof Item item ? item : null)
                .filter(item -> items.allows(item, viewer));
    }

    @GET
    @Path("{id}/entries/{entry}/passages")
    @ForEverybody
    @Operation(
            operationId = "passagesOfEntry",
            summary =
                    "Texts and recordings of the library where a form of the entry stands, and texts that its examples stand in",
            description = "At most 20 texts and as many recordings, of the first four forms, and five examples.")
    public Response passages(
            @PathParam("id") String dictionary,
            @PathParam("entry") String name,
            @QueryParam("size") @Parameter(description = "texts for the forms, 0 to 20, else 10") String size,
            @Context HttpServletRequest request) {
        var viewer = Caller.viewer(request);
        var lexicon = lexicons.of(dictionary, request);
        int wanted = Math.min(MOST_PASSAGES, Lists.size(size, 10));
        var entry = lexicons.published(lexicon, name).entry();
        var language = lexicon.language();
        var answer = ItemJson.MAPPER.createObjectNode();
        recordings(forms(entry, language), viewer, wanted, answer.putArray("recordings"));
        var passages = answer.putArray("items");
        for (var passage : found(forms(entry, language), lexicon.id(), viewer, wanted)) {
            var node = item(passages, passage.hit().id(), passage.hit().title())
                    .put("form", passage.form().text())
                    .put("match", passage.tier().name().toLowerCase(Locale.ROOT));
            passage.hit().highlights().forEach(node.putArray("highlights")::add);
        }
        var examples = answer.putArray("examples");
        examples(entry).stream()
                .limit(MOST_EXAMPLES)
                .forEach(example -> example(example, language, lexicon.id(), viewer, examples));
        return answer(answer);
    }

    /** Where a form is heard, or stands in an interlinear text or on a page, with the places. */
    private void recordings(Set<Headword> forms, Viewer viewer, int wanted, ArrayNode list) {
        if (wanted == 0) return;
        var told = new HashSet<ItemId>();
        var segments = new VisibleSegments(library, clock);
        forms.stream().limit(MOST_FORMS).forEach(form -> {
            var asked = asked(form, wanted);
            if (asked.isEmpty()) return;
            for (var hit : segments.search(new SegmentRequest(asked.get(), MOST_PLACES), viewer)
                    .items()) {
                boolean near = hit.item()
                        .tier()
                        .filter(tier -> tier == Tier.EXACT || tier == Tier.FOLDED)
                        .isPresent();
                if (!near || told.size() == wanted || !told.add(hit.item().id())) continue;
                var node = item(list, hit.item().id(), hit.item().title()).put("form", form.text());
                var places = node.putArray("segments");
                hit.segments().forEach(one -> ShownSegment.of(one, places.addObject()));
            }
        });
    }

    private record Passage(Headword form, Tier tier, Hit hit) {}

    /** As written first, then what differs in tones and diacritics alone: each text once, for the first form that it has. */
    private List<Passage> found(Set<Headword> forms, ItemId lexicon, Viewer viewer, int wanted) {
        if (wanted == 0) return List.of();
        var passages = new LinkedHashMap<ItemId, Passage>();
        forms.stream().limit(MOST_FORMS).forEach(form -> {
            for (var hit : search(form, wanted, viewer)) {
                var passage = new Passage(form, hit.tier().orElse(Tier.FOLDED), hit);
                if (!hit.id().equals(lexicon))
                    passages.merge(
                            hit.id(), passage, (one, other) -> other.tier().compareTo(one.tier()) > 0 ? other : one);
            }
        });
        return passages.values().stream()
                .sorted(Comparator.comparing(Passage::tier).reversed())
                .limit(wanted)
                .toList();
    }

    /** A phrase in the texts of its language, and in those of none. */
    private List<Hit> search(Headword form, int size, Viewer viewer) {
        return asked(form, size).stream()
                .flatMap(asked -> items.search(asked, viewer).items().stream())
                .filter(hit -> hit.tier()
                        .filter(tier -> tier == Tier.EXACT || tier == Tier.FOLDED)
                        .isPresent())
                .toList();
    }

    private static Optional<SearchRequest> asked(Headword form, int size) {
        var phrase = form.text().replaceAll("[\"“”]", " ").strip();
        if (phrase.isEmpty()) return Optional.empty();
        if (phrase.length() > LONGEST_PHRASE)
            phrase = phrase.substring(0, phrase.offsetByCodePoints(0, phrase.codePointCount(0, LONGEST_PHRASE)));
        Map<Facet, List<String>> languages = form.language().undetermined()
                ? Map.of()
                : Map.of(Facet.LANGUAGE, List.of(form.language().language(), LanguageTag.UNDETERMINED.value()));
        return Optional.of(new SearchRequest(
                '"' + phrase + '"',
                languages,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                SearchRequest.Sort.RELEVANCE,
                size,
                Optional.empty(),
                false,
                true));
    }

    private void example(Example example, LanguageTag language, ItemId lexicon, Viewer viewer, ArrayNode list) {
        var texts = new LinkedHashSet<Headword>();
        add(texts, example.forms(), language);
        if (texts.isEmpty()) return;
        var text = texts.iterator().next();
        var hits = search(text, MOST_FOR_EXAMPLE, viewer).stream()
                .filter(hit -> hit.tier().filter(Tier.EXACT::equals).isPresent())
                .filter(hit -> !hit.id().equals(lexicon))
                .toList();
        var told = new HashSet<ItemId>();
        VisibleItems.id(example.source().strip())
                .flatMap(id -> seen(id, viewer))
                .ifPresent(item -> {
                    told.add(item.id());
                    var node = example(list, text, item.id(), item.title()).put("by", "source");
                    hits.stream().filter(hit -> hit.id().equals(item.id())).forEach(hit -> hit.highlights()
                            .forEach(node.withArray("/highlights")::add));
                });
        for (var hit : hits) {
            if (!told.add(hit.id())) continue;
            var node = example(list, text, hit.id(), hit.title()).put("by", "text");
            hit.highlights().forEach(node.withArray("/highlights")::add);
        }
    }

    private static ObjectNode example(ArrayNode list, Headword text, ItemId id, LanguageMap title) {
        var node = list.addObject().put("example", text.text());
        return described(node, "item", id, title);
    }

    private static List<Example> examples(Entry entry) {
        var examples = new ArrayList<Example>();
        entry.senses().forEach(sense -> examples(sense, examples));
        return examples;
    }

    private static void examples(Sense sense, List<Example> examples) {
        examples.addAll(sense.examples());
        sense.subsenses().forEach(subsense -> examples(subsense, examples));
    }

    /** Headword first, then citation and lexeme forms, then variants; what is written in a phonetic alphabet stands in no text. */
    private static Set<Headword> forms(Entry entry, LanguageTag language) {
        var forms = new LinkedHashSet<Headword>();
        var headword = Headword.of(entry, language);
        if (!headword.text().isBlank()) forms.add(headword);
        add(forms, entry.citation(), language);
        add(forms, entry.lexicalUnit(), language);
        entry.variants().forEach(variant -> add(forms, variant.forms(), language));
        return forms;
    }

    private static void add(Set<Headword> forms, Multitext texts, LanguageTag language) {
        texts.forms().forEach((written, form) -> {
            if (Headword.audio(written)
                    || written.contains("fonipa")
                    || form.text().isBlank()) return;
            var tag = Headword.tag(written);
            forms.add(new Headword(form.text(), tag.undetermined() ? language : tag));
        });
    }

    private static ObjectNode item(ArrayNode list, ItemId id, LanguageMap title) {
        return described(list.addObject(), "id", id, title);
    }

    private static ObjectNode described(ObjectNode node, String field, ItemId id, LanguageMap title) {
        node.put(field, id.value());
        var texts = node.putObject("title");
        title.texts().forEach((tag, text) -> texts.put(tag.value(), text));
        return node.put("href", Addresses.item(id));
    }

    private static Response answer(ObjectNode answer) {
        return Response.ok(answer).header("Vary", "Authorization").build();
    }
}
