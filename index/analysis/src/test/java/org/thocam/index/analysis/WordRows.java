package org.thocam.index.analysis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Real words of each writing system with what is made of them: {@code words.tsv}, which a speaker can read and correct. */
final class WordRows {
    private WordRows() {}

    /**
     * @param words as they are cut, {@code |} between them; so are their keys
     * @param latin of the whole text, slashes between; for Latin orthographies the spellings in the sister orthography
     */
    record Row(
            int line,
            String tag,
            String text,
            String words,
            String exact,
            String folded,
            String latin,
            String gloss,
            String source) {}

    static List<Row> all() {
        try (var in = WordRows.class.getResourceAsStream("words.tsv");
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            var rows = new ArrayList<Row>();
            var lines = reader.lines().toList();
            for (int line = 1; line < lines.size(); line++) {
                var columns = lines.get(line).split("\t", -1);
                if (columns.length != 8)
                    throw new IllegalStateException(
                            "words.tsv:" + (line + 1) + ": want 8 columns, found " + columns.length);
                rows.add(new Row(
                        line + 1,
                        columns[0],
                        columns[1],
                        columns[2],
                        columns[3],
                        columns[4],
                        columns[5],
                        columns[6],
                        columns[7]));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
