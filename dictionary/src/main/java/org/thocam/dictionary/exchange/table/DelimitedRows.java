package org.thocam.dictionary.exchange.table;

import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.thocam.dictionary.exchange.FormatException;
import org.thocam.dictionary.exchange.Reading;
import org.thocam.index.analysis.legacy.LegacyEncoding;
import org.thocam.index.analysis.legacy.LegacyText;
import org.thocam.ontology.Shown;

/** CSV and TSV, in UTF-8, in UTF-16 with a byte order mark, or in a legacy Vietnamese encoding that is recognised in every line. */
final class DelimitedRows {
    private static final int LONGEST_ROW = 1_000_000;
    private static final long LARGEST_LEGACY = 32 << 20;

    private DelimitedRows() {}

    /** A row that has no end is refused and not read into memory. */
    private static final class Bounded extends FilterReader {
        private long sinceRow;

        Bounded(Reader in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int c = super.read();
            if (c >= 0) count(1);
            return c;
        }

        @Override
        public int read(char[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            if (read > 0) count(read);
            return read;
        }

        private void count(int read) throws IOException {
            sinceRow += read;
            if (sinceRow > LONGEST_ROW)
                throw new CSVException(
                        "a row of more than %s characters; is a quote not closed?".formatted(LONGEST_ROW));
        }
    }

    static void read(Spool spool, char delimiter, Reading reading, Rows rows) throws IOException, FormatException {
        var format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreEmptyLines(false)
                .get();
        long line = 1;
        try (var text = new Bounded(text(spool, reading));
                var parser =
                        CSVParser.builder().setReader(text).setFormat(format).get()) {
            for (var next = parser.iterator(); next.hasNext(); line = parser.getCurrentLineNumber() + 1) {
                var row = next.next();
                text.sinceRow = 0;
                if (row.size() > 1 || !row.get(0).isBlank()) rows.row(line, row.toList(), false);
            }
        } catch (UncheckedIOException e) {
            throw refused(e.getCause(), line);
        } catch (IllegalStateException e) {
            // how commons-csv wraps what its iterator meets
            if (e.getCause() instanceof IOException cause) throw refused(cause, line);
            throw e;
        }
    }

    private static FormatException refused(IOException cause, long line) throws IOException {
        if (cause instanceof CSVException)
            return new FormatException(new Reading.Fault(
                    "",
                    line,
                    "wrong-csv",
                    "want a value in quotes to be closed and followed by the separator (RFC 4180), found "
                            + Shown.of(cause.getMessage())));
        throw cause;
    }

    private static Reader text(Spool spool, Reading reading) throws IOException, FormatException {
        byte[] start;
        try (var in = Files.newInputStream(spool.file)) {
            start = in.readNBytes(3);
        }
        if (begins(start, 0xFF, 0xFE)) return reader(spool, StandardCharsets.UTF_16LE, 2);
        if (begins(start, 0xFE, 0xFF)) return reader(spool, StandardCharsets.UTF_16BE, 2);
        long line = spool.notUtf8();
        if (line == 0) return reader(spool, StandardCharsets.UTF_8, begins(start, 0xEF, 0xBB, 0xBF) ? 3 : 0);
        return new StringReader(legacy(spool, line, reading));
    }

    private static boolean begins(byte[] start, int... bytes) {
        if (start.length < bytes.length) return false;
        for (int at = 0; at < bytes.length; at++) if ((start[at] & 0xFF) != bytes[at]) return false;
        return true;
    }

    private static Reader reader(Spool spool, Charset charset, int skip) throws IOException {
        var in = Files.newInputStream(spool.file);
        in.skipNBytes(skip);
        return new InputStreamReader(
                in,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    private static String legacy(Spool spool, long line, Reading reading) throws IOException, FormatException {
        if (Files.size(spool.file) > LARGEST_LEGACY) throw notText(line);
        var misread = Files.readString(spool.file, StandardCharsets.ISO_8859_1);
        var recognised = LegacyText.recognise(misread);
        int at = 0;
        var shown = new LinkedHashMap<LegacyEncoding, Long>();
        for (var passage : recognised.passages()) {
            undecoded(misread, at, passage.start());
            shown.putIfAbsent(passage.encoding(), lineAt(misread, passage.start()));
            at = passage.end();
        }
        undecoded(misread, at, misread.length());
        shown.forEach((encoding, from) -> reading.fault(new Reading.Fault(
                "",
                from,
                "legacy-encoding",
                "the file is not in UTF-8; lines were read as " + encoding
                        + ". Nothing was left out; compare the words before you keep them")));
        return recognised.text();
    }

    /** A line that nobody recognised would come in as wrong letters. */
    private static void undecoded(String misread, int from, int to) throws FormatException {
        for (int at = from; at < to; at++) if (misread.charAt(at) > 0x7F) throw notText(lineAt(misread, at));
    }

    private static long lineAt(String text, int end) {
        return 1 + text.substring(0, end).chars().filter(c -> c == '\n').count();
    }

    private static FormatException notText(long line) {
        return new FormatException(new Reading.Fault(
                "",
                line,
                "not-utf-8",
                "want text in UTF-8, in UTF-16 with a byte order mark, or in TCVN3, VNI, VPS or VISCII, found bytes that"
                        + " are none of them. Save the file as UTF-8 and send it again"));
    }
}
