package org.thocam.ontology.transcript;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Standard format of Toolbox and Shoebox: a line begins with a marker, and goes on where the next has none. A tier is a marker. The fields of a
 * record hang on its first field and have its time (\ELANBegin and \ELANEnd, \aud, or a \ref that is a time).
 *
 * <p>Lines that stand under each other, such as \tx, \mb and \ge, are cut into words where their columns agree; the words are a second tier of the
 * marker's name, whose attribute "unit" is "word", and hang on the word above. Toolbox counts columns in bytes, other programs in letters.
 */
final class ToolboxReader {
    private static final Pattern BLANKS = Pattern.compile("[ \\t]+");
    private static final Pattern CLOCK = Pattern.compile("([0-9]{1,3}):([0-9]{2}):([0-9]{2}(?:\\.[0-9]{1,9})?)");

    /** Rows that can stand under each other: more have not been seen, and every row costs a look at those above. */
    private static final int MOST_ROWS = 24;

    /** One field; {@code whole} says that it stands on one line, {@code joined} that no empty line is above it. */
    private static final class Field {
        final String marker;
        final StringBuilder text;
        final int line;
        final boolean joined;
        final boolean damaged;
        boolean whole = true;
        boolean aligned;
        int segment;
        private Row bytes;
        private Row letters;

        Field(String marker, String text, int line, boolean joined, boolean damaged) {
            this.marker = marker;
            this.text = new StringBuilder(text);
            this.line = line;
            this.joined = joined;
            this.damaged = damaged;
        }

        /** The line in columns, which are those of bytes or of letters; one of ASCII is the same in both. */
        Row row(boolean inBytes) {
            if (bytes == null) {
                bytes = Row.of(this, true);
                letters = bytes.columns().length == text.length() ? bytes : Row.of(this, false);
            }
            return inBytes ? bytes : letters;
        }

        boolean isSameInBoth() {
            return row(true) == row(false);
        }

        /** The columns are needed no more: they are many times the text. */
        void forgetRow() {
            bytes = null;
            letters = null;
        }
    }

    /** Which letter stands in each column of a line, -1 behind the first byte of one, and where words begin; blanks are ' '. */
    private record Row(int[] columns, int[] starts) {
        static Row of(Field field, boolean bytes) {
            var text = field.text;
            var columns = new int[bytes ? 3 * text.length() : text.length()];
            int at = 0;
            for (int i = 0; i < text.length(); ) {
                int c = Character.codePointAt(text, i);
                int width =
                        !bytes || c < 0x80 || c == 0xFFFD && field.damaged ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
                columns[at++] = c == '\t' ? ' ' : c;
                for (int more = 1; more < width; more++) columns[at++] = -1;
                i += Character.charCount(c);
            }
            var row = Arrays.copyOf(columns, at);
            int count = 0;
            for (int i = 0; i < at; i++) if (begins(row, i)) columns[count++] = i;
            return new Row(row, Arrays.copyOf(columns, count));
        }

        private static boolean begins(int[] row, int column) {
            return row[column] != ' ' && row[column] != -1 && (column == 0 || row[column - 1] == ' ');
        }

        boolean begins(int column) {
            return column < columns.length && begins(columns, column);
        }

        /** Whether no word runs over one of these columns. */
        boolean breaksAt(int[] places) {
            for (int place : places)
                if (place > 0 && place - 1 < columns.length && columns[place - 1] != ' ') return false;
            return true;
        }

        boolean isEmpty(int from, int to) {
            for (int i = from; i < Math.min(to, columns.length); i++) if (columns[i] != ' ') return false;
            return true;
        }
    }

    private record Pair(String above, String below) {}

    /** How many words of one marker's lines had another's lines break where they begin, of how many that were tried. */
    private static final class Evidence {
        long tried;
        long held;
        boolean padded;
    }

    /** A word of a row, with the column that it begins in. */
    private record Cell(int start, String text) {}

    private final TextLines lines;
    private final Limits limits;
    private final Gathering gathering;

