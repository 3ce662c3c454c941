package org.thocam.ontology.entity;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What may stand in a cell, and the one way that it is written. */
final class Cell {
    /** In UTF-16 units. */
    static final int LONGEST = 10_000;

    private static final int MOST_DECIMALS = 10;
    private static final Pattern YEAR = Pattern.compile("[0-9]{4}");
    private static final Pattern DEGREES = Pattern.compile("-?[0-9]{1,3}(\\.[0-9]{1,20})?");

    private Cell() {}

    /** The cell as tables have it: nothing around it or around the members of a list, no zeros behind a number. */
    static String canonical(Column column, String text) {
        var stripped = text.strip();
        if (stripped.isEmpty()) return "";
        return switch (column.type()) {
            case TEXTS, IDS ->
                Stream.of(stripped.split(";", -1)).map(String::strip).collect(Collectors.joining(";"));
            case LATITUDE, LONGITUDE ->
                DEGREES.matcher(stripped).matches() ? plain(new BigDecimal(stripped)) : stripped;
            default -> stripped;
        };
    }

    static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** What should stand in a filled cell instead of {@code text}, canonical already; empty where it may stay. */
    static Optional<String> wrong(Column column, String text) {
        var unfit = unfit(text);
        if (unfit.isPresent()) return unfit;
        return switch (column.type()) {
            // whether a date rule can be read is for the shapes of the graph to judge
            case TEXT, DATE_RULE -> Optional.empty();
            case TEXTS -> members(text).contains("") ? Optional.of("texts with one ; between them") : Optional.empty();
            case ID, IDS -> ids(column, text);
            case DATE -> date(text) ? Optional.empty() : Optional.of("a day as YYYY-MM-DD");
            case YEAR -> YEAR.matcher(text).matches() ? Optional.empty() : Optional.of("a year of four digits");
            case LATITUDE -> degrees(text, 90);
            case LONGITUDE -> degrees(text, 180);
        };
    }

    /** What is wrong with any text, whatever it says. */
    static Optional<String> unfit(String text) {
        if (text.length() > LONGEST) return Optional.of("at most " + LONGEST + " characters, not " + text.length());
        if (text.codePoints().anyMatch(c -> Character.isISOControl(c) || c >= 0xD800 && c <= 0xDFFF || c == 0xFEFF))
            return Optional.of("one line of Unicode text without control characters");
        if (!Normalizer.isNormalized(text, Normalizer.Form.NFC))
            return Optional.of("the same in Unicode normal form C: "
                    + org.thocam.ontology.Shown.of(Normalizer.normalize(text, Normalizer.Form.NFC)));
        return Optional.empty();
    }

    private static Optional<String> ids(Column column, String text) {
        if (column.type() == Column.Type.ID && text.indexOf(';') >= 0)
            return Optional.of("one id of a " + kinds(column) + ", not several");
        var members = members(text);
        for (var member : members)
            if (EntityKind.ofId(member).filter(column.targets()::contains).isEmpty())
                return Optional.of((column.many() ? "ids of a " : "the id of a ")
                        + kinds(column)
                        + (column.many() ? " with one ; between them" : "")
                        + (member.equals(text) ? "" : ", not '" + org.thocam.ontology.Shown.of(member) + "'"));
        return members.stream().distinct().count() < members.size() ? Optional.of("each id once") : Optional.empty();
    }

    static String kinds(Column column) {
        return column.targets().stream()
                .sorted()
                .map(kind -> kind.word() + " (" + kind.idPattern() + ")")
                .collect(Collectors.joining(" or "));
    }

    private static boolean date(String text) {
        try {
            var date = LocalDate.parse(text);
            return date.getYear() >= 1 && date.getYear() <= 9999;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static Optional<String> degrees(String text, int most) {
        var expected = Optional.of(
                "degrees (WGS 84) from -" + most + " to " + most + " with at most " + MOST_DECIMALS + " decimals");
        if (!DEGREES.matcher(text).matches()) return expected;
        var number = new BigDecimal(text);
        return number.abs().compareTo(BigDecimal.valueOf(most)) > 0 || number.scale() > MOST_DECIMALS
                ? expected
                : Optional.empty();
    }

    private static List<String> members(String text) {
        return List.of(text.split(";", -1));
    }
}
