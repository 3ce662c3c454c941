package org.thocam.dictionary.exchange;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One element of a document, with what stands in it: an entry at a time, never a whole file. Names are local, but {@code xml:id} and {@code xml:lang}. */
public final class XmlTree {
    private final String name;
    private final long line;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    /** Strings and elements, in order. */
    private final List<Object> content = new ArrayList<>();

    public XmlTree(String name) {
        this(name, 0);
    }

    XmlTree(String name, long line) {
        this.name = name;
        this.line = line;
    }

    public String name() {
        return name;
    }

    /** Where it was read, from 1. */
    public long line() {
        return line;
    }

    /** The value of an attribute; empty where it has none. */
    public String attribute(String key) {
        return attributes.getOrDefault(key, "");
    }

    public Map<String, String> attributes() {
        return Collections.unmodifiableMap(attributes);
    }

    public boolean has(String key) {
        return attributes.containsKey(key);
    }

    public XmlTree with(String key, String value) {
        attributes.put(key, value);
        return this;
    }

    public XmlTree text(String text) {
        content.add(text);
        return this;
    }

    public XmlTree add(XmlTree child) {
        content.add(child);
        return this;
    }

    /** A new element at its end. */
    public XmlTree child(String childName) {
        var child = new XmlTree(childName);
        content.add(child);
        return child;
    }

    public boolean isEmpty() {
        return content.isEmpty();
    }

    public List<XmlTree> children() {
        return content.stream()
                .filter(XmlTree.class::isInstance)
                .map(XmlTree.class::cast)
                .toList();
    }

    public List<XmlTree> children(String childName) {
        return children().stream().filter(child -> child.name.equals(childName)).toList();
    }

    public Optional<XmlTree> first(String childName) {
        return children(childName).stream().findFirst();
    }

    /** Its own text and that of all elements in it. */
    public String text() {
        return content.stream()
                .map(part -> part instanceof XmlTree child ? child.text() : part.toString())
                .collect(Collectors.joining());
    }

    /** The element as XML, one line for each element that holds no text. */
    public void write(StringBuilder xml, int depth) {
        xml.append('<').append(name);
        attributes.forEach((key, value) -> xml.append(' ')
                .append(key)
                .append("=\"")
                .append(escaped(value, true))
                .append('"'));
        if (content.isEmpty()) {
            xml.append("/>");
            return;
        }
        xml.append('>');
        boolean mixed = content.stream().anyMatch(String.class::isInstance);
        for (var part : content) {
            if (!mixed) xml.append('\n').append(" ".repeat(depth + 1));
            if (part instanceof XmlTree child) child.write(xml, depth + 1);
            else xml.append(escaped(part.toString(), false));
        }
        if (!mixed) xml.append('\n').append(" ".repeat(depth));
        xml.append("</").append(name).append('>');
    }

    public static String escaped(String text, boolean value) {
        var escaped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '\r' -> escaped.append("&#13;");
                case '"' -> escaped.append(value ? "&quot;" : "\"");
                case '\n' -> escaped.append(value ? "&#10;" : "\n");
                case '\t' -> escaped.append(value ? "&#9;" : "\t");
                default -> escaped.appendCodePoint(legal(c) ? c : 0xFFFD);
            }
        });
        return escaped.toString();
    }

    private static boolean legal(int c) {
        return c >= 0x20 && c < 0xD800 || c > 0xDFFF && c < 0xFFFE || c > 0xFFFF;
    }
}
