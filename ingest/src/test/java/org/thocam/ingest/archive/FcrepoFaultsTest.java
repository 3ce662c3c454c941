package org.thocam.ingest.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.ingest.Samples;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.ArchiveUnavailableException;
import org.thocam.ontology.Content;
import org.thocam.ontology.Deposit;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.StaleVersionException;
import org.thocam.ontology.Version;
import org.thocam.services.FedoraService;

/** What becomes of deposits and readings when Fedora, its network or its users do not do as they should. */
@ExtendWith(OneFedora.class)
class FcrepoFaultsTest {
    private static final Instant AT = Instant.parse("2026-11-21T08:09:10.123456Z");

    @TempDir
    private Path folder;

    private final FedoraService fedora;
    private final HttpClient http = HttpClient.newHttpClient();
    private FcrepoArchive right;
    private FaultyProxy proxy;
    private FcrepoArchive archive;

    FcrepoFaultsTest(FedoraService fedora) {
        this.fedora = fedora;
    }

    @BeforeEach
    void open() throws IOException {
        right = FcrepoArchive.open(OneFedora.settings(fedora));
        proxy = new FaultyProxy(fedora.address());
        archive = FcrepoArchive.open(
                new FcrepoArchive.Settings(proxy.address(), FedoraService.USER, FedoraService.PASSWORD)
                        .patient(Duration.ofSeconds(4)));
    }

    @AfterEach
    void close() throws IOException {
        archive.close();
        proxy.close();
        right.close();
    }

    private Version deposit(FcrepoArchive to, ItemId id, long basis, String text) {
        return to.deposit(
                Samples.deposit(Samples.item(id.value(), "Khèn"), new Version(basis), AT.plusSeconds(basis), text));
    }

