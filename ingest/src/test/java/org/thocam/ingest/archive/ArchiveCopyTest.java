package org.thocam.ingest.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ingest.Samples;
import org.thocam.ontology.Archive;
import org.thocam.ontology.Deposit;
import org.thocam.ontology.Version;
import org.thocam.services.FedoraService;

@ExtendWith(OneFedora.class)
class ArchiveCopyTest {
    @TempDir
    private Path folder;

    private ArchiveCopy.Outcome copy(Archive from, Archive to) throws IOException {
        var staging = Files.createDirectories(folder.resolve("staging"));
        var outcome = new ArchiveCopy(from, to, staging).run(done -> {});
        try (var left = Files.list(staging)) {
            assertEquals(List.of(), left.toList());
        }
        return outcome;
    }

    /** To another archive of the same kind, so that this says nothing of a server: see {@link #thereAndBackAgain}. */
    @Test
    void whatIsThereIsPassedOverAndWhatDiffersIsSaid() throws IOException {
        try (var from = OcflArchive.open(folder.resolve("from"));
                var to = OcflArchive.open(folder.resolve("to"))) {
            var shelf = new Shelf(folder, from);
            shelf.fill("tc-");
            var first = copy(from, to);
            assertEquals(List.of(), first.differences());
            assertEquals(shelf.versions(), first.copied());
            assertEquals(shelf.ids().size(), first.items());
            shelf.isIn(to, "copy");
            var second = copy(from, to);
            assertEquals(0, second.copied());
            assertEquals(shelf.versions(), second.present());
            assertEquals(List.of(), second.differences());

            from.deposit(Samples.deposit(Samples.item("tc-both", "Khèn"), Version.NONE, at(0), "một"));
            to.deposit(Samples.deposit(Samples.item("tc-both", "Khèn"), Version.NONE, at(0), "khác"));
            to.deposit(new Deposit(
                    Samples.item("tc-more", "Khèn"), Version.NONE, at(0), "tester", Map.of()));
            from.deposit(new Deposit(
                    Samples.item("tc-more", "Khèn"), Version.NONE, at(1), "tester", Map.of()));
            to.deposit(new Deposit(
                    Samples.item("tc-ahead", "Khèn"), Version.NONE, at(0), "tester", Map.of()));
            to.deposit(new Deposit(
                    Samples.item("tc-ahead", "Khèn"), new Version(1), at(1), "tester", Map.of()));
            from.deposit(new Deposit(
                    Samples.item("tc-ahead", "Khèn"), Version.NONE, at(0), "tester", Map.of()));
            var third = copy(from, to);
            assertEquals(3, third.differences().size(), third.differences().toString());
            assertTrue(third.differences().toString().contains("text/0-record.txt"), third.differences().toString());
            assertEquals("khác", to.text(Samples.item("tc-both", "Khèn").id(), new Version(1)), "left as it is");
        }
    }

    private static Instant at(int second) {
        return Instant.parse("2026-11-21T08:09:10.123456Z").plusSeconds(second);
    }

    @Test
    void thereAndBackAgain(FedoraService fedora) throws IOException {
        var random = new Random(11);
        try (var from = OcflArchive.open(folder.resolve("from"));
                var middle = FcrepoArchive.open(OneFedora.settings(fedora));
                var back = OcflArchive.open(folder.resolve("back"))) {
            var shelf = new Shelf(folder, from);
            var prefix = "copy-" + ProcessHandle.current().pid() + "-";
            shelf.fill(prefix);
            shelf.shuffle(prefix, random, 12);
            var there = copy(from, middle);
            assertEquals(List.of(), there.differences());
            assertEquals(shelf.versions(), there.copied());
            shelf.isIn(middle, "Fedora");
            // Fedora has the items of other tests too
            var again = copy(middle, back);
            assertEquals(List.of(), again.differences());
            shelf.isIn(back, "back");
            assertEquals(0, copy(from, back).copied());
        }
    }

    /** The process that copies is killed twice in the middle; the third one ends it. */
    @Test
    void aKilledCopyGoesOn(FedoraService fedora) throws Exception {
        var prefix = "killed-" + ProcessHandle.current().pid() + "-";
        var home = folder.resolve("from");
        Shelf shelf;
        try (var from = OcflArchive.open(home)) {
            shelf = new Shelf(folder, from);
            shelf.shuffle(prefix, new Random(5), 60);
        }
        var random = new Random();
        var notes = folder.resolve("transactions");
        try (var to = FcrepoArchive.open(OneFedora.settings(fedora))) {
            for (int kill = 0; kill < 2; kill++) {
                var process = Copying.start(home, fedora, notes, folder.resolve("log-" + kill));
                int enough = 5 + 10 * kill + random.nextInt(5);
                while (process.isAlive() && there(to, shelf) < enough) Thread.sleep(20);
                process.destroyForcibly();
                process.waitFor();
            }
            var last = Copying.start(home, fedora, notes, folder.resolve("log"));
            assertTrue(last.waitFor(3, TimeUnit.MINUTES));
            assertEquals(0, last.exitValue(), Files.readString(folder.resolve("log")));
            assertTrue(
                    Files.readString(folder.resolve("log")).contains("versions=" + shelf.versions() + ","),
                    Files.readString(folder.resolve("log")));
            shelf.isIn(to, "Fedora");
        }
    }

    private static int there(Archive archive, Shelf shelf) {
        int found = 0;
        for (var id : shelf.ids()) if (archive.head(id).isPresent()) found++;
        return found;
    }

    /** {@code Copying HOME URL NOTES}: a copy in a process of its own. */
    static final class Copying {
        private Copying() {}

        static Process start(Path home, FedoraService fedora, Path notes, Path log) throws IOException {
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-Xmx256m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Copying.class.getName(),
                            home.toString(),
                            fedora.address().toString(),
                            notes.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        }

        public static void main(String[] args) throws IOException {
            var settings = new FcrepoArchive.Settings(
                            java.net.URI.create(args[1]), FedoraService.USER, FedoraService.PASSWORD)
                    .noting(Path.of(args[2]));
            try (var from = OcflArchive.open(Path.of(args[0]));
                    var to = FcrepoArchive.open(settings)) {
                var outcome = new ArchiveCopy(from, to, Files.createTempDirectory("copying")).run(done -> {});
                System.out.println(outcome);
                if (!outcome.differences().isEmpty()) System.exit(1);
            }
        }
    }
}
