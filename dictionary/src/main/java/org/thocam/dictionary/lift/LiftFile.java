package org.thocam.dictionary.lift;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import org.thocam.ontology.Shown;

/**
 * A LIFT file, cut into its entries and what stands around them, in one pass and in the memory that its largest entry takes. Places are
 * counted in bytes of UTF-8, so that a file can be put together again to the byte; see {@link LiftEncoding} for others.
 */
public final class LiftFile {
    /** Bytes; a larger entry, or as much around the entries, is refused. */
    static final int LARGEST_ENTRY = 8 << 20;

    static final int LARGEST_FRAME = 16 << 20;
    /** With a line break for each line of the entries. */
    private static final int MOST_LINES = 64 << 20;

    private static final Pattern VERSION = Pattern.compile("0\\.1[0-3]|0\\.9|[0-9]{1,3}(\\.[0-9]{1,3}){0,3}");
    private static final byte[] ENTRY = "entry".getBytes(StandardCharsets.US_ASCII);

    /**
     * @param offset of its first byte
     * @param length in bytes
     * @param line from 1
     */
    public record Placed(long offset, int length, long line, LiftEntry entry) {}

    /**
     * What stands around the entries.
     *
     * @param end where another entry can stand: behind the last one, else behind the header; before the {@code />} of an empty file
     */
    public record Frame(String version, String producer, long entries, long end, XmlText text) {
        XmlElement root() {
            return text.root();
        }

        /** Whether it has no {@code </lift>}: {@code <lift version="0.13"/>}. */
        public boolean empty() {
            return root().selfClosing();
        }
    }

    /** Told each entry in its order. */
    public interface Reading {
        /** Told before the first entry what stands before it; {@link Frame#entries} counts none yet. */
        default void beginning(Frame before) {}

        void entry(Placed entry);
    }

    private final InputStream in;
    private final Reading reading;
    private final Set<String> versions;
    private final Bytes frame = new Bytes(MOST_LINES);
    private final Bytes piece = new Bytes(LARGEST_ENTRY);
    private long offset;
    private long line = 1;
    private long beside;
    private long pieceOffset;
    private long pieceLine;
    private Bytes into = frame;
    private int depth;
    private long entries;
    private long end = -1;
    private boolean checked;

    private LiftFile(InputStream in, Reading reading, Set<String> versions) {
        this.in = in;
        this.reading = reading;
        this.versions = versions;
    }

    /**
     * Reads a whole file.
     *
     * @param in UTF-8, with or without a byte order mark
     * @throws LiftException if it is not well-formed, no LIFT or of another version than 0.13; what was told before is then void
     */
    public static Frame read(InputStream in, Reading reading) throws IOException, LiftException {
        return read(in, reading, Set.of("0.13"));
    }

    /** @param versions that are read */
    static Frame read(InputStream in, Reading reading, Set<String> versions) throws IOException, LiftException {
        return new LiftFile(new BufferedInputStream(in, 1 << 16), reading, versions).run();
    }

    private Frame run() throws IOException, LiftException {
        for (int b = next(); b >= 0; b = next()) {
            if (b == '<') tag();
        }
        if (depth > 0) throw broken("the file ends before " + (into == piece ? "</entry>" : "</lift>"));
        var text = text(frame, 1);
        var document = check(text);
        long last = end >= 0 ? end : behindHeader(document.root(), text);
        var whole = frame(document, last);
        if (entries == 0) reading.beginning(whole);
        return whole;
    }

    private Frame frame(XmlText document, long last) {
        var root = document.root();
        return new Frame(root.value("version"), root.value("producer"), entries, last, document);
    }

    private void beginning() throws LiftException {
        reading.beginning(frame(check(text(frame, 1) + "</lift>"), pieceOffset));
    }

    private long behindHeader(XmlElement root, String text) {
        int at = root.child("header").map(header -> header.end).orElse(root.openEnd - (root.selfClosing() ? 2 : 0));
        return text.substring(0, at).getBytes(StandardCharsets.UTF_8).length;
    }

    /** The root's start tag is read as soon as it is there, so that another format costs no more than its beginning. */
    private static XmlText check(String text) throws LiftException {
        int from = text.startsWith("\uFEFF") ? 1 : 0;
        int at = text.indexOf('<');
        if (at < 0) throw new LiftException(1, LiftProblem.Code.NOT_WELL_FORMED, "want XML, found no '<'");
        if (!text.substring(from, at).isBlank())
            throw new LiftException(1, LiftProblem.Code.NOT_WELL_FORMED, "want XML, found text before the first '<'");
        return XmlText.document(text, from);
    }

    private void checkRoot(String name, String tag, long line) throws LiftException {
        if (!name.equals("lift"))
            throw new LiftException(
                    line, LiftProblem.Code.NOT_LIFT, "want <lift> as the root, found <" + Shown.of(name) + ">");
        int end = tag.endsWith("/>") ? tag.length() - 2 : tag.length() - 1;
        var version =
                XmlText.of("<" + tag.substring(0, end) + "/>", line).root().value("version");
        if (versions.contains(version)) return;
        var known = VERSION.matcher(version).matches()
                ? "version " + version
                : version.isEmpty() ? "no version" : "version '" + Shown.of(version) + "'";
        throw new LiftException(
                line,
                LiftProblem.Code.UNSUPPORTED_VERSION,
                "want LIFT 0.13, found " + known + "; " + LiftMigration.advice(version));
    }

