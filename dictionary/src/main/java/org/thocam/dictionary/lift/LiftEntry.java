package org.thocam.dictionary.lift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thocam.dictionary.entry.Entry;

/**
 * One entry as it was written, and its fields as a tree of JSON. {@link #with} writes only what a changed tree says otherwise: comments,
 * layout and what no field knows keep their bytes.
 *
 * <p>The tree's names are those of {@link Shape}. A text is a string, or {@code {"text", "markup"}} where it has spans: then the markup
 * counts. An element of a list without a name of its own has a {@code key}, good for this reading. What LIFT 0.13 does not know stands
 * in {@code residue} as it was written, and unknown attributes in {@code residueAttributes}.
 */
public final class LiftEntry {
    static final String RESIDUE = "residue";
    static final String RESIDUE_ATTRIBUTES = "residueAttributes";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final XmlText xml;
    private ObjectNode tree;

    private LiftEntry(XmlText xml) {
        this.xml = xml;
    }

    /**
     * @param xml the whole element
     * @param line of the file that it begins on
     * @throws LiftException if it is no well-formed {@code <entry>}
     */
    public static LiftEntry of(String xml, long line) throws LiftException {
        var text = XmlText.of(xml, line);
        if (!text.root().name.equals("entry"))
            throw new LiftException(
                    line, LiftProblem.Code.NOT_LIFT, "want an <entry>, found <" + text.root().name + ">");
        return new LiftEntry(text);
    }

    /** One that {@link #xml} gave. */
    public static LiftEntry kept(String xml) {
        try {
            return of(xml, 1);
        } catch (LiftException e) {
            throw new IllegalStateException("an entry that was taken in cannot be read any more: " + e.getMessage(), e);
        }
    }

    /** An entry that is in no file yet. */
    public static LiftEntry made(ObjectNode tree) {
        return kept(new LiftWriter("").element("entry", Shape.ENTRY, tree));
    }

    public String xml() {
        return xml.source();
    }

    XmlText text() {
        return xml;
    }

    /** Its fields; a copy that may be changed. */
    public ObjectNode tree() {
        if (tree == null) tree = read(xml.root(), Shape.ENTRY);
        return tree.deepCopy();
    }

