package org.thocam.ontology.transcript;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The text of a WebVTT cue by its parsing rules (WebVTT, section 6.4): tags are taken off, references replaced, and each stretch is told by
 * whose voice it is. A ruby text stands in parentheses behind its base, as HTML shows it where it cannot set it above.
 */
final class CueText {
    /** Text that one voice says; no voice is the empty one. */
    record Part(String voice, String text) {}

    private static final Pattern SPACE = Pattern.compile("[\\t\\n\\f\\r ]+");

    private record Open(String tag, String voice) {}

    private final String input;
    private final List<Open> open = new ArrayList<>(List.of(new Open("", "")));
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private CueText(String input) {
        this.input = input;
    }

    /** The stretches of a cue: one where at most one voice speaks, otherwise one for each change of voice. Never none. */
    static List<Part> parts(String input) {
        return new CueText(input).parts();
    }

    private List<Part> parts() {
        for (int at = 0; at < input.length(); ) {
            char c = input.charAt(at);
            if (c == '&') at = CharacterReference.consume(input, at + 1, text);
            else if (c == '<') at = tag(at + 1);
            else {
                text.append(c);
                at++;
            }
        }
        while (open.size() > 1) close();
        flush("");
        var voices = parts.stream()
                .filter(part -> !part.text().isBlank())
                .map(Part::voice)
                .filter(voice -> !voice.isEmpty())
                .distinct()
                .toList();
        if (voices.size() > 1)
            return parts.stream()
                    .filter(part -> !part.text().isBlank())
                    .map(part -> new Part(part.voice(), part.text().strip()))
                    .toList();
        var whole = new StringBuilder();
        parts.forEach(part -> whole.append(part.text()));
        return List.of(new Part(voices.isEmpty() ? "" : voices.get(0), whole.toString()));
    }

    /** Reads a tag that began before {@code at}; what no bracket closes ends with the text. */
    private int tag(int at) {
        int length = input.length();
        if (at == length) return at;
        char first = input.charAt(at);
        if (first == '/' || first >= '0' && first <= '9') {
            int close = input.indexOf('>', at);
            int end = close < 0 ? length : close;
            if (first == '/') end(input.substring(at + 1, end));
            return Math.min(end + 1, length);
        }
        int name = at;
        // a tag's first letter is part of its name, whatever it is
        if (first != '.' && first != '>' && !isSpace(first)) at++;
        if (at > name) while (at < length && !isSpace(c(at)) && c(at) != '.' && c(at) != '>') at++;
        var tag = input.substring(name, at);
        if (at < length && c(at) == '.') while (at < length && !isSpace(c(at)) && c(at) != '>') at++;
        var annotation = new StringBuilder();
        while (at < length && c(at) != '>') {
            if (c(at) == '&') at = CharacterReference.consume(input, at + 1, annotation);
            else annotation.append(c(at++));
        }
        begin(tag, SPACE.matcher(annotation).replaceAll(" ").strip());
        return Math.min(at + 1, length);
    }

    private void begin(String tag, String annotation) {
        var current = open.get(open.size() - 1);
        switch (tag) {
            case "c", "i", "b", "u", "ruby", "lang" -> open.add(new Open(tag, current.voice()));
            case "rt" -> {
                if (!current.tag().equals("ruby")) return;
                open.add(new Open(tag, current.voice()));
                text.append('(');
            }
            case "v" -> {
                flush(current.voice());
                open.add(new Open(tag, annotation));
            }
            default -> {
                // no tag of WebVTT: ignored
            }
        }
    }

    private void end(String tag) {
        var current = open.get(open.size() - 1).tag();
        if (open.size() > 1 && current.equals(tag)) close();
        else if (tag.equals("ruby") && current.equals("rt")) {
            close();
            close();
        }
    }

    private void close() {
        var closed = open.remove(open.size() - 1);
        if (closed.tag().equals("v")) flush(closed.voice());
        if (!closed.tag().equals("rt")) return;
        if (!text.isEmpty() && text.charAt(text.length() - 1) == '(') text.setLength(text.length() - 1);
        else text.append(')');
    }

    private void flush(String voice) {
        if (text.isEmpty()) return;
        int last = parts.size() - 1;
        if (last >= 0 && parts.get(last).voice().equals(voice))
            parts.set(last, new Part(voice, parts.get(last).text() + text));
        else parts.add(new Part(voice, text.toString()));
        text.setLength(0);
    }

    private char c(int at) {
        return input.charAt(at);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\f';
    }
}
