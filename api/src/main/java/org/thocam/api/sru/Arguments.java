package org.thocam.api.sru;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thocam.api.form.FormPairs;
import org.thocam.api.form.UnreadableFormException;

/**
 * The parameters of a request as they came, each at most once. SRU 1.2, "Request Parameters".
 *
 * @param fault what could not be read; the rest is there all the same, so that the answer is of the operation that was asked for
 */
record Arguments(Map<String, String> values, Optional<Diagnostic> fault) {
    private static final Set<String> VERSIONS = Set.of("1.1", "1.2");
    private static final String NEWEST = "1.2";

    static Arguments of(String form) {
        var values = new LinkedHashMap<String, String>();
        Diagnostic fault = null;
        for (var each : form.split("&"))
            try {
                for (var pair : FormPairs.of(each))
                    if (values.putIfAbsent(pair.getKey(), pair.getValue()) != null && fault == null)
                        fault = Diagnostic.of(6, pair.getKey() + " is given more than once");
            } catch (UnreadableFormException e) {
                if (fault == null) fault = Diagnostic.of(6, named(each) + e.getMessage());
            }
        return new Arguments(values, Optional.ofNullable(fault));
    }

    private static String named(String pair) {
        var name = pair.substring(0, Math.max(0, pair.indexOf('=')));
        return name.matches("[A-Za-z-]{1,40}") ? name + ": " : "";
    }

    /** Empty where it is not given, and where it is given without a value. */
    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).filter(text -> !text.isBlank());
    }

    String wanted(String name) {
        return value(name).orElseThrow(() -> Diagnostic.of(7, name).thrown());
    }

    /** The version that the answer is in, whatever is wrong with the request. */
    String answered() {
        return value("version").filter(VERSIONS::contains).orElse(NEWEST);
    }

    void check(List<String> known) {
        var version = value("version");
        if (version.isPresent() && !VERSIONS.contains(version.get()))
            throw Diagnostic.of(5, NEWEST).thrown();
        for (var name : values.keySet())
            if (!known.contains(name) && !name.startsWith("x-"))
                throw Diagnostic.of(8, name).thrown();
    }

    /** @param refusal the number of the diagnostic for a number that is too small or too large */
    int number(String name, int usual, int least, int most, int refusal) {
        var given = value(name);
        if (given.isEmpty()) return usual;
        var digits = given.get().strip();
        if (!digits.matches("-?\\d{1,18}")) throw Diagnostic.of(6, name).thrown();
        long number = Long.parseLong(digits);
        if (number < least || number > most)
            throw Diagnostic.of(refusal, refusal == 6 ? name : String.valueOf(most))
                    .thrown();
        return (int) number;
    }
}
