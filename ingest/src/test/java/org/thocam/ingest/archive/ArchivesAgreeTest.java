package org.thocam.ingest.archive;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.thocam.services.FedoraService;

/** The same deposits in both archives: no read tells them apart. */
@ExtendWith(OneFedora.class)
class ArchivesAgreeTest {
    @TempDir
    private Path folder;

    @Test
    void whateverIsDepositedIsReadFromBothAlike(FedoraService fedora) {
        long seed = Long.getLong("thocam.seed", System.nanoTime());
        System.out.println("seed " + seed);
        try (var ocfl = OcflArchive.open(folder.resolve("home"));
                var fcrepo = FcrepoArchive.open(OneFedora.settings(fedora))) {
            var shelf = new Shelf(folder, ocfl, fcrepo);
            shelf.shuffle("agree-" + Long.toHexString(seed) + "-", new Random(seed), 40);
            shelf.isIn(ocfl, "OCFL, seed " + seed);
            shelf.isIn(fcrepo, "Fedora, seed " + seed);
        }
        try (var fcrepo = FcrepoArchive.open(OneFedora.settings(fedora))) {
            // and without what the first one remembers: only what it reads
            var shelf = new Shelf(folder, fcrepo);
            shelf.fill("cold-" + Long.toHexString(seed) + "-");
            try (var cold = FcrepoArchive.open(OneFedora.settings(fedora))) {
                shelf.isIn(cold, "Fedora, cold");
            }
        }
    }
}
