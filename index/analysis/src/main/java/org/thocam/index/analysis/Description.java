package org.thocam.index.analysis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The description of a writing system as its file has it: {@code key: value} lines, then {@code [section]}s of lines whose columns
 * stand apart by spaces. {@code systems/README.md} beside the files says what each means.
 */
final class Description {
    private static final String FOLDER = "systems/";

    private static final Pattern SECTION = Pattern.compile("\\[[a-z-]+]");

    private final String file;
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Map<String, List<Line>> sections = new LinkedHashMap<>();

    /** @param number where it stands in its file, from 1 */
    record Line(int number, List<String> columns) {
        String at(int column) {
            return column < columns.size() ? columns.get(column) : "";
        }
    }

    private Description(String file) {
        this.file = file;
    }

    /** The names of all descriptions, in the order they are to be read. */
    static List<String> names() {
        return lines("systems.txt").stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    static Description named(String name) {
        var description = new Description(name + ".txt");
        description.read(lines(description.file));
        return description;
    }

    private void read(List<String> lines) {
        String section = null;
        int number = 0;
        for (var line : lines) {
            number++;
            var text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) continue;
            if (SECTION.matcher(text).matches()) {
                section = text.substring(1, text.length() - 1);
                sections.computeIfAbsent(section, name -> new ArrayList<>());
            } else if (section == null) {
                int colon = text.indexOf(':');
                if (colon < 0) throw wrong(number, "want 'key: value', found '" + text + "'");
                values.computeIfAbsent(text.substring(0, colon).strip(), key -> new ArrayList<>())
                        .add(text.substring(colon + 1).strip());
            } else sections.get(section).add(new Line(number, List.of(text.split("\\s+"))));
        }
    }

    String value(String key) {
        return optional(key).orElseThrow(() -> wrong(1, "want a line '" + key + ": ...'"));
    }

    Optional<String> optional(String key) {
        return values.getOrDefault(key, List.of()).stream().findFirst();
    }

    boolean is(String key) {
        return optional(key).filter("yes"::equals).isPresent();
    }

    List<String> values(String key) {
        return List.copyOf(values.getOrDefault(key, List.of()));
    }

    /** The words of all lines of this key. */
    List<String> words(String key) {
        return values(key).stream()
                .flatMap(value -> List.of(value.split("\\s+")).stream())
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** The names behind a key that stands more than once, such as {@code chart} in {@code order chart}. */
    List<String> namesOf(String key) {
        return values.keySet().stream()
                .filter(each -> each.startsWith(key + " "))
                .map(each -> each.substring(key.length()).strip())
                .toList();
    }

    List<Line> section(String name) {
        return List.copyOf(sections.getOrDefault(name, List.of()));
    }

    IllegalStateException wrong(int line, String message) {
        return new IllegalStateException(file + ":" + line + ": " + message);
    }

    private static List<String> lines(String file) {
        try (var in = Description.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) throw new IllegalStateException(FOLDER + file + " is not in the jar");
            var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
