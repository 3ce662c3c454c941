package org.thocam.dictionary.exchange.table;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Takes the rows of a table as text. */
interface TableWriter extends AutoCloseable {
    void row(List<String> cells) throws IOException;

    /** Whether a cell comes out of it as it went in. */
    boolean takes(String cell);

    @Override
    void close() throws IOException;

    static TableWriter of(Kind kind, OutputStream out, String sheet) throws IOException {
        return kind == Kind.XLSX ? new Sheet(out, sheet) : new Delimited(out, kind == Kind.CSV ? ',' : '\t');
    }

    /** Quotes all values and changes none. */
    final class Delimited implements TableWriter {
        private final CSVPrinter printer;

        private Delimited(OutputStream out, char delimiter) throws IOException {
            printer = new CSVPrinter(
                    new OutputStreamWriter(out, StandardCharsets.UTF_8),
                    CSVFormat.RFC4180
                            .builder()
                            .setDelimiter(delimiter)
                            .setQuoteMode(QuoteMode.ALL)
                            .get());
        }

        @Override
        public void row(List<String> cells) throws IOException {
            printer.printRecord(cells);
        }

        @Override
        public boolean takes(String cell) {
            return StandardCharsets.UTF_8.newEncoder().canEncode(cell);
        }

        @Override
        public void close() throws IOException {
            printer.flush();
        }
    }

    /** Writes strings and nothing else, so that no value is taken for a formula, a number or a date. */
    final class Sheet implements TableWriter {
        private static final int LONGEST_CELL = 32_767;
        private static final int FLUSHED = 500;

        private final Workbook book;
        private final Worksheet sheet;
        private int rows;

        private Sheet(OutputStream out, String name) {
            book = new Workbook(out, "Thocam", null);
            sheet = book.newWorksheet(name);
            sheet.freezePane(0, 1);
        }

        @Override
        public void row(List<String> cells) throws IOException {
            if (rows >= Worksheet.MAX_ROWS)
                throw new IOException("a workbook has room for " + Worksheet.MAX_ROWS + " rows; export CSV");
            for (int column = 0; column < cells.size(); column++)
                if (!cells.get(column).isEmpty()) write(column, SheetText.escaped(cells.get(column)));
            if (++rows % FLUSHED == 0) sheet.flush();
        }

        /** In the row itself, for the table of shared strings stays in memory; but only that keeps blanks around a text. */
        private void write(int column, String text) {
            if (text.equals(text.strip())) sheet.inlineString(rows, column, text);
            else sheet.value(rows, column, text);
        }

        @Override
        public boolean takes(String cell) {
            return SheetText.escaped(cell).length() <= LONGEST_CELL
                    && cell.codePoints().allMatch(Sheet::xml);
        }

        private static boolean xml(int c) {
            return c == '\t'
                    || c == '\n'
                    || c == '\r'
                    || c >= 0x20 && c <= 0xD7FF
                    || c >= 0xE000 && c <= 0xFFFD
                    || c >= 0x10000;
        }

        @Override
        public void close() throws IOException {
            book.finish();
        }
    }
}
