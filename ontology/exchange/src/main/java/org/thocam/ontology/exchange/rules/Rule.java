package org.thocam.ontology.exchange.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.thocam.ontology.exchange.CatalogueRecord;

/**
 * One line of a crosswalk: an element, what it is made of, and what stands in it. An element that would be empty is not written, so
 * a rule may be stated for what most records do not have.
 *
 * <p>Names are written with the prefixes of the {@link Table}, such as {@code dc:title}; without one they are of its default namespace.
 */
public final class Rule {
    // said, though not written: what is not blank stands
    private static final List<Value> HOLLOW = List.of(Value.of("-"));

    final String name;
    final Source source;
    final boolean text;
    final boolean group;
    final List<Attribute> attributes = new ArrayList<>();
    final List<Rule> within;

    /** What an element is made of: one element for each value. */
    @FunctionalInterface
    interface Source {
        List<Value> of(CatalogueRecord record, Value around);
    }

    record Attribute(String name, Function<Value, String> value) {}

    private Rule(String name, Source source, boolean text, boolean group, List<Rule> within) {
        this.name = name;
        this.source = source;
        this.text = text;
        this.group = group;
        this.within = within;
    }

    /** One element for each value, with its text. */
    public static Rule element(String name, Function<CatalogueRecord, List<Value>> values) {
        return new Rule(name, (record, around) -> values.apply(record), true, false, List.of());
    }

    /** One element for each value; the rules in it may say what is {@link #its}. */
    public static Rule each(String name, Function<CatalogueRecord, List<Value>> values, Rule... within) {
        return new Rule(name, (record, around) -> values.apply(record), false, false, List.of(within));
    }

    /** One element around others, if they say anything. */
    public static Rule group(String name, Rule... within) {
        return new Rule(name, (record, around) -> List.of(around), false, true, List.of(within));
    }

    /** An element with a text out of the value of the {@link #each} that it stands in. */
    public static Rule its(String name, Function<Value, String> text) {
        return new Rule(
                name,
                (record, around) -> List.of(new Value(text.apply(around), around.language(), around.qualifier())),
                true,
                false,
                List.of());
    }

    /** An element that always says the same, inside one that is written for another reason. */
    public static Rule always(String name, String text) {
        return its(name, value -> text);
    }

    /** An element that points to each address in an attribute, such as {@code rdf:resource}, and has no text. */
    public static Rule pointer(String name, String attribute, Function<CatalogueRecord, List<Value>> addresses) {
        return new Rule(name, (record, around) -> addresses.apply(record), false, false, List.of())
                .with(attribute, Value::text);
    }

    /** An element that its schema wants even though there is nothing to say in it. */
    public static Rule hollow(String name) {
        return new Rule(name, (record, around) -> HOLLOW, false, false, List.of());
    }

    public Rule with(String attribute, String constant) {
        return with(attribute, value -> constant);
    }

    /** An attribute made of the value; left out where that is empty. */
    public Rule with(String attribute, Function<Value, String> value) {
        attributes.add(new Attribute(attribute, value));
        return this;
    }

    /** Says the language of the text, where it is known. */
    public Rule inItsLanguage() {
        return with("xml:lang", Value::tag);
    }
}