    private HttpResponse<String> ask(String method, String address, String body, String... headers)
            throws IOException, InterruptedException {
        var token = FedoraService.USER + ":" + FedoraService.PASSWORD;
        var request = HttpRequest.newBuilder(URI.create(address))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8)))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) request.headers(headers);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String addressOf(ItemId id) {
        return fedora.address() + "/" + FedoraPaths.of(id);
    }

    @Test
    void aServiceThatIsDownIsToBeTriedAgain() throws IOException {
        var id = ArchiveContract.fresh("down");
        deposit(right, id, 0, "một");
        proxy.close();
        assertThrows(ArchiveUnavailableException.class, () -> archive.head(id));
        assertThrows(ArchiveUnavailableException.class, () -> archive.fixity(id));
        assertThrows(ArchiveUnavailableException.class, () -> deposit(archive, id, 1, "hai"));
        assertThrows(
                ArchiveUnavailableException.class,
                () -> FcrepoArchive.open(new FcrepoArchive.Settings(proxy.address(), "", "")));
        assertEquals(1, right.head(id).orElseThrow().version().number());
    }

    @Test
    void aServiceThatSaysNothingOrNextToNothingIsNotWaitedForForEver() {
        var id = ArchiveContract.fresh("silent");
        deposit(right, id, 0, "một");
        for (var fault : List.of(FaultyProxy.Fault.SILENT, FaultyProxy.Fault.DRIPS)) {
            proxy.does(fault);
            assertThrows(ArchiveUnavailableException.class, () -> archive.head(id), fault.toString());
        }
        proxy.does(FaultyProxy.Fault.SILENT);
        assertThrows(ArchiveUnavailableException.class, () -> deposit(archive, id, 1, "hai"));
        proxy.does(FaultyProxy.Fault.NONE);
        assertEquals(new Version(2), deposit(archive, id, 1, "hai"));
    }

    @Test
    void halfAnAnswerIsAskedForAgain() {
        var id = ArchiveContract.fresh("half");
        deposit(right, id, 0, "một");
        for (int i = 0; i < 3; i++) {
            proxy.does(FaultyProxy.Fault.HALF_ONCE);
            assertEquals("một", archive.text(id, new Version(1)));
        }
    }

    @Test
    void aCommitWhoseAnswerIsLostIsFoundOutAndNotWrittenTwice() {
        var id = ArchiveContract.fresh("lost");
        for (int v = 0; v < 2; v++) {
            proxy.does(FaultyProxy.Fault.LOSES_COMMITTED);
            assertEquals(new Version(v + 1), deposit(archive, id, v, "bản " + v));
            proxy.does(FaultyProxy.Fault.NONE);
            assertEquals(v + 1, right.head(id).orElseThrow().version().number());
            assertEquals("bản " + v, right.text(id, new Version(v + 1)));
        }
        assertEquals(List.of(), right.fixity(id));
    }

    @Test
    void aCommitThatNeverArrivesKeepsNothing() {
        var id = ArchiveContract.fresh("never");
        for (int v = 0; v < 2; v++) {
            int basis = v;
            proxy.does(FaultyProxy.Fault.LOSES_COMMIT);
            var fault =
                    assertThrows(ArchiveUnavailableException.class, () -> deposit(archive, id, basis, "bản " + basis));
            assertTrue(fault.getMessage().contains("Nothing of this change is kept"), fault.getMessage());
            assertEquals(v, right.head(id).map(head -> head.version().number()).orElse(0L));
            proxy.does(FaultyProxy.Fault.NONE);
            assertEquals(List.of(), archive.repair(id, new Version(v)));
            assertEquals(new Version(v + 1), deposit(archive, id, v, "bản " + v));
        }
    }

    @Test
    void whatFedoraSaysIsTurnedIntoWhatToDo() {
        var id = ArchiveContract.fresh("says");
        deposit(right, id, 0, "một");
        for (int status : new int[] {502, 503, 504, 507}) {
            proxy.says(status);
            assertThrows(ArchiveUnavailableException.class, () -> archive.head(id), "" + status);
            assertThrows(ArchiveUnavailableException.class, () -> deposit(archive, id, 1, "hai"), "" + status);
        }
        proxy.says(500);
        var fault = assertThrows(ArchiveException.class, () -> archive.head(id));
        assertFalse(fault instanceof ArchiveUnavailableException, fault.toString());
        assertTrue(fault.getMessage().endsWith("500 sick"), fault.getMessage());
        var refusedDeposit = assertThrows(ArchiveException.class, () -> deposit(archive, id, 1, "hai"));
        assertFalse(refusedDeposit instanceof ArchiveUnavailableException, refusedDeposit.toString());
        proxy.does(FaultyProxy.Fault.NONE);
        var stranger = new FcrepoArchive.Settings(fedora.address(), "nobody", "wrong");
        var refused = assertThrows(ArchiveException.class, () -> FcrepoArchive.open(stranger));
        assertTrue(refused.getMessage().contains("archive.user"), refused.getMessage());
    }

    @Test
    void aFaultThatPassesDoesNotEndADeposit() {
        var id = ArchiveContract.fresh("passes");
        for (int v = 0; v < 3; v++) {
            proxy.says(500, 2);
            assertEquals(new Version(v + 1), deposit(archive, id, v, "bản " + v));
        }
        assertEquals(List.of(), right.fixity(id));
    }

    @Test
    void aFaultThatPassesDoesNotEndAReading() {
        var id = ArchiveContract.fresh("read");
        deposit(right, id, 0, "một");
        proxy.says(500, 2);
        assertTrue(archive.head(id).isPresent());
        proxy.says(500, 2);
        assertEquals("một", archive.text(id, new Version(1)));
    }

    /** Of a batch, each item would else be tried for as long as one may take. */
    @Test
    void whoeverDoesNotAnswerIsNotAskedAgainAndAgain() throws IOException {
        proxy.close();
        long start = System.nanoTime();
        for (int i = 0; i < 5; i++)
            assertThrows(
                    ArchiveUnavailableException.class,
                    () -> deposit(archive, ArchiveContract.fresh("unasked"), 0, "một"));
        assertTrue(System.nanoTime() - start < Duration.ofSeconds(10).toNanos(), "each took its whole time: 4 s");
    }

    @Test
    void whatAnotherTransactionHoldsIsWaitedForAndWhatADeadEngineHeldIsLetGo() throws Exception {
        var id = ArchiveContract.fresh("locked");
        deposit(right, id, 0, "một");
        var transaction = ask("POST", fedora.address() + "/fcr:tx", "")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        var put = ask(
                "PUT",
                addressOf(id) + "/item.json",
                "{}",
                "Atomic-ID",
                transaction,
                "Content-Type",
                "application/json");
        assertEquals(204, put.statusCode(), put.body());
        var impatient = OneFedora.settings(fedora).patient(Duration.ofSeconds(1));
        try (var waiting = FcrepoArchive.open(impatient)) {
            var fault = assertThrows(ArchiveUnavailableException.class, () -> deposit(waiting, id, 1, "hai"));
            assertTrue(fault.getMessage().contains("Nothing of this change is kept"), fault.getMessage());
        }
        assertEquals("một", right.text(id, right.head(id).orElseThrow().version()), "nothing of it is seen");
        // as the engine noted that was killed
        var notes = Files.writeString(folder.resolve("transactions"), "+ " + transaction + "\n");
        try (var again = FcrepoArchive.open(impatient.noting(notes))) {
            assertEquals(new Version(2), deposit(again, id, 1, "hai"));
        }
        assertTrue(Files.notExists(notes));
    }

    @Test
    void anItemThatSomebodyDeletedInFedoraIsSaidToBe() throws Exception {
        var id = ArchiveContract.fresh("deleted");
        deposit(right, id, 0, "một");
        assertEquals(204, ask("DELETE", addressOf(id), "").statusCode());
        for (var fault : List.of(
                assertThrows(ArchiveException.class, () -> archive.head(id)),
                assertThrows(ArchiveException.class, () -> archive.versions(id)),
                assertThrows(ArchiveException.class, () -> deposit(archive, id, 0, "lại")),
                assertThrows(ArchiveException.class, () -> deposit(right, id, 1, "lại"))))
            assertTrue(fault.getMessage().contains("tombstone"), fault.getMessage());
        assertEquals(1, archive.fixity(id).size());
    }

    @Test
    void aThingOfOthersInItsPlaceIsLeftAlone() throws Exception {
        var id = ArchiveContract.fresh("foreign");
        assertEquals(
                201,
                ask("PUT", addressOf(id), "", "Content-Type", "text/turtle").statusCode());
        var fault = assertThrows(ArchiveException.class, () -> deposit(archive, id, 0, "một"));
        assertFalse(fault instanceof ArchiveUnavailableException);
        assertTrue(fault.getMessage().contains("look who made it"), fault.getMessage());
        assertTrue(archive.head(id).isEmpty());
    }

    /** As a kill of Fedora leaves it between its disk and its index: the record of v2 names a file that Fedora does not know. */
    @Test
    void aVersionThatFedoraNeverFinishedIsTakenBack() throws Exception {
        var id = ArchiveContract.fresh("torn");
        deposit(right, id, 0, "một");
        var before = VersionRecord.of(
                ask("GET", addressOf(id) + "/version.json", "").body().getBytes(StandardCharsets.UTF_8));
        var files = new TreeMap<>(before.files());
        files.put("files/new.wav", new VersionRecord.Kept("files/new.wav", "0".repeat(128), 3, 2));
        var torn = new VersionRecord(id, new Version(2), AT, "tester", "torn", files, new TreeMap<>());
        Thread.sleep(1100);
        assertEquals(
                204,
                ask(
                                "PUT",
                                addressOf(id) + "/version.json",
                                new String(torn.json(), StandardCharsets.UTF_8),
                                "Content-Type",
                                "application/json")
                        .statusCode());
        assertEquals(2, archive.head(id).orElseThrow().version().number());
        assertThrows(ArchiveException.class, () -> archive.repair(id, new Version(2)), "it was acknowledged");
        assertEquals(1, archive.repair(id, new Version(1)).size());
        assertEquals(1, archive.head(id).orElseThrow().version().number());
        assertEquals(List.of(), archive.mend(id));
        // what was read before the repair is not there any more
        assertThrows(StaleVersionException.class, () -> deposit(right, id, 2, "ba"));
        assertEquals(new Version(2), deposit(right, id, 1, "hai"));
        assertEquals("hai", archive.text(id, new Version(2)), "not the one that was taken back");
        assertEquals(new Version(3), deposit(right, id, 2, "ba"));
        assertEquals("hai", archive.text(id, new Version(2)), "not the one that was taken back");
        try (var cold = FcrepoArchive.open(OneFedora.settings(fedora))) {
            assertEquals("một", cold.text(id, new Version(1)));
            assertEquals("hai", cold.text(id, new Version(2)));
            assertEquals("ba", cold.text(id, new Version(3)));
            assertEquals(3, cold.versions(id).size());
            assertEquals(List.of(), cold.fixity(id));
        }
    }

    @Test
    void aFlippedByteIsFoundAndNeverServed() throws IOException {
        var id = ArchiveContract.fresh("flipped");
        var sound = Shelf.sound(3 << 20, 3);
        right.deposit(new Deposit(
                Samples.item(id.value(), "Khèn"),
                Version.NONE,
                AT,
                "tester",
                Map.of(
                        "files/sound.wav",
                        new Content.OfBytes(sound),
                        "text/a.txt",
                        new Content.OfBytes(Shelf.bytes("một " + id)))));
        assertEquals(List.of(), right.fixity(id));
        try (var walk = Files.walk(fedora.storage())) {
            for (var file : walk.filter(Files::isRegularFile).toList()) {
                var name = file.getFileName().toString();
                if (!name.equals("sound.wav")
                        && !(name.equals("a.txt") && Files.readString(file).equals("một " + id))) continue;
                var bytes = Files.readAllBytes(file);
                bytes[bytes.length - 1] ^= 1;
                Files.write(file, bytes);
            }
        }
        try (var cold = FcrepoArchive.open(OneFedora.settings(fedora))) {
            assertEquals(2, cold.fixity(id).size(), cold.fixity(id).toString());
            assertThrows(ArchiveException.class, () -> cold.open(id, new Version(1), "files/sound.wav"));
            assertThrows(ArchiveException.class, () -> cold.text(id, new Version(1)));
            assertTrue(cold.head(id).isPresent());
        }
    }
}
