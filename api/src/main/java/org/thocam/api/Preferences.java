package org.thocam.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.regex.Pattern;

/** What a caller would rather have. RFC 7240. */
final class Preferences {
    /** A preference of a list, with its value and its parameters; a comma within quotes ends none. */
    private static final Pattern ONE = Pattern.compile("(?:[^\",]|\"(?:[^\"\\\\]|\\\\.)*+\")++");

    private Preferences() {}

    /** Whether {@code respond-async} is among them (RFC 7240, section 4.1). */
    static boolean respondAsync(HttpServletRequest request) {
        for (var header : Collections.list(request.getHeaders("Prefer"))) {
            var preference = ONE.matcher(header);
            while (preference.find())
                if (preference.group().split("[;=]", 2)[0].strip().equalsIgnoreCase("respond-async")) return true;
        }
        return false;
    }
}
