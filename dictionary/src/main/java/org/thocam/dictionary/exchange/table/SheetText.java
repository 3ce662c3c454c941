package org.thocam.dictionary.exchange.table;

import java.util.regex.Pattern;

/** Text of a cell as Office Open XML writes it (ST_Xstring): {@code _x000D_} is a carriage return. */
final class SheetText {
    private static final Pattern ESCAPE = Pattern.compile("_x([0-9A-Fa-f]{4})_");
    private static final Pattern LIKE_ESCAPE = Pattern.compile("_(?=x[0-9A-Fa-f]{4}_)");

    private SheetText() {}

    static String escaped(String text) {
        return LIKE_ESCAPE.matcher(text).replaceAll("_x005F_").replace("\r", "_x000D_");
    }

    static String plain(String text) {
        return ESCAPE.matcher(text).replaceAll(found -> {
            var c = String.valueOf((char) Integer.parseInt(found.group(1), 16));
            return java.util.regex.Matcher.quoteReplacement(c);
        });
    }
}
