package org.thocam.dictionary;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.thocam.ontology.LanguageMap;
import org.thocam.ontology.LanguageTag;
import org.thocam.ontology.Shown;

/**
 * Entries in rows, separated by commas or tabs (RFC 4180), in UTF-8: columns {@code id}, {@code headword} and any number of
 * {@code gloss@LANGUAGE}. A row that is wrong is told and left out; the others are entries all the same.
 */
public final class WordList {
    static final int MOST_ENTRIES = 1_000_000;
    private static final String ID = "id";
    private static final String HEADWORD = "headword";
    private static final String GLOSS = "gloss@";

    public enum Format {
        CSV(','),
        TSV('\t');

        private final CSVFormat rows;

        Format(char delimiter) {
            // empty lines are records too, so that lines can be counted
            rows = CSVFormat.RFC4180
                    .builder()
                    .setDelimiter(delimiter)
                    .setIgnoreEmptyLines(false)
                    .get();
        }

        /** By the ending of a file's name. */
        public static Optional<Format> ofName(String name) {
            return Arrays.stream(values())
                    .filter(format -> format.name().equalsIgnoreCase(Lexicon.ending(name)))
                    .findFirst();
        }
    }

    /** A row that is no entry; {@code line} is where it begins, from 1. */
    public record Fault(long line, String reason) {
        static Fault at(long line, String expected, String found) {
            return new Fault(line, "want " + expected + ", found " + found);
        }

        @Override
        public String toString() {
            return "line " + line + ": " + reason;
        }
    }

    /** Takes what is read, in the order of the rows. */
    public interface Reading {
        void entry(Entry entry);

        default void fault(Fault fault) {}

        /** A column that no field knows: it stays in the file, and is not shown. */
        default void unknownColumn(String name) {}
    }

    private final CSVParser rows;
    private final BoundedText text;
    private final LanguageTag language;
    private final Reading reading;
    private final Map<String, Long> lineOf = new HashMap<>();
    private List<String> header = List.of();

    private WordList(CSVParser rows, BoundedText text, LanguageTag language, Reading reading) {
        this.rows = rows;
        this.text = text;
        this.language = language;
        this.reading = reading;
    }

    /**
     * Reads to the end; holds no more than a row and the ids in memory.
     *
     * @param language of the headwords
     * @throws NotAWordListException if it is not such a file as a whole
     * @throws IOException if {@code in} cannot be read
     */
    public static void read(InputStream in, Format format, LanguageTag language, Reading reading)
            throws NotAWordListException, IOException {
        try (var text = new BoundedText(in);
                var rows = CSVParser.builder()
                        .setReader(text)
                        .setFormat(format.rows)
                        .get()) {
            new WordList(rows, text, language, reading).all();
        }
    }

    private void all() throws NotAWordListException, IOException {
        long line = 1;
        try {
            for (var next = rows.iterator(); next.hasNext(); line = rows.getCurrentLineNumber() + 1) {
                var row = next.next();
                text.nextRow();
                boolean blank = row.size() == 1 && row.get(0).isBlank();
                if (header.isEmpty()) {
                    if (blank)
                        throw new NotAWordListException(Fault.at(line, "a header " + columns(), "an empty line"));
                    header(row);
                } else if (!blank) row(row, line);
                if (lineOf.size() > MOST_ENTRIES)
                    throw new NotAWordListException(
                            Fault.at(line, "at most " + MOST_ENTRIES + " entries in a file", "more"));
            }
        } catch (UncheckedIOException e) {
            throw unreadable(e.getCause(), line);
        } catch (IllegalStateException e) {
            // how commons-csv wraps what its iterator meets
            if (e.getCause() instanceof IOException cause) throw unreadable(cause, line);
            throw e;
        }
        if (header.isEmpty()) throw new NotAWordListException(Fault.at(1, "a header " + columns(), "an empty file"));
    }

    private static NotAWordListException unreadable(IOException cause, long line) throws IOException {
        if (cause instanceof BoundedText.Refused refused)
            return new NotAWordListException(
                    new Fault(refused.line() > 0 ? refused.line() : line, refused.getMessage()));
        if (cause instanceof CSVException)
            return new NotAWordListException(Fault.at(
                    line,
                    "a value in quotes to be closed and followed by the separator (RFC 4180)",
                    Shown.of(cause.getMessage())));
        throw cause;
    }

    private static String columns() {
        return "with the columns " + ID + ", " + HEADWORD + " and any of " + GLOSS + "LANGUAGE, such as " + GLOSS
                + "vi";
    }

    private void header(CSVRecord row) throws NotAWordListException {
        var names = row.stream().map(String::strip).toList();
        var seen = new HashSet<String>();
        for (var name : names) {
            if (!seen.add(name))
                throw new NotAWordListException(Fault.at(1, "each column once", "'" + Shown.of(name) + "' twice"));
            if (name.startsWith(GLOSS)) tag(name);
            else if (!name.equals(ID) && !name.equals(HEADWORD)) reading.unknownColumn(name);
        }
        if (!seen.contains(ID) || !seen.contains(HEADWORD))
            throw new NotAWordListException(Fault.at(
                    1,
                    "a header " + columns(),
                    "'" + Shown.of(names.stream().collect(Collectors.joining(", "))) + "'"));
        header = names;
    }

    private static LanguageTag tag(String column) throws NotAWordListException {
        try {
            return new LanguageTag(column.substring(GLOSS.length()));
        } catch (IllegalArgumentException e) {
            throw new NotAWordListException(
                    Fault.at(1, GLOSS + " and a BCP 47 tag, such as " + GLOSS + "vi", "'" + Shown.of(column) + "'"));
        }
    }

    private void row(CSVRecord row, long line) throws NotAWordListException {
        if (row.size() != header.size()) {
            reading.fault(Fault.at(line, header.size() + " columns, as the header has", String.valueOf(row.size())));
            return;
        }
        Entry entry;
        try {
            entry = entry(row);
        } catch (IllegalArgumentException e) {
            reading.fault(new Fault(line, e.getMessage()));
            return;
        }
        var before = lineOf.putIfAbsent(entry.id().value(), line);
        if (before != null)
            reading.fault(Fault.at(line, "each id once", "'" + entry.id() + "', which line " + before + " has too"));
        else reading.entry(entry);
    }

    private Entry entry(CSVRecord row) throws NotAWordListException {
        var glosses = new TreeMap<LanguageTag, String>();
        String id = "";
        String headword = "";
        for (int column = 0; column < header.size(); column++) {
            var name = header.get(column);
            var value = row.get(column);
            if (name.equals(ID)) id = value.strip();
            else if (name.equals(HEADWORD)) headword = value;
            else if (name.startsWith(GLOSS) && !value.isBlank()) glosses.put(tag(name), value);
        }
        return new Entry(new EntryId(id), headword, language, new LanguageMap(glosses));
    }
}
