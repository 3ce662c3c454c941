package org.thocam.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.thocam.api.CurrentEntities.View;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.entity.Census.Figure;
import org.thocam.ontology.entity.EntityKind;
import org.thocam.ontology.entity.Observation;

/** The census figures of the peoples. */
@Path("statistics")
@Tag(name = "entities")
public final class StatisticsResource {
    private final CurrentEntities entities;

    StatisticsResource(CurrentEntities entities) {
        this.entities = entities;
    }

    @GET
    @ForEverybody
    @Operation(
            operationId = "statistics",
            summary = "Persons by people, place and census, and how a people grew",
            description =
                    "A province since July 2025 that took over one old province unchanged answers from that one's row; one that was merged is added up where every old one has a figure: 'from' names them. 'growth' is there where one people and one place are asked for, without a year.")
    public Response list(
            @QueryParam("people") @Parameter(description = "ids, separated by commas; TOTAL for all persons")
                    String people,
            @QueryParam("place") @Parameter(description = "ids, separated by commas; without people or place: PC-VN")
                    String place,
            @QueryParam("year") @Parameter(description = "2009 or 2019") String year,
            @QueryParam("min") @Parameter(description = "at least so many persons") String min,
            @QueryParam("max") @Parameter(description = "at most so many persons") String max,
            @QueryParam("order")
                    @Parameter(description = "persons, -persons, people, place or year; else -persons by year")
                    String order,
            @QueryParam("size") String size,
            @QueryParam("cursor") String cursor,
            @Context UriInfo uri) {
        var view = entities.now();
        var peoples = ids("people", people, EntityKind.PEOPLE, view);
        var places = ids("place", place, EntityKind.PLACE, view);
        var when = year == null || year.isBlank() ? OptionalInt.empty() : OptionalInt.of(year(year, view));
        var figures = figures(peoples, places, when, view);
        long least = number("min", min, 0);
        long most = number("max", max, Long.MAX_VALUE);
        figures.removeIf(
                one -> one.observation().persons() < least || one.observation().persons() > most);
        figures.sort(order(order));
        int wanted = Lists.size(size, 50);
        var asked = EntityResource.asked(uri.getQueryParameters(), view);
        int begin = Math.min(figures.size(), EntityResource.offset(cursor, asked));
        int end = Math.min(figures.size(), begin + wanted);
        var answer = ItemJson.MAPPER.createObjectNode().put("total", figures.size());
        var items = answer.putArray("items");
        for (var figure : figures.subList(begin, end)) items.add(shown(figure, places, view));
        if (peoples.size() == 1 && places.size() <= 1 && when.isEmpty())
            growth(answer, peoples.get(0), places.isEmpty() ? "PC-VN" : places.get(0), view);
        var next = wanted > 0 && end < figures.size() ? EntityResource.cursor(end, asked) : null;
        var response = Response.ok(answer.put("next", next), MediaType.APPLICATION_JSON_TYPE);
        if (next != null) response.header("Link", "<" + SearchParameters.next(uri, next) + ">; rel=\"next\"");
        return response.build();
    }

    private static List<Figure> figures(List<String> peoples, List<String> places, OptionalInt when, View view) {
        var figures = new ArrayList<Figure>();
        if (places.isEmpty() && peoples.isEmpty()) figures.addAll(view.census().ofPlace("PC-VN", when));
        else if (places.isEmpty())
            peoples.forEach(one -> figures.addAll(view.census().ofPeople(one, when)));
        else if (peoples.isEmpty())
            places.forEach(place -> figures.addAll(view.census().ofPlace(place, when)));
        else
            for (int year : view.census().years())
                if (when.isEmpty() || when.getAsInt() == year)
                    for (var place : places)
                        for (var people : peoples)
                            view.census().find(people, place, year).ifPresent(figures::add);
        return figures;
    }

    private static ObjectNode shown(Figure figure, List<String> places, View view) {
        var node = ShownEntity.figure(figure, view);
        var place = figure.observation().place();
        // asked for a new unit, answered from the old one that it took over
        if (!places.isEmpty() && !places.contains(place) && !figure.from().isEmpty())
            places.stream()
                    .filter(one -> view.register()
                            .find(one)
                            .filter(entity -> entity.list("formed_from").equals(figure.from()))
                            .isPresent())
                    .findFirst()
                    .ifPresent(one -> node.put("answers", one)
                            .put(
                                    "note",
                                    one + " took over " + place + " unchanged in July 2025; the figure is that of "
                                            + place));
        return node;
    }

    private static void growth(ObjectNode answer, String people, String place, View view) {
        var years = List.copyOf(view.census().years());
        if (years.size() < 2) return;
        int first = years.get(0);
        int last = years.get(years.size() - 1);
        view.census().growth(people, place, first, last).ifPresent(growth -> answer.putObject("growth")
                .put("people", people)
                .put("place", place)
                .put("from", first)
                .put("to", last)
                .put("first", growth.first().observation().persons())
                .put("last", growth.last().observation().persons())
                .put("percent", Math.round(growth.percent() * 10) / 10.0));
    }

    private static Comparator<Figure> order(String word) {
        var persons = Comparator.comparingLong((Figure one) -> one.observation().persons());
        var year = Comparator.comparing((Figure one) -> one.observation().date());
        var people = Comparator.comparing((Figure one) -> one.observation().people());
        var place = Comparator.comparing((Figure one) -> one.observation().place());
        var order =
                switch (word == null ? "" : word.strip()) {
                    case "" -> year.reversed().thenComparing(persons.reversed());
                    case "persons" -> persons;
                    case "-persons" -> persons.reversed();
                    case "people" -> people;
                    case "place" -> place;
                    case "year" -> year;
                    default -> throw Lists.bad("order", word, "persons, -persons, people, place or year");
                };
        return order.thenComparing(people).thenComparing(place).thenComparing(year);
    }

    private static List<String> ids(String name, String text, EntityKind kind, View view) {
        var ids = SearchParameters.values(text == null ? null : List.of(text), true);
        if (ids.size() > 100) throw Lists.bad(name, ids.size() + " ids", "at most 100");
        for (var id : ids)
            if (!(kind == EntityKind.PEOPLE && id.equals(Observation.TOTAL))
                    && view.register()
                            .find(id)
                            .filter(one -> one.kind() == kind)
                            .isEmpty()) throw Lists.bad(name, id, "the id of a " + kind.word() + " that is there");
        return ids.stream().distinct().toList();
    }

    private static int year(String text, View view) {
        var years = view.census().years();
        if (text.matches("[0-9]{4}") && years.contains(Integer.parseInt(text))) return Integer.parseInt(text);
        throw Lists.bad("year", text, "a year of a census: " + years);
    }

    private static long number(String name, String text, long usual) {
        if (text == null || text.isBlank()) return usual;
        if (text.matches("[0-9]{1,12}")) return Long.parseLong(text);
        throw Lists.bad(name, text, "a whole number of persons");
    }
}