    /** Its fields as records: what no field of LIFT knows, and annotations of texts, are in {@link #tree} alone. */
    public Entry entry() {
        try {
            return MAPPER.treeToValue(tree(), Entry.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an entry's tree has the fields of Entry", e);
        }
    }

    /** An entry that is in no file yet. */
    public static LiftEntry made(Entry entry) {
        return made((ObjectNode) MAPPER.valueToTree(entry));
    }

    private ObjectNode read(XmlElement element, Shape shape) {
        var node = JSON.objectNode();
        for (var member : shape.members()) {
            if (member instanceof Shape.Attribute attribute)
                element.attribute(attribute.xml()).ifPresent(found -> node.put(attribute.json(), found.value()));
            else if (member instanceof Shape.Forms forms) put(node, forms.json(), forms(element));
            else if (member instanceof Shape.Multitext text)
                element.child(text.xml()).ifPresent(child -> put(node, text.json(), forms(child)));
            else if (member instanceof Shape.Written written) written(element, written, node);
            else if (member instanceof Shape.One one)
                element.child(one.xml()).ifPresent(child -> node.set(one.json(), read(child, one.shape())));
            else if (member instanceof Shape.Many many) {
                var items = JSON.arrayNode();
                element.children(many.xml()).forEach(child -> items.add(read(child, many.shape())));
                if (!items.isEmpty()) node.set(many.json(), keyed(items, many));
            }
        }
        residue(element, shape, node);
        return node;
    }

    private static void put(ObjectNode node, String name, ObjectNode forms) {
        if (!forms.isEmpty()) node.set(name, forms);
    }

    /** The first of each language; LIFT allows one, and what stands behind it is kept where it is. */
    private ObjectNode forms(XmlElement parent) {
        var forms = JSON.objectNode();
        for (var form : parent.children("form")) {
            var lang = form.value("lang");
            if (!forms.has(lang)) forms.set(lang, form(form));
        }
        return forms;
    }

    private JsonNode form(XmlElement form) {
        var node = read(form, Shape.FORM);
        node.remove("lang");
        return node.size() == 1 && node.has("text") ? node.get("text") : node;
    }

    private void written(XmlElement element, Shape.Written member, ObjectNode node) {
        var text = element.child("text");
        node.put(member.json(), text.map(XmlElement::text).orElse(""));
        text.filter(found -> !found.children().isEmpty())
                .ifPresent(found -> node.put("markup", xml.source().substring(found.openEnd, found.closeStart)));
    }

    private static ArrayNode keyed(ArrayNode items, Shape.Many many) {
        var seen = new LinkedHashMap<String, Integer>();
        items.forEach(item -> seen.merge(Alignment.natural((ObjectNode) item, many), 1, Integer::sum));
        for (int i = 0; i < items.size(); i++) {
            var item = (ObjectNode) items.get(i);
            var natural = Alignment.natural(item, many);
            if (natural.isEmpty() || seen.get(natural) > 1) item.put(Alignment.KEY, Integer.toString(i + 1));
        }
        return items;
    }

    private void residue(XmlElement element, Shape shape, ObjectNode node) {
        var attributes = JSON.objectNode();
        for (var attribute : element.attributes)
            if (shape.attributeOf(attribute.name()).isEmpty()) attributes.put(attribute.name(), attribute.value());
        if (!attributes.isEmpty()) node.set(RESIDUE_ATTRIBUTES, attributes);
        var elements = JSON.arrayNode();
        for (var child : element.children()) if (shape.memberOf(child.name).isEmpty()) elements.add(xml.raw(child));
        if (!elements.isEmpty()) node.set(RESIDUE, elements);
    }

    /**
     * The entry with these fields. Its elements are taken for those of this entry by their keys, then by their content.
     *
     * @throws IllegalArgumentException if the tree has a field that LIFT does not know, or of the wrong kind; its message names it
     */
    public LiftEntry with(ObjectNode wanted) {
        EntryTree.check(wanted);
        var splices = new Splices();
        change(xml.root(), Shape.ENTRY, wanted, splices);
        if (splices.isEmpty()) return this;
        try {
            return of(splices.applied(xml.source(), 0, xml.source().length()), 1);
        } catch (LiftException e) {
            throw new IllegalArgumentException("/: want what XML 1.0 can hold within its limits: " + e.getMessage(), e);
        }
    }

    private void change(XmlElement element, Shape shape, ObjectNode wanted, Splices splices) {
        var inserts = new Inserts(element, shape);
        for (var member : shape.members()) {
            var value = wanted.path(member.json());
            if (member instanceof Shape.Attribute attribute) change(element, attribute, value, splices);
            else if (member instanceof Shape.Forms) changeForms(element, value, inserts, member, splices);
            else if (member instanceof Shape.Multitext text) change(element, text, value, inserts, splices);
            else if (member instanceof Shape.Written) change(element, wanted, inserts, splices);
            else if (member instanceof Shape.One one) change(element, one, value, inserts, splices);
            else if (member instanceof Shape.Many many) change(element, many, value, inserts, splices);
        }
        changeResidue(element, shape, wanted, inserts, splices);
        inserts.into(splices);
    }

    private void change(XmlElement element, Shape.Attribute member, JsonNode value, Splices splices) {
        setAttribute(
                element,
                member.xml(),
                value.isValueNode() && !value.isNull() ? Optional.of(value.asText()) : Optional.empty(),
                splices);
    }

    private void setAttribute(XmlElement element, String name, Optional<String> value, Splices splices) {
        var there = element.attribute(name);
        if (there.isPresent()) {
            var attribute = there.get();
            if (value.isEmpty()) splices.replace(attribute.start(), attribute.end(), "");
            else if (!value.get().equals(attribute.value()))
                splices.replace(
                        attribute.valueStart(),
                        attribute.valueEnd(),
                        XmlText.escapedValue(value.get(), xml.source().charAt(attribute.valueEnd())));
        } else if (value.isPresent()) {
            var attributes = element.attributes;
            int at = attributes.isEmpty()
                    ? element.nameEnd
                    : attributes.get(attributes.size() - 1).end();
            var space = attributes.isEmpty()
                    ? " "
                    : space(attributes.get(attributes.size() - 1).start());
            splices.insert(at, space + name + "=\"" + XmlText.escapedValue(value.get(), '"') + "\"");
        }
    }

    private String space(int from) {
        int to = from;
        while (Character.isWhitespace(xml.source().charAt(to))) to++;
        return to == from ? " " : xml.source().substring(from, to);
    }

    private void change(XmlElement element, Shape.Multitext member, JsonNode value, Inserts inserts, Splices splices) {
        var child = element.child(member.xml());
        if (child.isPresent()) {
            if (value.isMissingNode() || value.isNull()) remove(child.get(), splices);
            else {
                var inner = new Inserts(child.get(), Shape.TRANSLATION);
                changeForms(child.get(), value, inner, new Shape.Forms("forms"), splices);
                inner.into(splices);
            }
        } else if (value.isObject() && !value.isEmpty())
            inserts.add(member, new LiftWriter("").multitext(member.xml(), value));
    }

    private void changeForms(XmlElement parent, JsonNode value, Inserts inserts, Shape.Member member, Splices splices) {
        Map<String, XmlElement> there = new LinkedHashMap<>();
        for (var form : parent.children("form")) there.putIfAbsent(form.value("lang"), form);
        there.forEach((lang, form) -> {
            var text = value.path(lang);
            if (text.isMissingNode() || text.isNull()) remove(form, splices);
            else if (!text.equals(form(form))) change(form, Shape.FORM, EntryTree.form(text, lang), splices);
        });
        value.properties().forEach(field -> {
            if (!there.containsKey(field.getKey()) && !field.getValue().isNull())
                inserts.add(member, new LiftWriter("").form(field.getKey(), field.getValue()));
        });
    }

    private void change(XmlElement element, ObjectNode wanted, Inserts inserts, Splices splices) {
        var now = read(element, Shape.FORM);
        if (wanted.path("text").equals(now.path("text"))
                && wanted.path("markup").equals(now.path("markup"))) return;
        var content = LiftWriter.textContent(wanted);
        var text = element.child("text");
        if (text.isEmpty()) inserts.add(new Shape.Written("text"), "<text>" + content + "</text>");
        else if (text.get().selfClosing())
            splices.replace(text.get().start, text.get().end, "<text>" + content + "</text>");
        else splices.replace(text.get().openEnd, text.get().closeStart, content);
    }

    private void change(XmlElement element, Shape.One member, JsonNode value, Inserts inserts, Splices splices) {
        var child = element.child(member.xml());
        if (child.isPresent()) {
            if (value.isMissingNode() || value.isNull()) remove(child.get(), splices);
            else change(child.get(), member.shape(), (ObjectNode) value, splices);
        } else if (value.isObject())
            inserts.add(member, new LiftWriter("").element(member.xml(), member.shape(), (ObjectNode) value));
    }

    private void change(XmlElement element, Shape.Many member, JsonNode value, Inserts inserts, Splices splices) {
        var there = element.children(member.xml());
        var now = new ArrayList<ObjectNode>();
        var read = JSON.arrayNode();
        there.forEach(child -> read.add(read(child, member.shape())));
        keyed(read, member).forEach(item -> now.add((ObjectNode) item));
        var wanted = new ArrayList<ObjectNode>();
        value.forEach(item -> wanted.add((ObjectNode) item));
        int[] match = Alignment.of(now, wanted, member, true);
        if (ordered(match)) {
            var kept = new boolean[there.size()];
            XmlElement last = null;
            for (int i = 0; i < match.length; i++) {
                if (match[i] >= 0) {
                    last = there.get(match[i]);
                    kept[match[i]] = true;
                    change(last, member.shape(), wanted.get(i), splices);
                } else {
                    var fresh = new LiftWriter("").element(member.xml(), member.shape(), wanted.get(i));
                    if (last == null) inserts.first(member, fresh, there);
                    else splices.insert(last.end, lead(last) + fresh);
                }
            }
            for (int j = 0; j < kept.length; j++) if (!kept[j]) remove(there.get(j), splices);
        } else {
            // in another order: each goes whole to the place where one stood
            for (int i = 0; i < Math.max(match.length, there.size()); i++) {
                var text = i >= match.length
                        ? ""
                        : match[i] < 0
                                ? new LiftWriter("").element(member.xml(), member.shape(), wanted.get(i))
                                : changed(there.get(match[i]), member.shape(), wanted.get(i));
                if (i >= there.size()) {
                    var last = there.get(there.size() - 1);
                    splices.insert(last.end, lead(last) + text);
                } else if (i >= match.length) remove(there.get(i), splices);
                else splices.replace(there.get(i).start, there.get(i).end, text);
            }
        }
    }

    private static boolean ordered(int[] match) {
        int last = -1;
        for (int place : match) {
            if (place < 0) continue;
            if (place < last) return false;
            last = place;
        }
        return true;
    }

    private String changed(XmlElement element, Shape shape, ObjectNode wanted) {
        var own = new Splices();
        change(element, shape, wanted, own);
        return own.applied(xml.source(), element.start, element.end);
    }

    private void changeResidue(XmlElement element, Shape shape, ObjectNode wanted, Inserts inserts, Splices splices) {
        var attributes = wanted.path(RESIDUE_ATTRIBUTES);
        for (var attribute : element.attributes)
            if (shape.attributeOf(attribute.name()).isEmpty())
                setAttribute(
                        element,
                        attribute.name(),
                        Optional.of(attributes.path(attribute.name()))
                                .filter(JsonNode::isTextual)
                                .map(JsonNode::asText),
                        splices);
        attributes.properties().forEach(field -> {
            if (element.attribute(field.getKey()).isEmpty())
                setAttribute(
                        element, field.getKey(), Optional.of(field.getValue().asText()), splices);
        });
        var unknown = element.children().stream()
                .filter(child -> shape.memberOf(child.name).isEmpty())
                .toList();
        var wantedElements = new ArrayList<String>();
        wanted.path(RESIDUE).forEach(item -> wantedElements.add(item.asText()));
        for (var child : unknown) if (!wantedElements.remove(xml.raw(child))) remove(child, splices);
        for (var fresh : wantedElements) inserts.last(fresh);
    }

    /** With the white space before it. */
    private void remove(XmlElement element, Splices splices) {
        splices.replace(element.start - lead(element).length(), element.end, "");
    }

    /** The white space before an element. */
    private String lead(XmlElement element) {
        int from = element.start;
        while (from > 0 && Character.isWhitespace(xml.source().charAt(from - 1))) from--;
        return xml.source().substring(from, element.start);
    }

    /** What is new in an element: behind its like, in the order of the fields. */
    private final class Inserts {
        private final XmlElement element;
        private final Shape shape;
        private final List<String> inside = new ArrayList<>();
        private final Splices waiting = new Splices();

        Inserts(XmlElement element, Shape shape) {
            this.element = element;
            this.shape = shape;
        }

        void add(Shape.Member member, String text) {
            place(member, text);
        }

        /** Before the first that is there. */
        void first(Shape.Many member, String text, List<XmlElement> there) {
            if (there.isEmpty()) place(member, text);
            else {
                // before its white space, which goes when it goes
                var lead = lead(there.get(0));
                waiting.insert(there.get(0).start - lead.length(), lead + text);
            }
        }

        void last(String text) {
            inside.add(text);
        }

        private void place(Shape.Member member, String text) {
            if (element.selfClosing()) {
                inside.add(text);
                return;
            }
            var names = Shape.names(shape.members());
            int rank = names.indexOf(member.json());
            XmlElement before = null;
            for (var child : element.children()) {
                var other = shape.memberOf(child.name);
                if (other.isPresent() && names.indexOf(other.get().json()) <= rank) before = child;
            }
            var lead =
                    element.children().isEmpty() ? "" : lead(element.children().get(0));
            waiting.insert(before == null ? element.openEnd : before.end, lead + text);
        }

        void into(Splices splices) {
            if (element.selfClosing()) {
                if (!inside.isEmpty())
                    splices.replace(
                            element.openEnd - 2,
                            element.openEnd,
                            ">" + String.join("", inside) + "</" + element.name + ">");
                return;
            }
            waiting.into(splices);
            for (var text : inside) {
                var lead = element.children().isEmpty()
                        ? ""
                        : lead(element.children().get(0));
                int at = element.children().isEmpty()
                        ? element.openEnd
                        : element.children().get(element.children().size() - 1).end;
                splices.insert(at, lead + text);
            }
        }
    }
}
