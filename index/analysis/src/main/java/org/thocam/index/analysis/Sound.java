package org.thocam.index.analysis;

import java.util.LinkedHashSet;
import java.util.List;

/**
 * What spellings of one sound in different traditions of Latin transliteration have in common: length, tone and aspiration do not
 * count, and digraphs are one consonant. {@code khaam}, {@code kham} and {@code kam} sound alike; {@code kham} is nearer.
 */
public final class Sound {
    /** In this order; each is tried at each place, the first that fits wins. */
    private static final List<String[]> DIGRAPHS = List.of(
            new String[] {"ngh", "ŋ"},
            new String[] {"ng", "ŋ"},
            new String[] {"nh", "ɲ"},
            new String[] {"ny", "ɲ"},
            new String[] {"kh", "k"},
            new String[] {"gh", "g"},
            new String[] {"ph", "p"},
            new String[] {"bp", "p"},
            new String[] {"th", "t"},
            new String[] {"dt", "t"},
            new String[] {"tch", "C"},
            new String[] {"ch", "C"},
            new String[] {"ts", "C"},
            new String[] {"tj", "C"},
            new String[] {"tr", "C"},
            new String[] {"dj", "C"},
            new String[] {"j", "C"},
            new String[] {"q", "k"},
            new String[] {"w", "v"},
            new String[] {"sh", "s"});

    private Sound() {}

    /** The letters a to z alone, without tones and diacritics. */
    public static String letters(String latin) {
        var folded = WritingSystem.of("vi-Latn").spelling().folded(latin.toLowerCase(java.util.Locale.ROOT));
        var letters = new StringBuilder(folded.length());
        for (int at = 0; at < folded.length(); at++) {
            char c = folded.charAt(at);
            if (c >= 'a' && c <= 'z') letters.append(c);
        }
        return letters.toString();
    }

    /** @param letters a to z */
    public static String of(String letters) {
        var sound = new StringBuilder(letters.length());
        for (int at = 0; at < letters.length(); ) {
            var rule = rule(letters, at);
            var next = rule == null ? letters.substring(at, at + 1) : rule[1];
            if (next.length() == 1 && !vowelFollows(letters, at + (rule == null ? 1 : rule[0].length())))
                next = glide(next);
            boolean again = !sound.isEmpty() && sound.charAt(sound.length() - 1) == next.charAt(0);
            if (!again) sound.append(next);
            at += rule == null ? 1 : rule[0].length();
        }
        return sound.toString();
    }

    /** At the end of a syllable y is i, and w or v is u. */
    private static String glide(String sound) {
        return sound.equals("y") ? "i" : sound.equals("v") ? "u" : sound;
    }

    private static boolean vowelFollows(String letters, int at) {
        return at < letters.length() && "aeiou".indexOf(letters.charAt(at)) >= 0;
    }

    /**
     * Firsts joined with seconds, the best of both first and the worst of both last, so that a limit leaves out no choice of either.
     */
    public static List<String> joined(List<String> firsts, String between, List<String> seconds, int most) {
        var all = new LinkedHashSet<String>();
        for (int sum = 0; sum < firsts.size() + seconds.size() && all.size() < most; sum++)
            for (int i = 0; i <= sum && i < firsts.size(); i++)
                if (sum - i < seconds.size() && all.size() < most)
                    all.add(firsts.get(i) + between + seconds.get(sum - i));
        return List.copyOf(all);
    }

    private static String[] rule(String letters, int at) {
        for (var rule : DIGRAPHS) if (letters.startsWith(rule[0], at)) return rule;
        return null;
    }
}
