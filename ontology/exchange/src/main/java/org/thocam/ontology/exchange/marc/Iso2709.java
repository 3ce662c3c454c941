package org.thocam.ontology.exchange.marc;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.marc4j.converter.impl.AnselToUnicode;
import org.marc4j.marc.Record;
import org.marc4j.marc.impl.ControlFieldImpl;
import org.marc4j.marc.impl.DataFieldImpl;
import org.marc4j.marc.impl.RecordImpl;
import org.marc4j.marc.impl.SubfieldImpl;
import org.thocam.ontology.exchange.UnreadableRecordException;

/**
 * One record of ISO 2709 on marc4j's model. marc4j's own readers believe the lengths in leader and directory, or guess without a bound
 * where these are wrong; here the terminators decide, and the directory only says which tag a field has. MARC 21 Specifications for
 * Record Structure; Character Sets and Encoding Options, part 2 (MARC-8) and part 4 (lossless conversion).
 */
final class Iso2709 {
    static final int RECORD_END = 0x1D;
    private static final int FIELD_END = 0x1E;
    private static final int SUBFIELD = 0x1F;
    private static final int LEADER = 24;
    private static final int ENTRY = 12;
    private static final Pattern REFERENCE = Pattern.compile("&#x([0-9A-Fa-f]{2,6});");

    private enum Coding {
        UTF_8,
        /** MARC-8, of which ASCII is a part. */
        MARC_8
    }

    private record Entry(String tag, int length, int start) {}

    private final AnselToUnicode marc8 = new AnselToUnicode();

    Iso2709() {
        marc8.setTranslateNCR(false);
        marc8.setComposeUnicode(true);
    }

    /**
     * @param bytes of one record, without its terminator
     * @throws UnreadableRecordException if directory and fields do not fit each other, or the text is not in the encoding it says
     */
    Record unpack(byte[] bytes) {
        if (bytes.length <= LEADER)
            throw new UnreadableRecordException(
                    "the record is " + bytes.length + " bytes long: want a leader of 24 and a directory");
        int base = indexOf(bytes, FIELD_END, LEADER);
        if (base < 0) throw new UnreadableRecordException("the directory has no end: want a field terminator (1E)");
        var leader = new String(bytes, 0, LEADER, StandardCharsets.ISO_8859_1);
        var data = Arrays.copyOfRange(bytes, base + 1, bytes.length);
        var entries = directory(bytes, base);
        var fields = fields(entries, data);
        var coding = coding(leader.charAt(9), data);
        var record = new RecordImpl();
        record.setLeader(MarcXml.leader(leader));
        for (int i = 0; i < entries.size(); i++) add(record, entries.get(i).tag, fields.get(i), coding);
        return record;
    }

    private static List<Entry> directory(byte[] bytes, int end) {
        if ((end - LEADER) % ENTRY != 0)
            throw new UnreadableRecordException(
                    "the directory is " + (end - LEADER) + " bytes long: want a multiple of 12");
        var entries = new ArrayList<Entry>();
        for (int at = LEADER; at < end; at += ENTRY) {
            var text = new String(bytes, at, ENTRY, StandardCharsets.ISO_8859_1);
            entries.add(new Entry(text.substring(0, 3), number(text.substring(3, 7)), number(text.substring(7))));
        }
        return entries;
    }

    private static int number(String digits) {
        int value = 0;
        for (char c : digits.toCharArray()) {
            if (c < '0' || c > '9') return -1;
            value = value * 10 + c - '0';
        }
        return value;
    }

    /**
     * What stands between terminators, each for the entry of the directory that points at it; entries that point elsewhere get what is
     * left, in the order in which it stands.
     */
    private static List<byte[]> fields(List<Entry> entries, byte[] data) {
        var left = new TreeMap<Integer, Integer>();
        for (int from = 0; from < data.length; ) {
            int end = indexOf(data, FIELD_END, from);
            if (end < 0) end = data.length;
            left.put(from, end);
            from = end + 1;
        }
        if (left.size() != entries.size())
            throw new UnreadableRecordException("the directory names " + entries.size() + " fields, and there are "
                    + left.size() + ": nothing says which is which");
        var ends = new ArrayList<Integer>();
        var starts = new ArrayList<Integer>();
        for (var entry : entries) {
            var end = left.get(entry.start);
            boolean fits = end != null && end == entry.start + entry.length - 1;
            starts.add(fits ? entry.start : -1);
            ends.add(fits ? left.remove(entry.start) : -1);
        }
        var fields = new ArrayList<byte[]>();
        for (int i = 0; i < starts.size(); i++) {
            var rest = starts.get(i) < 0 ? left.pollFirstEntry() : Map.entry(starts.get(i), ends.get(i));
            fields.add(Arrays.copyOfRange(data, rest.getKey(), rest.getValue()));
        }
        return fields;
    }

    /** Many systems write UTF-8 and leave the leader as it was for MARC-8; what is UTF-8 throughout is hardly ever anything else. */
    private static Coding coding(char said, byte[] data) {
        boolean utf8 = utf8(data) != null;
        if (said == 'a') {
            if (!utf8) throw new UnreadableRecordException("leader/09 says that the record is in UTF-8, and it is not");
            return Coding.UTF_8;
        }
        boolean plain = true;
        for (byte b : data) {
            if (b == 0x1B) return Coding.MARC_8;
            plain &= b >= 0;
        }
        return utf8 && !plain ? Coding.UTF_8 : Coding.MARC_8;
    }

    private static String utf8(byte[] data) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(data))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private void add(Record record, String tag, byte[] field, Coding coding) {
        if (tag.startsWith("00")) {
            record.addVariableField(new ControlFieldImpl(tag, text(field, 0, field.length, coding)));
            return;
        }
        int first = indexOf(field, SUBFIELD, 0);
        if (first < 0) return;
        var to = new DataFieldImpl(tag, indicator(field, first, 0), indicator(field, first, 1));
        for (int from = first; from >= 0 && from + 1 < field.length; ) {
            int next = indexOf(field, SUBFIELD, from + 1);
            int end = next < 0 ? field.length : next;
            if (end > from + 1)
                to.addSubfield(new SubfieldImpl((char) (field[from + 1] & 0xFF), text(field, from + 2, end, coding)));
            from = next;
        }
        record.addVariableField(to);
    }

    private static char indicator(byte[] field, int subfields, int number) {
        return number < subfields ? (char) (field[number] & 0xFF) : ' ';
    }

    private String text(byte[] field, int from, int to, Coding coding) {
        var bytes = Arrays.copyOfRange(field, from, Math.max(from, to));
        if (coding == Coding.UTF_8) return new String(bytes, StandardCharsets.UTF_8);
        var raw = new String(bytes, StandardCharsets.ISO_8859_1);
        try {
            return dereferenced(marc8.convert(raw));
        } catch (RuntimeException e) {
            throw new UnreadableRecordException("a field is no MARC-8: " + e.getMessage(), e);
        }
    }

    private static String dereferenced(String text) {
        return REFERENCE.matcher(text).replaceAll(match -> {
            int c = Integer.parseInt(match.group(1), 16);
            return java.util.regex.Matcher.quoteReplacement(
                    Character.isValidCodePoint(c) && (c < 0xD800 || c > 0xDFFF)
                            ? Character.toString(c)
                            : match.group());
        });
    }

    private static int indexOf(byte[] bytes, int value, int from) {
        for (int i = from; i < bytes.length; i++) if (bytes[i] == value) return i;
        return -1;
    }
}
