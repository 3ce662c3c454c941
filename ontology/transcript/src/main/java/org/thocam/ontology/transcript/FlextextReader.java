package org.thocam.ontology.transcript;

import com.ctc.wstx.api.WstxInputProperties;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.thocam.ontology.Shown;

/**
 * FLExText (FlexInterlinear.xsd) and FieldWorks' older "verifiable generic XML", in which a phrase is a {@code word} in {@code phrases}. A tier
 * is a level, a type of item and a language, as in {@code word/gls[en]}, for each speaker. What stands under a phrase hangs on its text, which is
 * put together from the words where the file has none; what stands under a word hangs on the word's text, and so for morphs.
 */
final class FlextextReader {
    /** An attribute of a tier that is not in the file: which tier its texts were put together from. */
    static final String REBUILT = "rebuilt";

    private static final List<String> LEVELS = List.of("text", "phrase", "word", "morph");

    /** A text, a phrase, a word or a morph while it is open. */
    private static final class Unit {
        final String level;
        final Unit above;
        Item text;

        Unit(String level, Unit above) {
            this.level = level;
            this.above = above;
        }
    }

    private static final class Item {
        final Unit of;
        final String type;
        final String language;
        final String place;
        final StringBuilder text = new StringBuilder();
        boolean rebuilt;
        int number;

        Item(Unit of, String type, String language, String place) {
            this.of = of;
            this.type = type;
            this.language = language;
            this.place = place;
        }

        /** What is said itself, not what is said about it. */
        boolean isText() {
            return type.equals("txt") || type.equals("punct");
        }
    }

    private record Phrase(Unit unit, String speaker, Optional<Span> span, String place, List<Item> items) {}

    private final XMLStreamReader xml;
    private final Limits limits;
    private final Gathering gathering;
    private final List<String> open = new ArrayList<>();
    private final List<Unit> units = new ArrayList<>();
    private final Set<String> used = new HashSet<>();
    private final Set<String> media = new HashSet<>();
    private Phrase phrase;
    private Item item;

    private FlextextReader(XMLStreamReader xml, Limits limits) {
        this.xml = xml;
        this.limits = limits;
        this.gathering = new Gathering(Format.FLEXTEXT, limits);
    }

    static Transcript read(InputStream in, Limits limits) throws TranscriptException {
        try {
            var xml = factory(limits).createXMLStreamReader(in);
            try {
                return new FlextextReader(xml, limits).read();
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            throw new TranscriptException(
                    "FLExText cannot be read as XML: " + Shown.of(String.valueOf(e.getMessage())), e);
        }
    }

    private static XMLInputFactory factory(Limits limits) {
        var factory = XmlInput.factory(limits);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, 1 << 16);
        factory.setProperty(WstxInputProperties.P_MAX_TEXT_LENGTH, limits.characters());
        return factory;
    }

