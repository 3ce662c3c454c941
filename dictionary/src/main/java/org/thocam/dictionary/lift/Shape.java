package org.thocam.dictionary.lift;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fields of LIFT 0.13, once: from this table come the reading of an entry, its JSON, the merging of edits and the writing of what
 * they changed. Source: lift-0.13.rng (sillsdev/lift-standard). What is not in it is kept as it was written.
 */
enum Shape {
    ANNOTATION,
    TRAIT,
    FORM,
    FIELD,
    NOTE,
    MEDIA,
    PRONUNCIATION,
    TRANSLATION,
    EXAMPLE,
    GRAMMATICAL_INFO,
    GLOSS,
    MAIN,
    REVERSAL,
    RELATION,
    VARIANT,
    ETYMOLOGY,
    SENSE,
    ENTRY,
    MULTITEXT,
    SPAN,
    FIELD_DEFINITION,
    FIELD_DEFINITIONS,
    RANGE_ELEMENT,
    RANGE,
    RANGES,
    HEADER,
    LIFT,
    LIFT_RANGES;

    /** @param json its name in JSON */
    sealed interface Member {
        String json();
    }

    /** What an attribute's value may be (XML Schema part 2). */
    enum Value {
        TEXT,
        /** date or dateTime. */
        DATE,
        INTEGER,
        URI
    }

    record Attribute(String json, String xml, Value value, boolean required) implements Member {
        Attribute(String json, String xml) {
            this(json, xml, Value.TEXT, false);
        }
    }

    /** {@code <form lang>} elements directly in the element. */
    record Forms(String json) implements Member {}

    /** One element that holds nothing but {@code <form lang>} elements. */
    record Multitext(String json, String xml) implements Member {}

    /** {@code <text>} with {@code <span>}s: the text of a form or gloss. */
    record Written(String json) implements Member {}

    record One(String json, String xml, Shape shape) implements Member {}

    /** @param key the members that tell its elements apart, the first one that they have; none where only their order does */
    record Many(String json, String xml, Shape shape, List<String> key) implements Member {
        Many(String json, String xml, Shape shape, String... key) {
            this(json, xml, shape, List.of(key));
        }
    }

    private List<Member> members = List.of();
    private Map<String, Member> byName = Map.of();

    private static final List<Member> DATES = List.of(date("dateCreated"), date("dateModified"));
    private static final List<Member> TRAITS = List.of(
            new Many("traits", "trait", TRAIT, "name"), new Many("annotations", "annotation", ANNOTATION, "name"));

    private static final Member[] NAMES = {
        new Multitext("description", "description"), new Multitext("label", "label"), new Multitext("abbrev", "abbrev")
    };

