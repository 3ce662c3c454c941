package org.thocam.dictionary.lift;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.thocam.ontology.Shown;

/**
 * The lists of values that a lexicon chooses from: parts of speech, semantic domains and others. They stand in the header or in
 * {@code .lift-ranges} files. Names are compared composed (NFC), because FLEx writes them composed here and decomposed there.
 */
public final class LiftRanges {
    public static final LiftRanges NONE = new LiftRanges(List.of());
    /** Bytes; the largest known has 1.5 million. */
    static final int LARGEST = 16 << 20;

    /**
     * A value.
     *
     * @param id what entries name it by, as written
     * @param parent the id of the value that it is a kind of; empty for a top one
     * @param labels by language, as are the others
     * @param reverseLabels FLEx: a lexical relation's name seen from its other end
     */
    public record Element(
            String id,
            String guid,
            String parent,
            Map<String, String> labels,
            Map<String, String> abbreviations,
            Map<String, String> descriptions,
            Map<String, String> reverseLabels) {
        /** In the first of these languages that it has a label in; without one any label, or its id. */
        public String label(String... languages) {
            for (var language : languages) {
                var label = labels.getOrDefault(language, "");
                if (!label.isBlank()) return label;
            }
            return labels.values().stream()
                    .filter(label -> !label.isBlank())
                    .findFirst()
                    .orElse(id);
        }
    }

    public static final class Range {
        private final String id;
        private final String guid;
        private final String href;
        private final Map<String, String> labels;
        private final List<Element> elements;
        private final Map<String, Element> byId = new HashMap<>();
        private final Map<String, List<Element>> byParent = new HashMap<>();
        private final Set<String> reversed = new HashSet<>();

        Range(String id, String guid, String href, Map<String, String> labels, List<Element> elements) {
            this.id = id;
            this.guid = guid;
            this.href = href;
            this.labels = labels;
            this.elements = List.copyOf(elements);
            for (var element : elements) {
                byId.putIfAbsent(composed(element.id()), element);
                element.reverseLabels().values().forEach(label -> reversed.add(composed(label)));
                byParent.computeIfAbsent(composed(element.parent()), none -> new ArrayList<>())
                        .add(element);
            }
        }

        public String id() {
            return id;
        }

        public String guid() {
            return guid;
        }

        /** Where its values are, as written; empty where no place is named. */
        public String href() {
            return href;
        }

        public Map<String, String> labels() {
            return labels;
        }

        /** In their order. */
        public List<Element> elements() {
            return elements;
        }

        public Optional<Element> element(String elementId) {
            return Optional.ofNullable(byId.get(composed(elementId)));
        }

        /** Those directly under a value; under {@code ""} the top ones. */
        public List<Element> under(String elementId) {
            return List.copyOf(byParent.getOrDefault(composed(elementId), List.of()));
        }

        /** The value and all under it, however deep. */
        public List<Element> within(String elementId) {
            var found = new LinkedHashMap<String, Element>();
            element(elementId).ifPresent(top -> found.put(composed(top.id()), top));
            var open = new ArrayList<>(found.values());
            for (int i = 0; i < open.size(); i++)
                for (var child : under(open.get(i).id()))
                    if (found.putIfAbsent(composed(child.id()), child) == null) open.add(child);
            return List.copyOf(found.values());
        }

        /** Whether entries may name this value: by its id, or a relation from its other end. */
        boolean knows(String value) {
            return byId.containsKey(composed(value)) || reversed.contains(composed(value));
        }
    }

    private final Map<String, Range> ranges = new LinkedHashMap<>();

    private LiftRanges(List<Range> ranges) {
        ranges.forEach(range -> this.ranges.merge(
                composed(range.id()), range, (one, other) -> one.elements().isEmpty() ? other : one));
    }

    /** Those of a LIFT file's header. */
    public static LiftRanges inline(LiftFile.Frame frame) {
        var found = new ArrayList<Range>();
        frame.root().child("header").flatMap(header -> header.child("ranges")).ifPresent(ranges -> ranges.children(
                        "range")
                .forEach(range -> found.add(range(range))));
        return new LiftRanges(found);
    }

