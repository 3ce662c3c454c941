package org.thocam.ontology.exchange.cite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Place;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Description;
import org.thocam.ontology.exchange.FileRecord;
import org.thocam.ontology.exchange.UnreadableRecordException;
import org.thocam.ontology.reference.DcmiTypes;
import org.thocam.ontology.reference.People;

/** RIS, as Research Information Systems published it: a tag of two characters, two spaces, a hyphen, a space, the value. UTF-8. */
public final class Ris {
    private static final Pattern LINE = Pattern.compile("([A-Z][A-Z0-9])  -(?: (.*))?");
    private static final Map<String, String> TYPES = Map.of(
            "Sound",
            "SOUND",
            "MovingImage",
            "VIDEO",
            "StillImage",
            "ART",
            "Image",
            "ART",
            "Dataset",
            "DATA",
            "Software",
            "COMP");
    private static final Map<String, String> DCMI = Map.of(
            "SOUND",
            "Sound",
            "MUSIC",
            "Sound",
            "VIDEO",
            "MovingImage",
            "MPCT",
            "MovingImage",
            "ART",
            "StillImage",
            "FIGURE",
            "StillImage",
            "MAP",
            "StillImage",
            "DATA",
            "Dataset",
            "COMP",
            "Software");

    private record Tagged(String tag, String value) {}

    private Ris() {}

    /** One record, with its end. */
    public static String of(CatalogueRecord record) {
        var item = record.item();
        var out = new StringBuilder();
        boolean book = item.type().equals("Text") && !record.terms("publisher").isEmpty();
        line(out, "TY", TYPES.getOrDefault(item.type(), book ? "BOOK" : "GEN"));
        line(out, "ID", item.id().value());
        line(out, "TI", item.title().shown());
        item.title().texts().values().stream()
                .filter(title -> !title.equals(item.title().shown()))
                .forEach(title -> line(out, "TT", title));
        item.creators().forEach(name -> line(out, "AU", name));
        record.terms("contributor").forEach(term -> line(out, "A2", term.value()));
        record.year().ifPresent(year -> line(out, "PY", year));
        if (!item.date().isBlank()) line(out, "DA", item.date().replace('-', '/'));
        record.terms("publisher").forEach(term -> line(out, "PB", term.value()));
        item.place().filter(place -> !place.name().isBlank()).ifPresent(place -> line(out, "CY", place.name()));
        record.terms("isPartOf")
                .forEach(term -> line(out, term.qualifier().equals("series") ? "T3" : "T2", term.value()));
        record.languages().forEach(tag -> line(out, "LA", tag.value()));
        item.description().texts().values().forEach(text -> line(out, "AB", text));
        item.people().forEach(id -> line(out, "KW", People.shown(id)));
        record.terms("subject").forEach(term -> line(out, "KW", term.value()));
        item.identifiers().forEach(text -> line(out, identifierTag(text), text));
        if (!item.type().isBlank()) line(out, "M3", item.type());
        line(out, "UR", record.page());
        return out.append("ER  - \r\n\r\n").toString();
    }

    private static String identifierTag(String text) {
        if (text.contains("doi.org/") || text.startsWith("10.")) return "DO";
        if (CatalogueRecord.isWebAddress(text)) return "UR";
        return text.matches("[0-9Xx -]{8,17}") ? "SN" : "AN";
    }

    private static void line(StringBuilder out, String tag, String value) {
        out.append(tag)
                .append("  - ")
                .append(value.strip().replaceAll("[\\p{Cntrl}\\s]+", " "))
                .append("\r\n");
    }

