package org.thocam.ontology.exchange.reading;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.exchange.Description;
import org.thocam.ontology.exchange.RecordReader;
import org.w3c.dom.Element;

/**
 * A reader as a table: which elements of a record go where. Rules are followed in their order, the elements of a rule in the order of the
 * record; what no rule names is left out.
 */
public final class Reading implements RecordReader {
    private final Predicate<Element> reads;
    private final Function<Found, String> key;
    private final List<From> rules;

    private Reading(Predicate<Element> reads, Function<Found, String> key, List<From> rules) {
        this.reads = reads;
        this.key = key;
        this.rules = rules;
    }

    /**
     * @param reads the root elements that are of the format
     * @param key what the rules call a child of the root; empty for one that is none of theirs
     */
    public static Reading of(Predicate<Element> reads, Function<Found, String> key, From... rules) {
        return new Reading(reads, key, List.of(rules));
    }

    @Override
    public boolean reads(Element metadata) {
        return reads.test(metadata);
    }

    @Override
    public Description read(Element metadata) {
        Map<String, List<Found>> children =
                new Found(metadata).children().stream().collect(Collectors.groupingBy(key));
        var draft = new Description.Draft();
        for (var rule : rules) {
            var found = rule.keys.size() == 1
                    ? children.getOrDefault(rule.keys.iterator().next(), List.of())
                    : new Found(metadata)
                            .children().stream()
                                    .filter(child -> rule.keys.contains(key.apply(child)))
                                    .toList();
            rule.to.accept(draft, found);
        }
        return draft.done();
    }

    /** One line of the table. */
    public static final class From {
        private final Set<String> keys;
        private final BiConsumer<Description.Draft, List<Found>> to;

        private From(Set<String> keys, BiConsumer<Description.Draft, List<Found>> to) {
            this.keys = keys;
            this.to = to;
        }

        public Set<String> keys() {
            return keys;
        }
    }

    /** Where a text of a language goes. */
    @FunctionalInterface
    public interface Texts {
        Object accept(Description.Draft draft, LanguageTag language, String text);
    }

    public static Start from(String... keys) {
        return new Start(Set.of(keys));
    }

    /** The left-hand side of a line. */
    public record Start(Set<String> keys) {
        /** Each text, whatever its language. */
        public From text(BiFunction<Description.Draft, String, ?> to) {
            return each((draft, found) -> to.apply(draft, found.text()));
        }

        /** Each text with its language. */
        public From said(Texts to) {
            return each((draft, found) -> to.accept(draft, found.language(), found.text()));
        }

        /** Each text as a term of this name. */
        public From term(String name) {
            return said((draft, language, text) -> draft.term(name, text, language, ""));
        }

        public From each(BiConsumer<Description.Draft, Found> to) {
            return all((draft, found) -> found.forEach(one -> to.accept(draft, one)));
        }

        /** All of them at once, where one is to be understood by another. */
        public From all(BiConsumer<Description.Draft, List<Found>> to) {
            return new From(keys, to);
        }
    }
}