    /**
     * Those of a {@code .lift-ranges} file.
     *
     * @param in UTF-8, at most 16 MiB
     * @param problems told what is wrong in it, by this file's own lines
     * @throws LiftException if it is not well-formed or no list of ranges
     */
    public static LiftRanges read(InputStream in, Consumer<LiftProblem> problems) throws IOException, LiftException {
        var bytes = in.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST)
            throw new LiftException(
                    1, LiftProblem.Code.NOT_WELL_FORMED, "want ranges of at most " + LARGEST + " bytes, found more");
        var text = decoded(bytes);
        if (text.contains("<!DOCTYPE"))
            throw new LiftException(
                    1,
                    LiftProblem.Code.NOT_WELL_FORMED,
                    "a document type declaration is not read; remove <!DOCTYPE ...>");
        var xml = XmlText.document(text, text.startsWith("\uFEFF") ? 1 : 0);
        var root = xml.root();
        if (!root.name.equals("lift-ranges"))
            throw new LiftException(
                    new Lines(xml.source(), 1).of(root.start),
                    LiftProblem.Code.NOT_LIFT,
                    "want <lift-ranges> as the root, found <" + Shown.of(root.name) + ">");
        var lines = new Lines(xml.source(), 1);
        Schema.Faults faults =
                (code, at, message) -> problems.accept(new LiftProblem(code, lines.of(at.start), "", message));
        Schema.check(root, Shape.LIFT_RANGES, (code, at, message) -> {
            // FLEx's own, in each of its files: kept, and no fault of anybody's data
            boolean flex = at.name.equals("field") || at.name.equals("trait");
            if (!flex) faults.fault(code, at, message);
        });
        check(root, faults);
        var found = new ArrayList<Range>();
        root.children("range").forEach(range -> found.add(range(range)));
        return new LiftRanges(found);
    }

    private static String decoded(byte[] bytes) throws LiftException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new LiftException(1, LiftProblem.Code.NOT_WELL_FORMED, "bytes that are not UTF-8: " + e.getMessage());
        }
    }

    /** Parents that are there, and guids that are unique within their range; FLEx uses one guid in two ranges. */
    static void check(XmlElement parent, Schema.Faults faults) {
        for (var range : parent.children("range")) {
            var ids = new HashSet<String>();
            var guids = new HashSet<String>();
            for (var element : range.children("range-element")) {
                var id = composed(element.value("id"));
                ids.add(id); // FLEx's own lists have two of one name: the first counts
                var guid = element.value("guid");
                if (!guid.isEmpty() && !guids.add(guid))
                    faults.fault(
                            LiftProblem.Code.DUPLICATE_GUID,
                            element,
                            "range '" + Shown.of(range.value("id")) + "' has the guid " + Shown.of(guid) + " already");
            }
            for (var element : range.children("range-element")) {
                var above = composed(element.value("parent"));
                if (!above.isEmpty() && !ids.contains(above))
                    faults.fault(
                            LiftProblem.Code.RANGE_PARENT,
                            element,
                            "parent '" + Shown.of(element.value("parent")) + "' of '" + Shown.of(element.value("id"))
                                    + "' is not in range '" + Shown.of(range.value("id")) + "'");
            }
        }
    }

    private static Range range(XmlElement range) {
        var elements = range.children("range-element").stream()
                .map(element -> new Element(
                        element.value("id"),
                        element.value("guid"),
                        element.value("parent"),
                        texts(element.child("label")),
                        texts(element.child("abbrev")),
                        texts(element.child("description")),
                        texts(element.children("field").stream()
                                .filter(field -> field.value("type").equals("reverse-label"))
                                .findFirst())))
                .toList();
        return new Range(
                range.value("id"), range.value("guid"), range.value("href"), texts(range.child("label")), elements);
    }

    private static Map<String, String> texts(Optional<XmlElement> multitext) {
        if (multitext.isEmpty()) return Map.of();
        var texts = new LinkedHashMap<String, String>();
        for (var form : multitext.get().children("form"))
            form.child("text").ifPresent(text -> texts.putIfAbsent(form.value("lang"), text.text()));
        return Collections.unmodifiableMap(texts);
    }

    /** Both; where both have a range, this one's if it has values. */
    public LiftRanges and(LiftRanges others) {
        var all = new ArrayList<>(ranges.values());
        all.addAll(others.ranges.values());
        return new LiftRanges(all);
    }

    public List<Range> ranges() {
        return List.copyOf(ranges.values());
    }

    public Optional<Range> range(String id) {
        return Optional.ofNullable(ranges.get(composed(id)));
    }

    public Optional<Range> partsOfSpeech() {
        return range("grammatical-info");
    }

    /** The lexicon's list of domains, of whatever system: {@code semantic-domain-ddp4}, or another {@code semantic-domain…}. */
    public Optional<Range> semanticDomains() {
        return range("semantic-domain-ddp4").or(() -> ranges.values().stream()
                .filter(range ->
                        range.id().startsWith("semantic-domain") || range.id().startsWith("semantic_domain"))
                .findFirst());
    }

    static String composed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }
}
