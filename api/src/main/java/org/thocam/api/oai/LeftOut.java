package org.thocam.api.oai;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Version;

/**
 * Records that could not be given to harvesters: left out of the page, so that it does not fail with them, and kept here for the
 * operator until the record is given well. Bounded: the oldest go first, the log has them all.
 */
public final class LeftOut {
    private static final Logger LOG = LoggerFactory.getLogger(LeftOut.class);
    private static final int MOST = 1000;

    /** @param prefix the format that failed; empty where the item itself could not be read */
    public record Fault(ItemId id, Version version, String prefix, String reason, Instant at) {}

    private record Key(ItemId id, String prefix) {}

    private final Map<Key, Fault> faults = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Fault> eldest) {
            return size() > MOST;
        }
    });

    /** The oldest first. */
    public List<Fault> faults() {
        synchronized (faults) {
            return new ArrayList<>(faults.values());
        }
    }

    void add(Fault fault, Exception cause) {
        var before = faults.put(new Key(fault.id(), fault.prefix()), fault);
        if (before == null || !before.version().equals(fault.version()))
            LOG.error(
                    "OAI-PMH leaves out {} {}{}: {}. Run 'thocam verify'.",
                    fault.id(),
                    fault.version(),
                    fault.prefix().isEmpty() ? "" : " in " + fault.prefix(),
                    fault.reason(),
                    cause);
    }

    /** Whether this version of a record was left out before, in this format or in all. */
    boolean has(ItemId id, Version version, String prefix) {
        if (faults.isEmpty()) return false;
        for (var key : new Key[] {new Key(id, ""), new Key(id, prefix)}) {
            var fault = faults.get(key);
            if (fault != null && fault.version().equals(version)) return true;
        }
        return false;
    }

    /** It was given well. */
    void forget(ItemId id, String prefix) {
        if (faults.isEmpty()) return;
        faults.remove(new Key(id, ""));
        faults.remove(new Key(id, prefix));
    }
}
