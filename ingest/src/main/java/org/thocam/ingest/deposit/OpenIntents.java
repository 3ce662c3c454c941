package org.thocam.ingest.deposit;

import java.util.ArrayList;
import java.util.Comparator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ingest.archive.OcflArchive;
import org.thocam.ontology.Change;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.Version;

/**
 * What a kill left behind: items that were about to be deposited. Each is made whole, and what the archive has and the log has not
 * becomes a change, as if the kill had come a moment later.
 */
public final class OpenIntents {
    private static final Logger LOG = LoggerFactory.getLogger(OpenIntents.class);

    private final OcflArchive archive;
    private final ChangeLog log;
    private final ChangeClock clock;

    public OpenIntents(OcflArchive archive, ChangeLog log, ChangeClock clock) {
        this.archive = archive;
        this.log = log;
        this.clock = clock;
    }

    /** @return how many changes were found in the archive and added to the log */
    public int settle() {
        var intents = log.openIntents();
        if (intents.isEmpty()) return 0;
        var missing = new ArrayList<Change>();
        for (var id : intents) {
            for (var done : archive.repair(id)) LOG.warn("{}", done);
            var logged = log.headOf(id).map(Change::version).orElse(Version.NONE);
            for (var archived : archive.versions(id))
                if (archived.version().compareTo(logged) > 0) missing.add(Change.of(archived));
        }
        missing.sort(Comparator.comparing(Change::at));
        var ids = missing.stream().map(Change::id).distinct().toList();
        if (!ids.isEmpty()) archive.flush(ids);
        log.record(missing, intents);
        missing.forEach(change -> clock.passed(change.at()));
        LOG.info("{} open intents settled, {} changes found in the archive", intents.size(), missing.size());
        return missing.size();
    }
}
