package org.thocam.ontology.exchange.marc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.thocam.ontology.exchange.CatalogueRecord;

/** Which fields of a MARC record say a fact of an item, and how: a tag, its indicators, and what stands in which subfield. */
record Rule(Function<CatalogueRecord, Stream<Field>> fields) {
    record Subfield(char code, String text) {}

    /** @param original the same in its own script, for field 880; null where there is none */
    record Field(String tag, String indicators, List<Subfield> subfields, Field original) {}

    /** What stands in one subfield. */
    record Part<T>(char code, Function<T, Stream<String>> values) {}

    static <T> Part<T> sub(char code, Function<T, String> value) {
        return new Part<>(code, thing -> Stream.ofNullable(value.apply(thing)));
    }

    static <T> Part<T> subs(char code, Function<T, ? extends Collection<String>> values) {
        return new Part<>(code, thing -> values.apply(thing).stream());
    }

    static <T> Part<T> always(char code, String value) {
        return new Part<>(code, thing -> Stream.of(value));
    }

    /** A field for each of some things. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    static <T> Rule field(
            String tag,
            String indicators,
            Function<CatalogueRecord, ? extends Collection<T>> things,
            Part<T>... parts) {
        return field(tag, thing -> indicators, things, parts);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    static <T> Rule field(
            String tag,
            Function<T, String> indicators,
            Function<CatalogueRecord, ? extends Collection<T>> things,
            Part<T>... parts) {
        var all = List.of(parts);
        return new Rule(record -> things.apply(record).stream()
                .map(thing -> new Field(tag, indicators.apply(thing), subfields(thing, all), null))
                .filter(field -> !field.subfields.isEmpty()));
    }

    /** A field for each of some texts, with one in the original script beside it where the text has one. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    static <T extends Written> Rule written(
            String tag,
            Function<T, String> indicators,
            Function<CatalogueRecord, ? extends Collection<T>> things,
            Part<T>... parts) {
        var all = List.of(parts);
        // what language a title is in would otherwise be guessed by who reads it
        boolean title = tag.startsWith("24");
        return new Rule(record -> things.apply(record).stream().map(thing -> {
            var ind = indicators.apply(thing);
            var others = subfields(thing, all);
            var original = thing.original()
                    .map(text -> new Field(tag, ind, with(text, others, title), null))
                    .orElse(null);
            return new Field(tag, ind, with(thing.main(), others, title), original);
        }));
    }

    private static List<Subfield> with(Text text, List<Subfield> others, boolean title) {
        var all = new ArrayList<Subfield>();
        others.stream().filter(sub -> sub.code == 'i').forEach(all::add);
        all.add(new Subfield('a', text.text()));
        others.stream().filter(sub -> sub.code != 'i').forEach(all::add);
        if (title || !text.language().value().equals("und"))
            all.add(new Subfield('9', Local.language(text.language())));
        return all;
    }

    private static <T> List<Subfield> subfields(T thing, List<Part<T>> parts) {
        return parts.stream()
                .flatMap(part -> part.values
                        .apply(thing)
                        .filter(value -> !value.isBlank())
                        .map(value -> new Subfield(part.code, value)))
                .toList();
    }
}
