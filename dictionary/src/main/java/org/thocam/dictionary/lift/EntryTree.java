package org.thocam.dictionary.lift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.thocam.ontology.Shown;

/** What an entry's tree may hold: the fields of {@link Shape}, each of its kind. */
final class EntryTree {
    /** Of senses in senses; in JSON two levels each, and a history of such an entry is to be read again. */
    private static final int DEEPEST = 20;

    private static final int LONGEST = 100_000;
    private static final int MOST = 50_000;

    private final Set<String> known;

    private EntryTree(Set<String> known) {
        this.known = known;
    }

    /**
     * @param known what stands in the entry already, and so may stand there again ({@link #texts})
     * @throws IllegalArgumentException naming the place as a JSON pointer (RFC 6901), what was expected and what was found
     */
    static void check(JsonNode tree, Set<String> known) {
        new EntryTree(known).check(tree, Shape.ENTRY, "", 0);
    }

    /** All texts and names in a tree. */
    static Set<String> texts(JsonNode tree) {
        var texts = new HashSet<String>();
        collect(tree, texts);
        return texts;
    }

    private static void collect(JsonNode node, Set<String> texts) {
        if (node.isTextual()) texts.add(node.asText());
        node.properties().forEach(field -> {
            texts.add(field.getKey());
            collect(field.getValue(), texts);
        });
        if (node.isArray()) node.forEach(item -> collect(item, texts));
    }

    private void check(JsonNode node, Shape shape, String place, int depth) {
        if (depth > DEEPEST) throw wrong(place, "at most " + DEEPEST + " levels", "more");
        if (!node.isObject()) throw wrong(place, "an object", node);
        node.properties().forEach(field -> {
            var at = place + "/" + pointed(field.getKey());
            var value = field.getValue();
            switch (field.getKey()) {
                case Alignment.KEY -> text(value, at);
                case LiftEntry.RESIDUE -> residue(value, shape, at);
                case LiftEntry.RESIDUE_ATTRIBUTES -> attributes(value, shape, at);
                case "markup" -> {
                    if (shape.member("text").isEmpty()) throw unknown(at, shape);
                    markup(value, node.path("text"), at);
                }
                default -> check(value, shape.member(field.getKey()).orElseThrow(() -> unknown(at, shape)), at, depth);
            }
        });
    }

    private void check(JsonNode value, Shape.Member member, String at, int depth) {
        if (member instanceof Shape.Attribute || member instanceof Shape.Written) text(value, at);
        else if (member instanceof Shape.Forms || member instanceof Shape.Multitext) forms(value, at, depth);
        else if (member instanceof Shape.One one) check(value, one.shape(), at, depth + 1);
        else if (member instanceof Shape.Many many) {
            if (!value.isArray()) throw wrong(at, "a list", value);
            if (value.size() > MOST) throw wrong(at, "at most " + MOST + " elements", value.size() + "");
            for (int i = 0; i < value.size(); i++) check(value.get(i), many.shape(), at + "/" + i, depth + 1);
        }
    }

    private void forms(JsonNode value, String at, int depth) {
        if (!value.isObject()) throw wrong(at, "an object of texts by language, such as {\"vi\": \"nước\"}", value);
        value.properties().forEach(form -> {
            var place = at + "/" + pointed(form.getKey());
            if (form.getKey().length() > 100 && !known.contains(form.getKey()))
                throw wrong(place, "a language tag of at most 100 characters", Shown.of(form.getKey()));
            legal(form.getKey(), place);
            if (form.getValue().isObject()) {
                if (form.getValue().has("lang")) throw wrong(place + "/lang", "no lang: it is the form's name", "one");
                check(form.getValue(), Shape.FORM, place, depth + 1);
            } else text(form.getValue(), place);
        });
    }

    private void text(JsonNode value, String at) {
        if (!value.isTextual()) throw wrong(at, "a string", value);
        if (!known.contains(value.asText())) legal(value.asText(), at);
    }

    private static void legal(String text, String at) {
        if (text.length() > LONGEST) throw wrong(at, "at most " + LONGEST + " characters", text.length() + "");
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            boolean legal = c == '\t'
                    || c == '\n'
                    || c == '\r'
                    || c >= 0x20 && c < 0xD800
                    || c > 0xDFFF && c < 0xFFFE
                    || c > 0xFFFF;
            if (!legal) throw wrong(at, "characters that XML 1.0 allows", "U+%04X at %d".formatted(c, i));
            i += Character.charCount(c);
        }
    }

    private void markup(JsonNode value, JsonNode plain, String at) {
        text(value, at);
        try {
            var text = XmlText.of("<text>" + value.asText() + "</text>", 1).root();
            if (!known.contains(value.asText())) onlySpans(text, at);
            if (plain.isTextual() && !plain.asText().equals(text.text()))
                throw wrong(at, "the same text as in 'text' beside it, or no markup", text.text());
        } catch (LiftException e) {
            throw new IllegalArgumentException(at + ": want text with <span> elements: " + e.getMessage(), e);
        }
    }

    private static void onlySpans(XmlElement element, String at) {
        for (var child : element.children()) {
            if (!child.name.equals("span")) throw wrong(at, "only <span> elements", "<" + child.name + ">");
            onlySpans(child, at);
        }
    }

    private void residue(JsonNode value, Shape shape, String at) {
        if (!value.isArray()) throw wrong(at, "a list of XML elements", value);
        for (int i = 0; i < value.size(); i++) {
            text(value.get(i), at + "/" + i);
            try {
                var name = XmlText.of(value.get(i).asText(), 1).root().name;
                if (shape.memberOf(name).isPresent())
                    throw wrong(at + "/" + i, "an element that no field stands for", "<" + name + ">");
            } catch (LiftException e) {
                throw new IllegalArgumentException(at + "/" + i + ": want one XML element: " + e.getMessage(), e);
            }
        }
    }

    private void attributes(JsonNode value, Shape shape, String at) {
        if (!value.isObject()) throw wrong(at, "an object of strings", value);
        value.properties().forEach(field -> {
            if (!known.contains(field.getKey()) && !field.getKey().matches("[A-Za-z_][\\w.:-]*"))
                throw wrong(at, "names of attributes", field.getKey());
            if (shape.attributeOf(field.getKey()).isPresent())
                throw wrong(at, "attributes that no field stands for", field.getKey());
            text(field.getValue(), at + "/" + field.getKey());
        });
    }

    /** A name as a part of a JSON pointer; one that cannot be shown is cut. */
    private static String pointed(String name) {
        return Shown.of(name).replace("~", "~0").replace("/", "~1");
    }

    private static IllegalArgumentException unknown(String at, Shape shape) {
        return new IllegalArgumentException(
                at + ": there is no such field; there are " + String.join(", ", Shape.names(shape.members())));
    }

    private static IllegalArgumentException wrong(String at, String want, Object found) {
        return new IllegalArgumentException(
                (at.isEmpty() ? "/" : at) + ": want " + want + ", found " + Shown.of(found.toString()));
    }

    /** A form's value as the object that it stands for. */
    static ObjectNode form(JsonNode value, String lang) {
        var form = JsonNodeFactory.instance.objectNode();
        if (!lang.isEmpty()) form.put("lang", lang);
        if (value.isObject()) form.setAll((ObjectNode) value);
        else form.put("text", value.asText());
        return form;
    }

    /** A text without its markup; empty where there is none. */
    static Optional<String> plain(JsonNode value) {
        var text = value.isObject() ? value.path("text") : value;
        return text.isTextual() ? Optional.of(text.asText()) : Optional.empty();
    }
}
