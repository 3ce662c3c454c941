package org.thocam.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.thocam.api.VisibleItems.Visible;
import org.thocam.api.problem.Problem;
import org.thocam.api.problem.ProblemType;
import org.thocam.dictionary.Lexicon;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Mention;
import org.thocam.ontology.Version;
import org.thocam.ontology.entity.AuthorityFile;
import org.thocam.ontology.linking.Linker;

/**
 * What items name, computed when it is asked for, and kept for a while: the last few, by version of the item and edition of the linker.
 * A dictionary names its words and not these things, so it has none; nor has the authority file itself.
 */
final class ItemMentions {
    private static final int MOST_KEPT = 200_000;
    private static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors());
    private static final long WAIT_SECONDS = 20;

    private final Library library;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    private final LinkedHashMap<Key, List<Mention>> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long size;

    private record Key(ItemId id, Version version, String edition) {}

    ItemMentions(Library library) {
        this.library = library;
    }

    List<Mention> of(Visible found) {
        var item = found.item();
        if (isWithout(found)) return List.of();
        var linker = library.linker();
        var key = new Key(item.id(), found.version(), linker.edition());
        synchronized (kept) {
            var known = kept.get(key);
            if (known != null) return known;
        }
        turn();
        return found(key, found, linker);
    }

    /** The same, but none where others are being looked for: a page says what it says without them, and neither waits nor fails. */
    List<Mention> atOnce(Visible found) {
        var linker = library.linker();
        var key = new Key(found.item().id(), found.version(), linker.edition());
        synchronized (kept) {
            var known = kept.get(key);
            if (known != null) return known;
        }
        if (isWithout(found) || !turns.tryAcquire()) return List.of();
        return found(key, found, linker);
    }

    private static boolean isWithout(Visible found) {
        return Lexicon.of(found.item()).isPresent() || found.item().id().equals(AuthorityFile.ID);
    }

    /** In a turn, which it ends. */
    private List<Mention> found(Key key, Visible found, Linker linker) {
        var item = found.item();
        try {
            var mentions = List.copyOf(linker.mentions(item, library.archive().text(item.id(), found.version())));
            keep(key, mentions);
            return mentions;
        } finally {
            turns.release();
        }
    }

    private void turn() {
        try {
            if (turns.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw Problem.of(ProblemType.UNAVAILABLE, "too many texts are being read for their mentions; ask again")
                .with("Retry-After", "5")
                .thrown();
    }

    private void keep(Key key, List<Mention> mentions) {
        synchronized (kept) {
            var before = kept.put(key, mentions);
            size += mentions.size() + 1 - (before == null ? 0 : before.size() + 1);
            for (var oldest : new ArrayList<>(kept.keySet())) {
                if (size <= MOST_KEPT) break;
                size -= kept.remove(oldest).size() + 1;
            }
        }
    }
}
