package org.thocam.dictionary.exchange.dmlex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.thocam.dictionary.exchange.Draft;
import org.thocam.dictionary.exchange.FormatException;
import org.thocam.dictionary.exchange.XmlStream;
import org.thocam.dictionary.exchange.XmlTree;

/** DMLex in XML: the same model as in JSON, where a list is a run of elements and a short value is an attribute. */
final class XmlForm {
    static final String NAMESPACE = "http://docs.oasis-open.org/lexidma/ns/dmlex-1.0";

    /** @param value the attribute that an element's text in JSON stands in; empty where JSON has an object */
    private record Many(String list, String element, String value) {}

    private static final Map<String, Many> BY_LIST = Set.of(
                    new Many("partsOfSpeech", "partOfSpeech", "tag"),
                    new Many("labels", "label", "tag"),
                    new Many("pronunciations", "pronunciation", ""),
                    new Many("transcriptions", "transcription", ""),
                    new Many("inflectedForms", "inflectedForm", ""),
                    new Many("senses", "sense", ""),
                    new Many("definitions", "definition", ""),
                    new Many("examples", "example", ""),
                    new Many("exampleTranslations", "exampleTranslation", ""),
                    new Many("headwordTranslations", "headwordTranslation", ""),
                    new Many("headwordExplanations", "headwordExplanation", ""),
                    new Many("etymologies", "etymology", ""),
                    new Many("etymons", "etymon", ""),
                    new Many("etymonUnits", "etymonUnit", ""),
                    new Many("members", "member", ""))
            .stream()
            .collect(Collectors.toMap(Many::list, Function.identity()));

    private static final Map<String, Many> BY_ELEMENT =
            BY_LIST.values().stream().collect(Collectors.toMap(Many::element, Function.identity()));

    private static final Set<String> ELEMENTS =
            Set.of("headword", "text", "indicator", "description", "note", "translation");

    private XmlForm() {}

    static void read(InputStream in, DmLex.Parts parts) throws FormatException {
        var stream = new XmlStream(in);
        var root = stream.next().orElseThrow();
        boolean found = false;
        var next = java.util.Optional.of(root);
        for (; next.isPresent(); next = stream.next()) {
            var element = next.get();
            switch (element.name()) {
                case "lexicographicResource" -> {
                    found = true;
                    parts.language(element.attribute("langCode"));
                }
                case "entry" -> {
                    found = true;
                    parts.entry(json(stream.whole(element)), element.line());
                }
                case "relation" -> parts.relation(json(stream.whole(element)), element.line());
                case "translationLanguage" -> parts.translationLanguage(element.attribute("langCode"));
                default -> {
                    // any other root may hold resources or entries
                    if (element == root) continue;
                    if (!found) break;
                    stream.whole(element);
                    parts.unknown("lexicographicResource/" + element.name());
                }
            }
        }
        if (!found)
            throw XmlStream.fault(
                    root.line(),
                    "not-dmlex",
                    "want <lexicographicResource> or <entry>, found <" + root.name() + "> without one");
    }

    private static ObjectNode json(XmlTree element) {
        var node = Draft.begun();
        element.attributes().forEach(node::put);
        for (var child : element.children()) {
            var many = BY_ELEMENT.get(child.name());
            if (many != null && !many.value().isEmpty())
                node.withArray(many.list()).add(child.attribute(many.value()));
            else if (many != null) node.withArray(many.list()).add(json(child));
            else if (node.has(child.name()))
                node.put(child.name(), node.get(child.name()).asText() + "; " + child.text());
            else node.put(child.name(), child.text());
        }
        return node;
    }

    private static XmlTree xml(String name, ObjectNode node) {
        var element = new XmlTree(name);
        node.properties().forEach(member -> {
            var key = member.getKey();
            var value = member.getValue();
            if (value.isArray()) {
                var many = BY_LIST.get(key);
                for (JsonNode one : value) {
                    if (many.value().isEmpty()) element.add(xml(many.element(), (ObjectNode) one));
                    else element.child(many.element()).with(many.value(), one.asText());
                }
            } else if (ELEMENTS.contains(key)) element.child(key).text(value.asText());
            else element.with(key, value.asText());
        });
        return element;
    }

    static final class Writing implements DmLex.Writing {
        private final OutputStream out;

        Writing(OutputStream out) {
            this.out = out;
        }

        @Override
        public void begin(ObjectNode head) throws IOException {
            var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<lexicographicResource xmlns=\"")
                    .append(NAMESPACE)
                    .append('"');
            head.properties().forEach(member -> text.append(' ')
                    .append(member.getKey())
                    .append("=\"")
                    .append(XmlTree.escaped(member.getValue().asText(), true))
                    .append('"'));
            put(text.append(">\n").toString());
        }

        @Override
        public void entry(ObjectNode entry) throws IOException {
            put(xml("entry", entry));
        }

        @Override
        public void languages(Set<String> translationLanguages) throws IOException {
            for (var language : translationLanguages)
                put(new XmlTree("translationLanguage").with("langCode", language));
        }

        @Override
        public void relation(ObjectNode relation) throws IOException {
            put(xml("relation", relation));
        }

        @Override
        public void end() throws IOException {
            put("</lexicographicResource>\n");
            out.flush();
        }

        private void put(XmlTree element) throws IOException {
            var text = new StringBuilder(" ");
            element.write(text, 1);
            put(text.append('\n').toString());
        }

        private void put(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
