package org.thocam.api.found;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.thocam.ontology.ChangeLog;
import org.thocam.ontology.FeedEntry;
import org.thocam.ontology.FeedQuery;
import org.thocam.ontology.ItemId;

/**
 * The feed of what everybody may know, cut in pages by key. A page is "so many entries after this one", so it is never too large and
 * nothing falls between two, whatever changes meanwhile; what changed comes again at the end. Where pages begin is remembered for a
 * while, so that a list of pages need not walk the whole feed for each who asks.
 */
final class FeedPages {
    /** sitemaps.org and ResourceSync allow 50,000 addresses and 50 MB; an address may have 2,000 characters. */
    static final int SIZE = 10_000;

    /**
     * A datestamp is a whole second; until that is over, an entry can still come before one that was told, and a page that began
     * after it would leave it out.
     */
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final int READ_AT_ONCE = 2_000;
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final Supplier<ChangeLog> log;
    private final boolean deletions;
    private final int size;

    private String generation = "";
    private Instant walked = Instant.MIN;
    private List<Page> known = List.of();

    /** @param deletions whether deleted entries count */
    FeedPages(Supplier<ChangeLog> log, boolean deletions, int size) {
        this.log = log;
        this.deletions = deletions;
        this.size = size;
    }

    /**
     * @param first datestamp of its first entry
     * @param last datestamp of its last
     */
    record Page(Start start, Instant first, Instant last) {}

    /** What comes before a page: nothing, or an entry. */
    record Start(Optional<FeedQuery.Key> after) {
        static final Start BEGINNING = new Start(Optional.empty());

        static Optional<Start> of(String text) {
            if (text.equals("0")) return Optional.of(BEGINNING);
            int dot = text.indexOf('.');
            if (dot < 1 || text.length() > 400) return Optional.empty();
            try {
                var stamp = Instant.ofEpochSecond(Long.parseLong(text.substring(0, dot)));
                var id = new String(Base64.getUrlDecoder().decode(text.substring(dot + 1)), StandardCharsets.UTF_8);
                var start = new Start(Optional.of(new FeedQuery.Key(stamp, ItemId.ofItem(id))));
                return start.toString().equals(text) ? Optional.of(start) : Optional.empty();
            } catch (IllegalArgumentException | java.time.DateTimeException e) {
                return Optional.empty();
            }
        }

        /** Of characters that need no escape in a path. */
        @Override
        public String toString() {
            return after.map(key -> key.datestamp().getEpochSecond() + "."
                            + Base64.getUrlEncoder()
                                    .withoutPadding()
                                    .encodeToString(key.id().value().getBytes(StandardCharsets.UTF_8)))
                    .orElse("0");
        }
    }

    /** The pages at this moment, the oldest first; empty while there is nothing. */
    synchronized List<Page> all(Instant now) {
        var feed = log.get();
        boolean fresh =
                feed.generation().equals(generation) && !walked.plus(REMEMBERED).isBefore(now);
        var pages = new ArrayList<>(fresh ? known : List.<Page>of());
        // the last page may have grown
        var start = pages.isEmpty()
                ? Start.BEGINNING
                : pages.remove(pages.size() - 1).start();
        while (true) {
            var entries = read(start, now, size);
            if (entries.isEmpty()) break;
            pages.add(new Page(
                    start,
                    entries.get(0).datestamp(),
                    entries.get(entries.size() - 1).datestamp()));
            if (entries.size() < size) break;
            start = new Start(Optional.of(entries.get(entries.size() - 1).key()));
        }
        if (!fresh) walked = now;
        generation = feed.generation();
        known = List.copyOf(pages);
        return known;
    }

    /** One entry more than a page has, where there are more: then it is not the last. */
    List<FeedEntry> page(Start start, Instant now) {
        return read(start, now, size + 1);
    }

    /** What was so at this moment stays told in its order. */
    static Instant settled(Instant now) {
        return now.minus(SECOND);
    }

    int size() {
        return size;
    }

    private List<FeedEntry> read(Start start, Instant now, int most) {
        var found = new ArrayList<FeedEntry>();
        var after = start.after();
        while (found.size() < most) {
            int wanted = Math.min(READ_AT_ONCE, most);
            var some = log.get()
                    .feed(
                            new FeedQuery(Optional.empty(), Optional.of(settled(now)), Optional.empty(), after, wanted),
                            now);
            for (var entry : some) if (found.size() < most && (deletions || !entry.deleted())) found.add(entry);
            if (some.size() < wanted) break;
            after = Optional.of(some.get(some.size() - 1).key());
        }
        return found;
    }
}
