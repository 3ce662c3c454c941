package org.thocam.dictionary.exchange.cldf;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Languages as CLDF names them, and as BCP 47 does. */
final class Lects {
    static final Pattern GLOTTOCODE = Pattern.compile("[a-z0-9]{4}[0-9]{4}");
    static final Pattern ISO = Pattern.compile("[a-z]{3}");
    private static final Map<String, String> SHORT = Arrays.stream(Locale.getISOLanguages())
            .collect(Collectors.toMap(
                    code -> Locale.forLanguageTag(code).getISO3Language(), Function.identity(), (one, other) -> one));

    private Lects() {}

    /** {@code vi}, {@code bdq}, or {@code und-x-viet1250} for what ISO 639-3 has no code for. */
    static String tag(String iso, String glottocode) {
        if (ISO.matcher(iso).matches()) return SHORT.getOrDefault(iso, iso);
        return GLOTTOCODE.matcher(glottocode).matches() ? "und-x-" + glottocode : "und";
    }

    static Optional<String> iso(String tag) {
        var language = tag.split("-")[0];
        if (ISO.matcher(language).matches() && !language.equals("und")) return Optional.of(language);
        return SHORT.entrySet().stream()
                .filter(code -> code.getValue().equals(language))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
