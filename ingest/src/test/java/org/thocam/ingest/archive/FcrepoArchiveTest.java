package org.thocam.ingest.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.thocam.ingest.Samples;
import org.thocam.ontology.Archive;
import org.thocam.ontology.StaleVersionException;
import org.thocam.ontology.Version;
import org.thocam.services.FedoraService;

@ExtendWith(OneFedora.class)
class FcrepoArchiveTest extends ArchiveContract {
    private final FedoraService fedora;
    private final List<Archive> open = new ArrayList<>();
    private Archive archive;

    FcrepoArchiveTest(FedoraService fedora) {
        this.fedora = fedora;
    }

    @Override
    protected Archive archive() {
        if (archive == null) archive = another();
        return archive;
    }

    @Override
    protected Archive another() {
        var fresh = FcrepoArchive.open(OneFedora.settings(fedora));
        open.add(fresh);
        return fresh;
    }

    @Override
    protected Archive writer(int number) {
        return number % 2 == 0 ? archive() : another();
    }

    @Test
    void twoEnginesKnowOfEachOther() {
        var id = fresh("two");
        deposit(id, 0, "một");
        var other = another();
        other.deposit(Samples.deposit(Samples.item(id.value(), "Khèn"), new Version(1), AT.plusSeconds(1), "hai"));
        // what the first one remembers is old now
        assertThrows(StaleVersionException.class, () -> deposit(id, 1, "khác"));
        assertEquals("hai", archive().text(id, archive().head(id).orElseThrow().version()));
        deposit(id, 2, "ba");
        assertEquals("ba", other.text(id, other.head(id).orElseThrow().version()));
    }

    @AfterEach
    void close() {
        open.forEach(Archive::close);
    }
}
