package org.thocam.cli;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.BreakIterator;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Columns on a terminal, measured in what a reader sees (grapheme clusters, East Asian width), not in chars. */
final class Table {
    private final int columns;
    private final List<String[]> rows = new ArrayList<>();

    Table(int columns) {
        this.columns = columns;
    }

    void row(String... cells) {
        if (cells.length != columns) throw new IllegalArgumentException(cells.length + " cells: want " + columns);
        rows.add(cells);
    }

    void print(PrintWriter out) {
        var widths = new int[columns];
        for (var row : rows) for (int c = 0; c < columns; c++) widths[c] = Math.max(widths[c], width(row[c]));
        for (var row : rows) {
            var line = new StringBuilder("  ");
            for (int c = 0; c < columns; c++) {
                line.append(row[c]);
                if (c < columns - 1) line.append(" ".repeat(widths[c] - width(row[c]) + 2));
            }
            out.println(line.toString().stripTrailing());
        }
    }

    static int width(String text) {
        var clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
        clusters.setText(text);
        int width = 0;
        for (int start = clusters.first(), end = clusters.next();
                end != BreakIterator.DONE;
                start = end, end = clusters.next()) {
            int shape = UCharacter.getIntPropertyValue(text.codePointAt(start), UProperty.EAST_ASIAN_WIDTH);
            width += shape == UCharacter.EastAsianWidth.WIDE || shape == UCharacter.EastAsianWidth.FULLWIDTH ? 2 : 1;
        }
        return width;
    }
}
