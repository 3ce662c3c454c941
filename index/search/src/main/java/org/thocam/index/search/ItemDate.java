package org.thocam.index.search;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Pattern;

/** The days that a date may mean: W3CDTF, or two of them with {@code /} between. A year is all its days. */
record ItemDate(LocalDate first, LocalDate last) {
    private static final Pattern W3CDTF = Pattern.compile("(\\d{4})(?:-(\\d{2})(?:-(\\d{2})(?:T.*)?)?)?");

    /** Empty for what is not such a date: a guess would be a wrong fact. */
    static Optional<ItemDate> of(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) return single(text.strip());
        var from = single(text.substring(0, slash).strip());
        var to = single(text.substring(slash + 1).strip());
        if (from.isEmpty() || to.isEmpty() || to.get().last.isBefore(from.get().first)) return Optional.empty();
        return Optional.of(new ItemDate(from.get().first, to.get().last));
    }

    private static Optional<ItemDate> single(String text) {
        var parts = W3CDTF.matcher(text);
        if (!parts.matches()) return Optional.empty();
        try {
            int year = Integer.parseInt(parts.group(1));
            if (parts.group(2) == null)
                return Optional.of(new ItemDate(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31)));
            var month = YearMonth.of(year, Integer.parseInt(parts.group(2)));
            if (parts.group(3) == null) return Optional.of(new ItemDate(month.atDay(1), month.atEndOfMonth()));
            var day = month.atDay(Integer.parseInt(parts.group(3)));
            return Optional.of(new ItemDate(day, day));
        } catch (DateTimeException e) {
            return Optional.empty(); // the thirtieth of February is not a date
        }
    }
}
