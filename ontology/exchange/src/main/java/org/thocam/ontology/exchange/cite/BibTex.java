package org.thocam.ontology.exchange.cite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jbibtex.BibTeXEntry;
import org.jbibtex.BibTeXParser;
import org.jbibtex.ParseException;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Term;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Description;
import org.thocam.ontology.exchange.FileRecord;
import org.thocam.ontology.exchange.UnreadableRecordException;
import org.thocam.ontology.reference.People;

/** BibTeX 0.99 in UTF-8. The key of an entry is the item's id, so that it is one's own and stays. */
public final class BibTex {
    /** Abbreviations that a file may define for itself. */
    private static final int MOST_STRINGS = 1 << 16;

    /** The parser goes down with every brace. */
    private static final int DEEPEST = 100;

    private BibTex() {}

    public static String of(CatalogueRecord record) {
        var item = record.item();
        var fields = new LinkedHashMap<String, String>();
        fields.put("title", "{" + escaped(item.title().shown()) + "}");
        put(fields, "author", item.creators().stream().map(BibTex::name).collect(Collectors.joining(" and ")));
        put(
                fields,
                "editor",
                record.terms("contributor").stream()
                        .filter(term -> term.qualifier().equals("editor"))
                        .map(term -> name(term.value()))
                        .collect(Collectors.joining(" and ")));
        record.year().ifPresent(year -> put(fields, "year", year));
        put(fields, "date", escaped(item.date()));
        put(fields, "publisher", joined(record, "publisher", "; "));
        put(fields, "howpublished", "\\url{" + address(record.page()) + "}");
        put(fields, "url", address(record.page()));
        put(
                fields,
                "langid",
                record.languages().stream().map(LanguageTag::value).collect(Collectors.joining(", ")));
        put(fields, "series", joined(record, "isPartOf", "; "));
        put(
                fields,
                "abstract",
                item.description().texts().values().stream()
                        .map(BibTex::escaped)
                        .collect(Collectors.joining(" ")));
        put(
                fields,
                "keywords",
                Stream.concat(
                                item.people().stream().map(People::shown),
                                record.terms("subject").stream().map(Term::value))
                        .map(BibTex::escaped)
                        .collect(Collectors.joining("; ")));
        put(fields, "type", escaped(item.type()));
        put(fields, "note", item.identifiers().stream().map(BibTex::escaped).collect(Collectors.joining("; ")));
        var body = fields.entrySet().stream()
                .map(field -> "  " + field.getKey() + " = {" + field.getValue() + "}")
                .collect(Collectors.joining(",\n"));
        boolean book = item.type().equals("Text") && fields.containsKey("publisher");
        return "@" + (book ? "book" : "misc") + "{" + key(item.id().value()) + ",\n" + body + "\n}\n\n";
    }

    /** What a key may not have, is written by its number, so that no two items get the same. */
    private static String key(String id) {
        return id.codePoints()
                .mapToObj(c -> Character.isLetterOrDigit(c) || "-._:".indexOf(c) >= 0
                        ? Character.toString(c)
                        : "+" + Integer.toHexString(c) + "+")
                .collect(Collectors.joining());
    }

    private static void put(Map<String, String> fields, String name, String value) {
        if (!value.isBlank()) fields.put(name, value);
    }

    private static String joined(CatalogueRecord record, String term, String between) {
        return record.terms(term).stream().map(t -> escaped(t.value())).collect(Collectors.joining(between));
    }

    /** A name without a comma is given in its own order, as Vietnamese names are: braces keep it whole. */
    private static String name(String name) {
        return name.contains(",") ? escaped(name) : "{" + escaped(name) + "}";
    }

    private static String address(String address) {
        return address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C");
    }

    private static String escaped(String text) {
        var out = new StringBuilder();
        text.replaceAll("[\\p{Cntrl}\\s]+", " ").codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> out.append("\\textbackslash{}");
                case '~' -> out.append("\\textasciitilde{}");
                case '^' -> out.append("\\textasciicircum{}");
                case '&', '%', '$', '#', '_', '{', '}' -> out.append('\\').append((char) c);
                default -> out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    /** Tells of every entry, in the order of the file; each is parsed by itself, so that a faulty one stops no other. */
    public static void read(Path path, Consumer<FileRecord> to) throws IOException {
        try (var in = new BufferedReader(
                new InputStreamReader(Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS), StandardCharsets.UTF_8))) {
            var lines = new BoundedLines(in, Citation.LONGEST);
            var strings = new StringBuilder();
            var entry = new StringBuilder();
            long number = 0;
            long start = 0;
            int depth = 0;
            boolean tooLong = false;
            for (var line = lines.next(); ; line = lines.next()) {
                boolean begins =
                        line != null && depth <= 0 && line.stripLeading().startsWith("@")
                                // an entry whose braces are never closed ends where the next one begins
                                || line != null && depth > 0 && line.matches("@[A-Za-z]+\\s*[{(].*");
                if (line == null || begins) {
                    var text = entry.toString();
                    if (!text.isBlank()) {
                        var kind = text.stripLeading().toLowerCase(Locale.ROOT);
                        if (kind.startsWith("@string")) {
                            if (strings.length() + text.length() < MOST_STRINGS) strings.append(text);
                        } else if (!kind.startsWith("@comment") && !kind.startsWith("@preamble"))
                            to.accept(described(strings, text, tooLong, ++number, start));
                    }
                    entry.setLength(0);
                    depth = 0;
                    tooLong = false;
                    if (line == null) return;
                    start = lines.number();
                }
                if (!begins && entry.length() == 0) continue;
                if (entry.length() + line.length() < Citation.LONGEST)
                    entry.append(line).append('\n');
                else tooLong = true;
                depth += depth(line);
            }
        }
    }

