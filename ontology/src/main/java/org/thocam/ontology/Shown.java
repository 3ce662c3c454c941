package org.thocam.ontology;

/** A caller's text, safe to repeat in a message: cut short, with control characters made visible. */
public final class Shown {
    private static final int LONGEST = 80;

    private Shown() {}

    public static String of(String text) {
        if (text == null) return "";
        var safe = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> {
            boolean hidden = Character.isISOControl(c)
                    || Character.getType(c) == Character.FORMAT
                    || Character.getType(c) == Character.SURROGATE;
            if (hidden) safe.append("<U+").append(String.format("%04X", c)).append('>');
            else safe.appendCodePoint(c);
        });
        return text.codePointCount(0, text.length()) > LONGEST
                ? safe.append('…').toString()
                : safe.toString();
    }
}
