package org.thocam.dictionary.lift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes new elements in the layout of FLEx: one element a line, forms on one line. */
final class LiftWriter {
    private final String indent;

    LiftWriter(String indent) {
        this.indent = indent;
    }

    String element(String name, Shape shape, ObjectNode node) {
        var attributes = new StringBuilder();
        var content = new StringBuilder();
        for (var member : shape.members()) {
            var value = node.path(member.json());
            if (member instanceof Shape.Written)
                content.append("<text>").append(textContent(node)).append("</text>");
            if (value.isMissingNode() || value.isNull()) continue;
            if (member instanceof Shape.Attribute attribute) attribute(attributes, attribute.xml(), value.asText());
            else if (member instanceof Shape.Forms) forms(content, value);
            else if (member instanceof Shape.Multitext text) line(content, multitext(text.xml(), value));
            else if (member instanceof Shape.One one)
                line(content, element(one.xml(), one.shape(), (ObjectNode) value));
            else if (member instanceof Shape.Many many)
                value.forEach(item -> line(content, element(many.xml(), many.shape(), (ObjectNode) item)));
        }
        node.path(LiftEntry.RESIDUE_ATTRIBUTES)
                .properties()
                .forEach(field ->
                        attribute(attributes, field.getKey(), field.getValue().asText()));
        node.path(LiftEntry.RESIDUE).forEach(item -> line(content, item.asText()));
        if (content.isEmpty()) return "<" + name + attributes + "/>";
        var open = "<" + name + attributes + ">";
        boolean lines = content.charAt(0) == '\n';
        return open + content + (lines ? "\n" + indent : "") + "</" + name + ">";
    }

    private void line(StringBuilder content, String element) {
        content.append('\n').append(indent).append(element);
    }

    private static void attribute(StringBuilder attributes, String name, String value) {
        attributes
                .append(' ')
                .append(name)
                .append("=\"")
                .append(XmlText.escapedValue(value, '"'))
                .append('"');
    }

    String multitext(String name, JsonNode forms) {
        var content = new StringBuilder();
        forms(content, forms);
        return "<" + name + ">" + content + "\n" + indent + "</" + name + ">";
    }

    private void forms(StringBuilder content, JsonNode forms) {
        forms.properties().forEach(field -> {
            if (!field.getValue().isNull()) line(content, form(field.getKey(), field.getValue()));
        });
    }

    String form(String lang, JsonNode value) {
        return element("form", Shape.FORM, EntryTree.form(value, lang));
    }

    /** What stands between {@code <text>} and {@code </text>}. */
    static String textContent(JsonNode form) {
        return form.has("markup")
                ? form.get("markup").asText()
                : XmlText.escaped(form.path("text").asText());
    }
}
