package org.thocam.index.analysis;

/** Levenshtein's distance: how many characters have to be put in, taken out or changed to come from one text to another. */
public final class EditDistance {
    private EditDistance() {}

    /** Between two texts given as their code points, or as whatever else counts as one character. */
    public static int between(int[] from, int[] to) {
        var row = new int[to.length + 1];
        for (int j = 0; j <= to.length; j++) row[j] = j;
        for (int i = 1; i <= from.length; i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length; j++) {
                int changed = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length];
    }
}
