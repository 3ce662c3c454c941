package org.thocam.ingest.archive;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.thocam.ontology.Archive;
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

    @AfterEach
    void close() {
        open.forEach(Archive::close);
    }
}
