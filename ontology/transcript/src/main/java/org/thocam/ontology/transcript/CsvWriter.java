package org.thocam.ontology.transcript;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * All segments as a table (RFC 4180), in the order of the file. The first segment is row 1, and {@code parent} is the row of what a segment hangs
 * on. A cell that a spreadsheet would take for a formula, as it does "-PST", has an apostrophe before it.
 */
public final class CsvWriter {
    private static final String[] COLUMNS = {
        "tier", "role", "speaker", "language", "start_ms", "end_ms", "derived", "text", "parent"
    };

    /** What begins a formula; the last four do in a spreadsheet that is used with an East Asian keyboard. */
    private static final String FORMULA = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    private CsvWriter() {}

    public static void write(Transcript transcript, Writer to) throws IOException {
        var table = new CSVPrinter(to, CSVFormat.RFC4180);
        table.printRecord((Object[]) COLUMNS);
        for (var segment : transcript.segments()) {
            var tier = transcript.tiers().get(segment.tier());
            table.printRecord(
                    harmless(tier.name()),
                    tier.role().name().toLowerCase(Locale.ROOT),
                    harmless(tier.speaker()),
                    harmless(tier.language()),
                    segment.span().map(span -> Long.toString(span.start())).orElse(""),
                    segment.span().map(span -> Long.toString(span.end())).orElse(""),
                    segment.span().map(span -> Boolean.toString(span.derived())).orElse(""),
                    harmless(segment.text()),
                    segment.parent().map(parent -> Integer.toString(parent + 1)).orElse(""));
        }
        table.flush();
    }

    /** Blanks and control characters before a formula do not keep a spreadsheet from it. */
    private static String harmless(String text) {
        var clean = text.replace('\0', '\uFFFD');
        int at = 0;
        while (at < clean.length() && (clean.charAt(at) <= ' ' || Character.isSpaceChar(clean.charAt(at)))) at++;
        boolean control = !clean.isEmpty() && clean.charAt(0) < ' ' && clean.charAt(0) != '\n';
        boolean formula = control || at < clean.length() && FORMULA.indexOf(clean.charAt(at)) >= 0;
        return formula ? "'" + clean : clean;
    }
}
