package org.thocam.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ingest.archive.OcflArchive;
import org.thocam.ontology.Content;
import org.thocam.ontology.Deposit;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ItemJson;
import org.thocam.ontology.Part;
import org.thocam.ontology.Tombstone;
import org.thocam.ontology.Version;

/** Between two folders: that Fedora takes and gives the same is tested where it is started, in ingest. */
class ArchiveCopyCommandTest {
    private static final Instant AT = Instant.parse("2026-11-21T08:09:10.123456Z");
    private static final ItemId SONG = new ItemId("tc-song");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void fill() {
        try (var archive = OcflArchive.open(folder.resolve("home"))) {
            var part = new Part(SONG.part("entry.1"), Map.of("action", "edit"), "d");
            archive.deposit(new Deposit(part, Version.NONE, AT, "người gửi", Map.of("entry.json", bytes("{}"))));
            var tombstone = new Tombstone(SONG, List.of("crafts"), "asked by the community");
            archive.deposit(new Deposit(tombstone, Version.NONE, AT, "người gửi", Map.of()));
            archive.deposit(new Deposit(tombstone, new Version(1), AT.plusSeconds(1), "người gửi", Map.of()));
        }
    }

    private static Content bytes(String text) {
        return new Content.OfBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
    }

    private int copy(String from, String to) {
        return run(
                "archive",
                "copy",
                "--home",
                folder.resolve("home").toString(),
                "--lang",
                "en",
                "--json",
                "--from",
                from,
                "--to",
                to);
    }

    @Test
    void aHomeIsCopiedAndCopiedAgain() throws IOException {
        assertEquals(Exit.DONE, copy("home", "ocfl:" + folder.resolve("copy")), err.toString());
        var first = ItemJson.parse(out.toString());
        assertEquals(2, first.path("items").asInt());
        assertEquals(3, first.path("copied").asInt());
        // a storage root is as good a name as the folder that holds it
        assertEquals(Exit.DONE, copy("home", "ocfl:" + folder.resolve("copy/archive")), err.toString());
        assertEquals(3, ItemJson.parse(out.toString()).path("present").asInt());
        try (var copy = OcflArchive.open(folder.resolve("copy"))) {
            assertEquals(AT.plusSeconds(1), copy.head(SONG).orElseThrow().at());
            copy.deposit(new Deposit(
                    new Tombstone(SONG, List.of(), "changed"), new Version(2), AT.plusSeconds(2), "x", Map.of()));
        }
        assertEquals(Exit.SOME_FAILED, copy("home", "ocfl:" + folder.resolve("copy")));
        assertEquals(
                "tc-song",
                ItemJson.parse(out.toString())
                        .path("differences")
                        .path(0)
                        .path("id")
                        .asText());
    }

    @Test
    void whatIsNoArchiveIsAMatterOfUsage() {
        for (var place : List.of("elsewhere", "ocfl:", "tape:/dev/st0", "fedora:nowhere", "fedora:ftp://host/rest"))
            assertEquals(Exit.USAGE, copy("home", place), place);
        assertEquals(Exit.USAGE, copy("home", "home"));
        assertEquals(Exit.USAGE, copy("home", "ocfl:" + folder.resolve("home")));
        assertEquals(Exit.USAGE, copy("home", "fedora-ocfl:" + folder));
        assertTrue(err.toString().contains("reading alone"), err.toString());
    }

    @Test
    void aServiceThatIsDownIsSaidSo() {
        assertEquals(Exit.SERVICE_DOWN, copy("home", "fedora:http://127.0.0.1:1/rest"));
        assertTrue(err.toString().contains("Run the same command again"), err.toString());
    }

    @Test
    void aHomeThatIsHeldIsNotCopied() throws IOException {
        var held = HomeLock.acquire(new Home(folder.resolve("home")), "serve").orElseThrow();
        try {
            assertEquals(Exit.CONFLICT, copy("home", "ocfl:" + folder.resolve("copy")));
            assertTrue(err.toString().contains("'serve'"), err.toString());
            assertTrue(Files.notExists(folder.resolve("copy/archive")));
        } finally {
            held.close();
        }
    }
}
