package org.thocam.dictionary.exchange.cldf;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.thocam.dictionary.exchange.FormatException;
import org.thocam.dictionary.exchange.Reading;
import org.thocam.ontology.Shown;

/** Reads the rows of a table, and leaves out those that are wrong by themselves. */
final class TableRows {
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_\\-]+");
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,40}");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(?:[0-9]{1,40}(?:\\.[0-9]{0,40})?|\\.[0-9]{1,40})");
    private static final Pattern NUMBER = Pattern.compile("(?:" + DECIMAL + ")(?:[eE][+-]?[0-9]{1,3})?|NaN|-?INF");

    private final CldfTable table;
    private final JsonNode[] dialects;
    private final Reading reading;

    private TableRows(CldfTable table, JsonNode[] dialects, Reading reading) {
        this.table = table;
        this.dialects = dialects;
        this.reading = reading;
    }

    static void read(Metadata metadata, CldfTable table, byte[] bytes, Reading reading) throws FormatException {
        new TableRows(table, new JsonNode[] {table.node.path("dialect"), metadata.node.path("dialect")}, reading)
                .read(bytes);
    }

    private JsonNode dialect(String name) {
        for (var dialect : dialects) if (dialect.has(name)) return dialect.get(name);
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    private void read(byte[] bytes) throws FormatException {
        var text = decoded(bytes);
        long line = 1;
        List<CldfTable.Column> header = dialect("header").asBoolean(true) ? null : table.columns;
        var lines = new HashMap<String, Long>();
        try (var parser = CSVParser.builder()
                .setReader(new StringReader(text))
                .setFormat(format())
                .get()) {
            for (var next = parser.iterator(); next.hasNext(); line = parser.getCurrentLineNumber() + 1) {
                var cells = next.next().toList();
                if (cells.size() == 1 && cells.get(0).isEmpty()) continue;
                if (header == null) header = header(cells);
                else row(line, cells, header, lines);
            }
        } catch (UncheckedIOException | IllegalStateException | IOException e) {
            throw new FormatException(new Reading.Fault(
                    table.url,
                    line,
                    "wrong-csv",
                    "want a value in quotes to be closed and followed by the separator (RFC 4180), found "
                            + Shown.of(String.valueOf(e.getMessage()))));
        }
        if (header == null) throw refused(1, "missing-column", "want a header, found an empty file");
    }

    private CSVFormat format() throws FormatException {
        var quote = dialect("quoteChar");
        var comment = dialect("commentPrefix");
        var delimiter = dialect("delimiter").asText(",");
        boolean doubled = dialect("doubleQuote").asBoolean(true);
        try {
            return CSVFormat.RFC4180
                    .builder()
                    .setDelimiter(delimiter.equals("\\t") ? "\t" : delimiter)
                    .setQuote(
                            quote.isNull()
                                    ? null
                                    : Character.valueOf(quote.asText("\"").charAt(0)))
                    .setEscape(doubled ? null : Character.valueOf('\\'))
                    .setCommentMarker(
                            comment.isNull() || comment.asText("#").isEmpty()
                                    ? null
                                    : Character.valueOf(comment.asText("#").charAt(0)))
                    .setIgnoreEmptyLines(false)
                    .setIgnoreSurroundingSpaces(dialect("trim").asText("false").equals("true"))
                    .get();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw refused(0, "wrong-metadata", "want a dialect, found " + Shown.of(e.getMessage()));
        }
    }

    private String decoded(byte[] bytes) throws FormatException {
        Charset charset;
        var name = dialect("encoding").asText("UTF-8");
        try {
            charset = Charset.forName(name.equalsIgnoreCase("utf-8-sig") ? "UTF-8" : name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw refused(0, "wrong-metadata", "want an encoding, found '" + Shown.of(name) + "'");
        }
        var chars = CharBuffer.allocate(bytes.length + 1);
        var result = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes), chars, true);
        chars.flip();
        if (result.isError())
            throw refused(
                    1 + chars.chars().filter(c -> c == '\n').count(),
                    charset.equals(StandardCharsets.UTF_8) ? "not-utf-8" : "wrong-encoding",
                    "want text in " + charset.name() + ", found bytes that are none");
        return chars.length() > 0 && chars.charAt(0) == '\uFEFF'
                ? chars.subSequence(1, chars.length()).toString()
                : chars.toString();
    }

    /** For each cell of a row its column; a column that the metadata do not name is taken up as text. */
    private List<CldfTable.Column> header(List<String> cells) throws FormatException {
        var header = new ArrayList<CldfTable.Column>();
        for (var cell : cells) {
            var known = table.columns.stream()
                    .filter(column -> column.name().equals(cell))
                    .findFirst()
                    .or(() -> table.columns.stream()
                            .filter(column -> column.names().contains(cell))
                            .findFirst());
            if (known.isPresent() && header.contains(known.get()))
                throw refused(1, "duplicate-column", "want each column once, found '" + Shown.of(cell) + "' twice");
            if (known.isEmpty()) reading.unknown(table.url + " " + Shown.of(cell));
            header.add(known.orElse(null));
        }
        for (var column : table.columns) {
            if (header.contains(column)) continue;
            var fault = new Reading.Fault(
                    table.url, 1, "missing-column", "want the column '" + column.name() + "', which the metadata name");
            if (column.required() || column.name().equals(table.id())) throw new FormatException(fault);
            reading.fault(fault);
        }
        return header;
    }

    private void row(long line, List<String> cells, List<CldfTable.Column> header, Map<String, Long> lines) {
        if (cells.size() != header.size()) {
            fault(line, "ragged-row", "want " + header.size() + " columns, as the header has, found " + cells.size());
            return;
        }
        var row = new LinkedHashMap<String, String>();
        for (int at = 0; at < cells.size(); at++) {
            var column = header.get(at);
            var cell = cells.get(at);
            if (column == null || cell.isEmpty() || column.nulls().contains(cell)) continue;
            var expected = expected(column, cell);
            if (!expected.isEmpty()) {
                fault(
                        line,
                        "wrong-value",
                        "column '" + column.name() + "': want " + expected + ", found '" + Shown.of(cell) + "'");
                return;
            }
            row.put(column.name(), cell);
        }
        var id = table.id();
        for (var column : table.columns) {
            boolean needed = column.required() || column.name().equals(id);
            if (!needed || row.containsKey(column.name())) continue;
            fault(line, "missing-value", "want a value in column '" + column.name() + "', found none");
            return;
        }
        if (table.column(id).isPresent()) {
            var before = lines.putIfAbsent(row.get(id), line);
            if (before != null) {
                fault(
                        line,
                        "duplicate-id",
                        "want each id once, found '" + Shown.of(row.get(id)) + "', which line " + before + " has too");
                return;
            }
        }
        table.rows.add(new CldfTable.Row(line, row));
    }

    /** What its data type wants of a cell; empty where that is there, or cannot be told. */
    private static String expected(CldfTable.Column column, String cell) {
        var datatype = column.node().path("datatype");
        var base = datatype.isObject() ? datatype.path("base").asText("string") : datatype.asText("string");
        for (var item : column.items(cell)) {
            var expected =
                    switch (base) {
                        case "integer", "int", "long", "nonNegativeInteger", "positiveInteger" ->
                            INTEGER.matcher(item).matches() ? "" : "a whole number";
                        case "decimal" -> DECIMAL.matcher(item).matches() ? within(datatype, item) : "a number";
                        case "number", "float", "double" -> NUMBER.matcher(item).matches() ? "" : "a number";
                        case "boolean" -> truth(datatype, item) ? "" : "true or false";
                        // others' patterns are not run: one could take for ever
                        default ->
                            datatype.path("format").asText().equals(ID.pattern())
                                            && !ID.matcher(item).matches()
                                    ? "letters and digits of ASCII, _ and -"
                                    : "";
                    };
            if (!expected.isEmpty()) return expected;
        }
        return "";
    }

    private static boolean truth(JsonNode datatype, String item) {
        var format = datatype.path("format").asText("");
        return format.contains("|")
                ? List.of(format.split("\\|")).contains(item)
                : List.of("true", "false", "1", "0").contains(item);
    }

    private static String within(JsonNode datatype, String item) {
        var value = new BigDecimal(item);
        var least = datatype.path("minimum").asText("");
        var most = datatype.path("maximum").asText("");
        if (DECIMAL.matcher(least).matches() && value.compareTo(new BigDecimal(least)) < 0) return "at least " + least;
        if (DECIMAL.matcher(most).matches() && value.compareTo(new BigDecimal(most)) > 0) return "at most " + most;
        return "";
    }

    private void fault(long line, String code, String message) {
        reading.fault(new Reading.Fault(table.url, line, code, message));
    }

    private FormatException refused(long line, String code, String message) {
        return new FormatException(new Reading.Fault(table.url, line, code, message));
    }
}
