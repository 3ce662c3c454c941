package org.thocam.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.thocam.ontology.graph.KnowledgeGraph;

/** The example queries that stand beside the graph: two lines of comment with the question in Vietnamese and English, then the query. */
final class Questions {
    private static final String FOLDER = "/org/thocam/ontology/questions/";
    private static final List<String> NAMES = List.of(
            "01-festivals-near-in-month",
            "02-formed-from",
            "03-over-a-million",
            "04-under-a-thousand",
            "05-written-in-tai-viet",
            "06-languages-and-scripts",
            "07-largest-in-a-province",
            "08-people-in-a-merged-province",
            "09-unesco-elements",
            "10-cham-and-islamic-calendars",
            "11-days-of-a-festival",
            "12-what-is-on",
            "13-festivals-of-a-people",
            "14-instruments-of-a-people",
            "15-crafts-of-a-former-province",
            "16-inscription-of-a-festival",
            "17-austronesian-peoples",
            "18-peoples-of-a-group",
            "19-province-on-a-day",
            "20-peoples-of-a-name",
            "21-a-unit-of-the-past-today",
            "22-units-that-went-on",
            "23-growth",
            "24-marriage-customs",
            "25-festivals-of-a-province",
            "26-what-is-held-about-them");

    private static final List<Question> ALL =
            NAMES.stream().map(Questions::read).toList();

    private Questions() {}

    record Question(String id, String vietnamese, String english, String sparql) {}

    static List<Question> all() {
        return ALL;
    }

    private static Question read(String name) {
        try (var in = KnowledgeGraph.class.getResourceAsStream(FOLDER + name + ".rq")) {
            if (in == null) throw new IllegalStateException(name + ".rq is not in the class path");
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            var comments = text.lines()
                    .filter(line -> line.startsWith("#"))
                    .map(line -> line.substring(1).strip())
                    .toList();
            return new Question(
                    name,
                    comments.get(0),
                    comments.get(1),
                    text.lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
