package org.thocam.ontology.exchange.marc;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.marc4j.MarcException;
import org.marc4j.MarcStreamWriter;
import org.marc4j.converter.impl.UnicodeToAnsel;
import org.marc4j.marc.DataField;
import org.marc4j.marc.Record;
import org.marc4j.marc.impl.DataFieldImpl;
import org.marc4j.marc.impl.RecordImpl;
import org.marc4j.marc.impl.SubfieldImpl;
import org.thocam.ontology.exchange.CatalogueRecord;
import org.thocam.ontology.exchange.FileRecord;
import org.thocam.ontology.exchange.UnreadableRecordException;
import org.thocam.ontology.exchange.UnwritableRecordException;

/** Files of ISO 2709, in UTF-8 and MARC-8: read and written one record at a time. */
public final class MarcFile {
    public enum Encoding {
        UTF_8,
        /** Characters that MARC-8 lacks become numeric references, as the Library of Congress prescribes, so that nothing is lost. */
        MARC_8
    }

    /** No record of a library is longer; the format itself has room for 99,999 bytes. */
    static final int LONGEST = 8 << 20;

    private MarcFile() {}

    /** Tells of every record, in the order of the file; a faulty one does not stop those after it. */
    public static void read(Path path, Consumer<FileRecord> to) throws IOException {
        try (var in = new BufferedInputStream(Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS), 1 << 16)) {
            read(in, to);
        }
    }

    static void read(InputStream in, Consumer<FileRecord> to) throws IOException {
        var format = new Iso2709();
        var bytes = new ByteArrayOutputStream();
        long number = 0;
        long start = 0;
        boolean tooLong = false;
        long at = 0;
        for (int b = in.read(); ; b = in.read(), at++) {
            if (b >= 0 && b != Iso2709.RECORD_END) {
                // line ends and fillers of tapes stand between records
                if (bytes.size() == 0 && (b <= ' ' || b == 0x5E)) continue;
                if (bytes.size() == 0) start = at;
                if (bytes.size() < LONGEST) bytes.write(b);
                else tooLong = true;
                continue;
            }
            if (bytes.size() > 0) {
                number++;
                if (tooLong)
                    to.accept(new FileRecord.Faulty(number, start, "the record is longer than " + LONGEST + " bytes"));
                else if (b < 0)
                    to.accept(new FileRecord.Faulty(
                            number, start, "the file ends within the record: want a record terminator (1D)"));
                else to.accept(described(format, bytes.toByteArray(), number, start));
            }
            bytes.reset();
            tooLong = false;
            if (b < 0) return;
        }
    }

    private static FileRecord described(Iso2709 format, byte[] bytes, long number, long start) {
        try {
            var record = format.unpack(bytes);
            return new FileRecord.Described(number, start, Marc21Reader.nameOf(record), Marc21Reader.describe(record));
        } catch (UnreadableRecordException e) {
            return new FileRecord.Faulty(number, start, e.getMessage());
        }
    }

    public static Writer writer(OutputStream out, Encoding encoding) {
        return new Writer(out, encoding);
    }

    /** Writes one record after another; closing it closes the stream. */
    public static final class Writer implements Closeable {
        /** The longest piece of a note, so that its field is within the 9,999 bytes of the format. */
        private static final int PIECE = 9_000;

        private final OutputStream out;
        private final Encoding encoding;

        private Writer(OutputStream out, Encoding encoding) {
            this.out = out;
            this.encoding = encoding;
        }

        /** @throws UnwritableRecordException if it is longer than the format allows: a record 99,999 bytes, a field 9,999 */
        public void write(CatalogueRecord from) throws IOException {
            var record = Marc21.record(from);
            record.getLeader().setCharCodingScheme(encoding == Encoding.UTF_8 ? 'a' : ' ');
            record = inPieces(record);
            if (encoding == Encoding.MARC_8) toMarc8(record);
            var one = new ByteArrayOutputStream();
            try {
                var writer = new MarcStreamWriter(one, encoding == Encoding.UTF_8 ? "UTF8" : "ISO8859_1");
                writer.write(record);
                writer.close();
            } catch (MarcException e) {
                throw new UnwritableRecordException("item " + from.id() + " is too long for ISO 2709 (" + e.getMessage()
                        + "); MARCXML has room for it");
            }
            one.writeTo(out);
        }

        private static void toMarc8(Record record) {
            var marc8 = new UnicodeToAnsel(true);
            for (var field : record.getDataFields())
                for (var sub : field.getSubfields()) sub.setData(marc8.convert(referenced(sub.getData())));
            for (var field : record.getControlFields()) field.setData(marc8.convert(referenced(field.getData())));
        }

        /** marc4j would make two references of a character beyond U+FFFF, and take for one what only looks like it. */
        private static String referenced(String text) {
            var better = new StringBuilder();
            text.replace("&#x", "&#x26;#x").codePoints().forEach(c -> {
                if (c > 0xFFFF) better.append(String.format("&#x%X;", c));
                else better.appendCodePoint(c);
            });
            return better.toString();
        }

        /** A note too long for a field becomes several, cut at spaces. */
        private Record inPieces(Record record) {
            var cut = new RecordImpl();
            cut.setLeader(record.getLeader());
            record.getControlFields().forEach(cut::addVariableField);
            for (var field : record.getDataFields()) pieces(field).forEach(cut::addVariableField);
            return cut;
        }

        private List<DataField> pieces(DataField field) {
            var sub = field.getSubfield('a');
            if (!field.getTag().startsWith("5") || sub == null || sub.getData().length() <= most())
                return List.of(field);
            var pieces = new ArrayList<DataField>();
            for (var piece : pieces(sub.getData())) {
                var copy = new DataFieldImpl(field.getTag(), field.getIndicator1(), field.getIndicator2());
                for (var other : field.getSubfields())
                    copy.addSubfield(new SubfieldImpl(other.getCode(), other == sub ? piece : other.getData()));
                pieces.add(copy);
            }
            return pieces;
        }

        /** A character is up to 3 bytes of UTF-8, and up to 9 as a reference. */
        private int most() {
            return PIECE / (encoding == Encoding.UTF_8 ? 3 : 9);
        }

        private List<String> pieces(String text) {
            var pieces = new ArrayList<String>();
            int most = most();
            int from = 0;
            while (text.length() - from > most) {
                int at = text.lastIndexOf(' ', from + most);
                int end = at <= from ? from + most : at;
                if (Character.isLowSurrogate(text.charAt(end))) end--;
                pieces.add(text.substring(from, end).strip());
                from = end;
            }
            pieces.add(text.substring(from).strip());
            return pieces;
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
