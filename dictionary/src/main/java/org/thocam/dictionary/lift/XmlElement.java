package org.thocam.dictionary.lift;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An element together with where it stands in the text it was read from, so that it can be changed without touching anything else.
 * Offsets are in UTF-16 code units.
 */
final class XmlElement {
    /**
     * @param start of the white space before it
     * @param valueStart behind the opening quote
     */
    record Attribute(String name, String value, int start, int valueStart, int valueEnd) {
        int end() {
            return valueEnd + 1;
        }
    }

    /** What stands in an element, in order: text (entities resolved) or an element. */
    sealed interface Content permits Text, Child {}

    record Text(String text) implements Content {}

    record Child(XmlElement element) implements Content {}

    final String name;
    final int start;
    final int nameEnd;
    final int openEnd;
    final List<Attribute> attributes;
    final List<Content> content = new ArrayList<>();
    private final List<XmlElement> children = new ArrayList<>();
    int closeStart;
    int end;

    XmlElement(String name, int start, int nameEnd, int openEnd, List<Attribute> attributes) {
        this.name = name;
        this.start = start;
        this.nameEnd = nameEnd;
        this.openEnd = openEnd;
        this.attributes = attributes;
    }

    void add(XmlElement child) {
        children.add(child);
        content.add(new Child(child));
    }

    List<XmlElement> children() {
        return children;
    }

    List<XmlElement> children(String childName) {
        return children.stream().filter(child -> child.name.equals(childName)).toList();
    }

    Optional<XmlElement> child(String childName) {
        return children.stream().filter(child -> child.name.equals(childName)).findFirst();
    }

    Optional<Attribute> attribute(String attributeName) {
        return attributes.stream()
                .filter(attribute -> attribute.name().equals(attributeName))
                .findFirst();
    }

    String value(String attributeName) {
        return attribute(attributeName).map(Attribute::value).orElse("");
    }

    /** Whether it was written as {@code <name/>}. */
    boolean selfClosing() {
        return closeStart == end && closeStart == openEnd;
    }

    boolean hasText() {
        return content.stream()
                .anyMatch(part -> part instanceof Text text && !text.text().isBlank());
    }

    /** Its own text and that of all elements in it. */
    String text() {
        var text = new StringBuilder();
        for (var part : content)
            text.append(
                    part instanceof Text own
                            ? own.text()
                            : ((Child) part).element().text());
        return text.toString();
    }
}
