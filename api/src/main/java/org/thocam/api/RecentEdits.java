package org.thocam.api;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.thocam.ontology.ItemId;

/** The dictionaries that were edited through these doors a moment ago: what looks up in them may have to wait for the index. */
final class RecentEdits {
    private static final long MOMENT = Duration.ofSeconds(10).toNanos();
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MOST = 1000;

    private final Library library;
    private final Map<ItemId, Long> times = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ItemId, Long> eldest) {
            return size() > MOST;
        }
    };

    RecentEdits(Library library) {
        this.library = library;
    }

    synchronized void edited(ItemId lexicon) {
        times.remove(lexicon);
        times.put(lexicon, System.nanoTime());
    }

    private synchronized boolean recent(ItemId lexicon) {
        var at = times.get(lexicon);
        if (at == null) return false;
        if (System.nanoTime() - at <= MOMENT) return true;
        times.remove(lexicon);
        return false;
    }

    /** Until lookups in a dictionary find what was acknowledged of it; after two seconds they find what they find. */
    void await(ItemId lexicon) {
        if (!recent(lexicon)) return;
        try {
            library.awaitEntries(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
