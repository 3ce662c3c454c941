package org.thocam.ontology.exchange.marc;

import java.util.Optional;
import java.util.regex.Pattern;

/** Coordinates of field 034: {@code hdddmmss}, or decimal degrees with a hemisphere or a sign. */
final class Coordinates {
    private static final Pattern DECIMAL = Pattern.compile("([NSEWnsew+-])?(\\d{1,3}(\\.\\d{1,20})?)");
    private static final Pattern SEXAGESIMAL =
            Pattern.compile("([NSEWnsew+-])?(\\d{3})(\\d{2})(\\d{2}(\\.\\d{1,20})?)");

    private Coordinates() {}

    static Optional<Double> degrees(String text) {
        var bare = text.strip();
        var sexagesimal = SEXAGESIMAL.matcher(bare);
        if (sexagesimal.matches())
            return Optional.of(signed(
                    sexagesimal.group(1),
                    Integer.parseInt(sexagesimal.group(2))
                            + Integer.parseInt(sexagesimal.group(3)) / 60.0
                            + Double.parseDouble(sexagesimal.group(4)) / 3600));
        var decimal = DECIMAL.matcher(bare);
        return decimal.matches()
                ? Optional.of(signed(decimal.group(1), Double.parseDouble(decimal.group(2))))
                : Optional.empty();
    }

    private static double signed(String sign, double value) {
        return sign != null && "SsWw-".contains(sign) ? -value : value;
    }
}
