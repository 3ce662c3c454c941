package org.thocam.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.thocam.api.access.Tokens;
import org.thocam.ontology.Access;
import org.thocam.ontology.Item;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;

/**
 * Items of five days in many sets, some restricted, some withdrawn. As a program it serves them for {@code oai_check.py}: arguments
 * are port and number; {@code POST /api/v1/operations/change} with {@code {"n": N}} changes some.
 */
final class OaiSample {
    private static final String[] SETS = {"craft:textile:tho-cam", "craft:basketry", "festival", "people:thai"};
    private static final String[] TITLES = {"Thổ cẩm", "Lễ hội", "ꪼꪕꪒꪾ", "ខ្មែរ", "ꨌꩌ"};
    private static final String[] LANGUAGES = {"vi", "vi", "blt-Tavt", "km", "cjm-Cham"};

    private OaiSample() {}

    static void fill(MemoryLibrary library, SettableClock clock, int count) {
        var start = Instant.now().minus(Duration.ofDays(5));
        for (int i = 0; i < count; i++) {
            clock.set(start.plusSeconds(i / 3 * 400L));
            var access = i % 17 == 0
                    ? "\"restricted\""
                    : i % 19 == 0 ? "{\"level\":\"embargoed\",\"until\":\"2020-11-20\"}" : "\"open\"";
            library.take(
                    """
                    {"id":"%s","title":{"%s":"%s %d & <co>"},"language":"%s","type":"Text","sets":["%s"],"access":%s}"""
                            .formatted(
                                    name(i),
                                    LANGUAGES[i % 5],
                                    TITLES[i % 5],
                                    i,
                                    LANGUAGES[i % 5],
                                    SETS[i % 4],
                                    access));
            if (i % 23 == 1) withdraw(library, name(i));
        }
        clock.real();
    }

    static String name(int i) {
        return "it-%05d".formatted(i);
    }

    static void withdraw(MemoryLibrary library, String id) {
        library.intake
                .withdraw(new ItemId(id), Optional.empty(), "test", "test")
                .join();
    }

    static void change(MemoryLibrary library, int from, int count, Consumer<JsonNode> lines) {
        for (int i = from; i < from + 12; i++) {
            var id = name(i * 7 % count);
            boolean isOpen = library.archive.head(new ItemId(id)).orElseThrow().holding() instanceof Item item
                    && item.access() instanceof Access.Open;
            if (!isOpen) continue;
            if (i % 3 == 0) withdraw(library, id);
            else library.take("{\"id\":\"%s\",\"title\":\"Sửa %d\",\"sets\":[\"festival\"]}".formatted(id, i));
            lines.accept(ItemJson.MAPPER
                    .createObjectNode()
                    .put("line", (i % 3 == 0 ? "deleted" : "updated") + " oai:thocam.local:" + id));
        }
    }

    public static void main(String[] args) throws IOException {
        int count = Integer.parseInt(args[1]);
        Path dir = Files.createTempDirectory("oai-sample");
        var clock = new SettableClock();
        var settings =
                Settings.local(Integer.parseInt(args[0]), new byte[32], Optional.of("secret"), dir.resolve("uploads"));
        try (var library = new MemoryLibrary(dir, clock);
                var tokens = Tokens.open(dir.resolve("tokens.db"))) {
            fill(library, clock, count);
            Operations operations = (verb, arguments, lines) ->
                    change(library, arguments.path("n").asInt(), count, lines);
            try (var server = ApiServer.start(settings, library, tokens, operations)) {
                System.out.println("port " + server.port());
                System.in.read();
            }
        }
    }
}