    private void tag() throws IOException, LiftException {
        int b = peeked();
        if (b == '!') {
            special();
            return;
        }
        if (b == '?') {
            until("?>");
            return;
        }
        if (b == '/') {
            skipTag();
            if (--depth < 0) throw broken("an end tag without its start tag");
            if (into == piece && depth == 1) entry();
            return;
        }
        start();
    }

    private void start() throws IOException, LiftException {
        long at = offset - 1;
        long startLine = line;
        int from = into.size - 1;
        boolean maybe = depth == 1 && into == frame;
        int nameFrom = into.size;
        boolean empty = skipTag();
        int nameTo = nameFrom;
        while (nameTo < into.size && !ends(into.bytes[nameTo])) nameTo++;
        if (depth == 0 && !checked) {
            checked = true;
            checkRoot(
                    new String(into.bytes, nameFrom, nameTo - nameFrom, StandardCharsets.UTF_8),
                    new String(into.bytes, nameFrom, into.size - nameFrom, StandardCharsets.UTF_8),
                    startLine);
        }
        boolean isEntry = maybe && Arrays.equals(into.bytes, nameFrom, nameTo, ENTRY, 0, ENTRY.length);
        if (isEntry) {
            piece.size = 0;
            piece.add(into.bytes, from, into.size - from);
            into.size = from;
            beside -= piece.size;
            // so that what is not well-formed around it is found, and lines stay what they are
            pieceOffset = at;
            pieceLine = startLine;
            into = piece;
        }
        if (!empty) depth++;
        else if (isEntry) entry();
    }

    private static boolean ends(byte b) {
        return b == '>' || b == '/' || b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }

    private void entry() throws LiftException {
        int length = piece.size;
        into = frame;
        if (entries == 0) beginning();
        var entry = LiftEntry.of(text(piece, pieceLine), pieceLine);
        for (long lines = line - pieceLine; lines > 0; lines--) frame.add('\n');
        end = offset;
        entries++;
        reading.entry(new Placed(pieceOffset, length, pieceLine, entry));
    }

    private void special() throws IOException, LiftException {
        int from = into.size;
        for (int i = 0; i < 3 && next() >= 0; i++) {}
        var begin = new String(into.bytes, from, into.size - from, StandardCharsets.UTF_8);
        if (begin.startsWith("!--")) until("-->");
        else if (begin.startsWith("![C")) until("]]>");
        else throw broken("a document type declaration is not read; remove <!DOCTYPE ...>");
    }

    /** @return whether it is an empty element: {@code <a/>} */
    private boolean skipTag() throws IOException, LiftException {
        int before = 0;
        for (int b = next(); b >= 0; b = next()) {
            if (b == '>') return before == '/';
            if (b == '<') throw broken("'<' within a tag");
            if (b == '"' || b == '\'') {
                int quote = b;
                do {
                    b = next();
                } while (b >= 0 && b != quote);
            }
            before = b;
        }
        throw broken("the file ends within a tag");
    }

    private void until(String mark) throws IOException, LiftException {
        int matched = 0;
        var wanted = mark.getBytes(StandardCharsets.US_ASCII);
        for (int b = next(); b >= 0; b = next()) {
            if (b == wanted[matched]) matched++;
            else if (b == wanted[0]) matched = matched == 2 && wanted[0] == wanted[1] ? 2 : 1;
            else matched = 0;
            if (matched == wanted.length) return;
        }
        throw broken("the file ends before " + mark);
    }

    private int peeked = -2;

    private int peeked() throws IOException {
        if (peeked == -2) peeked = in.read();
        return peeked;
    }

    private int next() throws IOException, LiftException {
        int b = peeked == -2 ? in.read() : peeked;
        peeked = -2;
        if (b < 0) return b;
        offset++;
        if (b == '\n') line++;
        if (into == frame && ++beside > LARGEST_FRAME || !into.add(b))
            throw broken(
                    into == piece
                            ? "want an entry of at most " + LARGEST_ENTRY + " bytes, found more"
                            : "want at most " + LARGEST_FRAME + " bytes beside the entries, found more");
        return b;
    }

    private LiftException broken(String message) {
        return new LiftException(into == piece ? pieceLine : line, LiftProblem.Code.NOT_WELL_FORMED, message);
    }

    private static String text(Bytes bytes, long line) throws LiftException {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try {
            return decoder.decode(ByteBuffer.wrap(bytes.bytes, 0, bytes.size)).toString();
        } catch (CharacterCodingException e) {
            throw new LiftException(
                    line, LiftProblem.Code.NOT_WELL_FORMED, "bytes that are not UTF-8: " + e.getMessage());
        }
    }

    private static final class Bytes {
        private final int most;
        private byte[] bytes = new byte[1 << 12];
        private int size;

        Bytes(int most) {
            this.most = most;
        }

        boolean add(int b) {
            if (size == bytes.length) {
                if (size >= most) return false;
                bytes = Arrays.copyOf(bytes, 2 * size);
            }
            bytes[size++] = (byte) b;
            return true;
        }

        void add(byte[] more, int from, int length) {
            while (size + length > bytes.length) bytes = Arrays.copyOf(bytes, 2 * bytes.length);
            System.arraycopy(more, from, bytes, size, length);
            size += length;
        }
    }
}