    /** Tells of every record, in the order of the file. */
    public static void read(Path path, Consumer<FileRecord> to) throws IOException {
        try (var in = new BufferedReader(
                new InputStreamReader(Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS), StandardCharsets.UTF_8))) {
            var lines = new BoundedLines(in, Citation.LONGEST);
            var tagged = new ArrayList<Tagged>();
            long number = 0;
            long start = 0;
            long size = 0;
            for (var line = lines.next(); line != null; line = lines.next()) {
                var matcher = LINE.matcher(line.replace("\uFEFF", "").stripTrailing());
                if (!matcher.matches()) {
                    // a long value goes on in the next line
                    if (!tagged.isEmpty() && !line.isBlank() && size < Citation.LONGEST) {
                        var last = tagged.remove(tagged.size() - 1);
                        tagged.add(new Tagged(last.tag, last.value + " " + line.strip()));
                        size += line.length();
                    }
                    continue;
                }
                var tag = matcher.group(1);
                if (tag.equals("TY") && !tagged.isEmpty()) {
                    to.accept(described(tagged, ++number, start, size));
                    tagged.clear();
                }
                if (tagged.isEmpty()) {
                    start = lines.number();
                    size = 0;
                }
                if (tag.equals("ER")) {
                    if (!tagged.isEmpty()) to.accept(described(tagged, ++number, start, size));
                    tagged.clear();
                    continue;
                }
                size += line.length() + 20;
                if (size <= Citation.LONGEST)
                    tagged.add(new Tagged(
                            tag,
                            matcher.group(2) == null ? "" : matcher.group(2).strip()));
            }
            if (!tagged.isEmpty()) to.accept(described(tagged, ++number, start, size));
        }
    }

    private static FileRecord described(List<Tagged> tagged, long number, long line, long size) {
        if (size > Citation.LONGEST)
            return new FileRecord.Faulty(number, line, "the record is longer than " + Citation.LONGEST + " characters");
        try {
            var name = tagged.stream()
                    .filter(one -> one.tag.equals("ID"))
                    .map(Tagged::value)
                    .findFirst()
                    .orElse("");
            return new FileRecord.Described(number, line, name, describe(tagged));
        } catch (UnreadableRecordException | IllegalArgumentException e) {
            return new FileRecord.Faulty(number, line, e.getMessage());
        }
    }

    private static Description describe(List<Tagged> tagged) {
        var draft = new Description.Draft();
        var where = new ArrayList<String>();
        var und = LanguageTag.UNDETERMINED;
        boolean typed = tagged.stream().anyMatch(one -> one.tag.equals("M3") && DcmiTypes.ALL.contains(one.value));
        boolean exact = tagged.stream().anyMatch(one -> one.tag.equals("DA") && !one.value.isBlank());
        for (var one : tagged) {
            var value = one.value;
            if (value.isBlank()) continue;
            switch (one.tag) {
                case "TY" -> {
                    if (!typed) draft.type(DCMI.getOrDefault(value, value.equals("GEN") ? "" : "Text"));
                }
                case "TI", "T1", "CT" -> draft.title(und, value);
                case "BT", "T2", "JO", "JF", "JA", "J1", "J2" -> Citation.term(draft, "isPartOf", value);
                case "T3" -> draft.term("isPartOf", value, und, "series");
                case "TT", "ST" -> Citation.term(draft, "alternative", value);
                case "AU", "A1" -> draft.creator(value);
                case "A2", "A3", "A4", "ED" ->
                    draft.term("contributor", value, und, one.tag.equals("ED") ? "editor" : "");
                case "DA" -> draft.date(date(value));
                case "PY", "Y1" -> {
                    if (!exact) draft.date(date(value));
                }
                case "AB", "N2", "N1", "RN" -> draft.description(und, value);
                case "KW" -> Citation.keyword(draft, value);
                case "PB" -> Citation.term(draft, "publisher", value);
                case "CY", "PP" -> draft.place(new Place(value, null, null));
                case "SN", "DO", "UR", "L1", "L2", "AN", "LK" -> draft.identifier(value);
                case "LA" -> Citation.language(draft, value);
                case "M3" -> draft.type(value);
                case "VL", "IS", "SP", "EP", "ET", "M1", "SE" -> where.add(one.tag + " " + value);
                default -> {
                    // ID names the record; the others are notes of a program
                }
            }
        }
        if (!where.isEmpty()) Citation.term(draft, "bibliographicCitation", String.join(", ", where));
        return draft.done();
    }

    /** {@code YYYY/MM/DD/other}, of which only the year has to be there. */
    private static String date(String text) {
        var date = text.replaceAll("/+$", "").replace('/', '-');
        return CatalogueRecord.isDate(date) ? date : text.strip();
    }
}
