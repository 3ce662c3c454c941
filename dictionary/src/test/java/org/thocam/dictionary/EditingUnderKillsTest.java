package org.thocam.dictionary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ontology.ItemId;

/** Two to five editors at once in a process that is killed again and again (kill -9): what was acknowledged is there. */
class EditingUnderKillsTest {
    private static final int KILLS = Integer.getInteger("thocam.kills", 6);
    private static final int ENOUGH = Integer.getInteger("thocam.edits", 1000);

    @TempDir
    Path home;

    @Test
    void everyAcknowledgedEditIsInTheEntryOrInAKeptConflict() throws Exception {
        long seed = Long.getLong("thocam.seed", System.nanoTime());
        var random = new Random(seed);
        try (var desk = new Desk(home)) {
            var lift = new StringBuilder("<lift version='0.13'>");
            for (int n = 0; n < 60; n++)
                lift.append("\n<entry id='e")
                        .append(n)
                        .append("'><sense id='s")
                        .append(n)
                        .append("'/></entry>");
            desk.take("rad", desk.file("rad.lift", lift + "\n</lift>"));
        }
        var done = new ArrayList<String>();
        var kept = new ArrayList<String>();
        int rounds = 0;
        while (rounds < KILLS || done.size() + kept.size() < ENOUGH) run(seed, rounds++, random, done, kept);
        try (var desk = new Desk(home)) {
            var text = new StringBuilder();
            var conflicts = new StringBuilder();
            for (var entry : desk.entries("rad")) {
                text.append(entry.xml());
                conflicts.append(desk.lexicons.talkOf(new ItemId("rad"), entry.id()));
            }
            var lost = new ArrayList<String>();
            for (var mark : done) if (text.indexOf(mark) < 0) lost.add("done " + mark);
            for (var mark : kept) if (conflicts.indexOf(mark) < 0) lost.add("kept " + mark);
            System.out.printf(
                    "EditingUnderKillsTest seed %d: %d kills, %d edits in the entries, %d kept conflicts, %d lost%n",
                    seed, rounds, done.size(), kept.size(), lost.size());
            assertEquals(List.of(), lost, "seed " + seed);
            assertTrue(new HashSet<>(done).size() == done.size());
            // the export is whole, and so is the archive
            assertTrue(desk.text("rad").endsWith("</lift>"));
            desk.archive.forEachId(id -> assertEquals(List.of(), desk.archive.fixity(id), id.toString()));
        }
    }

    private void run(long seed, int round, Random random, List<String> done, List<String> kept) throws Exception {
        var path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var told = home.resolve("told-" + round);
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                        "-cp",
                        path,
                        EditingChild.class.getName(),
                        home.toString(),
                        Long.toString(seed + round),
                        Integer.toString(round),
                        Integer.toString(2 + random.nextInt(4)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                // a pipe would be closed under the reader by the kill
                .redirectOutput(told.toFile())
                .start();
        for (int wait = 0;
                wait < 600 && process.isAlive() && !Files.readString(told).startsWith("ready");
                wait++) Thread.sleep(100);
        assertTrue(Files.readString(told).startsWith("ready"), "seed " + seed + " round " + round);
        Thread.sleep(300 + random.nextInt(1500));
        process.destroyForcibly().waitFor();
        var lines = Files.readString(told);
        // a line that the kill cut short was not told
        for (var line : lines.substring(0, lines.lastIndexOf('\n') + 1).split("\n")) {
            if (line.startsWith("done [")) done.add(line.substring(5));
            if (line.startsWith("kept [")) kept.add(line.substring(5));
        }
    }
}
