package org.thocam.ingest.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.thocam.ingest.Samples;
import org.thocam.ontology.Access;
import org.thocam.ontology.Change;
import org.thocam.ontology.FeedEntry;
import org.thocam.ontology.FeedQuery;
import org.thocam.ontology.ItemId;
import org.thocam.ontology.Version;

/** What a change log does, whatever it is kept in. */
abstract class ChangeLogContract {
    private static final Instant T = Instant.parse("2026-11-21T00:00:00Z");
    private static final FeedQuery ALL =
            new FeedQuery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 100);

    SqlChangeLog log;

    /** The one of this test, empty at first. */
    abstract SqlChangeLog open();

    /** Another one, empty at first. */
    abstract SqlChangeLog other();

    @BeforeEach
    void openIt() {
        log = open();
    }

    @AfterEach
    void close() {
        log.close();
    }

    void record(Change change) {
        log.record(List.of(change), List.of());
    }

    private List<String> feed(Instant now) {
        return log.feed(ALL, now).stream()
                .map(e -> e.id() + (e.deleted() ? " deleted " : " ") + e.datestamp())
                .toList();
    }

    @Test
    void changesKeepTheirOrderOverAReopening() {
        record(Samples.change("b", 1, T, Access.OPEN, List.of()));
        record(Samples.change("a", 1, T.plusSeconds(1), Access.OPEN, List.of()));
        record(Samples.change("b", 2, T.plusSeconds(2), Access.OPEN, List.of()));
        var generation = log.generation();
        log.close();
        log = open();
        assertEquals(generation, log.generation());
        assertEquals(
                List.of("b v1", "a v1", "b v2"),
                log.after(0, 10).stream().map(c -> c.id() + " " + c.version()).toList());
        assertEquals(new Version(2), log.headOf(new ItemId("b")).orElseThrow().version());
        assertEquals(3, log.last());
        assertEquals(T.plusSeconds(2), log.lastAt());
    }

    @Test
    void theSameChangeTwiceIsOne() {
        record(Samples.change("a", 1, T, Access.OPEN, List.of()));
        record(Samples.change("a", 1, T, Access.OPEN, List.of()));
        assertEquals(1, log.last());
    }

    @Test
    void intentsStayUntilTheirOutcome() {
        log.intend(List.of(new ItemId("a"), new ItemId("b")));
        log.record(List.of(Samples.change("a", 1, T, Access.OPEN, List.of())), List.of(new ItemId("a")));
        assertEquals(List.of(new ItemId("b")), log.openIntents());
    }

    @Test
    void anItemThatWasNeverPublicIsNotAnnounced() {
        record(Samples.change("a", 1, T, new Access.Restricted(List.of("ede")), List.of()));
        assertEquals(List.of(), feed(T.plusSeconds(10)));
    }

    @Test
    void anItemThatTurnsRestrictedIsAnnouncedAsDeleted() {
        record(Samples.change("a", 1, T, Access.OPEN, List.of()));
        record(Samples.change("a", 2, T.plusSeconds(60), new Access.Restricted(List.of()), List.of()));
        assertEquals(List.of("a deleted 2026-11-21T00:01:00Z"), feed(T.plusSeconds(100)));
        record(Samples.change("a", 3, T.plusSeconds(120), Access.OPEN, List.of()));
        assertEquals(List.of("a 2026-11-21T00:02:00Z"), feed(T.plusSeconds(200)));
    }

    @Test
    void anEmbargoThatEndsMovesTheDatestampByItself() {
        record(Samples.change("a", 1, T, new Access.Embargoed(LocalDate.parse("2027-01-01"), List.of()), List.of()));
        assertEquals(List.of(), feed(T.plusSeconds(10)));
        // midnight in Viet Nam is 17:00 UTC of the day before
        assertEquals(List.of("a 2026-12-31T17:00:00Z"), feed(Instant.parse("2026-12-31T17:00:00Z")));
        assertEquals(List.of(), feed(Instant.parse("2026-12-31T16:59:59Z")));
    }

    @Test
    void aWithdrawalIsDeletedForEver() {
        record(Samples.change("a", 1, T, Access.OPEN, List.of("crafts:textile")));
        record(new Change(
                0,
                new ItemId("a"),
                new Version(2),
                Change.Kind.WITHDRAWN,
                T.plusSeconds(5),
                Access.OPEN,
                List.of("crafts:textile"),
                ""));
        assertEquals(List.of("a deleted 2026-11-21T00:00:05Z"), feed(T.plusSeconds(10)));
        assertEquals(0, log.items());
        assertEquals(List.of("crafts", "crafts:textile"), log.sets(T.plusSeconds(10)));
    }

    @Test
    void aSetTakesInItsSubSetsAndNothingThatOnlyBeginsLikeIt() {
        record(Samples.change("a", 1, T, Access.OPEN, List.of("craft:textile")));
        record(Samples.change("b", 1, T.plusSeconds(1), Access.OPEN, List.of("crafts")));
        var query = new FeedQuery(Optional.empty(), Optional.empty(), Optional.of("craft"), Optional.empty(), 10);
        assertEquals(
                List.of("a"),
                log.feed(query, T.plusSeconds(9)).stream()
                        .map(e -> e.id().value())
                        .toList());
        assertEquals(1, log.feedSize(query, T.plusSeconds(9)));
    }

    @Test
    void pagesMeetWithoutGapOrDouble() {
        var changes = new ArrayList<Change>();
        for (int n = 0; n < 230; n++)
            changes.add(Samples.change("i" + n, 1, T.plusMillis(n * 10L), Access.OPEN, List.of()));
        log.record(changes, List.of());
        var seen = new ArrayList<FeedEntry>();
        var query = new FeedQuery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 50);
        for (var page = log.feed(query, T.plusSeconds(60));
                !page.isEmpty();
                page = log.feed(query, T.plusSeconds(60))) {
            seen.addAll(page);
            query = query.page(page.get(page.size() - 1).key());
        }
        assertEquals(230, seen.size());
        assertEquals(230, seen.stream().map(FeedEntry::id).distinct().count());
        assertTrue(log.earliest(T.plusSeconds(60)).orElseThrow().equals(T));
    }

    private static Change part(String id, long version, Instant at) {
        return Samples.change(id, version, at, Access.OPEN, List.of());
    }

    @Test
    void noFeedListOrCountOfItemsHasParts() {
        record(Samples.change("bahnar", 1, T.plusSeconds(60), Access.OPEN, List.of("dictionary")));
        record(part("bahnar/entry.1", 1, T.plusSeconds(1)));
        record(part("orphan/entry.1", 1, T.plusSeconds(2)));
        var now = T.plusSeconds(100);
        assertEquals(List.of("bahnar 2026-11-21T00:01:00Z"), feed(now));
        assertEquals(1, log.feedSize(ALL, now));
        assertEquals(Optional.empty(), log.feedEntry(new ItemId("bahnar/entry.1"), now));
        assertEquals(Optional.of(T.plusSeconds(60)), log.earliest(now));
        assertEquals(List.of("dictionary"), log.sets(now));
        assertEquals(1, log.items());
        assertEquals(List.of(new ItemId("bahnar")), ids(log.heads(null, 10)));
        assertEquals(List.of(), log.notOpen());
        assertEquals(3, log.last());
        assertEquals(List.of("bahnar", "bahnar/entry.1", "orphan/entry.1"), values(log.after(0, 10)));
    }

    @Test
    void theHeadOfAPartIsItsLastChange() {
        var id = new ItemId("bahnar/entry.1");
        assertEquals(Optional.empty(), log.headOf(id));
        record(part("bahnar/entry.1", 1, T));
        record(part("bahnar/entry.1", 2, T.plusSeconds(1)));
        assertEquals(new Version(2), log.headOf(id).orElseThrow().version());
        assertEquals(Optional.empty(), log.headOf(id.whole()));
    }

    @Test
    void partsOfOneItemComeInPagesByName() {
        var changes = new ArrayList<Change>();
        for (int n = 9; n >= 0; n--) changes.add(part("bahnar/entry." + n, 1, T.plusMillis(10 - n)));
        changes.add(part("bahnar-2/entry.3", 1, T.plusMillis(20)));
        changes.add(part("bahnar/entry.3", 2, T.plusMillis(21)));
        log.record(changes, List.of());
        var bahnar = new ItemId("bahnar");
        var first = log.partsOf(bahnar, "", 4);
        assertEquals(List.of("bahnar/entry.0", "bahnar/entry.1", "bahnar/entry.2", "bahnar/entry.3"), values(first));
        assertEquals(new Version(2), first.get(3).version());
        assertEquals(
                List.of("bahnar/entry.4", "bahnar/entry.5"),
                values(log.partsOf(bahnar, first.get(3).id().partName(), 2)));
        assertEquals(List.of(), log.partsOf(bahnar, "entry.9", 4));
        assertEquals(11, log.parts(null, 100).size());
        var seen = new ArrayList<ItemId>();
        for (var page = log.parts(null, 3);
                !page.isEmpty();
                page = log.parts(page.get(page.size() - 1).id(), 3)) seen.addAll(ids(page));
        assertEquals(ids(log.parts(null, 100)), seen);
        assertEquals(seen.stream().sorted().toList(), seen);
    }

    private static List<ItemId> ids(List<Change> changes) {
        return changes.stream().map(Change::id).toList();
    }

    private static List<String> values(List<Change> changes) {
        return changes.stream().map(change -> change.id().value()).toList();
    }

    @Test
    void nothingCanComeBeforeTheHorizonWhileAChangeIsUnderWay() {
        var before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        assertEquals(T.plusSeconds(9), log.horizon(T.plusMillis(9_700)));
        var since = log.intend(List.of(new ItemId("a")));
        assertFalse(since.isBefore(before), since + " is before " + before);
        var later = Instant.now().plusSeconds(3600);
        assertFalse(log.horizon(later).isAfter(since), "a change is under way since " + since);
        log.record(List.of(Samples.change("a", 1, since, Access.OPEN, List.of())), List.of(new ItemId("a")));
        assertFalse(log.horizon(later).isBefore(since.truncatedTo(ChronoUnit.SECONDS)));
        assertFalse(log.horizon(later).isAfter(later));
    }

    @Test
    void aChangeUnderWayIsNotBeforeTheLastOne() {
        var far = Instant.now().plusSeconds(7200).truncatedTo(ChronoUnit.MICROS);
        record(Samples.change("a", 1, far, Access.OPEN, List.of()));
        record(Samples.change("c", 1, far.minusSeconds(5), Access.OPEN, List.of()));
        assertEquals(far, log.lastAt(), "the last in place is not the latest in time");
        assertEquals(far, log.intend(List.of(new ItemId("b"))));
    }

    @Test
    void intentsOfThisEngineAreOpenAgainAfterAReopening() {
        log.intend(List.of(new ItemId("b"), new ItemId("a")));
        log.intend(List.of(new ItemId("b"), new ItemId("c")));
        log.close();
        log = open();
        assertEquals(List.of(new ItemId("a"), new ItemId("b"), new ItemId("c")), log.openIntents());
        log.record(List.of(), log.openIntents());
        assertEquals(List.of(), log.openIntents());
    }

    /** What a batch leaves is what its changes leave one by one. */
    @Test
    void manyChangesAtOnceAreTheSameAsOneByOne() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var accesses = List.of(
                Access.OPEN,
                Access.OPEN,
                new Access.Restricted(List.of("ede")),
                new Access.Embargoed(LocalDate.parse("2027-01-01"), List.of()));
        var sets = List.of(List.<String>of(), List.of("a:b"), List.of("a:b:c", "d"), List.of("d"));
        var versions = new HashMap<String, Integer>();
        var changes = new ArrayList<Change>();
        for (int n = 0; n < 400; n++) {
            var id = "i" + random.nextInt(12) + (random.nextInt(3) == 0 ? "/e" + random.nextInt(4) : "");
            changes.add(new Change(
                    0,
                    new ItemId(id),
                    new Version(versions.merge(id, 1, Integer::sum)),
                    random.nextInt(8) == 0 ? Change.Kind.WITHDRAWN : Change.Kind.DEPOSITED,
                    T.plusSeconds(n),
                    accesses.get(random.nextInt(accesses.size())),
                    sets.get(random.nextInt(sets.size())),
                    "digest" + n));
        }
        changes.forEach(this::record);
        try (var other = other()) {
            for (int start = 0; start < changes.size(); ) {
                int end = Math.min(changes.size(), start + 1 + random.nextInt(60));
                // some are sent again
                other.record(changes.subList(Math.max(0, start - 3), end), List.of());
                start = end;
            }
            assertEquals(log.after(0, 1000), other.after(0, 1000), "seed " + seed);
            assertEquals(log.heads(null, 1000), other.heads(null, 1000), "seed " + seed);
            assertEquals(log.parts(null, 1000), other.parts(null, 1000), "seed " + seed);
            assertEquals(log.notOpen(), other.notOpen(), "seed " + seed);
            assertEquals(log.items(), other.items(), "seed " + seed);
            for (var now : List.of(T.plusSeconds(500), Instant.parse("2027-02-01T00:00:00Z"))) {
                assertEquals(log.feed(ALL, now), other.feed(ALL, now), "seed " + seed);
                assertEquals(log.feedSize(ALL, now), other.feedSize(ALL, now), "seed " + seed);
                assertEquals(log.sets(now), other.sets(now), "seed " + seed);
                assertEquals(log.earliest(now), other.earliest(now), "seed " + seed);
                for (var set : log.sets(now)) {
                    var of = new FeedQuery(
                            Optional.of(T.plusSeconds(50)), Optional.empty(), Optional.of(set), Optional.empty(), 100);
                    assertEquals(log.feed(of, now), other.feed(of, now), "seed " + seed);
                }
            }
        }
    }

    @Test
    void anotherEditionOfTheFormatsIsAnnouncedForEveryRecordAndOverARebuild() {
        record(Samples.change("a", 1, T, Access.OPEN, List.of()));
        log.announce(1, T.plusSeconds(50));
        assertEquals(List.of("a " + T), feed(T.plusSeconds(100)), "a log that is new has nothing to announce");
        // where several engines are asked, it is not before now
        var far = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(3600);
        log.announce(2, far);
        log.announce(2, far.plusSeconds(10));
        var announced = List.of("a " + far);
        assertEquals(announced, feed(far.plusSeconds(100)));
        assertEquals(List.of(), log.openIntents());
        try (var again = other()) {
            again.record(log.after(0, 10), List.of());
            again.announceAs(log.announced().orElseThrow());
            assertEquals(log.feed(ALL, far.plusSeconds(100)), again.feed(ALL, far.plusSeconds(100)));
        }
    }

    @Test
    void aDictionaryIsAnnouncedAnewWithEachChangeOfAnEntry() {
        record(Samples.change("dict", 1, T, Access.OPEN, List.of()));
        record(Samples.change("dict/e1", 1, T.plusSeconds(30), Access.OPEN, List.of()));
        assertEquals(List.of("dict " + T.plusSeconds(30)), feed(T.plusSeconds(100)));
    }
}
