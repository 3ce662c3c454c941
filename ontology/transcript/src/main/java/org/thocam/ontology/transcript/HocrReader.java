package org.thocam.ontology.transcript;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import org.thocam.ontology.Shown;

/**
 * hOCR 1.2 as XHTML: what was read off the pictures of pages. A segment is a line, or a paragraph, block or page where the text stands in no line;
 * its confidence is the mean of its words' ({@code x_wconf}). A tier is a language; that of the root is the language of the markup and says
 * nothing of the pages.
 */
final class HocrReader {
    private static final String ROOT = "html";
    private static final String TIER = "text";
    private static final int MOST_PAGES = 100_000;
    private static final String PAGE = "ocr_page";
    private static final String WORD = "ocrx_word";

    /** What a text may stand in, from the smallest on. */
    private static final Set<String> HOLDERS = Set.of(
            "ocr_line",
            "ocrx_line",
            "ocr_header",
            "ocr_footer",
            "ocr_caption",
            "ocr_textfloat",
            "ocr_par",
            "ocr_carea",
            "ocrx_block",
            PAGE);

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** In pixels, or whatever the file counts in. */
    private record Box(double left, double top, double right, double bottom) {
        boolean isEmpty() {
            return !(right > left && bottom > top);
        }
    }

    private static final class Open {
        final String kind;
        final String language;
        final Optional<Box> box;
        final String place;
        final StringBuilder text = new StringBuilder();
        /** Of its words, 0 to 100. */
        double confidences;

        int words;
        double wordConfidence = Double.NaN;
        boolean written;

        Open(String kind, String language, Optional<Box> box, String place) {
            this.kind = kind;
            this.language = language;
            this.box = box;
            this.place = place;
        }

        boolean holds() {
            return HOLDERS.contains(kind);
        }
    }

    private final Limits limits;
    private final Warnings warnings;
    private final XmlInput xml;
    private final Deque<Open> open = new ArrayDeque<>();
    private final Map<String, Integer> tiers = new LinkedHashMap<>();
    private final Set<String> images = new LinkedHashSet<>();
    private final List<Segment> segments = new ArrayList<>();
    private int page;
    private int pages;

    private HocrReader(XmlInput xml, Limits limits, Warnings warnings) {
        this.xml = xml;
        this.limits = limits;
        this.warnings = warnings;
    }

    static Transcript read(InputStream in, Limits limits) throws TranscriptException {
        var warnings = new Warnings(limits);
        try (var xml = XmlInput.open(in, ROOT, limits)) {
            var reader = new HocrReader(xml, limits, warnings);
            reader.elements();
            var named = new ArrayList<Tier>();
            for (var language : reader.tiers.keySet())
                named.add(new Tier(TIER, Role.ORTHOGRAPHY, Optional.empty(), "", language, Map.of()));
            var media = reader.images.stream()
                    .map(image -> new Medium(image, "", 0))
                    .toList();
            return new Transcript(Format.HOCR, media, named, reader.segments, warnings.list());
        }
    }

    private void elements() throws TranscriptException {
        open.push(new Open("", "", Optional.empty(), xml.place()));
        for (int next = xml.next(); next != XMLStreamConstants.END_DOCUMENT; next = xml.next())
            switch (next) {
                case XMLStreamConstants.START_ELEMENT -> start();
                case XMLStreamConstants.END_ELEMENT -> end();
                case XMLStreamConstants.CHARACTERS -> characters();
                default -> {
                    // comments and instructions
                }
            }
        if (pages == 0)
            throw new TranscriptException(
                    "no element of the class " + PAGE + ": want hOCR, found another page of HTML");
    }

    private void start() throws TranscriptException {
        var kind = kind(xml.value("class"));
        var title = xml.value("title");
        var parent = open.element();
        var language = xml.value("lang");
        if (language.isEmpty()) language = xml.value("xml:lang");
        var id = xml.value("id");
        if (kind.equals(PAGE)) page(title);
        // outside of a page it is that of the markup
        else if (page == 0) language = "";
        var element = new Open(
                kind,
                language.isEmpty() ? parent.language : Shown.of(language),
                kind.startsWith("ocr") ? box(title) : Optional.empty(),
                id.isEmpty() ? xml.place() : Shown.of(id));
        if (kind.equals(WORD)) element.wordConfidence = confidence(title);
        open.push(element);
    }

    private static String kind(String classes) {
        for (var one : BLANKS.split(classes.strip())) if (HOLDERS.contains(one) || one.equals(WORD)) return one;
        return "";
    }