    /** A row hangs on the row above, and the first on its line, its record and the text. */
    private final int mostRows;

    private final List<Field> fields = new ArrayList<>();
    private final Map<Pair, Evidence> evidence = new HashMap<>();

    private ToolboxReader(TextLines lines, Limits limits) {
        this.lines = lines;
        this.limits = limits;
        this.gathering = new Gathering(Format.TOOLBOX, limits);
        this.mostRows = Math.min(MOST_ROWS, limits.depth() - 3);
    }

    static Transcript read(InputStream in, Limits limits) throws TranscriptException {
        return new ToolboxReader(TextLines.guessed(in, limits), limits).read();
    }

    private Transcript read() throws TranscriptException {
        lines.legacy()
                .ifPresent(charset -> gathering.warn(
                        "the file is not UTF-8; it is read as " + charset.name() + ", which most of its letters fit"));
        gatherFields();
        if (fields.isEmpty())
            throw new TranscriptException("no line begins with a marker, such as \\tx, in " + lines.number()
                    + " lines: this is no Toolbox file");
        weigh();
        records();
        return gathering.transcript();
    }

    private void gatherFields() throws TranscriptException {
        boolean joined = false;
        Field last = null;
        while (lines.next()) {
            var line = lines.text();
            if (lines.damaged())
                gathering.warn("line " + lines.number() + " has bytes that are not UTF-8; each is U+FFFD now");
            if (line.isBlank()) {
                joined = false;
                continue;
            }
            int marker = marker(line);
            if (marker == 0) {
                if (last == null) {
                    gathering.warn("line " + lines.number() + " stands before the first marker; it is not read");
                    continue;
                }
                if (!last.text.isEmpty()) last.text.append(' ');
                last.text.append(line.strip());
                last.whole = false;
                gathering.bounded(
                        last.text.length() > limits.characters() ? last.text.toString() : "", "line " + last.line);
            } else if (line.charAt(1) == '_') {
                // the program's own: version, database type, settings of the window
                last = null;
            } else {
                if (fields.size() >= limits.segments())
                    throw new TranscriptException(
                            "line " + lines.number() + ": more than " + limits.segments() + " segments: not read");
                // one blank divides the marker from the text; any more is a column
                var text = marker < line.length() ? line.substring(marker + 1).stripTrailing() : "";
                last = new Field(
                        line.substring(1, marker),
                        gathering.bounded(text, "line " + lines.number()),
                        lines.number(),
                        joined,
                        lines.damaged());
                fields.add(last);
            }
            joined = true;
        }
    }

