package org.thocam.ingest.deposit;

import java.util.ArrayList;
import java.util.Comparator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.Archive;
import org.thocam.ontology.ArchiveException;
import org.thocam.ontology.Change;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.ServiceUnavailableException;
import org.thocam.ontology.Version;

/**
 * What a kill left behind: items that were about to be deposited. Each is made whole, and what the archive has and the log has not
 * becomes a change, as if the kill had come a moment later.
 */
public final class OpenIntents {
    private static final Logger LOG = LoggerFactory.getLogger(OpenIntents.class);

    private final Archive archive;
    private final ChangeLog log;
    private final ChangeClock clock;

    public OpenIntents(Archive archive, ChangeLog log, ChangeClock clock) {
        this.archive = archive;
        this.log = log;
        this.clock = clock;
    }

    /** @return how many changes were found in the archive and added to the log */
    public int settle() {
        var intents = log.openIntents();
        if (intents.isEmpty()) return 0;
        var missing = new ArrayList<Change>();
        var settled = new ArrayList<ItemId>();
        for (var id : intents) {
            try {
                var logged = log.headOf(id).map(Change::version).orElse(Version.NONE);
                for (var done : archive.repair(id, logged)) LOG.warn("{}", done);
                for (var next = archive.read(id, logged.next());
                        next.isPresent();
                        next = archive.read(id, next.get().version().next())) missing.add(Change.of(next.get()));
                settled.add(id);
            } catch (ServiceUnavailableException e) {
                throw e;
            } catch (ArchiveException | IllegalArgumentException e) {
                LOG.error("what a kill left of item {} could not be settled, the others go on: {}", id, e.getMessage());
            }
        }
        missing.sort(Comparator.comparing(Change::at));
        var ids = missing.stream().map(Change::id).distinct().toList();
        if (!ids.isEmpty()) archive.flush(ids);
        log.record(missing, settled);
        missing.forEach(change -> clock.passed(change.at()));
        LOG.info("{} open intents settled, {} changes found in the archive", settled.size(), missing.size());
        return missing.size();
    }
}
