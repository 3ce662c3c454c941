package org.thocam.index.analysis;

import com.ibm.icu.text.UnicodeSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is written in place of what; the longest first, each place once. */
final class Replacements {
    private final Map<Integer, List<String[]>> byFirst = new HashMap<>();

    /** Lines such as {@code ែ = េ} or {@code [\u0EC8-\u0ECB] =}; nothing behind the sign takes it away. */
    static Replacements of(Description description, String section) {
        return new Replacements().with(description, section);
    }

    /** These and the lines of another description. */
    Replacements with(Description description, String section) {
        for (var line : description.section(section)) {
            if (!line.at(1).equals("=")) throw description.wrong(line.number(), "want 'FROM = TO'");
            if (line.at(0).startsWith("[")) for (var c : new UnicodeSet(line.at(0))) add(c, line.at(2));
            else add(line.at(0), line.at(2));
        }
        return this;
    }

    private void add(String from, String to) {
        var rules = byFirst.computeIfAbsent(from.codePointAt(0), c -> new ArrayList<>());
        rules.add(new String[] {from, to});
        rules.sort((a, b) -> b[0].length() - a[0].length());
    }

    /** Whether a rule looks at letters side by side, not only at one letter and its marks. */
    boolean ofLetters() {
        return byFirst.values().stream()
                .flatMap(List::stream)
                .anyMatch(
                        rule -> rule[0].codePoints().filter(Character::isLetter).count() > 1);
    }

    String in(String text) {
        if (byFirst.isEmpty()) return text;
        StringBuilder changed = null;
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            var rule = rule(text, at, c);
            if (rule == null) {
                if (changed != null) changed.appendCodePoint(c);
                at += Character.charCount(c);
                continue;
            }
            if (changed == null) changed = new StringBuilder(text.length() + 4).append(text, 0, at);
            changed.append(rule[1]);
            at += rule[0].length();
        }
        return changed == null ? text : changed.toString();
    }

    private String[] rule(String text, int at, int c) {
        var rules = byFirst.get(c);
        if (rules == null) return null;
        for (var rule : rules) if (text.startsWith(rule[0], at)) return rule;
        return null;
    }
}
