package org.thocam.ingest.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ingest.Samples;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Version;

class FedoraRootTest {
    @TempDir
    private Path folder;

    @Test
    void whatFedoraWroteIsReadWithoutIt() throws Exception {
        var home = folder.resolve("fedora");
        Shelf shelf;
        try (var fedora = OneFedora.in(home)) {
            fedora.start();
            try (var archive = FcrepoArchive.open(OneFedora.settings(fedora))) {
                shelf = new Shelf(folder, archive);
                shelf.fill("tc-");
            }
        }
        var storage = home.resolve("fcrepo/data/ocfl-root");
        var before = files(storage);
        for (var place : List.of(storage, home.resolve("fcrepo")))
            try (var root = FedoraRoot.open(place)) {
                shelf.isIn(root, place.toString());
                assertTrue(root.versions(new ItemId("nobody")).isEmpty());
                refused(root);
            }
        assertEquals(before, files(storage), "nothing was written");
        aVersionIsAVersionOnTheDisk(storage);
        aFlippedByteIsFound(storage);
    }

    private static void refused(FedoraRoot root) {
        var deposit = Samples.deposit(
                Samples.item("tc-new", "Khèn"), Version.NONE, java.time.Instant.parse("2026-11-21T08:09:10Z"), "một");
        var fault = assertThrows(ArchiveException.class, () -> root.deposit(deposit));
        assertTrue(fault.getMessage().contains("reading alone"), fault.getMessage());
        assertThrows(ArchiveException.class, () -> root.repair(new ItemId("tc-song"), Version.NONE));
        assertThrows(ArchiveException.class, () -> root.mend(new ItemId("tc-song")));
    }

    /** Any OCFL tool sees as many versions as we do, each with its own description. */
    private static void aVersionIsAVersionOnTheDisk(Path storage) throws IOException {
        var song = objectOf(storage, "tc-song\"");
        try (var inside = Files.list(song)) {
            assertEquals(
                    List.of("v1", "v2", "v3", "v4"),
                    inside.map(path -> path.getFileName().toString())
                            .filter(name -> name.matches("v[0-9]+"))
                            .sorted()
                            .toList());
        }
        for (int v = 1; v <= 4; v++)
            assertTrue(Files.readString(song.resolve("v" + v + "/content/version.json")).contains("\"version\" : " + v));
    }

    private static void aFlippedByteIsFound(Path storage) throws IOException {
        var text = objectOf(storage, "tc-song\"").resolve("v1/content/text/0.txt");
        Files.writeString(text, "mọt");
        try (var root = FedoraRoot.open(storage)) {
            var faults = root.fixity(new ItemId("tc-song"));
            assertTrue(faults.toString().contains("text/0.txt"), faults.toString());
            assertThrows(ArchiveException.class, () -> root.text(new ItemId("tc-song"), new Version(1)));
            assertEquals("lại", root.text(new ItemId("tc-song"), new Version(4)));
        }
    }

    private static Path objectOf(Path storage, String id) throws IOException {
        try (var walk = Files.walk(storage)) {
            for (var path : walk.filter(p -> p.getFileName().toString().equals("inventory.json")).toList())
                if (path.getParent().getFileName().toString().length() == 64 && Files.readString(path).contains("/" + id))
                    return path.getParent();
        }
        throw new IOException("no object " + id);
    }

    private static Map<String, Long> files(Path folder) throws IOException {
        var found = new TreeMap<String, Long>();
        try (var walk = Files.walk(folder)) {
            for (var path : walk.toList())
                found.put(folder.relativize(path).toString(), Files.getLastModifiedTime(path).toMillis());
        }
        return found;
    }
}
