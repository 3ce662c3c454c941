package org.thocam.dictionary.exchange.table;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.thocam.ontology.Shown;

/**
 * What a column of a table holds, written {@code name[:TYPE][@TAG][#NUMBER]}, such as {@code gloss@vi}, {@code relation:synonym} or
 * {@code example@en#2}, the English translation of the second example.
 *
 * @param type of a note, relation, field or trait; else empty
 * @param tag language tag; empty for what the name stands for by itself
 * @param number from 1, for what a word or sense has several of
 */
public record Column(Name name, String type, String tag, int number) implements Comparable<Column> {
    private enum Need {
        NEVER,
        MAY,
        MUST
    }

    /** In the order of a written table. */
    public enum Name {
        ID("id", false, Need.NEVER, Need.NEVER, false),
        LIFT_ID("lift-id", false, Need.NEVER, Need.NEVER, false),
        GUID("guid", false, Need.NEVER, Need.NEVER, false),
        ORDER("order", false, Need.NEVER, Need.NEVER, false),
        HEADWORD("headword", false, Need.NEVER, Need.MAY, false),
        CITATION("citation", false, Need.NEVER, Need.MAY, false),
        PRONUNCIATION("pronunciation", false, Need.NEVER, Need.MAY, true),
        AUDIO("audio", false, Need.NEVER, Need.NEVER, true),
        VARIANT("variant", false, Need.NEVER, Need.MAY, true),
        SENSE("sense", true, Need.NEVER, Need.NEVER, false),
        SENSE_ID("sense-id", true, Need.NEVER, Need.NEVER, false),
        PART_OF_SPEECH("part-of-speech", true, Need.NEVER, Need.NEVER, false),
        GLOSS("gloss", true, Need.NEVER, Need.MUST, true),
        DEFINITION("definition", true, Need.NEVER, Need.MUST, false),
        DOMAIN("domain", true, Need.NEVER, Need.NEVER, false),
        EXAMPLE("example", true, Need.NEVER, Need.MAY, true),
        EXAMPLE_FORM("example-form", true, Need.NEVER, Need.MUST, true),
        EXAMPLE_SOURCE("example-source", true, Need.NEVER, Need.NEVER, true),
        EXAMPLE_NOTE("example-note", true, Need.MAY, Need.MAY, true),
        EXAMPLE_FIELD("example-field", true, Need.MUST, Need.MAY, true),
        PICTURE("picture", true, Need.NEVER, Need.NEVER, true),
        PICTURE_CAPTION("picture-caption", true, Need.NEVER, Need.MAY, true),
        SENSE_NOTE("sense-note", true, Need.MAY, Need.MAY, true),
        SENSE_RELATION("sense-relation", true, Need.MUST, Need.NEVER, true),
        SENSE_FIELD("sense-field", true, Need.MUST, Need.MAY, true),
        SENSE_TRAIT("sense-trait", true, Need.MUST, Need.NEVER, true),
        ETYMOLOGY("etymology", false, Need.NEVER, Need.MAY, true),
        ETYMOLOGY_TYPE("etymology-type", false, Need.NEVER, Need.NEVER, true),
        ETYMOLOGY_SOURCE("etymology-source", false, Need.NEVER, Need.NEVER, true),
        ETYMOLOGY_GLOSS("etymology-gloss", false, Need.NEVER, Need.MUST, true),
        NOTE("note", false, Need.MAY, Need.MAY, true),
        RELATION("relation", false, Need.MUST, Need.NEVER, true),
        FIELD("field", false, Need.MUST, Need.MAY, true),
        TRAIT("trait", false, Need.MUST, Need.NEVER, true),
        DATE_CREATED("date-created", false, Need.NEVER, Need.NEVER, false),
        DATE_MODIFIED("date-modified", false, Need.NEVER, Need.NEVER, false),
        DATE_DELETED("date-deleted", false, Need.NEVER, Need.NEVER, false);

        private static final Map<String, Name> BY_WORD =
                Arrays.stream(values()).collect(Collectors.toMap(name -> name.word, Function.identity()));

        private final String word;
        private final boolean ofSense;
        private final Need type;
        private final Need tag;
        private final boolean several;

        Name(String word, boolean ofSense, Need type, Need tag, boolean several) {
            this.word = word;
            this.ofSense = ofSense;
            this.type = type;
            this.tag = tag;
            this.several = several;
        }

        public boolean ofSense() {
            return ofSense;
        }
    }

    private static final Pattern NUMBER = Pattern.compile("(.*)#([1-9][0-9]{0,3})", Pattern.DOTALL);
    private static final Pattern TAG = Pattern.compile("(.*)@([A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*)", Pattern.DOTALL);
    private static final Comparator<Column> ORDER = Comparator.comparing(Column::name)
            .thenComparing(Column::type)
            .thenComparing(Column::number)
            .thenComparing(column -> column.name == Name.EXAMPLE && !column.tag.isEmpty())
            .thenComparing(Column::tag);

    public Column {
        require(name.type, type, name, "a type, such as " + name.word + ":TYPE");
        require(name.tag, tag, name, "a language, such as " + name.word + "@vi");
        if (number < 1 || number > 1 && !name.several)
            throw new IllegalArgumentException("column '" + name.word + "': want it once, found #" + number);
    }

    private static void require(Need need, String found, Name name, String what) {
        boolean wrong = need == Need.MUST ? found.isEmpty() : need == Need.NEVER && !found.isEmpty();
        if (wrong)
            throw new IllegalArgumentException("column '" + name.word + "': want " + (need == Need.NEVER ? "no " : "")
                    + what + ", found '" + Shown.of(found) + "'");
    }

    public static Column of(Name name) {
        return new Column(name, "", "", 1);
    }

    public static Column of(Name name, String type, String tag) {
        return new Column(name, type, tag, 1);
    }

    /**
     * The column of this header; empty where it begins with no word that is known here.
     *
     * @throws IllegalArgumentException if it begins with one and goes on wrongly
     */
    public static Optional<Column> parse(String header) {
        var rest = header.strip();
        int number = 1;
        var numbered = NUMBER.matcher(rest);
        if (numbered.matches()) {
            rest = numbered.group(1);
            number = Integer.parseInt(numbered.group(2));
        }
        var tag = "";
        var tagged = TAG.matcher(rest);
        if (tagged.matches()) {
            rest = tagged.group(1);
            tag = tagged.group(2);
        }
        int colon = rest.indexOf(':');
        var type = colon < 0 ? "" : rest.substring(colon + 1);
        var word = colon < 0 ? rest : rest.substring(0, colon);
        int at = word.indexOf('@');
        var name = Name.BY_WORD.get(at < 0 ? word : word.substring(0, at));
        if (name == null) return Optional.empty();
        if (at >= 0)
            throw new IllegalArgumentException(
                    "column '" + Shown.of(header) + "': want a BCP 47 tag behind @, such as " + name.word + "@vi");
        return Optional.of(new Column(name, type, tag, number));
    }

    /** Whether a table that is written can name it so that it is read again as the same. */
    boolean nameable() {
        try {
            return parse(toString()).filter(this::equals).isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    Column numbered(int n) {
        return new Column(name, type, tag, n);
    }

    @Override
    public int compareTo(Column other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return name.word
                + (type.isEmpty() ? "" : ":" + type)
                + (tag.isEmpty() ? "" : "@" + tag)
                + (number == 1 ? "" : "#" + number);
    }
}