    private static int deepest(String text) {
        int depth = 0;
        int deepest = 0;
        for (char c : text.toCharArray()) {
            if (c == '{') deepest = Math.max(deepest, ++depth);
            else if (c == '}') depth--;
        }
        return deepest;
    }

    private static int depth(String line) {
        int depth = 0;
        for (int i = 0; i < line.length(); i++)
            if (line.charAt(i) == '\\') i++;
            else if (line.charAt(i) == '{') depth++;
            else if (line.charAt(i) == '}') depth--;
        return depth;
    }

    private static FileRecord described(CharSequence strings, String text, boolean tooLong, long number, long line) {
        if (tooLong)
            return new FileRecord.Faulty(number, line, "the entry is longer than " + Citation.LONGEST + " characters");
        if (deepest(text) > DEEPEST)
            return new FileRecord.Faulty(
                    number, line, "the entry has more than " + DEEPEST + " braces within each other");
        try {
            // parseFully would go on for ever after a character that it does not know
            var entries = new ArrayList<>(new BibTeXParser()
                    .parse(new StringReader(strings + text))
                    .getEntries()
                    .values());
            if (entries.size() != 1)
                return new FileRecord.Faulty(number, line, "there is no entry: want @type{key, field = {value}}");
            var entry = entries.get(0);
            return new FileRecord.Described(number, line, entry.getKey().getValue(), describe(entry));
        } catch (UnreadableRecordException | IllegalArgumentException e) {
            return new FileRecord.Faulty(number, line, e.getMessage());
        } catch (ParseException | RuntimeException e) {
            // the parser throws much that it does not declare
            return new FileRecord.Faulty(
                    number,
                    line,
                    "the entry is no BibTeX: " + String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
        }
    }

    private static Description describe(BibTeXEntry entry) {
        var draft = new Description.Draft();
        var und = LanguageTag.UNDETERMINED;
        var where = new ArrayList<String>();
        var fields = new LinkedHashMap<String, String>();
        entry.getFields()
                .forEach((key, value) -> fields.put(key.getValue().toLowerCase(Locale.ROOT), value.toUserString()));
        var kind = entry.getType().getValue().toLowerCase(Locale.ROOT);
        fields.forEach((name, raw) -> {
            var value = TexText.plain(raw);
            switch (name) {
                case "title" -> draft.title(und, value);
                case "subtitle", "shorttitle", "titleaddon" -> Citation.term(draft, "alternative", value);
                case "author" -> names(raw).forEach(draft::creator);
                case "editor", "translator" ->
                    names(raw).forEach(person -> draft.term("contributor", person, und, name));
                case "date" -> draft.date(value);
                case "year" -> {
                    if (!fields.containsKey("date")) draft.date(value);
                }
                case "publisher", "institution", "school", "organization" -> Citation.term(draft, "publisher", value);
                case "journal", "journaltitle", "booktitle" -> Citation.term(draft, "isPartOf", value);
                case "series" -> draft.term("isPartOf", value, und, "series");
                case "abstract", "annote", "annotation" -> draft.description(und, value);
                case "note", "howpublished" -> {
                    if (value.matches("https?://\\S+")) draft.identifier(value);
                    else draft.description(und, value);
                }
                case "keywords" ->
                    Stream.of(value.split("[;,]"))
                            .map(String::strip)
                            .filter(word -> !word.isEmpty())
                            .forEach(word -> Citation.keyword(draft, word));
                case "language", "langid" ->
                    Stream.of(value.split(",")).forEach(tag -> Citation.language(draft, tag.strip()));
                case "doi" -> draft.identifier(value.startsWith("10.") ? "https://doi.org/" + value : value);
                case "url" -> draft.identifier(raw.strip());
                case "isbn", "issn", "eprint" -> draft.identifier(value);
                case "volume", "number", "pages", "edition", "chapter", "address", "location" ->
                    where.add(name + " " + value);
                case "type" -> draft.type(value);
                case "copyright", "rights" -> draft.rights(value);
                default -> {
                    // what only a program needs
                }
            }
        });
        if (!fields.containsKey("type"))
            switch (kind) {
                case "misc", "online", "electronic" -> draft.type("");
                case "dataset" -> draft.type("Dataset");
                case "software" -> draft.type("Software");
                case "audio", "music" -> draft.type("Sound");
                case "video", "movie" -> draft.type("MovingImage");
                case "image", "artwork" -> draft.type("StillImage");
                default -> draft.type("Text");
            }
        if (!where.isEmpty()) Citation.term(draft, "bibliographicCitation", String.join(", ", where));
        return draft.done();
    }

    private static Stream<String> names(String raw) {
        return Stream.of(raw.split("\\s+and\\s+")).map(TexText::plain).filter(name -> !name.isBlank());
    }
}