    /** Behind the marker that a line begins with, 0 where it begins with none. */
    static int marker(String line) {
        if (line.length() < 2 || line.charAt(0) != '\\' || isBlank(line.charAt(1))) return 0;
        int end = 1;
        while (end < line.length() && !isBlank(line.charAt(end))) end++;
        return end;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    // ---- which markers stand under which ----

    /** Counts how often lines of one marker agree with those of another above them, over the whole file: once may be chance. */
    private void weigh() {
        for (int i = 0; i < fields.size(); i++) {
            var top = fields.get(i);
            int words = top.whole ? top.row(true).starts().length : 0;
            var held = new ArrayList<Evidence>();
            boolean padded = top.text.indexOf("  ") >= 0;
            for (int j = i + 1; words > 1 && continues(fields, i, j); j++) {
                var below = fields.get(j);
                if (below.text.isEmpty()) continue;
                var found = evidence.computeIfAbsent(new Pair(top.marker, below.marker), pair -> new Evidence());
                found.tried += words - 1;
                if (!agrees(top, below, true)
                        && (top.isSameInBoth() && below.isSameInBoth() || !agrees(top, below, false))) break;
                found.held += words - 1;
                held.add(found);
                padded |= below.text.indexOf("  ") >= 0;
            }
            if (padded) held.forEach(found -> found.padded = true);
            top.forgetRow();
        }
    }

    /** Whether {@code next} may be a row of the block from {@code first}: a line of its own, right below, of a marker that is not in the block yet. */
    private boolean continues(List<Field> of, int first, int next) {
        if (next >= of.size() || next - first >= mostRows) return false;
        var below = of.get(next);
        if (!below.joined || !below.whole) return false;
        for (int i = first; i < next; i++) if (of.get(i).marker.equals(below.marker)) return false;
        return true;
    }

    /** Whether the lower row breaks where words of the upper begin, and begins words of its own at half of those places. */
    private static boolean agrees(Field above, Field below, boolean bytes) {
        var starts = above.row(bytes).starts();
        var lower = below.row(bytes);
        if (!lower.breaksAt(starts)) return false;
        int shared = 0;
        for (int i = 1; i < starts.length; i++) if (lower.begins(starts[i])) shared++;
        return 2 * shared >= starts.length - 1;
    }

    /**
     * Prose under prose agrees by chance, but seldom: 3 words of 100 in real files, where lines that were made to agree, and edited since, still do
     * in 12. And only columns have more than one blank between words.
     */
    private boolean standsUnder(Field above, Field below) {
        var found = evidence.get(new Pair(above.marker, below.marker));
        return found != null && found.padded && 10 * found.held >= found.tried;
    }

    // ---- records ----

    private void records() throws TranscriptException {
        var root = fields.get(0).marker;
        var record = fields.stream().anyMatch(field -> field.marker.equals("ref")) ? "ref" : root;
        var clocks = clocks(record);
        int onRoot = -1;
        for (int i = 0; i < fields.size(); ) {
            var first = fields.get(i);
            int end = i + 1;
            while (end < fields.size()
                    && !fields.get(end).marker.equals(root)
                    && !fields.get(end).marker.equals(record)) end++;
            var part = fields.subList(i, end);
            boolean timed = first.marker.equals(record);
            var span = timed ? span(part).or(() -> Optional.ofNullable(clocks.get(first))) : Optional.<Span>empty();
            boolean isRoot = first.marker.equals(root);
            int head = record(part, span, isRoot ? -1 : onRoot);
            if (isRoot) onRoot = head;
            i = end;
        }
    }

    /** Adds the fields of a record, which hang on its first; that one hangs on {@code parent} and is answered. */
    private int record(List<Field> part, Optional<Span> span, int parent) throws TranscriptException {
        var speaker = part.stream()
                .filter(field -> field.marker.equals("ELANParticipant"))
                .map(field -> field.text.toString().strip())
                .findFirst()
                .orElse("");
        int head = -1;
        for (int i = 0; i < part.size(); ) {
            var rows = block(part, i);
            var byBytes = agreement(rows, true);
            var byLetters = rows.stream().allMatch(Field::isSameInBoth) ? byBytes : agreement(rows, false);
            boolean bytes = byBytes.compareTo(byLetters) >= 0;
            var block = rows.subList(0, bytes ? byBytes.rows() : byLetters.rows());
            boolean aligned = block.size() > 1;
            if (block.size() < rows.size())
                gathering.warn("line " + rows.get(block.size()).line + ": its columns do not agree with those of line "
                        + rows.get(0).line + ", neither in bytes nor in letters");
            for (var field : block) {
                field.aligned = aligned;
                int tier = gathering.tier(field.marker, role(field.marker), speaker, "", Map.of());
                var on = head < 0 ? parent : head;
                field.segment = gathering.add(
                        tier, span, text(field), on < 0 ? Optional.empty() : Optional.of(on), "line " + field.line);
                if (on >= 0) gathering.hang(tier, gathering.tierOf(on));
                if (head < 0) head = field.segment;
            }
            if (aligned) words(block, bytes, span, speaker);
            block.forEach(Field::forgetRow);
            i += block.size();
        }
        return head;
    }

    /** The blanks that hold columns apart are the format's, not the text's. */
    private static String text(Field field) {
        var text = field.text.toString().strip();
        return field.aligned ? BLANKS.matcher(text).replaceAll(" ") : text;
    }

    /** A field with the rows that stand under it, those of the whole file's evidence. */
    private List<Field> block(List<Field> part, int from) {
        var top = part.get(from);
        int end = from + 1;
        while (top.whole && continues(part, from, end) && standsUnder(top, part.get(end))) end++;
        return part.subList(from, end);
    }

    /** How many rows, from the top, break where the top's words begin, and how many words they begin there. */
    private record Agreement(int rows, int shared) implements Comparable<Agreement> {
        @Override
        public int compareTo(Agreement other) {
            return rows == other.rows ? Integer.compare(shared, other.shared) : Integer.compare(rows, other.rows);
        }
    }

    private static Agreement agreement(List<Field> rows, boolean bytes) {
        if (rows.size() == 1) return new Agreement(1, 0);
        var starts = rows.get(0).row(bytes).starts();
        int shared = 0;
        int row = 1;
        for (; row < rows.size(); row++) {
            var below = rows.get(row).row(bytes);
            if (!below.breaksAt(starts)) break;
            for (int start : starts) if (below.begins(start)) shared++;
        }
        return new Agreement(row, shared);
    }

    // ---- words ----

    private void words(List<Field> block, boolean bytes, Optional<Span> span, String speaker)
            throws TranscriptException {
        var rows = block.stream().map(field -> field.row(bytes)).toList();
        var begun = new int
                [rows.stream().mapToInt(row -> row.columns().length).max().orElse(0)];
        for (var row : rows) for (int start : row.starts()) begun[start]++;
        var numbers = new ArrayList<int[]>();
        var begins = new ArrayList<int[]>();
        for (int i = 0; i < rows.size(); i++) {
            int above = above(rows, begins, i);
            var cells = cells(rows.get(i), i, begun, above < 0 ? new int[0] : begins.get(above));
            var field = block.get(i);
            int tier =
                    gathering.tier(field.marker, wordRole(field.marker), speaker, "", Map.of(Gathering.UNIT, "word"));
            if (above >= 0)
                gathering.hang(
                        tier,
                        gathering.tier(
                                block.get(above).marker,
                                wordRole(block.get(above).marker),
                                speaker,
                                "",
                                Map.of(Gathering.UNIT, "word")));
            else gathering.hang(tier, gathering.tierOf(field.segment));
            var place = "line " + field.line;
            var number = new int[cells.size()];
            var begin = new int[cells.size()];
            int over = -1;
            for (int cell = 0; cell < number.length; cell++) {
                begin[cell] = cells.get(cell).start();
                int parent = field.segment;
                if (above >= 0) {
                    while (over + 1 < begins.get(above).length && begins.get(above)[over + 1] <= begin[cell]) over++;
                    if (over >= 0) parent = numbers.get(above)[over];
                }
                number[cell] = gathering.add(tier, span, cells.get(cell).text(), Optional.of(parent), place);
            }
            numbers.add(number);
            begins.add(begin);
        }
    }

    /** The nearest row above whose words this one has its own under, but for a quarter; the top row where none is, -1 for the top itself. */
    private static int above(List<Row> rows, List<int[]> begins, int row) {
        for (int above = row - 1; above > 0; above--) {
            var starts = begins.get(above);
            if (starts.length == 0 || !rows.get(row).breaksAt(starts)) continue;
            int empty = 0;
            for (int i = 0; i < starts.length; i++)
                if (rows.get(row).isEmpty(starts[i], i + 1 < starts.length ? starts[i + 1] : Integer.MAX_VALUE))
                    empty++;
            if (4 * empty <= starts.length) return above;
        }
        return row == 0 ? -1 : 0;
    }

    /**
     * The words of a row. In the third row and below, a word that begins where no other row begins one is the rest of the word before it ("do,
     * make" under one morph), unless a word above begins there.
     */
    private static List<Cell> cells(Row row, int depth, int[] begun, int[] above) {
        var columns = row.columns();
        var cells = new ArrayList<Cell>();
        var text = new StringBuilder();
        int begin = -1;
        int next = 0;
        for (int start : row.starts()) {
            boolean crossed = false;
            for (; next < above.length && above[next] <= start; next++) crossed = true;
            if (depth > 1 && begin >= 0 && !crossed && begun[start] == 1) {
                text.append(' ');
            } else {
                if (begin >= 0) cells.add(new Cell(begin, text.toString()));
                text.setLength(0);
                begin = start;
            }
            for (int i = start; i < columns.length && columns[i] != ' '; i++)
                if (columns[i] != -1) text.appendCodePoint(columns[i]);
        }
        if (begin >= 0) cells.add(new Cell(begin, text.toString()));
        return cells;
    }

    // ---- times ----

    private Optional<Span> span(List<Field> part) throws TranscriptException {
        Optional<Long> begin = Optional.empty();
        Optional<Long> end = Optional.empty();
        var place = "line " + part.get(0).line;
        for (var field : part) {
            var text = field.text.toString().strip();
            switch (field.marker) {
                case "ELANBegin" -> begin = time(text);
                case "ELANEnd" -> end = time(text);
                case "aud" -> {
                    var words = text.split("[ \\t]+");
                    if (words.length != 3) break;
                    var from = time(words[1]);
                    var to = time(words[2]);
                    if (from.isEmpty() || to.isEmpty()) break;
                    gathering.medium(new Medium(Medium.fileName(words[0]), "", 0));
                    if (begin.isEmpty()) {
                        begin = from;
                        end = to;
                    }
                }
                default -> {
                    // says nothing of time
                }
            }
        }
        if (begin.isEmpty() && end.isEmpty()) return Optional.empty();
        if (begin.isPresent() && end.isPresent()) return Optional.of(gathering.span(begin.get(), end.get(), place));
        gathering.warn(place + ": the record has one side of its time alone; it is kept as a point");
        long point = begin.isPresent() ? begin.get() : end.get();
        return Optional.of(new Span(point, point, true));
    }

    /** Seconds, or hours, minutes and seconds: ELAN writes either. */
    private static Optional<Long> time(String text) {
        var clock = CLOCK.matcher(text);
        if (!clock.matches()) return Gathering.milliseconds(text);
        long minutes = Long.parseLong(clock.group(1)) * 60 + Long.parseLong(clock.group(2));
        return Gathering.milliseconds(clock.group(3)).map(seconds -> minutes * 60_000 + seconds);
    }

    /** Where every \ref that says something is a time, a record lasts until the next one. */
    private Map<Field, Span> clocks(String record) {
        var heads = fields.stream().filter(field -> field.marker.equals(record)).toList();
        var times = new HashMap<Field, Long>();
        for (var head : heads) {
            var text = head.text.toString().strip();
            if (text.isEmpty()) continue;
            if (!CLOCK.matcher(text).matches()) return Map.of();
            time(text).ifPresent(time -> times.put(head, time));
        }
        var spans = new HashMap<Field, Span>();
        for (int i = 0; i < heads.size(); i++) {
            var start = times.get(heads.get(i));
            if (start == null) continue;
            var end = i + 1 < heads.size() ? times.get(heads.get(i + 1)) : null;
            spans.put(heads.get(i), new Span(start, end == null ? start : Math.max(start, end), true));
        }
        return spans;
    }

    private static Role role(String marker) {
        return switch (marker) {
            case "tx", "t", "txt" -> Role.TRANSCRIPTION;
            case "mb", "m", "mr" -> Role.MORPHEME;
            case "ge", "g", "gl", "gn", "gr", "gf", "gls" -> Role.GLOSS;
            case "ps", "p", "pos" -> Role.PART_OF_SPEECH;
            case "ft", "f", "fe", "fn", "fr", "ftn", "ftr", "ftf", "l", "lt", "tr" -> Role.TRANSLATION;
            case "nt", "cmt", "com", "not" -> Role.NOTE;
            case "ref", "id" -> Role.REFERENCE;
            default -> Role.OTHER;
        };
    }

    private static Role wordRole(String marker) {
        var role = role(marker);
        return role == Role.TRANSCRIPTION || role == Role.OTHER ? Role.WORD : role;
    }
}
