package org.thocam.dictionary.exchange.table;

import java.io.EOFException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.thocam.dictionary.exchange.FormatException;
import org.thocam.dictionary.exchange.Reading;
import org.thocam.ontology.Shown;

/** The first sheet of a workbook; each cell as it is displayed. */
final class SheetRows {
    private static final int MOST_PARTS = 2_000;
    private static final long MOST_INFLATED = 1L << 29;
    private static final int LONGEST_ROW = 1_000_000;
    private static final int MOST_COLUMNS = 16_384;
    /** What a spreadsheet shows of a number. */
    private static final MathContext SHOWN = new MathContext(15, RoundingMode.HALF_UP);

    private static final Pattern FIXED = Pattern.compile("(0+)(?:\\.(0+))?");
    private static final Pattern DATE = Pattern.compile("[yd]");
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.");

    private SheetRows() {}

    static void read(Spool spool, Reading reading, Rows rows) throws IOException, FormatException {
        bounded(spool);
        try (var book = whole(() -> new ReadableWorkbook(spool.file.toFile(), new ReadingOptions(true, false)))) {
            var sheets = whole(() -> book.getSheets().toList());
            if (sheets.isEmpty()) throw refused(0, "wrong-xlsx", "want a workbook with a sheet, found none");
            for (var other : sheets.subList(1, sheets.size())) reading.unknown("sheet " + Shown.of(other.getName()));
            try (var stream = whole(() -> sheets.get(0).openStream())) {
                var next = whole(stream::iterator);
                while (whole(next::hasNext)) {
                    var row = whole(next::next);
                    int line = row.getRowNum();
                    if (row.getCellCount() > MOST_COLUMNS)
                        throw refused(line, "wrong-xlsx", "want at most " + MOST_COLUMNS + " columns, found more");
                    var cells = whole(() -> cells(row));
                    long length = cells.stream().mapToLong(String::length).sum();
                    if (length > LONGEST_ROW)
                        throw refused(
                                line,
                                "too-large",
                                "want a row of at most " + LONGEST_ROW + " characters, found " + length);
                    if (!cells.stream().allMatch(String::isBlank)) rows.row(line, cells, true);
                }
            }
        }
    }

    private static List<String> cells(Row row) {
        var cells = new ArrayList<String>(row.getCellCount());
        for (var cell : row) cells.add(cell == null ? "" : shown(cell));
        return cells;
    }

    /** What fastexcel does with a workbook; of one that is broken it throws whatever it meets first. */
    private static <T> T whole(Callable<T> step) throws FormatException {
        try {
            return step.call();
        } catch (Exception e) {
            throw refused(0, "wrong-xlsx", "want a workbook (.xlsx), found one that cannot be read: " + said(e));
        }
    }

    private static String said(Throwable e) {
        return Shown.of(
                e.getCause() == null
                        ? String.valueOf(e.getMessage())
                        : String.valueOf(e.getCause().getMessage()));
    }

    /** Inflates all of it once, so that a bomb goes off where it does no harm. */
    private static void bounded(Spool spool) throws IOException, FormatException {
        try (var zip = new ZipFile(spool.file.toFile())) {
            if (zip.size() > MOST_PARTS)
                throw refused(
                        0, "too-large", "want a workbook of at most " + MOST_PARTS + " parts, found " + zip.size());
            if (zip.getEntry("[Content_Types].xml") == null)
                throw refused(0, "wrong-xlsx", "want a workbook (.xlsx), found another zip file");
            long all = 0;
            var bytes = new byte[1 << 16];
            for (var entries = zip.entries(); entries.hasMoreElements(); )
                try (var in = zip.getInputStream(entries.nextElement())) {
                    for (int read; (read = in.read(bytes)) >= 0; )
                        if ((all += read) > MOST_INFLATED)
                            throw refused(
                                    0,
                                    "too-large",
                                    "want a workbook of at most " + MOST_INFLATED + " bytes inflated, found more");
                }
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw refused(
                    0, "wrong-xlsx", "want a workbook (.xlsx), found " + Shown.of(String.valueOf(e.getMessage())));
        }
    }

    private static FormatException refused(long line, String code, String message) {
        return new FormatException(new Reading.Fault("", line, code, message));
    }

    private static String shown(Cell cell) {
        if (cell.getType() == CellType.NUMBER) return number(cell);
        if (cell.getType() == CellType.BOOLEAN) return cell.asBoolean() ? "TRUE" : "FALSE";
        if (cell.getType() == CellType.EMPTY) return "";
        // of a formula, what it had come to when the file was saved
        var value = cell.getValue();
        if (cell.getType() == CellType.FORMULA && value instanceof BigDecimal) return number(cell);
        return value == null ? "" : SheetText.plain(cell.getText());
    }

    private static String number(Cell cell) {
        var raw = cell.getRawValue();
        BigDecimal number;
        try {
            number = new BigDecimal(raw);
        } catch (NumberFormatException e) {
            return raw;
        }
        var format = cell.getDataFormatString() == null ? "" : cell.getDataFormatString();
        if (DATE.matcher(QUOTED.matcher(format).replaceAll("").toLowerCase(Locale.ROOT))
                .find()) {
            var date = cell.asDate();
            return date.toLocalTime().toSecondOfDay() == 0
                    ? date.toLocalDate().toString()
                    : date.format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
        }
        // a power of ten is left as it stands: written out, it could be as long as it likes
        if (Math.abs((long) number.precision() - number.scale()) > 20 || Math.abs((long) number.scale()) > 40)
            return raw;
        var fixed = FIXED.matcher(format);
        if (fixed.matches()) {
            int decimals = fixed.group(2) == null ? 0 : fixed.group(2).length();
            var digits = number.abs().setScale(decimals, RoundingMode.HALF_UP).toPlainString();
            int width = fixed.group(1).length() + (decimals == 0 ? 0 : 1 + decimals);
            return (number.signum() < 0 ? "-" : "") + "0".repeat(Math.max(0, width - digits.length())) + digits;
        }
        return number.signum() == 0
                ? "0"
                : number.round(SHOWN).stripTrailingZeros().toPlainString();
    }
}
