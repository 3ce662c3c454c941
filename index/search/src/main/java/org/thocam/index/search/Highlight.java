package org.thocam.index.search;

import java.util.List;

/** Pieces of a text with the words found marked, safe to put into a page. */
final class Highlight {
    static final int MOST = 3;
    private static final int LONGEST = 300;
    private static final int BEFORE = 80;

    private Highlight() {}

    /** The pieces of the text, else those of the title. */
    static List<String> of(List<String> text, List<String> title) {
        var best = text.isEmpty() ? title : text;
        return best.stream().limit(MOST).map(Highlight::html).toList();
    }

    private static String html(String marked) {
        var html = new StringBuilder();
        var cut = cut(marked.strip());
        boolean open = false;
        for (int at = 0; at < cut.length(); at++) {
            char c = cut.charAt(at);
            switch (c) {
                case ItemDocument.BEGIN -> {
                    if (!open) html.append("<em>");
                    open = true;
                }
                case ItemDocument.END -> {
                    if (open) html.append("</em>");
                    open = false;
                }
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(c);
            }
        }
        return open ? html.append("</em>").toString() : html.toString();
    }

    /** A text without spaces comes as one piece, however long it is: only the neighbourhood of its first mark is shown. */
    private static String cut(String marked) {
        int from = Math.max(0, marked.indexOf(ItemDocument.BEGIN) - BEFORE);
        int to = Math.min(marked.length(), from + LONGEST);
        if (marked.length() <= LONGEST) return marked;
        if (from > 0 && Character.isLowSurrogate(marked.charAt(from))) from--;
        if (to < marked.length() && Character.isLowSurrogate(marked.charAt(to))) to--;
        return (from > 0 ? "…" : "") + marked.substring(from, to) + (to < marked.length() ? "…" : "");
    }
}
