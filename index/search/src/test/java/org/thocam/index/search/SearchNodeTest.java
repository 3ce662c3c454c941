package org.thocam.index.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.thocam.index.search.Samples.ask;
import static org.thocam.index.search.Samples.ids;
import static org.thocam.index.search.Samples.item;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ontology.Watermark;

/** The node as a process: what it does when it, or who started it, falls. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SearchNodeTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path home;

    @Test
    void whatWasAppliedSurvivesAKillAndTheNodeComesBackByItself() throws Exception {
        try (var node = Samples.node(home);
                var index = SearchIndex.open(node, "g1")) {
            index.apply(List.of(item("a").title("thổ cẩm").snapshot()), new Watermark("log", 1));
            index.apply(List.of(item("b").title("thổ cẩm").snapshot()), new Watermark("log", 2));
            kill(node.pid());
            var e = assertThrows(
                    IndexUnavailableException.class, () -> ask("tho").of(index));
            assertTrue(e.getMessage().contains("started again"), e.getMessage());
            assertTrue(node.awaitReady(SOON));
            assertEquals(new Watermark("log", 2), index.watermark());
            assertEquals(List.of("a", "b"), ids(ask("tho cam").of(index)));
            index.apply(List.of(item("c").title("thổ cẩm").snapshot()), new Watermark("log", 3));
            assertEquals(3, index.size());
        }
    }

    @Test
    void anIndexIsThereAgainAfterAStop() {
        for (int run = 1; run <= 2; run++)
            try (var node = Samples.node(home);
                    var index = SearchIndex.open(node, "g1")) {
                assertEquals(run - 1, index.size());
                index.apply(List.of(item("i" + run).snapshot()), new Watermark("log", run));
            }
    }

    @Test
    void anIndexOfAnotherSchemaBeginsAnew() throws IOException {
        try (var node = Samples.node(home);
                var index = SearchIndex.open(node, "g1")) {
            index.apply(List.of(item("a").snapshot()), new Watermark("log", 1));
        }
        var sets = home.resolve("configsets");
        Files.move(sets.resolve(ConfigSet.onNode(ConfigSet.Kind.ITEMS).name()), sets.resolve("thocam-old"));
        var properties = home.resolve("cores/g1/core.properties");
        Files.writeString(
                properties,
                Files.readString(properties)
                        .replace(ConfigSet.onNode(ConfigSet.Kind.ITEMS).name(), "thocam-old"));
        try (var node = Samples.node(home);
                var index = SearchIndex.open(node, "g1")) {
            assertEquals(Watermark.NONE, index.watermark());
            assertEquals(0, index.size());
        }
    }

    @Test
    void aDamagedIndexBeginsAnewAndSparesTheOthers() throws IOException {
        try (var node = Samples.node(home);
                var one = SearchIndex.open(node, "g1");
                var two = SearchIndex.open(node, "g2")) {
            one.apply(List.of(item("a").snapshot()), new Watermark("log", 1));
            two.apply(List.of(item("a").snapshot()), new Watermark("log", 1));
        }
        try (var files = Files.list(home.resolve("cores/g1/data/index"))) {
            for (var file : files.toList())
                if (file.getFileName().toString().startsWith("segments_")) Files.write(file, new byte[100]);
        }
        try (var node = Samples.node(home);
                var one = SearchIndex.open(node, "g1");
                var two = SearchIndex.open(node, "g2")) {
            assertEquals(Watermark.NONE, one.watermark());
            one.apply(List.of(item("b").snapshot()), new Watermark("log", 1));
            assertEquals(List.of("b"), ids(ask("").of(one)));
            assertEquals(new Watermark("log", 1), two.watermark());
        }
    }

    @Test
    void theNodeGoesWhenItsParentIsKilledAndTheNextOneWaitsForIt() throws Exception {
        var classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes,
                        "-Dthocam.solr.lib=" + Samples.lib().toAbsolutePath(),
                        Parent.class.getName(),
                        home.toString())
                .redirectError(home.resolve("parent.log").toFile())
                .start();
        try (var lines = new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
            var child = ProcessHandle.of(Long.parseLong(lines.readLine().substring("NODE ".length())))
                    .orElseThrow();
            parent.destroyForcibly();
            try (var node = Samples.node(home);
                    var index = SearchIndex.open(node, "g1")) {
                assertEquals(0, index.size());
            }
            child.onExit().get(SOON.toSeconds(), TimeUnit.SECONDS);
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void withoutTheSecretNothingIsTold() throws Exception {
        new NodeHome(home).prepare();
        var settings = SearchNode.Settings.of(home, Samples.lib());
        try (var process = NodeProcess.start(settings);
                var output = Files.list(home.resolve("tmp"))) {
            var core = process.baseUrl();
            assertEquals(401, get(core + "/admin/cores", ""));
            assertEquals(401, get(core + "/admin/cores", "wrong"));
            assertEquals(401, get(core + "/", ""));
            assertEquals(200, get(core + "/admin/cores", process.secret));
            for (var path : List.of(
                    "/",
                    "/admin/info/system",
                    "/g1/config",
                    "/g1/stream",
                    "/g1/replication",
                    "/admin/cores/../info/system")) assertEquals(404, get(core + path, process.secret), path);
            assertEquals(0, output.count());
        }
    }

    /** Stands for a full disk: while the file {@code limit} is there, no file of the node may grow over half a megabyte. */
    @Test
    void afterADiskWithoutRoomTheIndexGoesOnFromItsLastCommit() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh: a full disk was not tried");
        var limit = Files.createFile(home.resolve("limit"));
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var limited = Files.writeString(
                home.resolve("java"),
                "#!/bin/sh\n[ -e " + limit + " ] && ulimit -f 1024\nexec " + java + " -Xshare:auto \"$@\"\n");
        assertTrue(limited.toFile().setExecutable(true));
        var settings = new SearchNode.Settings(home.resolve("solr"), Samples.lib(), "512m", limited);
        try (var node = SearchNode.start(settings);
                var index = SearchIndex.open(node, "g1")) {
            index.apply(List.of(item("small").snapshot()), new Watermark("log", 1));
            var large = IntStream.range(0, 40)
                    .mapToObj(n -> item("i" + n).text(noise(n)).snapshot())
                    .toList();
            assertThrows(IndexUnavailableException.class, () -> index.apply(large, new Watermark("log", 2)));
            Files.delete(limit);
            var until = Instant.now().plus(SOON);
            for (boolean taken = false; !taken; )
                try {
                    index.apply(large, new Watermark("log", 2));
                    taken = true;
                } catch (IndexUnavailableException e) {
                    assertTrue(Instant.now().isBefore(until), e.getMessage());
                    node.awaitReady(Duration.ofSeconds(10));
                }
            assertEquals(41, index.size());
            assertEquals(new Watermark("log", 2), index.watermark());
        }
    }

    private static String noise(int seed) {
        var random = new Random(seed);
        return IntStream.range(0, 20_000)
                .mapToObj(n -> Integer.toString(random.nextInt(1_000_000_000), 36))
                .collect(Collectors.joining(" "));
    }

    @Test
    void aNodeThatCannotStartSaysWhy() {
        var settings = new SearchNode.Settings(home, home.resolve("nowhere"), "512m", Path.of("java"));
        var e = assertThrows(IndexUnavailableException.class, () -> SearchNode.start(settings));
        assertTrue(e.getMessage().contains("nowhere"), e.getMessage());
        var tooSmall = new SearchNode.Settings(home, Samples.lib(), "2m", Path.of("java"));
        var small = assertThrows(IndexUnavailableException.class, () -> SearchNode.start(tooSmall));
        assertTrue(small.getMessage().contains("did not start"), small.getMessage());
    }

    private static int get(String address, String secret) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(20));
        if (!secret.isEmpty()) request.header("X-Thocam-Secret", secret);
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.discarding())
                .statusCode();
    }

    private static void kill(long pid) throws Exception {
        var process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        process.onExit().get(SOON.toSeconds(), TimeUnit.SECONDS);
    }
}