    private void page(String title) throws TranscriptException {
        if (++pages > MOST_PAGES)
            throw new TranscriptException(xml.place() + ": more than " + MOST_PAGES + " pages: not read");
        int next = page + 1;
        var told = property(title, "ppageno");
        if (told.isPresent()) {
            int number = number(told.get());
            // pages of several files one after the other all begin anew
            if (number + 1 >= next && number < MOST_PAGES) next = number + 1;
            else
                warnings.once(
                        xml.place(),
                        "ppageno " + Shown.of(told.get()) + " is none that follows the page before; counted instead");
        }
        page = next;
        property(title, "image")
                .map(image -> Medium.fileName(image.replace("\"", "").replace("'", "")))
                .filter(image -> !image.isBlank() && images.size() < MOST_PAGES)
                .ifPresent(images::add);
    }

    private static int number(String digits) {
        return digits.matches("[0-9]{1,8}") ? Integer.parseInt(digits) : -1;
    }

    /** The value of a property of a {@code title}: {@code bbox 0 0 10 10; ppageno 0}. */
    private static Optional<String> property(String title, String name) {
        for (var property : title.split(";")) {
            var stripped = property.strip();
            if (stripped.startsWith(name)
                    && stripped.length() > name.length()
                    && Character.isWhitespace(stripped.charAt(name.length())))
                return Optional.of(stripped.substring(name.length()).strip());
        }
        return Optional.empty();
    }

    private Optional<Box> box(String title) {
        var told = property(title, "bbox");
        if (told.isEmpty()) return Optional.empty();
        var parts = BLANKS.split(told.get());
        var edges = new double[4];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = i < parts.length && parts[i].matches("-?[0-9]{1,9}(?:[.][0-9]{1,9})?")
                    ? Double.parseDouble(parts[i])
                    : Double.NaN;
            if (Double.isNaN(edges[i])) {
                warnings.once(
                        xml.place(), "bbox " + Shown.of(told.get()) + ": want four numbers; its place is not known");
                return Optional.empty();
            }
        }
        return Optional.of(new Box(edges[0], edges[1], edges[2], edges[3]));
    }

    private double confidence(String title) {
        var told = property(title, "x_wconf").filter(value -> value.matches("-?[0-9]{1,9}(?:[.][0-9]{1,9})?"));
        return told.map(value -> Math.max(0, Math.min(100, Double.parseDouble(value))))
                .orElse(Double.NaN);
    }

    private void characters() throws TranscriptException {
        if (page == 0) return;
        var holder = holder();
        if (holder == null) {
            if (xml.isText()) warnings.once(xml.place(), "text outside of a page: left out");
            return;
        }
        xml.appendTo(holder.text, holder.place);
        if (xml.isText()) for (var element : open) if (element.kind.equals(WORD)) element.written = true;
    }

    /** The nearest that a text may stand in. */
    private Open holder() {
        for (var element : open) if (element.holds()) return element;
        return null;
    }

    private void end() throws TranscriptException {
        // the root's own end comes last
        if (open.size() == 1) return;
        var element = open.pop();
        if (element.kind.equals(WORD)) {
            var holder = holder();
            if (holder != null && element.written && !Double.isNaN(element.wordConfidence)) {
                holder.confidences += element.wordConfidence;
                holder.words++;
            }
        } else if (element.holds()) segment(element);
    }

    private void segment(Open element) throws TranscriptException {
        var text = BLANKS.matcher(element.text).replaceAll(" ").strip();
        if (text.isEmpty()) return;
        if (segments.size() >= limits.segments())
            throw new TranscriptException(element.place + ": more than " + limits.segments() + " lines: not read");
        var confidence = element.words == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(element.confidences / element.words / 100);
        segments.add(new Segment(
                tier(element),
                Optional.empty(),
                text,
                Optional.empty(),
                element.place,
                Optional.of(region(element, confidence))));
    }

    private int tier(Open element) throws TranscriptException {
        var known = tiers.get(element.language);
        if (known != null) return known;
        if (tiers.size() >= limits.tiers())
            throw new TranscriptException(element.place + ": more than " + limits.tiers() + " languages: not read");
        tiers.put(element.language, tiers.size());
        return tiers.size() - 1;
    }

    private Region region(Open element, OptionalDouble confidence) {
        var sheet = element.kind.equals(PAGE) ? element.box : pageBox();
        if (sheet.isEmpty()
                || sheet.get().isEmpty()
                || element.box.isEmpty()
                || element.box.get().isEmpty()) return new Region(page, 0, 0, 1, 1, confidence);
        var whole = sheet.get();
        var box = element.box.get();
        double width = whole.right() - whole.left();
        double height = whole.bottom() - whole.top();
        double left = Math.max(box.left(), whole.left());
        double top = Math.max(box.top(), whole.top());
        double right = Math.min(box.right(), whole.right());
        double bottom = Math.min(box.bottom(), whole.bottom());
        if (right <= left || bottom <= top) return new Region(page, 0, 0, 1, 1, confidence);
        return new Region(
                page,
                (left - whole.left()) / width,
                (top - whole.top()) / height,
                (right - left) / width,
                (bottom - top) / height,
                confidence);
    }

    private Optional<Box> pageBox() {
        for (var element : open) if (element.kind.equals(PAGE)) return element.box;
        return Optional.empty();
    }
}