    static {
        ANNOTATION.are(required("name"), attribute("value"), attribute("who"), date("when"), new Forms("forms"));
        TRAIT.are(required("name"), required("value"), new Many("annotations", "annotation", ANNOTATION, "name"));
        FORM.are(required("lang"), new Written("text"), new Many("annotations", "annotation", ANNOTATION, "name"));
        FIELD.are(with(DATES, required("type"), new Forms("forms")), TRAITS);
        NOTE.are(with(DATES, attribute("type"), new Forms("forms")), extensible());
        MEDIA.are(uri("href", true), new Multitext("label", "label"));
        PRONUNCIATION.are(with(DATES, new Forms("forms"), new Many("media", "media", MEDIA, "href")), extensible());
        TRANSLATION.are(attribute("type"), new Forms("forms"));
        EXAMPLE.are(
                with(
                        DATES,
                        attribute("source"),
                        new Forms("forms"),
                        new Many("translations", "translation", TRANSLATION, "type"),
                        new Many("notes", "note", NOTE, "type")),
                extensible());
        GRAMMATICAL_INFO.are(required("value"), new Many("traits", "trait", TRAIT, "name"));
        GLOSS.are(required("lang"), new Written("text"), new Many("annotations", "annotation", ANNOTATION, "name"));
        MAIN.are(
                new Forms("forms"),
                new One("main", "main", MAIN),
                new One("grammaticalInfo", "grammatical-info", GRAMMATICAL_INFO));
        REVERSAL.are(
                attribute("type"),
                new Forms("forms"),
                new One("main", "main", MAIN),
                new One("grammaticalInfo", "grammatical-info", GRAMMATICAL_INFO));
        RELATION.are(
                with(DATES, required("type"), required("ref"), integer("order"), new Multitext("usage", "usage")),
                extensible());
        VARIANT.are(
                with(
                        DATES,
                        attribute("ref"),
                        new Forms("forms"),
                        new Many("pronunciations", "pronunciation", PRONUNCIATION),
                        new Many("relations", "relation", RELATION)),
                extensible());
        ETYMOLOGY.are(
                with(
                        DATES,
                        required("type"),
                        required("source"),
                        new Forms("forms"),
                        new Many("glosses", "gloss", GLOSS, "lang")),
                extensible());
        SENSE.are(
                with(
                        DATES,
                        attribute("id"),
                        integer("order"),
                        new One("grammaticalInfo", "grammatical-info", GRAMMATICAL_INFO),
                        new Many("glosses", "gloss", GLOSS, "lang"),
                        new Multitext("definition", "definition"),
                        new Many("relations", "relation", RELATION),
                        new Many("notes", "note", NOTE, "type"),
                        new Many("examples", "example", EXAMPLE),
                        new Many("reversals", "reversal", REVERSAL),
                        new Many("illustrations", "illustration", MEDIA, "href"),
                        new Many("subsenses", "subsense", SENSE, "id")),
                extensible());
        ENTRY.are(
                with(
                        DATES,
                        new Attribute("liftId", "id"),
                        attribute("guid"),
                        integer("order"),
                        date("dateDeleted"),
                        new Multitext("lexicalUnit", "lexical-unit"),
                        new Multitext("citation", "citation"),
                        new Many("pronunciations", "pronunciation", PRONUNCIATION),
                        new Many("variants", "variant", VARIANT),
                        new Many("senses", "sense", SENSE, "id"),
                        new Many("notes", "note", NOTE, "type"),
                        new Many("relations", "relation", RELATION),
                        new Many("etymologies", "etymology", ETYMOLOGY)),
                extensible());
        MULTITEXT.are(new Forms("forms"));
        SPAN.are(attribute("lang"), uri("href", false), attribute("class"));
        FIELD_DEFINITION.are(required("tag"), new Forms("forms"));
        FIELD_DEFINITIONS.are(new Many("fields", "field", FIELD_DEFINITION, "tag"));
        RANGE_ELEMENT.are(List.of(required("id"), attribute("parent"), attribute("guid")), List.of(NAMES));
        RANGE.are(
                with(List.of(required("id"), uri("href", false), attribute("guid")), NAMES),
                List.of(new Many("elements", "range-element", RANGE_ELEMENT, "id")));
        RANGES.are(new Many("ranges", "range", RANGE, "id"));
        HEADER.are(
                new Multitext("description", "description"),
                new One("ranges", "ranges", RANGES),
                new One("fields", "fields", FIELD_DEFINITIONS));
        LIFT.are(required("version"), attribute("producer"), new One("header", "header", HEADER));
        LIFT_RANGES.are(new Many("ranges", "range", RANGE, "id"));
    }

    private static Attribute attribute(String name) {
        return new Attribute(name, name);
    }

    private static Attribute required(String name) {
        return new Attribute(name, name, Value.TEXT, true);
    }

    private static Attribute date(String name) {
        return new Attribute(name, name, Value.DATE, false);
    }

    private static Attribute integer(String name) {
        return new Attribute(name, name, Value.INTEGER, false);
    }

    private static Attribute uri(String name, boolean required) {
        return new Attribute(name, name, Value.URI, required);
    }

    private static List<Member> with(List<Member> first, Member... others) {
        return Stream.concat(first.stream(), Stream.of(others)).toList();
    }

    private static List<Member> extensible() {
        return with(List.of(new Many("fields", "field", FIELD, "type")), TRAITS.toArray(Member[]::new));
    }

    private void are(List<Member> first, List<Member> others) {
        are(Stream.concat(first.stream(), others.stream()).toArray(Member[]::new));
    }

    private void are(Member... those) {
        members = List.of(those);
        byName = members.stream().collect(Collectors.toMap(Member::json, Function.identity()));
    }

    List<Member> members() {
        return members;
    }

    Optional<Member> member(String json) {
        return Optional.ofNullable(byName.get(json));
    }

    Optional<Attribute> attributeOf(String xml) {
        return members.stream()
                .filter(member ->
                        member instanceof Attribute attribute && attribute.xml().equals(xml))
                .map(Attribute.class::cast)
                .findFirst();
    }

    /** The member that a child element of this name belongs to. */
    Optional<Member> memberOf(String childName) {
        return members.stream()
                .filter(member -> childName.equals(elementOf(member)))
                .findFirst();
    }

    /** The element's name, empty for an attribute. */
    static String elementOf(Member member) {
        if (member instanceof Forms) return "form";
        if (member instanceof Multitext text) return text.xml();
        if (member instanceof One one) return one.xml();
        if (member instanceof Many many) return many.xml();
        if (member instanceof Written) return "text";
        return "";
    }

    static List<String> names(List<Member> members) {
        var names = new ArrayList<String>();
        members.forEach(member -> names.add(member.json()));
        return names;
    }
}
