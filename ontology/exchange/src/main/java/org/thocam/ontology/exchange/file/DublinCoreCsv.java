package org.thocam.ontology.exchange.file;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.Description;
import org.thocam.ontology.exchange.FileRecord;
import org.thocam.ontology.exchange.UnreadableRecordException;

/** Tables of Dublin Core as CSV (RFC 4180, UTF-8): an item a row. */
final class DublinCoreCsv {
    /** Of one row, and of the heading row. */
    private static final int LONGEST = 8 << 20;

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();

    private DublinCoreCsv() {}

    static boolean is(Path path) throws IOException {
        try (var in = open(path)) {
            var rows = FORMAT.parse(in).iterator();
            return rows.hasNext() && DublinCoreColumns.are(headings(rows.next().toList()));
        } catch (UncheckedIOException | IllegalStateException e) {
            return false;
        }
    }

    private static BoundedReader open(Path path) throws IOException {
        return new BoundedReader(
                new BufferedReader(new InputStreamReader(
                        Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS), StandardCharsets.UTF_8)),
                LONGEST);
    }

    private static List<String> headings(List<String> first) {
        var headings = new ArrayList<>(first);
        headings.set(0, headings.get(0).replace("\uFEFF", ""));
        return headings;
    }

    static void read(Path path, Consumer<FileRecord> to) throws IOException {
        long number = 0;
        try (var in = open(path);
                var parser = FORMAT.parse(in)) {
            var rows = parser.iterator();
            if (!rows.hasNext()) return;
            var headings = headings(rows.next().toList());
            in.reset();
            while (rows.hasNext()) {
                var row = rows.next().toList();
                in.reset();
                number++;
                to.accept(described(headings, row, number, parser.getCurrentLineNumber()));
            }
        } catch (UncheckedIOException | IllegalStateException e) {
            to.accept(new FileRecord.Faulty(number + 1, 0, "the table cannot be read from here on: " + e.getMessage()));
        }
    }

    private static FileRecord described(List<String> headings, List<String> row, long number, long line) {
        var cells = new LinkedHashMap<String, String>();
        for (int i = 0; i < Math.min(headings.size(), row.size()); i++)
            cells.merge(headings.get(i), row.get(i), (first, more) -> first + "||" + more);
        try {
            return new FileRecord.Described(
                    number, line, cells.getOrDefault("id", "").strip(), describe(cells));
        } catch (UnreadableRecordException | IllegalArgumentException e) {
            return new FileRecord.Faulty(number, line, e.getMessage());
        }
    }

    private static Description describe(Map<String, String> cells) {
        return DublinCoreColumns.describe(cells);
    }

    /** Which columns there are is known only at the end: until then the rows wait in a file beside. */
    static final class Writer implements ExportFormat.Writer {
        private final OutputStream out;
        private final Path waiting;
        private final BufferedWriter lines;
        private final TreeSet<String> headings = new TreeSet<>();

        Writer(OutputStream out) throws IOException {
            this.out = out;
            waiting = Files.createTempFile("thocam-export", ".jsonl");
            lines = Files.newBufferedWriter(waiting);
        }

        @Override
        public void write(CatalogueRecord record) throws IOException {
            var row = DublinCoreColumns.row(record);
            headings.addAll(row.keySet());
            lines.write(ItemJson.MAPPER.writeValueAsString(row));
            lines.newLine();
        }

        @Override
        public void close() throws IOException {
            lines.close();
            headings.remove("id");
            var columns = new ArrayList<>(List.of("id"));
            columns.addAll(headings);
            try (var rows = Files.newBufferedReader(waiting);
                    var table = new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), FORMAT)) {
                table.printRecord(columns);
                for (var line = rows.readLine(); line != null; line = rows.readLine()) {
                    var row = ItemJson.MAPPER.readValue(line, new TypeReference<Map<String, String>>() {});
                    table.printRecord(columns.stream().map(name -> row.getOrDefault(name, "")));
                }
            } finally {
                Files.deleteIfExists(waiting);
            }
        }
    }
}
