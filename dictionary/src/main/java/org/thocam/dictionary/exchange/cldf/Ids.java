package org.thocam.dictionary.exchange.cldf;

import java.text.Normalizer;
import java.util.Set;
import java.util.regex.Pattern;

/** Ids as CLDF wants them. */
final class Ids {
    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9_\\-]{1,200}");

    private Ids() {}

    static boolean isLegal(String id) {
        return LEGAL.matcher(id).matches();
    }

    static String legal(String id) {
        var letters = Normalizer.normalize(id, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        var legal = letters.replaceAll("[^a-zA-Z0-9_\\-]+", "_");
        if (legal.length() > 150) legal = legal.substring(0, 150);
        return legal.isEmpty() || legal.equals("_") ? "x" : legal;
    }

    static String unique(String wanted, Set<String> taken) {
        var id = wanted;
        for (int number = 2; taken.contains(id); number++) id = wanted + "_" + number;
        return id;
    }
}