    private Transcript read() throws XMLStreamException, TranscriptException {
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> start();
                case XMLStreamConstants.END_ELEMENT -> end();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (item != null) append(item.text, xml.getText(), item.place);
                }
                default -> {
                    // comments and instructions say nothing
                }
            }
        }
        used.removeAll(media);
        if (!used.isEmpty())
            gathering.warn(used.size() + " recordings that phrases name are not among the media files, such as '"
                    + Shown.of(used.iterator().next()) + "'");
        return gathering.transcript();
    }

    private void start() throws TranscriptException {
        var name = xml.getLocalName();
        if (open.isEmpty() && !name.equals("document"))
            throw new TranscriptException(
                    place() + ": the root element is '" + Shown.of(name) + "': FLExText wants 'document'");
        var parent = open.isEmpty() ? "" : open.get(open.size() - 1);
        open.add(name);
        units.add(null);
        switch (name) {
            case "interlinear-text" -> {
                if (fits("text")) begin("text");
            }
            case "phrase" -> phrase();
            case "word" -> {
                if (parent.equals("phrases")) phrase();
                else if (phrase != null && fits("word")) begin("word");
            }
            case "morph" -> {
                if (phrase != null && fits("morph")) begin("morph");
            }
            case "item" -> {
                if (item == null) item(parent);
            }
            case "media" -> medium();
            default -> {
                // a list, or what this reader does not know
            }
        }
    }

    private void end() throws TranscriptException {
        var name = open.remove(open.size() - 1);
        var unit = units.remove(units.size() - 1);
        if (name.equals("item") && item != null) {
            var ended = item;
            item = null;
            keep(ended);
        } else if (phrase != null && unit == phrase.unit()) {
            var ended = phrase;
            phrase = null;
            keep(ended);
        }
    }

    /** A unit within one of its own level or below would hang in a circle; what is in it is read as part of the outer one. */
    private boolean fits(String level) {
        var outer = current();
        if (outer == null || LEVELS.indexOf(outer.level) < LEVELS.indexOf(level)) return true;
        gathering.warn(place() + ": a " + level + " within a " + outer.level + "; it is read as part of the outer one");
        return false;
    }

    private Unit begin(String level) {
        var unit = new Unit(level, current());
        units.set(units.size() - 1, unit);
        return unit;
    }

    /** The innermost unit that is open, null where none is. */
    private Unit current() {
        for (int i = units.size() - 1; i >= 0; i--) if (units.get(i) != null) return units.get(i);
        return null;
    }

    private void phrase() throws TranscriptException {
        if (!fits("phrase")) return;
        var guid = attribute("media-file");
        if (!guid.isEmpty() && used.size() < limits.segments()) used.add(guid);
        phrase = new Phrase(begin("phrase"), attribute("speaker"), span(), place(), new ArrayList<>());
    }

    private Optional<Span> span() {
        var begin = attribute("begin-time-offset");
        var end = attribute("end-time-offset");
        if (begin.isEmpty() && end.isEmpty()) return Optional.empty();
        var from = offset(begin);
        var to = offset(end);
        if (from.isEmpty() && to.isEmpty()) {
            gathering.warn(place() + ": begin-time-offset '" + Shown.of(begin) + "' and end-time-offset '"
                    + Shown.of(end) + "': want milliseconds; the phrase is kept without a time");
            return Optional.empty();
        }
        if (from.isPresent() && to.isPresent()) return Optional.of(gathering.span(from.get(), to.get(), place()));
        long point = from.or(() -> to).get();
        gathering.warn(place() + ": the phrase has one side of its time alone; it is kept as a point");
        return Optional.of(new Span(point, point, true));
    }

    /** The schema says string; FieldWorks writes milliseconds. */
    private static Optional<Long> offset(String text) {
        if (!text.matches("[0-9]{1,15}(\\.[0-9]{1,9})?")) return Optional.empty();
        return Optional.of(Math.round(Double.parseDouble(text)));
    }

    private void item(String parent) throws TranscriptException {
        var level = parent.equals("interlinear-text")
                || parent.equals("paragraph")
                || parent.equals("phrase")
                || parent.equals("word")
                || parent.equals("morph");
        var unit = current();
        if (!level || unit == null) {
            gathering.warn(place() + ": an item in '" + Shown.of(parent) + "' is not read");
            return;
        }
        item = new Item(unit, attribute("type"), attribute("lang"), place());
    }

    private void keep(Item ended) throws TranscriptException {
        if (phrase == null) {
            gathering.add(tier(ended, ""), Optional.empty(), ended.text.toString(), Optional.empty(), ended.place);
            return;
        }
        if (gathering.size() + phrase.items().size() >= limits.segments())
            throw new TranscriptException(ended.place + ": more than " + limits.segments() + " segments: not read");
        // a word that is a punctuation mark alone is its own text; a morph or a phrase has "txt" only
        if (ended.isText() && ended.of.text == null) ended.of.text = ended;
        phrase.items().add(ended);
    }

    private void keep(Phrase ended) throws TranscriptException {
        var items = ended.items();
        if (ended.unit().text == null)
            baseline(ended).ifPresent(text -> {
                ended.unit().text = text;
                items.add(0, text);
            });
        int first = gathering.size();
        for (int i = 0; i < items.size(); i++) items.get(i).number = first + i;
        for (var of : items) {
            var parent = parent(of);
            int tier = tier(of, ended.speaker());
            gathering.add(tier, ended.span(), of.text.toString(), parent.map(on -> on.number), of.place);
            if (parent.isPresent()) gathering.hang(tier, tier(parent.get(), ended.speaker()));
        }
    }

    /** A text hangs on the text of the unit above; what is said about a unit hangs on its text. */
    private static Optional<Item> parent(Item item) {
        for (var unit = item.isText() ? item.of.above : item.of; unit != null; unit = unit.above)
            if (unit.text != null) return Optional.of(unit.text);
        return Optional.empty();
    }

    /** The phrase as it is read aloud: words with a space between, marks joined to the word that Unicode says they belong to. */
    private Optional<Item> baseline(Phrase of) throws TranscriptException {
        Item whole = null;
        boolean joined = true;
        boolean quoted = false;
        for (var word : of.items()) {
            if (!word.of.level.equals("word") || word.of.text != word) continue;
            if (whole == null) {
                whole = new Item(of.unit(), "txt", word.language, of.place());
                whole.rebuilt = true;
            }
            boolean opens = word.type.equals("punct") && opens(word.text, quoted);
            boolean closes = word.type.equals("punct") && !opens && closes(word.text);
            if (word.type.equals("punct") && word.text.toString().strip().equals("\"")) quoted = !quoted;
            if (!joined && !closes) whole.text.append(' ');
            append(whole.text, word.text.toString(), of.place());
            joined = opens;
        }
        return Optional.ofNullable(whole);
    }

    private static boolean opens(CharSequence mark, boolean quoted) {
        int c = first(mark);
        if (c == '"') return !quoted;
        int type = Character.getType(c);
        return type == Character.START_PUNCTUATION
                || type == Character.INITIAL_QUOTE_PUNCTUATION
                || c == '¿'
                || c == '¡';
    }

    private static boolean closes(CharSequence mark) {
        int type = Character.getType(first(mark));
        return type == Character.END_PUNCTUATION
                || type == Character.FINAL_QUOTE_PUNCTUATION
                || type == Character.OTHER_PUNCTUATION;
    }

    private static int first(CharSequence text) {
        var stripped = text.toString().strip();
        return stripped.isEmpty() ? ' ' : stripped.codePointAt(0);
    }

    private int tier(Item of, String speaker) throws TranscriptException {
        var name = of.of.level + "/" + of.type + "[" + of.language + "]";
        return gathering.tier(
                name,
                role(of.of.level, of.type),
                speaker,
                of.language,
                of.rebuilt ? Map.of(REBUILT, "word/txt[" + of.language + "]") : Map.of());
    }

    private static Role role(String level, String type) {
        return switch (type) {
            case "txt", "cf" ->
                level.equals("word") ? Role.WORD : level.equals("morph") ? Role.MORPHEME : Role.TRANSCRIPTION;
            case "gls", "glsAppend" -> level.equals("word") || level.equals("morph") ? Role.GLOSS : Role.TRANSLATION;
            case "lit" -> Role.TRANSLATION;
            case "msa", "pos" -> Role.PART_OF_SPEECH;
            case "note", "comment" -> Role.NOTE;
            case "segnum" -> Role.REFERENCE;
            default -> Role.OTHER;
        };
    }

    private void medium() throws TranscriptException {
        var guid = attribute("guid");
        if (media.size() < limits.segments()) media.add(guid);
        var name = Medium.fileName(attribute("location"));
        if (!name.isEmpty()) gathering.medium(new Medium(name, "", 0));
    }

    private void append(StringBuilder to, String text, String place) throws TranscriptException {
        if (to.length() + text.length() > limits.characters())
            throw new TranscriptException(
                    place + ": a text of more than " + limits.characters() + " characters: not read");
        to.append(text);
    }

    private String attribute(String name) {
        var value = xml.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    private String place() {
        return "line " + xml.getLocation().getLineNumber();
    }
}
